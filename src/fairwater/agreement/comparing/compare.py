"""Two or more agreements on the same evidence, unit by unit.

    comparison = compared(question, voices, sides, match(...))

Pure: the timelines are given, and each voice can be asked about one unit on one day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from fairwater.agreement.comparing.answer import (
    Agreed,
    Comparison,
    Incomparable,
    Learned,
    Pair,
    Parting,
    Side,
    Step,
)
from fairwater.agreement.comparing.effects import without_effect
from fairwater.agreement.comparing.learning import learned
from fairwater.agreement.comparing.matching import Dimensions
from fairwater.agreement.comparing.parting import apart, pairs_apart
from fairwater.agreement.comparing.positions import By, Course, course
from fairwater.agreement.comparing.saying import Voice, says
from fairwater.agreement.timeline import Timeline

Unit = tuple[str, ...]


class Question(Struct, frozen=True, kw_only=True):
    """The clocks, and the one unit asked about, if only one is (in the columns' order).

    `late_records`: also look for the records that came late, which takes most of the time.
    `detailed`: units of which clauses and numbers are told; None: of all.
    """

    as_of: date
    known_at: date
    knowledge: str
    decisions: str
    hindsight: bool
    unit: Unit | None = None
    late_records: bool = True
    detailed: frozenset[Unit] | None = None


def compared(
    question: Question, voices: Sequence[Voice], sides: Sequence[Side], dimensions: Dimensions
) -> Comparison:
    """The comparison of every unit, or of the one asked about.

    Parameters
    ----------
    question : Question
        Clocks and unit.
    voices, sides : sequence
        The agreements in the order asked, and what is told of each.
    dimensions : Dimensions
        How their units match.

    Returns
    -------
    Comparison
        Units in code point order.
    """
    no_effect = {v.letter: without_effect(v.agreement) for v in voices}
    no_effect = {letter: states for letter, states in no_effect.items() if states}
    by: By = "direction" if no_effect else "effect"
    found = [_by_key(n, voice.units, dimensions) for n, voice in enumerate(voices)]
    units, outside = _units(found, dimensions)
    if question.unit is not None:
        units, outside = [question.unit], []
    rows = _Rows(question, voices, dimensions, by)
    for unit in units:
        rows.add(unit, [own.get(dimensions.part(n, unit)) for n, own in enumerate(found)])
    pairs = {
        (i, j): sum(1 for one in rows.pairs if (i, j) in one)
        for i in range(len(voices))
        for j in range(i + 1, len(voices))
    }
    return Comparison(
        as_of=question.as_of,
        known_at=question.known_at,
        knowledge=question.knowledge,
        decisions=question.decisions,
        hypothetical=any(t.hypothetical for v in voices for u in v.units[:1] for t in u),
        hindsight=question.hindsight,
        columns=dimensions.columns,
        by=by,
        no_effect=no_effect,
        sides=tuple(sides),
        differ=tuple(rows.differ),
        agree=tuple(rows.agree),
        incomparable=(*rows.incomparable, *outside_of(outside, voices, dimensions)),
        pairs=tuple(
            Pair(letters=(voices[i].letter, voices[j].letter), units=count)
            for (i, j), count in sorted(pairs.items())
        ),
        learned=tuple(_learned(question, voices, dimensions, by)),
    )


class _Rows:
    """Units sorted into those that differ, agree, or cannot be compared."""

    def __init__(
        self, question: Question, voices: Sequence[Voice], dimensions: Dimensions, by: By
    ) -> None:
        self.question, self.voices, self.dimensions, self.by = question, voices, dimensions, by
        self.differ: list[Parting] = []
        self.agree: list[Agreed] = []
        self.incomparable: list[Incomparable] = []
        self.pairs: list[dict[tuple[int, int], date]] = []
        self.kept: dict[tuple[int, Unit], Course] = {}

    def add(self, unit: Unit, timelines: Sequence[Sequence[Timeline] | None]) -> None:
        """One unit, with each voice's timelines (None: it has no evidence)."""
        with_evidence = [n for n, own in enumerate(timelines) if own is not None]
        named = self.dimensions.by_column(unit)
        letters = [voice.letter for voice in self.voices]
        if len(with_evidence) < 2:
            self.incomparable.append(
                Incomparable(unit=named, evidence=tuple(letters[n] for n in with_evidence))
            )
            return
        courses: list[Course | None] = [
            None if own is None else self._course(n, unit, own) for n, own in enumerate(timelines)
        ]
        silent = tuple(letters[n] for n, own in enumerate(timelines) if own is None)
        heard = [one for one in courses if one is not None]
        stretches = apart(heard, self.question.as_of)
        if not stretches:
            self.agree.append(
                Agreed(
                    unit=named,
                    steps=_steps(heard[0]),
                    silent=silent,
                )
            )
            return
        first = stretches[0].since
        chosen = self.question.detailed
        detailed = chosen is None or unit in chosen
        stands = {n: one.on(first) for n, one in enumerate(courses) if one is not None}
        firsts = pairs_apart(courses, self.question.as_of)
        self.pairs.append(firsts)
        self.differ.append(
            Parting(
                unit=named,
                first=first,
                apart=stretches,
                says=tuple(
                    says(
                        self.voices[n],
                        timelines[n] or (),
                        first,
                        here,
                        [other for m, other in stands.items() if m != n],
                        coarser=self.dimensions.coarser(n),
                        hindsight=self.question.hindsight,
                        clauses=detailed,
                    )
                    for n, here in stands.items()
                ),
                pairs=tuple(
                    Pair(letters=(letters[i], letters[j]), first=day)
                    for (i, j), day in sorted(firsts.items())
                ),
                silent=silent,
            )
        )

    def _course(self, side: int, unit: Unit, timelines: Sequence[Timeline]) -> Course:
        key = (side, self.dimensions.part(side, unit))
        found = self.kept.get(key)
        if found is None:
            found = self.kept[key] = course(self.voices[side].rules, timelines, self.by)
        return found


def _by_key(
    side: int, units: Sequence[Sequence[Timeline]], dimensions: Dimensions
) -> dict[Unit, Sequence[Timeline]]:
    return {dimensions.key(side, own[0].unit): own for own in units if own}


def _units(
    found: Sequence[Mapping[Unit, Sequence[Timeline]]], dimensions: Dimensions
) -> tuple[list[Unit], list[tuple[int, Unit]]]:
    """Units compared, and units of a coarser agreement that hold none of them."""
    fine = [n for n in range(len(found)) if not dimensions.coarser(n)]
    units = sorted({unit for n in fine for unit in found[n]})
    outside = []
    for n in range(len(found)):
        if n not in fine:
            held = {dimensions.part(n, unit) for unit in units}
            outside += [(n, unit) for unit in sorted(set(found[n]) - held)]
    return units, outside


def outside_of(
    outside: Sequence[tuple[int, Unit]], voices: Sequence[Voice], dimensions: Dimensions
) -> tuple[Incomparable, ...]:
    """Units of coarser agreements in which no finer unit has evidence."""
    by_unit: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for side, unit in outside:
        columns = [c for c in dimensions.columns if c in dimensions.named[side]]
        key = tuple(zip(columns, unit, strict=True))
        by_unit.setdefault(key, []).append(voices[side].letter)
    return tuple(
        Incomparable(unit=dict(key), evidence=tuple(letters))
        for key, letters in sorted(by_unit.items())
    )


def _steps(of: Course) -> tuple[Step, ...]:
    return tuple(
        Step(since=day, direction=position.direction, level=position.level)
        for day, position in zip(of.days, of.positions, strict=True)
    )


def _learned(
    question: Question, voices: Sequence[Voice], dimensions: Dimensions, by: By
) -> list[Learned]:
    found: list[Learned] = []
    for side, voice in enumerate(voices):
        if voice.later is None:
            continue
        later = _by_key(side, voice.later, dimensions)
        for key, then in sorted(_by_key(side, voice.then, dimensions).items()):
            if question.unit is not None and dimensions.part(side, question.unit) != key:
                continue
            row = learned(
                voice, then, later[key], question.as_of, by, records=question.late_records
            )
            if row is not None:
                found.append(row)
    return found
