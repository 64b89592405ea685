"""The shipped staged resumption: its steps at their numbers, its check condition by condition.

Truth: cases/staged_resumption.yaml reaches every step and stops one short of it; the
numbers here are the text's own. The consignments are invented (`fit_goods`).
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec import structs

sys.path.insert(0, str(Path(__file__).parent))  # the invented goods beside this file

from fit_goods import (
    AT,
    BINDINGS,
    GOODS,
    LACKING_RESUMPTION,
    LISTS,
    SPOILT_RESUMPTION,
    STATES,
    Change,
    agreement,
    fit_resumption,
    freight,
    goods,
    measured,
    on,
    sample,
    together,
    value,
    without,
)

from fairwater.agreement.casefiles.runner import run_cases
from fairwater.agreement.context import StateReading
from fairwater.agreement.evidence import (
    DecisionEvidence,
    DocumentEvidence,
    Evidence,
    RegisterEvidence,
    SampleEvidence,
)
from fairwater.agreement.goods_checking import check_consignment
from fairwater.agreement.goods_verdict import ConsignmentVerdict
from fairwater.agreement.load import load_agreement, shipped
from fairwater.agreement.machine import timeline
from fairwater.agreement.override import apply_overrides
from fairwater.agreement.timeline import Timeline
from fairwater.agreement.verdict import Missing

NAME = "staged_resumption"
CASES = Path(__file__).parent / "cases" / f"{NAME}.yaml"
EXCLUDED = {"species": "flounder", "zone": "Inlet"}
LAST = date(2021, 3, 31)


def told(evidence: Evidence, unit: dict[str, str]) -> Timeline:
    return timeline(agreement(NAME), "trade", unit, evidence, as_of=LAST, bindings=BINDINGS)


def paired(count: int) -> tuple[SampleEvidence, ...]:
    """So many samples of the excluded area, the first measured by two laboratories."""
    found = [
        sample(f"s{n:02}", LAST - timedelta(days=3 + n), EXCLUDED,
               structs.replace(value(("Cs-134", "Cs-137"), "20"), uncertainty=Decimal(1)))
        for n in range(count)
    ]  # fmt: skip
    return (*found, structs.replace(found[0], id="again", lab="another laboratory"))


def asked(evidence: Evidence, **in_force: str) -> ConsignmentVerdict:
    states = STATES | {k: StateReading(in_force=v) for k, v in in_force.items()}
    return check_consignment(
        agreement(NAME), GOODS, evidence, at=AT, bindings=BINDINGS, states=states
    )


def test_every_step_is_reached_in_the_cases() -> None:
    report = run_cases(CASES.read_text(encoding="utf-8"), CASES.name)
    reached = {step for result in report.results for step in result.output.get("transitions", ())}
    assert reached == {transition.id for transition in agreement(NAME).transitions}
    assert report.failed == 0


@pytest.mark.parametrize(("count", "reached"), [(58, False), (59, True)])
def test_an_excluded_area_takes_59_samples(count: int, reached: bool) -> None:
    """0.95 ** 59 <= 0.05 < 0.95 ** 58: so many, none above, show at most 5 % at 95 %."""
    assert (Decimal("0.95") ** count <= Decimal("0.05")) is reached
    found = told(Evidence(samples=paired(count)), EXCLUDED)
    assert ("extend_to_excluded_area" in {o.transition for o in found.eligible}) is reached


@pytest.mark.parametrize(("count", "reached"), [(58, False), (59, True)])
def test_certificates_end_after_59_samples(count: int, reached: bool) -> None:
    """The text's own numbers: a year of the border's register, 59 samples, a pooled report."""
    unit = {"species": "flounder", "zone": "Bay"}
    day = LAST - timedelta(days=400)
    found = Evidence(
        samples=tuple(
            sample(f"s{n:02}", LAST - timedelta(days=3 + n), unit,
                   value(("Cs-134", "Cs-137"), "20"))
            for n in range(count)
        ),
        registers=(
            RegisterEvidence(id="register", known=LAST, register="border_checks", by="west",
                             since=day, complete_through=LAST, consignments=40, rejected=0),
        ),
        documents=(
            DocumentEvidence(id="pooled", known=LAST, document="pooled_survey_report",
                             dated=on(LAST), ruling="accepted", issuer="east-office"),
        ),
        decisions=(
            DecisionEvidence(id="x", known=day, transition="resume_conditionally", dated=day,
                             effective=day, role="importing", by="west"),
        ),
    )  # fmt: skip
    history = told(found, unit)
    assert history.in_force == "conditional"
    assert ("normalise" in {o.transition for o in history.eligible}) is reached


def test_what_resuming_lacks_is_named_with_who_owes_it() -> None:
    found = told(Evidence(), {"species": "flounder", "zone": "Bay"})
    missing = {
        (m.kind, m.of, m.owed_by, m.party) for m in found.now["resume_conditionally"].missing
    }
    assert ("document", "first_round_report", "framework", "agency") in missing
    assert ("document", "second_round_report", "framework", "agency") in missing
    statement = ("statement", "guarantees_quality_and_official_supervision", "origin", "east")
    assert statement in missing


def test_lists_that_nobody_bound_leave_both_steps_unknown() -> None:
    bare = load_agreement(shipped(NAME), NAME).agreement
    found = timeline(bare, "trade", EXCLUDED, Evidence(), as_of=LAST, bindings=BINDINGS)
    for step in ("resume_conditionally", "extend_to_excluded_area"):
        assert found.now[step].verdict == "unknown"
        assert ("parameter", "excluded_areas") in {(m.kind, m.of) for m in found.now[step].missing}


def test_fit_goods_are_released() -> None:
    verdict = asked(fit_resumption())
    assert verdict.verdict == "holds"
    assert verdict.mismatches == verdict.missing == ()
    assert verdict.action is not None
    assert verdict.action.id == "release"


def test_every_condition_of_the_check_is_tried() -> None:
    (check,) = agreement(NAME).consignment_checks
    ids = {condition.id for condition in check.conditions}
    assert ids == {"open", *SPOILT_RESUMPTION} == {"open", *LACKING_RESUMPTION}


@pytest.mark.parametrize(("condition", "change"), SPOILT_RESUMPTION.items())
def test_each_condition_fails_alone(condition: str, change: Change) -> None:
    verdict = asked(change(fit_resumption()))
    assert {c.id: c.verdict for c in verdict.conditions if c.verdict != "holds"} == {
        condition: "fails"
    }
    assert verdict.verdict == "fails"
    assert {entry.condition.split(".")[3] for entry in verdict.mismatches} == {condition}
    (answer,) = (c for c in verdict.conditions if c.id == condition)
    assert answer.settle is not None
    assert all((answer.settle.en, answer.settle.ja, answer.settle.zh))


@pytest.mark.parametrize(("condition", "change"), LACKING_RESUMPTION.items())
def test_each_condition_is_unknown_alone_and_says_what_is_missing(
    condition: str, change: Change
) -> None:
    verdict = asked(change(fit_resumption()))
    assert {c.id: c.verdict for c in verdict.conditions if c.verdict != "holds"} == {
        condition: "unknown"
    }
    assert verdict.verdict == "unknown"
    assert verdict.missing
    assert all(entry.owed_by for entry in verdict.missing)
    assert verdict.action is not None
    assert verdict.action.id == "detain"


def test_all_conditions_fail_at_once_and_every_mismatch_is_told() -> None:
    spoilt = together(*SPOILT_RESUMPTION.values())(fit_resumption())
    verdict = asked(spoilt, trade="suspended")
    assert {c.verdict for c in verdict.conditions} == {"fails"}
    told = {entry.condition.split(".")[3] for entry in verdict.mismatches}
    assert told == {"open", *SPOILT_RESUMPTION}
    assert verdict.action is not None
    assert verdict.action.id == "refuse"
    assert [(n.to, n.within, n.written) for n in verdict.action.notices] == [
        ("origin", "PT24H", True)
    ]


def test_nothing_enters_while_imports_are_suspended() -> None:
    verdict = asked(fit_resumption(), trade="suspended")
    assert {c.id: c.verdict for c in verdict.conditions if c.verdict != "holds"} == {
        "open": "fails"
    }
    assert verdict.action is not None
    assert verdict.action.id == "refuse"


def test_a_suspension_that_is_only_asserted_leaves_the_goods_detained() -> None:
    claim = Missing(kind="act", of="a1", owed_by="importing", party="west")
    states = {"trade": StateReading(in_force="conditional", contested={"suspended": claim})}
    verdict = check_consignment(
        agreement(NAME), GOODS, fit_resumption(), at=AT, bindings=BINDINGS, states=states
    )
    assert {c.id: c.verdict for c in verdict.conditions if c.verdict != "holds"} == {
        "open": "unknown"
    }
    assert [(m.kind, m.of, m.party) for m in verdict.missing] == [("act", "a1", "west")]
    assert verdict.action is not None
    assert verdict.action.id == "detain"


def test_missing_papers_are_asked_for_and_named() -> None:
    kinds = ("health_certificate", "origin_certificate", "radioactivity_certificate")
    verdict = asked(together(*map(without, kinds))(fit_resumption()))
    assert verdict.verdict == "unknown"
    assert {m.of for m in verdict.missing if m.kind == "document"} == set(kinds)
    assert {m.party for m in verdict.missing} == {"east-office"}


@pytest.mark.parametrize(
    ("day", "holds"),
    [(date(2025, 7, 11), False), (date(2025, 7, 12), True)],
)
def test_goods_of_the_day_of_registration_are_too_early(day: date, holds: bool) -> None:
    lots = tuple(structs.replace(lot, produced=on(day)) for lot in goods().lots)
    verdict = asked(freight(produced=on(day), lots=lots)(fit_resumption()))
    assert (verdict.verdict == "holds") is holds


@pytest.mark.parametrize(
    ("resulted", "verdict"), [(date(2023, 8, 23), "fails"), (date(2023, 8, 24), "holds")]
)
def test_the_plants_report_is_not_from_before_its_first_day(resulted: date, verdict: str) -> None:
    """Its age set aside: two years have passed since that day."""
    old = measured("plant report", sampled=on(date(2023, 8, 1)), resulted=on(resulted))
    changed = apply_overrides(agreement(NAME), {"parameters.plant_report_age": "P5Y"})
    found = check_consignment(
        changed, GOODS, old(fit_resumption()), at=AT, bindings=BINDINGS, states=STATES
    )
    assert {c.id: c.verdict for c in found.conditions}["plant_report"] == verdict


@pytest.mark.parametrize(
    ("resulted", "verdict"), [(date(2023, 10, 31), "fails"), (date(2023, 11, 1), "holds")]
)
def test_the_plants_report_is_good_for_two_years(resulted: date, verdict: str) -> None:
    old = measured("plant report", sampled=on(resulted), resulted=on(resulted))
    answers = {c.id: c.verdict for c in asked(old(fit_resumption())).conditions}
    assert answers["plant_report"] == verdict


def test_one_report_of_the_plant_serves_its_later_goods() -> None:
    """Once a plant: before its first shipment, not before each."""
    first = structs.replace(
        goods(area_basis="place_of_production"), id="first", consignment="C-0",
        dispatched=on(date(2025, 9, 1)),
    )  # fmt: skip
    fit = fit_resumption()
    both = structs.replace(fit, consignments=(*fit.consignments, first))
    assert asked(both).verdict == "holds"
    late = measured("plant report", resulted=on(date(2025, 9, 2)))
    answers = {c.id: c.verdict for c in asked(late(both)).conditions}
    assert answers["plant_report"] == "fails"


def test_a_sum_above_the_origins_limit_is_no_matter_of_the_importing_partys() -> None:
    change = measured("test L1", value(("Cs-134",), "60", "7"), value(("Cs-137",), "60", "7"))
    assert asked(change(fit_resumption())).verdict == "holds"


def test_the_lists_of_the_tests_are_those_the_text_leaves_open() -> None:
    bare = load_agreement(shipped(NAME), NAME).agreement
    assert {entry.id for entry in bare.lists if entry.values is None} <= set(LISTS)
