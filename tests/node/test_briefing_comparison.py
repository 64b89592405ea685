"""The agreements side by side as a report tells them, against a search day by day.

Where a text stands on a day is worked out here from its YAML: the state in force and the steps
open that day, on the scale of effects that docs/ describe. Clauses and numbers of each first
difference come from the exact evaluator, asked on that very day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import ModuleType
from typing import Any

import pytest

from fairwater.agreement.bulk.timelines import evaluate_all
from fairwater.agreement.context import Context, terms_of
from fairwater.agreement.evaluator import evaluate
from fairwater.agreement.timeline import Timeline
from fairwater.agreement.verdict import Verdict
from fairwater.node import demo
from fairwater.node.agreements import find
from fairwater.node.briefing import Briefing
from fairwater.node.briefing.content import Difference, Saying
from fairwater.node.evaluation import Asked, Prepared, evidence_of, prepare
from fairwater.node.node import Node

AS_OF = demo.FIGURES_END
DAY = timedelta(days=1)
LEVEL = {"none": 0, "inspection": 1, "conditional": 1, "hold": 2, "suspended": 3}
"""What a state does to the goods: move, move watched, held by those who ship, stopped."""

Unit = tuple[str, str]
Position = tuple[str, int]
START: Position = ("start", 0)


@dataclass
class Text:
    """A shipped text: ranks and effects of its states, where its steps lead."""

    rank: dict[tuple[str, str], int]
    effect: dict[tuple[str, str], str]
    initial: dict[str, str]
    leads: dict[str, str]


def read(plainly: ModuleType, name: str) -> Text:
    content = plainly.agreement(name)
    states = [(m["id"], s) for m in content["measures"] for s in m["states"]]
    return Text(
        {(m, s["id"]): s["rank"] for m, s in states},
        {(m, s["id"]): s["effect"] for m, s in states},
        {m["id"]: m["initial"] for m in content["measures"]},
        {t["id"]: t["to"] for t in content["transitions"]},
    )


def called(text: Text, told: Timeline, day: date) -> str:
    """What a measure calls for on a day: the strictest open step up, else the nearest down."""
    measure = told.measure
    held = [s.state for s in told.spans if s.since is None or s.since <= day][-1]
    here = text.rank[measure, held]
    to = [
        text.leads[o.transition]
        for o in told.openings
        if o.since <= day and (o.until is None or day < o.until)
    ]
    up = [state for state in to if text.rank[measure, state] > here]
    down = [state for state in to if text.rank[measure, state] < here]
    wanted = up or down
    return max(wanted, key=lambda state: (text.rank[measure, state], state)) if wanted else held


def stands(text: Text, told: Sequence[Timeline], day: date) -> Position:
    """A direction since the first states, and the level of what is called for."""
    moved, level = [], 0
    for timeline in told:
        state = called(text, timeline, day)
        first = text.initial[timeline.measure]
        moved.append(text.rank[timeline.measure, state] - text.rank[timeline.measure, first])
        level = max(level, LEVEL[text.effect[timeline.measure, state]])
    if max(moved) > 0:
        return "tightened", level
    return ("relaxed", level) if min(moved) < 0 else START


@dataclass
class Side:
    """One text asked by itself: each unit's timelines as known then, and in hindsight."""

    text: Text
    prepared: Prepared
    then: dict[Unit, list[Timeline]]
    later: dict[Unit, list[Timeline]]

    def course(
        self, unit: Unit, days: Sequence[date], *, hindsight: bool = False
    ) -> list[Position]:
        told = (self.later if hindsight else self.then)[unit]
        return [stands(self.text, told, day) for day in days]


