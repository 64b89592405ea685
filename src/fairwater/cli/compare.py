"""`fairwater compare`: agreements on the same evidence, where they first part, and why."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import Parameter

from fairwater.agreement.comparing import words as w
from fairwater.agreement.comparing.answer import Comparison
from fairwater.agreement.comparing.matching import Unmatched
from fairwater.agreement.comparing.text import (
    headline,
    position_text,
    says_rows,
    steps_text,
    unit_text,
    words_in,
)
from fairwater.agreement.override import OverrideError, parse_setting
from fairwater.cli.asking import Question, asked_of, no_such_part
from fairwater.cli.exits import DONE, USAGE, Failure
from fairwater.cli.output import print_json, print_table, talk
from fairwater.cli.settings import pairs
from fairwater.node.comparing import LETTERS, compare, told
from fairwater.node.evaluation import NoSuchPart
from fairwater.records.text import Language

SHOWN = 200
"""Rows of a table for people; all of them are in the JSON."""


def comparing(
    agreements: Annotated[list[str], Parameter(negative="")],
    /,
    *,
    as_of: str | None = None,
    unit: Annotated[list[str] | None, Parameter(name="--unit", negative="")] = None,
    later_knowledge: bool = True,
    question: Question = Question(),  # noqa: B008 - frozen, without state
    lang: Language = "en",
    json: bool = False,
) -> int:
    """Two or more agreements on the same evidence: where they first part, and by which clause.

    Agreements are lettered A, B, C in the order named; the order changes nothing else. A step
    whose conditions hold counts as taken, decided or not: what is compared is what the texts
    say. --set LETTER:PATH=VALUE changes one of them, --set PATH=VALUE all.
    Exit code 0, also where they differ.

    Example: fairwater compare origin_restriction import_certificate staged_resumption
    --as-of 2014-03-31 --knowledge sampled

    Example: fairwater compare origin_restriction origin_restriction --as-of 2014-03-31
    --knowledge sampled --set B:parameters.impose_window=P30D

    Parameters
    ----------
    agreements
        Two to eight: files, shipped agreements, or ones on record.
    as_of
        The day asked about; today (UTC) if not given.
    unit
        One unit only: DIMENSION=VALUE for each dimension; may be repeated.
    later_knowledge
        Also tell what changes when later knowledge is used for every past day.
    lang
        Language of the sentences: en, zh, ja.
    json
        The whole comparison, with every sample that counts.
    """
    if not 2 <= len(agreements) <= len(LETTERS):
        raise Failure(
            USAGE,
            f"{len(agreements)} agreement named; two to {len(LETTERS)} can be compared",
            hint="to compare one with a change of it, name it twice with --set B:PATH=VALUE",
        )
    settings = _settings(question, len(agreements))
    asks = []
    for number, name in enumerate(agreements):
        node, asked = asked_of(name, as_of, question)
        asks.append(_with(asked, settings[number]))
    chosen = pairs(unit, "--unit")
    try:
        found = compare(node, asks, unit=chosen or None, later_knowledge=later_knowledge)
    except Unmatched as error:
        raise Failure(USAGE, str(error)) from error
    except NoSuchPart as error:
        raise no_such_part(error) from error
    except OverrideError as error:
        raise Failure(USAGE, f"--set {error}") from error
    for warning in found.warnings:
        talk(f"warning: {warning}")
    if json:
        print_json(told(found))
    else:
        _print(found, lang)
    return DONE


def _with(asked: Any, overrides: dict[str, object]) -> Any:
    from msgspec.structs import replace

    return replace(asked, overrides=overrides)


def _settings(question: Question, count: int) -> list[dict[str, object]]:
    """Overrides of each agreement; those without a letter are of all."""
    found: list[dict[str, object]] = [{} for _ in range(count)]
    for text in question.settings or ():
        letter, colon, rest = text.partition(":")
        own = bool(colon) and len(letter) == 1 and letter.isupper()
        if own and letter not in LETTERS[:count]:
            raise Failure(USAGE, f"--set {text}: no agreement {letter}; there are {count}")
        try:
            path, value = parse_setting(rest if own else text)
        except OverrideError as error:
            raise Failure(USAGE, f"--set {error}") from error
        for number in [LETTERS.index(letter)] if own else range(count):
            if path in found[number]:
                raise Failure(USAGE, f"--set names `{path}` twice for {LETTERS[number]}")
            found[number][path] = value
    return found


def _print(found: Comparison, lang: Language) -> None:
    for sentence in headline(found, lang):
        print(sentence)
    print()
    for side in found.sides:
        parties = ", ".join(
            f"{role.role} = {role.party}" for role in side.roles if role.party is not None
        )
        changed = ", ".join(f"{path} = {value}" for path, value in side.overrides.items())
        print(
            f"{side.letter}  {side.agreement} {side.version} ({side.content_id[:12]})  "
            f"{words_in(side.title, lang)}"
        )
        starts = ", ".join(f"{s.measure} {s.state}" for s in side.starts)
        extra = "; ".join(part for part in (starts, parties, changed) if part)
        print(f"   {side.rows:,} samples, {side.units:,} units; {extra}")
    _print_differing(found, lang)
    _print_agreed(found, lang)
    if found.incomparable:
        print(f"\n{w.NONE_COMPARED[lang]}: {len(found.incomparable):,}")
        rows = [(unit_text(i.unit), ", ".join(i.evidence) or None) for i in found.incomparable]
        _table((w.UNIT[lang], w.WHO[lang]), rows)
    _print_learned(found, lang)


def _print_differing(found: Comparison, lang: Language) -> None:
    if not found.differ:
        return
    print(f"\n{w.DIFFER[lang]}: {len(found.differ):,}")
    rows: list[tuple[Any, ...]] = []
    for parting in found.differ:
        name: str = unit_text(parting.unit)
        day: str = parting.first.isoformat()
        for says in parting.says:
            letter = says.letter
            for row in says_rows(says, lang):
                rows.append((name, day, letter, *row))
                name = day = letter = ""
    headings = (w.UNIT, w.FIRST, w.WHO, w.SAYS, w.CLAUSE, w.NUMBERS)
    _table(tuple(heading[lang] for heading in headings), rows)
    if len(found.sides) > 2:
        print(f"\n{w.PAIRS[lang]}")
        print_table(
            (w.WHO[lang], w.PARTING_UNITS[lang]),
            [(" – ".join(pair.letters), pair.units) for pair in found.pairs],
        )


def _print_agreed(found: Comparison, lang: Language) -> None:
    if not found.agree:
        return
    print(f"\n{w.AGREE[lang]}: {len(found.agree):,}")
    still = [one for one in found.agree if not one.steps]
    moved = [one for one in found.agree if one.steps]
    rows: list[tuple[Any, ...]] = [
        (unit_text(one.unit), 1, steps_text(one.steps, lang)) for one in moved
    ]
    if still:
        rows.append(("*", len(still), steps_text((), lang)))
    headings = (w.UNIT[lang], w.UNITS[lang], w.ON[lang])
    _table(headings, rows)


def _print_learned(found: Comparison, lang: Language) -> None:
    print(f"\n{w.LEARNED[lang]}: {len(found.learned):,}")
    if not found.learned:
        print(w.NOTHING_LEARNED[lang])
        return
    rows = []
    for one in found.learned:
        late = ", ".join(
            f"{record.record[:12]} ({record.dated or '-'} → {record.known or '-'})"
            for record in one.late[:4]
        )
        more = f", +{len(one.late) - 4}" if len(one.late) > 4 else ""
        then = position_text(one.then.direction, one.then.level, lang)
        now = position_text(one.now.direction, one.now.level, lang)
        rows.append((one.letter, unit_text(one.unit), one.first, then, now, late + more))
    headings = (w.WHO, w.UNIT, w.FIRST, w.THEN, w.NOW, w.LATE)
    _table(tuple(heading[lang] for heading in headings), rows)


def _table(headings: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    print_table(headings, rows[:SHOWN])
    if len(rows) > SHOWN:
        talk(f"{len(rows) - SHOWN:,} more rows; --json has all, --unit has one unit")
