"""What was sampled: the item text taken apart, as far as the vocabularies know its pieces."""

from __future__ import annotations

from typing import Literal, NamedTuple

from fairwater import facts
from fairwater.intake.profile import Items
from fairwater.records import Product


class Goods(NamedTuple):
    """The product as far as stated; `category_known` False if the category text is in no list."""

    product: Product | None
    category_known: bool


def goods(
    items: Items,
    item: str,
    note: str,
    category: str,
    part: str,
    scientific_name: str,
) -> Goods:
    """Product of the cells of one row; "" is *not stated*. Most brackets are no body part."""
    key: str | None = items.category
    known = True
    if items.categories and category:
        found = facts.find_category(category)
        key, known = (found.key, True) if found is not None else (None, False)
    parts: list[facts.PartMatch] = []
    if items.parts:
        for text in (*facts.split_item(item).brackets, *_notes(note), part):
            if text:
                parts.extend(facts.find_parts(text).found)
    species: facts.SpeciesMatch | None = None
    if items.species and item and (key in items.species_categories or not items.species_categories):
        species = facts.find_species(item, note)
    one = species is not None and species.kind == "species"
    classes = {match.fact.part_class for match in parts if isinstance(match.fact, facts.PartFact)}
    states = [match.fact for match in parts if isinstance(match.fact, facts.StateFact)]
    production = {_production(state) for state in states} - {None}
    product = Product(
        species=species.name if one and species is not None else None,
        scientific_name=scientific_name[:200]
        or (species.scientific if one and species is not None else None),
        part=facts.slug(next(iter(classes))) if len(classes) == 1 else None,
        production=next(iter(production)) if len(production) == 1 else None,
        states=tuple(
            sorted({slug for state in states if (slug := facts.slug(state.en)) is not None})
        ),
        food_category=key,
        group=species.name if species is not None and not one else None,
        name_confidence=species.confidence if species is not None else None,
    )
    return Goods(None if product == Product() else product, known)


def _notes(note: str) -> tuple[str, ...]:
    """Pieces of a remark: the text itself, and what its brackets hold."""
    split = facts.split_item(note)
    pieces = [split.name, *split.brackets]
    return tuple(piece.partition(":")[2].strip() or piece for piece in pieces)


def _production(state: facts.StateFact) -> Literal["wild", "farmed"] | None:
    if state.kind != "origin":
        return None
    if state.en == "farmed":
        return "farmed"
    return "wild" if state.en == "wild" else None
