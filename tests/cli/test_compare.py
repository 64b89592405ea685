"""`fairwater compare`: the black rockfish of 2021 under windows of 30 and 90 days.

Truth: 500 Bq/kg on 2021-02-22 and 270 on 2021-04-01, at two points, lie 38 days apart (the
press pages named in the demo's data): a window of 30 days never holds both, one of 90 does
from the second on.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import fairwater.node
from fairwater.cli.exits import DONE, USAGE

PRESS = Path(fairwater.node.__file__).parent / "demo_data" / "press_black_rockfish.yaml"
NAMES = ("origin_restriction", "origin_restriction")
CLOCKS = ("--node", "n", "--as-of", "2021-04-18", "--knowledge", "sampled")
THIRTY = ("--set", "B:transitions.impose.when.two_points.window=P30D")


@pytest.fixture
def node(fairwater: Any) -> Any:
    """A node with the press figures."""
    assert fairwater("init", "n", "--party", "coast", "--name", "Coast").code == DONE
    ran = fairwater("record", PRESS, "--node", "n")
    assert ran.code == DONE, ran.err
    return fairwater


def test_the_second_point_parts_them(node: Any) -> None:
    ran = node("compare", *NAMES, *CLOCKS, *THIRTY, "--json")
    assert ran.code == DONE, ran.err
    told = json.loads(ran.out)
    (parting,) = told["differ"]
    assert parting["unit"] == {"item_base": "クロソイ", "region": "福島県"}
    assert parting["first"] == "2021-04-01"
    a, b = parting["says"]
    (why,) = [c for c in a["clauses"] if c["transition"] == "impose"]
    (why_not,) = [c for c in b["clauses"] if c["transition"] == "impose"]
    (two,), (one,) = why["atoms"], why_not["atoms"]
    assert (two["value"], two["first"], two["last"]) == ([2, 2], "2021-01-02", "2021-04-01")
    assert (one["value"], one["first"], one["last"]) == ([1, 1], "2021-03-03", "2021-04-01")
    assert [s["reported"] for s in two["samples"]] == [
        ["Cs-134+Cs-137 500 Bq/kg"], ["Cs-134+Cs-137 270 Bq/kg"],
    ]  # fmt: skip
    assert told["sides"][1]["overrides"] == {"transitions.impose.when.two_points.window": "P30D"}
    assert node("compare", *NAMES, *CLOCKS, *THIRTY, "--json").out == ran.out


@pytest.mark.parametrize(
    ("language", "sentence", "verdict"),
    [
        ("en", "On this unit the agreements first part on 2021-04-01.", "two_points fails"),
        ("zh", "对该单元，各协议自 2021-04-01 起出现分歧。", "two_points 不成立"),
        ("ja", "取り決めの結論は 2021-04-01 に初めて分かれます", "two_points 満たさない"),
    ],
)
def test_in_words(node: Any, language: str, sentence: str, verdict: str) -> None:
    ran = node("compare", *NAMES, *CLOCKS, *THIRTY, "--lang", language)
    assert ran.code == DONE, ran.err
    for said in (sentence, verdict, "クロソイ / 福島県", "270 Bq/kg"):
        assert said in ran.out


def test_the_same_agreement_twice_parts_nowhere(node: Any) -> None:
    told = json.loads(node("compare", *NAMES, *CLOCKS, "--json").out)
    assert not told["differ"]
    (agreed,) = told["agree"]
    assert agreed["steps"][0] == {"since": "2021-02-22", "direction": "tightened", "level": 2}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("origin_restriction",), "two to 8 can be compared"),
        ((*NAMES, "--set", "C:parameters.impose_points=3"), "no agreement C"),
        ((*NAMES, "--set", "B:parameters.nothing=3"), "parameters.nothing"),
        ((*NAMES, *THIRTY, *THIRTY), "twice for B"),
        ((*NAMES, "--unit", "colour=red"), "`colour` is no dimension here"),
        ((*NAMES, "--unit", "species=クロソイ"), "region is lacking"),
    ],
)
def test_what_cannot_be_compared_is_told(node: Any, words: tuple[str, ...], said: str) -> None:
    ran = node("compare", *words, *CLOCKS)
    assert ran.code == USAGE
    assert said in ran.err
