"""A report's page of the demo's node, read; and what must stand on it, from the source lines."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from fairwater.node.briefing import Briefing

AS_OF = date(2014, 3, 31)
"""Last day of the published figures, as of which the page tells."""
STEP = ("industry_hold", "impose")
"""Steps out of the first states of `origin_restriction`."""

Unit = tuple[str, str]


@pytest.fixture(scope="session")
def read() -> ModuleType:
    """`page_tables.py`: a page read by its tables and words."""
    path = Path(__file__).resolve().parent / "page_tables.py"
    spec = importlib.util.spec_from_file_location("report_tests_page_tables", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def page(demo_briefing: Briefing, read: ModuleType) -> Any:
    """The page in English, read."""
    from fairwater.report.page import report

    return read.read(report(demo_briefing, "en"))


@dataclass
class Evidence:
    """What was drawn and known by the day asked about, by unit; and all there is."""

    known: dict[Unit, list[Any]]
    whole: dict[Unit, list[Any]]


@pytest.fixture(scope="session")
def evidence(plainly: ModuleType) -> Evidence:
    samples = plainly.samples()
    return Evidence(plainly.by_unit(plainly.known(samples, AS_OF)), plainly.by_unit(samples))


def ending(cell: str, keys: set[str]) -> str:
    """The source's own name at the end of a cell that gives it after its English one."""
    (found,) = [key for key in keys if cell == key or cell.endswith(f" {key}")]
    return found


@pytest.fixture(scope="session")
def rows(page: Any, evidence: Evidence) -> dict[Unit, tuple[list[str], list[str]]]:
    """Rows of the tables of units: cells and headings by unit."""
    species, zones = ({unit[n] for unit in evidence.whole} for n in (0, 1))
    english = {
        cell.removesuffix(ending(cell, zones)).strip() or cell: ending(cell, zones)
        for cell in page.tables["zones-table"].column(0)
    }
    found = {}
    for name, table in page.tables.items():
        if name != "status-table" and not name.startswith("rest-"):
            continue
        for row in table.rows:
            if name == "status-table":
                zone = english[row[1]]
            else:
                (zone,) = [
                    key for words, key in english.items() if f" in {words}." in table.caption
                ]
            unit = ending(row[0], species), zone
            assert unit not in found
            found[unit] = row, table.heads
    return found


@pytest.fixture(scope="session")
def names(
    rows: Mapping[Unit, tuple[list[str], list[str]]], page: Any, evidence: Evidence
) -> dict[str, Unit]:
    """English names of units sampled by then, as the other tables write them."""
    zones = {unit[1] for unit in evidence.whole}
    english = {
        ending(cell, zones): cell.removesuffix(ending(cell, zones)).strip() or cell
        for cell in page.tables["zones-table"].column(0)
    }
    found: dict[str, Unit] = {}
    for unit, (row, _) in rows.items():
        words = row[0].removesuffix(unit[0]).strip() or row[0]
        told = f"{words}, {english[unit[1]]}"
        if unit in evidence.known or told not in found:
            assert told not in found or found[told] not in evidence.known
            found[told] = unit
    return found


@pytest.fixture(scope="session")
def eligible(plainly: ModuleType, evidence: Evidence) -> dict[str, dict[Unit, date]]:
    """Units for which a step is open on the last day, since when: day by day from the lines."""
    found: dict[str, dict[Unit, date]] = {step: {} for step in STEP}
    for unit, mine in evidence.whole.items():
        for step in STEP:
            runs = plainly.openings(mine, plainly.RULES[step], AS_OF, hindsight=False)
            if runs and runs[-1][1] is None:
                found[step][unit] = runs[-1][0]
    return found


@pytest.fixture(scope="session")
def standing(evidence: Evidence, eligible: Mapping[str, Mapping[Unit, date]]) -> dict[Unit, str]:
    """How every unit stands under the restriction: nothing was decided by then."""
    found = {}
    for unit in evidence.whole:
        last = max((s.drawn for s in evidence.known.get(unit, [])), default=None)
        if unit in eligible["impose"]:
            found[unit] = "Eligible for a measure"
        elif last is None:
            found[unit] = "Never sampled"
        else:
            late = last < AS_OF - timedelta(days=90)
            found[unit] = "No sample for 90 days" if late else "No measure"
    return found
