"""What every section of the document stands on: the briefing, its language, its look.

`Ground` answers what things are called: a unit, a measure, a state, a role, a period.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property

from fairwater.agreement.terms import Words
from fairwater.node.briefing.content import (
    Briefing,
    ClauseText,
    Lack,
    LimitLine,
    Mark,
    MeasureText,
    Named,
    Side,
    Stand,
    Standing,
    Truth,
    UnitRow,
)
from fairwater.report.document import Column, LanguageCode, Phrase, Row, Span, Table
from fairwater.report.figures.look import Look
from fairwater.report.words import Language, language

BUSY: frozenset[Standing] = frozenset({"relaxable", "unsettled", "held", "tightenable"})
_RECORD = re.compile(r"[0-9a-f]{64}")
_WEEK = re.compile(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d")
_PERIOD = re.compile(r"P(\d+)([DWMY])")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")


class Ground:
    """A briefing being told in one language."""

    def __init__(self, briefing: Briefing, code: LanguageCode, look: Look) -> None:
        self.briefing = briefing
        self.words: Language = language(code)
        self.look = look
        self.standings: dict[tuple[object, ...], Phrase] = {}
        """How units stand, in words, as far as made."""

    @cached_property
    def lead(self) -> Side:
        """The side the first screen speaks of: the first that has units, else the first."""
        for side in self.briefing.sides:
            if side.tallies.get(side.leading):
                return side
        return self.briefing.sides[0]

    @cached_property
    def sides(self) -> dict[str, Side]:
        """Sides by letter."""
        return {side.letter: side for side in self.briefing.sides}

    @cached_property
    def files(self) -> dict[str, str]:
        """Names of the files read, by SHA-256."""
        return {read.sha256: read.document for read in self.briefing.reads}

    @cached_property
    def rows(self) -> dict[int, UnitRow]:
        """Units by number."""
        return {row.number: row for row in self.briefing.units}

    def stand(self, row: UnitRow, letter: str, measure: str) -> Stand | None:
        """How a unit stands under a measure of a side."""
        return self._stands.get((row.number, letter, measure))

    @cached_property
    def _stands(self) -> dict[tuple[int, str, str], Stand]:
        return {
            (row.number, stand.letter, stand.measure): stand
            for row in self.briefing.units
            for stand in row.stands
        }

    @cached_property
    def _measures(self) -> dict[tuple[str, str], MeasureText]:
        return {
            (s.letter, measure.id): measure for s in self.briefing.sides for measure in s.measures
        }

    def leading(self, row: UnitRow) -> Stand | None:
        """How a unit stands under the measure the first screen speaks of."""
        return self.stand(row, self.lead.letter, self.lead.leading)

    def measure(self, letter: str, name: str) -> MeasureText | None:
        """A measure of a side."""
        return self._measures.get((letter, name))

    def measure_name(self, letter: str, name: str) -> Phrase:
        """What a measure is called."""
        found = self.measure(letter, name)
        return self.words.title(Words() if found is None else found.text, name)

    def state_name(self, letter: str, measure: str, state: str) -> Phrase:
        """What a state is called."""
        found = self.measure(letter, measure)
        for one in () if found is None else found.states:
            if one.id == state:
                return self.words.title(one.text, state)
        return self.words.evidence(state)

    def clause(self, letter: str, name: str | None) -> ClauseText | None:
        """A clause of a side."""
        return next((c for c in self.sides[letter].clauses if c.id == name), None)

    def clause_name(self, letter: str, name: str | None) -> Phrase:
        """The id of a clause with its agreement's letter."""
        return Phrase() if name is None else self.words.code_text(f"{letter}.{name}")

    def role_name(self, letter: str, name: str | None) -> Phrase:
        """What a role is called."""
        if name is None:
            return Phrase()
        found = next((r for r in self.sides[letter].roles if r.id == name), None)
        return self.words.title(Words() if found is None else found.text, name)

    def unit_name(
        self, number: int | None, label: Sequence[Named] = (), *, strong: bool = False
    ) -> Phrase:
        """What a unit is called: species, zone."""
        row = None if number is None else self.rows.get(number)
        parts = label or (() if row is None else (row.species, row.zone))
        if not parts:
            return self.words.say("form.none")
        return self.words.names(parts, strong=strong)

    def standing(self, standing: Standing, *, key: str = "short") -> Phrase:
        """A mark and its words."""
        mark = Phrase((Span(symbol=standing),))
        return mark + self.words.say(f"{key}.{standing}")

    def truth(self, verdict: Truth) -> Phrase:
        """A verdict: its mark and its word."""
        return Phrase(
            (Span(symbol=verdict), Span(self.words.text(f"verdict.{verdict}"), strong=True))
        )

    def period(self, text: str) -> Phrase:
        """A period in words, P90D as 90 days; a bare number as it stands."""
        found = _PERIOD.fullmatch(text)
        if found is not None:
            return self.words.say(f"period.{found[2]}", n=int(found[1]))
        return self.words.figure(text) if _NUMBER.fullmatch(text) else self.words.code_text(text)

    def decisions(self, text: str) -> Phrase:
        """How decisions are taken, in words."""
        name, _, lag = text.partition(":")
        key = f"decisions.{name}_after" if lag else f"decisions.{name}"
        if not self.words.has(key):
            return self.words.code_text(text)
        return self.words.say(key, period=self.period(lag))

    def iso(self, day: date | None) -> Phrase:
        """A day in a table."""
        return Phrase() if day is None else self.words.figure(day.isoformat())

    def nuclides(self, names: Iterable[str]) -> Phrase:
        """Nuclides: Cs-134 + Cs-137."""
        return self.words.figure(" + ".join(names))

    def limit(self, limit: LimitLine) -> Phrase:
        """A limit as value and unit."""
        return self.words.figure(f"{limit.value} {limit.unit}" if limit.value else "-")

    def marked(self, mark: Mark | None) -> Phrase:
        """A confidence mark after a text, or nothing."""
        said = self.words.mark(mark)
        return Phrase((Span(" "), *said.spans)) if said else said

    def lack(self, lack: Lack) -> Phrase:
        """What is missing, in words, without who owes it."""
        words = self.words
        key = f"lack.{lack.kind}"
        if lack.kind == "shortfall" and lack.what and lack.n is not None:
            said = words.say(f"{key}_{lack.what}", n=lack.n)
        elif lack.kind == "shortfall" and lack.what and lack.of:
            said = words.say(f"{key}_{lack.what}_of", of=self.source_of(lack.of))
        elif words.has(key):
            said = words.say(key)
        else:
            said = words.evidence(lack.kind)
        if lack.of and not (lack.kind == "shortfall" and lack.what and lack.n is None):
            said = words.say("lack.of", what=said, of=self.source_of(lack.of))
        if lack.due is not None:
            key, day = "lack.overdue" if lack.overdue_days else "lack.due", self.iso(lack.due)
            said = words.say(key, what=said, day=day, n=lack.overdue_days)
        return said

    def source_of(self, text: str) -> Phrase:
        """What a missing thing belongs to: a place, a week, or a record by its id's beginning."""
        if _RECORD.fullmatch(text):
            short = self.words.code_text(text[:12])
            return self.words.say("lack.record", id=short)
        if _CODE.fullmatch(text):
            return self.words.code_text(text)
        return self.words.evidence(text.replace("/", " – ") if _WEEK.fullmatch(text) else text)

    def owed(self, lack: Lack) -> Phrase:
        """Who owes it."""
        role = self.role_name(lack.letter, lack.role)
        if not role:
            return Phrase()
        if lack.party is None:
            return self.words.say("first.owed_role", role=role)
        return self.words.say("first.owed_party", role=role, party=self.words.name(lack.party))

    def joined(self, sentences: Sequence[Phrase]) -> Phrase:
        """Sentences one after the other."""
        return self.words.listed([s for s in sentences if s], key="form.sentence")

    def lines(self, items: Sequence[Phrase]) -> Phrase:
        """Items, each on a line of its own."""
        spans: list[Span] = []
        for number, item in enumerate(items):
            spans += [Span("\n")] * (number > 0) + list(item.spans)
        return Phrase(tuple(spans))

    def listed(self, items: Sequence[Phrase], most: int) -> Phrase:
        """Items with semicolons between, the first `most` and how many more."""
        shown = list(items[:most])
        if len(items) > most:
            shown.append(self.words.say("form.and_more", n=len(items) - most))
        return self.words.listed(shown, key="form.semicolon")

    def table(
        self,
        name: str,
        heads: Sequence[str],
        rows: Iterable[Sequence[Phrase]],
        *,
        caption: Phrase,
        numeric: frozenset[str] = frozenset(),
        blocks: bool = True,
    ) -> Table:
        """A table whose headings are sentences `head.NAME`; of them, `numeric` hold numbers."""
        return Table(
            id=name,
            caption=caption,
            columns=tuple(
                Column(head=self.words.say(f"head.{head}"), numeric=head in numeric)
                for head in heads
            ),
            rows=tuple(Row(cells=tuple(cells)) for cells in rows),
            blocks=blocks,
        )
