"""Texts that look like another: marks above the line, ditto marks, bases, limits, identifiers.

Each of them was once taken for the other, or could be; the cases are invented, after field cases
F1, F3 and F11 of the shared reference.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fairwater.intake import Profile, RowOutcome, read
from fairwater.intake.profile_source import parse_profile
from fairwater.records import Result, Sample, TestReport

Other = Callable[[str], Profile]
Outcomes = Callable[..., list[RowOutcome]]

BRACKETS = """\
profile: brackets
version: "1"
title: Limits in brackets, marks after the number
ditto: [〃]
columns:
  - {heading: place, use: locality, ditto: true}
  - {heading: fish, use: item}
  - {heading: Cs-137 (Bq/kg), use: value, nuclides: [Cs-137], unit_in_heading: true}
values:
  below: {after: [未満], limit_kind: detection_limit}
  not_detected: {words: [不検出, ND, <LOD], limit_kind: detection_limit}
  limit_in_brackets: detection_limit
lineage: {kind: primary}
"""


def result(row: RowOutcome) -> Result:
    assert isinstance(row.record, TestReport), row.reasons
    (found,) = row.record.results
    return found


def places(rows: list[RowOutcome]) -> list[str | None]:
    found: list[str | None] = []
    for row in rows:
        sample = row.record.sample if isinstance(row.record, TestReport) else None
        place = sample.place if isinstance(sample, Sample) else None
        found.append(place.locality if place is not None else None)
    return found


def table(outcomes: Outcomes, *cells: str, place: str = "Hama") -> list[RowOutcome]:
    rows = "".join(f'{place},cod,"{cell}"\n' for cell in cells)
    profile = parse_profile(BRACKETS.encode(), "brackets.yaml")
    return outcomes(f"place,fish,Cs-137 (Bq/kg)\n{rows}", profile)


@pytest.mark.parametrize("cell", ["1.5²", "12①", "²", "½", "Ⅻ", "<1.5²", "不検出(1.5²)"])
def test_a_mark_above_the_line_is_no_digit(outcomes: Outcomes, cell: str) -> None:
    (row,) = table(outcomes, cell)
    assert row.reasons == ("unreadable_value",)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("１．５", ("detected", "1.5", None)),
        ("1.2未満", ("censored", "1.2", None)),
        ("不検出（1.2未満）", ("censored", "1.2", None)),
        ("ND [7.3]", ("censored", "7.3", None)),
        ("<LOD(1.2)", ("censored", "1.2", None)),
        ("6.40〔＜1.12〕", ("detected", "6.40", "1.12")),
        ("6.40(1.12未満)", ("detected", "6.40", "1.12")),
        ("-0.40(<1.12)", ("detected", "-0.40", "1.12")),
    ],
)
def test_notations_of_limits(
    outcomes: Outcomes, cell: str, said: tuple[str, str, str | None]
) -> None:
    (row,) = table(outcomes, cell)
    found = result(row)
    assert (found.kind, found.value, found.limit) == said


@pytest.mark.parametrize("cell", ["<0", "<0.00", "不検出(0)", "0未満", "6.40(<0)", "6.40(1.12)"])
def test_what_is_no_limit(outcomes: Outcomes, cell: str) -> None:
    (row,) = table(outcomes, cell)
    assert row.reasons == ("unreadable_value",)


@pytest.mark.parametrize("mark", ["同上", "″", '""""', "〃〃", "々", "〃(沖)", "Ditto", "''"])
def test_a_ditto_mark_that_the_profile_does_not_state_is_no_place(
    outcomes: Outcomes, mark: str
) -> None:
    profile = parse_profile(BRACKETS.encode(), "brackets.yaml")
    head = "place,fish,Cs-137 (Bq/kg)\n"
    first, unknown, after = outcomes(f"{head}Hama,cod,1\n{mark},cod,1\n〃,cod,1\n", profile)
    assert first.accepted
    assert unknown.reasons == ("ditto_not_stated",)
    assert not after.accepted  # it repeats what nobody read


