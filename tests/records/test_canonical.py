"""One statement has one spelling. Oracle: the `rfc8785` package."""

from __future__ import annotations

import hashlib
import json
from typing import get_args

import jsonschema
import msgspec
import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from fairwater.records import (
    MAX_RECORD_BYTES,
    RECORD_TYPES,
    Assertion,
    NotCanonical,
    Place,
    Position,
    Product,
    QuarantinedRow,
    Record,
    RecordError,
    RecordTooLarge,
    Result,
    RoleBinding,
    Sample,
    TestReport,
    Withdrawal,
    decode,
    encode,
    from_builtins,
    json_schema,
    record_id,
)

words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
numbers = (
    st.decimals(allow_nan=False, allow_infinity=False, places=3)
    .map(str)
    .filter(lambda text: len(text) < 30 and "E" not in text)
)
keys = st.from_regex(r"\A[A-Za-z][A-Za-z0-9_.-]{0,9}\Z")
results = st.builds(
    Result,
    nuclides=st.sampled_from([("Cs-134",), ("Cs-137",), ("Cs-134", "Cs-137"), ("Ag-110m",)]),
    kind=st.sampled_from(["detected", "censored"]),
    value=numbers,
    unit=st.none() | words,
    verdict=st.sampled_from([None, "detected", "not_detected"]),
    text=st.none() | words,
)
samples = st.builds(
    Sample,
    item=st.none() | words,
    product=st.none() | st.builds(Product, species=words, states=st.lists(keys).map(tuple)),
    place=st.none() | st.builds(Place, region=words, district=st.none() | words),
    collected=st.sampled_from([None, "2016", "2016-07", "2016-07-01/2016-07-03"]),
)
records = st.one_of(
    st.builds(
        TestReport,
        sample=samples,
        results=st.lists(results, max_size=4).map(tuple),
        laboratory=st.none() | words,
        source=st.none()
        | st.builds(Position, document=st.just("0" * 64), row=st.integers(0, 2**53 - 1)),
    ),
    st.builds(RoleBinding, agreement=keys, roles=st.dictionaries(keys, words, max_size=6)),
    st.builds(
        QuarantinedRow,
        source=st.builds(Position, document=st.just("f" * 64), row=st.integers(0, 9)),
        cells=st.lists(st.text(st.characters(exclude_categories=["Cs"]))).map(tuple),
        faults=st.just(()),
        profile=keys,
    ),
    st.builds(Assertion, measure=keys, state=keys, by=words, dated=st.just("2025-11-19")),
)


@given(records)
@settings(max_examples=300)
def test_bytes_are_rfc_8785_and_read_back_to_the_same_bytes(record: Record) -> None:
    data = encode(record)
    assert data == rfc8785.dumps(json.loads(data))
    again = decode(data)
    assert again == record
    assert encode(again) == data
    assert record_id(data) == hashlib.sha256(data).hexdigest()


def test_the_types_allow_nothing_whose_order_or_number_would_differ() -> None:
    """No float anywhere, and map keys are ASCII: then sorted order is RFC 8785's."""

    def walk(node: object) -> None:
        if isinstance(node, dict):
            assert node.get("type") != "number"
            extra = node.get("additionalProperties")
            if isinstance(extra, dict):
                assert node["propertyNames"]["pattern"].startswith("^[A-Za-z]")
            for child in node.values():
                walk(child)
        elif isinstance(node, list):
            for child in node:
                walk(child)

    walk(json_schema())


REPORT = encode(
    TestReport(
        sample=Sample(item="スズキ", collected="2012-03-29"),
        results=(Result(nuclides=("Cs-137",), kind="detected", value="21", unit="Bq/kg"),),
    )
)


