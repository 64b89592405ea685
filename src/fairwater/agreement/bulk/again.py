"""One more result: only its unit is evaluated again.

    changed = evaluate_again(agreement, columns, Evidence(samples=(new,)), as_of=day)

gives the timelines of the units that the new evidence is about, as
`evaluate_all` would over everything, in the time one unit takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec.structs import replace

from fairwater.agreement.bulk.columns import Columns, exact_evidence, supersessions_of
from fairwater.agreement.bulk.joining import joined, only
from fairwater.agreement.bulk.timelines import evaluate_all
from fairwater.agreement.evidence import Evidence
from fairwater.agreement.knowledge import Knowledge
from fairwater.agreement.model import Agreement
from fairwater.agreement.timeline import Timeline


def evaluate_again(
    agreement: Agreement,
    columns: Columns,
    more: Evidence,
    *,
    as_of: date,
    known_at: date | None = None,
    knowledge: Knowledge = "journal",
    decisions: str = "as_recorded",
    bindings: Mapping[str, str] | None = None,
) -> list[Timeline]:
    """Timelines of the units that new samples are about, with the samples.

    Parameters
    ----------
    agreement : Agreement
        The version that governs.
    columns : Columns
        What was known before; it stays as it is.
    more : Evidence
        New samples, and what they replace. Statements are not looked at here: a
        decision may concern many units.
    as_of, known_at, knowledge, decisions, bindings
        As in `evaluate_all`.
    """
    found: list[Timeline] = []
    for unit in sorted({tuple(s.unit[name] for name in columns.dimensions) for s in more.samples}):
        named = dict(zip(columns.dimensions, unit, strict=True))
        mine = tuple(
            s for s in more.samples if tuple(s.unit[name] for name in columns.dimensions) == unit
        )
        found += evaluate_all(
            agreement,
            _unit_with(columns, named, replace(more, samples=mine)),
            as_of=as_of,
            known_at=known_at,
            knowledge=knowledge,
            decisions=decisions,
            bindings=bindings,
        )
    return found


def _unit_with(columns: Columns, unit: Mapping[str, str], more: Evidence) -> Columns:
    number = columns.rank(unit)
    if number is None:
        return Columns.of(more.joined([replace(columns.others, samples=())]), columns.dimensions)
    apart = all(s.values and s.sample == s.id for s in more.samples) and not more.supersessions
    if apart:
        return joined(only(columns, number), Columns.of(more, columns.dimensions))
    # A replicate, a sample still due or an amendment bears on rows that are there.
    whole = exact_evidence(columns, number).joined([more])
    return Columns.of(replace(whole, supersessions=supersessions_of(whole)), columns.dimensions)
