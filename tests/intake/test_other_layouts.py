"""Layouts the code never heard of: a new table is a new profile, no new code.

Row counts and cell counts are those of FACTS.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from fairwater.intake import Profile, read
from fairwater.records import TestReport

Other = Callable[[str], Profile]


def test_reports_before_april_2012(shared: Path, other: Other) -> None:
    path = shared / "data/mhlw-japan-food/raw/349.csv"
    rows = list(read(path, other("mhlw-until-2012-03")))
    assert len(rows) == 939
    assert all(not row.reasons for row in rows)
    report = rows[0].record
    assert isinstance(report, TestReport)
    assert report.sample.collected == "2012-03-15"
    assert [result.nuclides for result in report.results] == [("I-131",), ("Cs-134",), ("Cs-137",)]


def test_a_year_of_i131_with_words_marks_and_blanks(shared: Path, other: Other) -> None:
    path = shared / "data/mhlw-japan-food/raw/yasaikensa.csv.gz"
    kinds: Counter[tuple[str, str]] = Counter()
    rows = quarantined = 0
    labels = ["ヨウ素131", "セシウム134", "セシウム137", "セシウム"]
    for outcome in read(path, other("yasaikensa")):
        rows += 1
        if isinstance(outcome.record, TestReport):
            for result in outcome.record.results:
                kind = result.kind
                if kind == "not_stated":
                    kind = {"ND": "ND", "-": "-", None: "blank"}[result.text]
                kinds[result.column, kind] += 1
        else:
            quarantined += 1
            for heading, cell in zip(labels, outcome.record.cells[-4:], strict=True):
                kinds[heading, _kind(cell)] += 1
    assert rows == 133_616
    assert quarantined < rows * 0.0025

    def of(heading: str) -> list[int]:
        names = ("detected", "censored", "-", "ND", "blank")
        return [kinds[heading, name] for name in names]

    assert of("ヨウ素131") == [1_512, 60_423, 43_210, 28_467, 0]
    assert of("セシウム134") == [12_658, 58_628, 49_902, 12_397, 29]
    assert of("セシウム137") == [14_174, 57_484, 49_893, 12_032, 30]
    assert of("セシウム") == [5_184, 34_822, 83_824, 9_781, 0]


def _kind(cell: str) -> str:
    if re.fullmatch(r"\d+(\.\d+)?", cell):
        return "detected"
    if re.fullmatch(r"<\d+(\.\d+)?", cell):
        return "censored"
    return {"": "blank", "-": "-", "ND": "ND"}.get(cell, "other")


def test_shift_jis_without_a_unit(shared: Path, other: Other) -> None:
    path = shared / "data/japanese-legacy-encodings/fallout.csv"
    table = read(path, other("fallout"))
    assert table.encoding == "cp932"
    rows = list(table)
    assert len(rows) == 2_251
    missing = [row for row in rows if "missing_unit" in row.reasons]
    assert len(missing) == 716  # a number and no unit: quarantined, not guessed
    assert all(row.flags == ("no_value",) for row in rows if not row.reasons)


def test_shift_jis_with_bare_carriage_returns_and_comments(shared: Path, other: Other) -> None:
    path = shared / "data/japanese-legacy-encodings/111027Bunshun.csv"
    rows = list(read(path, other("bunshun")))
    assert len(rows) == 43
    report = rows[0].record
    assert isinstance(report, TestReport)
    assert report.sample.item == "平子イワシ"
    assert (report.results[0].value, report.results[0].uncertainty) == ("62", "24")
    assert report.results[0].coverage_factor == "not_stated"


def test_exponents_are_kept_as_written(shared: Path, other: Other) -> None:
    path = shared / "data/japanese-legacy-encodings/tanks.csv"
    rows = list(read(path, other("tanks")))
    assert len(rows) == 99
    report = rows[0].record
    assert isinstance(report, TestReport)
    assert report.results[0].value == "4.16E-01"


@pytest.mark.parametrize("separator", ["\t", "|"])
def test_any_delimiter(tmp_path: Path, separator: str) -> None:
    from fairwater.intake.profile_source import parse_profile

    text = f'''
profile: tabs
version: "1"
title: Tabs
format: {{delimiter: "{separator if separator != chr(9) else chr(92) + "t"}", quote: }}
columns:
  - {{heading: a, use: item}}
  - {{heading: b, use: value, nuclides: [Cs-137], unit: Bq/kg}}
lineage: {{kind: primary}}
'''
    profile = parse_profile(text.encode(), "tabs.yaml")
    path = tmp_path / "t.txt"
    path.write_text(f'a{separator}b\n"x{separator}1.20\n')
    (row,) = read(path, profile)
    assert isinstance(row.record, TestReport)
    assert row.record.sample.item == '"x'
    assert row.record.results[0].value == "1.20"


def test_semicolons_decimal_commas_day_first_and_two_header_rows(
    tmp_path: Path, other: Other
) -> None:
    path = tmp_path / "weser.csv"
    path.write_bytes(
        "Messprogramm Übersicht\n"
        "Ort;Datum;Cs-137;Cs-137;Einheit;Basis;Breite\n"
        ";;Wert;±;;;\n"
        "Büsum;29/03/2012;1.234,50;0,7;Bq/kg;FM;54,13\n"
        "Büsum;2012-03-30;<0,5;;Bq/kg;TM;\n"
        "Büsum;03/29/2012;1;;Bq/kg;FM;\n"
        "Büsum;1/4/2012;12.4;;Bq/kg;FM;\n"
        "Büsum;1/4/2012;>12;;Bq/kg;XX;\n"
        "Büsum;n.a.;ca. 12;;;FM;\n".encode("cp1252")
    )
    good, below, month, point, basis, unit = read(path, other("semicolon"))
    assert isinstance(good.record, TestReport)
    result = good.record.results[0]
    assert (result.value, result.uncertainty, result.basis) == ("1234.50", "0.7", "wet")
    assert good.record.sample.collected == "2012-03-29"
    assert good.record.sample.place is not None
    assert good.record.sample.place.latitude_deg == "54.13"
    assert isinstance(below.record, TestReport)
    assert (below.record.results[0].value, below.record.results[0].limit_kind) == (
        "0.5",
        "decision_threshold",
    )
    assert month.reasons == ("impossible_day",)
    assert point.reasons == ("unreadable_value",)  # not 12.4, not 124
    assert basis.reasons == ("unknown_basis",)
    assert unit.reasons == ("missing_unit",)
