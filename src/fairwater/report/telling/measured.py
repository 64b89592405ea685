"""Measurements against the limits: panels, their legend, and the panels as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from fairwater.node.briefing.content import LimitLine, Point, Series
from fairwater.report.document import (
    AnyBlock,
    Drawing,
    Key,
    Panels,
    Paragraph,
    Phrase,
    Section,
    Table,
)
from fairwater.report.figures.legend import series_keys
from fairwater.report.figures.limits import covers, grouped, touches
from fairwater.report.figures.scale import reach, shared, shifted
from fairwater.report.figures.series import series_panel
from fairwater.report.telling.ground import Ground


def measured(ground: Ground) -> Section:
    """The section on series."""
    return Section(
        id="series",
        title=ground.words.say("section.series"),
        short=ground.words.say("contents.series"),
        blocks=tuple(_blocks(ground)),
    )


def _blocks(ground: Ground) -> Iterator[AnyBlock]:
    words, series = ground.words, ground.briefing.series
    if not series:
        yield Paragraph(phrase=words.say("series.none"))
        return
    limits = [limit for side in ground.briefing.sides for limit in side.limits]
    yield Paragraph(phrase=words.say("series.lead"), role="lead")
    kinds = {_kind(point) for one in series for point in one.points}
    yield Key(
        items=tuple(
            (svg, words.say(f"key.{name}")) for name, svg in series_keys(kinds, ground.look)
        )
    )
    drawn = {one.quantity for one in series}
    limits = [limit for limit in limits if any(touches(limit, quantity) for quantity in drawn)]
    common = shared(series, [limit for limit in limits if limit.unit == series[0].unit])
    panels = tuple(_panel(ground, number, one, limits, common) for number, one in enumerate(series))
    yield Panels(drawings=panels, table=_quarters(ground))
    notes = [
        words.say(
            "series.starred_beside", drawn=ground.nuclides(drawn), limits=ground.listed(said, 6)
        )
        for drawn in dict.fromkeys(one.quantity for one in series)
        if (said := _starred(ground, limits, drawn))
    ]
    notes = [words.say("series.starred"), *notes] if notes else notes
    if any(p.kind == "detected" and not p.half_width for one in series for p in one.points):
        notes.append(words.say("series.no_width"))
    if notes:
        yield Paragraph(phrase=ground.joined(notes), role="fine")


def _starred(ground: Ground, limits: Sequence[LimitLine], drawn: tuple[str, ...]) -> list[Phrase]:
    """Limits in the panels of a quantity that are on another one, as their lines are labelled."""
    words = ground.words
    others: dict[tuple[str, ...], list[LimitLine]] = {}
    for limit in limits:
        if touches(limit, drawn) and not covers(limit, drawn):
            others.setdefault(limit.nuclides, []).append(limit)
    return [
        words.say("series.starred_limit", limit=words.figure(f"{line.text} {line.letters}"),
                  nuclides=ground.nuclides(nuclides))
        for nuclides, lines in others.items()
        for line in grouped(lines, drawn)
    ]  # fmt: skip


def _kind(point: Point) -> str:
    if point.kind == "detected" and point.half_width:
        return "caps" if point.k is not None else "width"
    return "not_stated" if point.kind == "withheld" else point.kind


def _panel(
    ground: Ground,
    number: int,
    series: Series,
    limits: list[LimitLine],
    common: tuple[int, float],
) -> Drawing:
    words = ground.words
    mine = [
        limit for limit in limits if limit.unit == series.unit and touches(limit, series.quantity)
    ]
    decades = shifted(reach(series, ()), common)
    points = series.points
    first = min((p.first for p in ground.briefing.series[0].points), default=date.max)
    days = (min(first, *(p.first for p in points)), _last(ground, series))
    known = ground.briefing.clocks.as_of
    apart = max(p.last for p in points) < first or min(p.first for p in points) > known
    if number and apart:
        days = (min(p.first for p in points), days[1])
    unit = ground.unit_name(series.number, (series.species, series.zone))
    counts = words.say(
        "series.counts",
        n=len(points),
        below=sum(p.kind == "censored" for p in points),
        above=sum(p.above for p in points),
    )
    lines = [counts, words.say("series.unit", nuclides=ground.nuclides(series.quantity),
                               unit=words.figure(series.unit))]  # fmt: skip
    if decades != common:
        lines.append(words.say("series.shifted"))
    row = None if series.number is None else ground.rows.get(series.number)
    stand = None if row is None else ground.leading(row)
    caption = [ground.unit_name(series.number, (series.species, series.zone), strong=True)]
    caption.append(ground.joined(lines))
    if stand is not None:
        caption.append(ground.standing(stand.standing))
    return series_panel(
        series,
        mine,
        name=f"series-{number}",
        decades=decades,
        days=days,
        title=words.text("series.panel", unit=unit),
        desc=words.text("series.desc", counts=counts, first=days[0].isoformat(),
                        last=days[1].isoformat()),
        caption=tuple(caption),
        words=words,
        look=ground.look,
    )  # fmt: skip


def _last(ground: Ground, series: Series) -> date:
    return max([ground.briefing.clocks.as_of, *(p.last for p in series.points)])


def _quarters(ground: Ground) -> Table:
    words = ground.words
    rows = []
    for series in ground.briefing.series:
        found: dict[tuple[int, int], list[Point]] = {}
        for point in series.points:
            found.setdefault((point.first.year, (point.first.month + 2) // 3), []).append(point)
        for (year, quarter), points in sorted(found.items()):
            top = max(points, key=lambda p: (p.kind != "censored", p.low, p.high or 0.0))
            counts = (
                len(points),
                sum(p.kind == "censored" for p in points),
                sum(p.above for p in points),
            )
            rows.append(
                [
                    ground.unit_name(series.number, (series.species, series.zone)),
                    words.figure(f"{year}-Q{quarter}"),
                    *(words.figure(words.number(count)) for count in counts),
                    words.figure(f"{top.text}"),
                ]
            )
    heads = ("unit", "quarter", "results", "below", "above", "highest")
    return ground.table(
        "series-table", heads, rows, caption=words.say("series.caption"),
        numeric=frozenset(heads[2:]), blocks=False,
    )  # fmt: skip
