"""A part larger than its whole: rows of one sample that cannot all be right.

Strontium-90 above the gross beta count it is part of means that one of the two is wrong. Both
are flagged, neither is dropped, and no rule of an agreement takes either for an answer. Which
of them is wrong is not for a program to say.

Results are of one sample if they bear the same sample identifier (and name no other place or
day); without an identifier only the results of one row are compared. Compared are results in
units that convert, on one basis, as sets of values: a part below a limit may be small, a whole
above its counter's range may be large.

Source of what a gross beta count holds: it counts every beta emitter of the sample, those of
very low energy excepted (from memory).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from msgspec import structs

from fairwater.intake.cells import flag
from fairwater.intake.measurands import measurand
from fairwater.intake.outcome import RowOutcome
from fairwater.intake.profile import Profile
from fairwater.quantities.units import UnitError, convert
from fairwater.records import Flag, Result, Sample, TestReport, encode

FLAG = "part_larger_than_whole"
Spot = tuple[str | None, int]
"""Sheet and row."""


class _Stated(NamedTuple):
    spot: Spot
    number: int
    result: Result


def may_hold_wholes(profile: Profile) -> bool:
    """Whether a table of the profile can hold a whole: its columns name it, or cells do."""
    wholes = {entry.whole for entry in profile.wholes}
    return any(
        wholes.intersection(column.nuclides) or column.nuclide_column is not None
        for column in profile.columns
    )


def names_a_whole(profile: Profile, rows: Iterable[list[str]]) -> bool:
    """Whether some cell, or the profile itself, names a whole."""
    wholes = {entry.whole for entry in profile.wholes}
    if any(wholes.intersection(column.nuclides) for column in profile.columns):
        return True
    seen: set[str] = set()
    for cells in rows:
        for cell in cells:
            if len(cell) < 40 and cell not in seen:
                if measurand(cell) in wholes:
                    return True
                if len(seen) < 100_000:
                    seen.add(cell)
    return False


def contradictions(
    outcomes: Iterable[RowOutcome], profile: Profile
) -> dict[Spot, tuple[Flag, ...]]:
    """Flags of the rows whose results contradict another of the same sample."""
    of_interest = {name for entry in profile.wholes for name in (entry.whole, *entry.parts)}
    groups: dict[object, list[_Stated]] = {}
    for outcome in outcomes:
        record = outcome.record
        if not isinstance(record, TestReport):
            continue
        spot = _spot(record)
        key = _sample(record) or spot
        for number, result in enumerate(record.results):
            if len(result.nuclides) == 1 and result.nuclides[0] in of_interest:
                groups.setdefault(key, []).append(_Stated(spot, number, result))
    found: dict[Spot, tuple[Flag, ...]] = {}
    for stated in groups.values():
        for entry in profile.wholes:
            for spot, flags in _compared(stated, entry.whole, entry.parts):
                found[spot] = tuple(dict.fromkeys((*found.get(spot, ()), flags)))
    return found


def flagged(outcome: RowOutcome, flags: dict[Spot, tuple[Flag, ...]]) -> RowOutcome:
    """The outcome with the flags of its contradictions, if it has any."""
    record = outcome.record
    added = flags.get(_spot(record)) if isinstance(record, TestReport) else None
    if not added or not isinstance(record, TestReport):
        return outcome
    record = structs.replace(record, flags=(*record.flags, *added))
    names = tuple(sorted({*outcome.flags, FLAG}))
    return outcome._replace(record=record, data=encode(record), flags=names)


def _spot(record: TestReport) -> Spot:
    source = record.source
    return (source.sheet, source.row) if source is not None else (None, 0)


def _sample(record: TestReport) -> object | None:
    sample = record.sample
    if not isinstance(sample, Sample):
        return sample
    if sample.sample is None:
        return None
    return (sample.sample, sample.item, sample.place, sample.collected)


def _compared(
    stated: list[_Stated], whole: str, parts: tuple[str, ...]
) -> Iterator[tuple[Spot, Flag]]:
    for one in stated:
        if one.result.nuclides != (whole,):
            continue
        for other in stated:
            if other.result.nuclides[0] in parts and _larger(other.result, one.result):
                detail = f"{_said(other.result)} > {_said(one.result)}"
                yield one.spot, flag(FLAG, one.result.column, detail)
                yield other.spot, flag(FLAG, other.result.column, detail)


def _larger(part: Result, whole: Result) -> bool:
    """Whether every value the part allows is above every value the whole allows."""
    low = part.low if part.kind == "interval" else part.value
    high = whole.high if whole.kind == "interval" else whole.value
    if part.kind not in ("detected", "over_range", "interval") or low is None or high is None:
        return False
    if whole.kind not in ("detected", "censored", "interval"):
        return False
    if part.unit is None or whole.unit is None or (part.basis or "wet") != (whole.basis or "wet"):
        return False
    try:
        return convert(Decimal(low), part.unit, whole.unit) > Decimal(high)
    except UnitError:
        return False


def _said(result: Result) -> str:
    return f"{result.nuclides[0]} {result.text} {result.unit}"
