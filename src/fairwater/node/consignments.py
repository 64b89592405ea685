"""Consignments on record, checked under the agreement between the parties at both ends.

    found = check(node, "C-17", as_of=day)             under every agreement that applies
    found.answers, found.none                          or that none does, and what was looked for
    check(node, "C-17", found=find(node, "rule.yaml"), as_of=day)

What concerns a consignment: samples drawn from it, documents presented with it
or naming its facility, registers, declarations, and the other bodies of
evidence its conditions look `over`. These are read from the journal as they
were accepted; the archive says which.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from fairwater.agreement.binding import with_lists
from fairwater.agreement.checks.finding import goods_conditions
from fairwater.agreement.context import StateReading
from fairwater.agreement.dossier import Dossier, Frame, dossier
from fairwater.agreement.evidence import ConsignmentEvidence
from fairwater.agreement.goods_checking import (
    NoSuchConsignment,
    check_consignment,
    goods_of,
    unit_of,
)
from fairwater.agreement.goods_verdict import ConsignmentVerdict
from fairwater.agreement.knowledge import Knowledge
from fairwater.agreement.model import Agreement, StateIs, Words
from fairwater.agreement.versions import (
    Candidate,
    Governing,
    NoAgreement,
    Rejected,
    bound,
    governing,
    rejected,
)
from fairwater.node.agreements import Found, candidates
from fairwater.node.as_evidence import Reading
from fairwater.node.evaluation import Asked, Prepared, prepare, states_of
from fairwater.node.goods_evidence import evidence_for
from fairwater.node.node import Node
from fairwater.node.standing import standing_evidence
from fairwater.node.stated import Stated, statements
from fairwater.records import Consignment

if TYPE_CHECKING:
    from fairwater.archive import Archive

__all__ = [
    "Checked",
    "NoSuchCondition",
    "NoSuchConsignment",
    "applicable",
    "check",
    "consignments",
    "evidence_for",
    "explained",
]


class Checked(Struct, frozen=True, kw_only=True):
    """The answers under every agreement that applies, or that none applies."""

    consignment: str
    answers: tuple[ConsignmentVerdict, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    none: NoAgreement | None = None


def consignments(node: Node) -> tuple[Stated[Consignment], ...]:
    """Consignments on record, amended and withdrawn ones left out, in order of acceptance."""
    return tuple(statements(node.archive(), Consignment))


def check(
    node: Node,
    consignment: str,
    found: Found | None = None,
    *,
    as_of: date,
    known_at: date | None = None,
    knowledge: Knowledge = "journal",
    through: int | None = None,
    gathered: Prepared | None = None,
) -> Checked:
    """A consignment under the agreements that bind its two ends on a day.

    Parameters
    ----------
    node : Node
        Whose records are the evidence.
    consignment : str
        Its name.
    found : Found, optional
        Ask under this agreement only. Roles at the ends that nobody bound are played by the
        consignment's own parties: that is the question then.
    as_of, known_at : date
        The day asked about, and the day whose knowledge answers (the same, if not given).
    knowledge : {"journal", "published", "resulted", "sampled"}
        What stands for the day a record became known.
    through : int, optional
        Only the first so many entries of the journal are evidence.
    gathered : Prepared, optional
        The evidence of the goods' area, where `found` was asked under the same clocks before.

    Raises
    ------
    NoSuchConsignment
        If none of that name is known by then.
    """
    known_at = known_at or as_of
    archive = node.archive()
    offered = _offered(node, found, as_of)
    goods = _goods(archive, consignment, known_at, knowledge, through)
    governs, none = applicable(offered, goods, as_of, explicit=found is not None)
    answers: list[ConsignmentVerdict] = []
    agreements: list[Agreement] = []
    for one in governs:
        terms = with_lists(one.agreement, one.lists)
        evidence = evidence_for(node, terms, goods, knowledge=knowledge, through=through)
        asked = _states_asked(
            node, one, goods, gathered,
            as_of=as_of, known_at=known_at, knowledge=knowledge, through=through,
        )  # fmt: skip
        answers.append(
            check_consignment(
                terms,
                consignment,
                evidence,
                at=as_of,
                known_at=known_at,
                bindings=one.bindings,
                states=asked,
                content=one.content_id,
            )
        )
        agreements.append(terms)
    return Checked(
        consignment=consignment, answers=tuple(answers), agreements=tuple(agreements), none=none
    )


class NoSuchCondition(LookupError):
    """No check that was asked has a condition of that name; the message says which there are."""


def explained(checked: Checked, condition: str) -> Dossier:
    """Dossier of one condition's verdict, down to the cells; of the first agreement that has it.

    Raises
    ------
    NoSuchCondition
        If none has.
    """
    known: list[str] = []
    for answer, agreement in zip(checked.answers, checked.agreements, strict=True):
        clauses = {c.id: c for check_ in agreement.consignment_checks for c in check_.conditions}
        known += [one.id for one in answer.conditions]
        for one in answer.conditions:
            if one.id == condition:
                clause = clauses[condition]
                frame = Frame(
                    agreement=agreement,
                    content_id=answer.content_id,
                    unit=unit_of(agreement, answer.goods),
                    bindings=answer.bindings,
                )
                return dossier(one.whole, clause.when, clause.except_, frame)
    there = ", ".join(known) or "none: no check applies"
    raise NoSuchCondition(f"no condition `{condition}`; there are {there}")


# Which agreement


def _offered(node: Node, found: Found | None, day: date) -> list[Candidate]:
    offered = list(candidates(node, day))
    if found is None:
        return offered
    same = [c for c in offered if c.content_id == found.content_id]
    if same:
        return same
    # Not on record: whoever is bound to an agreement of that name plays its roles here too.
    others = [c for c in offered if c.agreement.id == found.agreement.id] or [
        Candidate(agreement=found.agreement)
    ]
    return [
        structs.replace(c, agreement=found.agreement, content_id=found.content_id) for c in others
    ]


def applicable(
    offered: list[Candidate], goods: ConsignmentEvidence, day: date, *, explicit: bool = False
) -> tuple[tuple[Governing, ...], NoAgreement | None]:
    """The agreements that govern goods on a day between their two ends, or that none does.

    Parameters
    ----------
    offered : list of Candidate
        Versions with their bindings.
    goods : ConsignmentEvidence
        Whose origin and destination have to play the roles that a check names.
    day : date
        A civil day.
    explicit : bool
        Whether the agreement was named: then a role at an end that nobody plays is played
        by the consignment's own party.
    """
    governs: dict[str, Governing] = {}
    turned_down: list[Rejected] = []
    for candidate in offered:
        ends = sorted({(c.origin, c.destination) for c in candidate.agreement.consignment_checks})
        if not ends:
            turned_down.append(rejected(candidate, "asks_nothing"))
        for origin, destination in ends:
            parties = {origin: goods.origin, destination: goods.destination}
            asked = candidate
            if explicit:
                own = {role: p for role, p in parties.items() if role not in bound(candidate)}
                asked = structs.replace(candidate, bindings={**candidate.bindings, **own})
            answer = governing([asked], day, parties)
            if isinstance(answer, Governing):
                governs[f"{answer.agreement.id}/{answer.content_id}"] = answer
            else:
                turned_down += answer.rejected
    if governs:
        return tuple(governs[key] for key in sorted(governs)), None
    reasons = {(r.agreement, r.version, r.parties, r.why): r for r in turned_down}
    none = NoAgreement(
        at=day,
        roles={"origin": goods.origin, "destination": goods.destination},
        wanted=offered[0].agreement.id if explicit and offered else None,
        rejected=tuple(reasons[key] for key in sorted(reasons)),
    )
    return (), none


def _goods(
    archive: Archive, name: str, known_at: date, knowledge: Knowledge, through: int | None
) -> ConsignmentEvidence:
    """What is stated of a consignment, before it is known which agreement's days count.

    A day later in UTC may be the day asked about in the agreement's zone; the check itself
    then goes by that zone.
    """
    anybody = Agreement(id="any", version="any", title=Words(), time_zone="UTC")
    others, _ = standing_evidence(
        archive, Reading.of(anybody, knowledge), 2**62 if through is None else through
    )
    return goods_of(others.as_known(known_at + timedelta(days=1)), name)[0]


# States of measures


def _states_asked(
    node: Node,
    one: Governing,
    goods: ConsignmentEvidence,
    gathered: Prepared | None,
    *,
    as_of: date,
    known_at: date,
    knowledge: Knowledge,
    through: int | None,
) -> Mapping[str, StateReading]:
    """States of the measures over the goods' area and product, where a condition asks."""
    agreement = one.agreement
    if not any(isinstance(condition, StateIs) for _, condition, _ in goods_conditions(agreement)):
        return {}
    unit = unit_of(agreement, goods)
    dimensions = [dimension.id for dimension in agreement.scope.unit]
    if any(name not in unit for name in dimensions):
        return {}  # the condition is then unknown, and says which measure
    prepared = gathered or prepare(
        node,
        Asked(
            found=Found(agreement, "governing", ""),
            as_of=as_of,
            known_at=known_at,
            knowledge=knowledge,
            through=through,
        ),
    )
    return states_of(prepared, {name: unit[name] for name in dimensions})
