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


def contradicts(whole: ValueReading, parts: Sequence[ValueReading], check: SumCheck) -> bool:
    """Whether a sum is not what the source's convention makes of its parts.

    False if one of them is not a plain number or `<` and a number.
    """
    if whole.number is None or any(part.number is None for part in parts):
        return False
    numbers = [(part.number or Decimal(0), part.below) for part in parts]
    below = all(is_below for _, is_below in numbers)
    expected = sum((n for n, is_below in numbers if below or not is_below), Decimal(0))
    if whole.below != below:
        return True
    return abs(whole.number - expected) > _tolerance(whole.number, expected, check)


def outside(whole: ValueReading, parts: Sequence[ValueReading], check: SumCheck) -> bool:
    """Whether a sum lies outside every sum that the parts allow.

    False if one of them is not a plain number or `<` and a number.
    """
    if whole.number is None or any(part.number is None for part in parts):
        return False
    numbers = [(part.number or Decimal(0), part.below) for part in parts]
    low = sum((n for n, is_below in numbers if not is_below), Decimal(0))
    high = sum((n for n, _ in numbers), Decimal(0))
    if whole.below:
        # [0, x] must leave room for the least possible sum.
        return whole.number < low - _tolerance(whole.number, low, check)
    return whole.number < low - _tolerance(
        whole.number, low, check
    ) or whole.number > high + _tolerance(whole.number, high, check)


def _tolerance(a: Decimal, b: Decimal, check: SumCheck) -> Decimal:
    return max(Decimal(check.relative) * max(abs(a), abs(b)), Decimal(check.absolute))
