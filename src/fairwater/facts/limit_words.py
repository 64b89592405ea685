"""The words in which an answer about limits is given, and the sentences made of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from fairwater.facts.foods import CONCENTRATED, DRIED, FoodMatch
from fairwater.facts.limit_facts import LimitFact, scope
from fairwater.facts.limit_match import Relation, Standing
from fairwater.facts.limit_phrases import WORDS, say
from fairwater.facts.validity import NOT_STATED, OPEN, Validity

Verdict = Literal["found", "none", "not stated", "unknown"]
Reason = Literal[
    "found",
    "no limit of this jurisdiction and kind",
    "no limit for these nuclides",
    "no limit for this category",
    "no limit for this origin",
    "dormant until activated",
    "draft",
    "not yet in force",
    "repealed",
    "superseded",
    "not in force on this day",
    "validity not stated",
    "the day lies inside an imprecise date",
    "depends on the origin",
    "the food is too general",
    "the category does not decide for this food",
    "dried food without a stated factor",
    "concentrated food without a stated factor",
    "a measure sets limits that are not among these facts",
]


def amount(fact: LimitFact) -> str:
    """Value and unit, ``100 Bq/kg``; a band as ``1-10``; a measure without value by its kind."""
    if fact.value is None:
        return "no value"
    upper = "" if fact.value_to is None else f"-{fact.value_to}"
    return f"{fact.value}{upper} {fact.unit}"


def on_what(fact: LimitFact) -> str:
    """What a limit is on: the words of its source, else its nuclides."""
    return fact.nuclide_text or "+".join(fact.nuclides) or fact.quantity


def valid(fact: LimitFact) -> str:
    """Its validity in words; a date that is less sure than the limit says so."""
    if not isinstance(fact.validity, Validity):
        return say("not_dated")
    since = f"{fact.validity.since}{_mark(fact, 'from')}"
    to = f"{fact.validity.to}{_mark(fact, 'to')}"
    if fact.validity.since == NOT_STATED:
        keys = {OPEN: "start_unknown", NOT_STATED: "neither_dated"}
        return say(keys.get(fact.validity.to, "to"), to=to)
    keys = {OPEN: "open", NOT_STATED: "open_unknown"}
    return say(keys.get(fact.validity.to, "span"), since=since, to=to)


def _mark(fact: LimitFact, end: str) -> str:
    mark = fact.marks.get(f"validity.{end}", fact.confidence)
    return "" if mark == fact.confidence else f" ({mark})"


def without_factor(food: FoodMatch) -> Reason:
    """Reason for which dried or concentrated food has no answer."""
    if DRIED in food.states:
        return "dried food without a stated factor"
    return "concentrated food without a stated factor"


def missing_factor(fact: LimitFact, food: FoodMatch) -> list[str]:
    """What has to be known before a limit can be read for dried or concentrated food."""
    state = DRIED if DRIED in food.states else CONCENTRATED
    if fact.basis == "not_stated":
        return [
            say("which_state", amount=amount(fact), state=state, instrument=fact.instrument),
            say("factor_if", state=state),
        ]
    return [say("factor", state=state, basis=WORDS[fact.basis][0], amount=amount(fact))]


def conditions(fact: LimitFact, how: Relation, asked: Iterable[str], food: FoodMatch) -> list[str]:
    """What must be read with a limit that applies."""
    told: list[str] = []
    nuclides = "+".join(sorted(asked))
    if how == "part of a sum":
        told.append(say("sum", limit=on_what(fact), asked=nuclides))
    if how == "member of a group":
        told.append(say("group", limit=on_what(fact), asked=nuclides))
    if fact.combination == "group_independent":
        told.append(say("within_group"))
    if fact.combination == "sum_of_fractions":
        told.append(say("pair", rule=str(fact.rule)))
    if fact.combination == "representative":
        told.append(say("stands_for"))
    if fact.combination == "each_alone":
        told.append(say("alone"))
    if fact.combination == "element_mass":
        told.append(say("mass"))
    told += [say("form", nuclide=n, form=form) for n, form in fact.forms.items() if n in asked]
    if fact.origins is not None:
        countries = ", ".join(fact.origins.countries)
        told.append(say("origins", text=fact.origins.text, countries=countries))
    left_out = set(food.foods) - scope(fact.id)[0]
    if left_out:
        told.append(say("left_out", foods=", ".join(sorted(left_out))))
    drier = [state for state in (DRIED, CONCENTRATED) if state in food.states]
    if drier and fact.basis == "as_sold":
        told.append(say("as_sold", state=drier[0]))
    if drier and fact.basis == "not_stated":
        told.append(say("basis_open", state=drier[0]))
    return told


def why_imprecise(fact: LimitFact, how: Standing) -> str:
    """What about a limit's dates would have to be known."""
    if not isinstance(fact.validity, Validity):
        return say("began_when", instrument=fact.instrument)
    parts = {"instrument": fact.instrument, "amount": amount(fact)}
    if how == "may have begun":
        return say("began_on", date=fact.validity.since, **parts)
    return say("ended_on", date=fact.validity.to, **parts)
