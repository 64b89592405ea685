"""Every limit of the collection on and around its boundary days, against a plain script.

Truth: shared/reference/limits.json read with `json`; which foods the words of a
category mean is written out by hand below, and so is what is told apart on
purpose. The script knows entries, days and sums, and nothing of the program.
"""

from __future__ import annotations

import json
import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from fairwater.facts import find_limit

PLACES = {
    "Codex (FAO/WHO)": "CODEX",
    "Japan": "JP",
    "Republic of Korea": "KR",
    "Taiwan": "TW",
    "China": "CN",
    "Hong Kong": "HK",
    "EU": "EU",
    "USA": "US",
    "Canada": "CA",
    "EAEU / Russia": "EAEU",
    "Ukraine": "UA",
    "WHO": "WHO",
}
INFANT, DAIRY, DRINKS = {"infant formula"}, {"milk", "cheese"}, {"drinking water", "tea"}
SEA, FISH_SHRIMP = {"fish", "seaweed", "oyster"}, {"fish", "shrimp"}
REST = {"beef", "spinach", "carrot", "potato", "rice", "honey"}
ALL = INFANT | DAIRY | DRINKS | SEA | FISH_SHRIMP | REST
PLAIN = ALL - INFANT - DAIRY - DRINKS
MEANT: dict[str, set[str]] = {
    "infant foods": INFANT,
    "foods other than infant foods": ALL - INFANT,
    "foods for general consumption": ALL - INFANT - {"milk"},
    "milk and infant foods": INFANT | {"milk"},
    "general foods (incl. all seafood)": ALL - INFANT - DRINKS - {"milk"},
    "milk": {"milk"},
    "drinking water (incl. beverage tea)": DRINKS,
    "vegetables, grains, meat, eggs, fish, other": PLAIN,
    "drinking water, milk and dairy": INFANT | DAIRY | DRINKS,
    "fish and shellfish (added 2011-04-05)": SEA - {"seaweed"} | FISH_SHRIMP,
    "vegetables except root/tuber": {"spinach"},
    "drinking water, milk": INFANT | DAIRY | DRINKS,
    "fish, meat, grain, vegetables": PLAIN,
    "infant food, water, milk": INFANT | DAIRY | DRINKS,
    "all foods": ALL,
    "infant formula/food, milk, ice cream": INFANT | {"milk"},
    "beverages and packaged water": DRINKS,
    "infant food and dairy": INFANT | DAIRY,
    "other foods (incl. seafood)": PLAIN,
    "meat, fish, shrimp": FISH_SHRIMP | {"beef"},
    "fresh milk": {"milk"},
    "grain": {"rice"},
    "tubers": {"potato"},
    "vegetables and fruit": {"spinach", "carrot"},
    "food": ALL,
    "infant food": INFANT,
    "dairy produce": DAIRY,
    "other food except minor food (incl. seafood)": PLAIN,
    "liquid food": DRINKS,
    "foods for infants and young children": INFANT,
    "milk and milk-based drinks": {"milk"},
    "mineral water, similar drinks, tea brewed": DRINKS,
    "other food (incl. fish)": PLAIN | {"cheese"},
    "feed for fish": {"fish feed"},
    "infant and young children food": INFANT,
    "milk and milk products": DAIRY,
    "milk, dairy, infant foods": INFANT | DAIRY,
    "all other products": ALL - INFANT - DAIRY,
    "all components of the diet": ALL,
    "all food": ALL,
    "fresh liquid milk": {"milk"},
    "other commercial foods and beverages": ALL - {"milk", "drinking water"},
    "public drinking water": {"drinking water"},
    "fish and fish products": {"fish"},
    "drinking water": {"drinking water"},
}
IN_WORDS = {
    "Pu and transuranic alpha emitters": {"Pu-239", "Am-241"},
    "sum Sr isotopes, notably Sr-90": {"Sr-90", "Sr-89"},
    "sum I isotopes, notably I-131": {"I-131", "I-129"},
    "alpha-emitting Pu and transplutonium, notably Pu-239, Am-241": {"Pu-239", "Am-241"},
    "Pu-238+239+240+242+Am-241": {"Pu-238", "Pu-239", "Pu-240", "Pu-242", "Am-241"},
    "all other nuclides T1/2>10 d, notably Cs-134, Cs-137 (not H-3, C-14, K-40)": {
        "Cs-134", "Cs-137", "Co-60", "Ru-106",
    },
    "Cs-134+Cs-137 (all other T1/2>10 d)": {"Cs-134", "Cs-137", "Co-60", "Ru-106"},
}  # fmt: skip
ASKED = [{"Cs-137"}, {"Cs-134", "Cs-137"}, {"Sr-90"}, {"I-131"}, {"H-3"}, {"Pu-239"}, {"Ru-106"}]
FAR = [date(1960, 1, 1), date(2009, 7, 7), date(2300, 1, 1)]
DAY = timedelta(days=1)


class Entry(NamedTuple):
    """One food limit: what it is on, its food, value, first and last day as (earliest, latest)."""

    nuclides: set[str]
    foods: set[str]
    value: float
    first: tuple[date, date] | None
    last: tuple[date, date] | None
    dormant: bool
    origin: str | None


