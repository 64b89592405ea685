"""Reading: as known at an instant, one SELECT and nothing else, while others write."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairwater.archive import Archive, ArchiveError, QueryError, QueryTimeout, project, rebuild
from fairwater.archive.contract import TABLES, view_columns
from fairwater.ledger import Journal
from fairwater.records import (
    Amendment,
    Record,
    Sample,
    TestReport,
    Withdrawal,
    encode,
    record_id,
)

DAY = datetime(2031, 4, 1, 8, tzinfo=UTC)
Journals = Callable[..., Journal]


def name(record: Record) -> str:
    return record_id(encode(record))


@pytest.fixture
def archive(tmp_path: Path, journal_of: Journals, everything: list[Record]) -> Archive:
    project(journal_of(everything), tmp_path / "archive")
    return Archive.open(tmp_path / "archive")


def known(archive: Archive, table: str, key: str, at: datetime) -> list[list[str]]:
    """The same question asked in both ways: by macro, and by view at an instant."""
    order = f"ORDER BY {key}"
    stamp = f"TIMESTAMP '{at:%Y-%m-%d %H:%M:%S.%f}'"
    macro = archive.query(f"SELECT {key} FROM {table}_as_known({stamp}) {order}")
    view = archive.query(f"SELECT {key} FROM current_{table} {order}", known_at=at)
    return [macro.column(0).to_pylist(), view.column(0).to_pylist()]


def test_as_known_at(tmp_path: Path, journal_of: Journals, make_report: Any) -> None:
    first, better, other = make_report(1), make_report(2), make_report(3)
    journal = journal_of(
        [first, other],
        [better, Amendment(amends=name(first), by=name(better), reason="r")],
        [Withdrawal(withdraws=name(other), reason="r")],
    )
    project(journal, tmp_path / "archive")
    archive = Archive.open(tmp_path / "archive")
    for at, standing in (
        (DAY - timedelta(microseconds=1), []),
        (DAY, [first, other]),
        (DAY + timedelta(hours=23), [first, other]),
        (DAY + timedelta(days=1), [better, other]),
        (DAY + timedelta(days=2), [better]),
        (DAY + timedelta(days=2_000), [better]),
    ):
        expected = sorted(map(name, standing))
        for table in ("reports", "results"):
            assert known(archive, table, "report_id", at) == [expected, expected]
    everything = archive.query("SELECT COUNT(*) AS n FROM reports").to_pylist()
    now = archive.query("SELECT report_id FROM current_reports").to_pylist()
    assert (everything, now) == ([{"n": 3}], [{"report_id": name(better)}])


@settings(deadline=None, max_examples=8)
@given(
    changes=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.booleans()), max_size=8),
    sizes=st.lists(st.integers(1, 4), min_size=14, max_size=14),
)
def test_later_knowledge_never_changes_an_earlier_answer(
    tmp_path_factory: pytest.TempPathFactory,
    many: list[Record],
    changes: list[tuple[int, int, bool]],
    sizes: list[int],
) -> None:
    """Against a plain computation over the records, at every batch's instant."""
    reports = [record for record in many if isinstance(record, TestReport)][:6]
    stream: list[Record] = list(reports)
    for at, (target, by, withdraw) in enumerate(changes):
        change: Record = (
            Withdrawal(withdraws=name(reports[target]), reason=str(at))
            if withdraw
            else Amendment(amends=name(reports[target]), by=name(reports[by]), reason=str(at))
        )
        stream.insert(min(len(stream), at * 2), change)
    folder = tmp_path_factory.mktemp("a")
    journal = Journal.open(folder / "journal", create=True)
    known_by: list[tuple[datetime, list[Record]]] = []
    rest, day = stream, 0
    while rest:
        batch, rest = rest[: sizes[day % 14]], rest[sizes[day % 14] :]
        with journal.batch(DAY + timedelta(days=day)) as writing:
            writing.add_many(map(encode, batch))
        known_by.append((DAY + timedelta(days=day), stream[: len(stream) - len(rest)]))
        day += 1
    project(journal, folder / "archive")
    archive = Archive.open(folder / "archive")
    for at, records in known_by:
        gone = {
            each.amends if isinstance(each, Amendment) else each.withdraws
            for each in records
            if isinstance(each, Amendment | Withdrawal)
        }
        standing = {name(each) for each in records if isinstance(each, TestReport)} - gone
        assert known(archive, "reports", "report_id", at) == [sorted(standing)] * 2


