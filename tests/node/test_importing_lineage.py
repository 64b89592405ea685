"""What is news about a row: the rules of DESIGN, rule 5, on small invented tables."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairwater.intake import RowOutcome, sameness
from fairwater.intake.apart import Arrived, arrived
from fairwater.intake.outcome import SheetTold
from fairwater.intake.profile import Column, Lineage, Profile
from fairwater.intake.profile_source import profile_sha256
from fairwater.node.import_report import ImportReport
from fairwater.node.importing import import_table
from fairwater.node.node import Node
from fairwater.node.restatements import NotUndecided, settle, undecided
from fairwater.records import (
    Amendment,
    Correction,
    Fault,
    Place,
    Position,
    QuarantinedRow,
    Result,
    Sample,
    SourceDocument,
    TestReport,
    Withdrawal,
    decode,
    encode,
)


class Line(NamedTuple):
    """A row of the invented tables; `value` "?" is not understood."""

    value: str
    item: str = "flounder"
    place: str = "Bay"
    day: str = "2031-04-01"
    laboratory: str = "Harbour laboratory"
    publication: str | None = None
    entry: str | None = None


class Table:
    """Lines as an opened table."""

    sheets: tuple[SheetTold, ...] = ()

    def __init__(self, name: str, lines: list[Line], understood: bool = True) -> None:
        self.name = name
        self.lines = lines
        self.sha256 = hashlib.sha256(json.dumps([name, lines]).encode()).hexdigest()
        self.understood = understood
        self.profile = PRIMARY

    @property
    def document(self) -> SourceDocument:
        return SourceDocument(
            self.sha256,
            self.name,
            size_bytes=1,
            profile=self.profile.profile,
            profile_sha256=profile_sha256(self.profile),
            lineage=self.profile.lineage.kind,
        )

    def __iter__(self) -> Iterator[Arrived]:
        for row, line in enumerate(self.lines, 1):
            source = Position(self.sha256, row, None, line.publication, line.entry)
            if line.value == "?" and self.understood:
                fault = Fault(reason="unreadable_value", expected="a number", remedy="ask")
                bad = QuarantinedRow(source, tuple(map(str, line)), (fault,), "invented")
                yield arrived(RowOutcome(row, bad, encode(bad), (), ("unreadable_value",)))
                continue
            report = TestReport(
                sample=Sample(item=line.item, place=Place(region=line.place), collected=line.day),
                results=(Result(("Cs-137",), "detected", "Bq/kg", line.value.replace("?", "7")),),
                laboratory=line.laboratory,
                source=source,
            )
            yield arrived(RowOutcome(row, report, encode(report), (), ()))


def profile(name: str, kind: str, **lineage: object) -> Profile:
    told = Lineage(kind=kind, publication="column" if kind != "snapshot" else "none", **lineage)  # type: ignore[arg-type]
    columns = (Column(heading="Cs-137", use="value", nuclides=("Cs-137",), unit="Bq/kg"),)
    return Profile(profile=name, version="1", title=name, columns=columns, lineage=told)


PRIMARY = profile("weekly", "primary")
COMPILATION = profile("monthly", "compilation")
SNAPSHOT = profile("quarterly", "snapshot", key=("region", "item", "collected"))


@pytest.fixture
def node(tmp_path: Path) -> Node:
    return new_node(tmp_path / "node")


def new_node(folder: Path) -> Node:
    return Node.create(folder, party="p", name="P", clock=lambda: datetime(2032, 1, 1, tzinfo=UTC))


def take(node: Node, table: Table, how: Profile = PRIMARY) -> ImportReport:
    table.profile = how
    report = import_table(node, table, how)
    assert report.rows_read == len(table.lines)
    assert report.rows_read == report.accepted + report.flagged + report.quarantined
    assert report.rows_read == report.new_records + report.amendments + report.restated
    return report


def evidence(node: Node) -> Counter[tuple[str, str, str, str]]:
    """What stands as evidence: reports neither superseded nor undecided."""
    records = {node.journal.id(index): decode(data) for index, data in node.journal.entries()}
    gone = {r.amends for r in records.values() if isinstance(r, Amendment)}
    gone |= {r.withdraws for r in records.values() if isinstance(r, Withdrawal)}
    return Counter(
        (r.sample.place.region, r.sample.item, r.sample.collected, r.results[0].value)
        for name, r in records.items()
        if isinstance(r, TestReport)
        and name not in gone
        and "possible_restatement" not in {flag.flag for flag in r.flags}
    )


def test_the_same_file_again_changes_nothing(node: Node) -> None:
    table = Table("w1", [Line("1"), Line("1"), Line("?")])
    first = take(node, table)
    size = node.journal.size
    again = take(node, table)
    assert (first.new_records, first.restated) == (3, 0)
    assert (again.new_records, again.restated, again.quarantined) == (0, 3, 1)
    assert node.journal.size == size


def test_replicates_within_a_file_stay(node: Node) -> None:
    take(node, Table("w1", [Line("25")] * 40))
    assert sum(evidence(node).values()) == 40


def test_a_publication_in_another_file_restates(node: Node) -> None:
    rows = [Line("1", publication="p1", entry=str(n)) for n in range(4)]
    others = [Line("2", publication="p2", entry=str(n)) for n in range(3)]
    take(node, Table("all", rows + others))
    report = take(node, Table("p1", rows[::-1]))
    assert (report.new_records, report.restated) == (0, 4)
    assert sum(evidence(node).values()) == 7


def test_surplus_rows_of_a_publication_are_new_and_flagged(node: Node) -> None:
    take(node, Table("a", [Line("1", publication="p", entry="1")]))
    report = take(node, Table("b", [Line("1", publication="p", entry=e) for e in ("1", "2")]))
    assert (report.new_records, report.restated) == (1, 1)
    assert report.flags == {"publication_seen_before": 1}
    assert report.flagged == 1


def named(name: str, values: str) -> Table:
    """A file that is its publication: its rows bear numbers and only its name names it."""
    rows = [Line(value, publication=name, entry=str(n)) for n, value in enumerate(values)]
    return Table(name, rows)


def test_a_renamed_copy_restates(node: Node) -> None:
    take(node, named("w1", "12345"))
    copy = Table("copy", [line._replace(publication="copy") for line in named("w1", "12345").lines])
    copy.lines.reverse()
    report = take(node, copy)
    assert (report.restated, report.new_records) == (5, 0)


def test_a_divided_file_and_the_whole_restate_each_other(tmp_path: Path) -> None:
    whole = named("w1", "123456")
    parts = [
        Table(name, [line._replace(publication=name) for line in whole.lines[piece]])
        for name, piece in (("a", slice(0, 3)), ("b", slice(3, 6)))
    ]
    for number, order in enumerate(([whole, *parts], [*parts, whole])):
        node = new_node(tmp_path / str(number))
        for table in order:
            take(node, table)
        assert sum(evidence(node).values()) == 6


def test_reports_that_share_a_few_rows_are_two_reports(node: Node) -> None:
    """Herds tested head by head: as many as half of the rows may equal by chance."""
    take(node, named("w1", "1111"))
    report = take(node, named("w2", "1122"))
    assert (report.restated, report.new_records) == (0, 4)


def test_equal_rows_of_two_publications_both_stay(node: Node) -> None:
    take(node, Table("a", [Line("1", publication="p", entry="1")]))
    report = take(node, Table("b", [Line("1", publication="q", entry="1")]))
    assert (report.new_records, report.flags) == (1, {})


def test_a_row_not_understood_restates_in_another_layout(node: Node) -> None:
    """The one layout has a column for the publication, the other is the publication."""
    with_column = Table("all", [Line("?", publication="p", entry="1")])
    take(node, with_column)
    without = Table("p", [Line("?", publication="p", entry="1")])
    report = take(node, without)
    assert (report.quarantined, report.new_records, report.restated) == (1, 0, 1)


lines = st.tuples(
    st.sampled_from(["1", "2", "?"]), st.sampled_from(["Bay", "Cape"]), st.sampled_from(["p", "q"])
).map(lambda drawn: Line(drawn[0], place=drawn[1], publication=drawn[2]))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_splitting_and_permuting_a_file_changes_no_evidence(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Rows of a published file bear numbers; those of one publication differ."""
    drawn = data.draw(st.lists(lines, max_size=12))
    rows = [line._replace(entry=str(n)) for n, line in enumerate(drawn)]
    cut = data.draw(st.integers(0, len(rows)))
    shuffled = data.draw(st.permutations(rows))
    folder = tmp_path_factory.mktemp("split")
    whole, parts = new_node(folder / "whole"), new_node(folder / "parts")
    take(whole, Table("w", rows))
    for name, piece in (("a", shuffled[:cut]), ("b", shuffled[cut:]), ("c", shuffled), ("w", rows)):
        take(parts, Table(name, list(piece)))
    assert evidence(whole) == evidence(parts)


