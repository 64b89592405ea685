"""What a text for a food, a place or a day is understood to mean.

Truth: the vocabulary (shared/reference/vocabulary), written out by hand here for
names in three languages, and plain calendar arithmetic.
"""

from __future__ import annotations

import json
from calendar import isleap
from datetime import date, timedelta
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairwater.facts import Validity, country, find_food, find_jurisdiction, foods
from fairwater.facts.dried import dried_factors
from fairwater.facts.foods import leaves
from fairwater.facts.validity import days

# With a word for dried before it, a name of its own.
OWN_NAMES = {
    "dried tea": "tea_leaves",
    "dried green tea": "tea_leaves",
    "dried milk": "milk_powder",
}


@pytest.mark.parametrize(
    ("text", "key", "states"),
    [
        ("dried seaweed", "seaweed", ["dried"]),
        ("Seaweed (dried)", "seaweed", ["dried"]),
        ("seaweed, dried", "seaweed", ["dried"]),
        ("DRIED SEAWEED", "seaweed", ["dried"]),
        ("乾燥わかめ", "seaweed", ["dried"]),
        ("乾ノリ", "seaweed", ["dried"]),
        ("干海带", "seaweed", ["dried"]),
        ("乾燥マコンブ", "seaweed", ["dried"]),
        ("freeze-dried shrimp", "shrimp", ["dried"]),
        ("frozen dried fish", "fish", ["frozen", "dried"]),
        ("冷凍エビ", "shrimp", ["frozen"]),
        ("海苔", "seaweed", []),
        ("olive flounder", "fish", []),
        ("Olive Flounder", "fish", []),
        ("ヒラメ", "fish", []),
        ("ひらめ", "fish", []),
        ("Paralichthys olivaceus", "fish", []),
        ("牙鲆", "fish", []),
        ("牙鮃", "fish", []),
        ("ズワイガニ", "crab", []),
        ("oysters", "bivalve", []),
        ("スルメイカ", "cephalopod", []),
        ("milk", "milk", []),
        ("牛乳", "milk", []),
        ("infant formula", "infant_formula", []),
        ("mushroom", "mushrooms", []),
        ("drinking water", "drinking_water", []),
        ("飲料水", "drinking_water", []),
        ("tea", "tea_brewed", []),
        ("茶葉", "tea_leaves", ["dried"]),
        ("水産物", "seafood", []),
        ("畜産物", "livestock", []),
        ("乳・乳製品", "milk_infant", []),
    ],
)
def test_a_name_means_a_food(text: str, key: str, states: list[str]) -> None:
    found = find_food(text)
    assert found is not None
    assert (found.key, list(found.states)) == (key, states)
    assert set(found.foods) == leaves([key])


@pytest.mark.parametrize("text", ["", " ", "dried", "乾燥", "unicorn", "fis", "-", "<b>fish</b>"])
def test_what_is_not_known_is_not_guessed(text: str) -> None:
    assert find_food(text) is None


def test_every_species_of_the_vocabulary_is_a_food() -> None:
    """By its Japanese, scientific and Chinese name, and the group's leaf is its own."""
    path = resources.files("fairwater.facts") / "data" / "species.json"
    tables = json.loads(path.read_text(encoding="utf-8"))
    seaweeds = 0
    for entry in tables["species"]["entries"]:
        for field in ("ja", "scientific"):
            found = find_food(entry[field])
            assert found is not None, entry[field]
            if entry["group"] == "seaweed":
                assert found.key == "seaweed", entry[field]
                seaweeds += 1
        if entry["group"] == "fish" and "zh" in entry:
            chinese = find_food(entry["zh"])
            assert chinese is not None
            assert chinese.key == "fish", entry["zh"]
    assert seaweeds > 40


@pytest.mark.parametrize("dried", [False, True])
@pytest.mark.parametrize("language", ["en", "zh", "ja"])
@pytest.mark.parametrize("key", sorted(foods()))
def test_a_dried_food_is_the_food_dried(key: str, language: str, dried: bool) -> None:
    for name in getattr(foods()[key], language):
        text = {"en": f"dried {name}", "zh": f"{name}（干）", "ja": f"乾燥{name}"}[language]
        found = find_food(text if dried else name)
        assert found is not None, text
        assert found.key == (OWN_NAMES.get(text, key) if dried else key), text
        assert ("dried" in found.states) == (dried or "dried" in foods()[key].states)


