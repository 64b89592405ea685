"""Units of activity: what each means, exactly, and the stated ways to write them.

A unit has a dimension (per mass, per volume, per area; per volume of the water
that a dried sample gave when burnt, or that its tissue held, which only a stated
share of the sample relates to its mass) and an exact factor to
the base unit of that dimension. A spelling may say a basis besides (``Bq/kg生``
is Bq/kg of fresh weight); `find_unit` gives both:

    >>> found = find_unit("Bq/kg・生")
    >>> found.unit.code, found.basis
    ('Bq/kg', 'wet')
    >>> unit("pCi/g").factor
    '37'

Case counts: ``mBq`` and ``MBq`` differ by nine orders of magnitude.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

import msgspec

from fairwater.facts.marks import Confidence, DecimalText, Fact, NonEmpty, weakest
from fairwater.facts.source import FactsError, build, read, section
from fairwater.facts.spelling import plain

_FILE = "units.yaml"
Dimension = Literal[
    "mass_specific", "volume_specific", "areal", "per_combustion_water", "per_tissue_water"
]
Basis = Literal["wet", "dry"]


class UnitFact(Fact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A unit of activity per mass, volume or area.

    Attributes
    ----------
    code : str
        Canonical ASCII spelling.
    dimension : {'mass_specific', 'volume_specific', 'areal', 'per_combustion_water', \
'per_tissue_water'}
    base : str
        Base unit of the dimension: ``Bq/kg``, ``Bq/L`` or ``Bq/m2``.
    factor : str
        Decimal text; one `code` is exactly `factor` `base`.
    spellings : tuple of str
        Other spellings, without a basis.
    basis_spellings : mapping of basis to spellings
        Spellings that also say per which weight.
    """

    code: NonEmpty
    dimension: Dimension
    base: NonEmpty
    factor: DecimalText
    spellings: tuple[NonEmpty, ...] = ()
    basis_spellings: Mapping[Basis, tuple[NonEmpty, ...]] = {}
    spellings_confidence: Confidence = "from memory"


class UnitMatch(msgspec.Struct, frozen=True, kw_only=True):
    """A unit text understood: the unit, the basis its spelling says, the weakest mark used."""

    text: str
    unit: UnitFact
    basis: Basis | None
    confidence: Confidence


@cache
def units() -> dict[str, UnitFact]:
    """Units by code.

    Raises
    ------
    FactsError
        When a code stands twice or a base is not a unit of factor 1 of its dimension.
    """
    facts = build(section(read(_FILE), "units", _FILE), UnitFact, _FILE, "units")
    coded = {fact.code: fact for fact in facts}
    faults = [] if len(coded) == len(facts) else [f"{_FILE}: a unit stands twice"]
    for fact in facts:
        base = coded.get(fact.base)
        if base is None or base.dimension != fact.dimension or base.factor != "1":
            faults.append(f"{_FILE}: {fact.code} has base {fact.base}, which is no base unit")
    if faults:
        raise FactsError(faults)
    return coded


def unit(text: str) -> UnitFact | None:
    """Unit by code or stated spelling (after NFKC), or None."""
    found = find_unit(text)
    return None if found is None else found.unit


def find_unit(text: str) -> UnitMatch | None:
    """Unit and basis that a text states, or None."""
    return _index().get(plain(text).replace(" ", ""))


@cache
def _index() -> dict[str, UnitMatch]:
    index: dict[str, UnitMatch] = {}
    faults: list[str] = []

    def enter(text: str, fact: UnitFact, basis: Basis | None, confidence: Confidence) -> None:
        match = UnitMatch(text=text, unit=fact, basis=basis, confidence=confidence)
        before = index.setdefault(plain(text).replace(" ", ""), match)
        if before.unit is not fact or before.basis != basis:
            faults.append(f"{_FILE}: `{text}` means two things")

    for fact in units().values():
        enter(fact.code, fact, None, fact.confidence)
        weak = weakest((fact.confidence, fact.spellings_confidence))
        for text in fact.spellings:
            enter(text, fact, None, weak)
        for basis, texts in fact.basis_spellings.items():
            for text in texts:
                enter(text, fact, basis, weak)
    if faults:
        raise FactsError(faults)
    return index
