"""YAML without surprises. Truth: field case F8, and YAML readers' known traps (pyyaml #173)."""

from __future__ import annotations

import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from fairwater.agreement import source
from fairwater.agreement.problems import AgreementErrors, Mark
from fairwater.agreement.source import MAX_BYTES, MAX_DEPTH, read

F8 = """\
roles: {importing: NO, origin: NA}
window_opens: 12:30
limit: 1_000
number: 0123
review: 2025-06-29
"""


@pytest.fixture(params=["c", "python"])
def _loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    loader = source._LOADER if request.param == "c" else yaml.SafeLoader
    monkeypatch.setattr(source, "_LOADER", loader)


def refusals(text: str | bytes) -> list[tuple[int, int, str]]:
    with pytest.raises(AgreementErrors) as caught:
        read(text, "rule.yaml")
    for problem in caught.value.problems:
        assert problem.file == "rule.yaml"
        assert problem.expected
        assert problem.remedy
        assert f"rule.yaml:{problem.line}:{problem.column}" in str(caught.value)
    return [(p.line, p.column, p.found) for p in caught.value.problems]


@pytest.mark.usefixtures("_loader")
def test_f8_every_word_stays_the_text_it_is() -> None:
    assert read(F8, "f8.yaml").content == {
        "roles": {"importing": "NO", "origin": "NA"},
        "window_opens": "12:30",
        "limit": "1_000",
        "number": "0123",
        "review": "2025-06-29",
    }
    # The trap is real: the usual reader turns four of the six into something else.
    usual = yaml.safe_load(F8)
    assert (usual["roles"]["importing"], usual["number"]) == (False, 83)


@pytest.mark.usefixtures("_loader")
def test_nothing_is_nothing_only_where_it_is_plain() -> None:
    assert read("a: null\nb: ~\nc:\nd: 'null'\ne: NULL\nf: ''\n", "x").content == {
        "a": None, "b": None, "c": None, "d": "null", "e": "NULL", "f": "",
    }  # fmt: skip


@pytest.mark.usefixtures("_loader")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", [(3, 1, "the key `a` again (first in line 1)")]),
        ("x:\n  - {日本: 1, 日本: 2}\n", [(2, 13, "the key `日本` again (first in line 2)")]),
        ("a: &x 1\nb: 2\n", [(1, 4, "the anchor `&x`")]),
        ("a: &x 1\nb: *x\n", [(1, 4, "the anchor `&x`"), (2, 4, "the alias `*x`")]),
        ("a: !!int 3\n", [(1, 4, "the tag `tag:yaml.org,2002:int`")]),
        ("a: !!python/object/apply:os.system [ls]\n",
         [(1, 4, "the tag `tag:yaml.org,2002:python/object/apply:os.system`")]),
        ("<<: {a: 1}\n", [(1, 1, "a merge key (`<<`)")]),
        ("? [a, b]\n: 1\n", [(1, 3, "a key that is not text")]),
        ("a: 1\n---\nb: 2\n", [(2, 1, "a second document (`---`)")]),
        ("", [(1, 1, "nothing")]),
    ],
)  # fmt: skip
def test_refused_with_place_and_remedy(text: str, expected: list[tuple[int, int, str]]) -> None:
    assert refusals(text) == expected


@pytest.mark.usefixtures("_loader")
@pytest.mark.parametrize(
    ("text", "line"),
    [("a: [1, 2\nb: 3\n", 2), ("a: 1\n\tb: 2\n", 2), ("a: 'open\n", 2), ("a: b: c\n", 1)],
)
def test_unreadable_yaml_names_its_line(text: str, line: int) -> None:
    ((found_line, _, found),) = refusals(text)
    assert found_line == line
    assert found.startswith("YAML that cannot be read")


@pytest.mark.parametrize("text", ["a: \x01\n", "a: 1\nb: \ud800\n", "a: \ufffe\n"])
def test_a_character_no_text_may_hold(text: str) -> None:
    ((line, column, found),) = refusals(text)
    assert (line, column) == (text.count("\n"), 4)
    assert found.startswith("a character that no text may hold")


@pytest.mark.parametrize("escape", ["\\N", "\\L", "\\P", "\\r", "\\x07", "\\x7f", "\\ufffe"])
def test_nor_by_an_escape(escape: str) -> None:
    """What would not come back from canonical bytes may not come in."""
    ((line, column, found),) = refusals(f'a: 1\nb: "x{escape}y"\n')
    assert (line, column) == (2, 4)
    assert found.startswith("the character U+")


def test_bytes_are_utf_8_or_refused() -> None:
    assert read("値: 1\n".encode(), "x").content == {"値": "1"}
    assert refusals(b"a: 1\nb: \xff\n") == [(2, 4, "the byte 0xff")]


def test_every_mapping_and_value_has_its_place() -> None:
    tree = read("a:\n  - {b: 値, c: d}\n", "x")
    assert tree.marks[("a", 0, "c")] == Mark(2, 15)
    assert tree.keys[("a", 0, "c")] == Mark(2, 12)
    assert tree.mark(("a", 0, "c", "deeper")) == Mark(2, 15)


def test_nesting_is_bounded_before_it_is_built() -> None:
    fits = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert read(fits, "x").content
    ((_, _, found),) = refusals("[" + fits + "]")
    assert found == f"nesting deeper than {MAX_DEPTH}"


@pytest.mark.parametrize(
    "text",
    [
        "a: '" + "x" * MAX_BYTES + "'",
        "[" * 1_000_000,
        "{a: " * 250_000,
        "- " * 500_000,
        "? " * 500_000,
        "\n".join(f"k{i}: &a{i} x" for i in range(70_000)),
        "a: 1\n" * 200_000,
    ],
    ids=["too long", "brackets", "braces", "dashes", "question marks", "anchors", "duplicates"],
)
def test_hostile_text_is_refused_quickly(text: str) -> None:
    begun = time.process_time()
    assert refusals(text)
    assert time.process_time() - begun < 5


_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp")) | st.just("\n"),
    max_size=40,
)


@given(st.dictionaries(_TEXT.filter(lambda key: key != "<<"), _TEXT | st.lists(_TEXT)))
def test_what_is_written_in_quotes_is_read_as_it_was(content: dict[str, object]) -> None:
    text = yaml.safe_dump(content, default_style='"', allow_unicode=False)
    assert read(text, "x").content == content
