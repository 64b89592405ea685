"""The demo's story. What must come out is said by the shared protocols, not by us."""

from __future__ import annotations

import csv
import gzip
import re
from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from pathlib import Path

import pytest

from fairwater.cli.app import run as command
from fairwater.node import demo, demo_standing
from fairwater.node.demo import Story
from fairwater.node.node import Node
from fairwater.records import TestReport


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "demo"


@pytest.fixture(scope="module")
def story(folder: Path) -> Story:
    return demo.run(folder)


def test_rows_add_up(story: Story) -> None:
    assert [taken.rows_read for taken in story.taken] == [4_256, 9_474]
    for taken in story.taken:
        assert taken.rows_read == taken.accepted + taken.flagged + taken.quarantined
    assert story.press_values == 3


def test_a_short_window_never_imposes_longer_ones_do(story: Story) -> None:
    """protocols.md: 38 days apart: a 30-day window never imposes, 60/90 does."""
    found = {window.window: window.rockfish for window in story.windows}
    second = date(2021, 4, 1)
    assert found == {"P30D": None, "P60D": second, "P90D": second}


def test_after_the_lift_one_station_moves_the_industry_not_the_restriction(story: Story) -> None:
    """protocols.md, replay: 1,400 Bq/kg 56 days after lifting: the industry's hold only."""
    after = [step for step in story.rockfish if step.day > date(2021, 12, 1)]
    eligible = {(step.day, step.what) for step in after if "eligible" in step.what}
    assert (date(2022, 1, 26), "industry_hold becomes eligible") in eligible
    assert not any(what.startswith("impose") for _, what in eligible)


def test_the_two_decisions_of_the_press_are_told(story: Story) -> None:
    decided = [
        (step.day, step.what, step.detail) for step in story.rockfish if "decided" in step.what
    ]
    assert [entry[:2] for entry in decided] == [
        (date(2021, 4, 19), "impose decided: none to suspended"),
        (date(2021, 12, 1), "lift decided: suspended to enhanced_inspection"),
    ]
    assert decided[0][2] == "condition holds"
    assert decided[1][2] != "condition holds"  # its samples are in none of the sources


def test_the_dossier_goes_down_to_file_row_and_cell(story: Story) -> None:
    assert story.dossier.startswith("holds")
    assert "seafood_2012-04_2014-03.csv.gz" in story.dossier
    assert "Cs合計(Bq/kg)" in story.dossier
    assert "クロソイ" in story.dossier


def test_units_eligible_within_the_window_are_those_of_a_plain_computation(
    story: Story, shared: Path
) -> None:
    """Straight from the published table: two points above 100 (two figures, half up) in 90 days."""
    path = shared / "data" / "mhlw-japan-food" / "seafood_2012-04_2014-03.csv.gz"
    above: dict[tuple[str, str], list[tuple[date, str]]] = defaultdict(list)
    rounding = Context(prec=2, rounding=ROUND_HALF_UP)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in list(csv.reader(file))[1:]:
            item = re.sub(r"[（(][^（()）]*[）)]$", "", row[9])
            day = re.match(r"H(\d\d)\.(\d{1,2})\.(\d{1,2})(?!\d)", row[13])
            if item not in ("クロソイ", "ヒラメ", "スズキ", "コモンカスベ") or len(row) != 18:
                continue
            if not re.fullmatch(r"\d+(\.\d+)?", row[17]) or day is None:
                continue
            if rounding.create_decimal(Decimal(row[17])) > 100:
                place = row[5] if row[5] != "-" else row[6]
                drawn = date(1988 + int(day[1]), int(day[2]), int(day[3]))
                if place != "-":
                    above[item, row[4]].append((drawn, place))
    expected = {
        unit
        for unit, found in above.items()
        if any(
            0 <= (later - earlier).days < 90 and here != there
            for earlier, here in found
            for later, there in found
        )
    }
    eligible = {
        (state.species, state.zone)
        for state in story.states
        if state.measure == "restriction" and state.first_eligible is not None
    }
    assert {unit for unit in eligible if unit in expected} == expected
    assert next(w.units for w in story.windows if w.window == "P90D") == len(expected)


def test_the_node_is_left_to_play_with(story: Story, folder: Path) -> None:
    node = Node.open(folder)
    invented = sum(isinstance(record, TestReport) for record in demo_standing.invented())
    rows = 4_255 + 9_474 + 3 + invented
    assert node.archive().query("SELECT COUNT(*) AS n FROM reports")["n"].to_pylist() == [rows]


def test_the_command_leaves_other_folders_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "letter").write_text("dear")
    assert command(["demo"]) == 2
    assert "nothing was deleted" in capsys.readouterr().err
    assert (tmp_path / "demo" / "letter").read_text() == "dear"
