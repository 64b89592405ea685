"""The parsed ORBS tables: five quarterly snapshots of fish and of seawater, imported in order.

Counts are those of the shared FACTS.md, section iaea-orbs. What changed between two
issues, and the verdicts as known at each, are worked out here from the CSV files alone.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from fairwater.agreement.context import Context, terms_of
from fairwater.agreement.evaluator import evaluate
from fairwater.agreement.load import load_agreement
from fairwater.intake import FileUnreadable
from fairwater.node.agreements import Found
from fairwater.node.evaluation import Asked, evidence_of, prepare, transition_of
from fairwater.node.import_report import ImportReport
from fairwater.node.importing import import_file, import_files
from fairwater.node.node import Node

Rows = list[dict[str, str]]
AGREEMENT = Path(__file__).with_name("orbs_agreement.yaml")
ISSUES = ("2025-02-07", "2025-05-13", "2025-08-13", "2025-11-14", "2026-02-17")
FISH_KEY = ("id", "begperiod", "Sample", "Radionuclide", "Unit")
WATER_KEY = ("id", "depth", "begperiod")
WATER_RESULTS = ("Cs-134", "Cs-137", "H-3")


def files(shared: Path, kind: str) -> list[Path]:
    found = sorted((shared / "data" / "iaea-orbs" / "history").glob(f"{kind}_*.csv.gz"))
    assert [path.name.split("_")[1] for path in found[:5]] == list(ISSUES)
    return found[:5]


def plain(path: Path) -> Rows:
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def new_node(folder: Path) -> Node:
    return Node.create(folder, party="p", name="P", clock=lambda: datetime(2026, 11, 1, tzinfo=UTC))


def imported(folder: Path, paths: list[Path]) -> tuple[Node, list[ImportReport]]:
    node = new_node(folder)
    return node, list(import_files(node, paths))


@pytest.fixture(scope="module")
def seawater(
    shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Node, list[ImportReport]]:
    return imported(tmp_path_factory.mktemp("seawater") / "node", files(shared, "seawater"))


@pytest.fixture(scope="module")
def fish(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Node, list[ImportReport]]:
    return imported(tmp_path_factory.mktemp("fish") / "node", files(shared, "fish"))


def test_seawater_changes_are_those_of_the_files(
    seawater: tuple[Node, list[ImportReport]],
) -> None:
    reports = seawater[1]
    assert [each.rows_read for each in reports] == [12_803, 13_669, 14_483, 15_291, 16_148]
    assert [each.new_records for each in reports] == [12_803, 866, 814, 808, 857]
    assert [each.amendments for each in reports] == [0, 131, 118, 98, 104]
    assert [each.changes.get("replaces", 0) for each in reports] == [0, 9, 6, 6, 9]
    assert [each.changes.get("fills", 0) for each in reports] == [0, 122, 112, 92, 95]
    assert [each.results_filled for each in reports] == [0, 130, 137, 98, 103]
    assert [each.results_replaced for each in reports] == [0, 18, 12, 12, 18]
    assert {each.withdrawals for each in reports} == {0}
    assert {each.quarantined for each in reports} == {0}
    assert [each.issued for each in reports] == list(ISSUES)


def test_fish_only_grows(fish: tuple[Node, list[ImportReport]]) -> None:
    reports = fish[1]
    assert [each.rows_read for each in reports] == [31_396, 33_459, 35_323, 36_771, 38_643]
    assert [each.new_records for each in reports] == [31_396, 2_063, 1_864, 1_448, 1_872]
    assert {each.amendments + each.withdrawals + each.quarantined for each in reports} == {0}
    for each in reports:
        assert each.rows_read == each.accepted + each.flagged + each.quarantined
        assert each.rows_read == each.new_records + each.amendments + each.restated


def changed_rows(shared: Path) -> Iterator[tuple[str, tuple[str, ...], dict[str, tuple[str, str]]]]:
    """Issue, key and changed cells of each row that a later issue changes, by plain multisets.

    Under no key do two rows differ from two others, so that pairing them asks no question.
    """
    for old_path, new_path in pairwise(files(shared, "seawater")):
        before: dict[tuple[str, ...], Rows] = {}
        for row in plain(old_path):
            before.setdefault(tuple(row[name] for name in WATER_KEY), []).append(row)
        after: dict[tuple[str, ...], Rows] = {}
        for row in plain(new_path):
            after.setdefault(tuple(row[name] for name in WATER_KEY), []).append(row)
        for key, olds in before.items():
            gone, come = list(olds), []
            for row in after[key]:
                if row in gone:
                    gone.remove(row)
                else:
                    come.append(row)
            assert len(gone) <= len(come)
            if gone:
                assert (len(gone), len(come)) == (1, 1)
                cells = {n: (gone[0][n], come[0][n]) for n in come[0] if gone[0][n] != come[0][n]}
                yield new_path.name.split("_")[1], key, cells


def test_an_amendment_names_what_changed(
    shared: Path, seawater: tuple[Node, list[ImportReport]]
) -> None:
    """Each changed row of the files, and nothing else; nuclide by nuclide, old and new."""
    expected = Counter[tuple[str, str, str, str]]()
    for issued, key, cells in changed_rows(shared):
        for nuclide in WATER_RESULTS:
            value, limit = cells.get(nuclide), cells.get(f"{nuclide}_nd")
            if value or limit:
                was = [(value or ("", ""))[0], (limit or ("", ""))[0]]
                expected[issued, key[0], nuclide, "fills" if was == ["", ""] else "replaces"] += 1
    archive = seawater[0].archive()
    found = Counter[tuple[str, str, str, str]]()
    rows = archive.query(
        "SELECT s.dated, s.change, s.changes, r.station_id FROM supersessions s "
        'JOIN reports r ON r.report_id = s."by" ORDER BY s.journal_index'
    ).to_pylist()
    for row in rows:
        for change in json.loads(row["changes"]):
            kind = "replaces" if "before" in change else "fills"
            found[row["dated"], row["station_id"], change["what"], kind] += 1
    assert found == expected
    assert len(rows) == 131 + 118 + 98 + 104
    kept = archive.query("SELECT COUNT(*) AS n FROM reports").to_pylist()[0]["n"]
    assert kept == 16_148 + len(rows)  # what was replaced is still there
    assert archive.query("SELECT COUNT(*) AS n FROM current_reports").to_pylist() == [{"n": 16_148}]


def test_fish_rows_are_those_of_the_newest_file(
    shared: Path, fish: tuple[Node, list[ImportReport]]
) -> None:
    rows = plain(files(shared, "fish")[-1])
    archive = fish[0].archive()
    kinds = archive.query(
        "SELECT s.nuclides, s.kind, COUNT(*) AS n FROM current_results s GROUP BY ALL ORDER BY ALL"
    ).to_pylist()
    found = {(row["nuclides"], row["kind"]): row["n"] for row in kinds}
    assert found["Cs-137", "detected"] == 148
    assert found["Cs-137", "censored"] == 18_309
    assert sum(n for (_, kind), n in found.items() if kind == "not_stated") == 66
    expected = Counter(
        (r["Radionuclide"], "detected" if r["Dt"] else "censored" if r["ND"] else "not_stated")
        for r in rows
    )
    assert found == dict(expected)
    uncertain = "SELECT COUNT(*) AS n FROM current_results WHERE uncertainty_text IS NOT NULL"
    assert archive.query(uncertain).to_pylist() == [{"n": 49}]
    highest = archive.query(
        "SELECT r.item, r.collected, s.value_text FROM current_results s JOIN current_reports r "
        "ON r.report_id = s.report_id WHERE s.value_unit = 'Bq/kg' AND s.value > 100 ORDER BY ALL"
    ).to_pylist()
    assert highest == [{"item": "Black rockfish", "collected": "2021-04-01", "value_text": "270.0"}]


def test_replicates_stay_as_many_as_they_are(
    shared: Path, fish: tuple[Node, list[ImportReport]]
) -> None:
    rows = plain(files(shared, "fish")[-1])
    exact = sum(n - 1 for n in Counter(tuple(row.values()) for row in rows).values())
    on_key = Counter(tuple(row[name] for name in FISH_KEY) for row in rows)
    assert (exact, sum(n - 1 for n in on_key.values())) == (244, 3_175)
    found = fish[0].archive().query(
        "SELECT station_id, item, collected, nuclides, unit, kind, value_text, "
        "uncertainty_text, COUNT(*) AS n FROM current_reports r JOIN current_results s "
        "ON s.report_id = r.report_id GROUP BY ALL HAVING COUNT(*) > 1 ORDER BY ALL"
    ).to_pylist()  # fmt: skip
    assert sum(row["n"] - 1 for row in found) >= 244
    assert sum(row["n"] for row in found) <= len(rows)


def test_what_is_kept_and_what_is_said_by_a_rule(fish: tuple[Node, list[ImportReport]]) -> None:
    archive = fish[0].archive()
    told = archive.query(
        "SELECT region, category, COUNT(*) AS n, COUNT(station_id) AS ids, COUNT(latitude_deg) "
        "AS places, COUNT(reporter) AS reporters, SUM(CASE WHEN list_contains(flags, "
        "'region_by_rule') THEN 1 ELSE 0 END) AS by_rule FROM current_reports GROUP BY ALL"
    ).to_pylist()
    everything = dict.fromkeys(("n", "ids", "places", "reporters", "by_rule"), 38_643)
    assert told == [{"region": "福島県", "category": "seafood"} | everything]
    units = archive.query(
        "SELECT unit, value_unit, conversion, COUNT(*) AS n FROM results GROUP BY ALL ORDER BY ALL"
    ).to_pylist()
    apart = {row["unit"]: row for row in units if "water" in (row["unit"] or "")}
    assert {unit: row["n"] for unit, row in apart.items()} == {
        "Bq/L-combustion water": 19,
        "Bq/L-water": 15,
    }
    assert all(row["value_unit"] == unit for unit, row in apart.items())  # converted to nothing


def test_names_of_the_fish(fish: tuple[Node, list[ImportReport]]) -> None:
    """Texts that stay open are those the vocabulary's README lists; groups name no species."""
    archive = fish[0].archive()
    unnamed = archive.query(
        "SELECT item, COUNT(*) AS n FROM current_reports WHERE species IS NULL "
        "AND species_group IS NULL GROUP BY ALL"
    ).to_pylist()
    assert {row["item"]: row["n"] for row in unnamed} == {
        "Sullen rockfish": 90,
        "Smooth-backed blowfish": 16,
        "Blend banded": 8,
        "Scrawled spineless sculpin": 6,
        "Black-barred": 2,
        "Brocade perch": 2,
    }
    groups = archive.query(
        "SELECT COUNT(*) AS n, COUNT(species) AS named, COUNT(name_confidence) AS marked "
        "FROM current_reports WHERE species_group IS NOT NULL"
    ).to_pylist()[0]
    assert groups["n"] > 0
    assert (groups["named"], groups["marked"]) == (0, groups["n"])


