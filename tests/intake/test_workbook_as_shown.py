"""Workbooks as another program writes them: what is shown must not be read as something else.

Written by xlsxwriter; F6 and F7 in the forms that the shared reference leaves open.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from fairwater.intake import FileUnreadable, Profile, RowOutcome, read
from fairwater.intake.profile_source import parse_profile
from fairwater.records import Sample, TestReport

Other = Callable[[str], Profile]
RawBook = Callable[..., Path]
RowXml = Callable[..., str]
HEADS = ("zone", "species", "Cs-137 (Bq/kg)")


def written(path: Path, fill: Callable[[Any, Any], None]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("S")
    sheet.write_row(0, 0, HEADS)
    fill(book, sheet)
    book.close()
    return path


def value(row: RowOutcome) -> str | None:
    assert isinstance(row.record, TestReport), row.reasons
    return row.record.results[0].value


def sample(row: RowOutcome) -> Sample:
    assert isinstance(row.record, TestReport), row.reasons
    assert isinstance(row.record.sample, Sample)
    return row.record.sample


def test_a_raised_digit_is_a_footnote_or_a_power_and_struck_out_text_is_told(
    tmp_path: Path, other: Other
) -> None:
    def fill(book: Any, sheet: Any) -> None:
        raised = book.add_format({"font_script": 1})
        lowered = book.add_format({"font_script": 2})
        struck = book.add_format({"font_strikeout": True})
        sheet.write_row(1, 0, ("N", "cod"))
        sheet.write_rich_string(1, 2, "1.5", raised, "2")
        sheet.write_row(2, 0, ("N", "cod"))
        sheet.write_rich_string(2, 2, "2.0×10", raised, "5")
        sheet.write_row(3, 0, ("N", "cod"))
        sheet.write_rich_string(3, 2, struck, "12", "13")
        sheet.write_row(4, 0, ("N",))
        sheet.write_rich_string(4, 1, "cod", lowered, "1")
        sheet.write_number(4, 2, 7, struck)

    path = written(tmp_path / "rich.xlsx", fill)
    rows = list(read(path, other("f7-merged")))
    assert [row.reasons for row in rows] == [("unreadable_value",)] * 3 + [()]
    cells = [getattr(row.record, "cells", ())[-1] for row in rows[:3]]
    assert cells == ["1.5²", "2.0×10⁵", "<del>12</del>13"]
    assert (sample(rows[3]).item, value(rows[3]), rows[3].flags) == ("cod₁", "7", ("struck_out",))


def test_headings_with_raised_mass_numbers(tmp_path: Path) -> None:
    text = (
        'profile: raised\nversion: "1"\ntitle: Mass numbers before the symbol\ncolumns:\n'
        "  - {heading: fish, use: item}\n"
        '  - {heading: "137Cs (Bq/kg)", use: value, nuclides: [Cs-137], unit_in_heading: true}\n'
        "lineage: {kind: primary}\n"
    )
    book = xlsxwriter.Workbook(str(tmp_path / "raised.xlsx"))
    sheet = book.add_worksheet()
    sheet.write(0, 0, "fish")
    sheet.write_rich_string(0, 1, book.add_format({"font_script": 1}), "137", "Cs (Bq/kg)")
    sheet.write_row(1, 0, ("cod", 1.5))
    book.close()
    (row,) = read(tmp_path / "raised.xlsx", parse_profile(text.encode(), "raised.yaml"))
    assert value(row) == "1.5"


def test_f7_species_merged_downwards_and_a_note_merged_across(tmp_path: Path, other: Other) -> None:
    def fill(book: Any, sheet: Any) -> None:
        plain = book.add_format()
        for n, number in enumerate((1, 2, 3)):
            sheet.write_row(n + 1, 0, ("North", None, number))
        sheet.merge_range(1, 1, 3, 1, "cod", plain)
        sheet.merge_range(4, 0, 4, 2, "All other zones closed", plain)
        sheet.write_row(5, 0, ("South", "eel", 4))

    rows = list(read(written(tmp_path / "f7.xlsx", fill), other("f7-merged")))
    assert [sample(rows[n]).item for n in (0, 1, 2, 4)] == ["cod", "cod", "cod", "eel"]
    assert rows[3].reasons == ("unreadable_value",)


F7_TWO_ROWS = """\
profile: f7-two-rows
version: "1"
title: A header in two rows, merged across and downwards
format: {header_rows: 2}
columns:
  - {heading: zone, use: zone, required: true}
  - heading: Cs-137 (Bq/kg) value
    use: value
    nuclides: [Cs-137]
    unit: Bq/kg
    limit_column: Cs-137 (Bq/kg) limit
    limit_kind: detection_limit
    limit_alone: true
  - {heading: Cs-137 (Bq/kg) limit, use: beside_value}
