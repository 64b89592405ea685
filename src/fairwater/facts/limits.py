"""Which limit applies: to these nuclides, in this food, at this place, on this day.

    answer = find_limit("JP", ["Cs-137"], "olive flounder", date(2013, 1, 31))
    answer.verdict, answer.limit.value, answer.relation   # ('found', '100', 'part of a sum')

Four verdicts: *found*; *none* (no limit applies, and why); *not stated* (the limit
exists, and its source does not say from when until when); *unknown* (with what is
missing). They are reached in this order, and each step that leaves nothing says so:

1. limits of the place, of the kinds asked about;
2. on the nuclides: on exactly them, on a sum or group that holds them, or on each
   of them alone; a limit on part of what is asked is no answer;
3. on the food: inside the limit's category, outside, or partly. A food partly
   inside is asked leaf by leaf; different answers are *unknown*, with each named.
   A food category (`seafood`) is first what an instrument files under it;
4. for the origin of the goods. Where limits differ by origin and it is not told,
   the answer is *unknown*, with the origins of each;
5. in force on the day; what is superseded, repealed, dormant, drafted or not yet
   begun is told apart, and a day inside an imprecise date is *unknown*;
6. for dried or concentrated food, unless the limit is set for the food as sold:
   with a stated factor.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

import msgspec

from fairwater.facts.dried import Dried
from fairwater.facts.foods import CONCENTRATED, DRIED, FoodMatch, near_foods
from fairwater.facts.jurisdictions import JurisdictionMatch, find_jurisdiction
from fairwater.facts.limit_choice import Question, Settled, settle
from fairwater.facts.limit_facts import LimitFact, LimitKind, limits
from fairwater.facts.limit_match import (
    OPEN_STANDINGS,
    Relation,
    Standing,
    coverage,
    food_at,
    relation,
    standing,
)
from fairwater.facts.limit_words import Reason, Verdict
from fairwater.facts.marks import Confidence
from fairwater.facts.validity import Validity

__all__ = [
    "Beside",
    "FoodNotKnown",
    "LimitAnswer",
    "LimitFact",
    "LimitKind",
    "Validity",
    "find_limit",
    "limits",
]
_ORDER: tuple[Standing, ...] = (
    *OPEN_STANDINGS,
    "dormant until activated",
    "draft",
    "not yet in force",
    "repealed",
    "superseded",
    "ended",
)


class FoodNotKnown(ValueError):
    """A text that means no food we know; `near` holds names written most like it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.near = near_foods(text)
        super().__init__(f"`{text}` is no food we know")


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """A limit or measure that is not the answer, and how it stands on the day."""

    limit: LimitFact
    standing: Standing


class LimitAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The limit that applies, or why none does.

    Attributes
    ----------
    verdict : {'found', 'none', 'not stated', 'unknown'}
    reason : str
        ``found`` exactly when the verdict is.
    limit : LimitFact or None
        There exactly when one limit was found.
    limits : tuple of LimitFact
        All that were found: several where each nuclide has its own.
    relation : str or None
        Whether the limit is on exactly the nuclides asked about, or on a sum or group.
    conditions : tuple of str
        What must be read with the limit: the sum, the origin, the state of the food.
    missing : tuple of str
        What would settle an unknown.
    dried : Dried or None
        The limit in terms of the dried food.
    candidates : tuple of LimitFact
        Those that came nearest.
    standings : mapping
        How each of `limits` and `candidates` stands on the day, by its id.
    beside : tuple of Beside
        What else the place has on these nuclides and this food, with its standing.
    confidence : {'seen in source', 'from memory'}
        Weakest mark that the answer rests on.
    food, place, nuclides, day : what was asked, as it was understood.
    """

    verdict: Verdict
    reason: Reason
    limit: LimitFact | None
    limits: tuple[LimitFact, ...]
    relation: Relation | None
    conditions: tuple[str, ...]
    missing: tuple[str, ...]
    dried: Dried | None
    candidates: tuple[LimitFact, ...]
    standings: Mapping[str, Standing]
    beside: tuple[Beside, ...]
    confidence: Confidence
    food: FoodMatch
    place: JurisdictionMatch | None
    nuclides: tuple[str, ...]
    day: str


def find_limit(
    jurisdiction: str,
    nuclides: Collection[str],
    category: str,
    day: date,
    *,
    kind: LimitKind | None = None,
    origin: str | None = None,
    dried_factor: str | None = None,
) -> LimitAnswer:
    """Limit of a jurisdiction for these nuclides and this food on a day.

    Parameters
    ----------
    jurisdiction : str
        Its code or name (`find_jurisdiction`).
    nuclides : collection of str
        Canonical names; several mean their sum.
    category : str
        A food category, a food, a species, or an instrument's own words (`find_food`).
    day : date
        Civil day.
    kind : str, optional
        One kind only; without it every kind but voluntary limits and import measures.
    origin : str, optional
        Code of the country that the goods come from.
    dried_factor : str, optional
        Activity per kg dried over activity per kg as eaten, decimal text above 0;
        says that the food is dried.

    Returns
    -------
    LimitAnswer

    Raises
    ------
    FoodNotKnown
        If the text means no food; nothing is guessed.
    """
    place = find_jurisdiction(jurisdiction)
    code = place.code if place else jurisdiction
    food = food_at(category, code)
    if food is None:
        raise FoodNotKnown(category)
    if dried_factor is not None and not {DRIED, CONCENTRATED} & {*food.states}:
        food = msgspec.structs.replace(food, states=(*food.states, DRIED))
    question = Question(
        jurisdiction=code,
        body=place.body if place else None,
        nuclides=frozenset(nuclides),
        food=food,
        day=day,
        kind=kind,
        origin=origin,
        dried_factor=dried_factor,
    )
    settled = settle(question)
    return LimitAnswer(
        verdict=settled.verdict,
        reason=settled.reason,
        limit=settled.found[0] if len(settled.found) == 1 else None,
        limits=settled.found,
        relation=settled.relation,
        conditions=settled.conditions,
        missing=settled.missing,
        dried=settled.dried,
        candidates=tuple(
            sorted(settled.candidates, key=lambda fact: _ORDER.index(standing(fact, day)))
        ),
        standings={fact.id: standing(fact, day) for fact in (*settled.found, *settled.candidates)},
        beside=_beside(question, settled),
        confidence=settled.confidence,
        food=food,
        place=place,
        nuclides=tuple(sorted(nuclides)),
        day=day.isoformat(),
    )


def _beside(question: Question, settled: Settled) -> tuple[Beside, ...]:
    """Limits and measures on the nuclides and the food that the answer did not name."""
    named = {fact.id for fact in (*settled.found, *settled.candidates)}
    found = [
        Beside(limit=fact, standing=standing(fact, question.day))
        for fact in limits().values()
        if fact.jurisdiction == question.jurisdiction
        and fact.id not in named
        and (fact.quantity == "none" or relation(fact, question.nuclides) is not None)
        and coverage(fact, question.food) is not None
        and (not fact.origins or question.origin in (None, *fact.origins.countries))
    ]
    return tuple(sorted(found, key=lambda b: (_ORDER.index(b.standing), b.limit.id)))
