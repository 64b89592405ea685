"""Whether a decision moves a measure: by whom it was taken, and for which scope.

The role that decides the transition, or the party bound to it, may decide; a
decision by anybody else is recorded only. Of decisions for several scopes that
contain the unit the most specific wins; of two that do not compare, the more
restrictive, and both cases are flagged.
"""

from __future__ import annotations

from fairwater.agreement.context import Context
from fairwater.agreement.evidence import DecisionEvidence
from fairwater.agreement.model import Transition
from fairwater.agreement.tracks import Track


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
