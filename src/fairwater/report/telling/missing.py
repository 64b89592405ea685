"""All that is missing: a row for every unit and clause, alike things together.

A history may lack thousands of things. The rows most overdue stand first, then those of
units under a measure or eligible; beyond `MAX_ROWS` they are counted, and the briefing
(`fairwater report --data`) holds every one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fairwater.node.briefing.content import Lack
from fairwater.report.document import AnyBlock, Fold, Paragraph, Phrase
from fairwater.report.telling.ground import BUSY, Ground

MAX_ROWS = 300
MAX_NAMED = 3
Line = tuple[str, int | None, str | None, str | None]


def missing(ground: Ground) -> Iterator[AnyBlock]:
    """The fold with everything that is missing; nothing where nothing is."""
    words, lines = ground.words, grouped(ground)
    if not lines:
        return
    rows = [_row(ground, lacks) for lacks in lines[:MAX_ROWS]]
    blocks: list[AnyBlock] = [
        ground.table(
            "missing-table",
            ("unit", "clause", "missing", "owed"),
            rows,
            caption=words.say("status.lacks_caption"),
        )
    ]
    if len(lines) > MAX_ROWS:
        more = words.say("status.lacks_more", n=len(lines) - MAX_ROWS)
        blocks.append(Paragraph(phrase=more, role="fine"))
    summary = words.say("status.lacks", n=len(ground.briefing.lacks))
    yield Fold(summary=summary, blocks=tuple(blocks))


def grouped(ground: Ground) -> list[list[Lack]]:
    """What is missing, by unit and clause, the most overdue first, then busy units."""
    found: dict[Line, list[Lack]] = {}
    for lack in ground.briefing.lacks:
        line = (lack.letter, lack.unit, lack.measure, lack.transition)
        found.setdefault(line, []).append(lack)

    def weight(lacks: Sequence[Lack]) -> tuple[int, bool, bool, int]:
        unit = lacks[0].unit
        row = None if unit is None else ground.rows.get(unit)
        stand = None if row is None else ground.stand(row, lacks[0].letter, lacks[0].measure or "")
        busy = stand is not None and stand.standing in BUSY
        late = max(lack.overdue_days for lack in lacks)
        return (
            -late,
            not busy,
            lacks[0].letter != ground.lead.letter,
            -1 if unit is None else unit,
        )

    return sorted(found.values(), key=weight)


def said_of(ground: Ground, lacks: Sequence[Lack], *, named: int = MAX_NAMED) -> list[Phrase]:
    """What is missing of one unit; places and weeks of one kind in one phrase, `named` by name."""
    words = ground.words
    alike: dict[tuple[str, str | None, bool], list[Lack]] = {}
    for lack in lacks:
        plain = lack.of is not None and lack.n is None and lack.due is None
        alike.setdefault((lack.kind, lack.what, plain), []).append(lack)
    said = []
    for (kind, what, plain), group in alike.items():
        if not plain or (named and len(group) == 1):
            said += [ground.lack(lack) for lack in group]
            continue
        some = [ground.source_of(lack.of or "") for lack in group[:named]]
        if len(group) > named:
            some.append(words.say("form.and_more", n=len(group) - named))
        key = f"lack.{kind}_{what}_many" if what else f"lack.{kind}_many"
        if not named and words.has(f"{key}_count"):
            said.append(words.say(f"{key}_count", n=len(group)))
        elif not named:
            said.append(ground.lack(Lack(letter=group[0].letter, kind=kind)))
        elif words.has(key):
            said.append(words.say(key, n=len(group), of=words.listed(some)))
        else:
            bare = ground.lack(Lack(letter=group[0].letter, kind=kind))
            said.append(words.say("lack.of", what=bare, of=words.listed(some)))
    return said


def _row(ground: Ground, lacks: Sequence[Lack]) -> list[Phrase]:
    words = ground.words
    owed: dict[str, Phrase] = {}
    for lack in lacks:
        role = ground.role_name(lack.letter, lack.role) or words.say("form.not_stated")
        if lack.party is not None:
            role = words.say("form.aside", text=role, aside=words.name(lack.party))
        owed.setdefault(role.text, role)
    return [
        ground.unit_name(lacks[0].unit),
        ground.clause_name(lacks[0].letter, lacks[0].transition),
        ground.lines(said_of(ground, lacks)),
        ground.lines(list(owed.values())),
    ]
