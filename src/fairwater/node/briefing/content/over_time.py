"""States over time: what held, what was eligible, what was decided, claimed or assumed."""

from __future__ import annotations

from datetime import date
from typing import Literal

from fairwater.node.briefing.content.named import Effect, Named, Part, Truth


class Bar(Part, frozen=True):
    """A state over [since, until)."""

    state: str
    level: int
    since: date | None
    until: date | None
    effect: Effect | None = None
    assumed: bool = False


class Hole(Part, frozen=True):
    """An interval over which a transition was eligible and not decided."""

    transition: str
    since: date
    until: date | None
    direction: Literal["stricter", "milder", "level"]


class Step(Part, frozen=True):
    """A decision, or an act: on record, or assumed."""

    transition: str | None
    to: str
    dated: date
    recorded: bool
    by: Named | None = None
    role: str | None = None
    while_: Truth | None = None
    reasons: str | None = None
    invented: bool = False


class Claim(Part, frozen=True):
    """A party says the measure is in another state (`state`), without an act, from a day on."""

    by: Named
    state: str
    since: date
    until: date | None
    denied: bool = False
    note: str | None = None


class Lane(Part, frozen=True):
    """One run of a measure: states and eligible intervals."""

    bars: tuple[Bar, ...]
    holes: tuple[Hole, ...]


class Track(Part, frozen=True):
    """A measure of a unit over time: as known on each day, and in hindsight.

    `unit` has no number for units outside the table (a facility, a contested whole).
    """

    letter: str
    measure: str
    label: tuple[Named, ...]
    known: Lane
    hindsight: Lane
    steps: tuple[Step, ...]
    claims: tuple[Claim, ...]
    first: date
    last: date
    number: int | None = None
    exceedances: tuple[tuple[date, str], ...] = ()
    status: Literal["in_force", "asserted", "contested"] = "in_force"
    later: bool = False
    """Whether it belongs to the section on what came after `as_of`."""
