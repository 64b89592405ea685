"""The origin-side rule over the seafood table, written plainly: the slow oracle of the fast one.

Standard library only, nothing of Fairwater, no arrays: csv, Decimal, dict. It
answers: which units (item without one trailing bracket, prefecture) become
eligible to impose, and from which day until which, when `impose` asks for at
least two distinct stations with a sample above 100 Bq/kg (published sum at two
significant figures, half-up) in the W days ``(at - W, at]``, and each sample is
known on the day it was taken.

Run alone: ``python tests/agreement/plain_origin_rule.py seafood.csv.gz``.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import NamedTuple

LIMIT = Decimal(100)
ABSENT = {"", "-", "－", "―"}
ERA_START = 1988  # Heisei 1 is 1989
SERIAL_DAY_0 = date(1899, 12, 30)  # spreadsheet days of the 1900 system

# Spellings that are no prefecture's full name, and what they mean; sea areas, cities and
# wards are not prefectures and stay as they stand. Suffix-less names are a rule below.
SLIPS = {"静岡件": "静岡県", "岩手県産": "岩手県"}
SUFFIXES = ("県", "府", "都")


class Row(NamedTuple):
    item: str
    prefecture: str
    raw_prefecture: str
    station: str | None
    day: date
    total: str
    cs134: str
    cs137: str


class Span(NamedTuple):
    """Eligible from `first` up to, not including, `until`."""

    first: date
    until: date


def base_name(item: str) -> str:
    """The item without one trailing bracket, full-width or half-width."""
    text = item.strip()
    if not text.endswith((")", "）")):
        return text
    depth = 0
    for index in range(len(text) - 1, -1, -1):
        depth += text[index] in ")）"
        depth -= text[index] in "(（"
        if depth == 0:
            return text[:index].strip() or text
    return text


def first_day(cell: str, resulted: str) -> date | None:
    """First day that a sampling date cell names, or None where it names none.

    A year without era is Heisei where it has two digits; a day without year takes
    the year of the result date (the year before if that would be later than the result).
    """
    text = cell.strip()
    if text in ABSENT:
        return None
    if re.fullmatch(r"\d{5}", text):
        return SERIAL_DAY_0 + timedelta(days=int(text))
    thirds = {"上": 1, "中": 11, "下": 21}
    form = re.match(
        r"(?:(?:H|平成)?\s*(\d{1,4})[./年])?\s*(\d{1,2})(?:[./月]\s*(\d{1,2})|[./月]*([上中下])旬)",
        text,
    )
    if form is None:
        return None
    year, month = form[1], int(form[2])
    day = int(form[3]) if form[3] else thirds[form[4]]
    try:
        if year is not None:
            return date(int(year) if len(year) == 4 else ERA_START + int(year), month, day)
        known = first_day(resulted, "-")
        if known is None:
            return None
        same = date(known.year, month, day)
        return same if same <= known else date(known.year - 1, month, day)
    except ValueError:
        return None


def prefecture(text: str, full_names: frozenset[str]) -> str:
    """The prefecture a spelling means: a slip mended, a missing suffix put back."""
    text = SLIPS.get(text, text)
    for suffix in SUFFIXES:
        if text + suffix in full_names:
            return text + suffix
    return text


def rows(path: Path, left_out: Counter[str] | None = None) -> Iterator[Row]:
    """Rows with a prefecture and a day; the others are counted in `left_out` by reason."""
    left_out = Counter() if left_out is None else left_out
    with gzip.open(path, "rt", encoding="utf-8", newline="") as text:
        table = list(csv.reader(text, strict=True))[1:]
    spellings = Counter(cells[4].strip() for cells in table)
    full_names = frozenset(
        name for name, n in spellings.items() if n >= 3 and name[-1:] in (*SUFFIXES, "道")
    )
    for cells in table:
        place = cells[4].strip()
        if place in ABSENT:
            left_out["no prefecture"] += 1
            continue
        day = first_day(cells[13], cells[14])
        if day is None:
            left_out["no day"] += 1
            continue
        stated = [cell.strip() for cell in cells[5:7] if cell.strip() not in ABSENT]
        yield Row(
            base_name(cells[9]),
            prefecture(place, full_names),
            place,
            stated[0] if stated else None,
            day,
            cells[17].strip(),
            cells[15].strip(),
            cells[16].strip(),
        )


def two_figures_half_up(value: Decimal) -> Decimal:
    if not value:
        return value
    return value.quantize(Decimal((0, (1,), value.adjusted() - 1)), rounding=ROUND_HALF_UP)


def exceeds(total: str) -> bool:
    """Whether a published sum is a number above the limit at two figures half-up."""
    if not re.fullmatch(r"\d+(\.\d+)?", total):
        return False
    return two_figures_half_up(Decimal(total)) > LIMIT


def eligible(
    table: list[Row],
    window_days: int,
    *,
    none_is_a_point: bool = False,
    raw_prefecture: bool = False,
) -> dict[tuple[str, str], list[Span]]:
    """Spans in which each unit is eligible to impose; units without one are absent.

    A sample whose station is not stated may lie at any of the stated ones: it
    alone is one point, beside a stated one it is not a second point
    (`none_is_a_point` counts it as a point of its own, for comparison).
    """
    findings: dict[tuple[str, str], list[tuple[date, str | None]]] = {}
    for row in table:
        if exceeds(row.total):
            place = row.raw_prefecture if raw_prefecture else row.prefecture
            findings.setdefault((row.item, place), []).append((row.day, row.station))
    window = timedelta(days=window_days)
    answer: dict[tuple[str, str], list[Span]] = {}
    for unit in sorted(findings):
        seen = findings[unit]
        turning = sorted({day for day, _ in seen} | {day + window for day, _ in seen})
        spans: list[Span] = []
        start: date | None = None
        for at in turning:
            inside = [point for day, point in seen if at - window < day <= at]
            stated = {point for point in inside if point is not None}
            points = len(stated)
            if none_is_a_point:
                points += len(stated) < len(inside) and None in inside
            elif inside:
                points = max(points, 1)
            if points >= 2 and start is None:
                start = at
            elif points < 2 and start is not None:
                spans.append(Span(start, at))
                start = None
        if spans:
            answer[unit] = spans
    return answer


def main(path: Path) -> None:
    left_out: Counter[str] = Counter()
    table = list(rows(path, left_out))
    print(f"{len(table)} rows in, left out: {dict(left_out)}")
    print(f"{len({(row.item, row.prefecture) for row in table})} units")
    for days in (30, 60, 90):
        found = eligible(table, days)
        own = eligible(table, days, none_is_a_point=True)
        raw = eligible(table, days, raw_prefecture=True)
        spans = sum(map(len, found.values()))
        print(f"P{days}D: {len(found)} units eligible, {spans} spans", end="; ")
        print(f"none as own point: {len(own)} units, {_differing(found, own)} differ", end="; ")
        print(f"raw prefecture: {len(raw)} units, {_differing(found, raw)} differ")


def _differing(a: dict[tuple[str, str], list[Span]], b: dict[tuple[str, str], list[Span]]) -> int:
    return sum(a.get(unit) != b.get(unit) for unit in {*a, *b})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
