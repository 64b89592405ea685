"""Numbers in several units side by side: each in the base unit of its kind.

One way of converting always ends (1 pCi/kg is exactly 0.037 Bq/kg), the other need not
(1 Bq/kg is 27.027... pCi/kg). So two numbers are compared in the base unit, never in the
unit of one of them.
"""

from __future__ import annotations

from decimal import Decimal

from fairwater import facts
from fairwater.quantities.units import convert


def in_base(number: Decimal, unit: str) -> tuple[str, Decimal]:
    """The base unit of a unit's kind, and the number in it; numbers of one base compare.

    Raises
    ------
    UnitError
        If the unit is not known.
    """
    known = facts.unit(unit)
    base = known.base if known is not None else unit
    return base, convert(number, unit, base)
