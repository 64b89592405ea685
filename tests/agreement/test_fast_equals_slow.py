"""The fast evaluation of all units is the exact machine, unit by unit: on random histories.

The oracle is `machine.timeline`, which walks every day on which anything is
dated, known, entered or left, and looks at every sample each time.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec import structs

from fairwater.agreement.bulk.columns import Columns, exact_evidence
from fairwater.agreement.bulk.on_demand import holds_of, truth_of
from fairwater.agreement.bulk.timelines import evaluate_all, thinned_timeline
from fairwater.agreement.evidence import (
    AssertionEvidence,
    DecisionEvidence,
    Evidence,
    SampleEvidence,
    Supersession,
    Value,
)
from fairwater.agreement.machine import timeline
from fairwater.agreement.model import (
    Agreement,
    All,
    Any,
    AtLeast,
    Atom,
    ExceptClause,
    Limit,
    Measure,
    Not,
    Round,
    State,
    StateIs,
    StateRef,
    Transition,
    Words,
)
from fairwater.agreement.terms import Screening
from fairwater.quantities.allowed import Allowed
from fairwater.quantities.dates import CivilInterval

DIMENSIONS = ("species", "zone")
START = date(2021, 1, 20)
AS_OF = date(2021, 5, 5)

LIMITS = (
    Limit(
        id="hundred", nuclides=("Cs-134", "Cs-137"), combine="sum", unit="Bq/kg", value="100",
        exceeds_when="gt", round=Round(mode="half_up", significant=2),
        screening=Screening(technique="NaI", level="50"),
    ),
    Limit(
        id="fifty", nuclides=("Cs-134", "Cs-137"), combine="sum", unit="Bq/kg", value="50",
        exceeds_when="ge", round="none", sum_from="reported_else_parts",
        kind_not_stated="unbounded",
    ),
)  # fmt: skip

days = st.integers(0, 110).map(lambda n: START + timedelta(days=n))
numbers = st.sampled_from(
    ["0", "5", "48.2", "49.99", "50", "60", "97", "99.5", "100", "103", "104.9", "105", "270"]
)


@st.composite
def values(draw: st.DrawFn) -> tuple[Value, ...]:
    found = []
    for nuclides in draw(
        st.sampled_from(
            [
                (("Cs-134", "Cs-137"),),
                (("Cs-134",), ("Cs-137",)),
                (("Cs-134",), ("Cs-137",), ("Cs-134", "Cs-137")),
                (("Sr-90",),),
            ]
        )
    ):
        kind = draw(st.sampled_from(["detected", "detected", "censored", "censored", "not_stated"]))
        number = Decimal(draw(numbers))
        allowed = {
            "detected": Allowed(number, number),
            "censored": Allowed(Decimal(0), number),
            "not_stated": Allowed(Decimal(0), None),
        }[kind]
        found.append(
            Value(
                nuclides=nuclides,
                allowed=allowed,
                kind=kind,
                text=str(number),
                unit=draw(st.sampled_from(["Bq/kg"] * 6 + ["mBq/g"])),
                limit_kind=draw(st.sampled_from(["detection_limit", "not_stated"]))
                if kind == "censored"
                else None,
                standing=draw(st.sampled_from(["reported"] * 12 + ["contested"])),
            )
        )
    return tuple(found)


@st.composite
def samples(draw: st.DrawFn, number: int, regular: bool) -> SampleEvidence:
    first = draw(days)
    sampled = draw(
        st.sampled_from(
            [
                CivilInterval(first, first),
                CivilInterval(first, first),
                CivilInterval(first, first + timedelta(days=draw(st.integers(1, 25)))),
                CivilInterval(None, None),
            ]
        )
    )
    known = (sampled.last or first) + timedelta(days=draw(st.sampled_from([0, 0, 3, 40])))
    due = not regular and draw(st.integers(0, 9)) == 0
    return SampleEvidence(
        id=f"r{number:02}",
        sample=f"s{number:02}"
        if regular
        else f"s{draw(st.sampled_from([number, number, max(0, number - 1)])):02}",
        known=known,
        sampled=sampled,
        resulted=CivilInterval(known, known) if draw(st.booleans()) else CivilInterval(None, None),
        unit={"species": draw(st.sampled_from(["cod", "eel"])), "zone": "Z"},
        zone="Z",
        point=draw(st.sampled_from(["A", "B", "C", None])),
        values=() if due else draw(values()),
        due=known + timedelta(days=10) if due else None,
        technique=draw(st.sampled_from(["NaI", "Ge", None])),
        flags=("doubtful",) if draw(st.integers(0, 15)) == 0 else (),
    )


@st.composite
def atoms(draw: st.DrawFn, name: str) -> Atom:
    metric = draw(
        st.sampled_from(
            ["exceed_count", "distinct_points_exceeding", "distinct_points_exceeding",
             "sample_count", "distinct_points", "max_value", "weeks_covered", "revisits",
             "exceed_share_upper"]
        )
    )  # fmt: skip
    limit = draw(st.sampled_from([("hundred",), ("fifty",), ("hundred", "fifty")]))
    window = draw(st.sampled_from(["P7D", "P30D", "P1M", "P2W", None]))
    since = draw(st.sampled_from([None, None, "last_transition", "2021-02-15"]))
    shared = {"id": name, "since": since}
    if metric in ("exceed_count", "distinct_points_exceeding"):
        comparator = draw(st.sampled_from(["ge", "eq", "le", "lt", "gt", "ne"]))
        return Atom(
            metric=metric, limit=limit, window=window,
            date=draw(st.sampled_from(["sampled", "sampled", "resulted"])),
            empty=draw(st.sampled_from(["unknown", "zero"])),
            **{comparator: draw(st.sampled_from(["0", "1", "2"]))}, **shared,
        )  # fmt: skip
    if metric == "exceed_share_upper":
        return Atom(
            metric=metric, limit=limit, window=window, confidence="0.9",
            empty=draw(st.sampled_from(["unknown", "unknown", "zero"])),
            **{draw(st.sampled_from(["le", "le", "gt"])): draw(st.sampled_from(["0.6", "0.8"]))},
            **shared,
        )  # fmt: skip
    if metric == "max_value":
        return Atom(metric=metric, limit=("hundred",), window=window, le="60", **shared)
    if metric == "weeks_covered":
        return Atom(metric=metric, weeks=2, min_per_week=1, **shared)
    if metric == "revisits":
        return Atom(metric=metric, limit=("hundred",), window=window, ge="1", **shared)
    return Atom(
        metric=metric, window=window, ge=draw(st.sampled_from(["1", "2", "3"])),
        limit=draw(st.sampled_from([(), ("hundred",)])),
        when_short=draw(st.sampled_from(["unknown", "unknown", "fails"])), **shared,
    )  # fmt: skip


@st.composite
def conditions(draw: st.DrawFn, name: str, depth: int = 2) -> object:
    form = draw(st.sampled_from(["atom", "atom", "all", "any", "not", "at_least"]))
    if form == "atom" or depth == 0:
        return draw(atoms(name))
    if form == "not":
        return Not(of=draw(conditions(f"{name}n", depth - 1)))
    parts = tuple(draw(conditions(f"{name}{i}", depth - 1)) for i in range(2))
    if form == "at_least":
        return AtLeast(at_least=draw(st.integers(1, 2)), of=parts)
    return All(of=parts) if form == "all" else Any(of=parts)


STATES = ("none", "hold", "suspended")


@st.composite
def agreements(draw: st.DrawFn) -> Agreement:
    transitions = []
    for number, (name, source, to) in enumerate(
        [("impose", ("none", "hold"), "suspended"), ("hold", ("none",), "hold"),
         ("lift", ("suspended",), "none")]
    ):  # fmt: skip
        excepts: tuple[ExceptClause, ...] = ()
        if draw(st.integers(0, 5)) == 0:
            when = draw(
                st.sampled_from([StateIs(state=StateRef(measure="m", is_="hold"))])
                | conditions(f"{name}w", 0)
            )
            excepts = (ExceptClause(id="x", when=when, then=draw(conditions(f"{name}t", 0))),)
        transitions.append(
            Transition(
                id=name, from_=source, to=to, when=draw(conditions(name)), except_=excepts,
                automatic=draw(st.integers(0, 6)) == 0, priority=number + 1,
                decided_by=draw(st.sampled_from(["national", None])),
                expires=draw(st.sampled_from([None, None, None, "P10D"])),
                decide_within=draw(st.sampled_from([None, "P5D"])),
            )
        )  # fmt: skip
    return Agreement(
        id="a", version="1", title=Words(en="a"), time_zone="Asia/Tokyo",
        measures=(
            Measure(
                id="m", initial="none",
                states=tuple(State(id=s, rank=i) for i, s in enumerate(STATES)),
            ),
        ),
        limits=LIMITS, transitions=tuple(transitions), indeterminate_flags=("doubtful",),
    )  # fmt: skip


@st.composite
def histories(draw: st.DrawFn) -> Evidence:
    regular = draw(st.booleans())
    drawn = tuple(draw(samples(number, regular)) for number in range(draw(st.integers(0, 14))))
    supersessions = []
    for old, new in pairwise(drawn):
        if draw(st.integers(0, 7)) == 0:
            known = max(new.known, old.known)
            by = new.id if draw(st.booleans()) and new.unit == old.unit else None
            supersessions.append(Supersession(target=old.id, by=by, known=known))
    decisions = tuple(
        DecisionEvidence(
            id=f"d{number}", known=day + timedelta(days=draw(st.integers(0, 5))), dated=day,
            effective=day, transition=draw(st.sampled_from(["impose", "hold", "lift"])),
            role=draw(st.sampled_from(["national", "other"])), measure="m",
            unit=draw(st.sampled_from([{}, {"species": "cod"}, {"species": "eel", "zone": "Z"}])),
        )
        for number, day in enumerate(draw(st.lists(days, max_size=3)))
    )  # fmt: skip
    assertions = tuple(
        AssertionEvidence(
            id="as", known=day, by="national", state="suspended",
            dated=CivilInterval(day, day), measure="m", unit={},
        )
        for day in draw(st.lists(days, max_size=1))
        if draw(st.integers(0, 3)) == 0
    )  # fmt: skip
    return Evidence(
        samples=drawn, supersessions=tuple(supersessions), decisions=decisions,
        assertions=assertions,
    )  # fmt: skip


@settings(
    max_examples=120, deadline=None, derandomize=True, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(
    agreement=agreements(),
    history=histories(),
    order=st.randoms(use_true_random=False),
    clock=st.sampled_from([None, AS_OF, date(2021, 3, 10), date(2021, 9, 1)]),
    decisions=st.sampled_from(["as_recorded", "as_recorded", "prompt", "prompt:P5D"]),
)
def test_fast_equals_slow(agreement, history, order, clock, decisions) -> None:
    shuffled = list(history.samples)
    order.shuffle(shuffled)
    columns = Columns.of(structs.replace(history, samples=tuple(shuffled)), DIMENSIONS)
    clocks = {"as_of": AS_OF, "known_at": clock, "decisions": decisions}
    fast = evaluate_all(agreement, columns, **clocks)
    assert [told.unit for told in fast] == [columns.named(n) for n in range(len(columns.units))]
    for number, told in enumerate(fast):
        own = exact_evidence(columns, number)
        slow = timeline(agreement, "m", columns.named(number), own, **clocks)
        # Before any verdict is worked out: what counting alone tells is the exact truth.
        held = {name: holds_of(told.now, name) for name in told.now}
        assert held == {name: verdict.verdict == "holds" for name, verdict in slow.now.items()}
        truths = {name: truth_of(told.now, name) for name in told.now}
        assert truths == {name: verdict.verdict for name, verdict in slow.now.items()}
        assert told == thinned_timeline(slow, own)


def test_the_random_histories_reach_every_outcome() -> None:
    """The property above is not about empty timelines: openings, steps and stillness all occur."""
    reached = set()

    @settings(max_examples=150, phases=[Phase.generate], deadline=None, derandomize=True,
              database=None, suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(agreements(), histories(), st.sampled_from(["as_recorded", "prompt"]))
    def look(agreement, history, decisions) -> None:
        columns = Columns.of(history, DIMENSIONS)
        for told in evaluate_all(agreement, columns, as_of=AS_OF, decisions=decisions):
            reached.update({o.ended_by for o in told.openings}, {t.cause for t in told.taken})
            reached.update(verdict.verdict for verdict in told.now.values())
            if not told.openings:
                reached.add("still")

    look()
    assert reached >= {
        "evidence", "state", "decision", "prompt", "automatic", "holds", "fails", "unknown",
        "still", None,
    }  # fmt: skip


@pytest.mark.parametrize("missing", ["species", "zone"])
def test_a_sample_of_no_one_unit_is_refused(missing: str) -> None:
    unit = {"species": "cod", "zone": "Z"}
    del unit[missing]
    sample = SampleEvidence(id="r", sample="s", known=START, unit=unit)
    with pytest.raises(KeyError):
        Columns.of(Evidence(samples=(sample,)), DIMENSIONS)
