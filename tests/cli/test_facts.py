"""Which limit applies, by the command: the answers have exit codes of their own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from fairwater.cli import limit_words
from fairwater.facts import LimitKind
from fairwater.facts.foods import food_states
from fairwater.facts.limit_match import Standing
from fairwater.facts.limit_words import Reason

Fairwater = Callable[..., Any]
CASES: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parent.parent / "facts/limit_cases.yaml").read_text(encoding="utf-8"),
    yaml.BaseLoader,
)["cases"]
CODES = {"found": 0, "none": 5, "not stated": 4, "unknown": 4}
KINDS = (
    "nuclides",
    "units",
    "regions",
    "categories",
    "parts",
    "species",
    "limits",
    "ranges",
    "foods",
    "jurisdictions",
)


def words(case: dict[str, Any]) -> list[str]:
    typed = ["facts", "limits", "--nuclide", case["nuclide"], "--food", case["food"]]
    typed += ["--in", case["in"], "--on", case["on"]]
    for option in ("kind", "origin"):
        typed += [f"--{option}", case[option]] if option in case else []
    return typed + (["--dried-factor", case["factor"]] if "factor" in case else [])


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['in']}-{c['on']}-{c['food']}")
def test_every_dated_case_by_the_command(fairwater: Fairwater, case: dict[str, Any]) -> None:
    """Exit code, text and JSON say the same; the value stands in the text's first line."""
    ran = fairwater(*words(case))
    assert (ran.code, ran.err) == (CODES[case["answer"]], "")
    first, *rest = ran.out.splitlines()
    if "value" in case:
        assert case["value"] in first
        assert case["unit"] in first
    if case["answer"] == "none":
        assert first.startswith("no limit applies: ")
    if case["answer"] == "unknown":
        assert first.startswith("unknown: ")
        assert any(line.startswith("  missing: ") for line in rest)
    if "dried" in case:
        assert any(f"dried: {case['dried']} " in line for line in rest)
    told = json.loads(fairwater(*words(case), "--json").out)
    assert told["verdict"] == case["answer"]
    assert f"  weakest mark: {told['confidence']}" in rest
    for fact in told["limits"]:
        assert any(fact["source"] in line for line in rest)


@pytest.mark.parametrize(
    ("nuclides", "day", "kind", "code"),
    [
        # Notification 130 of 2012-03-15 (facts/data/limits/japan.yaml): 100 Bq/kg from 2012-04-01
        ("Cs-134+Cs-137", "2012-04-01", "food_limit", 0),
        ("Cs134+Cs137", "2013-01-31", "food_limit", 0),
        ("Sr-90", "2013-01-31", "food_limit", 5),
        ("Cs-134+Cs-137", "2010-01-01", "food_limit", 5),
        ("Cs-134+Cs-137", "2013-01-31", "voluntary_limit", 4),  # its start is not stated
    ],
)
def test_the_older_spellings_of_the_options_still_work(
    fairwater: Fairwater, nuclides: str, day: str, kind: str, code: int
) -> None:
    typed = ("facts", "limits", "--food", "seafood", "--jurisdiction", "JP", "--json")
    ran = fairwater(*typed, "--nuclides", nuclides, "--on", day, "--kind", kind)
    assert ran.code == code
    told = json.loads(ran.out)
    assert (told["limit"] is not None) == (code == 0)
    if code == 0:
        assert (told["limit"]["value"], told["limit"]["unit"]) == ("100", "Bq/kg")
        assert told["limit"]["source"]


@pytest.mark.parametrize(
    ("option", "typed", "said", "hint"),
    [
        ("nuclide", "Cs-173", "`Cs-173` is not a nuclide we know", "written alike: Cs-137"),
        ("nuclide", "", "`` is not a nuclide we know", "Cs-137"),
        ("food", "musrooms", "`musrooms` is no food we know", "mushrooms"),
        ("food", "dried", "`dried` is no food we know", "categories:"),
        ("food", "x" * 10000, f"`{'x' * 80}…` is no food we know", "categories:"),
        ("in", "Japon", "`Japon` is no place we know", "japan"),
        ("in", "Norway", "`Norway` has no limits among the facts", "limits of CA, CN"),
        ("on", "2021-02-29", "`2021-02-29` is not a day", "2013-01-31"),
        ("on", "20210201", "`20210201` is not a day", "2013-01-31"),
        ("origin", "Atlantis", "`Atlantis` is no country we know", "JP"),
        ("dried-factor", "0.5", "`0.5` is not a dried factor", "1 or more"),
        ("dried-factor", "1e3", "`1e3` is not a dried factor", "1 or more"),
        ("dried-factor", "nan", "`nan` is not a dried factor", "1 or more"),
    ],
)
def test_a_word_nobody_knows_is_a_usage_error(
    fairwater: Fairwater, option: str, typed: str, said: str, hint: str
) -> None:
    asked = {"nuclide": "Cs-137", "food": "fish", "in": "JP", "on": "2020-01-01", option: typed}
    ran = fairwater("facts", "limits", *(f"--{name}={text}" for name, text in asked.items()))
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert hint in ran.err


