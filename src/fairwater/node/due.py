"""What is due at a day, from whom: results, withheld results, samples, reviews.

    result     a registered sample has no report yet; due on its `result_due`
    withheld   a result was withheld and promised for a day
    sample     a sampling plan's period is over without a sample, or with fewer
    review     a measure's review clock ran out since its last review or decision

The due day itself is not overdue. What is missing is named with who owes it;
nothing here changes a state.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from fairwater.node.stated import statements
from fairwater.quantities.periods import Period
from fairwater.records import Decision, MissedSample, Review, Sample, SamplingPlan
from fairwater.records.standing import Unit

if TYPE_CHECKING:
    from fairwater.agreement.model import Agreement
    from fairwater.archive import Archive


class Due(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing due. `overdue_days` is above 0 once the due day has passed."""

    kind: Literal["result", "withheld", "sample", "review"]
    of: str
    due: date
    overdue_days: int
    owed_by: str | None = None
    party: str | None = None
    unit: Unit | None = None
    detail: str | None = None


def due(
    archive: Archive,
    at: date,
    *,
    agreement: Agreement | None = None,
    bindings: dict[str, str] | None = None,
) -> list[Due]:
    """Everything due or overdue at `at`, the oldest first.

    Parameters
    ----------
    archive : Archive
        What the node knows.
    at : date
        The day asked about.
    agreement : Agreement, optional
        Whose review clocks to ask.
    bindings : dict, optional
        Role to party.
    """
    bound = bindings or {}
    found = [
        *_results(archive, at),
        *_withheld(archive, at),
        *_samples(archive, at),
        *([] if agreement is None else _reviews(archive, agreement, at)),
    ]
    named = [
        entry if entry.party or entry.owed_by is None else _with_party(entry, bound)
        for entry in found
    ]
    return sorted(named, key=lambda d: (d.due, d.kind, d.of))


def _with_party(entry: Due, bound: dict[str, str]) -> Due:
    return replace(entry, party=bound.get(entry.owed_by or ""))


def _late(day: date, at: date) -> int:
    return max(0, (at - day).days)


_RESOLVED = "SELECT DISTINCT sample_id FROM current_reports WHERE sample_id IS NOT NULL"
_WITHHELD = """
SELECT s.promised, s.nuclides, r.report_id, r.item, r.laboratory
FROM current_results AS s JOIN current_reports AS r ON r.report_id = s.report_id
WHERE s.standing = 'withheld' AND s.promised IS NOT NULL
ORDER BY s.promised, r.report_id, s.nuclides
"""
_DAYS = """
SELECT DISTINCT item_base, species, region, zone, collected_first, collected_last
FROM current_reports WHERE collected_first IS NOT NULL
"""


def _results(archive: Archive, at: date) -> Iterator[Due]:
    resolved = set(archive.query(_RESOLVED)["sample_id"].to_pylist())
    for stated in statements(archive, Sample):
        sample = stated.record
        if sample.result_due is None or stated.id in resolved:
            continue
        day = date.fromisoformat(sample.result_due)
        yield Due(
            kind="result",
            of=sample.sample or stated.id,
            due=day,
            overdue_days=_late(day, at),
            owed_by=sample.owed_by,
            detail=", ".join(sample.planned) or None,
        )


def _withheld(archive: Archive, at: date) -> Iterator[Due]:
    for row in archive.query(_WITHHELD).to_pylist():
        day = date.fromisoformat(row["promised"])
        yield Due(
            kind="withheld",
            of=row["report_id"],
            due=day,
            overdue_days=_late(day, at),
            owed_by=row["laboratory"],
            detail=f"{row['nuclides']} in {row['item'] or 'a sample'}",
        )


def _samples(archive: Archive, at: date) -> Iterator[Due]:
    plans = list(statements(archive, SamplingPlan))
    if not plans:
        return
    rows = archive.query(_DAYS).to_pylist()
    missed = [s.record for s in statements(archive, MissedSample)]
    for stated in plans:
        plan = stated.record
        every = Period.parse(plan.every)
        drawn = sorted(
            row["collected_last"]
            for row in rows
            if _of_unit(row, plan.unit) and row["collected_last"] <= at
        )
        start = date.fromisoformat(plan.valid_from) if plan.valid_from else None
        last = drawn[-1] if drawn else start
        if last is None or (plan.valid_to is not None and plan.valid_to <= at.isoformat()):
            continue
        day = every.after(last)
        reasons = [
            m.reason
            for m in missed
            if (m.plan in (None, plan.plan))
            and (m.unit is None or m.unit == plan.unit)
            and last.isoformat() < m.dated[:10] <= at.isoformat()
        ]
        yield Due(
            kind="sample",
            of=plan.plan,
            due=day,
            overdue_days=_late(day, at),
            owed_by=plan.owed_by,
            unit=plan.unit,
            detail="; ".join(["no sample since " + last.isoformat(), *reasons]),
        )


def _of_unit(row: dict[str, object], unit: Unit | None) -> bool:
    """Whether a report's columns carry every value that the plan's unit names."""
    return all(value in row.values() for value in (unit or {}).values())


def _reviews(archive: Archive, agreement: Agreement, at: date) -> Iterator[Due]:
    decisions = [s.record for s in statements(archive, Decision)]
    reviews = [s.record for s in statements(archive, Review)]
    for measure in agreement.measures:
        if measure.review is None:
            continue
        every = Period.parse(measure.review.every)
        taken = [d for d in decisions if d.agreement == agreement.id and d.measure == measure.id]
        for unit in sorted({tuple(sorted(d.unit.items())) for d in taken}):
            named = dict(unit)
            days = [date.fromisoformat(d.effective) for d in taken if d.unit == named]
            days += [
                date.fromisoformat(r.dated[:10])
                for r in reviews
                if r.agreement in (None, agreement.id)
                and r.measure == measure.id
                and (r.unit is None or r.unit == named)
            ]
            last = max((day for day in days if day <= at), default=None)
            if last is None:
                continue
            day = every.after(last)
            yield Due(
                kind="review",
                of=measure.id,
                due=day,
                overdue_days=_late(day, at),
                owed_by=measure.review.by,
                unit=named,
                detail=f"last review or decision {last.isoformat()}",
            )
