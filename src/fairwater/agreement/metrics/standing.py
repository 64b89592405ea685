"""Standing: what stands on record. For it holds, against it fails, none is unknown.

The latest statement on the day decides; two that contradict each other on one
day are a conflict and unknown. An absent document is neither valid nor invalid.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from fairwater.agreement.context import Context
from fairwater.agreement.evidence import Evidence, FacilityEvidence
from fairwater.agreement.logic import EITHER, FAILS, HOLDS, Outlook, Truth
from fairwater.agreement.metrics.measured import Asked, Measured
from fairwater.agreement.model import Atom, DeclaredRef, StateRef
from fairwater.agreement.scope import Window, concerns, place_in_window, speaks_for
from fairwater.agreement.verdict import Compared, Missing, Reading, SampleOutcome
from fairwater.quantities.dates import CivilInterval
from fairwater.quantities.periods import Period

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
    compared: tuple[Compared, ...] = (),
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
        compared=compared,
    )
    return Measured(reading=reading, truth=truth, could_be=OUTLOOK[truth])


def facility_registered(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, asked: Asked
) -> Measured:
    """The facility stands on the register on the day of evaluation."""
    name = atom.facility or ctx.unit.get("facility") or ""
    if not name and ctx.goods is not None:
        missing = ctx.missing("statement", "facility", owed_by=ctx.role("documents"))
        return stands(atom.metric, None, open_=(missing,))
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
            registered = answers.pop()
            compared = _spans(latest, name, ctx.at, registered=registered, wanted=wanted)
            return stands(atom.metric, registered, wanted=wanted, cites=ids, compared=compared)
        clash = ctx.missing("conflict", name, owed_by=_keeper(ctx), reason="two entries differ")
        return stands(atom.metric, None, cites=ids, open_=(clash,))
    if found:
        compared = _spans(found, name, ctx.at, registered=False, wanted=wanted)
        return stands(
            atom.metric, False, wanted=wanted, cites=[e.id for e in found], compared=compared
        )
    missing = ctx.missing("statement", name or None, owed_by=_keeper(ctx), reason="no entry")
    return stands(atom.metric, None, open_=(missing,))


def _registered(entry: FacilityEvidence, at: date) -> bool:
    return entry.registered and (entry.until is None or at < entry.until)


def _spans(
    entries: list[FacilityEvidence], name: str, at: date, *, registered: bool, wanted: bool
) -> tuple[Compared, ...]:
    """The entries that were read, as what stood on the register and from when to when."""
    texts = sorted(
        f"[{e.since or '…'}, {e.until or '…'})" if e.registered else "-" for e in entries
    )
    return (
        Compared(
            what="registration",
            of=name,
            expected=f"{'∋' if wanted else '∌'} {at.isoformat()}",
            found=", ".join(texts),
            records=tuple(sorted(entry.id for entry in entries)),
            agrees=registered == wanted,
        ),
    )


def _keeper(ctx: Context) -> str:
    return ctx.terms.owed_by.statements or "importing"


def declared(ref: DeclaredRef, ctx: Context, evidence: Evidence) -> Measured:
    """The role's own latest declaration on the matter; nobody else's counts.

    One that does not state every point of `must_state` settles nothing: unknown.
    """
    window: Window | None = None
    if ref.window is not None:
        period = ctx.resolve(ref.window)
        if period is None:
            entry = ctx.missing("parameter", "window", owed_by=None)
            return stands("declared", None, open_=(entry,))
        window = Window(Period.parse(period).before(ctx.at), ctx.at)
    about = speaks_for if ctx.goods is None else concerns
    found = [
        entry
        for entry in evidence.declarations
        if entry.declared == ref.what
        and ctx.plays(entry.by, ref.who)
        and about(entry.unit, ctx.unit, evidence.zones)
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
    said = answers.pop()
    unstated = set(ref.must_state) - {point for entry in latest for point in entry.states}
    if said == ref.is_ and unstated:
        open_ = tuple(
            ctx.missing("statement", f"{ref.what}.{point}", owed_by=ref.who)
            for point in sorted(unstated)
        )
        return stands("declared", None, cites=ids, open_=open_)
    return stands("declared", said, wanted=ref.is_, cites=ids)


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
    told = Compared(
        what="state", of=ref.measure, expected=" | ".join(sorted(wanted)),
        found=reading.in_force, agrees=None if differing else now,
    )  # fmt: skip
    compared = () if ctx.goods is None else (told,)
    if differing:
        return stands("state", None, open_=tuple(differing), notes=notes, compared=compared)
    return stands("state", now, notes=notes, compared=compared)