@pytest.mark.parametrize(
    "mangled",
    [
        REPORT.replace(b'{"results"', b'{ "results"'),
        REPORT + b" ",
        REPORT.replace(b'"sample":', b'"laboratory":null,"sample":'),
        REPORT.replace(b'"item"', b'"item":"x","item"'),  # duplicate key
        REPORT.replace("スズキ".encode(), b"\\u30b9\\u30ba\\u30ad"),  # other escape
        REPORT.replace(
            b'"kind":"detected","nuclides":["Cs-137"]', b'"nuclides":["Cs-137"],"kind":"detected"'
        ),
    ],
)
def test_other_spellings_of_the_same_statement_are_refused(mangled: bytes) -> None:
    assert mangled != REPORT
    with pytest.raises(NotCanonical, match="canonical"):
        decode(mangled)


@pytest.mark.parametrize(
    "mangled",
    [
        REPORT[:-1],
        b"",
        b"[" * 5000,
        REPORT.replace(b'"test_report"', b'"tea_report"'),
        REPORT.replace(b'"value":"21"', b'"value":21'),
        REPORT.replace(b'"value":"21"', b'"value":"2 1"'),
        REPORT.replace(b'"value":"21"', b'"worth":"21"'),
        REPORT.replace(b'"value":"21"', '"value":"２１"'.encode()),  # digits of another script
        REPORT.replace(b'"value":"21"', b'"value":"21\\n"'),  # Python's $ alone would pass it
        REPORT.replace("スズキ".encode(), b"\xff\xfe"),
    ],
)
def test_what_is_no_record_is_refused(mangled: bytes) -> None:
    with pytest.raises(RecordError):
        decode(mangled)


@given(st.binary(max_size=200))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    try:
        record = decode(data)
    except RecordError:
        return
    assert encode(record) == data


def test_a_record_is_at_most_65535_bytes() -> None:
    row = QuarantinedRow(
        source=Position(document="0" * 64, row=1), cells=("x" * 70_000,), faults=(), profile="p"
    )
    with pytest.raises(RecordTooLarge, match="Attach larger content"):
        encode(row)
    assert MAX_RECORD_BYTES == 2**16 - 1


def test_a_lone_surrogate_is_refused() -> None:
    with pytest.raises(RecordError, match="UTF-8"):
        encode(Withdrawal(withdraws="0" * 64, reason="\ud800"))


def test_yaml_shaped_content_is_checked_with_its_path() -> None:
    with pytest.raises(RecordError, match=r"\$\.results\[0\]\.kind"):
        from_builtins(
            {"type": "test_report", "sample": {"type": "sample"},
             "results": [{"type": "result", "nuclides": ["Cs-137"], "kind": "maybe"}]}
        )  # fmt: skip


@pytest.mark.parametrize("mass", ["-600", "-0.5", "six hundred", ""])
def test_goods_weigh_nothing_or_more(mass: str) -> None:
    goods = {
        "type": "consignment", "consignment": "c", "origin": "a", "destination": "b",
        "product": {"species": "x"}, "mass_kg": mass,
    }  # fmt: skip
    with pytest.raises(RecordError, match="mass_kg"):
        from_builtins(goods)
    assert from_builtins(goods | {"mass_kg": "0"})


def test_every_type_is_immutable_refuses_unknown_fields_and_omits_defaults() -> None:
    assert len(RECORD_TYPES) == len(get_args(Record)) == 29
    for kind in RECORD_TYPES.values():
        config = kind.__struct_config__  # type: ignore[attr-defined]
        assert config.frozen
        assert config.forbid_unknown_fields
        assert config.omit_defaults


def test_the_published_schema_accepts_records_and_refuses_others() -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    validator.validate(json.loads(REPORT))
    for change in [{"type": "tea_report"}, {"results": [{"type": "result"}]}, {"worth": 1}]:
        with pytest.raises(jsonschema.ValidationError):
            validator.validate(json.loads(REPORT) | change)


def test_defaults_are_singletons_so_that_they_are_omitted_by_identity() -> None:
    """msgspec omits a default by identity: only None, False and () are safe to use."""
    for kind in RECORD_TYPES.values():
        for field in msgspec.structs.fields(kind):
            if field.default is not msgspec.NODEFAULT:
                assert field.default is None or field.default is False or field.default == ()
            assert field.default_factory is msgspec.NODEFAULT
