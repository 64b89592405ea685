"""Series in which every kind of result occurs."""

from __future__ import annotations

from datetime import date, timedelta

from fairwater.node.briefing.content import (
    Named,
    Point,
    Series,
)

from .names import SPECIES, ZONES


def series() -> tuple[Series, ...]:
    """Series in which every kind of result occurs."""
    days = [date(2012, 4, 5) + timedelta(days=11 * n) for n in range(63)]
    found = []
    for index, (number, species) in enumerate(
        ((12, SPECIES[0]), (13, SPECIES[1]), (14, SPECIES[2]))
    ):
        points = []
        for n, day in enumerate(days):
            value = round(400 * 0.95**n * (1 + (n * 7 + index * 3) % 5), 1)
            if (n + index) % 4 == 1:
                points.append(
                    Point(
                        first=day, last=day, kind="censored", text="<8.6", low=0.0, high=8.6 + n % 3
                    )
                )
            else:
                width = 0.2 * value if n % 6 == 0 else None
                points.append(
                    Point(
                        first=day,
                        last=day,
                        kind="detected",
                        text=f"{value:g}",
                        low=value,
                        high=value,
                        above=value > 100,
                        half_width=width,
                        k="2" if n % 12 == 0 and width else None,
                    )
                )
        found.append(
            Series(
                species=species,
                zone=ZONES[2][0],
                quantity=("Cs-134", "Cs-137"),
                unit="Bq/kg",
                points=tuple(points),
                number=number,
            )
        )
    odd = (
        Point(
            first=date(2013, 1, 5),
            last=date(2013, 1, 5),
            kind="interval",
            text="10-40",
            low=10.0,
            high=40.0,
        ),
        Point(
            first=date(2013, 3, 1),
            last=date(2013, 3, 10),
            kind="about",
            text="ca. 30",
            low=30.0,
            high=30.0,
        ),
        Point(
            first=date(2013, 5, 1),
            last=date(2013, 5, 1),
            kind="over_range",
            text=">900",
            low=900.0,
            high=None,
            above=True,
        ),
        Point(
            first=date(2013, 7, 1),
            last=date(2013, 7, 1),
            kind="not_stated",
            text="-",
            low=0.0,
            high=None,
        ),
        Point(
            first=date(2013, 9, 1),
            last=date(2013, 9, 1),
            kind="withheld",
            text="withheld",
            low=0.0,
            high=None,
            flagged=True,
        ),
        Point(
            first=date(2014, 1, 15),
            last=date(2014, 1, 15),
            kind="censored",
            text="ND",
            low=0.0,
            high=None,
        ),
    )
    found.append(
        Series(
            species=SPECIES[3],
            zone=ZONES[1][0],
            quantity=("Cs-134", "Cs-137"),
            unit="Bq/kg",
            points=odd,
            number=9,
            source="a829.csv",
        )
    )
    low = tuple(
        Point(
            first=date(2012, 6, 1) + timedelta(days=90 * n),
            last=date(2012, 6, 1) + timedelta(days=90 * n),
            kind="detected",
            text=f"0.0{n + 2}",
            low=0.01 * (n + 2),
            high=0.01 * (n + 2),
            half_width=0.004,
        )
        for n in range(7)
    )
    found.append(
        Series(
            species=Named(key="All fish"),
            zone=ZONES[4][0],
            quantity=("Cs-137",),
            unit="Bq/kg-fresh",
            points=low,
        )
    )
    return tuple(found)
