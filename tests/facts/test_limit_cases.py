"""Dated cross-border questions with the right answer and what it rests on.

Truth: `limit_cases.yaml`, written by hand; each case names the entry of
shared/reference/limits.json that decides it, and is held to that entry here.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from fairwater.facts import LimitAnswer, asked_nuclides, country, find_jurisdiction, find_limit

FILE = Path(__file__).parent / "limit_cases.yaml"
CASES: list[dict[str, Any]] = yaml.load(FILE.read_text(encoding="utf-8"), yaml.BaseLoader)["cases"]


def name(case: dict[str, Any]) -> str:
    given = "".join(f"-{case[each]}" for each in ("origin", "factor", "kind") if each in case)
    return f"{case['in']}-{case['on']}-{case['nuclide']}-{case['food']}{given}"


def ask(case: dict[str, Any]) -> LimitAnswer:
    nuclides = asked_nuclides(case["nuclide"])
    assert nuclides is not None
    origin = country(case["origin"]) if "origin" in case else None
    assert (origin is None) == ("origin" not in case)
    return find_limit(
        case["in"],
        nuclides,
        case["food"],
        date.fromisoformat(case["on"]),
        kind=case.get("kind"),
        origin=origin,
        dried_factor=case.get("factor"),
    )


@pytest.mark.parametrize("case", CASES, ids=name)
def test_case(case: dict[str, Any]) -> None:
    answer = ask(case)
    assert answer.verdict == case["answer"], answer
    if "reason" in case:
        assert answer.reason == case["reason"]
    if "value" in case:
        facts = answer.limits or answer.candidates
        assert {(fact.value, fact.unit) for fact in facts} == {(case["value"], case["unit"])}
    if "mark" in case:
        assert answer.confidence == case["mark"]
    if "told" in case:
        assert case["told"] in " | ".join(answer.conditions)
    if "missing" in case:
        assert case["missing"] in " | ".join(answer.missing)
    assert (answer.dried.value if answer.dried else None) == case.get("dried")
    beside = [f"{o.limit.kind} {o.standing}".replace("_", " ") for o in answer.beside]
    if "beside" in case:
        assert any(
            all(word in text for word in case["beside"].split()) for text in beside
        ), beside  # fmt: skip
    if "beside_or_nearest" in case:
        assert case["beside_or_nearest"] in {*answer.standings.values(), *(beside)}


@pytest.mark.parametrize("case", CASES, ids=name)
def test_case_rests_on_its_entry(case: dict[str, Any], shared: Path) -> None:
    """Place, value, unit and mark of the case against the entry of the collection."""
    text = (shared / "reference/limits.json").read_text(encoding="utf-8")
    entry = json.loads(text)["entries"][int(case["entry"])]
    place = find_jurisdiction(case["in"])
    theirs = find_jurisdiction(entry["jurisdiction"])
    assert place is not None
    assert theirs is not None
    assert place.code == theirs.code
    if "value" in case:
        assert Decimal(case["value"]) == Decimal(str(entry["value"]).split("-")[0])
        assert case["unit"] == entry["unit"]
    if case.get("mark") == "seen in source":
        assert entry["confidence"] == "seen in source"
    elif case["answer"] == "found" and "mark" in case:
        dried = "dried" in case
        assert entry["confidence"] == "from memory" or "weaker" in case or dried
    if case["answer"] == "found" and entry["confidence"] == "from memory":
        assert ask(case).confidence == "from memory"


def test_the_cases_are_spread() -> None:
    assert len(CASES) >= 60
    places = {match.code for case in CASES if (match := find_jurisdiction(case["in"]))}
    assert len(places) == 16
    verdicts = Counter(case["answer"] for case in CASES)
    assert min(verdicts[each] for each in ("found", "none", "not stated", "unknown")) >= 15
    assert len({name(case) for case in CASES}) == len(CASES)
