"""Regions, sea areas and the spellings of them: where a sample was taken.

`find_region` reads a cell that names a region. It understands the region's own
name in each language and its code, the stated short and long forms of its first
name (千葉, 千葉県産), and the spellings listed one by one. A sea area in that cell
is a sea area, not a region; a dash is *not stated*. Everything else is not
understood, and the answer is None:

    >>> find_region("静岡件").name
    '静岡県'
    >>> find_region("国産") is None
    True
"""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from fairwater.facts.marks import Confidence, Fact, MarkedFact, weakest
from fairwater.facts.source import FactsError, build, read, section
from fairwater.facts.spelling import plain
from fairwater.facts.vocabulary import table

_FILE = "areas.yaml"


class SeaFact(MarkedFact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sea that regions border on."""

    key: str
    ja: str
    en: str
    zh: str
    maris: int | None = None


class RegionFact(MarkedFact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A first-level region by its ISO 3166-2 code; `seas` are keys of `SeaFact`."""

    code: str
    ja: str
    en: str
    zh: str
    coastal: bool
    seas: tuple[str, ...] = ()
    rows: int


class SeaZoneFact(MarkedFact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A numbered zone of the open sea, with the spellings found for it."""

    code: str
    number: int
    ja: str
    en: str
    zh: str
    spellings: tuple[str, ...] = ()
    rows: int


class PlaceFact(MarkedFact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place text (sea off a town, river, lake, port); a port is where fish is landed."""

    text: str
    kind: Literal["sea", "zone", "bay", "lake", "river", "port", "market"]
    regions: tuple[str, ...] = ()
    en: str
    zh: str
    note: str | None = None
    rows: int


class PlacePatternFact(MarkedFact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a piece of a place text denotes."""

    texts: tuple[str, ...]
    denotes: str
    zh: str


class StationFact(MarkedFact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the station names of one organisation denote."""

    org: str
    stations: str
    denotes: str
    zh: str


class FaoAreaFact(MarkedFact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An FAO major fishing area."""

    code: str
    en: str
    ja: str
    zh: str
    maris: int | None = None
    note: str | None = None


class RegionSpellingFact(MarkedFact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One listed spelling: of a region by its code, or of a sea area."""

    text: str
    region: str | None = None
    sea_area: str | None = None
    note: str | None = None
    rows: int = 0


class RegionForms(Fact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The stated rules by which a region's name is shortened or lengthened."""

    suffixes: tuple[str, ...]
    endings: tuple[str, ...]


class NotStatedTexts(Fact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Texts that state no region."""

    texts: tuple[str, ...]


class AreaFacts(msgspec.Struct, frozen=True, kw_only=True):
    """All tables of the area vocabulary."""

    seas: tuple[SeaFact, ...]
    regions: tuple[RegionFact, ...]
    region_forms: RegionForms
    not_stated: NotStatedTexts
    region_spellings: tuple[RegionSpellingFact, ...]
    sea_zones: tuple[SeaZoneFact, ...]
    places: tuple[PlaceFact, ...]
    place_patterns: tuple[PlacePatternFact, ...]
    stations: tuple[StationFact, ...]
    fao_areas: tuple[FaoAreaFact, ...]


class RegionMatch(msgspec.Struct, frozen=True, kw_only=True):
    """What a region cell says.

    Attributes
    ----------
    kind : {'region', 'sea_area', 'not_stated'}
        A sea area names no region; `region` is then None.
    code : str or None
        ISO 3166-2 code of the region, key of the sea area, None when not stated.
    name : str or None
        Its own name, in the spelling of the vocabulary.
    rule : {'name', 'form', 'listed'}
        Whether the cell is the name or code, a stated form of it, or a listed spelling.
    confidence : {'seen in source', 'from memory'}
        Weakest mark that was used.
    """

    text: str
    kind: Literal["region", "sea_area", "not_stated"]
    rule: Literal["name", "form", "listed"]
    confidence: Confidence
    code: str | None = None
    name: str | None = None
    region: RegionFact | None = None


@cache
def areas() -> AreaFacts:
    """All area tables, read on first use."""
    tree = read(_FILE)
    forms = build([section(tree, "region_forms", _FILE)], RegionForms, _FILE, "region_forms")
    none = build([section(tree, "not_stated", _FILE)], NotStatedTexts, _FILE, "not_stated")
    return AreaFacts(
        seas=table(tree, "seas", _FILE, SeaFact),
        regions=table(tree, "regions", _FILE, RegionFact),
        region_forms=forms[0],
        not_stated=none[0],
        region_spellings=table(tree, "region_spellings", _FILE, RegionSpellingFact),
        sea_zones=table(tree, "sea_zones", _FILE, SeaZoneFact),
        places=table(tree, "places", _FILE, PlaceFact),
        place_patterns=table(tree, "place_patterns", _FILE, PlacePatternFact),
        stations=table(tree, "stations", _FILE, StationFact),
        fao_areas=table(tree, "fao_areas", _FILE, FaoAreaFact),
    )


@cache
def regions() -> dict[str, RegionFact]:
    """Regions by ISO 3166-2 code."""
    return {region.code: region for region in areas().regions}


def find_region(text: str) -> RegionMatch | None:
    """Region, sea area or *not stated* that a cell says; None when not understood.

    Parameters
    ----------
    text : str
        The cell. Compared after NFKC, without outer space. Nothing is guessed:
        a cell that names two regions, or a region and more, is not understood.
    """
    return _region_index().get(plain(text))


def find_place(text: str) -> PlaceFact | SeaZoneFact | None:
    """Place text or sea zone exactly so spelt (after NFKC), or None; a zone comes first."""
    return _place_index().get(plain(text))


@cache
def _place_index() -> dict[str, PlaceFact | SeaZoneFact]:
    index: dict[str, PlaceFact | SeaZoneFact] = {}
    for zone in areas().sea_zones:
        for text in (zone.ja, *zone.spellings):
            index.setdefault(plain(text), zone)
    for place in areas().places:
        index.setdefault(plain(place.text), place)
    return index


@cache
def _region_index() -> dict[str, RegionMatch]:
    known = areas()
    index: dict[str, RegionMatch] = {}
    faults: list[str] = []

    def enter(match: RegionMatch) -> None:
        before = index.setdefault(plain(match.text), match)
        if (before.kind, before.code) != (match.kind, match.code):
            faults.append(f"{_FILE}: `{match.text}` means {before.code} and {match.code}")

    for region in known.regions:
        for field in ("ja", "en", "zh", "code"):
            weak = weakest((region.confidence, region.confidence_in(field)))
            name = str(getattr(region, field))
            enter(_named(region, name, "name", weak))
        weak = weakest((region.confidence, known.region_forms.confidence))
        for form in _forms(region.ja, known.region_forms):
            enter(_named(region, form, "form", weak))
    for zone in known.sea_zones:
        for name in (zone.ja, *zone.spellings):
            enter(_sea(name, zone.code, zone.ja, zone.confidence))
    for listed in known.region_spellings:
        if listed.region is not None and listed.region in regions():
            region = regions()[listed.region]
            weak = weakest((listed.confidence, region.confidence))
            enter(_named(region, listed.text, "listed", weak))
        elif listed.sea_area is not None:
            names = {zone.code: zone.ja for zone in known.sea_zones}
            name = names.get(listed.sea_area, listed.sea_area)
            enter(_sea(listed.text, listed.sea_area, name, listed.confidence))
        else:
            faults.append(f"{_FILE}: `{listed.text}` names no known region or sea area")
    for text in known.not_stated.texts:
        confidence = known.not_stated.confidence
        enter(RegionMatch(text=text, kind="not_stated", rule="listed", confidence=confidence))
    if faults:
        raise FactsError(faults)
    return index


def _forms(name: str, rules: RegionForms) -> set[str]:
    stems = {name}
    if name[-1] in rules.suffixes:
        stems.add(name[:-1])
    return (stems | {stem + ending for stem in stems for ending in rules.endings}) - {name}


def _named(
    region: RegionFact,
    text: str,
    rule: Literal["name", "form", "listed"],
    confidence: Confidence,
) -> RegionMatch:
    return RegionMatch(
        text=text,
        kind="region",
        rule=rule,
        confidence=confidence,
        code=region.code,
        name=region.ja,
        region=region,
    )


def _sea(text: str, code: str, name: str, confidence: Confidence) -> RegionMatch:
    return RegionMatch(
        text=text,
        kind="sea_area",
        rule="name" if text == name else "listed",
        confidence=confidence,
        code=code,
        name=name,
    )
