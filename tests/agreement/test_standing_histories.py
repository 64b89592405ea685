"""The two agreements on imports over random standing histories: three evaluators, one answer.

Papers issued by the right role, by another or by nobody, ruled upon, re-ruled, expired and
renewed; registers with gaps, of the whole, of a part and of something else; declarations
taken back; rulings and declarations amended and withdrawn; assertions with and without an
act; decisions by the right role and by another; everything known at once or late. The
fast evaluation of all units has to give what the exact machine gives, and the machine what
the plain evaluator says asked again on each single day.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec import structs

sys.path.insert(0, str(Path(__file__).parent))  # the invented goods beside this file

from fit_goods import BINDINGS, agreement, on, sample, value

from fairwater.agreement.bulk.columns import Columns, exact_evidence
from fairwater.agreement.bulk.timelines import evaluate_all, thinned_timeline
from fairwater.agreement.context import Context, terms_of
from fairwater.agreement.evaluator import evaluate
from fairwater.agreement.evidence import (
    AssertionEvidence,
    DecisionEvidence,
    DeclarationEvidence,
    DocumentEvidence,
    Evidence,
    RegisterEvidence,
    SampleEvidence,
    Supersession,
)
from fairwater.agreement.machine import timeline
from fairwater.agreement.model import Agreement
from fairwater.agreement.override import apply_overrides

TEXTS = ("import_certificate", "staged_resumption")
FIRST, AS_OF = date(2021, 1, 1), date(2021, 5, 31)
DIMENSIONS = ("species", "zone")
BAY, INLET = {"species": "flounder", "zone": "Bay"}, {"species": "flounder", "zone": "Inlet"}
ABOUT = st.sampled_from(
    [{}, {}, {"zone": "Bay"}, BAY, INLET, BAY | {"facility": "Plant 1"}, {"fish": "flounder"}]
)
DAYS = st.integers(0, 150).map(lambda n: FIRST + timedelta(days=n))
LATE = st.sampled_from([0, 0, 0, 5, 60])
SHORT = {
    "import_certificate": {
        "relax_window": "P2M", "relax_border_window": "P2M", "relax_samples": "2",
        "repeal_window": "P3M", "tighten_window": "P30D", "ease_window": "P1M",
    },
    "staged_resumption": {
        "independent_window": "P3M", "origin_window": "P3M", "independent_samples": "1",
        "rounds": "1", "extend_samples": "2", "extend_share": "0.9", "normal_window": "P2M",
        "normal_samples": "2", "end_window": "P3M",
    },
}  # fmt: skip
"""Windows and numbers that a history of five months can reach."""
SAID = {
    "import_certificate": ["keeps_and_publishes_monitoring"],
    "staged_resumption": [
        "guarantees_quality_and_official_supervision", "origin_supervision_not_fulfilled",
    ],
}  # fmt: skip
PARTIES = st.sampled_from(["east", "east", "west", "west", "agency", "origin", "press"])


def rule(name: str) -> Agreement:
    """The text with windows cut short; every state may be the first."""
    short = {f"parameters.{key}": new for key, new in SHORT[name].items()}
    return apply_overrides(agreement(name), short)


def beginning(text: Agreement, state: str) -> Agreement:
    (measure,) = text.measures
    return structs.replace(text, measures=(structs.replace(measure, initial=state),))


@st.composite
def samples(draw: st.DrawFn, number: int) -> SampleEvidence:
    day = draw(DAYS)
    caesium = value(("Cs-134", "Cs-137"), draw(st.sampled_from(["0.6", "9", "<8", "60", "130"])))
    other = value(("Cs-137",), draw(st.sampled_from(["7", "7", "7", "801"])))
    found = sample(f"s{number}", day, draw(st.sampled_from([BAY, INLET])), caesium, other)
    return structs.replace(
        found,
        known=found.known + timedelta(days=draw(LATE)),
        by=draw(st.sampled_from(["east", "west", None])),
        witness=draw(st.sampled_from([None, None, "agency"])),
        lab=draw(st.sampled_from(["bay-laboratory", "another laboratory"])),
        point=draw(st.sampled_from(["north", "south"])),
        values=tuple(structs.replace(one, uncertainty=Decimal(1)) for one in found.values),
    )


@st.composite
def papers(draw: st.DrawFn, text: Agreement, number: int) -> DocumentEvidence:
    kind = draw(st.sampled_from(text.documents))
    issued = draw(DAYS)
    ruled = issued + timedelta(days=draw(st.sampled_from([0, 9, 30])))
    ruling = draw(st.sampled_from(["accepted", "accepted", "rejected", None]))
    right = BINDINGS[kind.issuer]
    goods = draw(st.sampled_from(["C-1", "C-2"])) if kind.per == "consignment" else None
    return DocumentEvidence(
        id=f"d{number}",
        known=ruled + timedelta(days=draw(LATE)),
        document=kind.id,
        dated=on(ruled if ruling else issued),
        issued=on(issued),
        ruling=ruling,
        issuer=draw(st.sampled_from([right, right, right, kind.issuer, "press", None])),
        valid_to=draw(st.sampled_from([None, ruled + timedelta(days=20)])),
        consignment=goods,
        accompanies=goods,
        unit=draw(ABOUT),
    )


@st.composite
def kept(draw: st.DrawFn, number: int) -> RegisterEvidence:
    since = draw(st.sampled_from([FIRST - timedelta(days=60), FIRST, date(2021, 3, 1)]))
    through = draw(st.sampled_from([None, date(2021, 2, 27), date(2021, 2, 28), AS_OF]))
    if through is not None and through < since:
        through = None
    passed = draw(st.sampled_from([0, 9, 9]))
    return RegisterEvidence(
        id=f"g{number}",
        known=max(since, through or since) - timedelta(days=draw(st.sampled_from([0, 0, 80]))),
        register=draw(st.sampled_from(["border_checks"] * 4 + ["other_checks"])),
        by="west-post",
        since=since,
        complete_through=through,
        consignments=passed,
        rejected=draw(st.sampled_from([0, 0, 0, 1, None])) if passed else 0,
        unit=draw(ABOUT),
    )


@st.composite
def statements(draw: st.DrawFn, text: Agreement, name: str, number: int) -> Any:
    kind = draw(st.sampled_from(["said", "said", "claim", "step", "step"]))
    day = draw(DAYS)
    known = day + timedelta(days=draw(LATE))
    (measure,) = text.measures
    states = [state.id for state in measure.states]
    if kind == "said":
        return DeclarationEvidence(
            id=f"t{number}", known=known, declared=draw(st.sampled_from(SAID[name])),
            by=draw(PARTIES), value=draw(st.sampled_from([True, True, False])), dated=on(day),
            unit=draw(ABOUT),
            states=draw(st.sampled_from([(), ("due_date", "evidence", "obligation")])),
        )  # fmt: skip
    if kind == "claim":
        return AssertionEvidence(
            id=f"a{number}", known=known, by=draw(PARTIES), state=draw(st.sampled_from(states)),
            dated=on(day), measure=measure.id, unit=draw(ABOUT),
            act=draw(st.sampled_from([None, None, "notice 7"])),
        )  # fmt: skip
    step = draw(st.sampled_from(text.transitions))
    return DecisionEvidence(
        id=f"x{number}", known=known, transition=step.id, dated=day,
        effective=day + timedelta(days=draw(st.sampled_from([0, 0, 10]))),
        role=draw(st.sampled_from(["importing"] * 4 + ["origin"])),
        by=draw(st.sampled_from(["west"] * 4 + ["east"])), measure=measure.id,
        unit=draw(st.sampled_from([BAY, BAY, INLET, {"zone": "Bay"}, BAY | {"facility": "P"}])),
        override=draw(st.booleans()),
    )  # fmt: skip


def in_order(text: Agreement) -> list[Any]:
    """What would let imports be eased, if nothing else happened: the random rest disturbs it."""
    caesium = value(("Cs-134", "Cs-137"), "5")
    found: list[Any] = [
        RegisterEvidence(
            id="g", known=FIRST, register="border_checks", by="west-post",
            since=FIRST - timedelta(days=90), complete_through=AS_OF, consignments=9, rejected=0,
        )
    ]  # fmt: skip
    found.append(
        DeclarationEvidence(
            id="t", known=FIRST, declared=SAID[text.id][0], by="east", value=True, dated=on(FIRST)
        )
    )
    for unit in (BAY, INLET):
        for month in (1, 3, 4):
            one = sample(f"{unit['zone']}{month}", date(2021, month, 10), unit, caesium)
            one = structs.replace(
                one, by="west", point="north",
                values=tuple(structs.replace(v, uncertainty=Decimal(1)) for v in one.values),
            )  # fmt: skip
            found += [one, structs.replace(one, id=f"{one.id} again", lab="another laboratory")]
    for kind in text.documents:
        if kind.per == "unit":
            found.append(
                DocumentEvidence(
                    id=f"d {kind.id}", known=date(2021, 2, 1), document=kind.id,
                    dated=on(date(2021, 2, 1)), issued=on(date(2021, 1, 20)), ruling="accepted",
                    issuer=BINDINGS[kind.issuer],
                )
            )  # fmt: skip
    return found


@st.composite
def evidence(draw: st.DrawFn, text: Agreement, name: str, *, decided: bool) -> Evidence:
    found: dict[str, list[Any]] = {}

    def put(entry: Any) -> None:
        field = {
            SampleEvidence: "samples", DocumentEvidence: "documents",
            RegisterEvidence: "registers", DeclarationEvidence: "declarations",
            AssertionEvidence: "assertions", DecisionEvidence: "decisions",
        }[type(entry)]  # fmt: skip
        found.setdefault(field, []).append(entry)

    for entry in in_order(text):
        if draw(st.integers(0, 9)):
            put(entry)
    for number in range(draw(st.integers(0, 4))):
        put(draw(samples(number)))
    for number in range(draw(st.integers(0, 4))):
        put(draw(papers(text, number)))
    for number in range(draw(st.integers(0, 2))):
        put(draw(kept(number)))
    for number in range(draw(st.integers(0, 5))):
        entry = draw(statements(text, name, number))
        if decided or not isinstance(entry, AssertionEvidence | DecisionEvidence):
            put(entry)
    changes = []
    ids = [
        e.id for field in ("documents", "declarations", "registers") for e in found.get(field, [])
    ]
    for _ in range(draw(st.integers(0, 2)) if ids else 0):
        target = draw(st.sampled_from(ids))
        heir = draw(st.sampled_from([None, *[i for i in ids if i[0] == target[0] and i != target]]))
        changes.append(Supersession(target=target, by=heir, known=draw(DAYS)))
    return Evidence(
        **{field: tuple(entries) for field, entries in found.items()}, supersessions=tuple(changes)
    )


QUICK = {
    "deadline": None, "derandomize": True, "phases": [Phase.generate], "database": None,
    "suppress_health_check": list(HealthCheck),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_all_units_at_once_or_one_by_one(name: str) -> None:
    moved: set[str] = set()

    @settings(max_examples=25, **QUICK)
    @given(
        history=evidence(rule(name), name, decided=True),
        state=st.sampled_from([s.id for s in rule(name).measures[0].states]),
        known_at=st.sampled_from([None, date(2021, 4, 1), date(2021, 9, 1)]),
        decisions=st.sampled_from(["as_recorded", "as_recorded", "prompt"]),
    )
    def look(history: Evidence, state: str, known_at: date | None, decisions: str) -> None:
        text = beginning(rule(name), state)
        columns = Columns.of(history, DIMENSIONS)
        clocks: dict[str, Any] = {
            "as_of": AS_OF, "known_at": known_at, "decisions": decisions, "bindings": BINDINGS,
        }  # fmt: skip
        fast = evaluate_all(text, columns, **clocks)
        for number, told in enumerate(fast):
            own = exact_evidence(columns, number)
            slow = timeline(text, text.measures[0].id, columns.named(number), own, **clocks)
            assert told == thinned_timeline(slow, own)
            moved.update(opening.transition for opening in slow.openings)

    look()
    assert len(moved) > 2  # that each step can be reached is shown in cases/


@pytest.mark.parametrize("name", TEXTS)
def test_the_history_is_what_the_plain_evaluator_says_of_each_day(name: str) -> None:
    """Without decisions a state stays: a step is eligible on the days its condition holds."""
    reached: set[str] = set()

    @settings(max_examples=8, **QUICK)
    @given(
        history=evidence(rule(name), name, decided=False),
        state=st.sampled_from([s.id for s in rule(name).measures[0].states]),
        hindsight=st.booleans(),
        unit=st.sampled_from([BAY, BAY, INLET]),
    )
    def look(history: Evidence, state: str, hindsight: bool, unit: dict[str, str]) -> None:
        text = beginning(rule(name), state)
        later = date(2021, 9, 1) if hindsight else None
        told = timeline(
            text, text.measures[0].id, unit, history, as_of=AS_OF, known_at=later,
            bindings=BINDINGS,
        )  # fmt: skip
        first = min((opening.since for opening in told.openings), default=FIRST)
        terms = terms_of(text)
        for step in text.transitions:
            if state not in step.from_:
                continue
            openings = [o for o in told.openings if o.transition == step.id]
            day = min(first, FIRST)
            while day <= AS_OF:
                context = Context(
                    at=day, known_at=later or day, terms=terms, unit=unit, bindings=BINDINGS
                )
                holds = evaluate(step.when, history, context).verdict == "holds"
                stands = any(
                    o.since <= day and (o.until is None or day < o.until) for o in openings
                )
                assert stands == holds, (step.id, day)
                if holds:
                    reached.add(step.id)
                day += timedelta(days=1)

    look()
    assert reached
