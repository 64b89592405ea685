"""Plausible ranges against the collection they come from (shared/reference)."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from fairwater.facts import hard_max, nuclides, plausible_ranges, units
from fairwater.facts.ranges import Medium


@pytest.mark.parametrize(
    ("names", "medium", "value", "unit"),
    [
        (["Cs-137"], "fish", "740000", "Bq/kg"),
        (["Cs-134", "Cs-137"], "fish", "740000", "Bq/kg"),
        (["Cs-137", "Cs-134"], "fish", "740000", "Bq/kg"),
        (["Cs-137"], "seawater", "68000000", "mBq/L"),
        (["H-3"], "seawater", "1500", "Bq/L"),
    ],
)
def test_hard_max(names: list[str], medium: Medium, value: str, unit: str) -> None:
    found = hard_max(names, medium)
    assert found is not None
    assert (found.hard_max, found.unit) == (value, unit)
    assert found.confidence_in("hard_max") == "from memory"


def test_none_known() -> None:
    assert hard_max(["Sr-90"], "fish") is None
    assert hard_max(["Cs-137"], "seaweed") is None
    assert hard_max(["Cs-137"]) is None


def test_every_range_is_a_range_of_known_things() -> None:
    for fact in plausible_ranges():
        low, high = Decimal(fact.typical_low), Decimal(fact.typical_high)
        assert low <= high, fact
        assert fact.hard_max is None or high < Decimal(fact.hard_max), fact
        assert fact.unit in units(), fact
        in_mass = units()[fact.unit].dimension == "mass_specific"
        assert (fact.basis is not None) == in_mass, fact
        assert (fact.medium == "seawater") == (not in_mass), fact
        natural = {"Po-210", "Pb-210", "K-40", "U-238"}
        assert set(fact.nuclides) <= set(nuclides()) | natural, fact


def test_one_unit_for_a_hard_max() -> None:
    known: dict[tuple[frozenset[str], str], str] = {}
    for fact in plausible_ranges():
        if fact.hard_max is not None:
            key = (frozenset(fact.nuclides), fact.medium)
            assert known.setdefault(key, fact.unit) == fact.unit


def test_the_collection_is_here_whole(shared: Path) -> None:
    """Each of its rows, number for number; one range of ours is not in it (the caesium sum)."""
    text = (shared / "reference/plausible_ranges.json").read_text(encoding="utf-8")
    rows = json.loads(text, parse_float=Decimal, parse_int=Decimal)["ranges"]
    ours = [
        (
            fact.matrix,
            Decimal(fact.typical_low),
            Decimal(fact.typical_high),
            None if fact.hard_max is None else Decimal(fact.hard_max),
            fact.source,
            fact.confidence,
        )
        for fact in plausible_ranges()
    ]
    fields = ("matrix", "typical_low", "typical_high", "hard_max", "source", "confidence")
    theirs = [tuple(row[field] for field in fields) for row in rows]
    assert len(theirs) == 37
    assert ours[:37] == theirs
    assert len(ours) == 38
