"""A file opened as a table of one profile: encoding settled, header read, columns bound.

Of several encodings that a profile states the first is taken in which the whole file decodes
and the header fits. An East Asian one decodes much that is not written in it: where a profile
states several of them, and the headings are such as all of them have in common, nobody can say
which is meant, and the file is refused rather than read as other words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import BinaryIO, NamedTuple

from fairwater.intake.errors import FileUnreadable
from fairwater.intake.layout import Fit, Layout, bind, fit, spelled
from fairwater.intake.profile import Format, Profile
from fairwater.intake.rows import MAX_COLUMNS, Malformed, lines_of, rows_of
from fairwater.intake.stream import decoded

_CHECK_THEMSELVES = ("utf-8", "utf-8-sig", "utf-16", "ascii")
"""Encodings in which few other texts decode, or none whose headings are known."""
_OTHER_DELIMITERS = (";", "\t", "|", ",")
_SEARCHED_ROWS = 50


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
            _refuse_doubt(file, name, encoding, header.headings, profile)
            header, rows = data_rows(file, name, encoding, line_end, profile.format)
            return encoding, bind(profile, header.headings), rows
        first = first or (header, found)
    header, found = first or (Header((), "nothing"), Fit((), (), (), 0))
    raise FileUnreadable(
        f"{name}, header",
        header.why or f"not a table of profile `{profile.profile}`: {found.describe()}",
        f"the columns {', '.join(column.heading for column in profile.columns)}",
        advice(file, name, encodings[0], line_end, profile)
        or "choose the profile of this layout, or write one (`--profile FILE`)",
    )


def _refuse_doubt(
    file: BinaryIO, name: str, encoding: str, headings: Sequence[str], profile: Profile
) -> None:
    """Refuse a file that may be in another of the encodings that the profile states."""
    others = [each for each in profile.encodings if each not in _CHECK_THEMSELVES]
    if encoding not in others or len(others) < 2 or not all(map(str.isascii, headings)):
        return
    if not all(piece.isascii() for piece in decoded(file, name, encoding)):
        raise FileUnreadable(
            name,
            f"its headings do not tell whether it is written in {' or '.join(others)}",
            "a text whose encoding is beyond doubt",
            "save it as UTF-8 (`CSV UTF-8` in a spreadsheet program), or as a workbook",
        )


def advice(file: BinaryIO, name: str, encoding: str, line_end: str, profile: Profile) -> str | None:
    """What to do with a text whose header almost is the profile's; None if it is not."""
    form = profile.format
    if form.header_rows != 1:
        return None
    known = {spelled(each) for c in profile.columns for each in (c.heading, *c.also)}
    lines = lines_of(decoded(file, name, encoding), line_end)
    for n, line in enumerate(islice(lines, _SEARCHED_ROWS)):
        for delimiter in _OTHER_DELIMITERS:
            cells = [cell.strip().strip('"') for cell in line.strip().split(delimiter)]
            if len(cells) < 2 or 2 * len({spelled(cell) for cell in cells} & known) <= len(cells):
                continue
            said: list[str] = []
            if delimiter != form.delimiter:
                mark = "a tab" if delimiter == "\t" else f"`{delimiter}`"
                said.append(f"its cells are separated by {mark} (`format: {{delimiter: ...}}`)")
            if n != form.skip_lines:
                said.append(f"its header stands in line {n + 1} (`format: {{skip_lines: {n}}}`)")
            if said:
                return f"{' and '.join(said)}: save it as the profile says, or copy the profile"
            return None
    return None


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
