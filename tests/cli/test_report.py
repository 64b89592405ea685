"""`fairwater report`: files written, the same bytes again, and what is refused.

Truth: 500 Bq/kg on 2021-02-22 and 270 on 2021-04-01, black rockfish off one prefecture, at
two points (the press pages named in the demo's data), against the limit of 100.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

import fairwater.node
from fairwater.cli.exits import DONE, UNREADABLE, USAGE
from fairwater.node.briefing.content import Briefing
from fairwater.report.page import report

PRESS = Path(fairwater.node.__file__).parent / "demo_data" / "press_black_rockfish.yaml"
CLOCKS = ("--node", "n", "--as-of", "2021-04-18", "--knowledge", "sampled")


@pytest.fixture
def node(fairwater: Any) -> Any:
    """A node with the press figures."""
    assert fairwater("init", "n", "--party", "coast", "--name", "Coast").code == DONE
    ran = fairwater("record", PRESS, "--node", "n")
    assert ran.code == DONE, ran.err
    return fairwater


def test_a_page_is_written_and_tells_what_the_briefing_holds(node: Any) -> None:
    ran = node(
        "report", "origin_restriction", *CLOCKS, "--no-pdf", "--out", "o", "--data", "d.json"
    )
    assert ran.code == DONE, ran.err
    assert not Path("o/report.pdf").exists()
    page = Path("o/report.html").read_bytes()
    told = msgspec.json.decode(Path("d.json").read_bytes(), type=Briefing)
    assert report(told, "en") == page
    (row,) = told.units
    assert (row.species.key, row.samples, row.above) == ("クロソイ", 2, 2)
    assert [p.text for s in told.series for p in s.points] == ["500", "270"]
    assert "500" in page.decode()


@pytest.mark.parametrize(("lang", "tag"), [("en", "en"), ("zh", "zh-Hans"), ("ja", "ja")])
def test_the_same_question_gives_the_same_bytes(node: Any, lang: str, tag: str) -> None:
    words = ("report", "origin_restriction", *CLOCKS, "--no-pdf", "--lang", lang, "--json")
    first = node(*words, "--out", "a.html")
    again = node(*words, "--out", "b.html")
    assert first.code == again.code == DONE
    (one,), (other,) = (json.loads(ran.out)["written"] for ran in (first, again))
    assert one["sha256"] == other["sha256"]
    assert f'<html lang="{tag}">' in Path("a.html").read_text("utf-8")
    assert one["bytes"] == Path("a.html").stat().st_size


def test_a_pdf_stands_beside_the_page(node: Any) -> None:
    ran = node("report", "origin_restriction", *CLOCKS, "--out", "r.html")
    assert ran.code == DONE, ran.err
    assert Path("r.pdf").read_bytes().startswith(b"%PDF-")
    assert not [file for file in Path().iterdir() if file.name.startswith(".r.")]


def test_assumed_decisions_are_marked_on_the_page(node: Any) -> None:
    words = ("report", "origin_restriction", *CLOCKS, "--no-pdf", "--decisions")
    assert node(*words, "prompt", "--out", "p.html").code == DONE
    assert node(*words, "as_recorded", "--out", "r.html").code == DONE
    assert "Hypothetical, not history." in Path("p.html").read_text("utf-8")
    assert "Hypothetical, not history." not in Path("r.html").read_text("utf-8")


def test_no_agreement_named_takes_those_on_record(node: Any) -> None:
    assert node("agreement", "add", "origin_restriction", "--node", "n").code == DONE
    ran = node("report", *CLOCKS, "--no-pdf", "--out", "r.html")
    assert ran.code == DONE, ran.err
    assert "no agreement named: origin_restriction" in ran.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("nothing_of_the_kind",), UNREADABLE, "no agreement `nothing_of_the_kind`"),
        (("origin_restriction", "--later", "2021-04-01"), USAGE, "--later 2021-04-01 is not after"),
        (("origin_restriction", "--out", "r.docx"), USAGE, "neither a folder nor a file NAME.html"),
        (("origin_restriction", "--decisions", "maybe"), USAGE, "--decisions `maybe`"),
        (("origin_restriction",) * 9, USAGE, "at most 8"),
    ],
)
def test_what_cannot_be_reported_is_told(
    node: Any, words: tuple[str, ...], code: int, said: str
) -> None:
    ran = node("report", *words, *CLOCKS, "--no-pdf")
    assert ran.code == code
    assert said in ran.err
    assert not Path("report.html").exists()
