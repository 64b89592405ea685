"""A decision: dated, with reasons, by the role that may, resting on a verdict.

A decision is possible when its transition is eligible on the day it is dated.
Outside eligibility it stands only as an override with written reasons, and is
flagged wherever it is shown. What it rested on (agreement, clocks, journal
length and digest, digest of the verdict) is kept with it, so that anyone with
the same records computes the verdict again, byte for byte (`recomputing`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from fairwater.agreement.verdict import Missing, Verdict
from fairwater.node import attachments
from fairwater.node.agreements import record_of
from fairwater.node.evaluation import Asked, Prepared, document, prepare, verdict_of
from fairwater.node.node import Entry, Node
from fairwater.records import Decision, DecisionBasis, encode, record_id


class Proposed(Struct, frozen=True, kw_only=True):
    """What somebody wants to decide."""

    unit: Mapping[str, str]
    transition: str
    role: str
    by: str
    dated: date
    effective: date
    reasons: str
    act: str | None = None
    override: bool = False


class Refused(Exception):
    """A decision that may not be taken; nothing was recorded.

    Attributes
    ----------
    verdict : str or None
        holds, fails or unknown: the transition's condition on that day, if that is the reason.
    missing : tuple of Missing
        What an unknown lacks.
    overridable : bool
        Whether an override could stand: the role may, only the step is not eligible.
    """

    def __init__(
        self, message: str, verdict: Verdict | None = None, *, overridable: bool = False
    ) -> None:
        super().__init__(message)
        self.overridable = overridable
        self.verdict = None if verdict is None else verdict.verdict
        self.missing: tuple[Missing, ...] = () if verdict is None else verdict.missing


class Decided(Struct, frozen=True, kw_only=True):
    """The record, and the verdict it rests on."""

    entry: Entry
    decision: Decision
    verdict_sha256: str


def decide(node: Node, asked: Asked, proposed: Proposed) -> Decided:
    """Record a decision.

    Parameters
    ----------
    node : Node
        Whose journal keeps it.
    asked : Asked
        The agreement, knowledge rule and overrides; `as_of` is the day it is dated.
    proposed : Proposed
        Who decides what, and why.

    Raises
    ------
    Refused
        If the role may not, another party plays it, reasons are missing, the step does not
        start from the state in force, or it is not eligible and no override is asked for.
    """
    if not proposed.reasons.strip():
        raise Refused("a decision needs written reasons")
    if proposed.effective < proposed.dated:
        raise Refused(
            f"effective {proposed.effective} is before the decision's date {proposed.dated}"
        )
    size = node.journal.size
    through = size if asked.through is None else asked.through
    prepared = prepare(node, _at(asked, proposed.dated, through))
    verdict, history, transition = verdict_of(prepared, proposed.unit, proposed.transition)
    _check_role(prepared, proposed, transition.decided_by)
    starts = history.in_force in transition.from_
    if not proposed.override and not starts:
        raise Refused(
            f"`{transition.id}` starts from {' or '.join(transition.from_)}; "
            f"the unit is in `{history.in_force}`",
            overridable=True,
        )
    if not proposed.override and verdict.verdict != "holds":
        raise Refused(
            f"`{transition.id}` is not eligible: its condition {_is(verdict)}",
            verdict,
            overridable=True,
        )
    data = document(prepared, proposed.unit, proposed.transition)
    sha256 = hashlib.sha256(data).hexdigest()
    text = record_of(asked.found)
    decision = Decision(
        agreement=prepared.agreement.id,
        measure=history.measure,
        unit=dict(proposed.unit),
        transition=transition.id,
        role=proposed.role,
        by=proposed.by,
        dated=proposed.dated.isoformat(),
        effective=proposed.effective.isoformat(),
        reasons=proposed.reasons,
        to=transition.to,
        act=proposed.act,
        override=proposed.override,
        decided_while=verdict.verdict,
        basis=DecisionBasis(
            agreement_content_id=prepared.content_id,
            as_of=proposed.dated.isoformat(),
            known_at=prepared.known_at.isoformat(),
            knowledge=asked.knowledge,
            decisions=asked.decisions,
            evidence_through=through,
            evidence_digest=node.journal.digest(through),
            verdict_sha256=sha256,
            overrides={k: str(v) for k, v in asked.overrides.items()} or None,
            agreement_record=record_id(encode(text)),
        ),
    )
    attachments.put(node, data)
    _, entry = node.enter([text, decision])
    return Decided(entry=entry, decision=decision, verdict_sha256=sha256)


def _at(asked: Asked, dated: date, through: int) -> Asked:
    return replace(asked, as_of=dated, through=through)


def _check_role(prepared: Prepared, proposed: Proposed, decider: str | None) -> None:
    if decider is not None and proposed.role != decider:
        raise Refused(f"`{proposed.role}` may not decide `{proposed.transition}`; `{decider}` may")
    party = prepared.bindings.get(proposed.role)
    if party is not None and party != proposed.by:
        raise Refused(
            f"`{proposed.role}` is played by {party}, not by {proposed.by}, on {proposed.dated}"
        )


def _is(verdict: Verdict) -> str:
    return {"holds": "holds", "fails": "fails", "unknown": "is unknown"}[verdict.verdict]
