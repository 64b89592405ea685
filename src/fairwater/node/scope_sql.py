"""An agreement's scope as SQL over the archive's reports: which rows count, and why others do not.

A row counts if it has one of the values the scope asks for, states what the
scope requires and every dimension of the unit, and is no undecided restatement.
Column names come from the closed list of the language, texts are quoted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from fairwater.agreement.model import Scope

RESTATEMENT: Final = "possible_restatement"
"""Flag of rows that may say again what is held: no evidence until someone decides."""

DATES: Final = ("collected", "resulted", "published")
STORED: Final = frozenset(
    {"item", "item_base", "species", "part", "production", "category", "category_text", "region",
     "district", "locality", "zone", "station", "laboratory", "market_stage", "consignment", "lot",
     "facility"}
)  # fmt: skip
"""Columns a scope may name that reports have; the others are never stated in one."""


def reports(scope: Scope, flags: Sequence[str], techniques: Sequence[str]) -> str:
    """Query of the rows that count, in journal order.

    Columns ``unit_0`` and so on are the dimensions, ``point`` the sampling point, ``attended``
    whether the row says who drew or saw the sample,
    ``flag_0``, ``technique_0`` and so on whether the row has a flag, a technique,
    ``collected_at`` and so on the dates that are instants: their civil day is the zone's.
    """
    columns = [
        "journal_index",
        "known_at",
        "sample_id",
        "sample",
        *(f"{_column(d.column)} AS unit_{i}" for i, d in enumerate(scope.unit)),
        f"{_first_stated(scope)} AS point",
        "(drawn_by IS NOT NULL OR witnessed_by IS NOT NULL) AS attended",
        *(f"{name}_{side}" for name in DATES for side in ("first", "last")),
        *(f"CASE WHEN contains({name}, 'T') THEN {name} END AS {name}_at" for name in DATES),
        *(f"list_contains(flags, {_quoted(flag)}) AS flag_{i}" for i, flag in enumerate(flags)),
        *(f"technique = {_quoted(name)} AS technique_{i}" for i, name in enumerate(techniques)),
    ]
    counts = f"({_reason(scope)}) IS NULL"
    parts = ["SELECT", ", ".join(columns), "FROM reports WHERE journal_index < $through AND"]
    return " ".join([*parts, counts, "ORDER BY journal_index"])


def having(wheres: Sequence[Mapping[str, tuple[str, ...]]]) -> str:
    """Query of the rows that one of several filters takes, in journal order.

    A filter is column to the values that count; rows that may say again what is held
    are left out.
    """
    filters = [
        " AND ".join(
            f"{_column(column)} IN ({', '.join(_quoted(value) for value in values)})"
            for column, values in sorted(where.items())
        )
        for where in wheres
        if where
    ]
    taken = " OR ".join(f"({one})" for one in filters) or "FALSE"
    parts = ["SELECT journal_index FROM reports WHERE journal_index < $through AND", f"({taken})"]
    parts.append(f"AND NOT list_contains(flags, {_quoted(RESTATEMENT)}) ORDER BY journal_index")
    return " ".join(parts)


def left_out(scope: Scope) -> str:
    """Query of the number of rows by reason; reason NULL are those that count."""
    parts = ["SELECT", _reason(scope), "AS reason, COUNT(*) AS n FROM reports"]
    where = "WHERE journal_index < $through GROUP BY ALL ORDER BY reason NULLS LAST"
    return " ".join([*parts, where])


def _reason(scope: Scope) -> str:
    """Why a row is no evidence: the first that applies, or NULL."""
    cases = []
    for column, values in sorted(scope.where.items()):
        among = ", ".join(_quoted(value) for value in values)
        cases.append((f"{_column(column)} IS NULL", f"{column} not stated"))
        cases.append((f"{_column(column)} NOT IN ({among})", f"another {column}"))
    for required in dict.fromkeys([*scope.require, *(d.column for d in scope.unit)]):
        name = "collected_first" if required == "collected" else _column(required)
        cases.append((f"{name} IS NULL", f"{required} not stated"))
    cases.append((f"list_contains(flags, {_quoted(RESTATEMENT)})", RESTATEMENT))
    whens = " ".join(f"WHEN {condition} THEN {_quoted(reason)}" for condition, reason in cases)
    return f"CASE {whens} END"


def _first_stated(scope: Scope) -> str:
    stated = [_column(name) for name in scope.point]
    return f"COALESCE({', '.join(stated)})" if stated else "CAST(NULL AS VARCHAR)"


def _column(name: str) -> str:
    return f'"{name}"' if name in STORED else "CAST(NULL AS VARCHAR)"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
