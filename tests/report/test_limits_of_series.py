"""Limits beside a series: whole labels, letters as ranges, a star for another quantity."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date
from itertools import pairwise
from types import ModuleType

import msgspec
import pytest

from fairwater.agreement.terms import Words
from fairwater.node.briefing.content import LimitLine, Point, Series
from fairwater.report.document import Paragraph
from fairwater.report.figures import paper, series_panel
from fairwater.report.figures.frame import width_of
from fairwater.report.figures.limits import ranged
from fairwater.report.telling import document
from fairwater.report.words import language

PAPER = paper("Example Sans")
SVG = "{http://www.w3.org/2000/svg}"
SUM = ("Cs-134", "Cs-137")


def limit(letter: str, value: str, nuclides: tuple[str, ...] = SUM) -> LimitLine:
    return LimitLine(
        letter=letter, id="l", text=Words(), value=value, unit="Bq/kg", nuclides=nuclides,
        combine="sum", exceeds_when="gt", covers_series=nuclides == SUM,
    )  # fmt: skip


def texts(limits: list[LimitLine], invented: ModuleType, highest: float = 3.5) -> list[ET.Element]:
    """Texts of a panel in which one result is drawn."""
    day = date(2013, 6, 1)
    point = Point(first=day, last=day, kind="detected", text="t", low=30, high=30)
    one = Series(species=invented.SPECIES[0], zone=invented.ZONES[0][0], quantity=SUM,
                 unit="Bq/kg", points=(point,))  # fmt: skip
    svg = series_panel(
        one, limits, name="p", decades=(0, highest), days=(date(2013, 1, 1), date(2014, 2, 28)),
        title="T", desc="D", caption=(), words=language("en"), look=PAPER,
    ).svg  # fmt: skip
    return list(ET.fromstring(svg).iter(SVG + "text"))


@pytest.mark.parametrize(
    ("letters", "said"),
    [("A", "A"), ("AB", "A, B"), ("ABC", "A–C"), ("ABCE", "A–C, E"), ("CAHGB", "A–C, G, H")],
)
def test_letters_that_follow_each_other_are_a_range(letters: str, said: str) -> None:
    assert ranged(letters) == said


@pytest.mark.parametrize("letters", ["A", "ABC", "ACEG", "ACEGH", "ABCDEFGH"])
@pytest.mark.parametrize("value", ["50", "1250", "650000"])
def test_every_letter_stands_whole_beside_its_line(
    letters: str, value: str, invented: ModuleType
) -> None:
    """Eight agreements are the most a report takes; no letter is cut, none leaves the drawing."""
    found = texts([limit(letter, value) for letter in letters], invented, highest=6.0)
    labels = [e for e in found if float(e.attrib["x"]) > 300 and e.get("text-anchor") is None]
    said = " ".join(e.text or "" for e in labels)
    assert "…" not in said
    spoken = {chr(n) for a, b in re.findall(r"([A-H])–([A-H])", said)
              for n in range(ord(a), ord(b) + 1)}  # fmt: skip
    assert spoken | set(re.findall(r"[A-H]", said)) == set(letters)
    assert said.startswith(value)
    for e in labels:
        assert float(e.attrib["x"]) + width_of(e.text or "", 12) <= 400
    heights = [float(e.attrib["y"]) for e in labels]
    assert all(b - a >= 12.9 for a, b in pairwise(heights))


def test_numbers_of_the_axis_stand_inside_the_drawing(invented: ModuleType) -> None:
    """Up to ten million; widths as a wide sans serif has them: 0.64 em a digit, 0.32 a comma."""
    found = [e for e in texts([], invented, highest=7.2) if e.get("text-anchor") == "end"]
    named = {e.text for e in found}
    assert {"0", "1", "10,000", "100,000", "10,000,000"} <= named
    for e in found:
        text = e.text or ""
        wide = 12 * (0.64 * (len(text) - text.count(",")) + 0.32 * text.count(","))
        assert float(e.attrib["x"]) - wide >= 0


def test_the_note_names_what_is_starred_and_nothing_else(invented: ModuleType) -> None:
    briefing = invented.briefing()
    side = msgspec.structs.replace(
        briefing.sides[0],
        limits=(limit("A", "100"), limit("B", "100"), limit("C", "800", ("Cs-137",))),
    )
    changed = msgspec.structs.replace(
        briefing, sides=(side,), series=tuple(s for s in briefing.series if s.quantity == SUM),
        comparison=None, tracks=(), lacks=(), consignments=(), dossiers=(),
    )  # fmt: skip
    (section,) = [s for s in document(changed, "en").sections if s.id == "series"]
    notes = [b.phrase.text for b in section.blocks if isinstance(b, Paragraph) and b.role == "fine"]
    assert any("Beside Cs-134 + Cs-137: 800 C on Cs-137." in note for note in notes)
    assert not any("100 A" in note for note in notes)
