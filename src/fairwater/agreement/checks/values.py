"""Limits and parameters: complete, known units, dates without overlap, source and confidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from fairwater import facts
from fairwater.agreement.checks.finding import Finding, Seen
from fairwater.agreement.model import DatedValue, Limit, Parameter, ParameterType
from fairwater.agreement.problems import Place
from fairwater.quantities.decimals import exact
from fairwater.quantities.errors import QuantityError
from fairwater.quantities.periods import Period
from fairwater.quantities.units import UnitError, factor

TYPE_WORDS: dict[ParameterType, str] = {
    "count": "a whole number",
    "decimal": "a decimal number such as 0.5",
    "share": "a share from 0 to 1 such as 0.95",
    "period": "a period of one unit such as P30D",
    "day": "a day such as 2025-06-29",
    "text": "text",
    "boolean": "true or false",
}


def fits(kind: ParameterType, text: str) -> bool:
    """Whether a value has the type its parameter states."""
    try:
        if kind == "count":
            return text.isascii() and text.isdigit() and str(int(text)) == text
        if kind == "decimal":
            return exact(text).is_finite()
        if kind == "share":
            return Decimal(0) <= exact(text) <= Decimal(1)
        if kind == "period":
            return Period.parse(text) is not None
        if kind == "day":
            return date.fromisoformat(text).isoformat() == text
    except (QuantityError, ValueError):
        return False
    return kind == "text" or text in ("true", "false")


def check_limits(seen: Seen) -> Iterator[Finding]:
    """Every limit of the agreement."""
    for i, limit in enumerate(seen.agreement.limits):
        place = Place(("limits",), "limits").item(i, limit.id)
        yield from _measurand(limit, place)
        yield from _rounding(limit, place)
        yield from _dated(limit, place)
        for j, entry in enumerate(limit.values):
            if entry.value is not None and not fits("decimal", entry.value):
                yield Finding(
                    "value_type", place.key("values").item(j, None).key("value"),
                    f"`{entry.value}`", TYPE_WORDS["decimal"], "value: 100",
                )  # fmt: skip


def _measurand(limit: Limit, place: Place) -> Iterator[Finding]:
    for j, nuclide in enumerate(limit.nuclides):
        if facts.nuclide(nuclide) is None and not nuclide.startswith("gross"):
            yield Finding(
                "unknown_nuclide", place.key("nuclides").item(j, None), f"the nuclide `{nuclide}`",
                "a nuclide of `fairwater facts nuclides`", "Cs-137",
            )  # fmt: skip
    for nuclide, times in Counter(limit.nuclides).items():
        if times > 1:
            yield Finding(
                "duplicate_nuclide", place.key("nuclides"), f"`{nuclide}` {times} times",
                "each nuclide once: it would be counted twice", f"one `{nuclide}`",
            )  # fmt: skip
    count = len(limit.nuclides)
    if (count != 1) if limit.combine == "single" else (count == 0):
        yield Finding(
            "combine", place.key("combine"), f"`combine: {limit.combine}` with {count} nuclides",
            "one nuclide for single, at least one for sum and sum_of_fractions",
            "combine: sum, or a limit for each nuclide",
        )  # fmt: skip
    absent = [nuclide for nuclide in limit.nuclides if nuclide not in limit.references]
    if limit.combine == "sum_of_fractions" and absent:
        yield Finding(
            "references", place, f"sum_of_fractions without a reference for {', '.join(absent)}",
            "`references`: the value each nuclide is divided by",
            f"references: {{{absent[0]}: 100}}",
        )  # fmt: skip
    yield from check_unit(limit.unit, place.key("unit"))


def check_unit(unit: str, place: Place) -> Iterator[Finding]:
    """A unit that evidence can be converted to."""
    known = facts.unit(unit)
    try:
        if known is None:
            raise UnitError(f"`{unit}` is not a known unit")
        factor(unit, known.base)
    except UnitError:
        yield Finding(
            "unknown_unit", place, f"the unit `{unit}`",
            "a unit of `fairwater facts units`", "unit: Bq/kg",
        )  # fmt: skip


def _rounding(limit: Limit, place: Place) -> Iterator[Finding]:
    if limit.round != "none" and (limit.round.significant is None) == (limit.round.places is None):
        both = limit.round.significant is not None
        yield Finding(
            "rounding", place.key("round"),
            "both `significant` and `places`" if both else "neither `significant` nor `places`",
            "exactly one of them: figures or places to round to",
            "round: {significant: 2, mode: half_up}",
        )  # fmt: skip
    decide = limit.decide
    if decide is None:
        return
    positive = decide.k is not None and exact(decide.k) > 0
    if decide.rule == "guard" and not positive:
        yield Finding(
            "guard_k", place.key("decide"), f"a guard rule with k `{decide.k}`",
            "k above 0: how many standard uncertainties", "decide: {rule: guard, k: 2}",
        )  # fmt: skip
    if decide.rule == "simple" and decide.k is not None:
        yield Finding(
            "guard_k", place.key("decide").key("k"), "k with the simple rule, which has none",
            "k only with `rule: guard`", "decide: {rule: guard, k: …}, or no k",
        )  # fmt: skip


def check_parameters(seen: Seen) -> Iterator[Finding]:
    """Every parameter of the agreement."""
    for i, parameter in enumerate(seen.agreement.parameters):
        place = Place(("parameters",), "parameters").item(i, parameter.id)
        entries = [(place.key("value"), parameter.value)] if parameter.value is not None else []
        for j, entry in enumerate(parameter.values):
            if entry.value is not None:
                entries.append((place.key("values").item(j, None).key("value"), entry.value))
        for here, text in entries:
            if not fits(parameter.type, text):
                yield Finding(
                    "value_type", here, f"`{text}` for a parameter of type {parameter.type}",
                    TYPE_WORDS[parameter.type], f"value: {_example(parameter.type)}",
                )  # fmt: skip
        yield from _dated(parameter, place)


def _example(kind: ParameterType) -> str:
    words = TYPE_WORDS[kind]
    return (
        words.rpartition(" such as ")[2]
        if " such as " in words
        else {"count": "2"}.get(kind, "true" if kind == "boolean" else "…")
    )


def _dated(part: Limit | Parameter, place: Place) -> Iterator[Finding]:
    """Values: some or open, one way of writing, in order, with source and confidence."""
    if part.value is not None and part.values:
        yield Finding(
            "two_values", place.key("value"), "both `value` and `values`",
            "one of them: `value` is short for a single undated entry", "values only",
        )  # fmt: skip
    if not part.dated and not part.open:
        yield Finding(
            "no_value", place, "no value, and not `open`",
            "a value, or `open: true`: what uses it is then unknown", "value: …, or open: true",
        )  # fmt: skip
    for j, entry in enumerate(part.dated):
        here = place.key("values").item(j, None) if part.values else place
        yield from _confidence(entry, here)
        if entry.from_ and entry.to and entry.from_ >= entry.to:
            yield Finding(
                "dates", here.key("to"), f"from {entry.from_} to {entry.to}",
                "`to` after `from`: the last day is the day before `to`",
                f"to: a day after {entry.from_}",
            )  # fmt: skip
    yield from _spans(part, place)


def _confidence(entry: DatedValue, place: Place) -> Iterator[Finding]:
    if entry.value is None:
        return
    if entry.cert is None:
        yield Finding(
            "cert", place, f"the value `{entry.value}` without `cert`",
            "seen (read in its source), memory (not read again) or ours (our choice)", "cert: ours",
        )  # fmt: skip
    if entry.cert == "seen" and not entry.src:
        yield Finding(
            "seen_without_source", place, f"the value `{entry.value}` seen, but nowhere",
            "`src`: the source it was seen in", "src: [S1]",
        )  # fmt: skip


def _spans(part: Limit | Parameter, place: Place) -> Iterator[Finding]:
    numbered = sorted(enumerate(part.values), key=lambda pair: pair[1].from_ or "")
    for (_, before), (j, after) in pairwise(numbered):
        here = place.key("values").item(j, None)
        if before.to is None or after.from_ is None or after.from_ < before.to:
            yield Finding(
                "overlap", here,
                f"two values on {after.from_ or before.from_ or 'every day'}: "
                f"`{before.value}` and `{after.value}`",
                "values that do not overlap: each in force from `from` until the day before `to`",
                f"to: {after.from_ or '…'} in the earlier one",
            )  # fmt: skip
        elif before.to < after.from_:
            yield Finding(
                "gap", here, f"no value from {before.to} until {after.from_}",
                "values without a gap, or an entry without `value` that says so",
                f"from: {before.to}", "warning",
            )  # fmt: skip
