"""Index of a journal: entry number to id and place, id to entry number.

One row of 40 bytes an entry, in `index.bin`: the id (SHA-256, 32 bytes), the
segment number and the offset of the frame in it (4 bytes each, big-endian).
Nothing depends on the file: it is made again from the entries when missing,
short or not in step with them.

In memory an entry costs 40 bytes, and 12 more for the sorted keys (the id's
first 8 bytes) that find an id by bisection; ids added since the last sort wait
in a dictionary.
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, Final, Literal, NamedTuple

ROW: Final = struct.Struct(">32sII")
ROW_BYTES: Final = ROW.size
ID_BYTES: Final = 32
_SORT_AFTER: Final = 65_536


class Place(NamedTuple):
    """Where a frame stands: segment number and byte offset in its file."""

    segment: int
    offset: int


class Index:
    """Rows of the entries known so far. `len(index)` is their number."""

    def __init__(self, rows: bytes | bytearray = b"") -> None:
        self._rows = bytearray(rows)
        self._recent: dict[bytes, int] = {}
        self._keys: memoryview = memoryview(b"").cast("Q")
        self._order: memoryview = memoryview(b"").cast("I")

    def __len__(self) -> int:
        return len(self._rows) // ROW_BYTES

    def id(self, index: int) -> bytes:
        """Id of entry `index`, 32 bytes."""
        at = index * ROW_BYTES
        return bytes(self._rows[at : at + ID_BYTES])

    def place(self, index: int) -> Place:
        """Where entry `index` stands."""
        _, segment, offset = ROW.unpack_from(self._rows, index * ROW_BYTES)
        return Place(segment, offset)

    def rows(self, start: int, stop: int) -> bytes:
        """Bytes of the rows, as they stand in the file."""
        return bytes(self._rows[start * ROW_BYTES : stop * ROW_BYTES])

    def add(self, digest: bytes, segment: int, offset: int) -> None:
        """Append one entry's row."""
        self._recent[digest] = len(self)
        self._rows += ROW.pack(digest, segment, offset)

    def extend(self, rows: bytes) -> None:
        """Append rows as they stand in the file."""
        self._rows += rows

    def truncate(self, size: int) -> None:
        """Forget entries from `size` on."""
        if size < len(self):
            del self._rows[size * ROW_BYTES :]
            self._recent = {digest: at for digest, at in self._recent.items() if at < size}
            if len(self._keys) > size:
                self._keys, self._order = self._keys[:0], self._order[:0]

    def find(self, digest: bytes) -> int | None:
        """Number of the entry with this id."""
        found = self._recent.get(digest)
        return found if found is not None else self._find_sorted(digest)

    def known(self, digests: Sequence[bytes]) -> list[bool]:
        """Whether each id is that of an entry; quicker than one `find` after the other."""
        import numpy as np  # here, as in `_sort`

        self._keep_sorted()
        if not len(self._keys):
            return [digest in self._recent for digest in digests]
        wanted = np.frombuffer(b"".join(digests), ">u8")[:: ID_BYTES // 8].astype(np.uint64)
        keys = np.frombuffer(self._keys, np.uint64)
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        alike = (keys[at] == wanted).tolist()
        return [
            digest in self._recent or (maybe and self._find_sorted(digest) is not None)
            for digest, maybe in zip(digests, alike, strict=True)
        ]

    def _find_sorted(self, digest: bytes) -> int | None:
        self._keep_sorted()
        keys, order = self._keys, self._order
        key = int.from_bytes(digest[:8], "big")
        at = bisect_left(keys, key)
        while at < len(keys) and keys[at] == key:
            row = order[at] * ROW_BYTES
            if self._rows[row : row + ID_BYTES] == digest:
                return order[at]
            at += 1
        return None

    def _keep_sorted(self) -> None:
        waiting = len(self._rows) // ROW_BYTES - len(self._keys)
        if waiting > len(self._recent) or waiting > _SORT_AFTER:
            self._sort()

    def _sort(self) -> None:
        """Merge the rows that are not sorted yet into the sorted keys."""
        import numpy as np  # here: a process that only appends a little saves 0.1 s

        known = len(self._keys)
        table = np.frombuffer(bytes(self._rows[known * ROW_BYTES :]), np.uint8)
        fresh = table.reshape(-1, ROW_BYTES)[:, :8].copy().view(">u8").ravel().astype(np.uint64)
        order = np.argsort(fresh, kind="stable").astype(np.uint32)
        fresh = fresh[order]
        old = np.frombuffer(self._keys, np.uint64)
        at = np.searchsorted(old, fresh, side="right")
        self._keys = _view(np.insert(old, at, fresh), "Q")
        merged = np.insert(np.frombuffer(self._order, np.uint32), at, order + np.uint32(known))
        self._order = _view(merged, "I")
        self._recent.clear()


def _view(numbers: Any, code: Literal["Q", "I"]) -> memoryview:
    """Array as a view whose items are plain ints, for bisection in C."""
    return memoryview(numbers).cast("B").cast(code)
