"""What a result means in numbers: the columns of `results` that are computed.

Most results of a table are spelt alike (`<5.5` Bq/kg), so a meaning is worked
out once for each distinct spelling (`Spelling`) and kept.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import msgspec

from fairwater.archive.converting import conversion, converted, converted_decimal
from fairwater.quantities.allowed import allowed
from fairwater.quantities.errors import QuantityError
from fairwater.records import Result


class Spelling(NamedTuple):
    """The fields of a result that its meaning depends on, as reported."""

    kind: str | None
    value: str | None
    unit: str | None
    low: str | None
    high: str | None
    limit_kind: str | None
    limit: str | None
    limit_unit: str | None
    uncertainty: str | None


class Meaning(NamedTuple):
    """Computed columns; every number is in `value_unit`."""

    value: float | None
    low_value: float | None
    high_value: float | None
    value_unit: str | None
    conversion: str | None
    limit_value: float | None
    uncertainty_value: float | None


@lru_cache(maxsize=200_000)
def meaning(*fields: str | None) -> Meaning:
    """Meaning of a result with these fields of `Spelling`, in its order."""
    spelling = Spelling._make(fields)
    unit = spelling.unit
    rule = conversion(unit)
    low, high = _bounds(spelling)
    limit_unit = spelling.limit_unit or unit
    comparable = conversion(limit_unit).unit == rule.unit
    return Meaning(
        value=converted(spelling.value, unit),
        low_value=low,
        high_value=high,
        value_unit=rule.unit,
        conversion=rule.rule,
        limit_value=converted(spelling.limit, limit_unit) if comparable else None,
        uncertainty_value=converted(spelling.uncertainty, unit),
    )


def _bounds(spelling: Spelling) -> tuple[float | None, float | None]:
    """Ends of the set of values the result allows; both None where it cannot be told."""
    try:
        low, high = allowed(msgspec.convert({**spelling._asdict(), "nuclides": ()}, Result))
    except (QuantityError, msgspec.ValidationError):
        return None, None
    return (
        converted_decimal(low, spelling.unit),
        None if high is None else converted_decimal(high, spelling.unit),
    )
