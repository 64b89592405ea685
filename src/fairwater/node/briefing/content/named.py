"""What all parts of a briefing share: names with their mark, truths, how things stand."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from fairwater.agreement.terms import Words

Mark = Literal["seen", "memory", "ours"]
Truth = Literal["holds", "fails", "unknown"]
Effect = Literal["none", "inspection", "conditional", "hold", "suspended"]
Standing = Literal["relaxable", "unsettled", "held", "tightenable", "none", "stale", "never"]
"""How a unit stands under one measure.

relaxable    a measure is in force and every condition for a milder state holds: not decided
unsettled    a measure is in force; whether it could be relaxed is unknown
held         a measure is in force and no step to a milder state has its conditions met
tightenable  no measure (or a milder one) is in force, the conditions for a stricter one hold
none         no measure; sampled within the last 90 days
stale        no measure; the last sample is more than 90 days old
never        no sample of this species in this zone
"""
STANDINGS: tuple[Standing, ...] = (
    "relaxable", "unsettled", "held", "tightenable", "none", "stale", "never",
)  # fmt: skip


class Part(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of a briefing."""


class Named(Part, frozen=True):
    """A name of the evidence (`key`, as written) and what readers call it, with its mark."""

    key: str
    words: Words = Words()
    mark: Mark | None = None
