"""`fairwater quarantine`: rows not understood: list, explain, export, take back mended."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Literal

from fairwater.cli.exits import DONE, NO, UNREADABLE, USAGE, Failure
from fairwater.cli.output import print_json, print_table
from fairwater.cli.reading import read_text
from fairwater.node import config, quarantine
from fairwater.node.node import Node
from fairwater.records.visible import visible

SHORT = 80
"""Characters of a cell that are shown; `--json` and `export` give it whole."""
LONG = 200


def listing(
    *,
    file: str | None = None,
    reason: str | None = None,
    profile: str | None = None,
    show: Literal["open", "corrected", "all"] = "open",
    node: Path | None = None,
    json: bool = False,
) -> int:
    """List rows that were not understood: file, row, column, text, reason.

    Example: fairwater quarantine --reason impossible_day

    Parameters
    ----------
    file
        Only rows of files of this name, or with this SHA-256.
    reason
        Only rows with this reason.
    profile
        Only rows read by this profile.
    show
        Rows still open, those corrected, or all.
    node
        The node's folder.
    json
        Print whole rows as JSON.
    """
    rows = _rows(node, file, reason, profile, show)
    if json:
        print_json({"quarantined": rows})
        return DONE
    print_table(
        ("id", "file", "publication", "row", "column", "text", "reason"),
        [
            (
                row.record_id[:12],
                _file(row),
                row.publication,
                row.row,
                f.column,
                f.text and visible(f.text, SHORT),
                f.reason,
            )
            for row in rows
            for f in row.faults
        ],
    )
    print(f"{len(rows):,} rows; `fairwater quarantine explain ID` tells how to mend one")
    return DONE


def explain(which: str, /, *, node: Path | None = None, json: bool = False) -> int:
    """Explain one row: every fault, what was expected, and how to mend it.

    Example: fairwater quarantine explain a483.csv:143

    Parameters
    ----------
    which
        FILE:ROW, or the row's id, or the beginning of its id.
    node
        The node's folder.
    json
        Print as JSON.
    """
    try:
        row = quarantine.explain(Node.open(config.find(node)), which)
    except quarantine.QuarantineError as error:
        raise Failure(USAGE, str(error)) from error
    if json:
        print_json(row)
        return DONE
    place = f"{_file(row)}, row {row.row}"
    print(place + (f" (publication {row.publication})" if row.publication else ""))
    print(f"  id {row.record_id}")
    for fault in row.faults:
        where = f'column "{visible(fault.column, SHORT)}": ' if fault.column else ""
        print(f"\n  {fault.reason}: {where}`{visible(fault.text or '', SHORT)}`")
        print(f"    {fault.meaning}")
        print(f"    expected: {fault.expected}")
        print(f"    remedy: {fault.remedy}")
    print("\n  the row, whole:")
    names = row.headings or tuple(f"cell {n}" for n in range(1, len(row.cells) + 1))
    extra = tuple(f"(beyond) {n}" for n in range(1, len(row.cells) - len(names) + 1))
    for name, cell in zip(names + extra, row.cells, strict=False):
        print(f"    {visible(name, SHORT)}: {visible(cell, SHORT)}")
    if row.corrected_by:
        print(f"\n  corrected by report {row.corrected_by}")
    return DONE


def _file(row: quarantine.Listed) -> str:
    """The file, and of a workbook the sheet."""
    return visible(row.file if row.sheet is None else f"{row.file}, sheet {row.sheet}", LONG)


def export(
    out: Path | None = None,
    /,
    *,
    file: str | None = None,
    reason: str | None = None,
    profile: str | None = None,
    show: Literal["open", "corrected", "all"] = "open",
    node: Path | None = None,
    json: bool = False,
) -> int:
    """Write rows as CSV, every cell under its heading, to be mended and submitted.

    Example: fairwater quarantine export to-mend.csv --reason unreadable_value

    Parameters
    ----------
    out
        The CSV file to make; stdout if none is named.
    file
        Only rows of files of this name, or with this SHA-256.
    reason
        Only rows with this reason.
    profile
        Only rows read by this profile.
    show
        Rows still open, those corrected, or all.
    node
        The node's folder.
    json
        Say as JSON what was written.
    """
    rows = _rows(node, file, reason, profile, show)
    text = io.StringIO(newline="")
    quarantine.export(rows, text)
    if out is None:
        sys.stdout.write(text.getvalue())
        return DONE
    out.write_text(text.getvalue(), encoding="utf-8", newline="")
    if json:
        print_json({"file": str(out), "rows": len(rows)})
    else:
        print(f"{len(rows):,} rows in {out}; mend cells there, then `fairwater quarantine submit`")
    return DONE


def submit(
    file: Path,
    /,
    *,
    by: str,
    reason: str,
    profile: Path | None = None,
    node: Path | None = None,
    json: bool = False,
) -> int:
    """Take mended rows back. Each is read again by its profile; nothing is guessed.

    Exit code 1 if a row is still not understood.

    Example: fairwater quarantine submit to-mend.csv --by "A. Clerk" --reason "printed report"

    Parameters
    ----------
    file
        An export in which cells were put right. Untouched rows may stay in it.
    by
        Who corrected.
    reason
        On what ground; kept with each correction.
    profile
        The profile file that read the rows, where it is not a shipped one.
    node
        The node's folder.
    json
        Print as JSON what became of each row.
    """
    opened = Node.open(config.find(node))
    profiles = None
    if profile is not None:
        from fairwater.intake import load_profile

        given = load_profile(profile)
        profiles = {given.profile: given}
    try:
        results = quarantine.submit(
            opened,
            read_text(file).splitlines(keepends=True),
            by=by,
            reason=reason,
            name=str(file),
            profiles=profiles,
        )
    except quarantine.QuarantineError as error:
        raise Failure(UNREADABLE, str(error)) from error
    opened.archive()
    if json:
        print_json({"rows": results})
    else:
        print_table(
            ("file", "row", "outcome", "report", "reasons"),
            [(r.file, r.row, r.outcome, r.report, "; ".join(r.reasons)) for r in results],
        )
    return NO if any(r.outcome == "refused" for r in results) else DONE


def _rows(
    node: Path | None, file: str | None, reason: str | None, profile: str | None, show: str
) -> list[quarantine.Listed]:
    corrected = {"open": False, "corrected": True, "all": None}[show]
    return quarantine.listing(
        Node.open(config.find(node)), file=file, reason=reason, profile=profile, corrected=corrected
    )
