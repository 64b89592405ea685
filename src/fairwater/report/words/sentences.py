"""The sentences of the report, read once from the YAML files of this folder.

    first:
      unjudged:
        en: {one: "{n} cannot be judged.", other: "{n} cannot be judged."}
        zh: 其中{n}个无法判定。
        ja: "{n}は判定できません。"

A key is the path: ``first.unjudged``. Every entry has en, zh and ja; English may have `one`
and `other`. Nothing is typed implicitly: every scalar is text.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

Form = str | Mapping[str, str]
Entry = Mapping[str, Form]
Sentences = Mapping[str, Entry]
_CODES: Final = frozenset({"en", "zh", "ja"})


class BrokenSentence(ValueError):
    """A sentence lacks a language, or an entry is no sentence: a fault of the package."""


@cache
def sentences() -> Sentences:
    """All sentences by key."""
    import yaml

    found: dict[str, Entry] = {}
    folder = resources.files(__package__)
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".yaml"):
            loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
            content = yaml.load(file.read_text("utf-8"), Loader=loader)  # noqa: S506 - it makes text only
            _collect(content, (), found)
    return found


def _collect(content: Any, path: tuple[str, ...], found: dict[str, Entry]) -> None:
    if not isinstance(content, dict):
        raise BrokenSentence(f"{'.'.join(path)}: no sentence")
    if _CODES & set(content):
        if set(content) != _CODES:
            missing = ", ".join(sorted(_CODES ^ set(content)))
            raise BrokenSentence(f"{'.'.join(path)}: en, zh and ja expected; see {missing}")
        if ".".join(path) in found:
            raise BrokenSentence(f"{'.'.join(path)}: written twice")
        found[".".join(path)] = content
        return
    for key, inner in content.items():
        _collect(inner, (*path, key), found)
