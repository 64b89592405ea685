"""The bytes of a table, surveyed before a single row is taken in.

`survey` reads the file once, in bounded memory: hashes it, unpacks it, decodes
it by every encoding the profile states and drops those that fail, and looks
for what no table holds. So a truncated archive, a wrong encoding or an endless
line is refused before the first row, and nothing is taken in by halves.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import stat
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from fairwater.intake.errors import FileUnreadable

CHUNK_BYTES = 1 << 18
MAX_LINE_CHARACTERS = 1 << 20
MAX_TEXT_BYTES = 1 << 32
MAX_RATIO = 200
"""Unpacked to packed; tables of measurements reach 20 to 40, a bomb 1,000."""
RATIO_FROM_BYTES = 1 << 24

_MAGIC = {
    b"PK\x03\x04": "a zip archive or an xlsx workbook",
    b"\x1f\x8b": "a gzip archive",
    b"\t\x08": "an old Excel workbook (xls)",
    b"\t\x04\x06\0": "an old Excel workbook (xls)",
    b"\t\x02\x06\0": "an old Excel workbook (xls)",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (xls)",
    b"%PDF": "a PDF",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"\x28\xb5\x2f\xfd": "a zstd archive",
    b"PAR1": "a Parquet file",
    b"SQLite format 3": "an SQLite database",
    b"\x7fELF": "a program",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}
_GUESSES = ("utf-8", "cp932", "euc_jp", "utf-16", "gb18030")


class Survey(NamedTuple):
    """What a file is: its digest, sizes, the encodings that decode all of it, its line end."""

    sha256: str
    size_bytes: int
    text_bytes: int
    encodings: tuple[str, ...]
    line_end: str


def open_table(path: Path) -> BinaryIO:
    """Open a regular file for reading.

    Raises
    ------
    FileUnreadable
        If it is not there, not a regular file, not permitted or empty.
    """
    name = path.name
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            what = "a folder" if stat.S_ISDIR(status.st_mode) else "not a regular file"
            raise FileUnreadable(str(path), what, "a file with a table", "name one file")
        if status.st_size == 0:
            raise FileUnreadable(name, "the file is empty", "a header and rows", "export it again")
        return path.open("rb")
    except (OSError, ValueError) as error:
        if isinstance(error, FileUnreadable):
            raise
        reason = getattr(error, "strerror", None) or str(error)
        raise FileUnreadable(
            str(path), f"cannot be opened: {reason}", "a readable file", "check path and permission"
        ) from error


def survey(
    file: BinaryIO,
    name: str,
    encodings: tuple[str, ...],
    *,
    beginning_only: bool = False,
) -> Survey:
    """Read the file once and tell what it is; `FileUnreadable` if it is no table.

    `beginning_only` looks at the first `MAX_LINE_CHARACTERS` or so, enough to recognise it;
    the digest is then that of what was read.
    """
    file.seek(0)
    digest = hashlib.sha256()
    size = os.fstat(file.fileno()).st_size
    _refuse_magic(_start(file), name)
    decoders = {encoding: codecs.getincrementaldecoder(encoding)() for encoding in encodings}
    failures: list[str] = []
    refusals: list[FileUnreadable] = []
    checks: dict[str, _Lines] = {encoding: _Lines(name) for encoding in encodings}
    text_bytes = 0

    def feed(data: bytes, final: bool) -> None:
        for encoding in tuple(decoders):
            try:
                text = decoders[encoding].decode(data, final)
            except UnicodeError as error:
                failures.append(f"{encoding} {_failure(error, checks[encoding].lines, data)}")
                del decoders[encoding]
                continue
            try:
                checks[encoding].feed(text)
            except FileUnreadable as error:
                refusals.append(error)
                del decoders[encoding]
        if not decoders and refusals:
            raise refusals[0]
        if not decoders:
            hint = _guess(file, name, encodings)
            raise FileUnreadable(
                name,
                f"not in a stated encoding ({'; '.join(failures)})",
                f"text in {' or '.join(encodings)}",
                hint,
            )

    for packed, data in unpacked(file, name):
        digest.update(packed)
        if not text_bytes and data:
            _refuse_magic(data[:32], name, packed=True)
        text_bytes += len(data)
        feed(data, final=False)
        if beginning_only and text_bytes > 2 * MAX_LINE_CHARACTERS:
            break
    else:
        feed(b"", final=True)
    best = checks[next(iter(decoders))]
    return Survey(digest.hexdigest(), size, text_bytes, tuple(decoders), best.line_end)


def unpacked(file: BinaryIO, name: str) -> Iterator[tuple[bytes, bytes]]:
    """Pairs (bytes as stored, bytes of text); one of the two may be empty."""
    file.seek(0)
    first = file.read(CHUNK_BYTES)
    if not first.startswith(b"\x1f\x8b"):
        total = 0
        while first:
            total += len(first)
            _refuse_size(name, total)
            yield first, first
            first = file.read(CHUNK_BYTES)
        return
    packed, text, data = 0, 0, first
    machine = zlib.decompressobj(wbits=31)
    try:
        while data:
            packed += len(data)
            stored, rest = data, data
            while rest:
                piece = machine.decompress(rest, CHUNK_BYTES)
                rest = machine.unconsumed_tail
                text += len(piece)
                _refuse_size(name, text)
                if text > RATIO_FROM_BYTES and text > MAX_RATIO * packed:
                    raise FileUnreadable(
                        name,
                        f"unpacks to more than {MAX_RATIO} times its size",
                        "a packed table",
                        "unpack it yourself and look at it; it may be a gzip bomb",
                    )
                yield stored, piece
                stored = b""
                if machine.eof:
                    rest = machine.unused_data.lstrip(b"\0")
                    if rest:
                        machine = zlib.decompressobj(wbits=31)
            data = file.read(CHUNK_BYTES)
            if data and machine.eof:
                if data.strip(b"\0"):
                    machine = zlib.decompressobj(wbits=31)
                else:
                    yield data, b""
                    data = file.read(CHUNK_BYTES)
        while not machine.eof and (piece := machine.decompress(b"", CHUNK_BYTES)):
            text += len(piece)
            _refuse_size(name, text)
            yield b"", piece
    except zlib.error as error:
        raise FileUnreadable(
            name, f"damaged gzip data ({error})", "a whole gzip file", "fetch the file again"
        ) from error
    if not machine.eof:
        raise FileUnreadable(
            name,
            f"the gzip data end after {text:,} bytes of text, without their end mark",
            "a whole gzip file",
            "it is truncated: fetch it again",
        )


def decoded(file: BinaryIO, name: str, encoding: str) -> Iterator[str]:
    """Pieces of the text of a surveyed file."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for _, data in unpacked(file, name):
        yield decoder.decode(data)
    yield decoder.decode(b"", True)


