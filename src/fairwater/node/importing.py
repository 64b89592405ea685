"""Taking published tables in: read, placed by lineage, journalled at once, projected.

    report = import_file(node, Path("a433.csv"))
    report.rows_read, report.restated           # each row is counted once

One file is one batch of the journal: all of it is known after, or none of it.
Rows read = accepted + flagged + quarantined, by what the row says; and also
= new records + amendments + restated, by what is news about it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol

from msgspec import structs

from fairwater.intake import load_profile, read, recognise
from fairwater.intake.apart import Arrived, ArrivingTable, read_apart
from fairwater.intake.errors import FileUnreadable
from fairwater.intake.lineage import POSSIBLE_RESTATEMENT, Matcher
from fairwater.intake.outcome import SheetTold
from fairwater.intake.placing import Placed, Relation
from fairwater.intake.profile import Profile
from fairwater.intake.profile_source import profile_sha256
from fairwater.intake.sameness import ROLES
from fairwater.intake.snapshots import issue_day
from fairwater.ledger.batch import Batch
from fairwater.node.earlier import EarlierRows
from fairwater.node.held import HeldRows
from fairwater.node.import_report import ImportReport, SheetReport
from fairwater.node.node import Node
from fairwater.records import (
    Amendment,
    Correction,
    Position,
    QuarantinedRow,
    SourceDocument,
    Withdrawal,
    decode_trusted,
    encode,
    record_id,
)


class Table(Protocol):
    """An opened table (`fairwater.intake.apart`)."""

    @property
    def document(self) -> SourceDocument:
        """The file as a statement."""
        ...

    @property
    def sheets(self) -> tuple[SheetTold, ...]:
        """Every sheet of a workbook, read or not; none of a text table."""
        ...

    def __iter__(self) -> Iterator[Arrived]:
        """Each data row once."""
        ...


Progress = Callable[[int], None]
"""Told the number of rows read so far, now and then and at the end."""

_TOLD_EVERY = 512
_APART_FROM_BYTES = 2_000_000
"""Size from which a file is read in a process of its own; below it starting one takes longer."""


class CountsDiffer(AssertionError):
    """Rows were lost or counted twice: an internal fault. Nothing was journalled."""


def import_files(
    node: Node,
    paths: Iterable[Path],
    profile: Profile | str | Path | None = None,
    progress: Progress | None = None,
    issued: str | None = None,
) -> Iterator[ImportReport]:
    """Take in files one after another; the archive is projected after the last.

    Files before one that is refused stay taken in, and are projected.
    """
    try:
        for path in paths:
            yield import_file(node, path, profile, progress, issued)
    finally:
        from fairwater.archive import project

        project(node.journal, node.config.archive)


def import_file(
    node: Node,
    path: Path,
    profile: Profile | str | Path | None = None,
    progress: Progress | None = None,
    issued: str | None = None,
) -> ImportReport:
    """Take one published table into the journal, as one batch.

    Parameters
    ----------
    node : Node
        Whose journal; its clock gives the instant of acceptance.
    path : Path
        The file.
    profile : Profile, str, Path or None
        How to read it: a profile, a shipped name or a file; None recognises the file.
    progress : callable or None
        Told the number of rows read so far.
    issued : str or None
        Day on which a snapshot was issued, where its file's name does not say it.

    Raises
    ------
    FileUnreadable, ProfileError
        The file is no table of this profile, or the profile is none, or it is an issue older
        than one held. Nothing was taken in.
    JournalError
        Another writer, or no room. Nothing was taken in.
    """
    if profile is None:
        profile = recognise(path)
    elif not isinstance(profile, Profile):
        profile = load_profile(profile)
    # A sampling day after the day of the import is flagged by the reader.
    if path.is_file() and path.stat().st_size >= _APART_FROM_BYTES:
        with read_apart(path, profile, node.today()) as remote:
            return import_table(node, remote, profile, progress, issued)
    table = ArrivingTable(read(path, profile, as_of=node.today()))
    return import_table(node, table, profile, progress, issued)


def import_table(
    node: Node,
    table: Table,
    profile: Profile,
    progress: Progress | None = None,
    issued: str | None = None,
) -> ImportReport:
    """Take the rows of an opened table into the journal, as one batch."""
    issued = issue_day(profile.lineage, table.document.name, issued)
    with node.journal.batch(at=node.now()) as batch:
        # Under the writer's lock: nobody else adds rows between looking and writing.
        held = HeldRows(node.journal, node.config.archive / "held")
        keeper = _Keeper(batch, held, node.journal.size)
        intake = _Intake(keeper, held, table, profile, issued)
        for outcome in table:
            intake.take(outcome)
            if progress is not None and intake.rows % _TOLD_EVERY == 0:
                progress(intake.rows)
        intake.finish()
        if progress is not None:
            progress(intake.rows)
    held.committed()
    return intake.report()


def _in_order(held: HeldRows, document: SourceDocument) -> None:
    """Refuse an issue older than one held: it would amend backwards.

    Raises
    ------
    FileUnreadable
        Names both days.
    """
    later = [
        source
        for source in held.sources
        if source.profile == document.profile
        and source.published is not None
        and document.published is not None
        and source.published > document.published
    ]
    if later:
        newest = max(later, key=lambda source: source.published or "")
        raise FileUnreadable(
            document.name,
            f"an issue of {document.published}, older than {newest.name} of {newest.published},"
            " which is held",
            "issues of one source in the order of their days",
            "import the older issue into a node of its own, the issues in order",
        )


class _Keeper:
    """Adds records to the batch, and looks at each as a row held from now on."""

    def __init__(self, batch: Batch, held: HeldRows, entry: int) -> None:
        self._batch, self._held, self._entry = batch, held, entry

    def add(self, data: bytes) -> None:
        """Add one record's canonical bytes."""
        if self._batch.add(data):
            self._held.add(self._entry, data)
            self._entry += 1

    def add_row(self, placed: Placed, document: str) -> None:
        """Add the record of a row of `document`."""
        if self._batch.add(placed.data):
            row = placed.outcome
            self._held.add_row(
                self._entry,
                document=document,
                publication=row.publication,
                number=row.entry,
                understood=not row.reasons,
                undecided=POSSIBLE_RESTATEMENT in placed.added,
                content=row.content,
            )
            self._entry += 1


