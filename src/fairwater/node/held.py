"""Which rows a node holds: what lineage asks before a file is taken in.

Everything here follows from the journal. The digests of rows once seen are kept
beside the archive, so that a small file into a large journal is quick; deleted,
they are made again.

    held/lines.npy        one line a row: journal entry, document, publication, digests
    held/names.json       the texts that lines name by number, and whole documents
    held/by-….npy         digests of the same rows by another recipe a profile asked for
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from fairwater.intake.lineage import POSSIBLE_RESTATEMENT
from fairwater.intake.sameness import (
    DIGEST_BYTES,
    EVERY_CELL,
    Recipe,
    StoredReport,
    content_digest,
    numbered,
    scheme,
    stored_row,
)
from fairwater.ledger.journal import Journal
from fairwater.records import (
    Amendment,
    Correction,
    SourceDocument,
    Withdrawal,
    decode_trusted,
)

_LINE = struct.Struct("<III??16s16s")
_LINE_TYPE = np.dtype(
    [
        ("entry", "<u4"),
        ("document", "<u4"),
        ("publication", "<u4"),
        ("report", "?"),
        ("undecided", "?"),
        ("content", "V16"),
        ("numbered", "V16"),
    ]
)
_SAVE_AFTER = 2_000
"""Rows not yet kept at which the files are written again."""
_UNDECIDED = f'"flag":"{POSSIBLE_RESTATEMENT}"'.encode()
_CHANGES = (b'"type":"amendment"', b'"type":"withdrawal"', b'"type":"correction"')
_NONE = 2**32 - 1


class _Names(Struct):
    """Texts that lines name by number, and what is told of whole documents."""

    scheme: str = ""
    journal: str = ""
    through: int = 0
    rows: int = 0
    documents: list[str] = []
    publications: list[str] = []
    sources: list[SourceDocument] = []
    superseded: set[str] = set()


class HeldRows:
    """Rows in a journal, by document, publication and digest.

    Parameters
    ----------
    journal : Journal
        Read from where the kept files end up to its end.
    folder : Path
        Of the kept files.

    Attributes
    ----------
    lines : ndarray
        One line a row that stands in a file, in journal order.
    documents, publications : list of str
        What a line's numbers mean; a row without publication has a number past the end.
    sources : list of SourceDocument
        Documents read before, in journal order.
    superseded : set of str
        Ids of records amended, withdrawn or corrected.
    """

    def __init__(self, journal: Journal, folder: Path) -> None:
        self._journal = journal
        self._folder = folder
        self._names = _Names(scheme=scheme())
        self.lines: NDArray[Any] = np.empty(0, _LINE_TYPE)
        self._load()
        self._added = bytearray()
        self._document_numbers = _numbers(self._names.documents)
        self._publication_numbers = _numbers(self._names.publications)
        self._read_on()
        self.documents = self._names.documents
        self.publications = self._names.publications
        self.sources = self._names.sources
        self.superseded = self._names.superseded

    def data(self, entry: int) -> bytes:
        """Canonical bytes of a journal entry."""
        return self._journal.entry(entry)

    def stands(self, entry: int) -> bool:
        """Whether a journal entry was neither amended, withdrawn nor corrected."""
        return self._journal.id(entry) not in self.superseded

    def was_read(self, document: str, profile_sha256: str) -> bool:
        """Whether this very profile read this document before: then it has nothing new."""
        return any(
            source.sha256 == document and source.profile_sha256 == profile_sha256
            for source in self.sources
        )

    def issues(self, document: str) -> list[str | None]:
        """Days of issue under which a document was read before; None where none was stated."""
        return [source.published for source in self.sources if source.sha256 == document]

    def digests(self, recipe: Recipe) -> NDArray[Any]:
        """Digest of each line's row by a recipe; zeros for a row not understood."""
        if recipe.roles == EVERY_CELL.roles:
            contents: NDArray[Any] = self.lines["content"]
            return contents
        path = self._folder / f"by-{recipe.name}.npy"
        kept = _kept(path, np.dtype("V16"))[: len(self.lines)]
        digests = bytearray(kept.tobytes())
        for row in self._rows(self.lines["entry"][len(kept) :].tolist()):
            is_report = isinstance(row, StoredReport)
            digests += recipe.digest(row) if is_report else bytes(DIGEST_BYTES)
        array = np.frombuffer(bytes(digests), "V16")
        # Only as far as the lines are kept too: they tell whose digests these are.
        safe = array[: self._names.rows]
        if len(safe) - len(kept) > _SAVE_AFTER:
            _write(path, lambda file: np.save(file, safe))
        return array

    def _rows(self, entries: list[int]) -> Iterator[Any]:
        """Rows of ascending journal entries."""
        wanted = iter(entries)
        entry = next(wanted, None)
        if entry is None:
            return
        for index, data in self._journal.entries(entry, entries[-1] + 1):
            if index == entry:
                yield stored_row(data)
                entry = next(wanted, None)

    def add(self, entry: int, data: bytes) -> None:
        """Look at a journal entry that is being added; `committed` makes it one of the held."""
        row = stored_row(data)
        if row is None:
            self._note(data)
            return
        source = row.source
        if source is None:  # entered by hand: it stands in no file
            return
        self.add_row(
            entry,
            document=source.document,
            publication=source.publication,
            number=source.entry,
            understood=isinstance(row, StoredReport),
            undecided=_UNDECIDED in data,
            content=content_digest(row),
        )

    def add_row(
        self,
        entry: int,
        *,
        document: str,
        publication: str | None,
        number: str | None,
        understood: bool,
        undecided: bool,
        content: bytes,
    ) -> None:
        """A row that is being added, by what is known of it without reading it again."""
        names = self._names
        self._added += _LINE.pack(
            entry,
            _number(document, self._document_numbers, names.documents),
            _NONE
            if publication is None
            else _number(publication, self._publication_numbers, names.publications),
            understood,
            undecided,
            content,
            numbered(content, number),
        )

    def committed(self) -> None:
        """All entries of the journal were added here; keep what is worth keeping."""
        self._names.through = self._journal.size
        self.lines = np.concatenate((self.lines, np.frombuffer(bytes(self._added), _LINE_TYPE)))
        self._added.clear()
        if len(self.lines) - self._names.rows > _SAVE_AFTER:
            self._save()

    def _read_on(self) -> None:
        for entry, data in self._journal.entries(self._names.through):
            self.add(entry, data)
        self.committed()

    def _note(self, data: bytes) -> None:
        if data.endswith(b'"type":"source_document"}'):
            record = decode_trusted(data)
            if isinstance(record, SourceDocument):
                self._names.sources.append(record)
        elif any(mark in data for mark in _CHANGES):
            change = decode_trusted(data)
            if isinstance(change, Amendment):
                self._names.superseded.add(change.amends)
            elif isinstance(change, Withdrawal):
                self._names.superseded.add(change.withdraws)
            elif isinstance(change, Correction):
                self._names.superseded.add(change.quarantined)

    def _load(self) -> None:
        try:
            names = msgspec.json.decode((self._folder / "names.json").read_bytes(), type=_Names)
            lines = _kept(self._folder / "lines.npy", _LINE_TYPE)[: names.rows]
            same = names.scheme == self._names.scheme and len(lines) == names.rows
            if same and self._ends_at(names.through, names.journal):
                self._names, self.lines = names, lines
                return
        except (OSError, msgspec.DecodeError):
            pass
        # Of another way to compare, of another journal, of one restored from an older copy, or
        # half-written.
        for path in self._folder.glob("by-*.npy"):
            path.unlink()

    def _ends_at(self, size: int, digest: str) -> bool:
        try:
            return size <= self._journal.size and self._journal.digest(size) == digest
        except ValueError:
            return False

    def _save(self) -> None:
        self._names.journal = self._journal.digest(self._names.through)
        self._names.rows = len(self.lines)
        lines = self.lines
        # Names last: lines beyond what they speak of are not taken up again.
        _write(self._folder / "lines.npy", lambda file: np.save(file, lines))
        names = msgspec.json.encode(self._names)
        _write(self._folder / "names.json", lambda file: file.write(names))


def _numbers(names: list[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(names)}


def _number(name: str, numbers: dict[str, int], names: list[str]) -> int:
    number = numbers.get(name)
    if number is None:
        number = numbers[name] = len(names)
        names.append(name)
    return number


def _kept(path: Path, kind: np.dtype[Any]) -> NDArray[Any]:
    try:
        array: NDArray[Any] = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return np.empty(0, kind)
    if array.dtype != kind or array.ndim != 1:
        return np.empty(0, kind)
    return array


def _write(path: Path, fill: Callable[[IO[bytes]], object]) -> None:
    """Replace a kept file at once. Not synced: what is lost is made again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    with beside.open("wb") as file:
        fill(file)
    beside.replace(path)
