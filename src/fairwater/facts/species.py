"""Seafood names: species and groups, in Japanese, Chinese, English and Latin.

`find_species` takes an item text as published, and answers with a species, a
group of species, or None:

    >>> found = find_species("マガレイ（1kg以上）")
    >>> found.kind, found.name, found.rest
    ('species', 'マガレイ', ('1kg以上',))

The text is normalised (`spelling.split_item`, `spelling.kana`), then looked up:
the name before the brackets, then what stands in a bracket. Where one text
means several things:

1. a group's spelling means the group, even where it is also a species' name
   (サケ, on market goods);
2. an `also` name (マイカ, イシモチ) names the species only beside the species' own
   name, before or in the bracket; alone it means the group, or nothing;
3. a species in a bracket is more exact than a group before it (メバル（ウスメバル）);
4. a text that two species share means neither;
5. a scientific name may be followed by its author (Monostroma nitidum Wittrock).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

import msgspec

from fairwater.facts.marks import MEMORY, SEEN, Confidence, MarkedFact, weakest
from fairwater.facts.source import read
from fairwater.facts.spelling import kana, split_item
from fairwater.facts.vocabulary import table

_FILE = "species.json"
_AUTHORED = re.compile(r"(?P<binomial>[A-Z][a-z]+ [a-z-]+) +[A-Z][\w.&, ]*")


class OrbsText(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text of the ORBS tables and how it was identified."""

    text: str
    basis: Literal["table", "from memory", "inferred"]


