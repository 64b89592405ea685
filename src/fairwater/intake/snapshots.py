"""Snapshots: a source that publishes all of its rows again, and what each issue changes.

    issue of 2025-02-07       issue of 2025-05-13
    point 16, 1 Feb, ND 0.30  point 16, 1 Feb, 0.0077   replaces a published result
    point 16, 2 Feb, -        point 16, 2 Feb, 0.0081   fills what was open: a new result
    point 17, 1 Feb, 0.0090   point 18, 1 Feb, 0.0090   moves: the place alone is another
    point 19, 1 Feb, 0.0050                             withdrawn: no longer there

Rows are paired by the profile's key, as multisets: equal rows are replicates and
stay as many as they are. Under one key an equal row is unchanged; the rest are
paired so that as little as possible differs. What is left on both sides under
different keys moved only if it must have: as many rows, equal in all but the
place, from one place to one other. Otherwise the old are withdrawn, the new are
new, and the withdrawal says that they look alike. Nothing is ever deleted.

A row that was not understood in an earlier issue, and stands again as it stood,
says nothing new; a report that a correction made of it stays.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple, Protocol

import msgspec

from fairwater.intake.apart import Arrived
from fairwater.intake.differing import changes_between, difference, kind_of
from fairwater.intake.errors import FileUnreadable
from fairwater.intake.placing import HeldRow, Placed, Relation, new, restates, stored
from fairwater.intake.profile import Lineage
from fairwater.intake.sameness import (
    PLACE_ROLES,
    ROLES,
    Recipe,
    StoredReport,
    StoredRow,
)
from fairwater.records import TestReport, decode_trusted, encode

_STAYS = Recipe((*(role for role in ROLES if role not in PLACE_ROLES), "moment", "nuclides"))
"""What a row that moved to another place says as before."""
_DAY = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)", re.ASCII)
_WHY = {
    "fills": "a later issue fills what was open",
    "replaces": "changed in a later issue",
    "moves": "the same result at another place in a later issue",
}


class Gone(NamedTuple):
    """A row of an earlier issue that this one no longer has, and why it is withdrawn."""

    entry: int
    reason: str


class HeldSeries(Protocol):
    """What is asked about the rows of earlier issues."""

    def series(self, key: Recipe) -> Mapping[bytes, list[HeldRow]]:
        """Rows that stand (neither amended nor withdrawn) in earlier issues of this source."""
        ...

    def not_understood(self) -> list[HeldRow]:
        """Quarantined rows of earlier issues, corrected ones among them."""
        ...

    def stands(self, entry: int) -> bool:
        """Whether a row was neither amended, withdrawn nor corrected."""
        ...

    def data(self, entry: int) -> bytes:
        """Canonical bytes of a journal entry."""
        ...


def issue_day(lineage: Lineage, name: str, stated: str | None = None) -> str | None:
    """Day on which a snapshot was issued: as stated, else the one its file's name holds.

    Raises
    ------
    FileUnreadable
        The source's issues are told apart by their day, and neither says it.
    """
    if stated is not None or lineage.issue_day is None:
        return stated
    days: list[str] = [text for text in _DAY.findall(name) if _is_day(text)]
    if len(days) != 1:
        raise FileUnreadable(
            name,
            f"{' and '.join(days) or 'no day'} in the file's name",
            "the day on which this snapshot was issued, such as fish_2025-02-07.csv",
            "rename the file, or state the day (`--issued 2025-02-07`)",
        )
    return days[0]


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


class Snapshot:
    """Places the rows of one issue. Order of calls: `place` for each row, `rest`, `gone`."""

    def __init__(
        self, lineage: Lineage, held: HeldSeries, *, name: str = "", issued: str | None = None
    ) -> None:
        self._held = held
        self._name = name
        self._issued = issued
        self._key = Recipe(lineage.key)
        self._series = {key: deque(rows) for key, rows in held.series(self._key).items()}
        self._first = not self._series
        self._waiting: dict[bytes, list[Arrived]] = {}
        self._fresh: list[Arrived] = []
        self._unread: dict[bytes, deque[HeldRow]] = {}
        self._corrected: set[tuple[str, str | None, int]] = set()
        self._alike = Counter[bytes]()
        for row in self._not_understood():
            self._unread.setdefault(row.content, deque()).append(row)

    def place(self, outcome: Arrived) -> Placed | None:
        """What the row is; None if that depends on rows to come."""
        row = stored(outcome.data)
        if not isinstance(row, StoredReport):
            return self._unread_again(outcome)
        if self._first:
            return self._new(outcome)
        key = self._key.digest(row)
        group = self._series.get(key)
        if not group:
            self._fresh.append(outcome)
            return None
        for held in group:
            if held.content == outcome.content:
                group.remove(held)
                return restates(outcome)
        self._waiting.setdefault(key, []).append(outcome)
        return None

    def rest(self) -> Iterator[Placed]:
        """Rows that `place` left open, now that the whole issue was seen, in its order."""
        placed: list[Placed] = []
        for key, rows in self._waiting.items():
            placed += self._paired(rows, self._series[key])
        placed += self._moved()
        yield from sorted(placed, key=lambda each: each.outcome.row)
        self._waiting, self._fresh = {}, []

    def gone(self) -> Iterator[Gone]:
        """Rows of earlier issues that this one no longer has, in journal order."""
        plain = f"no longer in the later issue {self._name}"
        alike = f"{plain}; new rows there equal it in all but the place; which moved is not clear"
        left = [row for group in self._series.values() for row in group]
        left += [row for group in self._unread.values() for row in group]
        for held in sorted(left):
            row = stored(self._held.data(held.entry))
            if isinstance(row, StoredReport):
                if self._position(row) not in self._corrected:
                    unclear = self._alike[_STAYS.digest(row)] > 0
                    yield Gone(held.entry, alike if unclear else plain)
            elif self._held.stands(held.entry):
                yield Gone(held.entry, plain)

    def new(self, outcome: Arrived) -> Placed:
        """A row that is new, published on the day of the issue."""
        return self._new(outcome)

    # Rows not understood

    def _not_understood(self) -> list[HeldRow]:
        """Those that stand, and those whose correction stands."""
        rows = self._held.not_understood()
        corrected = [row for row in rows if not self._held.stands(row.entry)]
        if not corrected:
            return rows
        standing = {
            self._position(stored(self._held.data(row.entry)))
            for group in self._series.values()
            for row in group
        }
        return [
            row
            for row in rows
            if self._held.stands(row.entry)
            or self._position(stored(self._held.data(row.entry))) in standing
        ]

    def _unread_again(self, outcome: Arrived) -> Placed:
        group = self._unread.get(outcome.content)
        if not group:
            return new(outcome, ())
        held = group.popleft()
        position = self._position(stored(self._held.data(held.entry)))
        if position is not None:
            self._corrected.add(position)
        return restates(outcome)

    @staticmethod
    def _position(row: StoredRow) -> tuple[str, str | None, int] | None:
        source = row.source
        return None if source is None else (source.document, source.sheet, source.row)

    # Rows that changed

    def _paired(self, rows: list[Arrived], group: deque[HeldRow]) -> Iterator[Placed]:
        """Rows under one key with those held under it, so that as little as possible differs."""
        news = {n: stored(row.data) for n, row in enumerate(rows)}
        olds = {held: stored(self._held.data(held.entry)) for held in group}
        distances = sorted(
            (len(changes_between(old, now)), n, held)
            for n, now in news.items()
            for held, old in olds.items()
        )
        for _, n, held in distances:
            if n in news and held in olds:
                yield self._amends(rows[n], held, olds.pop(held), news.pop(n))
                group.remove(held)
        for n in news:
            self._fresh.append(rows[n])

    def _moved(self) -> Iterator[Placed]:
        """Rows new under their keys: those that can only have moved, and those that are new."""
        left = [(row, group) for group in self._series.values() for row in group]
        old_by: dict[bytes, list[tuple[HeldRow, StoredReport]]] = {}
        for held, _ in left:
            row = stored(self._held.data(held.entry))
            if isinstance(row, StoredReport) and _states(row):
                old_by.setdefault(_STAYS.digest(row), []).append((held, row))
        new_by: dict[bytes, list[tuple[Arrived, StoredReport]]] = {}
        for outcome in self._fresh:
            row = stored(outcome.data)
            digest = _STAYS.digest(row) if old_by and isinstance(row, StoredReport) else b""
            if digest in old_by and isinstance(row, StoredReport):
                new_by.setdefault(digest, []).append((outcome, row))
            else:
                yield self._new(outcome)
        groups = dict(left)
        for digest, news in new_by.items():
            olds = old_by[digest]
            one_way = len({_place(row) for _, row in olds}) == 1
            one_way &= len({_place(row) for _, row in news}) == 1
            if len(olds) == len(news) and one_way:
                for (held, old), (outcome, now) in zip(olds, news, strict=True):
                    groups[held].remove(held)
                    yield self._amends(outcome, held, old, now)
            else:
                self._alike[digest] = len(news)
                for outcome, _ in news:
                    yield self._new(outcome)

    def _amends(self, outcome: Arrived, held: HeldRow, old: StoredRow, now: StoredRow) -> Placed:
        changes = changes_between(old, now)
        kind = kind_of(changes)
        return Placed(
            outcome,
            Relation.AMENDS,
            self._dated(outcome.data),
            (),
            held.entry,
            f"{_WHY[kind]}: {difference(old, now)}",
            kind,
            changes,
        )

    def _new(self, outcome: Arrived) -> Placed:
        return Placed(outcome, Relation.NEW, self._dated(outcome.data))

    def _dated(self, data: bytes) -> bytes:
        """The record, published on the day of the issue if it does not say when."""
        record = decode_trusted(data) if self._issued is not None else None
        if not isinstance(record, TestReport) or record.published is not None:
            return data
        return encode(msgspec.structs.replace(record, published=self._issued))


def _states(row: StoredReport) -> bool:
    return any(result.kind != "not_stated" for result in row.results)


def _place(row: StoredReport) -> object:
    return None if isinstance(row.sample, str) else row.sample.place
