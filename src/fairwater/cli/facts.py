"""`fairwater facts`: researched constants, each with its source and confidence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from cyclopts import Parameter

from fairwater import facts
from fairwater.cli.exits import DONE, NO, NOT_APPLICABLE, UNKNOWN, UNREADABLE, USAGE, Failure
from fairwater.cli.limit_text import print_limit, print_limits
from fairwater.cli.output import print_json, print_table
from fairwater.facts import LimitKind
from fairwater.facts.limit_phrases import say
from fairwater.facts.names import DisplayLanguage

Kind = Literal[
    "nuclides",
    "units",
    "regions",
    "categories",
    "parts",
    "species",
    "limits",
    "ranges",
    "foods",
    "jurisdictions",
]

SHOWN = 80
"""Characters of a text that nobody knows, repeated in the message."""


def listing(kind: Kind = "limits", /, *, json: bool = False) -> int:
    """Facts of one kind with their sources.

    Example: fairwater facts list nuclides

    Parameters
    ----------
    kind
        Which facts.
    json
        Print whole facts as JSON.
    """
    found = _all(kind)
    if json:
        print_json({kind: found})
        return DONE
    if kind == "limits":
        print_limits(found)
        return DONE
    rows = []
    for fact in found:
        name = next(
            (
                getattr(fact, field)
                for field in ("id", "key", "code", "nuclide", "name", "en")
                if getattr(fact, field, None)
            ),
            "",
        )
        rows.append((name, _says(fact), fact.confidence, fact.source))
    print_table((kind, "value", "confidence", "source"), rows)
    return DONE


def limit(
    *,
    nuclide: Annotated[str, Parameter(name=["--nuclide", "--nuclides"])],
    food: str,
    where: Annotated[str, Parameter(name=["--in", "--jurisdiction"])],
    on: str,
    kind: LimitKind | None = None,
    origin: str | None = None,
    dried_factor: str | None = None,
    lang: DisplayLanguage = "en",
    json: bool = False,
) -> int:
    """Which limit applies on a day, with its source; or why none does.

    Exit code 0 if a limit applies, 5 if none does, 4 if that cannot be told: its
    dates are not stated, the day lies inside an imprecise date, limits differ by an
    origin that is not given, the food is too general, or dried food lacks a factor; 2 if
    a nuclide, a food or a place is not known, with what is written alike.

    Example: fairwater facts limits --nuclide Cs-137 --food "dried seaweed" --in EU
    --on 2022-01-31 --origin JP --dried-factor 10

    Example: fairwater facts limits --nuclide 放射性セシウム --food ヒラメ --in 日本
    --on 2013-01-31 --lang ja

    Parameters
    ----------
    nuclide
        One nuclide, or several joined by `+`: their sum. An element stands for its
        isotopes on which the place has limits.
    food
        A food, a species, a food category, or an instrument's own words, in English,
        Chinese or Japanese; `dried` before or after it counts.
    where
        Whose limits: a code or a name (JP, 日本, EU, Codex), or that of a region.
    on
        The day, YYYY-MM-DD.
    kind
        One kind only. Without it every kind but voluntary limits and import measures,
        which stand beside the answer.
    origin
        Country that the goods come from, where limits differ by it.
    dried_factor
        Activity per kg dried over activity per kg as eaten; says that the food is dried,
        unless it is a concentrate.
    lang
        Language of the answer: en, zh, ja. Instruments and sources stay as they are.
    json
        Print the answer as JSON, in English.
    """
    answer = _asked(nuclide, food, where, on, kind, origin, dried_factor)
    if json:
        print_json(answer)
    else:
        print_limit(answer, lang)
    return {"found": DONE, "none": NOT_APPLICABLE}.get(answer.verdict, UNKNOWN)


def check(file: Path, /, *, json: bool = False) -> int:
    """Check a file of limits together with those that ship: every fault at once.

    Exit code 1 if it has faults.

    Example: fairwater facts check my-limits.yaml

    Parameters
    ----------
    file
        Limits of one jurisdiction, YAML; docs/howto/limit.md explains its keys.
    json
        Print the limits as they were understood, and the faults, as JSON.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(UNREADABLE, f"{file}: not readable as UTF-8 text: {error}") from None
    try:
        found = facts.check_limits(text, file.name)
    except facts.FactsError as error:
        if json:
            print_json({"file": str(file), "faults": error.faults, "limits": []})
            return NO
        raise Failure(NO, str(error), hint="docs/howto/limit.md shows a whole file") from error
    if json:
        print_json({"file": str(file), "faults": [], "limits": found})
    else:
        print_limits(found)
        print(f"{file}: in order, limits: {len(found)}")
    return DONE


