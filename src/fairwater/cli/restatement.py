"""`fairwater restatement`: rows that may repeat what is held, and whether they do."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from fairwater.cli.exits import DONE, USAGE, Failure
from fairwater.cli.output import print_json, print_table
from fairwater.node import config, restatements
from fairwater.node.node import Node


def listing(*, node: Path | None = None, json: bool = False) -> int:
    """Rows that may repeat what is held. They are no evidence until someone decides.

    Example: fairwater restatement list --node coast

    Parameters
    ----------
    node
        The node's folder.
    json
        Print as JSON.
    """
    rows = restatements.undecided(Node.open(config.find(node)))
    if json:
        print_json({"undecided": rows})
        return DONE
    print_table(
        ("report", "file", "row", "item", "region", "sampled"),
        [(r.report_id, r.file, r.row, r.item, r.region, r.collected_first) for r in rows],
    )
    print(f"{len(rows):,} rows wait; `fairwater restatement settle REPORT repeats|own` decides one")
    return DONE


def settle(
    report: str,
    outcome: Literal["repeats", "own"],
    /,
    *,
    by: str,
    reason: str,
    node: Path | None = None,
    json: bool = False,
) -> int:
    """Decide whether a row repeats what is held, or is a result of its own.

    Example: fairwater restatement settle 4b1192cb… repeats --by "A. Clerk" --reason "same number"

    Parameters
    ----------
    report
        The row's report id.
    outcome
        `repeats`: it is withdrawn. `own`: it becomes evidence.
    by
        Who decided.
    reason
        Why; kept with the decision.
    node
        The node's folder.
    json
        Print as JSON.
    """
    opened = Node.open(config.find(node))
    try:
        now = restatements.settle(
            opened, report, restates=outcome == "repeats", by=by, reason=reason
        )
    except restatements.NotUndecided as error:
        raise Failure(USAGE, str(error), hint="fairwater restatement list") from error
    if json:
        print_json({"report": report, "outcome": outcome, "evidence": now})
    elif now is None:
        print(f"report {report} repeats what is held and is withdrawn")
    else:
        print(f"report {report} is a result of its own; it is evidence as {now}")
    return DONE
