"""Every species in every zone as told, against the demo's lines and the exact evaluator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from types import ModuleType

import pytest

from fairwater.agreement.timeline import Timeline
from fairwater.node import demo
from fairwater.node.agreements import find
from fairwater.node.briefing import Briefing
from fairwater.node.briefing.content import Stand, UnitRow
from fairwater.node.evaluation import Asked, Prepared, one, prepare
from fairwater.node.node import Node

AS_OF = demo.FIGURES_END
EVERY = 5
"""Beside the units under a measure that few samples make quick to judge: one in so many."""
MOST_ROWS = 60
"""Rows, now or later, up to which the exact evaluator walks a unit's whole history quickly."""

Unit = tuple[str, str]


def of(row: UnitRow) -> Unit:
    return row.species.key, row.zone.key


@pytest.fixture(scope="module")
def prepared(demo_node: Node) -> dict[str, Prepared]:
    """Each side's question, put by itself."""
    return {
        letter: prepare(
            demo_node,
            Asked(found=find(demo_node, name, AS_OF), as_of=AS_OF, knowledge="resulted"),
        )
        for letter, name in zip("ABC", demo.AGREEMENTS, strict=True)
    }


@pytest.fixture(scope="module")
def quick(demo_briefing: Briefing, plainly: ModuleType) -> list[UnitRow]:
    """Units with few rows."""
    by_unit = plainly.by_unit(plainly.samples())
    return [row for row in demo_briefing.units if len(by_unit[of(row)]) <= MOST_ROWS]


def picked(quick: list[UnitRow], letter: str) -> list[UnitRow]:
    """Units of a side to judge exactly: every n-th, and all that may move or did move."""
    found = {row.number: row for row in quick[::EVERY]}
    for row in quick:
        mine = [s for s in row.stands if s.letter == letter]
        if any(s.since is not None or s.eligible_since is not None for s in mine):
            found[row.number] = row
    return list(found.values())


@pytest.fixture(scope="module")
def exact(
    quick: list[UnitRow], prepared: Mapping[str, Prepared]
) -> dict[tuple[str, int, str], Timeline]:
    """Timelines of the picked units by the exact evaluator: by letter, unit, measure."""
    return {
        (letter, row.number, stand.measure): one(
            prepared[letter], stand.measure, {"species": row.species.key, "zone": row.zone.key}
        )
        for letter in prepared
        for row in picked(quick, letter)
        for stand in row.stands
        if stand.letter == letter
    }


def exactly(
    briefing: Briefing, exact: Mapping[tuple[str, int, str], Timeline]
) -> Iterator[tuple[Stand, Timeline]]:
    for (letter, number, measure), timeline in exact.items():
        stand = next(
            s for s in briefing.units[number].stands if (s.letter, s.measure) == (letter, measure)
        )
        yield stand, timeline


def test_the_units_are_those_of_the_source_lines(
    demo_briefing: Briefing, plainly: ModuleType
) -> None:
    """Also those sampled only later: the table has a row for each, and says `never`."""
    units = [of(row) for row in demo_briefing.units]
    assert set(units) == set(plainly.by_unit(plainly.samples()))
    assert len(units) == len(set(units))
    assert [row.number for row in demo_briefing.units] == list(range(len(units)))


def test_samples_of_every_unit_are_those_drawn_and_known_by_then(
    demo_briefing: Briefing, plainly: ModuleType
) -> None:
    found = plainly.by_unit(plainly.known(plainly.samples(), AS_OF))
    for row in demo_briefing.units:
        mine = found.get(of(row), [])
        last = max((s.drawn for s in mine), default=None)
        assert (row.samples, row.last_sampled) == (len(mine), last), of(row)
    assert sum(row.samples for row in demo_briefing.units) == sum(map(len, found.values()))


def test_samples_below_and_above_are_counted_by_the_published_sum(
    demo_briefing: Briefing, plainly: ModuleType
) -> None:
    """Above: to two figures, half up, greater than 100. Below: a non-detect of the sum."""
    found = plainly.by_unit(plainly.known(plainly.samples(), AS_OF))
    for row in demo_briefing.units:
        sums = [s.stated(plainly.SUM) for s in found.get(of(row), [])]
        below = sum(one is not None and one["kind"] == "censored" for one in sums)
        above = sum(plainly.exceeds(s, "100") for s in found.get(of(row), []))
        assert (row.below, row.above) == (below, above), of(row)
    assert sum(row.above for row in demo_briefing.units) > 0


def test_the_highest_value_is_the_greatest_reported_one_as_written(
    demo_briefing: Briefing, plainly: ModuleType
) -> None:
    found = plainly.by_unit(plainly.known(plainly.samples(), AS_OF))
    for row in demo_briefing.units:
        sums = [s.stated(plainly.SUM) for s in found.get(of(row), [])]
        values = [one for one in sums if one is not None and one["kind"] == "detected"]
        top = max((Decimal(one["value"]) for one in values), default=None)
        if top is None:
            assert row.highest is None, of(row)
        else:
            texts = {one["text"] for one in values if Decimal(one["value"]) == top}
            assert row.highest in texts, of(row)