def _asked(
    nuclide: str,
    food: str,
    where: str,
    on: str,
    kind: LimitKind | None,
    origin: str | None,
    dried_factor: str | None,
) -> facts.LimitAnswer:
    """Answer to what was typed, or a failure that names the word nobody knows."""
    day = _day(on)
    place = facts.find_jurisdiction(where)
    held = sorted({fact.jurisdiction for fact in facts.limits().values()})
    if place is None or place.code not in held:
        near = [] if place else list(facts.near_jurisdictions(where))
        wrong = "is no place we know" if place is None else "has no limits among the facts"
        hint = f"written alike: {', '.join(near)}; " if near else ""
        raise Failure(
            USAGE, f"`{_shown(where)}` {wrong}", hint=f"{hint}limits of {', '.join(held)}"
        )
    names = facts.asked_nuclides(nuclide, place.code)
    if names is None:
        alike = ", ".join(facts.near_nuclides(nuclide))
        hint = f"written alike: {alike}" if alike else "write e.g. Cs-137, or Cs-134+Cs-137"
        raise Failure(USAGE, f"`{_shown(nuclide)}` is not a nuclide we know", hint=hint)
    country = None if origin is None else facts.country(origin)
    if origin is not None and country is None:
        alike = ", ".join(facts.near_jurisdictions(origin)) or "a country code such as JP"
        raise Failure(USAGE, f"`{_shown(origin)}` is no country we know", hint=f"write {alike}")
    try:
        answer = facts.find_limit(
            where,
            names,
            food,
            day,
            kind=kind,
            origin=country,
            dried_factor=None if dried_factor is None else _factor(dried_factor),
        )
    except facts.FoodNotKnown as unknown:
        alike = f"written alike: {', '.join(unknown.near)}; " if unknown.near else ""
        known = ", ".join(facts.categories())
        message = f"`{_shown(food)}` is no food we know"
        raise Failure(USAGE, message, hint=f"{alike}categories: {known}") from None
    return msgspec.structs.replace(
        answer, conditions=(*_reading(nuclide, names), *answer.conditions)
    )


def _reading(nuclide: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """What an element's name was taken to mean."""
    if facts.asked_nuclides(nuclide) == names:
        return ()
    return (say("element", text=nuclide, names="+".join(names)),)


def _shown(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise Failure(USAGE, f"`{_shown(text)}` is not a day", hint="write e.g. 2013-01-31")
    return day


def _factor(text: str) -> str:
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", text) or Decimal(text) < 1:
        raise Failure(
            USAGE,
            f"`{_shown(text)}` is not a dried factor",
            hint="a decimal of 1 or more: activity per kg dried over activity per kg as eaten",
        )
    return text


def _all(kind: Kind) -> list[Any]:
    readers: Mapping[str, Any] = {
        "nuclides": facts.nuclides,
        "units": facts.units,
        "regions": facts.regions,
        "categories": facts.categories,
        "parts": facts.parts,
        "species": facts.species_names,
        "limits": facts.limits,
        "ranges": facts.plausible_ranges,
        "foods": facts.foods,
        "jurisdictions": facts.jurisdictions,
    }
    found = readers[kind]()
    return list(found.values() if isinstance(found, Mapping) else found)


def _says(fact: Any) -> str:
    value = getattr(fact, "value", None) or getattr(fact, "factor", None)
    if value is not None:
        return f"{value} {getattr(fact, 'unit', None) or getattr(fact, 'base', '')}".strip()
    for field in ("half_life_d", "hard_max", "ja", "en"):
        value = getattr(fact, field, None)
        if value:
            return ", ".join(value) if isinstance(value, tuple) else f"{value}"
    return ""
