"""A decision computed again from the journal: the same bytes, or what differs.

The decision names the agreement by content id, the clocks, the rule of
knowledge, the journal's length and digest, and the digest of the verdict. All of
it is looked up or computed again here; nothing of the first run is used but,
where the bytes differ, the kept verdict document, to say where.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct

from fairwater.agreement.load import load_agreement
from fairwater.agreement.problems import AgreementErrors
from fairwater.ledger.errors import JournalError
from fairwater.node import attachments
from fairwater.node.agreements import Found
from fairwater.node.evaluation import Asked, document, prepare
from fairwater.node.node import Node
from fairwater.node.stated import statements
from fairwater.records import Agreement, Decision, decode_trusted


class Recomputed(Struct, frozen=True, kw_only=True):
    """The outcome. `differences` are empty exactly if the bytes are the same."""

    decision: str
    same: bool
    expected_sha256: str
    computed_sha256: str | None
    differences: tuple[str, ...]
    document: bytes


class NotRecomputable(LookupError):
    """No such decision, or one that does not say what it rested on."""


def recompute(node: Node, which: str) -> Recomputed:
    """Compute the verdict of a decision again.

    Parameters
    ----------
    node : Node
        Whose journal holds the decision and the evidence.
    which : str
        The decision's record id, or its beginning.

    Raises
    ------
    NotRecomputable
        If there is no such decision, or it states no basis.
    """
    which, decision = _decision(node, which)
    basis = decision.basis
    if basis is None:
        raise NotRecomputable(f"decision {which} states no basis: it was entered without a verdict")
    differences: list[str] = []
    try:
        digest = node.journal.digest(basis.evidence_through)
    except (ValueError, LookupError, JournalError) as error:
        digest = f"none ({error})"
    if digest != basis.evidence_digest:
        differences.append(
            f"evidence: the journal's first {basis.evidence_through:,} entries have digest "
            f"{digest}, the decision rested on {basis.evidence_digest}"
        )
    asked = Asked(
        found=_agreement(node, basis.agreement_record),
        as_of=date.fromisoformat(basis.as_of),
        known_at=date.fromisoformat(basis.known_at),
        knowledge=basis.knowledge,
        decisions=basis.decisions,
        overrides=basis.overrides or {},
        through=basis.evidence_through,
    )
    prepared = prepare(node, asked)
    if prepared.content_id != basis.agreement_content_id:
        differences.append(
            f"agreement: content id {prepared.content_id}, "
            f"the decision rested on {basis.agreement_content_id}"
        )
    data = document(prepared, decision.unit, decision.transition)
    computed = hashlib.sha256(data).hexdigest()
    if computed != basis.verdict_sha256:
        differences += _where(attachments.get(node, basis.verdict_sha256), data)
    return Recomputed(
        decision=which,
        same=not differences,
        expected_sha256=basis.verdict_sha256,
        computed_sha256=computed,
        differences=tuple(differences),
        document=data,
    )


def _decision(node: Node, which: str) -> tuple[str, Decision]:
    """The decision of this id, or of an id that begins so."""
    if which in node.journal:
        record = decode_trusted(node.journal.find(which)[1])
        if not isinstance(record, Decision):
            raise NotRecomputable(f"record {which} is a {type(record).__name__}, not a decision")
        return which, record
    found = [s for s in statements(node.archive(), Decision) if s.id.startswith(which)]
    if len(found) != 1 or not which:
        raise NotRecomputable(
            f"{len(found) or 'no'} decisions in this node begin with `{which}`; name one by its id"
        )
    return found[0].id, found[0].record


def _agreement(node: Node, which: str) -> Found:
    record = decode_trusted(node.journal.find(which)[1]) if which in node.journal else None
    if not isinstance(record, Agreement):
        raise NotRecomputable(f"the agreement {which} that was decided under is not in this node")
    try:
        return Found(load_agreement(record.text, which).agreement, f"record {which}", record.text)
    except AgreementErrors as error:
        raise NotRecomputable(f"the agreement on record is none any more:\n{error}") from error


def _where(first: bytes | None, again: bytes) -> list[str]:
    if first is None:
        return ["verdict: other bytes; the first verdict document is not kept here to compare"]
    before, after = msgspec.json.decode(first), msgspec.json.decode(again)
    return [f"verdict{line}" for line in _paths(before, after)]


def _paths(first: Any, again: Any, path: str = "") -> Iterator[str]:
    if isinstance(first, dict) and isinstance(again, dict):
        for key in sorted(first.keys() | again.keys()):
            yield from _paths(first.get(key), again.get(key), f"{path}.{key}")
    elif isinstance(first, list) and isinstance(again, list) and len(first) == len(again):
        for number, (a, b) in enumerate(zip(first, again, strict=True)):
            yield from _paths(a, b, f"{path}[{number}]")
    elif first != again:
        yield f"{path}: was {_short(first)}, is {_short(again)}"


def _short(value: Any) -> str:
    text = msgspec.json.encode(value).decode()
    return text if len(text) <= 120 else text[:117] + "..."
