"""Results that are known and not given: remarks beside a value, and the day it is promised for.

A remark that the profile names makes the result *withheld* or *contested*; any other is kept
with a flag, and nothing is concluded from it.

    W9  Sr-90  (empty)  Bq/L  withheld until rechecked  2031-06-01
"""

from __future__ import annotations

import fnmatch
from typing import NamedTuple

from fairwater.intake.calendars import eras_of
from fairwater.intake.cells import fault, flag
from fairwater.intake.dates import DateReader, Unreadable
from fairwater.intake.notations import Number, folded
from fairwater.intake.numbers import fold
from fairwater.intake.profile import Column, Profile
from fairwater.records import Fault, Flag, Standing


class StandingRead(NamedTuple):
    """What the cells beside a value say of its standing."""

    standing: Standing | None = None
    promised: str | None = None
    flags: tuple[Flag, ...] = ()
    faults: tuple[Fault, ...] = ()


class Standings:
    """Reads the remarks of one value column."""

    def __init__(self, profile: Profile, column: Column) -> None:
        self._words = {
            fold(word).casefold(): standing for word, standing in (profile.standings or {}).items()
        }
        self._missing = frozenset(folded(profile.missing)) | {""}
        self._column = column
        self._dates = DateReader(profile.dates, eras_of(profile.dates))

    def knows(self, text: str | None) -> bool:
        """Whether a text says that a result is withheld or contested."""
        return self._meaning(text) is not None

    def _meaning(self, text: str | None) -> Standing | None:
        folded_text = fold(text or "").casefold()
        return next(
            (s for w, s in self._words.items() if fnmatch.fnmatchcase(folded_text, w)), None
        )

    def read(
        self,
        remark: str | None,
        promised: str | None,
        number: Number,
        heading: str,
        where: str | None,
    ) -> StandingRead:
        """Standing of a result, from the remark (in column `where`) and the promised day."""
        if (remark is None or fold(remark) in self._missing) and (
            promised is None or fold(promised) in self._missing
        ):
            return StandingRead()
        text = fold(remark or "")
        standing = self._meaning(remark)
        day, faults = self._day(promised)
        if standing is None:
            flags = (flag("remark", heading, remark),) if text else ()
            if day is not None:
                expected = "a remark that says that the result is withheld"
                where = self._column.promised_column
                faults += (fault("contradictory_cells", where, promised, expected),)
            return StandingRead(None, None, flags, faults)
        if standing == "withheld" and (number.kind != "not_stated" or number.not_detected):
            expected = "no value beside a result that is withheld"
            return StandingRead(
                None, None, (), (*faults, fault("contradictory_cells", where, remark, expected))
            )
        said = [flag("withheld" if standing == "withheld" else "remark", heading, remark)]
        if standing == "withheld" and day is None and not faults:
            said.append(flag("promise_not_stated", heading, None))
        return StandingRead(standing, day, tuple(said), faults)

    def _day(self, promised: str | None) -> tuple[str | None, tuple[Fault, ...]]:
        if promised is None or fold(promised) in self._missing:
            return None, ()
        where = self._column.promised_column
        try:
            reading = self._dates.read(promised)
        except Unreadable as error:
            return None, (fault(error.reason, where, promised, error.expected),)
        if reading.first != reading.last:
            return None, (fault("unreadable_date", where, promised, "one day"),)
        return reading.last.isoformat(), ()
