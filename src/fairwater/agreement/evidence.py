"""Evidence for one evaluation: what is known, independent of where it is stored.

Plain structs, dates parsed, numbers exact. Every entry carries an `id` (the
record's content id, or the name a case gives it) and `known`, the civil day in
the agreement's time zone from which it may be used. `Evidence.as_known(day)`
is the evidence as it stood: later entries gone, superseded ones set aside.

    SampleEvidence     one laboratory's results on one sample, or a registered
                       sample whose result is still due (`values` empty)
    Value              one stated result: the set of values it allows, and the
                       text the laboratory wrote
    Supersession       an amendment (`by`) or a withdrawal (no `by`)
    DocumentEvidence, DeclarationEvidence, AssertionEvidence, RegisterEvidence,
    ReportEvidence, MissedEvidence, PlanEvidence, DecisionEvidence,
    ApplicationEvidence, ReviewEvidence, FacilityEvidence, ConsignmentEvidence, ZoneVersion

A `Unit` maps a dimension to a value: ``{"species": "flounder", "zone": "Z1"}``.
Order never matters: evaluation sorts by (day, id).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from msgspec import Struct, structs

from fairwater.quantities.allowed import Allowed
from fairwater.quantities.dates import CivilInterval
from fairwater.records import LimitKind, ResultKind, Standing

Unit = Mapping[str, str]

NOT_STATED = CivilInterval(None, None)


class Cell(Struct, frozen=True, omit_defaults=True):
    """Where a value stands: the file, sheet, row (first under the header is 1) and column."""

    document: str | None = None
    name: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    publication: str | None = None


class Value(Struct, frozen=True, kw_only=True):
    """One stated result in `unit`; more than one nuclide means the reported sum.

    `uncertainty` is the standard uncertainty u in `unit` (expanded values are
    divided by their coverage factor before they come here), None if not stated.
    `threshold` is y* where `limit_kind` is a decision threshold.
    """

    nuclides: tuple[str, ...]
    allowed: Allowed
    kind: ResultKind
    text: str
    unit: str | None = None
    limit_kind: LimitKind | None = None
    threshold: Decimal | None = None
    detection_limit: Decimal | None = None
    uncertainty: Decimal | None = None
    uncertainty_text: str | None = None
    basis: str | None = None
    standing: Standing = "reported"
    promised: date | None = None
    flags: tuple[str, ...] = ()
    cell: Cell | None = None


class SampleEvidence(Struct, frozen=True, kw_only=True):
    """One result record on one sample. Two records on one sample are replicates.

    `zone` is the zone the sample names; `inside` the child zone its coordinates
    fall in, where that is known. `due` is set for a registered sample: the day
    its result is due. `uncertainty` is the standard uncertainty of the combined
    value where the laboratory states one for the sum, in the unit of the limit.
    """

    id: str
    sample: str
    known: date
    sampled: CivilInterval = NOT_STATED
    sampled_at: datetime | None = None
    resulted: CivilInterval = NOT_STATED
    published: CivilInterval = NOT_STATED
    produced: CivilInterval = NOT_STATED
    unit: Mapping[str, str] = {}
    zone: str | None = None
    inside: str | None = None
    point: str | None = None
    values: tuple[Value, ...] = ()
    uncertainty: Decimal | None = None
    technique: str | None = None
    lab: str | None = None
    by: str | None = None
    witness: str | None = None
    due: date | None = None
    flags: tuple[str, ...] = ()
    cell: Cell | None = None


class Supersession(Struct, frozen=True, kw_only=True):
    """`target` no longer counts from `known` on; `by` replaces it (None: withdrawn)."""

    target: str
    by: str | None
    known: date
    reason: str | None = None


class DocumentEvidence(Struct, frozen=True, kw_only=True):
    """A document and how it was ruled upon (`ruling` None: presented, no ruling).

    `dated` is the day of the ruling, else of issue; `issued` the day of issue. What it
    states of goods is in `consignment` … `mass_kg`; `states` are the statements it makes.
    `accompanies` is the consignment it was presented with (else the one it names).
    """

    id: str
    known: date
    document: str
    dated: CivilInterval = NOT_STATED
    ruling: Literal["accepted", "rejected"] | None = None
    issuer: str | None = None
    valid_to: date | None = None
    unit: Mapping[str, str] = {}
    cell: Cell | None = None
    issued: CivilInterval = NOT_STATED
    consignment: str | None = None
    accompanies: str | None = None
    facility: str | None = None
    product: Mapping[str, str] = {}
    area: str | None = None
    lots: tuple[str, ...] = ()
    packages: int | None = None
    mass_kg: Decimal | None = None
    states: tuple[str, ...] = ()


class DeclarationEvidence(Struct, frozen=True, kw_only=True):
    """`by` (a party, or a role) declared `declared` true or false; `states`: points it states."""

    id: str
    known: date
    declared: str
    by: str
    value: bool
    dated: CivilInterval = NOT_STATED
    unit: Mapping[str, str] = {}
    states: tuple[str, ...] = ()


class AssertionEvidence(Struct, frozen=True, kw_only=True):
    """`by` (a party, or a role) says the measure is in `state`; `act` is what it published."""

    id: str
    known: date
    by: str
    state: str
    dated: CivilInterval = NOT_STATED
    measure: str | None = None
    act: str | None = None
    note: str | None = None
    withdraws: str | None = None
    unit: Mapping[str, str] = {}


class RegisterEvidence(Struct, frozen=True, kw_only=True):
    """A keeper's register: consignments passed and rejected from `since` to `complete_through`."""

    id: str
    known: date
    register: str
    by: str
    since: date
    complete_through: date | None = None
    consignments: int | None = None
    rejected: int | None = None
    unit: Mapping[str, str] = {}


