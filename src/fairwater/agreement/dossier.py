"""The dossier: why a verdict is what it is, down to the cell each number came from.

    verdict
      clause            its text, where it is from, how sure we are
        metric          the window as dates, the possible values [low, high]
          sample        its outcome, the reported strings, rounding and ends, the limit
            record      result id, then file, sheet, row, column

with the versions, bindings, clocks, overrides and superseded records beside it.
A dossier is plain data; `plain` cuts it at a depth (1 verdict and clauses, 2
and metrics and numbers, 3 and every sample); `dossier_text` writes that as text.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Literal

from msgspec import Struct, structs

from fairwater.agreement.evidence import Cell, Value
from fairwater.agreement.model import (
    Agreement,
    AnyCondition,
    Cite,
    ExceptClause,
    Not,
    Param,
    Words,
)
from fairwater.agreement.verdict import (
    Compared,
    Node,
    Reading,
    RecordOutcome,
    SampleOutcome,
    Verdict,
    bound,
)
from fairwater.quantities.dates import to_text
from fairwater.quantities.decimals import plain as decimal_text

Depth = Literal[1, 2, 3]
WEAKEST: Final = ("ours", "memory", "seen")
"""Confidence marks, the weakest first."""


class Frame(Struct, frozen=True, kw_only=True):
    """What a verdict was computed under, beside condition and evidence."""

    agreement: Agreement | None = None
    content_id: str | None = None
    measure: str | None = None
    transition: str | None = None
    unit: Mapping[str, str] = {}
    bindings: Mapping[str, str] = {}
    knowledge: str = "journal"
    decisions: str = "as_recorded"
    overrides: Mapping[str, str] = {}
    hypothetical: bool = False


class Dossier(Struct, frozen=True, kw_only=True):
    """A verdict with everything it rests on, as plain data of depth 3."""

    head: dict[str, Any]
    clauses: dict[str, Any]

    def plain(self, depth: Depth = 3) -> dict[str, Any]:
        """The dossier cut at `depth`, as JSON values."""
        return {**self.head, "clause": _cut(self.clauses, depth)}


def dossier(
    verdict: Verdict,
    condition: AnyCondition,
    exceptions: tuple[ExceptClause, ...] = (),
    frame: Frame | None = None,
) -> Dossier:
    """Dossier of a verdict on `condition` (the same that was evaluated)."""
    frame = frame or Frame()
    certs = sorted(
        {c for atom in verdict.tree.atoms() if atom.reading for c in atom.reading.certs},
        key=_strength,
    )
    head: dict[str, Any] = {
        "verdict": verdict.verdict,
        "could_be": sorted(verdict.could_be),
        "missing": [entry.plain() for entry in verdict.missing],
        "also_open": [entry.plain() for entry in verdict.also_open],
        "at": verdict.at.isoformat(),
        "known_at": verdict.known_at.isoformat(),
        "clocks": "contemporaneous" if verdict.at == verdict.known_at else "hindsight",
        "knowledge": frame.knowledge,
        "decisions": frame.decisions,
        "unit": dict(sorted(frame.unit.items())),
        "bindings": dict(sorted(frame.bindings.items())),
        "overrides": dict(sorted(frame.overrides.items())),
        "cites": list(verdict.cites),
        "superseded": list(verdict.superseded),
        "flags": [dict(flag) for flag in verdict.flags],
    }
    if frame.hypothetical:
        head["hypothetical"] = True
    if frame.agreement is not None:
        head["agreement"] = {
            "id": frame.agreement.id,
            "version": frame.agreement.version,
            "content_id": frame.content_id,
        }
    for key in ("measure", "transition"):
        if getattr(frame, key) is not None:
            head[key] = getattr(frame, key)
    if verdict.by is not None:
        head["by"] = verdict.by
    if certs:
        head["weakest_cert"] = certs[0]
    clauses = _clause(verdict.tree, condition, exceptions, frame)
    return Dossier(head=head, clauses=clauses)


def _strength(cert: str) -> int:
    return WEAKEST.index(cert) if cert in WEAKEST else len(WEAKEST)


def _clause(
    node: Node,
    condition: AnyCondition,
    exceptions: tuple[ExceptClause, ...],
    frame: Frame,
) -> dict[str, Any]:
    if node.form == "except":
        base, rest = node.parts[0], node.parts[1:]
        parts = [_clause(base, condition, (), frame) | {"role": "base"}]
        for i, clause in enumerate(exceptions):
            parts.append(_clause(rest[2 * i], clause.when, (), frame) | {"role": "when"})
            parts.append(_clause(rest[2 * i + 1], clause.then, (), frame) | {"role": "then"})
        return _row(node) | {"parts": parts}
    row = _row(node) | _said(condition, frame)
    if node.parts:
        inner = (condition.of,) if isinstance(condition, Not) else getattr(condition, "of", ())
        row["parts"] = [
            _clause(part, one, (), frame) for part, one in zip(node.parts, inner, strict=True)
        ]
    if node.reading is not None:
        row["metric"] = _metric(node.reading, condition, frame)
    return row


def _row(node: Node) -> dict[str, Any]:
    return {
        "path": node.path,
        "form": node.form,
        "verdict": node.verdict,
        "missing": [entry.plain() for entry in node.missing],
    }


def _said(condition: AnyCondition, frame: Frame) -> dict[str, Any]:
    """The clause's own words and source."""
    row: dict[str, Any] = {}
    if condition.id is not None:
        row["id"] = condition.id
    text, cite = getattr(condition, "text", None), getattr(condition, "cite", None)
    if isinstance(text, Words):
        row["text"] = {k: v for k, v in structs.asdict(text).items() if v is not None}
    if isinstance(cite, Cite):
        row["cite"] = _cited(cite, frame)
    return row


