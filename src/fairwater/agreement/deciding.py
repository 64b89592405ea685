"""Whether a decision moves a measure: by whom it was taken, and for which scope.

The role that decides the transition, or the party bound to it, may decide; a
decision by anybody else is recorded only. Of decisions for several scopes that
contain the unit the most specific wins; of two that do not compare, the more
restrictive, and both cases are flagged. One for a part of the unit (a single
facility) leaves the unit as it is and is flagged. Where the record of a decision is
withdrawn, what stood before it stands again from the day that became known.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from fairwater.agreement.context import Context
from fairwater.agreement.evidence import DecisionEvidence, Evidence, Unit
from fairwater.agreement.model import Transition
from fairwater.agreement.scope import concerns, speaks_for
from fairwater.agreement.status import acts
from fairwater.agreement.tracks import Track


def about(
    track: Track, known: Evidence, ctx: Context, unit: Unit, *, alone: bool
) -> list[DecisionEvidence]:
    """Decisions and published acts on the measure for the whole unit; `alone`: no other measure."""
    found: list[DecisionEvidence] = []
    acted = acts(track.measure, track.transitions.values(), known, ctx)
    for decision in (*known.decisions, *acted):
        belongs = alone or decision.transition is None or decision.transition in track.transitions
        named = decision.measure == track.measure.id or (decision.measure is None and belongs)
        if not named or not concerns(decision.unit, unit, known.zones):
            continue
        if speaks_for(decision.unit, unit, known.zones):
            found.append(decision)
        elif decision.id not in track.refused and decision.effective <= ctx.at:
            track.refused.add(decision.id)
            track.flags.append({"decision": decision.id, "narrower_scope": True})
    return found


def taken_back(
    track: Track,
    found: list[DecisionEvidence],
    heirs: Mapping[str, str | None],
    day: date,
    ctx: Context,
) -> bool:
    """Undo steps whose decision is no longer on record; one amended in other points stays.

    `found`: decisions on record now; `heirs`: what replaces a record, None if withdrawn.
    """
    on_record = {decision.id: decision for decision in found}
    gone = [
        taken
        for taken, _, _ in track.steps
        if taken.id is not None and taken.id not in on_record and taken.id not in track.withdrawn
    ]
    undone = False
    for taken in gone:
        old = taken.id or ""
        heir = on_record.get(heirs.get(old) or "")
        transition = None if heir is None else track.transitions.get(heir.transition or "")
        to = None if heir is None else heir.to or (transition.to if transition else None)
        if (
            heir is not None
            and to == taken.to
            and heir.effective <= day
            and heir.published
            and may_decide(heir, transition, ctx)
        ):
            track.renamed(old, heir.id)
        else:
            track.take_back(old, day)
            undone = True
    return undone


def may_decide(decision: DecisionEvidence, transition: Transition | None, ctx: Context) -> bool:
    """Whether the decision is by the role that decides the transition."""
    needed = transition.decided_by if transition is not None else None
    if needed is None:
        return True
    party = ctx.party(needed)
    if decision.role is not None and decision.role != needed:
        return party is not None and decision.role == party
    if party is not None and decision.by is not None:
        return decision.by in (party, needed)
    return (decision.role or decision.by) == needed


def outranks(track: Track, decision: DecisionEvidence, to: str) -> bool:
    """Whether the decision prevails over the one that set the state; flags what is not clear."""
    last, new = track.by_unit, decision.unit
    if not last or not new or set(new) >= set(last):
        return True
    if set(last) > set(new):
        track.flags.append({"decision": decision.id, "overruled_by": "more specific decision"})
        return False
    track.flags.append({"decision": decision.id, "incomparable_scope": True})
    return track.rank(to) >= track.rank(track.state)