def test_a_compilation_restates_what_equals_in_every_cell(node: Node) -> None:
    take(node, Table("w", [Line("1", publication="p", entry="9"), Line("2")]))
    report = take(node, Table("m", [Line("1"), Line("1"), Line("3")]), COMPILATION)
    # One of the two repeats the one; the other has nothing left to repeat.
    assert (report.restated, report.new_records, report.possible_restatements) == (1, 2, 0)


def test_equal_in_place_item_dates_and_values_is_no_evidence_yet(node: Node) -> None:
    take(node, Table("w", [Line("1"), Line("5")]))
    before = evidence(node)
    report = take(node, Table("m", [Line("1", laboratory="another")]), COMPILATION)
    assert (report.restated, report.new_records, report.possible_restatements) == (0, 1, 1)
    assert report.flags == {"possible_restatement": 1}
    assert evidence(node) == before


def test_a_later_row_equal_in_every_cell_goes_before_one_that_is_only_alike(node: Node) -> None:
    take(node, Table("w", [Line("1")]))
    report = take(node, Table("m", [Line("1", laboratory="another"), Line("1")]), COMPILATION)
    assert (report.restated, report.new_records, report.possible_restatements) == (1, 1, 0)


@settings(max_examples=40, deadline=None)
@given(st.lists(lines, max_size=8), st.lists(lines, max_size=8))
def test_a_compilation_first_or_last_gives_equal_evidence(
    tmp_path_factory: pytest.TempPathFactory, primary: list[Line], compiled: list[Line]
) -> None:
    compiled = [line._replace(publication=None) for line in compiled]
    numbered = [line._replace(entry=str(n)) for n, line in enumerate(primary)]
    folder = tmp_path_factory.mktemp("order")
    one, other = new_node(folder / "one"), new_node(folder / "other")
    take(one, Table("w", numbered))
    take(one, Table("m", compiled), COMPILATION)
    take(other, Table("m", compiled), COMPILATION)
    take(other, Table("w", numbered))
    assert evidence(one) == evidence(other)


