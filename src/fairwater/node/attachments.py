"""Content larger than a record, named by its SHA-256: `attachments/<first two>/<sha256>`.

Verdict documents are kept here so that a recomputation that differs can say
where. They can be computed again from the journal; losing them loses nothing.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from fairwater.node.node import Node


def put(node: Node, data: bytes) -> str:
    """Keep `data`; returns its SHA-256. The same bytes again change nothing."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = _path(node, sha256)
    if path.exists():
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{sha256}.{os.getpid()}")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return sha256


def get(node: Node, sha256: str) -> bytes | None:
    """The bytes of this SHA-256; None if they are not here, or not what the name says."""
    path = _path(node, sha256)
    if not path.is_file():
        return None
    data = path.read_bytes()
    return data if hashlib.sha256(data).hexdigest() == sha256 else None


def _path(node: Node, sha256: str) -> Path:
    return node.config.folder / "attachments" / sha256[:2] / sha256
