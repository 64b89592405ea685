"""Which limit applies, by the command: the answers have exit codes of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

Fairwater = Callable[..., Any]


@pytest.mark.parametrize(
    ("nuclides", "day", "kind", "code"),
    [
        # Notification 130 of 2012-03-15 (facts/data/limits.yaml): 100 Bq/kg from 2012-04-01
        ("Cs-134+Cs-137", "2012-04-01", "food_limit", 0),
        ("Cs134+Cs137", "2013-01-31", "food_limit", 0),
        ("Sr-90", "2013-01-31", "food_limit", 5),
        ("Cs-134+Cs-137", "2010-01-01", "food_limit", 5),
        ("Cs-134+Cs-137", "2013-01-31", "voluntary_limit", 4),  # its start is not stated
    ],
)
def test_limit_on_a_day(
    fairwater: Fairwater, nuclides: str, day: str, kind: str, code: int
) -> None:
    words = ("facts", "limits", "--food", "seafood", "--jurisdiction", "JP", "--json")
    ran = fairwater(*words, "--nuclides", nuclides, "--on", day, "--kind", kind)
    assert ran.code == code
    told = json.loads(ran.out)
    assert (told["limit"] is not None) == (code == 0)
    if code == 0:
        assert (told["limit"]["value"], told["limit"]["unit"]) == ("100", "Bq/kg")
        assert told["limit"]["source"]


def test_every_fact_listed_has_source_and_confidence(fairwater: Fairwater) -> None:
    kinds = ("nuclides", "units", "regions", "categories", "parts", "species", "limits", "ranges")
    for kind in kinds:
        found = json.loads(fairwater("facts", "list", kind, "--json").out)[kind]
        assert found
        assert all(fact["source"] and fact["confidence"] for fact in found)
