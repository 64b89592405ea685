"""The journal: canonical record bytes, append-only and crash-safe (floor 4).

`Journal` is read by many processes and written by one at a time. What it holds
is enough to rebuild everything else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairwater.ledger.errors import (
    Damage,
    JournalDamaged,
    JournalError,
    JournalFull,
    JournalLocked,
)

if TYPE_CHECKING:
    from fairwater.ledger.journal import Journal

__all__ = [
    "Damage",
    "Journal",
    "JournalDamaged",
    "JournalError",
    "JournalFull",
    "JournalLocked",
]


def __getattr__(name: str) -> Any:  # numpy takes a while: who only names errors does not wait
    if name != "Journal":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from fairwater.ledger.journal import Journal

    return Journal
