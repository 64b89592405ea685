"""Limits: the collected entries, day by day, and why none applies.

Truth: shared/reference/limits.json (the collection), and the texts of
Notification 129 of 2012-03-15 and of 食安発0405第1号 for what differs from it.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairwater.facts import Validity, categories, find_limit, limits, nuclides, units

CAESIUM = ("Cs-134", "Cs-137")
DAYS = st.dates(date(2010, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("category", "day", "value"),
    [
        ("seafood", date(2011, 3, 17), "500"),
        ("seafood", date(2012, 3, 31), "500"),
        ("seafood", date(2012, 4, 1), "100"),
        ("seafood", date(2031, 1, 1), "100"),
        ("milk_infant", date(2012, 3, 31), "200"),
        ("milk_infant", date(2012, 4, 1), "50"),
        ("water", date(2012, 3, 31), "200"),
        ("water", date(2012, 4, 1), "10"),
        ("livestock", date(2012, 4, 1), "100"),
    ],
)
def test_caesium_on_each_side_of_the_change(category: str, day: date, value: str) -> None:
    answer = find_limit("JP", CAESIUM, category, day)
    assert answer.reason == "found"
    assert answer.limit is not None
    assert (answer.limit.value, answer.limit.unit) == (value, "Bq/kg")
    assert answer.confidence == "seen in source"


def test_iodine_in_fish_is_dated_by_its_own_text() -> None:
    """食安発0405第1号 is of 2011-04-05; until then fish had no value for iodine."""
    before = find_limit("JP", ["I-131"], "seafood", date(2011, 4, 4))
    assert (before.limit, before.reason) == (None, "not in force on this day")
    after = find_limit("JP", ["I-131"], "seafood", date(2011, 4, 5))
    assert after.limit is not None
    assert after.limit.value == "2000"


@pytest.mark.parametrize(
    ("jurisdiction", "nuclide_names", "category", "day", "reason"),
    [
        ("XX", CAESIUM, "seafood", date(2013, 1, 1), "no limit of this jurisdiction and kind"),
        ("JP", ["Sr-90"], "seafood", date(2013, 1, 1), "no limit for these nuclides"),
        ("JP", ["Cs-137"], "seafood", date(2013, 1, 1), "no limit for these nuclides"),
        ("JP", ["I-131"], "other", date(2011, 5, 1), "no limit for this category"),
        ("JP", CAESIUM, "seafood", date(2011, 3, 16), "not in force on this day"),
        ("JP", ["I-131"], "seafood", date(2012, 4, 1), "not in force on this day"),
    ],
)
def test_why_none_applies(
    jurisdiction: str, nuclide_names: list[str], category: str, day: date, reason: str
) -> None:
    answer = find_limit(jurisdiction, nuclide_names, category, day)
    assert answer.limit is None
    assert answer.reason == reason


def test_a_validity_not_stated_is_never_in_force() -> None:
    answer = find_limit("JP", CAESIUM, "seafood", date(2021, 2, 22), kind="voluntary_limit")
    assert (answer.limit, answer.reason) == (None, "validity not stated")
    (candidate,) = answer.candidates
    assert (candidate.value, candidate.validity) == ("50", "not_stated")


@given(DAYS, st.sampled_from(sorted(categories())))
def test_at_most_one_answer_a_day_and_order_does_not_matter(day: date, category: str) -> None:
    answer = find_limit("JP", CAESIUM, category, day)
    assert answer == find_limit("JP", CAESIUM[::-1], category, day)
    assert answer.reason in {"found", "not in force on this day"}
    covering = {
        fact.value
        for fact in limits().values()
        if fact.kind == "food_limit"
        and set(fact.nuclides) == set(CAESIUM)
        and category in fact.categories
        and isinstance(fact.validity, Validity)
        and date.fromisoformat(fact.validity.since) <= day
        and (fact.validity.to == "open" or day <= date.fromisoformat(fact.validity.to))
    }
    assert covering == ({answer.limit.value} if answer.limit else set())


def test_no_day_between_the_two_regimes_is_without_limit() -> None:
    day = date(2012, 3, 25)
    while day < date(2012, 4, 8):
        assert find_limit("JP", CAESIUM, "seafood", day).limit is not None
        day += timedelta(days=1)


def test_every_limit_speaks_of_known_things() -> None:
    for fact in limits().values():
        assert set(fact.nuclides) <= set(nuclides()), fact.id
        assert set(fact.categories) <= set(categories()), fact.id
        assert fact.unit in units(), fact.id
        assert Decimal(fact.value) > 0


def test_values_are_those_of_the_collection(shared: Path) -> None:
    """Every caesium and iodine value of the collection's entries for the country is here."""
    collected = json.loads((shared / "reference/limits.json").read_text(encoding="utf-8"))
    theirs = {
        (entry["nuclide_or_group"].split(" ")[0], str(entry["value"]), entry["unit"])
        for entry in collected["entries"]
        if entry["jurisdiction"].startswith("Japan")
        and entry["kind"] in {"food limit", "voluntary limit"}
        and entry["nuclide_or_group"].startswith(("Cs", "I-"))
    }
    ours = {("+".join(fact.nuclides), fact.value, fact.unit) for fact in limits().values()}
    assert len(theirs) == 7
    assert theirs <= ours
