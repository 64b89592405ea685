"""Units on a report's page and on paper, against the demo's own source lines read plainly."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from fairwater.node import demo
from fairwater.report.page import report
from fairwater.report.pdf import pdf

if TYPE_CHECKING:
    from fairwater.node.briefing import Briefing

AS_OF = demo.FIGURES_END
NONE = "–"
STATUS_PAGES = 12
"""Pages of the PDF that hold the first screen and the units; taking text out is slow."""

Unit = tuple[str, str]


def number(text: str) -> int:
    return int(text.replace(",", ""))


def test_every_unit_of_the_sources_has_one_row(rows: Mapping[Unit, object], evidence: Any) -> None:
    assert set(rows) == set(evidence.whole)


def test_rows_tell_samples_below_above_highest_and_last(
    rows: Mapping[Unit, tuple[list[str], list[str]]], evidence: Any, plainly: ModuleType
) -> None:
    for unit, (row, heads) in rows.items():
        assert heads[-5:] == [
            "Last sample", "Samples", "Below LOD", "Above limit", "Highest, as reported"
        ]  # fmt: skip
        mine = evidence.known.get(unit, [])
        sums = [s.stated(plainly.SUM) for s in mine]
        detected = [one for one in sums if one is not None and one["kind"] == "detected"]
        top = max((Decimal(one["value"]) for one in detected), default=None)
        texts = {one["text"] for one in detected if Decimal(one["value"]) == top} or {NONE}
        last, samples, below, above, highest = row[-5:]
        assert last == (str(max(s.drawn for s in mine)) if mine else "")
        assert number(samples) == len(mine)
        assert number(below) == sum(o is not None and o["kind"] == "censored" for o in sums)
        assert number(above) == sum(plainly.exceeds(s, "100") for s in mine)
        assert highest in texts, unit


def test_units_that_may_be_restricted_stand_first_with_the_day(
    page: Any,
    rows: Mapping[Unit, tuple[list[str], list[str]]],
    eligible: Mapping[str, Mapping[Unit, date]],
) -> None:
    restrict, stop = eligible["impose"], eligible["industry_hold"]
    first = page.tables["status-table"].rows
    busy = {unit for unit, (row, _) in rows.items() if row in first}
    assert busy == set(restrict) | set(stop)
    for unit, since in restrict.items():
        told = "\n".join(rows[unit][0])
        assert "holds" in told
        assert f"since {since}" in told


def test_the_first_screen_counts_units_by_how_they_stand(
    page: Any, standing: Mapping[Unit, str]
) -> None:
    by = Counter(standing.values())
    order = ("Eligible for a measure", "No measure", "No sample for 90 days", "Never sampled")
    assert [number(n) for n in page.counts] == [by[name] for name in order if by[name]]
    assert f"of {len(standing)} " in page.headline
    assert "None" in page.headline, "nothing was decided"


def test_zones_count_their_units_by_how_they_stand(page: Any, standing: Mapping[Unit, str]) -> None:
    table = page.tables["zones-table"]
    keys = {zone for _, zone in standing}
    told = {key: row for row in table.rows for key in keys if row[0].endswith(key)}
    assert set(told) == {zone for _, zone in standing}
    for zone, row in told.items():
        by = Counter(how for unit, how in standing.items() if unit[1] == zone)
        assert number(row[1]) == by.total()
        for head, cell in zip(table.heads[2:-1], row[2:-1], strict=True):
            assert cell == (str(by[head]) if by[head] else NONE), (zone, head)
        assert by.total() == sum(by[head] for head in table.heads[2:-1])


@pytest.mark.parametrize("code", ["ja", "zh"])
def test_every_language_tells_the_same_numbers(
    code: Any, page: Any, demo_briefing: Briefing, read: ModuleType
) -> None:
    """Cell by cell: digits and days of every table of numbers, in order."""
    other = read.read(report(demo_briefing, code))
    assert set(other.tables) == set(page.tables)
    digits = re.compile(r"\d[\d,.]*")
    for name, table in page.tables.items():
        if name.startswith(("marks", "texts", "agreements", "check", "missing", "differences")):
            continue  # sentences: dates and periods are worded there
        for mine, theirs in zip(table.rows, other.tables[name].rows, strict=True):
            for cell, same in zip(mine, theirs, strict=True):
                if re.fullmatch(r"[\d,.\s<–-]*", cell):
                    assert digits.findall(cell) == digits.findall(same), (name, mine, theirs)
    assert other.counts == page.counts
    assert len(other.cells) == len(page.cells)


def test_paper_tells_the_same_numbers_of_units_at_rest(
    demo_briefing: Briefing,
    evidence: Any,
    eligible: Mapping[str, Mapping[Unit, date]],
    plainly: ModuleType,
) -> None:
    """The PDF lists them one after the other, near its beginning: the text taken out of it."""
    reader = PdfReader(BytesIO(pdf(demo_briefing, "en")))
    pages = ["".join(page.extract_text().split()) for page in reader.pages[:STATUS_PAGES]]
    text = "".join(pages)
    for unit, mine in evidence.known.items():
        if unit in eligible["impose"]:
            continue
        sums = [s.stated(plainly.SUM) for s in mine]
        detected = [one for one in sums if one is not None and one["kind"] == "detected"]
        top = max((Decimal(one["value"]) for one in detected), default=None)
        highest = next((o["text"] for o in detected if Decimal(o["value"]) == top), NONE)
        below = sum(one is not None and one["kind"] == "censored" for one in sums)
        above = sum(plainly.exceeds(s, "100") for s in mine)
        last = max(s.drawn for s in mine)
        told = [str(len(mine)), str(below), str(above), highest, str(last)]
        assert printed(told, text), (unit, told)
    assert f"of{len(evidence.whole)}" in pages[0]


def printed(told: list[str], text: str) -> bool:
    """Whether numbers stand one after the other with words between, once at most a page's foot."""
    words, foot = r"[^\d]{1,40}", ".{1,400}?"
    gaps = range(len(told) - 1)
    for broken in (None, *gaps):
        parts = (re.escape(n) + (foot if n_th == broken else words) for n_th, n in enumerate(told))
        pattern = "".join(parts).removesuffix(words)
        if re.search(rf"(?<!\d){pattern}", text):
            return True
    return False
