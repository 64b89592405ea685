"""The briefing of a node: every side asked the same question, its answers laid side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from fairwater.agreement.bulk.timelines import evaluate_all
from fairwater.agreement.knowledge import Knowledge
from fairwater.agreement.timeline import Timeline
from fairwater.node.agreements import find
from fairwater.node.briefing.content import (
    Briefing,
    Clocks,
    DossierPart,
    Lack,
    Named,
    Track,
    UnitRow,
)
from fairwater.node.briefing.dossiers import dossiers
from fairwater.node.briefing.naming import Parties
from fairwater.node.briefing.reads import reads
from fairwater.node.briefing.reads import told as statements_told
from fairwater.node.briefing.series import chosen, series_of
from fairwater.node.briefing.sides import LETTERS, direction, side
from fairwater.node.briefing.tracks import Same, after, moved, same, track
from fairwater.node.briefing.units import (
    Key,
    Told,
    above_limit,
    columns_of,
    key_of,
    quantity_of,
    rows_of,
    tallies,
    usable,
    zones_of,
)
from fairwater.node.due import due
from fairwater.node.evaluation import Asked, Prepared, every, prepare
from fairwater.node.node import Node


class Wanted(Struct, frozen=True, kw_only=True):
    """What a briefing is asked for.

    `later`: a day after `as_of`, up to which a section looks at what came afterwards.
    `series`, `dossiers`, `tracks`: how many of each are drawn; the table has every unit.
    """

    agreements: tuple[str, ...]
    as_of: date
    known_at: date | None = None
    knowledge: Knowledge = "journal"
    decisions: str = "as_recorded"
    later: date | None = None
    series: int = 6
    dossiers: int = 3
    tracks: int = 12
    through: int | None = None


def brief(node: Node, wanted: Wanted) -> Briefing:
    """Everything a report tells of a node.

    Raises
    ------
    NoSuchAgreement, AgreementErrors
        If an agreement is not there, or its file has faults.
    ValueError
        If more agreements are asked for than there are letters, or none.
    """
    if not 0 < len(wanted.agreements) <= len(LETTERS):
        raise ValueError(f"between 1 and {len(LETTERS)} agreements can stand side by side")
    archive = node.archive()
    through = node.journal.size if wanted.through is None else wanted.through
    wanted = replace(wanted, through=through)
    parties = Parties(archive, through)
    sides = [_asked(node, wanted, *pair) for pair in zip(LETTERS, wanted.agreements, strict=False)]
    rows, numbers = rows_of(sides)
    tracks = [t for told in sides for t in _tracks(told, wanted, numbers, parties)]
    drawn = next((told for told in sides if told.columns is not None), None)
    return Briefing(
        node=Named(key=node.config.party, words=parties.named(node.config.party).words),
        clocks=Clocks(
            as_of=wanted.as_of,
            known_at=wanted.known_at or wanted.as_of,
            knowledge=wanted.knowledge,
            decisions=wanted.decisions,
            hypothetical=wanted.decisions != "as_recorded",
            later=wanted.later,
            evidence_through=through,
            evidence_digest=node.journal.digest(through),
        ),
        sides=tuple(
            side(
                told.letter,
                told.prepared,
                parties,
                tallies=tallies(
                    rows, told.letter, [m.id for m in told.prepared.agreement.measures]
                ),
                reviews=due(
                    archive,
                    wanted.as_of,
                    agreement=told.prepared.agreement,
                    bindings=dict(told.prepared.bindings),
                ),
                series=() if drawn is None else quantity_of(drawn.prepared),
            )
            for told in sides
        ),
        units=tuple(rows),
        zones=tuple(zones_of(rows)),
        lacks=tuple(lack for told in sides for lack in _lacks(told, numbers, parties)),
        series=() if drawn is None else tuple(series_of(drawn, chosen(rows, wanted.series))),
        tracks=tuple(tracks),
        comparison=None,
        consignments=(),
        dossiers=tuple(_dossiers(node, sides, rows, numbers, wanted.dossiers)),
        reads=tuple(reads(archive, through)),
        told=tuple(statements_told(archive, through)),
    )


def _asked(node: Node, wanted: Wanted, letter: str, name: str) -> Told:
    prepared = prepare(
        node,
        Asked(
            found=find(node, name, wanted.as_of),
            as_of=wanted.as_of,
            known_at=wanted.known_at,
            knowledge=wanted.knowledge,
            decisions=wanted.decisions,
            through=wanted.through,
        ),
    )
    return Told(letter, prepared, every(prepared), columns_of(prepared))


def _hindsight(prepared: Prepared, as_of: date) -> dict[Same, Timeline]:
    """The timelines as they look when everything on record is known."""
    asked = prepared.asked
    found = evaluate_all(
        prepared.agreement,
        prepared.columns,
        as_of=as_of,
        known_at=date.max,
        knowledge=asked.knowledge,
        decisions=asked.decisions,
        bindings=prepared.bindings,
        hindsight=True,
        codes=prepared.judged.of(prepared.agreement),
    )
    return {same(timeline): timeline for timeline in found}


def _tracks(
    told: Told, wanted: Wanted, numbers: Mapping[Key, int], parties: Parties
) -> Iterator[Track]:
    """Tracks of the units with most happening, then what happened later."""
    prepared = told.prepared
    live = [t for t in told.timelines if moved(t)]
    if live:
        past = _hindsight(prepared, wanted.as_of)
        first = _first_day(prepared)
        for timeline in sorted(live, key=_weight)[: wanted.tracks]:
            yield track(
                told, timeline, past.get(same(timeline)), numbers=numbers, parties=parties,
                exceedances=_exceedances(told, timeline), first=first,
            )  # fmt: skip
    if wanted.later is None or wanted.later <= wanted.as_of:
        return
    later = replace(prepared, asked=replace(prepared.asked, as_of=wanted.later, known_at=None))
    afterwards = Told(told.letter, later, every(later), told.columns)
    live = [t for t in afterwards.timelines if after(t, wanted.as_of)]
    if live:
        past = _hindsight(later, wanted.later)
        for timeline in sorted(live, key=_weight)[: wanted.tracks]:
            yield track(
                afterwards, timeline, past.get(same(timeline)), numbers=numbers, parties=parties,
                exceedances=_exceedances(afterwards, timeline), first=wanted.as_of, later=True,
            )  # fmt: skip


def _weight(timeline: Timeline) -> tuple[int, int, int, tuple[str, ...], str]:
    decided = sum(step.cause != "prompt" for step in timeline.taken)
    return (
        -decided,
        -len(timeline.taken),
        -len(timeline.openings),
        tuple(timeline.unit.values()),
        timeline.measure,
    )


def _first_day(prepared: Prepared) -> date:
    days = prepared.columns.days["sampled"][0][usable(prepared)]
    if not len(days):
        return prepared.asked.as_of
    return date.fromordinal(max(int(days.min()), 1))


def _exceedances(told: Told, timeline: Timeline) -> list[tuple[date, str]]:
    """Samples of the unit above the side's first limit, by day of sampling."""
    columns = told.prepared.columns
    number = columns.rank(timeline.unit)
    if number is None:
        return []
    rows = np.arange(columns.bounds[number], columns.bounds[number + 1])
    rows = rows[(usable(told.prepared) & above_limit(told.prepared))[rows]]
    wanted = quantity_of(told.prepared)
    found = []
    for sample in columns.samples(rows):
        texts = [v.text for v in sample.values if tuple(sorted(v.nuclides)) == wanted]
        day = sample.sampled.first or sample.sampled.last
        if texts and day is not None:
            found.append((day, texts[0]))
    return sorted(found)


