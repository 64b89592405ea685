"""Rows that may say again what is held: no evidence until someone decides.

    for row in undecided(node): ...
    settle(node, row.report_id, restates=True, by="A. Clerk", reason="same press release")

Deciding that a row repeats another withdraws it; deciding that it is a result
of its own amends it by the same report without the flag. Both are records, with
who decided and why; nothing is deleted.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from fairwater.intake.lineage import POSSIBLE_RESTATEMENT
from fairwater.node.node import Node
from fairwater.records import (
    Amendment,
    TestReport,
    Withdrawal,
    decode_trusted,
    encode,
    record_id,
)

_UNDECIDED = f"""
SELECT r.report_id, d.name AS file, r.row, r.item, r.region, r.collected_first
FROM current_reports AS r LEFT JOIN (
    SELECT sha256, MIN(name) AS name FROM documents GROUP BY sha256) AS d ON d.sha256 = r.document
WHERE list_contains(r.flags, '{POSSIBLE_RESTATEMENT}') ORDER BY r.journal_index
"""  # noqa: S608 - the flag's name is ours


class Undecided(Struct, frozen=True, kw_only=True):
    """A row that may repeat another: where it stands and what it is about."""

    report_id: str
    file: str | None
    row: int | None
    item: str | None
    region: str | None
    collected_first: date | None


class NotUndecided(LookupError):
    """No row that stands and waits for this decision has that id; nothing was changed."""


def undecided(node: Node) -> list[Undecided]:
    """Rows that wait for a decision, in the order in which they were taken in."""
    rows = node.archive().query(_UNDECIDED).to_pylist()
    return [Undecided(**row) for row in rows]


def settle(node: Node, report_id: str, *, restates: bool, by: str, reason: str) -> str | None:
    """Decide whether a row repeats another.

    Parameters
    ----------
    node : Node
    report_id : str
        Of the row's report.
    restates : bool
        True: it repeats what is held and is withdrawn. False: it is a result of its own.
    by, reason : str
        Who decided, and why; both are kept.

    Returns
    -------
    str or None
        Id of the report that is evidence from now on; None if it was withdrawn.

    Raises
    ------
    NotUndecided
        If no row waits under this id.
    """
    if report_id not in {row.report_id for row in undecided(node)}:
        raise NotUndecided(
            f"no row with id `{report_id}` waits for a decision; "
            f"rows flagged `{POSSIBLE_RESTATEMENT}` do"
        )
    said = f"decided by {by}: {reason}"
    if restates:
        node.enter([Withdrawal(withdraws=report_id, reason=said)])
        return None
    old = decode_trusted(node.journal.find(report_id)[1])
    if not isinstance(old, TestReport):
        raise NotUndecided(f"`{report_id}` is no test report")
    kept = tuple(flag for flag in old.flags if flag.flag != POSSIBLE_RESTATEMENT)
    new = replace(old, flags=kept)
    by_id = record_id(encode(new))
    node.enter([new, Amendment(amends=report_id, by=by_id, reason=said)])
    return by_id
