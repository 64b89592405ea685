"""`fairwater facts`: researched constants, each with its source and confidence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from fairwater import facts
from fairwater.cli.exits import DONE, NOT_APPLICABLE, UNKNOWN, USAGE, Failure
from fairwater.cli.output import print_json, print_table

Kind = Literal["nuclides", "units", "regions", "categories", "parts", "species", "limits", "ranges"]


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
    nuclides: str,
    food: str,
    jurisdiction: str,
    on: str,
    kind: Literal["food_limit", "voluntary_limit"] = "food_limit",
    json: bool = False,
) -> int:
    """Which limit applies on a day, with its source; or why none does.

    Exit code 5 if no limit applies, 4 if that cannot be told.

    Example: fairwater facts limits --nuclides Cs-134+Cs-137 --food seafood
    --jurisdiction CODE --on 2013-01-31

    Parameters
    ----------
    nuclides
        One nuclide, or several joined by `+`.
    food
        Food category key, or a category text as tables write it.
    jurisdiction
        Code of the place, as in `fairwater facts list limits --json`.
    on
        The day, YYYY-MM-DD.
    kind
        A legal limit, or a voluntary one.
    json
        Print the answer as JSON.
    """
    try:
        day = date.fromisoformat(on)
    except ValueError:
        raise Failure(USAGE, f"`{on}` is not a day", hint="write e.g. 2013-01-31") from None
    names = []
    for text in nuclides.split("+"):
        nuclide = facts.nuclide(text)
        if nuclide is None:
            raise Failure(USAGE, f"`{text}` is not a nuclide we know", hint="write e.g. Cs-137")
        names.append(nuclide.name)
    category = facts.find_category(food)
    if category is None:
        known = ", ".join(facts.categories())
        raise Failure(USAGE, f"`{food}` is no food category we know", hint=f"one of {known}")
    answer = facts.find_limit(jurisdiction, names, category.key, day, kind=kind)
    code = DONE
    if answer.limit is None:
        unknown = answer.reason in ("validity not stated", "more than one limit")
        code = UNKNOWN if unknown else NOT_APPLICABLE
    if json:
        print_json(answer)
    elif answer.limit is not None:
        found = answer.limit
        print(f"{found.value} {found.unit} ({'+'.join(found.nuclides)}, {found.category})")
        print(f"  {found.instrument}; {found.source} ({answer.confidence})")
    else:
        word = "unknown" if code == UNKNOWN else "no limit applies"
        print(f"{word}: {answer.reason}")
        for candidate in answer.candidates:
            print(f"  nearest: {candidate.id}: {candidate.value} {candidate.unit}")
    return code


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
    }
    found = readers[kind]()
    return list(found.values() if isinstance(found, Mapping) else found)


def _says(fact: Any) -> str:
    value = getattr(fact, "value", None) or getattr(fact, "factor", None)
    if value is not None:
        return f"{value} {getattr(fact, 'unit', None) or getattr(fact, 'base', '')}".strip()
    for field in ("half_life_d", "hard_max", "ja", "en"):
        if getattr(fact, field, None):
            return f"{getattr(fact, field)}"
    return ""
