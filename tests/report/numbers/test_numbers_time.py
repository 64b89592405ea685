"""Results, measures and texts on a report's page, against plain loops over the source lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from types import ModuleType
from typing import TYPE_CHECKING, Any

from fairwater.node import demo
from fairwater.report.page import report

if TYPE_CHECKING:
    from fairwater.node.briefing import Briefing

AS_OF = demo.FIGURES_END
DAY = timedelta(days=1)
STEP = ("industry_hold", "impose")
"""Steps out of the first states of `origin_restriction`."""
HOLD, SUSPENDED = 2, 3
"""What the industry's stop and a restriction do to the goods: not shipped, stopped."""

Unit = tuple[str, str]


def number(text: str) -> int:
    return int(text.replace(",", ""))


def quarters(plainly: ModuleType, mine: list[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for sample in mine:
        if sample.stated(plainly.SUM) is not None:
            name = f"{sample.drawn.year}-Q{(sample.drawn.month + 2) // 3}"
            found.setdefault(name, []).append(sample)
    return found


def test_quarters_count_results_below_above_and_the_highest(
    page: Any, names: Mapping[str, Unit], evidence: Any, plainly: ModuleType
) -> None:
    told: dict[Unit, dict[str, list[str]]] = {}
    for unit, quarter, *rest in page.tables["series-table"].rows:
        told.setdefault(names[unit], {})[quarter] = rest
    assert len(told) == 6
    for unit, by in told.items():
        found = quarters(plainly, evidence.known[unit])
        assert set(by) == set(found), unit
        for quarter, (results, below, above, highest) in by.items():
            mine = found[quarter]
            sums = [s.stated(plainly.SUM) for s in mine]
            assert number(results) == len(mine)
            assert number(below) == sum(one["kind"] == "censored" for one in sums)
            assert number(above) == sum(plainly.exceeds(s, "100") for s in mine)
            detected = [one for one in sums if one["kind"] == "detected"]
            stated = detected or [one for one in sums if one["kind"] == "censored"]
            top = max(Decimal(one["value"]) for one in stated)
            texts = {one["text"] for one in stated if Decimal(one["value"]) == top}
            assert highest in texts, (unit, quarter)


def test_drawings_say_how_many_results_they_hold(
    page: Any, names: Mapping[str, Unit], evidence: Any, plainly: ModuleType
) -> None:
    """What a drawing tells those who do not see it."""
    units = list(dict.fromkeys(row[0] for row in page.tables["series-table"].rows))
    described = [text for text in page.described if re.match(r"\d[\d,]* results?, ", text)]
    assert len(described) == len(units)
    for name, text in zip(units, described, strict=True):
        mine = evidence.known[names[name]]
        sums = [s.stated(plainly.SUM) for s in mine]
        below = sum(one is not None and one["kind"] == "censored" for one in sums)
        above = sum(plainly.exceeds(s, "100") for s in mine)
        counts = [number(n) for n in re.findall(r"[\d,]*\d(?= )", text)[:3]]
        assert counts == [sum(one is not None for one in sums), below, above], name


def test_limits_are_drawn_as_the_texts_state_them(
    demo_briefing: Briefing, plainly: ModuleType
) -> None:
    """Every limit of the three texts on a nuclide of the sum stands beside every drawing."""
    html = report(demo_briefing, "en").decode()
    lines: dict[tuple[str, bool], set[str]] = {}
    for letter, name in zip("ABC", demo.AGREEMENTS, strict=True):
        for limit in plainly.agreement(name)["limits"]:
            shared = set(limit["nuclides"]) & set(plainly.SUM)
            if shared and limit["unit"] == "Bq/kg" and limit.get("value") is not None:
                whole = set(limit["nuclides"]) == set(plainly.SUM)
                lines.setdefault((str(limit["value"]), whole), set()).add(letter)
    panels = re.findall(r'<figure class="panel">.*?</figure>', html, re.S)
    assert len(panels) == 6
    for panel in panels:
        texts = re.findall(r"<text[^>]*>([^<]*)</text>", panel)
        for (value, whole), letters in lines.items():
            pattern = re.compile(rf"{re.escape(value)} ([A-C, –-]+)(\*?)")
            found = [m for text in texts if (m := pattern.fullmatch(text.strip()))]
            marked = [m for m in found if bool(m[2]) != whole]
            assert marked, (value, whole, texts)
            assert letters <= set(spelled(marked[0][1]))


def spelled(letters: str) -> Iterator[str]:
    """Letters, also of a range: ``A–C``."""
    for part in letters.replace(" ", "").split(","):
        ends = re.split("[–-]", part)
        yield from (chr(n) for n in range(ord(ends[0]), ord(ends[-1]) + 1))


def test_eligible_intervals_are_those_of_a_search_day_by_day(
    page: Any, names: Mapping[str, Unit], evidence: Any, plainly: ModuleType
) -> None:
    told: dict[tuple[str, Unit, str], list[tuple[str, str]]] = {}
    for name, table in page.tables.items():
        if not name.startswith("time-table-"):
            continue
        for unit, what, since, until, knowledge in table.rows:
            step = what.rpartition("A.")[2]
            if step in STEP:
                key = step, names[unit], knowledge
                told.setdefault(key, []).append((since, until))
    assert len(told) > 20
    for (step, unit, knowledge), intervals in told.items():
        hindsight = knowledge != "as known then"
        runs = plainly.openings(
            evidence.whole[unit], plainly.RULES[step], AS_OF, hindsight=hindsight
        )
        assert intervals == [(str(a), "" if b is None else str(b)) for a, b in runs], unit


def test_decisions_and_assertions_stand_on_the_days_they_were_entered_with(
    page: Any, plainly: ModuleType
) -> None:
    tables = [t for name, t in page.tables.items() if name.startswith("time-table-")]
    told = [row for table in tables for row in table.rows]
    by_then = [
        r
        for r in plainly.entered()
        if r["type"] in ("decision", "assertion") and date.fromisoformat(r["dated"]) <= AS_OF
    ]
    assert {r["type"] for r in by_then} == {"decision", "assertion"}
    for record in by_then:
        words = record.get("reasons") or record["note"]
        found = [row for row in told if words in row[1]]
        assert [row[2] for row in found] == [record["dated"]], words
        assert found[0][4] == "as known then"
