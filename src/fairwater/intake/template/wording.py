"""The template's columns, lists and texts, from `data/template.yaml`."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

import msgspec
import yaml
from msgspec import Struct

from fairwater.records import Language

LANGUAGES: tuple[Language, ...] = ("en", "zh", "ja")


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """One text in each language."""

    en: str
    zh: str
    ja: str

    def of(self, language: Language) -> str:
        """The text in one language."""
        text: str = getattr(self, language)
        return text


class Choice(Struct, frozen=True, forbid_unknown_fields=True):
    """A word of a list; `text` is the vocabulary's own word for it, where it needs one."""

    key: str
    en: str
    zh: str
    ja: str
    text: str | None = None

    def of(self, language: Language) -> str:
        """The word in one language."""
        word: str = getattr(self, language)
        return word


class TemplateColumn(Struct, frozen=True, forbid_unknown_fields=True):
    """A column: heading, the note of its heading, the list its words come from."""

    key: str
    heading: Words
    note: Words
    list: str | None = None


class Instructions(Struct, frozen=True, forbid_unknown_fields=True):
    """How to fill it in, in one language."""

    title: str
    lines: tuple[str, ...]


class Template(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole data file."""

    sheet: str
    columns: tuple[TemplateColumn, ...]
    lists: dict[str, tuple[Choice | str, ...]]
    instructions: dict[str, Instructions]
    example_note: Words
    examples: tuple[dict[str, str], ...]

    def word(self, column: TemplateColumn, value: str, language: Language) -> str:
        """What a cell says for a value: a list's word in the language, else the value."""
        for choice in self.lists.get(column.list or "", ()):
            if isinstance(choice, Choice) and choice.key == value:
                return choice.of(language)
        return value

    def words(self, name: str, language: Language) -> tuple[str, ...]:
        """The words of a list."""
        return tuple(
            choice if isinstance(choice, str) else choice.of(language)
            for choice in self.lists[name]
        )


@lru_cache(maxsize=1)
def template() -> Template:
    """The template as shipped."""
    file = resources.files("fairwater.intake") / "data" / "template.yaml"
    tree = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - texts only
    return msgspec.convert(tree, Template)