def test_every_side_counts_the_samples_and_the_rows_left_out(
    demo_briefing: Briefing, plainly: ModuleType
) -> None:
    """A sample that was not drawn, or not known, by then is none that counts."""
    for side in demo_briefing.sides:
        assert side.samples == len(plainly.known(plainly.samples(), AS_OF)), side.letter
        assert side.left_out == plainly.left_out(), side.letter


def test_units_eligible_under_the_restriction_rule_are_those_of_plain_loops(
    demo_briefing: Briefing, plainly: ModuleType
) -> None:
    """All units: what holds on the last day, and since when, day by day from the lines."""
    found = plainly.by_unit(plainly.samples())
    measures = {"industry": "industry_hold", "restriction": "impose"}
    for row in demo_briefing.units:
        for stand in (s for s in row.stands if s.letter == "A"):
            name = measures[stand.measure]
            runs = plainly.openings(found[of(row)], plainly.RULES[name], AS_OF, hindsight=False)
            open_now = [since for since, until in runs if until is None]
            assert stand.steps == ({name: "holds"} if open_now else {}), (of(row), name)
            assert stand.eligible_since == (open_now[0] if open_now else None), (of(row), name)
            assert (stand.level, stand.since, stand.assumed) == (0, None, False)


def test_units_stand_as_the_plain_rule_says_by_their_last_sample(
    demo_briefing: Briefing, plainly: ModuleType
) -> None:
    found = plainly.by_unit(plainly.known(plainly.samples(), AS_OF))
    for row in demo_briefing.units:
        mine = found.get(of(row), [])
        for stand in (s for s in row.stands if s.letter == "A"):
            if "holds" in stand.steps.values():
                expected = "tightenable"
            elif not mine:
                expected = "never"
            else:
                late = max(s.drawn for s in mine) < AS_OF - timedelta(days=90)
                expected = "stale" if late else "none"
            assert stand.standing == expected, (of(row), stand.measure)


def test_states_and_steps_are_those_of_the_exact_evaluator(
    demo_briefing: Briefing, exact: Mapping[tuple[str, int, str], Timeline]
) -> None:
    for stand, timeline in exactly(demo_briefing, exact):
        where = (stand.letter, stand.measure, dict(timeline.unit))
        assert stand.state == timeline.in_force, where
        assert stand.since == timeline.since, where
        assert stand.status == timeline.status, where
        for name, verdict in stand.steps.items():
            assert verdict == timeline.now[name].verdict, (where, name)
        holding = {name for name, verdict in timeline.now.items() if verdict.verdict == "holds"}
        assert holding <= set(stand.steps), where
    assert {"A", "B", "C"} == {letter for letter, _, _ in exact}


def test_how_a_unit_stands_follows_from_its_exact_verdicts(
    demo_briefing: Briefing,
    exact: Mapping[tuple[str, int, str], Timeline],
    plainly: ModuleType,
) -> None:
    """The sentences of `content.Standing`, from the ranks the YAML states."""
    for stand, timeline in exactly(demo_briefing, exact):
        name = demo.AGREEMENTS["ABC".index(stand.letter)]
        text = plainly.agreement(name)
        (measure,) = [m for m in text["measures"] if m["id"] == stand.measure]
        rank = {state["id"]: state["rank"] for state in measure["states"]}
        to = {t["id"]: t["to"] for t in text["transitions"]}
        here = rank[timeline.in_force]
        milder = {v.verdict for n, v in timeline.now.items() if rank[to[n]] < here}
        stricter = {v.verdict for n, v in timeline.now.items() if rank[to[n]] > here}
        if "holds" in stricter:
            expected = "tightenable"
        elif here == min(rank.values()):
            continue  # by the last sample, above
        elif "holds" in milder:
            expected = "relaxable"
        else:
            expected = "unsettled" if "unknown" in milder else "held"
        assert stand.standing == expected, (stand.letter, dict(timeline.unit))
        since = [o.since for o in timeline.eligible if rank[to[o.transition]] != here]
        assert stand.eligible_since == min(since, default=None)


def test_tallies_name_every_unit_once_where_it_stands(demo_briefing: Briefing) -> None:
    for side in demo_briefing.sides:
        for measure, tallies in side.tallies.items():
            told = {n: tally.standing for tally in tallies for n in tally.units}
            stands = {
                row.number: s.standing
                for row in demo_briefing.units
                for s in row.stands
                if (s.letter, s.measure) == (side.letter, measure)
            }
            assert told == stands
            assert sum(len(t.units) for t in tallies) == len(demo_briefing.units)


