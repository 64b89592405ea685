"""Lots: does every lot have a result within each limit, and was each measured well enough.

    lots_within_limit    every lot × every limit: a result that complies, none that exceeds
    detection_limit_met  reported detection limits are at or below the required one; with
                         `each`, every lot, every nuclide must report one

A lot without a sample is unknown and is named. A sample that names no lot
speaks for the whole: of several lots it clears none, and if it exceeds, the
goods do.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from fairwater.agreement.context import Context, value_on
from fairwater.agreement.evidence import Evidence, Value
from fairwater.agreement.metrics.measured import Asked, Measured
from fairwater.agreement.metrics.parts import Part, part, together
from fairwater.agreement.metrics.selection import (
    Candidate,
    candidates,
    cites,
    judged,
    unjudged,
)
from fairwater.agreement.metrics.standing import stands
from fairwater.agreement.model import Atom, Limit
from fairwater.agreement.scope import Window
from fairwater.agreement.verdict import Missing, SampleOutcome, bound
from fairwater.quantities.decimals import exact, plain
from fairwater.quantities.units import UnitError, convert


def lots_within_limit(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, asked: Asked
) -> Measured:
    """Every lot has a result that complies with each limit, and none exceeds one."""
    found = candidates(atom, ctx, evidence, window)
    names = _lots(ctx)
    parts: list[Part] = []
    shown: list[SampleOutcome] = []
    for key in atom.limits:
        limit = ctx.limit(key)
        by_lot: dict[str | None, list[SampleOutcome]] = {name: [] for name in names}
        others: list[SampleOutcome] = []
        for candidate in found:
            outcome = judged(candidate, [limit], ctx)
            if outcome is None:
                continue
            shown.append(outcome)
            by_lot.get(_lot_of(candidate, names), others).append(outcome)
        for name in names:
            parts += _against(limit, name, by_lot[name], ctx)
        parts += [
            one for sample in others for one in _against(limit, None, [sample], ctx)
            if one.compared.agrees is False
        ]  # fmt: skip
    return together(
        atom.metric, parts, wanted=atom.is_ is not False, samples=tuple(sorted(shown, key=_key))
    )


def _key(sample: SampleOutcome) -> tuple[str, str]:
    return (sample.sample, sample.records[0].limit or "")


def _lots(ctx: Context) -> list[str | None]:
    stated = [] if ctx.goods is None else sorted({lot.lot for lot in ctx.goods.lots})
    return [*stated] or [None]


def _lot_of(candidate: Candidate, names: list[str | None]) -> str | None:
    """The lot a sample speaks for; the only one, if it names none. None: no lot of these."""
    stated = {record.unit.get("lot") for record in candidate.records} - {None}
    if names == [None]:
        return None
    if not stated:
        return names[0] if len(names) == 1 else None
    return stated.pop() if len(stated) == 1 else None


def _against(
    limit: Limit, lot: str | None, samples: list[SampleOutcome], ctx: Context
) -> list[Part]:
    """Samples of one lot against one limit: those that exceed, else what is open, else one part."""
    entry = value_on(limit.dated, ctx.at) or next(iter(limit.dated))
    sign = "≤" if limit.exceeds_when == "gt" else "<"
    expected = f"{sign} {entry.value} {limit.unit} ({limit.id})"
    label = _label(lot, limit.id)
    exceeding = [s for s in samples if s.place == "in" and s.outcome == "exceeds"]
    if exceeding:
        return [
            part("limit", False, expected, _found(s), of=lot, records=cites([s]))
            for s in exceeding
        ]  # fmt: skip
    doubtful = [s for s in samples if s.outcome != "complies"]
    if doubtful:
        return [
            part("limit", None, expected, _found(s), of=lot, records=cites([s]), missing=entry_)
            for s in doubtful
            for entry_ in ([*s.doubts, *s.missing] or [_nothing(label, ctx)])
        ]
    sure = [s for s in samples if s.place == "in"]
    if sure:
        found = ", ".join(_found(s) or "-" for s in sure)
        return [part("limit", True, expected, found, of=lot, records=cites(sure))]
    doubts = [doubt for s in samples for doubt in s.doubts] or [_nothing(label, ctx)]
    return [part("limit", None, expected, None, of=lot, missing=doubt) for doubt in doubts]


def _label(lot: str | None, what: str) -> str:
    return what if lot is None else f"{lot} {what}"


def _nothing(label: str, ctx: Context) -> Missing:
    return ctx.missing("no_evidence", label, what="sample", n=1, owed_by=ctx.role("samples"))


def _found(sample: SampleOutcome) -> str | None:
    """The ends that were compared, of every record: ``97`` or ``0..12``."""
    texts = {
        str(bound(one.low)) if one.low == one.high else f"{bound(one.low)}..{bound(one.high)}"
        for one in sample.records
    }
    return ", ".join(sorted(texts)) or None


class _Required(NamedTuple):
    """What a detection limit has to meet: value, nuclides asked, unit."""

    value: Decimal | None
    nuclides: tuple[str, ...]
    unit: str | None


def detection_limit_met(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, asked: Asked
) -> Measured:
    """Every reported detection limit in scope and window is at or below the required one.

    The required one is `required`, the operand of `le`, or the value of `limit`.
    """
    required = _required(atom, ctx)
    if required.value is None:
        entry = ctx.missing("parameter", "required", owed_by=None)
        return stands(atom.metric, None, open_=(entry,))
    found = candidates(atom, ctx, evidence, window)
    if atom.each:
        return _each(atom, ctx, found, required)
    return _every(atom, ctx, found, required, required.value)


def _every(
    atom: Atom, ctx: Context, found: list[Candidate], required: _Required, most: Decimal
) -> Measured:
    seen: list[SampleOutcome] = []
    above: list[str] = []
    doubtful: list[Missing] = []
    surely = False
    for candidate in found:
        reported = _reported(candidate, required.nuclides, required.unit)
        if not reported:
            continue
        seen.append(unjudged(candidate))
        worst = max(reported)
        if not candidate.certain:
            doubtful.extend(candidate.doubts if worst > most else ())
        elif worst > most:
            above.append(f"{candidate.sample}: {plain(worst)} > {plain(most)}")
        surely = surely or candidate.certain
    wanted = atom.is_ is not False
    ids, shown = cites(seen), tuple(seen)
    if above:
        return stands(
            atom.metric, False, wanted=wanted, cites=ids, notes=tuple(above), samples=shown
        )
    if doubtful:
        return stands(atom.metric, None, cites=ids, open_=tuple(doubtful), samples=shown)
    if surely:
        return stands(atom.metric, True, wanted=wanted, cites=ids, samples=shown)
    doubts = tuple(doubt for outcome in seen for doubt in outcome.doubts)
    missing = doubts or (ctx.missing("no_evidence", n=1, owed_by=ctx.role("results")),)
    return stands(atom.metric, None, cites=ids, open_=missing, samples=shown)


def _each(atom: Atom, ctx: Context, found: list[Candidate], required: _Required) -> Measured:
    """Every lot and nuclide asked for reports a limit, and none is above the required one."""
    names: list[str | None] = _lots(ctx) if "lot" in atom.each else [None]
    asked: list[str | None] = [*required.nuclides] if "nuclide" in atom.each else [None]
    unit = f" {required.unit}" if required.unit else ""
    most = required.value or Decimal(0)
    expected = f"≤ {plain(most)}{unit}"
    parts: list[Part] = []
    seen: dict[str, SampleOutcome] = {}
    for name in names:
        mine = [c for c in found if "lot" not in atom.each or _lot_of(c, names) == name]
        if "lot" in atom.each and name is None:
            mine = found
        for nuclide in asked:
            wanted = required.nuclides if nuclide is None else (nuclide,)
            of = " ".join(text for text in (name, nuclide) if text) or None
            reported = [
                (limit, candidate)
                for candidate in mine
                for limit in _reported(candidate, wanted, required.unit)
            ]
            for _, candidate in reported:
                seen[candidate.sample] = unjudged(candidate)
            parts.append(_one(expected, most, of, reported, unit, ctx))
    return together(
        atom.metric, parts, wanted=atom.is_ is not False,
        samples=tuple(seen[key] for key in sorted(seen)),
    )  # fmt: skip


def _one(
    expected: str,
    most: Decimal,
    of: str | None,
    reported: list[tuple[Decimal, Candidate]],
    unit: str,
    ctx: Context,
) -> Part:
    sure = [(limit, candidate) for limit, candidate in reported if candidate.certain]
    ids = [record.id for _, candidate in reported for record in candidate.records]
    missing = ctx.missing(
        "no_evidence", of, owed_by=ctx.role("results"), needs="a reported detection limit"
    )
    agrees: bool | None = None
    if any(limit > most for limit, _ in sure):
        agrees = False
    elif any(limit > most for limit, _ in reported):
        missing = next(d for limit, c in reported if limit > most for d in c.doubts)
    elif sure:
        agrees = True
    worst = max((limit for limit, _ in (sure or reported)), default=None)
    found = None if worst is None else f"{plain(worst)}{unit}"
    return part("detection_limit", agrees, expected, found, of=of, records=ids, missing=missing)


def _reported(candidate: Candidate, nuclides: Iterable[str], unit: str | None) -> list[Decimal]:
    asked = set(nuclides)
    return [
        limit
        for record in candidate.records
        for value in record.values
        if not asked or set(value.nuclides) <= asked
        if (limit := _reported_limit(value, unit)) is not None
    ]


def _required(atom: Atom, ctx: Context) -> _Required:
    operand = atom.required if atom.required is not None else atom.le
    if operand is not None:
        return _Required(ctx.number(operand), atom.nuclides, atom.unit)
    if not atom.limits:
        return _Required(None, (), None)
    limit = ctx.limit(atom.limits[0])
    entry = value_on(limit.dated, ctx.at)
    value = None if entry is None or entry.value is None else exact(entry.value)
    return _Required(value, atom.nuclides or limit.nuclides, limit.unit)


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
