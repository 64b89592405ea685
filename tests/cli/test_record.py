"""`fairwater record` enters every type of statement, and refuses what makes no sense, whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fairwater.records import RECORD_TYPES

Fairwater = Callable[..., Any]
ZERO = "0" * 64
EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"

STATEMENTS = f"""
- {{type: party, party: NO, name: {{en: Party P}}}}
- {{type: laboratory, laboratory: LabA, name: {{en: Lab A}}, spellings: [Lab-A]}}
- {{type: method, method: gamma, technique: HPGe}}
- {{type: zone, zone: Z1, name: {{en: Zone 1}}, valid_from: 2024-01-01, valid_to: 2025-01-01}}
- {{type: sampling_station, station: T1, zone: Z1, latitude_deg: 37.4, longitude_deg: 141.1}}
- {{type: facility, facility: F1, party: P, registered_from: 2024-01-01}}
- {{type: consignment, consignment: C1, origin: P, destination: Q,
   product: {{type: product, species: flounder}}}}
- {{type: product, species: flounder, part: muscle, production: wild}}
- {{type: sample, sample: S1, item: flounder, collected: 2024-05, result_due: 2024-06-01}}
- {{type: test_report, sample: {{type: sample, item: flounder, collected: 2024-05-03}},
   results: [{{type: result, nuclides: [Cs-137], kind: detected, value: 12.40, unit: Bq/kg}}]}}
- {{type: source_document, sha256: "{ZERO}", name: x.csv, size_bytes: 10}}
- {{type: role_binding, agreement: bay_rule, roles: {{origin: NA, authority: NO}}}}
- {{type: sps_measure, measure: import, by: Q, title: Suspension, dated: 2024-05-01}}
- {{type: decision, agreement: bay_rule, measure: landing, transition: hold, role: authority,
   unit: {{species: flounder, zone: Z1}}, by: NO, dated: 2024-05-05, effective: 2024-05-05,
   reasons: as seen}}
- {{type: document, document: health_certificate, consignment: C1, ruling: accepted}}
- {{type: declaration, declared: keeps_monitoring, by: P, dated: 2024-05-02, value: true}}
- {{type: assertion, measure: landing, state: held, by: Q, dated: 2024-05-02}}
- {{type: register, register: border, kept_by: Q, since: 2024-01-01, consignments: 12}}
- {{type: sampling_plan, plan: weekly, every: P1W, owed_by: origin}}
- {{type: missed_sample, plan: weekly, dated: 2024-05-02, reason: storm}}
- {{type: application, agreement: bay_rule, measure: landing, transition: release, by: P,
   dated: 2024-05-20}}
- {{type: review, measure: landing, by: Q, dated: 2024-06-01}}
- {{type: name_meaning, text: なぞうお, language: ja, kind: species, means: ナゾウオ, by: P,
   source: a list of market names, confidence: from memory}}
- {{type: quarantined_row, source: {{document: "{ZERO}", row: 1}}, cells: [a], faults: [],
   profile: p}}
"""


@pytest.fixture
def node(fairwater: Fairwater, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Fairwater:
    assert fairwater("init", "n", "--party", "P", "--name", "P").code == 0
    monkeypatch.setenv("FAIRWATER_NODE", str(tmp_path / "n"))
    return fairwater


def enter(node: Fairwater, text: str) -> Any:
    Path("records.yaml").write_text(text, encoding="utf-8")
    return node("record", "records.yaml", "--json")


def test_every_type_of_statement(node: Fairwater) -> None:
    told = json.loads(enter(node, STATEMENTS).out)["records"]
    ids = {entry["type"]: entry["id"] for entry in told}
    more = f"""
- {{type: result, report: {ids["test_report"]}, nuclides: [Sr-90], kind: censored, value: 0.3,
   unit: Bq/kg, limit_kind: detection_limit}}
- {{type: amendment, amends: {ids["sample"]}, by: {ids["product"]}, reason: r}}
- {{type: withdrawal, withdraws: {ids["test_report"]}, reason: entered twice}}
- {{type: correction, quarantined: {ids["quarantined_row"]}, cells: [b], by: A,
   report: {ids["test_report"]}, reason: r}}
"""
    ids |= {entry["type"]: entry["id"] for entry in json.loads(enter(node, more).out)["records"]}
    assert node("agreement", "add", str(EXAMPLES / "rule.yaml")).code == 0
    assert set(ids) | {"agreement"} == set(RECORD_TYPES)
    kept = node("query", "--sql", "SELECT content FROM statements ORDER BY 1", "--json").out
    assert '"party\\":\\"NO\\"' in kept  # field case F8: a name, never false
    again = json.loads(enter(node, STATEMENTS).out)["records"]
    assert all(entry["known_before"] for entry in again)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{type: party, party: P}", "name"),
        ("{type: nonsense}", "nonsense"),
        ("{type: sample, sample: S, collected: 2024-02-30}", "names no day"),
        ("{type: sample, sample: S, collected: 2024-02-28T10:00:00}", "$.collected"),
        ("{type: sampling_plan, plan: p, owed_by: o, every: P1Y2M}", "$.every"),
        ("{type: register, register: r, kept_by: k, since: 2024-02-01, "
         "complete_through: 2024-01-01}", "is before since"),
        ("{type: register, register: r, kept_by: k, since: 2024-02-01, consignments: 1_000}",
         "$.consignments"),
        ("{type: withdrawal, withdraws: " + "a" * 64 + ", reason: r}", "no record"),
        ("{type: test_report, sample: {type: sample}, results: "
         "[{type: result, nuclides: [Cs-137], kind: detected, value: 12}]}", "without unit"),
        ("{type: test_report, sample: {type: sample}, results: [{type: result, "
         "nuclides: [Cs-137], kind: censored, value: 12, unit: Bq/kg}]}", "below which limit"),
        ("{type: test_report, sample: {type: sample}, results: [{type: result, "
         "nuclides: [Cs-137], kind: detected, value: 12, unit: becquerels}]}", "not a known unit"),
        ("{type: agreement, agreement: a, version: v1, text: 'id: a', content_id: " + ZERO + "}",
         "has no `title`"),
        ("{type: party, party: &x P, name: {en: *x}}", "anchor"),
        ("[]", "no record in the file"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_whole(node: Fairwater, text: str, message: str) -> None:
    good = "- {type: party, party: Q, name: {en: Q}}\n"
    ran = enter(node, text if text == "[]" else good + "- " + text + "\n")
    assert ran.code == 3
    assert message in ran.err
    assert json.loads(node("archive", "status", "--json").out)["entries"] == 1  # the node's party
