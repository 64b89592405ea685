"""What a state does to the goods, on one neutral scale.

    level 0   none                     goods move freely
    level 1   inspection, conditional  goods move, watched: more samples, documents, conditions
    level 2   hold                     goods do not move: those who ship have stopped themselves
    level 3   suspended                goods do not move: an authority has stopped them

States of different agreements are compared by level, never by name. Within one
agreement its own ranks say which of two states is more restrictive; `check` refuses
an effect that lets goods move more freely at a higher rank.
"""

from __future__ import annotations

from typing import Final

from fairwater.agreement.model import Agreement, Effect, Measure

LEVELS: Final[dict[Effect, int]] = {
    "none": 0,
    "inspection": 1,
    "conditional": 1,
    "hold": 2,
    "suspended": 3,
}


def level(measure: Measure, state: str) -> int | None:
    """Level of a measure's state; None where the agreement states no effect for it."""
    for entry in measure.states:
        if entry.id == state:
            return None if entry.effect is None else LEVELS[entry.effect]
    return None


def without_effect(agreement: Agreement) -> tuple[str, ...]:
    """States of the agreement that state no effect, as ``measure.state``."""
    return tuple(
        f"{measure.id}.{state.id}"
        for measure in agreement.measures
        for state in measure.states
        if state.effect is None
    )
