"""Two further issues after the five shared ones, made here: what later, unseen ones may hold.

The sixth removes rows, moves rows to another station, replaces results, fills empty cells, adds
rows, and stands in reverse order. The seventh says the same of other form (headings in capitals
and another order, ISO dates, a further column), takes back some removals and adds one row. All
seven are cut down to a few stations, so that reading them is quick; what is expected is worked
out here from the rows alone.
"""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from fairwater.agreement.context import Context, terms_of
from fairwater.agreement.evaluator import evaluate
from fairwater.agreement.load import load_agreement
from fairwater.cli.app import run
from fairwater.intake import FileUnreadable
from fairwater.node.agreements import Found
from fairwater.node.evaluation import Asked, evidence_of, prepare, transition_of
from fairwater.node.import_report import ImportReport
from fairwater.node.importing import import_file, import_files
from fairwater.node.node import Node

Row = dict[str, str]
AGREEMENT = Path(__file__).with_name("orbs_agreement.yaml")
STATIONS = slice(22, 40)
"""Of all stations in the order of their number of rows."""
PLACE = ("id", "org", "station", "lat", "lon")
NUCLIDES = ("Cs-134", "Cs-137", "H-3")
SIXTH, SEVENTH = "2026-05-14", "2026-08-13"


class Made(NamedTuple):
    """The seven files, and what the two made here changed."""

    paths: list[Path]
    rows: list[list[Row]]
    removed: list[Row]
    moved: list[tuple[Row, Row]]
    replaced: list[tuple[Row, Row]]
    filled: list[tuple[Row, Row]]
    added: list[Row]


def key(row: Row) -> tuple[str, str, str]:
    return row["id"], row["depth"], row["begperiod"]


def read(path: Path) -> list[Row]:
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: Iterable[Row], headings: list[str]) -> Path:
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, headings, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def iso(text: str) -> str:
    """`2026/2/4 6:59` as `2026-02-04 06:59`."""
    day, _, time = text.partition(" ")
    year, month, number = day.split("/")
    hour, _, minute = time.partition(":")
    return f"{year}-{int(month):02}-{int(number):02}" + (
        f" {int(hour):02}:{minute}" if time else ""
    )


def later(folder: Path, shared: list[Path]) -> Made:
    """The shared issues of some stations, and two more made of the last."""
    last = read(shared[-1])
    some = {name for name, _ in Counter(row["id"] for row in last).most_common()[STATIONS]}
    rows = [[row for row in read(path) if row["id"] in some] for path in shared]
    headings = list(rows[-1][0])
    paths = [
        write(folder / path.name, kept, headings) for path, kept in zip(shared, rows, strict=True)
    ]
    before = rows[-1]
    counts = Counter(map(key, before))
    alone = [n for n, row in enumerate(before) if counts[key(row)] == 1]
    taken = set(counts)
    points = {row["id"]: {name: row[name] for name in PLACE} for row in before}
    now: dict[int, Row] = {n: dict(row) for n, row in enumerate(before)}
    removed = alone[::71][:12]
    moved, replaced, filled = list[int](), list[int](), list[int]()
    for n in alone:
        if n in removed:
            continue
        row = now[n]
        results = tuple(row[name] for nuclide in NUCLIDES for name in (nuclide, f"{nuclide}_nd"))
        elsewhere = [
            place
            for number, place in sorted(points.items())
            if place["org"] == row["org"] and (number, *key(row)[1:]) not in taken
        ]
        if len(moved) < 9 and elsewhere and any(results) and n % 3 == 0:
            row |= elsewhere[0]
            taken.add(key(row))
            moved.append(n)
        elif len(replaced) < 7 and (row["Cs-137"] or row["Cs-137_nd"]) and n % 3 == 1:
            row |= {"Cs-137_nd": "", "Cs-137": "0.41"}
            replaced.append(n)
        elif len(filled) < 11 and not row["H-3"] and not row["H-3_nd"] and n % 3 == 2:
            row["H-3_nd"] = "0.32"
            filled.append(n)
    added = [before[n] | {"begperiod": f"2026/4/{at + 1} 7:00"} for at, n in enumerate(alone[-20:])]
    sixth = [row for n, row in now.items() if n not in removed] + added
    sixth.reverse()
    back = [before[n] for n in removed[:4]]
    seventh = [*sixth, *back, before[alone[-1]] | {"begperiod": "2026/7/1 7:00"}]
    paths.append(write(folder / f"seawater_{SIXTH}_a.csv.gz", sixth, headings))
    other_form = [
        {name.upper(): text for name, text in row.items()}
        | {"BEGPERIOD": iso(row["begperiod"]), "note": "rechecked" if n == 5 else ""}
        for n, row in enumerate(seventh)
    ]
    capitals = ["note", *(name.upper() for name in reversed(headings))]
    paths.append(write(folder / f"seawater_{SEVENTH}_b.csv.gz", other_form, capitals))
    return Made(
        paths,
        [*rows, sixth, seventh],
        [before[n] for n in removed],
        [(before[n], now[n]) for n in moved],
        [(before[n], now[n]) for n in replaced],
        [(before[n], now[n]) for n in filled],
        added,
    )


