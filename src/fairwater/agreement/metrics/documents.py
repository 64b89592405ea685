"""Documents: is it valid, does it say of the goods what they are, does it cover them all.

A document of kind ``per: consignment`` (or ``lot``) counts for the consignment
it was presented with, one ``per: facility`` for the facility it names. The
latest on the day decides; two of one day that differ are a conflict. An absent
document is neither valid nor invalid.
"""

from __future__ import annotations

from decimal import Decimal

from fairwater.agreement.context import Context
from fairwater.agreement.evidence import ConsignmentEvidence, DocumentEvidence, Evidence
from fairwater.agreement.metrics.measured import Asked, Measured
from fairwater.agreement.metrics.papers import (
    UNBOUND,
    current,
    in_order,
    issued_by_role,
    kind_of,
    latest,
    presented,
    ruled,
)
from fairwater.agreement.metrics.parts import Part, part, together
from fairwater.agreement.metrics.standing import stands
from fairwater.agreement.model import Atom, DocumentKind
from fairwater.agreement.scope import Window, place_in_window, speaks_for
from fairwater.agreement.verdict import Missing
from fairwater.quantities.decimals import EXACT, plain, times, total


def document_valid(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, asked: Asked
) -> Measured:
    """The latest ruling on the document; past its validity it is not valid.

    Of goods also who issued it; with `enough: presented` one that nobody ruled upon will do.
    """
    kind = kind_of(atom, ctx)
    found = [
        entry
        for entry in presented(atom, ctx, evidence, kind)
        if atom.window is None or place_in_window(entry.dated, window) == "in"
    ]
    wanted = atom.is_ is not False
    if ctx.goods is None:
        found = [one for one in found if speaks_for(one.unit, ctx.unit, evidence.zones)]
        return _ruling(atom, ctx, found, kind, wanted)
    groups: list[tuple[str | None, list[DocumentEvidence]]] = [(None, found)]
    if kind.per == "lot" and ctx.goods.lots:
        groups = [
            (lot.lot, [entry for entry in found if lot.lot in entry.lots]) for lot in ctx.goods.lots
        ]
    parts: list[Part] = []
    for lot, entries in groups:
        parts += _validity(atom, ctx, kind, lot, entries)
    notes = ("presented, not ruled upon",) if found and not ruled(found) else ()
    return together(atom.metric, parts, wanted=wanted, notes=notes)


def _ruling(
    atom: Atom, ctx: Context, found: list[DocumentEvidence], kind: DocumentKind, wanted: bool
) -> Measured:
    """The latest ruling on a document of the role that issues its kind, asked of a unit.

    What somebody else issued is set aside. One whose issuer is not known settles nothing:
    the answer stands only if it is the same with it and without it.
    """
    name, owed = kind.id, kind.issuer
    issued = {entry.id: issued_by_role(entry, kind, ctx) for entry in found}
    counted = ruled(found) if atom.enough == "ruled" else found
    own = latest([entry for entry in counted if issued[entry.id] is True])
    rulings = {in_order(entry, ctx.at) for entry in own}
    ids = [entry.id for entry in (own or found)]
    if len(rulings) > 1:
        clash = ctx.missing("conflict", name, owed_by=owed, reason="ruled both ways on one day")
        return stands(atom.metric, None, cites=ids, open_=(clash,))
    doubtful = [
        entry
        for entry in counted
        if issued[entry.id] is None
        and in_order(entry, ctx.at) not in rulings
        and (not own or latest([entry, own[0]])[0] is entry)
    ]
    if doubtful:
        ids += [entry.id for entry in doubtful if entry.id not in ids]
        return stands(atom.metric, None, cites=ids, open_=(_doubt(kind, doubtful, ctx),))
    if rulings:
        return stands(atom.metric, rulings.pop(), wanted=wanted, cites=ids)
    others = [entry for entry in counted if issued[entry.id] is False]
    reason = f"issued by {others[0].issuer}, not by {owed}" if others else None
    missing = ctx.missing("document", name, owed_by=owed, reason=reason)
    notes = ("presented, not ruled upon",) if found and not others else ()
    return stands(atom.metric, None, cites=ids, open_=(missing,), notes=notes)


