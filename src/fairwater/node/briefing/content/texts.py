"""What a side says: an agreement's limits, measures, clauses, roles, open points."""

from __future__ import annotations

from datetime import date
from typing import Literal

from fairwater.agreement.terms import Words
from fairwater.node.briefing.content.named import Effect, Mark, Named, Part, Standing


class SourceText(Part, frozen=True):
    """A text an agreement cites."""

    key: str
    title: str
    url: str | None = None


class LimitLine(Part, frozen=True):
    """A limit of a side, as a line in a chart and a row in a table.

    `covers_series`: it is on the quantity the series draw (the sum of Cs-134 and Cs-137).
    """

    letter: str
    id: str
    text: Words
    value: str
    unit: str
    nuclides: tuple[str, ...]
    combine: str
    exceeds_when: str
    covers_series: bool
    rounding: str | None = None
    set_by: str | None = None
    mark: Mark | None = None
    sources: tuple[str, ...] = ()


class StateText(Part, frozen=True):
    """A state of a measure. `level` 0 is the mildest; `effect` is comparable between sides."""

    id: str
    level: int
    text: Words
    effect: Effect | None = None


class MeasureText(Part, frozen=True):
    """A measure of a side and its states, the mildest first."""

    id: str
    text: Words
    states: tuple[StateText, ...]
    initial: str
    review_every: str | None = None
    review_by: str | None = None


class ClauseText(Part, frozen=True):
    """A transition: from which states to which, who decides, what it says and where it is from."""

    id: str
    measure: str
    from_: tuple[str, ...]
    to: str
    text: Words
    decided_by: str | None = None
    direction: Literal["stricter", "milder", "level"] = "level"
    mark: Mark | None = None
    sources: tuple[str, ...] = ()


class RoleText(Part, frozen=True):
    """A role of a side and the party that plays it; `party` None: nobody is bound."""

    id: str
    text: Words
    party: Named | None = None


class OpenPoint(Part, frozen=True):
    """A parameter the texts leave open, and the value used here, if any."""

    id: str
    text: Words
    value: str | None
    mark: Mark | None = None


class Review(Part, frozen=True):
    """When a measure is reviewed next. `due` None: no clock is stated, or no review on record."""

    measure: str
    every: str | None = None
    by: str | None = None
    party: Named | None = None
    due: date | None = None
    overdue_days: int = 0


class Tally(Part, frozen=True):
    """How many units stand how, under a side's measure; `units` names each by its number."""

    standing: Standing
    units: tuple[int, ...]


class Side(Part, frozen=True):
    """One agreement: its text, who plays its roles, and the tally of units under each measure.

    `leading` is the measure the first screen speaks of: the one with the strictest state.
    """

    letter: str
    id: str
    version: str
    content_id: str
    title: Words
    text: Words
    leading: str
    limits: tuple[LimitLine, ...]
    measures: tuple[MeasureText, ...]
    clauses: tuple[ClauseText, ...]
    roles: tuple[RoleText, ...]
    open_points: tuple[OpenPoint, ...]
    reviews: tuple[Review, ...]
    tallies: dict[str, tuple[Tally, ...]]
    sources: tuple[SourceText, ...]
    samples: int
    """Samples that count by the day asked about: drawn and known by then."""
    left_out: dict[str, int]
    """Rows on record that the scope leaves out, whenever they were drawn, by reason."""
    valid_from: date | None = None
    valid_to: date | None = None
    weakest: Mark | None = None
