"""Dried food: what a limit for the food as eaten means for a kilogram of it dried.

    activity per kg as eaten = activity per kg dried / factor

A limit on the food as eaten therefore allows ``value x factor`` in a kilogram of
the dried food, and likewise of a concentrate. The factor is stated: by the
instrument (`data/dried_factors.yaml`) or by whoever asks. Nothing here assumes
one. A limit whose source does not say for which state it is set needs one too:
without it nobody can tell what it allows in the dried food.
"""

from __future__ import annotations

from decimal import Context, Decimal, Inexact, InvalidOperation
from functools import cache
from typing import Literal

import msgspec

from fairwater.facts.foods import CONCENTRATED, DRIED, FoodMatch, leaves
from fairwater.facts.limit_facts import LimitFact, limits
from fairwater.facts.marks import Confidence, DecimalText, Fact, NonEmpty
from fairwater.facts.source import FactsError, build, read, section

_FILE = "dried_factors.yaml"
_EXACT = Context(prec=100, traps=[Inexact, InvalidOperation])
NEEDS_FACTOR = ("wet", "ready_to_consume", "reconstituted", "not_stated")


class DriedFactor(Fact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Factor between a dried food and the food as eaten, for the limits that an instrument names.

    Attributes
    ----------
    limits : tuple of str
        Ids of the limits to which the instrument applies it.
    foods : tuple of str
        Keys of foods.
    factor : str
        Decimal text, above 1.
    """

    id: NonEmpty
    limits: tuple[NonEmpty, ...]
    foods: tuple[NonEmpty, ...]
    factor: DecimalText
    note: str | None = None


class Dried(msgspec.Struct, frozen=True, kw_only=True):
    """How a limit reads for the dried food: `value` (per kg as eaten) times `factor`."""

    factor: str
    stated_by: Literal["instrument", "asker"]
    value: str
    unit: str
    source: str
    confidence: Confidence


@cache
def dried_factors() -> tuple[DriedFactor, ...]:
    """Factors that instruments state."""
    found = build(section(read(_FILE), "factors", _FILE), DriedFactor, _FILE, "factors")
    faults = [
        f"{_FILE}: {fact.id} names the limit `{name}`, which is not there"
        for fact in found
        for name in fact.limits
        if name not in limits()
    ]
    faults += [
        f"{_FILE}: {fact.id}: factor `{fact.factor}` is not above 1"
        for fact in found
        if Decimal(fact.factor) <= 1
    ]
    if faults:
        raise FactsError(faults)
    return found


def needs_factor(limit: LimitFact, food: FoodMatch) -> bool:
    """Whether the food is dried or concentrated, and the limit not set for it as it is sold."""
    drier = {DRIED, CONCENTRATED} & {*food.states} and "reconstituted" not in food.states
    return bool(drier) and limit.basis in NEEDS_FACTOR


def dried_value(limit: LimitFact, food: FoodMatch, stated: str | None) -> Dried | None:
    """The limit for the dried food, by the factor that was stated, else by the instrument's.

    Returns
    -------
    Dried or None
        None where neither states a factor.
    """
    if limit.value is None or limit.unit is None:
        return None
    if stated is not None:
        return Dried(
            factor=stated,
            stated_by="asker",
            value=_times(limit.value, stated),
            unit=limit.unit,
            source="stated with the question",
            confidence="from memory",
        )
    for fact in dried_factors():
        if limit.id in fact.limits and set(food.foods) <= leaves(fact.foods):
            return Dried(
                factor=fact.factor,
                stated_by="instrument",
                value=_times(limit.value, fact.factor),
                unit=limit.unit,
                source=fact.source,
                confidence=fact.confidence,
            )
    return None


def _times(value: str, factor: str) -> str:
    product = _EXACT.multiply(Decimal(value), Decimal(factor))
    return format(product.normalize(_EXACT), "f")
