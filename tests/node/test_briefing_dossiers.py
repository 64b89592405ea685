"""Dossiers of a report, down to the cell, against the published files and the exact evaluator."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from fairwater.agreement.context import Context, terms_of
from fairwater.agreement.evaluator import evaluate
from fairwater.agreement.timeline import Timeline
from fairwater.node import demo
from fairwater.node.agreements import find
from fairwater.node.briefing import Briefing
from fairwater.node.briefing.content import DossierPart
from fairwater.node.evaluation import (
    Asked,
    Prepared,
    every,
    evidence_of,
    explained,
    explained_from,
    prepare,
)
from fairwater.node.node import Node

AS_OF = demo.FIGURES_END
EVERY = 4
MOST_ROWS = 15
"""Of units with no more rows, now or later, every so many is explained from its beginning."""
HEADINGS = {
    "reporter": "報告自治体",
    "responsible": "実施主体",
    "region": "産地_都道府県",
    "district": "産地_市町村",
    "locality": "産地_その他",
    "item": "品目_品目名",
    "item_note": "品目_その他",
    "category": "食品カテゴリ",
    "laboratory": "検査機関",
    "method": "検査法",
    "collected": "採取日(購入日)",
    "resulted": "結果判明日",
}
"""Column of the ministry's table for each field that a dossier shows."""


@pytest.fixture(scope="module")
def prepared(demo_node: Node) -> dict[str, Prepared]:
    return {
        letter: prepare(
            demo_node,
            Asked(found=find(demo_node, name, AS_OF), as_of=AS_OF, knowledge="resulted"),
        )
        for letter, name in zip("ABC", demo.AGREEMENTS, strict=True)
    }


@pytest.fixture(scope="module")
def published(shared: Path) -> list[dict[str, str]]:
    """Rows of the ministry's table; the first row under the header is number 1."""
    path = shared / "data" / "mhlw-japan-food" / "seafood_2012-04_2014-03.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def by_id(demo_node: Node) -> dict[str, dict[str, Any]]:
    """Records of the journal by the SHA-256 of their bytes, which is their name."""
    entries = (demo_node.journal.entry(n) for n in range(demo_node.journal.size))
    return {hashlib.sha256(data).hexdigest(): json.loads(data) for data in entries}


