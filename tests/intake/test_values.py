"""Result cells: what each stated notation means, and that no other is understood."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairwater.intake.profile import (
    Below,
    Column,
    Lineage,
    PlusMinus,
    Profile,
    Values,
    Words,
)
from fairwater.intake.values import ValueCells, ValueReader, ValueReading
from fairwater.records import Result

ALL = Values(
    below=Below(limit_kind="detection_limit"),
    not_detected=Words(("ND", "不検出", "検出せず"), "detection_limit"),
    above=(">",),
    about=("約",),
    range=("〜",),
    plus_minus=PlusMinus(),
    limit_in_brackets="detection_limit",
    footnotes=("※",),
)


def reader(values: Values = ALL, **column: object) -> ValueReader:
    fields = {"heading": "Cs137(Bq/kg)", "use": "value", "nuclides": ("Cs-137",)} | column
    if "unit_column" not in column:
        fields = {"unit": "Bq/kg"} | fields
    made = msgspec.convert(fields, Column)
    profile = Profile("p", "1", "t", (made,), Lineage("primary"), missing=("", "-"), values=values)
    return ValueReader(made, "Cs137(Bq/kg)", profile)


def said(reading: ValueReading) -> dict[str, object]:
    assert reading.result is not None, reading.faults
    result = reading.result
    names = ("kind", "value", "low", "high", "limit", "limit_kind", "uncertainty", "verdict")
    return {name: value for name in names if (value := getattr(result, name)) is not None}


@pytest.mark.parametrize(
    ("text", "expected", "flags"),
    [
        ("12.40", {"kind": "detected", "value": "12.40"}, ()),
        ("０．７５", {"kind": "detected", "value": "0.75"}, ()),
        ("0", {"kind": "detected", "value": "0"}, ()),
        ("-0.3", {"kind": "detected", "value": "-0.3"}, ()),
        ("−0.3", {"kind": "detected", "value": "-0.3"}, ()),
        ("4.16E-01", {"kind": "detected", "value": "4.16E-01"}, ()),
        ("<6.1", {"kind": "censored", "value": "6.1", "limit_kind": "detection_limit"}, ()),
        ("＜６．１", {"kind": "censored", "value": "6.1", "limit_kind": "detection_limit"}, ()),
        ("< 6.1", {"kind": "censored", "value": "6.1", "limit_kind": "detection_limit"}, ()),
        ("-", {"kind": "not_stated"}, ()),
        ("", {"kind": "not_stated"}, ()),
        ("ND", {"kind": "not_stated", "verdict": "not_detected"}, ("limit_not_stated",)),
        ("ＮＤ", {"kind": "not_stated", "verdict": "not_detected"}, ("limit_not_stated",)),
        ("不検出", {"kind": "not_stated", "verdict": "not_detected"}, ("limit_not_stated",)),
        ("不検出(1.21)",
         {"kind": "censored", "value": "1.21", "limit_kind": "detection_limit",
          "verdict": "not_detected"}, ()),
        ("検出せず（＜7.3）",
         {"kind": "censored", "value": "7.3", "limit_kind": "detection_limit",
          "verdict": "not_detected"}, ()),
        ("6.40(<1.12)",
         {"kind": "detected", "value": "6.40", "limit": "1.12",
          "limit_kind": "detection_limit"}, ()),
        ("8.92±1.68", {"kind": "detected", "value": "8.92", "uncertainty": "1.68"},
         ("coverage_not_stated",)),
        (">2.0E+05", {"kind": "over_range", "value": "2.0E+05"}, ()),
        ("55〜68", {"kind": "interval", "low": "55", "high": "68"}, ()),
        ("約22", {"kind": "about", "value": "22"}, ()),
        ("約16〜28", {"kind": "about", "low": "16", "high": "28"}, ()),
        ("079", {"kind": "detected", "value": "079"}, ("lost_decimal_point",)),
        ("<094", {"kind": "censored", "value": "094", "limit_kind": "detection_limit"},
         ("lost_decimal_point",)),
        ("19909※4", {"kind": "detected", "value": "19909"}, ("footnote",)),
    ],
)  # fmt: skip
def test_understood(text: str, expected: dict[str, object], flags: tuple[str, ...]) -> None:
    reading = reader().read(ValueCells(text))
    assert said(reading) == expected
    assert tuple(flag.flag for flag in reading.flags) == flags
    assert reading.result is not None
    assert reading.result.text == (text or None)


@pytest.mark.parametrize(
    "text",
    [
        "<.4.33", "<0.4.", "<1.0）", "<.8.6", ".5", "5.", "1,2", "1.2.3", "<<1", "<", "<-1", "1 2",
        "6.40(1.12)", "不検出1.2", "68〜55", "±1", "8±", "NaN", "inf", "1e4000", "暫定規制値以下",
        "12※", "٣", "1_000", "0x10", "1" * 41,
    ],
)  # fmt: skip
def test_never_guessed(text: str) -> None:
    reading = reader().read(ValueCells(text))
    assert reading.result is None
    assert [fault.reason for fault in reading.faults] == ["unreadable_value"]
    assert reading.faults[0].text == text
    assert reading.faults[0].remedy


@pytest.mark.parametrize("text", ["#REF!", "#N/A", "#DIV/0!", "#NAME?"])
def test_a_failed_formula_is_its_own_reason(text: str) -> None:
    assert reader().read(ValueCells(text)).faults[0].reason == "spreadsheet_error"


@pytest.mark.parametrize("text", ["<1", "ND", ">1", "約1", "1〜2", "1±1", "1(<1)", "1※2"])
def test_a_notation_the_profile_does_not_state_is_not_understood(text: str) -> None:
    assert reader(Values()).read(ValueCells(text)).result is None


@pytest.mark.parametrize(
    ("mark", "grouping", "text", "value"),
    [
        (",", None, "12,40", "12.40"),
        (",", ".", "1.234,5", "1234.5"),
        (".", ",", "1,234,567.5", "1234567.5"),
        (".", "'", "1'234", "1234"),
        (",", None, "12.40", None),
        (",", ".", "12.4", None),
        (".", ",", "12,4", None),
        (".", ",", "1,2345", None),
    ],
)
def test_decimal_marks_and_grouping(
    mark: str, grouping: str | None, text: str, value: str | None
) -> None:
    values = msgspec.convert({"decimal_mark": mark, "grouping": grouping}, Values)
    reading = reader(values).read(ValueCells(text))
    assert (reading.result.value if reading.result else None) == value


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (ValueCells("7.3", qualifier="<"), ("censored", "7.3", None)),
        (ValueCells("", qualifier="<", limit="7.3"), ("censored", "7.3", "not_detected")),
        (ValueCells("", qualifier="ND", limit="7.3"), ("censored", "7.3", "not_detected")),
        (ValueCells("", qualifier="ND"), ("not_stated", None, "not_detected")),
        # A net result below the limit is published and kept: the verdict is the laboratory's.
        (ValueCells("-0.2", qualifier="ND", limit="7.3"), ("detected", "-0.2", "not_detected")),
        (ValueCells("7.3", qualifier=">"), ("over_range", "7.3", None)),
        (ValueCells("7.3", qualifier=""), ("detected", "7.3", None)),
    ],
)
def test_qualifiers(cells: ValueCells, expected: tuple[str, str | None, str | None]) -> None:
    reading = reader(qualifier_column="q", limit_column="l").read(cells)
    assert reading.result is not None, reading.faults
    result: Result = reading.result
    assert (result.kind, result.value, result.verdict) == expected


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (ValueCells("7.3", qualifier="?"), "unknown_qualifier"),
        (ValueCells("<7.3", qualifier="<"), "contradictory_cells"),
        (ValueCells("<7.3", qualifier=">"), "contradictory_cells"),
        (ValueCells("7.3", unit=""), "missing_unit"),
        (ValueCells("7.3", unit="-"), "missing_unit"),
        (ValueCells("7.3", unit="becquerel per fish"), "unknown_unit"),
        (ValueCells("7.3", unit="Bq/kg", limit="x"), "unreadable_value"),
        (ValueCells("7.3", unit="Bq/kg", uncertainty="-1"), "unreadable_value"),
        (ValueCells("7.3", unit="Bq/kg", nuclide="Xy-999"), "unknown_nuclide"),
        (ValueCells("7.3", unit="Bq/kg", nuclide=""), "unknown_nuclide"),
    ],
)
def test_faults_beside_the_value(cells: ValueCells, reason: str) -> None:
    column: dict[str, object] = {"qualifier_column": "q", "limit_column": "l"}
    if cells.unit is not None:
        column["unit_column"] = "u"
    if cells.nuclide is not None:
        column |= {"nuclides": (), "nuclide_column": "n"}
    reading = reader(uncertainty_column="e", **column).read(cells)
    assert reading.result is None
    assert [fault.reason for fault in reading.faults] == [reason]


def test_all_faults_at_once() -> None:
    made = reader(nuclides=(), nuclide_column="n", unit_column="u")
    reading = made.read(ValueCells("1.2.3", nuclide="?", unit="?"))
    assert {fault.reason for fault in reading.faults} == {
        "unreadable_value",
        "unknown_nuclide",
        "unknown_unit",
    }


def test_the_spelling_of_a_unit_may_state_the_basis() -> None:
    reading = reader(unit_column="u").read(ValueCells("1", unit="Bq/kg生"))
    assert reading.result is not None
    assert (reading.result.unit, reading.result.basis) == ("Bq/kg", "wet")


def test_a_sum_of_nuclides_in_one_cell() -> None:
    made = reader(nuclides=(), nuclide_column="n")
    reading = made.read(ValueCells("1", nuclide="Cs-134+Cs-137"))
    assert reading.result is not None
    assert reading.result.nuclides == ("Cs-134", "Cs-137")


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, min_value=Decimal("0.001"), max_value=10**9, places=3
    )
)
def test_digits_are_kept(number: Decimal) -> None:
    text = format(number, "f")
    reading = reader().read(ValueCells(f"<{text}"))
    assert reading.result is not None
    assert reading.result.value == text


@given(st.text(max_size=20))
def test_any_text_is_a_result_or_a_fault(text: str) -> None:
    reading = reader().read(ValueCells(text))
    assert (reading.result is None) == bool(reading.faults)


@given(st.text("<0123456789.±()ND不検出※〜約-", max_size=14))
def test_any_text_that_looks_like_a_value_is_a_result_or_a_fault(text: str) -> None:
    reading = reader().read(ValueCells(text))
    assert (reading.result is None) == bool(reading.faults)
