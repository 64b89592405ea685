"""Plausible ranges: what is usually found, and above what a result cannot be right.

They help to notice a lost decimal point, a mixed-up unit, dry for fresh weight.
They flag; they never remove a result.

    >>> hard_max(["Cs-137"], "fish").hard_max
    '740000'
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import cache
from typing import Literal

from fairwater.facts.marks import Confidence, DecimalText, Fact, NonEmpty, weakest
from fairwater.facts.source import build, read, section

_FILE = "ranges.yaml"
Medium = Literal["fish", "shellfish", "seafood", "seaweed", "seawater", "sediment"]


class RangeFact(Fact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A plausible range of one nuclide, or of the sum of several, in one medium.

    Attributes
    ----------
    nuclides : tuple of str
        Several: the range is that of their sum.
    matrix, medium : str
        The source's words, and ours.
    unit : str
        Unit of all three numbers.
    basis : {'wet', 'dry'} or None
    typical_low, typical_high, hard_max : str
        Decimal text; `hard_max` only where one is known.
    marks : mapping
        Fields whose confidence differs from `confidence`.
    """

    nuclides: tuple[NonEmpty, ...]
    matrix: NonEmpty
    medium: Medium
    unit: NonEmpty
    basis: Literal["wet", "dry"] | None = None
    typical_low: DecimalText
    typical_high: DecimalText
    hard_max: DecimalText | None = None
    kind: Literal["background", "event", "natural"]
    marks: Mapping[str, Confidence] = {}
    note: str | None = None

    def confidence_in(self, *fields: str) -> Confidence:
        """Weakest confidence of these fields."""
        return weakest(self.marks.get(name, self.confidence) for name in fields)


@cache
def plausible_ranges() -> tuple[RangeFact, ...]:
    """All plausible ranges, in file order."""
    return build(section(read(_FILE), "ranges", _FILE), RangeFact, _FILE, "ranges")


@cache
def _hard_max(nuclides: frozenset[str], media: tuple[str, ...]) -> RangeFact | None:
    known = [
        (Decimal(fact.hard_max), fact)
        for fact in plausible_ranges()
        if fact.hard_max is not None
        and frozenset(fact.nuclides) == nuclides
        and fact.medium in media
    ]
    return max(known, key=lambda pair: pair[0])[1] if known else None


def hard_max(nuclides: Collection[str], *media: Medium) -> RangeFact | None:
    """Range with the largest `hard_max` for exactly these nuclides in these media, or None.

    A result above it is flagged. The number is in the range's own `unit`; all
    ranges with a `hard_max` for the same nuclides and medium share one unit.
    """
    return _hard_max(frozenset(nuclides), media)
