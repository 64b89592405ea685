"""Promises that fall due: reviews and decisions. An alarm moves nothing.

The due day itself is not overdue. The review clock starts at the last review,
the last transition, or the day the agreement came into force, whichever is
latest.
"""

from __future__ import annotations

from datetime import date

from fairwater.agreement.context import Context
from fairwater.agreement.evidence import Evidence
from fairwater.agreement.model import Agreement
from fairwater.agreement.scope import concerns
from fairwater.agreement.timeline import Alarm
from fairwater.agreement.tracks import Track
from fairwater.quantities.periods import Period


def alarms(track: Track, known: Evidence, ctx: Context, agreement: Agreement) -> list[Alarm]:
    """Reviews and decisions that are due from now on or overdue at `ctx.at`."""
    found: list[Alarm] = []
    for opening in track.open.values():
        if opening.decide_by is not None:
            owed = track.transitions[opening.transition].decided_by
            found.append(
                Alarm(
                    kind="decision_overdue" if ctx.at > opening.decide_by else "decision_due",
                    due=opening.decide_by,
                    transition=opening.transition,
                    owed_by=owed,
                    party=ctx.party(owed),
                )
            )
    review = track.measure.review
    if review is not None:
        held = [
            entry.dated
            for entry in known.reviews
            if entry.measure in (None, track.measure.id)
            and entry.dated <= ctx.at
            and concerns(entry.unit, ctx.unit, known.zones)
        ]
        start = date.fromisoformat(agreement.valid_from) if agreement.valid_from else None
        clock = max([day for day in (*held, track.since, start) if day is not None], default=None)
        if clock is not None:
            due = Period.parse(review.every).after(clock)
            found.append(
                Alarm(
                    kind="review_overdue" if ctx.at > due else "review_due",
                    due=due,
                    owed_by=review.by,
                    party=ctx.party(review.by),
                )
            )
    return sorted(found, key=lambda a: (a.due, a.kind, a.transition or ""))