def test_an_older_issue_is_refused(
    shared: Path, seawater: tuple[Node, list[ImportReport]], tmp_path: Path
) -> None:
    older = tmp_path / "seawater_2025-01-01.csv"
    older.write_bytes(gzip.decompress(files(shared, "seawater")[0].read_bytes()) + b"\r\n")
    node, size = seawater[0], seawater[0].journal.size
    with pytest.raises(FileUnreadable, match=r"an issue of 2025-01-01, older than .*2026-02-17"):
        import_file(node, older)
    assert node.journal.size == size


def verdicts(node: Node, station: str, day: str) -> list[str]:
    """Whether no value was above 0.3 Bq/L that day, as known at each issue."""
    text = AGREEMENT.read_text("utf-8")
    found = Found(load_agreement(text, AGREEMENT.name).agreement, AGREEMENT.name, text)
    answers: list[str] = []
    for issued in ISSUES:
        asked = Asked(
            found=found,
            as_of=date.fromisoformat(day),
            known_at=date.fromisoformat(issued),
            knowledge="published",
        )
        prepared = prepare(node, asked)
        unit = {"station": station}
        context = Context(
            at=asked.as_of,
            known_at=date.fromisoformat(issued),
            terms=terms_of(prepared.agreement),
            unit=unit,
            bindings=prepared.bindings,
        )
        transition = transition_of(prepared, "clear")
        verdict = evaluate(transition.when, evidence_of(prepared, unit), context)
        answers.append(verdict.verdict)
    return answers


