"""One unit whose measures have stood still: nothing to walk, and verdicts only when asked for.

Where no step from a measure's first state may ever have held, and nobody decided or
asserted anything, a timeline is known without looking at a sample. What its conditions
say on the last day is worked out when somebody reads `Timeline.now`, by the same
evaluator; of ten thousand units hardly any is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from fairwater.agreement.bulk.walking import Swift
from fairwater.agreement.knowledge import Knowledge
from fairwater.agreement.timeline import Timeline
from fairwater.agreement.tracks import Track
from fairwater.agreement.verdict import Verdict


class Still(Swift):
    """The walk of a unit that takes no step."""

    def run(self) -> None:
        """Nothing happens: only the last day is looked at, and that when asked for."""
        self.today = self.current = self.as_of

    def told(self, measure: str, knowledge: Knowledge) -> Timeline:
        """The timeline of one measure, with verdicts still to be worked out."""
        track = self.tracks[measure]
        track.now = OnDemand(
            tuple(sorted(key for key, t in track.transitions.items() if track.state in t.from_)),
            lambda name: self._on_last_day(track, name),
        )
        return super().told(measure, knowledge)

    def _on_last_day(self, track: Track, name: str) -> Verdict:
        known_at = self.known_at if self.hindsight else min(self.as_of, self.known_at)
        states = self._states(self.as_known(known_at), self.as_of, known_at)
        return self._verdict(track, track.transitions[name], self.as_of, known_at, states)


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
