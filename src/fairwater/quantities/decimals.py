"""Decimals as reported, and rounding by a stated rule.

A comparison with a limit happens here, never in binary floating point:
0.1 + 0.2 is 0.3. Rounding to figures needs a mode: 105 at two figures is 110
half-up and 100 half-even (both are in use; an agreement must say which).
"""

from __future__ import annotations

import decimal
import re
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal

from fairwater.quantities.errors import QuantityError

RoundingMode = Literal["half_up", "half_even", "half_down", "up", "down"]

MODES: Final[dict[str, str]] = {
    "half_up": decimal.ROUND_HALF_UP,
    "half_even": decimal.ROUND_HALF_EVEN,
    "half_down": decimal.ROUND_HALF_DOWN,
    "up": decimal.ROUND_UP,
    "down": decimal.ROUND_DOWN,
}

# Wide enough that no sum or product of reported numbers is rounded: a record's decimal
# has at most 80 digits and exponents of three digits. Inexact is trapped, so a loss raises.
EXACT = decimal.Context(
    prec=2_500,
    Emax=99_999,
    Emin=-99_999,
    traps=[decimal.InvalidOperation, decimal.Overflow, decimal.Inexact, decimal.DivisionByZero],
)
_NUMBER = re.compile(r"-?\d{1,40}(\.\d{1,40})?([eE][+-]?\d{1,3})?")


@lru_cache(maxsize=65_536)  # tables repeat few numbers many times; a Decimal never changes
def exact(text: str) -> Decimal:
    """Decimal of a reported number, digits kept: ``exact("12.40")`` has two places.

    Raises
    ------
    QuantityError
        If the text is not an ASCII decimal number such as 12.4, -0.3 or 4.0E+00.
    """
    if _NUMBER.fullmatch(text) is None or not text.isascii():
        raise QuantityError(f"`{text}` is not a decimal number such as 12.4")
    return EXACT.create_decimal(text)


def total(values: list[Decimal]) -> Decimal:
    """Exact sum, 0 for none."""
    result = Decimal(0)
    for value in values:
        result = EXACT.add(result, value)
    return result


def times(a: Decimal, b: Decimal) -> Decimal:
    """Exact product."""
    return EXACT.multiply(a, b)


def round_significant(value: Decimal, figures: int, mode: RoundingMode) -> Decimal:
    """Value at `figures` significant figures; zero stays zero.

    The figures are counted on the value before rounding, as in the food
    authorities' "two significant figures": 99.5 at two figures half-up is 100
    (the third digit of 99.5 decides), not 1.0E+2 rounded again.

    Examples
    --------
    >>> [str(round_significant(exact(v), 2, "half_up").to_integral()) for v in ("104.9", "105")]
    ['100', '110']
    """
    if figures < 1:
        raise QuantityError(f"significant figures must be at least 1, not {figures}")
    if not value:
        return value
    step = Decimal((0, (1,), value.adjusted() - figures + 1))
    return _quantize(value, step, mode)


def round_places(value: Decimal, places: int, mode: RoundingMode) -> Decimal:
    """Value at `places` decimal places (negative: tens, hundreds)."""
    return _quantize(value, Decimal((0, (1,), -places)), mode)


def plain(value: Decimal) -> str:
    """Text without exponent: ``1.1E+2`` is written 110; digits after the point are kept."""
    return format(value, "f")


def _quantize(value: Decimal, step: Decimal, mode: RoundingMode) -> Decimal:
    # `quantize` itself signals Inexact: rounding is what is asked for here.
    quiet = EXACT.copy()
    quiet.traps[decimal.Inexact] = False
    return value.quantize(step, rounding=MODES[mode], context=quiet)
