"""The dates of one row, read together: one may lend another its year or its end."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from fairwater.intake.calendars import eras_of
from fairwater.intake.cells import CleanCell, fault, flag
from fairwater.intake.dates import DateReader, DateReading, Unreadable, from_parts
from fairwater.intake.layout import Layout
from fairwater.intake.numbers import SPREADSHEET_ERROR
from fairwater.intake.pieces import Noticed, Piece
from fairwater.intake.profile import Profile
from fairwater.quantities.dates import CivilInterval, civil, to_text

DAYS = ("collected", "resulted", "published", "reference_date")


class DaysRead(NamedTuple):
    """The dates of a row as record texts; the cells as published where they differ."""

    collected: str | None
    collected_text: str | None
    resulted: str | None
    resulted_text: str | None
    published: str | None
    reference_date: str | None


class DaysReader:
    """Reads the dates of rows by the rules of one profile.

    `as_of` is the day of the import; sampling days after it are flagged.
    """

    def __init__(self, profile: Profile, layout: Layout, as_of: date | None) -> None:
        zone = ZoneInfo(profile.clock) if profile.clock is not None else None
        self._reader = DateReader(profile.dates, eras_of(profile.dates), zone)
        self._lenders = profile.dates.without_year
        self._publications: dict[str, date] = {}
        for name, known in (profile.publications or {}).items():
            last = civil(known.published, zone).last if zone is not None else None
            if last is not None:
                self._publications[name] = last
        self.lends = (
            frozenset(self._publications) if "publication" in self._lenders else frozenset()
        )
        """Publications that may lend a year; of others the dates do not depend."""
        self._headings = {entry.label: entry.heading for entry in layout.bound}
        self._as_of = as_of

    def read(self, cells: dict[str, CleanCell], publication: str) -> Piece[DaysRead]:
        """The dates of one row."""
        seen = Noticed(cells)
        readings: dict[str, DateReading | None] = {}
        for use in ("published", "resulted", "collected", "reference_date"):
            readings[use] = self._date(use, cells, publication, readings, seen)
        collected, resulted = readings["collected"], readings["resulted"]
        if (
            collected is not None
            and resulted is not None
            and not collected.assumed_year
            and not resulted.assumed_year
            and resulted.last < collected.first
        ):
            detail = f"{_said(resulted)} < {_said(collected)}"
            seen.flags.append(flag("result_before_sampling", self._heading("resulted"), detail))
        if collected is not None and self._as_of is not None and collected.first > self._as_of:
            detail = f"{collected.first} > {self._as_of}"
            seen.flags.append(flag("sampled_after_import", self._heading("collected"), detail))
        collected_day, resulted_day = _record(collected), _record(resulted)
        return seen.piece(
            DaysRead(
                collected_day,
                _kept(cells, "collected", collected_day),
                resulted_day,
                _kept(cells, "resulted", resulted_day),
                _record(readings["published"]),
                _record(readings["reference_date"]),
            )
        )

    def _date(
        self,
        use: str,
        cells: dict[str, CleanCell],
        publication: str,
        known: dict[str, DateReading | None],
        seen: Noticed,
    ) -> DateReading | None:
        heading = self._heading(use)
        text = cells[use].text if use in cells else ""
        parts = [cells.get(f"{use}:{part}") for part in ("year", "month", "day")]
        try:
            if any(part is not None and part.text for part in parts):
                texts = [part.text or None if part is not None else None for part in parts]
                text = "-".join(part or "0" for part in texts)
                reading = from_parts(*texts)
            elif not text:
                return None
            else:
                lent = self._lent(publication, known)
                reading = self._reader.read(text, year_before=lent)
                if reading.open:
                    reading = self._ended(reading, known.get("resulted"))
        except Unreadable as error:
            broken = SPREADSHEET_ERROR.fullmatch(text.strip())
            reason = "spreadsheet_error" if broken else error.reason
            seen.faults.append(fault(reason, heading, text, error.expected))
            return error.near
        except OverflowError:
            seen.faults.append(fault("impossible_day", heading, text, "a day of the calendar"))
            return None
        for name in reading.flags:
            seen.flags.append(flag(name, heading, text))
        return reading

    def _lent(self, publication: str, known: dict[str, DateReading | None]) -> date | None:
        for lender in self._lenders:
            if lender == "publication":
                if publication in self._publications:
                    return self._publications[publication]
            elif (reading := known.get(lender)) is not None and not reading.assumed_year:
                return reading.last
        return None

    def _ended(self, reading: DateReading, resulted: DateReading | None) -> DateReading:
        if resulted is None or resulted.last < reading.last:
            raise Unreadable("unreadable_date", "a range with its last day")
        return reading._replace(last=resulted.last)

    def _heading(self, use: str) -> str:
        return self._headings.get(use) or self._headings.get(f"{use}:day") or use


def _record(reading: DateReading | None) -> str | None:
    return to_text(CivilInterval(reading.first, reading.last)) if reading is not None else None


def _said(reading: DateReading) -> str:
    return _record(reading) or ""


def _kept(cells: dict[str, CleanCell], use: str, record: str | None) -> str | None:
    if use in cells:
        text = cells[use].text
    else:
        parts = [cells.get(f"{use}:{part}") for part in ("year", "month", "day")]
        text = "-".join(part.text for part in parts if part is not None and part.text)
    return text if text and text != record else None