def test_a_ditto_mark_under_an_empty_cell_repeats_nothing(outcomes: Outcomes) -> None:
    profile = parse_profile(BRACKETS.encode(), "brackets.yaml")
    rows = outcomes(
        "place,fish,Cs-137 (Bq/kg)\n,cod,1\n〃,cod,1\nHama,cod,1\n 〃 ,cod,1\n", profile
    )
    assert [row.reasons for row in rows] == [(), ("ditto_without_row_above",), (), ()]
    assert places(rows) == [None, None, "Hama", "Hama"]


LONG = "nuclide,value,unit,limit,limit_unit,result\n"


@pytest.mark.parametrize(
    ("line", "limit", "unit"),
    [
        ("Cs-137,67.5,pCi/kg,0.9,Bq/kg,", "0.9", "Bq/kg"),
        ("Cs-137,67.5,pCi/L,900,mBq/L,", "900", "mBq/L"),
        ("Cs-137,2500,mBq/kg,0.9,Bq/kg,", "0.9", "Bq/kg"),
        ("Cs-137,0.0025,Bq/g,0.9,Bq/kg,", "0.9", "Bq/kg"),
        ("Cs-137,2.5,Bq/kg-fresh,0.9,Bq/kg,", "0.9", None),
        ("Cs-137,2.5,mBq/L,0.9,Bq/m3,", "0.9", "Bq/m3"),
    ],
)
def test_f3_limits_in_further_units(
    outcomes: Outcomes, other: Other, line: str, limit: str, unit: str | None
) -> None:
    (row,) = outcomes(LONG + line + "\n", other("f3-long"))
    found = result(row)
    assert (found.kind, found.limit, found.limit_unit) == ("detected", limit, unit)
    assert "limit_above_value" not in row.flags


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("Cs-137,2.5,Bq/kg dry,0.9,Bq/kg wet,", "limit_unit"),
        ("Cs-137,2.5,Bq/kg-fresh,0.9,Bq/kg-dry,", "limit_unit"),
        ("Cs-137,2.5,Bq/kg,0.9,Bq/kg-dry,", "limit_unit"),
        ("Cs-137,2.5,Bq/kg,0.9,Bq/L,", "limit_unit"),
        ("Cs-137,,Bq/kg,0.9,Bq/L,ND", "limit_unit"),
        ("Cs-137,,Bq/kg-fresh,0.9,Bq/kg-dry,ND", "limit_unit"),
        ("Cs-137,2.5,mBq/L,1.1,mBq/L,ND", "value"),  # above its own limit, and not detected
    ],
)
def test_f3_a_limit_that_cannot_belong_to_its_value(
    outcomes: Outcomes, other: Other, line: str, column: str
) -> None:
    (row,) = outcomes(LONG + line + "\n", other("f3-long"))
    assert row.reasons == ("contradictory_cells",)
    faults = getattr(row.record, "faults", ())
    assert [(fault.column, fault.text in line) for fault in faults] == [(column, True)]


def test_f3_a_limit_alone_brings_its_unit_and_basis(outcomes: Outcomes, other: Other) -> None:
    rows = outcomes(
        LONG + "Cs-137,,,0.9,Bq/kg-dry,ND\nCs-137,,Bq/kg,900,mBq/kg-dry,ND\n", other("f3-long")
    )
    found = [result(row) for row in rows]
    assert [(r.kind, r.value, r.unit, r.basis) for r in found] == [
        ("censored", "0.9", "Bq/kg", "dry"),
        ("censored", "900", "mBq/kg", "dry"),
    ]


def test_not_detected_beside_a_number_without_a_limit_is_told(
    outcomes: Outcomes, other: Other
) -> None:
    (row,) = outcomes(LONG + "Cs-137,0.5,Bq/kg,,,ND\n", other("f3-long"))
    assert (result(row).kind, result(row).verdict) == ("detected", "not_detected")
    assert row.flags == ("limit_not_stated",)