def span(text: str | None) -> tuple[date, date] | None:
    if text is None:
        return None
    if text == "superseded by DILs":  # of 1998-08-13
        return date(1998, 8, 12), date(1998, 8, 12)
    first = re.split(r"[;( ]", text)[0]
    if "/" in first:
        one, other = first.split("/")
        return date(int(one), 1, 1), date(int(other), 12, 31)
    numbers = [int(part) for part in first.split("-")]
    if len(numbers) == 1:
        return date(numbers[0], 1, 1), date(numbers[0], 12, 31)
    if len(numbers) == 2:
        year, month = numbers
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(*numbers), date(*numbers)


def read(entry: dict[str, Any]) -> Entry:
    named = entry["nuclide_or_group"]
    pair = re.sub(r" \(C3.*\)", "", named)
    first, last = span(entry["valid_from"]), span(entry["valid_to"])
    instrument = entry["instrument"]
    if "2023-08-03" in (entry["note"] or "") or entry["food_category"] == "feed for fish":
        last = (date(2023, 8, 2), date(2023, 8, 2))  # repealed with effect from the day after
    if "added 2011-04-05" in entry["food_category"]:
        first = (date(2011, 4, 5), date(2011, 4, 5))
    of_one = "2016/6" in instrument or "297/2011" in instrument
    words = entry["food_category"]
    meant = ALL - INFANT if (words, entry["jurisdiction"]) == ("other food", "USA") else PLAIN
    return Entry(
        nuclides=IN_WORDS.get(named) or {*re.findall(r"[A-Z][a-z]?-\d+", pair)},
        foods=meant if words == "other food" else MEANT[words],
        value=float(entry["value"]),
        first=first,
        last=last,
        dormant="pre-set" in instrument,
        origin="JP" if of_one else ("UA" if "2020/1158" in instrument else None),
    )


def standing(entry: Entry, day: date) -> str:
    if entry.first is not None and day < entry.first[0]:
        return "no"
    if (entry.last is not None and day > entry.last[1]) or entry.dormant:
        return "no"
    if entry.first is None:
        return "not stated"
    before_sure = day < entry.first[1]
    after_sure = entry.last is not None and day > entry.last[0]
    return "perhaps" if before_sure or after_sure else "yes"


def expected(entries: list[Entry], day: date) -> tuple[str, set[float]]:
    found = [(entry, how) for entry in entries if (how := standing(entry, day)) != "no"]
    values = {entry.value for entry, _ in found}
    standings = {how for _, how in found}
    if not found:
        return "none", set()
    if standings == {"yes"}:
        return ("found" if len(values) == 1 else "unknown"), values
    return ("unknown" if "perhaps" in standings else "not stated"), values


def days(entries: list[Entry]) -> list[date]:
    edges = {edge for e in entries for ends in (e.first, e.last) if ends for edge in ends}
    return sorted({day for edge in edges for day in (edge - DAY, edge, edge + DAY)} | {*FAR})


@pytest.fixture(scope="module")
def by_place(shared: Path) -> dict[str, list[Entry]]:
    entries = json.loads((shared / "reference/limits.json").read_text(encoding="utf-8"))["entries"]
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry["kind"] in ("food limit", "water guideline") and "natural" not in str(
            entry["nuclide_or_group"]
        ):
            found[PLACES[entry["jurisdiction"]]].append(read(entry))
    return found


def questions(place: str, entries: list[Entry]) -> Iterator[tuple[set[str], str, str | None, date]]:
    """Some of all there could be: foods turn with the nuclides, so that each meets each."""
    foods = sorted(ALL | {"fish feed"})
    for number, nuclides in enumerate(ASKED):
        step = 4 if place == "EU" else 2
        for food in foods[number % step :: step] if place != "CN" else foods:
            for origin in (None, "JP", "UA", "BR") if place == "EU" else (None,):
                about = [e for e in entries if nuclides <= e.nuclides and food in e.foods]
                for day in days(about):
                    yield nuclides, food, origin, day


def told_apart(place: str, food: str, nuclides: set[str], day: date) -> bool:
    """Where the answer knows more than the entries one by one.

    Codex in 2006, Taiwan at the end of January 2016: a limit ends as its successor begins. Hong
    Kong, WHO: a sum is asked, and each nuclide has a limit of its own. EAEU, Ukraine: whether
    shrimps are fish products the words do not say. (Of Korea all dates hang together so.)
    """
    if (place == "CODEX" and day.year == 2006) or (place == "TW" and day == date(2016, 1, 31)):
        return True
    if place in ("HK", "WHO") and len(nuclides) > 1:
        return True
    return place in ("EAEU", "UA") and food in ("shrimp", "oyster")


@pytest.mark.parametrize("place", sorted(set(PLACES.values()) - {"KR"}))
def test_every_limit_around_its_boundary_days(place: str, by_place: dict[str, list[Entry]]) -> None:
    asked, entries = 0, by_place[place]
    for nuclides, food, origin, day in questions(place, entries):
        if told_apart(place, food, nuclides, day):
            continue
        about = [
            entry
            for entry in entries
            if nuclides <= entry.nuclides
            and food in entry.foods
            and (origin is None or entry.origin in (None, origin))
        ]
        answer = find_limit(place, nuclides, food, day, origin=origin)
        facts = answer.limits or (answer.candidates if answer.verdict != "none" else ())
        got = answer.verdict, {float(str(fact.value)) for fact in facts}
        assert got == expected(about, day), (nuclides, food, origin, day)
        asked += 1
    assert asked > 100
