"""What a query sees: views and macros over the manifest's segments.

For each table `T` of the contract:

    T                         every row there ever was
    current_T                 rows as known at the connection's instant (all that is known)
    T_as_known(TIMESTAMP t)   rows as known at t (UTC)

As known at t are the rows with ``known_at <= t``, without those that a
supersession known by then says no longer stand.
"""

# ruff: noqa: S608 - table and column names come from the contract, file names from the
# manifest, instants from `literal`; nothing a person typed is put into this SQL.

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from fairwater.archive.contract import TABLES, Table
from fairwater.archive.manifest import Manifest, segment_file
from fairwater.archive.naming import WITHOUT, named_reports

_AT = "as_known_at"
_RECORDS = {
    "reports": ("report_id",),
    "results": ("record_id", "report_id"),
    "supersessions": (),
}


def statements(folder: Path, manifest: Manifest, known_at: datetime | None) -> Iterator[str]:
    """SQL that defines the views and macros.

    Parameters
    ----------
    folder : Path
        The archive.
    manifest : Manifest
        Names the segments.
    known_at : datetime or None
        Instant of the `current_` views, with offset; None takes all that is known.
    """
    changed = manifest.rows("supersessions") > 0
    named = has_names(manifest)
    for name, table in TABLES.items():
        yield f"CREATE VIEW stored_{name} AS {_stored(folder, manifest, table)}"
    for name in TABLES:
        yield f"CREATE VIEW {name} AS {_shown(name, changed, named, None)}"
        known = _as_known(name, changed, named, _AT)
        yield f"CREATE MACRO {name}_as_known({_AT}) AS TABLE {known}"
        at = None if known_at is None else literal(known_at)
        yield f"CREATE VIEW current_{name} AS {_as_known(name, changed, named, at)}"


def has_names(manifest: Manifest) -> bool:
    """Whether anybody stated what a name means."""
    return manifest.rows("name_meanings") > 0


def reports_named(at: datetime | None, through: int | None) -> str:
    """SELECT of the reports with names known at an instant, from the first so many entries."""
    conditions = [] if at is None else [f"k.known_at <= {literal(at)}"]
    if through is not None:
        conditions.append(f"k.journal_index < {int(through)}")
    return named_reports(" AND ".join(conditions) or "TRUE")


def literal(at: datetime) -> str:
    """SQL literal of an instant, UTC."""
    if at.tzinfo is None:
        raise ValueError(f"{at!r} has no offset; what is known is known at an instant")
    return f"TIMESTAMP '{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}'"


def _stored(folder: Path, manifest: Manifest, table: Table) -> str:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    segments = manifest.segments(table.name)
    if segments:
        files = ", ".join(_text(str(segment_file(folder, each.file))) for each in segments)
        return f"SELECT {columns} FROM read_parquet([{files}])"
    typed = ", ".join(f'CAST(NULL AS {column.type}) AS "{column.name}"' for column in table.columns)
    return f"SELECT {typed} WHERE FALSE"


def _shown(name: str, changed: bool, named: bool, at: str | None) -> str:
    """All rows; a quarantined row with the report that its latest known correction gave.

    A report with the names that statements known by then give it.
    """
    if name == "reports":
        if not named:
            return WITHOUT
        return named_reports("TRUE" if at is None else f"k.known_at <= {at}")
    if name != "quarantine":
        return f"SELECT * FROM stored_{name}"
    if not changed:
        return "SELECT *, CAST(NULL AS VARCHAR) AS corrected_by FROM stored_quarantine"
    until = "" if at is None else f" AND known_at <= {at}"
    return (
        "SELECT q.*, c.corrected_by FROM stored_quarantine q LEFT JOIN (SELECT s.target, "
        's."by" AS corrected_by FROM stored_supersessions s JOIN (SELECT target, '
        "MAX(journal_index) AS latest FROM stored_supersessions WHERE kind = 'correction'"
        f"{until} GROUP BY target) l ON s.target = l.target AND s.journal_index = l.latest) c "
        "ON q.record_id = c.target"
    )


def _as_known(name: str, changed: bool, named: bool, at: str | None) -> str:
    records = _RECORDS.get(name, ("record_id",))
    conditions = [] if at is None else [f"k.known_at <= {at}"]
    if changed:
        until = "" if at is None else f" AND s.known_at <= {at}"
        conditions += [
            f"NOT EXISTS (SELECT 1 FROM stored_supersessions s WHERE s.target = k.{record}{until})"
            for record in records
        ]
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT k.* FROM ({_shown(name, changed, named, at)}) k{where}"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