F11 = "sample,nuclide,value,unit,remark\n"


@pytest.mark.parametrize(
    ("lines", "flagged"),
    [
        ("A,gross beta,810,Bq/L,\nA,Sr-90,500,Bq/L,\nA,Cs-137,400,Bq/L,\n", (1, 2, 3)),
        ("A,gross beta,810,Bq/L,\nA,Sr-90,500,Bq/L,\nA,Sr-90,510,Bq/L,\n", ()),  # repeated
        ("A,gross beta,810,Bq/L,\nA,Sr-90,500,Bq/L,\nA,Cs-137,<400,Bq/L,\n", ()),
        ("A,gross alpha,1,Bq/L,\nA,Pu-239,20,Bq/L,\n", (1, 2)),
        ("A,全α,1,Bq/L,\nA,U-238,20,Bq/L,\n", (1, 2)),
        ("A,gross beta,1,Bq/L,\nA,Sr-90,100,pCi/L,\n", (1, 2)),  # 3.7 Bq/L
        ("A,gross beta,30,pCi/L,\nA,Sr-90,3,Bq/L,\n", (1, 2)),
        ("A,Cs-134+Cs-137,10,Bq/kg,\nA,Cs-137,30,Bq/kg,\n", (1, 2)),
        ("A,Cs-134+Cs-137,10,Bq/kg,\nA,Cs-137,6,Bq/kg,\nA,Cs-134,6,Bq/kg,\n", (1, 2, 3)),
        ("A,Cs-134+Cs-137,100,Bq/kg,\nA,Cs-137,66.4,Bq/kg,\nA,Cs-134,34.3,Bq/kg,\n", ()),
        ("A,Cs-134+Cs-137,>10,Bq/kg,\nA,Cs-137,30,Bq/kg,\n", ()),
        ("A,gross beta,1,Bq/kg,\nA,Sr-90,3,Bq/L,\n", ()),
        ("A,gross beta,1,Bq/L,\nB,Sr-90,3,Bq/L,\n", ()),
    ],
)
def test_f11_parts_and_wholes(
    outcomes: Outcomes, other: Other, lines: str, flagged: tuple[int, ...]
) -> None:
    rows = outcomes(F11 + lines, other("f11-remarks"))
    assert all(row.accepted for row in rows)
    assert tuple(r.row for r in rows if "part_larger_than_whole" in r.flags) == flagged


def test_f11_thousands_of_results_under_one_identifier_take_a_moment(
    tmp_path: Path, other: Other
) -> None:
    lines = "".join(
        f"A,gross beta,{n + 1},Bq/L,\nA,Sr-90,{9_000 + n},Bq/L,\n" for n in range(2_000)
    )
    path = tmp_path / "many.csv"
    path.write_text(F11 + lines, "utf-8")
    rows = list(read(path, other("f11-remarks")))
    assert sum("part_larger_than_whole" in row.flags for row in rows) == 4_000


WITH_DAY = """\
profile: with-day
version: "1"
title: A sample whose second row leaves out the fish
clock: UTC
columns:
  - {heading: sample, use: sample}
  - {heading: fish, use: item}
  - {heading: nuclide, use: beside_value}
  - {heading: value, use: value, nuclide_column: nuclide, unit: Bq/kg}
lineage: {kind: primary}
"""


def test_f11_what_a_row_leaves_out_contradicts_nothing(outcomes: Outcomes) -> None:
    profile = parse_profile(WITH_DAY.encode(), "with-day.yaml")
    head = "sample,fish,nuclide,value\n"
    rows = outcomes(f"{head}A,cod,gross beta,1\nA,,Sr-90,3\nA,eel,Sr-90,5\n", profile)
    assert [row.flags for row in rows] == [("part_larger_than_whole",)] * 2 + [()]