def _doubt(kind: DocumentKind, doubtful: list[DocumentEvidence], ctx: Context) -> Missing:
    if any(entry.issuer is None for entry in doubtful):
        return ctx.missing("document", kind.id, owed_by=kind.issuer, needs="its issuer")
    return ctx.missing("parameter", kind.issuer, owed_by=None, reason=UNBOUND)


def _validity(
    atom: Atom, ctx: Context, kind: DocumentKind, lot: str | None, found: list[DocumentEvidence]
) -> list[Part]:
    """Ruling, validity and issuer of the latest document on the goods, or on one lot."""
    entries = latest(ruled(found) if atom.enough == "ruled" else found)
    of = kind.id if lot is None else f"{kind.id} {lot}"
    accepted = "accepted" if atom.enough == "ruled" else "not rejected"
    if not entries:
        said_of = "presented" if found else None
        missing = ctx.missing("document", of, owed_by=kind.issuer)
        ids = [entry.id for entry in found]
        return [part("ruling", None, accepted, said_of, of=of, records=ids, missing=missing)]
    if len({entry.ruling == "rejected" for entry in entries}) > 1:
        clash = ctx.missing(
            "conflict", of, owed_by=kind.issuer, reason="ruled both ways on one day"
        )
        ids = [entry.id for entry in entries]
        return [part("ruling", None, accepted, None, of=of, records=ids, missing=clash)]
    parts: list[Part] = []
    for entry in entries:
        said = entry.ruling or "presented"
        ids = [entry.id]
        parts.append(part("ruling", said != "rejected", accepted, said, of=of, records=ids))
        if entry.valid_to is not None:
            parts.append(
                part("validity", ctx.at <= entry.valid_to, f"≥ {ctx.at.isoformat()}",
                     entry.valid_to.isoformat(), of=of, records=ids)
            )  # fmt: skip
        parts.append(_issuer(entry, kind, of, ctx))
    return parts


def _issuer(entry: DocumentEvidence, kind: DocumentKind, of: str, ctx: Context) -> Part:
    party = ctx.party(kind.issuer)
    expected = f"{kind.issuer} ({party})" if party else kind.issuer
    agrees: bool | None = None
    missing = ctx.missing("document", of, owed_by=kind.issuer, needs="its issuer")
    if entry.issuer is not None:
        agrees = ctx.plays(entry.issuer, kind.issuer)
        if not agrees and party is None:
            agrees = None
            missing = ctx.missing("parameter", kind.issuer, owed_by=None, reason=UNBOUND)
    ids = [entry.id]
    return part("issuer", agrees, expected, entry.issuer, of=of, records=ids, missing=missing)


def document_matches(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, asked: Asked
) -> Measured:
    """The document states of the goods what the consignment states, attribute by attribute."""
    kind, goods = kind_of(atom, ctx), ctx.goods
    wanted = atom.is_ is not False
    found = current(atom, ctx, evidence, kind)
    if goods is None or not found:
        return together(atom.metric, [_absent(kind, ctx)], wanted=wanted)
    parts: list[Part] = []
    for name in atom.match:
        if name == "lots":
            parts.append(_same_lots(kind, goods, found, ctx))
        elif name == "mass":
            parts.append(_same_mass(atom, kind, goods, found, ctx))
        else:
            for entry in found:
                parts += _same(name, kind, goods, entry, ctx)
    return together(atom.metric, parts, wanted=wanted)


def _same(
    name: str, kind: DocumentKind, goods: ConsignmentEvidence, entry: DocumentEvidence, ctx: Context
) -> list[Part]:
    pairs: list[tuple[str, str | None, str | None]]
    if name == "product":
        pairs = [(key, goods.product.get(key), said) for key, said in sorted(entry.product.items())]
        pairs = pairs or [("species", goods.product.get("species"), None)]
    elif name == "consignment":
        pairs = [(name, goods.consignment, entry.consignment or entry.unit.get("consignment"))]
    elif name == "facility":
        pairs = [(name, goods.facility, entry.facility or entry.unit.get("facility"))]
    elif name == "area":
        pairs = [(name, goods.area, entry.area)]
    else:
        pairs = [(name, _text(goods.packages), _text(entry.packages))]
    return [_equal(what, kind, expected, said, entry, goods, ctx) for what, expected, said in pairs]


def _equal(
    what: str,
    kind: DocumentKind,
    expected: str | None,
    said: str | None,
    entry: DocumentEvidence,
    goods: ConsignmentEvidence,
    ctx: Context,
) -> Part:
    agrees = None if expected is None or said is None else expected == said
    if said is None:
        missing = ctx.missing("document", kind.id, owed_by=kind.issuer, needs=what)
    else:
        missing = _unstated(what, ctx)
    return part(
        what, agrees, expected or "-", said, of=kind.id, records=(entry.id, goods.id),
        missing=missing,
    )  # fmt: skip


def _same_lots(
    kind: DocumentKind, goods: ConsignmentEvidence, found: list[DocumentEvidence], ctx: Context
) -> Part:
    own = sorted({lot.lot for lot in goods.lots})
    said = sorted({lot for entry in found for lot in entry.lots})
    agrees = own == said if own and said else None
    if said:
        missing = _unstated("lots", ctx)
    else:
        missing = ctx.missing("document", kind.id, owed_by=kind.issuer, needs="lots")
    return part(
        "lots", agrees, ", ".join(own) or "-", ", ".join(said) or None, of=kind.id,
        records=(goods.id, *(entry.id for entry in found)), missing=missing,
    )  # fmt: skip


def _same_mass(
    atom: Atom,
    kind: DocumentKind,
    goods: ConsignmentEvidence,
    found: list[DocumentEvidence],
    ctx: Context,
) -> Part:
    share = _tolerance(atom, ctx)
    masses = [entry.mass_kg for entry in found if entry.mass_kg is not None]
    agrees: bool | None = None
    missing = ctx.missing("document", kind.id, owed_by=kind.issuer, needs="mass")
    if share is None:
        missing = _open(atom, ctx)
    elif goods.mass_kg is None:
        missing = _unstated("mass", ctx)
    elif len(masses) == len(found):
        off = EXACT.abs(EXACT.subtract(total(masses), goods.mass_kg))
        agrees = off <= times(goods.mass_kg, share)
    return _mass_part(kind, goods, found, masses, agrees, missing, share)


def document_states(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, asked: Asked
) -> Measured:
    """The document makes one of the statements named; two that exclude each other conflict."""
    kind = kind_of(atom, ctx)
    found = current(atom, ctx, evidence, kind)
    wanted = atom.is_ is not False
    if not found:
        return together(atom.metric, [_absent(kind, ctx)], wanted=wanted)
    one_of = {statement.id for statement in kind.states_one_of}
    parts: list[Part] = []
    for entry in found:
        said = sorted(set(entry.states) & one_of) if one_of else sorted(set(entry.states))
        agrees: bool | None = None
        missing = ctx.missing("document", kind.id, owed_by=kind.issuer, needs="its statement")
        if len(said) > 1 and one_of:
            reason = "makes statements that exclude each other"
            missing = ctx.missing("conflict", kind.id, owed_by=kind.issuer, reason=reason)
        elif said:
            agrees = bool(set(said) & set(atom.states))
        elif entry.states:
            agrees = False
        parts.append(
            part("statement", agrees, " | ".join(atom.states),
                 ", ".join(said or sorted(entry.states)) or None, of=kind.id, records=(entry.id,),
                 missing=missing)
        )  # fmt: skip
    return together(atom.metric, parts, wanted=wanted)


def lots_covered(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, asked: Asked
) -> Measured:
    """Documents of the kind, none rejected or expired, name every lot."""
    kind, goods = kind_of(atom, ctx), ctx.goods
    found = [e for e in presented(atom, ctx, evidence, kind) if in_order(e, ctx.at)]
    wanted = atom.is_ is not False
    if goods is None or not found:
        return together(atom.metric, [_absent(kind, ctx)], wanted=wanted)
    ids = [entry.id for entry in found]
    covered = {lot for entry in found for lot in entry.lots}
    if not goods.lots or not covered:
        missing = (
            ctx.missing("document", kind.id, owed_by=kind.issuer, needs="lots")
            if goods.lots
            else _unstated("lots", ctx)
        )
        own = ", ".join(sorted(lot.lot for lot in goods.lots)) or "-"
        short = part("lots", None, own, None, of=kind.id, records=ids, missing=missing)
        return together(atom.metric, [short], wanted=wanted)
    short_is = False if atom.when_short == "fails" else None
    parts = [
        part(
            "lots", True if lot.lot in covered else short_is, lot.lot,
            lot.lot if lot.lot in covered else None, of=lot.lot, records=(goods.id, *ids),
            missing=ctx.missing("document", f"{kind.id} {lot.lot}", owed_by=kind.issuer),
        )
        for lot in goods.lots
    ]  # fmt: skip
    return together(atom.metric, parts, wanted=wanted)


