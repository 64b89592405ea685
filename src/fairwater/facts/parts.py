"""Body parts and states (farmed, size, dried …) and the spellings of them.

A part that no text names is *not stated*; nothing here assumes muscle.

    >>> find_part("肝臓").fact.en
    'liver'
    >>> [found.fact.en for found in find_parts("1kg以上・肝臓").found]
    ['1 kg or more', 'liver']
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

import msgspec

from fairwater.facts.marks import Confidence, Fact, MarkedFact, confidence_of
from fairwater.facts.source import FactsError, build, read, section
from fairwater.facts.spelling import kana, plain
from fairwater.facts.vocabulary import table

_FILE = "parts.yaml"
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")
_NOT_KEY = re.compile(r"[^A-Za-z0-9_.-]+")


class PartFact(MarkedFact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A body part; `maris` and `maris_code` are those of MARIS dbo_bodypar."""

    texts: tuple[str, ...]
    ja: str
    en: str
    zh: str
    part_class: str
    maris: int | None = None
    maris_code: str | None = None
    note: str | None = None
    rows: int | None = None
    rows_orbs: int | None = None
    compounds_only: bool = False


class StateFact(MarkedFact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A state of the sample: origin (farmed, wild), gear, stage, sex, size, preparation."""

    texts: tuple[str, ...]
    ja: str
    en: str
    zh: str
    kind: Literal["origin", "gear", "stage", "sex", "size", "season", "preparation"]
    note: str | None = None
    rows: int | None = None
    compounds_only: bool = False


class PartClassFact(MarkedFact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A class of body parts, by the key that rows carry in `part`."""

    key: str
    ja: str
    en: str
    zh: str


class Joints(Fact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Texts that join or label the pieces of one text."""

    texts: tuple[str, ...]


class PartMatch(msgspec.Struct, frozen=True, kw_only=True):
    """A text understood as a part or a state; `confidence` is that of its spelling."""

    text: str
    kind: Literal["part", "state"]
    fact: PartFact | StateFact
    confidence: Confidence


class PartsFound(NamedTuple):
    """What a compound text holds: the pieces understood, and those that were not."""

    found: tuple[PartMatch, ...]
    unknown: tuple[str, ...]


@cache
def parts() -> tuple[PartFact, ...]:
    """Body parts, those of the food tests and those of ORBS."""
    tree = read(_FILE)
    return table(tree, "parts", _FILE, PartFact) + table(tree, "orbs_parts", _FILE, PartFact)


@cache
def part_classes() -> tuple[PartClassFact, ...]:
    """Classes of body parts: what `part_class` of a part may be."""
    return table(read(_FILE), "part_classes", _FILE, PartClassFact)


def slug(text: str) -> str | None:
    """Text as a key of a record (``thallus part`` is ``thallus_part``); None if it gives none."""
    key = _NOT_KEY.sub("_", text).strip("_.-")
    return key if _KEY.fullmatch(key) else None


@cache
def states() -> tuple[StateFact, ...]:
    """States of a sample."""
    return table(read(_FILE), "states", _FILE, StateFact)


def find_part(text: str) -> PartMatch | None:
    """Part or state that the whole text names (after NFKC, hiragana as katakana), or None."""
    return _index().get(kana(text))


def find_parts(text: str) -> PartsFound:
    """Parts and states in a text of several pieces, in their order.

    The whole text is looked up first: one listed spelling holds a ``・`` itself.
    """
    whole = find_part(text)
    if whole is not None:
        return PartsFound((whole,), ())
    found: list[PartMatch] = []
    unknown: list[str] = []
    for piece in filter(None, (piece.strip() for piece in _joint().split(plain(text)))):
        match = find_part(piece)
        if match is None:
            unknown.append(piece)
        else:
            found.append(match)
    return PartsFound(tuple(found), tuple(unknown))


@cache
def _joint() -> re.Pattern[str]:
    joints = build([section(read(_FILE), "joints", _FILE)], Joints, _FILE, "joints")[0]
    return re.compile("|".join(re.escape(plain(text)) for text in joints.texts))


@cache
def _index() -> dict[str, PartMatch]:
    index: dict[str, PartMatch] = {}

    def enter(kind: Literal["part", "state"], fact: PartFact | StateFact) -> None:
        mark = confidence_of(fact.marks["texts"])
        for text in fact.texts:
            match = PartMatch(text=text, kind=kind, fact=fact, confidence=mark)
            if index.setdefault(kana(text), match).fact is not fact:
                raise FactsError([f"{_FILE}: `{text}` stands in two entries"])

    classes = {part_class.key for part_class in part_classes()}
    for part in parts():
        if slug(part.part_class) not in classes:
            raise FactsError([f"{_FILE}: `{part.part_class}` stands not in `part_classes`"])
        enter("part", part)
    for state in states():
        enter("state", state)
    return index
