"""`fairwater init`: make a folder a party's node."""

from __future__ import annotations

from pathlib import Path

from fairwater.cli.exits import DONE
from fairwater.cli.output import print_json
from fairwater.node.node import Node


def init(folder: Path, /, *, party: str, name: str, json: bool = False) -> int:
    """Make a folder a party's node: its configuration and an empty journal.

    The first record of the journal is the party itself.

    Example: fairwater init coast --party coast --name "Coastal authority"

    Parameters
    ----------
    folder
        A new or empty folder.
    party
        The party's identifier, as agreements bind it to roles.
    name
        The party's name, for people.
    json
        Print the result as JSON.
    """
    node = Node.create(folder, party=party, name=name)
    if json:
        print_json(
            {"node": str(folder), "party": party, "name": name, "records": node.journal.size}
        )
    else:
        print(f"{folder} is now the node of {name} ({party}).")
    return DONE
