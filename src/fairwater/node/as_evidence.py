"""Records as the evidence of one agreement: what a statement means under its scope.

The agreement's scope says which column of a sample gives each dimension of the
unit, which one names the sampling point, and what a date with an unknown day
means. `Reading` holds that, and what stands for knowledge (see `agreement.knowledge`).
"""

from __future__ import annotations

import decimal
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from fairwater.agreement.evidence import Cell, SampleEvidence, Value
from fairwater.agreement.knowledge import Knowledge, known_day
from fairwater.agreement.model import Agreement, Scope
from fairwater.archive.converting import item_base
from fairwater.quantities.allowed import EVERYTHING, allowed
from fairwater.quantities.dates import NOT_STATED, CivilInterval, civil
from fairwater.quantities.decimals import exact
from fairwater.quantities.errors import QuantityError
from fairwater.quantities.units import UnitError, convert
from fairwater.records import Flag, Place, Position, Product, Result, Sample, TestReport

_SIXTY_DIGITS: Final = decimal.Context(prec=60, Emax=99_999, Emin=-99_999)
_NO_PRODUCT, _NO_PLACE = Product(), Place()


class Reading(Struct, frozen=True, kw_only=True):
    """How an agreement reads records. `files` names documents by their SHA-256.

    `agreement` is its id: a statement that names another agreement is none of its evidence.
    """

    scope: Scope
    zone: ZoneInfo
    knowledge: Knowledge = "journal"
    dimensions: Mapping[str, str] = {}
    files: Mapping[str, str] = {}
    agreement: str | None = None

    @classmethod
    def of(
        cls,
        agreement: Agreement,
        knowledge: Knowledge = "journal",
        files: Mapping[str, str] | None = None,
    ) -> Reading:
        """The reading of an agreement.

        A sample's unit also carries what the agreement's other evidence scopes ask for.
        """
        named: dict[str, str] = {d.id: d.column for d in agreement.scope.unit}
        for other in agreement.evidence_scopes:
            named |= {d.id: d.column for d in other.unit if d.id not in named}
            named |= {column: column for column in other.where if column not in named}
        return cls(
            scope=agreement.scope,
            zone=ZoneInfo(agreement.time_zone),
            knowledge=knowledge,
            dimensions=named,
            files=files or {},
            agreement=agreement.id,
        )

    def day(self, text: str | None) -> CivilInterval:
        """Days of a date text in the agreement's zone; one that names no day is not stated."""
        try:
            return civil(text, self.zone)
        except QuantityError:
            return NOT_STATED

    def sampled(self, text: str | None) -> CivilInterval:
        """Days of sampling, by the scope's rule for dates that are not one day."""
        days = self.day(text)
        if self.scope.day == "first_day" and days.first is not None:
            return CivilInterval(days.first, days.first)
        return days


def columns_of(sample: Sample, report: TestReport | None = None) -> dict[str, str | None]:
    """What scopes may name, by column."""
    place, product = sample.place or _NO_PLACE, sample.product or _NO_PRODUCT
    return {
        "item": sample.item,
        "item_base": item_base(sample.item),
        "species": product.species,
        "part": product.part,
        "production": product.production,
        "category": product.food_category,
        "category_text": sample.category_text,
        "region": place.region,
        "district": place.district,
        "locality": place.locality,
        "zone": place.zone,
        "station": place.station,
        "laboratory": None if report is None else report.laboratory,
        "market_stage": sample.market_stage,
        "consignment": sample.consignment,
        "lot": sample.lot,
        "facility": sample.facility,
    }


def in_scope(sample: Sample, reading: Reading) -> bool:
    """Whether a registered sample is evidence under the scope."""
    stated, scope = columns_of(sample), reading.scope
    if any(stated.get(column) not in values for column, values in scope.where.items()):
        return False
    needed = {*scope.require, *(d.column for d in scope.unit)}
    if "collected" in needed and not reading.sampled(sample.collected).stated:
        return False
    return all(stated.get(column) for column in needed - {"collected"})