@pytest.fixture(scope="module")
def made(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    found = sorted((shared / "data" / "iaea-orbs" / "history").glob("seawater_*.csv.gz"))[:5]
    return later(tmp_path_factory.mktemp("issues"), found)


def new_node(folder: Path) -> Node:
    return Node.create(folder, party="p", name="P", clock=lambda: datetime(2026, 11, 1, tzinfo=UTC))


@pytest.fixture(scope="module")
def imported(
    made: Made, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Node, list[ImportReport]]:
    node = new_node(tmp_path_factory.mktemp("seven") / "node")
    return node, list(import_files(node, made.paths))


def test_what_the_sixth_and_seventh_changed_is_counted(
    made: Made, imported: tuple[Node, list[ImportReport]]
) -> None:
    reports = imported[1]
    assert [len(each) for each in made[2:6]] == [12, 9, 7, 11]
    assert [each.rows_read for each in reports] == [len(rows) for rows in made.rows]
    for each in reports:
        assert each.quarantined == 0
        assert each.rows_read == each.new_records + each.amendments + each.restated
    sixth, seventh = reports[5:]
    assert sixth.withdrawals == len(made.removed)
    assert sixth.new_records == len(made.added)
    assert sixth.changes == {
        "moves": len(made.moved),
        "replaces": len(made.replaced),
        "fills": len(made.filled),
    }
    assert (sixth.results_filled, sixth.results_replaced) == (11, 7)
    assert (seventh.new_records, seventh.amendments, seventh.withdrawals) == (5, 0, 0)
    assert seventh.flags["cell_not_read"] == 1  # the further column, where it says something
    assert [each.issued for each in reports[5:]] == [SIXTH, SEVENTH]


def test_as_known_at_each_issue_the_rows_are_those_of_its_file(
    made: Made, imported: tuple[Node, list[ImportReport]]
) -> None:
    archive = imported[0].archive()
    for report, rows in zip(imported[1], made.rows, strict=True):
        found = archive.query(
            "SELECT r.station_id, r.depth, r.collected, s.nuclides, s.kind, s.value_text "
            "FROM reports r JOIN results s ON s.report_id = r.report_id "
            f"WHERE r.published <= '{report.issued}' AND s.kind <> 'not_stated' "
            "AND NOT EXISTS (SELECT 1 FROM supersessions x "
            f"WHERE x.target = r.report_id AND x.dated <= '{report.issued}')"
        ).to_pylist()
        expected = Counter(
            (
                row["id"],
                row["depth"],
                iso(row["begperiod"]).split()[0],
                nuclide,
                "detected" if row[nuclide] else "censored",
                row[nuclide] or row[f"{nuclide}_nd"],
            )
            for row in rows
            for nuclide in NUCLIDES
            if row[nuclide] or row[f"{nuclide}_nd"]
        )
        assert Counter(tuple(row.values()) for row in found) == expected


def verdict(node: Node, station: str, day: str, known_at: str) -> str:
    text = AGREEMENT.read_text("utf-8")
    asked = Asked(
        found=Found(load_agreement(text, AGREEMENT.name).agreement, AGREEMENT.name, text),
        as_of=date.fromisoformat(day),
        known_at=date.fromisoformat(known_at),
        knowledge="published",
    )
    prepared = prepare(node, asked)
    context = Context(
        at=asked.as_of,
        known_at=date.fromisoformat(known_at),
        terms=terms_of(prepared.agreement),
        unit={"station": station},
        bindings=prepared.bindings,
    )
    evidence = evidence_of(prepared, {"station": station})
    return evaluate(transition_of(prepared, "clear").when, evidence, context).verdict


def plain_verdict(rows: list[Row], station: str, day: str) -> str:
    """The same from the rows of one issue: above 0.3 fails, nothing or a higher limit is open."""
    kinds = set[str]()
    for row in rows:
        if row["station"] == station and iso(row["begperiod"]).split()[0] == day:
            value, limit = row["Cs-137"], row["Cs-137_nd"]
            if value:
                kinds.add("above" if float(value) > 0.3 else "below")
            elif limit:
                kinds.add("open" if float(limit) > 0.3 else "below")
    if "above" in kinds:
        return "fails"
    return "holds" if kinds == {"below"} else "unknown"


def test_a_verdict_as_known_before_and_after_a_removal_and_a_move(
    made: Made, imported: tuple[Node, list[ImportReport]]
) -> None:
    before, after = made.moved[0]
    asked = {
        (row["station"], iso(row["begperiod"]).split()[0])
        for row in (before, after, made.removed[0], made.removed[-1], made.replaced[0][0])
    }
    seen = set[tuple[str, ...]]()
    for station, day in sorted(asked):
        days = ("2026-02-17", SIXTH, SEVENTH)
        found = tuple(verdict(imported[0], station, day, known) for known in days)
        assert found == tuple(plain_verdict(rows, station, day) for rows in made.rows[4:])
        seen.add(found)
    assert len(seen) > 1  # and they are not the same whatever is known


def test_out_of_order_the_older_issue_is_refused_by_name_and_nothing_is_lost(
    made: Made,
    imported: tuple[Node, list[ImportReport]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "node"
    assert run(["init", str(folder), "--party", "p", "--name", "P"]) == 0
    shuffled = [made.paths[n] for n in (1, 5, 2, 6)]
    assert run(["import", "--node", str(folder), *map(str, shuffled)]) == 3
    said = capsys.readouterr()
    assert "an issue of 2025-08-13, older than seawater_2026-05-14_a.csv.gz" in said.err
    assert "2 earlier files were taken in whole" in said.err
    node = Node.open(folder)
    with pytest.raises(FileUnreadable, match="older than"):
        import_file(node, made.paths[0])
    report = import_file(node, made.paths[6])
    assert (report.new_records, report.amendments, report.withdrawals) == (5, 0, 0)
    count = "SELECT COUNT(*) AS n FROM current_reports"
    current = [each.archive().query(count).to_pylist() for each in (node, imported[0])]
    assert current == [[{"n": len(made.rows[-1])}]] * 2
