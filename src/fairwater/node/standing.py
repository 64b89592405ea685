"""Statements on record as the standing evidence of an agreement.

In told history (`knowledge` other than journal) a statement is known on the day
it is dated: it was made then, and only written down here later. Undated, it is
known from the day the journal accepted it. What amends another statement bears the same
date as a rule, and was known no sooner than the amendment: one stands until then, the
other from then on. A decision, an application or a review names the agreement under which
it was made, and is evidence of no other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from fairwater.agreement.evidence import (
    ApplicationEvidence,
    AssertionEvidence,
    ConsignmentEvidence,
    DecisionEvidence,
    DeclarationEvidence,
    DocumentEvidence,
    Evidence,
    FacilityEvidence,
    LotEvidence,
    MissedEvidence,
    PlanEvidence,
    RegisterEvidence,
    ReviewEvidence,
    SampleEvidence,
    Supersession,
    ZoneVersion,
)
from fairwater.agreement.goods_checking import stated_as
from fairwater.node.as_evidence import Reading, in_scope, sample_evidence
from fairwater.quantities.dates import CivilInterval
from fairwater.quantities.decimals import exact
from fairwater.records import (
    Application,
    Assertion,
    Consignment,
    Decision,
    Declaration,
    Document,
    Facility,
    MissedSample,
    Product,
    Register,
    Review,
    Sample,
    SamplingPlan,
    Zone,
    decode_trusted,
)

if TYPE_CHECKING:
    from fairwater.archive import Archive

_FIELDS: dict[type[Any], str] = {
    Document: "documents",
    Declaration: "declarations",
    Assertion: "assertions",
    Register: "registers",
    MissedSample: "missed",
    SamplingPlan: "plans",
    Decision: "decisions",
    Application: "applications",
    Review: "reviews",
    Facility: "facilities",
    Consignment: "consignments",
}
_DATED: dict[type[Any], str] = {
    Document: "ruled_on",
    Register: "complete_through",
    Facility: "registered_from",
    SamplingPlan: "valid_from",
    Consignment: "dispatched",
}
"""Field that dates a statement, where it is not `dated`."""


def standing_evidence(
    archive: Archive, reading: Reading, through: int
) -> tuple[Evidence, list[SampleEvidence]]:
    """Everything but results: standing evidence, and registered samples.

    Parameters
    ----------
    archive : Archive
        Is asked.
    reading : Reading
        How the agreement reads dates.
    through : int
        Only the first so many entries of the journal.
    """
    found: dict[str, list[Any]] = {name: [] for name in _FIELDS.values()}
    zones: list[ZoneVersion] = []
    waiting: list[SampleEvidence] = []
    for record_id, known_at, gone, content in _statements(archive, through):
        record = decode_trusted(content.encode())
        accepted = _utc(known_at).astimezone(reading.zone).date()
        if isinstance(record, Zone):
            if (record.split_into or record.parent) and not gone:
                zones.append(_zone(record))
        elif isinstance(record, Sample):
            if in_scope(record, reading) and not gone:
                waiting.append(
                    sample_evidence(record, record_id=record_id, accepted=accepted, reading=reading)
                )
        else:
            entry = _entry(record, record_id, accepted, reading)
            if entry is not None:
                found[_FIELDS[type(record)]].append(entry)
    found["documents"] = list(_placed(found["documents"], found["consignments"], reading))
    changes = _supersessions(archive, reading, through)
    if reading.knowledge != "journal":
        days = {e.id: e.known for part in (*found.values(), waiting) for e in part}
        changes = _no_sooner(changes, days)
        since = {change.by: change.known for change in changes if change.by in days}
        found = {name: _from(since, entries) for name, entries in found.items()}
        waiting = _from(since, waiting)
    told = {name: tuple(entries) for name, entries in found.items()}
    return Evidence(**told, zones=tuple(zones), supersessions=changes), waiting


def _no_sooner(
    changes: tuple[Supersession, ...], days: Mapping[str, date]
) -> tuple[Supersession, ...]:
    """Changes that take effect when they were made, and not before what replaces was known."""
    return tuple(
        replace(change, known=max(change.known, days.get(change.by or "", change.known)))
        for change in changes
    )


def _from(since: Mapping[str | None, date], entries: Sequence[Any]) -> list[Any]:
    """Statements, those that replace another known from the day they replaced it."""
    return [replace(e, known=since[e.id]) if e.id in since else e for e in entries]


def _statements(archive: Archive, through: int) -> list[tuple[str, datetime, bool, str]]:
    """Id, instant of acceptance, whether superseded, and text of the statements that count."""
    types: list[type[Any]] = [*_FIELDS, Zone, Sample]
    kinds = [str(kind.__struct_config__.tag) for kind in types]
    table = archive.query(
        "SELECT s.record_id, s.known_at, s.content, EXISTS (SELECT 1 FROM supersessions g "
        "WHERE g.target = s.record_id AND g.journal_index < $through) AS gone FROM statements s "
        "WHERE s.journal_index < $through AND list_contains($kinds, s.type) "
        "ORDER BY s.journal_index",
        {"through": through, "kinds": kinds},
    )
    return [
        (row["record_id"], row["known_at"], row["gone"], row["content"])
        for row in table.to_pylist()
    ]


def _zone(record: Zone) -> ZoneVersion:
    return ZoneVersion(
        zone=record.zone,
        valid_from=_day(record.valid_from),
        valid_to=_day(record.valid_to),
        parent=record.parent,
        split_into=record.split_into,
    )


def _supersessions(archive: Archive, reading: Reading, through: int) -> tuple[Supersession, ...]:
    rows = archive.query(
        'SELECT target, "by" AS heir, reason, known_at, dated FROM supersessions '
        "WHERE kind <> 'correction' AND journal_index < $through ORDER BY journal_index",
        {"through": through},
    ).to_pylist()
    return tuple(
        Supersession(
            target=row["target"],
            by=row["heir"],
            known=_known(
                reading.day(row["dated"]), _utc(row["known_at"]).astimezone(reading.zone).date(),
                reading,
            ),
            reason=row["reason"],
        )
        for row in rows
    )  # fmt: skip


def _utc(instant: datetime) -> datetime:
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant


def _known(dated: CivilInterval, accepted: date, reading: Reading) -> date:
    if reading.knowledge == "journal" or dated.last is None:
        return accepted
    return dated.last


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _entry(record: Any, record_id: str, accepted: date, reading: Reading) -> Any:
    """One statement as evidence; None where it says nothing this agreement can use."""
    if getattr(record, "agreement", None) not in (None, reading.agreement):
        return None
    about = dict(getattr(record, "unit", None) or {})
    dated = reading.day(getattr(record, _DATED.get(type(record), "dated")))
    if isinstance(record, Document) and not dated.stated:
        dated = reading.day(record.issued)
    if isinstance(record, Facility) and not dated.stated:
        dated = reading.day(record.registered_to)
    shared: dict[str, Any] = {"id": record_id, "known": _known(dated, accepted, reading)}
    match record:
        case Document():
            return _document(record, shared, dated, reading)
        case Consignment():
            return _consignment(record, shared, reading)
        case Declaration():
            return DeclarationEvidence(
                **shared, declared=record.declared, by=record.by, value=record.value,
                dated=dated, unit=about, states=tuple(sorted(record.states or {})),
            )  # fmt: skip
        case Assertion():
            return AssertionEvidence(
                **shared, by=record.by, state=record.state, dated=dated, measure=record.measure,
                act=record.act, note=record.note, unit=about,
            )  # fmt: skip
        case Register():
            return RegisterEvidence(
                **shared, register=record.register, by=record.kept_by,
                since=date.fromisoformat(record.since),
                complete_through=_day(record.complete_through),
                consignments=record.consignments, rejected=record.rejected, unit=about,
            )  # fmt: skip
        case MissedSample():
            return MissedEvidence(**shared, dated=dated, reason=record.reason, unit=about)
        case SamplingPlan():
            return PlanEvidence(
                **shared, every=record.every, owed_by=record.owed_by,
                valid_from=_day(record.valid_from), valid_to=_day(record.valid_to), unit=about,
            )  # fmt: skip
        case Decision():
            return DecisionEvidence(
                **shared, transition=record.transition, dated=date.fromisoformat(record.dated),
                effective=date.fromisoformat(record.effective), role=record.role, by=record.by,
                measure=record.measure, to=record.to, act=record.act, reasons=record.reasons,
                override=record.override, unit=about,
            )  # fmt: skip
        case Application():
            return ApplicationEvidence(
                **shared, transition=record.transition, by=record.by, dated=dated,
                measure=record.measure, unit=about,
            )  # fmt: skip
        case Review():
            if dated.last is None:
                return None
            return ReviewEvidence(
                **shared, dated=dated.last, by=record.by, measure=record.measure, unit=about
            )
        case Facility():
            return FacilityEvidence(
                **shared, facility=record.facility,
                registered=(record.registered_from or record.registered_to) is not None,
                since=_day(record.registered_from), until=_day(record.registered_to),
                register=record.register, by=record.party,
            )  # fmt: skip
    return None


def _document(
    record: Document, shared: dict[str, Any], dated: CivilInterval, reading: Reading
) -> DocumentEvidence:
    return DocumentEvidence(
        **shared,
        document=record.document,
        dated=dated,
        ruling=record.ruling,
        issuer=record.issuer,
        valid_to=_day(record.valid_to),
        unit=dict(record.unit or {}),
        issued=reading.day(record.issued),
        consignment=record.consignment,
        accompanies=record.presented_with or record.consignment,
        facility=record.facility,
        product=_product(record.product),
        area=record.area,
        lots=record.lots,
        packages=record.packages,
        mass_kg=None if record.mass_kg is None else exact(record.mass_kg),
        states=record.states,
    )


def _placed(
    documents: list[DocumentEvidence], goods: list[ConsignmentEvidence], reading: Reading
) -> Iterator[DocumentEvidence]:
    """Documents that came with goods, with the unit the goods belong to.

    Known no earlier than the goods are: before that nobody can tell which unit it is.
    """
    latest = {g.consignment: g for g in sorted(goods, key=lambda g: (g.known, g.id))}
    for entry in documents:
        own = latest.get(entry.accompanies or "")
        if own is None or not reading.scope.unit:
            yield entry
            continue
        unit = {d.id: stated_as(own, d.column) for d in reading.scope.unit}
        placed = {name: value for name, value in unit.items() if value is not None}
        yield replace(entry, unit=placed | dict(entry.unit), known=max(entry.known, own.known))


def _consignment(
    record: Consignment, shared: dict[str, Any], reading: Reading
) -> ConsignmentEvidence:
    details = {entry.lot: entry for entry in record.details}
    whole = reading.day(record.produced)
    lots: list[LotEvidence] = []
    for name in sorted({*record.lots, *details}):
        own = details.get(name)
        produced = reading.day(own.produced) if own and own.produced else whole
        mass = own.mass_kg if own else None
        lots.append(
            LotEvidence(
                lot=name,
                produced=produced,
                area=(own.area if own else None) or record.area,
                mass_kg=None if mass is None else exact(mass),
            )
        )
    return ConsignmentEvidence(
        **shared,
        consignment=record.consignment,
        origin=record.origin,
        destination=record.destination,
        product=_product(record.product),
        facility=record.facility,
        area=record.area,
        area_basis=record.area_basis,
        mass_kg=None if record.mass_kg is None else exact(record.mass_kg),
        packages=record.packages,
        lots=tuple(lots),
        produced=whole,
        dispatched=reading.day(record.dispatched),
    )


_OF_PRODUCT = ("species", "scientific_name", "part", "production", "food_category")


def _product(record: Product | None) -> dict[str, str]:
    """What is stated of a product, by name."""
    stated = {name: getattr(record, name, None) for name in _OF_PRODUCT}
    return {name: value for name, value in stated.items() if value is not None}
