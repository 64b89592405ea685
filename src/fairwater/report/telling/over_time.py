"""States over time: a group of timelines for every measure, its legend and its table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from fairwater.node.briefing.content import Hole, Lane, Step, Track
from fairwater.report.document import (
    AnyBlock,
    Key,
    Listing,
    Panels,
    Paragraph,
    Phrase,
    Section,
    Table,
)
from fairwater.report.figures.legend import time_keys
from fairwater.report.figures.timelines import axis_drawing, track_drawing
from fairwater.report.telling.ground import Ground

Group = tuple[str, str, bool]


def over_time(ground: Ground) -> Section:
    """The section on timelines."""
    return Section(
        id="time",
        title=ground.words.say("section.time"),
        short=ground.words.say("contents.time"),
        blocks=tuple(_blocks(ground)),
    )


def _blocks(ground: Ground) -> Iterator[AnyBlock]:
    words = ground.words
    groups: dict[Group, list[Track]] = {}
    for track in ground.briefing.tracks:
        groups.setdefault((track.letter, track.measure, track.later), []).append(track)
    if not groups:
        yield Paragraph(phrase=words.say("time.none"))
        return
    yield Paragraph(phrase=words.say("time.lead"), role="lead")
    yield Key(items=tuple((svg, words.say(f"key.{name}")) for name, svg in time_keys(ground.look)))
    order = sorted(groups, key=lambda group: (group[2], group[0]))
    for number, group in enumerate(order):
        yield from _group(ground, number, group, groups[group])


def _group(ground: Ground, number: int, group: Group, tracks: list[Track]) -> Iterator[AnyBlock]:
    words = ground.words
    letter, measure, later = group
    named = {"letter": words.figure(letter), "measure": ground.measure_name(letter, measure)}
    yield Paragraph(
        phrase=words.say("time.group_later" if later else "time.group", **named), role="heading"
    )
    days = (min(t.first for t in tracks), max(t.last for t in tracks))
    drawings = [
        axis_drawing(days, name=f"axis-{number}", title=words.text("time.axis"), words=words,
                     look=ground.look)
    ]  # fmt: skip
    for index, track in enumerate(tracks):
        unit = ground.unit_name(track.number, track.label)
        if not track.label and track.number is None:
            unit = named["measure"]
        state = ground.state_name(letter, measure, _now(track.known))
        drawings.append(
            track_drawing(
                track,
                name=f"time-{number}-{index}",
                days=days,
                title=words.text("time.track", unit=unit, measure=named["measure"]),
                desc=words.text("time.desc", state=state, n=len(_lasting(track.known))),
                caption=(unit,),
                look=ground.look,
            )
        )
    yield Panels(drawings=tuple(drawings), table=_table(ground, number, group, tracks))


def _now(lane: Lane) -> str:
    return lane.bars[-1].state if lane.bars else "-"


def _table(ground: Ground, number: int, group: Group, tracks: Iterable[Track]) -> Table:
    words = ground.words
    letter, measure, _ = group
    rows = [row for track in tracks for row in _rows(ground, track)]
    caption = words.say(
        "time.caption", letter=words.figure(letter), measure=ground.measure_name(letter, measure)
    )
    heads = ("unit", "what", "from", "until", "lane")
    table = ground.table(f"time-table-{number}", heads, rows, caption=caption, blocks=False)
    return replace(table, listed=tuple(_listed(ground, rows)))


def _listed(ground: Ground, rows: Iterable[list[Phrase]]) -> Iterator[Listing]:
    """The rows of a unit as known at one time in one sentence, what is alike with its days."""
    words = ground.words
    found: dict[tuple[Phrase, Phrase], dict[Phrase, list[Phrase]]] = {}
    for unit, what, since, until, lane in rows:
        when = since
        if since and until:
            when = words.say("form.window", first=since, last=until)
        elif until:
            when = words.say("form.until", last=until)
        days = found.setdefault((unit, lane), {}).setdefault(what, [])
        days += [when] * bool(when)
    for (unit, lane), events in found.items():
        said = [
            words.say("form.colon", label=what, value=words.listed(days)) if days else what
            for what, days in events.items()
        ]
        told = ground.listed(said, len(said))
        yield Listing(words.say("time.listed", unit=unit, lane=lane, events=told))


def _lasting(lane: Lane) -> list[Hole]:
    """Eligible stretches; where the decision came on the day itself, its step tells of it."""
    return [hole for hole in lane.holes if hole.until != hole.since]


def _rows(ground: Ground, track: Track) -> Iterator[list[Phrase]]:
    """A row for every state and event: unit, what, from, until, as known when."""
    words = ground.words
    unit = ground.unit_name(track.number, track.label)
    if not track.label and track.number is None:
        unit = ground.measure_name(track.letter, track.measure)

    def name(state: str) -> Phrase:
        return ground.state_name(track.letter, track.measure, state)

    for key, lane in (("known", track.known), ("hindsight", track.hindsight)):
        when = words.say(f"time.{key}")
        for bar in lane.bars:
            said = words.say("time.state", state=name(bar.state))
            yield [unit, said, ground.iso(bar.since), ground.iso(bar.until), when]
        for hole in _lasting(lane):
            clause = ground.clause_name(track.letter, hole.transition)
            said = words.say("time.hole", clause=clause)
            yield [unit, said, ground.iso(hole.since), ground.iso(hole.until), when]
    for step in track.steps:
        yield [unit, _step(ground, track, step), ground.iso(step.dated), Phrase(),
               words.say("time.known")]  # fmt: skip
    for claim in track.claims:
        key = "time.deny" if claim.denied else "time.claim"
        said = words.say(key, party=words.name(claim.by), state=name(claim.state))
        if claim.note:
            said = words.say("form.aside", text=said, aside=words.quoted(claim.note))
        yield [unit, said, ground.iso(claim.since), ground.iso(claim.until),
               words.say("time.known")]  # fmt: skip


def _step(ground: Ground, track: Track, step: Step) -> Phrase:
    words = ground.words
    state = ground.state_name(track.letter, track.measure, step.to)
    clause = (
        ground.clause_name(track.letter, step.transition)
        if step.transition
        else words.say("form.not_stated")
    )
    if not step.recorded:
        said = words.say("time.assumed", clause=clause, state=state)
    elif step.by is None:
        said = words.say("time.decided", clause=clause, state=state)
    else:
        said = words.say("time.decided_by", clause=clause, state=state, party=words.name(step.by))
    if step.reasons:
        said = words.say("time.reasons", what=said, reasons=words.quoted(step.reasons))
    return words.say("time.invented", what=said) if step.invented else said
