"""Lineage: is a row news, or has it been said before?

Nothing is merged because it looks alike: of one real source's rows 60 % equal
another row in all but their number, and nearly all of them are herds tested
head by head. What a row is to what is held depends on what its source is:

primary      publishes first. A row equal in every cell, its own number
             included, to a row of the *same publication* in another file
             restates it. A further row of such a publication is new, and
             flagged `publication_seen_before`. Where only the file's name names
             the publication and more than half of its rows were said before by
             the source, number included, the file is a renamed or divided copy:
             those rows restate. (Between 485 real reports at most 4 % are shared.)
compilation  repeats what others published. A row equal in every cell (but its
             number) to an earlier row of another source restates it. A row
             equal only in the cells the profile names (place, item, dates,
             values) is kept, flagged `possible_restatement`, and is no evidence
             until someone decides. Whichever of the two is read first, the
             result is held once.
snapshot     replaces its own earlier issues. By the profile's key columns a row
             is unchanged (restates), changed (amends) or gone (withdrawn); see `snapshots`.

All matching is by multiset against what was held *before* the file: two equal
rows restate two, never each other, so a file's own replicates stay. "Equal" is
after the profile's spelling rules (`sameness`).

The bytes of a row, and so its id, contain its file and row number. A file that
was read whole by this very profile can only restate itself. Read again by
another profile, a row that now says something else amends what it said.

    matcher = Matcher(lineage, held, known=False)
    for outcome in table:
        placed = matcher.place(outcome)     # None: decided at the end
    for placed in matcher.rest(): ...
    for gone in matcher.gone(): ...         # snapshot only
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Protocol

import msgspec

from fairwater.intake.apart import Arrived
from fairwater.intake.differing import difference
from fairwater.intake.placing import (
    HeldRow,
    Placed,
    Relation,
    Row,
    flagged,
    new,
    restates,
    row_of,
    stored,
)
from fairwater.intake.profile import Lineage
from fairwater.intake.sameness import (
    ALIKE,
    EVERY_CELL,
    Recipe,
    StoredReport,
    numbered,
)
from fairwater.intake.snapshots import Gone, Snapshot
from fairwater.records import QuarantinedRow, TestReport, encode

PUBLICATION_SEEN_BEFORE = "publication_seen_before"
POSSIBLE_RESTATEMENT = "possible_restatement"
LINEAGE_FLAGS = frozenset({PUBLICATION_SEEN_BEFORE, POSSIBLE_RESTATEMENT})
"""Flags that depend on what was held before, not on the row alone."""


class Held(Protocol):
    """What a matcher asks about the rows held before this file. `content` is `EVERY_CELL`'s."""

    def publication(self, name: str) -> Mapping[bytes, int] | None:
        """Rows of a publication in other files, `numbered`, and how many; None: not seen."""
        ...

    def said(self, digest: bytes) -> int:
        """Rows of this source in other files with this `numbered` digest."""
        ...

    def elsewhere(self, recipe: Recipe) -> Mapping[bytes, int]:
        """Rows this source may repeat, or that may have repeated it, by digest."""
        ...

    def series(self, key: Recipe) -> Mapping[bytes, list[HeldRow]]:
        """Rows that stand (neither amended nor withdrawn) in earlier issues of this source."""
        ...

    def not_understood(self) -> list[HeldRow]:
        """Quarantined rows of earlier issues of this source, corrected ones among them."""
        ...

    def here(self, sheet: str | None, row: int) -> HeldRow | None:
        """Row of this very file as read before, by another profile."""
        ...

    def stands(self, entry: int) -> bool:
        """Whether a row was neither amended, withdrawn nor corrected."""
        ...

    def data(self, entry: int) -> bytes:
        """Canonical bytes of a journal entry."""
        ...


