"""Who sets limits, and where goods come from: countries, unions, organisations.

    >>> find_jurisdiction("日本").code, find_jurisdiction("Codex").code
    ('JP', 'CODEX')
    >>> found = find_jurisdiction("Fukushima")
    >>> found.code, found.region
    ('JP', 'JP-07')
    >>> find_jurisdiction("France").code
    'EU'
    >>> find_jurisdiction("the U.S.A.").code, find_jurisdiction("广东省").region
    ('US', 'CN-GD')

A place is written by its code, by its name in one of three languages, or as the
collection of limits writes it; `the` before it and full stops do not count. The
code of a region (`JP-07`) or its name means the country whose limits apply there,
and a member of a union means the union.
"""

from __future__ import annotations

from functools import cache

import msgspec

from fairwater.facts.marks import Confidence, MarkedFact
from fairwater.facts.regions import RegionFact, find_region, regions
from fairwater.facts.source import FactsError, read
from fairwater.facts.spelling import kana
from fairwater.facts.vocabulary import table

_FILE = "jurisdictions.yaml"
_KINDS_EN = ("prefecture", "province", "state", "city")
_KINDS_CJK = ("省", "市", "州", "県", "县", "縣", "府", "都", "自治区")


class JurisdictionFact(MarkedFact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place or organisation; `within` a union, or `of` a place whose limits are the law there."""

    code: str
    en: str
    zh: str
    ja: str
    texts: tuple[str, ...] = ()
    within: str | None = None
    of: str | None = None


class ProvinceFact(MarkedFact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A first-level region of a place by its ISO 3166-2 code, which begins with the place's."""

    code: str
    en: str
    zh: str
    ja: str


class JurisdictionMatch(msgspec.Struct, frozen=True, kw_only=True):
    """Whose limits apply where a text says.

    Attributes
    ----------
    code, name : str
        Of the place whose limits apply.
    body : str or None
        Code of the organisation of that place, if the text names one.
    region, member : str or None
        Code of the region or of the union's member that the text names.
    """

    text: str
    code: str
    name: str
    body: str | None = None
    region: str | None = None
    member: str | None = None
    confidence: Confidence


@cache
def jurisdictions() -> dict[str, JurisdictionFact]:
    """Places by code; the file is refused whole, its provinces included."""
    provinces()
    found = {
        fact.code: fact for fact in table(read(_FILE), "jurisdictions", _FILE, JurisdictionFact)
    }
    faults = [
        f"{_FILE}: `{fact.code}` names `{other}`, which is not there"
        for fact in found.values()
        for other in (fact.within, fact.of)
        if other is not None and other not in found
    ]
    if faults:
        raise FactsError(faults)
    return found


@cache
def provinces() -> tuple[ProvinceFact, ...]:
    """First-level regions of places other than those that `regions` holds."""
    return table(read(_FILE), "provinces", _FILE, ProvinceFact)


def find_jurisdiction(text: str) -> JurisdictionMatch | None:
    """Whose limits apply at the place a text names, or None. Compares exactly, but for case."""
    fact = _index().get(_compared(text))
    region = None
    if fact is None:
        region = _region(text)
        fact = jurisdictions().get(region.split("-")[0]) if region is not None else None
    if fact is None:
        return None
    law = jurisdictions()[fact.within or fact.of or fact.code]
    return JurisdictionMatch(
        text=text,
        code=law.code,
        name=law.en,
        body=fact.code if fact.of else None,
        region=region,
        member=fact.code if fact.within else None,
        confidence=fact.confidence,
    )


def country(text: str) -> str | None:
    """Code of the country (or other place) that a text names as an origin, or None."""
    fact = _index().get(_compared(text))
    if fact is not None:
        return fact.of or fact.code
    region = _region(text)
    return None if region is None else region.split("-")[0]


def near_jurisdictions(text: str, number: int = 5) -> tuple[str, ...]:
    """Codes and names written most like a text that names no place."""
    from difflib import get_close_matches

    known = [*_index(), *_provinces()]
    return tuple(get_close_matches(_compared(text)[:100], known, n=number, cutoff=0.7))


def _region(text: str) -> str | None:
    by_name = _provinces().get(_compared(text))
    if by_name is not None:
        return by_name
    found = find_region(text)
    return None if found is None else found.code


def _compared(text: str) -> str:
    """Text as places are compared: `kana`, without full stops and without `the` before it."""
    return kana(text).replace(".", "").removeprefix("the ").strip()


@cache
def _provinces() -> dict[str, str]:
    """Codes of regions by code and name, with or without the word for what the region is.

    A name of two of them means neither.
    """
    found: dict[str, set[str]] = {}
    every: list[ProvinceFact | RegionFact] = [*provinces(), *regions().values()]
    for fact in every:
        texts = {fact.code, fact.en, fact.zh, fact.ja}
        texts |= {f"{fact.en} {word}" for word in _KINDS_EN}
        texts |= {f"{fact.en}-{word}" for word in ("ken", "to", "do", "fu")}
        for name in (fact.zh, fact.ja):
            texts |= {f"{name}{word}" for word in _KINDS_CJK}
            texts |= {
                name[: -len(word)]
                for word in _KINDS_CJK
                if len(name) > len(word) + 1 and name.endswith(word)
            }
        for text in texts:
            found.setdefault(_compared(text), set()).add(fact.code)
    return {text: codes.pop() for text, codes in found.items() if len(codes) == 1}


@cache
def _index() -> dict[str, JurisdictionFact]:
    index: dict[str, JurisdictionFact] = {}
    for fact in jurisdictions().values():
        for text in (fact.code, fact.en, fact.zh, fact.ja, *fact.texts):
            if index.setdefault(_compared(text), fact) is not fact:
                raise FactsError([f"{_FILE}: `{text}` stands in two places"])
    return index
