"""Field cases F1, F3, F6, F7 and F11 (reference/field_cases.md) as workbooks; F11 as CSV too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from fairwater.intake import Profile, RowOutcome, read
from fairwater.quantities.units import convert
from fairwater.records import Place, QuarantinedRow, Result, Sample, TestReport

Other = Callable[[str], Profile]
RawBook = Callable[..., Path]
RowXml = Callable[..., str]
Outcomes = Callable[..., list[RowOutcome]]


def _report(outcome: RowOutcome) -> TestReport:
    assert isinstance(outcome.record, TestReport), outcome.reasons
    return outcome.record


def _written(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    """A workbook by openpyxl, cell by cell."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def _sample(row: RowOutcome) -> Sample:
    sample = _report(row).sample
    assert isinstance(sample, Sample)
    return sample


def _place(row: RowOutcome) -> Place:
    return _sample(row).place or Place()


def _result(row: RowOutcome) -> Result:
    (result,) = _report(row).results
    return result


def test_f1_limits_in_brackets_and_ditto_marks(tmp_path: Path, other: Other) -> None:
    rows = list(
        read(
            _written(
                tmp_path / "f1.xlsx",
                [
                    ("採取地", "検体", "Cs-134", "Cs-137   (Bq/kg)"),
                    ("浜田町", "マコガレイ", "不検出(1.21)", "不検出(1.08)"),
                    ("〃", "ヒラメ", "6.40(<1.12)", "19.7(<1.04)"),
                    ("〃", "シラス", "検出せず(<7.3)", "検出せず(<6.6)"),
                    ("浜田町", "ヒラメ", "6.40(1.12)", 2),
                ],
            ),
            other("f1-brackets"),
        )
    )
    results = [result for row in rows[:3] for result in _report(row).results]
    assert [(r.kind, r.value, r.limit) for r in results] == [
        ("censored", "1.21", None),
        ("censored", "1.08", None),
        ("detected", "6.40", "1.12"),
        ("detected", "19.7", "1.04"),
        ("censored", "7.3", None),
        ("censored", "6.6", None),
    ]
    assert [_place(row).locality for row in rows[:3]] == ["浜田町"] * 3
    assert rows[3].reasons == ("unreadable_value",)
    assert [row.row for row in rows] == [2, 3, 4, 5]  # as the sheet numbers them


def test_f1_ditto_in_the_first_row_of_a_sheet(tmp_path: Path, other: Other) -> None:
    heads = ("採取地", "検体", "Cs-134", "Cs-137   (Bq/kg)")
    book = xlsxwriter.Workbook(str(tmp_path / "two.xlsx"))
    for name in ("May", "June"):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, heads)
        sheet.write_row(1, 0, ("浜田町" if name == "May" else "〃", "ヒラメ", "<1", "<1"))
    book.close()
    may, june = read(tmp_path / "two.xlsx", other("f1-brackets"))
    assert may.accepted
    assert june.reasons == ("ditto_without_row_above",)  # the row above is on another sheet
    assert [row.record.source and row.record.source.sheet for row in (may, june)] == ["May", "June"]


def test_f3_limit_in_another_unit(tmp_path: Path, other: Other) -> None:
    rows = list(
        read(
            _written(
                tmp_path / "f3.xlsx",
                [
                    ("nuclide", "value", "unit", "limit", "limit_unit", "result"),
                    ("Cs-137", 2.4, "mBq/L", 0.9, "mBq/L", None),
                    ("Cs-137", 2.6, "mBq/L", 0.0009, "Bq/L", None),
                    ("Cs-137", None, "mBq/L", 1.1, "mBq/L", "ND"),
                    ("Cs-137", 2.5, "mBq/L", 900, None, None),
                    ("Cs-137", 2.5, "mBq/L", 0.9, "Bq/kg", None),
                ],
            ),
            other("f3-long"),
        )
    )
    found = [
        tuple(
            convert(Decimal(number), unit, "Bq/m3")
            for number, unit in ((r.value, r.unit), (r.limit, r.limit_unit or r.unit))
            if number is not None and unit is not None
        )
        for r in map(_result, rows[:3])
    ]
    assert found == [
        (Decimal("2.4"), Decimal("0.9")), (Decimal("2.6"), Decimal("0.9")), (Decimal("1.1"),)
    ]  # fmt: skip
    assert (_result(rows[2]).kind, _result(rows[2]).verdict) == ("censored", "not_detected")
    assert rows[3].reasons == ("missing_limit_unit",)
    assert rows[4].reasons == ("contradictory_cells",)  # per litre and per kilogram


