"""From records to tables: every column, every kind of record, whatever the order of work."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairwater.archive import Archive, project, rebuild
from fairwater.archive.contract import TABLES
from fairwater.archive.schema import schema
from fairwater.ledger import Journal, JournalDamaged
from fairwater.records import Record, Result, Sample, TestReport, encode, record_id

DAY = datetime(2031, 4, 1, 8, tzinfo=UTC)
Journals = Callable[..., Journal]


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    return Archive.open(folder).table(table).to_pylist()


def test_a_report_flattened(tmp_path: Path, journal_of: Journals, make_report: Any) -> None:
    report = make_report(3, item="ババガレイ（ナメタガレイ）", flags=("a", "b"))
    journal = journal_of([make_report(1)], [report])
    project(journal, tmp_path / "archive")
    stated = {
        key: value
        for key, value in rows(tmp_path / "archive", "reports")[1].items()
        if value is not None
    }
    assert stated == {
        "report_id": record_id(encode(report)),
        "journal_index": 1,
        "known_at": datetime(2031, 4, 2, 8),
        "document": "0d" * 32,
        "sheet": "s",
        "row": 3,
        "publication": "a1",
        "entry": "7",
        "laboratory": "海生研",
        "technique": "ge",
        "item": "ババガレイ（ナメタガレイ）",
        "item_base": "ババガレイ",
        "species": "sebastes schlegelii",
        "category": "seafood",
        "category_text": "水産物",
        "region": "福島県",
        "district": "いわき市",
        "locality": "沖",
        "market_stage": "pre_market",
        "collected_text": "H24.7.1〜7.3",
        "collected": "2012-07-01/2012-07-03",
        "collected_first": date(2012, 7, 1),
        "collected_last": date(2012, 7, 3),
        "resulted": "2012-07-10",
        "resulted_first": date(2012, 7, 10),
        "resulted_last": date(2012, 7, 10),
        "published": "2012-07",
        "published_first": date(2012, 7, 1),
        "published_last": date(2012, 7, 31),
        "flags": ["a", "b"],
        "item_pieces": ["ババガレイ", "ナメタガレイ"],
    }


DETECTED = Result(
    nuclides=("Cs-134", "Cs-137"), kind="detected", unit="mBq/kg", value="1240", limit="0.9",
    limit_unit="Bq/kg", limit_kind="detection_limit", uncertainty="60", coverage_factor="2",
    basis="wet", verdict="detected", text="1240±60", column="Cs",
)  # fmt: skip


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (
            DETECTED,
            {
                "nuclides": "Cs-134+Cs-137", "kind": "detected", "value_text": "1240",
                "unit": "mBq/kg", "value": 1.24, "low_value": 1.24, "high_value": 1.24,
                "value_unit": "Bq/kg", "conversion": "1 mBq/kg = 0.001 Bq/kg",
                "limit_text": "0.9", "limit_unit": "Bq/kg", "limit_kind": "detection_limit",
                "limit_value": 0.9, "uncertainty_text": "60", "uncertainty_value": 0.06,
                "coverage_factor": "2", "basis": "wet", "verdict": "detected",
                "text": "1240±60", "column_name": "Cs",
            },
        ),
        (
            Result(nuclides=("Cs-137",), kind="censored", unit="Bq/kg", value="6.10",
                   limit_kind="not_stated", text="<6.10"),
            {
                "nuclides": "Cs-137", "kind": "censored", "value_text": "6.10", "unit": "Bq/kg",
                "value": 6.1, "low_value": 0.0, "high_value": 6.1, "value_unit": "Bq/kg",
                "conversion": "as reported", "limit_kind": "not_stated", "text": "<6.10",
            },
        ),
        (  # below a decision threshold with no detection limit beside it: unbounded
            Result(nuclides=("Cs-137",), kind="censored", unit="Bq/kg", value="1",
                   limit_kind="decision_threshold"),
            {
                "nuclides": "Cs-137", "kind": "censored", "value_text": "1", "unit": "Bq/kg",
                "value": 1.0, "low_value": 0.0, "value_unit": "Bq/kg",
                "conversion": "as reported", "limit_kind": "decision_threshold",
            },
        ),
        (
            Result(nuclides=("Cs-137",), kind="interval", unit="Bq/L", low="55", high="68"),
            {
                "nuclides": "Cs-137", "kind": "interval", "unit": "Bq/L", "low_text": "55",
                "high_text": "68", "low_value": 55.0, "high_value": 68.0, "value_unit": "Bq/L",
                "conversion": "as reported",
            },
        ),
        (
            Result(nuclides=("Cs-137",), kind="over_range", unit="Bq/kg", value="2.0E+05"),
            {
                "nuclides": "Cs-137", "kind": "over_range", "value_text": "2.0E+05",
                "unit": "Bq/kg", "value": 2e5, "low_value": 2e5, "value_unit": "Bq/kg",
                "conversion": "as reported",
            },
        ),
        (
            Result(nuclides=("Cs-137",), kind="not_stated", standing="withheld",
                   promised="2031-05-01", text="-"),
            {"nuclides": "Cs-137", "kind": "not_stated", "standing": "withheld",
             "promised": "2031-05-01", "text": "-"},
        ),
        (  # no unit of ours: the text stays, nothing is computed
            Result(nuclides=("Cs-137",), kind="detected", unit="cpm", value="3"),
            {"nuclides": "Cs-137", "kind": "detected", "value_text": "3", "unit": "cpm"},
        ),
        (  # beyond a double
            Result(nuclides=("Cs-137",), kind="detected", unit="Bq/kg", value="1E999"),
            {"nuclides": "Cs-137", "kind": "detected", "value_text": "1E999", "unit": "Bq/kg",
             "value_unit": "Bq/kg", "conversion": "as reported"},
        ),
    ],
)  # fmt: skip
def test_a_result(
    tmp_path: Path, journal_of: Journals, make_report: Any, result: Result, expected: dict[str, Any]
) -> None:
    report = make_report(1, make_report(2).results[0], result)
    project(journal_of([report]), tmp_path / "archive")
    row = rows(tmp_path / "archive", "results")[1]
    stated = {key: value for key, value in row.items() if value is not None}
    identity = record_id(encode(report))
    own = {"journal_index": 0, "known_at": datetime(2031, 4, 1, 8), "result_no": 2}
    assert stated == own | {"record_id": identity, "report_id": identity} | expected


def test_every_kind_of_record_has_its_table(
    tmp_path: Path, journal_of: Journals, everything: list[Record]
) -> None:
    done = project(journal_of(everything), tmp_path / "archive")
    assert done.rows == {
        "reports": 4, "results": 5, "quarantine": 2, "supersessions": 3, "name_meanings": 1,
        "documents": 1, "statements": 3,
    }  # fmt: skip
    archive = tmp_path / "archive"
    quarantined = rows(archive, "quarantine")[1]
    assert quarantined["reasons"] == ["unreadable_value", "missing_unit"]
    assert [fault["remedy"] for fault in json.loads(quarantined["faults"])] == [
        "correct it", "state it",
    ]  # fmt: skip
    assert [row["kind"] for row in rows(archive, "supersessions")] == [
        "amendment", "withdrawal", "correction",
    ]  # fmt: skip
    assert rows(archive, "documents")[0]["lineage"] == "primary"
    statement = rows(archive, "statements")[0]
    assert statement["type"] == "sample"
    assert statement["content"].encode() == encode(everything[6])


def test_a_sample_registered_before_is_stated_by_its_report(
    tmp_path: Path, journal_of: Journals, everything: list[Record]
) -> None:
    project(journal_of(everything), tmp_path / "archive")
    row = rows(tmp_path / "archive", "reports")[3]
    assert (row["sample"], row["item_base"], row["collected_last"]) == (
        "S-1", "ヒラメ", date(2031, 3, 31),
    )  # fmt: skip
    assert row["sample_id"] == record_id(encode(everything[6]))


def test_a_sample_registered_after_its_report_states_nothing_for_it(
    tmp_path: Path, journal_of: Journals
) -> None:
    """Otherwise the table would depend on when it was projected."""
    sample = Sample(item="ヒラメ")
    report = TestReport(sample=record_id(encode(sample)), results=())
    journal = journal_of([report], [sample])
    project(journal, tmp_path / "archive")
    row = rows(tmp_path / "archive", "reports")[0]
    assert (row["item"], row["sample_id"]) == (None, record_id(encode(sample)))


def test_a_result_added_later_belongs_to_its_report(
    tmp_path: Path, journal_of: Journals, everything: list[Record]
) -> None:
    project(journal_of(everything), tmp_path / "archive")
    row = rows(tmp_path / "archive", "results")[-1]
    assert row["report_id"] == record_id(encode(everything[1]))
    assert row["record_id"] == record_id(encode(everything[8]))
    assert (row["nuclides"], row["high_value"], row["result_no"]) == ("Sr-90", 0.25, 1)


@settings(deadline=None, max_examples=8)
@given(data=st.data())
def test_content_does_not_depend_on_batches_chunks_or_compaction(
    tmp_path_factory: pytest.TempPathFactory, many: list[Record], data: st.DataObject
) -> None:
    records = many
    folder = tmp_path_factory.mktemp("archive")
    cuts = data.draw(st.lists(st.integers(0, len(records)), max_size=20).map(sorted))
    journal = Journal.open(folder / "journal", create=True)
    chunk = data.draw(st.sampled_from([3, 50, 10_000]))
    for start, stop in zip([0, *cuts], [*cuts, len(records)], strict=True):
        with journal.batch(DAY) as batch:
            batch.add_many(map(encode, records[start:stop]))
        if data.draw(st.booleans()):
            project(journal, folder / "archive", chunk=chunk)
    project(journal, folder / "archive")
    grown = Archive.open(folder / "archive")
    rebuild(journal, folder / "again", chunk=chunk)
    again = Archive.open(folder / "again")
    assert grown.content() == again.content()
    for table in TABLES:
        assert grown.table(table) == again.table(table)


def test_many_small_additions_are_merged_and_nothing_is_lost(
    tmp_path: Path, journal_of: Journals, make_report: Any
) -> None:
    journal = journal_of([make_report(number) for number in range(200)])
    archive = tmp_path / "archive"
    project(journal, archive)
    large = Archive.open(archive).manifest.segments("reports")[0]
    for number in range(200, 260):
        with journal.batch(DAY) as batch:
            batch.add(encode(make_report(number)))
        project(journal, archive)
        assert len(Archive.open(archive).manifest.segments("reports")) <= 16
    opened = Archive.open(archive)
    assert opened.manifest.segments("reports")[0] == large  # not written again for a few rows
    assert opened.table("reports", ["row"]).column("row").to_pylist() == list(range(260))
    in_use = opened.manifest.files() | {old.file for old in opened.manifest.retired}
    assert {path.name for path in (archive / "segments").iterdir()} == in_use


def test_projecting_again_changes_nothing(
    tmp_path: Path, journal_of: Journals, everything: list[Record]
) -> None:
    journal, archive = journal_of(everything), tmp_path / "archive"
    project(journal, archive)
    before = (archive / "manifest.json").read_bytes()
    assert project(journal, archive).entries == 0
    assert (archive / "manifest.json").read_bytes() == before


@pytest.mark.parametrize("harm", ["manifest", "segment", "cut", "everything", "other journal"])
def test_a_harmed_archive_is_made_again(
    tmp_path: Path, journal_of: Journals, everything: list[Record], harm: str
) -> None:
    journal, archive = journal_of(everything[:6], everything[6:]), tmp_path / "archive"
    project(journal, archive)
    content = Archive.open(archive).content()
    segment = next((archive / "segments").iterdir())
    match harm:
        case "manifest":
            (archive / "manifest.json").write_text('{"contract":')
        case "segment":
            segment.unlink()
        case "cut":
            segment.write_bytes(segment.read_bytes()[:-9])
        case "everything":
            for path in [*(archive / "segments").iterdir(), archive / "manifest.json"]:
                path.unlink()
        case _:
            project(journal_of(everything[:3], folder="other"), archive)
    done = project(journal, archive)
    assert done.entries == len(everything)
    assert harm == "everything" or done.rebuilt is not None
    assert Archive.open(archive).content() == content


def test_a_damaged_journal_entry_enters_no_table(
    tmp_path: Path, journal_of: Journals, everything: list[Record]
) -> None:
    journal, archive = journal_of(everything[:2], everything[2:]), tmp_path / "archive"
    first = journal_of(everything[:2], folder="first")
    project(first, archive)
    before = (archive / "manifest.json").read_bytes()
    path = tmp_path / "journal/entries/000000.bin"
    path.write_bytes(path.read_bytes().replace(b"misprint", b"missprit"))
    with pytest.raises(JournalDamaged, match=r"000000\.bin, byte"):
        project(journal, archive)
    assert (archive / "manifest.json").read_bytes() == before


def test_files_have_the_contracts_columns(
    tmp_path: Path, journal_of: Journals, everything: list[Record]
) -> None:
    project(journal_of(everything), tmp_path / "archive")
    manifest = Archive.open(tmp_path / "archive").manifest
    for name in TABLES:
        (segment,) = manifest.segments(name)
        stored = pq.read_schema(tmp_path / "archive/segments" / segment.file)
        assert [(f.name, _logical(f.type)) for f in stored] == [
            (f.name, _logical(f.type)) for f in schema(name)
        ]


def _logical(kind: Any) -> str:
    return str(kind).replace("element: ", "item: ")


def test_progress_and_what_was_done(
    tmp_path: Path, journal_of: Journals, everything: list[Record]
) -> None:
    journal, told = journal_of(everything), []
    done = project(journal, tmp_path / "a", chunk=5, progress=lambda at, of: told.append((at, of)))
    assert told == [(5, 13), (10, 13), (13, 13)]
    assert (done.entries, done.size, done.generation, done.rebuilt) == (13, 13, 1, None)
    assert rebuild(journal, tmp_path / "a").rebuilt == "asked for"


def test_known_at_of_each_row_is_its_batch(
    tmp_path: Path, journal_of: Journals, make_report: Any
) -> None:
    batches = [[make_report(3 * b + i) for i in range(3)] for b in range(4)]
    project(journal_of(*batches), tmp_path / "a", chunk=2)
    found = [row["known_at"] for row in rows(tmp_path / "a", "reports")]
    start = DAY.replace(tzinfo=None)
    assert found == [start + timedelta(days=b) for b in range(4) for _ in range(3)]
