"""The words in which an answer about limits is given, and the sentences made of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from fairwater.facts.foods import CONCENTRATED, DRIED, FoodMatch
from fairwater.facts.limit_facts import LimitFact, scope
from fairwater.facts.limit_match import Relation, Standing
from fairwater.facts.validity import NOT_STATED, OPEN, Validity

Verdict = Literal["found", "none", "not stated", "unknown"]
Reason = Literal[
    "found",
    "no limit of this jurisdiction and kind",
    "no limit for these nuclides",
    "no limit for this category",
    "no limit for this origin",
    "dormant until activated",
    "draft",
    "not yet in force",
    "repealed",
    "superseded",
    "not in force on this day",
    "validity not stated",
    "the day lies inside an imprecise date",
    "depends on the origin",
    "the food is too general",
    "the category does not decide for this food",
    "dried food without a stated factor",
    "concentrated food without a stated factor",
    "a measure sets limits that are not among these facts",
]
BASIS = {
    "wet": "the fresh food",
    "as_sold": "the food as sold",
    "ready_to_consume": "the food ready to consume",
    "reconstituted": "the food as reconstituted",
}


def amount(fact: LimitFact) -> str:
    """Value and unit, ``100 Bq/kg``; a band as ``1-10``; a measure without value by its kind."""
    if fact.value is None:
        return "no value"
    upper = "" if fact.value_to is None else f"-{fact.value_to}"
    return f"{fact.value}{upper} {fact.unit}"


def on_what(fact: LimitFact) -> str:
    """What a limit is on: the words of its source, else its nuclides."""
    return fact.nuclide_text or "+".join(fact.nuclides) or fact.quantity


def valid(fact: LimitFact) -> str:
    """Its validity in words; a date that is less sure than the limit says so."""
    if not isinstance(fact.validity, Validity):
        return "from when until when is not stated"
    since, to = fact.validity.since, fact.validity.to
    first = "start not stated" if since == NOT_STATED else f"from {since}{_mark(fact, 'from')}"
    if to == OPEN:
        return f"{first}, no end stated"
    return f"{first} to {to}{_mark(fact, 'to')}" if to != NOT_STATED else f"{first}, end not stated"


def _mark(fact: LimitFact, end: str) -> str:
    mark = fact.marks.get(f"validity.{end}", fact.confidence)
    return "" if mark == fact.confidence else f" ({mark})"


def without_factor(food: FoodMatch) -> Reason:
    """Reason for which dried or concentrated food has no answer."""
    if DRIED in food.states:
        return "dried food without a stated factor"
    return "concentrated food without a stated factor"


def missing_factor(fact: LimitFact, food: FoodMatch) -> list[str]:
    """What has to be known before a limit can be read for dried or concentrated food."""
    state = DRIED if DRIED in food.states else CONCENTRATED
    if fact.basis == "not_stated":
        return [
            f"whether {amount(fact)} is set for the food {state} or as eaten: the source of "
            f"{fact.instrument} does not say",
            f"if as eaten, the factor from {state} to that; state it as a dried factor",
        ]
    return [
        f"the factor from {state} to {BASIS[fact.basis]}, for which {amount(fact)} is set; "
        "state it as a dried factor"
    ]


def conditions(fact: LimitFact, how: Relation, asked: Iterable[str], food: FoodMatch) -> list[str]:
    """What must be read with a limit that applies."""
    told: list[str] = []
    nuclides = "+".join(sorted(asked))
    if how == "part of a sum":
        told.append(f"the limit is on the sum {on_what(fact)}, of which {nuclides} is a part")
    if how == "member of a group":
        told.append(
            f"the limit is on the whole group ({on_what(fact)}), to which {nuclides} belongs"
        )
    if fact.combination == "group_independent":
        told.append("activities are added within the group; other groups count by themselves")
    if fact.combination == "sum_of_fractions":
        told.append(f"read with the other nuclide of its pair: {fact.rule}")
    if fact.combination == "representative":
        told.append("the nuclide stands for others that go with it")
    if fact.combination == "each_alone":
        told.append("each nuclide counts alone")
    if fact.combination == "element_mass":
        told.append("the limit is on the mass of the element, not on its activity")
    for name, form in fact.forms.items():
        if name in asked:
            told.append(f"{name} counts as {form}")
    if fact.origins is not None:
        told.append(f"applies to {fact.origins.text} ({', '.join(fact.origins.countries)})")
    left_out = set(food.foods) - scope(fact.id)[0]
    if left_out:
        told.append(f"its words do not name all of it: not {', '.join(sorted(left_out))}")
    drier = [state for state in (DRIED, CONCENTRATED) if state in food.states]
    if drier and fact.basis == "as_sold":
        told.append(f"set for the food as sold, that is {drier[0]}")
    if drier and fact.basis == "not_stated":
        told.append(f"its source does not say whether it is for the food {drier[0]} or as eaten")
    return told


def why_imprecise(fact: LimitFact, how: Standing) -> str:
    """What about a limit's dates would have to be known."""
    if not isinstance(fact.validity, Validity):
        return f"when {fact.instrument} began: it replaced a limit that may have ended"
    if how == "may have begun":
        return f"on which day of {fact.validity.since} {fact.instrument} ({amount(fact)}) began"
    return f"on which day of {fact.validity.to} {fact.instrument} ({amount(fact)}) ended"
