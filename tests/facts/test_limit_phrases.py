"""Every sentence of an answer about limits has its own in Chinese and Japanese, and is found again.

Truth: the answers to the dated cases (`limit_cases.yaml`), and the phrases themselves
filled with marks of which none can come from a template.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from fairwater.facts import asked_nuclides, country, find_limit, limits
from fairwater.facts.limit_phrases import SENTENCES, in_language, say
from fairwater.facts.limit_words import valid
from fairwater.facts.names import DisplayLanguage

CASES: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "limit_cases.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
)["cases"]
OTHERS: tuple[DisplayLanguage, ...] = ("zh", "ja")


def fields(template: str) -> set[str]:
    return {*re.findall(r"\{(\w+)\}", template)}


@pytest.mark.parametrize("key", SENTENCES)
def test_a_sentence_is_found_again_with_all_that_stands_in_it(key: str) -> None:
    english, *others = SENTENCES[key]
    parts = {name: f"<{number}>" for number, name in enumerate(sorted(fields(english)))}
    for template, language in zip(others, OTHERS, strict=True):
        assert fields(template) == fields(english)
        assert in_language(say(key, **parts), language) == template.format(**parts)
        assert not re.search(r"[A-Za-z]{3}", re.sub(r"\{\w+\}|--[a-z-]+", "", template))


def test_every_sentence_of_the_dated_cases_is_told_in_each_language() -> None:
    told: set[str] = {valid(fact) for fact in limits().values()}
    for case in CASES:
        answer = find_limit(
            case["in"],
            asked_nuclides(case["nuclide"]) or (),
            case["food"],
            date.fromisoformat(case["on"]),
            kind=case.get("kind"),
            origin=country(case["origin"]) if "origin" in case else None,
            dried_factor=case.get("factor"),
        )
        told |= {*answer.conditions, *answer.missing}
    assert len(told) > 80
    for sentence in told:
        for language in OTHERS:
            assert in_language(sentence, language) != sentence


def test_what_is_no_sentence_is_not_left_in_english() -> None:
    with pytest.raises(LookupError, match="no sentence of an answer"):
        in_language("some new thing that nobody translated", "ja")
    assert in_language("anything", "en") == "anything"


def test_marks_and_alternatives_inside_a_sentence_are_told_too() -> None:
    inside = say("which_food", says="unknown (10 Bq/kg or no limit)", foods="milk")
    assert in_language(inside, "ja") == "どの食品か：milk は 不明（10 Bq/kg または 基準値なし）"
    dated = say("span", since="2011-04", to="2012-04 (from memory)")
    assert in_language(dated, "zh") == "2011-04 至 2012-04（凭记忆）"
