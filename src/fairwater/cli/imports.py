"""`fairwater import`: published tables in, every row counted."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from fairwater.cli.exits import DONE, UNREADABLE, Failure
from fairwater.cli.output import print_json, print_table
from fairwater.intake import FileUnreadable, ProfileError
from fairwater.node import config
from fairwater.node.import_report import ImportReport
from fairwater.node.importing import Progress, import_files
from fairwater.node.node import Node


def imports(
    *files: Path,
    profile: str | None = None,
    issued: str | None = None,
    node: Path | None = None,
    json: bool = False,
) -> int:
    """Import published tables: every row is accepted, flagged or quarantined.

    A file is taken in whole or not at all. The same file again changes nothing.

    Example: fairwater import --node coast a357.csv a361.csv

    Parameters
    ----------
    files
        CSV files, plain or gzipped, and workbooks (xlsx).
    profile
        How to read them: a shipped profile's name or a YAML file; else each is recognised.
    issued
        Day on which a snapshot was issued, where its file's name does not say it: 2025-02-07.
    node
        The node's folder.
    json
        Print one object a file: counts by flag, by reason, and by what is news.
    """
    if not files:
        raise Failure(2, "no file named", hint="fairwater import --node coast a357.csv")
    if issued is not None:
        _day(issued)
    opened = Node.open(config.find(node))
    reports: list[ImportReport] = []
    try:
        with progress("rows read") as told:
            reports.extend(import_files(opened, files, profile, told, issued))
    except (FileUnreadable, ProfileError) as error:
        if reports and not json:
            _print(reports)
        elif reports:
            print_json({"files": reports})
        raise Failure(UNREADABLE, f"{error}", hint=_taken(reports)) from error
    if json:
        print_json({"files": reports})
    else:
        _print(reports)
    return DONE


@contextmanager
def progress(what: str) -> Iterator[Progress | None]:
    """Show a counter on stderr while a person watches; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed:,.0f} " + what),
        BarColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        done = 0

        def told(rows: int) -> None:
            nonlocal done
            bar.advance(task, rows - done if rows >= done else rows)
            done = rows

        yield told


def _print(reports: list[ImportReport]) -> None:
    for report in reports:
        print(f"{report.file}  (profile {report.profile})")
        print(
            f"  {report.rows_read:,} rows read = {report.accepted:,} accepted"
            f" + {report.flagged:,} accepted with flags + {report.quarantined:,} quarantined"
        )
        for line in _sheets(report):
            print(f"  {line}")
        news = [
            f"{count:,} {word}"
            for count, word in (
                (report.new_records, "new records"),
                (report.amendments, "amendments"),
                (report.withdrawals, "withdrawals"),
                (report.restated, "restated"),
                (report.possible_restatements, "possible restatements"),
            )
        ]
        print(f"  {', '.join(news)}")
        if report.changes:
            kinds = ", ".join(
                f"{count:,} {_CHANGES[kind]}" for kind, count in report.changes.items()
            )
            print(
                f"  of the amendments {kinds}: {report.results_filled:,} results new,"
                f" {report.results_replaced:,} replaced"
            )
        for title, counts in (("flag", report.flags), ("quarantined because", report.reasons)):
            if counts:
                print_table((f"  {title}", "rows"), [(f"  {k}", v) for k, v in counts.items()])
        if report.quarantined:
            print("  `fairwater quarantine` lists the quarantined rows and how to mend them")


def _sheets(report: ImportReport) -> Iterator[str]:
    """A line for each sheet that a reader of the workbook would not expect to be read, or not."""
    for sheet in report.sheets:
        hidden = f" ({sheet.visibility})" if sheet.visibility != "visible" else ""
        if not sheet.read:
            yield f"sheet `{sheet.name}`{hidden} not read: {sheet.why}"
            continue
        columns = f", hidden columns {', '.join(sheet.hidden_columns)}"
        yield (
            f"sheet `{sheet.name}`{hidden}: {sheet.rows:,} rows"
            f"{columns if sheet.hidden_columns else ''}"
        )


_CHANGES = {
    "fills": "fill what was open",
    "replaces": "replace what was published",
    "moves": "state another place",
}


def _day(text: str) -> None:
    try:
        if date.fromisoformat(text).isoformat() == text:
            return
    except ValueError:
        pass
    raise Failure(2, f"--issued `{text}` is no day", hint="write it as 2025-02-07")


def _taken(reports: list[ImportReport]) -> str:
    if not reports:
        return "nothing was taken in"
    return f"{len(reports)} earlier file{'s were' if len(reports) > 1 else ' was'} taken in whole"
