"""What changed from one row to another: role by role, nuclide by nuclide, in data and in words.

Cs-137 `<0.97` Bq/L before, `0.014` Bq/L now          replaces
H-3 nothing before, `<0.32` Bq/L now                  fills
station_id `17` before, `18` now                      moves
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fairwater.intake.sameness import (
    PLACE_ROLES,
    ROLES,
    StoredQuarantinedRow,
    StoredReport,
    StoredRow,
    cells,
)
from fairwater.records import Change, ChangeKind

_MARKS = {"censored": "<", "over_range": ">", "about": "about "}


def changes_between(old: StoredRow, new: StoredRow) -> tuple[Change, ...]:
    """What each role and each nuclide's results said before and say now, where it differs.

    A result that is not stated counts as nothing.
    """
    if isinstance(old, StoredQuarantinedRow) or isinstance(new, StoredQuarantinedRow):
        return ()
    changes = [
        Change(role, _as_text(before), _as_text(after))
        for role, before, after in zip(ROLES[:-1], cells(old), cells(new), strict=False)
        if before != after
    ]
    was_stated, is_stated = _stated(old), _stated(new)
    for nuclides in sorted(was_stated.keys() | is_stated.keys()):
        before, after = was_stated.get(nuclides), is_stated.get(nuclides)
        if before != after:
            changes.append(Change(nuclides, _said_or_none(before), _said_or_none(after)))
    return tuple(change for change in changes if change.before != change.after)


def kind_of(changes: Sequence[Change]) -> ChangeKind:
    """Whether changes fill what was open, move the row to another place, or replace what it said.

    Where nothing that is compared one by one differs, something was replaced.
    """
    if changes and all(change.what in PLACE_ROLES for change in changes):
        return "moves"
    if changes and all(change.before is None for change in changes):
        return "fills"
    return "replaces"


def _as_text(said: Any) -> str | None:
    return None if said is None else str(said)[:500]


def _said_or_none(said: str | None) -> str | None:
    return None if said in (None, "not stated") else said[:500]


def difference(old: StoredRow, new: StoredRow) -> str:
    """What changed from one row to the other, in words, at most 2,000 characters."""
    if isinstance(old, StoredQuarantinedRow) or isinstance(new, StoredQuarantinedRow):
        was, now = (
            "understood" if isinstance(row, StoredReport) else "not understood"
            for row in (old, new)
        )
        return f"{was} before, {now} now"
    changes = [
        f"{role} `{before}` before, `{after}` now"
        for role, before, after in zip(ROLES[:-1], cells(old), cells(new), strict=False)
        if before != after
    ]
    was_stated, is_stated = _stated(old), _stated(new)
    changes += [
        f"{nuclides} {was_stated.get(nuclides, 'nothing')} before, "
        f"{is_stated.get(nuclides, 'nothing')} now"
        for nuclides in sorted(was_stated.keys() | is_stated.keys())
        if was_stated.get(nuclides) != is_stated.get(nuclides)
    ]
    return ("; ".join(changes) or "in what is not compared")[:2000]


def _stated(report: StoredReport) -> dict[str, str]:
    """Nuclides to what is stated of them."""
    stated: dict[str, str] = {}
    for result in report.results:
        number = result.value or f"{result.low} to {result.high}"
        said = f"`{_MARKS.get(result.kind, '')}{number}` {result.unit or 'without unit'}"
        if result.kind == "not_stated":
            said = "not stated"
        nuclides = "+".join(result.nuclides)
        stated[nuclides] = f"{stated[nuclides]}, {said}" if nuclides in stated else said
    return stated
