"""Units of activity per mass, volume or area, converted exactly.

Factors are decimal facts (`facts`): 1 mBq/L is exactly 1 Bq/m³. Value,
uncertainty and limits convert together, by the same factor. What has no exact
decimal factor is written as a reported value times a rational and refused here
if the quotient is not finite in decimals.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from fairwater import facts
from fairwater.quantities.decimals import EXACT, exact
from fairwater.quantities.errors import QuantityError


class UnitError(QuantityError):
    """An unknown unit, or two units of different dimension."""


@lru_cache(maxsize=4096)
def factor(unit: str, to: str) -> Decimal:
    """Exact factor that turns a number in `unit` into one in `to`.

    Raises
    ------
    UnitError
        Names the unit that is not known, or both dimensions where they differ.
    """
    if unit == to:
        return Decimal(1)
    source, target = _known(unit), _known(to)
    if source.dimension != target.dimension:
        raise UnitError(
            f"`{unit}` is {source.dimension}, `{to}` is {target.dimension}: "
            "no factor turns one into the other without a stated density or share"
        )
    try:
        return EXACT.divide(exact(source.factor), exact(target.factor)).normalize(EXACT)
    except ArithmeticError as error:
        raise UnitError(f"`{unit}` to `{to}` has no finite decimal factor") from error


def convert(value: Decimal, unit: str, to: str) -> Decimal:
    """`value` given in `unit`, in the unit `to`; exact, digits as the product has them."""
    return EXACT.multiply(value, factor(unit, to))


def _known(unit: str) -> facts.UnitFact:
    found = facts.unit(unit)
    if found is None:
        raise UnitError(f"`{unit}` is not a known unit; `fairwater facts units` lists them")
    return found
