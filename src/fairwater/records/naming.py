"""What a name in the sources means: a gap of the vocabularies, mended by a statement.

    type: name_meaning
    text: イトヒキダイ
    language: ja
    kind: species
    means: イトヒキダイ
    scientific_name: Example species
    by: Example Fisheries Agency
    source: its list of market names, edition 3
    confidence: seen in source

The shipped vocabularies know many names, not all. Until somebody says what a
name means, the rows that bear it have no species. From the moment this is on
record, they have: those already held, and those to come. A later statement on
the same text takes the place of an earlier one; a withdrawal ends it.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from fairwater.records.text import DateText, Language, Name, Text

NamedKind = Literal["species", "group", "part", "region", "category"]
NameConfidence = Literal["seen in source", "from memory"]


class NameMeaning(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="name_meaning",
):
    """`text`, as sources write it, means `means` wherever the vocabularies do not know it.

    `means` is the name rows shall carry: of a species, of a group of species, of a region;
    the key of a part or of a food category. Of the name of a species, group or part case, width
    and kana do not matter, and what stands in brackets is left out; a region or category is
    compared as published.
    """

    text: Name
    kind: NamedKind
    means: Name
    by: Name
    source: Text
    confidence: NameConfidence
    language: Language | None = None
    scientific_name: Name | None = None
    dated: DateText | None = None
