"""A verdict known to hold by counting, its tree worked out when somebody reads it.

Thousands of eligible intervals open over a history; hardly any is opened to its
samples. What opened one stays as it was: the day, the evidence known then and
the state are kept, and the exact evaluator is asked for the rest once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from fairwater.agreement.logic import Truth
from fairwater.agreement.verdict import Verdict


class _Promised:
    """Stands for a `Verdict` that holds; equal to it, and gives every field of it."""

    verdict: Truth = "holds"

    def __init__(self, judge: Callable[[], Verdict]) -> None:
        self._judge: Callable[[], Verdict] | None = judge
        self._found: Verdict | None = None

    def whole(self) -> Verdict:
        """The verdict itself."""
        if self._found is None and self._judge is not None:
            self._found, self._judge = self._judge(), None
        if self._found is None or self._found.verdict != "holds":
            raise AssertionError("counting said that a condition holds, and it does not")
        return self._found

    def __getattr__(self, name: str) -> Any:
        return getattr(self.whole(), name)

    def __eq__(self, other: object) -> bool:
        return self.whole() == (other.whole() if isinstance(other, _Promised) else other)

    def __hash__(self) -> int:
        return hash(self.whole())

    def __repr__(self) -> str:
        return repr(self.whole())


def promised(judge: Callable[[], Verdict]) -> Verdict:
    """A verdict that holds, by `judge` once it is read."""
    return cast(Verdict, _Promised(judge))
