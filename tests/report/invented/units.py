"""Units: species in zones, all seven standings among them, and what is missing for them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from fairwater.node.briefing.content import (
    STANDINGS,
    Lack,
    Stand,
    Standing,
    Tally,
    UnitRow,
)

from .names import AS_OF, ORIGIN, SPECIES, ZONES


def units() -> tuple[UnitRow, ...]:
    """Species in zones, all seven standings among them."""
    rows: list[UnitRow] = []
    for place, (zone, _, _) in enumerate(ZONES):
        for kind, species in enumerate(SPECIES):
            number = len(rows)
            standing = STANDINGS[(place * 3 + kind * (place + 1)) % len(STANDINGS)]
            stands = [stand("A", standing, number), voluntary(standing)]
            if zone.key != "沖合":
                stands.append(stand("B", "unsettled" if number % 3 else "none", number, "entry"))
            never = standing == "never"
            rows.append(
                UnitRow(
                    number=number,
                    species=species,
                    zone=zone,
                    samples=0 if never else 40 + 37 * number,
                    below=0 if never else 12 + number,
                    above=0 if never else number % 5,
                    stands=tuple(stands),
                    last_sampled=None if never else AS_OF - timedelta(days=3 + number),
                    highest=None if never else f"{60 + 13 * number}",
                )
            )
    return tuple(rows)


def stand(letter: str, standing: Standing, number: int, measure: str = "restriction") -> Stand:
    """How a unit stands, invented."""
    level = 2 if standing in ("relaxable", "unsettled", "held") else 0
    truth = {"relaxable": "holds", "unsettled": "unknown", "held": "fails"}.get(standing)
    steps: dict[str, Any] = {"lift": truth} if truth else {"impose": "fails"}
    if standing == "tightenable":
        steps = {"impose": "holds"}
    return Stand(
        letter=letter,
        measure=measure,
        state="suspended" if level else "none",
        level=level,
        standing=standing,
        status="contested" if number == 8 else "in_force",
        since=date(2012, 4, 11) + timedelta(days=number) if level else None,
        assumed=bool(level) and number % 2 == 0,
        steps=steps,
        eligible_since=date(2014, 2, 3) if standing in ("relaxable", "tightenable") else None,
    )


def voluntary(standing: Standing) -> Stand:
    """The industry's own measure."""
    held = standing == "held"
    return Stand(
        letter="A",
        measure="industry",
        state="stopped" if held else "open",
        level=int(held),
        standing="held" if held else "none",
    )


def tallies(rows: tuple[UnitRow, ...], letter: str, measure: str) -> tuple[Tally, ...]:
    """Units by standing under a measure."""
    found: dict[Standing, list[int]] = {}
    for row in rows:
        for one in row.stands:
            if (one.letter, one.measure) == (letter, measure):
                found.setdefault(one.standing, []).append(row.number)
    return tuple(Tally(standing=s, units=tuple(found[s])) for s in STANDINGS if s in found)


def lacks(rows: tuple[UnitRow, ...]) -> tuple[Lack, ...]:
    """What is missing for units that cannot be judged."""
    found = []
    for row in rows:
        for one in row.stands:
            if one.standing == "unsettled" and one.letter == "A":
                common: dict[str, Any] = {
                    "letter": "A",
                    "unit": row.number,
                    "measure": "restriction",
                    "transition": "lift",
                    "role": "origin",
                    "party": ORIGIN,
                }
                found.append(Lack(kind="shortfall", what="week", n=row.number % 3 + 1, **common))
                found.append(
                    Lack(
                        kind="shortfall",
                        what="point",
                        n=2,
                        due=date(2014, 1, 9),
                        overdue_days=50 - row.number,
                        **common,
                    )
                )
                found.append(Lack(kind="no_evidence", of="いわき市", **common))
    found.append(Lack(letter="C", kind="document", of="monitoring report", role="importing_side"))
    return tuple(found)
