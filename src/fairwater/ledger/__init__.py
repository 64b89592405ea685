"""The journal: canonical record bytes, append-only and crash-safe (floor 4).

`Journal` is read by many processes and written by one at a time. What it holds
is enough to rebuild everything else.
"""

from fairwater.ledger.errors import (
    Damage,
    JournalDamaged,
    JournalError,
    JournalFull,
    JournalLocked,
)
from fairwater.ledger.journal import Journal

__all__ = [
    "Damage",
    "Journal",
    "JournalDamaged",
    "JournalError",
    "JournalFull",
    "JournalLocked",
]
