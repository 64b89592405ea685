"""One measure of a unit while its history is walked."""

from __future__ import annotations

from datetime import date
from typing import Any

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
        self.now: dict[str, Verdict] = {}

    def rank(self, state: str) -> int:
        """How restrictive a state is; unranked states are 0."""
        return next((s.rank for s in self.measure.states if s.id == state), 0)
