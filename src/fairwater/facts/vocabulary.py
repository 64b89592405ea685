"""Vocabulary tables: entries whose fields carry letters for the tables they stand in.

    sources:                      # what each letter means
      P: ISO 3166-2 as shipped in PyPI pycountry
      m: from memory, unverified
    prefectures:
      marks: {code: P, ja: P, zh: m}     # letters of the fields of every entry
      identity: [code, ja]               # the fields that say what the entry is
      entries:
        - {code: XX-12, ja: 千葉県, zh: 千叶县}

An entry may state its own letters in `marks`; they replace those of the table.
A field without letters is refused, and so is a letter that `sources` does not
explain.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from fairwater.facts.marks import MEMORY, SEEN, confidence_of
from fairwater.facts.source import FactsError, Tree, build, section

_UNMARKED = frozenset({"marks", "note", "rows", "rows_orbs"})
M = TypeVar("M")


def table(tree: Tree, key: str, name: str, kind: type[M]) -> tuple[M, ...]:
    """One table of a vocabulary file as typed entries with source and confidence.

    Raises
    ------
    FactsError
        One line for each entry with a field that has no mark, a letter without
        meaning, or a value that does not fit.
    """
    sources = _texts(section(tree, "sources", name), f"{name}, sources")
    part = section(tree, key, name)
    defaults = _texts(section(part, "marks", f"{name}, {key}"), f"{name}, {key}.marks")
    identity = section(part, "identity", f"{name}, {key}")
    if not isinstance(identity, list) or not identity:
        raise FactsError([f"{name}, {key}.identity: expected a list of field names"])
    names = [str(field) for field in identity]

    def marked(entry: dict[str, Tree]) -> Mapping[str, Any]:
        marks = defaults | _texts(entry.get("marks", {}), "marks")
        marks = {field: letters for field, letters in marks.items() if field in entry}
        for field in entry.keys() - _UNMARKED:
            if not marks.get(field):
                raise ValueError(f"field `{field}` has no mark that says where it comes from")
        unknown = set("".join(marks.values())) - sources.keys()
        if unknown:
            raise ValueError(f"mark `{min(unknown)}` is not explained in `sources`")
        letters = {field: marks[field] for field in names if field in marks}
        if not letters:
            raise ValueError(f"none of the identifying fields {', '.join(names)} is there")
        used = sorted(set("".join(letters.values())))
        weak = any(confidence_of(text) == MEMORY for text in letters.values())
        return {
            **entry,
            "marks": marks,
            "source": "; ".join(sources[letter] for letter in used),
            "confidence": MEMORY if weak else SEEN,
        }

    return build(section(part, "entries", f"{name}, {key}"), kind, name, key, marked)


def _texts(tree: Tree, place: str) -> dict[str, str]:
    if not isinstance(tree, dict) or not all(isinstance(value, str) for value in tree.values()):
        raise FactsError([f"{place}: expected a mapping of texts"])
    return {key: str(value) for key, value in tree.items()}
