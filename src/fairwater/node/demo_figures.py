"""The demo's node: made fresh, filled with real figures, and never mistaken for another.

A demo node is a node whose folder holds the file `DEMO`. Only such a folder is
deleted to make it anew; whatever else stands there is left alone.
"""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path

from fairwater.node import config, statements
from fairwater.node.config import NodeError
from fairwater.node.node import Node
from fairwater.records import Record, decode, encode

MARK = "DEMO"
PARTY = "coastal-authority"
NAME = "Coastal authority (demo)"
MEASURED = "mhlw_seafood_2012-2014.jsonl.gz"
SEA_AREA = "orbs_fish_2021-2025.jsonl.gz"
PRESS = "press_black_rockfish.yaml"

_DATA = resources.files("fairwater.node") / "demo_data"
_TEXT = """\
This node was made by `fairwater demo`, from figures that ship with the program.
It is deleted and made anew each time the demo runs. Delete this file to keep it.
"""

Progress = Callable[[int, int], None]
"""Told records taken in, and records in all."""


def make(folder: Path) -> Node:
    """A new, empty demo node in `folder`; an earlier demo node there is deleted.

    Raises
    ------
    NodeError
        If something else stands there. Nothing was deleted.
    """
    if folder.is_symlink() or (folder.exists() and not is_demo(folder)):
        if folder.is_symlink() or not folder.is_dir() or any(folder.iterdir()):
            raise NodeError(
                f"{folder} is not a demo node: nothing was deleted",
                "name another folder, or move this one away",
            )
    elif folder.exists():
        shutil.rmtree(folder)
    node = Node.create(folder, party=PARTY, name=NAME)
    (folder / MARK).write_text(_TEXT, encoding="utf-8")
    return node


def is_demo(folder: Path) -> bool:
    """Whether `folder` is a node that the demo made."""
    if not (folder / MARK).is_file():
        return False
    try:
        return config.read(folder).party == PARTY
    except NodeError:
        return False


def measured(name: str = MEASURED) -> list[bytes]:
    """Canonical bytes of measured figures, `MEASURED` or `SEA_AREA`: a document, then its rows."""
    with (_DATA / name).open("rb") as raw, gzip.open(raw) as lines:
        return [line.removesuffix(b"\n") for line in lines]


def press() -> list[Record]:
    """The black-rockfish story as the press told it: values, then decisions."""
    return statements.read((_DATA / PRESS).read_text(encoding="utf-8"), PRESS)


def fill(node: Node, others: list[Record], progress: Progress | None = None) -> int:
    """Take the figures, the press and `others` in as one batch; the number of records.

    What ships is checked like what comes from elsewhere.
    """
    records = list(_all(others))
    with node.journal.batch(at=node.now()) as batch:
        for number, data in enumerate(records, 1):
            decode(data)
            batch.add(data)
            if progress is not None and (number % 100 == 0 or number == len(records)):
                progress(number, len(records))
    return len(records)


def _all(others: list[Record]) -> Iterator[bytes]:
    yield from measured()
    yield from measured(SEA_AREA)
    yield from map(encode, press())
    yield from map(encode, others)
