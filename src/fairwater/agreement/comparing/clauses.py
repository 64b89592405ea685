"""The clause behind a position: each atom of a transition with its numbers, on one day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec.structs import replace

from fairwater.agreement.comparing.answer import (
    AtomSaid,
    ClauseSaid,
    LimitSaid,
    RoleSaid,
    SampleSaid,
)
from fairwater.agreement.conditions import AnyCondition, Atom, Not
from fairwater.agreement.context import value_on
from fairwater.agreement.model import Agreement, Limit, Round, Transition
from fairwater.agreement.timeline import Opening
from fairwater.agreement.verdict import Node, RecordOutcome, SampleOutcome, Verdict, bound
from fairwater.quantities.dates import to_text
from fairwater.quantities.decimals import plain


def clause_said(
    agreement: Agreement,
    transition: Transition,
    verdict: Verdict | None,
    bindings: Mapping[str, str],
    opening: Opening | None = None,
) -> ClauseSaid:
    """A transition with what its condition's verdict rests on.

    Parameters
    ----------
    agreement, transition
        The text.
    verdict : Verdict or None
        Of the transition's condition, where it was judged.
    bindings : mapping
        Role to party.
    opening : Opening, optional
        The eligible interval, where the step is or was open.
    """
    limits = {limit.id: limit for limit in agreement.limits}
    atoms: tuple[AtomSaid, ...] = ()
    if verdict is not None:
        atoms = tuple(
            _atom(condition, node, limits, verdict.at)
            for condition, node in _leaves(transition, verdict.tree)
        )
    return ClauseSaid(
        transition=transition.id,
        measure=transition.measure or agreement.measures[0].id,
        to=transition.to,
        verdict=None if verdict is None else verdict.verdict,
        eligible_from=None if opening is None else opening.since,
        decided=None if opening is None else opening.decided,
        decided_by=role_said(transition.decided_by, bindings),
        text=transition.text,
        cite=transition.cite,
        atoms=atoms,
    )


def role_said(role: str | None, bindings: Mapping[str, str]) -> RoleSaid | None:
    """A role and the party bound to it."""
    return None if role is None else RoleSaid(role=role, party=bindings.get(role))


def _leaves(transition: Transition, tree: Node) -> Iterator[tuple[AnyCondition, Node]]:
    if tree.form != "except":
        yield from _pairs(transition.when, tree)
        return
    conditions = [transition.when]
    for exception in transition.except_:
        conditions += [exception.when, exception.then]
    for condition, node in zip(conditions, tree.parts, strict=True):
        yield from _pairs(condition, node)


def _pairs(condition: AnyCondition, node: Node) -> Iterator[tuple[AnyCondition, Node]]:
    if not node.parts:
        yield condition, node
        return
    inner = (condition.of,) if isinstance(condition, Not) else getattr(condition, "of", ())
    for part, below in zip(inner, node.parts, strict=True):
        yield from _pairs(part, below)


def _atom(condition: AnyCondition, node: Node, limits: Mapping[str, Limit], at: date) -> AtomSaid:
    atom = condition if isinstance(condition, Atom) else None
    said = AtomSaid(
        id=condition.id or node.path.rsplit(".", 1)[-1],
        path=node.path,
        verdict=node.verdict,
        metric=node.form,
        missing=tuple(entry.plain() for entry in node.missing),
        limits=() if atom is None else tuple(limit_said(limits[key], at) for key in atom.limits),
        text=None if atom is None else atom.text,
        cite=None if atom is None else atom.cite,
    )
    reading = node.reading
    if reading is None or atom is None:
        return said
    return replace(
        said,
        metric=reading.metric,
        value=reading.value,
        comparator=reading.comparator or None,
        operand=reading.operand or None,
        first=reading.first,
        last=reading.last,
        samples=tuple(
            sample
            for outcome in sorted(reading.samples, key=_when)
            if outcome.outcome in ("exceeds", "indeterminate")
            for sample in _samples(outcome)
        ),
        cites=reading.cites,
        certs=reading.certs,
    )


def limit_said(limit: Limit, at: date) -> LimitSaid:
    """A limit with the value in force on a day."""
    value = value_on(limit.dated, at)
    return LimitSaid(
        id=limit.id,
        nuclides=limit.nuclides,
        combine=limit.combine,
        value=None if value is None else value.value,
        unit=limit.unit,
        exceeds_when=limit.exceeds_when,
        round=limit.round if isinstance(limit.round, Round) else None,
        basis=limit.basis,
        set_by=limit.set_by,
        cert=None if value is None else value.cert,
        src=() if value is None else value.src,
        text=limit.text,
    )


def _when(sample: SampleOutcome) -> tuple[date, str]:
    days = [outcome.record.sampled.first or date.min for outcome in sample.records]
    return (min(days, default=date.min), sample.sample)


def _samples(sample: SampleOutcome) -> Iterator[SampleSaid]:
    for outcome in sample.records:
        record = outcome.record
        yield SampleSaid(
            record=record.id,
            outcome=outcome.verdict if sample.outcome is not None else None,
            place=sample.place,
            sampled=to_text(record.sampled),
            known=record.known,
            reported=_reported(outcome),
            compared=None
            if outcome.limit_value is None
            else (bound(outcome.low), bound(outcome.high)),
            limit=outcome.limit,
            limit_value=None if outcome.limit_value is None else plain(outcome.limit_value),
            point=sample.point,
        )


def _reported(outcome: RecordOutcome) -> tuple[str, ...]:
    return tuple(
        " ".join(part for part in ("+".join(v.nuclides), v.text, v.unit) if part)
        for v in (outcome.used or outcome.record.values)
    )
