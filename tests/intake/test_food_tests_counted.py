"""The whole of the food tests against counts made by independent plain scripts (FACTS.md)."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from fairwater.intake import RowOutcome, load_profile, read, recognise
from fairwater.records import QuarantinedRow, TestReport, decode, encode

pytestmark = pytest.mark.slow
COLUMNS = {"Cs134(Bq/kg)": 15, "Cs137(Bq/kg)": 16, "Cs合計(Bq/kg)": 17}


class Counted(NamedTuple):
    rows: int
    ends: Counter[str]
    flags: Counter[str]
    seafood: Counter[str]
    reasons: Counter[str]
    notations: Counter[tuple[str, str]]
    faulty: Counter[str]


def notation(text: str) -> str:
    """FACTS.md: number = digits with an optional fraction, `<x` = `<` and a number."""
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return "number"
    if re.fullmatch(r"<\d+(\.\d+)?", text):
        return "<x"
    return text if text == "-" else "other"


def count(path: Path) -> Counted:
    seen = Counted(0, Counter(), Counter(), Counter(), Counter(), Counter(), Counter())
    rows = 0
    for outcome in read(path, load_profile("mhlw-since-2012-04")):
        rows += 1
        assert outcome.row == rows
        seen.ends[_end(outcome)] += 1
        seen.flags.update(outcome.flags)
        seen.reasons.update(outcome.reasons)
        record = outcome.record
        if isinstance(record, TestReport):
            if record.sample.category_text == "水産物":
                seen.seafood.update(outcome.flags)
            for result in record.results:
                kind = {"detected": "number", "censored": "<x", "not_stated": "-"}[result.kind]
                if result.uncertainty is not None or "<del>" in (result.text or ""):
                    kind = "other"
                seen.notations[result.column or "", kind] += 1
        else:
            seen.faulty.update(fault.text or "" for fault in record.faults)
            if len(record.cells) == 18:
                if record.cells[8] == "水産物":
                    seen.seafood.update(outcome.flags)
                for column, n in COLUMNS.items():
                    seen.notations[column, notation(record.cells[n])] += 1
        if rows % 997 == 0:
            assert encode(decode(outcome.data)) == outcome.data
    return seen._replace(rows=rows)


def _end(outcome: RowOutcome) -> str:
    if outcome.reasons:
        assert isinstance(outcome.record, QuarantinedRow)
        return "quarantined"
    return "flagged" if outcome.flags else "accepted"


@pytest.fixture(scope="module")
def food(shared: Path) -> Counted:
    return count(shared / "data/mhlw-japan-food/all_food_2012-04_2014-03.csv.gz")


def test_every_row_ends_in_exactly_one_of_three(food: Counted) -> None:
    assert food.rows == 598_186
    assert food.ends.total() == food.rows
    assert set(food.ends) == {"accepted", "flagged", "quarantined"}


def test_at_most_a_quarter_of_a_percent_is_quarantined(food: Counted) -> None:
    assert food.ends["quarantined"] <= food.rows * 0.0025


def test_results_dated_before_their_sampling(food: Counted) -> None:
    assert food.flags["result_before_sampling"] == 286
    assert food.seafood["result_before_sampling"] == 39


def test_sums_that_contradict_their_parts(food: Counted) -> None:
    assert food.flags["sum_contradicts_parts"] == 1_179
    assert food.seafood["sum_contradicts_parts"] == 164


def test_lost_points_serials_corrections_and_rows_without_a_value(food: Counted) -> None:
    assert food.flags["lost_decimal_point"] == 11
    assert food.flags["published_correction"] == 7
    assert food.flags["no_value"] == 3
    # 455 sampling and 775 result cells are serials; all of the 455 stand in the 775 rows.
    assert food.flags["serial_date"] == 775


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("Cs134(Bq/kg)", (27_167, 239_778, 331_236, 2)),
        ("Cs137(Bq/kg)", (41_812, 224_625, 331_738, 8)),
        ("Cs合計(Bq/kg)", (42_339, 555_764, 79, 1)),
    ],
)
def test_numbers_per_notation(food: Counted, column: str, expected: tuple[int, ...]) -> None:
    counts = tuple(food.notations[column, kind] for kind in ("number", "<x", "-", "other"))
    assert counts == expected


def test_what_facts_lists_as_unreadable_is_quarantined(food: Counted) -> None:
    for text in ("<.4.33", "<0.4.", "<1.0）", "<.3.2", "<.0.666", "<0.5.", "<.8.6", "#REF!"):
        assert food.faulty[text] == 1, text
    assert food.reasons["unreadable_value"] == 6  # rows; `<0.4.` and `<0.5.` share one
    assert food.reasons["ragged_row"] == 3
    assert food.reasons["not_in_vocabulary"] == 5  # the shifted rows, by their market cell
    assert food.faulty["H24.4.1718"] == 34
    assert food.faulty["H24.4.2324"] == 6
    assert food.faulty["H254.8.10"] == 1


def test_the_seafood_subset_and_a_single_report(shared: Path) -> None:
    folder = shared / "data/mhlw-japan-food"
    seafood = folder / "seafood_2012-04_2014-03.csv.gz"
    assert recognise(seafood).profile == "mhlw-since-2012-04"
    assert sum(1 for _ in read(seafood, recognise(seafood))) == 42_541
    single = list(read(folder / "raw/a842.csv", load_profile("mhlw-since-2012-04")))
    assert len(single) == 762
    assert {o.record.source.publication for o in single if o.record.source} == {"a842.csv"}


def test_the_monthly_export_is_recognised_and_repeats_the_reports(shared: Path) -> None:
    path = shared / "data/mhlw-japan-food/raw/2r98520000029qrf.csv"
    profile = recognise(path)
    assert profile.profile == "mhlw-monthly-export"
    assert profile.lineage.kind == "compilation"
    rows = list(read(path, profile))
    assert len(rows) == 13_846
    assert sum(bool(row.reasons) for row in rows) <= 13_846 * 0.0025
    first = rows[0].record
    assert isinstance(first, TestReport)
    assert first.published == "2012-04-02"
    assert [result.unit for result in first.results] == ["Bq/kg"] * 3
