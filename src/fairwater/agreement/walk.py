"""All measures of an agreement over one unit, walked from instant to instant.

`machine` says what happens on a day, and in which order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from msgspec import structs

from fairwater.agreement.alarms import alarms
from fairwater.agreement.context import ByDay, Context, StateReading, Terms
from fairwater.agreement.deciding import about, may_decide, outranks, taken_back
from fairwater.agreement.evaluator import evaluate_known
from fairwater.agreement.evidence import DecisionEvidence, Evidence, Unit
from fairwater.agreement.instants import instants
from fairwater.agreement.knowledge import Knowledge
from fairwater.agreement.model import Agreement, DateKind, Transition
from fairwater.agreement.scope import unit_on
from fairwater.agreement.status import Status, status_of
from fairwater.agreement.timeline import Cause, Opening, Span, Taken, Timeline
from fairwater.agreement.tracks import Track
from fairwater.agreement.verdict import RecordOutcome, Verdict
from fairwater.quantities.periods import Period

DAY = timedelta(days=1)


class Walk:
    """All measures of an agreement over one unit."""

    def __init__(
        self,
        agreement: Agreement,
        terms: Terms,
        unit: Unit,
        evidence: Evidence,
        *,
        as_of: date,
        known_at: date,
        decisions: str,
        bindings: Mapping[str, str],
        hindsight: bool,
    ) -> None:
        self.agreement, self.terms, self.unit, self.evidence = agreement, terms, unit, evidence
        self.as_of, self.known_at, self.hindsight = as_of, known_at, hindsight
        self.decisions = decisions
        self.lag = Period.parse(decisions[7:]) if decisions.startswith("prompt:") else None
        self.prompt = decisions == "prompt" or self.lag is not None
        if not self.prompt and decisions != "as_recorded":
            raise ValueError(
                f"decisions `{decisions}`: expected as_recorded, prompt or prompt:PERIOD"
            )
        self.bindings = bindings
        self.reads: set[str] = set()
        self.memo: dict[tuple[str, str], RecordOutcome] = {}
        self.sorted_by: dict[DateKind, ByDay] = {}
        self.known_days = evidence.known_days()
        self.known: tuple[int, Evidence] | None = None
        only = agreement.measures[0].id if len(agreement.measures) == 1 else None
        self.tracks = {
            measure.id: Track(
                measure,
                tuple(t for t in agreement.transitions if (t.measure or only) == measure.id),
            )
            for measure in sorted(agreement.measures, key=lambda m: m.id)
        }
        self.days: set[date] = set()
        self.current = date.min

    def run(self) -> None:
        """Walk every instant up to `as_of`."""
        self.days = instants(
            self.agreement.transitions,
            self.agreement.measures,
            self.evidence,
            self.terms,
            self.as_of,
        )
        self._inherit()
        while self.days:
            day = min(self.days)
            self.days.discard(day)
            self._step(day)

    def _step(self, day: date) -> None:
        self.current = day
        known_at = self.known_at if self.hindsight else min(day, self.known_at)
        known = self.as_known(known_at)
        for track in self.tracks.values():
            # Nothing decided or said so far, and no step to take back: nothing moves by hand.
            if not self.prompt and (known.decisions or known.assertions or track.steps):
                self._decide(track, known, day, known_at)
        states = self._states(known, day, known_at)
        for track in self.tracks.values():
            self._conditions(track, known, day, known_at, states)

    def context(
        self, track: Track, day: date, known_at: date, states: Mapping[str, StateReading]
    ) -> Context:
        """Context of a condition of `track` on `day`."""
        return Context(
            at=day,
            known_at=known_at,
            terms=self.terms,
            unit=unit_on(self.unit, self.evidence.zones, day),
            bindings=self.bindings,
            since=track.since,
            states=states,
            reads=self.reads,
            memo=self.memo,
            sorted_by=self.sorted_by,
        )

    def as_known(self, day: date) -> Evidence:
        """The evidence as known on `day`; kept while nothing new becomes known."""
        count = bisect_right(self.known_days, day)
        if self.known is None or self.known[0] != count:
            self.known = (count, self.evidence.as_known(day))
        return self.known[1]

    def states_at_end(self) -> dict[str, StateReading]:
        """Every measure as conditions see it at `as_of`, after `run`."""
        known = self.as_known(self.known_at)
        return self._states(known, self.as_of, self.known_at)

    def _states(self, known: Evidence, day: date, known_at: date) -> dict[str, StateReading]:
        found: dict[str, StateReading] = {}
        for key, track in self.tracks.items():
            if known.assertions:
                ctx = self.context(track, day, known_at, {})
                track.status = status_of(
                    track.measure, track.transitions.values(), track.state, track.since, known, ctx
                )
            else:
                track.status = Status(in_force=track.state, status="in_force")
            found[key] = track.status.reading()
        return found

    # Decisions

    def _decide(self, track: Track, known: Evidence, day: date, known_at: date) -> None:
        ctx = self.context(track, day, known_at, {})
        found = about(track, known, ctx, self.unit, alone=len(self.tracks) == 1)
        if taken_back(track, found, self.evidence.replaced_by(known_at), day, ctx):
            self._moved(track, day)
        waiting = [d for d in found if d.id not in track.seen and d.effective <= day]
        for decision in sorted(waiting, key=lambda d: (d.effective, d.dated, d.id)):
            track.seen.add(decision.id)
            self._take(track, decision, known, day, known_at)

    def _take(
        self, track: Track, decision: DecisionEvidence, known: Evidence, day: date, known_at: date
    ) -> None:
        transition = track.transitions.get(decision.transition or "")
        to = decision.to or (transition.to if transition is not None else None)
        ctx = self.context(track, day, known_at, {})
        if to is None or not decision.published or not may_decide(decision, transition, ctx):
            track.refused.add(decision.id)
            return
        if not outranks(track, decision, to):
            return
        verdict: Verdict | None = None
        if transition is not None:
            dated = min(decision.dated, day)
            then = self.known_at if self.hindsight else min(dated, known_at)
            states = self._states(self.as_known(then), dated, then)
            verdict = self._verdict(track, transition, dated, then, states)
            if verdict.verdict != "holds":
                track.flags.append({"decision": decision.id, "decided_while": verdict.verdict})
            elif track.state not in transition.from_:
                track.flags.append({"decision": decision.id, "decided_from": track.state})
        taken = Taken(
            id=decision.id,
            transition=decision.transition,
            from_state=track.state,
            to=to,
            dated=decision.dated,
            effective=decision.effective,
            cause="act" if decision.transition is None and decision.act else "decision",
            role=decision.role,
            by=decision.by,
            decided_while=verdict.verdict if verdict is not None else None,
            verdict=verdict,
        )
        self._move(track, taken, decision.unit or None)

    def _move(self, track: Track, taken: Taken, unit: Unit | None) -> None:
        track.move(taken, unit)
        self._moved(track, max(taken.effective, self.current))

    def _moved(self, track: Track, day: date) -> None:
        """The measure is in another state, or counts from another day: look again the day after."""
        if day + DAY <= self.as_of:
            self.days.add(day + DAY)

    # Conditions

    def _verdict(
        self,
        track: Track,
        transition: Transition,
        day: date,
        known_at: date,
        states: Mapping[str, StateReading],
    ) -> Verdict:
        self.reads.add(f"transitions.{transition.id}")
        return evaluate_known(
            transition.when,
            self.as_known(known_at),
            self.context(track, day, known_at, states),
            transition.except_,
            f"transitions.{transition.id}.when",
        )

    def _conditions(
        self,
        track: Track,
        known: Evidence,
        day: date,
        known_at: date,
        states: Mapping[str, StateReading],
    ) -> None:
        self._open_and_close(track, day, known_at, states)
        holding = [
            track.transitions[key]
            for key, verdict in track.now.items()
            if verdict.verdict == "holds" and track.transitions[key].automatic
        ]
        chosen: tuple[Transition, Cause] | None = None
        if holding:
            ordered = sorted(holding, key=lambda t: (t.priority or 0, t.id))
            chosen = (ordered[0], "automatic")
        elif self.prompt:
            ready = [
                track.transitions[key]
                for key, opening in track.open.items()
                if self._ready(opening, day)
            ]
            if ready:
                ready.sort(key=lambda t: (-track.rank(t.to), t.id))
                chosen = (ready[0], "prompt")
        if chosen is None:
            return
        transition, cause = chosen
        taken = Taken(
            id=None,
            transition=transition.id,
            from_state=track.state,
            to=transition.to,
            dated=day,
            effective=day,
            cause=cause,
            role=transition.decided_by,
            by=self.bindings.get(transition.decided_by or ""),
            decided_while="holds",
            verdict=track.now[transition.id],
        )
        self._move(track, taken, None)
        track.not_taken = tuple(sorted(t.id for t in holding if t.id != transition.id))
        states = self._states(known, day, known_at)
        self._open_and_close(track, day, known_at, states)

    def _ready(self, opening: Opening, day: date) -> bool:
        if self.lag is None:
            return True
        when = self.lag.after(opening.since)
        if when > day and when <= self.as_of:
            self.days.add(when)
        return when <= day

    def _open_and_close(
        self, track: Track, day: date, known_at: date, states: Mapping[str, StateReading]
    ) -> None:
        """Judge every transition from the state in force; open and close eligible intervals."""
        track.now = {
            key: self._verdict(track, transition, day, known_at, states)
            for key, transition in sorted(track.transitions.items())
            if track.state in transition.from_
        }
        for key, verdict in track.now.items():
            transition = track.transitions[key]
            if transition.automatic:
                continue
            opening = track.open.get(key)
            if verdict.verdict != "holds":
                track.expired.discard(key)
                if opening is not None:
                    self._close(track, key, day, "evidence")
            elif opening is None and key not in track.expired:
                by = None
                if transition.decide_within is not None:
                    by = Period.parse(transition.decide_within).after(day)
                track.open[key] = Opening(
                    transition=key, since=day, until=None, verdict=verdict, decide_by=by
                )
                if transition.expires is not None:
                    end = Period.parse(transition.expires).after(day)
                    if end <= self.as_of:
                        self.days.add(end)
            elif opening is not None and transition.expires is not None:
                end = Period.parse(transition.expires).after(opening.since)
                if day >= end:
                    track.expired.add(key)
                    self._close(track, key, end, "expiry")

    def _close(self, track: Track, key: str, day: date, why: Any) -> None:
        opening = track.open.pop(key)
        track.closed.append(structs.replace(opening, until=day, ended_by=why))

    # Zones and the answer

    def _inherit(self) -> None:
        """A zone made by a merge starts in the most restrictive state of its parts."""
        zone = self.unit.get("zone")
        merged = [v for v in self.evidence.zones if v.merged_into == zone and zone is not None]
        ends = [v.valid_to for v in merged if v.valid_to is not None]
        if not merged or not ends or max(ends) > self.as_of:
            return
        start = max(ends)
        for key, track in self.tracks.items():
            before: list[tuple[int, str, date]] = []
            for part in merged:
                walk = Walk(
                    self.agreement,
                    self.terms,
                    {**self.unit, "zone": part.zone},
                    self.evidence,
                    as_of=start,
                    known_at=self.known_at if self.hindsight else min(start, self.known_at),
                    decisions=self.decisions,
                    bindings=self.bindings,
                    hindsight=self.hindsight,
                )
                walk.run()
                other = walk.tracks[key]
                before.append((other.rank(other.state), other.state, other.since or date.min))
            _, state, since = max(before)
            track.state = state
            track.since = None if since == date.min else since
            track.first = (state, track.since)
            track.spans = [Span(state=state, since=track.since, cause="inherited")]
        self.days = {day for day in self.days if day >= start} | {start}

    def told(self, measure: str, knowledge: Knowledge) -> Timeline:
        """The timeline of one measure after `run`."""
        track = self.tracks[measure]
        known = self.as_known(self.known_at)
        states = self._states(known, self.as_of, self.known_at)
        status = track.status
        if status is None or measure not in states:
            raise KeyError(measure)
        ctx = self.context(track, self.as_of, self.known_at, states)
        openings = sorted(
            [*track.closed, *track.open.values()], key=lambda o: (o.since, o.transition)
        )
        return Timeline(
            measure=measure,
            unit=dict(self.unit),
            as_of=self.as_of,
            known_at=self.known_at,
            knowledge=knowledge,
            decisions=self.decisions,
            hindsight=self.hindsight,
            hypothetical=self.prompt,
            in_force=track.state,
            since=track.spans[-1].since,
            status=status.status,
            asserted=status.asserted,
            recorded_only=tuple(sorted({*status.recorded_only, *track.refused})),
            spans=tuple(track.spans),
            openings=tuple(openings),
            taken=tuple(track.taken),
            not_taken=track.not_taken,
            flags=tuple(track.flags),
            alarms=tuple(alarms(track, known, ctx, self.agreement)),
            now=track.now,
        )