@pytest.fixture(scope="module")
def sides(demo_node: Node, plainly: ModuleType) -> dict[str, Side]:
    found = {}
    for letter, name in zip("ABC", demo.AGREEMENTS, strict=True):
        asked = Asked(found=find(demo_node, name, AS_OF), as_of=AS_OF, knowledge="resulted")
        prepared = prepare(demo_node, asked)
        lanes: list[dict[Unit, list[Timeline]]] = []
        for hindsight in (False, True):
            by_unit: dict[Unit, list[Timeline]] = {}
            for timeline in evaluate_all(
                prepared.agreement,
                prepared.columns,
                as_of=AS_OF,
                knowledge="resulted",
                bindings=prepared.bindings,
                hindsight=hindsight,
            ):
                unit = timeline.unit["species"], timeline.unit["zone"]
                by_unit.setdefault(unit, []).append(timeline)
            lanes.append(by_unit)
        found[letter] = Side(read(plainly, name), prepared, *lanes)
    return found


@pytest.fixture(scope="module")
def days(sides: Mapping[str, Side]) -> list[date]:
    """Every day from the first on which anything happened under any text."""
    first = min(
        day
        for side in sides.values()
        for lanes in (side.then, side.later)
        for told in lanes.values()
        for t in told
        for day in [*(o.since for o in t.openings), *(s.since for s in t.spans if s.since)]
    )
    return [first + n * DAY for n in range((AS_OF - first).days + 1)]


def unit_of(label: Sequence[Any]) -> Unit:
    item, zone = (part.key for part in label)
    return item, zone


def test_first_differences_are_those_of_a_search_day_by_day(
    demo_briefing: Briefing, sides: Mapping[str, Side], days: Sequence[date]
) -> None:
    assert demo_briefing.comparison is not None
    told = {unit_of(one.label): one.first for one in demo_briefing.comparison.differences}
    expected = {}
    for unit in sides["A"].then:
        courses = [side.course(unit, days) for side in sides.values()]
        apart = [day for day, *at in zip(days, *courses, strict=True) if len(set(at)) > 1]
        if apart:
            expected[unit] = apart[0]
    assert told == expected
    assert len(expected) > 10


def test_units_that_agree_are_the_others(
    demo_briefing: Briefing, sides: Mapping[str, Side], days: Sequence[date]
) -> None:
    comparison = demo_briefing.comparison
    assert comparison is not None
    on: Counter[str] = Counter()
    for unit in sides["A"].then:
        courses = [side.course(unit, days) for side in sides.values()]
        if all(course == courses[0] for course in courses):
            moved = any(at != START for at in courses[0])
            on[courses[0][-1][0] if moved else "unmoved"] += 1
    assert comparison.agree_on == dict(on)
    assert comparison.agree == on.total()
    assert comparison.units == comparison.agree + len(comparison.differences)
    assert comparison.units == len(demo_briefing.units)


def test_units_of_a_difference_have_their_row(demo_briefing: Briefing) -> None:
    assert demo_briefing.comparison is not None
    for difference in demo_briefing.comparison.differences:
        row = demo_briefing.units[difference.number or 0]
        assert (row.species.key, row.zone.key) == unit_of(difference.label)


def test_answers_that_later_knowledge_changes_are_those_of_a_count_of_days(
    demo_briefing: Briefing, sides: Mapping[str, Side], days: Sequence[date]
) -> None:
    assert demo_briefing.comparison is not None
    told = {
        (late.letter, unit_of(late.label)): (late.first, late.known_days)
        for late in demo_briefing.comparison.late
    }
    expected = {}
    for letter, side in sides.items():
        for unit in side.then:
            then = side.course(unit, days)
            later = side.course(unit, days, hindsight=True)
            apart = [day for day, a, b in zip(days, then, later, strict=True) if a != b]
            if apart:
                expected[letter, unit] = (apart[0], len(apart))
    assert told == expected
    assert len(expected) > 10


def test_the_state_said_is_the_one_called_for_that_day(
    demo_briefing: Briefing, sides: Mapping[str, Side]
) -> None:
    assert demo_briefing.comparison is not None
    for difference in demo_briefing.comparison.differences:
        for saying in difference.sayings:
            side = sides[saying.letter]
            told = side.then[unit_of(difference.label)]
            states = {t.measure: called(side.text, t, difference.first) for t in told}
            found = [m for m, state in states.items() if state == saying.state]
            assert found, (unit_of(difference.label), saying.letter)
            assert saying.effect == side.text.effect[found[0], saying.state or ""]
            if saying.eligible:  # of what is called for, what says it is the strictest
                levels = [LEVEL[side.text.effect[m, state]] for m, state in states.items()]
                assert LEVEL[saying.effect or "none"] == max(levels)