def plain_verdicts(shared: Path, station: str, day: str) -> list[str]:
    """The same from the files: above fails, a limit above 0.3 or no result at all is unknown."""
    answers: list[str] = []
    for path in files(shared, "seawater"):
        kinds = set()
        for row in plain(path):
            year, month, rest = row["begperiod"].split("/")
            stated = f"{year}-{int(month):02}-{int(rest.split()[0]):02}"
            if row["station"] != station or stated != day:
                continue
            if row["Cs-137"]:
                kinds.add("above" if Decimal(row["Cs-137"]) > Decimal("0.3") else "below")
            elif row["Cs-137_nd"]:
                kinds.add("open" if Decimal(row["Cs-137_nd"]) > Decimal("0.3") else "below")
        answers.append(
            "fails" if "above" in kinds else "unknown" if kinds != {"below"} else "holds"
        )
    return answers


@pytest.mark.parametrize(
    ("station", "day", "expected"),
    [
        # 0.41 Bq/L of a quick measurement, replaced by 0.071
        ("T-0", "2025-07-28", ["unknown", "unknown", "fails", "holds", "holds"]),
        # below 0.97, which leaves the question open, replaced by 0.014
        ("T-1", "2025-02-03", ["unknown", "holds", "holds", "holds", "holds"]),
    ],
)
def test_a_verdict_as_known_at_each_issue(
    shared: Path,
    seawater: tuple[Node, list[ImportReport]],
    station: str,
    day: str,
    expected: list[str],
) -> None:
    assert plain_verdicts(shared, station, day) == expected
    assert verdicts(seawater[0], station, day) == expected