def test_f3_a_limit_above_the_value_it_accompanies_is_told(
    outcomes: Outcomes, other: Other
) -> None:
    (row,) = outcomes(
        "nuclide,value,unit,limit,limit_unit,result\nCs-137,2.5,mBq/L,900,mBq/L,\n",
        other("f3-long"),
    )
    assert "limit_above_value" in row.flags


@pytest.mark.parametrize(
    ("attribute", "day"),
    [
        ('<workbookPr date1904="true"/>', "2015-07-02"),
        ('<workbookPr date1904="1"/>', "2015-07-02"),
        ('<workbookPr date1904="0"/>', "2011-07-01"),
        ('<workbookPr date1904="false"/>', "2011-07-01"),
        ("<workbookPr/>", "2011-07-01"),
        ("", "2011-07-01"),
    ],
)
def test_f6_the_other_date_system(
    raw_book: RawBook, row_xml: RowXml, other: Other, attribute: str, day: str
) -> None:
    path = raw_book(
        row_xml(1, "fish", "sampled", "Cs-137 (Bq/kg)"),
        row_xml(2, "cod", ("40725", 1), ("1.5", 0)),
        workbook=attribute,
    )
    (row,) = read(path, other("f6-dates"))
    assert _sample(row).collected == day
    assert ("date_system_1904" in row.flags) == (day == "2015-07-02")


def test_f6_a_day_after_the_import_is_flagged(
    raw_book: RawBook, row_xml: RowXml, other: Other
) -> None:
    path = raw_book(
        row_xml(1, "fish", "sampled", "Cs-137 (Bq/kg)"),
        row_xml(2, "cod", ("40725", 1), ("1.5", 0)),
        workbook='<workbookPr date1904="true"/>',
    )
    (late,) = read(path, other("f6-dates"), as_of=date(2014, 1, 1))
    (early,) = read(path, other("f6-dates"), as_of=date(2016, 1, 1))
    assert "sampled_after_import" in late.flags
    assert "sampled_after_import" not in early.flags


def _f7(tmp_path: Path, *, merged: bool = True) -> Path:
    book = xlsxwriter.Workbook(str(tmp_path / "f7.xlsx"))
    sheet = book.add_worksheet("Catch")
    sheet.write_row(0, 0, ("zone", "species", "Cs-137 (Bq/kg)"))
    for row, species in enumerate(("cod", "hake", "sole", "eel", "ray"), 1):
        sheet.write_row(row, 1, (species, row))
    if merged:
        sheet.merge_range("A2:A4", "Zone North")
    sheet.write("A6", "Zone South")
    book.close()
    return tmp_path / "f7.xlsx"


def test_f7_merged_cells(tmp_path: Path, other: Other) -> None:
    rows = list(read(_f7(tmp_path), other("f7-merged")))
    assert [row.row for row in rows] == [2, 3, 4, 5, 6]
    zones = [_place(row).zone for row in rows if row.accepted]
    assert zones == ["Zone North"] * 3 + ["Zone South"]
    assert isinstance(rows[3].record, QuarantinedRow)
    assert rows[3].reasons == ("required_cell_empty",)
    assert rows[3].record.cells == ("", "eel", "4")


def test_f7_an_empty_cell_in_a_merged_column_is_told_where_it_may_be_empty(
    tmp_path: Path, other: Other
) -> None:
    from msgspec.structs import replace

    profile = other("f7-merged")
    lenient = replace(profile, columns=tuple(replace(c, required=False) for c in profile.columns))
    rows = list(read(_f7(tmp_path), lenient))
    assert [row.flags for row in rows] == [(), (), (), ("empty_beside_merged",), ()]
    assert _place(rows[3]).zone is None


