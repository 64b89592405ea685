"""Timelines in which every mark occurs."""

from __future__ import annotations

from datetime import date

from fairwater.node.briefing.content import (
    Bar,
    Claim,
    Hole,
    Lane,
    Step,
    Track,
)

from .names import AS_OF, MARKET, ORIGIN, SPECIES, ZONES


def tracks() -> tuple[Track, ...]:
    """Timelines in which every mark occurs."""
    first = date(2012, 4, 1)
    bars = (
        Bar(state="none", level=0, since=None, until=date(2012, 6, 20), effect="none"),
        Bar(
            state="suspended",
            level=2,
            since=date(2012, 6, 20),
            until=date(2013, 9, 1),
            effect="suspended",
            assumed=True,
        ),
        Bar(state="checked", level=1, since=date(2013, 9, 1), until=None, effect="inspection"),
    )
    holes = (
        Hole(
            transition="lift", since=date(2013, 2, 1), until=date(2013, 3, 20), direction="milder"
        ),
        Hole(transition="impose", since=date(2014, 1, 10), until=None, direction="stricter"),
    )
    steps = (
        Step(transition="impose", to="suspended", dated=date(2012, 6, 20), recorded=False),
        Step(
            transition="lift",
            to="checked",
            dated=date(2013, 9, 1),
            recorded=True,
            by=ORIGIN,
            role="headquarters",
            while_="holds",
            reasons="Four weeks without exceedance",
            invented=True,
        ),
    )
    units = [
        Track(
            letter="A",
            measure="restriction",
            label=(SPECIES[n], ZONES[2][0]),
            number=12 + n,
            known=Lane(bars=bars, holes=holes),
            hindsight=Lane(bars=bars[:2], holes=holes[:1]),
            steps=steps,
            claims=(),
            first=first,
            last=AS_OF,
            exceedances=((date(2012, 6, 1), "620"), (date(2012, 6, 15), "110")),
        )
        for n in range(3)
    ]
    claims = (
        Claim(
            by=MARKET,
            state="suspended",
            since=date(2014, 11, 19),
            until=date(2014, 12, 3),
            note="reported by the press",
        ),
        Claim(
            by=ORIGIN,
            state="checked",
            since=date(2014, 11, 20),
            until=date(2014, 12, 4),
            denied=True,
        ),
    )
    whole = Track(
        letter="C",
        measure="trade",
        label=(),
        known=Lane(bars=bars, holes=()),
        hindsight=Lane(bars=bars, holes=()),
        steps=(),
        claims=claims,
        first=date(2014, 1, 1),
        last=date(2015, 2, 28),
        status="contested",
        later=True,
    )
    return (*units, whole)
