"""Decisions that are withdrawn or amended, and statements about a part of a unit.

Truth: only what is on record moves a state; history stays as it was known; a statement
about one plant is none about the species of the zone. Invented lines.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parent))  # the invented goods beside this file

from fit_goods import BINDINGS, agreement

from fairwater.agreement.bulk.columns import Columns
from fairwater.agreement.bulk.timelines import evaluate_all
from fairwater.agreement.casefiles.evidence import evidence_of
from fairwater.agreement.machine import timeline
from fairwater.agreement.timeline import Timeline

RULE = agreement("staged_resumption")
UNIT = {"species": "flounder", "zone": "Bay"}
ROW = "s: s1, d: '2021-02-01', cs: '5', species: flounder, zone: Bay"
RESUME = (
    "decision: x1, transition: resume_conditionally, role: importing, by: west, d: '2021-03-10'"
)
RESPOND = "decision: x2, transition: respond_to_noncompliance, role: importing, by: west, "
GONE = "withdrawn: x1, d: '2021-03-20'"


def told(at: str, *said: str, known: str | None = None) -> Timeline:
    """By the exact machine, which the evaluation of all units has to agree with."""
    read = [yaml.load(f"{{{line}}}", yaml.BaseLoader) for line in (ROW, *said)]
    evidence = evidence_of(read, ZoneInfo("UTC"), "here")
    clocks = {
        "as_of": date.fromisoformat(at), "bindings": BINDINGS,
        "known_at": None if known is None else date.fromisoformat(known),
    }  # fmt: skip
    exact = timeline(RULE, "trade", UNIT, evidence, **clocks)
    (fast,) = evaluate_all(RULE, Columns.of(evidence, ("species", "zone")), **clocks)
    assert (fast.in_force, fast.since, fast.spans, fast.flags, fast.recorded_only) == (
        exact.in_force, exact.since, exact.spans, exact.flags, exact.recorded_only,
    )  # fmt: skip
    assert {k: v.verdict for k, v in fast.now.items()} == {
        k: v.verdict for k, v in exact.now.items()
    }
    return exact


def spans(history: Timeline) -> list[tuple[str, date | None, date | None]]:
    return [(span.state, span.since, span.until) for span in history.spans]


MARCH_10, MARCH_20 = date(2021, 3, 10), date(2021, 3, 20)


def test_a_decision_withdrawn_no_longer_stands_and_history_stays_as_known() -> None:
    assert told("2021-03-19", RESUME, GONE).in_force == "conditional"
    after = told("2021-03-20", RESUME, GONE)
    assert (after.in_force, after.since) == ("suspended", MARCH_20)
    assert spans(after) == [
        ("suspended", None, MARCH_10), ("conditional", MARCH_10, MARCH_20),
        ("suspended", MARCH_20, None),
    ]  # fmt: skip
    assert {"decision": "x1", "withdrawn": "2021-03-20"} in after.flags
    assert after.spans[-1].cause == "withdrawal"


def test_in_hindsight_what_was_withdrawn_never_stood() -> None:
    hindsight = told("2021-03-15", RESUME, GONE, known="2021-04-01")
    assert spans(hindsight) == [("suspended", None, None)]


def test_a_later_decision_stands_though_an_earlier_one_is_withdrawn() -> None:
    history = told("2021-04-01", RESUME, RESPOND + "d: '2021-03-15'", GONE)
    assert history.in_force == "suspended"
    assert spans(history)[-1] == ("suspended", date(2021, 3, 15), None)


def test_withdrawing_the_later_of_two_brings_the_earlier_back() -> None:
    gone = "withdrawn: x2, d: '2021-03-25'"
    history = told("2021-04-01", RESUME, RESPOND + "d: '2021-03-15'", gone)
    assert history.in_force == "conditional"
    assert [state for state, _, _ in spans(history)] == [
        "suspended", "conditional", "suspended", "conditional",
    ]  # fmt: skip


def test_evidence_counts_again_from_the_step_before() -> None:
    """The sample of 12 March was set aside by the step of the 15th, which is withdrawn."""
    high = "s: s2, d: '2021-03-12', cs137: '801', species: flounder, zone: Bay"
    again = "decision: x3, transition: resume_conditionally, role: importing, by: west, "
    steps = (RESUME, RESPOND + "d: '2021-03-14'", again + "d: '2021-03-15'")
    gone = ("withdrawn: x2, d: '2021-03-25'", "withdrawn: x3, d: '2021-03-25'")
    before = told("2021-03-24", high, *steps, *gone)
    after = told("2021-03-25", high, *steps, *gone)
    assert [h.in_force for h in (before, after)] == ["conditional", "conditional"]
    found = [h.now["respond_to_noncompliance"].verdict for h in (before, after)]
    assert found == ["unknown", "holds"]


def test_a_decision_amended_in_other_points_is_the_same_step() -> None:
    amended = RESUME.replace("x1", "x1b") + ", amends: x1, known: '2021-03-20', reasons: spelt out"
    history = told("2021-04-01", RESUME, amended)
    assert spans(history) == [("suspended", None, MARCH_10), ("conditional", MARCH_10, None)]
    gone = told("2021-04-01", RESUME, amended, "withdrawn: x1b, d: '2021-03-25'")
    assert spans(gone)[-1] == ("suspended", date(2021, 3, 25), None)


@pytest.mark.parametrize(
    "change",
    [
        ("by: west", "by: east"),  # not its power
        ("role: importing", "role: importing, zone: Strait"),  # of another unit
        ("d: '2021-03-10'", "d: '2021-03-10', effective: '2021-06-01'"),  # not yet
    ],
)
def test_a_decision_amended_so_that_it_does_not_reach_the_unit_is_undone(change) -> None:
    amended = RESUME.replace("x1", "x1b").replace(*change) + ", amends: x1, known: '2021-03-20'"
    history = told("2021-04-01", RESUME, amended)
    assert spans(history)[-1] == ("suspended", MARCH_20, None)


def test_an_act_that_is_withdrawn_no_longer_stands() -> None:
    act = "assertion: a1, measure: trade, by: west, d: '2021-03-10', state: conditional, act: no 7"
    gone = "withdrawn: a1, d: '2021-03-20'"
    assert told("2021-03-19", act, gone).in_force == "conditional"
    assert told("2021-03-20", act, gone).in_force == "suspended"


@pytest.mark.parametrize(
    "about", ["{facility: P1}", "{zone: Bay, facility: P1}", "{fish: sole}", "{lot: L1}"]
)
def test_what_is_decided_or_said_of_a_part_leaves_the_unit_as_it_is(about: str) -> None:
    decided = told("2021-04-01", RESUME, RESPOND + f"d: '2021-03-15', unit: {about}")
    assert decided.in_force == "conditional"
    assert {"decision": "x2", "narrower_scope": True} in decided.flags
    assert decided.recorded_only == ("x2",)
    claim = f"assertion: a1, by: west, d: '2021-03-30', state: suspended, unit: {about}"
    assert told("2021-04-01", RESUME, claim).status == "in_force"
    said = "declared: guarantees_quality_and_official_supervision, by: east, d: '2021-03-01'"
    round_ = "doc: first_round_report, issuer: agency, ruling: accepted, d: '2021-03-01'"
    verdicts = []
    for scope in ("", f", unit: {about}"):
        history = told("2021-04-01", said + scope, round_ + scope)
        nodes = history.now["resume_conditionally"].tree.atoms()
        parts = {node.path.rsplit(".", 1)[-1]: node.verdict for node in nodes}
        verdicts.append((parts["guaranteed"], parts["first_round"]))
    assert verdicts == [("holds", "holds"), ("unknown", "unknown")]


@pytest.mark.parametrize("about", ["{zone: Bay}", "{species: flounder}"])
def test_what_is_decided_of_more_than_the_unit_holds_for_it(about: str) -> None:
    history = told("2021-04-01", RESUME.replace("role:", f"unit: {about}, role:"))
    assert history.in_force == "conditional"
