"""The strict reader: scalars stay text, and what could mean two things is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairwater.facts.source import FactsError, build, parse_json, parse_yaml
from fairwater.facts.units import UnitFact

# Each of these becomes something else in a reader of YAML 1.1 with implicit types:
# the list of https://yaml.org/type/ (bool, int, float, null, timestamp, merge).
LOOKS_LIKE = ["NO", "yes", "on", "0123", "0o14", "1e3", "1.10", "~", "null", "true", "2012-04-01",
              "12:30:45", "0x1F", "1_000", ".inf", "<<"]  # fmt: skip


@pytest.mark.parametrize("text", LOOKS_LIKE)
def test_a_scalar_stays_the_text_that_stands_there(text: str) -> None:
    assert parse_yaml(f"value: {text}\n", "x.yaml") == {"value": text}
    assert parse_yaml(f"- {text}\n- '{text}'\n", "x.yaml") == [text, text]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "key `a` stands twice"),
        ("x:\n  - {a: 1, a: 2}\n", 2, "key `a` stands twice"),
        ("a: &one 1\nb: 2\n", 1, "anchor or alias"),
        ("a: 1\nb: *one\n", 2, "anchor or alias"),
        ("a: &m {x: 1}\n", 1, "anchor or alias"),
        ("a: 1\nb: !!int 2\n", 2, "tag"),
        ("a: !custom {x: 1}\n", 1, "tag"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, "tag"),
        ("a: ! 1\n", 1, "tag"),
        ("? [a, b]\n: 1\n", 1, "a key must be plain text"),
        ("{a: 1}: 2\n", 1, "a key must be plain text"),
    ],
)
def test_refused_with_file_and_line(text: str, line: int, what: str) -> None:
    with pytest.raises(FactsError) as error:
        parse_yaml(text, "units.yaml")
    assert error.value.faults[0].startswith(f"units.yaml, line {line}: ")
    assert what in error.value.faults[0]


@pytest.mark.parametrize("text", ["", "# only a comment\n", "a: 1\n---\nb: 2\n"])
def test_one_document_exactly(text: str) -> None:
    with pytest.raises(FactsError, match="expected one document"):
        parse_yaml(text, "x.yaml")


@pytest.mark.parametrize("text", ["a: [1\n", "a: b: c\n", "\ta: 1\n", "a: 'x\n"])
def test_broken_yaml_names_the_file(text: str) -> None:
    with pytest.raises(FactsError, match=r"x\.yaml: not YAML"):
        parse_yaml(text, "x.yaml")


def test_json_numbers_stay_text() -> None:
    assert parse_json('{"a": 0.10, "b": 1e400, "c": 007 }'.replace("007", "7"), "x.json") == {
        "a": "0.10",
        "b": "1e400",
        "c": "7",
    }


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{"a": 1, "b": 2, "a": 3}', "key `a` stands twice"),
        ('{"a": null}', "`a` is None"),
        ('{"a": true}', "`a` is True"),
        ('{"a": NaN}', "NaN is not allowed"),
        ('{"a": 1', "not JSON"),
    ],
)
def test_json_refused(text: str, what: str) -> None:
    with pytest.raises(FactsError, match=r"x\.json") as error:
        parse_json(text, "x.json")
    assert what in str(error.value)


PLAIN = st.text(
    st.characters(categories=("L", "N", "P", "S"), max_codepoint=0xFFFD), min_size=1, max_size=20
)
TREES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PLAIN, inner, max_size=4)
)


@given(st.dictionaries(PLAIN, TREES, min_size=1, max_size=4))
def test_both_notations_give_the_same_tree(tree: dict[str, object]) -> None:
    """JSON text of printable characters is YAML text; either way it is what was written."""
    text = json.dumps(tree, ensure_ascii=False)
    assert parse_json(text, "x.json") == tree
    assert parse_yaml(text, "x.yaml") == tree


def test_all_faults_of_a_section_come_at_once() -> None:
    whole = {"code": "X", "dimension": "areal", "base": "X", "factor": "1"}
    marks = {"source": "s", "confidence": "seen in source"}
    with pytest.raises(FactsError) as error:
        build(
            [whole, {**whole, **marks}, {**whole, **marks, "factr": "1"}, "text"],
            UnitFact,
            "u.yaml",
            "units",
        )
    assert [fault.split(":")[0] for fault in error.value.faults] == [
        "u.yaml, units[0]",
        "u.yaml, units[2]",
        "u.yaml, units[3]",
    ]
