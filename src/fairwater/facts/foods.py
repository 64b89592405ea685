"""Foods as limits speak of them, and which of them a text means.

    >>> found = find_food("dried seaweed")
    >>> found.key, found.states
    ('seaweed', ('dried',))
    >>> find_food("ヒラメ").key, find_food("olive flounder").key, find_food("牙鲆").key
    ('fish', 'fish', 'fish')
    >>> find_food("ヒラメ").by
    'species'

Foods form a tree that ends in leaves: the foods between which some limit makes a
difference. A limit covers a set of leaves, and so a food that is asked about lies
inside it, outside, or partly inside; there is no fourth.

A text is looked up whole, then without the words that tell its state (dried,
frozen, 乾燥, at either end or in brackets), in this order, and the first that knows
it answers; nothing is guessed:

1. a category in the words of an instrument of the place that is asked about;
2. key or name of a food (`fish`, milk, 海苔; English also in the plural, with hyphens,
   and turned round: `juice, apple`), or the key of a food category (`seafood`);
3. a text that tables write for a food category (畜産物, 乳・乳製品);
4. name of a species or of a group of them: Japanese, Latin, English, Chinese;
5. a category in the words of any other instrument.

A text that begins or ends with a word for a state is taken apart before 3 and 4:
乾ノリ is dried ノリ, although some table writes 乾ノリ for the species. A bracket that
names another food (タケノコ(魚)) leaves nothing to answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Literal

import msgspec

from fairwater.facts.categories import categories, find_category
from fairwater.facts.marks import MEMORY, SEEN, Confidence, MarkedFact, confidence_of
from fairwater.facts.source import FactsError, read
from fairwater.facts.species import GroupFact, SpeciesFact, find_species, species_facts
from fairwater.facts.spelling import kana, split_item
from fairwater.facts.vocabulary import table

_FILE = "foods.yaml"
DRIED = "dried"
CONCENTRATED = "concentrated"
By = Literal["category", "food", "species", "group", "instrument"]


class FoodFact(MarkedFact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A food, what it belongs to, its names, and the groups of species that mean it.

    `means`: the food of the tree for which a name with a state of its own stands.
    """

    key: str
    en: tuple[str, ...]
    zh: tuple[str, ...]
    ja: tuple[str, ...]
    within: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    means: str | None = None
    vocabulary: tuple[str, ...] = ()


