"""A profile laid over the headings of one table: which column stands where.

`fit` says how well a profile fits a header row; `Layout` holds the columns that
were found, in the order of the table, and names each column by its *label*:
its use, `collected:year` for a date in parts, `value:Cs-137` for results and
`value:Cs-137:limit` for the columns beside them.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from fairwater.intake.numbers import fold
from fairwater.intake.profile import Column, Profile

BESIDE = (
    ("nuclide", "nuclide_column"),
    ("unit", "unit_column"),
    ("limit", "limit_column"),
    ("limit_unit", "limit_unit_column"),
    ("qualifier", "qualifier_column"),
    ("uncertainty", "uncertainty_column"),
    ("basis", "basis_column"),
    ("remark", "remark_column"),
    ("promised", "promised_column"),
    ("coverage", "coverage_column"),
    ("limit_kind", "limit_kind_column"),
)
"""What may stand beside a value, and the field of `Column` that names its column."""


MAX_LISTED = 30
"""Headings told in one error."""
MAX_SHOWN = 80
"""Characters told of one heading."""


class Fit(NamedTuple):
    """How a header row differs from the columns of a profile; `fits` if none of it matters.

    `unread` are headings that the profile says to leave unread and list.
    """

    absent: tuple[str, ...]
    unknown: tuple[str, ...]
    repeated: tuple[str, ...]
    found: int
    unread: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether the table can be read by the profile."""
        return not (self.absent or self.unknown or self.repeated) and self.found > 0

    def describe(self) -> str:
        """The differences in words."""
        parts = [
            f"{what} {_listed(names)}"
            for what, names in (
                ("lacks", self.absent),
                ("has besides", self.unknown + self.unread),
                ("has twice", self.repeated),
            )
            if names
        ]
        return "; ".join(parts) or "fits"


def _listed(names: Sequence[str]) -> str:
    """Headings as a person can read them: at most so many, so long, nothing unseen in them."""
    said = ", ".join(f"`{_shown(name)}`" for name in names[:MAX_LISTED])
    more = len(names) - MAX_LISTED
    return f"{said} and {more:,} more" if more > 0 else said


def _shown(name: str) -> str:
    cut = name if len(name) <= MAX_SHOWN else f"{name[:MAX_SHOWN]}…"
    return "".join(
        f"\\u{ord(c):04x}" if unicodedata.category(c) in ("Cc", "Cf") and c != "\n" else c
        for c in cut
    )


class Bound(NamedTuple):
    """A column of the profile, where it stands in the table, and under which heading."""

    position: int
    heading: str
    column: Column
    label: str


class Layout(NamedTuple):
    """The columns of one table as its profile understands them."""

    headings: tuple[str, ...]
    bound: tuple[Bound, ...]
    unread: tuple[str, ...]


def fit(profile: Profile, headings: Sequence[str]) -> Fit:
    """Compare a header row with the columns of a profile."""
    names = [heading.strip() for heading in headings]
    if profile.format.header_rows == 0:
        short = len(profile.columns) - len(names)
        absent = tuple(column.heading for column in profile.columns[len(names) :])
        unknown = tuple(f"column {n + 1}" for n in range(len(profile.columns), len(names)))
        return Fit(absent if short > 0 else (), unknown, (), min(len(names), len(profile.columns)))
    standing = _positions(profile, names)
    absent_names: list[str] = []
    repeated: list[str] = []
    for n, column in enumerate(profile.columns):
        here = [name for name, at in zip(names, standing, strict=True) if at == n]
        if not here and not column.optional:
            absent_names.append(column.heading)
        if len(here) > 1:
            repeated.append(" and ".join(here))
    others = [name for name, at in zip(names, standing, strict=True) if at is None and name]
    found = len({at for at in standing if at is not None})
    if profile.format.unknown_headings == "list":
        return Fit(tuple(absent_names), (), tuple(repeated), found, tuple(others))
    repeated += [n for n, c in Counter(others).items() if c > 1]
    return Fit(tuple(absent_names), tuple(others), tuple(dict.fromkeys(repeated)), found)


def bind(profile: Profile, headings: Sequence[str]) -> Layout:
    """Lay a profile over a header row that fits it."""
    names = tuple(heading.strip() for heading in headings)
    labels = labels_of(profile)
    plain = profile.format.header_rows == 0
    standing = list(range(len(names))) if plain else _positions(profile, names)
    bound: list[Bound] = []
    for n, column in enumerate(profile.columns):
        if n in standing:
            index = standing.index(n)
            heading = column.heading if plain else names[index]
            bound.append(Bound(index, heading, column, labels.get(column.heading, "")))
    taken = {entry.position for entry in bound}
    unread = tuple(name for n, name in enumerate(names) if n not in taken and name)
    return Layout(names, tuple(bound), unread)


def spelled(heading: str) -> str:
    """A heading without what no reader sees: width, case, line breaks, invisible characters."""
    seen = "".join(c for c in heading if unicodedata.category(c) != "Cf")
    return " ".join(fold(seen).casefold().split())


def _positions(profile: Profile, names: Sequence[str]) -> list[int | None]:
    """For each heading of a table the number of the profile's column it names.

    A heading spelt exactly so comes first; without regard to `spelled` if one column fits.
    """
    exact: dict[str, int] = {}
    loose: dict[str, set[int]] = {}
    for n, column in enumerate(profile.columns):
        for heading in (column.heading, *column.also):
            exact[heading] = n
            loose.setdefault(spelled(heading), set()).add(n)
    found: list[int | None] = []
    for name in names:
        near = loose.get(spelled(name), set()) if name not in exact else set()
        found.append(exact.get(name, next(iter(near)) if len(near) == 1 else None))
    return found


def labels_of(profile: Profile) -> dict[str, str]:
    """Heading to label for every column of a profile that is read."""
    labels: dict[str, str] = {}
    for column in profile.columns:
        if column.use in ("ignored", "beside_value"):
            continue
        if column.use != "value":
            part = f":{column.date_part}" if column.date_part else ""
            labels[column.heading] = f"{column.use}{part}"
            continue
        label = "value:" + "+".join(column.nuclides) if column.nuclides else "value"
        labels[column.heading] = label
        for what, field in BESIDE:
            beside = getattr(column, field)
            if beside is not None:
                labels.setdefault(beside, f"{label}:{what}")
    return labels
