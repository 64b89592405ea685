"""The contract as a page of Markdown, for the documentation."""

from __future__ import annotations

from fairwater.archive.contract import TABLES, VERSION, Table, view_columns
from fairwater.archive.queries import named_queries


def tables_page() -> str:
    """Every table with its columns, types, units and meanings."""
    parts = [f"Contract version {VERSION}.\n", *map(_table, TABLES.values())]
    return "\n".join(parts)


def queries_page() -> str:
    """Every named query with its parameters and an example."""
    parts = []
    for query in named_queries().values():
        lines = [f"## {query.name}\n", f"{query.help}\n"]
        for parameter in query.parameters:
            default = "" if parameter.default is None else f" (default `{parameter.default}`)"
            lines.append(f"- `{parameter.name}` {parameter.type}{default}: {parameter.meaning}")
        parts.append("\n".join([*lines, f"\n    {query.example}\n"]))
    return "\n".join(parts)


def _table(table: Table) -> str:
    lines = [f"## {table.name}\n", f"{table.meaning}\n", f"In order of {', '.join(table.key)}.\n"]
    lines += ["| column | type | unit | meaning |", "|---|---|---|---|"]
    lines += [
        f"| {column.name} | {column.type} | {column.unit} | {column.meaning} |"
        for column in view_columns(table)
    ]
    return "\n".join([*lines, ""])
