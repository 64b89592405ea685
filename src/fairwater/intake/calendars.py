"""Calendars that count years from an era, read from `data/calendars.yaml` or from a profile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import yaml

from fairwater.intake.profile import Dates, Era


class EraYears(NamedTuple):
    """An era: the marks written before its years, its first day, its last or None."""

    marks: tuple[str, ...]
    first: date
    last: date | None

    def year(self, number: int) -> int:
        """Gregorian year of a year of the era; the first year is 1."""
        return self.first.year + number - 1

    def beyond(self, first: date, last: date) -> str | None:
        """Why these days are in no year of the era, or None."""
        if first < self.first or last < self.first:
            return f"a day of the era {self.marks[0]}, which began on {self.first}"
        if self.last is not None and last.year > self.last.year:
            return f"a year of the era {self.marks[0]}, which ended on {self.last}"
        return None


def eras_of(dates: Dates) -> tuple[EraYears, ...]:
    """Eras a profile uses: its own, and those of the calendar it names."""
    named = calendars().get(dates.calendar, ()) if dates.calendar is not None else ()
    return (*_eras(dates.eras), *named)


@lru_cache(maxsize=1)
def calendars() -> dict[str, tuple[EraYears, ...]]:
    """Shipped calendars by name."""
    text = (resources.files("fairwater.intake") / "data" / "calendars.yaml").read_text("utf-8")
    content = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  BaseLoader makes texts only
    return {
        name: _eras(tuple(Era(tuple(e["marks"]), e["first"], e.get("last")) for e in entry["eras"]))
        for name, entry in content["calendars"].items()
    }


def _eras(eras: Sequence[Era]) -> tuple[EraYears, ...]:
    return tuple(
        EraYears(
            era.marks,
            date.fromisoformat(era.first),
            date.fromisoformat(era.last) if era.last is not None else None,
        )
        for era in eras
    )
