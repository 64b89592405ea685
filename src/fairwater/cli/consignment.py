"""`fairwater consignment`: goods on record, checked condition by condition."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from fairwater.cli.agreement import found_agreement
from fairwater.cli.asking import day_of
from fairwater.cli.exits import DONE, NO, NOT_APPLICABLE, UNKNOWN, UNREADABLE, USAGE, Failure
from fairwater.cli.output import print_json, print_table
from fairwater.node import config
from fairwater.node.node import Node

if TYPE_CHECKING:
    from fairwater.agreement.versions import NoAgreement
    from fairwater.node.consignments import Checked

LANGUAGES: Final[tuple[Literal["en", "ja", "zh"], ...]] = ("en", "ja", "zh")
KNOWLEDGE = Literal["journal", "published", "resulted", "sampled"]


def listing(*, node: Path | None = None, json: bool = False) -> int:
    """Consignments on record.

    Example: fairwater consignment list --node coast

    Parameters
    ----------
    node
        The node's folder.
    json
        Print the records as JSON.
    """
    from fairwater.node.consignments import consignments

    found = consignments(Node.open(config.find(node)))
    if json:
        print_json([{"record": stated.id, "consignment": stated.record} for stated in found])
        return DONE
    print_table(
        ("consignment", "from", "to", "species", "area", "facility", "mass, kg", "dispatched"),
        (
            (r.consignment, r.origin, r.destination, r.product.species, r.area, r.facility,
             r.mass_kg, r.dispatched)
            for r in (stated.record for stated in found)
        ),
    )  # fmt: skip
    return DONE


def check(
    name: str,
    /,
    *,
    agreement: str | None = None,
    as_of: str | None = None,
    known_at: str | None = None,
    knowledge: KNOWLEDGE = "journal",
    lang: Literal["en", "ja", "zh"] = "en",
    node: Path | None = None,
    json: bool = False,
) -> int:
    """Check one consignment: every condition, every mismatch, and what would settle each.

    Exit code 0 holds, 1 fails, 4 unknown, 5 no agreement applies, or it asks nothing of
    these goods. Of several agreements the gravest answer counts: fails, then unknown.

    Example: fairwater consignment check C-17 --as-of 2031-03-10 --lang ja

    Parameters
    ----------
    name
        The consignment.
    agreement
        Only under this one: a file, a shipped agreement, or one on record. Without it,
        under every agreement on record that binds origin and destination on the day.
    as_of
        The day asked about; today (UTC) if not given.
    known_at
        The day whose knowledge answers; the day asked about, if not given.
    knowledge
        What stands for the day a record became known.
    lang
        Language of the answer.
    node
        The node's folder.
    json
        Print the answer as JSON.
    """
    from fairwater.agreement.goods_text import goods_text

    checked = _checked(name, agreement, as_of, known_at, knowledge, node)
    if checked.none is not None:
        return _none_applies(name, checked.none, lang, json=json)
    if json:
        print_json([answer.told() for answer in checked.answers])
    else:
        print("\n".join(goods_text(answer, lang) for answer in checked.answers), end="")
    verdicts = {answer.verdict for answer in checked.answers}
    codes = (("fails", NO), ("unknown", UNKNOWN), ("holds", DONE))
    return next((code for verdict, code in codes if verdict in verdicts), NOT_APPLICABLE)


def explain(
    name: str,
    condition: str,
    /,
    *,
    agreement: str | None = None,
    as_of: str | None = None,
    known_at: str | None = None,
    knowledge: KNOWLEDGE = "journal",
    depth: Literal[1, 2, 3] = 3,
    lang: Literal["en", "ja", "zh"] = "en",
    node: Path | None = None,
    json: bool = False,
) -> int:
    """Why one condition on a consignment is as it is: clause, metric, sample, file and cell.

    Exit code 0 holds, 1 fails, 4 unknown, 5 no agreement applies.

    Example: fairwater consignment explain C-17 limits --as-of 2031-03-10

    Parameters
    ----------
    name
        The consignment.
    condition
        The condition, by its id in the agreement.
    agreement
        A file, a shipped agreement, or one on record.
    as_of
        The day asked about; today (UTC) if not given.
    known_at
        The day whose knowledge answers; the day asked about, if not given.
    knowledge
        What stands for the day a record became known.
    depth
        1 verdict and clauses; 2 and metrics and numbers; 3 and every sample down to its cell.
    lang
        Language of the clauses.
    node
        The node's folder.
    json
        Print the tree as JSON.
    """
    from fairwater.agreement.dossier_text import rendered
    from fairwater.node.consignments import NoSuchCondition, explained

    checked = _checked(name, agreement, as_of, known_at, knowledge, node)
    if checked.none is not None:
        return _none_applies(name, checked.none, lang, json=json)
    try:
        found = explained(checked, condition)
    except NoSuchCondition as error:
        raise Failure(USAGE, str(error)) from error
    if json:
        print_json(found.plain(depth))
    else:
        print(rendered(found, depth, lang))
    return {"holds": DONE, "fails": NO, "unknown": UNKNOWN}[found.head["verdict"]]


def _checked(
    name: str,
    agreement: str | None,
    as_of: str | None,
    known_at: str | None,
    knowledge: KNOWLEDGE,
    node: Path | None,
) -> Checked:
    from fairwater.node.consignments import NoSuchConsignment
    from fairwater.node.consignments import check as checking

    opened = Node.open(config.find(node))
    day = opened.today() if as_of is None else day_of(as_of, "--as-of")
    known = _known(known_at, day)
    found = None if agreement is None else found_agreement(agreement, node, required=True, day=day)
    try:
        return checking(opened, name, found, as_of=day, known_at=known, knowledge=knowledge)
    except NoSuchConsignment as error:
        raise _not_known(opened, name, known, knowledge) from error


def _not_known(opened: Node, name: str, known: date, knowledge: KNOWLEDGE) -> Failure:
    """Why goods cannot be checked: not on record at all, or not known by the day."""
    from difflib import get_close_matches

    from fairwater.node.consignments import consignments

    names = sorted({stated.record.consignment for stated in consignments(opened)})
    if name in names:
        return Failure(
            UNREADABLE,
            f"consignment `{name}` is on record, but was not known on {known} by {knowledge}",
            hint="a later --as-of or --known-at, or --knowledge sampled",
        )
    folded = {each.casefold(): each for each in names}
    close = get_close_matches(name.casefold()[:200], list(folded), n=5, cutoff=0.5)
    alike = f"written alike: {', '.join(folded[each] for each in close)}; " if close else ""
    return Failure(
        UNREADABLE,
        f"no consignment `{name}`; on record: {len(names)}",
        hint=f"{alike}fairwater consignment list",
    )


def _none_applies(
    name: str, none: NoAgreement, lang: Literal["en", "ja", "zh"], *, json: bool
) -> int:
    if json:
        words = {each: none.text(each) for each in LANGUAGES}
        print_json({"consignment": name, "applies": None, "text": words})
    else:
        print(none.text(lang))
    return NOT_APPLICABLE


def _known(known_at: str | None, day: date) -> date:
    known = day if known_at is None else day_of(known_at, "--known-at")
    if known < day:
        raise Failure(USAGE, f"--known-at {known} is before --as-of {day}")
    return known
