"""What an evaluation is told besides condition and evidence: two clocks, unit, terms, roles.

`at` is the day the question is about, `known_at` the day whose knowledge
answers it. Terms (limits, parameters, documents, duties) come from one version
of an agreement; `bindings` say who plays which role. Nothing is read from a
clock or a locale.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from fairwater.agreement.evidence import ConsignmentEvidence, SampleEvidence, Unit
from fairwater.agreement.model import (
    Agreement,
    DatedValue,
    DateKind,
    Dimension,
    DocumentKind,
    Duties,
    EvidenceScope,
    Limit,
    NamedList,
    Operand,
    Param,
    Parameter,
    Plan,
)
from fairwater.agreement.verdict import Missing, MissingKind, RecordOutcome
from fairwater.quantities.decimals import exact


class ByDay(NamedTuple):
    """Samples sorted by the last day a date may mean: those that have left a window come first."""

    of: tuple[SampleEvidence, ...]
    lasts: list[date]
    records: list[SampleEvidence]
    resulted: frozenset[str]


class StateReading(Struct, frozen=True, kw_only=True):
    """A measure's state as conditions on it may see it.

    `contested` maps a state that a holder of the power asserts without an act
    to what would settle it.
    """

    in_force: str
    contested: Mapping[str, Missing] = {}


class Terms(Struct, frozen=True, kw_only=True):
    """The parts of an agreement that conditions refer to."""

    zone: ZoneInfo
    limits: Mapping[str, Limit] = {}
    parameters: Mapping[str, Parameter] = {}
    documents: Mapping[str, DocumentKind] = {}
    scopes: Mapping[str, EvidenceScope] = {}
    plans: tuple[Plan, ...] = ()
    owed_by: Duties = Duties()
    indeterminate_flags: frozenset[str] = frozenset()
    lists: Mapping[str, NamedList] = {}
    area_basis: str | None = None
    dimensions: tuple[Dimension, ...] = ()


def terms_of(agreement: Agreement) -> Terms:
    """The terms an agreement states."""
    return Terms(
        zone=ZoneInfo(agreement.time_zone),
        limits={limit.id: limit for limit in agreement.limits},
        parameters={parameter.id: parameter for parameter in agreement.parameters},
        documents={document.id: document for document in agreement.documents},
        scopes={scope.id: scope for scope in agreement.evidence_scopes},
        plans=agreement.plans,
        owed_by=agreement.owed_by,
        indeterminate_flags=frozenset(agreement.indeterminate_flags),
        lists={entry.id: entry for entry in agreement.lists},
        area_basis=agreement.scope.area_basis,
        dimensions=agreement.scope.unit,
    )


class Context(Struct, frozen=True, kw_only=True):
    """One evaluation: where and when we stand, by which terms, who is who.

    `since` is the effective day of the measure's last transition (None: it never
    moved). `reads` collects which terms were looked at, so that an override
    nobody read can be told. `memo` keeps outcomes of records, which no clock touches;
    `sorted_by` the samples last looked at, by day. `goods` is the consignment, where the
    question is about one.
    """

    at: date
    known_at: date
    terms: Terms
    unit: Unit = {}
    bindings: Mapping[str, str] = {}
    since: date | None = None
    at_instant: datetime | None = None
    states: Mapping[str, StateReading] = {}
    goods: ConsignmentEvidence | None = None
    reads: set[str] = field(default_factory=set)
    memo: dict[tuple[str, str], RecordOutcome] = field(default_factory=dict)
    sorted_by: dict[DateKind, ByDay] = field(default_factory=dict)

    def limit(self, key: str) -> Limit:
        """The limit named, noting that it was read."""
        self.reads.add(f"limits.{key}")
        return self.terms.limits[key]

    def names(self, key: str) -> tuple[str, ...] | None:
        """Names on a list; None while nobody bound it."""
        self.reads.add(f"lists.{key}")
        return self.terms.lists[key].values

    def rivals(self, key: str, name: str) -> tuple[str, ...]:
        """Lists that share no name with this one, and yet have `name`; sorted."""
        lists = self.terms.lists
        apart = {*lists[key].disjoint_from}
        apart |= {other.id for other in lists.values() if key in other.disjoint_from}
        return tuple(sorted(other for other in apart if name in (lists[other].values or ())))

    def resolve(self, operand: Operand) -> str | None:
        """Text of an operand; of a parameter its value in force at `at`, None while it is open."""
        if not isinstance(operand, Param):
            return operand
        self.reads.add(f"parameters.{operand.param}")
        found = value_on(self.terms.parameters[operand.param].dated, self.at)
        return None if found is None else found.value

    def number(self, operand: Operand | int) -> Decimal | None:
        """Number of an operand; None while it is open."""
        if isinstance(operand, int):
            return Decimal(operand)
        text = self.resolve(operand)
        return None if text is None else exact(text)

    def certs(self, operand: object) -> tuple[str, ...]:
        """Confidence marks of a parameter's value in force at `at`."""
        if not isinstance(operand, Param):
            return ()
        found = value_on(self.terms.parameters[operand.param].dated, self.at)
        return (found.cert,) if found and found.cert else ()

    def role(self, duty: Literal["samples", "results", "documents", "statements"]) -> str:
        """The role that owes samples, results, documents or statements."""
        stated = getattr(self.terms.owed_by, duty)
        if stated is not None:
            return str(stated)
        return "lab" if duty == "results" else "origin"

    def party(self, role: str | None) -> str | None:
        """Who plays a role, if bound."""
        return None if role is None else self.bindings.get(role)

    def plays(self, who: str | None, role: str) -> bool:
        """Whether `who`, a party or the name of a role, is the one that plays `role`."""
        return who is not None and (who == role or who == self.bindings.get(role))

    def role_of(self, who: str | None) -> str | None:
        """The role of a party as bound (first by code point), or the name itself if it is one."""
        if who is None:
            return None
        roles = sorted(role for role, party in self.bindings.items() if party == who)
        return roles[0] if roles else who

    def missing(
        self,
        kind: MissingKind,
        of: str | None = None,
        *,
        owed_by: str | None,
        what: Literal["point", "sample", "week"] | None = None,
        n: int | None = None,
        due: date | None = None,
        needs: str | None = None,
        reason: str | None = None,
    ) -> Missing:
        """A missing entry with the party that plays `owed_by`."""
        return Missing(
            kind=kind,
            of=of,
            what=what,
            n=n,
            owed_by=owed_by,
            party=self.party(owed_by),
            due=due,
            needs=needs,
            reason=reason,
        )


def value_on(values: tuple[DatedValue, ...], day: date) -> DatedValue | None:
    """The entry in force on `day`: ``[from, to)``; None if none is, or it ends the value."""
    text = day.isoformat()
    for entry in values:
        after_start = entry.from_ is None or entry.from_ <= text
        before_end = entry.to is None or text < entry.to
        if after_start and before_end:
            return entry if entry.value is not None else None
    return None