def _lacks(told: Told, numbers: Mapping[Key, int], parties: Parties) -> Iterator[Lack]:
    """What the milder steps of units under a measure still lack, unit by unit."""
    agreement = told.prepared.agreement
    transitions = {t.id: t for t in agreement.transitions}
    as_of = told.prepared.asked.as_of
    for timeline in told.timelines:
        number = numbers.get(key_of(told, timeline.unit)) if told.columns else None
        for name in sorted(timeline.now):
            verdict = timeline.now[name]
            way = direction(transitions[name], agreement, timeline.in_force)
            if verdict.verdict != "unknown" or way != "milder":
                continue
            for entry in verdict.missing:
                yield Lack(
                    letter=told.letter,
                    kind=entry.kind,
                    unit=number,
                    measure=timeline.measure,
                    transition=name,
                    of=entry.of,
                    what=entry.what,
                    n=entry.n,
                    role=entry.owed_by,
                    party=None if entry.party is None else parties.named(entry.party),
                    due=entry.due,
                    overdue_days=0 if entry.due is None else max(0, (as_of - entry.due).days),
                )


def _dossiers(
    node: Node,
    sides: Sequence[Told],
    rows: Sequence[UnitRow],
    numbers: Mapping[Key, int],
    count: int,
) -> Iterator[DossierPart]:
    inside = [told for told in sides if told.columns is not None]
    for number, told in enumerate(inside):
        share = count // len(inside) + (number < count % len(inside))
        yield from dossiers(node, told, rows, numbers, share)
