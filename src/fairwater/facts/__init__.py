"""Researched constants with their sources: nuclides, units, vocabularies, limits, ranges.

Data files with small typed loaders. Each is read on first use and kept; nothing
is read at import. Every fact says its `source` and its `confidence` (*seen in
source* or *from memory*); a file in which one fact lacks them is refused whole,
with file and path.

    nuclide("セシウム137").half_life_d      find_region("千葉").code
    unit("Bq/kg・生").code                  find_category("魚介類").key
    find_species("マダラ（1kg以上）").name   find_part("肝臓").fact.en
    find_limit("Codex", ["Cs-137"], "dried seaweed", day).verdict
    find_food("牙鲆").key                     find_jurisdiction("日本").code
    hard_max(["Cs-137"], "fish").hard_max

Look-ups compare exactly, after a stated normalisation; what they do not know
they answer with None, never with a guess.
"""

from __future__ import annotations

from fairwater.facts.asked import asked_nuclides
from fairwater.facts.categories import (
    CategoryFact,
    categories,
    category_slips,
    find_category,
)
from fairwater.facts.foods import FoodFact, FoodMatch, find_food, foods
from fairwater.facts.item import find_ending, item_details
from fairwater.facts.jurisdictions import (
    JurisdictionFact,
    JurisdictionMatch,
    country,
    find_jurisdiction,
    jurisdictions,
    near_jurisdictions,
)
from fairwater.facts.limit_facts import check_limits
from fairwater.facts.limits import (
    FoodNotKnown,
    LimitAnswer,
    LimitFact,
    LimitKind,
    Validity,
    find_limit,
    limits,
)
from fairwater.facts.marks import MEMORY, SEEN, Confidence, Fact, MarkedFact, weakest
from fairwater.facts.names import Named, name_of, species_name
from fairwater.facts.nuclides import (
    ElementFact,
    NuclideFact,
    NuclideForm,
    elements,
    near_nuclides,
    nuclide,
    nuclide_forms,
    nuclides,
)
from fairwater.facts.parts import (
    PartClassFact,
    PartFact,
    PartMatch,
    PartsFound,
    StateFact,
    find_part,
    find_parts,
    part_classes,
    parts,
    slug,
    states,
)
from fairwater.facts.ranges import RangeFact, hard_max, plausible_ranges
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
from fairwater.facts.species import (
    GroupFact,
    SpeciesFact,
    SpeciesFacts,
    SpeciesMatch,
    find_species,
    species_facts,
    species_groups,
    species_names,
)
from fairwater.facts.spelling import ItemText, kana, plain, split_item
from fairwater.facts.stations import PointFact, station, stations
from fairwater.facts.units import UnitFact, UnitMatch, find_unit, unit, units
from fairwater.facts.waters import WatersFact, WatersMatch, waters, waters_off, waters_rule

__all__ = [
    "MEMORY",
    "SEEN",
    "AreaFacts",
    "CategoryFact",
    "Confidence",
    "ElementFact",
    "Fact",
    "FactsError",
    "FoodFact",
    "FoodMatch",
    "FoodNotKnown",
    "GroupFact",
    "ItemText",
    "JurisdictionFact",
    "JurisdictionMatch",
    "LimitAnswer",
    "LimitFact",
    "LimitKind",
    "MarkedFact",
    "Named",
    "NuclideFact",
    "NuclideForm",
    "PartClassFact",
    "PartFact",
    "PartMatch",
    "PartsFound",
    "PlaceFact",
    "PointFact",
    "RangeFact",
    "RegionFact",
    "RegionMatch",
    "SeaZoneFact",
    "SpeciesFact",
    "SpeciesFacts",
    "SpeciesMatch",
    "StateFact",
    "UnitFact",
    "UnitMatch",
    "Validity",
    "WatersFact",
    "WatersMatch",
    "areas",
    "asked_nuclides",
    "categories",
    "category_slips",
    "check_limits",
    "country",
    "elements",
    "find_category",
    "find_ending",
    "find_food",
    "find_jurisdiction",
    "find_limit",
    "find_part",
    "find_parts",
    "find_place",
    "find_region",
    "find_species",
    "find_unit",
    "foods",
    "hard_max",
    "item_details",
    "jurisdictions",
    "kana",
    "limits",
    "name_of",
    "near_jurisdictions",
    "near_nuclides",
    "nuclide",
    "nuclide_forms",
    "nuclides",
    "part_classes",
    "parts",
    "plain",
    "plausible_ranges",
    "regions",
    "slug",
    "species_facts",
    "species_groups",
    "species_name",
    "species_names",
    "split_item",
    "states",
    "station",
    "stations",
    "unit",
    "units",
    "waters",
    "waters_off",
    "waters_rule",
    "weakest",
]
