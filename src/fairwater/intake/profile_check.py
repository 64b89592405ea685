"""What a profile must be beyond its types: columns that exist, words that mean something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from fairwater import facts
from fairwater.intake.calendars import calendars, eras_of
from fairwater.intake.layout import BESIDE
from fairwater.intake.measurands import measurand
from fairwater.intake.numbers import fold
from fairwater.intake.profile import Column, Profile
from fairwater.intake.sameness import ROLES, Recipe

Problem = tuple[str, str, str]
"""Path, what stood there, what was expected."""

_DATES = ("collected", "resulted", "published", "reference_date")
_MANY = ("ignored", "value", "beside_value")
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")


def faults_of(profile: Profile) -> Iterator[Problem]:
    """Every fault of a profile."""
    yield from _columns(profile)
    yield from _values(profile)
    yield from _dates(profile)
    yield from _lineage(profile)
    yield from _format(profile)
    yield from _goods(profile, uses={column.use for column in profile.columns})
    if profile.plausible:
        for n, entry in enumerate(profile.plausible):
            if facts.hard_max(entry.nuclides, *entry.media) is None:
                known = {
                    f"{'+'.join(fact.nuclides)} in {fact.medium}"
                    for fact in facts.plausible_ranges()
                    if fact.hard_max is not None
                }
                yield (
                    f"$.plausible[{n}]",
                    "no greatest plausible value is known",
                    f"one of: {'; '.join(sorted(known))}",
                )


def _columns(profile: Profile) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    uses: dict[str, int] = {}
    if not profile.columns:
        yield "$.columns", "no column", "at least one"
    for n, column in enumerate(profile.columns):
        at = f"$.columns[{n}]"
        for heading in (column.heading, *column.also):
            if heading != heading.strip():
                yield f"{at}.heading", f"`{heading}` has outer space", "the heading without it"
            if heading in seen:
                yield at, f"heading `{heading}` stands in column {seen[heading] + 1} too", "one use"
            seen[heading] = n
        use = f"{column.use}:{column.date_part}" if column.date_part else column.use
        if use in uses and column.use not in _MANY:
            yield at, f"use `{use}` stands in column {uses[use] + 1} too", "one column for each use"
        uses[use] = n
        yield from _column(profile, column, at)


def _column(profile: Profile, column: Column, at: str) -> Iterator[Problem]:
    by_heading = {entry.heading: entry for entry in profile.columns}
    if column.date_part is not None and column.use not in _DATES:
        yield f"{at}.date_part", f"on use `{column.use}`", f"only on {', '.join(_DATES)}"
    if column.ditto and not profile.ditto:
        yield f"{at}.ditto", "no ditto marks are stated", "`ditto: [〃]` in the profile"
    if column.words and column.use == "market_stage":
        for word, meaning in column.words.items():
            if meaning not in ("pre_market", "market"):
                yield f"{at}.words.{word}", f"`{meaning}`", "pre_market or market"
    elif column.words and column.use == "method":
        for word, meaning in column.words.items():
            if not _KEY.fullmatch(meaning):
                yield f"{at}.words.{word}", f"`{meaning}`", "a key such as HPGe"
    elif column.words and column.use == "category":
        for word, meaning in column.words.items():
            if facts.find_category(meaning) is None:
                yield f"{at}.words.{word}", f"`{meaning}`", "a category's key or name"
    elif column.words and column.use == "part":
        for word, meaning in column.words.items():
            if facts.find_part(meaning) is None:
                yield f"{at}.words.{word}", f"`{meaning}`", "a part of the vocabulary"
    elif column.words:
        yield f"{at}.words", f"on use `{column.use}`", "on market_stage, method, category, part"
    elif column.use == "market_stage":
        yield at, "no `words`", "`words: {TEXT: pre_market, ...}`"
    if column.closed and not column.words:
        yield f"{at}.closed", "no `words` to close", "the words the column may hold"
    if column.use == "value":
        yield from _value_column(column, at, by_heading)
    else:
        for field in ("unit", "nuclides", "limit_kind", *(name for _, name in BESIDE)):
            if getattr(column, field):
                yield f"{at}.{field}", f"on use `{column.use}`", "only on use `value`"


def _value_column(column: Column, at: str, by_heading: dict[str, Column]) -> Iterator[Problem]:
    if bool(column.nuclides) == (column.nuclide_column is not None):
        yield at, "a value needs its nuclide", "either `nuclides: [Cs-137]` or `nuclide_column`"
    for name in column.nuclides:
        found = measurand(name)
        if found != name:
            hint = f"`{found}`" if found is not None else "a known nuclide"
            yield f"{at}.nuclides", f"`{name}`", hint
    ways = [name for name in ("unit", "unit_in_heading", "unit_column") if getattr(column, name)]
    beside = by_heading.get(column.unit_column or "")
    if ways == ["unit", "unit_column"] and beside is not None and beside.optional:
        ways = []  # the unit is that of tables without the column
    if len(ways) > 1:
        yield at, f"the unit is stated in several ways: {', '.join(ways)}", "one of them"
    if column.unit is not None and facts.find_unit(column.unit) is None:
        yield f"{at}.unit", f"`{column.unit}`", "a known unit such as Bq/kg"
    if column.limit_alone and not column.limit_column:
        yield f"{at}.limit_alone", "without `limit_column`", "both"
    if column.limit_unit_column and not column.limit_column:
        yield f"{at}.limit_unit_column", "without `limit_column`", "both"
    if column.limit_kind_alone is not None and len(column.nuclides) < 2:
        yield f"{at}.limit_kind_alone", "not a sum", "only on a sum of nuclides"
    for _, field in BESIDE:
        name = getattr(column, field)
        if name is None:
            continue
        target = by_heading.get(name)
        if target is None:
            yield f"{at}.{field}", f"no column `{name}`", "the `heading` of a column"
        elif target.use != "beside_value":
            yield f"{at}.{field}", f"`{name}` has use `{target.use}`", "use `beside_value`"


def _values(profile: Profile) -> Iterator[Problem]:
    values = profile.values
    if values.grouping == values.decimal_mark:
        yield "$.values.grouping", "the same as the decimal mark", "another mark, or none"
    missing = {fold(mark) for mark in profile.missing}
    if values.not_detected is not None:
        for word in values.not_detected.words:
            if fold(word) in missing:
                yield (
                    "$.values.not_detected.words",
                    f"`{word}` is a mark for `not stated` too",
                    "one meaning",
                )
    named = {
        name for column in profile.columns for _, field in BESIDE
        if (name := getattr(column, field)) is not None
    }  # fmt: skip
    for n, column in enumerate(profile.columns):
        if column.use == "beside_value" and column.heading not in named:
            yield f"$.columns[{n}]", "beside no value", "name it in the value's `..._column`"
        if column.promised_column is not None and not profile.standings:
            yield f"$.columns[{n}].promised_column", "no words are stated", "`standings: {...}`"
        if column.limit_kind_column is not None and not profile.limit_kinds:
            yield f"$.columns[{n}].limit_kind_column", "no words are stated", "`limit_kinds: {...}`"
        if column.basis_column is not None and not profile.bases:
            yield f"$.columns[{n}].basis_column", "no words are stated", "`bases: {F: wet}`"


def _dates(profile: Profile) -> Iterator[Problem]:
    dates = profile.dates
    used = [column.use for column in profile.columns if column.use in _DATES]
    if used and profile.clock is None:
        yield "$.clock", "not stated", "the IANA zone whose days the dates are, e.g. Asia/Tokyo"
    if profile.clock is not None:
        try:
            ZoneInfo(profile.clock)
        except (KeyError, ValueError, OSError):
            yield "$.clock", f"`{profile.clock}` is no time zone", "an IANA zone such as Asia/Tokyo"
    if dates.calendar is not None and dates.calendar not in calendars():
        known = ", ".join(sorted(calendars()))
        yield "$.dates.calendar", f"`{dates.calendar}`", f"one of: {known}; or state `eras`"
    elif dates.without_era is not None:
        marks = {fold(mark) for era in eras_of(dates) for mark in era.marks}
        if fold(dates.without_era) not in marks:
            yield "$.dates.without_era", f"`{dates.without_era}`", "a mark of one of the eras"
    for n, era in enumerate(dates.eras):
        if len(era.first) != 10 or (era.last is not None and len(era.last) != 10):
            yield f"$.dates.eras[{n}]", "not a day", "days such as 1989-01-08"
    for word, (first, last) in (dates.thirds or {}).items():
        if not 1 <= first <= last <= 31:
            yield f"$.dates.thirds.{word}", f"[{first}, {last}]", "days from 1 to 31, ascending"
    if "published" in dates.without_year and "published" not in used:
        yield "$.dates.without_year", "no column `published`", "a date the table has"
    if "publication" in dates.without_year and not profile.publications:
        yield "$.dates.without_year", "no `publications` are stated", "what is known of each issue"


def _lineage(profile: Profile) -> Iterator[Problem]:
    lineage = profile.lineage
    uses = {column.use for column in profile.columns}
    if lineage.publication == "column" and "publication" not in uses:
        yield "$.lineage.publication", "no column of use `publication`", "file or none"
    if lineage.kind == "snapshot" and not lineage.key:
        yield "$.lineage.key", "missing", "the labels that tell which row a later file amends"
    if lineage.issue_day is not None and lineage.kind != "snapshot":
        yield "$.lineage.issue_day", f"on a {lineage.kind}", "only on a snapshot"
    if lineage.of and lineage.kind != "compilation":
        yield "$.lineage.of", f"on a {lineage.kind}", "only on a compilation"
    for field in ("key", "ignore", "place", "item", "date", "values"):
        for label in getattr(lineage, field):
            try:
                Recipe((label,))
            except KeyError:
                yield (
                    f"$.lineage.{field}",
                    f"`{label}` is no role of a row",
                    f"one of: {', '.join(sorted(ROLES))}; or value:NUCLIDE",
                )


def _goods(profile: Profile, uses: set[str]) -> Iterator[Problem]:
    category = profile.items.category
    if category is not None and category not in facts.categories():
        known = ", ".join(facts.categories())
        yield "$.items.category", f"`{category}`", f"a food category: {known}"
    if category is not None and "category" in uses:
        yield "$.items.category", "beside a column of use `category`", "one of the two"
    if profile.places.waters and not {"latitude", "longitude"} <= uses:
        yield "$.places.waters", "no columns of latitude and longitude", "both"


def _format(profile: Profile) -> Iterator[Problem]:
    form = profile.format
    if form.delimiter in "\r\n" or form.delimiter == form.quote:
        yield "$.format.delimiter", f"{form.delimiter!r}", "a character unlike quote and line end"
    if form.header_rows == 0 and any(column.optional for column in profile.columns):
        yield "$.format.header_rows", "optional columns without a header", "a header"
    if not profile.encodings:
        yield "$.encodings", "none", "at least one, e.g. [utf-8-sig]"
