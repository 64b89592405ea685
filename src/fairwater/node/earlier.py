"""What one document is compared with: the rows held before, as its source sees them.

A source publishes (primary), replaces its own issues (snapshot) or repeats
others (compilation); see `fairwater.intake.lineage`. Of the rows a node holds,

    publication   rows of the same publication in other documents
    elsewhere     for a compilation the rows of the sources it repeats; for any
                  other source the rows of compilations, which may have repeated
                  it before it came. Rows still undecided are not among them.
    said          rows of this source in other documents, their own number included
    series        rows that stand in earlier documents of the same snapshot source
    here          rows of this very document, read by another profile
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fairwater.intake.placing import HeldRow
from fairwater.intake.profile import Profile
from fairwater.intake.sameness import DIGEST_BYTES, Recipe, stored_row
from fairwater.node.held import HeldRows

Place = tuple[str | None, int]
"""Sheet and row."""


class EarlierRows:
    """Rows held before a document, as lineage asks for them (`lineage.Held`).

    Without a document, every row held stands in another one.
    """

    def __init__(self, held: HeldRows, document: str | None, profile: Profile) -> None:
        self._held = held
        self._profile = profile
        number = -1
        if document in held.documents:
            number = held.documents.index(document)
        self._elsewhere: NDArray[Any] = held.lines["document"] != number

    def publication(self, name: str) -> Mapping[bytes, int] | None:
        """Rows of a publication in other documents, by numbered digest; None: not seen."""
        span = self._publications.get(name)
        if span is None:
            return None
        return Counter(_pieces(self._held.lines["numbered"][span]))

    def said(self, digest: bytes) -> int:
        """Rows of this source in other documents with this numbered digest."""
        return self._said.get(digest, 0)

    def elsewhere(self, recipe: Recipe) -> Mapping[bytes, int]:
        """Rows this source may repeat, or that may have repeated it, by digest."""
        lines = self._held.lines
        documents = [self._repeats(document) for document in self._held.documents]
        if not any(documents):
            return {}
        chosen = np.array(documents, dtype=bool)[lines["document"]]
        chosen &= self._elsewhere & lines["report"] & ~lines["undecided"]
        return Counter(_pieces(self._held.digests(recipe)[chosen]))

    def series(self, key: Recipe) -> Mapping[bytes, list[HeldRow]]:
        """Rows that stand in earlier documents of this source, by key."""
        lines = self._held.lines
        rows: dict[bytes, list[HeldRow]] = {}
        chosen = self._same_source & lines["report"]
        entries = lines["entry"][chosen].tolist()
        contents = _pieces(lines["content"][chosen])
        keys = _pieces(self._held.digests(key)[chosen])
        for entry, content, digest in zip(entries, contents, keys, strict=True):
            if self._held.stands(entry):
                rows.setdefault(digest, []).append(HeldRow(entry, content))
        return rows

    def not_understood(self) -> list[HeldRow]:
        """Quarantined rows of earlier documents of this source, corrected ones among them."""
        lines = self._held.lines
        chosen = self._same_source & ~lines["report"]
        pairs = zip(lines["entry"][chosen].tolist(), _pieces(lines["content"][chosen]), strict=True)
        return [HeldRow(entry, content) for entry, content in pairs]

    def here(self, sheet: str | None, row: int) -> HeldRow | None:
        """The row of this document as read before: the latest reading of it."""
        return self._here.get((sheet, row))

    def stands(self, entry: int) -> bool:
        """Whether a row was neither amended, withdrawn nor corrected."""
        return self._held.stands(entry)

    def data(self, entry: int) -> bytes:
        """Canonical bytes of a journal entry."""
        return self._held.data(entry)

    @cached_property
    def _publications(self) -> dict[str, NDArray[Any]]:
        """Publication to its lines in other documents."""
        lines = np.flatnonzero(self._elsewhere)
        numbers = self._held.lines["publication"][lines]
        order = np.argsort(numbers, kind="stable")
        names = range(len(self._held.publications))
        starts = np.searchsorted(numbers[order], names, side="left").tolist()
        ends = np.searchsorted(numbers[order], names, side="right").tolist()
        return {
            self._held.publications[name]: lines[order[start:end]]
            for name, start, end in zip(names, starts, ends, strict=True)
            if start < end
        }

    @cached_property
    def _same_source(self) -> NDArray[Any]:
        """Which lines stand in other documents of this source."""
        same = [
            self._source(document) == self._profile.profile for document in self._held.documents
        ]
        of_source = np.array([*same, False], dtype=bool)[self._held.lines["document"]]
        lines: NDArray[Any] = self._elsewhere & of_source
        return lines

    @cached_property
    def _said(self) -> Counter[bytes]:
        return Counter(_pieces(self._held.lines["numbered"][self._same_source]))

    @cached_property
    def _here(self) -> dict[Place, HeldRow]:
        rows: dict[Place, HeldRow] = {}
        lines = self._held.lines[~self._elsewhere]
        for entry, content in zip(lines["entry"].tolist(), _pieces(lines["content"]), strict=True):
            row = stored_row(self._held.data(entry))
            if row is not None and row.source is not None:
                rows[row.source.sheet, row.source.row] = HeldRow(entry, content)
        return rows

    @cached_property
    def _profiles(self) -> dict[str, tuple[str | None, str | None]]:
        """Document to the profile that read it last, and its lineage."""
        return {source.sha256: (source.profile, source.lineage) for source in self._held.sources}

    def _source(self, document: str) -> str | None:
        return self._profiles.get(document, (None, None))[0]

    def _repeats(self, document: str) -> bool:
        """Whether this source and that document's may hold the same results."""
        source, lineage = self._profiles.get(document, (None, None))
        if source == self._profile.profile:
            return False
        mine = self._profile.lineage
        if mine.kind == "compilation":
            return not mine.of or source in mine.of
        return lineage == "compilation"


def _pieces(digests: NDArray[Any]) -> list[bytes]:
    data = digests.tobytes()
    return [data[at : at + DIGEST_BYTES] for at in range(0, len(data), DIGEST_BYTES)]
