"""A part larger than its whole: rows of one sample that cannot all be right.

Strontium-90 above the gross beta count it is part of means that one of the two is wrong. So do
nuclides that together are above it, and Cs-137 above a stated sum of Cs-134 and Cs-137. All are
flagged, none is dropped, and no rule of an agreement takes any for an answer. Which of them is
wrong is not for a program to say.

Results are of one sample if they bear the same sample identifier and neither names another
item, place or day than the other; without an identifier only the results of one row are
compared. Compared are results of one kind of unit, on one basis, as sets of values: a part
below a limit may be small, a whole above its counter's range may be large. Repeated results of
one nuclide are never added up: the least of them counts. A sum may be above its parts by as
much as rounding makes it (`sums` of the profile).

Source of what the gross counts hold: beta emitters, those of very low energy excepted, and
alpha emitters of the sample (from memory).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from msgspec import structs

from fairwater.intake.cells import flag
from fairwater.intake.comparable import in_base
from fairwater.intake.layout import Layout
from fairwater.intake.measurands import measurand
from fairwater.intake.numbers import fold
from fairwater.intake.outcome import RowOutcome
from fairwater.intake.profile import Profile, SumCheck
from fairwater.records import Flag, Result, Sample, TestReport, encode

FLAG = "part_larger_than_whole"
MAX_WAYS = 50
"""Items, places and days under one identifier that are compared with each other."""
Spot = tuple[str | None, int]
"""Sheet and row."""
_Stating = tuple[object, ...]
_Kind = tuple[str, str]
"""Base unit and basis: numbers of one kind compare."""


class _Stated(NamedTuple):
    """A result that bounds a value: `low` every value it allows is above, `high` below."""

    spot: Spot
    result: Result
    kind: _Kind
    low: Decimal | None
    high: Decimal | None


def columns_that_name(profile: Profile, layout: Layout) -> tuple[int, ...] | None:
    """Where a table names what is measured; None if its columns alone say that a whole may stand.

    Empty if neither columns nor cells can name one.
    """
    wholes = {entry.whole for entry in profile.wholes}
    if any(
        wholes.intersection(column.nuclides)
        or (len(column.nuclides) > 1 and profile.sums is None and len(profile.columns) > 1)
        for column in profile.columns
    ):
        return None
    named = {column.nuclide_column for column in profile.columns} - {None}
    return tuple(entry.position for entry in layout.bound if entry.column.heading in named)


def names_a_whole(profile: Profile, texts: Iterable[str]) -> bool:
    """Whether one of the texts names a whole: a gross count, or a sum of nuclides."""
    wholes = {entry.whole for entry in profile.wholes}
    return any("+" in fold(text) or measurand(text) in wholes for text in set(texts))


def contradictions(
    outcomes: Iterable[RowOutcome], profile: Profile
) -> dict[Spot, tuple[Flag, ...]]:
    """Flags of the rows whose results contradict another of the same sample."""
    of_interest = {name for entry in profile.wholes for name in (entry.whole, *entry.parts)}
    samples: dict[object, dict[_Stating, list[_Stated]]] = {}
    for outcome in outcomes:
        record = outcome.record
        if not isinstance(record, TestReport):
            continue
        key, stating = _sample(record)
        for result in record.results:
            if len(result.nuclides) > 1 or of_interest.intersection(result.nuclides) or key:
                stated = _stated(_spot(record), result)
                if stated is not None:
                    samples.setdefault(key or stated.spot, {}).setdefault(stating, []).append(
                        stated
                    )
    found: dict[Spot, dict[Flag, None]] = {}
    for ways in samples.values():
        for together in _of_one_sample(ways):
            for spot, said in _contradicting(together, profile):
                found.setdefault(spot, {})[said] = None
    return {spot: tuple(flags) for spot, flags in found.items()}


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


def _sample(record: TestReport) -> tuple[object | None, _Stating]:
    """The sample's identifier, and what else the row says of it."""
    sample = record.sample
    if not isinstance(sample, Sample):
        return sample, ()
    return sample.sample, (sample.item, sample.place, sample.collected)