def test_answer_first_then_source_then_the_rest(fairwater: Fairwater) -> None:
    typed = ("facts", "limits", "--nuclide", "Cs-137", "--food", "fish", "--in", "CN")
    lines = fairwater(*typed, "--on", "2024-01-01").out.splitlines()
    heads = [line.strip().split(":")[0] for line in lines]
    order = ["800 Bq/kg (Cs-137; meat, fish, shrimp)", "asked", "source", "weakest mark", "also"]
    places = [heads.index(head) for head in order]
    assert places == sorted(places)
    assert "import measure" in lines[heads.index("also")]


@pytest.mark.parametrize(
    ("lang", "heads"),
    [
        (
            "zh",
            {
                "found": "100 Bq/kg (",
                "none": "无适用限量：",
                "not stated": "未载明有效期：",
                "unknown": "未知：",
            },
        ),
        (
            "ja",
            {
                "found": "100 Bq/kg (",
                "none": "適用される基準値なし：",
                "not stated": "適用期間の記載なし：",
                "unknown": "不明：",
            },
        ),
    ],
)
def test_the_answer_in_another_language(
    fairwater: Fairwater, lang: str, heads: dict[str, str]
) -> None:
    """Verdict and labels in the language; numbers, instruments and sources as they are."""
    asked = {
        "found": ("Cs-137", "ヒラメ", "JP", "2020-01-01"),
        "none": ("Sr-90", "fish", "JP", "2020-01-01"),
        "not stated": ("Cs-137", "fish", "HK", "2020-01-01"),
        "unknown": ("Cs-137", "dried seaweed", "JP", "2020-01-01"),
    }
    for verdict, (nuclide, food, where, on) in asked.items():
        typed = ("facts", "limits", "--nuclide", nuclide, "--food", food, "--in", where)
        english = fairwater(*typed, "--on", on)
        ran = fairwater(*typed, "--on", on, "--lang", lang)
        assert ran.code == english.code == CODES[verdict]
        assert ran.out.startswith(heads[verdict])
        assert len(ran.out.splitlines()) == len(english.out.splitlines())
        for label in ("source: ", "note: ", "missing: ", "asked: ", "weakest mark", "nearest: "):
            assert label not in ran.out
        for line in english.out.splitlines():
            if "http" in line:
                address = line.split("http")[1].split(" ")[0]
                assert address in ran.out
        assert fairwater(*typed, "--on", on, "--lang", lang, "--json").out == (
            fairwater(*typed, "--on", on, "--json").out
        )


def test_the_words_around_the_answer_are_all_there() -> None:
    assert set(limit_words.REASON) == {*get_args(Reason)} - {"found"}
    assert set(limit_words.STANDING) == {*get_args(Standing)}
    assert set(limit_words.KIND) == {*get_args(LimitKind)}
    assert set(limit_words.STATE) == {*food_states()}
    tables = [limit_words.REASON, limit_words.STANDING, limit_words.KIND, limit_words.STATE]
    for table in [*tables, limit_words.LABEL, limit_words.MARK]:
        for words_ in table.values():
            assert set(words_) == {"en", "zh", "ja"}
            assert not any(re.search(r"[A-Za-z]{3}", words_[each]) for each in ("zh", "ja"))


def test_an_element_is_read_and_said_so(fairwater: Fairwater) -> None:
    """GB 14882 has a value for Cs-137 and none for Cs-134 (shared/reference/limits.json)."""
    typed = ("facts", "limits", "--nuclide", "cesium", "--food", "fish", "--in", "中国")
    ran = fairwater(*typed, "--on", "2020-01-01")
    assert ran.code == 0
    assert ran.out.startswith("800 Bq/kg (Cs-137;")
    assert "note: `cesium` is read as Cs-137" in ran.out
    told = json.loads(fairwater(*typed, "--on", "2020-01-01", "--json").out)
    assert told["nuclides"] == ["Cs-137"]
    assert told["conditions"][0].startswith("`cesium` is read as Cs-137")


def test_every_fact_listed_has_source_and_confidence(fairwater: Fairwater) -> None:
    for kind in KINDS:
        found = json.loads(fairwater("facts", "list", kind, "--json").out)[kind]
        assert found
        assert all(fact["source"] and fact["confidence"] for fact in found)
        assert len(fairwater("facts", "list", kind).out.splitlines()) >= len(found)
