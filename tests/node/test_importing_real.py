"""The published tables, whole. Counts are those of the shared FACTS.md, made by plain scripts."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from pathlib import Path

import pytest

from fairwater.node.import_report import ImportReport
from fairwater.node.importing import import_file
from fairwater.node.node import Node

pytestmark = pytest.mark.slow

ALL_FOOD = "all_food_2012-04_2014-03.csv.gz"
SEAFOOD = "seafood_2012-04_2014-03.csv.gz"
EXPORT = "raw/2r98520000029qrf.csv"


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    return shared / "data" / "mhlw-japan-food"


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Node:
    return Node.create(tmp_path_factory.mktemp("real") / "node", party="p", name="P")


@pytest.fixture(scope="module")
def first(node: Node, folder: Path) -> ImportReport:
    return import_file(node, folder / ALL_FOOD)


@pytest.fixture(scope="module")
def exported(node: Node, folder: Path, first: ImportReport) -> ImportReport:
    return import_file(node, folder / EXPORT)


def test_every_row_is_counted_once(first: ImportReport) -> None:
    assert first.rows_read == 598_186
    assert first.accepted + first.flagged + first.quarantined == first.rows_read
    assert first.quarantined <= 0.0025 * first.rows_read
    # FACTS.md: 3 ragged rows, 5 of 18 fields with shifted cells.
    assert first.reasons["ragged_row"] == 3
    assert first.reasons["not_in_vocabulary"] == 5


def test_replicates_stay(first: ImportReport) -> None:
    """362,240 rows equal another but for file and number: none is merged."""
    assert (first.new_records, first.restated) == (598_186, 0)


def test_contradictions_are_flagged_as_counted(first: ImportReport) -> None:
    assert first.flags["result_before_sampling"] == 286
    assert first.flags["sum_contradicts_parts"] == 1_179
    assert first.flags["published_correction"] == 7


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("raw/a361.csv", 600),
        ("raw/a433.csv", 2_109),
        ("raw/a759.csv", 3_677),
        ("raw/a842.csv", 762),
        (SEAFOOD, 42_541),
    ],
)
def test_what_was_published_before_restates(
    node: Node, folder: Path, first: ImportReport, name: str, rows: int
) -> None:
    """FACTS.md: the report files and the seafood subset equal their rows in the whole."""
    report = import_file(node, folder / name)
    assert (report.rows_read, report.restated, report.new_records) == (rows, rows, 0)
    assert report.amendments == report.withdrawals == report.possible_restatements == 0


def test_the_monthly_export_doubles_no_evidence(exported: ImportReport, folder: Path) -> None:
    """Against a plain comparison of cells, in which only `No` and the day published are left out.

    Rows equal in place, item, dates and values are no evidence either way.
    """
    with gzip.open(folder / ALL_FOOD, "rt", encoding="utf-8", newline="") as file:
        published = [row[2:] for row in csv.reader(file) if len(row) == 18]
    with (folder / EXPORT).open(encoding="utf-8", newline="") as file:
        repeated = [row[1:14] + row[15:] for row in list(csv.reader(file))[1:]]

    def shared_rows(columns: tuple[int, ...]) -> int:
        def picked(rows: list[list[str]]) -> Counter[tuple[str, ...]]:
            return Counter(tuple(row[n] for n in columns) for row in rows)

        return (picked(published) & picked(repeated)).total()

    in_every_cell = shared_rows(tuple(range(16)))
    alike = shared_rows((2, 3, 4, 7, 11, 12, 13, 14, 15))
    assert in_every_cell == 5_983  # FACTS.md
    assert exported.restated >= in_every_cell
    assert exported.restated + exported.possible_restatements >= alike
    # Spelling rules find a little more; they do not swallow what is new.
    assert exported.restated + exported.possible_restatements <= 1.03 * alike


def test_the_monthly_export_again_adds_nothing(
    node: Node, folder: Path, exported: ImportReport
) -> None:
    again = import_file(node, folder / EXPORT)
    assert (again.new_records, again.restated) == (0, 13_846)


def test_the_monthly_export_first_gives_as_much_evidence(tmp_path: Path, folder: Path) -> None:
    """Seafood only, both ways round: a result is held once whichever source came first."""
    counts = []
    for names in ((SEAFOOD, EXPORT), (EXPORT, SEAFOOD)):
        node = Node.create(tmp_path / names[0].replace("/", "_"), party="p", name="P")
        for name in names:
            import_file(node, folder / name)
        held = node.archive().query(
            "SELECT COUNT(*) AS n FROM current_reports "
            "WHERE NOT list_contains(flags, 'possible_restatement')"
        )
        counts.append(held["n"].to_pylist()[0])
    assert counts[0] == counts[1]
