"""What a measure's history looks like: spans of states and eligible intervals.

A `Span` is a state over [since, until); an `Opening` is an eligible interval of
a transition, [since, until), with the verdict that opened it: clause, evidence
ids, numbers. Eligible is not decided: a `Taken` decision is a record of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from msgspec import Struct

from fairwater.agreement.logic import Truth
from fairwater.agreement.status import Asserted
from fairwater.agreement.verdict import Verdict

Cause = Literal["initial", "decision", "act", "automatic", "prompt", "inherited", "withdrawal"]


class Span(Struct, frozen=True, kw_only=True):
    """A state over [since, until); `since` None from the beginning, `until` None still."""

    state: str
    since: date | None
    until: date | None = None
    cause: Cause = "initial"
    transition: str | None = None
    id: str | None = None


class Opening(Struct, frozen=True, kw_only=True):
    """An eligible interval [since, until) of a transition, and the verdict that opened it."""

    transition: str
    since: date
    until: date | None
    verdict: Verdict
    decided: date | None = None
    decision: str | None = None
    ended_by: Literal["evidence", "decision", "state", "expiry"] | None = None
    decide_by: date | None = None


class Taken(Struct, frozen=True, kw_only=True):
    """A step that moved the state; `decided_while` is its condition's verdict when dated."""

    id: str | None
    transition: str | None
    from_state: str
    to: str
    dated: date
    effective: date
    cause: Cause
    role: str | None = None
    by: str | None = None
    decided_while: Truth | None = None
    verdict: Verdict | None = None


class Alarm(Struct, frozen=True, kw_only=True):
    """A promise that fell due: a review or a decision. It moves nothing."""

    kind: Literal["review_due", "review_overdue", "decision_due", "decision_overdue"]
    due: date
    transition: str | None = None
    owed_by: str | None = None
    party: str | None = None


class Timeline(Struct, frozen=True, kw_only=True):
    """A measure of a unit as of a day: states, openings, steps, and how it stands now."""

    measure: str
    unit: Mapping[str, str]
    as_of: date
    known_at: date
    knowledge: str
    decisions: str
    hindsight: bool
    hypothetical: bool
    in_force: str
    since: date | None
    status: Literal["in_force", "asserted", "contested"]
    asserted: tuple[Asserted, ...] = ()
    recorded_only: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    openings: tuple[Opening, ...] = ()
    taken: tuple[Taken, ...] = ()
    not_taken: tuple[str, ...] = ()
    flags: tuple[dict[str, Any], ...] = ()
    alarms: tuple[Alarm, ...] = ()
    now: Mapping[str, Verdict] = {}
    """Verdict, at `as_of`, of every transition that starts from the state in force."""

    @property
    def eligible(self) -> tuple[Opening, ...]:
        """Openings still open at `as_of`, by transition."""
        return tuple(
            sorted((o for o in self.openings if o.until is None), key=lambda o: o.transition)
        )
