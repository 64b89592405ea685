"""The state machine of a measure over one unit, walked from instant to instant.

At each instant, in this order: knowledge, decisions, conditions, at most one
automatic step. A decision by the role named moves the state whatever the
conditions say; taken outside an eligible interval it is flagged
(`decided_while`). A decision by another role is recorded only. Of automatic
transitions that hold together the lowest priority number goes first; the
others are listed as not taken.

    contemporaneous   each day is judged on what was known that day
    hindsight         every day is judged on what is known at `known_at`

`decisions="prompt"` supposes that each eligible decision is taken on the day it
becomes possible, `prompt:P14D` that long after; the result is hypothetical.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from fairwater.agreement.context import terms_of
from fairwater.agreement.evidence import Evidence, Unit
from fairwater.agreement.knowledge import Knowledge, with_knowledge
from fairwater.agreement.model import Agreement
from fairwater.agreement.timeline import Timeline
from fairwater.agreement.tracks import Track
from fairwater.agreement.walk import Walk

__all__ = ["Track", "Walk", "timeline"]


def timeline(
    agreement: Agreement,
    measure: str,
    unit: Unit,
    evidence: Evidence,
    *,
    as_of: date,
    known_at: date | None = None,
    knowledge: Knowledge = "journal",
    decisions: str = "as_recorded",
    bindings: Mapping[str, str] | None = None,
    hindsight: bool | None = None,
) -> Timeline:
    """History of `measure` for `unit` up to `as_of`.

    Parameters
    ----------
    agreement : Agreement
        The version that governs.
    measure : str
        Id of one of its measures; the others are walked beside it.
    unit : mapping
        Dimension to value. Evidence about other units may be present.
    evidence : Evidence
        Everything there is.
    as_of, known_at : date
        The day asked about and the day whose knowledge answers (default `as_of`).
    knowledge : {"journal", "published", "resulted", "sampled"}
        Which date of a sample stands for the day it became known.
    decisions : str
        ``as_recorded``, ``prompt`` or ``prompt:PERIOD``.
    bindings : mapping, optional
        Role to party.
    hindsight : bool, optional
        Judge every past day on what is known at `known_at`; default only where
        `known_at` lies after `as_of`.

    Returns
    -------
    Timeline

    Raises
    ------
    KeyError
        If the agreement has no such measure.
    """
    walk = Walk(
        agreement,
        terms_of(agreement),
        unit,
        with_knowledge(evidence, knowledge),
        as_of=as_of,
        known_at=known_at or as_of,
        decisions=decisions,
        bindings=bindings or {},
        hindsight=(known_at or as_of) > as_of if hindsight is None else hindsight,
    )
    walk.run()
    return walk.told(measure, knowledge)
