"""Printing: tables for people on stdout, JSON for programs, talk on stderr.

JSON is one document a command, keys sorted, so that equal answers are equal
text. Tables align by display width (CJK characters are two columns wide) and
need no colour to be read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from fairwater.records.visible import visible

WIDE = 400
"""Columns of a table that goes into a file or a pipe: nothing is folded there."""
LONGEST = 2_000
"""Characters of one cell; longer ones are cut and counted (`--json` has them whole)."""


def print_json(content: Any) -> None:
    """Print one JSON document, keys sorted, two spaces of indent."""
    data = msgspec.json.encode(content, order="sorted")
    sys.stdout.write(msgspec.json.format(data, indent=2).decode() + "\n")


def print_table(
    headings: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str | None = None
) -> None:
    """Print rows under headings; numbers are set to the right, None as an en dash."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    rows = [list(row) for row in rows]
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for number, heading in enumerate(headings):
        numeric = bool(rows) and all(isinstance(row[number], int | float) for row in rows)
        table.add_column(heading, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row))
    width = None if sys.stdout.isatty() else WIDE
    console = Console(width=width, highlight=False)
    with console.capture() as capture:
        console.print(table)
    lines = (line.rstrip() for line in capture.get().splitlines())
    sys.stdout.write("\n".join(lines) + "\n")


def talk(text: str) -> None:
    """Say something to the person, on stderr."""
    print(text, file=sys.stderr)


def _cell(value: Any) -> str:
    if value is None:
        return "\N{EN DASH}"
    if isinstance(value, int):
        return f"{value:,}"
    return visible(str(value), LONGEST)
