"""Researched constants with their sources: nuclides, units, vocabularies, limits, ranges.

Data files with small typed loaders. Each is read on first use and kept; nothing
is read at import. Every fact says its `source` and its `confidence` (*seen in
source* or *from memory*); a file in which one fact lacks them is refused whole,
with file and path.

    nuclide("セシウム137").half_life_d      find_region("千葉").code
    unit("Bq/kg・生").code                  find_category("魚介類").key

Look-ups compare exactly, after a stated normalisation; what they do not know
they answer with None, never with a guess.
"""

from __future__ import annotations

from fairwater.facts.categories import (
    CategoryFact,
    categories,
    category_slips,
    find_category,
)
from fairwater.facts.marks import MEMORY, SEEN, Confidence, Fact, MarkedFact, weakest
from fairwater.facts.nuclides import ElementFact, NuclideFact, elements, nuclide, nuclides
from fairwater.facts.parts import (
    PartFact,
    PartMatch,
    PartsFound,
    StateFact,
    find_part,
    find_parts,
    parts,
    states,
)
from fairwater.facts.regions import (
    AreaFacts,
    PlaceFact,
    RegionFact,
    RegionMatch,
    SeaZoneFact,
    areas,
    find_place,
    find_region,
    regions,
)
from fairwater.facts.source import FactsError
from fairwater.facts.spelling import ItemText, kana, plain, split_item
from fairwater.facts.units import UnitFact, UnitMatch, find_unit, unit, units

__all__ = [
    "MEMORY",
    "SEEN",
    "AreaFacts",
    "CategoryFact",
    "Confidence",
    "ElementFact",
    "Fact",
    "FactsError",
    "ItemText",
    "MarkedFact",
    "NuclideFact",
    "PartFact",
    "PartMatch",
    "PartsFound",
    "PlaceFact",
    "RegionFact",
    "RegionMatch",
    "SeaZoneFact",
    "StateFact",
    "UnitFact",
    "UnitMatch",
    "areas",
    "categories",
    "category_slips",
    "elements",
    "find_category",
    "find_part",
    "find_parts",
    "find_place",
    "find_region",
    "find_unit",
    "kana",
    "nuclide",
    "nuclides",
    "parts",
    "plain",
    "regions",
    "split_item",
    "states",
    "unit",
    "units",
    "weakest",
]
