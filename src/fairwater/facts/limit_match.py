"""How one limit stands to one question: to its nuclides, its food, its day.

Each of the three answers is a word; `limits.find_limit` reads the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, Literal

from fairwater.facts.foods import FoodMatch, find_food, food_key
from fairwater.facts.limit_facts import LimitFact, limits, members, scope
from fairwater.facts.nuclides import nuclide_forms
from fairwater.facts.validity import Validity

Relation = Literal["same", "part of a sum", "member of a group", "each alone"]
Coverage = Literal["named", "all", "part"]
Standing = Literal[
    "in force",
    "may have begun",
    "may have ended",
    "validity not stated",
    "dormant until activated",
    "draft",
    "not yet in force",
    "repealed",
    "superseded",
    "ended",
]
OPEN_STANDINGS: Final[tuple[Standing, ...]] = (
    "in force",
    "may have begun",
    "may have ended",
    "validity not stated",
)


def relation(fact: LimitFact, asked: frozenset[str]) -> Relation | None:
    """What the nuclides asked about are to those that a limit is on; None if it is not on them."""
    if fact.quantity != "activity":
        return "same" if asked == {fact.quantity} else None
    on = members(fact.id)
    if not asked or not all(name in on or _form_of(name, fact) in on for name in asked):
        return None
    if asked == on:
        return "same"
    grouped = fact.combination == "group_independent" or fact.isotopes_of or fact.others
    return "member of a group" if grouped else "part of a sum"


def _form_of(name: str, fact: LimitFact) -> str | None:
    """Nuclide of which a chemical form (`H-3:OBT`) is a part that the limit is on, or None."""
    form = nuclide_forms().get(name)
    if form is None or fact.forms.get(form.nuclide, form.en) not in form.en:
        return None
    return form.nuclide


def coverage(fact: LimitFact, food: FoodMatch) -> Coverage | None:
    """Whether a limit covers a food: by name, wholly, in part (or perhaps); None if not at all."""
    if food.category is not None and food.category in fact.categories:
        return "named"
    if food.by == "instrument" and food.name in map(food_key, _written(fact)):
        return "named"
    covered, perhaps = scope(fact.id)
    asked = frozenset(food.foods)
    if asked <= covered:
        return "all"
    return "part" if asked & (covered | perhaps) else None


def standing(fact: LimitFact, day: date) -> Standing:
    """Whether a limit is in force on a day, as far as its dates, its status and successors tell."""
    if fact.status == "draft":
        return "draft"
    on = fact.validity.on(day) if isinstance(fact.validity, Validity) else "not stated"
    if on == "ended":
        if fact.status == "superseded":
            return "superseded"
        return "repealed" if fact.status == "repealed" else "ended"
    if on == "not yet in force":
        return "not yet in force"
    if fact.status == "dormant":
        return "dormant until activated"
    if on in ("may have ended", "not stated") and _successor_in_force(fact, day):
        return "superseded"
    return _after_the_replaced(fact, day) if on == "not stated" else on


def _successor_in_force(fact: LimitFact, day: date) -> bool:
    """Whether a limit that replaced this one, for all its goods, was certainly in force."""
    return any(
        fact.id in other.replaces
        and (other.origins is None or fact.origins is not None)
        and isinstance(other.validity, Validity)
        and other.validity.covers(day)
        for other in limits().values()
    )


def _after_the_replaced(fact: LimitFact, day: date) -> Standing:
    """Standing of a limit without dates, from those of the limits that it replaced."""
    before = {standing(limits()[name], day) for name in fact.replaces}
    if "may have ended" in before:
        return "may have begun"
    if before & {"in force", "may have begun", "not yet in force"}:
        return "not yet in force"
    return "validity not stated"


def food_at(text: str, jurisdiction: str) -> FoodMatch | None:
    """Food that a text means at a place: the words of its own instruments stand first."""
    here = [fact for fact in limits().values() if fact.jurisdiction == jurisdiction]
    return find_food(text, first=_texts(here), last=_texts(limits().values()))


def _texts(facts: Iterable[LimitFact]) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for fact in facts:
        for text in map(food_key, _written(fact)):
            found[text] = found.get(text, frozenset()) | scope(fact.id)[0]
    return found


def _written(fact: LimitFact) -> tuple[str, ...]:
    return (fact.category, *fact.category_texts)
