"""Results drawn over time and the limits beside them, against the demo's lines and the YAML."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from types import ModuleType
from typing import Any

from fairwater.node import demo
from fairwater.node.briefing import Briefing
from fairwater.node.briefing.content import Point, Series

AS_OF = demo.FIGURES_END


def flagged(row: dict[str, Any], result: dict[str, Any]) -> bool:
    """Whether a flag of the row is on this result or on no other result's column."""
    columns = {one["column"] for one in row["results"] if "column" in one}
    return any(
        flag.get("column") not in columns or flag.get("column") == result.get("column")
        for flag in row.get("flags", ())
    )


def points(plainly: ModuleType, series: Series, last: date) -> Counter[Point]:
    """The points of a series, from the source lines."""
    unit = series.species.key, series.zone.key
    found: Counter[Point] = Counter()
    for sample in plainly.known(plainly.samples(), last):
        result = sample.stated(series.quantity)
        if sample.unit != unit or result is None or result["unit"] != series.unit:
            continue
        low, high = plainly.bounds(result)
        printed = result.get("uncertainty")
        factor = result.get("coverage_factor", "not_stated")
        found[
            Point(
                first=sample.drawn,
                last=sample.drawn,
                kind=result["kind"],
                text=result.get("text", result.get("value")),
                low=float(low),
                high=None if high is None else float(high),
                above=plainly.exceeds(sample, "100"),
                half_width=None if printed is None else float(printed),
                k=None if factor == "not_stated" or printed is None else factor,
                flagged=flagged(sample.row, result),
            )
        ] += 1
    return found


def test_every_point_is_a_result_of_the_source_with_its_set_of_values(
    demo_briefing: Briefing, plainly: ModuleType
) -> None:
    """Day, kind, text as written, bounds, above or not, flagged or not: of every point drawn."""
    assert len(demo_briefing.series) == 6
    for series in demo_briefing.series:
        assert Counter(series.points) == points(plainly, series, AS_OF), series.species.key
        assert series.unit == "Bq/kg"
        assert series.quantity == plainly.SUM


def test_a_non_detect_is_everything_from_nothing_to_its_limit(demo_briefing: Briefing) -> None:
    censored = [p for s in demo_briefing.series for p in s.points if p.kind == "censored"]
    assert len(censored) > 100
    for point in censored:
        assert point.low == 0
        assert point.high == float(Decimal(point.text.lstrip("<＜")))
        assert not point.above


def test_points_stand_in_the_order_of_their_days(demo_briefing: Briefing) -> None:
    for series in demo_briefing.series:
        days = [p.first for p in series.points]
        assert days == sorted(days)


def test_the_units_drawn_are_those_under_a_measure_then_those_with_most_samples_above(
    demo_briefing: Briefing, plainly: ModuleType
) -> None:
    by_unit = plainly.by_unit(plainly.known(plainly.samples(), AS_OF))
    above = {u: sum(plainly.exceeds(s, "100") for s in found) for u, found in by_unit.items()}
    letter = demo_briefing.sides[0].letter
    under = {  # how units stand is held against the exact evaluator elsewhere
        (row.species.key, row.zone.key)
        for row in demo_briefing.units
        for stand in row.stands
        if stand.letter == letter and (stand.level > 0 or stand.standing == "tightenable")
    }
    assert under
    best = sorted(
        above,
        key=lambda u: (not (u in under and above[u]), -above[u], -len(by_unit[u]), (u[1], u[0])),
    )[:6]
    drawn = [(s.species.key, s.zone.key) for s in demo_briefing.series]
    assert drawn == best
    for series in demo_briefing.series:
        row = demo_briefing.units[series.number or 0]
        assert (row.species, row.zone) == (series.species, series.zone)


