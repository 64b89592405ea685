"""Names readers know: species, zones and parties in three languages, with their marks.

A name comes from the vocabulary of the facts, a party's from its own record. What neither
knows keeps the text of the evidence, in no language.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from fairwater.agreement.terms import Words
from fairwater.facts import find_species
from fairwater.facts.names import DisplayLanguage, Kind, name_of
from fairwater.node.briefing.content import Mark, Named
from fairwater.node.stated import statements
from fairwater.records import Party

if TYPE_CHECKING:
    from fairwater.archive import Archive

_LANGUAGES: tuple[DisplayLanguage, ...] = ("en", "ja", "zh")
_MARKS: Mapping[str, Mark] = {"seen in source": "seen", "from memory": "memory", "ours": "ours"}
KINDS: Mapping[str, Kind] = {
    "item": "species", "item_base": "species", "species": "species",
    "region": "region", "part": "part", "category": "category",
}  # fmt: skip
"""Columns of the evidence whose texts the vocabulary names."""


def named(column: str, key: str) -> Named:
    """A text of a column and what readers call it."""
    kind = KINDS.get(column)
    if kind is None:
        return Named(key=key)
    called = {lang: name_of(kind, _entry(kind, key), lang) for lang in _LANGUAGES}
    found = {lang: known for lang, known in called.items() if known.lang == lang}
    if not found:
        return Named(key=key)
    marks = {_MARKS[known.confidence] for known in found.values()}
    return Named(
        key=key,
        words=Words(**{lang: known.text for lang, known in found.items()}),
        mark=next(mark for mark in ("ours", "memory", "seen") if mark in marks),
    )


def _entry(kind: Kind, key: str) -> str:
    """The vocabulary's own name for a text: of an item text, the species or group it names."""
    if kind != "species":
        return key
    match = find_species(key)
    return key if match is None else match.name


class Parties:
    """Names of the parties on record; the last statement of a party about itself counts."""

    def __init__(self, archive: Archive, through: int | None = None) -> None:
        self._names = {
            stated.record.party: stated.record.name
            for stated in statements(archive, Party, through=through)
        }

    def named(self, party: str) -> Named:
        """A party's key and its name."""
        words = self._names.get(party)
        if words is None:
            return Named(key=party)
        return Named(key=party, words=Words(en=words.en, ja=words.ja, zh=words.zh))
