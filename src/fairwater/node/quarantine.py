"""Rows intake did not understand: listed, explained, exported, and taken back corrected.

    rows = listing(node, reason="impossible_day")
    told = explain(node, "a483.csv:143")            # or an id, or its beginning
    export(rows, file)                              # a CSV: every cell under its heading
    submit(node, file, by="A. Clerk", reason="as in the printed report")

A corrected row is read again by the profile that refused it. If it is now
understood it becomes a test report at the position where it stood, and a
Correction names both; if not, it is refused with its reasons and nothing
changes. The quarantined row stays, and says by which report it was corrected.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import IO, Any

from msgspec import Struct
from msgspec.structs import replace

from fairwater.intake import Profile, load_profile, reread, shipped_profiles
from fairwater.intake.apart import arrived
from fairwater.intake.lineage import Matcher
from fairwater.intake.reasons import REASONS
from fairwater.ledger.batch import Batch
from fairwater.node.earlier import EarlierRows
from fairwater.node.held import HeldRows
from fairwater.node.node import Node
from fairwater.records import (
    Amendment,
    Correction,
    Fault,
    QuarantinedRow,
    SourceDocument,
    decode_trusted,
    encode,
    record_id,
)

LEADING = ("record_id", "file", "sheet", "row", "publication", "profile", "reasons", "remedies")
"""Columns of an export before those of the table."""
_ROWS = "SELECT record_id, known_at, corrected_by FROM quarantine ORDER BY journal_index"
SURPLUS = "surplus cell"
"""Heading, with a number, of cells beyond the last heading of a row."""


class QuarantineError(ValueError):
    """A row that is not there, or a file that is no export; nothing was changed."""


class Explained(Struct, frozen=True, kw_only=True):
    """One fault: where, what stood there, why it was refused, what to do."""

    column: str | None
    text: str | None
    reason: str
    meaning: str
    expected: str
    remedy: str


class Listed(Struct, frozen=True, kw_only=True):
    """One quarantined row. `headings` are those of its table, empty if they were not kept."""

    record_id: str
    file: str
    document: str
    sheet: str | None
    row: int
    publication: str | None
    profile: str
    known_at: datetime
    reasons: tuple[str, ...]
    faults: tuple[Explained, ...]
    flags: tuple[str, ...]
    headings: tuple[str, ...]
    cells: tuple[str, ...]
    corrected_by: str | None


class Submitted(Struct, frozen=True, kw_only=True):
    """What became of one corrected row.

    `outcome` is corrected (a new report), unchanged (as it stands in the quarantine, or
    corrected in the same way before) or refused, with its `reasons`.
    """

    record_id: str
    file: str
    row: int
    outcome: str
    report: str | None = None
    flags: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


def listing(
    node: Node,
    *,
    file: str | None = None,
    reason: str | None = None,
    profile: str | None = None,
    corrected: bool | None = None,
) -> list[Listed]:
    """Quarantined rows, in the order in which they were taken in.

    Parameters
    ----------
    node : Node
    file : str, optional
        Only rows of files of this name, or with this SHA-256.
    reason, profile : str, optional
        Only rows with this reason; only rows read by this profile.
    corrected : bool, optional
        Only rows that were corrected, or only those that were not.
    """
    archive = node.archive()
    documents = _documents(node, archive.table("documents", ["record_id"])["record_id"].to_pylist())
    found = archive.query(_ROWS).to_pylist()
    rows = [_listed(row, _quarantined(node, row["record_id"]), documents) for row in found]
    return [
        row
        for row in rows
        if (file is None or file in (row.file, row.document))
        and (reason is None or reason in row.reasons)
        and (profile is None or profile == row.profile)
        and (corrected is None or corrected == (row.corrected_by is not None))
    ]


def explain(node: Node, which: str) -> Listed:
    """One quarantined row, by ``FILE:ROW``, its id, or the beginning of its id.

    Raises
    ------
    QuarantineError
        If none or more than one is meant; names those that are.
    """
    rows = listing(node)
    file, _, number = which.rpartition(":")
    found = [
        row
        for row in rows
        if (len(which) >= 4 and row.record_id.startswith(which))
        or (file in (row.file, row.document) and number == str(row.row))
    ]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(f"{row.file}:{row.row} {row.record_id[:12]}" for row in found[:10])
        raise QuarantineError(f"`{which}` means {len(found)} rows: {names}")
    raise QuarantineError(
        f"no quarantined row `{which}`; expected FILE:ROW or the beginning of an id, "
        f"of one of the {len(rows)} rows that `fairwater quarantine` lists"
    )


def export(rows: Sequence[Listed], file: IO[str]) -> None:
    """Write rows as CSV: `LEADING`, then every cell under its heading.

    Tables of several layouts share the file; a heading that a row's table lacks is empty.
    Open the file with ``newline=""`` and UTF-8.
    """
    headings = tuple(dict.fromkeys(name for row in rows for name in _headings(row)))
    surplus = max((len(row.cells) - len(_headings(row)) for row in rows), default=0)
    names = [f"{SURPLUS} {n + 1}" for n in range(max(0, surplus))]
    writer = csv.DictWriter(file, [*LEADING, *headings, *names], restval="")
    writer.writeheader()
    for row in rows:
        own = _headings(row)
        beyond = {f"{SURPLUS} {n + 1}": cell for n, cell in enumerate(row.cells[len(own) :])}
        remedies = " / ".join(dict.fromkeys(fault.remedy for fault in row.faults))
        leading = {name: getattr(row, name, None) or "" for name in LEADING}
        leading |= {"reasons": " ".join(row.reasons), "remedies": remedies}
        cells = dict(zip(own, row.cells, strict=False))
        writer.writerow({**leading, **cells, **beyond})


def submit(
    node: Node,
    lines: Iterable[str],
    *,
    by: str,
    reason: str,
    name: str = "corrections",
    profiles: Mapping[str, Profile] | None = None,
) -> list[Submitted]:
    """Take corrected rows back: an export with cells put right.

    Parameters
    ----------
    node : Node
    lines : iterable of str
        Of the CSV; rows that were not touched may stay in it.
    by, reason : str
        Who corrected, and on what ground; both are kept with each correction.
    name : str
        Of the file, for messages.
    profiles : mapping, optional
        Profiles that are not shipped, by key.

    Raises
    ------
    QuarantineError
        If the file is no export, or names a row that is not in quarantine. Nothing was changed.
    """
    if not by.strip() or not reason.strip():
        raise QuarantineError("a correction states who corrected and on what ground")
    known = {row.record_id: row for row in listing(node)}
    rows = _corrected_cells(lines, name, known)
    used = {row.profile: _profile(row, profiles or {}) for row, _ in rows}
    with node.journal.batch(at=node.now()) as batch:
        desk = _Desk(node, batch, by, reason, used)
        return [desk.take(row, cells) for row, cells in rows]


class _Desk:
    """Corrected rows on their way into one batch."""

    def __init__(
        self, node: Node, batch: Batch, by: str, reason: str, profiles: Mapping[str, Profile]
    ) -> None:
        self._node, self._batch = node, batch
        self._by, self._reason = by, reason
        self._profiles = profiles
        self._held = HeldRows(node.journal, node.config.archive / "held")
        self._matchers: dict[tuple[str, str], Matcher] = {}

    def take(self, row: Listed, cells: tuple[str, ...]) -> Submitted:
        """What became of one row."""
        unchanged = Submitted(
            record_id=row.record_id,
            file=row.file,
            row=row.row,
            outcome="unchanged",
            report=row.corrected_by,
        )
        if cells == row.cells:
            return unchanged
        quarantined = _quarantined(self._node, row.record_id)
        profile = self._profiles[row.profile]
        outcome = reread(cells, profile, quarantined.source, headings=row.headings)
        if not outcome.accepted:
            return replace(unchanged, outcome="refused", reasons=_why(outcome.record))
        placed = self._matcher(row.document, profile).corrected(arrived(outcome))
        report = record_id(placed.data)
        if report == row.corrected_by:
            return unchanged
        self._batch.add(placed.data)
        correction = Correction(
            quarantined=row.record_id, cells=cells, report=report, by=self._by, reason=self._reason
        )
        self._batch.add(encode(correction))
        if row.corrected_by is not None:  # the report of an earlier correction would stand too
            amendment = Amendment(amends=row.corrected_by, by=report, reason=self._reason)
            self._batch.add(encode(amendment))
        flags = (*outcome.flags, *placed.added)
        return replace(unchanged, outcome="corrected", report=report, flags=flags)

    def _matcher(self, document: str, profile: Profile) -> Matcher:
        key = (document, profile.profile)
        if key not in self._matchers:
            earlier = EarlierRows(self._held, document, profile)
            issued = next(iter(self._held.issues(document)), None)
            self._matchers[key] = Matcher(profile.lineage, earlier, known=False, issued=issued)
        return self._matchers[key]


def _corrected_cells(
    lines: Iterable[str], name: str, known: Mapping[str, Listed]
) -> list[tuple[Listed, tuple[str, ...]]]:
    reader = csv.DictReader(lines, strict=True)
    faults: list[str] = []
    rows: dict[str, tuple[Listed, tuple[str, ...]]] = {}
    try:
        if "record_id" not in (reader.fieldnames or ()):
            raise QuarantineError(
                f"{name}: no column `record_id`; expected a file that "
                "`fairwater quarantine export` wrote, its cells put right"
            )
        for record in reader:
            line = f"{name}, line {reader.line_num}"
            row = known.get(record["record_id"] or "")
            if row is None:
                faults.append(f"{line}: no quarantined row with id `{record['record_id']}`")
            elif None in record or any(value is None for value in record.values()):
                faults.append(f"{line}: more or fewer cells than headings")
            elif row.record_id in rows:
                faults.append(f"{line}: the row {row.file}:{row.row} stands twice in the file")
            else:
                rows[row.record_id] = (row, _cells(row, record))
    except csv.Error as error:
        faults.append(f"{name}, line {reader.line_num}: not CSV: {error}")
    if faults:
        raise QuarantineError("\n".join([*faults, "nothing was changed"]))
    return list(rows.values())


def _cells(row: Listed, record: Mapping[str, str]) -> tuple[str, ...]:
    """Cells of the row's own table; what still stands beyond its headings stays beyond them."""
    cells = [record.get(name, "") for name in _headings(row)]
    beyond = [value for name, value in record.items() if name.startswith(SURPLUS)]
    while beyond and not beyond[-1]:
        beyond.pop()
    if not beyond and len(row.cells) < len(cells) and not any(cells[len(row.cells) :]):
        cells = cells[: len(row.cells)]  # a short row that nobody completed
    return (*cells, *beyond)


