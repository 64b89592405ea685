"""Where: the map of zones, or the list of them where none states a position."""

from __future__ import annotations

from collections.abc import Iterator

from fairwater.node.briefing.content import STANDINGS, Standing, Zone
from fairwater.report.document import AnyBlock, Paragraph, Phrase, Table
from fairwater.report.figures.zone_map import MAX_LABELS, Place, zone_map
from fairwater.report.telling.ground import BUSY, Ground


def where(ground: Ground) -> Iterator[AnyBlock]:
    """The map of the first screen with what it leaves out, or a word that there is none."""
    words = ground.words
    zones = ground.briefing.zones
    placed = [zone for zone in zones if zone.latitude_deg is not None]
    places = [_place(ground, zone) for zone in placed]
    said = words.listed(
        [p.name + Phrase(words.say("form.sentence").spans) + p.count for p in places]
    )
    drawing = zone_map(
        [place for place in places if place is not None],
        title=words.text("first.where"),
        desc=words.text("first.map_desc", zones=said),
        caption=(),
        look=ground.look,
    )
    if drawing is None:
        yield Paragraph(phrase=words.say("first.no_map"), role="fine")
        return
    yield drawing
    notes = [words.say("first.no_borders"), words.say("first.dot")]
    quiet = sum(not place.busy for place in places)
    if len(places) > MAX_LABELS and quiet:
        notes.append(words.say("first.map_rest", n=quiet))
    if len(zones) > len(placed):
        notes.append(words.say("first.unplaced", n=len(zones) - len(placed)))
    yield Paragraph(phrase=ground.joined(notes), role="fine")


def standings(ground: Ground, zone: Zone) -> tuple[Standing, ...]:
    """How the units of a zone stand under the leading measure, in the fixed order."""
    found = [
        stand.standing
        for number in zone.units
        if (stand := ground.leading(ground.rows[number])) is not None
    ]
    return tuple(sorted(found, key=STANDINGS.index))


def counted(ground: Ground, zone: Zone) -> int:
    """How many units of a zone are under the leading measure."""
    stands = (ground.leading(ground.rows[number]) for number in zone.units)
    return sum(stand is not None and stand.level > 0 for stand in stands)


def _place(ground: Ground, zone: Zone) -> Place:
    how = standings(ground, zone)
    number, total = counted(ground, zone), len(how)
    key = "first.count" if number else "first.count_none"
    return Place(
        name=ground.words.name(zone.zone),
        count=ground.words.say(key, under=number, total=total),
        standings=how,
        longitude_deg=zone.longitude_deg or 0.0,
        latitude_deg=zone.latitude_deg or 0.0,
        busy=any(standing in BUSY for standing in how),
    )


def zone_table(ground: Ground) -> Table:
    """Every zone: how many of its units stand how."""
    words = ground.words
    present = [
        s for s in STANDINGS if any(s in standings(ground, z) for z in ground.briefing.zones)
    ]
    heads = ["zone", "units", *(f"standing_{s}" for s in present), "position"]
    rows = []
    for zone in ground.briefing.zones:
        how = standings(ground, zone)
        position = words.say("form.not_stated")
        if zone.latitude_deg is not None and zone.longitude_deg is not None:
            position = words.figure(f"{zone.latitude_deg:.2f}, {zone.longitude_deg:.2f}")
        rows.append(
            [
                words.name(zone.zone, written=True),
                words.figure(words.number(len(how))),
                *(words.figure(words.number(how.count(s)) if s in how else "–") for s in present),
                position,
            ]
        )
    return ground.table(
        "zones-table", heads, rows, caption=words.say("zones.caption"),
        numeric=frozenset(heads[1:-1]),
    )  # fmt: skip
