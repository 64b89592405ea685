"""Instants: the only days on which anything about a unit can change.

Evidence becomes known, enters a window, leaves it; a period ends; a decision
takes effect. Between two instants every verdict stays as it is, so a history
is walked from instant to instant and never day by day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from fairwater.agreement.context import Terms
from fairwater.agreement.evidence import Evidence
from fairwater.agreement.model import (
    All,
    Any,
    AnyCondition,
    AtLeast,
    Atom,
    Declared,
    Measure,
    Not,
    Param,
    Transition,
)
from fairwater.agreement.scope import days_of
from fairwater.quantities.dates import CivilInterval
from fairwater.quantities.errors import QuantityError
from fairwater.quantities.periods import Period, exit_day

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def leaves(condition: AnyCondition) -> list[AnyCondition]:
    """The conditions without parts, in order."""
    if isinstance(condition, All | Any | AtLeast):
        return [leaf for part in condition.of for leaf in leaves(part)]
    if isinstance(condition, Not):
        return leaves(condition.of)
    return [condition]


def conditions_of(transitions: Iterable[Transition]) -> list[AnyCondition]:
    """Every condition of the transitions, those of exceptions included."""
    found: list[AnyCondition] = []
    for transition in transitions:
        found.append(transition.when)
        for clause in transition.except_:
            found += [clause.when, clause.then]
    return found


def instants(
    transitions: Iterable[Transition],
    measures: Iterable[Measure],
    evidence: Evidence,
    terms: Terms,
    as_of: date,
) -> set[date]:
    """Days up to `as_of` on which a verdict or a state may change."""
    atoms = [leaf for condition in conditions_of(transitions) for leaf in leaves(condition)]
    days: set[date] = set(evidence.known_days()) | _first_day(evidence)
    for leaf in atoms:
        if isinstance(leaf, Atom):
            days |= _atom_days(leaf, evidence, terms)
        elif isinstance(leaf, Declared):
            periods = _periods(leaf.declared.window, terms)
            for entry in evidence.declarations:
                days |= _spans(entry.dated, periods)
    days |= _standing_days(evidence)
    for measure in measures:
        lapse = Period.parse(measure.assertion_lapses)
        for assertion in evidence.assertions:
            days |= _spans(assertion.dated, [lapse])
            if assertion.dated.last is not None:
                days.add(lapse.after(assertion.dated.last))
    for parameter in terms.parameters.values():
        for value in parameter.dated:
            days |= {date.fromisoformat(text) for text in (value.from_, value.to) if text}
    return {day for day in days if day <= as_of} | {as_of}


def _first_day(evidence: Evidence) -> set[date]:
    """The first day on which a sample is dated or known: a history begins there."""
    stated = [
        day
        for sample in evidence.samples
        for days in (sample.sampled, sample.resulted, sample.published, sample.produced)
        for day in days
        if day is not None
    ]
    return {min([*stated, *(sample.known for sample in evidence.samples)])} if stated else set()


def _atom_days(atom: Atom, evidence: Evidence, terms: Terms) -> set[date]:
    days: set[date] = set()
    periods = [*_periods(atom.window, terms), *_periods(atom.look_back, terms)]
    for sample in evidence.samples:
        days |= _spans(days_of(sample, atom.date), periods)
    if atom.metric == "weeks_covered":
        days |= _week_ends(atom, evidence, terms)
    if atom.metric == "report_age" and isinstance(atom.operand, str | Param):
        for text in _texts(atom.operand, terms):
            for report in evidence.reports:
                for day in report.dated:
                    if day is not None:
                        end = Period.parse(text).after(day)
                        days |= {day, end, end + DAY}
    if atom.metric == "noncompliance_count":
        for entry in evidence.registers:
            through = entry.complete_through
            for day in (entry.since - DAY, entry.since, through):
                if day is not None:
                    days |= _spans(CivilInterval(day, day), periods)
    if atom.metric in ("document_valid", "rejected_documents"):
        for document in evidence.documents:
            days |= _spans(document.dated, periods) | _spans(document.issued, periods)
    return days


def _standing_days(evidence: Evidence) -> set[date]:
    days: set[date] = set()
    for sample in evidence.samples:
        if sample.due is not None:
            days.add(sample.due + DAY)
    for document in evidence.documents:
        if document.valid_to is not None:
            days.add(document.valid_to + DAY)
    for facility in evidence.facilities:
        days |= {day for day in (facility.since, facility.until) if day is not None}
    for decision in evidence.decisions:
        days |= {decision.dated, decision.effective}
    for review in evidence.reviews:
        days.add(review.dated)
    for zone in evidence.zones:
        days |= {day for day in (zone.valid_from, zone.valid_to) if day is not None}
    for declaration in evidence.declarations:
        days |= {day for day in declaration.dated if day is not None}
    return days


def _spans(days: CivilInterval, periods: list[Period]) -> set[date]:
    """Days on which a date enters windows of `periods`, and leaves them."""
    found: set[date] = set()
    for day in days:
        if day is None:
            continue
        found |= {day, day + DAY}
        for period in periods:
            if period.is_hours:
                found |= {day + n * DAY for n in range(1, period[0] // 24 + 3)}
                continue
            try:
                found.add(exit_day(day, period))
            except (QuantityError, OverflowError):
                continue  # beyond the calendar: it never leaves
    return found


def _periods(window: str | Param | None, terms: Terms) -> list[Period]:
    if window is None:
        return []
    return [Period.parse(text) for text in _texts(window, terms)]


def _texts(operand: str | Param, terms: Terms) -> list[str]:
    """An operand, or every value its parameter has at some time."""
    if isinstance(operand, str):
        return [operand]
    return [v.value for v in terms.parameters[operand.param].dated if v.value is not None]


def _week_ends(atom: Atom, evidence: Evidence, terms: Terms) -> set[date]:
    """Last days of the weeks in which the run may grow or break."""
    sunday = bool(terms.plans) and terms.plans[0].week == "Sunday to Saturday"
    last_weekday = 5 if sunday else 6
    firsts = [days_of(sample, atom.date) for sample in evidence.samples]
    known = [day for days in firsts for day in days if day is not None]
    if not known:
        return set()
    counts = [
        int(text)
        for operand in (atom.weeks, atom.ge)
        if operand is not None
        for text in ([str(operand)] if isinstance(operand, int) else _texts(operand, terms))
    ]
    day = min(known) + timedelta(days=(last_weekday - min(known).weekday()) % 7)
    stop = max(known) + (max(counts, default=1) + 2) * WEEK
    found: set[date] = set()
    while day <= stop:
        found.add(day)
        day += WEEK
    return found
