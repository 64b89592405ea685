"""A PDF's small objects put together and compressed: what a tagged table needs, at a quarter.

The typesetter writes every object of a file by itself, and a table of twenty thousand cells has
a structure element for each: five sixths of the file. PDF 1.5 has object streams for that
(ISO 32000-1, 7.5.7 and 7.5.8; PDF/A-2 allows them, clause from memory): objects that hold no
stream move into compressed ones of `TOGETHER`, and the table of places becomes a stream too.
No object changes a byte. A file that is not of the form the typesetter writes is an error.

The compressor is the one that comes with Arrow, pinned with it, since the one Python is linked
with differs between machines and the same report must be the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from struct import pack
from typing import Final
from zlib import adler32

TOGETHER: Final = 200
"""Objects in one stream."""
_START: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_TABLE: Final = re.compile(rb"xref\s+0 (\d+)\s+")
_TRAILER: Final = re.compile(rb"trailer\s*<<(.*)>>\s*startxref", re.S)
_BEGINNING: Final = re.compile(rb"(\d+) 0 obj\s")
_SIZE: Final = re.compile(rb"/Size \d+")


class NotPlain(ValueError):
    """The file is not one the typesetter wrote: a table of places, generation 0 throughout."""


def packed(content: bytes) -> bytes:
    """The same PDF with its small objects in compressed streams.

    Parameters
    ----------
    content : bytes
        A PDF with a cross-reference table, as the typesetter writes it.

    Raises
    ------
    NotPlain
        Where its form is another.
    """
    objects, trailer, head = _read(content)
    small = [number for number, body in objects.items() if not _is_stream(body)]
    streams: dict[int, bytes] = {n: body for n, body in objects.items() if _is_stream(body)}
    entries: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
    free = max(objects) + 1
    for start in range(0, len(small), TOGETHER):
        group = small[start : start + TOGETHER]
        streams[free] = _together([(number, objects[number]) for number in group])
        entries |= {number: (2, free, place) for place, number in enumerate(group)}
        free += 1
    body = bytearray(head)
    for number, stream in streams.items():
        entries[number] = (1, len(body), 0)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, stream)
    entries[free] = (1, len(body), 0)
    start = len(body)
    rows = b"".join(pack(">BLH", *entries.get(number, (0, 0, 65535))) for number in range(free + 1))
    about = b"/Type/XRef/W[1 4 2]" + _SIZE.sub(b"/Size %d" % (free + 1), trailer)
    body += b"%d 0 obj\n%s\nendobj\n" % (free, _stream(about, rows))
    return bytes(body + b"startxref\n%d\n%%%%EOF" % start)


def _read(content: bytes) -> tuple[dict[int, bytes], bytes, bytes]:
    """Objects by number, the trailer's entries, and what stands before the first object."""
    end = _START.search(content)
    table = _TABLE.match(content, int(end[1])) if end else None
    trailer = _TRAILER.search(content, table.end()) if table else None
    if end is None or table is None or trailer is None or b"/Prev" in trailer[1]:
        raise NotPlain("no table of places at its end")
    places: list[tuple[int, int]] = []
    for number in range(int(table[1])):
        row = content[table.end() + 20 * number : table.end() + 20 * number + 18]
        if row[17:18] == b"n":
            places.append((int(row[:10]), number))
    places.sort()
    ends = [place for place, _ in places[1:]] + [int(end[1])]
    objects: dict[int, bytes] = {}
    for (place, number), until in zip(places, ends, strict=True):
        piece = content[place:until].rstrip()
        beginning = _BEGINNING.match(piece)
        if beginning is None or int(beginning[1]) != number or not piece.endswith(b"endobj"):
            raise NotPlain(f"object {number} is not at its place")
        objects[number] = piece[beginning.end() : -len(b"endobj")].strip()
    return objects, trailer[1].strip(), content[: places[0][0]]


def _is_stream(body: bytes) -> bool:
    return body.endswith(b"endstream")


def _together(objects: Sequence[tuple[int, bytes]]) -> bytes:
    """An object stream."""
    places, bodies = [], bytearray()
    for number, body in objects:
        places.append(b"%d %d" % (number, len(bodies)))
        bodies += body + b"\n"
    head = b" ".join(places) + b"\n"
    return _stream(b"/Type/ObjStm/N %d/First %d" % (len(objects), len(head)), head + bytes(bodies))


def _stream(about: bytes, content: bytes) -> bytes:
    small = _deflated(content)
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (about, len(small), small)


def _deflated(content: bytes) -> bytes:
    """The content in the zlib form (RFC 1950): Arrow's gzip (RFC 1952) with its ends exchanged."""
    import pyarrow

    gzip: bytes = pyarrow.compress(content, codec="gzip", asbytes=True)
    if gzip[:4] != b"\x1f\x8b\x08\x00":
        raise NotPlain("the compressor gave a form with names or comments")
    return b"\x78\x9c" + gzip[10:-8] + pack(">L", adler32(content))
