"""A published sum against its parts. Both checks flag; neither corrects.

`contradicts` is the source's own convention: two limits add up to a limit, one
detected part is the sum alone, two detected parts add up. `outside` adds the
parts as sets of values: `<5` and `<6` allow every sum from 0 to 11. Published
sums are rounded, so both grant a tolerance, the greater of a share of the
larger number and an amount (6 % and 0.05 for sums of two figures).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from fairwater.intake.profile import SumCheck
from fairwater.intake.values import ValueReading

ZERO = Decimal(0)


class Sums:
    """Compares sums with their parts by one tolerance. Answers are None if a cell is not read."""

    def __init__(self, check: SumCheck) -> None:
        self._relative = Decimal(check.relative)
        self._absolute = Decimal(check.absolute)

    def contradicts(self, whole: ValueReading, parts: Sequence[ValueReading]) -> bool | None:
        """Whether a sum is not what the source's convention makes of its parts.

        None if one of the cells is not a plain number or `<` and a number.
        """
        numbers = _numbers(parts)
        if whole.number is None or numbers is None:
            return None
        below = all(part.below for part in parts)
        if whole.below != below:
            return True
        expected = sum(
            (n for n, part in zip(numbers, parts, strict=True) if below or not part.below), ZERO
        )
        return self._differ(whole.number, expected)

    def outside(self, whole: ValueReading, parts: Sequence[ValueReading]) -> bool | None:
        """Whether a sum lies outside every sum that the parts allow.

        A sum below a limit leaves room for every sum under it, so it is outside only if the
        least possible sum is above the limit. None as for `contradicts`.
        """
        numbers = _numbers(parts)
        if whole.number is None or numbers is None:
            return None
        low = sum((n for n, part in zip(numbers, parts, strict=True) if not part.below), ZERO)
        if whole.number < low:
            return self._differ(whole.number, low)
        high = sum(numbers, ZERO)
        return not whole.below and whole.number > high and self._differ(whole.number, high)

    def _differ(self, a: Decimal, b: Decimal) -> bool:
        difference = abs(a - b)
        if difference <= self._absolute:
            return False
        return difference > self._relative * max(abs(a), abs(b))


def _numbers(parts: Sequence[ValueReading]) -> list[Decimal] | None:
    numbers = [part.number for part in parts if part.number is not None]
    return numbers if len(numbers) == len(parts) else None
