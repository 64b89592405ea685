"""The manifest: which segment files are the archive now. Swapped atomically.

    archive/
      manifest.json      {"contract":1,"digest":"…","generation":7,"retired":[…],"size":598186,
                          "tables":{"reports":[{"file":"reports-…parquet", …}], …}}
      segments/          immutable Parquet files, named after rows and content
      lock               held by the one writer

`size` and `digest` are the journal's: the archive holds what the journal held
then. A segment that is no longer named stays for two more replacements, for
readers that still hold the manifest that named it.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from fairwater.archive.errors import ArchiveError
from fairwater.ledger.files import replace


class Segment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One Parquet file: rows of the journal entries from `first` up to `stop`."""

    file: str
    first: int
    stop: int
    rows: int
    size_bytes: int
    sha256: str


class Retired(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file that no reader of the present generation needs, and since when."""

    file: str
    generation: int


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """State of the archive at one generation."""

    contract: int
    generation: int
    size: int
    digest: str
    tables: dict[str, tuple[Segment, ...]]
    retired: tuple[Retired, ...] = ()

    def segments(self, table: str) -> tuple[Segment, ...]:
        """Segments of a table, in journal order."""
        return self.tables.get(table, ())

    def rows(self, table: str) -> int:
        """Rows of a table."""
        return sum(segment.rows for segment in self.segments(table))

    def files(self) -> set[str]:
        """Files in use."""
        return {segment.file for segments in self.tables.values() for segment in segments}


_decoder = msgspec.json.Decoder(Manifest)


def load(folder: Path) -> Manifest | None:
    """Manifest of the archive in `folder`; None if there is none.

    Raises
    ------
    ArchiveError
        The file is no manifest.
    """
    path = folder / "manifest.json"
    try:
        return _decoder.decode(path.read_bytes())
    except FileNotFoundError:
        return None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ArchiveError(
            f"{path}: no manifest of an archive ({error})\n"
            "  expected: what the last projection wrote\n"
            "hint: `fairwater archive rebuild` makes the archive again from the journal"
        ) from error


def swap(folder: Path, manifest: Manifest) -> None:
    """Make `manifest` the archive's state; readers see the old or the new one, whole."""
    data = msgspec.json.encode(manifest, order="sorted") + b"\n"
    replace(folder / "manifest.json", data)


def segment_file(folder: Path, name: str) -> Path:
    """Path of a segment file."""
    return folder / "segments" / name
