"""Goods and their place: is the area listed, is the product, were they produced late enough.

An area counts by the basis that is asked for (where caught, where landed, where
produced): an area stated by another basis, or by none, says nothing. A name on
two lists that share none is a conflict. In a transition the same questions are
asked of the unit.
"""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from fairwater.agreement.context import Context
from fairwater.agreement.evidence import ConsignmentEvidence, Evidence, FacilityEvidence
from fairwater.agreement.metrics.measured import Asked, Measured
from fairwater.agreement.metrics.parts import Part, part, span, together
from fairwater.agreement.model import Atom
from fairwater.agreement.scope import Window
from fairwater.agreement.verdict import Missing
from fairwater.quantities.dates import CivilInterval

AREA_COLUMNS: Final = frozenset({"region", "district", "locality", "zone"})
PRODUCT_COLUMNS: Final = frozenset({"species", "item", "item_base"})
REGISTRATION: Final = "facility_registration"


class Placed(NamedTuple):
    """A name to look for on a list: of which lot, or why it does not count."""

    name: str | None
    of: str | None = None
    doubt: Missing | None = None


def production_area(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, asked: Asked
) -> Measured:
    """The area of the goods, of every lot, or of the unit, is on the list."""
    if ctx.goods is None:
        places = [Placed(_of_unit(ctx, AREA_COLUMNS))]
    else:
        places = _areas(ctx.goods, atom, ctx)
    return _on_list(atom, ctx, "area", places)


def product_listed(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, asked: Asked
) -> Measured:
    """The product of the goods, or of the unit, is on the list."""
    if ctx.goods is None:
        name = _of_unit(ctx, PRODUCT_COLUMNS)
    else:
        name = ctx.goods.product.get(atom.attribute)
    return _on_list(atom, ctx, atom.attribute, [Placed(name)])


def _of_unit(ctx: Context, columns: frozenset[str]) -> str | None:
    for dimension in ctx.terms.dimensions:
        if dimension.column in columns and dimension.id in ctx.unit:
            return ctx.unit[dimension.id]
    return None


def _areas(goods: ConsignmentEvidence, atom: Atom, ctx: Context) -> list[Placed]:
    basis = atom.area_basis or ctx.terms.area_basis
    doubt = None
    if basis is not None and goods.area_basis != basis:
        stated = goods.area_basis or "not stated"
        doubt = ctx.missing(
            "statement", "area", owed_by=ctx.role("documents"), needs=f"the area by {basis}",
            reason=f"area_basis: {stated}",
        )  # fmt: skip
    if not goods.lots:
        return [Placed(goods.area, None, doubt)]
    if all(lot.area in (None, goods.area) for lot in goods.lots):
        return [Placed(goods.area, None, doubt)]
    return [Placed(lot.area or goods.area, lot.lot, doubt) for lot in goods.lots]


def _on_list(atom: Atom, ctx: Context, what: str, places: list[Placed]) -> Measured:
    key, wanted = atom.list_ or "", atom.is_ is not False
    names = ctx.names(key)
    expected = f"{'∈' if wanted else '∉'} {key}"
    records = () if ctx.goods is None else (ctx.goods.id,)
    parts: list[Part] = []
    for place in places:
        missing = place.doubt
        agrees: bool | None = None
        if names is None:
            missing = ctx.missing("parameter", key, owed_by=None, reason="a list nobody bound")
        elif place.name is None:
            missing = ctx.missing("statement", what, owed_by=ctx.role("documents"))
        elif (place.name in names) and (rivals := ctx.rivals(key, place.name)):
            on = ", ".join((key, *rivals))
            missing = ctx.missing("conflict", place.name, owed_by=None, reason=f"on {on}")
        elif place.doubt is None:
            agrees = (place.name in names) == wanted
        parts.append(
            part(what, agrees, expected, place.name, of=place.of, records=records, missing=missing)
        )
    return together(atom.metric, parts)


def produced_after(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, asked: Asked
) -> Measured:
    """Every lot was produced after the day, or after the facility's latest registration."""
    after, sources, doubt = _start(atom, ctx, evidence)
    on_the_day = atom.day_itself == "counts"
    expected = f"{'≥' if on_the_day else '>'} {after or atom.after}"
    goods = ctx.goods
    records = [*sources, *(() if goods is None else (goods.id,))]
    parts: list[Part] = []
    for lot, days in _production(goods):
        missing = doubt
        agrees: bool | None = None
        if after is not None:
            agrees = _later(days, after, on_the_day)
            missing = ctx.missing(
                "date", lot or "produced", owed_by=ctx.role("documents"), needs="day of production"
            )
        parts.append(
            part("produced", agrees, expected, span(days), of=lot, records=records, missing=missing)
        )
    return together(atom.metric, parts, wanted=atom.is_ is not False)


def _production(goods: ConsignmentEvidence | None) -> list[tuple[str | None, CivilInterval]]:
    if goods is None:
        return [(None, CivilInterval(None, None))]
    stated = [(lot.lot, lot.produced) for lot in goods.lots]
    if not stated or all(days in (goods.produced, (None, None)) for _, days in stated):
        return [(None, goods.produced)]
    return [(lot, days if days.stated else goods.produced) for lot, days in stated]


def _later(days: CivilInterval, after: date, on_the_day: bool) -> bool | None:
    first, last = days
    if first is not None and (first > after or (first == after and on_the_day)):
        return True
    if last is not None and (last < after or (last == after and not on_the_day)):
        return False
    return None


def _start(
    atom: Atom, ctx: Context, evidence: Evidence
) -> tuple[date | None, list[str], Missing | None]:
    """The day goods must be later than, the records it rests on, or what is missing."""
    if atom.after != REGISTRATION:
        operand = atom.after or ""
        text = ctx.resolve(operand)
        if text is not None:
            return date.fromisoformat(text), [], None
        of = operand if isinstance(operand, str) else operand.param
        return None, [], ctx.missing("parameter", of, owed_by=None)
    name = atom.facility or (ctx.goods.facility if ctx.goods else None)
    keeper = ctx.terms.owed_by.statements or "importing"
    if name is None:
        return None, [], ctx.missing("statement", "facility", owed_by=ctx.role("documents"))
    entries = registrations(evidence, name, atom.register, ctx.at)
    starts = [entry for entry in entries if entry.registered and entry.since is not None]
    if not starts:
        reason = "no day of registration"
        return None, [], ctx.missing("statement", name, owed_by=keeper, reason=reason)
    latest = max(entry.since or date.min for entry in starts)
    return latest, [entry.id for entry in starts if entry.since == latest], None


def registrations(
    evidence: Evidence, name: str, register: str | None, at: date
) -> list[FacilityEvidence]:
    """Entries on a facility that have begun by `at`; of one register, where it is named."""
    return [
        entry
        for entry in evidence.facilities
        if entry.facility == name
        and register in (None, entry.register)
        and (entry.since is None or entry.since <= at)
    ]