@pytest.mark.parametrize(
    ("name", "reason", "flag"),
    [
        ("１．２３Ｅ＋１２", "damaged_identifier", None),
        ("1.23457E+11", "damaged_identifier", None),
        ("4-Mrz", None, "identifier_like_date"),
        ("04.Mär", None, "identifier_like_date"),
        ("4-mars", None, "identifier_like_date"),
        ("3월 4일", None, "identifier_like_date"),
        ("2024/3/4", None, "identifier_like_date"),
        ("3/4/2024", None, "identifier_like_date"),
        ("2024-03-04-A", None, None),
        ("007", None, None),
    ],
)
def test_identifiers_damaged_on_the_way(
    outcomes: Outcomes, other: Other, name: str, reason: str | None, flag: str | None
) -> None:
    (row,) = outcomes(F11 + f"{name},Sr-90,1,Bq/L,\n", other("f11-remarks"))
    assert row.reasons == ((reason,) if reason else ())
    assert row.flags == ((flag,) if flag else ())


def test_nuclides_by_their_chinese_names(outcomes: Outcomes, other: Other) -> None:
    names = ("铯-137", "锶90", "氚", "总β", "碘-131")
    lines = "".join(f"{n},{name},1,Bq/L,\n" for n, name in enumerate(names))
    rows = outcomes(F11 + lines, other("f11-remarks"))
    found = [result(row).nuclides for row in rows]
    assert found == [("Cs-137",), ("Sr-90",), ("H-3",), ("gross-beta",), ("I-131",)]
    (unknown,) = outcomes(F11 + "9,铯-999,1,Bq/L,\n", other("f11-remarks"))
    assert unknown.reasons == ("unknown_nuclide",)


def test_control_characters_wait_and_invisible_ones_are_told(
    outcomes: Outcomes,
) -> None:
    profile = parse_profile(BRACKETS.encode(), "brackets.yaml")
    head = "place,fish,Cs-137 (Bq/kg)\n"
    rows = outcomes(
        f"{head}Hama,c\x1bod,1\nHama,co\u202ed,1\nHama,cod,1\u200b.5\nHama,سمك,1\n", profile
    )
    assert [row.reasons for row in rows] == [
        ("control_character",),
        (),
        ("unreadable_value",),
        (),
    ]
    told = ("invisible_character",)
    assert [row.flags for row in rows] == [(), told, told, ()]
    assert isinstance(rows[1].record, TestReport)
    assert [flag.detail for flag in rows[1].record.flags] == ["U+202E"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2015-07-02T20:00:00Z", "2015-07-03"),
        ("2015-07-02 20:00+0000", "2015-07-03"),
        ("2015-07-02T10:00Z", "2015-07-02"),
        ("2015-07-02T01:00+09:00", "2015-07-02"),
        ("2015-07-02T23:59-01:00", "2015-07-03"),
        ("2015-12-31T20:00Z", "2016-01-01"),
        ("2015-07-02 20:00", "2015-07-02"),  # the profile's own clock
    ],
)
def test_a_time_with_an_offset_is_the_day_at_the_profiles_clock(
    outcomes: Outcomes, other: Other, text: str, day: str
) -> None:
    (row,) = outcomes(f"fish,sampled,Cs-137 (Bq/kg)\ncod,{text},1\n", other("f6-dates"))
    assert isinstance(row.record, TestReport), row.reasons
    assert isinstance(row.record.sample, Sample)
    assert row.record.sample.collected == day


@pytest.mark.parametrize("text", ["2015-07-02T20:00+15:00", "2015-07T20:00Z", "9999-12-31T20:00Z"])
def test_a_time_with_an_offset_that_names_no_day_waits(
    outcomes: Outcomes, other: Other, text: str
) -> None:
    (row,) = outcomes(f"fish,sampled,Cs-137 (Bq/kg)\ncod,{text},1\n", other("f6-dates"))
    assert row.reasons in (("unreadable_date",), ("impossible_day",))