def judged(side: Side, difference: Difference, name: str) -> Verdict:
    """A clause by the exact evaluator on the day it opened, or else that of the difference."""
    unit = unit_of(difference.label)
    day = difference.first
    prepared = side.prepared
    (step,) = [t for t in prepared.agreement.transitions if t.id == name]
    (told,) = [t for t in side.then[unit] if t.measure == (step.measure or t.measure)]
    for opening in told.openings:
        lasts = opening.until is None or day < opening.until
        if opening.transition == name and opening.since <= day and lasts:
            day = opening.since
    item, zone = unit
    named = {"species": item, "zone": zone}
    since = [s.since for s in told.spans if s.since is not None and s.since <= day]
    context = Context(
        at=day,
        known_at=day,
        terms=terms_of(prepared.agreement),
        unit=named,
        bindings=prepared.bindings,
        since=since[-1] if since else None,
    )
    return evaluate(step.when, evidence_of(prepared, named), context, step.except_)


def numbers(verdict: Verdict) -> list[tuple[object, ...]]:
    """What every atom of a verdict read and asked."""
    return [
        (
            atom.path.rsplit(".", 1)[-1],
            atom.reading.metric,
            atom.verdict,
            format(atom.reading.low, "f"),
            "*" if atom.reading.high is None else format(atom.reading.high, "f"),
            atom.reading.operand,
            atom.reading.first,
            atom.reading.last,
        )
        for atom in verdict.tree.atoms()
        if atom.reading is not None
    ]


def said(saying: Saying) -> list[tuple[object, ...]]:
    return [
        (a.atom, a.metric, a.verdict, a.low, a.high, a.operand or "", a.first, a.last)
        for a in saying.atoms
    ]


def test_clauses_and_numbers_are_those_of_the_exact_evaluator_that_day(
    demo_briefing: Briefing, sides: Mapping[str, Side]
) -> None:
    assert demo_briefing.comparison is not None
    told = 0
    for difference in demo_briefing.comparison.differences:
        for saying in difference.sayings:
            if saying.clause is None:
                continue
            verdict = judged(sides[saying.letter], difference, saying.clause)
            where = (unit_of(difference.label), saying.letter, saying.clause)
            assert (verdict.verdict == "holds") == (saying.clause in saying.eligible), where
            for one_said, exact in zip(said(saying), numbers(verdict), strict=True):
                assert one_said == exact, where
            told += 1
    assert told > 10


def rests_on(verdict: Verdict) -> set[str]:
    """Records of a verdict; of a count of findings, samples that comply move nothing."""
    found: set[str] = set()
    for atom in verdict.tree.atoms():
        assert atom.reading is not None
        kept = set(atom.reading.cites)
        if atom.form in ("exceed_count", "distinct_points_exceeding"):
            kept -= {
                outcome.record.id
                for sample in atom.reading.samples
                if sample.outcome == "complies" and sample.place == "in"
                for outcome in sample.records
            }
        found |= kept
    return found


def test_what_a_saying_rests_on_is_what_the_exact_verdicts_cite(
    demo_briefing: Briefing, sides: Mapping[str, Side]
) -> None:
    assert demo_briefing.comparison is not None
    told = 0
    for difference in demo_briefing.comparison.differences:
        for saying in difference.sayings:
            where = (unit_of(difference.label), saying.letter)
            names = saying.eligible or ((saying.clause,) if saying.clause else ())
            side = sides[saying.letter]
            records = [rests_on(judged(side, difference, name)) for name in names]
            assert saying.evidence == len(set().union(*records)), where
            told += saying.evidence
    assert told > 10