class _Lines:
    """Watches a decoded text for endless lines, NULs and web pages."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._open = 0
        self._begun = False
        self.lines = 0
        self.line_end = ""

    def feed(self, text: str) -> None:
        if not text:
            return
        if not self._begun:
            self._begun = True
            _refuse_markup(text, self._name)
        if "\0" in text:
            line = self.lines + text[: text.index("\0")].count("\n") + 1
            two_bytes = set(text[1:40:2]) == {"\0"} or set(text[:40:2]) == {"\0"}
            raise FileUnreadable(
                f"{self._name}, line {line}",
                "a NUL character",
                "text",
                "it looks like UTF-16 without its mark: export it as UTF-8"
                if two_bytes
                else "this is no text table, or a damaged one: fetch or export it again",
            )
        if not self.line_end:
            self.line_end = "\n" if "\n" in text else "\r" if "\r" in text[:-1] else ""
        end = self.line_end or "\n"
        last = text.rfind(end)
        if last < 0:
            self._open += len(text)
        else:
            self._check(text.find(end))
            self._open = len(text) - last - 1
            self.lines += text.count(end)
        self._check(0)

    def _check(self, more: int) -> None:
        if self._open + more > MAX_LINE_CHARACTERS:
            raise FileUnreadable(
                f"{self._name}, line {self.lines + 1}",
                f"a line of more than {MAX_LINE_CHARACTERS:,} characters",
                "a table with line ends",
                "this is no table, or its line ends are lost: export it again",
            )


def _refuse_size(name: str, total: int) -> None:
    if total > MAX_TEXT_BYTES:
        raise FileUnreadable(
            name,
            f"more than {MAX_TEXT_BYTES:,} bytes of text",
            "a table of at most that size",
            "split the file",
        )


def _start(file: BinaryIO) -> bytes:
    start = file.read(32)
    file.seek(0)
    return b"" if start.startswith(b"\x1f\x8b") else start


def _refuse_magic(start: bytes, name: str, *, packed: bool = False) -> None:
    for magic, what in _MAGIC.items():
        if start.startswith(magic):
            raise FileUnreadable(
                name,
                f"{what}, packed with gzip" if packed and magic != b"\t\x08" else what,
                "a text table (csv, perhaps packed once with gzip)",
                "save or export the table as CSV",
            )


def _refuse_markup(text: str, name: str) -> None:
    start = text[:2048].lstrip("\ufeff \t\r\n").lower()
    if start.startswith("<?xml") and "schemas-microsoft-com:office:spreadsheet" in start:
        raise FileUnreadable(
            name,
            "an XML spreadsheet of an old program, whatever its name says",
            "an xlsx workbook or CSV",
            "open it in a spreadsheet program and save it as a plain workbook (.xlsx), or as CSV",
        )
    if start.startswith(("<!doctype", "<html", "<head", "<?xml", "<body", "<table", "<!--")):
        raise FileUnreadable(
            name,
            f"a web page or XML, whatever its name says: `{start[:40]}`",
            "a text table",
            "open the address in a browser and download the table itself",
        )


def _failure(error: UnicodeError, lines: int, data: bytes) -> str:
    if not isinstance(error, UnicodeDecodeError) or error.start >= len(error.object):
        return f"fails near line {lines + 1}: {error}"
    line = lines + data[: error.start].count(b"\n") + 1
    return f"fails near line {line}, byte 0x{error.object[error.start]:02x}"


def _guess(file: BinaryIO, name: str, tried: tuple[str, ...]) -> str:
    """A hint only: which usual encoding decodes the beginning. It is never used to read."""
    start = b""
    for _, data in unpacked(file, name):
        start += data
        if len(start) >= CHUNK_BYTES:
            break
    marked = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else _GUESSES:
        if encoding in tried or (encoding == "utf-8" and "utf-8-sig" in tried):
            continue
        try:
            codecs.getincrementaldecoder(encoding)().decode(start)
        except UnicodeError:
            continue
        return (
            f"its beginning can be read as {encoding}; if that is its encoding, say so in the"
            f" profile (`encodings: [{encoding}]`)"
        )
    return "ask the publisher for the encoding, or export the table as UTF-8"