def sample_evidence(
    record: TestReport | Sample,
    *,
    record_id: str,
    accepted: date,
    reading: Reading,
    sample: Sample | None = None,
    sample_id: str | None = None,
) -> SampleEvidence:
    """A report, or a registered sample whose result is due, as evidence.

    Parameters
    ----------
    record : TestReport or Sample
        What was stated.
    record_id : str
        Its content id.
    accepted : date
        Civil day, in the agreement's zone, on which the journal accepted it.
    reading : Reading
        The agreement's scope and rule of knowledge.
    sample, sample_id : Sample, str
        The registered sample that a report names by id.

    Returns
    -------
    SampleEvidence
        Known from the day the rule of knowledge names.
    """
    report = record if isinstance(record, TestReport) else None
    if isinstance(record, Sample):
        sample, sample_id = record, record_id
    elif isinstance(record.sample, Sample):
        sample = record.sample
    drawn = sample or Sample()
    columns = columns_of(drawn, report)
    sampled = reading.sampled(drawn.collected)
    resulted = reading.day(report.resulted) if report else NOT_STATED
    published = reading.day(report.published) if report else NOT_STATED
    flags = report.flags if report else ()
    source = report.source if report else None
    values = tuple(_value(r, flags, source, reading) for r in report.results) if report else ()
    found = SampleEvidence(
        id=record_id,
        sample=sample_id or drawn.sample or record_id,
        known=accepted,
        sampled=sampled,
        sampled_at=_instant(drawn.collected),
        resulted=resulted,
        published=published,
        unit={
            name: stated
            for name, column in reading.dimensions.items()
            if (stated := columns.get(column)) is not None
        },
        zone=columns["zone"],
        point=next((columns[c] for c in reading.scope.point if columns.get(c)), None),
        values=values,
        technique=report.technique if report else None,
        lab=report.laboratory if report else drawn.owed_by,
        by=drawn.drawn_by,
        witness=drawn.witnessed_by,
        due=None if report or drawn.result_due is None else date.fromisoformat(drawn.result_due),
        flags=_flags_without_column(flags, values),
        cell=_cell(source, None, reading),
    )
    return replace(found, known=known_day(found, reading.knowledge))


def late_result(
    result: Result,
    report: SampleEvidence,
    record_id: str,
    accepted: date,
    reading: Reading,
) -> SampleEvidence:
    """A result added later to a report's sample: another record on the same sample."""
    return replace(
        report,
        id=record_id,
        known=accepted if reading.knowledge == "journal" else report.known,
        values=(_value(result, (), None, reading),),
        flags=(),
        cell=None,
    )


def _flags_without_column(flags: tuple[Flag, ...], values: tuple[Value, ...]) -> tuple[str, ...]:
    columns = {value.cell.column for value in values if value.cell is not None}
    return tuple(f.flag for f in flags if f.column is None or f.column not in columns)


def _value(
    result: Result, flags: tuple[Flag, ...], source: Position | None, reading: Reading
) -> Value:
    try:
        possible = allowed(result)
    except QuantityError:
        possible = EVERYTHING
    censored_by = result.limit_kind if result.kind == "censored" else None
    number = None if result.value is None else exact(result.value)
    beside = _beside(result)
    return Value(
        nuclides=result.nuclides,
        allowed=possible,
        kind=result.kind,
        text=result.text or _spelled(result),
        unit=result.unit,
        limit_kind=result.limit_kind,
        threshold=number if censored_by == "decision_threshold" else None,
        detection_limit=number if censored_by == "detection_limit" else beside,
        uncertainty=_standard_uncertainty(result),
        uncertainty_text=result.uncertainty,
        basis=result.basis,
        standing=result.standing or "reported",
        promised=None if result.promised is None else date.fromisoformat(result.promised),
        flags=tuple(f.flag for f in flags if f.column is not None and f.column == result.column),
        cell=_cell(source, result.column, reading),
    )


def _beside(result: Result) -> Decimal | None:
    """The limit that accompanies a value, in the value's unit."""
    if result.limit is None:
        return None
    limit = exact(result.limit)
    if result.limit_unit in (None, result.unit) or result.unit is None:
        return limit
    try:
        return convert(limit, result.limit_unit or result.unit, result.unit)
    except UnitError:
        return None


def _standard_uncertainty(result: Result) -> Decimal | None:
    """u: the stated uncertainty over its coverage factor; None where the factor is not stated."""
    if result.uncertainty is None or result.coverage_factor in (None, "not_stated"):
        return None
    k = exact(result.coverage_factor)
    return None if not k else _SIXTY_DIGITS.divide(exact(result.uncertainty), k)


def _spelled(result: Result) -> str:
    match result.kind:
        case "censored":
            return f"<{result.value}"
        case "over_range":
            return f">{result.value}"
        case "interval":
            return f"{result.low} to {result.high}"
        case "about":
            return f"about {result.value}"
        case "not_stated":
            return "-"
        case "detected":
            return str(result.value)


def _cell(source: Position | None, column: str | None, reading: Reading) -> Cell | None:
    if source is None:
        return None
    fields: dict[str, Any] = {"sheet": source.sheet, "publication": source.publication}
    return Cell(
        document=source.document,
        name=reading.files.get(source.document),
        row=source.row,
        column=column,
        **fields,
    )


def _instant(text: str | None) -> datetime | None:
    if text is None or "T" not in text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
