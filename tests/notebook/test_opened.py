"""The library says what the commands say: the same functions, the same answers."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

import fairwater
from fairwater.cli.app import run as command
from fairwater.node import demo_figures, demo_standing
from fairwater.node.agreements import find, record_of
from fairwater.notebook import OpenNode

DAY = "2014-03-31"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library") / "node"
    made = demo_figures.make(folder)
    texts = [record_of(find(None, name)) for name in ("origin_restriction", "import_certificate")]
    demo_figures.fill(made, [*texts, *demo_standing.invented()])
    return folder


@pytest.fixture
def node(folder: Path) -> OpenNode:
    return fairwater.open(folder)


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Callable[..., object]:
    def told(*words: str) -> object:
        capsys.readouterr()
        command(list(words))
        return json.loads(capsys.readouterr().out)

    return told


def test_states_are_those_of_evaluate(node: OpenNode, folder: Path, printed) -> None:
    told = printed(
        "evaluate", "origin_restriction", "--as-of", DAY, "--knowledge", "sampled",
        "--node", str(folder), "--json",
    )  # fmt: skip
    asked = node.ask("origin_restriction", as_of=DAY, knowledge="sampled")
    rows = asked.states.to_pylist()
    assert [(r["species"], r["zone"], r["measure"], r["state"]) for r in rows] == [
        (u["unit"]["species"], u["unit"]["zone"], u["measure"], u["state"]) for u in told["units"]
    ]
    openings = [
        (u["unit"]["species"], o["transition"], o["eligible_from"])
        for u in told["units"]
        for o in u["timeline"]
    ]
    assert sorted(openings) == sorted(
        (r["species"], r["transition"], r["since"].isoformat()) for r in asked.openings.to_pylist()
    )


def test_a_dossier_is_that_of_explain(node: OpenNode, folder: Path, printed) -> None:
    told = printed(
        "explain", "origin_restriction", "impose", "--unit", "species=ヒラメ",
        "--unit", "zone=福島県", "--as-of", "2012-07-01", "--knowledge", "sampled",
        "--node", str(folder), "--json",
    )  # fmt: skip
    asked = node.ask("origin_restriction", as_of="2012-07-01", knowledge="sampled")
    dossier = asked.explain("impose", species="ヒラメ", zone="福島県")
    assert json.loads(json.dumps(dossier.data)) == told
    assert str(dossier).startswith(told["verdict"])


def test_overrides_and_one_unit(node: OpenNode) -> None:
    asked = node.ask(
        "origin_restriction", as_of=DAY, knowledge="sampled",
        overrides={"parameters.impose_window": "P30D"},
    )  # fmt: skip
    told = asked.timeline("restriction", species="ヒラメ", zone="福島県")
    own = [t for t in asked.timelines if t.unit == told.unit and t.measure == "restriction"]
    assert [(o.since, o.until) for o in told.openings] == [
        (o.since, o.until) for t in own for o in t.openings
    ]


def test_queries_by_name_by_sql_and_as_polars(node: OpenNode, folder: Path, printed) -> None:
    named = node.query("above-limit", {"limit": "100", "category": "seafood"})
    told = printed("query", "above-limit", "--set", "limit=100", "--set", "category=seafood",
                   "--node", str(folder), "--json")  # fmt: skip
    assert named.num_rows == len(told)
    frame = node.polars("SELECT region, count(*) AS n FROM reports GROUP BY 1 ORDER BY 1")
    assert isinstance(frame, pl.DataFrame)
    assert frame["n"].sum() == node.table("reports").num_rows


def test_goods_and_comparison(node: OpenNode) -> None:
    checked = node.consignment(
        "certificate A (invented)", "import_certificate", as_of="2014-02-15", knowledge="sampled"
    )
    assert [answer.verdict for answer in checked.answers] == ["holds"]
    found = node.compare(
        "origin_restriction", "import_certificate", as_of=DAY, knowledge="sampled",
        unit={"species": "ヒラメ", "zone": "福島県"},
    )  # fmt: skip
    assert [side.letter for side in found.sides] == ["A", "B"]
    assert len(found.differ) + len(found.agree) == 1


def test_a_report_is_that_of_the_command(node: OpenNode, folder: Path, tmp_path: Path) -> None:
    briefing = node.brief("origin_restriction", as_of=DAY, knowledge="sampled")
    page, printed = node.report(briefing, tmp_path / "mine", "ja")
    words = ["report", "origin_restriction", "--as-of", DAY, "--knowledge", "sampled", "--lang"]
    command([*words, "ja", "--node", str(folder), "--out", str(tmp_path / "other")])
    assert page.read_bytes() == (tmp_path / "other" / "report.html").read_bytes()
    assert printed.read_bytes() == (tmp_path / "other" / "report.pdf").read_bytes()


def test_importing_the_package_loads_no_heavy_library() -> None:
    code = (
        "import fairwater, sys; "
        "print([m for m in ('duckdb', 'pyarrow', 'polars') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_a_folder_that_is_no_node_says_so(tmp_path: Path) -> None:
    with pytest.raises(fairwater.node.config.NodeError):
        fairwater.open(tmp_path)