class ReportEvidence(Struct, frozen=True, kw_only=True):
    """A report and the day it was issued (for `report_age`)."""

    id: str
    known: date
    report: str
    dated: CivilInterval = NOT_STATED
    unit: Mapping[str, str] = {}


class MissedEvidence(Struct, frozen=True, kw_only=True):
    """A planned sample that was not drawn, and why."""

    id: str
    known: date
    dated: CivilInterval
    reason: str
    unit: Mapping[str, str] = {}


class PlanEvidence(Struct, frozen=True, kw_only=True):
    """How often a unit is to be sampled and which role owes it."""

    id: str
    every: str
    owed_by: str
    known: date = date.min
    week: str = "monday"
    valid_from: date | None = None
    valid_to: date | None = None
    unit: Mapping[str, str] = {}


class DecisionEvidence(Struct, frozen=True, kw_only=True):
    """A dated decision. `role` is the role it was taken in; `to` where no transition gives it.

    `published` False: it is known that no act was published; it moves nothing.
    """

    id: str
    known: date
    transition: str | None
    dated: date
    effective: date
    role: str | None = None
    by: str | None = None
    measure: str | None = None
    to: str | None = None
    act: str | None = None
    published: bool = True
    reasons: str | None = None
    override: bool = False
    unit: Mapping[str, str] = {}


class ApplicationEvidence(Struct, frozen=True, kw_only=True):
    """A request that a transition be decided."""

    id: str
    known: date
    transition: str
    by: str
    dated: CivilInterval = NOT_STATED
    measure: str | None = None
    unit: Mapping[str, str] = {}


class ReviewEvidence(Struct, frozen=True, kw_only=True):
    """A review of a measure; its clock starts again on `dated`."""

    id: str
    known: date
    dated: date
    by: str | None = None
    measure: str | None = None
    unit: Mapping[str, str] = {}


class FacilityEvidence(Struct, frozen=True, kw_only=True):
    """A facility on (`registered`) or off a register over [`since`, `until`)."""

    id: str
    known: date
    facility: str
    registered: bool = True
    since: date | None = None
    until: date | None = None
    register: str | None = None
    by: str | None = None


class LotEvidence(Struct, frozen=True, kw_only=True):
    """One lot of a consignment: what is stated of it, or of the whole where it says nothing."""

    lot: str
    produced: CivilInterval = NOT_STATED
    area: str | None = None
    mass_kg: Decimal | None = None


