"""What one side says of a unit on a day, and by which clauses.

A side that has moved says it by the steps that are open, or by the step that brought
the state in force. A side that stands more freely, or more strictly, than another says
why not: its steps in the other's direction, with what their conditions read that day.
Steps back from a state that is called for and not in force are none: it is called for no
longer once its condition ceases to hold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from fairwater.agreement.comparing.answer import ClauseSaid, Says, StateSaid
from fairwater.agreement.comparing.clauses import clause_said
from fairwater.agreement.comparing.effects import level
from fairwater.agreement.comparing.positions import Called, Position, Rules, called
from fairwater.agreement.evidence import Supersession
from fairwater.agreement.model import Agreement, Transition
from fairwater.agreement.timeline import Timeline

Asker = Callable[[Mapping[str, str], date, bool, bool], Sequence[Timeline]]
"""Timelines of one unit, one a measure: unit, as of, in hindsight, whole.

`whole` asks for verdicts that list every sample, not only those that could move them.
"""

_SIGN = {"relaxed": -1, "start": 0, "tightened": 1}


class Voice(Struct, frozen=True, kw_only=True):
    """One agreement that takes part: its text, its timelines, and how to ask it about a day.

    `units` are those with evidence, by its own dimensions, each with one timeline a measure.
    `then` are the same with each day judged on what was known that day, `later` on what is
    known at the end; `later` None: that is not asked.
    """

    letter: str
    agreement: Agreement
    rules: Rules
    bindings: Mapping[str, str]
    units: Sequence[Sequence[Timeline]]
    ask: Asker
    then: Sequence[Sequence[Timeline]] = ()
    later: Sequence[Sequence[Timeline]] | None = None
    replaced: Mapping[str, Supersession] = {}


def order(position: Position) -> tuple[int, int]:
    """Positions from the most relaxed to the most restrictive."""
    return (_SIGN[position.direction], position.level or 0)


def says(
    voice: Voice,
    timelines: Sequence[Timeline],
    day: date,
    here: Position,
    others: Sequence[Position],
    *,
    coarser: bool,
    hindsight: bool,
    clauses: bool = True,
) -> Says:
    """What a side says of a unit on a day, beside others that stand at `others`.

    `clauses`: also by which, and with which numbers.
    """
    stands = [called(voice.rules, timeline, day) for timeline in timelines]
    told = _clauses(voice, timelines, stands, day, here, others, hindsight) if clauses else []
    return Says(
        letter=voice.letter,
        unit=dict(timelines[0].unit),
        coarser=coarser,
        direction=here.direction,
        level=_reached(voice, stands),
        states=tuple(_state(voice, stand) for stand in stands),
        clauses=tuple(told),
    )


def _clauses(
    voice: Voice,
    timelines: Sequence[Timeline],
    stands: Sequence[Called],
    day: date,
    here: Position,
    others: Sequence[Position],
    hindsight: bool,
) -> list[ClauseSaid]:
    """Clauses by which a side stands where it does, and those that would have moved it."""
    clauses: list[ClauseSaid] = []
    if here.direction != "start":
        for timeline, stand in zip(timelines, stands, strict=True):
            if stand.state != voice.rules.measures[stand.measure].initial:
                reach = level(voice.rules.measures[stand.measure], stand.state)
                decisive = here.level is None or reach == here.level
                clauses += [
                    replace(clause, decisive=decisive)
                    for clause in _moved_by(voice, timeline, stand, day)
                ]
    stricter = any(order(other) > order(here) for other in others)
    milder = any(order(other) < order(here) for other in others)
    wanted = [
        (t, stand)
        for stand in stands
        for t in steps_from(voice, stand)
        if (stricter and _rises(voice, t, stand) and not _calls(voice, stand) < 0)
        or (milder and _falls(voice, t, stand) and not _calls(voice, stand) > 0)
    ]
    told = {clause.transition for clause in clauses}
    if any(t.id not in told for t, _ in wanted):
        asked = {t.measure: t for t in voice.ask(timelines[0].unit, day, hindsight, False)}
        for transition, stand in wanted:
            verdict = asked[stand.measure].now.get(transition.id)
            if transition.id not in told and verdict is not None:
                clauses.append(clause_said(voice.agreement, transition, verdict, voice.bindings))
    return clauses


def _reached(voice: Voice, stands: Sequence[Called]) -> int | None:
    """The highest level that the measures call for; None if one states no effect."""
    levels = [level(voice.rules.measures[stand.measure], stand.state) for stand in stands]
    found = [one for one in levels if one is not None]
    return max(found) if len(found) == len(levels) and found else None


def steps_from(voice: Voice, stand: Called) -> list[Transition]:
    """Steps of a measure that start from its state in force, by id."""
    only = next(iter(voice.rules.measures))
    found = [
        t
        for t in voice.agreement.transitions
        if (t.measure or only) == stand.measure and stand.in_force in t.from_
    ]
    return sorted(found, key=lambda t: t.id)


def _moved_by(voice: Voice, timeline: Timeline, stand: Called, day: date) -> list[ClauseSaid]:
    steps = {t.id: t for t in voice.agreement.transitions}
    if stand.openings:
        return [
            clause_said(voice.agreement, steps[o.transition], o.verdict, voice.bindings, o)
            for o in stand.openings
        ]
    brought = [
        taken for taken in timeline.taken if taken.to == stand.in_force and taken.effective <= day
    ]
    if not brought or brought[-1].transition not in steps:
        return []
    last = brought[-1]
    own = [o for o in timeline.openings if o.decided is not None and o.decision == last.id
           and o.transition == last.transition and o.decided == last.dated]  # fmt: skip
    opening = own[-1] if own else None
    verdict = opening.verdict if opening is not None else last.verdict
    step = steps[last.transition or ""]
    return [clause_said(voice.agreement, step, verdict, voice.bindings, opening)]


def _state(voice: Voice, stand: Called) -> StateSaid:
    states = {state.id: state for state in voice.rules.measures[stand.measure].states}
    wanted = states.get(stand.state)
    return StateSaid(
        measure=stand.measure,
        in_force=stand.in_force,
        calls_for=stand.state,
        effect=None if wanted is None else wanted.effect,
        text=None if wanted is None else wanted.text,
        since=stand.since,
    )


def _calls(voice: Voice, stand: Called) -> int:
    """Whether a measure calls for a stricter state than the one in force (1), a milder one (-1)."""
    rank = voice.rules.rank
    wanted, held = rank(stand.measure, stand.state), rank(stand.measure, stand.in_force)
    return (wanted > held) - (wanted < held)


def _rises(voice: Voice, transition: Transition, stand: Called) -> bool:
    rank = voice.rules.rank
    return rank(stand.measure, transition.to) > rank(stand.measure, stand.in_force)


def _falls(voice: Voice, transition: Transition, stand: Called) -> bool:
    rank = voice.rules.rank
    return rank(stand.measure, transition.to) < rank(stand.measure, stand.in_force)
