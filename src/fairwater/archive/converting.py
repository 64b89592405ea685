"""From what a record says to what a column holds: numbers, dates, item names.

Conversions are memoised: a table of half a million rows states a few thousand
different texts.
"""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from fairwater import facts
from fairwater.quantities.dates import civil
from fairwater.quantities.decimals import exact, plain
from fairwater.quantities.errors import QuantityError
from fairwater.quantities.units import convert, factor

_EPOCH: Final = date(1970, 1, 1).toordinal()
_UTC: Final = ZoneInfo("UTC")
_OPENING, _CLOSING = "(\N{FULLWIDTH LEFT PARENTHESIS}", ")\N{FULLWIDTH RIGHT PARENTHESIS}"


class Conversion(NamedTuple):
    """Base unit a unit converts to, and the rule in words; both None for an unknown unit."""

    unit: str | None
    rule: str | None


@lru_cache(maxsize=4096)
def conversion(unit: str | None) -> Conversion:
    """Conversion of a unit as reported."""
    found = None if unit is None else facts.unit(unit)
    if unit is None or found is None:
        return Conversion(None, None)
    if unit == found.base:
        return Conversion(unit, "as reported")
    return Conversion(found.base, f"1 {unit} = {plain(factor(unit, found.base))} {found.base}")


@lru_cache(maxsize=200_000)
def converted(text: str | None, unit: str | None) -> float | None:
    """Reported number in its unit's base unit; None where that cannot be told."""
    if text is None:
        return None
    try:
        return converted_decimal(exact(text), unit)
    except QuantityError:
        return None


def converted_decimal(value: Decimal, unit: str | None) -> float | None:
    """Nearest double of `value`, given in `unit`, in its base unit; None beyond doubles."""
    base = conversion(unit).unit
    if unit is None or base is None:
        return None
    number = float(value if unit == base else convert(value, unit, base))
    return number if math.isfinite(number) else None


@lru_cache(maxsize=100_000)
def days(text: str | None) -> tuple[int | None, int | None]:
    """First and last day a date text may mean, in days since 1970-01-01.

    The day of an instant is its day in UTC: the archive takes no party's clock.
    A text that names no day gives (None, None), as an unstated one does.
    """
    try:
        first, last = civil(text, _UTC)
    except QuantityError:
        return None, None
    return (
        None if first is None else first.toordinal() - _EPOCH,
        None if last is None else last.toordinal() - _EPOCH,
    )


PIECES: Final = "\x1f"
"""Between an item and the note beside it, where the two are given as one text."""


@lru_cache(maxsize=100_000)
def item_pieces(item_and_note: str | None) -> list[str] | None:
    r"""The name in an item, then what its brackets and the note beside it hold, as compared.

    Examples
    --------
    >>> item_pieces("まだら（1kg以上）\x1f部位：肝臓")
    ['マダラ', '1kg以上', '部位:肝臓']
    """
    if item_and_note is None:
        return None
    item, _, note = item_and_note.partition(PIECES)
    named, beside = facts.split_item(item), facts.split_item(note)
    said = (beside.name, *beside.brackets) if beside.name else beside.brackets
    return [facts.kana(piece) for piece in (named.name, *named.brackets, *said)]


@lru_cache(maxsize=100_000)
def item_base(item: str | None) -> str | None:
    """Item without ONE trailing bracket, full- or half-width, and outer space.

    Examples
    --------
    >>> item_base("ババガレイ（ナメタガレイ）"), item_base("A(x)(y)"), item_base("(x)")
    ('ババガレイ', 'A(x)', '(x)')
    """
    if item is None:
        return None
    text = item.strip()
    if not text.endswith(tuple(_CLOSING)):
        return text
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] in _CLOSING) - (text[at] in _OPENING)
        if depth == 0:
            return text[:at].strip() or text
    return text