def test_a_snapshot_amends_and_withdraws_by_key(node: Node) -> None:
    take(node, Table("q1", [Line("1"), Line("2", place="Cape"), Line("3", place="Isle")]), SNAPSHOT)
    later = Table("q2", [Line("4", place="Reef"), Line("1"), Line("9", place="Cape")])
    report = take(node, later, SNAPSHOT)
    assert (report.new_records, report.amendments) == (1, 1)
    assert (report.withdrawals, report.restated) == (1, 1)
    assert set(evidence(node)) == {
        ("Bay", "flounder", "2031-04-01", "1"),
        ("Cape", "flounder", "2031-04-01", "9"),
        ("Reef", "flounder", "2031-04-01", "4"),
    }
    amendment = next(
        record
        for _, data in node.journal.entries()
        if isinstance(record := decode(data), Amendment)
    )
    assert "Cs-137 `2` Bq/kg before, `9` Bq/kg now" in amendment.reason
    assert amendment.source is not None
    assert amendment.source.row == 3


def test_a_snapshot_again_changes_nothing(node: Node) -> None:
    first, later = Table("q1", [Line("1"), Line("2")]), Table("q2", [Line("1")])
    for table in (first, later):
        take(node, table, SNAPSHOT)
    size = node.journal.size
    for table in (later, first):
        report = take(node, table, SNAPSHOT)
        assert (report.amendments, report.withdrawals, report.new_records) == (0, 0, 0)
    assert node.journal.size == size


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(lines, max_size=8), min_size=1, max_size=4))
def test_after_a_snapshot_its_rows_are_the_evidence(
    tmp_path_factory: pytest.TempPathFactory, issues: list[list[Line]]
) -> None:
    """Whatever the issues before were; rows not understood are no evidence."""
    node = new_node(tmp_path_factory.mktemp("snapshots") / "node")
    for number, issue in enumerate(issues):
        rows = [line._replace(publication=None) for line in issue if line.value != "?"]
        take(node, Table(f"q{number}", rows), SNAPSHOT)
        expected = Counter((line.place, line.item, line.day, line.value) for line in rows)
        assert evidence(node) == expected


