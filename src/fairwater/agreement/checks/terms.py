"""The agreement's own terms: time zone, validity, what counts, texts in three languages."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fairwater import facts
from fairwater.agreement.checks.finding import Finding, Seen
from fairwater.agreement.model import Words
from fairwater.agreement.problems import Place


def check_terms(seen: Seen) -> Iterator[Finding]:
    """Time zone, validity, categories and texts."""
    agreement = seen.agreement
    try:
        ZoneInfo(agreement.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield Finding(
            "time_zone", Place(("time_zone",), "time_zone"), f"`{agreement.time_zone}`",
            "a time zone of the IANA list: windows are civil days in it", "time_zone: Asia/Tokyo",
        )  # fmt: skip
    start, end = agreement.valid_from, agreement.valid_to
    if start is not None and end is not None and start >= end:
        yield Finding(
            "dates", Place(("valid_to",), "valid_to"), f"valid from {start} to {end}",
            "`valid_to` after `valid_from`: it is the first day the agreement no longer governs",
            f"valid_to: a day after {start}",
        )  # fmt: skip
    yield from _categories(seen)
    yield from _texts(seen)


def _categories(seen: Seen) -> Iterator[Finding]:
    known = set(facts.categories())
    for j, category in enumerate(seen.agreement.scope.where.get("category", ())):
        if category not in known:
            yield Finding(
                "category", Place(("scope", "where", "category", j), "scope.where.category"),
                f"the category `{category}`", f"one of {', '.join(sorted(known))}", "seafood",
            )  # fmt: skip


def _texts(seen: Seen) -> Iterator[Finding]:
    agreement = seen.agreement
    texts: list[tuple[Place, Words | None]] = [(Place(("title",), "title"), agreement.title)]
    for kind in (
        "measures", "transitions", "parameters", "limits", "lists", "lot_actions",
        "consignment_checks",
    ):  # fmt: skip
        for i, entry in enumerate(getattr(agreement, kind)):
            place = Place((kind,), kind).item(i, entry.id)
            texts.append((place.key("text"), entry.text))
    for i, check in enumerate(agreement.consignment_checks):
        place = Place(("consignment_checks",), "consignment_checks").item(i, check.id)
        for j, clause in enumerate(check.conditions):
            here = place.key("conditions").item(j, clause.id)
            texts += [(here.key("text"), clause.text), (here.key("settle"), clause.settle)]
    for place, words in texts:
        if "title" in seen.broken and place.shown == "title":
            continue
        lacking = [name for name in ("en", "ja", "zh") if getattr(words, name, None) is None]
        if lacking:
            yield Finding(
                "language", place, f"no text in {', '.join(lacking)}",
                "the text in en, ja and zh: each side reads its own",
                f"{place.shown.rpartition('.')[2]}: {{en: …, ja: …, zh: …}}", "warning",
            )  # fmt: skip
