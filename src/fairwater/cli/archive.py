"""`fairwater archive`: rebuild the tables, say how they stand, verify the journal."""

from __future__ import annotations

from pathlib import Path

from fairwater.cli.exits import DONE, NO
from fairwater.cli.output import print_json, print_table, talk
from fairwater.ledger.errors import JournalDamaged
from fairwater.node import config
from fairwater.node.node import Node


def rebuild(*, node: Path | None = None, json: bool = False) -> int:
    """Make the archive again from the journal; readers keep the old one until it is done.

    Example: fairwater archive rebuild --node coast

    Parameters
    ----------
    node
        The node's folder.
    json
        Print sizes and content hashes as JSON.
    """
    from fairwater.archive import rebuild as again

    opened = Node.open(config.find(node))
    again(opened.journal, opened.config.archive)
    return _tell(opened, json)


def status(*, node: Path | None = None, json: bool = False) -> int:
    """Rows and content hash of each table. Equal records give equal hashes, on any machine.

    Example: fairwater archive status --node coast

    Parameters
    ----------
    node
        The node's folder.
    json
        Print as JSON.
    """
    return _tell(Node.open(config.find(node)), json)


def verify(*, node: Path | None = None, json: bool = False) -> int:
    """Check every byte of the journal against its digests.

    Exit code 1 if it is damaged; each damage is named with file and place.

    Example: fairwater archive verify --node coast

    Parameters
    ----------
    node
        The node's folder.
    json
        Print as JSON.
    """
    journal = Node.open(config.find(node)).journal
    damages: list[str] = []
    try:
        journal.verify()
    except JournalDamaged as error:
        damages = [str(fault) for fault in error.faults]
    if json:
        print_json({"entries": journal.size, "digest": journal.digest(), "damages": damages})
    elif damages:
        for damage in damages:
            talk(f"damaged: {damage}")
    else:
        print(f"{journal.size:,} entries are as they were committed; digest {journal.digest()}")
    return NO if damages else DONE


def _tell(opened: Node, json: bool) -> int:
    archive = opened.archive()
    hashes = archive.content()
    rows = {table: archive.manifest.rows(table) for table in hashes}
    if json:
        print_json(
            {
                "entries": opened.journal.size,
                "tables": {t: {"rows": rows[t], "content": hashes[t]} for t in hashes},
            }
        )
    else:
        print(f"journal: {opened.journal.size:,} entries")
        print_table(("table", "rows", "content"), [(t, rows[t], hashes[t]) for t in hashes])
    return DONE
