"""One finding of a check, and what the rules need to know about the whole agreement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from fairwater.agreement.conditions import (
    All,
    Any,
    AnyCondition,
    AtLeast,
    Atom,
    ExceptClause,
    Not,
)
from fairwater.agreement.model import Agreement, Measure, Transition
from fairwater.agreement.problems import Place, Severity
from fairwater.agreement.spelling import nearest


class Finding(NamedTuple):
    """What is wrong at a place. `rule` names the rule, for tests and documentation."""

    rule: str
    place: Place
    found: str
    expected: str
    remedy: str
    severity: Severity = "error"


class Seen(NamedTuple):
    """The agreement, and the clauses that did not fit their type and are left out of it.

    A reference to a clause that is left out is not a fault of its own.
    """

    agreement: Agreement
    broken: frozenset[str] = frozenset()

    def refers(self, kind: str, name: str, known: Iterable[str]) -> bool:
        """Whether `name` is one of `known`, or of the clauses left out."""
        return name in known or kind in self.broken or f"{kind}.{name}" in self.broken

    def any_broken(self, *kinds: str) -> bool:
        """Whether a clause of one of these lists was left out."""
        return any(entry.split(".")[0].split("[")[0] in kinds for entry in self.broken)

    def measure_of(self, transition: Transition) -> Measure | None:
        """The measure a transition moves: the one it names, else the only one."""
        measures = self.agreement.measures
        if transition.measure is None:
            return measures[0] if len(measures) == 1 else None
        return next((m for m in measures if m.id == transition.measure), None)

    def rank(self, measure: Measure | None, state: str) -> int | None:
        """How restrictive a state is."""
        states = measure.states if measure else ()
        return next((entry.rank for entry in states if entry.id == state), None)

    def relaxes(self, transition: Transition) -> bool:
        """Whether the step leads to a less restrictive state from any of its states."""
        measure = self.measure_of(transition)
        to = self.rank(measure, transition.to)
        ranks = [self.rank(measure, state) for state in transition.from_]
        return to is not None and any(rank is not None and rank > to for rank in ranks)


def unknown_name(
    rule: str, place: Place, what: str, name: str, known: Iterable[str], define: str
) -> Finding:
    """A name that nothing in the agreement bears."""
    names = sorted(known)
    close = names[0] if len(names) == 1 else nearest(name, names)
    return Finding(
        rule, place, f"{what} `{name}`, which is not defined",
        f"one of {', '.join(names)}" if names else f"a {what} defined under `{define}`",
        f"`{close}`" if close else f"`{name}` under `{define}`, or one that is there",
    )  # fmt: skip


def walk(condition: AnyCondition, place: Place) -> Iterator[tuple[AnyCondition, Place]]:
    """A condition and every condition inside it, with their places."""
    yield condition, place
    if isinstance(condition, Not):
        yield from walk(condition.of, place.inside("not", None, condition.of.id))
    elif isinstance(condition, All | Any | AtLeast):
        key = {All: "all", Any: "any", AtLeast: "of"}[type(condition)]
        for i, inner in enumerate(condition.of):
            yield from walk(inner, place.inside(key, i, inner.id))


class Holder(Protocol):
    """A clause that has conditions: a transition, a check on goods, a condition of one."""

    @property
    def id(self) -> str:
        """Its own name."""


def conditions(agreement: Agreement) -> Iterator[tuple[Transition, AnyCondition, Place]]:
    """Every condition of every transition, its exceptions too."""
    for i, transition in enumerate(agreement.transitions):
        place = Place(("transitions",), "transitions").item(i, transition.id)
        for condition, at in _of(transition.when, transition.except_, place):
            yield transition, condition, at


def goods_conditions(agreement: Agreement) -> Iterator[tuple[Holder, AnyCondition, Place]]:
    """Every condition of every consignment check, with the clause that holds it."""
    for i, check in enumerate(agreement.consignment_checks):
        place = Place(("consignment_checks",), "consignment_checks").item(i, check.id)
        if check.applies_when is not None:
            for condition, at in walk(check.applies_when, place.key("applies_when")):
                yield check, condition, at
        for j, clause in enumerate(check.conditions):
            here = place.key("conditions").item(j, clause.id)
            for condition, at in _of(clause.when, clause.except_, here):
                yield clause, condition, at


def _of(
    when: AnyCondition, exceptions: Iterable[ExceptClause], place: Place
) -> Iterator[tuple[AnyCondition, Place]]:
    yield from walk(when, place.key("when"))
    for j, exception in enumerate(exceptions):
        here = place.key("except").item(j, exception.id)
        yield from walk(exception.when, here.key("when"))
        yield from walk(exception.then, here.key("then"))


def every_condition(agreement: Agreement) -> Iterator[tuple[Holder, AnyCondition, Place]]:
    """Every condition of the agreement, of transitions and of consignment checks."""
    yield from conditions(agreement)
    yield from goods_conditions(agreement)


def atoms(agreement: Agreement) -> Iterator[tuple[Transition, Atom, Place]]:
    """Every atom of every transition."""
    for transition, condition, place in conditions(agreement):
        if isinstance(condition, Atom):
            yield transition, condition, place


def every_atom(agreement: Agreement) -> Iterator[tuple[Holder, Atom, Place]]:
    """Every atom of the agreement, of transitions and of consignment checks."""
    for holder, condition, place in every_condition(agreement):
        if isinstance(condition, Atom):
            yield holder, condition, place
