"""One unit whose measures have stood still: nothing to walk.

Where no step from a measure's first state may ever have held, and nobody decided or
asserted anything, a timeline is known without looking at a sample.
"""

from __future__ import annotations

from fairwater.agreement.bulk.walking import Swift


class Still(Swift):
    """The walk of a unit that takes no step."""

    def run(self) -> None:
        """Nothing happens: only the last day is looked at, and that when asked for."""
        self.today = self.current = self.as_of
        known_at = self.known_at if self.hindsight else min(self.as_of, self.known_at)
        states = self._states(self.as_known(known_at), self.as_of, known_at)
        self.last = dict.fromkeys(self.tracks, (known_at, states))
