"""Measures over time: as known on each day and in hindsight, decided and assumed told apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from fairwater.agreement.evidence import AssertionEvidence, DecisionEvidence
from fairwater.agreement.model import Agreement, Transition
from fairwater.agreement.timeline import Taken, Timeline
from fairwater.node.briefing.content import (
    Bar,
    Claim,
    Hole,
    Lane,
    Named,
    Step,
    Track,
)
from fairwater.node.briefing.naming import Parties, named
from fairwater.node.briefing.reads import INVENTED
from fairwater.node.briefing.sides import direction, levels
from fairwater.node.briefing.units import Key, Told, key_of
from fairwater.quantities.periods import Period

Same = tuple[tuple[str, ...], str]
"""A unit's values and a measure: what names a timeline within its side."""


def same(timeline: Timeline) -> Same:
    """What names a timeline within its side."""
    return tuple(timeline.unit.values()), timeline.measure


def moved(timeline: Timeline) -> bool:
    """Whether anything happened: a step, an eligible interval, a claim."""
    return bool(timeline.openings or timeline.taken or timeline.asserted)


def after(timeline: Timeline, day: date) -> bool:
    """Whether anything happened after a day."""
    opened = any(o.since > day for o in timeline.openings)
    return opened or any(t.dated > day for t in timeline.taken) or bool(timeline.asserted)


def track(
    told: Told,
    timeline: Timeline,
    hindsight: Timeline | None,
    *,
    numbers: Mapping[Key, int],
    parties: Parties,
    exceedances: Sequence[tuple[date, str]],
    first: date,
    later: bool = False,
) -> Track:
    """One measure of one unit, to be drawn from `first` to the day asked about."""
    agreement = told.prepared.agreement
    columns = {d.id: d.column for d in agreement.scope.unit}
    others = told.prepared.columns.others
    return Track(
        letter=told.letter,
        measure=timeline.measure,
        label=tuple(named(columns[name], value) for name, value in timeline.unit.items()),
        known=_lane(timeline, agreement),
        hindsight=_lane(hindsight or timeline, agreement),
        steps=tuple(
            _step(s, others.decisions, parties) for s in timeline.taken if s.dated >= first
        ),
        claims=tuple(_claims(timeline, others.assertions, agreement, parties)),
        first=first,
        last=timeline.as_of,
        number=numbers.get(key_of(told, timeline.unit)) if told.columns else None,
        exceedances=tuple(e for e in exceedances if first <= e[0] <= timeline.as_of),
        status=timeline.status,
        later=later,
    )


def _lane(timeline: Timeline, agreement: Agreement) -> Lane:
    measure = next(m for m in agreement.measures if m.id == timeline.measure)
    known = levels(measure)
    effects = {state.id: getattr(state, "effect", None) for state in measure.states}
    transitions = {t.id: t for t in agreement.transitions}
    return Lane(
        bars=tuple(
            Bar(
                state=span.state,
                level=known[span.state],
                since=span.since,
                until=span.until,
                effect=effects[span.state],
                assumed=span.cause == "prompt",
            )
            for span in timeline.spans
        ),
        holes=tuple(
            Hole(
                transition=opening.transition,
                since=opening.since,
                until=opening.until,
                direction=direction(
                    transitions[opening.transition],
                    agreement,
                    _state_before(timeline, transitions[opening.transition], opening.since),
                ),
            )
            for opening in sorted(timeline.openings, key=lambda o: (o.since, o.transition))
        ),
    )


def _state_before(timeline: Timeline, transition: Transition, day: date) -> str | None:
    """The state that a step open on a day starts from, also where it was taken that very day."""
    found = None
    for span in timeline.spans:
        begun = span.since is None or span.since <= day
        if begun and (span.until is None or day <= span.until) and span.state in transition.from_:
            found = span.state
    return found


def _step(taken: Taken, decisions: Iterable[DecisionEvidence], parties: Parties) -> Step:
    record = next((d for d in decisions if d.id == taken.id), None)
    return Step(
        transition=taken.transition,
        to=taken.to,
        dated=taken.dated,
        recorded=taken.cause != "prompt",
        by=None if taken.by is None else parties.named(taken.by),
        role=taken.role,
        while_=taken.decided_while,
        reasons=None if record is None else record.reasons,
        invented=record is not None and INVENTED in f"{record.act} {record.reasons}".lower(),
    )


def _claims(
    timeline: Timeline,
    assertions: Iterable[AssertionEvidence],
    agreement: Agreement,
    parties: Parties,
) -> Iterable[Claim]:
    """What is asserted, with the day it was and the day it lapses."""
    lapse = next(m.assertion_lapses for m in agreement.measures if m.id == timeline.measure)
    entries = {entry.id: entry for entry in assertions}
    for said in timeline.asserted:
        entry = entries.get(said.id)
        if entry is None:
            continue
        day = entry.dated.last or entry.known
        yield Claim(
            by=parties.named(said.by),
            state=said.state,
            since=day,
            until=Period.parse(lapse).after(day),
            denied=said.state == timeline.in_force,
            note=entry.note,
        )


def label_key(label: Sequence[Named]) -> tuple[str, ...]:
    """The texts of a label."""
    return tuple(part.key for part in label)
