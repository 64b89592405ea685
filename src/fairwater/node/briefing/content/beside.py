"""The sides beside each other: where they part and by which numbers."""

from __future__ import annotations

from datetime import date

from fairwater.node.briefing.content.named import Effect, Named, Part, Truth


class Number(Part, frozen=True):
    """What one atom read: possible values [low, high], compared with an operand, over a window."""

    atom: str
    metric: str
    verdict: Truth
    low: str
    high: str
    comparator: str | None = None
    operand: str | None = None
    first: date | None = None
    last: date | None = None


class Saying(Part, frozen=True):
    """What one side says of a unit at the first difference, or where all agree."""

    letter: str
    state: str | None
    effect: Effect | None
    eligible: tuple[str, ...] = ()
    clause: str | None = None
    atoms: tuple[Number, ...] = ()
    evidence: int = 0
    """Records that the clauses named rest on; of a count of findings, not those that comply."""


class Difference(Part, frozen=True):
    """A unit on which the sides differ, from which day, and what each says then."""

    number: int | None
    label: tuple[Named, ...]
    first: date
    sayings: tuple[Saying, ...]


class Late(Part, frozen=True):
    """A unit whose answer under a side changes with what became known later."""

    letter: str
    measure: str
    label: tuple[Named, ...]
    known_days: int
    """Days on which the answer of the time and the answer in hindsight differ."""
    first: date | None = None
    number: int | None = None


class Comparison(Part, frozen=True):
    """The sides beside each other on the same evidence."""

    letters: tuple[str, ...]
    units: int
    agree: int
    agree_on: dict[str, int]
    """What the agreeing units agree on (an effect), and how many."""
    differences: tuple[Difference, ...]
    late: tuple[Late, ...]
