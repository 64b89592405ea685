"""State of every species and zone: what is under a measure or eligible first, the rest folded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fairwater.node.briefing.content import STANDINGS, Stand, UnitRow
from fairwater.report.document import (
    AnyBlock,
    Column,
    Fold,
    Key,
    Listing,
    Paragraph,
    Phrase,
    Row,
    Section,
    Span,
    Table,
)
from fairwater.report.figures.symbols import symbol
from fairwater.report.telling.ground import BUSY, Ground
from fairwater.report.telling.missing import missing
from fairwater.report.telling.where import zone_table

MAX_ROWS = 200
"""Units in the first table; further ones stand in the folds by zone."""
NUMERIC = frozenset({"samples", "below", "above", "highest"})


def status(ground: Ground) -> Section:
    """The section on the state of every unit."""
    return Section(
        id="status",
        title=ground.words.say("section.status"),
        short=ground.words.say("contents.status"),
        blocks=tuple(_blocks(ground)),
    )


def zones(ground: Ground) -> Section:
    """The table of the map."""
    words = ground.words
    return Section(
        id="zones",
        title=words.say("section.zones"),
        short=words.say("contents.zones"),
        blocks=(Paragraph(phrase=words.say("zones.lead"), role="lead"), zone_table(ground)),
    )


def _blocks(ground: Ground) -> Iterator[AnyBlock]:
    words = ground.words
    yield Paragraph(phrase=words.say("status.lead"), role="lead")
    yield Key(
        items=tuple(
            (symbol(standing, ground.look), words.say(f"short.{standing}"))
            for standing in STANDINGS
        )
    )
    ordered = sorted(ground.briefing.units, key=lambda row: _order(ground, row))
    busy = [row for row in ordered if _busy(ground, row)][:MAX_ROWS]
    shown = {row.number for row in busy}
    rest = [row for row in ground.briefing.units if row.number not in shown]
    measure = ground.measure_name(ground.lead.letter, ground.lead.leading)
    if busy:
        day = ground.iso(ground.briefing.clocks.as_of)
        caption = words.say("status.busy", n=len(busy), measure=measure, day=day)
        yield _table(ground, "status-table", busy, caption, zone=True)
    else:
        yield Paragraph(phrase=words.say("status.nobody"))
    yield from missing(ground)
    by_zone: dict[str, list[UnitRow]] = {zone.zone.key: [] for zone in ground.briefing.zones}
    for row in rest:
        by_zone.setdefault(row.zone.key, []).append(row)
    for number, rows in enumerate(filter(None, by_zone.values())):
        zone = words.name(rows[0].zone)
        caption = words.say("status.rest_caption", zone=zone)
        yield Fold(
            summary=words.say("status.rest_zone", zone=zone, n=len(rows)),
            blocks=(_table(ground, f"rest-{number}", rows, caption, zone=False),),
        )


def _busy(ground: Ground, row: UnitRow) -> bool:
    """Under a measure of the agreement the first screen speaks of, or eligible for a step."""
    mine = [stand for stand in row.stands if stand.letter == ground.lead.letter]
    return any(stand.standing in BUSY or stand.level > 0 for stand in mine)


def _order(ground: Ground, row: UnitRow) -> tuple[int, int, str, int]:
    stand = ground.leading(row)
    rank = len(STANDINGS) if stand is None else STANDINGS.index(stand.standing)
    return rank, -row.above, row.zone.key, row.number


def _table(
    ground: Ground, name: str, rows: Sequence[UnitRow], caption: Phrase, *, zone: bool
) -> Table:
    """Rows of units; what is the same for all of them stands in the caption, not in a column."""
    words, lead = ground.words, ground.lead
    pairs: list[tuple[str, str]] = []
    same = [caption]
    for side in ground.briefing.sides:
        for measure in side.measures:
            pair = (side.letter, measure.id)
            if pair == (lead.letter, lead.leading):
                continue
            said = {_stand(ground, ground.stand(row, *pair)) for row in rows}
            if len(said) == 1 and len(rows) > 1:
                only = words.oneline(said.pop())
                head = _measure_head(ground, *pair)
                same.append(words.say("status.all_same", measure=head, state=only))
            else:
                pairs.append(pair)
    names = ["species", *(["zone"] if zone else []), "state", *(["since", "steps"] if zone else [])]
    tail = ["last_sampled", "samples", "below", "above", "highest"]
    columns = [Column(head=words.say(f"head.{head}")) for head in names]
    columns[1 + zone] = Column(head=_measure_head(ground, lead.letter, lead.leading))
    columns += [Column(head=_measure_head(ground, *pair)) for pair in pairs]
    columns += [Column(head=words.say(f"head.{head}"), numeric=head in NUMERIC) for head in tail]
    return Table(
        id=name,
        caption=ground.joined(same),
        columns=tuple(columns),
        rows=tuple(Row(cells=tuple(_cells(ground, row, pairs, zone=zone))) for row in rows),
        blocks=zone,
        listed=() if zone else (*map(Listing, same[1:]), *_listed(ground, rows, pairs)),
    )


def _listed(
    ground: Ground, rows: Iterable[UnitRow], pairs: Sequence[tuple[str, str]]
) -> Iterator[Listing]:
    """Units at rest in short, those that stand alike together."""
    words, lead = ground.words, ground.lead
    alike: dict[tuple[Phrase, ...], list[UnitRow]] = {}
    for row in rows:
        stands = [ground.leading(row), *(ground.stand(row, *pair) for pair in pairs)]
        said = tuple(words.oneline(_stand(ground, stand)) for stand in stands)
        alike.setdefault(said, []).append(row)
    heads = [_measure_head(ground, *pair) for pair in ((lead.letter, lead.leading), *pairs)]
    for said, group in alike.items():
        states = [
            words.say("status.listed_state", measure=head, state=state)
            for head, state in zip(heads, said, strict=True)
        ]
        key = "status.listed" if any(row.samples for row in group) else "status.listed_never"
        yield Listing(
            words.say(key, states=ground.listed(states, len(states))),
            tuple(_listed_unit(ground, row) for row in group),
        )


def _listed_unit(ground: Ground, row: UnitRow) -> Phrase:
    """A unit's name and numbers."""
    words = ground.words
    name = words.name(row.species, written=True)
    if not row.samples:
        return name
    return words.say(
        "status.listed_unit",
        n=words.number(row.samples),
        name=name,
        below=words.number(row.below),
        above=words.number(row.above),
        highest=words.figure(row.highest or "–"),
        day=ground.iso(row.last_sampled),
    )


