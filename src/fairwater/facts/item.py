"""What an item text says besides the name: parts and states in brackets, remark and ending.

    >>> [found.fact.en for found in item_details("マダラ白子").found]
    ['milt']

An ending counts only where what stands before it names the same thing by itself
(マダラ白子 is マダラ and 白子), or where nothing does (メカブ); one-character endings do
not count, for many a fish's own name ends in one.
"""

from __future__ import annotations

from functools import cache

from fairwater.facts.parts import PartMatch, PartsFound, find_part, find_parts, parts, states
from fairwater.facts.species import find_species
from fairwater.facts.spelling import kana, split_item


def item_details(text: str, remark: str = "") -> PartsFound:
    """Parts and states that an item text and the remark beside it name.

    Parameters
    ----------
    text : str
        The item as published.
    remark : str, optional
        A cell beside it that says more about the item.

    Returns
    -------
    PartsFound
        Each part or state once, in the order: ending of the name, brackets,
        remark; `unknown` holds the pieces that are neither (a dash is no piece).
    """
    item, said = split_item(text), split_item(remark)
    found: list[PartMatch] = []
    unknown: list[str] = []
    ending = find_ending(item.name)
    if ending is not None:
        found.append(ending)
    for piece in (*item.brackets, said.name, *said.brackets):
        pieces = find_parts(piece)
        found.extend(match for match in pieces.found if match not in found)
        unknown.extend(text for text in pieces.unknown if any(map(str.isalnum, text)))
    return PartsFound(tuple(found), tuple(unknown))


def find_ending(name: str) -> PartMatch | None:
    """Longest part or state at the end of a name, or None. See the module for the rule."""
    key = kana(name)
    if key in _endings():
        return find_part(key)
    whole = find_species(name)
    if whole is None or whole.by != "spelling":
        return None
    for ending in _endings():
        if key.endswith(ending) and len(key) > len(ending):
            before = find_species(key[: -len(ending)])
            if before is not None and before.fact is whole.fact:
                return find_part(ending)
    return None


@cache
def _endings() -> tuple[str, ...]:
    texts = {kana(text) for part in parts() for text in part.texts}
    texts |= {kana(text) for state in states() for text in state.texts}
    return tuple(sorted((text for text in texts if len(text) > 1), key=lambda t: (-len(t), t)))
