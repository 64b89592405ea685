"""`fairwater query`: ask the archive, by a named query or by SQL."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from fairwater.cli.exits import DONE, USAGE, Failure
from fairwater.cli.output import print_json, print_table
from fairwater.cli.settings import pairs
from fairwater.node import config
from fairwater.node.node import Node


def query(
    name: str | None = None,
    /,
    *,
    sql: str | None = None,
    set_: Annotated[list[str] | None, Parameter(name="--set", negative="")] = None,
    known_at: str | None = None,
    format_: Annotated[
        Literal["table", "csv", "json", "parquet"], Parameter(name="--format")
    ] = "table",
    out: Path | None = None,
    timeout_s: float = 60.0,
    node: Path | None = None,
    json: bool = False,
) -> int:
    """Ask the archive: a named query, or one SELECT. Without either, list the named queries.

    The tables are a stable contract: docs/reference/tables.md.

    Example: fairwater query above-limit --set limit=100 --set category=seafood --format csv

    Example: fairwater query --sql "SELECT region, count(*) AS n FROM reports GROUP BY 1 ORDER BY 1"

    Parameters
    ----------
    name
        A named query.
    sql
        One SELECT over the archive's tables; it can read nothing else and write nothing.
    set_
        A parameter of the query, NAME=VALUE; may be repeated.
    known_at
        Answer with what was known at the end of this day (UTC), or at an instant with offset.
    format_
        How to print.
    out
        Write to this file instead of stdout.
    timeout_s
        Stop after so many seconds.
    node
        The node's folder.
    json
        Short for --format json.
    """
    from fairwater.archive import queries

    if name is None and sql is None:
        return _list(json)
    if name is not None and sql is not None:
        raise Failure(USAGE, "a named query or --sql, not both")
    archive = Node.open(config.find(node)).archive()
    instant = instant_of(known_at)
    given = pairs(set_)
    if sql is not None:
        table = archive.query(sql, given, known_at=instant, timeout_s=timeout_s)
    else:
        table = queries.run(archive, name or "", given, known_at=instant)
    from fairwater.archive.output import as_csv, as_json, as_parquet, as_table

    form = "json" if json else format_
    if form == "parquet" and out is None and sys.stdout.isatty():
        raise Failure(USAGE, "Parquet is not for a screen", hint="--out FILE")
    writers = {"table": as_table, "csv": as_csv, "json": as_json, "parquet": as_parquet}
    data = writers[form](table)
    if out is not None:
        out.write_bytes(data)
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    return DONE


def instant_of(text: str | None) -> datetime | None:
    """The instant meant: an instant with offset, or the end of a day in UTC."""
    if text is None:
        return None
    try:
        if len(text) == 10:
            day = date.fromisoformat(text)
            return datetime.combine(day + timedelta(days=1), time(), UTC) - timedelta(
                microseconds=1
            )
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise Failure(
            USAGE, f"`{text}` is no day and no instant with an offset", hint="write 2031-04-01"
        )
    return instant


def _list(json: bool) -> int:
    from fairwater.archive.queries import named_queries

    queries = named_queries().values()
    if json:
        print_json({"queries": [q._asdict() for q in queries]})
    else:
        print_table(("query", "answers"), [(q.name, q.help) for q in queries])
    return DONE
