"""A file opened as a table of one profile: encoding settled, header read, columns bound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import BinaryIO, NamedTuple

from fairwater.intake.errors import FileUnreadable
from fairwater.intake.layout import Fit, Layout, bind, fit
from fairwater.intake.profile import Format, Profile
from fairwater.intake.rows import MAX_COLUMNS, Malformed, lines_of, rows_of
from fairwater.intake.stream import decoded


class Header(NamedTuple):
    """The header row as read by a format, or why there is none."""

    headings: tuple[str, ...]
    why: str = ""


def data_rows(
    file: BinaryIO, name: str, encoding: str, line_end: str, form: Format
) -> tuple[Header, Iterator[list[str] | Malformed]]:
    """Header and rows of a surveyed file in one encoding."""
    lines = lines_of(decoded(file, name, encoding), line_end)
    for _ in range(form.skip_lines):
        next(lines, None)
    if form.comment is not None:
        lines = _without_comments(lines, form.comment)
    rows = rows_of(lines, form)
    if form.header_rows == 0:
        first = next(rows, None)
        if first is None:
            return Header((), "no row"), iter(())
        width = len(first) if isinstance(first, list) else 0
        return Header(tuple(f"column {n + 1}" for n in range(width))), chain([first], rows)
    header: list[list[str]] = []
    for row in islice(rows, form.header_rows):
        if isinstance(row, Malformed):
            return Header((), f"the header is malformed: {row.why}"), iter(())
        if len(row) > MAX_COLUMNS:
            return Header((), f"{len(row):,} columns; at most {MAX_COLUMNS:,} are read"), iter(())
        header.append(row)
    if len(header) < form.header_rows:
        return Header((), "the file ends before its header"), iter(())
    return Header(joined(header, form.header_join)), rows


def settle(
    file: BinaryIO, name: str, encodings: Sequence[str], line_end: str, profile: Profile
) -> tuple[str, Layout, Iterator[list[str] | Malformed]]:
    """First stated encoding in which the header fits; `FileUnreadable` if there is none."""
    first: tuple[Header, Fit] | None = None
    for encoding in encodings:
        header, rows = data_rows(file, name, encoding, line_end, profile.format)
        found = fit(profile, header.headings)
        if not header.why and found.fits:
            return encoding, bind(profile, header.headings), rows
        first = first or (header, found)
    header, found = first or (Header((), "nothing"), Fit((), (), (), 0))
    raise FileUnreadable(
        f"{name}, header",
        header.why or f"not a table of profile `{profile.profile}`: {found.describe()}",
        f"the columns {', '.join(column.heading for column in profile.columns)}",
        "choose the profile of this layout, or write one (`--profile FILE`)",
    )


def joined(header: list[list[str]], join: str) -> tuple[str, ...]:
    """Headings of one or several header rows."""
    if len(header) == 1:
        return tuple(cell.strip() for cell in header[0])
    width = max(map(len, header))
    padded = [row + [""] * (width - len(row)) for row in header]
    return tuple(
        join.join(dict.fromkeys(piece for row in padded if (piece := row[n].strip())))
        for n in range(width)
    )


def _without_comments(lines: Iterator[str], comment: str) -> Iterator[str]:
    for line in lines:
        if not line.startswith(comment):
            return chain([line], lines)
    return iter(())
