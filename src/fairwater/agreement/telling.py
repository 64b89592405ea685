"""A timeline as plain data: what `fairwater evaluate --json` prints for one unit.

    {"unit": {"species": …, "zone": …}, "measure": "restriction", "state": "none",
     "timeline": [{"transition": "impose", "eligible_from": "2021-04-01",
                   "eligible_until": null, "decided": null, "clause": …,
                   "evidence": [ids], "numbers": [{"atom": …, "value": [2, 2], …}]}],
     "missing": [{"kind": "no_evidence", "owed_by": "origin", …}]}

Stable: fields are added, never renamed. `timeline` is in order of time;
`missing` is what the steps that start from the state in force still lack.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import structs

from fairwater.agreement.model import Agreement, Transition
from fairwater.agreement.timeline import Opening, Span, Taken, Timeline
from fairwater.agreement.verdict import Node, Verdict, distinct


def told(timeline: Timeline, agreement: Agreement) -> dict[str, Any]:
    """The timeline of one measure of one unit."""
    transitions = {t.id: t for t in agreement.transitions}
    missing = distinct(
        [entry for name in sorted(timeline.now) for entry in timeline.now[name].missing]
    )
    answer: dict[str, Any] = {
        "unit": dict(timeline.unit),
        "measure": timeline.measure,
        "state": timeline.in_force,
        "since": _day(timeline.since),
        "status": timeline.status,
        "timeline": [
            _opening(o, transitions[o.transition])
            for o in sorted(timeline.openings, key=lambda o: (o.since, o.transition))
        ],
        "states": [_span(span) for span in timeline.spans],
        "taken": [_taken(step) for step in timeline.taken],
        "missing": [entry.plain() for entry in missing],
        "now": {
            name: {"verdict": verdict.verdict, "numbers": numbers(verdict)}
            for name, verdict in sorted(timeline.now.items())
        },
        "hypothetical": timeline.hypothetical,
    }
    if timeline.asserted:
        answer["asserted"] = [structs.asdict(entry) for entry in timeline.asserted]
    for name in ("recorded_only", "not_taken", "flags"):
        if getattr(timeline, name):
            answer[name] = list(getattr(timeline, name))
    if timeline.alarms:
        answer["alarms"] = [
            {k: _plain(v) for k, v in structs.asdict(alarm).items() if v is not None}
            for alarm in timeline.alarms
        ]
    return answer


def numbers(verdict: Verdict) -> list[dict[str, Any]]:
    """What each atom of a verdict read: metric, window, possible values, comparison."""
    return [_atom(node) for node in verdict.tree.atoms() if node.reading is not None]


def _atom(node: Node) -> dict[str, Any]:
    reading = node.reading
    if reading is None:
        return {"atom": node.path, "verdict": node.verdict}
    row: dict[str, Any] = {
        "atom": node.path,
        "verdict": node.verdict,
        "metric": reading.metric,
        "value": list(reading.value),
    }
    if reading.comparator:
        row["compares"] = {reading.comparator: reading.operand}
    if reading.last is not None:
        row["window"] = {"first": _day(reading.first), "last": _day(reading.last)}
    return row


def _opening(opening: Opening, transition: Transition) -> dict[str, Any]:
    row: dict[str, Any] = {
        "transition": opening.transition,
        "eligible_from": _day(opening.since),
        "eligible_until": _day(opening.until),
        "ended_by": opening.ended_by,
        "decided": _day(opening.decided),
        "decision": opening.decision,
        "clause": _clause(transition),
        "evidence": list(opening.verdict.cites),
        "numbers": numbers(opening.verdict),
    }
    if opening.decide_by is not None:
        row["decide_by"] = _day(opening.decide_by)
    return row


def _clause(transition: Transition) -> dict[str, Any]:
    row: dict[str, Any] = {"id": transition.id, "decided_by": transition.decided_by}
    if transition.text is not None:
        row["text"] = {k: v for k, v in structs.asdict(transition.text).items() if v is not None}
    if transition.cite is not None:
        row["cite"] = {"src": list(transition.cite.src), "cert": transition.cite.cert}
    return row


def _span(span: Span) -> dict[str, Any]:
    return {name: _plain(value) for name, value in structs.asdict(span).items()}


def _taken(step: Taken) -> dict[str, Any]:
    fields = {k: v for k, v in structs.asdict(step).items() if k != "verdict"}
    return {name: _plain(value) for name, value in fields.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    return value


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
