"""Limits: one place day by day, and the steps by which an answer is reached.

Truth: shared/reference/limits.json (the collection), and the texts of
Notification 129 of 2012-03-15 and of 食安発0405第1号 for what differs from it.
Dated questions to every place stand in `limit_cases.yaml`.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairwater.facts import (
    FoodNotKnown,
    Validity,
    categories,
    find_limit,
    foods,
    jurisdictions,
    limits,
    nuclides,
    units,
)
from fairwater.facts.limit_facts import members, scope

CAESIUM = ("Cs-134", "Cs-137")
DAYS = st.dates(date(1980, 1, 1), date(2030, 12, 31))
HELD = sorted({fact.jurisdiction for fact in limits().values()})
NAMES = sorted(nuclides())
# What limits are stated in besides the units of activity concentration.
OTHER_UNITS = {"mg/kg", "TBq/y", "uSv/y", "mSv/y", "mSv/event", "mGy/d", "uGy/h"}


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
    assert (answer.verdict, answer.reason) == ("found", "found")
    assert answer.limit is not None
    assert (answer.limit.value, answer.limit.unit) == (value, "Bq/kg")
    assert answer.confidence == "seen in source"
    assert answer.relation == "same"


def test_iodine_in_fish_is_dated_by_its_own_text() -> None:
    """食安発0405第1号 is of 2011-04-05; until then fish had no value for iodine."""
    before = find_limit("JP", ["I-131"], "seafood", date(2011, 4, 4))
    assert (before.limit, before.verdict, before.reason) == (None, "none", "not yet in force")
    after = find_limit("JP", ["I-131"], "seafood", date(2011, 4, 5))
    assert after.limit is not None
    assert after.limit.value == "2000"


@pytest.mark.parametrize(
    ("jurisdiction", "nuclide_names", "category", "day", "reason"),
    [
        ("XX", CAESIUM, "seafood", date(2013, 1, 1), "no limit of this jurisdiction and kind"),
        ("JP", ["Sr-90"], "seafood", date(2013, 1, 1), "no limit for these nuclides"),
        ("JP", ["Cs-137", "Sr-90"], "seafood", date(2013, 1, 1), "no limit for these nuclides"),
        ("JP", ["I-131"], "other", date(2011, 5, 1), "no limit for this category"),
        ("JP", CAESIUM, "seafood", date(2011, 3, 16), "not yet in force"),
        ("JP", ["I-131"], "seafood", date(2012, 4, 1), "superseded"),
    ],
)
def test_why_none_applies(
    jurisdiction: str, nuclide_names: list[str], category: str, day: date, reason: str
) -> None:
    answer = find_limit(jurisdiction, nuclide_names, category, day)
    assert (answer.verdict, answer.limit, answer.limits) == ("none", None, ())
    assert answer.reason == reason


def test_one_nuclide_of_a_sum_is_told_the_sum() -> None:
    answer = find_limit("JP", ["Cs-137"], "seafood", date(2013, 1, 1))
    assert answer.limit is not None
    assert (answer.limit.value, answer.relation) == ("100", "part of a sum")
    assert any("sum Cs-134+Cs-137" in text for text in answer.conditions)


def test_a_validity_not_stated_is_never_in_force() -> None:
    answer = find_limit("JP", CAESIUM, "seafood", date(2021, 2, 22), kind="voluntary_limit")
    assert (answer.verdict, answer.limit) == ("not stated", None)
    (candidate,) = answer.candidates
    assert (candidate.value, candidate.validity) == ("50", "not_stated")


def test_a_voluntary_limit_stands_beside_the_legal_one() -> None:
    answer = find_limit("JP", CAESIUM, "seafood", date(2021, 2, 22))
    assert answer.limit is not None
    assert answer.limit.value == "100"
    beside = {other.limit.id: other.standing for other in answer.beside}
    assert beside["jp.fca.caesium.fish"] == "validity not stated"


@given(DAYS, st.sampled_from(sorted(categories())))
def test_at_most_one_answer_a_day_and_order_does_not_matter(day: date, category: str) -> None:
    """Against the plain reading of whole dates in one place: first <= day <= last."""
    answer = find_limit("JP", CAESIUM, category, day)
    assert answer == find_limit("JP", CAESIUM[::-1], category, day)
    covering = {
        fact.value
        for fact in limits().values()
        if fact.jurisdiction == "JP"
        and fact.kind == "food_limit"
        and set(fact.nuclides) == set(CAESIUM)
        and category in fact.categories
        and isinstance(fact.validity, Validity)
        and fact.validity.since <= day.isoformat()
        and (fact.validity.to == "open" or day.isoformat() <= fact.validity.to)
    }
    assert covering == ({answer.limit.value} if answer.limit else set())


@given(
    DAYS,
    st.sampled_from(HELD),
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True),
    st.sampled_from(sorted(foods())),
    st.sampled_from([None, "JP", "UA", "KR"]),
)
def test_what_every_answer_keeps(
    day: date, where: str, asked: list[str], food: str, origin: str | None
) -> None:
    """A found limit is in force, on the nuclides and the food; an unknown says what is missing."""
    answer = find_limit(where, asked, food, day, origin=origin)
    assert (answer.verdict == "found") == (answer.reason == "found") == bool(answer.limits)
    assert (answer.limit is None) == (len(answer.limits) != 1)
    assert bool(answer.missing) == (answer.verdict in ("unknown", "not stated"))
    for fact in answer.limits:
        assert fact.jurisdiction == where
        assert isinstance(fact.validity, Validity)
        assert fact.validity.covers(day)
        assert fact.status not in ("dormant", "draft")
        on = set(asked) if answer.relation != "each alone" else members(fact.id) & set(asked)
        assert on
        assert on <= members(fact.id)
        assert origin is None or fact.origins is None or origin in fact.origins.countries
    if answer.limits and not any(
        answer.food.category in fact.categories for fact in answer.candidates
    ):
        covered = [scope(fact.id)[0] for fact in answer.candidates]
        assert set(answer.food.foods) <= frozenset().union(*covered)
    if any(fact.confidence == "from memory" for fact in answer.limits):
        assert answer.confidence == "from memory"


def test_no_day_between_the_two_regimes_is_without_limit() -> None:
    day = date(2012, 3, 25)
    while day < date(2012, 4, 8):
        assert find_limit("JP", CAESIUM, "seafood", day).limit is not None
        day += timedelta(days=1)


def test_every_limit_speaks_of_known_things() -> None:
    for fact in limits().values():
        assert members(fact.id) <= set(nuclides()), fact.id
        assert set(fact.categories) <= set(categories()), fact.id
        assert scope(fact.id)[0], fact.id
        assert fact.jurisdiction in jurisdictions(), fact.id
        assert fact.unit is None or fact.unit in units() or fact.unit in OTHER_UNITS, fact.id
        assert fact.value is None or Decimal(fact.value) > 0


def test_a_food_that_nobody_knows_is_not_guessed() -> None:
    with pytest.raises(FoodNotKnown) as error:
        find_limit("JP", CAESIUM, "musrooms", date(2013, 1, 1))
    assert "mushrooms" in error.value.near
