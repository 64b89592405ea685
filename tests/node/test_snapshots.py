"""Snapshots in the layout of the parsed ORBS fish tables: invented issues, each rule alone."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairwater.intake import FileUnreadable
from fairwater.node.import_report import ImportReport
from fairwater.node.importing import import_file
from fairwater.node.node import Node
from fairwater.node.quarantine import export, listing, submit
from fairwater.records import Amendment, Change, Withdrawal, decode

HEAD = "id,org,station,lat,lon,begperiod,Sample,Radionuclide,Dt,Dt_unc,ND,Unit"
POINTS = {
    "901": "901,Example Pref.,,37.10,141.10",
    "902": "902,Example Pref.,,37.20,141.10",
    "903": "903,Example Pref.,,37.30,141.10",
}


def line(
    point: str = "901",
    day: str = "2025/1/20",
    item: str = "Olive flounder",
    value: str = "",
    limit: str = "0.5",
) -> str:
    return f"{POINTS[point]},{day},{item},Cs-137,{value},,{limit},Bq/kg-fresh"


@pytest.fixture
def node(tmp_path: Path) -> Node:
    return new_node(tmp_path / "node")


def new_node(folder: Path) -> Node:
    return Node.create(folder, party="p", name="P", clock=lambda: datetime(2032, 1, 1, tzinfo=UTC))


def issue(node: Node, day: str, *lines: str, issued: str | None = None) -> ImportReport:
    path = node.config.folder.parent / (f"fish_{day}_x.csv" if issued is None else "fish_data.csv")
    path.write_text("\n".join([HEAD, *lines]) + "\n", "utf-8")
    report = import_file(node, path, "iaea-orbs-fish", issued=issued)
    assert report.rows_read == report.accepted + report.flagged + report.quarantined
    assert report.rows_read == report.new_records + report.amendments + report.restated
    return report


def changes(node: Node) -> list[Amendment | Withdrawal]:
    return [
        record
        for _, data in node.journal.entries()
        if isinstance(record := decode(data), Amendment | Withdrawal)
    ]


def test_an_empty_cell_filled_is_a_new_result(node: Node) -> None:
    issue(node, "2025-02-07", line(limit=""))
    report = issue(node, "2025-05-13", line(limit="0.4"))
    assert (report.changes, report.results_filled, report.results_replaced) == ({"fills": 1}, 1, 0)
    (change,) = changes(node)
    assert isinstance(change, Amendment)
    assert (change.change, change.dated) == ("fills", "2025-05-13")
    assert change.changes == (Change("Cs-137", None, "`<0.4` Bq/kg"),)
    assert change.reason.startswith("a later issue fills what was open: ")


def test_a_result_replaced_names_both(node: Node) -> None:
    issue(node, "2025-02-07", line(limit="0.5"))
    report = issue(node, "2025-05-13", line(value="0.07", limit=""))
    assert (report.changes, report.results_replaced) == ({"replaces": 1}, 1)
    (change,) = changes(node)
    assert isinstance(change, Amendment)
    assert change.changes == (Change("Cs-137", "`<0.5` Bq/kg", "`0.07` Bq/kg"),)


def test_a_result_taken_back_is_a_replacement(node: Node) -> None:
    issue(node, "2025-02-07", line(limit="0.5"))
    assert issue(node, "2025-05-13", line(limit="")).changes == {"replaces": 1}


def test_a_row_that_vanished_is_withdrawn_and_kept(node: Node) -> None:
    issue(node, "2025-02-07", line(), line("902"))
    report = issue(node, "2025-05-13", line())
    assert (report.withdrawals, report.amendments, report.restated) == (1, 0, 1)
    (gone,) = changes(node)
    assert isinstance(gone, Withdrawal)
    assert (gone.dated, gone.reason) == (
        "2025-05-13",
        "no longer in the later issue fish_2025-05-13_x.csv",
    )
    assert gone.withdraws in node.journal


def test_of_equal_rows_one_may_vanish(node: Node) -> None:
    issue(node, "2025-02-07", line(), line(), line())
    report = issue(node, "2025-05-13", line(), line())
    assert (report.withdrawals, report.restated) == (1, 2)


def test_a_row_that_moved_is_a_correction_that_names_the_move(node: Node) -> None:
    issue(node, "2025-02-07", line("901", value="7.31", limit=""), line("902"))
    report = issue(node, "2025-05-13", line("903", value="7.31", limit=""), line("902"))
    assert (report.changes, report.withdrawals, report.new_records) == ({"moves": 1}, 0, 0)
    (change,) = changes(node)
    assert isinstance(change, Amendment)
    assert {each.what: (each.before, each.after) for each in change.changes} == {
        "station_id": ("901", "903"),
        "latitude": ("37.10", "37.30"),
    }


def test_coordinates_corrected_under_one_number_are_a_move(node: Node) -> None:
    issue(node, "2025-02-07", line())
    report = issue(node, "2025-05-13", line().replace("37.10", "37.11"))
    assert report.changes == {"moves": 1}


def test_which_of_two_moved_is_not_guessed(node: Node) -> None:
    """Two alike vanished at two places, one appears at a third: withdrawn and new, and said so."""
    issue(node, "2025-02-07", line("901"), line("902"))
    report = issue(node, "2025-05-13", line("903"))
    assert (report.new_records, report.withdrawals, report.amendments) == (1, 2, 0)
    for gone in changes(node):
        assert isinstance(gone, Withdrawal)
        assert "which moved is not clear" in gone.reason


def test_another_result_at_another_place_is_no_move(node: Node) -> None:
    issue(node, "2025-02-07", line("901", limit="0.5"))
    report = issue(node, "2025-05-13", line("902", limit="0.4"))
    assert (report.new_records, report.withdrawals, report.amendments) == (1, 1, 0)


def test_a_time_of_day_written_otherwise_is_no_change(node: Node) -> None:
    issue(node, "2025-02-07", line(day="2025/1/20 6:59"), line(day="2025/1/20 13:00"))
    report = issue(node, "2025-05-13", line(day="2025/01/20 06:59"), line(day="2025/1/20 13:00"))
    # The cell is another, so the row is amended; it is not taken for another sampling.
    assert (report.new_records, report.withdrawals) == (0, 0)


def test_replicates_are_paired_so_that_least_changes(node: Node) -> None:
    issue(node, "2025-02-07", line(limit="0.5"), line(limit=""), line(value="3", limit=""))
    report = issue(node, "2025-05-13", line(value="3", limit=""), line(limit="0.4"), line())
    assert (report.restated, report.changes) == (2, {"fills": 1})


def test_an_older_issue_is_refused_and_the_same_again_changes_nothing(node: Node) -> None:
    issue(node, "2025-02-07", line(limit=""))
    issue(node, "2025-05-13", line())
    size = node.journal.size
    with pytest.raises(FileUnreadable, match=r"older than fish_2025-05-13_x\.csv of 2025-05-13"):
        issue(node, "2025-03-01", line("902"))
    assert node.journal.size == size
    assert issue(node, "2025-05-13", line()).restated == 1
    assert issue(node, "2025-02-07", line(limit="")).restated == 1
    assert node.journal.size == size


def test_an_issue_may_say_again_what_one_before_the_last_said(node: Node) -> None:
    """Equal bytes on another day are another issue, not the same file again."""
    issue(node, "2025-02-07", line(limit="0.5"))
    issue(node, "2025-05-13", line(limit="0.4"))
    assert issue(node, "2025-08-13", line(limit="0.5")).changes == {"replaces": 1}


def test_an_issue_without_a_day_is_refused_until_it_is_stated(node: Node) -> None:
    with pytest.raises(FileUnreadable, match="no day in the file's name"):
        issue(node, "data", line())
    assert issue(node, "", line(), issued="2025-02-07").issued == "2025-02-07"
    with pytest.raises(FileUnreadable, match="2025-02-07 and 2025-05-13"):
        issue(node, "2025-02-07_2025-05-13", line())


def test_new_and_changed_rows_are_published_on_the_day_of_their_issue(node: Node) -> None:
    issue(node, "2025-02-07", line("901", limit=""), line("902"))
    issue(node, "2025-05-13", line("901"), line("902"), line("903"))
    project(node)
    rows = node.archive().query(
        "SELECT station_id, published FROM current_reports ORDER BY station_id"
    )
    assert [tuple(row.values()) for row in rows.to_pylist()] == [
        ("901", "2025-05-13"),
        ("902", "2025-02-07"),
        ("903", "2025-05-13"),
    ]


def project(node: Node) -> None:
    from fairwater.archive import project as bring_up

    bring_up(node.journal, node.config.archive)


def test_a_row_not_understood_is_quarantined_once_and_its_correction_stays(
    node: Node, tmp_path: Path
) -> None:
    broken = line("902", limit="0.4.4")
    first = issue(node, "2025-02-07", line("901"), broken)
    assert (first.quarantined, first.new_records) == (1, 2)
    project(node)
    path = tmp_path / "mend.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        export(listing(node), file)
    mended = path.read_text("utf-8").replace("0.4.4", "0.44").splitlines(keepends=True)
    (submitted,) = submit(node, mended, by="officer", reason="misprint")
    assert submitted.outcome == "corrected"
    project(node)
    second = issue(node, "2025-05-13", line("901"), broken)
    assert (second.new_records, second.withdrawals, second.restated) == (0, 0, 2)
    third = issue(node, "2025-08-13", line("901"))
    assert third.withdrawals == 1  # the report that the correction gave is gone with its row
    fourth = issue(node, "2025-11-14", line("901"), broken)
    assert (fourth.new_records, fourth.restated) == (1, 1)


LINES = st.builds(
    line,
    point=st.sampled_from(sorted(POINTS)),
    day=st.sampled_from(["2025/1/20", "2025/1/21"]),
    value=st.sampled_from(["", "3"]),
    limit=st.sampled_from(["", "0.5"]),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(LINES, min_size=1, max_size=8), min_size=1, max_size=4))
def test_after_an_issue_its_rows_stand_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, issues: list[list[str]]
) -> None:
    node = new_node(tmp_path_factory.mktemp("issues") / "node")
    for number, lines in enumerate(issues):
        issue(node, f"2025-0{number + 1}-01", *lines)
        project(node)
        rows = node.archive().query(
            "SELECT r.station_id, r.collected, s.kind, s.value_text FROM current_reports r "
            "JOIN current_results s ON s.report_id = r.report_id"
        ).to_pylist()  # fmt: skip
        assert Counter(map(said, lines)) == Counter(tuple(row.values()) for row in rows)


def said(text: str) -> tuple[str | None, ...]:
    cells = dict(zip(HEAD.split(","), text.split(","), strict=True))
    kind = "detected" if cells["Dt"] else "censored" if cells["ND"] else "not_stated"
    year, month, day = cells["begperiod"].split("/")
    value = cells["Dt"] or cells["ND"] or None
    return cells["id"], f"{year}-{int(month):02}-{int(day):02}", kind, value
