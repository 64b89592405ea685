"""Fairwater's own template: what is written is what is read, as a workbook and as CSV.

The workbook is looked at with openpyxl, another program, as a person's spreadsheet would.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from fairwater.intake import RowOutcome, load_profile, read, recognise
from fairwater.intake.template.wording import LANGUAGES, Choice, template
from fairwater.intake.template.writing import (
    Row,
    UnknownColumn,
    as_csv,
    as_workbook,
    examples,
    headings,
)
from fairwater.records import Language, QuarantinedRow, Sample, TestReport

FORMS = ("xlsx", "csv")


def _read(folder: Path, rows: tuple[Row, ...], form: str, language: Language) -> list[RowOutcome]:
    path = folder / f"filled-{language}.{form}"
    path.write_bytes((as_workbook if form == "xlsx" else as_csv)(rows, language))
    profile = recognise(path)
    assert profile.profile == "fairwater-template"
    return list(read(path, profile))


def _said(outcome: RowOutcome) -> object:
    """The record without where it stood."""
    record = outcome.record
    if isinstance(record, QuarantinedRow):
        return (record.cells, record.faults, record.flags)
    return replace(record, source=None)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_the_filled_template_gives_exactly_these_results(
    tmp_path: Path, form: str, language: Language
) -> None:
    rows = _read(tmp_path, examples(), form, language)
    reports = [row.record for row in rows]
    assert [row.reasons for row in rows] == [()] * 5
    assert [row.flags for row in rows] == [(), (), (), ("remark",), ("withheld",)]
    results = [report.results[0] for report in reports if isinstance(report, TestReport)]
    assert [
        (r.nuclides, r.kind, r.value, r.unit, r.limit, r.limit_kind, r.basis, r.standing)
        for r in results
    ] == [
        (("Cs-137",), "detected", "12.30", "Bq/kg", "0.50", "detection_limit", "wet", None),
        (("Cs-134",), "censored", "0.48", "Bq/kg", None, "detection_limit", "wet", None),
        (("Sr-90",), "censored", "0.020", "Bq/kg", None, "decision_threshold", "dry", None),
        (("gross-beta",), "over_range", "2.0E+05", "Bq/m3", None, None, "volume", None),
        (("Sr-90",), "not_stated", None, "Bq/kg", None, None, None, "withheld"),
    ]
    assert (results[0].uncertainty, results[0].coverage_factor) == ("1.20", "2")
    assert [r.verdict for r in results] == [None, "not_detected", "not_detected", None, None]
    assert results[4].promised == "2024-09-01"
    samples = [r.sample for r in reports if isinstance(r, TestReport)]
    assert all(isinstance(sample, Sample) for sample in samples)
    first, month = (s for s in (samples[0], samples[2]) if isinstance(s, Sample))
    assert (first.sample, first.collected, first.market_stage) == (
        "EXAMPLE-1", "2024-07-02", "pre_market",
    )  # fmt: skip
    assert first.product is not None
    assert (first.product.part, first.product.food_category) == ("muscle", "seafood")
    assert month.collected == "2024-07"
    assert [r.technique for r in reports if isinstance(r, TestReport)] == [
        "HPGe", "HPGe", "beta_counting", "beta_counting", None,
    ]  # fmt: skip


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn")), max_size=12
).map(str.strip)
NUMBERS = st.from_regex(r"(0|[1-9][0-9]{0,5})(\.[0-9]{1,6})?", fullmatch=True)
DAYS = st.dates().map(str)


def _key(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from([c if isinstance(c, str) else c.key for c in template().lists[name]])


RESULTS = st.one_of(
    st.fixed_dictionaries(
        {"kind": st.just("detected"), "value": NUMBERS},
        optional={"limit": NUMBERS, "limit_kind": _key("limit_kind"), "uncertainty": NUMBERS,
                  "coverage": st.sampled_from(["1", "1.96", "2"])},
    ),
    st.fixed_dictionaries(
        {"kind": st.just("not_detected"), "limit": NUMBERS, "limit_kind": _key("limit_kind")}
    ),
    st.fixed_dictionaries({"kind": st.just("over_range"), "value": NUMBERS}),
    st.fixed_dictionaries({"kind": st.just("withheld")}, optional={"promised": DAYS}),
)  # fmt: skip
ROWS = st.tuples(
    st.fixed_dictionaries(
        {"nuclide": _key("nuclide"), "unit": _key("unit"), "item": TEXTS.filter(bool)},
        optional={
            "sample": TEXTS, "region": TEXTS, "zone": TEXTS, "laboratory": TEXTS, "remark": TEXTS,
            "collected": DAYS, "part": _key("part"), "category": _key("category"),
            "technique": _key("technique"), "basis": st.sampled_from(["wet", "dry"]),
        },
    ),
    RESULTS,
).map(lambda pair: {**pair[0], **pair[1]})  # fmt: skip


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(ROWS, min_size=1, max_size=5), language=st.sampled_from(LANGUAGES))
def test_workbook_and_csv_say_the_same(
    tmp_path: Path, rows: list[dict[str, str]], language: Language
) -> None:
    book = _read(tmp_path, tuple(rows), "xlsx", language)
    table = _read(tmp_path, tuple(rows), "csv", language)
    assert [_said(row) for row in book] == [_said(row) for row in table]
    assert [row.row for row in book] == [row.row + 1 for row in table]  # the sheet's own numbers
    for row, outcome in zip(rows, book, strict=True):
        if isinstance(outcome.record, TestReport):
            (result,) = outcome.record.results
            assert result.nuclides == tuple(row["nuclide"].split("+"))
            assert result.value == row.get("value", row.get("limit"))
            assert result.unit == row["unit"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_profile_reads_every_heading_and_word_of_the_template(language: Language) -> None:
    profile, shipped = load_profile("fairwater-template"), template()
    known = {name for column in profile.columns for name in (column.heading, *column.also)}
    assert set(headings(language)) == known & set(headings(language))
    assert len(set(headings(language))) == len(profile.columns) == len(shipped.columns)
    read_words = {
        "limit_kind": profile.limit_kinds or {},
        "basis": profile.bases or {},
        "kind": dict.fromkeys(
            [
                *profile.values.detected,
                *profile.values.above,
                *(profile.values.not_detected.words if profile.values.not_detected else ()),
                *(profile.standings or {}),
            ]
        ),
    }
    for column in profile.columns:
        if column.words:
            read_words[{"method": "technique"}.get(column.use, column.use)] = column.words
    for name, words in shipped.lists.items():
        if all(isinstance(word, Choice) for word in words):
            assert set(shipped.words(name, language)) <= set(read_words[name]), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_person_finds_instructions_lists_notes_and_a_frozen_header(language: Language) -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_workbook((), language)))
    assert book.sheetnames[3:] == ["data", "lists"]
    assert set(book.sheetnames[:3]) == {"read me", "说明", "説明"}
    assert book.active is not None
    assert book.active.title == "data"
    assert book["lists"].sheet_state == "hidden"
    data = book["data"]
    assert data.freeze_panes == "B2"
    assert [cell.value for cell in data[1]] == headings(language)
    assert all(cell.comment is not None and cell.comment.text for cell in data[1])
    assert data.max_row == 1
    lists = book["lists"]
    listed = {}
    for validation in data.data_validations.dataValidation:
        letter = validation.formula1.split("$")[1]
        column = data.cell(1, next(iter(validation.cells.ranges)).min_col).value
        listed[column] = [c.value for c in lists[letter][1:] if c.value is not None]
    shipped = template()
    wanted = {
        column.heading.of(language): list(shipped.words(column.list, language))
        for column in shipped.columns
        if column.list is not None
    }
    assert listed == wanted
    assert {"kind", "limit_kind", "basis", "nuclide", "unit", "technique", "part"} <= {
        column.list for column in shipped.columns
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_call_writes_the_same_bytes(language: Language) -> None:
    assert as_workbook(examples(), language) == as_workbook(examples(), language)
    assert as_csv(examples(), language) == as_csv(examples(), language)


def test_numbers_stay_as_typed_in_another_program() -> None:
    data = openpyxl.load_workbook(io.BytesIO(as_workbook(examples())))["data"]
    at = headings("en").index("result (in the unit beside)") + 1
    cell = data.cell(2, at)
    assert (cell.value, cell.number_format) == ("12.30", "@")


def test_formulas_and_links_typed_as_text_stay_text(tmp_path: Path) -> None:
    row = {"item": "=1+1", "laboratory": "http://example.org", "nuclide": "Cs-137",
           "kind": "detected", "value": "1", "unit": "Bq/kg"}  # fmt: skip
    (outcome,) = _read(tmp_path, (row,), "xlsx", "en")
    assert isinstance(outcome.record, TestReport)
    assert isinstance(outcome.record.sample, Sample)
    assert outcome.record.sample.item == "=1+1"
    assert outcome.record.laboratory == "http://example.org"


def test_a_row_with_a_column_the_template_lacks_is_refused() -> None:
    with pytest.raises(UnknownColumn, match="row 1: no column colour"):
        as_csv(({"colour": "red"},))


def test_words_of_no_list_wait_in_quarantine(tmp_path: Path) -> None:
    base = {"item": "fish", "nuclide": "Cs-137", "kind": "detected", "value": "1", "unit": "Bq/kg"}
    rows = (
        {**base, "kind": "perhaps"},
        {**base, "basis": "frozen"},
        {**base, "limit": "1", "limit_kind": "some"},
        {**base, "part": "tail"},
        {**base, "technique": "nose"},
        {**base, "kind": "detected", "value": ""},
        {**base, "kind": "withheld"},
    )
    for form in FORMS:
        reasons = [row.reasons for row in _read(tmp_path, rows, form, "en")]
        assert reasons == [
            ("unknown_qualifier",),
            ("unknown_basis",),
            ("not_in_vocabulary",),
            ("not_in_vocabulary",),
            ("not_in_vocabulary",),
            ("contradictory_cells",),
            ("contradictory_cells",),
        ]


def test_the_csv_is_what_any_reader_of_csv_reads() -> None:
    text = as_csv(examples(), "zh").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == headings("zh")
    assert len(rows) == 1 + len(examples())
