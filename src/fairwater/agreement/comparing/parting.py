"""The days on which agreements do not stand alike on a unit.

Positions change on few days; between two of them nothing does. So the first day on
which agreements part is the first of those days on which their positions differ, and
a property test holds that to a search day by day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import combinations

from msgspec import Struct

from fairwater.agreement.comparing.positions import Course


class Apart(Struct, frozen=True):
    """Days ``[since, until)`` on which they differ; `until` None: still, on the day asked about."""

    since: date
    until: date | None = None


def apart(courses: Sequence[Course], last: date) -> tuple[Apart, ...]:
    """Every stretch of days up to `last` on which not all courses are alike."""
    if all(course == courses[0] for course in courses):
        return ()
    days = sorted({day for course in courses for day in course.days if day <= last})
    found: list[Apart] = []
    begun: date | None = None
    for day in days:
        differ = len({course.on(day) for course in courses}) > 1
        if differ and begun is None:
            begun = day
        elif not differ and begun is not None:
            found.append(Apart(begun, day))
            begun = None
    if begun is not None:
        found.append(Apart(begun, None))
    return tuple(found)


def pairs_apart(courses: Sequence[Course | None], last: date) -> dict[tuple[int, int], date]:
    """First day on which each two of the courses differ, where they do."""
    found: dict[tuple[int, int], date] = {}
    for (i, one), (j, other) in combinations(enumerate(courses), 2):
        if one is None or other is None:
            continue
        stretches = apart((one, other), last)
        if stretches:
            found[i, j] = stretches[0].since
    return found
