"""The agreements side by side, and where they first differ on the same evidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from fairwater.node.briefing.content import Comparison, Difference, Late, Saying, Side
from fairwater.report.document import AnyBlock, Column, Paragraph, Phrase, Row, Section, Table
from fairwater.report.telling.ground import Ground
from fairwater.report.telling.numbers import limit_line, number

Aspect = tuple[str, Callable[[Ground, Side], list[Phrase]]]
MAX_ATOMS = 4
_NOT_STATED = re.compile(r"(\w+) not stated")
_ANOTHER = re.compile(r"another (\w+)")


def agreements(ground: Ground) -> Section:
    """The section on the agreements."""
    return Section(
        id="agreements",
        title=ground.words.say("section.agreements"),
        short=ground.words.say("contents.agreements"),
        blocks=tuple(_blocks(ground)),
    )


def _blocks(ground: Ground) -> Iterator[AnyBlock]:
    words = ground.words
    yield Paragraph(phrase=words.say("agreements.lead"), role="lead")
    if len(ground.briefing.sides) == 1:
        yield Paragraph(phrase=words.say("agreements.one"), role="fine")
    sides = ground.briefing.sides
    columns = [Column(head=words.say("head.aspect"))]
    columns += [
        Column(
            head=words.say(
                "agreements.head", letter=words.figure(s.letter), title=words.title(s.title, s.id)
            )
        )
        for s in sides
    ]
    rows = []
    for key, told in ASPECTS:
        cells = [told(ground, side) for side in sides]
        if any(cells):
            said = [ground.lines(cell) if cell else words.say("form.none") for cell in cells]
            rows.append(Row(cells=(words.say(f"agreements.{key}"), *said)))
    yield Table(
        id="agreements-table",
        caption=words.say("agreements.caption"),
        columns=tuple(columns),
        rows=tuple(rows),
    )
    if ground.briefing.comparison is not None:
        yield from _comparison(ground, ground.briefing.comparison)


def _about(ground: Ground, side: Side) -> list[Phrase]:
    said = ground.words.words(side.text)
    return [said] if said else []


def _version(ground: Ground, side: Side) -> list[Phrase]:
    return [ground.words.code_text(f"{side.id} {side.version}")]


def valid(ground: Ground, side: Side) -> list[Phrase]:
    """When a text is valid."""
    words = ground.words
    first, last = ground.iso(side.valid_from), ground.iso(side.valid_to)
    if first and last:
        return [words.say("form.window", first=first, last=last)]
    if first:
        return [words.say("agreements.valid_from", first=first)]
    return [
        words.say("form.until", last=last) if last else words.say("agreements.valid_not_stated")
    ]


def _limits(ground: Ground, side: Side) -> list[Phrase]:
    return [limit_line(ground, limit) for limit in side.limits]


def _measures(ground: Ground, side: Side) -> list[Phrase]:
    words = ground.words
    said = []
    for measure in side.measures:
        states = words.listed([words.title(state.text, state.id) for state in measure.states])
        name = words.title(measure.text, measure.id)
        said.append(words.say("agreements.measure", name=name, states=states))
    return said


def _clauses(ground: Ground, side: Side) -> list[Phrase]:
    return [
        ground.words.say(
            "agreements.clause",
            clause=ground.clause_name(side.letter, clause.id),
            text=ground.words.words(clause.text, "-"),
        )
        + ground.marked(clause.mark)
        for clause in side.clauses
    ]


def _deciders(ground: Ground, side: Side) -> list[Phrase]:
    words = ground.words
    return [
        words.say(
            "agreements.decider",
            clause=ground.clause_name(side.letter, clause.id),
            role=ground.role_name(side.letter, clause.decided_by)
            if clause.decided_by
            else words.say("agreements.automatic"),
        )
        for clause in side.clauses
    ]


def _roles(ground: Ground, side: Side) -> list[Phrase]:
    words = ground.words
    return [
        words.say(
            "agreements.role",
            role=words.title(role.text, role.id),
            party=words.say("agreements.nobody") if role.party is None else words.name(role.party),
        )
        for role in side.roles
    ]


def _open(ground: Ground, side: Side) -> list[Phrase]:
    words = ground.words
    said = []
    for point in side.open_points:
        name = words.title(point.text, point.id)
        if point.value is None:
            said.append(words.say("agreements.open_unset", name=name))
        else:
            value = ground.period(point.value)
            said.append(
                words.say("agreements.open_point", name=name, value=value)
                + ground.marked(point.mark)
            )
    return said


def _review(ground: Ground, side: Side) -> list[Phrase]:
    return [
        ground.words.say(
            "agreements.review_every",
            measure=ground.words.title(measure.text, measure.id),
            period=ground.period(measure.review_every),
        )
        for measure in side.measures
        if measure.review_every
    ]


def _weakest(ground: Ground, side: Side) -> list[Phrase]:
    said = ground.words.mark(side.weakest)
    return [said] if said else []


def _samples(ground: Ground, side: Side) -> list[Phrase]:
    return [ground.words.figure(ground.words.number(side.samples))]


def _left_out(ground: Ground, side: Side) -> list[Phrase]:
    words = ground.words
    return [
        words.say("agreements.left", n=count, reason=_reason(ground, reason))
        for reason, count in side.left_out.items()
    ]


def _reason(ground: Ground, reason: str) -> Phrase:
    """Why samples are left out: ``category not stated``, ``another medium``, or a flag."""
    words = ground.words
    for form, found in (
        ("agreements.left_not_stated", _NOT_STATED.fullmatch(reason)),
        ("agreements.left_another", _ANOTHER.fullmatch(reason)),
    ):
        if found is not None:
            return words.say(form, field=words.known(f"column.{found[1]}", found[1]))
    return words.known(f"flag.{reason}", reason)


ASPECTS: tuple[Aspect, ...] = (
    ("about", _about), ("version", _version), ("valid", valid), ("limits", _limits),
    ("measures", _measures), ("clauses", _clauses), ("deciders", _deciders), ("roles", _roles),
    ("open", _open), ("review", _review), ("weakest", _weakest), ("samples", _samples),
    ("left_out", _left_out),
)  # fmt: skip


def _comparison(ground: Ground, comparison: Comparison) -> Iterator[AnyBlock]:
    words = ground.words
    yield Paragraph(phrase=words.say("compare.title"), role="heading")
    if comparison.agree:
        on = [
            words.say("compare.agree_on", effect=_effect(ground, effect), n=count)
            for effect, count in comparison.agree_on.items()
        ]
        said = words.say(
            "compare.agree", agree=words.number(comparison.agree), n=comparison.units,
            on=words.listed(on) if on else words.say("form.not_stated"),
        )  # fmt: skip
    else:
        said = words.say("compare.agree_none", n=comparison.units)
    yield Paragraph(phrase=said)
    if comparison.differences:
        yield _differences(ground, comparison)
    yield Paragraph(phrase=words.say("compare.late"), role="heading")
    if not comparison.late:
        yield Paragraph(phrase=words.say("compare.late_none"))
        return
    columns = ("unit", "agreement", "days", "first_day")
    rows = [
        [
            ground.unit_name(late.number, late.label),
            _late_head(ground, late),
            words.figure(words.number(late.known_days)),
            ground.iso(late.first),
        ]
        for late in comparison.late
    ]
    yield ground.table(
        "late-table", columns, rows, caption=words.say("compare.late_caption"),
        numeric=frozenset({"days"}),
    )  # fmt: skip


def _late_head(ground: Ground, late: Late) -> Phrase:
    """The letter of an agreement; with the measure where one measure alone is meant."""
    letter = ground.words.figure(late.letter)
    if not late.measure:
        return letter
    measure = ground.measure_name(late.letter, late.measure)
    return ground.words.say("form.colon", label=letter, value=measure)


def _differences(ground: Ground, comparison: Comparison) -> Table:
    words = ground.words
    columns = [Column(head=words.say("head.unit")), Column(head=words.say("head.first_day"))]
    columns += [
        Column(head=words.say("head.says", letter=words.figure(letter)))
        for letter in comparison.letters
    ]
    return Table(
        id="differences-table",
        caption=words.say("compare.caption"),
        columns=tuple(columns),
        rows=tuple(Row(cells=_difference(ground, d, comparison)) for d in comparison.differences),
    )


def _difference(ground: Ground, one: Difference, comparison: Comparison) -> tuple[Phrase, ...]:
    by_letter = {saying.letter: saying for saying in one.sayings}
    said = [_saying(ground, by_letter.get(letter)) for letter in comparison.letters]
    return (ground.unit_name(one.number, one.label), ground.iso(one.first), *said)


def _saying(ground: Ground, saying: Saying | None) -> Phrase:
    words = ground.words
    if saying is None or (saying.state is None and saying.effect is None):
        return words.say("compare.silent")
    said = []
    state, effect = _state(ground, saying), _effect(ground, saying.effect or "")
    if saying.effect and saying.state and state.text != effect.text:
        said.append(
            words.say(
                "compare.state",
                state=state,
                effect=effect,
            )
        )
    else:
        said.append(state if saying.state else effect)
    if saying.clause:
        clause = ground.clause_name(saying.letter, saying.clause)
        said.append(words.say("compare.by", clause=clause))
    if saying.eligible:
        clauses = [ground.clause_name(saying.letter, name) for name in saying.eligible]
        said.append(words.say("compare.eligible", clauses=words.listed(clauses)))
    said += [number(ground, atom) for atom in saying.atoms[:MAX_ATOMS]]
    if saying.evidence:
        said.append(words.say("compare.evidence", n=saying.evidence))
    return ground.lines(said)


def _state(ground: Ground, saying: Saying) -> Phrase:
    state = saying.state or ""
    for measure in ground.sides[saying.letter].measures:
        if any(one.id == state for one in measure.states):
            return ground.state_name(saying.letter, measure.id, state)
    return ground.words.evidence(state)


def _effect(ground: Ground, effect: str) -> Phrase:
    return ground.words.known(f"effect.{effect}", effect)