class Matcher:
    """Places the rows of one file. Order of calls: `place` for each row, `rest`, `gone`."""

    def __init__(
        self,
        lineage: Lineage,
        held: Held,
        *,
        known: bool,
        profile: str = "",
        file: str | None = None,
        issued: str | None = None,
    ) -> None:
        self._lineage = lineage
        self._held = held
        self._known = known
        self._profile = profile
        self._publications: dict[str, Counter[bytes] | None] = {}
        self._file = None if file is None else file.removesuffix(".gz")
        self._rows = 0
        self._copies: list[tuple[Arrived, bytes]] = []
        self._waiting: list[tuple[Arrived, bytes]] = []
        self._every = EVERY_CELL.without(lineage.ignore)
        self._alike = _alike(lineage)
        self._elsewhere: Counter[bytes] = Counter()
        self._like_elsewhere: Counter[bytes] = Counter()
        self._issue: Snapshot | None = None
        if known:
            return
        if lineage.kind == "snapshot":
            self._issue = Snapshot(lineage, held, name=file or "", issued=issued)
        else:
            self._elsewhere.update(held.elsewhere(self._every))
            if self._elsewhere:
                self._like_elsewhere.update(held.elsewhere(self._alike))

    def place(self, outcome: Arrived) -> Placed | None:
        """What the row is; None if that depends on rows to come (then `rest` gives it)."""
        if self._known:
            return restates(outcome)
        before = self._held.here(outcome.sheet, outcome.row)
        if before is not None:
            return self._again(outcome, before)
        if self._issue is not None:
            return self._issue.place(outcome)
        if outcome.publication is not None and outcome.publication == self._file:
            self._rows += 1
            if self._publication(outcome.publication) is None:
                digest = _numbered(outcome)
                if self._held.said(digest):
                    self._copies.append((outcome, digest))  # depends on how many there are
                    return None
        return self._compare(outcome)

    def corrected(self, outcome: Arrived) -> Placed:
        """What a corrected row is. If it says again what is held, that is for someone to decide."""
        if self._issue is not None:
            return self._issue.new(outcome)
        placed = self._compare(outcome) or next(self.rest())
        return placed if placed.data else new(outcome, (POSSIBLE_RESTATEMENT,))

    def _compare(self, outcome: Arrived) -> Placed | None:
        added: tuple[str, ...] = ()
        if outcome.publication is not None and self._lineage.publication != "none":
            seen = self._publication(outcome.publication)
            if seen is not None:
                if _take(seen, _numbered(outcome)):
                    return restates(outcome)
                added = (PUBLICATION_SEEN_BEFORE,)
        if self._elsewhere and isinstance(row := stored(outcome.data), StoredReport):
            alike = self._alike.digest(row)
            if _take(self._elsewhere, self._every.digest(row)):
                _take(self._like_elsewhere, alike)
                return restates(outcome)
            if self._like_elsewhere[alike] > 0:
                self._waiting.append((outcome, alike))  # a later row may equal in every cell
                return None
        return new(outcome, added)

    def rest(self) -> Iterator[Placed]:
        """Rows that `place` left open, now that the whole file was seen."""
        if self._issue is not None:
            yield from self._issue.rest()
            return
        yield from self._rest_of_copies()
        for outcome, digest in self._waiting:
            yield self._possible(outcome, digest)
        self._waiting = []

    def _rest_of_copies(self) -> Iterator[Placed]:
        a_copy = 2 * len(self._copies) > self._rows
        left = {digest: self._held.said(digest) for _, digest in self._copies} if a_copy else {}
        for outcome, digest in self._copies:
            if left.get(digest, 0) > 0:
                left[digest] -= 1
                yield restates(outcome)
            elif placed := self._compare(outcome):
                yield placed
        self._copies = []

    def gone(self) -> Iterator[Gone]:
        """Rows of earlier issues that this snapshot no longer has, in journal order."""
        if self._issue is not None:
            yield from self._issue.gone()

    def _publication(self, name: str) -> Counter[bytes] | None:
        if name not in self._publications:
            seen = self._held.publication(name)
            self._publications[name] = None if seen is None else Counter(seen)
        return self._publications[name]

    def _possible(self, outcome: Arrived, alike: bytes) -> Placed:
        added: tuple[str, ...] = ()
        publication = outcome.publication
        if publication is not None and self._publications.get(publication) is not None:
            added = (PUBLICATION_SEEN_BEFORE,)
        if _take(self._like_elsewhere, alike):
            added = (*added, POSSIBLE_RESTATEMENT)
        return new(outcome, added)

    def _again(self, outcome: Arrived, before: HeldRow) -> Placed:
        """A row of a file that another profile read before."""
        old, new = row_of(self._held.data(before.entry)), row_of(outcome.data)
        if encode(_plain(old)) == outcome.data or not self._held.stands(before.entry):
            return restates(outcome)
        # What is undecided stays so: another reading of the row does not make it evidence.
        kept = tuple(flag.flag for flag in old.flags if flag.flag in LINEAGE_FLAGS)
        data = encode(flagged(new, kept)) if kept else outcome.data
        corrects = isinstance(old, QuarantinedRow) and isinstance(new, TestReport)
        relation = Relation.CORRECTS if corrects else Relation.AMENDS
        changes = difference(stored(self._held.data(before.entry)), stored(outcome.data))
        reason = f"the row read again by profile {self._profile}: {changes}"
        return Placed(outcome, relation, data, kept, before.entry, reason)


def _plain(record: Row) -> Row:
    """The record without what lineage added to it."""
    kept = tuple(flag for flag in record.flags if flag.flag not in LINEAGE_FLAGS)
    return record if kept == record.flags else msgspec.structs.replace(record, flags=kept)


def _alike(lineage: Lineage) -> Recipe:
    roles = (*lineage.place, *lineage.item, *lineage.date, *lineage.values)
    return Recipe(roles) if roles else ALIKE


def _numbered(outcome: Arrived) -> bytes:
    return numbered(outcome.content, outcome.entry)


def _take(counts: Counter[bytes], digest: bytes) -> bool:
    """Use up one of the rows with this digest, if one is left."""
    left = counts.get(digest, 0)
    if left > 0:
        counts[digest] = left - 1
    return left > 0