def test_what_was_published_later_is_drawn_apart(
    demo_afterwards: Briefing, plainly: ModuleType
) -> None:
    """Units sampled only after the day asked about, on the quantity they have results on."""
    last = demo_afterwards.clocks.later
    assert last is not None
    later = [series for series in demo_afterwards.series if series.number is None]
    assert len(later) == 2
    for series in later:
        assert Counter(series.points) == points(plainly, series, last), series.species.key
        assert min(p.first for p in series.points) > AS_OF
    by_unit = plainly.by_unit(plainly.known(plainly.samples(), last))
    after = {u: len(found) for u, found in by_unit.items() if min(found, key=_day).drawn > AS_OF}
    best = sorted(after, key=lambda u: (-after[u], u))[:2]
    assert [(s.species.key, s.zone.key) for s in later] == best


def _day(sample: Any) -> date:
    drawn: date = sample.drawn
    return drawn


def in_force(part: dict[str, Any], day: date) -> dict[str, Any]:
    """The dated entry of a limit or parameter on a day, or the part itself where it has none."""
    for entry in part.get("values", ()):
        begun = "from" not in entry or str(entry["from"]) <= day.isoformat()
        if begun and ("to" not in entry or day.isoformat() < str(entry["to"])):
            return part | entry
    return part


def test_every_limit_line_is_the_shipped_text_in_force_that_day(
    demo_briefing: Briefing, plainly: ModuleType
) -> None:
    for side, name in zip(demo_briefing.sides, demo.AGREEMENTS, strict=True):
        limits = plainly.agreement(name)["limits"]
        assert [line.id for line in side.limits] == [limit["id"] for limit in limits]
        for line, limit in zip(side.limits, limits, strict=True):
            entry = in_force(limit, AS_OF)
            where = (side.letter, line.id)
            assert line.value == str(entry["value"]), where
            assert line.unit == limit["unit"], where
            assert list(line.nuclides) == limit["nuclides"], where
            assert line.combine == limit.get("combine", "each"), where
            assert line.exceeds_when == limit["exceeds_when"], where
            assert line.mark == entry.get("cert"), where
            assert list(line.sources) == entry.get("src", []), where
            assert line.set_by == limit.get("set_by"), where
            assert line.covers_series == (set(limit["nuclides"]) == set(plainly.SUM)), where
            rule = limit.get("round", "none")
            if rule == "none":
                assert line.rounding is None, where
            else:
                figures = rule.get("significant")
                assert line.rounding == f"{figures} significant, {rule['mode']}", where


def test_clauses_states_and_open_points_are_those_of_the_shipped_text(
    demo_briefing: Briefing, plainly: ModuleType
) -> None:
    for side, name in zip(demo_briefing.sides, demo.AGREEMENTS, strict=True):
        text = plainly.agreement(name)
        assert (side.id, side.version) == (text["id"], text["version"])
        assert [(c.id, list(c.from_), c.to, c.decided_by) for c in side.clauses] == [
            (t["id"], t["from"], t["to"], t.get("decided_by")) for t in text["transitions"]
        ]
        for measure, told in zip(text["measures"], side.measures, strict=True):
            ranks = sorted({state["rank"] for state in measure["states"]})
            levels = {s["id"]: ranks.index(s["rank"]) for s in measure["states"]}
            assert {state.id: state.level for state in told.states} == levels
            assert told.initial == measure["initial"]
        open_ = [p for p in (*text["parameters"], *text["limits"]) if p.get("open")]
        assert [(p.id, p.mark) for p in side.open_points] == [
            (p["id"], in_force(p, AS_OF).get("cert")) for p in open_
        ]
        values = [None if "value" not in p else str(p["value"]) for p in open_]
        assert [p.value for p in side.open_points] == values


def test_roles_are_played_by_the_parties_that_the_records_bind(
    demo_briefing: Briefing, plainly: ModuleType
) -> None:
    bound = {demo.AGREEMENT: demo.ROLES}
    for record in plainly.entered():
        if record["type"] == "role_binding":
            bound[record["agreement"]] = record["roles"]
    for side in demo_briefing.sides:
        told = {r.id: None if r.party is None else r.party.key for r in side.roles}
        assert {role: party for role, party in told.items() if party} == bound[side.id]
