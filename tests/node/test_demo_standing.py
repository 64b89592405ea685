"""The demo's standing evidence beside its measured figures: what the two texts make of it.

Truth for the measured part: the published rows themselves, counted here by a plain pass
over the shipped records. The rest is invented and says so; its comments state what follows.
"""

from __future__ import annotations

import gzip
import json
import math
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from fairwater.agreement.timeline import Timeline
from fairwater.node import demo_figures, demo_standing
from fairwater.node.agreements import find, record_of
from fairwater.node.consignments import check
from fairwater.node.evaluation import Asked, every, prepare
from fairwater.node.node import Node
from fairwater.records import (
    Assertion,
    Consignment,
    Decision,
    Document,
    RoleBinding,
    Sample,
    TestReport,
    encode,
)

DAY = date(2014, 3, 31)
BAY = "example bay (invented)"
TEXTS = ("origin_restriction", "import_certificate", "staged_resumption")


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Node:
    made = demo_figures.make(tmp_path_factory.mktemp("standing") / "node")
    records = [*demo_standing.invented(), *demo_standing.resumption()]
    demo_figures.fill(made, [*(record_of(find(None, name)) for name in TEXTS), *records])
    return made


def told(node: Node, name: str) -> list[Timeline]:
    return every(prepare(node, Asked(found=find(node, name), as_of=DAY, knowledge="sampled")))


@pytest.fixture(scope="module")
def certificate(node: Node) -> list[Timeline]:
    return told(node, "import_certificate")


@pytest.fixture(scope="module")
def resumption(node: Node) -> list[Timeline]:
    return told(node, "staged_resumption")


def verdicts(timelines: list[Timeline], step: str) -> dict[tuple[str, str], str]:
    return {
        (one.unit["species"], one.unit["zone"]): one.now[step].verdict
        for one in timelines
        if step in one.now
    }


