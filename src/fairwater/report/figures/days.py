"""The axis of days: which days are ticks, and what they are called."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from fairwater.report.words import Language


class Tick(NamedTuple):
    """A day on the axis and its name; `year`: it opens a year."""

    day: date
    name: str
    year: bool


def ticks(first: date, last: date, words: Language, most: int = 6) -> list[Tick]:
    """Ticks between two days: months, quarters, half years or years, at most about `most`."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    every = next((n for n in (1, 3, 6, 12, 24, 60, 120) if months / n <= most), 240)
    found = []
    for year in range(first.year, last.year + 1):
        for month in range(1, 13):
            day = date(year, month, 1)
            count = year * 12 + month - 1
            if count % every == 0 and first <= day <= last:
                whole = month == 1
                name = str(year) if whole else words.text(f"month.{month}")
                found.append(Tick(day, name, whole))
    return found


def share(day: date, first: date, last: date) -> float:
    """Where a day lies between two, 0 to 1; outside days at the nearer end."""
    span = max(1, (last - first).days)
    return min(1.0, max(0.0, (day - first).days / span))
