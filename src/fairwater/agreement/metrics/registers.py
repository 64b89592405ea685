"""Registers: what a keeper's register of consignments proves about a window.

Rejections in a register whose period lies inside the window are certain; where
it only overlaps, they may be inside. A register counts *zero* only if its
keeper states it complete through the window and something passed: no trade is
no finding. A register of a part of the unit (one facility of it), or of something the
agreement has no word for, covers none of it; what it rejects is the unit's where it
names the unit, else may be. Of registers whose periods overlap, one consignment may stand
in several: together they prove no more than those that do not overlap.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from fairwater.agreement.context import Context
from fairwater.agreement.evidence import Evidence, RegisterEvidence
from fairwater.agreement.metrics.measured import Asked, Measured
from fairwater.agreement.model import Atom
from fairwater.agreement.scope import Window, concerns
from fairwater.agreement.verdict import Missing, MissingKind, Reading

DAY = timedelta(days=1)


def noncompliance_count(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, asked: Asked
) -> Measured:
    """Consignments rejected in the window, as the keepers' registers say."""
    registers = [
        entry
        for entry in evidence.registers
        if (atom.register is None or entry.register == atom.register)
        and concerns(entry.unit, ctx.unit, evidence.zones)
        and not _outside(entry, window)
    ]
    high = 0
    sure: list[RegisterEvidence] = []
    open_: list[Missing] = []
    for entry in registers:
        rejected = entry.rejected
        if rejected is None:
            open_.append(_statement(entry, ctx, "the number rejected"))
        elif _inside(entry, window) and _of_the_unit(entry, ctx):
            sure.append(entry)
            high += rejected
        else:
            high += rejected
            if rejected:
                owed = ctx.role_of(entry.by)
                kind: MissingKind = "date" if _of_the_unit(entry, ctx) else "location"
                open_.append(ctx.missing(kind, entry.register, owed_by=owed))
    unproven = [e for e in registers if e.rejected is None]
    whole = [entry for entry in registers if not _of_a_part(entry, ctx)]
    complete = _covered(whole, window) and not unproven
    passed = any((e.consignments or 0) > 0 for e in whole)
    bounded = complete and passed
    notes: tuple[str, ...] = ()
    if not bounded and atom.empty == "zero" and not registers:
        bounded, notes = True, ("no register: counted as zero by `empty: zero`",)
    if not bounded:
        open_.extend(_incomplete(atom, ctx, registers, complete=complete))
    return Measured(
        reading=Reading(
            metric=atom.metric,
            low=Decimal(_at_least(sure)),
            high=Decimal(high) if bounded else None,
            first=window.first,
            last=window.last,
            cites=tuple(sorted(e.id for e in registers)),
            open=tuple(open_),
            notes=notes,
        )
    )


def _at_least(registers: list[RegisterEvidence]) -> int:
    """Rejections there were surely: of registers that overlap, the same may stand in both."""
    most: list[tuple[date, int]] = []
    for entry in sorted(registers, key=lambda e: (e.complete_through or date.max, e.since)):
        before = max((n for end, n in most if end < entry.since), default=0)
        most.append((entry.complete_through or date.max, before + (entry.rejected or 0)))
    return max((n for _, n in most), default=0)


def _of_a_part(entry: RegisterEvidence, ctx: Context) -> bool:
    """Whether the register speaks of less than the unit: it names what the unit does not."""
    return bool(ctx.unit) and any(dimension not in ctx.unit for dimension in entry.unit)


def _of_the_unit(entry: RegisterEvidence, ctx: Context) -> bool:
    """Whether what it rejected is surely of the unit: no part, or a part that names the unit."""
    return not _of_a_part(entry, ctx) or set(ctx.unit) <= set(entry.unit)


def _outside(entry: RegisterEvidence, window: Window) -> bool:
    through = entry.complete_through
    before = window.after is not None and through is not None and through <= window.after
    return before or entry.since > window.last


def _inside(entry: RegisterEvidence, window: Window) -> bool:
    through = entry.complete_through
    starts = window.after is None or entry.since > window.after
    return starts and through is not None and through <= window.last


def _covered(registers: list[RegisterEvidence], window: Window) -> bool:
    """Whether the stated complete periods, together, leave no day of the window out."""
    spans = sorted(
        (entry.since, entry.complete_through)
        for entry in registers
        if entry.complete_through is not None
    )
    if not spans:
        return False
    reached: date = window.after if window.after is not None else spans[0][0] - DAY
    for since, through in spans:
        if since > reached + DAY:
            return False
        reached = max(reached, through)
        if reached >= window.last:
            return True
    return reached >= window.last


def _incomplete(
    atom: Atom, ctx: Context, registers: list[RegisterEvidence], *, complete: bool
) -> list[Missing]:
    if not registers:
        owed = ctx.terms.owed_by.statements or "importing"
        of = atom.register
        return [ctx.missing("no_evidence", of, n=1, owed_by=owed, reason="no register")]
    if complete:
        owed_by = ctx.role_of(registers[0].by)
        return [ctx.missing("no_evidence", n=1, owed_by=owed_by, reason="nothing passed")]
    latest = max(registers, key=lambda e: (e.complete_through or date.min, e.id))
    return [_statement(latest, ctx, "that it is complete through the window")]


def _statement(entry: RegisterEvidence, ctx: Context, needs: str) -> Missing:
    owed = ctx.role_of(entry.by)
    return ctx.missing("statement", entry.register, owed_by=owed, needs=needs)
