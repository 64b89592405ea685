"""The node's folder: `fairwater.toml`, `journal/`, `archive/`.

    fairwater.toml   party, name, layout: the file that makes a folder a node
    journal/         the records, append-only; this alone is enough to rebuild the rest
    archive/         tables projected from the journal; may be thrown away

A node is found by `--node`, else by FAIRWATER_NODE, else it is the current folder.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from msgspec import Struct

FILE = "fairwater.toml"
LAYOUT = "1"


class NodeError(Exception):
    """No node here, or one that this program cannot read. `hint` says what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class NodeConfig(Struct, frozen=True):
    """What `fairwater.toml` says."""

    folder: Path
    party: str
    name: str

    @property
    def journal(self) -> Path:
        """Folder of the records."""
        return self.folder / "journal"

    @property
    def archive(self) -> Path:
        """Folder of the projected tables."""
        return self.folder / "archive"


def find(option: Path | None) -> Path:
    """Folder of the node meant: the option, else FAIRWATER_NODE, else the current folder."""
    if option is not None:
        return option
    named = os.environ.get("FAIRWATER_NODE")
    return Path(named) if named else Path.cwd()


def read(folder: Path) -> NodeConfig:
    """Read a node's configuration.

    Raises
    ------
    NodeError
        If the folder is no node, or its file is not understood.
    """
    path = folder / FILE
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NodeError(
            f"no node in {folder}: {FILE} is not there",
            "make one with `fairwater init DIR --party ID --name TEXT`, "
            "or name one with --node or FAIRWATER_NODE",
        ) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise NodeError(f"{path} cannot be read: {error}", "mend the file; it is short") from error
    node = content.get("node")
    if not isinstance(node, dict) or not all(
        isinstance(node.get(key), str) and node[key] for key in ("party", "name", "layout")
    ):
        raise NodeError(
            f"{path}: expected [node] with party, name and layout, each a text",
            'for example party = "coastal-authority"',
        )
    if node["layout"] != LAYOUT:
        raise NodeError(
            f"{path}: layout {node['layout']!r}; this program reads layout {LAYOUT!r}",
            "use the release that wrote it, or a later one",
        )
    return NodeConfig(folder=folder, party=node["party"], name=node["name"])


def create(folder: Path, *, party: str, name: str) -> NodeConfig:
    """Make `folder` a node, with an empty journal. The folder may exist if it is empty.

    Raises
    ------
    NodeError
        If something is there already: nothing is overwritten.
    """
    if not party.strip() or not name.strip():
        raise NodeError("a node needs a party and a name", "--party ID --name TEXT")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NodeError(f"{folder} is not empty", "choose a new folder; nothing was written")
    config = NodeConfig(folder=folder, party=party, name=name)
    config.journal.mkdir(parents=True)
    text = f'[node]\nparty = {_toml_text(party)}\nname = {_toml_text(name)}\nlayout = "{LAYOUT}"\n'
    path = folder / FILE
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return config


def _toml_text(text: str) -> str:
    escaped = "".join(
        f"\\u{ord(c):04x}" if ord(c) < 0x20 or ord(c) == 0x7F else "\\" + c if c in '"\\' else c
        for c in text
    )
    return f'"{escaped}"'
