"""The first screen: the answer in a sentence, then counts, place, reason, gap, review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fairwater.node.briefing.content import Review, Side, Tally
from fairwater.report.document import First, Group, Phrase
from fairwater.report.telling.agreements import valid
from fairwater.report.telling.ground import BUSY, Ground
from fairwater.report.telling.missing import grouped, said_of
from fairwater.report.telling.where import where

MAX_SYMBOLS = 40
MAX_NAMED = 3
MAX_MISSING = 4
MAX_WHY = 3


def first(ground: Ground) -> First:
    """The first screen of a briefing."""
    words, side = ground.words, ground.lead
    tallies = side.tallies.get(side.leading, ())
    total = sum(len(tally.units) for tally in tallies)
    title = words.title(side.title, side.id)
    return First(
        eyebrow=words.say(
            "form.colon", label=title, value=ground.measure_name(side.letter, side.leading)
        ),
        headline=_headline(ground, tallies, total),
        state=_state(ground),
        groups_title=words.say("first.groups", total=total),
        groups=tuple(_group(ground, tally) for tally in tallies),
        where_title=words.say("first.where"),
        where=tuple(where(ground)) if total else (),
        others=tuple(_other(ground, other) for other in ground.briefing.sides if other != side),
        why_title=words.say("first.why"),
        why=tuple(_why(ground)),
        missing_title=words.say("first.missing"),
        missing=tuple(_missing(ground)),
        owed=tuple(_owed(ground)),
        review_title=words.say("first.review"),
        review=tuple(_reviews(ground)),
        notes=tuple(_notes(ground)),
    )


def under(ground: Ground, side: Side) -> int:
    """How many units are under the leading measure of a side."""
    stands = (ground.stand(row, side.letter, side.leading) for row in ground.briefing.units)
    return sum(stand is not None and stand.level > 0 for stand in stands)


def _headline(ground: Ground, tallies: Iterable[Tally], total: int) -> Phrase:
    words = ground.words
    if not total:
        return words.say("first.no_units")
    number = under(ground, ground.lead)
    sentences = [
        words.say("first.under", n=number, total=total)
        if number
        else words.say("first.none_under", total=total)
    ]
    for standing in ("relaxable", "tightenable", "unsettled"):
        count = sum(len(t.units) for t in tallies if t.standing == standing)
        if count:
            sentences.append(words.say(f"first.{standing}", n=count))
    return ground.joined(sentences)


def _state(ground: Ground) -> Phrase:
    clocks, words = ground.briefing.clocks, ground.words
    day = words.day(clocks.as_of)
    if clocks.known_at == clocks.as_of:
        return words.say("first.as_known_same", day=day)
    return words.say("first.as_known_later", day=day, known=words.day(clocks.known_at))


def _group(ground: Ground, tally: Tally) -> Group:
    words, standing = ground.words, tally.standing
    sentences = []
    if standing in BUSY and len(tally.units) <= MAX_NAMED:
        names = [ground.unit_name(number) for number in tally.units]
        sentences.append(words.say("first.named", names=ground.listed(names, MAX_NAMED)))
    elif standing in BUSY:
        sentences.append(words.say("first.by_zone", zones=_by_zone(ground, tally)))
    hypothetical = standing == "relaxable" and ground.briefing.clocks.hypothetical
    sentences.append(words.say(f"first.about.{standing}{'_assumed' if hypothetical else ''}"))
    beyond = len(tally.units) - MAX_SYMBOLS
    return Group(
        count=words.number(len(tally.units)),
        title=words.say(f"standing.{standing}"),
        text=ground.joined(sentences),
        symbols=(standing,) * min(len(tally.units), MAX_SYMBOLS),
        more=words.say("first.more_units", n=beyond) if beyond > 0 else Phrase(),
    )


def _by_zone(ground: Ground, tally: Tally) -> Phrase:
    counts: dict[str, int] = {}
    names = {}
    for number in tally.units:
        zone = ground.rows[number].zone
        counts[zone.key] = counts.get(zone.key, 0) + 1
        names[zone.key] = zone
    most = sorted(counts, key=lambda key: (-counts[key], key))
    said = [
        ground.words.say("first.zone_count", zone=ground.words.name(names[key]), n=counts[key])
        for key in most[:5]
    ]
    if len(most) > len(said):
        said.append(ground.words.say("form.and_more", n=len(most) - len(said)))
    return ground.words.listed(said)


def _other(ground: Ground, side: Side) -> Phrase:
    words = ground.words
    title = words.title(side.title, side.id)
    letter = words.figure(side.letter)
    total = sum(len(tally.units) for tally in side.tallies.get(side.leading, ()))
    if total:
        return words.say(
            "first.other_units", letter=letter, title=title, under=under(ground, side), total=total
        )
    states = [
        words.say(
            "form.colon",
            label=ground.unit_name(None, track.label) if track.label
            else ground.measure_name(side.letter, track.measure),
            value=ground.state_name(side.letter, track.measure, track.known.bars[-1].state),
        )
        for track in ground.briefing.tracks
        if track.letter == side.letter and track.known.bars and not track.later
    ]  # fmt: skip
    if not states:
        return words.say("first.other_silent", letter=letter, title=title)
    listed = ground.listed(states, 4)
    return words.say("first.other_state", letter=letter, title=title, states=listed)


def _why(ground: Ground) -> Iterator[Phrase]:
    words, side = ground.words, ground.lead
    said = False
    for clause in side.clauses:
        if clause.measure == side.leading and clause.direction != "level":
            text = words.words(clause.text)
            if text:
                said = True
                yield words.say(f"first.why_{clause.direction}", clause=text)
    if not said:
        yield words.say("first.why_no_clause")
    for limit in side.limits:
        if limit.value and limit.covers_series:
            yield words.say(
                "first.why_limit",
                name=words.title(limit.text, limit.id),
                value=words.figure(limit.value),
                unit=words.figure(limit.unit),
                nuclides=ground.nuclides(limit.nuclides),
            )


def _missing(ground: Ground) -> Iterator[Phrase]:
    letter, leading = ground.lead.letter, ground.lead.leading
    lines = [
        lacks
        for lacks in grouped(ground)
        if lacks[0].letter == letter and lacks[0].measure in (None, leading)
    ]
    if not lines:
        yield ground.words.say("first.missing_nothing")
    for lacks in lines[:MAX_MISSING]:
        what = ground.listed(said_of(ground, lacks, named=0), 3)
        yield ground.words.say(
            "first.missing_unit", unit=ground.unit_name(lacks[0].unit), what=what
        )
    if len(lines) > MAX_MISSING:
        yield ground.words.say("form.and_more", n=len(lines) - MAX_MISSING)


def _owed(ground: Ground) -> Iterator[Phrase]:
    seen: set[str] = set()
    for lack in ground.briefing.lacks:
        if lack.letter != ground.lead.letter or lack.measure not in (None, ground.lead.leading):
            continue
        said = ground.owed(lack)
        if said and said.text not in seen:
            seen.add(said.text)
            yield said


def _reviews(ground: Ground) -> Iterator[Phrase]:
    if not ground.lead.reviews:
        yield ground.words.say("first.review_none")
    for review in ground.lead.reviews:
        yield _review(ground, review)


def _review(ground: Ground, review: Review) -> Phrase:
    words, measure = ground.words, ground.measure_name(ground.lead.letter, review.measure)
    if review.due is None:
        every = ground.period(review.every) if review.every else words.say("form.not_stated")
        return words.say("first.review_clock", period=every, measure=measure)
    day = words.day(review.due)
    if review.overdue_days:
        return words.say("first.review_overdue", day=day, measure=measure, n=review.overdue_days)
    return words.say("first.review_due", day=day, measure=measure)


def _notes(ground: Ground) -> Iterator[Phrase]:
    words, clocks = ground.words, ground.briefing.clocks
    if clocks.hypothetical:
        yield words.say("first.note_assumed", decisions=ground.decisions(clocks.decisions))
    if clocks.knowledge != "journal" and words.has(f"knowledge.{clocks.knowledge}"):
        knowledge = words.say(f"knowledge.{clocks.knowledge}")
        yield words.say("first.note_knowledge", knowledge=knowledge)
    for side in ground.briefing.sides:
        day = clocks.as_of
        early = side.valid_from is not None and day < side.valid_from
        if early or (side.valid_to is not None and day >= side.valid_to):
            letter, when = words.figure(side.letter), valid(ground, side)[0]
            yield words.say("first.note_before", letter=letter, valid=when)
    invented = sum(told.invented for told in ground.briefing.told)
    if invented:
        yield words.say("first.note_invented", n=invented)
    for side in ground.briefing.sides:
        if side.weakest in ("memory", "ours"):
            yield words.say(
                "first.note_weakest",
                letter=words.figure(side.letter),
                mark=words.mark(side.weakest),
            )
    yield words.say("first.note_no_legal")