lineage: {kind: primary}
"""


def test_f7_a_header_in_two_rows(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "two.xlsx"))
    sheet = book.add_worksheet()
    plain = book.add_format()
    sheet.merge_range(0, 0, 1, 0, "zone", plain)
    sheet.merge_range(0, 1, 0, 2, "Cs-137 (Bq/kg)", plain)
    sheet.write_row(1, 1, ("value", "limit"))
    sheet.write_row(2, 0, ("North", 1, 0.5))
    sheet.write_row(3, 0, ("North", None, 0.6))
    book.close()
    rows = list(read(tmp_path / "two.xlsx", parse_profile(F7_TWO_ROWS.encode(), "two.yaml")))
    found = [row.record.results[0] for row in rows if isinstance(row.record, TestReport)]
    assert [(r.kind, r.value, r.limit) for r in found] == [
        ("detected", "1", "0.5"),
        ("censored", "0.6", None),
    ]


@pytest.mark.parametrize(("stated", "day"), [("t", "2015-07-02"), ("off", "2011-07-01")])
def test_f6_the_attribute_in_its_other_spellings(
    raw_book: RawBook, row_xml: RowXml, other: Other, stated: str, day: str
) -> None:
    path = raw_book(
        row_xml(1, "fish", "sampled", "Cs-137 (Bq/kg)"),
        row_xml(2, "cod", ("40725", 1), ("1", 0)),
        workbook=f'<workbookPr date1904="{stated}"/>',
    )
    (row,) = read(path, other("f6-dates"))
    assert sample(row).collected == day


def test_f6_a_date_system_that_is_none_leaves_no_date_sure(
    raw_book: RawBook, row_xml: RowXml, other: Other
) -> None:
    path = raw_book(
        row_xml(1, "fish", "sampled", "Cs-137 (Bq/kg)"),
        row_xml(2, "cod", ("40725", 1), ("1", 0)),
        workbook='<workbookPr date1904="yes"/>',
    )
    with pytest.raises(FileUnreadable, match="`date1904` is `yes`"):
        read(path, other("f6-dates"))


def test_f6_a_bare_count_of_days_in_a_csv_says_what_is_missing(
    tmp_path: Path, other: Other
) -> None:
    path = tmp_path / "f6.csv"
    path.write_text("fish,sampled,Cs-137 (Bq/kg)\ncod,40725,1\n", "utf-8")
    (row,) = read(path, other("f6-dates"))
    (fault,) = getattr(row.record, "faults", ())
    assert (fault.reason, fault.column, fault.text) == ("unreadable_date", "sampled", "40725")
    assert 'serial: "1900"' in fault.expected


def test_an_identifier_shown_as_a_power_of_ten_has_lost_digits(
    raw_book: RawBook, row_xml: RowXml, other: Other
) -> None:
    path = raw_book(
        row_xml(1, "sample", "nuclide", "value", "unit", "remark"),
        row_xml(2, ("1230000000000", 12), "Sr-90", ("1", 0), "Bq/L", None),
        row_xml(3, ("1230000000000", 0), "Sr-90", ("1", 0), "Bq/L", None),
    )
    shown, plain = read(path, other("f11-remarks"))
    assert shown.reasons == ("damaged_identifier",)
    assert (plain.reasons, plain.flags) == ((), ("identifier_stored_as_number",))
