"""A comparison in words: the sentence that heads it, and the cells of its tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from fairwater.agreement.comparing import words as w
from fairwater.agreement.comparing.answer import (
    AtomSaid,
    ClauseSaid,
    Comparison,
    LimitSaid,
    Says,
    Step,
)
from fairwater.agreement.comparing.positions import Direction
from fairwater.agreement.model import Words
from fairwater.agreement.prose_words import FIGURES, MODE, NOT_ROUNDED, PLACES, ROUND
from fairwater.records.text import Language

SIGNS = {"eq": "=", "ne": "≠", "lt": "<", "le": "≤", "gt": ">", "ge": "≥"}


def headline(comparison: Comparison, language: Language) -> list[str]:
    """The sentences that come first."""
    said = [_first_sentence(comparison, language)]
    starts = {tuple(sorted({start.level or 0 for start in s.starts})) for s in comparison.sides}
    if len(starts) > 1:
        said.append(w.STARTS_DIFFER[language])
    if comparison.by == "direction":
        states = "; ".join(
            f"{letter}: {', '.join(of)}" for letter, of in comparison.no_effect.items()
        )
        said.append(w.BY_DIRECTION[language].format(states=states))
    if comparison.hypothetical:
        said.append(w.HYPOTHETICAL[language])
    return said


def _first_sentence(comparison: Comparison, language: Language) -> str:
    differ, agree = len(comparison.differ), len(comparison.agree)
    none = len(comparison.incomparable)
    if differ + agree + none == 1:
        chosen = w.ONE_DIFFERS if differ else w.ONE_AGREES if agree else w.ONE_NOT_COMPARED
        return chosen[language].format(
            day=comparison.differ[0].first if differ else comparison.as_of
        )
    return w.HEADLINE[language].format(
        all=f"{differ + agree + none:,}",
        agree=f"{agree:,}",
        differ=f"{differ:,}",
        none=f"{none:,}",
        day=comparison.as_of,
    )


def position_text(direction: Direction, level: int | None, language: Language) -> str:
    """A position: the direction moved, and what becomes of goods."""
    moved = w.DIRECTIONS[direction][language]
    if level is None:
        return moved
    colon = ": " if language == "en" else "："
    return f"{moved}{colon}{w.LEVELS[level][language]}"


def step_text(step: Step, language: Language) -> str:
    """What a step leads to."""
    return position_text(step.direction, step.level, language)


def steps_text(steps: tuple[Step, ...], language: Language) -> str:
    """What all agree on, step by step."""
    if not steps:
        return w.STILL[language]
    return "; ".join(
        w.SINCE[language].format(what=step_text(step, language), day=step.since) for step in steps
    )


def clause_text(clause: ClauseSaid, language: Language) -> str:
    """A clause: its id, verdict, whether decided, and who decides."""
    said = clause.transition
    if clause.verdict is not None:
        said += f" {w.VERDICTS[clause.verdict][language]}"
    if clause.decided is not None:
        said += f", {w.DECIDED[language].format(day=clause.decided)}"
    elif clause.eligible_from is not None:
        said += f", {w.NOT_DECIDED[language]}"
    if clause.decided_by is not None:
        party = clause.decided_by.party or w.UNBOUND[language]
        said += f" ({clause.decided_by.role}: {party})"
    return said


def atom_text(atom: AtomSaid, language: Language) -> str:
    """An atom: what it asked, what it read, over which days, against which limit, by what."""
    said = f"{atom.id} {w.VERDICTS[atom.verdict][language]}"
    if atom.value is not None:
        low, high = atom.value
        said += f": {atom.metric} {low if low == high else f'[{low}, {high}]'}"
        if atom.comparator is not None and atom.comparator in SIGNS:
            said += f" ({SIGNS[atom.comparator]} {atom.operand})"
    if atom.last is not None:
        first = atom.first or w.EVER[language]
        said += f", {w.WINDOW[language].format(first=first, last=atom.last)}"
    for limit in atom.limits:
        said += f", {limit_text(limit, language)}"
    figures = [
        f"{text} ({sample.sampled or '-'}{f', {sample.point}' if sample.point else ''}; "
        f"{sample.record[:12]})"
        for sample in atom.samples[:4]
        for text in sample.reported[-1:]
    ]
    more = len(atom.samples) - 4
    if figures:
        said += "; " + ", ".join(figures) + (f", +{more}" if more > 0 else "")
    return said


def limit_text(limit: LimitSaid, language: Language) -> str:
    """A limit in short: id, sign, value, unit, rounding."""
    rule = limit.round
    rounded = NOT_ROUNDED[language]
    if rule is not None:
        kept, n = (FIGURES, rule.significant) if rule.significant else (PLACES, rule.places)
        rounded = ROUND[language].format(
            n=kept[language].format(n=n), mode=MODE[rule.mode][language]
        )
    sign = SIGNS[limit.exceeds_when]
    return f"{limit.id} {sign} {limit.value or '–'} {limit.unit} ({rounded})"


def says_rows(says: Says, language: Language) -> list[tuple[str, str, str]]:
    """Rows of a side: what it says, by which clause, by which numbers."""
    stand = position_text(says.direction, says.level, language)
    if says.coarser:
        about = " / ".join(says.unit.values()) or "*"
        stand += "; " + w.COARSER[language].format(letter=says.letter, unit=about)
    rows: list[tuple[str, str, str]] = []
    for clause in says.clauses:
        if not clause.decisive:
            continue
        first = clause_text(clause, language)
        for atom in clause.atoms:
            rows.append((stand, first, atom_text(atom, language)))
            stand = first = ""
        if not clause.atoms:
            rows.append((stand, first, ""))
            stand = ""
    return rows or [(stand, w.NO_STEP[language], "")]


def unit_text(unit: Mapping[str, str]) -> str:
    """A unit by its values."""
    return " / ".join(unit.values()) or "*"


def words_in(text: Words | None, language: Language) -> str:
    """A text in a language, else in English, else in any."""
    if text is None:
        return ""
    return getattr(text, language) or text.en or text.ja or text.zh or ""


def day_text(day: date | None) -> str:
    """A day, or a dash."""
    return "–" if day is None else day.isoformat()
