"""Exit codes, and the failures that carry them.

0   done (also where rows were quarantined, or many units evaluated)
1   a computed "no" to one question
2   usage
3   nothing readable
4   unknown: evidence is missing
5   no agreement, or no limit, applies
70  an internal fault, a lock held by another, a full disk
"""

from __future__ import annotations

from typing import Final

DONE: Final = 0
NO: Final = 1
USAGE: Final = 2
UNREADABLE: Final = 3
UNKNOWN: Final = 4
NOT_APPLICABLE: Final = 5
INTERNAL: Final = 70


class Failure(Exception):
    """What stopped a command, in words for the person who typed it."""

    def __init__(self, code: int, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint
