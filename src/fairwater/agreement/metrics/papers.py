"""Which documents are to be read: of which goods, of which unit, the latest, those in order.

A document of kind ``per: consignment`` or ``lot`` belongs to the consignment it
was presented with, one ``per: facility`` to the facility it names, any other to
the units it speaks of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from msgspec.structs import replace

from fairwater.agreement.context import Context
from fairwater.agreement.evidence import DocumentEvidence, Evidence
from fairwater.agreement.model import Atom, DocumentKind
from fairwater.agreement.scope import concerns

UNBOUND: Final = "nobody is bound to the role"


def kind_of(atom: Atom, ctx: Context) -> DocumentKind:
    name = atom.document or ""
    return ctx.terms.documents.get(name) or DocumentKind(
        id=name, issuer=ctx.role("documents"), per="unit" if ctx.goods is None else "consignment"
    )


def presented(
    atom: Atom, ctx: Context, evidence: Evidence, kind: DocumentKind
) -> list[DocumentEvidence]:
    """Documents of the kind that were presented for the goods, or speak of the unit."""
    belongs: Callable[[DocumentEvidence], bool]
    goods = ctx.goods
    if goods is None or kind.per == "unit":
        unit, zones = ctx.unit, evidence.zones

        def belongs(entry: DocumentEvidence) -> bool:
            # Papers of goods speak of the unit the goods belong to, which they then state.
            of_goods = entry.consignment is not None and goods is None
            return concerns(entry.unit, unit, zones) and not (of_goods and not entry.unit)
    elif kind.per == "facility":

        def belongs(entry: DocumentEvidence) -> bool:
            named = entry.facility or entry.unit.get("facility")
            return named is not None and named == goods.facility
    else:

        def belongs(entry: DocumentEvidence) -> bool:
            named = entry.accompanies or entry.consignment or entry.unit.get("consignment")
            return named == goods.consignment

    named = (entry for entry in evidence.documents if entry.document == kind.id and belongs(entry))
    return [entry for one in named if (entry := _by(one, ctx.at)) is not None]


def _by(entry: DocumentEvidence, at: date) -> DocumentEvidence | None:
    """The document as it stood on a day: not there before it was issued, unruled before its ruling.

    It matters only in hindsight: what is known later may be dated later.
    """
    dated, issued = entry.dated.first, entry.issued.first
    if dated is None or dated <= at:
        return entry
    if issued is None or issued > at or entry.ruling is None:
        return None
    return replace(entry, ruling=None, dated=entry.issued)


def current(
    atom: Atom, ctx: Context, evidence: Evidence, kind: DocumentKind
) -> list[DocumentEvidence]:
    """What is to be read: of one consignment the latest, of lots each."""
    found = presented(atom, ctx, evidence, kind)
    standing = [entry for entry in found if entry.ruling != "rejected"]
    return standing if kind.per == "lot" else latest(standing or found)


def ruled(entries: Iterable[DocumentEvidence]) -> list[DocumentEvidence]:
    return [entry for entry in entries if entry.ruling is not None]


def latest(entries: list[DocumentEvidence]) -> list[DocumentEvidence]:
    last = max((entry.dated.last or entry.known for entry in entries), default=None)
    return [entry for entry in entries if (entry.dated.last or entry.known) == last]


def in_order(entry: DocumentEvidence, at: date) -> bool:
    return entry.ruling != "rejected" and (entry.valid_to is None or at <= entry.valid_to)


def issued_by_role(entry: DocumentEvidence, kind: DocumentKind, ctx: Context) -> bool | None:
    """Whether the role that issues the kind issued this one; None where that is not known.

    A kind that the text does not declare has no issuer to ask for.
    """
    if kind.id not in ctx.terms.documents:
        return True
    if entry.issuer is None:
        return None
    if ctx.plays(entry.issuer, kind.issuer):
        return True
    return None if ctx.party(kind.issuer) is None else False