def test_seaweed_and_the_newest_tables_by_their_stated_day(shared: Path, tmp_path: Path) -> None:
    """PROVENANCE: 427 rows. The vocabulary's README: one text of 32 rows stays open."""
    path = shared / "data" / "iaea-orbs" / "seaweed_data.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    node = new_node(tmp_path / "node")
    with pytest.raises(FileUnreadable, match="no day in the file's name"):
        import_file(node, path)
    report = import_file(node, path, issued="2026-08-22")
    assert report.rows_read == len(rows) == 427
    astray = [row for row in rows if abs(Decimal(row["lat"])) > 90]
    assert {row["lat"] for row in astray} == {"337.4818972222"}  # so it stands in the source
    assert (report.profile, report.quarantined) == ("iaea-orbs-seaweed", len(astray))
    assert report.reasons == {"unreadable_coordinate": 26}
    rows = [row for row in rows if row not in astray]
    open_texts = node.archive().query(
        "SELECT item, COUNT(*) AS n FROM reports WHERE species IS NULL AND species_group IS NULL "
        "GROUP BY ALL"
    ).to_pylist()  # fmt: skip
    unread = sum(row["Sample"] == "Narrow iodine seaweed" for row in astray)
    assert open_texts == [{"item": "Narrow iodine seaweed", "n": 32 - unread}]
    found = node.archive().query(
        "SELECT nuclides, kind, COUNT(*) AS n FROM results GROUP BY ALL ORDER BY ALL"
    ).to_pylist()  # fmt: skip
    expected = Counter((r["Radionuclide"], "detected" if r["Dt"] else "censored") for r in rows)
    assert {(row["nuclides"], row["kind"]): row["n"] for row in found} == dict(expected)
