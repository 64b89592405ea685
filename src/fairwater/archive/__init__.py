"""The archive: tables projected from the journal; thrown away and rebuilt at will (floor 4).

`project` brings the tables up to the journal, `Archive` reads them, `contract`
says what every column means. Nothing is known here that the journal does not
hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fairwater.archive.errors import ArchiveError, QueryError, QueryTimeout
    from fairwater.archive.projection import Projection, project, rebuild
    from fairwater.archive.read import Archive

__all__ = [
    "Archive",
    "ArchiveError",
    "Projection",
    "QueryError",
    "QueryTimeout",
    "project",
    "rebuild",
]

_HOMES = {
    "Archive": "read",
    "ArchiveError": "errors",
    "Projection": "projection",
    "QueryError": "errors",
    "QueryTimeout": "errors",
    "project": "projection",
    "rebuild": "projection",
}


def __getattr__(name: str) -> Any:  # pyarrow and duckdb take 0.5 s: only who needs them waits
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
