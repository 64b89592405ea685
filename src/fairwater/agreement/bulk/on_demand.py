"""Verdicts worked out when they are read: of ten thousand units hardly any is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from fairwater.agreement.verdict import Verdict


class OnDemand(Mapping[str, Verdict]):
    """Verdicts by transition, each worked out when it is first read; equal to a dict of them."""

    def __init__(self, names: tuple[str, ...], judge: Callable[[str], Verdict]) -> None:
        self._names, self._judge = names, judge
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

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mapping) and dict(self) == dict(other)
