"""The two texts on imports: every unit by columns is the exact machine, on random histories.

The oracle is `machine.timeline`, which looks at every sample on every day.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

sys.path.insert(0, str(Path(__file__).parent))  # the invented goods beside this file

from fit_goods import BINDINGS, agreement, on, value

from fairwater.agreement.bulk.columns import Columns, exact_evidence
from fairwater.agreement.bulk.timelines import evaluate_all, thinned_timeline
from fairwater.agreement.evidence import (
    DecisionEvidence,
    DeclarationEvidence,
    DocumentEvidence,
    Evidence,
    RegisterEvidence,
    SampleEvidence,
)
from fairwater.agreement.machine import timeline
from fairwater.agreement.override import apply_overrides

START = date(2021, 1, 1)
AS_OF = date(2021, 6, 30)
FEW = {
    "import_certificate": {"parameters.relax_samples.value": "2"},
    "staged_resumption": {
        "parameters.extend_samples.value": "2", "parameters.extend_share.value": "0.8",
        "parameters.normal_samples.value": "2",
    },
}  # fmt: skip
"""So that a handful of samples is enough."""

DECISIONS = {
    "import_certificate": ["relax_item", "tighten_item", "ease_item", "repeal"],
    "staged_resumption": ["resume_conditionally", "respond_to_noncompliance", "normalise"],
}
days = st.integers(0, 180).map(lambda n: START + timedelta(days=n))


@st.composite
def histories(draw: st.DrawFn, name: str) -> Evidence:
    samples: list[SampleEvidence] = []
    for number in range(draw(st.integers(1, 8))):
        day = draw(days)
        unit = {"species": "flounder", "zone": draw(st.sampled_from(["Bay", "Inlet"]))}
        text = draw(st.sampled_from(["2", "9", "20", "104", "130", "<8", "<130"]))
        known = day + timedelta(days=draw(st.integers(0, 9)))
        first = SampleEvidence(
            id=f"r{number}", sample=f"s{number}", known=known,
            sampled=on(day), unit=unit, point="P", lab="L1",
            by=draw(st.sampled_from([None, "east", "west"])),
            values=(
                structs.replace(value(("Cs-134", "Cs-137"), text), uncertainty=Decimal(1)),
                value(("Cs-137",), draw(st.sampled_from(["2", "900"]))),
            ),
        )  # fmt: skip
        samples.append(first)
        if draw(st.booleans()):
            samples.append(structs.replace(first, id=f"q{number}", lab="L2"))
    documents = [
        DocumentEvidence(id=kind, known=day, document=kind, dated=on(day), ruling=ruling)
        for kind in ("first_round_report", "second_round_report", "radioactivity_certificate")
        if (ruling := draw(st.sampled_from([None, "accepted", "rejected"]))) and (day := draw(days))
    ]
    declarations = [
        DeclarationEvidence(
            id=what, known=day, declared=what, by="east", value=draw(st.booleans()), dated=on(day)
        )
        for what in (
            "guarantees_quality_and_official_supervision", "keeps_and_publishes_monitoring",
        )
        if (day := draw(days))
    ]  # fmt: skip
    through = draw(days)
    register = RegisterEvidence(
        id="register", known=through, register="border_checks", by="west-post",
        since=draw(st.sampled_from([date(2010, 1, 1), START])), complete_through=through,
        consignments=draw(st.sampled_from([0, 9])), rejected=draw(st.integers(0, 1)),
    )  # fmt: skip
    decisions = [
        DecisionEvidence(
            id=f"d{number}", known=day, transition=draw(st.sampled_from(DECISIONS[name])),
            dated=day, effective=day, role="importing", by="west",
            unit=draw(st.sampled_from([{}, {"zone": "Bay"}])),
        )
        for number in range(draw(st.integers(0, 2)))
        if (day := draw(days))
    ]  # fmt: skip
    return Evidence(
        samples=tuple(samples), documents=tuple(documents), declarations=tuple(declarations),
        registers=(register,), decisions=tuple(decisions),
    )  # fmt: skip


@pytest.mark.parametrize("name", sorted(FEW))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_fast_equals_slow(name: str, data: st.DataObject) -> None:
    rule = apply_overrides(agreement(name), FEW[name])
    columns = Columns.of(data.draw(histories(name)), ("species", "zone"))
    fast = evaluate_all(rule, columns, as_of=AS_OF, bindings=BINDINGS)
    assert fast
    for told in fast:
        number = columns.rank(told.unit)
        assert number is not None
        evidence = exact_evidence(columns, number)
        slow = timeline(rule, told.measure, told.unit, evidence, as_of=AS_OF, bindings=BINDINGS)
        assert told == thinned_timeline(slow, evidence)
