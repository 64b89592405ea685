"""Status of a state: in force, asserted otherwise, or contested.

Only a decision moves a state. A holder of the power who asserts another state
without an act makes conditions on that state unknown: until a decision, until
it is withdrawn (or the holder asserts the state in force again), or until the
period the agreement states has passed, counted half-open from the day of the
assertion. Where a party then asserts that the state in force stands, the state
is contested. What anybody else asserts is recorded only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from fairwater.agreement.context import Context, StateReading
from fairwater.agreement.evidence import AssertionEvidence, DecisionEvidence, Evidence
from fairwater.agreement.model import Measure, Transition
from fairwater.agreement.scope import speaks_for
from fairwater.agreement.verdict import Missing
from fairwater.quantities.periods import Period

PARTIES = frozenset({"origin", "importing"})
"""Roles that are parties to a measure even where nobody is bound to them."""


class Asserted(Struct, frozen=True):
    """Who says the measure is in which state, and in which record."""

    by: str
    state: str
    id: str


class Status(Struct, frozen=True, kw_only=True):
    """The state in force and what is said against it."""

    in_force: str
    status: Literal["in_force", "asserted", "contested"]
    asserted: tuple[Asserted, ...] = ()
    recorded_only: tuple[str, ...] = ()
    contested: Mapping[str, Missing] = {}

    def reading(self) -> StateReading:
        """What conditions on the state may see."""
        return StateReading(in_force=self.in_force, contested=self.contested)


def status_of(
    measure: Measure,
    transitions: Iterable[Transition],
    in_force: str,
    moved: date | None,
    known: Evidence,
    ctx: Context,
) -> Status:
    """Status of `measure`, in state `in_force` since `moved`, on what is known at `ctx.at`."""
    transitions = tuple(transitions)
    relevant = [
        entry
        for entry in known.assertions
        if entry.measure in (None, measure.id)
        and speaks_for(entry.unit, ctx.unit, known.zones)
        and (entry.dated.first is None or entry.dated.first <= ctx.at)
        and not moves(entry, measure, transitions, ctx)
    ]
    withdrawn = {entry.withdraws for entry in relevant if entry.withdraws}
    spoken = [entry for entry in relevant if not entry.withdraws and entry.id not in withdrawn]
    latest = _latest_of_each(spoken)
    lapse = Period.parse(measure.assertion_lapses)
    live = [
        entry
        for entry in latest
        if not _settled(entry, moved) and ctx.at < lapse.after(_day(entry))
    ]
    claims = [
        entry
        for entry in live
        if entry.state != in_force and may(measure, transitions, entry.by, entry.state, ctx)
    ]
    denials = [
        entry
        for entry in live
        if claims and entry.state == in_force and _is_party(entry.by, measure, ctx)
    ]
    shown = [*claims, *denials]
    ids = {entry.id for entry in shown}
    return Status(
        in_force=in_force,
        status="contested" if claims and denials else ("asserted" if claims else "in_force"),
        asserted=tuple(
            Asserted(entry.by, entry.state, entry.id)
            for entry in sorted(shown, key=lambda e: (_day(e), e.id))
        ),
        recorded_only=tuple(sorted(entry.id for entry in relevant if entry.id not in ids)),
        contested={
            entry.state: ctx.missing("act", entry.id, owed_by=ctx.role_of(entry.by))
            for entry in sorted(claims, key=lambda e: e.id, reverse=True)
        },
    )


def acts(
    measure: Measure, transitions: Iterable[Transition], known: Evidence, ctx: Context
) -> list[DecisionEvidence]:
    """Assertions with a published act by a holder of the power: they move the state."""
    transitions = tuple(transitions)
    return [
        DecisionEvidence(
            id=entry.id,
            known=entry.known,
            transition=None,
            dated=_day(entry),
            effective=_day(entry),
            role=ctx.role_of(entry.by),
            by=entry.by,
            measure=measure.id,
            to=entry.state,
            act=entry.act,
            unit=entry.unit,
        )
        for entry in known.assertions
        if entry.measure in (None, measure.id)
        and speaks_for(entry.unit, ctx.unit, known.zones)
        and moves(entry, measure, transitions, ctx)
    ]


def moves(
    entry: AssertionEvidence,
    measure: Measure,
    transitions: tuple[Transition, ...],
    ctx: Context,
) -> bool:
    """Whether an assertion is an act of one who has the power to bring the state about."""
    return entry.act is not None and may(measure, transitions, entry.by, entry.state, ctx)


def may(
    measure: Measure,
    transitions: tuple[Transition, ...],
    who: str,
    state: str,
    ctx: Context,
) -> bool:
    """Whether `who` holds a power that leads to `state`.

    A power names a transition, a state, or the verb of one (`suspend`,
    `suspended`). Powers that name nothing of the kind lead to any state.
    """
    roles: set[str] = set()
    vague: set[str] = set()
    known_states = {s.id for s in measure.states} | {t.to for t in transitions}
    known_states |= {f for t in transitions for f in t.from_} | {measure.initial, state}
    for verb, role in measure.power.items():
        leads = {t.to for t in transitions if t.id == verb}
        leads |= {s for s in known_states if s == verb or _verb_of(verb, s)}
        if not leads:
            vague.add(role)
        elif state in leads:
            roles.add(role)
    roles |= {t.decided_by for t in transitions if t.decided_by and t.to == state}
    return any(ctx.plays(who, role) for role in (roles or vague))


def _verb_of(verb: str, state: str) -> bool:
    stem = verb.removesuffix("e")
    return len(stem) > 2 and state.startswith(stem)


def _is_party(who: str, measure: Measure, ctx: Context) -> bool:
    roles = PARTIES | set(measure.power.values()) | set(ctx.bindings)
    return any(ctx.plays(who, role) for role in roles)


def _latest_of_each(entries: list[AssertionEvidence]) -> list[AssertionEvidence]:
    latest: dict[str, AssertionEvidence] = {}
    for entry in sorted(entries, key=lambda e: (_day(e), e.id)):
        latest[entry.by] = entry
    return list(latest.values())


def _settled(entry: AssertionEvidence, moved: date | None) -> bool:
    return moved is not None and moved >= _day(entry)


def _day(entry: AssertionEvidence) -> date:
    return entry.dated.last or entry.known
