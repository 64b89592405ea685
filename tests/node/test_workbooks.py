"""Workbooks from the file to the outcome of a record: field case F11, hidden sheets, positions.

F11 (reference/field_cases.md): results that contradict each other answer nothing until one of
them is put right; a value above a counter's range can prove an exceedance, never compliance.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import xlsxwriter

from fairwater.agreement.context import Context, terms_of
from fairwater.agreement.load import load_agreement
from fairwater.agreement.outcome import record_outcome
from fairwater.intake.template.writing import as_csv, as_workbook
from fairwater.node import importing
from fairwater.node.evidence import load
from fairwater.node.importing import import_file, import_files
from fairwater.node.node import Node
from fairwater.node.quarantine import explain, listing

RULE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "rule.yaml"
ABOUT = {"item": "flounder", "region": "East Bay", "collected": "2024-07-02", "unit": "Bq/kg"}
F11 = tuple(
    {**ABOUT, **row}
    for row in (
        {"sample": "W7", "nuclide": "gross-beta", "kind": "detected", "value": "8.1E+02"},
        {"sample": "W7", "nuclide": "Sr-90", "kind": "detected", "value": "4.4E+03"},
        {"sample": "W8", "nuclide": "gross-beta", "kind": "over_range", "value": "2.0E+05"},
        {"sample": "W9", "nuclide": "Sr-90", "kind": "withheld", "promised": "2024-09-01"},
        {"sample": "W6", "nuclide": "Sr-90", "kind": "detected", "value": "1.5"},
    )
)


def _rule(nuclide: str, value: str) -> str:
    text = RULE.read_text(encoding="utf-8")
    sums = "    combine: sum\n    sum_from: reported\n"
    assert sums in text
    text = text.replace(sums, "    combine: single\n").replace("value: 100", f"value: {value}")
    return text.replace("nuclides: [Cs-134, Cs-137]", f"nuclides: [{nuclide}]")


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize(
    ("nuclide", "limit", "outcomes"),
    [
        (
            "Sr-90",
            "100",
            {"W7": "indeterminate", "W9": "indeterminate", "W6": "complies"},
        ),
        ("Sr-90", "1", {"W7": "indeterminate", "W9": "indeterminate", "W6": "exceeds"}),
        ("gross-beta", "1000", {"W7": "indeterminate", "W8": "exceeds"}),
        ("gross-beta", "300000", {"W7": "indeterminate", "W8": "indeterminate"}),
    ],
)
def test_f11_decides_nothing_it_cannot(
    tmp_path: Path, form: str, nuclide: str, limit: str, outcomes: dict[str, str]
) -> None:
    path = tmp_path / f"f11.{form}"
    path.write_bytes((as_workbook if form == "xlsx" else as_csv)(F11))
    node = Node.create(tmp_path / "n", party="p", name="p")
    (report,) = import_files(node, [path])
    assert report.quarantined == 0
    assert report.flags["part_larger_than_whole"] == 2
    rule = load_agreement(_rule(nuclide, limit), "rule.yaml").agreement
    day = date(2024, 12, 1)
    context = Context(at=day, known_at=day, terms=terms_of(rule))
    columns = load(node.archive(), rule, journal=node.journal, knowledge="sampled").columns
    samples = columns.samples(np.arange(len(columns.known)))
    found = {
        sample.sample: record_outcome(sample, rule.limits[0], context).verdict
        for sample in samples
        if any(nuclide in value.nuclides for value in sample.values)
    }
    assert found == outcomes


def _two_sheets(path: Path, rows: int) -> Path:
    book = xlsxwriter.Workbook(str(path))
    for name in ("May", "June"):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ("fish", "Cs-137"))
        for row in range(1, rows + 1):
            sheet.write_row(row, 0, (f"fish {row}", "<1.5" if row != 2 else "1.2.4"))
        if name == "June":
            sheet.hide()
    book.close()
    return path


PROFILE = """\
profile: two-sheets
version: "1"
title: Months in sheets
columns:
  - {heading: fish, use: item}
  - {heading: Cs-137, use: value, nuclides: [Cs-137], unit: Bq/kg}
values: {below: {limit_kind: detection_limit}}
lineage: {kind: primary}
"""


@pytest.mark.parametrize("apart", [False, True])
def test_each_row_is_found_again_by_sheet_and_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, apart: bool
) -> None:
    if apart:
        monkeypatch.setattr(importing, "_APART_FROM_BYTES", 1)
    (tmp_path / "profile.yaml").write_text(PROFILE)
    path = _two_sheets(tmp_path / "months.xlsx", 4)
    node = Node.create(tmp_path / "n", party="p", name="p")
    (report,) = import_files(node, [path], tmp_path / "profile.yaml")
    assert (report.rows_read, report.accepted, report.quarantined) == (8, 6, 2)
    assert [(s.name, s.visibility, s.read, s.rows) for s in report.sheets] == [
        ("May", "visible", True, 4),
        ("June", "hidden", True, 4),
    ]
    rows = listing(node)
    assert [(row.file, row.sheet, row.row) for row in rows] == [
        ("months.xlsx", "May", 3),
        ("months.xlsx", "June", 3),
    ]
    told = explain(node, rows[1].record_id)
    (fault,) = told.faults
    assert (fault.column, fault.text, fault.reason) == ("Cs-137", "1.2.4", "unreadable_value")
    assert fault.expected
    assert fault.remedy


def test_the_same_workbook_again_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text(PROFILE)
    path = _two_sheets(tmp_path / "months.xlsx", 4)
    node = Node.create(tmp_path / "n", party="p", name="p")
    import_file(node, path, tmp_path / "profile.yaml")
    again = import_file(node, path, tmp_path / "profile.yaml")
    assert (again.rows_read, again.restated, again.new_records) == (8, 8, 0)
