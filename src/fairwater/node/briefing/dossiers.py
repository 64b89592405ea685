"""A few verdicts opened to the cell, with the rows their evidence stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from fairwater.agreement.timeline import Timeline
from fairwater.node.briefing.content import DossierPart, UnitRow
from fairwater.node.briefing.naming import named
from fairwater.node.briefing.sides import direction
from fairwater.node.briefing.units import Key, Told, key_of
from fairwater.node.evaluation import explained_from
from fairwater.node.node import Node
from fairwater.records import Sample, TestReport, decode_trusted

ORDER = ("held", "relaxable", "tightenable", "unsettled")
MAX_ROWS = 40
"""Rows whose cells are shown with one dossier; the samples are all named."""

Cells = tuple[tuple[str, str], ...]


def dossiers(
    node: Node, told: Told, rows: Sequence[UnitRow], numbers: Mapping[Key, int], count: int
) -> list[DossierPart]:
    """Dossiers of units that stand differently, the most sampled of each kind first."""
    timelines = {
        (key_of(told, t.unit), t.measure): t for t in told.timelines if told.columns is not None
    }
    found = []
    for row, measure in _picked(told.letter, rows, count):
        timeline = timelines[((row.species.key, row.zone.key), measure)]
        name = _transition(told, timeline)
        if name is None:
            continue
        dossier = explained_from(told.prepared, timeline, name).plain(3)
        columns = {d.id: d.column for d in told.prepared.agreement.scope.unit}
        found.append(
            DossierPart(
                letter=told.letter,
                label=tuple(named(columns[k], v) for k, v in timeline.unit.items()),
                measure=measure,
                transition=name,
                verdict=dossier["verdict"],
                tree=dossier,
                rows=dict(_rows(node, dossier["cites"])),
                number=numbers.get((row.species.key, row.zone.key)),
            )
        )
    return found


def _picked(letter: str, rows: Sequence[UnitRow], count: int) -> Iterator[tuple[UnitRow, str]]:
    """The most sampled unit of each standing in turn, until there are enough."""
    queues: dict[str, list[tuple[UnitRow, str]]] = {name: [] for name in ORDER}
    for row in sorted(rows, key=lambda row: (-row.above, -row.samples, row.number)):
        mine = [s for s in row.stands if s.letter == letter and s.standing in queues]
        for stand in mine[:1]:
            queues[stand.standing].append((row, stand.measure))
    left = count
    while left and any(queues.values()):
        for queue in queues.values():
            if queue and left:
                left -= 1
                yield queue.pop(0)


def _transition(told: Told, timeline: Timeline) -> str | None:
    """The step most worth explaining: one whose conditions hold, else the first milder one."""
    agreement = told.prepared.agreement
    ways = {t.id: direction(t, agreement, timeline.in_force) for t in agreement.transitions
            if t.id in timeline.now}  # fmt: skip
    steps = sorted(
        ways, key=lambda name: (timeline.now[name].verdict != "holds", ways[name] != "milder", name)
    )
    return steps[0] if steps else None


def _rows(node: Node, cites: Iterable[str]) -> Iterator[tuple[str, Cells]]:
    wanted = sorted(cites)[:MAX_ROWS]
    for record_id in wanted:
        entry = node.journal.find(record_id)
        if entry is None:
            continue
        record = decode_trusted(entry[1])
        if isinstance(record, TestReport):
            yield record_id, tuple(_cells(record))


def _cells(record: TestReport) -> Iterator[tuple[str, str]]:
    """What a report keeps of its row: field and text, as published where the record has that."""
    sample: Any = record.sample if isinstance(record.sample, Sample) else None
    place = None if sample is None else sample.place
    parts: tuple[tuple[str, str | None], ...] = (
        ("reporter", record.reporter),
        ("responsible", record.responsible),
        ("region", place and (place.region_text or place.region)),
        ("district", place and place.district),
        ("locality", place and place.locality),
        ("station", place and place.station),
        ("item", sample and sample.item),
        ("item_note", sample and sample.item_note),
        ("category", sample and sample.category_text),
        ("laboratory", record.laboratory_text or record.laboratory),
        ("method", record.method_text),
        ("collected", sample and (sample.collected_text or sample.collected)),
        ("resulted", record.resulted_text or record.resulted),
        ("published", record.published),
    )
    yield from ((name, text) for name, text in parts if text)
    for result in record.results:
        yield result.column or "+".join(result.nuclides), result.text or result.value or "-"
