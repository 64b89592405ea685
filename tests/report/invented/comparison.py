"""Where the agreements first differ."""

from __future__ import annotations

from datetime import date

from fairwater.node.briefing.content import (
    Comparison,
    Difference,
    Late,
    Number,
    Saying,
)

from .names import SPECIES, ZONES


def comparison() -> Comparison:
    """Where the agreements first differ."""
    atom = Number(
        atom="two_points",
        metric="distinct_points_exceeding",
        verdict="holds",
        low="2",
        high="3",
        comparator="ge",
        operand="2",
    )
    unbounded = Number(
        atom="rejections",
        metric="noncompliance_count",
        verdict="unknown",
        low="0",
        high="*",
        comparator="ge",
        operand="1",
    )
    listed = Number(
        atom="area",
        metric="production_area",
        verdict="fails",
        low="0",
        high="0",
        comparator="is",
        operand="1",
    )
    return Comparison(
        letters=("A", "B", "C"),
        units=30,
        agree=21,
        agree_on={"unmoved": 15, "stricter": 6},
        differences=(
            Difference(
                number=13,
                label=(SPECIES[1], ZONES[2][0]),
                first=date(2012, 6, 20),
                sayings=(
                    Saying(
                        letter="A",
                        state="suspended",
                        effect="suspended",
                        clause="impose",
                        atoms=(atom,),
                        evidence=12,
                    ),
                    Saying(
                        letter="B",
                        state="none",
                        effect="none",
                        eligible=("stop",),
                        atoms=(unbounded, listed),
                        evidence=9,
                    ),
                    Saying(letter="C", state=None, effect=None),
                ),
            ),
        ),
        late=(
            Late(
                letter="A",
                measure="restriction",
                label=(SPECIES[1], ZONES[2][0]),
                known_days=17,
                first=date(2012, 6, 3),
                number=13,
            ),
            Late(letter="B", measure="", label=(SPECIES[2], ZONES[2][0]), known_days=4),
        ),
    )
