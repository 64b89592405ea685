"""What a condition read, in words: its metric, the values it may have, what was asked."""

from __future__ import annotations

from datetime import date

from fairwater.node.briefing.content import LimitLine, Number
from fairwater.report.document import Phrase
from fairwater.report.telling.ground import Ground

UNBOUNDED = frozenset({None, "*", "inf", "unbounded", "∞"})
"""How the end of a set of values is written that nothing bounds."""


def metric_name(ground: Ground, metric: str) -> Phrase:
    """What a metric counts."""
    return ground.words.known(f"metric.{metric}", metric)


def value(ground: Ground, text: str) -> Phrase:
    """A value as computed: a number, or yes and no."""
    key = f"truth.{text.lower()}"
    return ground.words.say(key) if ground.words.has(key) else ground.words.figure(text)


def ends(ground: Ground, low: str | None, high: str | None) -> Phrase:
    """A set of possible values: one value, from one to another, or without a known end."""
    words = ground.words
    if low in UNBOUNDED and high in UNBOUNDED:
        return words.say("form.any_value")
    bottom = value(ground, "0" if low is None or low in UNBOUNDED else low)
    if high is None or high in UNBOUNDED:
        return words.say("form.at_least", low=bottom)
    if low == high:
        return value(ground, high)
    return words.say("form.between", low=bottom, high=value(ground, high))


def truth_of(comparator: str | None, text: str | None) -> str | None:
    """A value read where yes or no was asked (``is``): 0 and 1 as ``false`` and ``true``."""
    return {"0": "false", "1": "true"}.get(text or "", text) if comparator == "is" else text


def asked(ground: Ground, comparator: str | None, operand: str | None) -> Phrase:
    """What the clause asks: at least 3."""
    operand = truth_of(comparator, operand)
    if not comparator or operand is None:
        return ground.words.say("form.not_stated")
    key = f"compare_sign.{comparator}"
    number = value(ground, operand)
    if not ground.words.has(key):
        return ground.words.code_text(f"{comparator} {operand}")
    return ground.words.say(key, n=number)


def window(ground: Ground, first: date | str | None, last: date | str | None) -> Phrase:
    """A window of days."""
    words = ground.words
    if last is None:
        return Phrase()
    end = words.figure(str(last))
    if first is None:
        return words.say("form.until", last=end)
    return words.say("form.window", first=words.figure(str(first)), last=end)


def number(ground: Ground, one: Number) -> Phrase:
    """What an atom read, what it asked, and its verdict."""
    return ground.words.say(
        "compare.number",
        metric=metric_name(ground, one.metric),
        value=ends(ground, truth_of(one.comparator, one.low), truth_of(one.comparator, one.high)),
        asked=asked(ground, one.comparator, one.operand),
        verdict=ground.truth(one.verdict),
    )


def limit_line(ground: Ground, limit: LimitLine) -> Phrase:
    """A limit in full: value, nuclides, when exceeded, rounding, its mark."""
    words = ground.words
    each = len(limit.nuclides) > 1 and limit.combine not in ("sum", "sum_of_fractions")
    said = words.say(
        "agreements.limit_each" if each else "agreements.limit",
        name=words.title(limit.text, limit.id),
        value=words.figure(f"{limit.value} {limit.unit}")
        if limit.value
        else words.say("agreements.no_value"),
        nuclides=words.figure((", " if each else " + ").join(limit.nuclides)),
        exceeds=words.known(f"agreements.{limit.exceeds_when}", limit.exceeds_when),
        rounding=_rounding(ground, limit.rounding),
    )
    return said + ground.marked(limit.mark)


def _rounding(ground: Ground, text: str | None) -> Phrase:
    """``2 significant, half_up`` in words."""
    if text is None:
        return Phrase()
    amount, _, mode = text.partition(", ")
    figures, _, kind = amount.partition(" ")
    key, named = f"agreements.rounded_{kind}", f"rounding.{mode}"
    if not (figures.isdigit() and ground.words.has(key) and ground.words.has(named)):
        return ground.words.code_text(f", {text}")
    return ground.words.say(key, n=int(figures), mode=ground.words.say(named))
