"""Named queries: questions with a name, parameters and one line of help, as SQL files.

    -- How many results of each kind …                       help
    -- parameter: limit DECIMAL = 100: the limit, in `unit`  name, type, default, meaning
    -- example: fairwater query above-limit --set limit=100
    SELECT …

A parameter without default must be given. The SQL keeps to what DuckDB,
PostgreSQL and Spark were measured to answer equally: whole numbers and decimals
are counted and summed, every ORDER BY is total with NULLS LAST, and there is no
AVG, ROUND, division or sum of floats. `STRING_AGG … ORDER BY`, `UNNEST` in a
select list and `TRY_CAST` are spelt differently elsewhere and transpile.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

from fairwater.archive.errors import QueryError

if TYPE_CHECKING:
    from datetime import datetime

    import pyarrow as pa

    from fairwater.archive.read import Archive

_PARAMETER: Final = re.compile(
    r"-- parameter: (?P<name>[a-z_]+) (?P<type>[A-Z]+)(?: = (?P<default>[^:]+))?: (?P<meaning>.+)"
)
_EXAMPLE: Final = "-- example: "


class Parameter(NamedTuple):
    """What a query may be told; without `default` it must be."""

    name: str
    type: str
    default: str | None
    meaning: str


class NamedQuery(NamedTuple):
    """One question."""

    name: str
    help: str
    parameters: tuple[Parameter, ...]
    example: str
    sql: str


@cache
def named_queries() -> dict[str, NamedQuery]:
    """All named queries, by name."""
    folder = files("fairwater.archive") / "queries"
    found = [path for path in folder.iterdir() if path.name.endswith(".sql")]
    return {
        query.name: query
        for query in sorted(
            _parse(path.name.removesuffix(".sql"), path.read_text(encoding="utf-8"))
            for path in found
        )
    }


def named_query(name: str) -> NamedQuery:
    """Query by name.

    Raises
    ------
    QueryError
        There is none; names those there are.
    """
    query = named_queries().get(name)
    if query is None:
        raise QueryError(f"no query `{name}`; there are: {', '.join(named_queries())}")
    return query


def run(
    archive: Archive,
    name: str,
    given: Mapping[str, str] | None = None,
    *,
    known_at: datetime | None = None,
) -> pa.Table:
    """Answer of a named query.

    Parameters
    ----------
    archive : Archive
        Is asked.
    name : str
        Query.
    given : mapping, optional
        Parameters as text.
    known_at : datetime, optional
        Instant (with offset) whose knowledge is asked for; all that is known without.

    Raises
    ------
    QueryError
        No such query, an unknown or a missing parameter, or it does not run.
    """
    query = named_query(name)
    return archive.query(query.sql, _values(query, given or {}), known_at=known_at)


def _values(query: NamedQuery, given: Mapping[str, str]) -> dict[str, str]:
    names = [parameter.name for parameter in query.parameters]
    faults = [f"`{name}` is no parameter" for name in given if name not in names]
    values: dict[str, str] = {}
    for parameter in query.parameters:
        value = given.get(parameter.name, parameter.default)
        if value is None:
            faults.append(f"`{parameter.name}` is missing: {parameter.meaning}")
        else:
            values[parameter.name] = value
    if faults:
        expected = ", ".join(names) or "no parameters"
        raise QueryError(
            f"query `{query.name}`: {'; '.join(faults)}\n  expected: {expected}\n"
            f"hint: {query.example}"
        )
    return values


def _parse(name: str, text: str) -> NamedQuery:
    head: list[str] = []
    sql: list[str] = []
    for line in text.splitlines():
        (head if line.startswith("--") and not sql else sql).append(line)
    parameters = []
    for line in head:
        match = _PARAMETER.fullmatch(line)
        if match is not None:
            parameters.append(Parameter(**match.groupdict()))
    examples = [line.removeprefix(_EXAMPLE) for line in head if line.startswith(_EXAMPLE)]
    return NamedQuery(
        name, head[0].removeprefix("-- "), tuple(parameters), examples[0], "\n".join(sql)
    )
