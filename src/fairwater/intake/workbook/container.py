"""The file of a workbook: a zip archive, opened within bounds, refused by name if it is another.

Bounds, and why: a workbook of a million filled cells has about 40 MB of XML, unpacks to 10 to
60 times its size, and holds a few hundred parts. A bomb has ratios from 1,000 and declares
anything. What an entry declares is checked before it is unpacked, and what it gives while it is.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from fairwater.intake.errors import FileUnreadable

ZIP_MAGIC = b"PK\x03\x04"
EMPTY_ZIP_MAGIC = b"PK\x05\x06"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_ENTRIES = 10_000
MAX_PART_BYTES = 1 << 30
MAX_TOTAL_BYTES = 1 << 32
MAX_RATIO = 200
RATIO_FROM_BYTES = 1 << 24
CHUNK_BYTES = 1 << 16
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_SAVE = "open it in a spreadsheet program and save it as a plain workbook (.xlsx), or as CSV"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_BOOK = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_OLE_LOOK_BYTES = 1 << 24


def is_workbook(file: BinaryIO) -> bool:
    """Whether the file is a zip archive or an OLE document, and so no text table."""
    file.seek(0)
    start = file.read(8)
    file.seek(0)
    return start.startswith((ZIP_MAGIC, EMPTY_ZIP_MAGIC)) or start == OLE_MAGIC


class Container:
    """The parts of one workbook file.

    Raises
    ------
    FileUnreadable
        If the file is another kind of archive or document, protected by a password, holds
        macros, is damaged, or would unpack beyond bounds.
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        self.name = name
        file.seek(0)
        if file.read(8) == OLE_MAGIC:
            raise _ole(file, name)
        file.seek(0)
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise FileUnreadable(
                name,
                f"a zip archive or an xlsx workbook, damaged ({error})",
                "a whole workbook",
                "fetch or export it again; it may be truncated",
            ) from error
        self._entries = self._checked()
        self._refuse_other_kinds()

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._entries

    def stream(self, part: str) -> Iterator[bytes]:
        """The bytes of a part in pieces; its check sum is verified at the end."""
        entry = self._entries.get(part.lower())
        if entry is None:
            raise self.damaged(part, "missing")
        total = 0
        try:
            with self._zip.open(entry) as opened:
                while piece := opened.read(CHUNK_BYTES):
                    total += len(piece)
                    self._refuse_size(part, total, entry.compress_size)
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise self.damaged(part, str(error)) from error

    def damaged(self, part: str, why: str) -> FileUnreadable:
        """The refusal of a workbook whose part is missing or broken."""
        return FileUnreadable(
            f"{self.name}, part {part}",
            f"the workbook is damaged: {why}",
            "a whole workbook",
            "fetch or export it again",
        )

    def _checked(self) -> dict[str, zipfile.ZipInfo]:
        infos = self._zip.infolist()
        if len(infos) > MAX_ENTRIES:
            raise self._bomb(f"{len(infos):,} entries; a workbook has at most {MAX_ENTRIES:,}")
        entries: dict[str, zipfile.ZipInfo] = {}
        total = 0
        for info in infos:
            name = info.filename.lower().lstrip("/")
            if name in entries:
                raise self.damaged(info.filename, "the part stands in the archive twice")
            entries[name] = info
            total += info.file_size
            if info.flag_bits & 0x1:
                raise FileUnreadable(
                    self.name,
                    f"part `{info.filename}` of the zip archive is encrypted",
                    "a workbook without a password",
                    f"{_SAVE}, without a password",
                )
            if info.compress_type not in _PLAIN:
                why = f"part `{info.filename}` is packed in a way no workbook uses"
                raise FileUnreadable(self.name, why, "a workbook as saved", _SAVE)
            self._refuse_size(info.filename, info.file_size, info.compress_size)
        if total > MAX_TOTAL_BYTES:
            raise self._bomb(f"unpacks to {total:,} bytes; at most {MAX_TOTAL_BYTES:,} are read")
        return entries

    def _refuse_size(self, part: str, size: int, packed: int) -> None:
        if size > MAX_PART_BYTES:
            limit = f"at most {MAX_PART_BYTES:,} are read"
            raise self._bomb(f"part `{part}` unpacks to {size:,} bytes or more; {limit}")
        if size > RATIO_FROM_BYTES and size > MAX_RATIO * max(packed, 1):
            raise self._bomb(f"part `{part}` unpacks to more than {MAX_RATIO} times its size")

    def _bomb(self, found: str) -> FileUnreadable:
        return FileUnreadable(
            self.name,
            found,
            "a workbook of measurements",
            "it may be a zip bomb: look at it with care, or save the sheet alone",
        )

    def _refuse_other_kinds(self) -> None:
        names = self._entries
        if "[content_types].xml" not in names:
            raise self._other(names)
        if any(n.endswith("vbaproject.bin") for n in names) or any(
            n.startswith(("xl/macrosheets/", "xl/intlmacrosheets/")) for n in names
        ):
            raise FileUnreadable(
                self.name,
                "a workbook with macros (programs inside the file)",
                "a workbook without programs",
                f"{_SAVE}: that leaves the macros out",
            )
        if "xl/workbook.bin" in names:
            raise FileUnreadable(self.name, "a binary workbook (xlsb)", "an xlsx workbook", _SAVE)
        if not any(n.startswith("xl/") for n in names):
            other = next(
                (what for start, what in _OFFICE if any(n.startswith(start) for n in names)), None
            )
            found = other or "an office document, but no workbook"
            raise FileUnreadable(self.name, found, "an xlsx workbook", "save the table as xlsx")

    def _other(self, names: dict[str, zipfile.ZipInfo]) -> FileUnreadable:
        if "mimetype" in names and "content.xml" in names:
            return FileUnreadable(
                self.name, "an OpenDocument file (ods)", "an xlsx workbook or CSV", _SAVE
            )
        shown = ", ".join(f"`{entry.filename[:60]}`" for entry in list(names.values())[:3])
        held = f" with {shown}" if shown else ", empty"
        return FileUnreadable(
            self.name,
            f"a zip archive{held}, no xlsx workbook",
            "a workbook, or a text table (csv, perhaps packed with gzip)",
            "unpack it and name the file inside",
        )


_OFFICE = (("word/", "a text document (docx)"), ("ppt/", "a presentation (pptx)"))


def digest(file: BinaryIO) -> tuple[str, int]:
    """SHA-256 and size of a file as it is stored."""
    file.seek(0)
    found = hashlib.sha256()
    while piece := file.read(1 << 20):
        found.update(piece)
    size = os.fstat(file.fileno()).st_size
    file.seek(0)
    return found.hexdigest(), size


def _ole(file: BinaryIO, name: str) -> FileUnreadable:
    file.seek(0)
    start = file.read(_OLE_LOOK_BYTES)
    if _ENCRYPTED in start:
        return FileUnreadable(
            name,
            "a workbook protected by a password",
            "a workbook without a password",
            "open it with its password and save it without one",
        )
    if any(mark in start for mark in _OLD_BOOK):
        return FileUnreadable(name, "an old Excel workbook (xls)", "an xlsx workbook or CSV", _SAVE)
    return FileUnreadable(
        name, "an old office document, or an old Excel workbook (xls)", "an xlsx workbook", _SAVE
    )
