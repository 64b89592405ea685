"""From the limits of a place to one answer: the steps of `limits.find_limit`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from fairwater.facts import limit_words as words
from fairwater.facts.dried import Dried, dried_value, needs_factor
from fairwater.facts.foods import FoodMatch
from fairwater.facts.limit_facts import LimitFact, LimitKind, limits, members
from fairwater.facts.limit_match import (
    OPEN_STANDINGS,
    Coverage,
    Relation,
    Standing,
    coverage,
    relation,
    standing,
)
from fairwater.facts.limit_phrases import say
from fairwater.facts.limit_words import Reason, Verdict
from fairwater.facts.marks import MEMORY, SEEN, Confidence, weakest

_ONLY_IF_ASKED = ("voluntary_limit", "import_measure")
_RESTS_ON = ("value", "unit", "nuclides", "isotopes_of", "others", "foods", "but_not", "validity")


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked, understood: see `limits.find_limit`."""

    jurisdiction: str
    body: str | None
    nuclides: frozenset[str]
    food: FoodMatch
    day: date
    kind: LimitKind | None
    origin: str | None
    dried_factor: str | None


class Settled(NamedTuple):
    """An answer in the making; `limits.LimitAnswer` explains its parts."""

    verdict: Verdict
    reason: Reason
    found: tuple[LimitFact, ...] = ()
    relation: Relation | None = None
    conditions: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    dried: Dried | None = None
    candidates: tuple[LimitFact, ...] = ()
    confidence: Confidence = SEEN


class Case(NamedTuple):
    """One limit and how it stands to the question."""

    fact: LimitFact
    relation: Relation
    coverage: Coverage
    standing: Standing


def settle(question: Question) -> Settled:
    """Answer a question; a measure whose limits are not held makes *none* unknown."""
    answer = _settle(question)
    if answer.verdict != "none":
        return answer
    for fact in limits().values():
        if (
            fact.holds_values_elsewhere
            and fact.jurisdiction == question.jurisdiction
            and _fits_origin(fact, question)
            and coverage(fact, question.food) is not None
            and standing(fact, question.day) in OPEN_STANDINGS
        ):
            return Settled(
                "unknown",
                "a measure sets limits that are not among these facts",
                missing=(say("values_of", instrument=fact.instrument, valid=words.valid(fact)),),
                candidates=(fact,),
                confidence=fact.confidence,
            )
    return answer


def _settle(question: Question) -> Settled:
    here = [
        fact
        for fact in sorted(limits().values(), key=lambda fact: fact.id)
        if fact.jurisdiction == question.jurisdiction
        and (question.body is None or fact.body == question.body)
        and _of_kind(fact, question)
    ]
    if not here:
        return _none("no limit of this jurisdiction and kind", [])
    related = [(fact, how) for fact in here if (how := relation(fact, question.nuclides))]
    if not related:
        return _each_alone(question) or _none(
            "no limit for these nuclides", [f for f in here if coverage(f, question.food)]
        )
    cases = [
        Case(fact, how, covered, standing(fact, question.day))
        for fact, how in related
        if (covered := coverage(fact, question.food))
    ]
    if not cases:
        return _none("no limit for this category", [fact for fact, _ in related])
    fitting = [case for case in cases if _fits_origin(case.fact, question)]
    if not fitting:
        return _none("no limit for this origin", [case.fact for case in cases])
    return _on_the_day(question, _without_replaced(question, fitting))


def _without_replaced(question: Question, cases: list[Case]) -> list[Case]:
    """Cases without limits for all goods that one for this origin had replaced by the day."""
    replaced = {
        name
        for case in cases
        if case.fact.origins is not None and question.origin and case.standing == "in force"
        for name in case.fact.replaces
    }
    return [case for case in cases if case.fact.id not in replaced]


def _of_kind(fact: LimitFact, question: Question) -> bool:
    if question.kind is not None:
        return fact.kind == question.kind
    return question.body is not None or fact.kind not in _ONLY_IF_ASKED


def _fits_origin(fact: LimitFact, question: Question) -> bool:
    return (
        fact.origins is None or question.origin is None or question.origin in fact.origins.countries
    )


