"""Places: regions and laboratories in one spelling each, the published text kept beside it."""

from __future__ import annotations

import re
from typing import NamedTuple

from fairwater import facts
from fairwater.intake.numbers import fold
from fairwater.intake.profile import Laboratories, Places

_SPACES = re.compile(r"\s+")


class Spelled(NamedTuple):
    """A name in its one spelling; `changed` if a rule changed it, `known` if a rule knows it."""

    name: str
    changed: bool
    known: bool = True


class RegionSpelling:
    """Spelling rules of regions in one profile."""

    def __init__(self, places: Places) -> None:
        self._vocabulary = places.vocabulary
        self._listed = _listed(places.spellings)
        self.checked = places.vocabulary or bool(places.spellings)

    def spell(self, text: str) -> Spelled:
        """One spelling of a region; a text no rule knows stays as it is."""
        listed = self._listed.get(_key(text))
        if listed is not None:
            return Spelled(listed, listed != text)
        if self._vocabulary:
            match = facts.find_region(text)
            if match is not None and match.kind == "not_stated":
                return Spelled("", False)
            if match is not None and match.kind == "region" and match.name is not None:
                return Spelled(match.name, match.name != text)
        return Spelled(text, False, known=False)


class LaboratorySpelling:
    """Spelling rules of laboratories in one profile."""

    def __init__(self, rules: Laboratories) -> None:
        forms = sorted({_key(form) for form in rules.drop}, key=len, reverse=True)
        drop = "|".join(re.escape(form) for form in forms) or "(?!)"
        self._drop = re.compile(rf"^(?:{drop})+|(?:{drop})+$")
        self._listed = _listed(rules.spellings)
        self._rules = bool(rules.drop or rules.spellings)

    def spell(self, text: str) -> Spelled:
        """One spelling of a laboratory: a listed one, else without its legal form."""
        if not self._rules:
            return Spelled(text, False)
        key = _key(text)
        listed = self._listed.get(key)
        if listed is not None:
            return Spelled(listed, listed != text)
        short = self._drop.sub("", key)
        if not short or short == key:
            return Spelled(text, False)
        listed = self._listed.get(short, short)
        return Spelled(listed, listed != text)


def _key(text: str) -> str:
    return _SPACES.sub("", fold(text))


def _listed(spellings: dict[str, tuple[str, ...]] | None) -> dict[str, str]:
    listed: dict[str, str] = {}
    for name, others in (spellings or {}).items():
        for text in (name, *others):
            listed[_key(text)] = name
    return listed
