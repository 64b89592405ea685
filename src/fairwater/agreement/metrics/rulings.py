"""Rulings against documents: how many of a kind were rejected in a window.

``document_valid is: false`` says that the latest document does not serve: it also
holds once that has expired. `rejected_documents` counts findings, as samples above a
limit are counted: a document ruled against in the window, by the day of the ruling.

A later ruling on the same goods (or the same unit, facility and lots) replaces an
earlier one: what was rejected and then accepted counts no more. What somebody other
than the issuing role issued is no document of the kind. One presented and not ruled
upon may still be rejected.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from fairwater.agreement.context import Context
from fairwater.agreement.evidence import DocumentEvidence, Evidence
from fairwater.agreement.metrics.measured import Asked, Measured
from fairwater.agreement.metrics.papers import (
    UNBOUND,
    issued_by_role,
    kind_of,
    latest,
    presented,
    ruled,
)
from fairwater.agreement.model import Atom, DocumentKind
from fairwater.agreement.scope import Window, place_in_window
from fairwater.agreement.verdict import Missing, Reading


def rejected_documents(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, asked: Asked
) -> Measured:
    """Documents of the kind whose latest ruling, in the window, was a rejection."""
    kind = kind_of(atom, ctx)
    about: dict[tuple[object, ...], list[DocumentEvidence]] = defaultdict(list)
    for entry in presented(atom, ctx, evidence, kind):
        issued = issued_by_role(entry, kind, ctx)
        if issued is not False:
            about[_subject(entry), issued is None].append(entry)
    low, high = 0, 0
    open_: list[Missing] = []
    cites: list[str] = []
    for entries in about.values():
        last = latest(ruled(entries) or entries)
        inside = [e for e in last if place_in_window(e.dated, window) != "out"]
        cites += [entry.id for entry in inside]
        possible = [entry for entry in inside if entry.ruling != "accepted"]
        doubts = [
            doubt for e in possible if (doubt := _doubt(e, kind, window, ctx)) is not None
        ]  # fmt: skip
        if possible and len(possible) < len(inside):
            reason = "ruled both ways on one day"
            doubts = [ctx.missing("conflict", kind.id, owed_by=kind.issuer, reason=reason)]
        high += bool(possible)
        low += bool(possible) and not doubts
        open_ += doubts
    notes: tuple[str, ...] = ()
    bounded = bool(cites)
    if not bounded and atom.empty == "zero":
        bounded, notes = True, ("no document: counted as zero by `empty: zero`",)
    if not bounded:
        open_.append(ctx.missing("document", kind.id, owed_by=kind.issuer))
    return Measured(
        reading=Reading(
            metric=atom.metric,
            low=Decimal(low),
            high=Decimal(high) if bounded else None,
            first=window.first,
            last=window.last,
            cites=tuple(sorted(cites)),
            open=tuple(open_),
            notes=notes,
        )
    )


def _subject(entry: DocumentEvidence) -> tuple[object, ...]:
    """What a document is about: rulings on one subject replace each other."""
    goods = entry.accompanies or entry.consignment or entry.unit.get("consignment")
    named = tuple(sorted(entry.unit.items()))
    return (goods, entry.facility, tuple(sorted(entry.lots)), named)


def _doubt(
    entry: DocumentEvidence, kind: DocumentKind, window: Window, ctx: Context
) -> Missing | None:
    """What leaves open whether this is a rejection in the window; None if it is one."""
    if entry.issuer is None and issued_by_role(entry, kind, ctx) is None:
        return ctx.missing("document", kind.id, owed_by=kind.issuer, needs="its issuer")
    if issued_by_role(entry, kind, ctx) is None:
        return ctx.missing("parameter", kind.issuer, owed_by=None, reason=UNBOUND)
    if entry.ruling is None:
        return ctx.missing("document", kind.id, owed_by=kind.issuer, needs="a ruling")
    if place_in_window(entry.dated, window) != "in":
        return ctx.missing("date", kind.id, owed_by=kind.issuer, needs="the day of its ruling")
    return None