def _on_the_day(question: Question, cases: list[Case]) -> Settled:
    """Step 5 and what follows, for the limits on the nuclides, the food and the origin."""
    possible = [case for case in cases if case.standing in OPEN_STANDINGS]
    if question.origin is None and any(
        case.fact.origins is None and case.coverage != "part" for case in possible
    ):  # what one origin alone might add does not unsettle what holds for all
        possible = [c for c in possible if c.fact.origins is None or c.coverage != "part"]
    if not possible:
        seen = {case.standing for case in cases}
        reason: Reason = "not in force on this day"
        if len(seen) == 1:
            only = seen.pop()
            reason = "not in force on this day" if only == "ended" else _as_reason(only)
        return _none(reason, [case.fact for case in cases])
    named = [case for case in possible if case.coverage == "named"]
    if named:
        possible = [case for case in possible if case.coverage != "part"]
    elif any(case.coverage == "part" for case in possible):
        if len(question.food.foods) > 1:
            return _leaf_by_leaf(question)
        undecided = [case.fact for case in possible]
        return Settled(
            "unknown",
            "the category does not decide for this food",
            missing=tuple(say("includes", category=fact.category) for fact in undecided),
            candidates=tuple(undecided),
            confidence=weakest(fact.confidence for fact in undecided),
        )
    return _one_of(question, possible)


def _as_reason(standing_: Standing) -> Reason:
    reasons: dict[Standing, Reason] = {
        "dormant until activated": "dormant until activated",
        "draft": "draft",
        "not yet in force": "not yet in force",
        "repealed": "repealed",
        "superseded": "superseded",
    }
    return reasons.get(standing_, "not in force on this day")


def _one_of(question: Question, cases: list[Case]) -> Settled:
    """One answer from limits that are, or may be, in force."""
    general = [case for case in cases if case.fact.origins is None]
    one_value = len({words.amount(case.fact) for case in cases}) == 1
    if question.origin is None and general and one_value:
        cases = general  # the same for one origin says nothing about the others
    in_force = [case for case in cases if case.standing == "in force"]
    facts = tuple(case.fact for case in cases)
    mark = weakest(map(_confidence, facts))
    if len(in_force) < len(cases) and not (in_force and one_value):
        doubtful = [case for case in cases if case.standing in ("may have begun", "may have ended")]
        if doubtful:
            return Settled(
                "unknown",
                "the day lies inside an imprecise date",
                missing=tuple(words.why_imprecise(c.fact, c.standing) for c in doubtful),
                candidates=facts,
                confidence=mark,
            )
        missing = tuple(say("dates_of", instrument=case.fact.instrument) for case in cases)
        told = Settled("not stated", "validity not stated", candidates=facts, confidence=mark)
        extra = words.conditions(cases[0].fact, cases[0].relation, question.nuclides, question.food)
        return told._replace(missing=tuple(dict.fromkeys(missing)), conditions=tuple(extra))
    if not one_value:
        return _several(question, in_force, mark)
    best = min(in_force, key=_preference)
    return _found(question, best, tuple(case.fact for case in in_force))


def _several(question: Question, cases: list[Case], mark: Confidence) -> Settled:
    """Limits of different values at once: unknown if the origin decides, else all apply."""
    facts = tuple(case.fact for case in cases)
    if any(fact.origins for fact in facts):
        choices = tuple(
            say(
                "of_origin",
                amount=words.amount(fact),
                text=fact.origins.text,
                countries=", ".join(fact.origins.countries),
            )
            if fact.origins
            else say("of_others", amount=words.amount(fact))
            for fact in facts
        )
        return Settled(
            "unknown",
            "depends on the origin",
            missing=choices,
            candidates=facts,
            confidence=mark,
        )
    answers = [_found(question, case, facts) for case in cases]
    for answer in answers:
        if answer.verdict != "found":
            return answer
    said = [say("all_apply")]
    said += [text for answer in answers for text in answer.conditions]
    return answers[0]._replace(
        found=facts,
        conditions=tuple(dict.fromkeys(said)),
        dried=None,
        confidence=weakest(answer.confidence for answer in answers),
    )


def _preference(case: Case) -> tuple[bool, int, bool, str]:
    """Of limits with one value: the one on exactly the nuclides, the narrowest, the best seen."""
    fact = case.fact
    return case.relation != "same", len(members(fact.id)), _confidence(fact) == MEMORY, fact.id