def records(part: DossierPart) -> Iterator[dict[str, Any]]:
    """Every record that a dossier's numbers list."""

    def below(row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        for sample in row.get("metric", {}).get("samples", ()):
            yield from sample["records"]
        for inner in row.get("parts", ()):
            yield from below(inner)

    yield from below(part.tree["clause"])


def test_each_side_has_its_dossiers(demo_briefing: Briefing) -> None:
    assert [part.letter for part in demo_briefing.dossiers] == ["A", "B", "C"]
    assert all(list(records(part)) for part in demo_briefing.dossiers[:2])


def test_every_cell_shown_is_that_of_the_published_file(
    demo_briefing: Briefing, published: list[dict[str, str]], by_id: Mapping[str, dict[str, Any]]
) -> None:
    """File by its digest, row by its number, column by its heading, text as it stands there."""
    food_tests = demo_briefing.reads[0].sha256
    cells = 0
    for part in demo_briefing.dossiers:
        for record_id, shown in part.rows.items():
            source = by_id[record_id].get("source")
            if source is None:
                continue  # entered by hand: it stands in no file
            assert source["document"] == food_tests
            row = published[source["row"] - 1]
            for field, text in shown:
                assert text == row[HEADINGS.get(field, field)], (source, field)
                cells += 1
    assert cells > 200


def test_every_number_cited_is_the_cell_it_names(
    demo_briefing: Briefing, published: list[dict[str, str]]
) -> None:
    food_tests = demo_briefing.reads[0].sha256
    cells = 0
    for part in demo_briefing.dossiers:
        for record in records(part):
            for value in record["reported"]:
                source = value.get("source")
                if source is None:
                    continue
                assert source["document"] == food_tests
                row = published[source["row"] - 1]
                assert value["text"] == row[source["column"]], source
                cells += 1
    assert cells > 20


def test_rows_shown_are_those_cited(demo_briefing: Briefing) -> None:
    for part in demo_briefing.dossiers:
        cited = sorted(part.tree["cites"])
        assert list(part.rows) == [record for record in cited if record in part.rows][:40]
        listed = {record["id"] for record in records(part)}
        assert set(part.rows) <= set(cited)
        assert listed <= set(cited)


def test_the_restriction_counts_the_points_that_plain_loops_count(
    demo_briefing: Briefing, plainly: ModuleType
) -> None:
    """Samples above 100 within 90 days, by point: number, days and places."""
    (part,) = [p for p in demo_briefing.dossiers if p.letter == "A"]
    assert (part.transition, part.verdict) == ("impose", "holds")
    unit = tuple(name.key for name in part.label)
    after = AS_OF - timedelta(days=90)
    above = [
        s
        for s in plainly.known(plainly.samples(), AS_OF)
        if s.unit == unit and s.drawn > after and plainly.exceeds(s, "100")
    ]
    (clause,) = part.tree["clause"]["parts"]
    metric = clause["metric"]
    assert metric["name"] == "distinct_points_exceeding"
    points = {s.point for s in above}
    assert metric["value"][0] == len(points - {None})
    assert metric["window"] == {
        "first": (after + timedelta(days=1)).isoformat(), "last": AS_OF.isoformat()
    }  # fmt: skip
    exceeding = [s for s in metric["samples"] if s["outcome"] == "exceeds"]
    assert sorted(s["point"] for s in exceeding) == sorted(s.point for s in above)
    assert sorted(s["records"][0]["sampled"] for s in exceeding) == sorted(
        s.drawn.isoformat() for s in above
    )


def test_verdicts_are_those_of_the_exact_evaluator(
    demo_briefing: Briefing, prepared: Mapping[str, Prepared]
) -> None:
    """The clause judged by itself on the last day; nothing had moved these units before."""
    for part in demo_briefing.dossiers:
        asked = prepared[part.letter]
        dimensions = [d.id for d in asked.agreement.scope.unit]
        unit = dict(zip(dimensions, (name.key for name in part.label), strict=True))
        (step,) = [t for t in asked.agreement.transitions if t.id == part.transition]
        (stand,) = [
            s
            for s in demo_briefing.units[part.number or 0].stands
            if (s.letter, s.measure) == (part.letter, part.measure)
        ]
        assert stand.since is None
        context = Context(
            at=AS_OF,
            known_at=AS_OF,
            terms=terms_of(asked.agreement),
            unit=unit,
            bindings=asked.bindings,
        )
        verdict = evaluate(step.when, evidence_of(asked, unit), context, step.except_)
        assert (part.verdict, part.tree["verdict"]) == (verdict.verdict, verdict.verdict)
        assert part.tree["cites"] == list(verdict.cites)
        assert part.tree["missing"] == [entry.plain() for entry in verdict.missing]
        assert part.tree["unit"] == unit
        assert (part.tree["at"], part.tree["known_at"]) == (str(AS_OF), str(AS_OF))


def test_a_dossier_from_a_timeline_at_hand_is_the_one_from_the_whole_history(
    prepared: Mapping[str, Prepared], plainly: ModuleType
) -> None:
    """`explained_from` is `explained`: for every step of the picked units of every side.

    Picked: of the units with few rows every fourth, and each of them that may move, has
    moved or is in dispute.
    """
    by_unit = plainly.by_unit(plainly.samples())
    few = sorted(unit for unit, found in by_unit.items() if len(found) <= MOST_ROWS)
    names = set(few[::EVERY])
    compared, disputed = 0, 0
    for asked in prepared.values():
        for told in every(asked):
            unit = told.unit["species"], told.unit["zone"]
            moving = unit in few and (told.taken or told.eligible or told.asserted)
            if unit in names or moving:
                compared += alike(asked, told)
                disputed += told.status == "contested"
    assert compared > 20
    assert disputed == 1


def alike(asked: Prepared, told: Timeline) -> int:
    """Every step from the state in force explained both ways; how many there are."""
    for name in told.now:
        short = explained_from(asked, told, name).plain(3)
        assert short == explained(asked, dict(told.unit), name).plain(3), (told.unit, name)
    return len(told.now)


def test_a_dossier_after_two_decisions_counts_from_the_last(demo_node: Node) -> None:
    """Black rockfish once the restriction was imposed and lifted: both ways, for every step."""
    day = date(2022, 2, 28)
    found = find(demo_node, demo.AGREEMENT, day)
    asked = prepare(demo_node, Asked(found=found, as_of=day, knowledge="resulted"))
    told = [t for t in every(asked) if t.unit == demo.ROCKFISH]
    assert [len(t.taken) for t in told] == [0, 2]
    assert sum(alike(asked, t) for t in told) > 2


def test_a_dossier_follows_assumed_decisions(demo_node: Node) -> None:
    """One year in, every decision supposed taken as soon as it may be: the units that moved."""
    day = date(2013, 3, 31)
    asked = prepare(
        demo_node,
        Asked(
            found=find(demo_node, demo.AGREEMENT, day),
            as_of=day,
            knowledge="resulted",
            decisions="prompt",
        ),
    )
    moved = sorted((t for t in every(asked) if t.taken), key=lambda t: len(t.openings))
    assert all(t.hypothetical for t in moved)
    assert sum(alike(asked, t) for t in moved[:3]) >= 3
