"""The demo's evidence read without the program: its own source lines, its YAML, plain loops.

    samples = plainly.samples()          every row that the agreements' scope makes evidence
    plainly.known(samples, day)          those drawn and known by a day
    plainly.openings(samples, rule, day) when a rule of the shipped text held, day by day

Nothing of `fairwater` is imported: what a report tells is compared with this. The rules are
those that the shipped agreements and docs/ state in words; the numbers come from the YAML.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

SOURCE = Path(__file__).resolve().parent.parent / "src" / "fairwater"
DATA = SOURCE / "node" / "demo_data"
SHIPPED = SOURCE / "agreement" / "shipped"
TABLES = ("mhlw_seafood_2012-2014.jsonl.gz", "orbs_fish_2021-2025.jsonl.gz")
STATEMENTS = ("press_black_rockfish.yaml", "standing_invented.yaml", "press_resumption.yaml")
SUM = ("Cs-134", "Cs-137")
ACCEPTED = date(2026, 3, 1)
"""Day on which the journal of the tests' node accepted everything."""

Row = dict[str, Any]
Unit = tuple[str, str]


class Sample(NamedTuple):
    """One row of evidence: unit, where, when drawn, from when known, and its record."""

    unit: Unit
    point: str | None
    drawn: date
    known: date
    row: Row

    def stated(self, nuclides: Iterable[str]) -> Row | None:
        """The result on exactly these nuclides."""
        wanted = sorted(nuclides)
        found = [r for r in self.row["results"] if sorted(r["nuclides"]) == wanted]
        return found[0] if found else None


@cache
def lines(table: str) -> tuple[Row, ...]:
    """Records of one table as the demo ships it, as JSON: the document, then its rows."""
    with gzip.open(DATA / table, "rt", encoding="utf-8") as file:
        return tuple(json.loads(line) for line in file)


@cache
def entered() -> tuple[Row, ...]:
    """Records of the demo that stand in no table."""
    return tuple(
        record
        for name in STATEMENTS
        for record in yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
    )


@cache
def agreement(name: str) -> Row:
    """A shipped agreement as its YAML says it; read once, not to be changed."""
    found: Row = yaml.safe_load((SHIPPED / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def reports() -> Iterator[Row]:
    """Test reports of the tables, then those entered by hand."""
    for table in TABLES:
        yield from (row for row in lines(table) if row["type"] == "test_report")
    yield from (row for row in entered() if row["type"] == "test_report")


def base(item: str) -> str:
    """The item without one trailing bracket, of either width."""
    return re.sub(r"[（(][^（()）]*[）)]$", "", item).rstrip()


@cache
def samples() -> tuple[Sample, ...]:
    """Rows that count under the scope of all three texts, known by the day of the result.

    Scope: seafood, with a region and a day; unit is item and region; the sampling point is the
    district, else the locality; the first day of a range stands for it.
    """
    found = []
    for row in reports():
        sample = row["sample"]
        place = sample.get("place", {})
        seafood = sample.get("product", {}).get("food_category") == "seafood"
        if not (seafood and place.get("region") and sample.get("collected")):
            continue
        found.append(
            Sample(
                (base(sample["item"]), place["region"]),
                place.get("district") or place.get("locality"),
                first_day(sample["collected"]),
                known_day(row),
                row,
            )
        )
    return tuple(found)


def left_out() -> dict[str, int]:
    """Rows that do not count, under the first reason that applies."""
    counts: dict[str, int] = defaultdict(int)
    for row in reports():
        sample = row["sample"]
        if sample.get("product", {}).get("food_category") is None:
            counts["category not stated"] += 1
        elif not sample.get("place", {}).get("region"):
            counts["region not stated"] += 1
        elif not sample.get("collected"):
            counts["collected not stated"] += 1
    return dict(counts)


def first_day(text: str) -> date:
    """The first day of a day or a range of days."""
    return date.fromisoformat(text.split("/")[0])


def known_day(row: Row) -> date:
    """Last day of the result, else of publication, else the day of acceptance."""
    stated = row.get("resulted") or row.get("published")
    return date.fromisoformat(stated.split("/")[-1]) if stated else ACCEPTED


def known(among: Iterable[Sample], day: date) -> list[Sample]:
    """Samples drawn by a day and known by then."""
    return [s for s in among if s.drawn <= day and s.known <= day]


def by_unit(among: Iterable[Sample]) -> dict[Unit, list[Sample]]:
    """Samples by unit."""
    found: dict[Unit, list[Sample]] = defaultdict(list)
    for sample in among:
        found[sample.unit].append(sample)
    return dict(found)


def bounds(result: Row) -> tuple[Decimal, Decimal | None]:
    """Least and greatest value that a result allows; None is unbounded."""
    kind = result["kind"]
    if kind == "detected":
        return Decimal(result["value"]), Decimal(result["value"])
    if kind == "censored":
        return Decimal(0), Decimal(result["value"])
    if kind in ("about", "not_stated"):
        return Decimal(0), None
    raise ValueError(f"the demo holds no result of kind {kind}")


def two_figures(value: Decimal) -> Decimal:
    """Rounded to two significant figures, a tie away from zero."""
    return Context(prec=2, rounding=ROUND_HALF_UP).create_decimal(value)


def exceeds(sample: Sample, level: str) -> bool:
    """Whether the published sum, to two figures, is surely above a level."""
    stated = sample.stated(SUM)
    return stated is not None and two_figures(bounds(stated)[0]) > Decimal(level)


def one_above(found: list[Sample], day: date) -> bool:
    """`industry_hold`: a sample above 50 within the last week."""
    after = day - timedelta(days=7)
    return any(after < s.drawn <= day and exceeds(s, "50") for s in found)


def two_points_above(found: list[Sample], day: date) -> bool:
    """`impose`: samples above 100 at two points within the last 90 days."""
    after = day - timedelta(days=90)
    points = {s.point for s in found if after < s.drawn <= day and exceeds(s, "100")}
    return len(points - {None}) >= 2


Rule = Callable[[list[Sample], date], bool]
RULES: dict[str, Rule] = {"industry_hold": one_above, "impose": two_points_above}
"""Steps of `origin_restriction` from the first states, as its text says them."""


def openings(
    among: list[Sample], rule: Rule, last: date, *, hindsight: bool
) -> list[tuple[date, date | None]]:
    """Intervals [since, until) on which a rule held, each day judged by itself.

    On what was known that day, or in hindsight on all that is known on the last one.
    """
    found: list[tuple[date, date | None]] = []
    since: date | None = None
    above = [s for s in among if exceeds(s, "50")]
    day = min((s.drawn for s in above), default=last)
    while day <= last:
        held = rule([s for s in above if s.known <= (last if hindsight else day)], day)
        if held and since is None:
            since = day
        elif not held and since is not None:
            found.append((since, day))
            since = None
        day += timedelta(days=1)
    return [*found, (since, None)] if since is not None else found
