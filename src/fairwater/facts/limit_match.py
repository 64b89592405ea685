"""How one limit stands to one question: to its nuclides, its food, its day.

Each of the three answers is a word; `limits.find_limit` reads the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Final, Literal

from fairwater.facts.foods import FoodMatch, find_food, food_key
from fairwater.facts.limit_facts import LimitFact, limits, members, scope
from fairwater.facts.nuclides import elements, nuclide, nuclides
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
_DOSES = {
    "effective dose": "effective_dose",
    "dose": "effective_dose",
    "実効線量": "effective_dose",
    "有效剂量": "effective_dose",
    "absorbed dose rate": "absorbed_dose_rate",
    "dose rate": "absorbed_dose_rate",
    "吸収線量率": "absorbed_dose_rate",
    "吸收剂量率": "absorbed_dose_rate",
}


def asked_nuclides(text: str) -> tuple[str, ...] | None:
    """Nuclides that a text names, ``Cs-134+Cs-137``; an element means its isotopes; or None.

    An element counts only where some limit is on all its isotopes (U, Th, Sr, I):
    elsewhere it would hide which isotope is meant. A dose or dose rate
    (`effective dose`) is a quantity of its own and comes back under its name.
    """
    quantity = _DOSES.get(food_key(text))
    if quantity is not None:
        return (quantity,)
    found: list[str] = []
    for piece in filter(None, (piece.strip() for piece in text.split("+"))):
        named = nuclide(piece)
        if named is not None:
            found.append(named.name)
            continue
        symbol = _elements().get(food_key(piece))
        if symbol is None:
            return None
        found += sorted(name for name in nuclides() if name.split("-")[0] == symbol)
    return tuple(dict.fromkeys(found)) or None


@cache
def _elements() -> dict[str, str]:
    used = {symbol for fact in limits().values() for symbol in fact.isotopes_of}
    index: dict[str, str] = {}
    for symbol in used:
        names = (symbol, *elements()[symbol].en, *elements()[symbol].ja)
        index |= {food_key(text): symbol for name in names for text in (name, f"natural {name}")}
    return index


def relation(fact: LimitFact, asked: frozenset[str]) -> Relation | None:
    """What the nuclides asked about are to those that a limit is on; None if it is not on them."""
    if fact.quantity != "activity":
        return "same" if asked == {fact.quantity} else None
    on = members(fact.id)
    if not asked or not asked <= on:
        return None
    if asked == on:
        return "same"
    grouped = fact.combination == "group_independent" or fact.isotopes_of or fact.others
    return "member of a group" if grouped else "part of a sum"


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
    """Whether a limit that replaced this one was certainly in force on the day."""
    return any(
        fact.id in other.replaces
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
