"""The template as people give it back: sheets renamed, columns moved, left out, added, in capitals,
saved as CSV by spreadsheet programs of several countries.

What still says the same is read the same; what does not is refused by name, with a remedy.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from fairwater.intake import FileUnreadable, RowOutcome, load_profile, read, recognise
from fairwater.intake.template.writing import as_csv, as_workbook, examples
from fairwater.records import Language, TestReport

Sheet = openpyxl.worksheet.worksheet.Worksheet


def rows_of(language: Language = "en") -> list[list[str]]:
    return list(csv.reader(io.StringIO(as_csv(examples(), language).decode("utf-8-sig"))))


def said(outcomes: list[RowOutcome]) -> list[object]:
    assert all(outcome.accepted for outcome in outcomes), [o.reasons for o in outcomes]
    return [
        (o.record.results, o.record.sample) for o in outcomes if isinstance(o.record, TestReport)
    ]


def recognised(path: Path) -> list[RowOutcome]:
    return list(read(path, recognise(path)))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> list[RowOutcome]:
    path = tmp_path_factory.mktemp("template") / "filled.csv"
    path.write_bytes(as_csv(examples()))
    return list(read(path, load_profile("fairwater-template")))


def book(tmp_path: Path, change: Callable[[openpyxl.Workbook, Sheet], None]) -> Path:
    path = tmp_path / "catch.xlsx"
    path.write_bytes(as_workbook(examples()))
    opened = openpyxl.load_workbook(path)
    change(opened, opened["data"])
    opened.save(path)
    return path


def renamed(_: openpyxl.Workbook, sheet: Sheet) -> None:
    sheet.title = "Data 2024"


def titled(_: openpyxl.Workbook, sheet: Sheet) -> None:
    sheet.insert_rows(1)
    sheet["A1"] = "Results of our laboratory"


def in_capitals(_: openpyxl.Workbook, sheet: Sheet) -> None:
    for cell in sheet[1]:
        cell.value = f" {cell.value} ".upper().replace(" (", "\n(")


def two_languages(_: openpyxl.Workbook, sheet: Sheet) -> None:
    sheet["A1"] = "検体"
    sheet["S1"] = "单位"


def words_in_capitals(_: openpyxl.Workbook, sheet: Sheet) -> None:
    for row in sheet.iter_rows(min_row=2, min_col=11, max_col=24):
        for cell in row:
            if cell.value and cell.column not in (14, 15, 18, 19, 20, 22, 23):
                cell.value = cell.value.capitalize()


def without_place(_: openpyxl.Workbook, sheet: Sheet) -> None:
    sheet.delete_cols(7, 2)  # latitude and longitude, empty in the examples


@pytest.mark.parametrize(
    "change",
    [renamed, titled, in_capitals, two_languages, words_in_capitals, without_place],
    ids=lambda change: change.__name__,
)
def test_what_says_the_same_is_read_the_same(
    tmp_path: Path, plain: list[RowOutcome], change: Callable[[openpyxl.Workbook, Sheet], None]
) -> None:
    found = recognised(book(tmp_path, change))
    shown, expected = (
        [
            [(r.kind, r.value, r.limit, r.limit_kind, r.basis, r.standing) for r in record.results]
            for outcome in outcomes
            if isinstance(record := outcome.record, TestReport)
        ]
        for outcomes in (found, plain)
    )
    assert shown == expected
    assert [set(o.flags) for o in found] == [set(o.flags) for o in plain]


def test_a_sheet_more_is_read_and_told(tmp_path: Path, plain: list[RowOutcome]) -> None:
    def copied(opened: openpyxl.Workbook, sheet: Sheet) -> None:
        opened.copy_worksheet(sheet).title = "August"

    path = book(tmp_path, copied)
    table = read(path, recognise(path))
    assert [t.name for t in table.sheets if t.read] == ["data", "August"]
    assert len(list(table)) == 2 * len(plain)


def test_a_column_of_ones_own_is_kept_with_a_flag(tmp_path: Path) -> None:
    def noted(_: openpyxl.Workbook, sheet: Sheet) -> None:
        sheet.cell(1, 29, "our notes")
        sheet.cell(3, 29, "measured twice")

    found = recognised(book(tmp_path, noted))
    told = [flag for o in found for flag in o.record.flags if flag.flag == "cell_not_read"]
    assert [(flag.column, flag.detail) for flag in told] == [("our notes", "measured twice")]
    assert all(outcome.accepted for outcome in found)


@pytest.mark.parametrize(("column", "heading"), [(17, "kind of result"), (19, "unit")])
def test_a_column_without_which_a_result_says_nothing_is_missed_by_name(
    tmp_path: Path, column: int, heading: str
) -> None:
    with pytest.raises(FileUnreadable, match=f"lacks `{heading}`"):
        recognise(book(tmp_path, lambda _, sheet: sheet.delete_cols(column)))


def test_a_heading_of_ones_own_making_is_missed_by_name(tmp_path: Path) -> None:
    def other(_: openpyxl.Workbook, sheet: Sheet) -> None:
        sheet["R1"] = "Result"

    with pytest.raises(FileUnreadable, match=r"lacks `result \(in.*has besides `Result`"):
        recognise(book(tmp_path, other))


def saved(
    tmp_path: Path, rows: list[list[str]], encoding: str, delimiter: str = ",", end: str = "\r\n"
) -> Path:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    path = tmp_path / "catch.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    return path


@pytest.mark.parametrize(
    ("language", "encoding", "end"),
    [
        ("en", "utf-8", "\n"),
        ("en", "utf-16", "\r\n"),
        ("ja", "cp932", "\r\n"),
        ("zh", "gb18030", "\r\n"),
        ("zh", "utf-16", "\r\n"),
        ("en", "utf-8-sig", "\r"),
        ("en", "cp932", "\r\n"),  # nothing in it but ASCII
    ],
)
def test_csv_of_other_programs(
    tmp_path: Path, plain: list[RowOutcome], language: Language, encoding: str, end: str
) -> None:
    found = recognised(saved(tmp_path, rows_of(language), encoding, end=end))
    assert [o.record.results[0].value for o in found if isinstance(o.record, TestReport)] == [
        o.record.results[0].value for o in plain if isinstance(o.record, TestReport)
    ]


def test_columns_in_another_order_and_empty_ones_at_the_end(
    tmp_path: Path, plain: list[RowOutcome]
) -> None:
    rows = [[*reversed(row), "", ""] for row in rows_of()]
    assert said(recognised(saved(tmp_path, rows, "utf-8"))) == said(plain)


def test_a_text_under_no_heading_waits(tmp_path: Path) -> None:
    rows = [[*row, "" if n != 2 else "?"] for n, row in enumerate(rows_of())]
    found = recognised(saved(tmp_path, rows, "utf-8"))
    assert [o.reasons for o in found] == [(), ("ragged_row",), (), (), ()]


@pytest.mark.parametrize("encoding", ["cp932", "gb18030"])
def test_where_headings_do_not_tell_the_encoding_nothing_is_read(
    tmp_path: Path, encoding: str
) -> None:
    rows = rows_of()
    rows[1][8] = "鱈"
    path = saved(tmp_path, rows, encoding)
    with pytest.raises(FileUnreadable, match="headings do not tell") as refused:
        recognised(path)
    assert "UTF-8" in refused.value.remedy


@pytest.mark.parametrize(
    ("rows", "delimiter", "encoding", "remedy"),
    [
        (rows_of(), ";", "utf-8", "separated by `;`"),
        (rows_of(), "\t", "utf-8", "separated by a tab"),
        (rows_of(), "\t", "utf-16", "separated by a tab"),
        ([["sep=,"], *rows_of()], ",", "utf-8", "its header stands in line 2"),
        ([["July"], [], *rows_of()], ";", "utf-8", "separated by `;`.*stands in line 3"),
    ],
)
def test_almost_the_template_is_told_so(
    tmp_path: Path, rows: list[list[str]], delimiter: str, encoding: str, remedy: str
) -> None:
    with pytest.raises(FileUnreadable) as refused:
        recognise(saved(tmp_path, rows, encoding, delimiter))
    assert re.search(remedy, refused.value.remedy), refused.value.remedy


def test_limits_with_their_sign_and_one_fault_for_one_cell(tmp_path: Path) -> None:
    rows = rows_of()
    at = {heading: n for n, heading in enumerate(rows[0])}
    value, kind = at["result (in the unit beside)"], at["kind of result"]
    limit, unit, basis = at["limit (in the same unit)"], at["unit"], at["basis"]
    made = [list(rows[1]) for _ in range(5)]
    made[0][kind], made[0][value], made[0][limit] = "not detected", "", "<0.48"
    made[1][kind], made[1][value], made[1][limit] = "", "<0.48", ""
    made[2][value] = "1,5"
    made[3][unit], made[3][basis] = "Bq/kg-dry", "wet"
    made[4][kind] = "withheld"
    found = recognised(saved(tmp_path, [rows[0], *made], "utf-8"))
    results = [o.record.results[0] for o in found[:2] if isinstance(o.record, TestReport)]
    assert [(r.kind, r.value) for r in results] == [("censored", "0.48")] * 2
    faults = [[(f.column, f.text) for f in getattr(o.record, "faults", ())] for o in found[2:]]
    assert faults == [
        [("result (in the unit beside)", "1,5")],
        [("unit", "Bq/kg-dry")],
        [("kind of result", "withheld")],
    ]