def test_zones_hold_the_units_of_the_lines(demo_briefing: Briefing, plainly: ModuleType) -> None:
    regions = Counter(zone for _, zone in plainly.by_unit(plainly.samples()))
    assert {zone.zone.key: len(zone.units) for zone in demo_briefing.zones} == regions
    for zone in demo_briefing.zones:
        assert {demo_briefing.units[n].zone.key for n in zone.units} == {zone.zone.key}


def test_what_is_missing_is_what_the_exact_verdicts_miss(
    demo_briefing: Briefing,
    quick: list[UnitRow],
    exact: Mapping[tuple[str, int, str], Timeline],
    prepared: Mapping[str, Prepared],
) -> None:
    """Of every fourth step listed of units quick to judge: its lacks, with who owes them."""
    listed = {
        (lack.letter, lack.unit, lack.measure, lack.transition) for lack in demo_briefing.lacks
    }
    judged = 0
    few = {row.number for row in quick}
    steps = [entry for entry in sorted(listed, key=str) if entry[1] in few]
    for letter, number, measure, transition in steps[::4]:
        row = demo_briefing.units[number or 0]
        unit = {"species": row.species.key, "zone": row.zone.key}
        timeline = exact.get((letter, row.number, measure or ""))
        timeline = timeline or one(prepared[letter], measure or "", unit)
        verdict = timeline.now[transition or ""]
        assert verdict.verdict == "unknown"
        bindings = prepared[letter].bindings
        expected = [
            (m.kind, m.of, m.what, m.n, m.owed_by, bindings.get(m.owed_by or ""), m.due)
            for m in verdict.missing
        ]
        told = [
            (
                lack.kind,
                lack.of,
                lack.what,
                lack.n,
                lack.role,
                None if lack.party is None else lack.party.key,
                lack.due,
            )
            for lack in demo_briefing.lacks
            if (lack.letter, lack.unit, lack.measure, lack.transition)
            == (letter, number, measure, transition)
        ]
        assert told == expected, (letter, unit, transition)
        judged += 1
    assert judged > 5


def test_what_is_missing_is_listed_of_the_units_with_most_above(
    demo_briefing: Briefing, plainly: ModuleType
) -> None:
    """Of the units under a measure that nobody can tell how to relax: 24 a side, as counted."""
    by_unit = plainly.by_unit(plainly.known(plainly.samples(), AS_OF))
    above = {u: sum(plainly.exceeds(s, "100") for s in found) for u, found in by_unit.items()}
    for side in demo_briefing.sides:
        unsettled = {
            row.number: of(row)
            for row in demo_briefing.units
            for s in row.stands
            if (s.letter, s.standing) == (side.letter, "unsettled")
        }
        most = sorted(
            unsettled,
            key=lambda n: (-above.get(unsettled[n], 0), -len(by_unit.get(unsettled[n], ())), n),
        )[:24]
        told = {lack.unit for lack in demo_briefing.lacks if lack.letter == side.letter}
        assert told == set(most), side.letter


def test_what_is_overdue_is_so_by_the_days_since(demo_briefing: Briefing) -> None:
    for lack in demo_briefing.lacks:
        days = 0 if lack.due is None else max(0, (AS_OF - lack.due).days)
        assert lack.overdue_days == days


def after(day: date, period: str) -> date:
    """A day plus a period of days or years, as the shipped clocks state them."""
    number = int(period[1:-1])
    if period.endswith("Y"):
        return day.replace(year=day.year + number)
    assert period.endswith("D")
    return day + timedelta(days=number)


def test_reviews_fall_due_by_the_clock_the_text_states(
    demo_briefing: Briefing, plainly: ModuleType
) -> None:
    """A period after the last decision of a unit on record by then; of several, the earliest."""
    for side, name in zip(demo_briefing.sides, demo.AGREEMENTS, strict=True):
        text = plainly.agreement(name)
        clocks = {m["id"]: m["review"] for m in text["measures"] if "review" in m}
        assert {r.measure for r in side.reviews} == set(clocks)
        for review in side.reviews:
            clock = clocks[review.measure]
            assert (review.every, review.by) == (clock["every"], clock["by"])
            last: dict[str, date] = {}
            for record in plainly.entered():
                mine = (record.get("agreement"), record.get("measure")) == (name, review.measure)
                if record["type"] == "decision" and mine:
                    day = date.fromisoformat(record["effective"])
                    if day <= AS_OF:
                        unit = str(sorted(record["unit"].items()))
                        last[unit] = max(day, last.get(unit, day))
            due = min((after(day, clock["every"]) for day in last.values()), default=None)
            assert review.due == due, (side.letter, review.measure)
            assert review.overdue_days == (0 if due is None else max(0, (AS_OF - due).days))
    assert [r.due for side in demo_briefing.sides for r in side.reviews if r.due]