F11 = (
    "sample,nuclide,value,unit,remark\n"
    "W7,gross beta,8.1E+02,Bq/L,\n"
    "W7,Sr-90,4.4E+03,Bq/L,\n"
    "W8,gross beta,>2.0E+05,Bq/L,counter at its upper range\n"
    "W9,Sr-90,,Bq/L,withheld until rechecked\n"
)


def _f11(tmp_path: Path, form: str, text: str = F11) -> Path:
    if form == "csv":
        path = tmp_path / "f11.csv"
        path.write_text(text)
        return path
    return _written(tmp_path / "f11.xlsx", [line.split(",") for line in text.splitlines()])


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_f11_a_part_larger_than_the_whole(tmp_path: Path, other: Other, form: str) -> None:
    whole, part, over, withheld = read(_f11(tmp_path, form), other("f11-remarks"))
    for row, value in ((whole, "8.1E+02"), (part, "4.4E+03")):
        assert "part_larger_than_whole" in row.flags
        assert _result(row).value == value
        (flag,) = [f for f in _report(row).flags if f.flag == "part_larger_than_whole"]
        assert flag.column == _result(row).column
    assert "part_larger_than_whole" not in over.flags
    assert (_result(over).kind, _result(over).value) == ("over_range", "2.0E+05")
    assert "counter at its upper range" in {f.detail for f in _report(over).flags}
    assert (_result(withheld).kind, _result(withheld).standing) == ("not_stated", "withheld")
    assert "promise_not_stated" in withheld.flags


def test_f11_a_promised_day(tmp_path: Path, other: Other) -> None:
    text = (
        "sample,nuclide,value,unit,remark,promised\n"
        "W1,Sr-90,,Bq/L,Withheld for checks,2031-06-01\n"
        "W2,Sr-90,3,Bq/L,withheld,2031-06-01\n"
        "W3,Sr-90,3,Bq/L,,2031-06-01\n"
        "W4,Sr-90,,Bq/L,withheld,soon\n"
        "W5,Sr-90,3,Bq/L,disputed by the buyer,\n"
    )
    fine, valued, unsaid, soon, contested = read(_f11(tmp_path, "csv", text), other("f11-remarks"))
    assert (_result(fine).standing, _result(fine).promised) == ("withheld", "2031-06-01")
    assert valued.reasons == unsaid.reasons == ("contradictory_cells",)
    assert soon.reasons == ("unreadable_date",)
    assert _result(contested).standing == "contested"


@pytest.mark.parametrize(
    ("whole", "part", "contradicts"),
    [
        ("810,Bq/L", "4400,Bq/L", True),
        ("4400,Bq/L", "4400,Bq/L", False),
        ("<810,Bq/L", "811,Bq/L", True),
        ("810,Bq/L", "<4400,Bq/L", False),
        (">810,Bq/L", "4400,Bq/L", False),
        ("810,Bq/L", ">4400,Bq/L", True),
        ("810,Bq/L", "4400,mBq/L", False),
        ("810,mBq/L", "1,Bq/L", True),
        ("810,Bq/kg", "4400,Bq/L", False),
    ],
)
def test_f11_as_sets_of_values(
    tmp_path: Path, other: Other, whole: str, part: str, contradicts: bool
) -> None:
    head = "sample,nuclide,value,unit,remark\n"
    text = f"{head}W1,gross beta,{whole},\nW2,Sr-90,9999,Bq/L,\nW1,Sr-90,{part},\n"
    one, elsewhere, two = read(_f11(tmp_path, "csv", text), other("f11-remarks"))
    assert ("part_larger_than_whole" in one.flags) is contradicts
    assert ("part_larger_than_whole" in two.flags) is contradicts
    assert "part_larger_than_whole" not in elsewhere.flags  # another sample
