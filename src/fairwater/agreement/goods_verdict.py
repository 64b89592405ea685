"""What a consignment check answers: every condition by itself, every mismatch at once.

    ConsignmentVerdict     the goods under one agreement
      CheckAnswer          one check: holds, fails, unknown, or it does not apply
        ConditionAnswer    one condition: mismatches, what is missing, what would settle it

`told()` is the answer as JSON values. Stable: fields are added, never renamed.
`goods_text` writes it for people.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from msgspec import Struct, structs

from fairwater.agreement.evidence import ConsignmentEvidence
from fairwater.agreement.logic import Outlook, Truth
from fairwater.agreement.model import Cite, LotAction, Words
from fairwater.agreement.verdict import Missing, Node, Verdict

Answer = Literal["holds", "fails", "unknown", "not_applicable"]


class Mismatch(Struct, frozen=True, kw_only=True):
    """Two things that should agree and do not: what, of what, expected, found, whose records."""

    condition: str
    what: str
    expected: str
    of: str | None = None
    found: str | None = None
    records: tuple[str, ...] = ()

    def key(self) -> tuple[str, str, str, str, str, tuple[str, ...]]:
        """What makes two the same, in sorting order."""
        return (
            self.condition, self.what, self.of or "", self.expected, self.found or "",
            self.records,
        )  # fmt: skip

    def plain(self) -> dict[str, Any]:
        """As JSON values, absent fields left out."""
        row = {k: v for k, v in structs.asdict(self).items() if v not in (None, ())}
        return {k: list(v) if isinstance(v, tuple) else v for k, v in row.items()}


class ConditionAnswer(Struct, frozen=True, kw_only=True):
    """One condition's answer. `actions` is what follows from it; empty where it holds."""

    id: str
    verdict: Truth
    could_be: Outlook
    whole: Verdict
    text: Words | None = None
    cite: Cite | None = None
    mismatches: tuple[Mismatch, ...] = ()
    missing: tuple[Missing, ...] = ()
    actions: tuple[str, ...] = ()
    settle: Words | None = None
    certs: tuple[str, ...] = ()

    @property
    def tree(self) -> Node:
        """The condition's parts, for the dossier."""
        return self.whole.tree

    def told(self) -> dict[str, Any]:
        """As JSON values."""
        row: dict[str, Any] = {
            "condition": self.id,
            "verdict": self.verdict,
            "could_be": sorted(self.could_be),
            "mismatches": [entry.plain() for entry in self.mismatches],
            "missing": [entry.plain() for entry in self.missing],
            "actions": list(self.actions),
            "evidence": list(self.whole.cites),
        }
        if self.text is not None:
            row["text"] = _words(self.text)
        if self.cite is not None:
            row["cite"] = {"src": list(self.cite.src), "cert": self.cite.cert}
        if self.settle is not None and self.verdict != "holds":
            row["settle"] = _words(self.settle)
        if self.certs:
            row["certs"] = list(self.certs)
        return row


class CheckAnswer(Struct, frozen=True, kw_only=True):
    """One check. `applies` is the verdict of `applies_when`, None where it has none."""

    id: str
    verdict: Answer
    conditions: tuple[ConditionAnswer, ...]
    applies: Verdict | None = None
    text: Words | None = None
    actions: tuple[str, ...] = ()

    def told(self) -> dict[str, Any]:
        """As JSON values."""
        row: dict[str, Any] = {
            "check": self.id,
            "verdict": self.verdict,
            "conditions": [answer.told() for answer in self.conditions],
            "actions": list(self.actions),
        }
        if self.text is not None:
            row["text"] = _words(self.text)
        if self.applies is not None:
            row["applies"] = {
                "verdict": self.applies.verdict,
                "missing": [entry.plain() for entry in self.applies.missing],
            }
        return row


class ConsignmentVerdict(Struct, frozen=True, kw_only=True):
    """The goods under one agreement, on a day, as known on another.

    `verdict` is not_applicable where none of the agreement's checks asks these goods.
    `action` is the most severe that follows, None where nothing does. `conflicts` are
    statements of the consignment that contradict each other: then nothing holds.
    """

    consignment: str
    agreement: str
    version: str
    verdict: Answer
    at: date
    known_at: date
    goods: ConsignmentEvidence
    checks: tuple[CheckAnswer, ...]
    action: LotAction | None = None
    actions: tuple[LotAction, ...] = ()
    conflicts: tuple[Missing, ...] = ()
    content_id: str = ""
    bindings: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}

    @property
    def conditions(self) -> tuple[ConditionAnswer, ...]:
        """Every condition of every check that applies, in the agreement's order."""
        return tuple(
            answer
            for check in self.checks
            if check.verdict != "not_applicable"
            for answer in check.conditions
        )

    @property
    def mismatches(self) -> tuple[Mismatch, ...]:
        """Every mismatch, in the order of the conditions."""
        return tuple(entry for answer in self.conditions for entry in answer.mismatches)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Everything that is missing, in the order of the conditions, each thing once."""
        found = {entry.key(): entry for entry in self._all_missing()}
        return tuple(found.values())

    def _all_missing(self) -> Iterable[Missing]:
        yield from self.conflicts
        for check in self.checks:
            if check.applies is not None and check.verdict == "unknown":
                yield from check.applies.missing
        for answer in self.conditions:
            yield from answer.missing

    def told(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "consignment": self.consignment,
            "agreement": {
                "id": self.agreement,
                "version": self.version,
                "content_id": self.content_id,
            },
            "verdict": self.verdict,
            "at": self.at.isoformat(),
            "known_at": self.known_at.isoformat(),
            "action": None if self.action is None else self.action.id,
            "actions": [_action(action) for action in self.actions],
            "checks": [check.told() for check in self.checks],
            "mismatches": [entry.plain() for entry in self.mismatches],
            "missing": [entry.plain() for entry in self.missing],
            "conflicts": [entry.plain() for entry in self.conflicts],
            "bindings": dict(sorted(self.bindings.items())),
            "lists": {name: list(values) for name, values in sorted(self.lists.items())},
            "record": self.goods.id,
        }


def _action(action: LotAction) -> dict[str, Any]:
    row: dict[str, Any] = {"id": action.id, "rank": action.rank, "by": action.by}
    if action.text is not None:
        row["text"] = _words(action.text)
    if action.notices:
        row["notices"] = [
            {k: v for k, v in structs.asdict(notice).items() if k != "cite" and v is not None}
            for notice in action.notices
        ]
    return row


def _words(words: Words) -> dict[str, str]:
    return {name: text for name, text in structs.asdict(words).items() if text is not None}
