"""Verdicts worked out when they are read: of ten thousand units hardly any is.

Often the truth alone is wanted, and counting tells it without a verdict: `truth_of`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from fairwater.agreement.bulk.truths import FAILS, HOLDS, UNKNOWN
from fairwater.agreement.logic import Truth
from fairwater.agreement.verdict import Verdict

NAMES: Mapping[int, Truth] = {FAILS: "fails", UNKNOWN: "unknown", HOLDS: "holds"}


class OnDemand(Mapping[str, Verdict]):
    """Verdicts by transition, each worked out when it is first read; equal to a dict of them.

    `ends` gives the least and greatest truth that counting allows, where it was counted.
    """

    def __init__(
        self,
        names: tuple[str, ...],
        judge: Callable[[str], Verdict],
        ends: Callable[[str], tuple[int, int] | None],
    ) -> None:
        self._names, self._judge, self._ends = names, judge, ends
        self._found: dict[str, Verdict] = {}

    def __getitem__(self, name: str) -> Verdict:
        if name not in self._found:
            if name not in self._names:
                raise KeyError(name)
            self._found[name] = self._judge(name)
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mapping) and dict(self) == dict(other)

    def truth(self, name: str) -> Truth:
        """Truth of a transition's condition: by counting where that settles it."""
        if name not in self._found:
            ends = self._ends(name)
            if ends is not None and ends[0] == ends[1]:
                return NAMES[ends[0]]
        return self[name].verdict

    def holds(self, name: str) -> bool:
        """Whether a transition's condition holds: less is to be known than its truth."""
        ends = None if name in self._found else self._ends(name)
        if ends is not None and (ends[1] < HOLDS or ends[0] == HOLDS):
            return ends[0] == HOLDS
        return self[name].verdict == "holds"


def holds_of(now: Mapping[str, Verdict], name: str) -> bool:
    """Whether a transition's condition holds on the last day."""
    return now.holds(name) if isinstance(now, OnDemand) else now[name].verdict == "holds"


def truth_of(now: Mapping[str, Verdict], name: str) -> Truth:
    """Truth of a transition's condition on the last day; the verdict is not worked out for it."""
    return now.truth(name) if isinstance(now, OnDemand) else now[name].verdict