class _Intake:
    """One file on its way into one batch; counts as it goes."""

    def __init__(
        self,
        batch: _Keeper,
        held: HeldRows,
        table: Table,
        profile: Profile,
        issued: str | None,
    ) -> None:
        self._batch = batch
        self._held = held
        self._document = table.document
        self._sheets = table.sheets
        self._profile = profile
        document = self._document.sha256
        days = held.issues(document)
        # A source may go back to what it said: the bytes of an earlier issue, on another day.
        another = issued is not None and bool(days) and issued not in days
        earlier = EarlierRows(held, None if another else document, profile)
        known = not another and held.was_read(document, profile_sha256(profile))
        if issued is not None and not known:
            self._document = structs.replace(self._document, published=issued)
            _in_order(held, self._document)
        self.matcher = Matcher(
            profile.lineage,
            earlier,
            known=known,
            profile=profile.profile,
            file=self._document.name,
            issued=issued,
        )
        self._known = known
        self.rows = 0
        self._outcomes = Counter[str]()
        self._flags = Counter[str]()
        self._reasons = Counter[str]()
        self._relations = Counter[Relation]()
        self._possible = 0
        self._withdrawn = 0
        self._changes = Counter[str]()
        self._results_filled = self._results_replaced = 0

    def take(self, outcome: Arrived) -> None:
        """Place a row, journal what is new about it, count it."""
        self.rows += 1
        for reason in outcome.reasons:
            self._reasons[reason] += 1
        placed = self.matcher.place(outcome)
        if placed is not None:
            self._settle(placed)

    def finish(self) -> None:
        """What can be said only after the last row, and the document itself."""
        for placed in self.matcher.rest():
            self._settle(placed)
        name = self._document.name
        for gone in self.matcher.gone():
            target = record_id(self._held.data(gone.entry))
            dated = self._document.published
            self._batch.add(encode(Withdrawal(withdraws=target, reason=gone.reason, dated=dated)))
            self._withdrawn += 1
        if not self._known:
            self._batch.add(encode(structs.replace(self._document, rows=self.rows)))
        placed_rows = sum(self._relations.values())
        if not self.rows == placed_rows == sum(self._outcomes.values()):
            raise CountsDiffer(
                f"{name}: {self.rows} rows read, {placed_rows} placed, "
                f"{sum(self._outcomes.values())} accepted, flagged or quarantined"
            )

    def report(self) -> ImportReport:
        """The counts."""
        relations = self._relations
        return ImportReport(
            file=self._document.name,
            document=self._document.sha256,
            profile=self._profile.profile,
            rows_read=self.rows,
            sheets=tuple(
                SheetReport(
                    name=told.name,
                    visibility=told.visibility,
                    read=told.read,
                    rows=told.rows,
                    why=told.why or None,
                    hidden_columns=told.hidden_columns,
                )
                for told in self._sheets
            ),
            accepted=self._outcomes["accepted"],
            flagged=self._outcomes["flagged"],
            quarantined=self._outcomes["quarantined"],
            flags=dict(sorted(self._flags.items())),
            reasons=dict(sorted(self._reasons.items())),
            new_records=relations[Relation.NEW],
            amendments=relations[Relation.AMENDS] + relations[Relation.CORRECTS],
            withdrawals=self._withdrawn,
            restated=relations[Relation.RESTATES],
            possible_restatements=self._possible,
            issued=self._document.published,
            changes=dict(sorted(self._changes.items())),
            results_filled=self._results_filled,
            results_replaced=self._results_replaced,
        )

    def _settle(self, placed: Placed) -> None:
        outcome = placed.outcome
        flags = outcome.flags + placed.added if placed.added else outcome.flags
        for flag in flags:
            self._flags[flag] += 1
        self._relations[placed.relation] += 1
        self._possible += POSSIBLE_RESTATEMENT in placed.added
        kind = "quarantined" if outcome.reasons else "flagged" if flags else "accepted"
        self._outcomes[kind] += 1
        if placed.data:
            self._batch.add_row(placed, self._document.sha256)
        if placed.old is None:
            return
        if placed.change is not None:
            self._changes[placed.change] += 1
            results = [change for change in placed.changes if change.what not in ROLES]
            filled = sum(change.before is None for change in results)
            self._results_filled += filled
            self._results_replaced += len(results) - filled
        self._batch.add(encode(self._change(placed, self._held.data(placed.old))))

    def _change(self, placed: Placed, old: bytes) -> Amendment | Correction:
        """The record by which a row takes the place of what was held before."""
        before, by = record_id(old), record_id(placed.data)
        quarantined = decode_trusted(old)
        if placed.relation is Relation.CORRECTS and isinstance(quarantined, QuarantinedRow):
            return Correction(
                quarantined=before,
                cells=quarantined.cells,
                report=by,
                by=f"profile {self._profile.profile}",
                reason=placed.reason,
            )
        row = placed.outcome
        source = Position(self._document.sha256, row.row, row.sheet, row.publication, row.entry)
        return Amendment(
            amends=before,
            by=by,
            reason=placed.reason,
            dated=None if placed.change is None else self._document.published,
            source=source,
            change=placed.change,
            changes=placed.changes,
        )
