"""The briefing of a node: every side asked the same question, its answers laid side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from fairwater.agreement.bulk.on_demand import truth_of
from fairwater.agreement.bulk.resting import collector_resting
from fairwater.agreement.bulk.timelines import evaluate_all
from fairwater.agreement.comparing.saying import Voice
from fairwater.agreement.knowledge import Knowledge
from fairwater.agreement.timeline import Timeline
from fairwater.node.agreements import find
from fairwater.node.briefing.content import (
    Briefing,
    Clocks,
    Comparison,
    DossierPart,
    Lack,
    Named,
    Series,
    Stand,
    Track,
    UnitRow,
)
from fairwater.node.briefing.dossiers import dossiers
from fairwater.node.briefing.goods import goods
from fairwater.node.briefing.naming import Parties
from fairwater.node.briefing.reads import reads
from fairwater.node.briefing.reads import told as statements_told
from fairwater.node.briefing.series import chosen, chosen_later, series_of
from fairwater.node.briefing.side_by_side import side_by_side
from fairwater.node.briefing.sides import LETTERS, direction, side
from fairwater.node.briefing.tracks import after, moved, same, track
from fairwater.node.briefing.units import (
    ITEM_COLUMNS,
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
from fairwater.node.comparing import Heard, answered, heard
from fairwater.node.due import due
from fairwater.node.evaluation import Asked, Prepared, every
from fairwater.node.node import Node


class Wanted(Struct, frozen=True, kw_only=True):
    """What a briefing is asked for.

    `later`: a day after `as_of`, up to which a section looks at what came afterwards.
    `series`, `dossiers`, `tracks`: how many of each are drawn; the table has every unit.
    `detailed`: of how many units the comparison tells clauses and numbers.
    `lacks`: of how many units a side, the most sampled first, all that is missing is listed.
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
    lacks: int = 24
    detailed: int = 40
    through: int | None = None


@collector_resting()
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
    told = heard(node, [_asked(node, wanted, name) for name in wanted.agreements])
    sides = [_told(*pair) for pair in zip(told.prepared, told.voices, strict=True)]
    rows, numbers = rows_of(sides)
    tracks = [t for one in sides for t in _tracks(one, wanted, numbers, parties)]
    drawn = next((one for one in sides if one.columns is not None), None)
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
                one.letter,
                one.prepared,
                parties,
                tallies=tallies(rows, one.letter, [m.id for m in one.prepared.agreement.measures]),
                reviews=due(
                    archive,
                    wanted.as_of,
                    agreement=one.prepared.agreement,
                    bindings=dict(one.prepared.bindings),
                ),
                series=() if drawn is None else quantity_of(drawn.prepared),
                samples=int(usable(one.prepared).sum()),
            )
            for one in sides
        ),
        units=tuple(rows),
        zones=tuple(zones_of(rows)),
        lacks=tuple(lack for one in sides for lack in _lacks(one, rows, parties, wanted.lacks)),
        series=() if drawn is None else tuple(_series(drawn, wanted, rows)),
        tracks=tuple(tracks),
        comparison=_compared(told, rows, numbers, wanted) if len(sides) > 1 else None,
        consignments=tuple(goods(node, sides, parties)),
        dossiers=tuple(_dossiers(node, sides, rows, numbers, wanted.dossiers)),
        reads=tuple(reads(archive, through)),
        told=tuple(statements_told(archive, through)),
    )


def _compared(
    told: Heard, rows: Sequence[UnitRow], numbers: Mapping[Key, int], wanted: Wanted
) -> Comparison:
    """The sides compared; clauses and numbers of the units with most samples above the limit."""
    best = sorted(rows, key=lambda row: (-row.above, -row.samples, row.number))[: wanted.detailed]
    item_first = told.dimensions.columns[:1] and told.dimensions.columns[0] in ITEM_COLUMNS
    keys = [(row.species.key, row.zone.key) for row in best]
    detailed = frozenset(keys if item_first else [(place, item) for item, place in keys])
    return side_by_side(answered(told, late_records=False, detailed=detailed), numbers)


def _asked(node: Node, wanted: Wanted, name: str) -> Asked:
    return Asked(
        found=find(node, name, wanted.as_of),
        as_of=wanted.as_of,
        known_at=wanted.known_at,
        knowledge=wanted.knowledge,
        decisions=wanted.decisions,
        through=wanted.through,
    )


