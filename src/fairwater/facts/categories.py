"""Food categories and their spellings.

>>> find_category("魚介類").key
'seafood'
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from fairwater.facts.marks import MarkedFact
from fairwater.facts.source import FactsError, read
from fairwater.facts.spelling import plain
from fairwater.facts.vocabulary import table

_FILE = "categories.yaml"


class CategoryFact(MarkedFact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A food category.

    Attributes
    ----------
    key : str
        Our key: ``seafood``, ``livestock``, ``milk_infant`` …
    texts : tuple of str
        The spellings found for it.
    limit_texts : mapping
        For each jurisdiction the category text of its limits; ``|`` parts texts
        between which the item decides.
    rows : int
        Rows that hold one of the spellings.
    """

    key: str
    ja: str
    en: str
    zh: str
    texts: tuple[str, ...]
    limit_texts: Mapping[str, str] = {}
    rows: int


@cache
def categories() -> dict[str, CategoryFact]:
    """Food categories by key."""
    return {fact.key: fact for fact in table(read(_FILE), "categories", _FILE, CategoryFact)}


@cache
def category_slips() -> tuple[str, ...]:
    """Texts known to stand in the category column only where cells have shifted."""
    slips = table(read(_FILE), "slips", _FILE, CategoryFact)
    return tuple(text for fact in slips for text in fact.texts)


def find_category(text: str) -> CategoryFact | None:
    """Category of this key, or whose name or spelling in a table it is (after NFKC), or None."""
    return _index().get(plain(text))


@cache
def _index() -> dict[str, CategoryFact]:
    index: dict[str, CategoryFact] = {}
    for fact in categories().values():
        for text in (fact.key, fact.ja, fact.en, fact.zh, *fact.texts):
            if index.setdefault(plain(text), fact) is not fact:
                raise FactsError([f"{_FILE}: `{text}` stands in two categories"])
    return index