def published() -> Iterator[tuple[str, str, date, str]]:
    """Species, region, first day and reported sum of every shipped row, read without Fairwater."""
    file = resources.files("fairwater.node") / "demo_data" / "mhlw_seafood_2012-2014.jsonl.gz"
    with file.open("rb") as raw, gzip.open(raw, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["type"] != "test_report":
                continue
            sample = row["sample"]
            day = re.match(r"\d{4}-\d\d-\d\d", sample.get("collected", ""))
            region = sample.get("place", {}).get("region")
            sums = [r for r in row["results"] if r["nuclides"] == ["Cs-134", "Cs-137"]]
            if day is None or region is None or not sums:
                continue
            species = re.sub(r"[（(][^（()）]*[）)]$", "", sample["item"])
            number = sums[0].get("value")
            if number is not None:
                below = "<" if sums[0]["kind"] == "censored" else ""
                yield species, region, date.fromisoformat(day[0]), below + number


def test_everything_invented_says_so() -> None:
    for record in demo_standing.invented():
        text = encode(record).decode()
        if isinstance(record, Sample | TestReport | Consignment | Decision):
            assert "(invented)" in text
        if isinstance(record, Document):
            assert "invented" in text


def test_no_invented_sample_lies_in_a_real_region() -> None:
    for record in demo_standing.invented():
        if isinstance(record, TestReport):
            assert isinstance(record.sample, Sample)
            place = record.sample.place
            assert place is None or place.region == BAY


def test_what_is_real_names_its_source_and_moves_nothing_without_an_act() -> None:
    records = demo_standing.resumption()
    for record in records:
        if isinstance(record, Decision):
            assert record.act == "Announcement 2025 No. 140"
            assert "source" in record.reasons
        if isinstance(record, Assertion):
            assert record.act is None
            assert record.note is not None
            assert "source" in record.note
    assert sum(isinstance(record, Decision) for record in records) == 14


def test_no_decision_of_2025_is_for_an_excluded_region() -> None:
    bindings = [r for r in demo_standing.invented() if isinstance(r, RoleBinding)]
    (excluded,) = (
        set(b.lists["excluded_areas"]) for b in bindings if "excluded_areas" in (b.lists or {})
    )
    zones = {r.unit["zone"] for r in demo_standing.resumption() if isinstance(r, Decision)}
    assert not zones & excluded
    assert len({zone for zone in excluded if "invented" not in zone}) == 10


def test_relaxing_holds_where_the_published_rows_and_the_register_allow_it(
    certificate: list[Timeline],
) -> None:
    """Plain count: at least 59 decided rows in two years, every sum (or limit) at most 100."""
    rows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for species, region, day, text in published():
        if date(2012, 3, 31) < day <= DAY:
            rows[species, region].append(text)
    enough = {
        unit
        for unit, found in rows.items()
        if len(found) >= 59 and all(float(text.removeprefix("<")) <= 100 for text in found)
    }
    relaxed = {("ヒラメ", "青森県")}  # by a decision of the invented set
    rejected = {("スズキ", "千葉県")}  # by its register
    found = verdicts(certificate, "relax_item")
    assert {unit for unit, verdict in found.items() if verdict == "holds"} == (
        enough - relaxed - rejected
    )
    assert relaxed <= enough
    assert enough - relaxed - rejected
    in_force = {(t.unit["species"], t.unit["zone"]): t.in_force for t in certificate}
    assert {unit for unit, state in in_force.items() if state == "free"} == relaxed


def test_tightening_holds_by_a_rejection_or_by_a_published_row(
    certificate: list[Timeline],
) -> None:
    """180 days before 31 March 2014 is 2 October 2013, excluded."""
    above = {
        (species, region)
        for species, region, day, text in published()
        if date(2013, 10, 2) < day <= DAY and not text.startswith("<") and float(text) > 100
    }
    found = verdicts(certificate, "tighten_item")
    holds = {unit for unit, verdict in found.items() if verdict == "holds"}
    assert holds == above | {("スズキ", "千葉県")}
    assert above


def test_ending_the_scheme_lacks_years_of_register(certificate: list[Timeline]) -> None:
    found = verdicts(certificate, "repeal")
    assert set(found.values()) == {"unknown", "fails"}
    assert found["スズキ", "千葉県"] == "fails"


def test_no_step_of_resumption_is_unknown_everywhere(resumption: list[Timeline]) -> None:
    resume = verdicts(resumption, "resume_conditionally")
    assert resume["スズキ", BAY] == "fails"  # 19.0, above the normal range
    assert resume["クロソイ", BAY] == "unknown"  # drawn once
    assert resume["ヒラメ", "福島県"] == "fails"  # excluded
    assert resume["ヒラメ", "岩手県"] == "unknown"  # nobody else sampled there
    extend = verdicts(resumption, "extend_to_excluded_area")
    assert extend["ヒラメ", "岩手県"] == "fails"
    assert extend["コモンカスベ", "福島県"] == "fails"  # real rows: more than 1 in 20 above
    assert extend["ヒラメ", "福島県"] == "unknown"  # real rows suffice, nobody measured twice


def test_the_real_shares_above_the_limit_are_as_said() -> None:
    """By hand over the published rows of a year: skate above 1 in 20, flounder surely below."""
    counts: dict[str, list[int]] = {"コモンカスベ": [0, 0], "ヒラメ": [0, 0]}
    for species, region, day, text in published():
        if species in counts and region == "福島県" and date(2013, 3, 31) < day <= DAY:
            counts[species][0] += not text.startswith("<") and float(text) > 104.9
            counts[species][1] += 1
    assert counts["コモンカスベ"][0] > 0.05 * counts["コモンカスベ"][1]
    above, taken = counts["ヒラメ"]
    assert taken > 59
    # The exact bound: were 5 % above, so few among so many would be seen at most 1 time in 20.
    tail = sum(math.comb(taken, k) * 0.05**k * 0.95 ** (taken - k) for k in range(above + 1))
    assert tail <= 0.05


def test_the_bay_resumed_on_conditions_that_held_and_is_in_dispute(
    resumption: list[Timeline],
) -> None:
    (bay,) = (t for t in resumption if t.unit == {"species": "ヒラメ", "zone": BAY})
    (taken,) = bay.taken
    assert (taken.transition, taken.decided_while) == ("resume_conditionally", "holds")
    assert bay.in_force == "conditional"
    assert bay.status == "contested"
    assert [(a.by, a.state) for a in bay.asserted] == [
        ("inland-authority", "suspended"), ("coastal-authority", "conditional"),
    ]  # fmt: skip
    assert bay.now["respond_to_noncompliance"].verdict == "holds"


@pytest.mark.parametrize(
    ("name", "agreement", "day", "verdict", "action"),
    [
        ("certificate A (invented)", "import_certificate", date(2014, 2, 15), "holds", "release"),
        ("certificate B (invented)", "import_certificate", date(2014, 2, 17), "holds", "release"),
        ("certificate C (invented)", "import_certificate", date(2014, 3, 9), "fails",
         "dispose_or_return"),
        ("certificate D (invented)", "import_certificate", date(2014, 3, 15), "unknown", "detain"),
        ("resumption E (invented)", "staged_resumption", date(2025, 11, 1), "holds", "release"),
        ("resumption F (invented)", "staged_resumption", date(2025, 11, 5), "fails", "refuse"),
        ("resumption G (invented)", "staged_resumption", date(2025, 11, 15), "unknown", "detain"),
    ],
)  # fmt: skip
def test_each_consignment_is_answered_as_its_file_says(
    node: Node, name: str, agreement: str, day: date, verdict: str, action: str
) -> None:
    found = check(node, name, find(node, agreement), as_of=day, knowledge="sampled")
    (answer,) = found.answers
    assert answer.verdict == verdict
    assert answer.action is not None
    assert answer.action.id == action
    if verdict == "fails":
        assert {c.id for c in answer.conditions if c.verdict != "fails"} == set()
    if name.startswith("resumption G"):
        assert {m.of for m in answer.missing if m.kind == "document"} == {
            "health_certificate", "origin_certificate", "radioactivity_certificate",
        }  # fmt: skip
        assert {c.id for c in answer.conditions if c.verdict == "holds"} >= {
            "open", "area", "plant", "production_date", "limit", "detection_limits",
            "plant_report", "plant_limit",
        }  # fmt: skip


def test_the_demo_data_is_shipped() -> None:
    folder = Path(str(resources.files("fairwater.node") / "demo_data"))
    assert (folder / demo_standing.INVENTED).is_file()
    assert (folder / demo_standing.RESUMPTION).is_file()
