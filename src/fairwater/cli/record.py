"""`fairwater record`: enter statements from a YAML file."""

from __future__ import annotations

from pathlib import Path

from fairwater.cli.exits import DONE, UNREADABLE, Failure
from fairwater.cli.output import print_json, print_table
from fairwater.cli.reading import read_text
from fairwater.node import config
from fairwater.node.node import Node
from fairwater.node.statements import StatementsRefused, missing_references, read


def record(file: Path, /, *, node: Path | None = None, json: bool = False) -> int:
    """Enter statements from a YAML file: one record, or a list of them.

    If one is refused, none is entered, and every fault is given.

    Example: fairwater record declarations.yaml --node coast

    Parameters
    ----------
    file
        YAML; `fairwater schema record` is its schema. Scalars are text.
    node
        The node's folder.
    json
        Print ids as JSON.
    """
    opened = Node.open(config.find(node))
    try:
        records = read(read_text(file), str(file))
        faults = list(missing_references(opened.journal, records))
        if faults:
            raise StatementsRefused(str(file), faults)
    except StatementsRefused as error:
        raise Failure(
            UNREADABLE, str(error), hint="`fairwater schema record` tells every field"
        ) from error
    entries = opened.enter(records)
    if json:
        print_json({"records": entries})
    else:
        print_table(
            ("record", "type", ""),
            [(e.id, e.type, "known before" if e.known_before else "entered") for e in entries],
        )
    return DONE