def _headings(row: Listed) -> tuple[str, ...]:
    return row.headings or tuple(f"cell {n + 1}" for n in range(len(row.cells)))


def _profile(row: Listed, given: Mapping[str, Profile]) -> Profile:
    if row.profile in given:
        return given[row.profile]
    if row.profile in shipped_profiles():
        return load_profile(row.profile)
    raise QuarantineError(
        f"{row.file} was read by profile `{row.profile}`, which is not shipped; "
        "name its file with --profile. Nothing was changed"
    )


def _documents(node: Node, records: list[str]) -> dict[str, SourceDocument]:
    """SHA-256 to the document as last seen."""
    documents: dict[str, SourceDocument] = {}
    for each in records:
        document = decode_trusted(node.journal.find(each)[1])
        if isinstance(document, SourceDocument):
            documents[document.sha256] = document
    return documents


def _quarantined(node: Node, record: str) -> QuarantinedRow:
    row = decode_trusted(node.journal.find(record)[1])
    if not isinstance(row, QuarantinedRow):
        raise TypeError(f"{record} is listed as quarantined and is not")
    return row


def _listed(
    row: Mapping[str, Any], record: QuarantinedRow, documents: Mapping[str, SourceDocument]
) -> Listed:
    source = record.source
    document = documents.get(source.document)
    return Listed(
        record_id=row["record_id"],
        file=document.name if document else source.document,
        document=source.document,
        sheet=source.sheet,
        row=source.row,
        publication=source.publication,
        profile=record.profile,
        known_at=row["known_at"].replace(tzinfo=UTC),
        reasons=tuple(dict.fromkeys(fault.reason for fault in record.faults)),
        faults=tuple(_explained(fault) for fault in record.faults),
        flags=tuple(dict.fromkeys(flag.flag for flag in record.flags)),
        headings=record.headings,
        cells=record.cells,
        corrected_by=row["corrected_by"],
    )


def _explained(fault: Fault) -> Explained:
    known = REASONS.get(fault.reason)
    return Explained(
        column=fault.column,
        text=fault.text,
        reason=fault.reason,
        meaning=known.meaning if known else fault.reason,
        expected=fault.expected,
        remedy=fault.remedy,
    )


def _why(record: object) -> tuple[str, ...]:
    if not isinstance(record, QuarantinedRow):
        return ()
    return tuple(
        f"{fault.reason}, {fault.column or 'row'}: `{fault.text or ''}`; expected {fault.expected}"
        for fault in record.faults
    )
