"""Consignments on record under the sides, condition by condition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fairwater.agreement.goods_verdict import ConditionAnswer, ConsignmentVerdict
from fairwater.agreement.terms import Words
from fairwater.agreement.verdict import Missing
from fairwater.node.agreements import Found
from fairwater.node.briefing.content import (
    ConditionLine,
    ConsignmentLine,
    Lack,
    Mark,
    Named,
    Truth,
)
from fairwater.node.briefing.naming import Parties, named
from fairwater.node.briefing.reads import INVENTED
from fairwater.node.briefing.units import Told
from fairwater.node.consignments import NoSuchConsignment, check, consignments
from fairwater.node.node import Node
from fairwater.records import Consignment, encode

_WEAKEST: tuple[Mark, ...] = ("ours", "memory", "seen")


def goods(node: Node, sides: Sequence[Told], parties: Parties) -> list[ConsignmentLine]:
    """Every consignment known by then, under every side that asks something of goods."""
    found = []
    asking = [told for told in sides if told.prepared.agreement.consignment_checks]
    for stated in consignments(node):
        for told in asking:
            line = _under(node, told, stated.record, parties)
            if line is not None:
                found.append(line)
    return sorted(found, key=lambda line: (line.consignment, line.letter or ""))


def _under(node: Node, told: Told, record: Consignment, parties: Parties) -> ConsignmentLine | None:
    """A consignment under one side; None where it was not known by the day asked about."""
    asked = told.prepared.asked
    try:
        checked = check(
            node,
            record.consignment,
            Found(asked.found.agreement, asked.found.origin, asked.found.text),
            as_of=asked.as_of,
            known_at=asked.known_at,
            knowledge=asked.knowledge,
            through=asked.through,
            gathered=told.prepared,
        )
    except NoSuchConsignment:
        return None
    product, area = record.product.species or record.product.scientific_name, record.area
    answer = checked.answers[0] if checked.answers else None
    asks_it = answer is not None and answer.verdict != "not_applicable"
    return ConsignmentLine(
        consignment=record.consignment,
        product=Named(key="") if product is None else named("species", product),
        facility=record.facility,
        area=None if area is None else named("region", area),
        letter=told.letter,
        verdict=_truth(answer) if answer is not None and asks_it else None,
        action=None if answer is None or answer.action is None else answer.action.id,
        conditions=() if answer is None else tuple(_conditions(told, answer, parties)),
        invented=INVENTED in encode(record).decode().lower(),
    )


def _truth(answer: ConsignmentVerdict) -> Truth | None:
    return None if answer.verdict == "not_applicable" else answer.verdict


def _conditions(
    told: Told, answer: ConsignmentVerdict, parties: Parties
) -> Iterator[ConditionLine]:
    for one in answer.conditions:
        settle = one.settle if one.verdict != "holds" else None
        yield ConditionLine(
            id=one.id,
            text=one.text or Words(),
            verdict=one.verdict,
            expected=tuple(_said(m.of, m.expected) for m in one.mismatches),
            found=tuple(_said(m.of, m.found) for m in one.mismatches if m.found is not None),
            missing=tuple(_lack(told, entry, parties) for entry in one.missing),
            settle=settle or Words(),
            mark=_mark(one),
        )


def _said(of: str | None, what: str | None) -> str:
    return f"{of}: {what}" if of else str(what)


def _mark(one: ConditionAnswer) -> Mark | None:
    marks = {*one.certs, *([one.cite.cert] if one.cite is not None and one.cite.cert else [])}
    return next((mark for mark in _WEAKEST if mark in marks), None)


def _lack(told: Told, entry: Missing, parties: Parties) -> Lack:
    as_of = told.prepared.asked.as_of
    return Lack(
        letter=told.letter,
        kind=entry.kind,
        of=entry.of,
        what=entry.what,
        n=entry.n,
        role=entry.owed_by,
        party=None if entry.party is None else parties.named(entry.party),
        due=entry.due,
        overdue_days=0 if entry.due is None else max(0, (as_of - entry.due).days),
    )
