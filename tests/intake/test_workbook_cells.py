"""What is stored in a workbook's cells: numbers, texts, dates, formulas, what is hidden.

The XML of each case is written out as ECMA-376 has it (18.3.1.4 `c`, 18.4.8 `si`), so that no
writer's habits stand between the case and the reader.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import python_calamine
from msgspec.structs import replace

from fairwater.intake import Profile, RowOutcome, read, recognise
from fairwater.intake.profile import Column, Dates, Workbook
from fairwater.records import QuarantinedRow, Result, Sample, TestReport

Other = Callable[[str], Profile]
RawBook = Callable[..., Path]
RowXml = Callable[..., str]
HEADS = ("fish", "sampled", "Cs-137 (Bq/kg)")


def _report(row: RowOutcome) -> TestReport:
    assert isinstance(row.record, TestReport), row.record
    return row.record


def _sample(row: RowOutcome) -> Sample:
    sample = _report(row).sample
    assert isinstance(sample, Sample)
    return sample


def _result(row: RowOutcome) -> Result:
    (result,) = _report(row).results
    return result


@pytest.fixture
def row_of(raw_book: RawBook, row_xml: RowXml, other: Other) -> Callable[..., RowOutcome]:
    """The outcome of one row: fish, day, result."""

    def run(*cells: str | tuple[str, int] | None, **book: str) -> RowOutcome:
        path = raw_book(row_xml(1, *HEADS), row_xml(2, *cells), **book)
        (row,) = read(path, other("f6-dates"))
        return row

    return run


RowOf = Callable[..., RowOutcome]


@pytest.mark.parametrize(
    ("stored", "flags"),
    [
        ("0.3", ()),
        ("6.1", ()),
        ("5.5E-5", ()),
        ("-0.02", ()),
        ("1.1000000000000001", ("more_digits_than_typed",)),
        ("123456789012345", ()),
        ("100000000000000000", ()),
    ],
)
def test_a_number_is_kept_as_stored(row_of: RowOf, stored: str, flags: tuple[str, ...]) -> None:
    row = row_of("cod", None, (stored, 0))
    assert (_result(row).value, _result(row).text) == (stored, stored)
    assert row.flags == flags


def test_a_number_kept_as_text_keeps_its_digits_and_is_flagged(row_of: RowOf) -> None:
    row = row_of("cod", None, "0.30")
    assert _result(row).value == "0.30"
    assert row.flags == ("number_stored_as_text",)


def test_a_profile_may_expect_numbers_as_text(
    raw_book: RawBook, row_xml: RowXml, other: Other
) -> None:
    profile = replace(other("f6-dates"), workbook=Workbook(numbers_as_text="expected"))
    path = raw_book(row_xml(1, *HEADS), row_xml(2, "cod", None, "0.30"))
    (row,) = read(path, profile)
    assert row.flags == ()


def test_a_stored_number_has_a_point_whatever_mark_the_profile_uses(
    raw_book: RawBook, row_xml: RowXml, other: Other
) -> None:
    profile = other("f6-dates")
    values = replace(profile.values, decimal_mark=",", grouping=".")
    path = raw_book(row_xml(1, *HEADS), row_xml(2, "cod", None, ("1.234", 0)))
    (row,) = read(path, replace(profile, values=values))
    assert _result(row).value == "1.234"  # never 1234


SHARED = (
    "<si><t>cod</t></si>"
    "<si><r><t>blue</t></r><r><rPr/><t xml:space='preserve'> ling</t></r></si>"
    "<si><t>真鱈</t><rPh sb='0' eb='2'><t>まだら</t></rPh></si>"
    "<si><t>two_x000D_lines _x005F_x0041_</t></si>"
)


def test_shared_texts_rich_texts_and_readings(
    raw_book: RawBook, row_xml: RowXml, other: Other
) -> None:
    cells = [f'<c t="s"><v>{n}</v></c>' for n in range(4)]
    path = raw_book(
        row_xml(1, *HEADS),
        *(row_xml(n, cell, None, ("1", 0)) for n, cell in enumerate(cells, 2)),
        shared=SHARED,
    )
    items = [_sample(row).item for row in read(path, other("f6-dates"))]
    assert items == ["cod", "blue ling", "真鱈", "two\rlines _x0041_"]


@pytest.mark.parametrize(
    ("serial", "style", "day"),
    [
        ("42187", 1, "2015-07-02"),
        ("42187", 4, "2015-07"),  # shown to the month: the day is the program's
        ("42187.604166666664", 11, "2015-07-02"),
        ("1", 1, "1900-01-01"),
        ("59", 1, "1900-02-28"),
        ("61", 1, "1900-03-01"),
        ("2958465", 1, "9999-12-31"),
    ],
)
def test_dates_of_the_1900_system(row_of: RowOf, serial: str, style: int, day: str) -> None:
    assert _sample(row_of("cod", (serial, style), ("1", 0))).collected == day


@pytest.mark.parametrize(
    ("serial", "style", "reason"),
    [
        ("60", 1, "impossible_day"),  # 1900-02-29, which never was
        ("0", 1, "impossible_day"),
        ("-1", 1, "impossible_day"),
        ("2958466", 1, "impossible_day"),
        ("0.5", 7, "unreadable_date"),  # a time
        ("42187", 0, "unreadable_date"),  # a number; the profile states no serials
    ],
)
def test_what_is_no_day(row_of: RowOf, serial: str, style: int, reason: str) -> None:
    row = row_of("cod", (serial, style), ("1", 0))
    assert row.reasons == (reason,)
    assert isinstance(row.record, QuarantinedRow)
    assert row.record.faults[0].column == "sampled"


def test_a_date_shown_without_its_year_is_flagged(row_of: RowOf) -> None:
    row = row_of("cod", ("42187", 5), ("1", 0))
    assert _sample(row).collected == "2015-07-02"
    assert row.flags == ("year_not_shown",)


def test_a_bare_serial_is_read_by_the_workbooks_own_system(
    raw_book: RawBook, row_xml: RowXml, other: Other
) -> None:
    path = raw_book(
        row_xml(1, *HEADS),
        row_xml(2, "cod", ("40725", 0), ("1", 0)),
        workbook='<workbookPr date1904="1"/>',
    )
    (row,) = read(path, replace(other("f6-dates"), dates=Dates(serial="1900")))
    assert _sample(row).collected == "2015-07-02"
    assert {"serial_date", "date_system_1904"} <= set(row.flags)


@pytest.mark.parametrize(
    ("style", "stored", "reason"),
    [
        (2, "0.5", "number_shown_otherwise"),  # shown as <0.5
        (3, "0.5", "number_shown_otherwise"),  # 50 %
        (9, "12000", "number_shown_otherwise"),  # 12
        (10, "0", "number_shown_otherwise"),  # shown as -
        (1, "42187", "turned_into_date"),
        (10, "2.5", None),
        (8, "2.5", None),  # the unit beside it
        (12, "2.5", None),
    ],
)
def test_a_result_that_is_shown_as_something_else(
    row_of: RowOf, style: int, stored: str, reason: str | None
) -> None:
    row = row_of("cod", None, (stored, style))
    assert row.reasons == ((reason,) if reason else ())


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#SPILL!"])
@pytest.mark.parametrize("column", [0, 1, 2])
def test_an_error_is_never_empty(row_of: RowOf, error: str, column: int) -> None:
    cells: list[str | tuple[str, int] | None] = ["cod", None, ("1", 0)]
    cells[column] = f'<c t="e"><v>{error}</v></c>'
    row = row_of(*cells)
    assert row.reasons == ("spreadsheet_error",)
    assert isinstance(row.record, QuarantinedRow)
    (fault,) = row.record.faults
    assert (fault.column, fault.text) == (HEADS[column], error)
    assert row.record.cells[column] == error


@pytest.mark.parametrize("column", ["fish", "sampled", "Cs-137 (Bq/kg)"])
def test_an_error_in_a_text_table_is_none_either(tmp_path: Path, other: Other, column: str) -> None:
    path = tmp_path / "errors.csv"
    cells = {"fish": "cod", "sampled": "2015-07-02", "Cs-137 (Bq/kg)": "1", column: "#N/A"}
    path.write_text(",".join(HEADS) + "\n" + ",".join(cells[head] for head in HEADS) + "\n")
    (row,) = read(path, other("f6-dates"))
    assert row.reasons == ("spreadsheet_error",)


def test_formulas(row_of: RowOf) -> None:
    kept = row_of("cod", None, "<c><f>A1*2</f><v>6.2</v></c>")
    assert _result(kept).value == "6.2"
    assert kept.flags == ("formula_value",)
    assert _report(kept).flags[0].detail == "=A1*2"
    for lost in ("<c><f>A1*2</f></c>", "<c><f>A1*2</f><v></v></c>", '<c t="str"><f>A1</f></c>'):
        row = row_of("cod", None, lost)
        assert row.reasons == ("formula_without_value",)
        assert isinstance(row.record, QuarantinedRow)
        assert row.record.faults[0].text in ("=A1*2", "=A1")
    failed = row_of("cod", None, '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>')
    assert failed.reasons == ("spreadsheet_error",)
    empty = row_of("cod", None, '<c t="str"><f>""</f><v></v></c>')
    assert (_result(empty).kind, empty.reasons) == ("not_stated", ())


def test_a_zero_beside_a_formula_that_waits_for_calculation_is_no_value(row_of: RowOf) -> None:
    """A writer that cannot calculate puts 0 there and asks for calculation on opening."""
    waits = '<calcPr fullCalcOnLoad="1"/>'
    zero = row_of("cod", None, "<c><f>A1*2</f><v>0</v></c>", workbook=waits)
    assert zero.reasons == ("formula_without_value",)
    assert row_of("cod", None, "<c><f>A1*2</f><v>0</v></c>").accepted
    assert row_of("cod", None, "<c><f>A1*2</f><v>4.2</v></c>", workbook=waits).accepted


def test_hidden_and_filtered_rows_and_columns_are_read_and_told(
    raw_book: RawBook, row_xml: RowXml, other: Other
) -> None:
    path = raw_book(
        row_xml(1, *HEADS),
        row_xml(2, "cod", None, ("1", 0)),
        row_xml(3, "hake", None, ("2", 0), hidden=True),
        row_xml(5, "sole", None, ("3", 0), hidden=True),
        before='<cols><col min="3" max="3" hidden="1"/></cols>',
        around='<autoFilter ref="A1:C4"/>',
    )
    table = read(path, other("f6-dates"))
    assert [(row.row, row.flags) for row in table] == [
        (2, ()), (3, ("filtered_row",)), (5, ("hidden_row",)),
    ]  # fmt: skip
    (told,) = table.sheets
    assert (told.name, told.read, told.rows, told.hidden_columns) == ("Fish", True, 3, ("C",))


def _three_sheets(raw_book: RawBook, row_xml: RowXml) -> Path:
    def part(*rows: str) -> str:
        space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        return f'<worksheet xmlns="{space}"><sheetData>{"".join(rows)}</sheetData></worksheet>'

    return raw_book(
        row_xml(1, *HEADS),
        row_xml(2, "cod", None, ("1", 0)),
        sheets='<sheet name="Fish" sheetId="1" r:id="rId1"/>'
        '<sheet name="Old" sheetId="2" state="veryHidden" r:id="rId2"/>'
        '<sheet name="Words" sheetId="3" state="hidden" r:id="rId3"/>',
        parts={
            "xl/worksheets/sheet2.xml": part(
                row_xml(3, *HEADS), row_xml(7, "hake", None, ("2", 0))
            ),
            "xl/worksheets/sheet3.xml": part(row_xml(1, "yes"), row_xml(2, "no")),
        },
    )


def test_hidden_sheets_are_read_and_told_others_left_and_told(
    raw_book: RawBook, row_xml: RowXml, other: Other
) -> None:
    path = _three_sheets(raw_book, row_xml)
    table = read(path, other("f6-dates"))
    where = [row.record.source for row in table]
    assert [(at and at.sheet, at and at.row) for at in where] == [("Fish", 2), ("Old", 7)]
    assert [(t.name, t.visibility, t.read, t.rows) for t in table.sheets] == [
        ("Fish", "visible", True, 1),
        ("Old", "very hidden", True, 1),
        ("Words", "hidden", False, 0),
    ]
    assert table.sheets[2].why


def test_a_profile_names_its_sheets(raw_book: RawBook, row_xml: RowXml, other: Other) -> None:
    path = _three_sheets(raw_book, row_xml)
    profile = other("f6-dates")
    one = replace(profile, workbook=Workbook(sheets=("O*",)))
    assert [row.record.source and row.record.source.sheet for row in read(path, one)] == ["Old"]
    assert recognise(path, [one]).profile == "f6-dates"


def test_title_rows_and_a_header_in_two_rows_with_merged_headings(
    raw_book: RawBook, row_xml: RowXml, other: Other
) -> None:
    profile = other("f6-dates")
    columns = (
        Column("fish", "item"),
        Column("Cs-137 value", "value", nuclides=("Cs-137",), unit="Bq/kg",
               limit_column="Cs-137 limit"),
        Column("Cs-137 limit", "beside_value"),
    )  # fmt: skip
    rows = (
        row_xml(1, "Catch of July"),
        row_xml(3, "fish", "Cs-137"),
        row_xml(4, None, "value", "limit"),
        row_xml(6, "cod", ("1", 0), ("0.5", 0)),
    )
    merged = '<mergeCells><mergeCell ref="A3:A4"/><mergeCell ref="B3:C3"/></mergeCells>'
    path = raw_book(*rows, around=merged)
    for form in (Workbook(title_rows=1), Workbook(search_header=True)):
        two = replace(
            profile,
            columns=columns,
            workbook=form,
            format=replace(profile.format, header_rows=2),
        )
        (row,) = read(path, two)
        assert (row.row, _result(row).value, _result(row).limit) == (6, "1", "0.5")


def test_a_merged_result_is_told_and_text_under_merged_cells_contradicts(
    raw_book: RawBook, row_xml: RowXml, other: Other
) -> None:
    merged = '<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="C2:C3"/></mergeCells>'
    path = raw_book(
        row_xml(1, *HEADS),
        row_xml(2, "cod", None, ("1", 0)),
        row_xml(3, "hake", ("42187", 1), None),
        around=merged,
    )
    first, second = read(path, other("f6-dates"))
    assert first.flags == ()
    assert second.reasons == ("contradictory_cells",)  # `hake` stands under the merged `cod`
    assert "value_from_merged_cell" in second.flags


def test_cells_under_no_heading_quarantine_their_row(
    raw_book: RawBook, row_xml: RowXml, other: Other
) -> None:
    path = raw_book(
        row_xml(1, *HEADS),
        row_xml(2, "cod", None, ("1", 0), None, "see note"),
        row_xml(3, "cod", None, ("1", 0)),
    )
    beyond, fine = read(path, other("f6-dates"))
    assert beyond.reasons == ("ragged_row",)
    assert isinstance(beyond.record, QuarantinedRow)
    assert beyond.record.cells == ("cod", "", "1", "see note")
    assert fine.accepted


IDENTIFIED = (
    Column("sample", "sample"),
    Column("Cs-137", "value", nuclides=("Cs-137",), unit="Bq/kg"),
)


@pytest.mark.parametrize(
    ("cell", "reason", "flag"),
    [
        (("17", 0), None, "identifier_stored_as_number"),
        (("17", 6), None, "identifier_stored_as_number"),  # shown as 00017
        (("1.23457E+11", 0), "damaged_identifier", None),
        (("12345678901234567", 0), "damaged_identifier", None),
        (("46023", 5), "turned_into_date", None),  # 3-1 became a day
        ("1.23457E+11", "damaged_identifier", None),
        ("3-Jan", None, "identifier_like_date"),
        ("007", None, None),
    ],
)
def test_identifiers_damaged_by_a_spreadsheet(
    raw_book: RawBook,
    row_xml: RowXml,
    other: Other,
    cell: str | tuple[str, int],
    reason: str | None,
    flag: str | None,
) -> None:
    profile = replace(other("f6-dates"), columns=IDENTIFIED)
    path = raw_book(row_xml(1, "sample", "Cs-137"), row_xml(2, cell, ("1", 0)))
    (row,) = read(path, profile)
    assert row.reasons == ((reason,) if reason else ())
    assert row.flags == ((flag,) if flag else ())


def test_long_names_markup_and_scripts_of_any_direction_are_text(
    row_of: RowOf,
) -> None:
    for name in (
        "<script>alert(1)</script>",
        "<b onmouseover='x'>cod</b> & \"quoted\"",
        "סלמון ‮dessertxe",
        "Å" + "́" * 40 + "l",
        '=HYPERLINK("http://x")',
    ):
        assert _sample(row_of(name, None, ("1", 0))).item == name
    long = row_of("鱈" * 10_000, None, ("1", 0))
    assert long.reasons == ("cell_too_long",)
    assert isinstance(long.record, QuarantinedRow)
    assert long.record.cells[0] == "鱈" * 10_000


def test_numbers_and_texts_are_those_another_reader_finds(
    raw_book: RawBook, row_xml: RowXml, other: Other
) -> None:
    """calamine reads the same cells; it gives numbers as binary ones, we as stored."""
    values = ["0.3", "6.1", "5.5E-5", "120", "1.1000000000000001"]
    path = raw_book(
        row_xml(1, *HEADS),
        *(row_xml(n, f"fish {n}", None, (v, 0)) for n, v in enumerate(values, 2)),
    )
    sheet = python_calamine.load_workbook(str(path)).get_sheet_by_name("Fish").to_python()
    ours = list(read(path, other("f6-dates")))
    assert [_sample(row).item for row in ours] == [row[0] for row in sheet[1:]]
    assert [float(_result(row).value or "") for row in ours] == [row[2] for row in sheet[1:]]
    assert [_result(row).value for row in ours] == values
