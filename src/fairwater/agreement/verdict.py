"""What an evaluation answers: a verdict, what it could become, and what is missing.

`Verdict.tree` repeats the condition, one `Node` a part, each with its own
verdict; an atom's node carries its `Reading`: the window as dates, the possible
values [low, high], and every sample with its outcome. The dossier is made of
nothing else.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from msgspec import Struct, structs

from fairwater.agreement.evidence import SampleEvidence, Value
from fairwater.agreement.logic import Outlook, Truth

MissingKind = Literal[
    "no_evidence", "shortfall", "indeterminate_result", "pending_result", "overdue_result",
    "uncertainty", "location", "date", "document", "statement", "act", "parameter", "conflict",
]  # fmt: skip


class Missing(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that would help to settle an unknown: what, of what, owed by whom, by when.

    `what` of a shortfall is point, sample or week; `n` how many. `owed_by` is a
    role, `party` who plays it. `needs` and `reason` are for people.
    """

    kind: MissingKind
    of: str | None = None
    what: Literal["point", "sample", "week"] | None = None
    n: int | None = None
    owed_by: str | None = None
    party: str | None = None
    due: date | None = None
    needs: str | None = None
    reason: str | None = None

    def key(self) -> tuple[str, str, str, int, str, str, str]:
        """What makes two entries the same, in sorting order."""
        return (
            self.kind,
            self.of or "",
            self.what or "",
            -1 if self.n is None else self.n,
            self.owed_by or "",
            self.party or "",
            self.due.isoformat() if self.due else "",
        )

    def plain(self) -> dict[str, Any]:
        """As a mapping of JSON values, absent fields left out."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in structs.asdict(self).items()
            if value is not None
        }


def distinct(entries: list[Missing] | tuple[Missing, ...]) -> tuple[Missing, ...]:
    """Entries without repeats, sorted."""
    return tuple(v for _, v in sorted({entry.key(): entry for entry in entries}.items()))


class RecordOutcome(Struct, frozen=True, kw_only=True):
    """One record against one limit.

    `low` and `high` are the ends that were compared (combined, widened by the
    decision rule, rounded); `raw_low`, `raw_high` the set before rounding.
    `cause` says why an indeterminate record is one.
    """

    record: SampleEvidence
    verdict: Literal["exceeds", "complies", "indeterminate"]
    low: Decimal = Decimal(0)
    high: Decimal | None = None
    raw_low: Decimal = Decimal(0)
    raw_high: Decimal | None = None
    cause: MissingKind | None = None
    needs: str | None = None
    due: date | None = None
    used: tuple[Value, ...] = ()
    combined: Literal["parts", "reported", "single", "fractions", "none"] = "none"
    limit: str | None = None
    limit_value: Decimal | None = None
    limit_unit: str | None = None
    rule: str | None = None
    notes: tuple[str, ...] = ()


class SampleOutcome(Struct, frozen=True, kw_only=True):
    """One sample, all its replicates. `place` says whether it surely lies in unit and window."""

    sample: str
    place: Literal["in", "maybe"]
    outcome: Literal["exceeds", "complies", "indeterminate"] | None
    records: tuple[RecordOutcome, ...]
    doubts: tuple[Missing, ...] = ()
    point: str | None = None
    disagree: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()


class Compared(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing an atom compared with what it has to be. `agrees` None: it cannot be told.

    `what` names the thing (area, issuer, mass …), `of` the lot, nuclide or document it
    belongs to; `expected` and `found` are data, not sentences; `records` ids of both sides.
    """

    what: str
    expected: str
    of: str | None = None
    found: str | None = None
    records: tuple[str, ...] = ()
    agrees: bool | None = None


class Reading(Struct, frozen=True, kw_only=True):
    """What an atom read: the possible values of its metric, and what they rest on.

    `high` None is unbounded; `low` None too (then nothing limits the value).
    `open` are the things that could still move it.
    """

    metric: str
    low: Decimal | None
    high: Decimal | None
    first: date | None = None
    last: date | None = None
    comparator: str = ""
    operand: str = ""
    samples: tuple[SampleOutcome, ...] = ()
    cites: tuple[str, ...] = ()
    open: tuple[Missing, ...] = ()
    notes: tuple[str, ...] = ()
    certs: tuple[str, ...] = ()
    compared: tuple[Compared, ...] = ()

    @property
    def value(self) -> tuple[int | str, int | str]:
        """[low, high] for people and JSON: whole numbers, decimal text, or ``*``."""
        return (bound(self.low), bound(self.high))


def bound(value: Decimal | None) -> int | str:
    """A bound as a whole number, as decimal text, or ``*`` where there is none."""
    if value is None:
        return "*"
    if value == value.to_integral_value():
        return int(value)
    return format(value, "f")


class Node(Struct, frozen=True, kw_only=True):
    """One part of a condition with its verdict. `path` is where it stands in the agreement."""

    form: str
    path: str
    verdict: Truth
    could_be: Outlook
    missing: tuple[Missing, ...] = ()
    also_open: tuple[Missing, ...] = ()
    parts: tuple[Node, ...] = ()
    reading: Reading | None = None
    says: str = ""

    def atoms(self) -> tuple[Node, ...]:
        """The nodes without parts, in order."""
        if not self.parts:
            return (self,)
        return tuple(atom for part in self.parts for atom in part.atoms())


class Verdict(Struct, frozen=True, kw_only=True):
    """The answer to one condition at (`at`, `known_at`)."""

    verdict: Truth
    could_be: Outlook
    missing: tuple[Missing, ...]
    also_open: tuple[Missing, ...]
    tree: Node
    at: date
    known_at: date
    by: str | None = None
    cites: tuple[str, ...] = ()
    superseded: tuple[str, ...] = ()
    flags: tuple[dict[str, Any], ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def value(self) -> tuple[int | str, int | str] | None:
        """[low, high] where the condition is one atom with a number."""
        if self.tree.parts or self.tree.reading is None or not self.tree.reading.comparator:
            return None
        return self.tree.reading.value
