"""Values and days in a line of a case: what `<6`, `>2.0E+05` or `55..68` mean there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from fairwater.agreement.evidence import NOT_STATED, Cell, Value
from fairwater.quantities.allowed import EVERYTHING, Allowed
from fairwater.quantities.dates import CivilInterval, civil
from fairwater.quantities.decimals import exact
from fairwater.quantities.errors import QuantityError

_NUCLIDE = re.compile(r"([A-Z][a-z]?)-(\d{1,3}m?\d?)|([a-z]{1,2})(\d{1,3}m?)")
_WITH_LIMIT = re.compile(r"([0-9.]+(?:[eE][+-]?[0-9]+)?) \(<([0-9.]+)\)")
CAESIUM: Final = ("Cs-134", "Cs-137")
NOT_NUCLIDES: Final = frozenset({"s", "r", "u", "d"})


class EvidenceFault(ValueError):
    """A line of evidence that cannot be read: which key, and what was expected."""

    def __init__(self, key: str | None, found: str, expected: str) -> None:
        self.key, self.found, self.expected = key, found, expected
        self.row: int | None = None
        super().__init__(f"{found}; expected {expected}")


def nuclide_of(key: str) -> str | None:
    """The nuclide a key names: ``cs134`` and ``Cs-134`` are Cs-134; None for another key."""
    match = _NUCLIDE.fullmatch(key)
    if match is None:
        return None
    element, mass = match[1] or match[3].capitalize(), match[2] or match[4]
    return f"{element}-{mass}"


def days_of(line: Mapping[str, Any], key: str, zone: ZoneInfo) -> CivilInterval:
    """Days of a date field; not stated where it is absent or says so."""
    text = line.get(key)
    if text is None or text == "not_stated":
        return NOT_STATED
    try:
        return civil(text, zone)
    except (QuantityError, TypeError) as error:
        raise EvidenceFault(key, f"`{text}`", f"a day, a range or an instant ({error})") from error


def day_of(line: Mapping[str, Any], key: str, zone: ZoneInfo) -> date | None:
    """Last day of a date field."""
    return days_of(line, key, zone).last


def texts(value: Any) -> tuple[str, ...]:
    """A list of texts, or one."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def uncertainty(line: Mapping[str, Any]) -> tuple[Decimal | None, str | None]:
    """Standard uncertainty of a line and its text; None where it is not stated."""
    text = line.get("u")
    if text is None or text == "not_stated":
        return None, text
    return number("u", text), text


def number(key: str, text: Any) -> Decimal:
    """A decimal number, or the fault of its key."""
    try:
        return exact(text)
    except (QuantityError, TypeError) as error:
        raise EvidenceFault(key, f"`{text}`", "a decimal number such as 12.4") from error


def values_of(
    line: Mapping[str, Any],
    spread: Decimal | None,
    spread_text: str | None,
    zone: ZoneInfo,
    cell: Cell,
) -> tuple[Value, ...]:
    """Every stated result of a line, sorted by nuclides.

    `u` belongs to the sum where there is one, to the only value, or to none of
    several parts (then to their combination).
    """
    stated = [
        (CAESIUM if key == "cs" else (nuclide_of(key) or key,), key, text)
        for key, text in line.items()
        if text is not None and (key == "cs" or (key not in NOT_NUCLIDES and nuclide_of(key)))
    ]
    has_sum = any(key == "cs" for _, key, _ in stated)
    values: list[Value] = []
    for nuclides, key, text in sorted(stated):
        mine = key == "cs" or (not has_sum and len(stated) == 1)
        text, beside = _beside(text)
        low, high, kind = set_of(key, text)
        censored = kind == "censored"
        threshold = censored and line.get("limit_kind") == "decision_threshold"
        values.append(
            Value(
                nuclides=nuclides,
                allowed=Allowed(low, None if threshold else high),
                kind=kind,
                text=text,
                unit=line.get("measured_in"),
                limit_kind=line.get("limit_kind", "reporting_limit") if censored else None,
                threshold=high if threshold else None,
                detection_limit=None if beside is None else number(key, beside),
                uncertainty=spread if mine else None,
                uncertainty_text=spread_text if mine else None,
                basis=line.get("basis"),
                standing="withheld" if text == "withheld" else "reported",
                promised=day_of(line, "promised", zone) or day_of(line, "due", zone),
                cell=Cell(name=cell.name, row=cell.row, column=key),
            )
        )
    return tuple(values)


def _beside(text: Any) -> tuple[Any, str | None]:
    """A text and the detection limit written beside it: ``6.40 (<1.12)`` is 6.40 and 1.12."""
    match = _WITH_LIMIT.fullmatch(text) if isinstance(text, str) else None
    return (text, None) if match is None else (match[1], match[2])


Kind = Literal["detected", "censored", "over_range", "interval", "about", "not_stated"]


def set_of(key: str, text: Any) -> tuple[Decimal, Decimal | None, Kind]:
    """The set of values a text allows, and the kind of result it is."""
    if not isinstance(text, str):
        raise EvidenceFault(key, f"`{text}`", "a number, `<x`, `>x`, `a..b` or `not_stated`")
    if text in ("not_stated", "withheld"):
        return (*EVERYTHING, "not_stated")
    if text.startswith("<"):
        return Decimal(0), number(key, text[1:].strip()), "censored"
    if text.startswith(">"):
        return number(key, text[1:].strip()), None, "over_range"
    if text.startswith("~"):
        return (*EVERYTHING, "about")
    if ".." in text:
        low, high = text.split("..", 1)
        return number(key, low.strip()), number(key, high.strip()), "interval"
    value = number(key, text)
    return value, value, "detected"
