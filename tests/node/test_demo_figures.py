"""The demo's data: what is shipped is what was published, and only a demo node is deleted."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from fairwater.node import demo_figures
from fairwater.node.config import NodeError
from fairwater.node.node import Node
from fairwater.records import Decision, Sample, TestReport, decode

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    path = REPOSITORY / "tools" / "build_demo_data.py"
    spec = importlib.util.spec_from_file_location("build_demo_data", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_what_is_shipped_is_what_the_table_says(shared: Path, builder: ModuleType) -> None:
    """Made again from the published table. If intake reads better now: run the tool again."""
    table = shared / "data" / "mhlw-japan-food" / "seafood_2012-04_2014-03.csv.gz"
    assert list(builder.lines(table)) == demo_figures.measured()


def test_the_sea_area_figures_are_what_the_issue_says(shared: Path, builder: ModuleType) -> None:
    """Made again from the parsed issue of 2026-02-17, as above."""
    table = shared / "data" / "iaea-orbs" / "history" / "fish_2026-02-17_e8105e16b.csv.gz"
    again = list(builder.lines(table, "iaea-orbs-fish"))
    assert again == demo_figures.measured(demo_figures.SEA_AREA)


def test_every_record_that_is_shipped_is_canonical() -> None:
    kinds = Counter(type(decode(data)).__name__ for data in demo_figures.measured())
    assert kinds == {"TestReport": 4_255, "SourceDocument": 1, "QuarantinedRow": 1}


def test_the_press_is_told_with_its_source() -> None:
    """Values, days and decisions of the replay test in the shared protocols (S6, S22)."""
    records = demo_figures.press()
    reports = [record for record in records if isinstance(record, TestReport)]
    told = [
        (report.sample.collected, report.sample.place.district, report.results[0].value)
        for report in reports
        if isinstance(report.sample, Sample) and report.sample.place
    ]
    assert told == [
        ("2021-02-22", "新地町", "500"),
        ("2021-04-01", "南相馬市", "270"),
        ("2022-01-26", "相馬市", "1400"),
    ]
    for report in reports:
        assert report.source is None  # they stand in no table
        (flag,) = report.flags
        assert flag.flag == "press_reported"
        assert "https://" in (flag.detail or "")
    decided = [
        (record.transition, record.dated, record.override)
        for record in records
        if isinstance(record, Decision)
    ]
    assert decided == [("impose", "2021-04-19", False), ("lift", "2021-12-01", True)]


def test_a_demo_node_is_made_anew(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    first = demo_figures.make(folder)
    count = demo_figures.fill(first, [])
    assert first.journal.size == count + 1  # and the party
    (folder / "scribble").write_text("of someone who played with it")
    again = demo_figures.make(folder)
    assert again.journal.size == 1
    assert not (folder / "scribble").exists()


def test_what_is_no_demo_node_is_not_deleted(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "thesis.txt").write_text("years of work")
    real = tmp_path / "real"
    Node.create(real, party="coastal-authority", name="a node of someone's own")
    marked = tmp_path / "marked"
    Node.create(marked, party="another", name="N")
    (marked / demo_figures.MARK).write_text("")
    linked = tmp_path / "linked"
    demo_figures.make(tmp_path / "demo")
    linked.symlink_to(tmp_path / "demo")
    file = tmp_path / "file"
    file.write_text("")
    for folder in (papers, real, marked, linked, file):
        before = sorted(folder.rglob("*"))
        with pytest.raises(NodeError, match="nothing was deleted"):
            demo_figures.make(folder)
        assert sorted(folder.rglob("*")) == before


def test_the_whole_table_after_the_demo_brings_the_rows_that_were_left_out(
    tmp_path: Path, shared: Path
) -> None:
    """The demo's document is a choice of rows: a later import of all of it must not stop there."""
    from fairwater.node.importing import import_file

    node = demo_figures.make(tmp_path / "demo")
    demo_figures.fill(node, [])
    table = shared / "data" / "mhlw-japan-food" / "seafood_2012-04_2014-03.csv.gz"
    report = import_file(node, table)
    assert (report.restated, report.new_records) == (4_256, 42_541 - 4_256)
    assert report.amendments == report.possible_restatements == 0
