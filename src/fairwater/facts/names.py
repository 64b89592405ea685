"""What a thing is called in a language: the display names of the vocabularies.

    >>> name_of("species", "マダラ", "zh")
    Named(text='大头鳕', lang='zh', confidence='seen in source')

A vocabulary does not know every name in every language. Where it lacks one, the
answer is a name in another language, and says in which: whoever shows it marks
it so. A key that the vocabulary does not hold comes back as it is, language
``und`` (undetermined, BCP 47): a name written by a source is shown, not hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Literal, NamedTuple

from fairwater.facts.categories import categories
from fairwater.facts.marks import SEEN, Confidence, MarkedFact
from fairwater.facts.parts import PartFact, StateFact, part_classes, parts, slug, states
from fairwater.facts.regions import areas
from fairwater.facts.species import species_facts

Kind = Literal["species", "region", "part", "category"]
DisplayLanguage = Literal["en", "zh", "ja"]

_FALLBACK: dict[str, tuple[str, ...]] = {
    "en": ("en", "la", "ja", "zh"),
    "zh": ("zh", "la", "en", "ja"),
    "ja": ("ja", "en", "la", "zh"),
}
"""Languages tried in turn. ``la`` is the scientific name, which every reader can look up."""


class Named(NamedTuple):
    """A name, the language it is in (BCP 47; ``la`` Latin, ``und`` unknown), and its mark."""

    text: str
    lang: str
    confidence: Confidence


def name_of(kind: Kind, key: str, lang: DisplayLanguage) -> Named:
    """Name of a species (or group), region, body part (or state) or food category.

    Parameters
    ----------
    kind : {'species', 'region', 'part', 'category'}
        Which vocabulary holds the key.
    key : str
        As rows carry it: a species' Japanese or scientific name, a region's name
        or code, the class of a part, the key of a category.
    lang : {'en', 'zh', 'ja'}
        Language wished for.

    Returns
    -------
    Named
        In the language wished for, else in another that `lang` names, else the
        key itself with language ``und``.
    """
    names = _names(kind).get(key)
    for language in _FALLBACK[lang] if names is not None else ():
        if names is not None and language in names:
            return names[language]
    return Named(key, "und", SEEN)


def species_name(key: str, lang: DisplayLanguage) -> Named:
    """`name_of` for a species or group."""
    return name_of("species", key, lang)


Names = dict[str, Named]


@cache
def _names(kind: Kind) -> dict[str, Names]:
    readers: dict[str, Callable[[], Iterator[tuple[str, Names]]]] = {
        "species": _species,
        "region": _regions,
        "part": _parts,
        "category": _categories,
    }
    found: dict[str, Names] = {}
    for key, names in readers[kind]():
        found.setdefault(key, names)
    return found


def _in_languages(fact: MarkedFact, **fields: str | None) -> Names:
    """The names that a fact has, each with the mark of its field."""
    return {
        lang: Named(str(text), lang, fact.confidence_in(field))
        for lang, field in fields.items()
        if field is not None and (text := getattr(fact, field)) is not None
    }


def _species() -> Iterator[tuple[str, Names]]:
    known = species_facts()
    for fact in known.species.values():
        names = _in_languages(fact, ja="ja", en="en", zh="zh", la="scientific")
        yield fact.ja, names
    for group in known.groups.values():
        yield group.ja, _in_languages(group, ja="ja", en="en", zh="zh", la="taxon")
    for fact in known.species.values():
        names = _in_languages(fact, ja="ja", en="en", zh="zh", la="scientific")
        for scientific in (fact.scientific, *fact.scientific_other):
            yield scientific, names


def _regions() -> Iterator[tuple[str, Names]]:
    for region in areas().regions:
        names = _in_languages(region, ja="ja", en="en", zh="zh")
        for key in (region.ja, region.code, region.en):
            yield key, names
    for zone in areas().sea_zones:
        names = _in_languages(zone, ja="ja", en="en", zh="zh")
        for key in (zone.ja, zone.code):
            yield key, names


def _parts() -> Iterator[tuple[str, Names]]:
    for part_class in part_classes():
        yield part_class.key, _in_languages(part_class, ja="ja", en="en", zh="zh")
    details: tuple[PartFact | StateFact, ...] = (*parts(), *states())
    for fact in details:
        key = slug(fact.en)
        if key is not None:
            yield key, _in_languages(fact, ja="ja", en="en", zh="zh")


def _categories() -> Iterator[tuple[str, Names]]:
    for key, fact in categories().items():
        yield key, _in_languages(fact, ja="ja", en="en", zh="zh")
