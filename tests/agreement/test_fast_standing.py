"""Fast = exact where conditions read documents, registers, declarations and lists, too.

The oracle is `machine.timeline`, as in `test_fast_equals_slow`, whose random samples,
limits and decisions are used here beside random statements.
"""

from __future__ import annotations

import importlib.util
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec import structs

from fairwater.agreement.bulk.columns import Columns, exact_evidence
from fairwater.agreement.bulk.sieve import CODES, UNSPOKEN
from fairwater.agreement.bulk.timelines import evaluate_all, judge_rows, thinned_timeline
from fairwater.agreement.context import Context, terms_of
from fairwater.agreement.evidence import (
    DeclarationEvidence,
    DocumentEvidence,
    Evidence,
    RegisterEvidence,
)
from fairwater.agreement.machine import timeline
from fairwater.agreement.model import (
    Agreement,
    All,
    Any,
    Atom,
    Declared,
    DeclaredRef,
    Dimension,
    DocumentKind,
    Limit,
    NamedList,
    Not,
    Scope,
)
from fairwater.agreement.outcome import record_outcome, speaks_of
from fairwater.quantities.dates import CivilInterval

_spec = importlib.util.spec_from_file_location(
    "histories", Path(__file__).with_name("test_fast_equals_slow.py")
)
assert _spec is not None
assert _spec.loader is not None
histories = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(histories)

UNITS = ({}, {"species": "cod"}, {"species": "eel", "zone": "Z"}, {"zone": "elsewhere"})
SCOPE = Scope(
    unit=(Dimension(id="species", column="species"), Dimension(id="zone", column="region"))
)


@st.composite
def standing(draw: st.DrawFn, name: str) -> object:
    kind = draw(
        st.sampled_from(
            ["document", "rejected", "register", "declared", "area", "product", "share"]
        )
    )
    if kind == "document":
        return Atom(
            id=name, metric="document_valid", document="paper",
            window=draw(st.sampled_from([None, "P30D"])), is_=draw(st.booleans()),
        )  # fmt: skip
    if kind == "rejected":
        return Atom(
            id=name, metric="rejected_documents", document="paper",
            window=draw(st.sampled_from([None, "P30D", "P1M"])),
            since=draw(st.sampled_from([None, None, "last_transition"])),
            empty=draw(st.sampled_from(["unknown", "zero"])),
            **{draw(st.sampled_from(["eq", "ge"])): draw(st.sampled_from(["0", "1", "2"]))},
        )  # fmt: skip
    if kind == "register":
        return Atom(
            id=name, metric="noncompliance_count", register="border",
            window=draw(st.sampled_from([None, "P30D", "P1M"])),
            since=draw(st.sampled_from([None, None, "last_transition"])),
            empty=draw(st.sampled_from(["unknown", "zero"])),
            **{draw(st.sampled_from(["eq", "ge"])): draw(st.sampled_from(["0", "1"]))},
        )  # fmt: skip
    if kind == "declared":
        return Declared(
            id=name,
            declared=DeclaredRef(
                who="origin", what="kept", is_=draw(st.booleans()),
                window=draw(st.sampled_from([None, "P30D"])),
            ),
        )  # fmt: skip
    if kind == "share":
        return Atom(
            id=name, metric="exceed_share_upper", limit=("hundred",), confidence="0.95",
            window=draw(st.sampled_from([None, "P30D"])), le="0.6",
        )  # fmt: skip
    metric = "production_area" if kind == "area" else "product_listed"
    listed = draw(st.sampled_from(["areas", "products", "open"]))
    return Atom(id=name, metric=metric, list_=listed, attribute="species", is_=draw(st.booleans()))


@st.composite
def agreements(draw: st.DrawFn) -> Agreement:
    base = draw(histories.agreements())
    transitions = []
    for transition in base.transitions:
        own = draw(standing(f"{transition.id}s"))
        if draw(st.integers(0, 4)) == 0:
            own = Not(of=own)
        form = draw(st.sampled_from([All, All, Any]))
        parts = draw(st.sampled_from([(own, transition.when), (own,)]))
        transitions.append(structs.replace(transition, when=form(of=parts)))
    return structs.replace(
        base,
        scope=SCOPE,
        transitions=tuple(transitions),
        documents=(DocumentKind(id="paper", issuer="origin", per="unit"),),
        lists=(
            NamedList(id="areas", values=("Z",)),
            NamedList(id="products", values=("cod",)),
            NamedList(id="open"),
        ),
    )