@given(st.text(max_size=40))
def test_any_text_is_answered(text: str) -> None:
    found = find_food(text)
    assert found is None or set(found.foods) <= leaves(foods())
    place = find_jurisdiction(text)
    assert place is None or find_jurisdiction(place.code) is not None


@pytest.mark.parametrize(
    ("text", "code", "body", "region", "member"),
    [
        ("日本", "JP", None, None, None),
        ("japan", "JP", None, None, None),
        ("JP-07", "JP", None, "JP-07", None),
        ("福島県", "JP", None, "JP-07", None),
        ("TEPCO", "JP", "TEPCO", None, None),
        ("コーデックス", "CODEX", None, None, None),
        ("Deutschland", None, None, None, None),
        ("Germany", "EU", None, None, "DE"),
        ("俄罗斯", "EAEU", None, None, "RU"),
        ("UK", "GB", None, None, None),
        ("臺灣", "TW", None, None, None),
        ("", None, None, None, None),
    ],
)
def test_a_place_is_whose_limits_apply_there(
    text: str, code: str | None, body: str | None, region: str | None, member: str | None
) -> None:
    found = find_jurisdiction(text)
    if code is None:
        assert found is None
        return
    assert found is not None
    assert (found.code, found.body, found.region, found.member) == (code, body, region, member)


def test_an_origin_is_the_country_itself() -> None:
    assert [country(text) for text in ("France", "ロシア", "JP-07", "nowhere")] == [
        "FR",
        "RU",
        "JP",
        None,
    ]


@given(st.integers(1950, 2100), st.integers(1, 12))
def test_a_month_and_a_year_hold_their_days(year: int, month: int) -> None:
    after = date(year + month // 12, month % 12 + 1, 1)
    assert days(f"{year}-{month:02}") == (date(year, month, 1), after - timedelta(days=1))
    first, last = days(f"{year}") or (None, None)
    assert first is not None
    assert last is not None
    assert (last - first).days + 1 == (366 if isleap(year) else 365)
    assert days(f"{year}/{year + 1}") == (date(year, 1, 1), date(year + 1, 12, 31))


@given(
    st.dates(date(2010, 1, 1), date(2020, 12, 31)),
    st.sampled_from(["2012", "2012-04", "2012-04-17", "2012/2013", "not_stated"]),
    st.sampled_from(["2015", "2015-06", "2015-06-30", "2015/2016", "open", "not_stated"]),
)
def test_in_force_exactly_if_every_day_the_dates_allow_says_so(
    day: date, since: str, to: str
) -> None:
    """Against all pairs of a first and a last day that the texts allow (every tenth, and ends)."""
    far = (date(1900, 1, 1), date(2200, 12, 31))
    begin, end = days(since) or far, days(to) or far
    if to == "open":
        end = (far[1], far[1])

    def some(span: tuple[date, date]) -> list[date]:
        if span == far:
            return [*far]
        inside = [span[0] + timedelta(days=n) for n in range(0, (span[1] - span[0]).days, 10)]
        return [*inside, span[1]]

    # the day itself and its neighbours are where an answer changes
    near = [day - timedelta(days=1), day, day + timedelta(days=1)]
    firsts = {*some(begin), *(d for d in near if begin[0] <= d <= begin[1])}
    lasts = {*some(end), *(d for d in near if end[0] <= d <= end[1])}
    answers = {first <= day <= last for first in firsts for last in lasts}
    on = Validity(since=since, to=to).on(day)
    if answers == {True}:
        assert on == "in force"
    elif answers == {False}:
        assert on in ("ended", "not yet in force")
    else:
        assert on in ("may have begun", "may have ended", "not stated")


def test_the_factor_of_the_regulation_is_five_for_dried_mushrooms() -> None:
    """Implementing Regulation (EU) 2016/6, Annex I, as quoted in the draft protocols."""
    (factor,) = [fact for fact in dried_factors() if fact.foods == ("mushrooms",)]
    assert (factor.factor, factor.confidence) == ("5", "seen in source")
