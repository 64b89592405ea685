"""What a field expects, in words, and what the writer probably meant.

Used only to explain a refusal: nothing here is accepted in place of the right
spelling. `1_000` is refused, and the refusal says `1000`.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple, get_args

from fairwater.agreement.conditions import Since
from fairwater.records.text import DayText, DecimalText, Key, Nuclide, PeriodText


class Expectation(NamedTuple):
    """Words for what is expected and a guess at what was meant (None: no guess)."""

    words: str
    meant: Callable[[str], str | None]


def _decimal(text: str) -> str | None:
    plain = re.sub(r"(?<=\d)[_, '](?=\d{3})", "", unicodedata.normalize("NFKC", text).strip())
    match = re.match(r"-?\d+(\.\d+)?", plain)
    return match[0] if match else None


def whole(text: str) -> str | None:
    """A whole number meant by `text`: 0123 is 123, 3.0 is 3."""
    number = _decimal(text)
    if number is None:
        return None
    digits = number.partition(".")[0]
    return digits.lstrip("0") or "0"


_WORDS: Final = {"day": "D", "d": "D", "week": "W", "w": "W", "month": "M", "m": "M", "year": "Y",
                 "y": "Y", "hour": "H", "h": "H"}  # fmt: skip


def _period(text: str) -> str | None:
    match = re.match(r"[Pp]?[Tt]?\s*(\d{1,4})\s*([A-Za-z]*?)s?$", text.strip())
    if match is None:
        return None
    unit = _WORDS.get(match[2].lower() or "d")
    if unit is None:
        return None
    return f"PT{match[1]}H" if unit == "H" else f"P{match[1]}{unit}"


def _day(text: str) -> str | None:
    match = re.match(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})", text.strip())
    if match is None:
        return None
    meant = f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    return None if meant == text else meant


def _nuclide(text: str) -> str | None:
    letters = re.search(r"[A-Za-z]{1,2}(?![a-z])", text)
    mass = re.search(r"\d{1,3}m?", text)
    return f"{letters[0].capitalize()}-{mass[0]}" if letters and mass else None


def _key(text: str) -> str | None:
    plain = re.sub(r"[^A-Za-z0-9_.-]+", "_", text).strip("_")
    return plain if re.match("[A-Za-z]", plain) else None


def _pattern(annotated: Any) -> str:
    pattern = get_args(annotated)[1].pattern
    return str(pattern)


BY_PATTERN: Final[dict[str, Expectation]] = {
    _pattern(DecimalText): Expectation("a decimal number such as 100 or 0.5", _decimal),
    _pattern(PeriodText): Expectation("a period of one unit: P30D, P4W, P1M, P2Y, PT24H", _period),
    _pattern(DayText): Expectation("a day such as 2025-06-29", _day),
    _pattern(Since): Expectation(
        "last_transition, or a day such as 2025-06-29",
        lambda text: nearest(text, ["last_transition"]) or _day(text),
    ),
    _pattern(Nuclide): Expectation("a nuclide such as Cs-137", _nuclide),
    _pattern(Key): Expectation(
        "an identifier: a letter, then letters, digits, `_`, `.` or `-`; at most 64", _key
    ),
}

_SYMBOLS: Final = {">": "gt", ">=": "ge", "≥": "ge", "<": "lt", "<=": "le", "≤": "le", "=": "eq",
                   "==": "eq", "!=": "ne", "half up": "half_up", "bankers": "half_even",
                   "is_true": "is"}  # fmt: skip


def nearest(text: str, known: Iterable[str]) -> str | None:
    """The known word that `text` is probably a slip of."""
    choices = list(known)
    meant = _SYMBOLS.get(text.strip().lower().replace("-", " "))
    if meant in choices:
        return meant
    plain = text.strip().lower().replace("-", "_").replace(" ", "_")
    if plain in choices:
        return plain
    close = difflib.get_close_matches(plain, choices, n=1, cutoff=0.6)
    if close:
        return close[0]
    begins = [word for word in choices if len(plain) > 3 and (plain in word or word in plain)]
    return begins[0] if len(begins) == 1 else None


EXAMPLES: Final[dict[tuple[str, str], str]] = {
    ("Agreement", "id"): "id: origin_restriction",
    ("Agreement", "version"): "version: v1",
    ("Agreement", "title"): "title: {en: …, ja: …, zh: …}",
    ("Agreement", "time_zone"): "time_zone: Asia/Tokyo",
    ("Limit", "id"): "id: cs_limit",
    ("Limit", "nuclides"): "nuclides: [Cs-134, Cs-137]",
    ("Limit", "combine"): "combine: sum, or single, or sum_of_fractions",
    ("Limit", "unit"): "unit: Bq/kg",
    ("Limit", "exceeds_when"): "exceeds_when: gt (the limit itself complies), or ge (it exceeds)",
    ("Limit", "round"): "round: none, or round: {significant: 2, mode: half_up}",
    ("Round", "mode"): "mode: half_up (105 becomes 110), or half_even (105 becomes 100)",
    ("Decide", "rule"): "rule: simple, or {rule: guard, k: 2}",
    ("Parameter", "type"): "type: count, or decimal, share, period, day, text, boolean",
    ("Transition", "from"): "from: [none, enhanced_inspection]",
    ("Transition", "to"): "to: suspended",
    ("Transition", "when"): "when: {all: [{id: …, metric: …}]}",
    ("State", "rank"): "rank: 0 (a higher rank is more restrictive)",
    ("Measure", "initial"): "initial: none",
    ("Param", "param"): "{param: its_id}",
    ("Atom", "metric"): "metric: exceed_count",
    ("AtLeast", "of"): "{at_least: 2, of: […]}",
    ("Source", "title"): "title: …",
}
"""What to write where a key is missing or holds the wrong kind of thing."""
