"""How every unit stands under each side, and what is missing."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import field

from fairwater.node.briefing.content.named import Named, Part, Standing, Truth


class Lack(Part, frozen=True):
    """One thing missing: what, how many, owed by whom, since when. `unit`: number of the unit."""

    letter: str
    kind: str
    unit: int | None = None
    measure: str | None = None
    transition: str | None = None
    of: str | None = None
    what: str | None = None
    n: int | None = None
    role: str | None = None
    party: Named | None = None
    due: date | None = None
    overdue_days: int = 0


class Stand(Part, frozen=True):
    """How one unit stands under one measure of one side."""

    letter: str
    measure: str
    state: str
    level: int
    standing: Standing
    status: Literal["in_force", "asserted", "contested"] = "in_force"
    since: date | None = None
    assumed: bool = False
    """Whether the step into this state is assumed, not on record."""
    steps: dict[str, Truth] = field(default_factory=dict)
    """Verdict of the steps from the state in force that lead to a milder one, and of the others
    that hold."""
    eligible_since: date | None = None


class UnitRow(Part, frozen=True):
    """A species in a zone: what was sampled, and how it stands under each side."""

    number: int
    species: Named
    zone: Named
    samples: int
    below: int
    above: int
    stands: tuple[Stand, ...]
    last_sampled: date | None = None
    highest: str | None = None


class Zone(Part, frozen=True):
    """A zone with the numbers of its units; its position, where stated, is for the leader line."""

    zone: Named
    units: tuple[int, ...]
    latitude_deg: float | None = None
    longitude_deg: float | None = None