def _of_one_sample(ways: dict[_Stating, list[_Stated]]) -> Iterator[list[_Stated]]:
    """Results that may be of one sample; what is not stated contradicts nothing."""
    if len(ways) == 1 or len(ways) > MAX_WAYS:
        yield from ways.values()
        return
    seen = set[tuple[_Stating, ...]]()
    for one in ways:
        alike = tuple(other for other in ways if _agree(one, other))
        if all(_agree(*pair) for pair in combinations(alike, 2)):
            groups = [alike]
        else:  # what one leaves out, two others state differently
            groups = [tuple(dict.fromkeys((one, other))) for other in alike]
        for group in groups:
            if group not in seen:
                seen.add(group)
                yield [stated for other in group for stated in ways[other]]


def _agree(one: _Stating, other: _Stating) -> bool:
    return all(a == b or a is None or b is None for a, b in zip(one, other, strict=True))


def _stated(spot: Spot, result: Result) -> _Stated | None:
    low = result.low if result.kind == "interval" else result.value
    high = result.high if result.kind == "interval" else result.value
    if result.kind not in ("detected", "over_range", "interval"):
        low = None
    if result.kind not in ("detected", "censored", "interval"):
        high = None
    if result.unit is None or (low is None and high is None):
        return None
    base, at_least = in_base(Decimal(low or 0), result.unit)
    _, at_most = in_base(Decimal(high or 0), result.unit)
    kind = (base, result.basis or "wet")
    return _Stated(
        spot, result, kind, None if low is None else at_least, None if high is None else at_most
    )


def _contradicting(stated: list[_Stated], profile: Profile) -> Iterator[tuple[Spot, Flag]]:
    parts_of: dict[tuple[str, ...], frozenset[str]] = {
        (entry.whole,): frozenset(entry.parts) for entry in profile.wholes
    }
    wholes: dict[tuple[tuple[str, ...], _Kind], list[_Stated]] = {}
    for one in stated:
        is_whole = one.result.nuclides in parts_of or len(one.result.nuclides) > 1
        if is_whole and one.high is not None:
            wholes.setdefault((one.result.nuclides, one.kind), []).append(one)
    for (nuclides, kind), of_it in wholes.items():
        parts = parts_of.get(nuclides, frozenset(nuclides))
        found = [
            one
            for one in stated
            if one.low is not None
            and one.kind == kind
            and one.result.nuclides != nuclides
            and parts.issuperset(one.result.nuclides)
        ]
        larger = _plainly if nuclides in parts_of else _by_more_than_rounding(profile)
        yield from _larger(of_it, found, larger)


def _larger(
    wholes: list[_Stated], parts: list[_Stated], larger: Callable[[Decimal, Decimal], bool]
) -> Iterator[tuple[Spot, Flag]]:
    """Each whole against the largest part and all parts together; each part the other way."""
    if not parts:
        return
    least: dict[tuple[str, ...], _Stated] = {}
    for one in parts:
        held = least.get(one.result.nuclides)
        if held is None or _low(one) < _low(held):
            least[one.result.nuclides] = one
    together = [one for one in least.values() if len(one.result.nuclides) == 1]
    total = sum(map(_low, together), Decimal(0))
    largest = max(parts, key=_low)
    smallest = min(wholes, key=_high)
    for whole in wholes:
        if larger(_low(largest), _high(whole)):
            yield whole.spot, _flag(whole, (largest,), whole)
        elif larger(total, _high(whole)):
            yield whole.spot, _flag(whole, together, whole)
    for part in parts:
        if larger(_low(part), _high(smallest)):
            yield part.spot, _flag(part, (part,), smallest)
        elif part in together and larger(total, _high(smallest)):
            yield part.spot, _flag(part, together, smallest)


def _low(stated: _Stated) -> Decimal:
    return stated.low if stated.low is not None else Decimal(0)


def _high(stated: _Stated) -> Decimal:
    return stated.high if stated.high is not None else Decimal("Infinity")


def _plainly(part: Decimal, whole: Decimal) -> bool:
    return part > whole


def _by_more_than_rounding(profile: Profile) -> Callable[[Decimal, Decimal], bool]:
    check = profile.sums or SumCheck()
    share, amount = Decimal(check.relative), Decimal(check.absolute)
    return lambda part, whole: part - whole > max(share * part, amount)


def _flag(on: _Stated, parts: Iterable[_Stated], whole: _Stated) -> Flag:
    said = " + ".join(_said(part.result) for part in parts)
    return flag(FLAG, on.result.column, f"{said} > {_said(whole.result)}")


def _said(result: Result) -> str:
    return f"{'+'.join(result.nuclides)} {result.text} {result.unit}"