def _told(prepared: Prepared, voice: Voice) -> Told:
    return Told(
        voice.letter,
        prepared,
        _flat(voice.units),
        _flat(voice.then),
        _flat(voice.later or ()),
        columns_of(prepared),
    )


def _flat(units: Sequence[Sequence[Timeline]]) -> list[Timeline]:
    return [timeline for unit in units for timeline in unit]


def _hindsight(prepared: Prepared) -> list[Timeline]:
    """The timelines with every day judged on what is known at the end."""
    asked = prepared.asked
    return evaluate_all(
        prepared.agreement,
        prepared.columns,
        as_of=asked.as_of,
        known_at=prepared.known_at,
        knowledge=asked.knowledge,
        decisions=asked.decisions,
        bindings=prepared.bindings,
        hindsight=True,
        codes=prepared.judged.of(prepared.agreement),
    )


def _series(told: Told, wanted: Wanted, rows: Sequence[UnitRow]) -> Iterator[Series]:
    """Series of the table's units, then of units that were sampled only later."""
    yield from series_of(told, chosen(rows, wanted.series))
    if _looks_later(wanted):
        after_ = _asked_later(told, wanted)
        afterwards = replace(told, prepared=after_)
        yield from series_of(afterwards, chosen_later(afterwards, wanted.as_of, wanted.series // 3))


def _looks_later(wanted: Wanted) -> bool:
    return wanted.later is not None and wanted.later > wanted.as_of


def _asked_later(told: Told, wanted: Wanted) -> Prepared:
    """The side's question, as of the later day."""
    day = wanted.later or wanted.as_of
    return replace(told.prepared, asked=replace(told.prepared.asked, as_of=day, known_at=None))


def _tracks(
    told: Told, wanted: Wanted, numbers: Mapping[Key, int], parties: Parties
) -> Iterator[Track]:
    """Tracks of the units with most happening, then what happened later."""
    live = sorted(filter(moved, told.then), key=_weight)[: wanted.tracks]
    past = {same(timeline): timeline for timeline in told.later}
    first = _first_day(told.prepared)
    for timeline in live:
        yield track(
            told, timeline, past.get(same(timeline)), numbers=numbers, parties=parties,
            exceedances=_exceedances(told, timeline), first=first,
        )  # fmt: skip
    if not _looks_later(wanted):
        return
    prepared = _asked_later(told, wanted)
    timelines = every(prepared)
    live = [timeline for timeline in timelines if after(timeline, wanted.as_of)]
    if not live:
        return
    past = {same(timeline): timeline for timeline in _hindsight(prepared)}
    afterwards = Told(told.letter, prepared, timelines, timelines, (), told.columns)
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


def _lacks(told: Told, rows: Sequence[UnitRow], parties: Parties, count: int) -> Iterator[Lack]:
    """What the milder steps of units under a measure still lack; of the most sampled units."""
    agreement = told.prepared.agreement
    transitions = {t.id: t for t in agreement.transitions}
    as_of = told.prepared.asked.as_of
    timelines = {(key_of(told, t.unit), t.measure): t for t in told.timelines if told.columns}
    open_ = [(row, stand) for row in rows for stand in row.stands
             if stand.letter == told.letter and stand.standing == "unsettled"]  # fmt: skip
    for row, stand in sorted(open_, key=_lacking_most)[:count]:
        timeline = timelines[(row.species.key, row.zone.key), stand.measure]
        for name in sorted(timeline.now):
            way = direction(transitions[name], agreement, timeline.in_force)
            if way != "milder" or truth_of(timeline.now, name) != "unknown":
                continue
            for entry in timeline.now[name].missing:
                yield Lack(
                    letter=told.letter,
                    kind=entry.kind,
                    unit=row.number,
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


def _lacking_most(pair: tuple[UnitRow, Stand]) -> tuple[int, int, int]:
    row, _ = pair
    return (-row.above, -row.samples, row.number)


def _dossiers(
    node: Node,
    sides: Sequence[Told],
    rows: Sequence[UnitRow],
    numbers: Mapping[Key, int],
    count: int,
) -> Iterator[DossierPart]:
    inside = [one for one in sides if one.columns is not None]
    for number, told in enumerate(inside):
        share = count // len(inside) + (number < count % len(inside))
        yield from dossiers(node, told, rows, numbers, share)
