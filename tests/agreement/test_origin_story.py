"""The shipped rule on the black-rockfish story: what really was measured and decided.

Truth: press-reported values and days (NHK 2021-04-20; yomi.tokyo 2022-01-26): 500 Bq/kg
on 2021-02-22, 270 on 2021-04-01, restricted 2021-04-19, lifted 2021-12-01, 1,400 on
2022-01-26. Rounding and limits: 55.7, 101.7, 161, 270, 500, 1,400 under the two limits.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from fairwater.agreement.evidence import DecisionEvidence, Evidence, SampleEvidence, Value
from fairwater.agreement.load import load_agreement, shipped
from fairwater.agreement.machine import timeline
from fairwater.agreement.model import Agreement
from fairwater.agreement.override import apply_overrides
from fairwater.agreement.timeline import Timeline
from fairwater.quantities.allowed import Allowed
from fairwater.quantities.dates import CivilInterval

UNIT = {"species": "クロソイ", "zone": "福島県"}


def sample(name: str, day: str, value: str, point: str) -> SampleEvidence:
    taken, number = date.fromisoformat(day), Decimal(value)
    return SampleEvidence(
        id=name, sample=name, known=taken, sampled=CivilInterval(taken, taken), unit=UNIT,
        point=point,
        values=(Value(nuclides=("Cs-134", "Cs-137"), allowed=Allowed(number, number),
                      kind="detected", text=value, unit="Bq/kg"),),
    )  # fmt: skip


def decision(name: str, transition: str, measure: str, role: str, day: str) -> DecisionEvidence:
    dated = date.fromisoformat(day)
    return DecisionEvidence(
        id=name, known=dated, transition=transition, dated=dated, effective=dated, role=role,
        measure=measure, unit=UNIT, act="published",
    )  # fmt: skip


SAMPLES = (
    sample("s1", "2021-02-22", "500", "Shinchi 24 m"),
    sample("s2", "2021-04-01", "270", "Minamisoma 37 m"),
    sample("s3", "2022-01-26", "1400", "Soma 40 m"),
)
DECISIONS = (
    decision("d1", "industry_hold", "industry", "operator", "2021-02-22"),
    decision("d2", "impose", "restriction", "national_headquarters", "2021-04-19"),
    decision("d3", "lift", "restriction", "national_headquarters", "2021-12-01"),
    decision("d4", "industry_release", "industry", "operator", "2021-12-01"),
)


@pytest.fixture(scope="module")
def rule() -> Agreement:
    return load_agreement(shipped("origin_restriction"), "origin_restriction.yaml").agreement


def told(
    rule: Agreement,
    measure: str,
    as_of: str,
    *decisions: DecisionEvidence,
) -> Timeline:
    evidence = Evidence(samples=SAMPLES, decisions=decisions)
    return timeline(
        rule, measure, UNIT, evidence, as_of=date.fromisoformat(as_of), knowledge="sampled",
    )  # fmt: skip


def spans(history: Timeline, transition: str) -> list[tuple[date, date | None]]:
    return [(o.since, o.until) for o in history.openings if o.transition == transition]


@pytest.mark.parametrize(
    ("window", "eligible"),
    [
        ("P30D", []),
        # The first sample leaves the window on the day 60 or 90 days after it.
        ("P60D", [(date(2021, 4, 1), date(2021, 4, 23))]),
        ("P90D", [(date(2021, 4, 1), date(2021, 5, 23))]),
    ],
)
def test_38_days_apart(
    rule: Agreement, window: str, eligible: list[tuple[date, date | None]]
) -> None:
    changed = apply_overrides(rule, {"parameters.impose_window": window})
    assert spans(told(changed, "restriction", "2021-12-31"), "impose") == eligible
    if eligible:
        assert eligible[0][1] == date(2021, 2, 22) + timedelta(days=int(window[1:-1]))


def test_the_industry_stops_on_the_first_sample_and_that_hides_nothing(rule: Agreement) -> None:
    """A recorded stop of the industry is no transition of the restriction: 270 still imposes."""
    industry = told(rule, "industry", "2021-03-01", DECISIONS[0])
    assert industry.in_force == "voluntary_hold"
    assert industry.taken[0].decided_while == "holds"
    restriction = told(rule, "restriction", "2021-04-10", DECISIONS[0])
    assert restriction.in_force == "none"
    assert spans(restriction, "impose") == [(date(2021, 4, 1), None)]


def test_the_restriction_decided_on_19_april_was_eligible(rule: Agreement) -> None:
    history = told(rule, "restriction", "2021-05-01", *DECISIONS[:2])
    assert history.in_force == "suspended"
    (taken,) = history.taken
    assert (taken.transition, taken.effective, taken.decided_while) == (
        "impose", date(2021, 4, 19), "holds",
    )  # fmt: skip


def test_lifting_needs_evidence_and_says_what_is_missing(rule: Agreement) -> None:
    history = told(rule, "restriction", "2021-11-30", *DECISIONS[:2])
    lift = history.now["lift"]
    assert lift.verdict == "unknown"
    kinds = {entry.kind for entry in lift.missing}
    assert "shortfall" in kinds or "no_evidence" in kinds
    assert {entry.owed_by for entry in lift.missing} == {"origin"}


def test_after_lifting_1400_at_one_station_stops_the_industry_only(rule: Agreement) -> None:
    restriction = told(rule, "restriction", "2022-02-28", *DECISIONS)
    assert restriction.in_force == "enhanced_inspection"
    assert [span for span in spans(restriction, "impose") if span[0] > date(2021, 12, 1)] == []
    industry = told(rule, "industry", "2022-01-27", *DECISIONS)
    assert industry.in_force == "open"
    assert spans(industry, "industry_hold")[-1] == (date(2022, 1, 26), None)


@pytest.mark.parametrize(
    ("value", "hold", "above"),
    [
        ("55.7", True, False), ("101.7", True, False), ("161", True, True), ("270", True, True),
        ("500", True, True), ("1400", True, True), ("50.4", False, False), ("104.9", True, False),
        ("105", True, True),
    ],
)  # fmt: skip
def test_one_value_under_both_limits(rule: Agreement, value: str, hold: bool, above: bool) -> None:
    """101.7 rounds to 100, not above; F2: 104.9 is 100 and 105 is 110 at two figures half up."""
    evidence = Evidence(samples=(sample("s", "2021-04-01", value, "P"),))
    one_point = apply_overrides(rule, {"parameters.impose_points": 1})
    for measure, transition, expected in (
        ("industry", "industry_hold", hold),
        ("restriction", "impose", above),
    ):
        history = timeline(
            one_point, measure, UNIT, evidence, as_of=date(2021, 4, 2), knowledge="sampled"
        )
        assert bool(spans(history, transition)) is expected


def test_decided_promptly_a_lifted_restriction_does_not_come_back(rule: Agreement) -> None:
    """90 days back, lifted after a month: without `since` it would be imposed again at once."""
    first = date(2021, 3, 1)
    samples = [sample("a", "2021-03-01", "300", "A"), sample("b", "2021-03-02", "200", "B")]
    samples += [
        sample(f"{point}{week}", (first + timedelta(weeks=week)).isoformat(), "5", point)
        for week in range(1, 10)
        for point in ("A", "B", "C")
    ]
    evidence = Evidence(samples=tuple(samples))

    def steps(agreement: Agreement) -> list[str | None]:
        history = timeline(
            agreement, "restriction", UNIT, evidence, as_of=date(2021, 5, 1),
            knowledge="sampled", decisions="prompt",
        )  # fmt: skip
        assert history.hypothetical
        return [taken.transition for taken in history.taken]

    assert steps(rule) == ["impose", "lift"]
    path = "transitions.impose.when.two_points.since"
    flapping = steps(apply_overrides(rule, {path: "2000-01-01"}))
    assert flapping[:3] == ["impose", "lift", "impose"]