class FoodStateFact(MarkedFact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words for a state of a food."""

    key: str
    en: tuple[str, ...]
    zh: tuple[str, ...]
    ja: tuple[str, ...]


class FoodMatch(msgspec.Struct, frozen=True, kw_only=True):
    """What a text was understood to mean.

    Attributes
    ----------
    key : str
        Key of the food (or category); the text itself where an instrument's words were.
    category : str or None
        Key of the food category, if that is what the text names.
    foods : tuple of str
        Leaves of the food tree that it means.
    states : tuple of str
        Keys of the states that the text tells: ``dried``, ``frozen`` …
    by, name : str
        Which vocabulary knew it, and under which name.
    confidence : {'seen in source', 'from memory'}
        Of the name: that the text means this food.
    """

    text: str
    key: str
    category: str | None = None
    foods: tuple[str, ...]
    states: tuple[str, ...] = ()
    by: By
    name: str
    confidence: Confidence


@cache
def foods() -> dict[str, FoodFact]:
    """Foods by key; the file is refused whole, its states included."""
    food_states()
    found = {fact.key: fact for fact in table(read(_FILE), "foods", _FILE, FoodFact)}
    faults = [
        f"{_FILE}: `{fact.key}` is within `{outer}`, which is not there"
        for fact in found.values()
        for outer in fact.within
        if outer not in found
    ]
    faults += [
        f"{_FILE}: `{fact.key}` means `{fact.means}`, which is not a food of the tree"
        for fact in found.values()
        if fact.means is not None and (fact.means not in found or found[fact.means].means)
    ]
    if faults:
        raise FactsError(faults)
    return found


@cache
def food_states() -> dict[str, FoodStateFact]:
    """States of a food by key."""
    return {fact.key: fact for fact in table(read(_FILE), "states", _FILE, FoodStateFact)}


def leaves(keys: Iterable[str]) -> frozenset[str]:
    """Leaves of the food tree under these keys; a leaf is its own."""
    return frozenset(leaf for key in keys for leaf in _leaves()[key])


@cache
def _leaves() -> dict[str, frozenset[str]]:
    inner: dict[str, set[str]] = {key: set() for key in foods()}
    for fact in foods().values():
        for outer in fact.within:
            inner[outer].add(fact.key)

    def under(key: str) -> frozenset[str]:
        return frozenset([key] if not inner[key] else set().union(*map(under, inner[key])))

    return {key: under(fact.means or key) for key, fact in foods().items()}


def find_food(
    text: str,
    *,
    first: Mapping[str, frozenset[str]] | None = None,
    last: Mapping[str, frozenset[str]] | None = None,
) -> FoodMatch | None:
    """Food that a text means, and the states it tells, or None. See the module for the rule.

    Parameters
    ----------
    text : str
        A category, a food, or a species, in English, Chinese, Japanese or Latin.
    first, last : mapping, optional
        Instruments' own category texts (as `food_key` writes them) and the leaves
        they mean; looked up before and after everything else.
    """
    known = _instrument(food_key(text), first or {})
    tried = [(text, ())] if known else _apart(text)
    for rest, states in tried:
        found = _instrument(food_key(rest), first or {}) or _named(rest, last or {})
        if found is not None:
            key, category, inside, by, name, mark = found
            told = dict.fromkeys((*states, *(foods()[key].states if key in foods() else ())))
            return FoodMatch(
                text=text,
                key=key,
                category=category,
                foods=tuple(sorted(inside)),
                states=tuple(told),
                by=by,
                name=name,
                confidence=mark,
            )
    return None


def food_key(text: str) -> str:
    """Text as foods are compared: `kana` spelling, so that case and width do not count."""
    return kana(text)


def near_foods(text: str, number: int = 5) -> tuple[str, ...]:
    """Names of foods written most like a text that means none."""
    from difflib import get_close_matches

    return tuple(get_close_matches(food_key(text)[:100], list(_index()), n=number, cutoff=0.7))


_Named = tuple[str, str | None, frozenset[str], By, str, Confidence]


def _named(text: str, last: Mapping[str, frozenset[str]]) -> _Named | None:
    key = food_key(text)
    for written in _spellings(key):
        if written in _index():
            fact = _index()[written]
            filed = fact.key if fact.key in categories() else None
            return fact.key, filed, leaves([fact.key]), "food", written, MEMORY
    category = find_category(text) or find_category(text.casefold())
    if category is not None and category.key in foods():
        mark = category.confidence_in("texts" if text in category.texts else "en")
        return category.key, category.key, leaves([category.key]), "category", category.key, mark
    return _species(text) or _instrument(key, last)


def _instrument(key: str, texts: Mapping[str, frozenset[str]]) -> _Named | None:
    if key not in texts:
        return None
    return key, None, texts[key], "instrument", key, SEEN


def _species(text: str) -> _Named | None:
    match = find_species(text)
    if match is not None:
        leaf = _leaf_of(match.fact.group, match.name, match.fact.en or "")
        by: By = "species" if match.kind == "species" else "group"
        return leaf, None, leaves([leaf]), by, match.name, match.confidence
    found = _other_names().get(food_key(text))
    if found is None or len({leaf for leaf, *_ in found}) != 1:
        return None
    leaf, by, name, mark = found[0]
    return leaf, None, leaves([leaf]), by, name, mark


def _leaf_of(group: str, name: str, english: str) -> str:
    """Leaf that a vocabulary group means; crustaceans are shrimps or crabs by their name."""
    for fact in foods().values():
        if group in fact.vocabulary:
            return fact.key
    shown = kana(name)
    if any(shown.endswith(end) for end in ("ガニ", "カニ")) or "crab" in english.casefold():
        return "crab"
    if "エビ" in shown or any(word in english.casefold() for word in ("shrimp", "prawn")):
        return "shrimp"
    return "crustacean"


@cache
def _other_names() -> dict[str, list[tuple[str, By, str, Confidence]]]:
    """Chinese and case-blind English names, which item texts of the tables do not use.

    Also a scientific name that two entries share: they are one kind of food.
    """
    found: dict[str, list[tuple[str, By, str, Confidence]]] = {}
    species, groups, _ = species_facts()
    entries: list[SpeciesFact | GroupFact] = [*species.values(), *groups.values()]
    for fact in entries:
        by: By = "species" if fact.ja in species and species[fact.ja] is fact else "group"
        named: list[tuple[str | None, str]] = [(fact.zh, "zh"), (fact.en, "en")]
        named += [(text, "zh_other") for text in getattr(fact, "zh_other", ())]
        named += [(getattr(fact, field, None), field) for field in ("zh_tw", "scientific", "taxon")]
        leaf = _leaf_of(fact.group, fact.ja, fact.en or "")
        for text, field in named:
            mark = confidence_of(fact.marks.get(field, "m"))
            for written in {food_key(piece) for piece in _pieces(text or "")}:
                found.setdefault(written, []).append((leaf, by, fact.ja, mark))
    return found


def _pieces(text: str) -> Iterator[str]:
    """The text, and what stands before and in its brackets: ``Nori (laver)``."""
    yield from filter(None, (text, *split_item(text)[:1], *split_item(text).brackets))


def _spellings(key: str) -> Iterator[str]:
    """The text; English also with hyphens as spaces, turned round at a comma, singular, plural."""
    yield key
    if not key.isascii():
        return
    before, comma, after = key.partition(",")
    turned = f"{after.strip()} {before.strip()}" if comma else key
    for text in dict.fromkeys((key, key.replace("-", " "), turned, turned.replace("-", " "))):
        yield text
        if text.endswith("ies"):
            yield text[:-3] + "y"
        if text.endswith("es"):
            yield text[:-2]
        if text.endswith("s"):
            yield text[:-1]
        yield text + "s"


def _apart(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The text without words for its state, and those states; then the text as it stands.

    A text that is a food's name as it stands (dried tea, 野菜) is not taken apart.
    """
    for whole in (text, split_item(text).name):
        rest, told = whole, list[str]()
        while not _in_index(rest) and (stripped := _stripped(rest)) is not None:
            rest, state = stripped
            told.append(state)
        if _in_index(rest) and whole == text:
            yield rest, tuple(dict.fromkeys(told))
    brackets = split_item(text).brackets
    for bracket in brackets:
        state_of = _state_words().get(food_key(bracket))
        if state_of is not None:
            told.append(state_of)
        elif rest and _another_food(rest, bracket):
            return
    if told and rest:
        yield rest, tuple(dict.fromkeys(told))
    yield text, ()


def _in_index(text: str) -> bool:
    return any(written in _index() for written in _spellings(food_key(text)))


def _another_food(text: str, bracket: str) -> bool:
    """Whether a bracket names a food that has nothing in common with the one before it."""
    outer, inner = _named(text, {}), _named(bracket, {})
    return outer is not None and inner is not None and not outer[2] & inner[2]


def _stripped(text: str) -> tuple[str, str] | None:
    """Text without one word for a state at its end or beginning, and that state.

    Of several such words the one that leaves a food's name, else the longest: a
    skim milk powder that is dried is no dried skim milk in powder.
    """
    key = food_key(text)
    found: list[tuple[str, str]] = []
    left_over = False  # a word for dried whose rest means nothing: it is not left in the name
    for word, state in _state_words().items():
        spaced = word.isascii()
        if key.startswith(word + " " if spaced else word) and len(key) > len(word):
            rest = key[len(word) :]
        elif key.endswith(" " + word if spaced else word) and len(key) > len(word):
            rest = key[: -len(word)]
        else:
            continue
        rest = rest.strip(" ,、，・-")
        if rest and (_in_index(rest) or _known(rest)):
            found.append((rest, state))
        elif rest and state == DRIED:
            left_over = True
    named = sorted((each for each in found if _in_index(each[0])), key=lambda e: e[1] != DRIED)
    if left_over:
        found = [each for each in found if each[1] == DRIED]
    return next(iter((*named, *found)), None)


def _known(key: str) -> bool:
    """Whether a text means something, by itself or without one more word for a state."""
    return _named(key, {}) is not None or _stripped(key) is not None


@cache
def _state_words() -> dict[str, str]:
    words = {
        food_key(word): fact.key
        for fact in food_states().values()
        for word in (*fact.en, *fact.zh, *fact.ja)
    }
    return dict(sorted(words.items(), key=lambda pair: (-len(pair[0]), pair[0])))


@cache
def _index() -> dict[str, FoodFact]:
    index: dict[str, FoodFact] = {}
    for fact in foods().values():
        for text in (fact.key, *fact.en, *fact.zh, *fact.ja):
            if index.setdefault(food_key(text), fact) is not fact:
                raise FactsError([f"{_FILE}: `{text}` stands in two foods"])
    return index
