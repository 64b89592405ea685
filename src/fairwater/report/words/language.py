"""One language of the report: its sentences, dates, numbers, and names of the evidence.

    words = language("ja")
    words.say("first.state", day=words.day(as_of))      # Phrase
    words.text("mark.seen")                             # str

Sentences stand whole in `*.yaml` beside this module, one entry a sentence with its three
languages; numbers and names are filled in, nothing else is put together. `{n}` chooses the
English plural where an entry has `one` and `other`; `{name!b}` prints in bold, `{n!w}` opens
an English sentence with a number in letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from string import Formatter
from typing import Final

from msgspec.structs import replace

from fairwater.agreement.terms import Words
from fairwater.node.briefing.content import Mark, Named
from fairwater.report.document import LanguageCode, Phrase, Span
from fairwater.report.words.sentences import Sentences, sentences
from fairwater.report.words.visible import LONGEST, LONGEST_TEXT, shown, tag_of

TAGS: Final[Mapping[LanguageCode, str]] = {"en": "en", "zh": "zh-Hans", "ja": "ja"}
Filling = str | int | Phrase | Span
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

_COUNTS: Final[Mapping[int, str]] = dict(
    enumerate(("None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"))
)
"""English counts that open a sentence."""


class UnknownWord(KeyError):
    """No sentence of this name: a fault of the program."""


class Language:
    """Sentences and forms of one language."""

    def __init__(self, code: LanguageCode, sentences: Sentences) -> None:
        self.code: LanguageCode = code
        self.tag = TAGS[code]
        self._sentences = sentences
        self._plain: dict[str, Phrase] = {}

    def has(self, key: str) -> bool:
        """Whether there is a sentence of this name."""
        return key in self._sentences

    def say(self, key: str, /, **fields: Filling) -> Phrase:
        """The sentence `key` with `fields` filled in."""
        if not fields:
            found = self._plain.get(key)
            if found is None:
                found = Phrase(tuple(self._spans(self._form(key, fields), fields)))
                self._plain[key] = found
            return found
        return Phrase(tuple(self._spans(self._form(key, fields), fields)))

    def known(self, key: str, otherwise: str) -> Phrase:
        """The sentence `key` if there is one, else the code it stands for."""
        return self.say(key) if self.has(key) else self.code_text(otherwise)

    def text(self, key: str, /, **fields: Filling) -> str:
        """The sentence as plain characters."""
        return self.say(key, **fields).text

    def _form(self, key: str, fields: Mapping[str, Filling]) -> str:
        entry = self._sentences.get(key)
        if entry is None:
            raise UnknownWord(key)
        form = entry[self.code]
        if isinstance(form, str):
            return form
        return form["one" if str(fields.get("n")) == "1" else "other"]

    def _spans(self, form: str, fields: Mapping[str, Filling]) -> Iterable[Span]:
        for literal, name, conversion in _parsed(form):
            if literal:
                yield Span(literal)
            if name is None:
                continue
            value = fields[name]
            if conversion == "w" and self.code == "en" and isinstance(value, int):
                value = _COUNTS.get(value, value)
            for span in _filled(self, value):
                strong = span.strong or conversion == "b"
                yield replace(span, strong=True) if strong else span

    def number(self, value: int | float) -> str:
        """A number we computed: comma groups from 1,000, point decimal."""
        return f"{value:,}"

    def percent(self, value: float, places: int = 1) -> str:
        """A share of 1 as per cent."""
        return self.text("form.percent", value=f"{100 * value:.{places}f}")

    def day(self, value: date) -> str:
        """A day in prose: 28 February 2014, 2014年2月28日."""
        if self.code == "en":
            return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
        return f"{value.year}年{value.month}月{value.day}日"

    def title(self, words: Words, fallback: str) -> Phrase:
        """What an agreement calls a thing: as `words`, no longer than a name."""
        return self.words(words, fallback, longest=LONGEST)

    def words(self, words: Words, fallback: str = "", *, longest: int = LONGEST_TEXT) -> Phrase:
        """A text of an agreement in this language, else in one it has, marked as such."""
        order: tuple[LanguageCode, ...] = (self.code, "en", "ja", "zh")
        for code in order:
            found = getattr(words, code)
            if found is not None:
                tag = None if code == self.code else TAGS[code]
                return Phrase((Span(shown(found, longest), lang=tag, evidence=True),))
        return self.evidence(fallback) if fallback else Phrase()

    def name(self, named: Named, *, written: bool = False, strong: bool = False) -> Phrase:
        """What readers of this language call a thing; `written` adds the text of the evidence."""
        own = getattr(named.words, self.code)
        if own is None:
            own_english = named.words.en
            if own_english is None:
                return self.evidence(named.key, strong=strong, lang=written_in(named))
            first = Span(shown(own_english), lang="en", evidence=True, strong=strong)
        else:
            first = Span(shown(own), evidence=True, strong=strong)
        if not written or shown(named.key) == first.text:
            return Phrase((first,))
        lang = written_in(named)
        return Phrase((first, Span(" "), Span(shown(named.key), lang=lang, evidence=True)))

    def names(self, parts: Sequence[Named], *, strong: bool = False) -> Phrase:
        """A label of several names: Pacific cod, Fukushima."""
        return self.listed([self.name(part, strong=strong) for part in parts], key="form.label")

    def evidence(self, text: str, *, strong: bool = False, lang: str | None = None) -> Phrase:
        """Text others wrote, as it stands."""
        tag = lang or tag_of(text)
        return Phrase(
            (
                Span(
                    shown(text), lang=tag if tag != self.tag else None, evidence=True, strong=strong
                ),
            )
        )

    def quoted(self, text: str) -> Phrase:
        """A sentence or a cell of the evidence, as long as it is within reason."""
        tag = tag_of(text)
        lang = tag if tag != self.tag else None
        return Phrase((Span(shown(text, LONGEST_TEXT), lang=lang, evidence=True),))

    def code_text(self, text: str) -> Phrase:
        """An id, a digest, a command: in no language, monospaced."""
        return Phrase((Span(shown(text), lang="zxx", evidence=True, code=True),))

    def digest(self, text: str) -> Phrase:
        """A digest or a command, in full: it is there to be copied."""
        return Phrase((Span(shown(text, 1_000), lang="zxx", evidence=True, code=True),))

    def figure(self, text: str, *, strong: bool = False) -> Phrase:
        """A number or a date as reported."""
        return Phrase((Span(shown(text), lang="zxx", evidence=True, strong=strong),))

    def mark(self, mark: Mark | None) -> Phrase:
        """A confidence mark, or nothing."""
        return Phrase() if mark is None else Phrase((Span(self.text(f"mark.{mark}"), mark=mark),))

    def oneline(self, phrase: Phrase) -> Phrase:
        """A phrase of several lines in one, with this language's semicolon between."""
        between = Span(self.text("form.semicolon"))
        return Phrase(tuple(between if span.text == "\n" else span for span in phrase.spans))

    def listed(self, items: Sequence[Phrase], key: str = "form.list") -> Phrase:
        """Phrases one after the other, with this language's separator."""
        between = self.text(key)
        spans: list[Span] = []
        for number, item in enumerate(items):
            if number:
                spans.append(Span(between))
            spans.extend(item.spans)
        return Phrase(tuple(spans))


@lru_cache(maxsize=4_096)
def _parsed(form: str) -> tuple[tuple[str, str | None, str | None], ...]:
    """A sentence as literal texts, each with the name and conversion of what follows it."""
    return tuple((text, name, how) for text, name, _, how in Formatter().parse(form))


def language(code: LanguageCode) -> Language:
    """The language of a code: ``en``, ``zh``, ``ja``."""
    if code not in TAGS:
        raise ValueError(f"no words in `{code}`: languages are en, zh, ja")
    return Language(code, sentences())


def written_in(named: Named) -> str:
    """The language in which a name of the evidence is written, as far as it can be told."""
    order: tuple[LanguageCode, ...] = ("ja", "zh", "en")
    for code in order:
        if getattr(named.words, code) == named.key:
            return TAGS[code]
    return tag_of(named.key)


def _filled(words: Language, value: Filling) -> tuple[Span, ...]:
    if isinstance(value, Phrase):
        return value.spans
    if isinstance(value, Span):
        return (value,)
    return (Span(words.number(value) if isinstance(value, int) else value),)
