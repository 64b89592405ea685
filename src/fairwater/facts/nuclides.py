"""Nuclides, their half-lives and the stated ways to write them.

    elements:
      Cs: {ja: [セシウム], en: [caesium, cesium], zh: [铯, 銫], source: …, confidence: …}
    spelling_forms:                # {symbol} Cs, {SYMBOL} CS, {mass} 137, {name}, {m} "" or m
      texts: ["{symbol}-{mass}{m}", "{mass}{m}{symbol}"]
    nuclides:
      - {name: Cs-137, half_life: "949252600", unit: s, source: …, confidence: …}

A chemical form that is reported apart (``H-3:OBT``) is a name of its own: it is
not the nuclide, and no sum of the nuclide takes it in.

`nuclide` accepts exactly the spellings the forms give (after NFKC, any dash a
hyphen): ``Cs-137``, ``Cs137``, ``137Cs``, ``CS137``, ``セシウム137``, ``铯-137``. It
never guesses: ``Cs`` or
``Cs-13`` is None, and two nuclides that could be written alike are refused
when the file is read.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Annotated, Literal

import msgspec

from fairwater.facts.marks import DecimalText, Fact, NonEmpty
from fairwater.facts.source import FactsError, build, read, section
from fairwater.facts.spelling import plain

_FILE = "nuclides.yaml"
_NAME = re.compile(r"([A-Z][a-z]?)-(\d{1,3})(m?)")
_DASHES = dict.fromkeys(
    map(
        ord, "\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}"
    ),
    "-",
)
SECONDS = {"s": Decimal(1), "min": Decimal(60), "h": Decimal(3600), "d": Decimal(86400)}


class NuclideFact(Fact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A nuclide with its half-life.

    Attributes
    ----------
    name : str
        Element symbol, hyphen, mass number, ``m`` where metastable: ``Ag-110m``.
    half_life : str
        Decimal text in `unit`; an `unit` of ``a`` is a year of `YearFact.days` days.
    uncertainty : str or None
        Standard uncertainty in the same unit, where the source states one.
    """

    name: Annotated[str, msgspec.Meta(pattern=r"^[A-Z][a-z]?-\d{1,3}m?(:[A-Z]{2,8})?$")]
    half_life: DecimalText
    unit: Literal["s", "min", "h", "d", "a"]
    uncertainty: DecimalText | None = None
    note: str | None = None

    @property
    def half_life_s(self) -> Decimal:
        """Half-life, s, exact from the decimal text."""
        if self.unit == "a":
            return Decimal(self.half_life) * Decimal(year().days) * SECONDS["d"]
        return Decimal(self.half_life) * SECONDS[self.unit]

    @property
    def half_life_d(self) -> Decimal:
        """Half-life, d."""
        return self.half_life_s / SECONDS["d"]