class ConsignmentEvidence(Struct, frozen=True, kw_only=True):
    """Goods on their way from `origin` to `destination` (parties).

    `product` maps species, part, production, food_category … to what is stated;
    `area_basis` says what `area` means. `lots` is empty where none is named.
    """

    id: str
    known: date
    consignment: str
    origin: str
    destination: str
    product: Mapping[str, str] = {}
    facility: str | None = None
    area: str | None = None
    area_basis: str | None = None
    mass_kg: Decimal | None = None
    packages: int | None = None
    lots: tuple[LotEvidence, ...] = ()
    produced: CivilInterval = NOT_STATED
    dispatched: CivilInterval = NOT_STATED
    cell: Cell | None = None


class ZoneVersion(Struct, frozen=True, kw_only=True):
    """A zone valid in [`valid_from`, `valid_to`); a split names its children, a merge its heir."""

    zone: str
    valid_from: date | None = None
    valid_to: date | None = None
    parent: str | None = None
    split_into: tuple[str, ...] = ()
    merged_into: str | None = None


class Evidence(Struct, frozen=True, kw_only=True):
    """Everything one evaluation may look at. Empty by default."""

    samples: tuple[SampleEvidence, ...] = ()
    supersessions: tuple[Supersession, ...] = ()
    documents: tuple[DocumentEvidence, ...] = ()
    declarations: tuple[DeclarationEvidence, ...] = ()
    assertions: tuple[AssertionEvidence, ...] = ()
    registers: tuple[RegisterEvidence, ...] = ()
    reports: tuple[ReportEvidence, ...] = ()
    missed: tuple[MissedEvidence, ...] = ()
    plans: tuple[PlanEvidence, ...] = ()
    decisions: tuple[DecisionEvidence, ...] = ()
    applications: tuple[ApplicationEvidence, ...] = ()
    reviews: tuple[ReviewEvidence, ...] = ()
    facilities: tuple[FacilityEvidence, ...] = ()
    consignments: tuple[ConsignmentEvidence, ...] = ()
    zones: tuple[ZoneVersion, ...] = ()
    superseded: tuple[str, ...] = ()

    def as_known(self, day: date) -> Evidence:
        """The evidence as known at the end of `day`: sorted, each id once, superseded set aside.

        `superseded` of the answer holds the ids known and replaced or withdrawn.
        """
        gone = self.replaced_by(day)
        fields: dict[str, object] = {}
        superseded: set[str] = set()
        for name in _DATED:
            kept: dict[str, _Entry] = {}
            for entry in getattr(self, name):
                if entry.known > day:
                    continue
                if entry.id in gone:
                    superseded.add(entry.id)
                else:
                    kept[entry.id] = entry
            fields[name] = tuple(kept[key] for key in sorted(kept))
        fields["superseded"] = tuple(sorted(superseded))
        return structs.replace(self, **fields)

    def replaced_by(self, day: date) -> dict[str, str | None]:
        """Id to the id that replaces it (None: withdrawn), as known at the end of `day`."""
        ordered = sorted(self.supersessions, key=lambda s: (s.known, s.target, s.by or ""))
        return {s.target: s.by for s in ordered if s.known <= day}

    def known_days(self) -> tuple[date, ...]:
        """Every day on which something became known, ascending."""
        days = {entry.known for name in _DATED for entry in getattr(self, name)}
        days |= {s.known for s in self.supersessions}
        return tuple(sorted(days))

    def joined(self, others: Iterable[Evidence]) -> Evidence:
        """Evidence of `self` and `others` as one."""
        parts = (self, *others)
        fields: dict[str, Any] = {
            name: tuple(entry for part in parts for entry in getattr(part, name))
            for name in self.__struct_fields__
        }
        return Evidence(**fields)


_Entry = (
    SampleEvidence | DocumentEvidence | DeclarationEvidence | AssertionEvidence
    | RegisterEvidence | ReportEvidence | MissedEvidence | PlanEvidence | DecisionEvidence
    | ApplicationEvidence | ReviewEvidence | FacilityEvidence | ConsignmentEvidence
)  # fmt: skip

_DATED = (
    "samples", "documents", "declarations", "assertions", "registers", "reports", "missed",
    "plans", "decisions", "applications", "reviews", "facilities", "consignments",
)  # fmt: skip
