"""Changes without loss: amendments, withdrawals, quarantined rows and their corrections."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from fairwater.records.evidence import Flag, Position
from fairwater.records.text import DateText, Key, Name, RecordId, Text

ChangeKind = Literal["fills", "replaces", "moves"]
"""fills: states what was left open, and changes nothing that was stated; moves: the place alone
is another; replaces: something that was stated is stated otherwise, or no longer."""


class Change(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What one role of a row, or the results of one nuclide, said before and say now.

    Absent: nothing was stated, or is stated no longer.
    """

    what: Text
    before: Text | None = None
    after: Text | None = None


class Amendment(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="amendment",
):
    """`by` replaces `amends`, whole: the new record inherits nothing it does not state.

    `change` and `changes` say what kind of change it is, and what was and is stated.
    """

    amends: RecordId
    by: RecordId
    reason: Text
    dated: DateText | None = None
    source: Position | None = None
    change: ChangeKind | None = None
    changes: tuple[Change, ...] = ()


class Withdrawal(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="withdrawal",
):
    """`withdraws` no longer counts as evidence; it stays readable."""

    withdraws: RecordId
    reason: Text
    dated: DateText | None = None
    source: Position | None = None


class Fault(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One thing intake could not understand in a row, and how to mend it."""

    reason: Key
    expected: Text
    remedy: Text
    column: Text | None = None
    text: str | None = None


class QuarantinedRow(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="quarantined_row",
):
    """A row intake did not understand, kept whole with every reason that refused it.

    `headings` are those of its table, so that a corrected row can be read again without it.
    """

    source: Position
    cells: tuple[str, ...]
    faults: tuple[Fault, ...]
    profile: Key
    flags: tuple[Flag, ...] = ()
    headings: tuple[str, ...] = ()


class Correction(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="correction",
):
    """A quarantined row put right: by whom, why, and the report it gave."""

    quarantined: RecordId
    cells: tuple[str, ...]
    report: RecordId
    by: Name
    reason: Text
    dated: DateText | None = None