class ElementFact(Fact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An element's symbol and names; English names are compared without case."""

    symbol: Annotated[str, msgspec.Meta(pattern="^[A-Z][a-z]?$")]
    ja: tuple[NonEmpty, ...]
    en: tuple[NonEmpty, ...]
    zh: tuple[NonEmpty, ...]


class SpellingForms(Fact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Forms in which a nuclide may be written."""

    texts: tuple[NonEmpty, ...]


class NuclideAlias(Fact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A spelling no form gives: ``トリチウム``, ``tritium``."""

    text: NonEmpty
    name: NonEmpty


class NuclideForm(Fact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A chemical form of a nuclide that laboratories report apart: ``H-3:OBT``."""

    name: Annotated[str, msgspec.Meta(pattern=r"^[A-Z][a-z]?-\d{1,3}m?:[A-Z]{2,8}$")]
    nuclide: NonEmpty
    en: NonEmpty
    ja: NonEmpty
    zh: NonEmpty


class YearFact(Fact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Days in the year in which half-lives are stated."""

    days: DecimalText


@cache
def nuclides() -> dict[str, NuclideFact]:
    """Nuclides by canonical name; the file is refused whole, its year included."""
    year()
    facts = build(section(read(_FILE), "nuclides", _FILE), NuclideFact, _FILE, "nuclides")
    named = {fact.name: fact for fact in facts}
    if len(named) != len(facts):
        raise FactsError([f"{_FILE}: a nuclide stands twice"])
    return named


@cache
def nuclide_forms() -> dict[str, NuclideForm]:
    """Chemical forms that are reported apart, by name; not among `nuclides`."""
    forms = build(section(read(_FILE), "forms", _FILE), NuclideForm, _FILE, "forms")
    return {form.name: form for form in forms}


@cache
def elements() -> dict[str, ElementFact]:
    """Elements of the nuclides, by symbol."""
    facts = build(section(read(_FILE), "elements", _FILE), ElementFact, _FILE, "elements")
    return {fact.symbol: fact for fact in facts}


@cache
def year() -> YearFact:
    """The year in which a half-life in ``a`` is stated."""
    return build([section(read(_FILE), "year", _FILE)], YearFact, _FILE, "year")[0]


def nuclide(text: str) -> NuclideFact | None:
    """Nuclide written in one of the stated ways, or None. Never guesses."""
    return _spellings().get(_compared(text))


def near_nuclides(text: str, number: int = 5) -> tuple[str, ...]:
    """Names of nuclides written most like a text that means none."""
    from difflib import get_close_matches

    known = {spelling.casefold(): fact.name for spelling, fact in _spellings().items()}
    alike = get_close_matches(_compared(text)[:100].casefold(), list(known), n=40, cutoff=0.7)
    return tuple(dict.fromkeys(known[spelling] for spelling in alike))[:number]


def _compared(text: str) -> str:
    """Text as spellings are compared: `plain`, without spaces, any dash a hyphen."""
    return plain(text).replace(" ", "").translate(_DASHES)


@cache
def _spellings() -> dict[str, NuclideFact]:
    tree = read(_FILE)
    forms = build([section(tree, "spelling_forms", _FILE)], SpellingForms, _FILE, "spelling_forms")[
        0
    ]
    aliases = build(section(tree, "aliases", _FILE), NuclideAlias, _FILE, "aliases")
    index: dict[str, NuclideFact] = {}
    faults: list[str] = []

    def enter(text: str, fact: NuclideFact) -> None:
        if index.setdefault(_compared(text), fact) is not fact:
            faults.append(f"{_FILE}: `{text}` could be {index[text].name} and {fact.name}")

    for fact in nuclides().values():
        parsed = _NAME.fullmatch(fact.name)
        if parsed is None or parsed[1] not in elements():
            faults.append(f"{_FILE}: {fact.name} is of no element in `elements`")
            continue
        for text in _written(parsed[1], parsed[2], parsed[3], forms):
            enter(text, fact)
    for part in nuclide_forms().values():
        whole = nuclides().get(part.nuclide)
        if whole is None or not part.name.startswith(f"{part.nuclide}:"):
            faults.append(f"{_FILE}: form {part.name} is of {part.nuclide}, which is not there")
        else:  # a form decays as its nuclide does
            enter(part.name, msgspec.structs.replace(whole, name=part.name))
    for alias in aliases:
        target = nuclides().get(alias.name)
        if target is None:
            faults.append(f"{_FILE}: alias `{alias.text}` names {alias.name}, which is not there")
        else:
            enter(alias.text, target)
    if faults:
        raise FactsError(faults)
    return index


def _written(symbol: str, mass: str, state: str, forms: SpellingForms) -> set[str]:
    element = elements()[symbol]
    english = {cased for name in element.en for cased in (name, name.capitalize(), name.upper())}
    written: set[str] = set()
    for form in forms.texts:
        for m in {state, state.upper()}:
            for name in {*element.ja, *element.zh, *english} if "{name}" in form else {""}:
                values = {"symbol": symbol, "SYMBOL": symbol.upper(), "lower": symbol.lower()}
                written.add(form.format(**values, name=name, mass=mass, m=m))
    return written
