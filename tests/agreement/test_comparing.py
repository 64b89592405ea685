"""Agreements side by side: the first day they part, found fast, is that of a search by day.

The oracle asks the exact machine for every single day what stands, and works out by
itself, from states and open steps alone, what each agreement calls for.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec import structs

from fairwater.agreement.bulk.columns import Columns, exact_evidence
from fairwater.agreement.bulk.timelines import evaluate_all
from fairwater.agreement.comparing.answer import Comparison, Side
from fairwater.agreement.comparing.compare import Question, compared
from fairwater.agreement.comparing.matching import Unmatched, match
from fairwater.agreement.comparing.positions import Rules
from fairwater.agreement.comparing.saying import Voice
from fairwater.agreement.comparing.text import headline
from fairwater.agreement.context import terms_of
from fairwater.agreement.evidence import Evidence, SampleEvidence, Supersession, Value
from fairwater.agreement.instants import instants
from fairwater.agreement.load import load_agreement
from fairwater.agreement.machine import timeline
from fairwater.agreement.model import Agreement, Dimension, Scope
from fairwater.agreement.problems import AgreementErrors
from fairwater.agreement.timeline import Timeline
from fairwater.quantities.allowed import Allowed
from fairwater.quantities.dates import CivilInterval

_spec = importlib.util.spec_from_file_location(
    "histories", Path(__file__).with_name("test_fast_equals_slow.py")
)
assert _spec is not None
assert _spec.loader is not None
histories = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(histories)

SMALL = (Path(__file__).parent / "small.yaml").read_text(encoding="utf-8")
START = date(2021, 1, 20)
EFFECTS = {"none": "none", "hold": "hold", "suspended": "suspended"}
LEVELS = {"none": 0, "hold": 2, "suspended": 3}
SCOPE = Scope(
    unit=(Dimension(id="species", column="species"), Dimension(id="zone", column="region"))
)


def with_effects(agreement: Agreement) -> Agreement:
    """The agreement with what its states do to goods; its unit has columns."""
    measures = tuple(
        structs.replace(
            measure,
            states=tuple(structs.replace(s, effect=EFFECTS[s.id]) for s in measure.states),
        )
        for measure in agreement.measures
    )
    return structs.replace(agreement, scope=SCOPE, measures=measures)


def voice(
    letter: str,
    agreement: Agreement,
    evidence: Evidence,
    as_of: date,
    bindings: Mapping[str, str] | None = None,
    decisions: str = "as_recorded",
) -> Voice:
    """A voice as the node makes it, but asked by the exact machine."""
    columns = Columns.of(evidence, tuple(d.id for d in agreement.scope.unit))
    shared: dict[str, Any] = {"decisions": decisions, "bindings": bindings or {}}

    def every(hindsight: bool) -> list[list[Timeline]]:
        found = evaluate_all(agreement, columns, as_of=as_of, hindsight=hindsight, **shared)
        size = len(agreement.measures)
        return [found[n : n + size] for n in range(0, len(found), size)]

    def ask(unit: Mapping[str, str], day: date, hindsight: bool, whole: bool) -> list[Timeline]:
        number = columns.rank(unit)
        assert number is not None
        known = as_of if hindsight else day
        return [
            timeline(
                agreement, measure.id, unit, exact_evidence(columns, number), as_of=day,
                known_at=known, hindsight=hindsight, **shared,
            )
            for measure in sorted(agreement.measures, key=lambda m: m.id)
        ]  # fmt: skip

    now = every(False)
    return Voice(
        letter=letter,
        agreement=agreement,
        rules=Rules.of(agreement),
        bindings=bindings or {},
        units=now,
        ask=ask,
        then=now,
        later=every(True),
        replaced={change.target: change for change in evidence.supersessions},
    )


def compare(
    voices: Sequence[Voice], as_of: date, unit: tuple[str, ...] | None = None
) -> Comparison:
    """The comparison of some voices."""
    dimensions = match({v.letter: v.agreement for v in voices})
    sides = [
        Side(
            letter=v.letter, agreement=v.agreement.id, version="1", content_id="0",
            title=v.agreement.title, dimensions=dict(dimensions.named[n]),
            coarser=dimensions.coarser(n),
        )
        for n, v in enumerate(voices)
    ]  # fmt: skip
    question = Question(
        as_of=as_of, known_at=as_of, knowledge="journal", decisions="as_recorded",
        hindsight=False, unit=unit,
    )  # fmt: skip
    return compared(question, voices, sides, dimensions)


def called_on(agreement: Agreement, unit: Mapping[str, str], evidence: Evidence, day: date) -> Any:
    """What the agreement calls for on one day: (direction, level), from the exact machine."""
    told = timeline(agreement, "m", unit, evidence, as_of=day)
    (measure,) = agreement.measures
    ranks = {state.id: state.rank for state in measure.states}
    leads = {t.id: ranks[t.to] for t in agreement.transitions}
    names = {state.rank: state.id for state in measure.states}
    here = ranks[told.in_force]
    open_ = [leads[o.transition] for o in told.eligible]
    stricter, milder = [r for r in open_ if r > here], [r for r in open_ if r < here]
    rank = max(stricter) if stricter else max(milder) if milder else here
    start = ranks[measure.initial]
    if rank == start:
        return (0, None)
    return (1 if rank > start else -1, LEVELS[names[rank]])


@settings(
    max_examples=30, deadline=None, derandomize=True, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(histories.agreements(), histories.agreements(), histories.histories())
def test_the_first_day_is_that_of_a_search_day_by_day(one, other, history) -> None:
    samples = history.samples[:7]
    kept = {sample.id for sample in samples}
    evidence = structs.replace(
        history,
        samples=samples,
        supersessions=tuple(
            s for s in history.supersessions if {s.target, s.by or s.target} <= kept
        ),
        # Known when taken: a decision known late acts from its day, as a day's own search cannot.
        decisions=tuple(structs.replace(d, known=d.dated) for d in history.decisions),
    )
    last = START + timedelta(days=60)
    agreements = [with_effects(one), with_effects(other)]
    found = compare(
        [voice(x, a, evidence, last) for x, a in zip("AB", agreements, strict=True)], last
    )
    columns = Columns.of(evidence, ("species", "zone"))
    assert len(found.differ) + len(found.agree) == len(columns.units)
    firsts = {(p.unit["species"], p.unit["region"]): p.first for p in found.differ}
    for number, name in enumerate(columns.units):
        own, unit = exact_evidence(columns, number), columns.named(number)
        # A history begins on the first day on which anything is dated or known.
        begin = min(
            min(instants(a.transitions, a.measures, own, terms_of(a), last)) for a in agreements
        )
        slow = next(
            (
                day
                for day in (begin + timedelta(days=n) for n in range((last - begin).days + 1))
                if called_on(agreements[0], unit, own, day)
                != called_on(agreements[1], unit, own, day)
            ),
            None,
        )
        assert firsts.get(name) == slow


def test_the_random_agreements_part_and_agree() -> None:
    """The search above compares days, not only their absence."""
    reached = set()

    @settings(max_examples=60, phases=[Phase.generate], deadline=None, derandomize=True,
              database=None, suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(histories.agreements(), histories.agreements(), histories.histories())
    def look(one, other, history) -> None:
        voices = [
            voice(x, with_effects(a), history, histories.AS_OF)
            for x, a in zip("AB", (one, other), strict=True)
        ]
        found = compare(voices, histories.AS_OF)
        reached.update("parts" for _ in found.differ)
        reached.update("moved alike" if one.steps else "still" for one in found.agree)
        reached.update("learned" for _ in found.learned)

    look()
    assert reached == {"parts", "moved alike", "still", "learned"}


def small(**changes: str) -> Agreement:
    """The small agreement of the tests, its states with effects, some texts replaced."""
    text = SMALL.replace(
        "states: [{id: none, rank: 0}, {id: suspended, rank: 1}]",
        "states: [{id: none, rank: 0, effect: none}, {id: suspended, rank: 1, effect: suspended}]",
    ).replace(
        "limits:",
        "scope: {unit: [{id: species, column: species}, {id: zone, column: region}]}\nlimits:",
        1,
    )
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return load_agreement(text, "small.yaml").agreement


def sample(
    name: str, day: date, text: str, known: date | None = None, species: str = "cod"
) -> SampleEvidence:
    number = Decimal(text)
    return SampleEvidence(
        id=name, sample=name, known=known or day, sampled=CivilInterval(day, day),
        unit={"species": species, "zone": "Z"}, point="A",
        values=(
            Value(nuclides=("Cs-134", "Cs-137"), allowed=Allowed(number, number),
                  kind="detected", text=text, unit="Bq/kg"),
        ),
    )  # fmt: skip


DAY = date(2021, 3, 1)
LAST = date(2021, 6, 1)


def test_a_lower_limit_parts_on_the_day_of_the_sample_and_says_by_which_numbers() -> None:
    evidence = Evidence(samples=(sample("r1", DAY, "70"), sample("r2", DAY, "5", species="eel")))
    strict, plain = small(**{"value: 100": "value: 50"}), small()
    roles = {"national": "headquarters"}
    found = compare(
        [voice("A", plain, evidence, LAST, roles), voice("B", strict, evidence, LAST, roles)], LAST
    )
    (parting,) = found.differ
    assert (parting.unit, parting.first) == ({"species": "cod", "region": "Z"}, DAY)
    # P90D: the sample leaves the window on 30 May.
    assert [(a.since, a.until) for a in parting.apart] == [(DAY, date(2021, 5, 30))]
    a, b = parting.says
    assert (a.direction, a.level, b.direction, b.level) == ("start", 0, "tightened", 3)
    (why_not,), (why,) = a.clauses, b.clauses
    assert (why_not.transition, why_not.verdict) == ("impose", "fails")
    assert (why.transition, why.verdict, why.eligible_from) == ("impose", "holds", DAY)
    assert why.decided_by is not None
    assert (why.decided_by.role, why.decided_by.party) == ("national", "headquarters")
    (fails,), (holds,) = why_not.atoms, why.atoms
    assert (fails.value, fails.comparator, fails.operand) == ((0, 0), "ge", "1")
    assert (holds.value, holds.first, holds.last) == ((1, 1), date(2020, 12, 2), DAY)
    assert [limit.value for limit in holds.limits] == ["50"]
    assert [(s.record, s.reported, s.compared) for s in holds.samples] == [
        ("r1", ("Cs-134+Cs-137 70 Bq/kg",), (70, 70))
    ]
    (agreed,) = found.agree
    assert (agreed.unit["species"], agreed.steps) == ("eel", ())
    assert not found.learned
    assert [p.units for p in found.pairs] == [1]


def test_the_order_named_changes_labels_only() -> None:
    evidence = Evidence(samples=(sample("r1", DAY, "70"), sample("r2", DAY, "400", species="eel")))
    agreements = [
        small(),
        small(**{"value: 100": "value: 50"}),
        small(**{"value: 100": "value: 500"}),
    ]
    told = []
    for order in ([0, 1, 2], [2, 0, 1]):
        voices = [voice(f"<{n}>", agreements[n], evidence, LAST) for n in order]
        content = msgspec.json.decode(msgspec.json.encode(compare(voices, LAST)))
        content["sides"].sort(key=lambda side: side["letter"])
        for parting in content["differ"]:
            parting["says"].sort(key=lambda says: says["letter"])
        for part in [content, *content["differ"]]:
            part["pairs"] = sorted((part["pairs"]), key=lambda pair: sorted(pair["letters"]))
            for pair in part["pairs"]:
                pair["letters"] = sorted(pair["letters"])
        content.get("learned", []).sort(key=lambda one: (one["letter"], sorted(one["unit"])))
        told.append(content)
    assert told[0] == told[1]
    assert len(told[0]["differ"]) == 2


def test_parties_swapped_in_bindings_change_names_only() -> None:
    evidence = Evidence(samples=(sample("r1", DAY, "70"),))
    agreements = [small(), small(**{"value: 100": "value: 50"})]
    told = []
    for party, lab in (("coast", "inland"), ("inland", "coast")):
        renamed = structs.replace(
            evidence, samples=tuple(structs.replace(s, lab=lab) for s in evidence.samples)
        )
        found = compare(
            [
                voice(x, a, renamed, LAST, {"national": party})
                for x, a in zip("AB", agreements, strict=True)
            ],
            LAST,
        )
        told.append(msgspec.json.encode(found, order="sorted").decode())
    assert told[0] != told[1]
    swapped = told[1].replace("inland", "<").replace("coast", "inland").replace("<", "coast")
    assert swapped == told[0]


def test_a_coarser_agreement_speaks_of_the_unit_that_contains_it() -> None:
    coarse = structs.replace(
        small(**{"value: 100": "value: 50"}),
        scope=Scope(unit=(Dimension(id="waters", column="region"),)),
    )
    fine_evidence = Evidence(
        samples=(sample("r1", DAY, "70"), sample("r2", DAY, "5", species="eel"))
    )
    whole = structs.replace(
        fine_evidence,
        samples=(
            *(structs.replace(s, unit={"waters": "Z"}) for s in fine_evidence.samples),
            structs.replace(sample("r3", DAY, "9"), unit={"waters": "Y"}),
        ),
    )  # fmt: skip
    found = compare(
        [voice("A", small(), fine_evidence, LAST), voice("B", coarse, whole, LAST)], LAST
    )
    assert [p.unit["species"] for p in found.differ] == ["cod", "eel"]
    assert [(s.coarser, s.unit) for s in found.differ[1].says] == [
        (False, {"species": "eel", "zone": "Z"}), (True, {"waters": "Z"}),
    ]  # fmt: skip
    assert [(i.unit, i.evidence) for i in found.incomparable] == [({"region": "Y"}, ("B",))]


def test_columns_that_no_agreement_has_together_are_an_error() -> None:
    one = structs.replace(small(), scope=Scope(unit=(Dimension(id="fish", column="species"),)))
    other = structs.replace(small(), scope=Scope(unit=(Dimension(id="waters", column="region"),)))
    with pytest.raises(Unmatched, match="A is about species; B is about region"):
        match({"A": one, "B": other})


def test_a_unit_without_evidence_and_one_side_without_are_not_comparable() -> None:
    cod, eel = sample("r1", DAY, "70"), sample("r2", DAY, "70", species="eel")
    voices = [
        voice("A", small(), Evidence(samples=(cod, eel)), LAST),
        voice("B", small(), Evidence(samples=(cod,)), LAST),
    ]
    found = compare(voices, LAST)
    assert [(i.unit["species"], i.evidence) for i in found.incomparable] == [("eel", ("A",))]
    nothing = compare(voices, LAST, unit=("squid", "Z"))
    assert [(i.unit["species"], i.evidence) for i in nothing.incomparable] == [("squid", ())]
    assert "cannot be compared" in headline(nothing, "en")[0]


def test_without_effects_only_directions_are_compared() -> None:
    plain = load_agreement(SMALL, "small.yaml").agreement
    bare = structs.replace(plain, scope=SCOPE)
    evidence = Evidence(samples=(sample("r1", DAY, "70"), sample("r2", DAY, "400", species="eel")))
    found = compare(
        [
            voice("A", bare, evidence, LAST),
            voice("B", small(**{"value: 100": "value: 50"}), evidence, LAST),
        ],
        LAST,
    )
    assert found.by == "direction"
    assert found.no_effect == {"A": ("ban.none", "ban.suspended")}
    assert [p.unit["species"] for p in found.differ] == ["cod"]
    assert "ban.suspended" in " ".join(headline(found, "ja"))


def test_what_came_late_and_what_was_set_aside_late() -> None:
    """r1 is known three weeks after sampling; r2 is withdrawn a month later."""
    known, gone = DAY + timedelta(days=21), date(2021, 4, 1)
    evidence = Evidence(
        samples=(
            sample("r1", DAY, "300", known=known),
            sample("r2", DAY, "300", species="eel"),
            sample("r3", DAY, "5", species="eel"),
        ),
        supersessions=(Supersession(target="r2", by=None, known=gone),),
    )
    found = compare(
        [voice("A", small(), evidence, LAST), voice("B", small(), evidence, LAST)], LAST
    )
    assert not found.differ
    told = [(one.letter, one.unit["species"], one.first) for one in found.learned]
    assert told == [("A", "cod", DAY), ("A", "eel", DAY), ("B", "cod", DAY), ("B", "eel", DAY)]
    cod, eel = found.learned[:2]
    assert [(a.since, a.until) for a in cod.apart] == [(DAY, known)]
    assert (cod.then.direction, cod.now.direction) == ("start", "tightened")
    assert [(r.record, r.what, r.dated, r.known) for r in cod.late] == [
        ("r1", "came", DAY.isoformat(), known)
    ]
    assert (eel.then.direction, eel.now.direction) == ("tightened", "start")
    assert [(r.record, r.what, r.known, r.by) for r in eel.late] == [("r2", "replaced", gone, None)]


def test_an_effect_that_lets_goods_move_more_freely_at_a_higher_rank_is_refused() -> None:
    text = SMALL.replace(
        "{id: none, rank: 0}, {id: suspended, rank: 1}",
        "{id: none, rank: 0, effect: hold}, {id: suspended, rank: 1, effect: conditional}",
    )
    with pytest.raises(AgreementErrors) as caught:
        load_agreement(text, "small.yaml")
    assert [
        (p.rule if hasattr(p, "rule") else "", "conditional" in p.found)
        for p in caught.value.problems
    ]
    assert any("`conditional` at rank 1" in p.found for p in caught.value.problems)


@pytest.mark.parametrize("decisions", ["as_recorded", "prompt"])
def test_a_decision_supposed_brings_the_state_that_was_called_for(decisions: str) -> None:
    """What is compared is what the texts say: taking an open step at once parts nothing."""
    evidence = Evidence(samples=(sample("r1", DAY, "300"),))
    found = compare(
        [
            voice("A", small(), evidence, DAY, decisions=decisions),
            voice("B", small(), evidence, DAY, decisions="as_recorded"),
        ],
        DAY,
    )
    assert not found.differ
    (agreed,) = found.agree
    assert [(s.since, s.direction, s.level) for s in agreed.steps] == [(DAY, "tightened", 3)]


@given(
    st.permutations(["region", "species", "station"]), st.permutations(["zone", "fish", "place"])
)
@settings(max_examples=20, deadline=None)
def test_names_and_order_of_dimensions_do_not_matter(columns: list[str], names: list[str]) -> None:
    one = structs.replace(
        small(),
        scope=Scope(unit=tuple(Dimension(id=f"d{c}", column=c) for c in sorted(columns))),
    )
    other = structs.replace(
        small(),
        scope=Scope(
            unit=tuple(Dimension(id=n, column=c) for n, c in zip(names, columns, strict=True))
        ),
    )
    found = match({"A": one, "B": other})
    assert found.columns == ("species", "region", "station")
    unit = dict(zip(names, ("x", "y", "z"), strict=True))
    by_column = {columns[n]: value for n, value in enumerate(("x", "y", "z"))}
    assert found.key(1, unit) == tuple(by_column[c] for c in found.columns)
    assert found.unit_of(unit) == found.unit_of(by_column) == found.key(1, unit)
    assert found.own(1, found.key(1, unit)) == unit