def mass_covered(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, asked: Asked
) -> Measured:
    """The masses that documents of the kind state add up to the whole mass, within tolerance."""
    kind, goods = kind_of(atom, ctx), ctx.goods
    found = [e for e in presented(atom, ctx, evidence, kind) if in_order(e, ctx.at)]
    wanted = atom.is_ is not False
    if goods is None or not found:
        return together(atom.metric, [_absent(kind, ctx)], wanted=wanted)
    share = _tolerance(atom, ctx)
    masses = [entry.mass_kg for entry in found if entry.mass_kg is not None]
    agrees: bool | None = None
    missing = ctx.missing("document", kind.id, owed_by=kind.issuer, needs="mass")
    least = None
    if goods.mass_kg is not None and share is not None:
        least = EXACT.subtract(goods.mass_kg, times(goods.mass_kg, share))
    if share is None:
        missing = _open(atom, ctx)
    elif least is None:
        missing = _unstated("mass", ctx)
    elif total(_once(found)) >= least:
        agrees = True
    elif total(masses) >= least:
        needs = "which part of the goods each is for: they name the same lots"
        missing = ctx.missing("document", kind.id, owed_by=kind.issuer, needs=needs)
    elif len(masses) == len(found):
        agrees = False if atom.when_short == "fails" else None
    one = _mass_part(kind, goods, found, masses, agrees, missing, share)
    return together(atom.metric, [one], wanted=wanted)


def _once(found: list[DocumentEvidence]) -> list[Decimal]:
    """Masses that certainly add up: of documents on the same lots the greatest alone.

    A document that was issued anew covers nothing more than the first.
    """
    apart: list[tuple[frozenset[str], Decimal]] = []
    for entry in sorted(found, key=lambda e: -(e.mass_kg or 0)):
        lots = frozenset(entry.lots)
        if entry.mass_kg is not None and not (lots and any(lots & other for other, _ in apart)):
            apart.append((lots, entry.mass_kg))
    return [mass for _, mass in apart]


def _mass_part(
    kind: DocumentKind,
    goods: ConsignmentEvidence,
    found: list[DocumentEvidence],
    masses: list[Decimal],
    agrees: bool | None,
    missing: Missing,
    share: Decimal | None,
) -> Part:
    own = "-" if goods.mass_kg is None else f"{plain(goods.mass_kg)} kg"
    if share:
        own += f" (±{plain(share)})"
    said = f"{plain(total(masses))} kg" if masses else None
    ids = (goods.id, *(entry.id for entry in found))
    return part("mass", agrees, own, said, of=kind.id, records=ids, missing=missing)


def _absent(kind: DocumentKind, ctx: Context) -> Part:
    missing = ctx.missing("document", kind.id, owed_by=kind.issuer)
    return part("document", None, kind.id, None, of=kind.id, missing=missing)


def _unstated(what: str, ctx: Context) -> Missing:
    reason = f"the consignment does not state its {what}"
    return ctx.missing("statement", what, owed_by=ctx.role("documents"), reason=reason)


def _tolerance(atom: Atom, ctx: Context) -> Decimal | None:
    return Decimal(0) if atom.tolerance is None else ctx.number(atom.tolerance)


def _open(atom: Atom, ctx: Context) -> Missing:
    of = None if isinstance(atom.tolerance, str | None) else atom.tolerance.param
    return ctx.missing("parameter", of, owed_by=None, reason="left open by the parties")


def _text(count: int | None) -> str | None:
    return None if count is None else str(count)
