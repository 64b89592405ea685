"""A verdict opened to the cell."""

from __future__ import annotations

from typing import Any

from fairwater.node.briefing.content import (
    DossierPart,
)

from .names import SPECIES, ZONES


def dossier() -> DossierPart:
    """A verdict opened to the cell."""
    record = {
        "id": "r1" * 32,
        "sampled": "2014-02-13",
        "known": "2014-02-18",
        "reported": [
            {
                "nuclides": "Cs-134+Cs-137",
                "text": "380",
                "kind": "detected",
                "unit": "Bq/kg",
                "source": {"document": "a829.csv", "row": 49, "column": "Cs合計"},
            }
        ],
        "outcome": "exceeds",
        "limit": {"id": "limit_100", "value": "100", "unit": "Bq/kg"},
        "ends": ["380", "380"],
        "compared": ["380", "380"],
        "rule": "rounded to 2 significant figures, half up, exceeds when > 100 Bq/kg",
        "notes": ["limit: ours"],
        "lab": "検査センター",
        "flags": ["spelling"],
    }
    tree: dict[str, Any] = {
        "verdict": "fails",
        "could_be": ["fails"],
        "missing": [],
        "at": "2014-02-28",
        "known_at": "2014-02-28",
        "weakest_cert": "ours",
        "clause": {
            "path": "transitions.lift.when",
            "form": "all",
            "verdict": "fails",
            "missing": [],
            "parts": [
                {
                    "path": "transitions.lift.when.none_above",
                    "form": "exceed_count",
                    "id": "none_above",
                    "verdict": "fails",
                    "missing": [],
                    "text": {
                        "en": "No sample above the limit.",
                        "zh": "没有样品超限。",
                        "ja": "超過した検体がないこと。",
                    },
                    "cite": {"src": ["S1"], "titles": ["Notice"], "cert": "seen"},
                    "metric": {
                        "name": "exceed_count",
                        "value": ["1", "1"],
                        "window": {"first": "2014-01-29", "last": "2014-02-28"},
                        "asks": {"eq": "0"},
                        "cert": "ours",
                        "notes": ["no sample surely inside"],
                        "samples": [
                            {
                                "sample": "s1",
                                "place": "in",
                                "outcome": "exceeds",
                                "point": "いわき市",
                                "records": [record],
                            }
                        ],
                    },
                },
                {
                    "path": "transitions.lift.when.weeks",
                    "form": "weeks_covered",
                    "id": "weeks",
                    "verdict": "unknown",
                    "missing": [{"kind": "shortfall", "what": "week", "n": 2, "owed_by": "origin"}],
                    "metric": {"name": "weeks_covered", "value": ["2", "4"], "samples": []},
                },
            ],
        },
    }
    cells = (
        ("item", "クロダイ"),
        ("region", "福島県"),
        ("district", "いわき市"),
        ("Cs-134", "95.5"),
        ("Cs-137", "286"),
        ("Cs合計", "380"),
    )
    return DossierPart(
        letter="A",
        label=(SPECIES[3], ZONES[2][0]),
        measure="restriction",
        transition="lift",
        verdict="fails",
        tree=tree,
        rows={"r1" * 32: cells},
        number=15,
    )