def test_a_corrected_row_leaves_quarantine_when_that_is_known(
    tmp_path: Path, journal_of: Journals, everything: list[Record]
) -> None:
    journal = journal_of(everything[:-1], everything[-1:])
    project(journal, tmp_path / "archive")
    archive = Archive.open(tmp_path / "archive")
    quarantined, still, report = name(everything[3]), name(everything[4]), name(everything[2])
    before = sorted([quarantined, still])
    assert known(archive, "quarantine", "record_id", DAY) == [before, before]
    after = [[still]] * 2
    assert known(archive, "quarantine", "record_id", DAY + timedelta(days=1)) == after
    rows = archive.query("SELECT record_id, corrected_by FROM quarantine ORDER BY journal_index")
    assert rows.to_pylist() == [
        {"record_id": quarantined, "corrected_by": report},
        {"record_id": still, "corrected_by": None},
    ]


@pytest.mark.parametrize("filled", [True, False])
def test_views_have_the_contracts_columns_and_types(
    tmp_path: Path, journal_of: Journals, everything: list[Record], filled: bool
) -> None:
    project(journal_of(everything if filled else []), tmp_path / "archive")
    archive = Archive.open(tmp_path / "archive")
    for table in TABLES.values():
        expected = [(column.name, column.type) for column in view_columns(table)]
        for view in (table.name, f"current_{table.name}"):
            found = archive.query(f"SELECT column_name, column_type FROM (DESCRIBE {view})")
            assert [tuple(row.values()) for row in found.to_pylist()] == expected


REFUSED = [
    "COPY reports TO '{folder}/out.parquet'",
    "COPY (SELECT 1) TO '{folder}/archive/manifest.json'",
    "ATTACH '{folder}/other.db'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "PRAGMA database_list",
    "SET memory_limit = '99GB'",
    "CREATE TABLE t AS SELECT 1",
    "DROP VIEW reports",
    "EXPORT DATABASE '{folder}/out'",
    "SELECT 1; SELECT 2",
    "CALL pragma_version()",
    "",
    "-- nothing",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM glob('/*')",
    "SELECT * FROM read_parquet('{folder}/secret.parquet')",
    "SELECT * FROM read_parquet('{folder}/archive/segments/*.parquet')",
    "SELECT * FROM read_json('https://example.org/x.json')",
    "SELECT * FROM archive",  # a variable of this test
    "SELEC 1",
    "SELECT nothing FROM reports",
    "SELECT $limit",
]


@pytest.mark.parametrize("sql", REFUSED)
def test_a_query_is_one_select_on_the_archive(archive: Archive, sql: str) -> None:
    duckdb.sql("SELECT 1 AS a").write_parquet(str(archive.folder.parent / "secret.parquet"))
    folder = archive.folder.parent

    def files() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    before = files()
    with pytest.raises(QueryError):
        archive.query(sql.format(folder=folder))
    assert files() == before


def test_what_a_select_may_do(archive: Archive) -> None:
    for sql in (
        "WITH r AS (FROM reports) SELECT COUNT(*) AS n FROM r",
        "SELECT item, COUNT(*) OVER (PARTITION BY item) AS n FROM reports",
        "DESCRIBE reports",
        "SELECT COUNT(*) AS n FROM reports WHERE item = $item -- comment; not a statement",
    ):
        given = {"item": "クロソイ"} if "$item" in sql else {}
        assert archive.query(sql, given).num_rows > 0


def test_a_query_is_stopped_in_time(archive: Archive) -> None:
    started = time.monotonic()
    with pytest.raises(QueryTimeout, match=r"after 0\.3 s"):
        archive.query(
            "SELECT SUM(a.range * b.range) AS s FROM range(10000000) a, range(10000000) b",
            timeout_s=0.3,
        )
    assert time.monotonic() - started < 20


def test_a_folder_with_a_quote_in_its_name(
    tmp_path: Path, journal_of: Journals, everything: list[Record]
) -> None:
    folder = tmp_path / "it's a node"
    project(journal_of(everything), folder)
    archive = Archive.open(folder)
    assert archive.query("SELECT COUNT(*) AS n FROM reports").to_pylist() == [{"n": 4}]


