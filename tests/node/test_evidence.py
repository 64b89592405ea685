"""Evidence from the archive, column by column, is what the records say one by one."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from fairwater.agreement.bulk.columns import DATE_KINDS, PLAIN, Columns, exact_evidence
from fairwater.agreement.bulk.timelines import evaluate_all, judge_rows, thinned_timeline
from fairwater.agreement.evidence import Evidence
from fairwater.agreement.load import load_agreement, shipped
from fairwater.agreement.machine import timeline
from fairwater.agreement.model import Agreement
from fairwater.node.evidence import Loaded, load
from fairwater.node.node import Node
from fairwater.records import (
    Amendment,
    Decision,
    Flag,
    Place,
    Position,
    Product,
    Record,
    Result,
    Sample,
    SourceDocument,
    TestReport,
    Withdrawal,
    encode,
    record_id,
)

NAME = "origin_restriction"
SHIPPED = load_agreement(shipped(NAME), NAME).agreement
OPEN_DAYS = replace(SHIPPED, scope=replace(SHIPPED.scope, day="set", require=("region",)))
AS_OF = date(2022, 6, 1)
FILE = "ab" * 32


def result(rng: random.Random, nuclides: tuple[str, ...], column: str) -> Result:
    kind = rng.choice(["detected", "detected", "censored", "censored", "not_stated", "about"])
    value = rng.choice(["0.77", "12", "49.6", "50", "99.96", "101.7", "104.9", "105", "270"])
    if rng.random() < 0.05:
        value = "100.00000000000000001"
    return Result(
        nuclides=nuclides,
        kind=kind,
        unit=rng.choice(["Bq/kg"] * 5 + ["mBq/kg"]),
        value=None if kind == "not_stated" else value,
        limit_kind=rng.choice(["detection_limit", "not_stated", "decision_threshold"])
        if kind == "censored"
        else None,
        limit="120" if kind == "censored" and rng.random() < 0.3 else None,
        basis=rng.choice(["as_sold"] * 4 + [None, "dry"]),
        standing="contested" if rng.random() < 0.05 else None,
        column=column,
    )


def report(rng: random.Random, row: int) -> TestReport:
    day = date(2021, 1, 1) + timedelta(days=rng.randrange(400))
    later = day + timedelta(days=rng.randrange(1, 20))
    collected = rng.choice(
        [day.isoformat()] * 4 + [day.isoformat()[:7], f"{day}/{day + timedelta(days=4)}", None]
    )
    sum_of = ("Cs-134", "Cs-137") if rng.random() < 0.8 else ("Cs-137", "Cs-134")
    results = [
        result(rng, ("Cs-134",), "Cs134"),
        result(rng, ("Cs-137",), "Cs137"),
        result(rng, sum_of, "sum"),
    ]
    if rng.random() < 0.05:
        results.append(result(rng, ("Cs-134", "Cs-137"), "again"))
    return TestReport(
        sample=Sample(
            sample=f"S{rng.randrange(1000)}" if rng.random() < 0.1 else None,
            item=rng.choice(["マダラ", "マダラ（切り身）", "ヒラメ", None]),
            product=Product(food_category=rng.choice(["seafood"] * 9 + ["beef"])),
            place=Place(
                region=rng.choice(["福島県", "茨城県", None]),
                district=rng.choice(["いわき市", "新地町", None]),
                locality=rng.choice(["沖合", None]),
            ),
            collected=collected,
        ),
        results=tuple(results[rng.randrange(3) :]) if row % 40 else (),
        resulted=later.isoformat() if rng.random() < 0.7 else None,
        published=(later + timedelta(days=3)).isoformat() if rng.random() < 0.5 else None,
        source=Position(document=FILE, row=row + 1, sheet="1"),
        flags=tuple(
            Flag(flag=flag, column=column)
            for flag, column in [
                ("part_larger_than_whole", "Cs134"),
                ("result_before_sampling", None),
                ("possible_restatement", None),
            ]
            if rng.random() < 0.04
        ),
    )


def same_id(record: Record) -> str:
    return record_id(encode(record))


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Node:
    """A node with 240 reports in two batches, changes to some, a sample awaited, a decision."""
    rng = random.Random(7)
    times = iter(datetime(2022, 3, 1, 20, tzinfo=UTC) + timedelta(days=10 * n) for n in range(9))
    folder = tmp_path_factory.mktemp("node") / "n"
    made = Node.create(folder, party="p", name="P", clock=lambda: next(times))
    reports = [report(rng, row) for row in range(240)]
    awaited = Sample(
        sample="awaited",
        item="ヒラメ",
        product=Product(food_category="seafood"),
        place=Place(region="福島県", district="いわき市"),
        collected="2021-05-05",
        result_due="2021-06-01",
    )
    answered = replace(awaited, sample="answered")
    made.enter([*reports[:120], awaited, answered])
    made.enter(
        [
            *reports[120:],
            replace(reports[3], sample=same_id(answered), source=None),
            Amendment(amends=same_id(reports[10]), by=same_id(reports[130]), reason="typing"),
            Withdrawal(withdraws=same_id(reports[11]), reason="wrong fish", dated="2021-08-01"),
            Result(
                nuclides=("Cs-134", "Cs-137"),
                kind="detected",
                value="180",
                unit="Bq/kg",
                report=same_id(reports[12]),
            ),
            SourceDocument(sha256=FILE, name="table.csv", size_bytes=10),
            Decision(
                agreement=NAME,
                measure="restriction",
                unit={"species": "マダラ", "zone": "福島県"},
                transition="impose",
                role="national_headquarters",
                by="p",
                dated="2021-09-01",
                effective="2021-09-01",
                reasons="two points",
            ),
        ]
    )
    return made


def loaded(node: Node, agreement: Agreement, knowledge: str = "sampled", **more: int) -> Loaded:
    return load(node.archive(), agreement, journal=node.journal, knowledge=knowledge, **more)


KNOWLEDGE = ("journal", "published", "resulted", "sampled")


@pytest.mark.parametrize("agreement", [SHIPPED, OPEN_DAYS], ids=["first_day", "set"])
@pytest.mark.parametrize("knowledge", KNOWLEDGE)
def test_columns_are_the_records_one_by_one(node, agreement, knowledge) -> None:
    columns = loaded(node, agreement, knowledge).columns
    every = columns.samples(np.arange(len(columns)))
    assert len(every) > 70
    again = Columns.of(replace(columns.others, samples=tuple(every)), columns.dimensions)
    assert again.units == columns.units
    parts = (again, columns)
    order = [
        np.lexsort(([s.id for s in part.samples(np.arange(len(part)))], part.unit))
        for part in parts
    ]
    for name in ("unit", "known", "gone", "alone"):
        a, b = (getattr(part, name)[rows] for part, rows in zip(parts, order, strict=True))
        assert a.tolist() == b.tolist(), name
    for kind in DATE_KINDS:
        for side in (0, 1):
            a, b = (part.days[kind][side][rows] for part, rows in zip(parts, order, strict=True))
            assert a.tolist() == b.tolist(), kind
    places = [
        [("", *part.points)[number + 1] for number in part.point[rows]]
        for part, rows in zip(parts, order, strict=True)
    ]
    assert places[0] == places[1]
    for key, stated in again.stated.items():
        mine, theirs = columns.stated[key].take(order[1]), stated.take(order[0])
        both = (mine.how >= PLAIN) & (theirs.how >= PLAIN)
        assert both.any()
        assert np.allclose(mine.low[both], theirs.low[both], rtol=1e-15)
        assert np.allclose(mine.high[both], theirs.high[both], rtol=1e-15)


@pytest.mark.parametrize("knowledge", KNOWLEDGE)
def test_outcomes_by_the_sieve_are_those_of_the_records(node, knowledge) -> None:
    columns = loaded(node, OPEN_DAYS, knowledge).columns
    every = columns.samples(np.arange(len(columns)))
    again = Columns.of(replace(columns.others, samples=tuple(every)), columns.dimensions)
    fast, slow = judge_rows(OPEN_DAYS, columns), judge_rows(OPEN_DAYS, again)
    mine = {s.id: [fast[k][i] for k in sorted(fast)] for i, s in enumerate(every)}
    rows = again.samples(np.arange(len(again)))
    assert mine == {s.id: [slow[k][i] for k in sorted(slow)] for i, s in enumerate(rows)}
    assert len({tuple(codes) for codes in mine.values()}) > 3


@pytest.mark.parametrize("agreement", [SHIPPED, OPEN_DAYS], ids=["first_day", "set"])
@pytest.mark.parametrize("decisions", ["as_recorded", "prompt"])
def test_timelines_from_the_archive_are_the_exact_ones(node, agreement, decisions) -> None:
    columns = loaded(node, agreement).columns
    clocks = {"as_of": AS_OF, "decisions": decisions}
    told = evaluate_all(agreement, columns, **clocks)
    assert any(t.openings for t in told)
    for number in range(len(columns.units)):
        own = exact_evidence(columns, number)
        for fast in told[2 * number : 2 * number + 2]:
            slow = timeline(agreement, fast.measure, columns.named(number), own, **clocks)
            assert fast == thinned_timeline(slow, own)


def test_a_decision_from_the_records_moves_its_unit_on_its_day(node) -> None:
    columns = loaded(node, SHIPPED).columns
    told = [t for t in evaluate_all(SHIPPED, columns, as_of=AS_OF) if t.taken]
    assert [(t.unit, t.taken[0].effective) for t in told] == [
        ({"species": "マダラ", "zone": "福島県"}, date(2021, 9, 1))
    ]


def test_what_is_left_out_is_counted_once_each(node) -> None:
    found = loaded(node, SHIPPED)
    reports = {
        r["report_id"] for r in node.archive().query("SELECT report_id FROM reports").to_pylist()
    }
    ids = {s.id for s in found.columns.samples(np.arange(len(found.columns)))}
    assert set(found.left_out) >= {
        "another category", "region not stated", "collected not stated", "possible_restatement",
        "item_base not stated",
    }  # fmt: skip
    assert len(ids & reports) + sum(found.left_out.values()) == len(reports)


def test_a_registered_sample_is_evidence_with_and_before_its_report(node) -> None:
    columns = loaded(node, SHIPPED).columns
    waiting = [s for s in columns.samples(np.arange(len(columns))) if s.due is not None]
    assert [(s.due, s.values, s.unit["species"]) for s in waiting] == [
        (date(2021, 6, 1), (), "ヒラメ")
    ] * 2
    answered = [s for s in columns.samples(np.arange(len(columns))) if s.values]
    assert len({s.sample for s in waiting} & {s.sample for s in answered}) == 1


def test_only_what_the_journal_held_then(node) -> None:
    whole, half = loaded(node, SHIPPED).columns, loaded(node, SHIPPED, through=60).columns
    assert 0 < len(half) < len(whole)
    ids = {s.id for s in whole.samples(np.arange(len(whole)))}
    assert {s.id for s in half.samples(np.arange(len(half)))} <= ids
    assert not half.others.supersessions


def test_a_cell_leads_to_file_row_and_column(node) -> None:
    columns = loaded(node, SHIPPED).columns
    sample = next(s for s in columns.samples(np.arange(len(columns))) if s.cell and s.values)
    cell = sample.values[-1].cell
    assert (cell.document, cell.name, cell.sheet) == (FILE, "table.csv", "1")
    assert cell.row >= 1
    assert cell.column in {"Cs134", "Cs137", "sum", "again"}


def test_the_journal_day_is_the_day_in_the_agreements_zone(node) -> None:
    """The second batch was accepted on 11 March at 20:00 UTC: 12 March in Tokyo."""
    columns = loaded(node, SHIPPED, "journal").columns
    days = sorted({date.fromordinal(int(day)) for day in columns.known})
    assert [day.day for day in days][-1] in (12, 22)
    assert all(day.year == 2022 for day in days)


def test_the_same_evidence_whatever_the_order_of_entry(node, tmp_path: Path) -> None:
    records = [
        TestReport(**{f: getattr(r, f) for f in r.__struct_fields__})
        for r in (report(random.Random(n), n + 1) for n in range(60))
    ]
    answers = []
    for number, order in enumerate((records, records[::-1])):
        at = datetime(2022, 1, 1, tzinfo=UTC)
        made = Node.create(tmp_path / str(number), party="p", name="P", clock=lambda at=at: at)
        for start in range(0, 60, 20 * (number + 1)):
            made.enter(order[start : start + 20 * (number + 1)])
        columns = loaded(made, SHIPPED).columns
        answers.append(evaluate_all(SHIPPED, columns, as_of=AS_OF))
    assert answers[0] == answers[1]
    assert len(answers[0]) > 2


def test_no_evidence_at_all(tmp_path: Path) -> None:
    made = Node.create(tmp_path / "n", party="p", name="P")
    found = loaded(made, SHIPPED)
    assert (len(found.columns), found.columns.units, found.left_out) == (0, (), {})
    assert evaluate_all(SHIPPED, found.columns, as_of=AS_OF) == []
    assert found.columns.others == Evidence()