def _found(question: Question, case: Case, candidates: tuple[LimitFact, ...]) -> Settled:
    """Step 6: the limit that applies, for dried food by a stated factor."""
    fact = case.fact
    mark = _confidence(fact)
    told = tuple(words.conditions(fact, case.relation, question.nuclides, question.food))
    dried = None
    if needs_factor(fact, question.food):
        mark = weakest((mark, fact.confidence_in("basis")))
        dried = dried_value(fact, question.food, question.dried_factor)
        if dried is None:
            return Settled(
                "unknown",
                words.without_factor(question.food),
                relation=case.relation,
                conditions=told,
                missing=tuple(words.missing_factor(fact, question.food)),
                candidates=candidates,
                confidence=mark,
            )
        if dried.stated_by == "instrument":
            mark = weakest((mark, dried.confidence))
    return Settled(
        "found",
        "found",
        found=(fact,),
        relation=case.relation,
        conditions=told,
        dried=dried,
        candidates=candidates,
        confidence=mark,
    )


def _leaf_by_leaf(question: Question) -> Settled:
    """Answer for a food of which some limit covers only a part: one for each of its leaves."""
    by_answer: dict[str, list[tuple[str, Settled]]] = {}
    for leaf in question.food.foods:
        food = msgspec.structs.replace(question.food, foods=(leaf,), category=None, by="food")
        answer = _settle(msgspec.structs.replace(question, food=food))
        by_answer.setdefault(_says(answer), []).append((leaf, answer))
    if len(by_answer) == 1:
        ((says, group),) = by_answer.items()
        answers = [answer for _, answer in group]
        merged = _merged(answers)
        told = [text for answer in answers for text in answer.conditions]
        if len(merged) > 1 and answers[0].verdict != "none":
            names = "; ".join(dict.fromkeys(fact.category for fact in merged))
            told.append(say("by_each", says=says, names=names))
        return answers[0]._replace(
            conditions=tuple(dict.fromkeys(told)),
            missing=tuple(dict.fromkeys(text for answer in answers for text in answer.missing)),
            candidates=merged,
            confidence=weakest(answer.confidence for answer in answers),
        )
    answers = [answer for group in by_answer.values() for _, answer in group]
    return Settled(
        "unknown",
        "the food is too general",
        missing=tuple(
            say("which_food", says=says, foods=", ".join(leaf for leaf, _ in group))
            for says, group in sorted(by_answer.items())
        ),
        candidates=_merged([answer for answer in answers if answer.verdict != "none"]),
        confidence=weakest(answer.confidence for answer in answers),
    )


def _says(answer: Settled) -> str:
    """What an answer comes to, for comparing those of several leaves."""
    if answer.verdict == "none":
        return "no limit"
    facts = answer.found or answer.candidates
    amounts = " or ".join(sorted({words.amount(fact) for fact in facts}))
    return amounts if answer.verdict == "found" else f"{answer.verdict} ({amounts})"


def _merged(answers: Sequence[Settled]) -> tuple[LimitFact, ...]:
    named = {fact.id: fact for answer in answers for fact in (*answer.found, *answer.candidates)}
    return tuple(named[key] for key in sorted(named))


def _each_alone(question: Question) -> Settled | None:
    """Answer for several nuclides that no limit adds up, if each of them has one of its own."""
    if len(question.nuclides) < 2:
        return None
    answers = [
        _settle(msgspec.structs.replace(question, nuclides=frozenset([name])))
        for name in sorted(question.nuclides)
    ]
    if any(answer.verdict == "none" for answer in answers):
        return None
    worst = next(
        (answer for verdict in ("unknown", "not stated") for answer in answers
         if answer.verdict == verdict),
        answers[0],
    )  # fmt: skip
    candidates = _merged(answers)
    said = [say("no_sum")]
    said += [text for answer in answers for text in answer.conditions]
    return worst._replace(
        found=candidates if worst.verdict == "found" else (),
        relation="each alone",
        conditions=tuple(dict.fromkeys(said)),
        missing=tuple(dict.fromkeys(text for answer in answers for text in answer.missing)),
        candidates=candidates,
        confidence=weakest(answer.confidence for answer in answers),
    )


def _confidence(fact: LimitFact) -> Confidence:
    rests_on = _RESTS_ON if fact.origins is None else (*_RESTS_ON, "origins")
    return fact.confidence_in(*rests_on)


def _none(reason: Reason, nearest: Sequence[LimitFact]) -> Settled:
    confidence = weakest(fact.confidence for fact in nearest)
    return Settled("none", reason, candidates=tuple(nearest), confidence=confidence)
