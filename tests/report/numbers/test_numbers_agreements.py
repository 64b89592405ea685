"""The agreements side by side on a report's page, against a search day by day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from types import ModuleType
from typing import Any

from fairwater.node import demo

AS_OF = demo.FIGURES_END
DAY = timedelta(days=1)
HOLD, SUSPENDED = 2, 3
"""What the industry's stop and a restriction do to the goods: not shipped, stopped."""

Unit = tuple[str, str]


def number(text: str) -> int:
    return int(text.replace(",", ""))


def course(plainly: ModuleType, mine: list[Any], *, hindsight: bool) -> dict[date, int]:
    """Level that `origin_restriction` calls for, on every day on which it calls for anything."""
    found: dict[date, int] = {}
    for step, level in (("industry_hold", HOLD), ("impose", SUSPENDED)):
        runs = plainly.openings(mine, plainly.RULES[step], AS_OF, hindsight=hindsight)
        for since, until in runs:
            day = since
            while day < (until or AS_OF + DAY):
                found[day] = max(level, found.get(day, 0))
                day += DAY
    return found


def test_what_later_knowledge_changes_is_counted_in_days(
    page: Any, names: Mapping[str, Unit], evidence: Any, plainly: ModuleType
) -> None:
    """Days on which the answer of the time and that in hindsight differ, under the first text."""
    expected = {}
    for unit, mine in evidence.whole.items():
        then, later = (course(plainly, mine, hindsight=h) for h in (False, True))
        apart = sorted(d for d in then.keys() | later.keys() if then.get(d) != later.get(d))
        if apart:
            expected[unit] = len(apart), str(apart[0])
    told = {
        names[unit]: (number(days), first)
        for unit, letter, days, first in page.tables["late-table"].rows
        if re.match(r"A\b", letter)
    }
    assert told == expected
    assert len(expected) > 5


def above_by_the_scheme(plainly: ModuleType, mine: list[Any], day: date) -> bool:
    """`tighten_item`: a published sum above 100, not rounded, within 180 days."""
    after = day - timedelta(days=180)
    for sample in mine:
        stated = sample.stated(plainly.SUM)
        inside = after < sample.drawn <= day and sample.known <= day
        if inside and stated is not None and plainly.bounds(stated)[0] > 100:
            return True
    return False


def test_the_first_difference_is_the_day_on_which_one_text_first_moves(
    page: Any, names: Mapping[str, Unit], evidence: Any, plainly: ModuleType
) -> None:
    """All start where nothing is called for: they part when the first of them calls for something.

    The first text and the sample clause of the second are searched here day by day; where the
    page names another clause (a relaxation, the border, the third text), it is no later.
    """
    told = {names[row[0]]: row for row in page.tables["differences-table"].rows}
    searched = 0
    for unit, mine in evidence.whole.items():
        days = sorted(course(plainly, mine, hindsight=False))
        day = min((s.drawn for s in mine), default=AS_OF)
        end = days[0] if days else AS_OF + DAY
        while day < end and not above_by_the_scheme(plainly, mine, day):
            day += DAY
        first = min(day, end)
        if first > AS_OF:
            continue
        assert unit in told, unit
        says = "\n".join(told[unit][2:])
        if "relax_item" in says or "C.resume" in says:
            assert told[unit][1] <= str(first)
        else:
            assert told[unit][1] == str(first), unit
            searched += 1
    assert searched > 8


def test_the_page_counts_units_on_which_all_agree(page: Any, evidence: Any) -> None:
    apart = len(page.tables["differences-table"].rows)
    said = page.text("agreements")
    assert f"On {len(evidence.whole) - apart} of {len(evidence.whole)} units all agree" in said


def test_the_number_that_stops_the_industry_counts_samples_above_its_limit(
    page: Any, names: Mapping[str, Unit], evidence: Any, plainly: ModuleType
) -> None:
    seen = 0
    for row in page.tables["differences-table"].rows:
        found = re.search(
            r"A\.industry_hold.*?above the limit: (\d+); asked: at least 1", row[2], re.S
        )
        if found is None:
            continue
        day = date.fromisoformat(row[1])
        mine = plainly.known(evidence.whole[names[row[0]]], day)
        above = [s for s in mine if s.drawn > day - 7 * DAY and plainly.exceeds(s, "50")]
        assert int(found[1]) == len(above), row[0]
        seen += 1
    assert seen > 5


def test_each_text_states_its_limits_and_the_samples_that_count(
    page: Any, evidence: Any, plainly: ModuleType
) -> None:
    told = {row[0]: row[1:] for row in page.tables["agreements-table"].rows}
    samples = sum(map(len, evidence.known.values()))
    assert [number(cell) for cell in told["Samples that count"]] == [samples] * 3
    for cell, name in zip(told["Limits"], demo.AGREEMENTS, strict=True):
        for limit in plainly.agreement(name)["limits"]:
            if limit.get("value") is not None:
                assert f"{limit['value']} {limit['unit']}" in cell, (name, limit["id"])
    for cell in told["Left out"]:
        assert sorted(map(int, re.findall(r"\d+", cell))) == sorted(plainly.left_out().values())
