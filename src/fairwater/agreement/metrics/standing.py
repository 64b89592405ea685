"""Standing: what stands on record. For it holds, against it fails, none is unknown.

The latest statement on the day decides; two that contradict each other on one
day are a conflict and unknown. An absent document is neither valid nor invalid.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from fairwater.agreement.context import Context, value_on
from fairwater.agreement.evidence import (
    DocumentEvidence,
    Evidence,
    FacilityEvidence,
    Value,
)
from fairwater.agreement.logic import EITHER, FAILS, HOLDS, Outlook, Truth
from fairwater.agreement.metrics.measured import Asked, Measured
from fairwater.agreement.metrics.selection import candidates, cites, unjudged
from fairwater.agreement.model import Atom, DeclaredRef, StateRef
from fairwater.agreement.scope import Window, concerns, place_in_window
from fairwater.agreement.verdict import Missing, Reading, SampleOutcome
from fairwater.quantities.dates import CivilInterval
from fairwater.quantities.decimals import exact, plain
from fairwater.quantities.periods import Period
from fairwater.quantities.units import UnitError, convert

DAY = timedelta(days=1)
OUTLOOK: dict[Truth, Outlook] = {"holds": HOLDS, "fails": FAILS, "unknown": EITHER}


def stands(
    metric: str,
    positive: bool | None,
    *,
    wanted: bool = True,
    cites: Iterable[str] = (),
    open_: tuple[Missing, ...] = (),
    notes: tuple[str, ...] = (),
    samples: tuple[SampleOutcome, ...] = (),
) -> Measured:
    """Verdict of a record for (True), against (False) or none (None), asked `is: wanted`."""
    truth: Truth = "unknown"
    if positive is not None:
        truth = "holds" if positive == wanted else "fails"
    known = None if positive is None else Decimal(int(positive))
    reading = Reading(
        metric=metric,
        low=Decimal(0) if known is None else known,
        high=Decimal(1) if known is None else known,
        cites=tuple(sorted(cites)),
        open=open_ if truth == "unknown" else (),
        notes=notes,
        samples=samples,
    )
    return Measured(reading=reading, truth=truth, could_be=OUTLOOK[truth])


def document_valid(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, asked: Asked
) -> Measured:
    """The latest ruling on the document; past its validity it is not valid."""
    name = atom.document or ""
    kind = ctx.terms.documents.get(name)
    owed = kind.issuer if kind is not None else ctx.role("documents")
    missing = ctx.missing("document", name, owed_by=owed)
    found = [
        entry
        for entry in evidence.documents
        if entry.document == name
        and concerns(entry.unit, ctx.unit, evidence.zones)
        and (atom.window is None or place_in_window(entry.dated, window) == "in")
    ]
    ruled = [entry for entry in found if entry.ruling is not None]
    latest = _latest(ruled)
    rulings = {_valid(entry, ctx.at) for entry in latest}
    ids = [entry.id for entry in (latest or found)]
    wanted = atom.is_ is not False
    if len(rulings) == 1:
        return stands(atom.metric, rulings.pop(), wanted=wanted, cites=ids)
    if rulings:
        clash = ctx.missing("conflict", name, owed_by=owed, reason="ruled both ways on one day")
        return stands(atom.metric, None, cites=ids, open_=(clash,))
    notes = ("presented, not ruled upon",) if found else ()
    return stands(atom.metric, None, cites=ids, open_=(missing,), notes=notes)


def _valid(entry: DocumentEvidence, at: date) -> bool:
    return entry.ruling == "accepted" and (entry.valid_to is None or at <= entry.valid_to)


def _latest(entries: list[DocumentEvidence]) -> list[DocumentEvidence]:
    last = max((entry.dated.last or entry.known for entry in entries), default=None)
    return [entry for entry in entries if (entry.dated.last or entry.known) == last]


def facility_registered(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, asked: Asked
) -> Measured:
    """The facility stands on the register on the day of evaluation."""
    name = atom.facility or ctx.unit.get("facility") or ""
    found = [
        entry
        for entry in evidence.facilities
        if entry.facility == name and (atom.register in (None, entry.register))
    ]
    started = [e for e in found if e.since is None or e.since <= ctx.at]
    wanted = atom.is_ is not False
    if started:
        last = max(e.since or date.min for e in started)
        latest = [e for e in started if (e.since or date.min) == last]
        answers = {_registered(entry, ctx.at) for entry in latest}
        ids = [entry.id for entry in latest]
        if len(answers) == 1:
            return stands(atom.metric, answers.pop(), wanted=wanted, cites=ids)
        clash = ctx.missing("conflict", name, owed_by=_keeper(ctx), reason="two entries differ")
        return stands(atom.metric, None, cites=ids, open_=(clash,))
    if found:
        return stands(atom.metric, False, wanted=wanted, cites=[e.id for e in found])
    missing = ctx.missing("statement", name or None, owed_by=_keeper(ctx), reason="no entry")
    return stands(atom.metric, None, open_=(missing,))


def _registered(entry: FacilityEvidence, at: date) -> bool:
    return entry.registered and (entry.until is None or at < entry.until)


def _keeper(ctx: Context) -> str:
    return ctx.terms.owed_by.statements or "importing"


def report_age(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, asked: Asked
) -> Measured:
    """Time since the latest report; ``le: P2Y`` holds through report day + P2Y, clamped."""
    name = atom.report or ""
    text = None if isinstance(atom.operand, bool) else ctx.resolve(atom.operand)
    found = [
        entry
        for entry in evidence.reports
        if entry.report == name
        and concerns(entry.unit, ctx.unit, evidence.zones)
        and not (entry.dated.first is not None and entry.dated.first > ctx.at)
    ]
    if text is None:
        entry = ctx.missing("parameter", _name(atom), owed_by=None)
        return stands(atom.metric, None, open_=(entry,))
    if not found:
        missing = ctx.missing("document", name, owed_by=ctx.role("documents"))
        reading = Reading(metric=atom.metric, low=Decimal(0), high=None, open=(missing,))
        return Measured(reading=reading, truth="unknown", could_be=EITHER)
    latest = max(found, key=lambda e: (e.dated.last or e.known, e.dated.first or date.min, e.id))
    first = latest.dated.first
    last = min(latest.dated.last or latest.known, ctx.at)
    period = Period.parse(text)
    oldest = None if first is None else _within(first, period, ctx.at, atom.comparator)
    youngest = _within(last, period, ctx.at, atom.comparator)
    truth: Truth = "unknown"
    if oldest is not None and oldest == youngest:
        truth = "holds" if youngest else "fails"
    doubt = ctx.missing("date", name, owed_by=ctx.role("documents"))
    reading = Reading(
        metric=atom.metric,
        low=Decimal((ctx.at - last).days),
        high=None if first is None else Decimal((ctx.at - first).days),
        cites=(latest.id,),
        open=(doubt,) if truth == "unknown" else (),
        notes=(f"report of {latest.dated.first} to {latest.dated.last}; age in days",),
    )
    return Measured(reading=reading, truth=truth, could_be=OUTLOOK[truth])


def _name(atom: Atom) -> str:
    operand = atom.operand
    return str(operand) if isinstance(operand, str | bool) else operand.param


def _within(day: date, period: Period, at: date, comparator: str) -> bool:
    end = period.after(day)
    return {"le": at <= end, "lt": at < end, "gt": at > end, "ge": at >= end}[comparator]


def detection_limit_met(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, asked: Asked
) -> Measured:
    """Every reported detection limit in scope and window is at or below the required one.

    The required one is `required`, the operand of `le`, or the value of `limit`.
    """
    required, nuclides, unit = _required(atom, ctx)
    if required is None:
        entry = ctx.missing("parameter", "required", owed_by=None)
        return stands(atom.metric, None, open_=(entry,))
    seen: list[SampleOutcome] = []
    above: list[str] = []
    doubtful: list[Missing] = []
    surely = False
    for candidate in candidates(atom, ctx, evidence, window):
        reported = [
            limit
            for record in candidate.records
            for value in record.values
            if not nuclides or set(value.nuclides) <= set(nuclides)
            if (limit := _reported_limit(value, unit)) is not None
        ]
        if not reported:
            continue
        seen.append(unjudged(candidate))
        worst = max(reported)
        if not candidate.certain:
            doubtful.extend(candidate.doubts if worst > required else ())
        elif worst > required:
            above.append(f"{candidate.sample}: {plain(worst)} > {plain(required)}")
        surely = surely or candidate.certain
    wanted = atom.is_ is not False
    ids = cites(seen)
    if above:
        return stands(
            atom.metric, False, wanted=wanted, cites=ids, notes=tuple(above), samples=tuple(seen)
        )
    if doubtful:
        return stands(atom.metric, None, cites=ids, open_=tuple(doubtful), samples=tuple(seen))
    if surely:
        return stands(atom.metric, True, wanted=wanted, cites=ids, samples=tuple(seen))
    doubts = tuple(doubt for outcome in seen for doubt in outcome.doubts)
    missing = doubts or (ctx.missing("no_evidence", n=1, owed_by=ctx.role("results")),)
    return stands(atom.metric, None, cites=ids, open_=missing, samples=tuple(seen))


def _required(atom: Atom, ctx: Context) -> tuple[Decimal | None, tuple[str, ...], str | None]:
    operand = atom.required if atom.required is not None else atom.le
    if operand is not None:
        return ctx.number(operand), atom.nuclides, atom.unit
    if not atom.limits:
        return None, (), None
    limit = ctx.limit(atom.limits[0])
    entry = value_on(limit.dated, ctx.at)
    value = None if entry is None or entry.value is None else exact(entry.value)
    return value, atom.nuclides or limit.nuclides, limit.unit


def _reported_limit(value: Value, unit: str | None) -> Decimal | None:
    """The detection limit a result states: the one it is censored at, or the one beside it."""
    limit = value.detection_limit
    if limit is None and value.kind == "censored":
        limit = value.threshold if value.threshold is not None else value.allowed.high
    if limit is None or unit is None or value.unit is None or value.unit == unit:
        return limit
    try:
        return convert(limit, value.unit, unit)
    except UnitError:
        return None


def declared(ref: DeclaredRef, ctx: Context, evidence: Evidence) -> Measured:
    """The role's own latest declaration on the matter; nobody else's counts."""
    window: Window | None = None
    if ref.window is not None:
        period = ctx.resolve(ref.window)
        if period is None:
            entry = ctx.missing("parameter", "window", owed_by=None)
            return stands("declared", None, open_=(entry,))
        window = Window(Period.parse(period).before(ctx.at), ctx.at)
    found = [
        entry
        for entry in evidence.declarations
        if entry.declared == ref.what
        and ctx.plays(entry.by, ref.who)
        and concerns(entry.unit, ctx.unit, evidence.zones)
        and _by(entry.dated, ctx.at)
        and (window is None or place_in_window(entry.dated, window) == "in")
    ]
    missing = ctx.missing("statement", ref.what, owed_by=ref.who)
    if not found:
        return stands("declared", None, open_=(missing,))
    last = max(entry.dated.last or entry.known for entry in found)
    latest = [entry for entry in found if (entry.dated.last or entry.known) == last]
    answers = {entry.value for entry in latest}
    ids = [entry.id for entry in latest]
    if len(answers) > 1:
        clash = ctx.missing("conflict", ref.what, owed_by=ref.who, reason="declared both ways")
        return stands("declared", None, cites=ids, open_=(clash,))
    return stands("declared", answers.pop(), wanted=ref.is_, cites=ids)


def _by(dated: CivilInterval, at: date) -> bool:
    return dated.first is None or dated.first <= at


def state_is(ref: StateRef, ctx: Context) -> Measured:
    """The measure is in a state; unknown while a holder of the power asserts another."""
    ctx.reads.add(f"measures.{ref.measure}")
    wanted = {ref.is_} if isinstance(ref.is_, str) else set(ref.is_)
    reading = ctx.states.get(ref.measure)
    if reading is None:
        missing = ctx.missing("statement", ref.measure, owed_by=ctx.terms.owed_by.statements)
        return stands("state", None, open_=(missing,))
    now = reading.in_force in wanted
    differing = [m for state, m in reading.contested.items() if (state in wanted) != now]
    notes = (f"in force: {reading.in_force}",)
    if differing:
        return stands("state", None, open_=tuple(differing), notes=notes)
    return stands("state", now, notes=notes)
