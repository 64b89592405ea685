"""One agreement as a report shows it: its limits, measures, clauses, roles and open points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from fairwater.agreement.model import Agreement, Cite, Clause, Measure, Transition
from fairwater.agreement.terms import DatedValue, Limit, Parameter, Words
from fairwater.node.briefing.content import (
    ClauseText,
    LimitLine,
    Mark,
    MeasureText,
    OpenPoint,
    Review,
    RoleText,
    Side,
    SourceText,
    StateText,
    Tally,
)
from fairwater.node.briefing.naming import Parties
from fairwater.node.due import Due
from fairwater.node.evaluation import Prepared

Direction = Literal["stricter", "milder", "level"]
LETTERS = "ABCDEFGH"
WEAKEST: tuple[Mark, ...] = ("ours", "memory", "seen")


def side(
    letter: str,
    prepared: Prepared,
    parties: Parties,
    *,
    tallies: Mapping[str, tuple[Tally, ...]],
    reviews: Iterable[Due],
    series: tuple[str, ...],
    samples: int,
) -> Side:
    """An agreement with who plays its roles, as of the day asked about.

    `samples`: those drawn and known by then that count under its scope.
    """
    agreement, day = prepared.agreement, prepared.asked.as_of
    measures = tuple(_measure(m, agreement) for m in agreement.measures)
    return Side(
        letter=letter,
        id=agreement.id,
        version=agreement.version,
        content_id=prepared.content_id,
        title=agreement.title,
        text=agreement.text or Words(),
        leading=_leading(agreement),
        limits=tuple(_limit(letter, limit, day, series) for limit in agreement.limits),
        measures=measures,
        clauses=tuple(_clause(t, agreement) for t in agreement.transitions),
        roles=tuple(
            RoleText(
                id=name,
                text=role.text or Words(),
                party=parties.named(prepared.bindings[name]) if name in prepared.bindings else None,
            )
            for name, role in agreement.roles.items()
        ),
        open_points=tuple(_open_points(agreement, day)),
        reviews=tuple(_reviews(agreement, reviews, prepared, parties)),
        tallies=dict(tallies),
        sources=tuple(
            SourceText(key=key, title=source.title, url=source.url)
            for key, source in agreement.sources.items()
        ),
        samples=samples,
        left_out=dict(sorted(prepared.left_out.items())),
        valid_from=_day(agreement.valid_from),
        valid_to=_day(agreement.valid_to),
        weakest=_weakest(agreement),
    )


def levels(measure: Measure) -> dict[str, int]:
    """State to level: 0 the mildest, by rank; states that share a rank share a level."""
    ranks = sorted({state.rank for state in measure.states})
    return {state.id: ranks.index(state.rank) for state in measure.states}


def measure_of(transition: Transition, agreement: Agreement) -> Measure:
    """The measure a transition moves."""
    wanted = transition.measure or agreement.measures[0].id
    return next(m for m in agreement.measures if m.id == wanted)


def direction(transition: Transition, agreement: Agreement, start: str | None = None) -> Direction:
    """Whether a transition leads to a stricter or milder state, from `start` or from its first."""
    known = levels(measure_of(transition, agreement))
    here, there = known[start or transition.from_[0]], known[transition.to]
    return "level" if here == there else "stricter" if there > here else "milder"


def value_on(dated: Iterable[DatedValue], day: date) -> DatedValue | None:
    """The value in force on a day, else the one nearest to being so: the first, if none is yet."""
    entries = list(dated)
    text = day.isoformat()
    current = [e for e in entries if (e.from_ or "") <= text and (e.to is None or text < e.to)]
    if current:
        return current[-1]
    return entries[0] if entries else None


def _leading(agreement: Agreement) -> str:
    """The measure with the strictest state; of several, the first written."""
    return max(agreement.measures, key=lambda m: max((s.rank for s in m.states), default=0)).id


def _measure(measure: Measure, agreement: Agreement) -> MeasureText:
    known = levels(measure)
    review = measure.review
    return MeasureText(
        id=measure.id,
        text=measure.text or agreement.title,
        states=tuple(
            StateText(
                id=state.id,
                level=known[state.id],
                text=state.text or Words(),
                effect=getattr(state, "effect", None),
            )
            for state in sorted(measure.states, key=lambda s: (known[s.id], s.id))
        ),
        initial=measure.initial,
        review_every=None if review is None else review.every,
        review_by=None if review is None else review.by,
    )


def _limit(letter: str, limit: Limit, day: date, series: tuple[str, ...]) -> LimitLine:
    entry = value_on(limit.dated, day)
    rounding = None
    if limit.round != "none":
        figures, places = limit.round.significant, limit.round.places
        rounding = f"{figures} significant" if figures is not None else f"{places} places"
        rounding += f", {limit.round.mode}"
    return LimitLine(
        letter=letter,
        id=limit.id,
        text=limit.text or Words(),
        value="" if entry is None or entry.value is None else entry.value,
        unit=limit.unit,
        nuclides=limit.nuclides,
        combine=limit.combine,
        exceeds_when=limit.exceeds_when,
        covers_series=tuple(sorted(limit.nuclides)) == tuple(sorted(series)),
        rounding=rounding,
        set_by=limit.set_by,
        mark=None if entry is None else entry.cert,
        sources=() if entry is None else entry.src,
    )


def _clause(transition: Transition, agreement: Agreement) -> ClauseText:
    cite = transition.cite or Cite()
    return ClauseText(
        id=transition.id,
        measure=measure_of(transition, agreement).id,
        from_=transition.from_,
        to=transition.to,
        text=transition.text or Words(),
        decided_by=transition.decided_by,
        direction=direction(transition, agreement),
        mark=cite.cert,
        sources=cite.src,
    )


def _open_points(agreement: Agreement, day: date) -> Iterable[OpenPoint]:
    parts: tuple[Parameter | Limit, ...] = (*agreement.parameters, *agreement.limits)
    for part in parts:
        if part.open:
            entry = value_on(part.dated, day)
            yield OpenPoint(
                id=part.id,
                text=part.text or Words(),
                value=None if entry is None else entry.value,
                mark=None if entry is None else entry.cert,
            )


def _reviews(
    agreement: Agreement, due: Iterable[Due], prepared: Prepared, parties: Parties
) -> Iterable[Review]:
    """The earliest review of each measure; none on record leaves the clock without a day."""
    entries = [entry for entry in due if entry.kind == "review"]
    for measure in agreement.measures:
        clock = measure.review
        if clock is None:
            continue
        mine = [entry for entry in entries if entry.of == measure.id]
        first = min(mine, key=lambda entry: entry.due, default=None)
        party = prepared.bindings.get(clock.by or "")
        yield Review(
            measure=measure.id,
            every=clock.every,
            by=clock.by,
            party=None if party is None else parties.named(party),
            due=None if first is None else first.due,
            overdue_days=0 if first is None else first.overdue_days,
        )


def _weakest(agreement: Agreement) -> Mark | None:
    """The weakest mark on any value, clause or citation of the text."""
    marks = set(_marks(agreement))
    return next((mark for mark in WEAKEST if mark in marks), None)


def _marks(part: object) -> Iterable[Mark]:
    if isinstance(part, Clause):
        mark = getattr(part, "cert", None)
        if mark is not None:
            yield mark
        for name in part.__struct_fields__:
            yield from _marks(getattr(part, name))
    elif isinstance(part, Mapping):
        for value in part.values():
            yield from _marks(value)
    elif isinstance(part, tuple):
        for value in part:
            yield from _marks(value)
    elif hasattr(part, "__struct_fields__"):
        for name in part.__struct_fields__:
            yield from _marks(getattr(part, name))


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
