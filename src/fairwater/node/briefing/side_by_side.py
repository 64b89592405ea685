"""The comparison of the sides, as a report tells it: where they first part, and on what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta

from fairwater.agreement.comparing.answer import (
    Agreed,
    AtomSaid,
    ClauseSaid,
    Learned,
    Parting,
    Says,
)
from fairwater.agreement.comparing.answer import Comparison as Answer
from fairwater.node.briefing.content import (
    Comparison,
    Difference,
    Late,
    Named,
    Number,
    Saying,
)
from fairwater.node.briefing.naming import named
from fairwater.node.briefing.units import Key

DAY = timedelta(days=1)
UNMOVED = "unmoved"
"""What sides agree on where none of them has left its first state."""


def side_by_side(answer: Answer, numbers: Mapping[Key, int]) -> Comparison:
    """A comparison with the numbers of the table's units."""
    agreed = Counter(_agreed_on(one, answer) for one in answer.agree)
    return Comparison(
        letters=tuple(side.letter for side in answer.sides),
        units=len(answer.differ) + len(answer.agree),
        agree=len(answer.agree),
        agree_on=dict(sorted(agreed.items())),
        differences=tuple(_difference(one, answer, numbers) for one in answer.differ),
        late=tuple(_late(one, answer, numbers) for one in answer.learned),
    )


def _agreed_on(one: Agreed, answer: Answer) -> str:
    """`unmoved`, or how all stand on the last day: the direction since their first states."""
    return one.steps[-1].direction if one.steps else UNMOVED


def _label(unit: Mapping[str, str], answer: Answer) -> tuple[Named, ...]:
    return tuple(named(column, unit[column]) for column in answer.columns if column in unit)


def _number(unit: Mapping[str, str], numbers: Mapping[Key, int]) -> int | None:
    values = tuple(unit.values())
    return numbers.get((values[0], values[1])) if len(values) == 2 else None


def _difference(one: Parting, answer: Answer, numbers: Mapping[Key, int]) -> Difference:
    return Difference(
        number=_number(one.unit, numbers),
        label=_label(one.unit, answer),
        first=one.first,
        sayings=tuple(_saying(said) for said in one.says),
    )


def _saying(said: Says) -> Saying:
    """What a side says: the strictest state it calls for, and the clause that makes it say so."""
    clauses = [clause for clause in said.clauses if clause.decisive] or list(said.clauses)
    leading = clauses[0] if clauses else None
    named = [clause for clause in clauses if clause.eligible_from is not None] or clauses[:1]
    states = {state.measure: state for state in said.states}
    state = states.get(leading.measure) if leading is not None else None
    state = state or (said.states[0] if said.states else None)
    return Saying(
        letter=said.letter,
        state=None if state is None else state.calls_for,
        effect=None if state is None else state.effect,
        eligible=tuple(c.transition for c in clauses if c.eligible_from is not None),
        clause=None if leading is None else leading.transition,
        atoms=() if leading is None else tuple(map(_number_of, leading.atoms)),
        evidence=len(_records(named)),
    )


def _records(clauses: list[ClauseSaid]) -> set[str]:
    return {record for clause in clauses for atom in clause.atoms for record in atom.cites}


def _number_of(atom: AtomSaid) -> Number:
    low, high = atom.value or ("*", "*")
    return Number(
        atom=atom.id,
        metric=atom.metric,
        verdict=atom.verdict,
        low=str(low),
        high=str(high),
        comparator=atom.comparator,
        operand=atom.operand,
        first=atom.first,
        last=atom.last,
    )


def _late(one: Learned, answer: Answer, numbers: Mapping[Key, int]) -> Late:
    columns = {
        name: column for side in answer.sides if side.letter == one.letter
        for column, name in side.dimensions.items()
    }  # fmt: skip
    unit = {columns[name]: value for name, value in one.unit.items() if name in columns}
    ordered = {column: unit[column] for column in answer.columns if column in unit}
    days = sum(((a.until or answer.as_of + DAY) - a.since).days for a in one.apart)
    return Late(
        letter=one.letter,
        measure="",
        label=_label(ordered, answer),
        known_days=days,
        first=one.first,
        number=_number(ordered, numbers),
    )