def test_no_archive_here(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no archive here"):
        Archive.open(tmp_path)
    (tmp_path / "manifest.json").write_text("<html>")
    with pytest.raises(ArchiveError, match="no manifest of an archive"):
        Archive.open(tmp_path)


def test_a_missing_segment_is_told(archive: Archive) -> None:
    (archive.folder / "segments" / archive.manifest.segments("reports")[0].file).unlink()
    for ask in (
        lambda: archive.query("SELECT * FROM reports"),
        lambda: archive.table("reports"),
        archive.content,
    ):
        with pytest.raises(ArchiveError, match="cannot be read"):
            ask()


def test_a_reader_of_a_removed_generation_reads_the_newest(
    tmp_path: Path, journal_of: Journals, make_report: Any
) -> None:
    journal = journal_of([make_report(1)])
    project(journal, tmp_path / "archive")
    reader = Archive.open(tmp_path / "archive")
    old = reader.manifest.segments("reports")[0].file
    for number in range(2, 6):  # the first generation's file goes after two more
        with journal.batch(DAY) as batch:
            batch.add(encode(make_report(number)))
        rebuild(journal, tmp_path / "archive")
    assert not (tmp_path / "archive/segments" / old).exists()
    assert reader.query("SELECT COUNT(*) AS n FROM reports").to_pylist() == [{"n": 5}]
    assert reader.manifest.generation == 5


def test_an_open_reader_keeps_its_generation_for_two_more(
    tmp_path: Path, journal_of: Journals, make_report: Any
) -> None:
    journal = journal_of([make_report(1)])
    project(journal, tmp_path / "archive")
    connection = Archive.open(tmp_path / "archive").connect()
    for number in (2, 3):
        with journal.batch(DAY) as batch:
            batch.add(encode(make_report(number)))
        rebuild(journal, tmp_path / "archive")
    assert connection.execute("SELECT COUNT(*) FROM reports").fetchall() == [(1,)]


READS = """
import sys, time
from fairwater.archive import Archive
archive = Archive.open({folder!r})
print("ready", flush=True)
answers = 0
while not sys.stdin in __import__("select").select([sys.stdin], [], [], 0)[0]:
    archive.refresh()
    reports, results = archive.query(
        "SELECT (SELECT COUNT(*) FROM reports), (SELECT COUNT(*) FROM results)"
    ).to_pylist()[0].values()
    assert reports * 2 == results and reports % 10 == 0, (reports, results)
    answers += 1
print(answers)
"""


def test_two_processes_read_while_one_writes(
    tmp_path: Path, journal_of: Journals, make_report: Any
) -> None:
    """Each answer comes from one state: ten reports a batch, two results each."""
    two = make_report(0).results * 2
    journal = journal_of([make_report(number, *two) for number in range(10)])
    folder = tmp_path / "archive"
    project(journal, folder)
    script = READS.format(folder=str(folder))
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"OMP_NUM_THREADS": "1"},
        )
        for _ in range(2)
    ]
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "ready\n"
    for batch_number in range(1, 25):
        with journal.batch(DAY) as batch:
            batch.add_many(
                encode(make_report(10 * batch_number + number, *two)) for number in range(10)
            )
        (rebuild if batch_number % 7 == 0 else project)(journal, folder)
    for reader in readers:
        out, _ = reader.communicate("stop\n", timeout=60)
        assert reader.returncode == 0
        assert int(out) > 2


@settings(deadline=None, max_examples=15)
@given(texts=st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=40))
def test_any_text_comes_through_unchanged(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("a")
    journal = Journal.open(folder / "journal", create=True)
    reports = [
        TestReport(sample=Sample(item=text), results=(), laboratory=text, reporter=str(at))
        for at, text in enumerate(texts)
    ]
    with journal.batch(DAY) as batch:
        batch.add_many(map(encode, reports))
    project(journal, folder / "archive")
    archive = Archive.open(folder / "archive")
    table = archive.table("reports", ["item", "laboratory"])
    assert table.column("item").to_pylist() == texts
    assert table.column("laboratory").to_pylist() == texts
    asked = archive.query("SELECT item FROM reports ORDER BY journal_index")
    assert asked.column("item").to_pylist() == texts
