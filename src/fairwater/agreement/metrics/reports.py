"""Reports: how old is the latest, was it made after a day, was it there before goods left.

    report      a report of that name: `report` evidence, or a document of the name by
                the day it was issued
    nuclides    the latest result on each nuclide named, in scope; the oldest counts

``le: P2Y`` holds through report day + P2Y, clamped. `not_before`: reports made
earlier do not count. `before`: one at least must be there by the day the goods
are dispatched, or by the day the facility first dispatched to that destination.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from fairwater.agreement.context import Context
from fairwater.agreement.evidence import DocumentEvidence, Evidence
from fairwater.agreement.logic import EITHER
from fairwater.agreement.metrics.measured import Asked, Measured
from fairwater.agreement.metrics.parts import Part, part, span, together
from fairwater.agreement.metrics.selection import candidates
from fairwater.agreement.metrics.standing import stands
from fairwater.agreement.model import Atom, Param
from fairwater.agreement.scope import Window, concerns, days_of
from fairwater.agreement.verdict import Missing, Reading
from fairwater.quantities.dates import NOT_STATED, CivilInterval
from fairwater.quantities.periods import Period


class Made(NamedTuple):
    """A report, the days it may have been made, and the day it became known."""

    id: str
    dated: CivilInterval
    known: date

    @property
    def last(self) -> date:
        """The last day it may have been made."""
        return self.dated.last or self.known


def report_age(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, asked: Asked
) -> Measured:
    """Time since the latest report, or since the latest result on each nuclide."""
    text = None if isinstance(atom.operand, bool) else ctx.resolve(atom.operand)
    earliest = None if atom.not_before is None else ctx.resolve(atom.not_before)
    if text is None or (atom.not_before is not None and earliest is None):
        operand = atom.operand if text is None else atom.not_before
        of = operand.param if isinstance(operand, Param) else None
        entry = ctx.missing("parameter", of, owed_by=None)
        return stands(atom.metric, None, open_=(entry,))
    if atom.nuclides:
        made = {n: _results(atom, ctx, evidence, window, n) for n in atom.nuclides}
    else:
        made = {atom.report or "": _reports(atom, ctx, evidence)}
    absent = [name for name, found in made.items() if not found]
    period = Period.parse(text)
    parts: list[Part] = []
    days: list[tuple[int, int | None]] = []
    for name, found in made.items():
        if found:
            parts += _series(atom, ctx, evidence, name, found, period, earliest)
            days.append(_age(_latest(found), ctx))
        else:
            missing = _wanted(atom, ctx, name)
            expected = f"{atom.comparator} {period}"
            parts.append(part("report", None, expected, None, of=name, missing=missing))
    if len(absent) == len(made):
        entries = tuple(one.missing for one in parts if one.missing is not None)
        compared = tuple(one.compared for one in parts)
        reading = Reading(
            metric=atom.metric, low=Decimal(0), high=None, open=entries, compared=compared
        )
        return Measured(reading=reading, truth="unknown", could_be=EITHER)
    highs = [high for _, high in days if high is not None]
    high = max(highs) if len(highs) == len(made) else None
    return together(
        atom.metric,
        parts,
        notes=tuple(_note(_latest(found)) for found in made.values() if found),
        days=(max(low for low, _ in days), high),
    )


def _series(
    atom: Atom,
    ctx: Context,
    evidence: Evidence,
    name: str,
    found: Sequence[Made],
    period: Period,
    earliest: str | None,
) -> list[Part]:
    """Age of the latest; whether it is late enough; whether one was there in time."""
    latest = _latest(found)
    first, last = latest.dated.first, min(latest.last, ctx.at)
    oldest = None if first is None else _within(first, period, ctx.at, atom.comparator)
    youngest = _within(last, period, ctx.at, atom.comparator)
    doubt = ctx.missing("date", name, owed_by=ctx.role("documents"))
    said, ids = span(CivilInterval(first, latest.last)) or latest.last.isoformat(), [latest.id]
    agrees = youngest if oldest == youngest else None
    expected = f"{atom.comparator} {period}, {ctx.at.isoformat()}"
    parts = [part("report", agrees, expected, said, of=name, records=ids, missing=doubt)]
    counting = list(found)
    if earliest is not None:
        day = date.fromisoformat(earliest)
        late = True if first is not None and first >= day else None
        late = False if latest.last < day else late
        parts.append(
            part("report_day", late, f"≥ {earliest}", said, of=name, records=ids, missing=doubt)
        )
        counting = [one for one in found if one.last >= day]
    if atom.before is not None and counting:
        parts.append(_in_time(atom, ctx, evidence, name, counting))
    return parts


def _in_time(
    atom: Atom, ctx: Context, evidence: Evidence, name: str, counting: Sequence[Made]
) -> Part:
    """Whether one of the reports was there when the goods, or the first goods, left."""
    leaving = _leaving(atom, ctx, evidence)
    early = min(counting, key=lambda one: (one.last, one.dated.first or date.min, one.id))
    ids = [early.id]
    said = span(CivilInterval(early.dated.first, early.last))
    expected = f"≤ {span(leaving) or atom.before}"
    agrees: bool | None = None
    missing = ctx.missing("date", name, owed_by=ctx.role("documents"))
    if leaving.first is None or leaving.last is None:
        owed = ctx.role("documents")
        missing = ctx.missing("date", "dispatched", owed_by=owed, needs="the day of dispatch")
    elif early.last <= leaving.first:
        agrees = True
    elif all(one.dated.first is not None and one.dated.first > leaving.last for one in counting):
        agrees = False
    return part("report_before", agrees, expected, said, of=name, records=ids, missing=missing)


def _leaving(atom: Atom, ctx: Context, evidence: Evidence) -> CivilInterval:
    goods = ctx.goods
    if goods is None:
        return NOT_STATED
    if atom.before == "dispatched":
        return goods.dispatched
    if goods.facility is None:
        return NOT_STATED
    days = [
        other.dispatched
        for other in (*evidence.consignments, goods)
        if other.facility == goods.facility and other.destination == goods.destination
    ]
    firsts = [day.first for day in days]
    lasts = [day.last for day in days if day.last is not None]
    known = [first for first in firsts if first is not None]
    return CivilInterval(min(known) if len(known) == len(days) else None, min(lasts, default=None))


def _results(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, nuclide: str
) -> list[Made]:
    """Results on a nuclide in scope, by the day of the result."""
    return [
        Made(record.id, days, record.known)
        for candidate in candidates(atom, ctx, evidence, window)
        if candidate.certain
        for record in candidate.records
        if any(nuclide in value.nuclides for value in record.values)
        for days in [days_of(record, "resulted")]
        if not (days.first is not None and days.first > ctx.at)
    ]


def _reports(atom: Atom, ctx: Context, evidence: Evidence) -> list[Made]:
    found = [
        Made(entry.id, entry.dated, entry.known)
        for entry in evidence.reports
        if entry.report == atom.report and concerns(entry.unit, ctx.unit, evidence.zones)
    ]
    found += [
        Made(entry.id, entry.issued, entry.known)
        for entry in evidence.documents
        if entry.document == atom.report
        and entry.ruling != "rejected"
        and entry.issued.stated
        and concerns(_about(entry), ctx.unit, evidence.zones)
    ]
    return [m for m in found if not (m.dated.first is not None and m.dated.first > ctx.at)]


def _about(entry: DocumentEvidence) -> dict[str, str]:
    about = dict(entry.unit)
    about |= {"facility": entry.facility} if entry.facility else {}
    return about | ({"consignment": entry.consignment} if entry.consignment else {})


def _latest(found: Sequence[Made]) -> Made:
    return max(found, key=lambda one: (one.last, one.dated.first or date.min, one.id))


def _age(latest: Made, ctx: Context) -> tuple[int, int | None]:
    first, last = latest.dated.first, min(latest.last, ctx.at)
    return (ctx.at - last).days, None if first is None else (ctx.at - first).days


def _note(latest: Made) -> str:
    return f"report of {latest.dated.first} to {latest.dated.last}; age in days"


def _wanted(atom: Atom, ctx: Context, name: str) -> Missing:
    if atom.nuclides:
        return ctx.missing("no_evidence", name, n=1, owed_by=ctx.role("samples"))
    return ctx.missing("document", name, owed_by=ctx.role("documents"))


def _within(day: date, period: Period, at: date, comparator: str) -> bool:
    end = period.after(day)
    return {"le": at <= end, "lt": at < end, "gt": at > end, "ge": at >= end}[comparator]
