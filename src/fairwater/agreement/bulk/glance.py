"""The bounds of one transition in one unit, at hand for every day of a walk."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from fairwater.agreement.bulk.steps import SPAN
from fairwater.agreement.bulk.truths import Bound


class Glance(NamedTuple):
    """The bounds of one transition in one unit, for asking day by day."""

    days: list[int]
    least: list[int]
    most: list[int]
    rest: tuple[int, int]

    @classmethod
    def of(cls, bound: Bound) -> Glance:
        """From bounds over one unit."""
        return cls(
            (bound.key % SPAN).tolist(), bound.least.tolist(), bound.most.tolist(), bound.rest
        )

    def on(self, day: int) -> tuple[int, int]:
        """Least and greatest truth on a day."""
        index = bisect_right(self.days, day) - 1
        return self.rest if index < 0 else (self.least[index], self.most[index])
