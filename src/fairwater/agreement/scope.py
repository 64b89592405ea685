"""Which evidence counts for a unit and a window: in, out, or maybe.

A window is the civil days in ``(at - W, at]``; `since` starts it later still.
A date that is a set of days may straddle an end; a sample placed only in a
parent zone may belong to any child. Such a sample is *maybe* inside, and the
doubt says whether its date or its location would settle it.

`window: PT24H` is a span between instants: a day of evaluation stands for its
end, a day of sampling for all its instants.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple

from fairwater.agreement.context import Context
from fairwater.agreement.evidence import SampleEvidence, Unit, ZoneVersion
from fairwater.agreement.model import DateKind
from fairwater.quantities.dates import CivilInterval
from fairwater.quantities.errors import QuantityError
from fairwater.quantities.periods import Period

Place = Literal["in", "maybe", "out"]
DAY = timedelta(days=1)


class Window(NamedTuple):
    """Days in ``(after, last]``; `after` None has no beginning. `hours` is set for PT…H."""

    after: date | None
    last: date
    hours: int | None = None

    @property
    def first(self) -> date | None:
        """The first day inside."""
        return None if self.after is None else self.after + DAY


def window_at(at: date, period: str | None, since: date | None) -> Window:
    """The window of `period` at `at`, starting after `since` where that is later."""
    after: date | None = None
    hours: int | None = None
    if period is not None:
        parsed = Period.parse(period)
        if parsed.is_hours:
            hours = parsed[0]
        else:
            try:
                after = parsed.before(at)
            except QuantityError:
                after = None  # longer than the calendar: no beginning
    if since is not None and (after is None or since > after):
        after = since
    return Window(after, at, hours)


def days_of(sample: SampleEvidence, kind: DateKind) -> CivilInterval:
    """Days that may be the sample's date of `kind`.

    What is not stated is bounded by what must be true: a sample is drawn before
    its result, and a result or publication lies between sampling and the day it
    became known. A sample without a result has no later date than its sampling.
    """
    sampled = sample.sampled
    if kind == "sampled":
        last = sampled.last or sample.resulted.last or sample.known
        return CivilInterval(sampled.first, last)
    if kind == "produced":
        if sample.produced.stated:
            return sample.produced
        return CivilInterval(None, sampled.last or sample.known)
    stated = sample.resulted if kind == "resulted" else sample.published
    if stated.stated:
        return stated
    first = sampled.first if kind == "resulted" else (sample.resulted.first or sampled.first)
    return CivilInterval(first, sample.known)


def place_in_window(days: CivilInterval, window: Window) -> Place:
    """Whether every, some or no day of `days` lies in the window."""
    first, last = days
    if (first is not None and first > window.last) or (
        window.after is not None and last is not None and last <= window.after
    ):
        return "out"
    starts_in = window.after is None or (first is not None and first > window.after)
    ends_in = last is not None and last <= window.last
    return "in" if starts_in and ends_in else "maybe"


def place_in_hours(sample: SampleEvidence, days: CivilInterval, ctx: Context, hours: int) -> Place:
    """Whether the sample lies in the `hours` up to the end of `at` (or its instant)."""
    zone = ctx.terms.zone
    end = ctx.at_instant or datetime.combine(ctx.at + DAY, time(0), zone)
    end = end.astimezone(UTC)
    start = end - timedelta(hours=hours)
    if sample.sampled_at is not None:
        return "in" if start < sample.sampled_at.astimezone(UTC) <= end else "out"
    first, last = days
    earliest = datetime.combine(first, time(0), zone).astimezone(UTC) if first else None
    latest = datetime.combine(last + DAY, time(0), zone).astimezone(UTC) if last else None
    if (earliest is not None and earliest >= end) or (latest is not None and latest <= start):
        return "out"
    inside = earliest is not None and earliest >= start and latest is not None and latest <= end
    return "in" if inside else "maybe"


def children(zones: tuple[ZoneVersion, ...], zone: str) -> frozenset[str]:
    """Every zone that `zone` was split into, their own children included."""
    found: set[str] = set()
    todo = [zone]
    while todo:
        parent = todo.pop()
        for version in zones:
            named = set(version.split_into) if version.zone == parent else set()
            if version.parent == parent:
                named.add(version.zone)
            todo.extend(named - found)
            found |= named
    return frozenset(found)


def parts_of(zones: tuple[ZoneVersion, ...], zone: str) -> frozenset[str]:
    """Every zone that lies wholly in `zone`: its children, and those merged into it."""
    found: set[str] = set()
    todo = [zone]
    while todo:
        whole = todo.pop()
        inner = children(zones, whole) | {v.zone for v in zones if v.merged_into == whole}
        todo.extend(inner - found)
        found |= inner
    return frozenset(found)


def place_in_zone(sample: SampleEvidence, zone: str, zones: tuple[ZoneVersion, ...]) -> Place:
    """Whether the sample lies in `zone`: coordinates decide, then the zone it names."""
    inner = parts_of(zones, zone) | {zone} if zones else {zone}
    if sample.inside is not None:
        if sample.inside in inner:
            return "in"
        return "maybe" if zone in parts_of(zones, sample.inside) else "out"
    named = sample.unit.get("zone") or sample.zone
    if named is None:
        return "maybe"
    if named in inner:
        return "in"
    return "maybe" if zone in parts_of(zones, named) else "out"


def place_in_unit(
    sample: SampleEvidence, unit: Unit, zones: tuple[ZoneVersion, ...]
) -> tuple[Place, str | None]:
    """Whether the sample belongs to the unit, and the dimension that leaves it in doubt."""
    doubt: str | None = None
    for dimension, wanted in unit.items():
        if dimension == "zone":
            place = place_in_zone(sample, wanted, zones)
        else:
            stated = sample.unit.get(dimension)
            place = "maybe" if stated is None else ("in" if stated == wanted else "out")
        if place == "out":
            return "out", None
        if place == "maybe" and doubt is None:
            doubt = dimension
    return ("in", None) if doubt is None else ("maybe", doubt)


def concerns(statement: Unit, unit: Unit, zones: tuple[ZoneVersion, ...] = ()) -> bool:
    """Whether a statement about `statement` speaks of `unit`: no dimension contradicts."""
    for dimension, value in statement.items():
        wanted = unit.get(dimension)
        if wanted is None or wanted == value:
            continue
        if dimension == "zone" and wanted in parts_of(zones, value):
            continue
        return False
    return True


def speaks_for(statement: Unit, unit: Unit, zones: tuple[ZoneVersion, ...] = ()) -> bool:
    """Whether a statement holds for the whole unit: it concerns it, and is not of a part of it.

    A statement that names what the unit does not (one facility, or a dimension the
    agreement has no word for) is about something narrower: it says nothing of the rest.
    """
    return concerns(statement, unit, zones) and (not unit or set(statement) <= set(unit))


def unit_on(unit: Unit, zones: tuple[ZoneVersion, ...], day: date) -> Unit:
    """The unit as it was on `day`: before a split, a child zone was its parent."""
    zone = unit.get("zone")
    if zone is None:
        return unit
    while True:
        parents = sorted(
            (v.valid_to, v.zone)
            for v in zones
            if v.valid_to is not None and day < v.valid_to and zone in v.split_into
        )
        if not parents:
            break
        zone = parents[0][1]
    return unit if zone == unit["zone"] else {**unit, "zone": zone}