def _cited(cite: Cite, frame: Frame) -> dict[str, Any]:
    sources = frame.agreement.sources if frame.agreement is not None else {}
    titles = [sources[key].title for key in cite.src if key in sources]
    row: dict[str, Any] = {"src": list(cite.src)}
    if titles:
        row["titles"] = titles
    for key in ("clause", "cert"):
        if getattr(cite, key) is not None:
            row[key] = getattr(cite, key)
    return row


def _metric(reading: Reading, condition: AnyCondition, frame: Frame) -> dict[str, Any]:
    row: dict[str, Any] = {"name": reading.metric, "value": list(reading.value)}
    if reading.last is not None:
        first = reading.first.isoformat() if reading.first else None
        row["window"] = {"first": first, "last": reading.last.isoformat()}
    if reading.comparator:
        row["asks"] = {reading.comparator: reading.operand}
    parameters = {
        name: value.param
        for name in getattr(condition, "__struct_fields__", ())
        if isinstance(value := getattr(condition, name), Param)
    }
    if parameters:
        row["parameters"] = parameters
    if reading.certs:
        row["cert"] = min(reading.certs, key=_strength)
    if reading.notes:
        row["notes"] = list(reading.notes)
    if reading.compared:
        row["compared"] = [_compared(one) for one in reading.compared]
    row["counts"] = _counts(reading.samples)
    row["cites"] = list(reading.cites)
    row["samples"] = [_sample(sample) for sample in sorted(reading.samples, key=_when)]
    return row


def _compared(one: Compared) -> dict[str, Any]:
    row = {k: v for k, v in structs.asdict(one).items() if v not in (None, ())}
    return {k: list(v) if isinstance(v, tuple) else v for k, v in row.items()}


def _when(sample: SampleOutcome) -> tuple[date, str]:
    """Order of samples for a reader: by the first day each may have been drawn, then by id."""
    days = [outcome.record.sampled.first or date.min for outcome in sample.records]
    return (min(days, default=date.min), sample.sample)


def _counts(samples: tuple[SampleOutcome, ...]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for sample in samples:
        for key in (sample.place, sample.outcome):
            if key is not None:
                counts[key] = counts.get(key, 0) + 1
    return dict(sorted(counts.items()))


def _sample(sample: SampleOutcome) -> dict[str, Any]:
    row: dict[str, Any] = {"sample": sample.sample, "place": sample.place}
    if sample.outcome is not None:
        row["outcome"] = sample.outcome
    if sample.point is not None:
        row["point"] = sample.point
    if sample.disagree:
        row["replicates_disagree"] = list(sample.disagree)
    if sample.doubts:
        row["doubts"] = [entry.plain() for entry in sample.doubts]
    row["records"] = [_record(outcome, sample) for outcome in sample.records]
    return row


def _record(outcome: RecordOutcome, sample: SampleOutcome) -> dict[str, Any]:
    record = outcome.record
    row: dict[str, Any] = {
        "id": record.id,
        "sampled": to_text(record.sampled),
        "known": record.known.isoformat(),
        "reported": [_value(value) for value in (outcome.used or record.values)],
    }
    if sample.outcome is not None:
        row["outcome"] = outcome.verdict
    if outcome.limit_value is not None:
        row["limit"] = {
            "id": outcome.limit,
            "value": decimal_text(outcome.limit_value),
            "unit": outcome.limit_unit,
        }
        row["combined"] = outcome.combined
        row["ends"] = [bound(outcome.raw_low), bound(outcome.raw_high)]
        row["compared"] = [bound(outcome.low), bound(outcome.high)]
        row["rule"] = outcome.rule
    if outcome.cause is not None:
        row["undecided"] = {"kind": outcome.cause, "needs": outcome.needs}
    if outcome.notes:
        row["notes"] = list(outcome.notes)
    for key in ("lab", "technique"):
        if getattr(record, key) is not None:
            row[key] = getattr(record, key)
    if record.flags:
        row["flags"] = list(record.flags)
    if record.cell is not None:
        row["source"] = _cell(record.cell)
    return {key: value for key, value in row.items() if value is not None}


def _value(value: Value) -> dict[str, Any]:
    row: dict[str, Any] = {
        "nuclides": "+".join(value.nuclides),
        "text": value.text,
        "kind": value.kind,
        "unit": value.unit,
        "limit_kind": value.limit_kind,
        "uncertainty": value.uncertainty_text,
        "basis": value.basis,
        "standing": value.standing if value.standing != "reported" else None,
        "flags": list(value.flags) or None,
        "source": _cell(value.cell) if value.cell is not None else None,
    }
    return {key: content for key, content in row.items() if content is not None}


def _cell(cell: Cell) -> dict[str, Any]:
    return {key: value for key, value in structs.asdict(cell).items() if value is not None}


def _cut(row: dict[str, Any], depth: Depth) -> dict[str, Any]:
    cut = dict(row)
    if "parts" in cut:
        cut["parts"] = [_cut(part, depth) for part in cut["parts"]]
    if "metric" in cut:
        if depth == 1:
            del cut["metric"]
        elif depth == 2:
            cut["metric"] = {k: v for k, v in cut["metric"].items() if k != "samples"}
    return cut
