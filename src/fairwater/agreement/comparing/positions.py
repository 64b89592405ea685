"""Where an agreement stands on a unit, day by day.

On a day, a measure *calls for* a state: the one an open step leads to (of several the
most restrictive; of several that only relax, the nearest), else the state in force. An
agreement's position is the direction it has moved since its measures' first states,
and the level of what it calls for (`effects`):

    start       every measure calls for its first state
    tightened   some measure calls for a higher rank than its first
    relaxed     none does, and some calls for a lower rank

Where some state of the agreements compared has no effect, levels cannot be compared.
Then the direction alone is: that of the last step, taken or open, of a measure that
does not call for its first state.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from fairwater.agreement.comparing.effects import level
from fairwater.agreement.model import Agreement, Measure
from fairwater.agreement.timeline import Opening, Span, Timeline

By = Literal["effect", "direction"]
Direction = Literal["start", "tightened", "relaxed"]
_SIGNS: dict[int, Direction] = {0: "start", 1: "tightened", -1: "relaxed"}


class Position(NamedTuple):
    """A direction since the start, and the level called for (None: at the start, or not known)."""

    direction: Direction
    level: int | None = None


START = Position("start")


class Called(NamedTuple):
    """What a measure calls for on a day, and by which open steps (none: the state in force)."""

    measure: str
    in_force: str
    since: date | None
    state: str
    openings: tuple[Opening, ...]


class Course(NamedTuple):
    """Positions of one agreement on one unit: `positions[i]` from `days[i]` on; before, start."""

    days: tuple[date, ...]
    positions: tuple[Position, ...]

    def on(self, day: date) -> Position:
        """The position on a day."""
        index = bisect_right(self.days, day) - 1
        return START if index < 0 else self.positions[index]


STILL = Course((), ())


class Rules(NamedTuple):
    """What positions need of an agreement: its measures, and where each step leads."""

    measures: Mapping[str, Measure]
    ranks: Mapping[str, Mapping[str, int]]
    leads: Mapping[str, str]

    @classmethod
    def of(cls, agreement: Agreement) -> Rules:
        """From the agreement."""
        return cls(
            {measure.id: measure for measure in agreement.measures},
            {m.id: {state.id: state.rank for state in m.states} for m in agreement.measures},
            {transition.id: transition.to for transition in agreement.transitions},
        )

    def rank(self, measure: str, state: str) -> int:
        """How restrictive a state is within its measure."""
        return self.ranks[measure].get(state, 0)


def course(rules: Rules, timelines: Sequence[Timeline], by: By = "effect") -> Course:
    """Positions over the history of one unit, from the timelines of all its measures."""
    if not any(t.openings or len(t.spans) > 1 for t in timelines):
        return STILL
    days = {span.since for t in timelines for span in t.spans if span.since is not None}
    for timeline in timelines:
        days.update(opening.since for opening in timeline.openings)
        days.update(o.until for o in timeline.openings if o.until is not None)
    found: list[tuple[date, Position]] = []
    for day in sorted(days):
        at = position(rules, timelines, day, by)
        if at != (found[-1][1] if found else START):
            found.append((day, at))
    return Course(tuple(day for day, _ in found), tuple(at for _, at in found))


def position(rules: Rules, timelines: Sequence[Timeline], day: date, by: By = "effect") -> Position:
    """Where an agreement stands on one unit on one day, from the timelines of its measures."""
    signs, levels = [0], [0]
    for timeline in timelines:
        measure = rules.measures[timeline.measure]
        now = called(rules, timeline, day)
        moved = _sign(rules.rank(measure.id, now.state) - rules.rank(measure.id, measure.initial))
        if by == "direction" and moved:
            moved = _last_step(rules, timeline, now, day)
        signs.append(moved)
        levels.append(level(measure, now.state) or 0)
    sign = 1 if 1 in signs else min(signs)
    if not sign or by == "direction":
        return Position(_SIGNS[sign])
    return Position(_SIGNS[sign], max(levels))


def called(rules: Rules, timeline: Timeline, day: date) -> Called:
    """What a measure calls for on a day."""
    name, span = timeline.measure, span_on(timeline, day)
    steps = steps_on(rules, timeline, day)
    here = rules.rank(name, span.state)
    stricter = [to for to in steps if rules.rank(name, to) > here]
    milder = [to for to in steps if rules.rank(name, to) < here]
    wanted = stricter or milder
    if not wanted:
        return Called(name, span.state, span.since, span.state, ())
    state = max(wanted, key=lambda to: (rules.rank(name, to), to))
    return Called(name, span.state, span.since, state, steps[state])


def steps_on(rules: Rules, timeline: Timeline, day: date) -> dict[str, tuple[Opening, ...]]:
    """States that steps open on a day lead to, and those steps."""
    found: dict[str, tuple[Opening, ...]] = {}
    for opening in sorted(timeline.openings, key=lambda o: (o.transition, o.since)):
        if opening.since <= day and (opening.until is None or day < opening.until):
            to = rules.leads[opening.transition]
            found[to] = (*found.get(to, ()), opening)
    return found


def span_on(timeline: Timeline, day: date) -> Span:
    """The span that holds on a day."""
    held = timeline.spans[0]
    for span in timeline.spans:
        if span.since is None or span.since <= day:
            held = span
    return held


def _last_step(rules: Rules, timeline: Timeline, now: Called, day: date) -> int:
    name = timeline.measure
    if now.state != now.in_force:
        return _sign(rules.rank(name, now.state) - rules.rank(name, now.in_force))
    states = [s.state for s in timeline.spans if s.since is None or s.since <= day]
    before = states[-2] if len(states) > 1 else states[-1]
    return _sign(rules.rank(name, states[-1]) - rules.rank(name, before))


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
