"""`fairwater due`: samples, results and reviews due or overdue at a day."""

from __future__ import annotations

from pathlib import Path

from fairwater.cli.agreement import found_agreement
from fairwater.cli.asking import day_of
from fairwater.cli.exits import DONE
from fairwater.cli.output import print_json, print_table
from fairwater.node import config
from fairwater.node.agreements import bindings
from fairwater.node.due import due as what_is_due
from fairwater.node.node import Node


def due(
    *,
    as_of: str | None = None,
    agreement: str = "origin_restriction",
    overdue: bool = False,
    node: Path | None = None,
    json: bool = False,
) -> int:
    """Samples, results and reviews due or overdue, who owes them and since when.

    Example: fairwater due --as-of 2031-05-02 --overdue

    Parameters
    ----------
    as_of
        The day asked about; today (UTC) if not given.
    agreement
        Whose review clocks and roles to use.
    overdue
        Only what is overdue.
    node
        The node's folder.
    json
        Print as JSON.
    """
    opened = Node.open(config.find(node))
    day = opened.today() if as_of is None else day_of(as_of, "--as-of")
    terms = found_agreement(agreement, node, required=True, day=day).agreement
    archive = opened.archive()
    bound = bindings(archive, terms, day)
    found = what_is_due(archive, day, agreement=terms, bindings=bound)
    rows = [entry for entry in found if entry.overdue_days or not overdue]
    if json:
        print_json({"as_of": day.isoformat(), "due": rows})
        return DONE
    if not rows:
        print(f"nothing is {'overdue' if overdue else 'due'} at {day}")
        return DONE
    print_table(
        ("due", "days overdue", "what", "of", "unit", "owed by", "party", "detail"),
        [
            (
                entry.due,
                entry.overdue_days,
                entry.kind,
                entry.of,
                " / ".join((entry.unit or {}).values()),
                entry.owed_by,
                entry.party,
                entry.detail,
            )
            for entry in rows
        ],
    )
    return DONE
