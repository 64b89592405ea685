"""The notations of result cells, as far as a profile states them.

    6.10             detected 6.10
    <6.1  6.1未満     censored below 6.1, of the kind of limit the profile states
    ND  不検出        not detected, no limit stated
    不検出(1.21)      censored below 1.21
    6.40(<1.12)      detected 6.40, limit 1.12
    8.92±1.68        detected 8.92, uncertainty 1.68, coverage as the profile states
    >100             over-range
    55〜68            interval
    約22             about
    -                not stated

A limit is above 0: `<0` says nothing that could be measured.

Only notations the profile states are understood. Anything else is not.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from fairwater.intake.numbers import Numbers, fold
from fairwater.intake.profile import Values
from fairwater.records import LimitKind, ResultKind

_OPENS, _CLOSES = r"[(\[〔【]", r"[)\]〕】]"


class Number(NamedTuple):
    """What the text of a result cell says."""

    kind: ResultKind
    value: str | None = None
    low: str | None = None
    high: str | None = None
    limit: str | None = None
    limit_kind: LimitKind | None = None
    uncertainty: str | None = None
    coverage: str | None = None
    not_detected: bool = False
    footnote: str | None = None


class Notations:
    """Reads the texts of result cells by the notations of one profile."""

    def __init__(self, values: Values, missing: tuple[str, ...]) -> None:
        self._values = values
        self.numbers = numbers = Numbers(values)
        self._missing = frozenset(folded(missing))
        words = values.not_detected.words if values.not_detected is not None else ()
        self.words = folded(words)
        below = values.below.marks if values.below is not None else ()
        self.below = folded(below)
        self.above = folded(values.above)
        n, any_below = numbers.pattern, _any(below) or "(?!)"
        after = values.below.after if values.below is not None else ()
        any_after = _any(after)
        marked = rf"(?:(?:{any_below})\s*(?P<v>{n})|(?P<w>{n})\s*(?:{any_after}))"
        self._of_below = re.compile(marked, re.ASCII)
        self._of_above = re.compile(rf"(?:{_any(values.above)})\s*(?P<v>{n})", re.ASCII)
        self._of_about = re.compile(
            rf"(?:{_any(values.about)})\s*(?P<v>{n})(?:\s*(?:{_any(values.range)})\s*(?P<h>{n}))?",
            re.ASCII,
        )
        self._of_range = re.compile(
            rf"(?P<l>{n})\s*(?:{_any(values.range)})\s*(?P<h>{n})", re.ASCII
        )
        marks = values.plus_minus.marks if values.plus_minus is not None else ()
        self._of_plus_minus = re.compile(
            rf"(?P<v>-?{n})\s*(?:{_any(marks)})\s*(?P<u>{n})", re.ASCII
        )
        self._of_word = re.compile(
            rf"(?:{_any(words)})\s*"
            rf"(?:{_OPENS}\s*(?:(?:{any_below})?\s*(?P<v>{n})|(?P<w>{n})\s*(?:{any_after}))\s*{_CLOSES})?",
            re.ASCII | re.IGNORECASE,
        )
        self._of_limit = re.compile(
            rf"(?P<number>-?{n})\s*{_OPENS}\s*{marked}\s*{_CLOSES}", re.ASCII
        )
        self._footnote = re.compile(rf"(?P<rest>.*\d)\s*(?P<note>(?:{_any(values.footnotes)})\d+)")

    def read(self, text: str) -> Number | None:
        """What a folded text says, or None if no stated notation explains it."""
        values = self._values
        if text in self._missing:
            return Number("not_stated")
        if (value := self.numbers.read(text)) is not None:
            return Number("detected", value)
        if match := self._of_below.fullmatch(text):
            kind = values.below.limit_kind if values.below is not None else None
            value = self._limit_of(match)
            return Number("censored", value, limit_kind=kind) if value is not None else None
        if self.words and (match := self._of_word.fullmatch(text)):
            kind = values.not_detected.limit_kind if values.not_detected is not None else None
            if match["v"] is None and match["w"] is None:
                return Number("not_stated", not_detected=True, limit_kind=kind)
            value = self._limit_of(match)
            if value is None:
                return None
            return Number("censored", value, limit_kind=kind, not_detected=True)
        if values.above and (match := self._of_above.fullmatch(text)):
            return Number("over_range", self.numbers.read(match["v"]))
        if values.about and (match := self._of_about.fullmatch(text)):
            value = self.numbers.read(match["v"])
            if match["h"] is None:
                return Number("about", value)
            return _ordered(Number("about", low=value, high=self.numbers.read(match["h"])))
        if values.range and (match := self._of_range.fullmatch(text)):
            low, high = self.numbers.read(match["l"]), self.numbers.read(match["h"])
            return _ordered(Number("interval", low=low, high=high))
        if values.plus_minus is not None and (match := self._of_plus_minus.fullmatch(text)):
            return Number(
                "detected",
                self.numbers.read(match["v"]),
                uncertainty=self.numbers.read(match["u"]),
                coverage=values.plus_minus.coverage_factor,
            )
        if values.limit_in_brackets is not None and (match := self._of_limit.fullmatch(text)):
            limit = self._limit_of(match)
            if limit is None:
                return None
            value = self.numbers.read(match["number"])
            return Number("detected", value, limit=limit, limit_kind=values.limit_in_brackets)
        if values.footnotes and (match := self._footnote.fullmatch(text)):
            inner = self.read(match["rest"])
            return inner._replace(footnote=match["note"]) if inner is not None else None
        return None

    def limit(self, text: str) -> str | None:
        """Number above 0 of a folded text that is a limit: `1.2` or `<1.2`; None if it is none."""
        match = self._of_below.fullmatch(text)
        return self._limit_of(match) if match else _above_zero(self.numbers.read(text))

    def _limit_of(self, match: re.Match[str]) -> str | None:
        return _above_zero(self.numbers.read(match["v"] or match["w"]))

    def expected(self) -> str:
        """The notations in words."""
        values = self._values
        forms = ["a number such as 12.4"]
        if self.below:
            forms.append(f"`{self.below[0]}` and a limit above 0")
        if self.words:
            forms.append(f"`{self.words[0]}`")
        if values.plus_minus is not None:
            forms.append("`8.9±1.7`")
        return ", or ".join(forms)


def _above_zero(number: str | None) -> str | None:
    return number if number is not None and Decimal(number) > 0 else None


def _ordered(number: Number) -> Number | None:
    low, high = number.low, number.high
    return (
        number if low is not None and high is not None and Decimal(low) <= Decimal(high) else None
    )


def folded(marks: tuple[str, ...]) -> tuple[str, ...]:
    """Marks folded, each once."""
    return tuple(dict.fromkeys(fold(mark) for mark in marks))


def _any(marks: tuple[str, ...]) -> str:
    longest_first = sorted(folded(marks), key=len, reverse=True)
    return "|".join(re.escape(mark) for mark in longest_first) or "(?!)"