class SpeciesFact(MarkedFact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A species name with its codes; `marks` tells where each field was found.

    `source` and `confidence` speak of the pair of Japanese and scientific name.
    """

    ja: str
    scientific: str
    spellings: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    scientific_other: tuple[str, ...] = ()
    en: str | None = None
    zh: str | None = None
    zh_other: tuple[str, ...] = ()
    zh_tw: str | None = None
    asfis: str | None = None
    asfis_name: str | None = None
    aphia: int | None = None
    aphia_name: str | None = None
    worms_valid: str | None = None
    maris: int | None = None
    maris_name: str | None = None
    group: str
    habitat: str | None = None
    isscaap: int | None = None
    orbs: tuple[OrbsText, ...] = ()
    rows: int
    rows_orbs: int | None = None
    note: str | None = None


class GroupFact(MarkedFact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A market or vernacular name for several species; `members` are their `ja` names."""

    ja: str
    spellings: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    taxon: str | None = None
    en: str | None = None
    zh: str | None = None
    asfis: str | None = None
    maris: int | None = None
    group: str
    orbs: tuple[OrbsText, ...] = ()
    rows: int
    rows_orbs: int | None = None
    note: str | None = None


class UnresolvedText(MarkedFact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text of the data that no entry explains."""

    text: str
    dataset: str
    maybe: str | None = None
    rows: int | None = None
    rows_orbs: int | None = None


class SpeciesFacts(NamedTuple):
    """The species vocabulary: names, groups, and texts that stay unresolved."""

    species: dict[str, SpeciesFact]
    groups: dict[str, GroupFact]
    unresolved: tuple[UnresolvedText, ...]


class SpeciesMatch(msgspec.Struct, frozen=True, kw_only=True):
    """What an item text was found to name.

    Attributes
    ----------
    name : str
        The entry's Japanese name.
    scientific : str or None
        Scientific name of a species, taxon of a group where one is given.
    where : {'name', 'bracket'}
        Whether the text before the brackets was understood, or one in brackets.
    by : {'ja', 'spelling', 'also', 'scientific', 'scientific_other', 'en', 'orbs'}
        The field that holds the text.
    rest : tuple of str
        Bracket contents that were not used: mostly a part, a size, a state.
    confidence : {'seen in source', 'from memory'}
        Weakest mark used: that of the field and that of the entry's identity.
    """

    text: str
    kind: Literal["species", "group"]
    name: str
    scientific: str | None
    fact: SpeciesFact | GroupFact
    where: Literal["name", "bracket"]
    by: str
    rest: tuple[str, ...]
    confidence: Confidence


class _Entry(NamedTuple):
    fact: SpeciesFact | GroupFact
    by: str
    confidence: Confidence


@cache
def species_facts() -> SpeciesFacts:
    """Names, groups and unresolved texts; the file is read on first use."""
    tree = read(_FILE)
    species = table(tree, "species", _FILE, SpeciesFact)
    groups = table(tree, "groups", _FILE, GroupFact)
    unresolved = table(tree, "unresolved", _FILE, UnresolvedText)
    return SpeciesFacts(
        {fact.ja: fact for fact in species}, {fact.ja: fact for fact in groups}, unresolved
    )


def species_names() -> dict[str, SpeciesFact]:
    """Species by standard Japanese name."""
    return species_facts().species


def species_groups() -> dict[str, GroupFact]:
    """Groups by name."""
    return species_facts().groups


def find_species(text: str, remark: str = "") -> SpeciesMatch | None:
    """Species or group that an item text names, or None. See the module for the rules.

    Parameters
    ----------
    text : str
        The item as published.
    remark : str, optional
        A cell beside it that says more about the item; read like a last bracket.
    """
    name, brackets = split_item(text)
    said = split_item(remark)
    brackets += (said.name, *said.brackets) if said.name else said.brackets
    beside = _beside(text, name, brackets)
    if beside is not None:
        return beside
    named = _index().get(kana(name))
    if named is not None and isinstance(named.fact, SpeciesFact):
        return _match(text, named, "name", brackets)
    for bracket in brackets:
        entry = _index().get(kana(bracket))
        if entry is not None and (named is None or isinstance(entry.fact, SpeciesFact)):
            rest = tuple(other for other in brackets if other != bracket)
            return _match(text, entry, "bracket", rest)
    named = named or _authored(name)
    return None if named is None else _match(text, named, "name", brackets)


def _authored(name: str) -> _Entry | None:
    """Rule 5: the entry whose scientific name stands before an author's, or None."""
    found = _AUTHORED.fullmatch(name)
    entry = _index().get(kana(found["binomial"])) if found is not None else None
    return entry if entry is not None and entry.by.startswith("scientific") else None


def _beside(text: str, name: str, brackets: tuple[str, ...]) -> SpeciesMatch | None:
    """Rule 2: an `also` name beside the name of its species, either of them first."""
    for bracket in brackets:
        for first, second in ((name, bracket), (bracket, name)):
            entry = _index().get(kana(first))
            if entry is None or not isinstance(entry.fact, SpeciesFact):
                continue
            if kana(second) in map(kana, entry.fact.also):
                rest = tuple(other for other in brackets if other != bracket)
                where: Literal["name", "bracket"] = "name" if first == name else "bracket"
                weak = weakest((entry.confidence, entry.fact.confidence_in("also")))
                used = _Entry(entry.fact, "also", weak)
                return _match(text, used, where, rest)
    return None


def _match(
    text: str, entry: _Entry, where: Literal["name", "bracket"], rest: tuple[str, ...]
) -> SpeciesMatch:
    fact = entry.fact
    species = isinstance(fact, SpeciesFact)
    return SpeciesMatch(
        text=text,
        kind="species" if species else "group",
        name=fact.ja,
        scientific=fact.scientific if isinstance(fact, SpeciesFact) else fact.taxon,
        fact=fact,
        where=where,
        by=entry.by,
        rest=rest,
        confidence=weakest((entry.confidence, fact.confidence)),
    )


@cache
def _index() -> dict[str, _Entry]:
    species, groups, unresolved = species_facts()
    index: dict[str, _Entry] = {}
    for facts in (groups, species):
        own: dict[str, _Entry] = {}
        shared: set[str] = set()
        for fact in facts.values():
            for text, by, mark in _texts(fact):
                key = kana(text)
                known = own.setdefault(key, _Entry(fact, by, mark))
                if known.fact is not fact and known.by == by:
                    shared.add(key)
        for key, entry in own.items():
            if key not in shared:
                index.setdefault(key, entry)
    for unknown in unresolved:
        index.pop(kana(unknown.text), None)
    return index


def _texts(fact: SpeciesFact | GroupFact) -> Iterator[tuple[str, str, Confidence]]:
    yield fact.ja, "ja", fact.confidence_in("ja")
    for text in fact.spellings:
        yield text, "spelling", fact.confidence_in("spellings")
    if isinstance(fact, SpeciesFact):
        yield fact.scientific, "scientific", fact.confidence_in("scientific")
        for text in fact.scientific_other:
            yield text, "scientific_other", fact.confidence_in("scientific_other")
    for orbs in fact.orbs:
        yield orbs.text, "orbs", SEEN if orbs.basis == "table" else MEMORY
    if fact.en is not None:
        yield fact.en, "en", fact.confidence_in("en")
