"""An answer about limits as text: the answer, its source and marks, then what else there is."""

from __future__ import annotations

from collections.abc import Iterable

from fairwater.cli.output import print_table
from fairwater.facts import LimitAnswer, LimitFact
from fairwater.facts.limit_words import amount, on_what, valid


def print_limit(answer: LimitAnswer) -> None:
    """Print the answer first, then what it rests on."""
    print(_headline(answer))
    where = answer.place.name if answer.place else "there"
    print(f"  asked: {'+'.join(answer.nuclides)}, {answer.food.text}, {where}, {answer.day}")
    for fact in answer.limits:
        if len(answer.limits) > 1:
            print(f"  {amount(fact)}: {on_what(fact)}, {fact.category}")
        _print_source(fact)
    if answer.dried is not None:
        told = answer.dried
        by = "the instrument" if told.stated_by == "instrument" else "you"
        print(
            f"  dried: {told.value} {told.unit} of the dried food (factor {told.factor}, by {by})"
        )
        if told.stated_by == "instrument":
            print(f"    {told.source} ({told.confidence})")
    for text in answer.conditions:
        print(f"  note: {text}")
    for text in answer.missing:
        print(f"  missing: {text}")
    print(f"  food: {_food(answer)}")
    print(f"  weakest mark: {answer.confidence}")
    if answer.place is not None and (answer.place.region or answer.place.member):
        print(f"  place: `{answer.place.text}` lies in {answer.place.name}, whose limits apply")
    _print_others(answer)


def print_limits(facts: Iterable[LimitFact]) -> None:
    """Print limits as a table, one a row."""
    print_table(
        (
            "limit",
            "in",
            "value",
            "on",
            "food",
            "kind",
            "validity",
            "status",
            "confidence",
            "source",
        ),
        [
            (
                fact.id,
                fact.jurisdiction,
                amount(fact),
                on_what(fact),
                fact.category,
                fact.kind.replace("_", " "),
                valid(fact),
                fact.status.replace("_", " "),
                fact.confidence,
                fact.source,
            )
            for fact in facts
        ],
    )


def _headline(answer: LimitAnswer) -> str:
    nuclides = "+".join(answer.nuclides)
    if answer.verdict == "found" and answer.limit is not None:
        fact = answer.limit
        kind = "" if fact.kind == "food_limit" else f"; {fact.kind.replace('_', ' ')}"
        return f"{amount(fact)} ({on_what(fact)}; {fact.category}{kind})"
    if answer.verdict == "found":
        each = answer.relation == "each alone"
        how = f"one for each nuclide of {nuclides}" if each else "all apply at once"
        return f"{', '.join(map(amount, answer.limits))}: {how}"
    if answer.verdict == "none":
        told = ""
        if answer.reason == "not in force on this day":
            named = dict.fromkeys(answer.standings[fact.id] for fact in answer.candidates)
            told = f" ({', '.join(named)})"
        return f"no limit applies: {answer.reason}{told}"
    if answer.verdict == "not stated":
        amounts = dict.fromkeys(amount(fact) for fact in answer.candidates)
        return f"validity not stated: {' or '.join(amounts)}, from when until when is not known"
    return f"unknown: {answer.reason}"


def _print_source(fact: LimitFact) -> None:
    clause = f", {fact.clause}" if fact.clause else ""
    print(f"  {fact.instrument}{clause}; {valid(fact)}")
    print(f"  source: {fact.source} ({fact.confidence})")
    for name, mark in fact.marks.items():
        print(f"    {name}: {mark}")
    if fact.partial:
        print(f"    {fact.partial}")
    if fact.note:
        print(f"  remark: {fact.note}")


def _food(answer: LimitAnswer) -> str:
    food = answer.food
    states = f", {', '.join(food.states)}" if food.states else ""
    through = {
        "instrument": "an instrument's own words",
        "category": "a category's spelling",
        "food": "a food's name",
    }
    by = through.get(food.by, f"the {food.by} {food.name}")
    return f"`{food.text}` is {food.key}{states}, by {by} ({food.confidence})"


def _print_others(answer: LimitAnswer) -> None:
    """What came nearest, and what else the place has."""
    standings = dict(answer.standings)
    shown = {fact.id for fact in answer.limits}
    for fact in answer.candidates:
        if fact.id not in shown:
            _print_other("also" if answer.limits else "nearest", fact, standings[fact.id])
            if answer.verdict not in ("found", "none") or len(answer.candidates) <= 3:
                print(f"    source: {fact.source} ({fact.confidence})")
                if fact.note and answer.verdict != "none":
                    print(f"    remark: {fact.note}")
    for other in answer.beside:
        _print_other("also", other.limit, other.standing)


def _print_other(word: str, fact: LimitFact, standing: str) -> None:
    ended = f" by {fact.ended_by}" if standing in ("repealed", "superseded") else ""
    kind = "" if fact.kind == "food_limit" else f"{fact.kind.replace('_', ' ')}, "
    what = f"{amount(fact)} ({on_what(fact)}; {fact.category})"
    origin = f"; for {fact.origins.text}" if fact.origins else ""
    print(f"  {word}: {kind}{what}: {standing}{ended}; {fact.instrument}; {valid(fact)}{origin}")
