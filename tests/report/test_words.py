"""The words of the report: whole in three languages, in the forms LOOKS states.

Character sets are those of the standards: GB 2312 for simplified Chinese, Shift JIS for
Japanese; a character outside them in our own sentences is a slip of the pen.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from string import Formatter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairwater.agreement.terms import Words
from fairwater.intake import FLAGS, REASONS
from fairwater.node.briefing.content import Named
from fairwater.report.document import CODES, LanguageCode
from fairwater.report.words import UnknownWord, language
from fairwater.report.words.sentences import BrokenSentence, _collect, sentences
from fairwater.report.words.visible import shown, tag_of

LATIN = frozenset({"Fairwater", "Natural", "Earth", "px", "JSON", "data", "fairwater", "explain"})
"""Names and commands that no language translates."""
IDEOGRAPH = "[\u3040-\u30ff\u4e00-\u9fff]"


def forms(code: LanguageCode) -> list[tuple[str, str]]:
    """Every form of every sentence of a language."""
    found = []
    for key, entry in sentences().items():
        form = entry[code]
        found += [(key, form)] if isinstance(form, str) else [(key, f) for f in form.values()]
    return found


def fields(form: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(form) if name}


def test_there_are_many_sentences() -> None:
    assert len(sentences()) > 400


@pytest.mark.parametrize("code", CODES)
def test_no_sentence_is_empty_but_the_joints(code: LanguageCode) -> None:
    empty = {key for key, form in forms(code) if not form}
    assert empty <= {"form.sentence", "form.gap"}


def test_every_language_fills_in_the_same_things() -> None:
    for key, entry in sentences().items():
        used = []
        for code in CODES:
            form = entry[code]
            texts = [form] if isinstance(form, str) else list(form.values())
            used.append(set().union(*(fields(text) for text in texts)))
        assert used[0] == used[1] == used[2], key


def test_english_plurals_have_both_forms_and_the_others_none() -> None:
    for key, entry in sentences().items():
        if not isinstance(entry["en"], str):
            assert set(entry["en"]) == {"one", "other"}, key
        assert isinstance(entry["zh"], str), key
        assert isinstance(entry["ja"], str), key


@pytest.mark.parametrize(("code", "encoding"), [("zh", "gb2312"), ("ja", "shift_jis")])
def test_letters_are_those_of_the_language(code: LanguageCode, encoding: str) -> None:
    for key, form in forms(code):
        letters = "".join(c for c in form if unicodedata.category(c) == "Lo")
        assert letters.encode(encoding, "replace").decode(encoding) == letters, key


def test_chinese_has_no_kana_and_english_no_ideograph() -> None:
    assert not [form for _, form in forms("zh") if re.search("[\u3040-\u30ff]", form)]
    assert not [form for _, form in forms("en") if re.search(IDEOGRAPH, form)]


@pytest.mark.parametrize("code", ["zh", "ja"])
def test_no_english_is_left(code: LanguageCode) -> None:
    for key, form in forms(code):
        bare = re.sub(r"\{[^}]*\}", " ", form)
        words = re.findall(r"[A-Za-z]{2,}", bare)
        assert set(words) <= LATIN, (key, form)


@pytest.mark.parametrize("code", ["zh", "ja"])
def test_punctuation_is_full_width_and_numbers_stand_close(code: LanguageCode) -> None:
    for key, form in forms(code):
        assert not re.search(IDEOGRAPH + r"[,;:?!]", form), (key, form)
        assert not re.search(IDEOGRAPH + r"\(|\)" + IDEOGRAPH, form), (key, form)
        assert not re.search(r"\} ?[年月日] ?\{| [年月日]", form), (key, form)


def test_days_read_as_each_language_writes_them() -> None:
    day = date(2014, 2, 28)
    told = [language(code).day(day) for code in CODES]
    assert told == ["28 February 2014", "2014年2月28日", "2014年2月28日"]


def test_numbers_and_shares() -> None:
    assert language("en").number(42541) == "42,541"
    assert [language(code).percent(0.0251) for code in CODES] == ["2.5 %", "2.5%", "2.5%"]


def test_the_plural_follows_the_number() -> None:
    words = language("en")
    assert words.text("series.counts", n=1, below=0, above=0).startswith("1 result,")
    assert words.text("series.counts", n=1041, below=0, above=0).startswith("1,041 results,")


def test_english_counts_that_open_a_sentence_are_in_letters() -> None:
    assert language("en").text("first.relaxable", n=2) == "Two could be relaxed now."
    assert language("en").text("first.relaxable", n=12) == "12 could be relaxed now."


def test_a_name_is_told_in_the_readers_language_with_the_written_one_beside_it() -> None:
    named = Named(key="スズキ", words=Words(en="Japanese seabass", ja="スズキ"))
    english = language("en").name(named, written=True)
    assert [(s.text, s.lang) for s in english.spans] == [
        ("Japanese seabass", None), (" ", None), ("スズキ", "ja"),
    ]  # fmt: skip
    assert [(s.text, s.lang) for s in language("ja").name(named, written=True).spans] == [
        ("スズキ", None)
    ]
    assert language("zh").name(named).spans[0].lang == "en"


def test_a_name_nobody_knows_stays_as_written_in_its_own_language() -> None:
    (span,) = language("en").name(Named(key="ムラソイ")).spans
    assert (span.text, span.lang, span.evidence) == ("ムラソイ", "ja", True)


def test_an_agreements_text_without_this_language_says_which_it_is_in() -> None:
    (span,) = language("zh").words(Words(en="Stopped.")).spans
    assert span.lang == "en"


def test_every_flag_and_reason_of_intake_has_words() -> None:
    assert [flag for flag in FLAGS if f"flag.{flag}" not in sentences()] == []
    assert [reason for reason in REASONS if f"reason.{reason}" not in sentences()] == []


def test_an_unknown_sentence_or_language_is_a_fault() -> None:
    with pytest.raises(UnknownWord):
        language("en").say("first.nothing_of_the_kind")
    unheard: Any = "fr"
    with pytest.raises(ValueError, match="en, zh, ja"):
        language(unheard)


@pytest.mark.parametrize(
    "content",
    [{"a": {"en": "x", "zh": "y"}}, {"a": "x"}, {"a": {"b": ["x"]}}],
)
def test_a_sentence_that_lacks_a_language_is_refused(content: object) -> None:
    with pytest.raises(BrokenSentence):
        _collect(content, (), {})


@given(st.text(max_size=300) | st.text(alphabet="e\u0301\u20dd\u200d\u202e\n\x00", max_size=60))
def test_what_is_shown_acts_on_nothing_and_ends(text: str) -> None:
    made = shown(text)
    assert not [c for c in made if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    assert len(made) <= 120 * len("[U+10FFFF]") + len("…[300]")
    kinds = "".join("m" if unicodedata.category(c) in ("Mn", "Me") else "." for c in made)
    assert "mmmm" not in kinds


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), max_size=120))
def test_plain_text_is_shown_as_it_stands(text: str) -> None:
    assert shown(text) == text


def test_direction_and_length_are_told() -> None:
    assert shown("a\u202eb") == "a[U+202E]b"
    assert shown("x" * 10_000).endswith("…[10,000]")
    assert shown("e" + "\u0301" * 50) == "e" + "\u0301" * 3


@pytest.mark.parametrize(
    ("text", "tag"),
    [("いわき市", "ja"), ("福島県", "und"), ("서울", "ko"), ("120", "zxx"), ("Iwaki", "und")],
)
def test_the_script_tells_what_it_can(text: str, tag: str) -> None:
    assert tag_of(text) == tag
