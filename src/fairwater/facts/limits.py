"""Limits on activity in food: who set them, for what, from when until when.

    answer = find_limit(jurisdiction, ["Cs-134", "Cs-137"], "seafood", date(2012, 4, 1))
    answer.limit.value, answer.limit.validity.to        # ('100', 'open')

"No limit applies" is an answer of its own with its reason; a limit whose
validity is not stated is never taken to be in force.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from typing import Literal

import msgspec

from fairwater.facts.marks import (
    Confidence,
    DayText,
    DecimalText,
    Fact,
    NonEmpty,
    OpenDayText,
    weakest,
)
from fairwater.facts.source import FactsError, build, read, section

_FILE = "limits.yaml"
LimitKind = Literal["food_limit", "voluntary_limit"]
Reason = Literal[
    "found",
    "no limit of this jurisdiction and kind",
    "no limit for these nuclides",
    "no limit for this category",
    "not in force on this day",
    "validity not stated",
    "more than one limit",
]


class Validity(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Days on which a limit is in force, both included; `to` is ``open`` where no end is stated."""

    since: DayText = msgspec.field(name="from")
    to: OpenDayText

    def covers(self, day: date) -> bool:
        """Whether the limit is in force on this civil day."""
        return self.since <= day.isoformat() and (self.to == "open" or day.isoformat() <= self.to)


class LimitFact(Fact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One limit.

    Attributes
    ----------
    id : str
        Our name for it.
    jurisdiction, issuer, instrument, clause : str
        Where it holds, who set it, in which text, at which place of it.
    nuclides, combination
        ``sum``: their activities added; ``representative``: one stands for its element.
    category, categories
        The instrument's own category text, and the keys of ours to which it applies.
    value, unit : str
        Decimal text as the instrument writes it.
    validity : Validity or 'not_stated'
    published : str or None
        Day of the instrument.
    marks : mapping
        Fields whose confidence differs from `confidence`.
    """

    id: NonEmpty
    jurisdiction: NonEmpty
    issuer: NonEmpty
    instrument: NonEmpty
    clause: NonEmpty | None = None
    kind: LimitKind
    nuclides: tuple[NonEmpty, ...]
    combination: Literal["sum", "representative"]
    category: NonEmpty
    categories: tuple[NonEmpty, ...]
    value: DecimalText
    unit: NonEmpty
    validity: Validity | Literal["not_stated"]
    published: DayText | None = None
    marks: Mapping[str, Confidence] = {}
    note: str | None = None

    def confidence_in(self, *fields: str) -> Confidence:
        """Weakest confidence of these fields."""
        return weakest(self.marks.get(name, self.confidence) for name in fields)


class LimitAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The limit that applies, or why none does, and the limits that came nearest."""

    limit: LimitFact | None
    reason: Reason
    candidates: tuple[LimitFact, ...]
    confidence: Confidence


@cache
def limits() -> dict[str, LimitFact]:
    """All limits by id."""
    facts = build(section(read(_FILE), "limits", _FILE), LimitFact, _FILE, "limits")
    faults = [
        f"{_FILE}: {fact.id} marks `{name}`, which it does not have"
        for fact in facts
        for name in fact.marks
        if getattr(fact, name, None) is None
    ]
    named = {fact.id: fact for fact in facts}
    if len(named) != len(facts):
        faults.append(f"{_FILE}: a limit id stands twice")
    if faults:
        raise FactsError(faults)
    return named


def find_limit(
    jurisdiction: str,
    nuclides: Collection[str],
    category: str,
    day: date,
    *,
    kind: LimitKind = "food_limit",
) -> LimitAnswer:
    """Limit of a jurisdiction for these nuclides and this food category on a day.

    Parameters
    ----------
    jurisdiction : str
        Its code in the data file.
    nuclides : collection of str
        Canonical names; a limit on their sum must name exactly these.
    category : str
        Key of a food category.
    day : date
        Civil day.
    kind : {'food_limit', 'voluntary_limit'}

    Returns
    -------
    LimitAnswer
        `reason` is ``found`` exactly when `limit` is there. Two limits with the
        same value and unit are one answer (the first by id).
    """
    wanted = frozenset(nuclides)
    left = [
        fact
        for fact in sorted(limits().values(), key=lambda fact: fact.id)
        if fact.jurisdiction == jurisdiction and fact.kind == kind
    ]
    by_nuclide = [fact for fact in left if frozenset(fact.nuclides) == wanted]
    by_category = [fact for fact in by_nuclide if category in fact.categories]
    dated = [fact for fact in by_category if isinstance(fact.validity, Validity)]
    in_force = [
        fact for fact in dated if isinstance(fact.validity, Validity) and fact.validity.covers(day)
    ]
    steps: tuple[tuple[Reason, list[LimitFact]], ...] = (
        ("no limit of this jurisdiction and kind", left),
        ("no limit for these nuclides", by_nuclide),
        ("no limit for this category", by_category),
        ("validity not stated", dated),
        ("not in force on this day", in_force),
    )
    before: list[LimitFact] = []
    for reason, facts in steps:
        if not facts:
            return _none(reason, before)
        before = facts
    undated = [fact for fact in by_category if fact not in dated]
    if undated:
        return _none("validity not stated", undated + in_force)
    if len({(fact.value, fact.unit) for fact in in_force}) > 1:
        return _none("more than one limit", in_force)
    chosen = in_force[0]
    return LimitAnswer(
        limit=chosen,
        reason="found",
        candidates=tuple(in_force),
        confidence=chosen.confidence_in("value", "unit", "nuclides", "categories", "validity"),
    )


def _none(reason: Reason, nearest: list[LimitFact]) -> LimitAnswer:
    confidence = weakest(fact.confidence for fact in nearest)
    return LimitAnswer(limit=None, reason=reason, candidates=tuple(nearest), confidence=confidence)
