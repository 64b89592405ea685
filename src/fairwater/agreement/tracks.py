"""One measure of a unit while its history is walked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import structs

from fairwater.agreement.evidence import Unit
from fairwater.agreement.model import Measure, Transition
from fairwater.agreement.status import Status
from fairwater.agreement.timeline import Opening, Span, Taken
from fairwater.agreement.verdict import Verdict


class Track:
    """One measure while it is walked."""

    def __init__(self, measure: Measure, transitions: tuple[Transition, ...]) -> None:
        self.measure = measure
        self.transitions = {t.id: t for t in transitions}
        self.state = measure.initial
        self.since: date | None = None
        self.by_unit: Unit | None = None
        self.first: tuple[str, date | None] = (measure.initial, None)
        self.steps: list[tuple[Taken, Unit | None, date]] = []
        self.withdrawn: set[str] = set()
        self.spans: list[Span] = [Span(state=measure.initial, since=None)]
        self.open: dict[str, Opening] = {}
        self.expired: set[str] = set()
        self.closed: list[Opening] = []
        self.taken: list[Taken] = []
        self.not_taken: tuple[str, ...] = ()
        self.flags: list[dict[str, Any]] = []
        self.seen: set[str] = set()
        self.refused: set[str] = set()
        self.status: Status | None = None
        self.now: Mapping[str, Verdict] = {}

    def rank(self, state: str) -> int:
        """How restrictive a state is; unranked states are 0."""
        return next((s.rank for s in self.measure.states if s.id == state), 0)

    def move(self, taken: Taken, unit: Unit | None) -> None:
        """Take a step: every open eligible interval ends, a span of the new state begins."""
        # A decision that became known late cannot reach behind the last step.
        day = max(taken.effective, self.since or date.min, self.spans[-1].since or date.min)
        for key in sorted(self.open):
            opening = self.open.pop(key)
            own = key == taken.transition
            self.closed.append(
                structs.replace(
                    opening,
                    until=max(day, opening.since),
                    decided=taken.dated if own else None,
                    decision=taken.id if own else None,
                    ended_by="decision" if own else "state",
                )
            )
        self.expired.clear()
        self.taken.append(taken)
        self.steps.append((taken, unit, day))
        self.by_unit = unit
        self.not_taken = ()
        self.state, self.since = taken.to, day
        self.spans[-1] = structs.replace(self.spans[-1], until=day)
        self.spans.append(
            Span(
                state=taken.to,
                since=day,
                cause=taken.cause,
                transition=taken.transition,
                id=taken.id,
            )
        )

    def take_back(self, decision: str, day: date) -> None:
        """Undo what a decision did whose record was withdrawn: what was before it stands again.

        History stays as it was known: the state of the last step that was not withdrawn
        begins on `day`, and evidence counts from that step again.
        """
        self.withdrawn.add(decision)
        self.flags.append({"decision": decision, "withdrawn": day.isoformat()})
        kept = [step for step in self.steps if step[0].id not in self.withdrawn]
        state, since = (kept[-1][0].to, kept[-1][2]) if kept else self.first
        self.since, self.by_unit = since, kept[-1][1] if kept else None
        if state == self.state:
            return
        for key in sorted(self.open):
            opening = self.open.pop(key)
            until = max(day, opening.since)
            self.closed.append(structs.replace(opening, until=until, ended_by="state"))
        self.expired.clear()
        self.not_taken = ()
        self.state = state
        self.spans[-1] = structs.replace(self.spans[-1], until=day)
        self.spans.append(Span(state=state, since=day, cause="withdrawal"))

    def renamed(self, decision: str, heir: str) -> None:
        """A decision amended without changing where it leads: the step is the amended one's."""
        self.seen.add(heir)
        self.steps = [
            (structs.replace(taken, id=heir) if taken.id == decision else taken, unit, day)
            for taken, unit, day in self.steps
        ]
