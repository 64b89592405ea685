"""An open node: its configuration, its journal, its archive, its clock.

    node = Node.open(Path("coast"))
    node.enter([record, ...])          one batch: all or nothing
    node.archive()                     projected up to the journal's end

Nothing here knows a domain rule; it hands rooms to those who do.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from fairwater.ledger.journal import Journal
from fairwater.node import config
from fairwater.node.clock import Clock, system_clock
from fairwater.records import Party, Record, Words, encode, record_id

if TYPE_CHECKING:
    from fairwater.archive import Archive


class Entry(Struct, frozen=True):
    """A record entered: its id, its type, and whether the journal had it already."""

    id: str
    type: str
    known_before: bool


class Node:
    """One party's installation, open.

    Attributes
    ----------
    config : NodeConfig
        Folder, party and name.
    journal : Journal
        As it was when opened; `enter` moves it on.
    clock : callable
        Gives the time of acceptance; nothing else reads it.
    """

    def __init__(self, settings: config.NodeConfig, clock: Clock = system_clock) -> None:
        self.config = settings
        self.clock = clock
        self.journal = Journal.open(settings.journal, create=True)
        self._archive: Archive | None = None

    @classmethod
    def open(cls, folder: Path, clock: Clock = system_clock) -> Node:
        """Open the node in `folder`.

        Raises
        ------
        NodeError
            If there is none.
        """
        return cls(config.read(folder), clock)

    @classmethod
    def create(cls, folder: Path, *, party: str, name: str, clock: Clock = system_clock) -> Node:
        """Make `folder` a node whose first record is its own party."""
        node = cls(config.create(folder, party=party, name=name), clock)
        node.enter([Party(party=party, name=Words(en=name))])
        return node

    def now(self) -> datetime:
        """Time of acceptance for what is entered now."""
        return self.clock()

    def today(self) -> date:
        """Civil day of `now` in UTC."""
        return self.clock().date()

    def enter(self, records: Iterable[Record]) -> list[Entry]:
        """Append records as one batch; those already known change nothing."""
        entries = []
        with self.journal.batch(at=self.now()) as batch:
            for record in records:
                data = encode(record)
                new = batch.add(data)
                tag = str(type(record).__struct_config__.tag)
                entries.append(Entry(id=record_id(data), type=tag, known_before=not new))
        return entries

    def archive(self) -> Archive:
        """The archive, projected up to the end of the journal if it lags or is not there."""
        from fairwater.archive import Archive, project

        project(self.journal, self.config.archive)
        if self._archive is None:
            self._archive = Archive.open(self.config.archive)
        else:
            self._archive.refresh()
        return self._archive