def _measure_head(ground: Ground, letter: str, measure: str) -> Phrase:
    label = ground.words.figure(letter)
    return ground.words.say("form.colon", label=label, value=ground.measure_name(letter, measure))


def _cells(
    ground: Ground, row: UnitRow, pairs: Iterable[tuple[str, str]], *, zone: bool
) -> Iterator[Phrase]:
    words = ground.words
    stand = ground.leading(row)
    yield words.name(row.species, written=True)
    if zone:
        yield words.name(row.zone)
    yield _stand(ground, stand)
    if zone:
        yield Phrase() if stand is None else _since(ground, stand)
        yield Phrase() if stand is None else _steps(ground, stand)
    for letter, measure in pairs:
        yield _stand(ground, ground.stand(row, letter, measure))
    yield ground.iso(row.last_sampled)
    for number in (row.samples, row.below, row.above):
        yield words.figure(words.number(number))
    yield words.figure(row.highest) if row.highest is not None else words.figure("–")


def _stand(ground: Ground, stand: Stand | None) -> Phrase:
    """How a unit stands, made once for all that stand so."""
    if stand is None:
        return ground.words.say("status.no_stand")
    how = (stand.letter, stand.measure, stand.state, stand.level, stand.standing, stand.status)
    if how not in ground.standings:
        ground.standings[how] = _stands(ground, stand)
    return ground.standings[how]


def _stands(ground: Ground, stand: Stand) -> Phrase:
    words = ground.words
    mark = Phrase((Span(symbol=stand.standing),))
    if stand.level == 0 and stand.standing != "tightenable":
        said = mark + words.say(f"short.{stand.standing}")
    else:
        state = ground.state_name(stand.letter, stand.measure, stand.state)
        said = ground.lines([mark + state, words.say(f"short.{stand.standing}")])
    if stand.status == "in_force":
        return said
    return ground.lines([said, words.say(f"status.{stand.status}")])


def _since(ground: Ground, stand: Stand) -> Phrase:
    day = ground.iso(stand.since)
    if not stand.assumed:
        return day
    mark = Phrase((Span(symbol="assumed"),))
    return ground.lines([day, mark + ground.words.say("status.assumed")])


def _target(ground: Ground, stand: Stand, name: str) -> Phrase:
    """The state a step leads to."""
    clause = ground.clause(stand.letter, name)
    if clause is None:
        return ground.words.code_text(name)
    return ground.state_name(stand.letter, stand.measure, clause.to)


def _steps(ground: Ground, stand: Stand) -> Phrase:
    words = ground.words
    steps = [
        words.say("status.step", step=_target(ground, stand, name), verdict=ground.truth(verdict))
        for name, verdict in stand.steps.items()
    ]
    if stand.eligible_since is not None:
        steps.append(words.say("status.eligible_since", day=ground.iso(stand.eligible_since)))
    return ground.lines(steps)