def test_another_profile_of_the_same_file_corrects_and_amends(node: Node) -> None:
    rows = [Line("1"), Line("?")]
    take(node, Table("w", rows))
    # A later profile understands the row; the first row says what it said.
    report = take(node, Table("w", rows, understood=False), profile("weekly-2", "primary"))
    assert (report.new_records, report.amendments, report.restated) == (0, 1, 1)
    corrections = [
        record
        for _, data in node.journal.entries()
        if isinstance(record := decode(data), Correction)
    ]
    assert [correction.by for correction in corrections] == ["profile weekly-2"]
    assert sum(evidence(node).values()) == 2


def test_a_file_that_fails_on_its_way_leaves_nothing(node: Node) -> None:
    class Failing(Table):
        def __iter__(self) -> Iterator[Arrived]:
            yield from list(super().__iter__())[:1]
            raise OSError("the disk went away")

    size = node.journal.size
    with pytest.raises(OSError, match="went away"):
        take(node, Failing("w", [Line("1"), Line("2")]))
    assert node.journal.size == size
    assert take(node, Table("w", [Line("1"), Line("2")])).new_records == 2


def test_kept_digests_and_digests_made_again_agree(node: Node) -> None:
    rows = [Line(str(n), publication="p", entry=str(n)) for n in range(2_500)]
    take(node, Table("all", rows))
    kept = node.config.archive / "held"
    part = Table("part", rows[100:200])
    first = take(node, part)
    assert (kept / "names.json").exists()
    for path in kept.iterdir():
        path.unlink()
    second = take(node, Table("other part", rows[150:300]))
    assert (first.restated, second.restated) == (100, 150)


def test_digests_of_another_journal_are_not_believed(tmp_path: Path) -> None:
    rows = [Line(str(n), publication="p", entry=str(n)) for n in range(2_500)]
    one, other = new_node(tmp_path / "one"), new_node(tmp_path / "other")
    take(one, Table("all", rows))
    take(one, Table("part", rows[:10]))
    other.config.archive.mkdir(exist_ok=True)
    (one.config.archive / "held").rename(other.config.archive / "held")
    assert take(other, Table("part", rows[:10])).new_records == 10


def test_digests_of_another_way_to_compare_are_not_believed(
    node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [Line(str(n), publication="p", entry=str(n)) for n in range(2_500)]
    with monkeypatch.context() as before:
        before.setattr(sameness, "_to_bytes", msgspec.msgpack.Encoder().encode)
        take(node, Table("all", rows))
    assert take(node, Table("part", rows[:10])).restated == 10


def test_someone_decides_whether_a_row_repeats_another(node: Node) -> None:
    take(node, Table("w", [Line("1"), Line("2")]))
    compiled = [Line("1", laboratory="another"), Line("2", laboratory="another")]
    take(node, Table("m", compiled), COMPILATION)
    first, second = undecided(node)
    assert (first.file, first.row, first.item) == ("m", 1, "flounder")
    assert settle(node, first.report_id, restates=True, by="clerk", reason="same sample") is None
    stands = settle(node, second.report_id, restates=False, by="clerk", reason="two laboratories")
    assert stands in node.journal
    assert undecided(node) == []
    assert evidence(node) == Counter(
        {("Bay", "flounder", "2031-04-01", "1"): 1, ("Bay", "flounder", "2031-04-01", "2"): 2}
    )
    with pytest.raises(NotUndecided):
        settle(node, second.report_id, restates=True, by="clerk", reason="again")
    # Decided rows are not asked about again.
    assert take(node, Table("m", compiled), COMPILATION).new_records == 0
