"""Named queries: each runs, each answer against a plain count over the records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from fairwater.archive import Archive, QueryError, project
from fairwater.archive.queries import named_queries, run
from fairwater.ledger import Journal
from fairwater.records import Record, Result, Sample, TestReport, encode, record_id

NAMES = [
    "above-limit", "counts-by-flag", "counts-by-notation", "counts-by-quarantine-reason",
    "documents", "names-not-understood", "names-understood", "replicates", "series", "units",
]  # fmt: skip


@pytest.fixture
def archive(tmp_path: Path, journal_of: Callable[..., Journal], many: list[Record]) -> Archive:
    project(journal_of(many), tmp_path / "archive")
    return Archive.open(tmp_path / "archive")


def standing(records: list[Record]) -> list[TestReport]:
    """Reports that neither the amendment nor the withdrawal of the fixture takes away."""
    reports = [each for each in records if isinstance(each, TestReport)]
    gone = {
        each
        for record in records
        for each in (getattr(record, "amends", None), getattr(record, "withdraws", None))
    }
    return [each for each in reports if record_id(encode(each)) not in gone]


def test_there_are_these() -> None:
    assert list(named_queries()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_says_what_it_answers_and_runs(archive: Archive, name: str) -> None:
    query = named_queries()[name]
    assert re.fullmatch(r"[A-Z].{15,100}\.", query.help)
    assert query.example.startswith(f"fairwater query {name}")
    used = set(re.findall(r"\$([a-z_]+)", query.sql))
    assert used == {parameter.name for parameter in query.parameters}
    suitable = {"item": "ヒラメ", "nuclides": "Cs-137", "limit": "1"}
    given = {p.name: suitable[p.name] for p in query.parameters if p.name in suitable}
    answer = run(archive, name, given)
    assert answer.num_rows > 0
    assert run(archive, name, given) == answer
    assert run(archive, name, given, known_at=datetime(1999, 1, 1, tzinfo=UTC)).num_rows == 0


@pytest.mark.parametrize("name", NAMES)
def test_each_keeps_to_the_portable_subset(name: str) -> None:
    """No averages, rounding, division or remainder; every ORDER BY says where nulls go."""
    sql = re.sub(r"'[^']*'", "''", named_queries()[name].sql)
    assert not re.search(r"\b(AVG|ROUND|FLOAT|DOUBLE|RANDOM|NOW)\b|[/%]", sql, re.IGNORECASE)
    final = sql[sql.rindex("ORDER BY") + 8 :]
    columns = [part.strip() for part in final.split(",")]
    never_null = {"s.journal_index", "s.result_no", "d.known_at", "d.journal_index", "reports DESC"}
    assert all(part.endswith("NULLS LAST") or part in never_null for part in columns), columns


def test_counts_by_flag(archive: Archive, many: list[Record]) -> None:
    flags = Counter(flag.flag for each in standing(many) for flag in each.flags)
    found = {row["flag"]: row["reports"] for row in run(archive, "counts-by-flag").to_pylist()}
    assert found == dict(flags)


def test_counts_by_quarantine_reason(archive: Archive) -> None:
    assert run(archive, "counts-by-quarantine-reason").to_pylist() == [
        {"profile": "p", "reason": "missing_unit", "quarantined": 1},
        {"profile": "p", "reason": "unreadable_value", "quarantined": 1},
    ]


def test_counts_by_notation_count_every_standing_result(
    archive: Archive, many: list[Record]
) -> None:
    counted = sum(run(archive, "counts-by-notation").column("results").to_pylist())
    assert counted == sum(len(each.results) for each in standing(many))


def test_above_limit_compares_decimals(
    tmp_path: Path, journal_of: Callable[..., Journal], make_report: Any
) -> None:
    """100.00000000001 is above 100 and 100.0 is not; other units and kinds are left alone."""
    values = ("100.0", "100.00000000001", "99.9", "1E2", "1.001E2", "5e999")
    results = [
        Result(nuclides=("Cs-137",), kind="detected", unit="Bq/kg", value=value) for value in values
    ]
    results.append(Result(nuclides=("Cs-137",), kind="censored", unit="Bq/kg", value="200"))
    results.append(Result(nuclides=("Cs-137",), kind="detected", unit="mBq/kg", value="200"))
    project(journal_of([make_report(1, *results)]), tmp_path / "archive")
    given = {"nuclides": "Cs-137", "limit": "100", "category": "seafood"}
    answer = run(Archive.open(tmp_path / "archive"), "above-limit", given)
    assert answer.column("value_text").to_pylist() == ["100.00000000001", "1.001E2"]


def test_units_and_series(archive: Archive, many: list[Record]) -> None:
    reports = [each for each in standing(many) if isinstance(each.sample, Sample)]
    found = {row["item_base"]: row["reports"] for row in run(archive, "units").to_pylist()}
    assert found["A(x)"] == sum(each.sample.item == "A(x)(y)" for each in reports)
    series = run(archive, "series", {"item": "A(x)", "nuclides": "Cs-137"})
    assert series.num_rows == sum(
        len(each.results) for each in reports if each.sample.item == "A(x)(y)"
    )


def test_replicates_are_groups_of_equal_reports(
    tmp_path: Path, journal_of: Callable[..., Journal], make_report: Any
) -> None:
    alike = [make_report(number) for number in range(5)]  # other rows of the same file
    project(journal_of([*alike, make_report(9, item="other")]), tmp_path / "a")
    (row,) = run(Archive.open(tmp_path / "a"), "replicates").to_pylist()
    assert (row["reports"], row["item"], row["stated"]) == (
        5, "クロソイ", "Cs-137 detected 12.40",
    )  # fmt: skip


def test_documents(archive: Archive, many: list[Record]) -> None:
    (row,) = run(archive, "documents").to_pylist()
    expected = sum(each.source is not None for each in standing(many))
    assert (row["name"], row["reports"], row["quarantined"]) == ("a1.csv", expected, 1)


def test_known_at_reaches_named_queries(
    tmp_path: Path, journal_of: Callable[..., Journal], make_report: Any
) -> None:
    project(journal_of([make_report(1)], [make_report(2)]), tmp_path / "a")
    archive = Archive.open(tmp_path / "a")
    first = datetime(2031, 4, 1, 8, tzinfo=UTC)
    for at, count in ((first, 1), (first + timedelta(days=1), 2)):
        (row,) = run(archive, "units", known_at=at).to_pylist()
        assert row["reports"] == count


def test_what_is_wrong_with_a_question_is_said_at_once(archive: Archive) -> None:
    with pytest.raises(QueryError, match=r"no query `unit`; there are: above-limit, "):
        run(archive, "unit")
    with pytest.raises(QueryError) as caught:
        run(archive, "series", {"speces": "x", "regon": "y"})
    message = str(caught.value)
    for part in ("`speces` is no parameter", "`regon` is no parameter", "`item` is missing",
                 "expected: item, region, nuclides", "hint: fairwater query series"):  # fmt: skip
        assert part in message
