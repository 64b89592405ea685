"""One row of cells to one test report, or to a quarantined row with every fault it has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fairwater.intake.cells import CellCleaner, fault, flag
from fairwater.intake.days import DAYS, DaysReader
from fairwater.intake.layout import Bound, Layout
from fairwater.intake.numbers import fold
from fairwater.intake.outcome import RowOutcome
from fairwater.intake.pieces import REMEMBERED, Group
from fairwater.intake.profile import Profile
from fairwater.intake.results import ResultsReader, with_reference_date
from fairwater.intake.rows import Malformed
from fairwater.intake.sample import GOODS, NAMES, PLACE, TEST, SampleReader
from fairwater.records import (
    Fault,
    Flag,
    Position,
    QuarantinedRow,
    RecordTooLarge,
    Sample,
    TestReport,
    encode,
)

Noticed = tuple[Sequence[int], tuple[Flag, ...], tuple[Fault, ...]]
"""Positions of cells whose text must not be read, flags and faults of the cells as stored."""
NOTHING_NOTICED: Noticed = ((), (), ())


class RowReader:
    """Reads the rows of one table. Rows are read alone, but for ditto marks."""

    def __init__(
        self,
        profile: Profile,
        layout: Layout,
        *,
        document: str,
        publication: str | None,
        as_of: date | None = None,
        sheet: str | None = None,
    ) -> None:
        self._sheet = sheet
        self._profile = profile
        self._headings = layout.headings
        self._width = len(layout.headings)
        self._nameless = [n for n, heading in enumerate(layout.headings) if not heading]
        read = {entry.position for entry in layout.bound}
        self._unread = [
            (n, heading) for n, heading in enumerate(layout.headings) if heading and n not in read
        ]
        self._document = document
        self._publication = publication
        sample = SampleReader(profile, layout)
        days = DaysReader(profile, layout, as_of)

        def of(uses: Sequence[str]) -> list[Bound]:
            return [entry for entry in layout.bound if entry.column.use in uses]

        self._place = Group(of(PLACE), profile, sample.place)
        self._goods = Group(of(GOODS), profile, sample.goods)
        self._test = Group(of(TEST), profile, sample.test)
        self._names = Group(of(NAMES), profile, sample.names)
        self._days = Group(of(DAYS), profile, days.read)
        self._lends = days.lends
        self._results = ResultsReader(profile, layout)
        self._entry = _cleaner(layout, profile, "entry")
        self._issues: dict[str, str] = {}
        self._issue = _cleaner(layout, profile, "publication")
        marks = {fold(mark) for mark in profile.ditto}
        self._ditto = [(e.position, e.heading) for e in layout.bound if e.column.ditto]
        self._ditto_marks = marks
        self._above: list[str | None] = [None] * self._width
        self._required = [
            (e.position, e.heading, CellCleaner(e.column, e.heading, profile))
            for e in layout.bound
            if e.column.required
        ]

    def read(
        self, row: int, cells: list[str] | Malformed, noticed: Noticed = NOTHING_NOTICED
    ) -> RowOutcome:
        """What became of one row; `noticed` is what its stored cells showed beyond their texts."""
        if isinstance(cells, Malformed):
            self._above = [None] * self._width
            reason = "cell_too_long" if "field limit" in cells.why else "malformed_quoting"
            why = fault(reason, None, cells.line, f"a row of the stated dialect ({cells.why})")
            return self._quarantined(row, None, None, [cells.line], (), (why,))
        if len(cells) != self._width:
            self._above = [None] * self._width
            expected = f"{self._width} cells, one for each heading"
            why = fault("ragged_row", None, f"{len(cells)} cells", expected)
            faults = (why, *noticed[2])
            issue = self._issue_of(cells)
            return self._quarantined(row, issue, None, cells, noticed[1], faults)
        return self._regular(row, cells, noticed)

    def _regular(self, row: int, raw: list[str], noticed: Noticed) -> RowOutcome:
        blocked, stored_flags, faults = noticed
        cells = raw
        if blocked:
            cells = list(raw)
            for n in blocked:
                cells[n] = ""
        if self._ditto:
            cells, dittos = self._undittoed(cells)
            faults += dittos
        faults += self._absent(cells, blocked)
        if self._nameless:
            faults += tuple(
                fault("ragged_row", None, raw[n], "nothing in a column without a heading")
                for n in self._nameless
                if raw[n].strip()
            )
        if self._unread:
            stored_flags += tuple(
                flag("cell_not_read", heading, raw[n].strip())
                for n, heading in self._unread
                if raw[n].strip()
            )
        publication = self._issue_of(cells)
        entry = None
        if self._entry is not None:
            entry = cells[self._entry[0]].strip() or None
            if entry is not None and len(entry) > 100:
                clean = self._entry[1].clean(entry)
                entry, faults = clean.text[:4000] or None, faults + clean.faults
        place = self._place.read(cells)
        goods = self._goods.read(cells)
        test = self._test.read(cells)
        names = self._names.read(cells)
        lent = publication if publication in self._lends else None
        days = self._days.read(cells, lent or "")
        results = self._results.read(cells, goods.content.category)
        flags: tuple[Flag, ...] = stored_flags + results.flags
        faults += results.faults
        for piece in (days, test, names, place, goods):
            if piece.flags:
                flags = piece.flags + flags
            if piece.faults:
                faults = piece.faults + faults
        if not any(cell.strip() for cell in raw) and (faults or place.content is None):
            blank = (fault("blank_row", None, None, "a row that says something"),)
            return self._quarantined(row, publication, entry, raw, (), blank)
        if faults:
            return self._quarantined(row, publication, entry, raw, flags, faults)
        what, who, day = goods.content, test.content, days.content
        values = results.results
        if day.reference_date is not None:
            values = with_reference_date(values, day.reference_date)
        record = TestReport(
            sample=Sample(
                sample=names.content.sample,
                item=what.item,
                item_note=what.item_note,
                category_text=what.category_text,
                product=what.product,
                place=place.content,
                collected=day.collected,
                collected_text=day.collected_text,
                market_stage=what.market_stage,
                drawn_by=names.content.drawn_by,
                consignment=names.content.consignment,
            ),
            results=values,
            laboratory=who.laboratory,
            laboratory_text=who.laboratory_text,
            technique=who.technique,
            method_text=who.method_text,
            reporter=who.reporter,
            responsible=who.responsible,
            resulted=day.resulted,
            resulted_text=day.resulted_text,
            published=day.published,
            source=Position(self._document, row, self._sheet, publication, entry),
            flags=flags,
        )
        try:
            data = encode(record)
        except RecordTooLarge as error:
            too_large = (fault("row_too_large", None, None, str(error)),)
            return self._quarantined(row, publication, entry, raw, flags, too_large)
        return RowOutcome(row, record, data, _names(flags), ())

    def _absent(self, cells: list[str], blocked: Sequence[int]) -> tuple[Fault, ...]:
        """Cells that must be stated and are not."""
        return tuple(
            fault("required_cell_empty", heading, cells[n] or None, "a text; this cell is required")
            for n, heading, cleaner in self._required
            if n not in blocked and not cleaner.states(cells[n])
        )

    def _undittoed(self, raw: list[str]) -> tuple[list[str], tuple[Fault, ...]]:
        """The cells with ditto marks replaced by the cell above."""
        cells = list(raw)
        faults: tuple[Fault, ...] = ()
        for n, heading in self._ditto:
            if fold(cells[n]) in self._ditto_marks:
                above = self._above[n]
                if not above or not above.strip():
                    expected = "a text, or a readable cell above to repeat"
                    faults += (fault("ditto_without_row_above", heading, cells[n], expected),)
                    cells[n] = ""
                    self._above[n] = None
                    continue
                cells[n] = above
            self._above[n] = cells[n]
        return cells, faults

    def _issue_of(self, cells: list[str]) -> str | None:
        if self._issue is None:
            return self._publication
        index, cleaner = self._issue
        text = cells[index] if index < len(cells) else ""
        name = self._issues.get(text)
        if name is None:
            name = cleaner.clean(text).text
            if len(self._issues) >= REMEMBERED:
                self._issues.clear()
            self._issues[text] = name
        return name or None

    def _quarantined(
        self,
        row: int,
        publication: str | None,
        entry: str | None,
        cells: list[str],
        flags: tuple[Flag, ...],
        faults: tuple[Fault, ...],
    ) -> RowOutcome:
        position = Position(self._document, row, self._sheet, publication, entry)
        record = QuarantinedRow(
            source=position,
            cells=tuple(cells),
            faults=tuple(dict.fromkeys(faults)),
            profile=self._profile.profile,
            flags=flags,
            headings=self._headings,
        )
        try:
            data = encode(record)
        except RecordTooLarge as error:
            # The document keeps the row; the record says where it stands and why.
            faults = (fault("row_too_large", None, None, str(error)), *(f for f in faults[:1]))
            faults = tuple(
                Fault(f.reason, f.expected, f.remedy, f.column, (f.text or "")[:200] or None)
                for f in faults
            )
            headings = self._headings if sum(map(len, self._headings)) < 8_000 else ()
            record = QuarantinedRow(position, (), faults, self._profile.profile, headings=headings)
            data = encode(record)
        reasons = tuple(sorted({fault.reason for fault in record.faults}))
        return RowOutcome(row, record, data, _names(record.flags), reasons)


def _names(flags: tuple[Flag, ...]) -> tuple[str, ...]:
    if len(flags) < 2:
        return (flags[0].flag,) if flags else ()
    return tuple(sorted({flag.flag for flag in flags}))


def _cleaner(layout: Layout, profile: Profile, use: str) -> tuple[int, CellCleaner] | None:
    for entry in layout.bound:
        if entry.column.use == use:
            return entry.position, CellCleaner(entry.column, entry.heading, profile)
    return None
