"""What was read, where texts and values come from, and how to check all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fairwater.node.briefing.content import Mark, Named, Read, Side
from fairwater.report.document import (
    AnyBlock,
    Drawing,
    Paragraph,
    Phrase,
    Section,
    Span,
    Table,
)
from fairwater.report.figures.rows import rows_bar
from fairwater.report.telling.ground import Ground
from fairwater.report.telling.numbers import limit_line

COUNTS = frozenset({"rows", "accepted", "flagged", "quarantined", "count", "invented"})


def reads(ground: Ground) -> Section:
    """The section on rows read."""
    return Section(
        id="reads",
        title=ground.words.say("section.reads"),
        short=ground.words.say("contents.reads"),
        blocks=tuple(_reads(ground)),
    )


def sources(ground: Ground) -> Section:
    """The section on sources and their marks."""
    return Section(
        id="sources",
        title=ground.words.say("section.sources"),
        short=ground.words.say("contents.sources"),
        blocks=tuple(_sources(ground)),
    )


def check(ground: Ground) -> Section:
    """The section on clocks and digests."""
    return Section(
        id="check",
        title=ground.words.say("section.check"),
        short=ground.words.say("contents.check"),
        blocks=tuple(_check(ground)),
    )


def _reads(ground: Ground) -> Iterator[AnyBlock]:
    words, files = ground.words, ground.briefing.reads
    if not files:
        yield Paragraph(phrase=words.say("reads.none"))
    else:
        yield Paragraph(
            phrase=words.say(
                "reads.lead",
                n=sum(read.rows for read in files),
                accepted=sum(read.accepted for read in files),
                flagged=sum(read.flagged for read in files),
                quarantined=sum(read.quarantined for read in files),
            ),
            role="lead",
        )
        for number, read in enumerate(files):
            yield _bar(ground, number, read)
        yield _files(ground, files)
        yield from _why(ground, files)
    if ground.briefing.told:
        rows = [
            [
                words.known(f"kind.{told.kind}", told.kind),
                words.figure(words.number(told.count)),
                words.figure(words.number(told.invented)),
            ]
            for told in ground.briefing.told
        ]
        yield Paragraph(phrase=words.say("reads.told"), role="heading")
        yield ground.table(
            "told-table", ("kind", "count", "invented"), rows,
            caption=words.say("reads.told_caption"), numeric=COUNTS, blocks=False,
        )  # fmt: skip


def _bar(ground: Ground, number: int, read: Read) -> Drawing:
    words = ground.words
    whole = read.rows or 1
    shares = words.say(
        "reads.shares",
        accepted=words.percent(read.accepted / whole, 2),
        flagged=words.percent(read.flagged / whole, 2),
        quarantined=words.percent(read.quarantined / whole, 3),
    )
    return rows_bar(
        read,
        name=f"rows-{number}",
        title=words.text("reads.bar", file=read.document[:80]),
        desc=shares.text,
        caption=(words.evidence(read.document, strong=True), shares),
        look=ground.look,
    )


def _files(ground: Ground, files: Iterable[Read]) -> Table:
    words = ground.words
    rows = []
    for read in files:
        name = words.evidence(read.document)
        said = [words.evidence(t) for t in (read.publisher, read.citation, read.address) if t]
        if said:
            name = words.say("form.aside", text=name, aside=ground.listed(said, 3))
        counts = (read.rows, read.accepted, read.flagged, read.quarantined)
        rows.append(
            [
                name,
                *(words.figure(words.number(count)) for count in counts),
                words.figure(read.published or "–"),
            ]
        )
    heads = ("file", "rows", "accepted", "flagged", "quarantined", "published")
    return ground.table(
        "reads-table", heads, rows, caption=words.say("reads.caption"), numeric=COUNTS
    )


def _why(ground: Ground, files: Iterable[Read]) -> Iterator[AnyBlock]:
    words = ground.words
    rows, lacks = [], []
    for read in files:
        file = words.evidence(read.document)
        for kind, counts in (("flag", read.flags), ("reason", read.reasons)):
            for key, count in counts.items():
                said = words.code_text(key)
                if words.has(f"{kind}.{key}"):
                    said = words.say("form.aside", text=words.say(f"{kind}.{key}"), aside=said)
                rows.append([file, words.say(f"reads.kind_{kind}"), said,
                             words.figure(words.number(count))])  # fmt: skip
        for key, count in read.lacks.items():
            said = words.known(f"row_lack.{key}", key)
            lacks.append([file, said, words.figure(words.number(count))])
    if rows:
        yield Paragraph(phrase=words.say("reads.flags"), role="heading")
        yield ground.table(
            "flags-table", ("file", "kind", "what", "rows"), rows,
            caption=words.say("reads.flags_caption"), numeric=COUNTS, blocks=False,
        )  # fmt: skip
    if lacks:
        yield Paragraph(phrase=words.say("reads.lacks"), role="heading")
        yield ground.table(
            "lacks-table", ("file", "what", "rows"), lacks,
            caption=words.say("reads.lacks_caption"), numeric=COUNTS, blocks=False,
        )  # fmt: skip


def _sources(ground: Ground) -> Iterator[AnyBlock]:
    words = ground.words
    yield Paragraph(phrase=words.say("sources.lead"), role="lead")
    for number, side in enumerate(ground.briefing.sides):
        letter = words.figure(side.letter)
        marks = list(_marks(ground, side))
        if marks:
            yield ground.table(
                f"marks-{number}", ("thing", "confidence", "source"), marks,
                caption=words.say("sources.marks", letter=letter),
            )  # fmt: skip
        else:
            yield Paragraph(phrase=words.say("sources.no_marks", letter=letter))
        if side.sources:
            rows = [
                [words.code_text(s.key), words.quoted(s.title), _address(ground, s.url)]
                for s in side.sources
            ]
            yield ground.table(
                f"texts-{number}", ("key", "source", "address"), rows,
                caption=words.say("sources.texts", letter=letter),
            )  # fmt: skip
    named = [row.species for row in ground.briefing.units]
    named += [zone.zone for zone in ground.briefing.zones]
    if named:
        counts = words.listed(list(_names(ground, named)))
        yield Paragraph(phrase=words.say("sources.names", counts=counts), role="fine")


def _marks(ground: Ground, side: Side) -> Iterator[list[Phrase]]:
    words = ground.words
    for limit in side.limits:
        bare = Phrase(limit_line(ground, limit).spans[: -2 if limit.mark else None])
        yield [bare, _mark(ground, limit.mark), _keys(ground, limit.sources)]
    for clause in side.clauses:
        name = ground.clause_name(side.letter, clause.id)
        text = words.words(clause.text)
        said = words.say("agreements.clause", clause=name, text=text) if text else name
        yield [said, _mark(ground, clause.mark), _keys(ground, clause.sources)]
    for point in side.open_points:
        name = words.title(point.text, point.id)
        value = words.say("form.none") if point.value is None else ground.period(point.value)
        said = words.say("form.colon", label=name, value=value)
        yield [said, _mark(ground, point.mark), Phrase()]


def _mark(ground: Ground, mark: Mark | None) -> Phrase:
    return ground.words.mark(mark) or ground.words.say("form.not_stated")


def _keys(ground: Ground, keys: Iterable[str]) -> Phrase:
    return ground.words.listed([ground.words.code_text(key) for key in keys])


def _address(ground: Ground, url: str | None) -> Phrase:
    if url is None:
        return ground.words.say("form.not_stated")
    text = ground.words.digest(url)
    if not url.startswith(("http://", "https://")) or len(url) > len(text.text):
        return text
    return Phrase((Span(text.text, lang="zxx", evidence=True, code=True, link=url),))


def _command(ground: Ground, parts: Iterable[str]) -> Phrase:
    """A command to be copied; a line ends between two of its parts, not within an option."""
    spans: list[Span] = []
    for part in parts:
        spans += [Span(" ")] * bool(spans) + list(ground.words.digest(part).spans)
    return Phrase(tuple(spans))


def _names(ground: Ground, named: Iterable[Named]) -> Iterator[Phrase]:
    words = ground.words
    counts: dict[str, set[str]] = {}
    for one in named:
        known = getattr(one.words, words.code) is not None
        counts.setdefault((one.mark or "ours") if known else "none", set()).add(one.key)
    for mark in ("seen", "memory", "ours", "none"):
        if mark in counts:
            key = "sources.names_none" if mark == "none" else f"mark.{mark}"
            yield words.say("sources.names_count", mark=words.say(key), n=len(counts[mark]))


def _check(ground: Ground) -> Iterator[AnyBlock]:
    words, clocks = ground.words, ground.briefing.clocks
    known = f"knowledge.{clocks.knowledge}"
    rows = [
        [words.say("check.as_of"), ground.iso(clocks.as_of)],
        [words.say("check.known_at"), ground.iso(clocks.known_at)],
        [
            words.say("check.knowledge"),
            words.known(known, clocks.knowledge),
        ],
        [words.say("check.decisions"), ground.decisions(clocks.decisions)],
        [words.say("check.through"), words.figure(words.number(clocks.evidence_through))],
        [words.say("check.digest"), words.digest(clocks.evidence_digest or "-")],
    ]
    if clocks.later is not None:
        rows.insert(2, [words.say("check.later"), ground.iso(clocks.later)])
    rows += [
        [
            words.say(
                "check.agreement", letter=words.figure(side.letter),
                id=words.code_text(side.id), version=words.figure(side.version),
            ),
            words.digest(side.content_id),
        ]
        for side in ground.briefing.sides
    ]  # fmt: skip
    yield Paragraph(phrase=words.say("check.lead"), role="lead")
    yield ground.table(
        "check-table", ("what", "value"), rows, caption=words.say("check.caption"), blocks=False
    )
    yield Paragraph(phrase=words.say("check.how"))
    command = ["fairwater", "report", *(side.id for side in ground.briefing.sides)]
    command += [f"--as-of {clocks.as_of}", f"--known-at {clocks.known_at}"]
    command += [f"--knowledge {clocks.knowledge}", f"--decisions {clocks.decisions}"]
    command += [f"--later {clocks.later}"] if clocks.later is not None else []
    command += [f"--lang {words.code}"]
    yield Paragraph(phrase=_command(ground, command))
    yield Paragraph(phrase=words.say("check.how_decision"))
    yield Paragraph(phrase=words.digest("fairwater recompute DECISION"))