@st.composite
def statements(draw: st.DrawFn) -> Evidence:
    found: dict[str, list[object]] = {"documents": [], "registers": [], "declarations": []}
    for number in range(draw(st.integers(0, 4))):
        day = draw(histories.days)
        known = day + timedelta(days=draw(st.sampled_from([0, 0, 9])))
        shared = {"id": f"x{number}", "known": known, "unit": draw(st.sampled_from(UNITS))}
        dated = CivilInterval(day, day)
        kind = draw(st.sampled_from(sorted(found)))
        if kind == "documents":
            entry: object = DocumentEvidence(
                document="paper", dated=dated,
                issued=CivilInterval(*[day - timedelta(days=draw(st.sampled_from([0, 7])))] * 2),
                issuer=draw(st.sampled_from(["origin", "party", "party", "other", None])),
                ruling=draw(st.sampled_from(["accepted", "rejected", "rejected", None])),
                accompanies=draw(st.sampled_from([None, "goods"])),
                valid_to=draw(st.sampled_from([None, day + timedelta(days=20)])),
                **shared,
            )  # fmt: skip
        elif kind == "registers":
            entry = RegisterEvidence(
                register="border", by="origin", since=day - timedelta(days=40),
                complete_through=draw(st.sampled_from([None, day])), consignments=3,
                rejected=draw(st.sampled_from([0, 1])), **shared,
            )  # fmt: skip
        else:
            entry = DeclarationEvidence(
                declared="kept", by=draw(st.sampled_from(["origin", "party", "other"])),
                value=draw(st.booleans()), dated=dated, **shared,
            )  # fmt: skip
        found[kind].append(entry)
    return Evidence(**{name: tuple(entries) for name, entries in found.items()})


@settings(
    max_examples=120, deadline=None, derandomize=True, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(
    agreement=agreements(),
    history=histories.histories(),
    about=statements(),
    clock=st.sampled_from([None, date(2021, 3, 10), date(2021, 9, 1)]),
    decisions=st.sampled_from(["as_recorded", "prompt"]),
)
def test_fast_equals_slow(agreement, history, about, clock, decisions) -> None:
    whole = about.joined([history])
    columns = Columns.of(whole, histories.DIMENSIONS)
    clocks = {
        "as_of": histories.AS_OF,
        "known_at": clock,
        "decisions": decisions,
        "bindings": {"origin": "party"},
    }
    fast = evaluate_all(agreement, columns, **clocks)
    for number, told in enumerate(fast):
        own = exact_evidence(columns, number)
        slow = timeline(agreement, "m", columns.named(number), own, **clocks)
        assert told == thinned_timeline(slow, own)


def test_the_random_statements_settle_conditions_both_ways() -> None:
    """The property is not about unknowns alone."""
    reached = set()

    @settings(max_examples=80, phases=[Phase.generate], deadline=None, derandomize=True,
              database=None, suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(agreements(), histories.histories(), statements())
    def look(agreement, history, about) -> None:
        columns = Columns.of(about.joined([history]), histories.DIMENSIONS)
        for told in evaluate_all(
            agreement, columns, as_of=histories.AS_OF, bindings={"origin": "party"}
        ):
            reached.update(verdict.verdict for verdict in told.now.values())
            reached.update({"moved"} if told.openings else {"still"})

    look()
    assert reached == {"holds", "fails", "unknown", "moved", "still"}


ONE = (
    Limit(
        id="one", nuclides=("Cs-137",), combine="single", unit="Bq/kg", value="60",
        exceeds_when="gt", round="none",
    ),
    Limit(
        id="reported", nuclides=("Cs-134", "Cs-137"), combine="sum", sum_from="reported",
        unit="Bq/kg", value="100", exceeds_when="ge", round="none", kind_not_stated="unbounded",
    ),
    Limit(
        id="nothing", nuclides=("Cs-137",), combine="single", unit="Bq/kg", value="0",
        exceeds_when="ge", round="none",
    ),
    Limit(
        id="open", nuclides=("Cs-137",), combine="single", unit="Bq/kg", open=True,
        exceeds_when="gt", round="none",
    ),
)  # fmt: skip


@settings(
    max_examples=150, deadline=None, derandomize=True, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(histories.histories())
def test_rows_without_the_figure_a_limit_looks_at(history) -> None:
    """Sieved or weighed one by one: the same outcome, of every row against every limit."""
    agreement = Agreement(
        id="a", version="1", title=histories.Words(en="a"), time_zone="UTC", limits=ONE
    )
    columns = Columns.of(history, histories.DIMENSIONS)
    found = judge_rows(agreement, columns, [limit.id for limit in ONE])
    ctx = Context(at=date.max, known_at=date.max, terms=terms_of(agreement))
    for limit in ONE:
        plain = [
            CODES[record_outcome(sample, limit, ctx).verdict]
            if speaks_of(sample, limit)
            else UNSPOKEN
            for sample in columns.samples(np.arange(len(columns)))
        ]
        assert found[limit.id].tolist() == plain
