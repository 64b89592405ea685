"""Evidence of an agreement from the archive, as columns: all of it in one pass.

    loaded = load(archive, agreement, journal=node.journal, knowledge="sampled")
    evaluate_all(agreement, loaded.columns, as_of=day)

The archive gives the columns; the journal gives back, for the few rows that
have to be decided exactly, the record as it was accepted. Which rows count is
the agreement's scope: those it filters out, that lack what it requires, or
that may say again what is held (`possible_restatement`) are left out and
counted by reason, each row under the first that applies.

Known is the day that `knowledge` names, by `agreement.knowledge`: where that
date is not stated, the next later one, at last the day of the journal.
Statements of another kind are read in `standing`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from msgspec.structs import replace

from fairwater.agreement.bulk.columns import (
    ABSENT,
    Columns,
    Days,
    Stated,
    arrange,
)
from fairwater.agreement.bulk.joining import joined
from fairwater.agreement.bulk.steps import ALWAYS, NEVER, Bools, Ints
from fairwater.agreement.evidence import Evidence, SampleEvidence
from fairwater.agreement.knowledge import Knowledge
from fairwater.agreement.model import Agreement, DateKind
from fairwater.agreement.outcome import CONTRADICTED
from fairwater.node import scope_sql
from fairwater.node.as_evidence import Reading, late_result, sample_evidence
from fairwater.node.meanings import Meant, last_instant
from fairwater.node.readings import placed, stated_columns
from fairwater.node.report_arrays import bools, dates, ranked
from fairwater.node.standing import standing_evidence
from fairwater.records import Result, Sample, TestReport, decode_trusted

if TYPE_CHECKING:
    import pyarrow as pa

    from fairwater.archive import Archive
    from fairwater.ledger.journal import Journal

LeftOut = dict[str, int]
"""Rows that are no evidence under the scope, by reason."""


class Loaded(NamedTuple):
    """Columns, and what was left out of them."""

    columns: Columns
    left_out: LeftOut


def load(
    archive: Archive,
    agreement: Agreement,
    *,
    journal: Journal,
    knowledge: Knowledge = "journal",
    through: int | None = None,
    known_at: date | None = None,
) -> Loaded:
    """Everything on record that the agreement's scope makes evidence.

    Parameters
    ----------
    archive : Archive
        Projected from `journal`.
    agreement : Agreement
        Its scope says what a unit, a point and a day are, and which rows count.
    journal : Journal
        Where the records stand.
    knowledge : {"journal", "published", "resulted", "sampled"}
        Which date stands for the day a row became known.
    through : int, optional
        Only the first so many entries of the journal.
    known_at : date, optional
        Last day whose statements on names tell what rows name; all of them without.

    Returns
    -------
    Loaded
        Equal for equal records, whatever the archive's files are.
    """
    limit = 2**62 if through is None else through
    bulk = _Bulk(archive, agreement, journal, knowledge, limit, known_at)
    columns = bulk.columns()
    extra = bulk.extra()
    if extra:
        own = tuple(d.id for d in agreement.scope.unit)
        more = Columns.of(Evidence(samples=tuple(extra)), own)
        # None of them is its sample's only record with a result, now or later.
        more = dataclasses.replace(more, alone=np.zeros(len(more), np.bool_))
        columns = joined(columns, more)
    return Loaded(columns, bulk.left_out)


class _Bulk:
    """One loading: reports by columns, what else there is by records."""

    def __init__(
        self,
        archive: Archive,
        agreement: Agreement,
        journal: Journal,
        knowledge: Knowledge,
        through: int,
        known_at: date | None,
    ) -> None:
        self.archive, self.journal, self.through = archive, journal, through
        self.agreement, self.scope = agreement, agreement.scope
        self.zone = ZoneInfo(agreement.time_zone)
        files = archive.query("SELECT sha256, name FROM documents ORDER BY journal_index")
        self.reading = Reading.of(
            agreement, knowledge, {r["sha256"]: r["name"] for r in files.to_pylist()}
        )
        self.meant = Meant.of(archive, through, last_instant(known_at, self.zone))
        rows = self._asked(scope_sql.left_out(self.scope)).to_pylist()
        self.left_out = {row["reason"]: row["n"] for row in rows if row["reason"] is not None}
        self.distrusted = sorted(CONTRADICTED | set(agreement.indeterminate_flags))
        screenings = [limit.screening for limit in agreement.limits if limit.screening]
        self.techniques = sorted({screening.technique for screening in screenings})
        self.kept: dict[int, SampleEvidence] = {}
        self.reports = self._asked(scope_sql.reports(self.scope, self.distrusted, self.techniques))
        self.entries: Ints = self.reports["journal_index"].to_numpy()
        self.dates = {name: dates(self.reports, name, self.zone) for name in scope_sql.DATES}
        self.others, self.waiting = standing_evidence(archive, self.reading, through)
        self.late: list[tuple[int, int]] = []

    def _asked(self, sql: str) -> pa.Table:
        """Answer of a query of the reports, with the names known at the time asked about."""
        return self.archive.query(self.meant.sql(sql), {"through": self.through})

    def columns(self) -> Columns:
        """The reports as columns."""
        table, size = self.reports, len(self.entries)
        dimensions = tuple(d.id for d in self.scope.unit)
        units, unit = ranked([table[f"unit_{i}"] for i in range(len(dimensions))], size)
        points, point = ranked([table["point"]], size)
        known = self._known()
        if self.scope.day == "first_day":
            first = self.dates["collected"][0]
            sampled = (first, np.where(first == ALWAYS, NEVER, first))
        else:
            sampled = self.dates["collected"]
        nuclides = {n for limit in self.agreement.limits for n in limit.nuclides}
        stated, strays = stated_columns(self.archive, nuclides, self.entries, self.through)
        alone = self._alone(stated, strays)
        self.gone = self._gone(known)
        return arrange(
            dimensions=dimensions,
            units=units,
            unit=unit,
            days=self._days(sampled, known),
            known=known,
            gone=self.gone,
            point=point,
            points=tuple(name[0] for name in points),
            alone=alone,
            attended=bools(table["attended"]),
            flags={flag: bools(table[f"flag_{i}"]) for i, flag in enumerate(self.distrusted)},
            techniques={
                name: bools(table[f"technique_{i}"]) for i, name in enumerate(self.techniques)
            },
            stated=stated,
            samples=self._samples,
            others=self.others,
        )

    def extra(self) -> list[SampleEvidence]:
        """Registered samples, pending until their result is known, and results added later."""
        found = list(self.waiting)
        for entry, report in self.late:
            record = decode_trusted(self.journal.entry(entry))
            if isinstance(record, Result):
                whole = self._sample(report)
                added = late_result(
                    record, whole, self.journal.id(entry), self._accepted(entry), self.reading
                )
                found.append(added)
        return found

    # Columns

    def _known(self) -> Ints:
        accepted = self.reports["known_at"].combine_chunks().dictionary_encode()
        days = np.array(
            [self._civil(t.replace(tzinfo=UTC)) for t in accepted.dictionary.to_pylist()], np.int64
        )
        known: Ints = days[accepted.indices.to_numpy()] if len(days) else np.zeros(0, np.int64)
        later = {
            "journal": (),
            "published": ("published",),
            "resulted": ("resulted", "published"),
            "sampled": ("sampled", "resulted", "published"),
        }[self.reading.knowledge]
        for name in reversed(later):
            if name == "sampled":
                first, last = self.dates["collected"]
                stated = last if self.scope.day == "set" else np.where(first > ALWAYS, first, NEVER)
            else:
                stated = self.dates[name][1]
            known = np.where(stated < NEVER, stated, known)
        if self.reading.knowledge == "journal":  # told history reads names as they are read now
            for entry, told in self.meant.rows.items():
                at = int(np.searchsorted(self.entries, entry))
                if at < len(self.entries) and self.entries[at] == entry:
                    known[at] = max(known[at], self._civil(told.at))
        return known

    def _days(self, sampled: Days, known: Ints) -> dict[DateKind, Days]:
        """Days by kind; what is not stated is bounded as `agreement.scope.days_of` does."""
        resulted, published = self.dates["resulted"], self.dates["published"]
        drawn = np.where(
            sampled[1] < NEVER, sampled[1], np.where(resulted[1] < NEVER, resulted[1], known)
        )
        by = np.where(sampled[1] < NEVER, sampled[1], known)
        no_result = (resulted[0] == ALWAYS) & (resulted[1] == NEVER)
        no_issue = (published[0] == ALWAYS) & (published[1] == NEVER)
        before = np.where(resulted[0] > ALWAYS, resulted[0], sampled[0])
        return {
            "sampled": (sampled[0], drawn),
            "resulted": (
                np.where(no_result, sampled[0], resulted[0]),
                np.where(no_result, known, resulted[1]),
            ),
            "published": (
                np.where(no_issue, before, published[0]),
                np.where(no_issue, known, published[1]),
            ),
            "produced": (np.full(len(known), ALWAYS, np.int64), by),
        }

    def _alone(self, stated: Mapping[tuple[str, ...], Stated], strays: Ints) -> Bools:
        """Rows that are their sample's only record and have a result."""
        alone = np.ones(len(self.entries), np.bool_)
        names: dict[str, list[int]] = {}
        for field in ("sample_id", "sample"):
            column = self.reports[field]
            if column.null_count < len(column):
                for row, name in enumerate(column.to_pylist()):
                    if name is not None:
                        names.setdefault(name, []).append(row)
        registered = {sample.id for sample in self.waiting}
        for name, rows in names.items():
            if len(rows) > 1 or name in registered:
                alone[rows] = False
        alone[self._without_result(stated)] = False
        self._note_late(strays, alone)
        return alone

    def _without_result(self, stated: Mapping[tuple[str, ...], Stated]) -> Bools:
        """Rows of reports that hold no result at all."""
        silent = np.ones(len(self.entries), np.bool_)
        for column in stated.values():
            silent &= column.how == ABSENT
        if silent.any():  # of other nuclides, or none
            others = self.archive.query(
                "SELECT DISTINCT journal_index FROM results WHERE journal_index < $through",
                {"through": self.through},
            )["journal_index"].to_numpy()
            silent &= ~np.isin(self.entries, others)
        return silent

    def _note_late(self, strays: Ints, alone: Bools) -> None:
        """Of the results of other entries, those that add to a report here."""
        reports = self.archive.table("reports", ["journal_index"])["journal_index"].to_numpy()
        if placed(strays, reports)[1].all():
            return
        rows = self.archive.query(
            "SELECT s.journal_index AS entry, r.journal_index AS report "
            "FROM results s JOIN reports r ON r.report_id = s.report_id "
            "WHERE s.record_id <> s.report_id "
            "AND s.journal_index < $through ORDER BY 1",
            {"through": self.through},
        ).to_pylist()
        for row in rows:
            at = int(np.searchsorted(self.entries, row["report"]))
            if at < len(self.entries) and self.entries[at] == row["report"]:
                alone[at] = False
                self.late.append((row["entry"], at))

    def _gone(self, known: Ints) -> Ints:
        """Day from which a row no longer counts; in told history, the day its heir is known."""
        gone = np.full(len(self.entries), NEVER, np.int64)
        if not self.others.supersessions:
            return gone
        place = {self.journal.id(int(entry)): row for row, entry in self._changed()}
        changes = []
        for change in self.others.supersessions:
            heir = place.get(change.by or "")
            if self.reading.knowledge != "journal" and heir is not None:
                change = replace(change, known=date.fromordinal(int(known[heir])))
            changes.append(change)
            row = place.get(change.target)
            if row is not None:
                gone[row] = min(gone[row], change.known.toordinal())
        self.others = replace(self.others, supersessions=tuple(changes))
        return gone

    def _changed(self) -> list[tuple[int, int]]:
        """Rows that replace or were replaced, with their journal entries."""
        found = self.archive.query(
            "SELECT journal_index FROM reports r WHERE EXISTS (SELECT 1 FROM supersessions s "
            'WHERE (s.target = r.report_id OR s."by" = r.report_id) '
            "AND s.journal_index < $through)",
            {"through": self.through},
        )["journal_index"].to_numpy()
        rows = np.flatnonzero(np.isin(self.entries, found))
        return [(int(row), int(self.entries[row])) for row in rows]

    # Records

    def _samples(self, rows: Ints) -> Sequence[SampleEvidence]:
        return [self._sample(int(row)) for row in rows]

    def _sample(self, row: int) -> SampleEvidence:
        found = self.kept.get(row)
        if found is None:
            entry = int(self.entries[row])
            found = self.kept[row] = self._read(entry)
        return found

    def _read(self, entry: int) -> SampleEvidence:
        record = decode_trusted(self.journal.entry(entry))
        if not isinstance(record, TestReport):
            raise TypeError(
                f"journal entry {entry} is a {type(record).__name__}, not a test report"
            )
        sample = None
        if isinstance(record.sample, str) and record.sample in self.journal:
            named = decode_trusted(self.journal.find(record.sample)[1])
            sample = named if isinstance(named, Sample) else None
        accepted = self._accepted(entry)
        if (meant := self.meant.rows.get(entry)) is not None:
            record = meant.report(record)
            sample = None if sample is None else meant.sample(sample)
            accepted = max(accepted, date.fromordinal(self._civil(meant.at)))
        return sample_evidence(
            record,
            record_id=self.journal.id(entry),
            accepted=accepted,
            reading=self.reading,
            sample=sample,
            sample_id=record.sample if isinstance(record.sample, str) else None,
        )

    def _accepted(self, entry: int) -> date:
        return date.fromordinal(self._civil(self.journal.known_at(entry)))

    def _civil(self, instant: datetime) -> int:
        return instant.astimezone(self.zone).toordinal()
