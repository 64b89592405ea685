"""The twenty faults listed of the draft protocols, each shown mended in the shipped texts.

Truth: the fault list of the agreement language (reference, section 3), by its numbers.
The words of each fault stand above its test. Evidence is invented but where it says so.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from msgspec import structs

sys.path.insert(0, str(Path(__file__).parent))  # the invented goods beside this file

from fit_goods import (
    AT,
    BINDINGS,
    GOODS,
    LISTS,
    SPOILT_RESUMPTION,
    STATES,
    fit_resumption,
    untested,
)

from fairwater.agreement.binding import with_lists
from fairwater.agreement.casefiles.evidence import evidence_of
from fairwater.agreement.checks.finding import atoms
from fairwater.agreement.context import Context, terms_of
from fairwater.agreement.evaluator import evaluate
from fairwater.agreement.evidence import Evidence
from fairwater.agreement.goods_checking import check_consignment
from fairwater.agreement.load import load_agreement, shipped, shipped_names
from fairwater.agreement.machine import timeline
from fairwater.agreement.metrics.registry import METRICS
from fairwater.agreement.model import Agreement, Atom, Transition
from fairwater.agreement.override import apply_overrides
from fairwater.agreement.problems import AgreementErrors
from fairwater.agreement.timeline import Timeline
from fairwater.agreement.verdict import Verdict
from fairwater.agreement.versions import in_force

TEXTS = ("origin_restriction", "import_certificate", "staged_resumption")
UNIT = {"species": "flounder", "zone": "Z1"}
ROLES = BINDINGS | {
    "national_headquarters": "east-headquarters", "regional_authority": "east-zone",
    "operator": "east-boats",
}  # fmt: skip


def text(name: str) -> Agreement:
    return with_lists(load_agreement(shipped(name), name).agreement, LISTS)


def lines(*said: str) -> Evidence:
    """Evidence in the short spelling of case files."""
    read = [yaml.load(line, yaml.BaseLoader) for line in said]  # every scalar as text
    return evidence_of(read, ZoneInfo("UTC"), "here")


def decided(step: str, day: str, role: str = "national_headquarters") -> str:
    """A decision by the party that plays the role."""
    said = f"transition: {step}, role: {role}, by: {ROLES[role]}, d: '{day}'"
    return f"{{decision: {step}, {said}}}"


def told(rule: Agreement, measure: str, at: str, *said: str, unit: dict = UNIT) -> Timeline:
    day = date.fromisoformat(at)
    return timeline(rule, measure, unit, lines(*said), as_of=day, bindings=ROLES)


def eligible(history: Timeline) -> set[str]:
    return {opening.transition for opening in history.eligible}


def asked(rule: Agreement, step: str, at: str, *said: str, unit: dict = UNIT) -> Verdict:
    """A step's condition on a day, whatever state its measure is in."""
    transition = next(t for t in rule.transitions if t.id == step)
    day = date.fromisoformat(at)
    context = Context(at=day, known_at=day, terms=terms_of(rule), unit=unit, bindings=ROLES)
    return evaluate(transition.when, lines(*said), context, transition.except_)


def steps() -> Iterator[tuple[Agreement, Transition]]:
    for name in TEXTS:
        rule = text(name)
        for transition in rule.transitions:
            yield rule, transition


def test_all_three_are_shipped() -> None:
    assert set(TEXTS) <= set(shipped_names())


# 1. Windows lack ends, zone, date.
@pytest.mark.parametrize("name", TEXTS)
def test_fault_01_windows_have_ends_zone_and_date(name: str) -> None:
    rule = text(name)
    ZoneInfo(rule.time_zone)
    registers = {"noncompliance_count"}
    for _, atom, _ in atoms(rule):
        if METRICS[atom.metric].family != "standing" and atom.metric not in registers:
            assert atom.date == "sampled"
            assert atom.window is not None or atom.weeks is not None
    written = shipped(name)
    sampled = [
        a for _, a, _ in atoms(rule)
        if METRICS[a.metric].family != "standing" and a.metric not in registers
    ]  # fmt: skip
    assert written.count("date: sampled") >= len(sampled)


def test_fault_01_the_far_end_is_out_and_the_near_end_in() -> None:
    rule = text("import_certificate")
    for day, verdict in (("2020-10-02", False), ("2020-10-03", True), ("2021-03-31", True)):
        history = told(
            rule, "scheme", "2021-03-31", f"{{s: s1, d: '{day}', cs: '130', species: flounder}}"
        )
        assert ("tighten_item" in eligible(history)) is verdict


# 2. Count `eq 0` (normalise, relax, repeal, end_measure) holds on no data.
def test_fault_02_no_step_of_any_text_holds_on_no_data() -> None:
    verdicts = {
        (rule.id, step.id): asked(rule, step.id, "2021-03-31").verdict for rule, step in steps()
    }
    assert "holds" not in verdicts.values()
    for name in ("normalise", "relax_item", "repeal", "end_measure"):
        assert {v for (_, step), v in verdicts.items() if step == name} == {"unknown"}


# 3. impose looks back 90 d, lift 30: re-imposes at once.
def test_fault_03_lifting_is_not_undone_by_what_led_to_it() -> None:
    rule = text("origin_restriction")
    said = (
        "{s: s1, d: '2021-03-01', cs: '500', point: P1, species: flounder}",
        "{s: s2, d: '2021-03-10', cs: '270', point: P2, species: flounder}",
        decided("impose", "2021-03-12"),
        decided("lift", "2021-04-20"),
    )
    history = told(rule, "restriction", "2021-04-25", *said)
    assert history.in_force == "enhanced_inspection"
    assert date(2021, 4, 25) - timedelta(days=90) < date(2021, 3, 1)
    assert "impose" not in eligible(history)
    assert asked(rule, "impose", "2021-04-25", *said[:2]).verdict == "holds"


@pytest.mark.parametrize("name", TEXTS)
def test_fault_03_what_tightens_on_findings_looks_at_what_came_since(name: str) -> None:
    rule = text(name)
    ranks = {state.id: state.rank for measure in rule.measures for state in measure.states}
    for transition, atom, _ in atoms(rule):
        up = ranks[transition.to] > min(ranks[state] for state in transition.from_)
        if up and METRICS[atom.metric].family == "findings":
            assert atom.since == "last_transition", f"{transition.id}.{atom.id}"


# 4. P30D holds 4 ISO weeks only when `at` is Sun-Tue.
def test_fault_04_four_weeks_are_four_weeks_on_every_weekday() -> None:
    rule = text("origin_restriction")
    sampled = [date(2021, 3, 1) + timedelta(weeks=n) for n in range(5)]
    said = [
        f"{{s: s{n}, d: '{day}', cs: '5', point: P{n % 3}, species: flounder}}"
        for n, day in enumerate(sampled)
    ]
    lift = next(t for t in rule.transitions if t.id == "lift")
    weekly = next(a for t, a, _ in atoms(rule) if t.id == lift.id and a.id == "every_week")
    for days in range(7):
        day = date(2021, 3, 28) + timedelta(days=days)
        context = Context(at=day, known_at=day, terms=terms_of(rule), unit=UNIT, bindings=ROLES)
        assert evaluate(weekly, lines(*said), context).verdict == "holds", day.strftime("%A")


# 5. tighten_item goes conditional (2) -> enhanced (1): relaxes.
@pytest.mark.parametrize("name", TEXTS)
def test_fault_05_ranks_agree_with_what_steps_are_called(name: str) -> None:
    rule = text(name)
    ranks = {state.id: state.rank for measure in rule.measures for state in measure.states}
    up = {"industry_hold", "impose", "tighten_item", "respond_to_noncompliance"}
    for step in rule.transitions:
        for state in step.from_:
            assert (ranks[step.to] > ranks[state]) is (step.id in up), step.id


# 6. Excluded regions: out of scope (extend_... never applies) or in (resume_... bypasses it).
@pytest.mark.parametrize("zone", ["Z1", "Inlet"])
def test_fault_06_every_area_falls_under_one_of_the_two_steps(zone: str) -> None:
    rule = text("staged_resumption")
    unit = {"species": "flounder", "zone": zone}
    answers = {}
    for step in ("resume_conditionally", "extend_to_excluded_area"):
        tree = asked(rule, step, "2021-03-31", unit=unit).tree
        answers[step] = next(
            node.verdict for node in tree.atoms() if node.path.endswith("excluded")
        )
    assert sorted(answers.values()) == ["fails", "holds"]
    assert (answers["extend_to_excluded_area"] == "holds") is (zone == "Inlet")


# 7. consignment_check tests no limit, area, production date, beta-once.
@pytest.mark.parametrize("condition", ["limit", "area", "production_date", "plant_report"])
def test_fault_07_the_check_tests_what_the_draft_left_out(condition: str) -> None:
    evidence = SPOILT_RESUMPTION[condition](fit_resumption())
    verdict = check_consignment(
        text("staged_resumption"), GOODS, evidence, at=AT, bindings=BINDINGS, states=STATES
    )
    assert [c.id for c in verdict.conditions if c.verdict == "fails"] == [condition]


# 8. `limit: any` includes the origin's 100.
def test_fault_08_the_limits_of_a_response_are_a_list_of_the_importing_partys() -> None:
    rule = text("staged_resumption")
    step = {a.id: a for t, a, _ in atoms(rule) if t.id == "respond_to_noncompliance"}
    assert set(step["above"].limits) == {"lim_cs137", "lim_i131", "lim_sr90", "lim_h3"}
    said = "{s: s1, d: '2021-03-20', cs: '400', cs137: '400', species: flounder}"
    found = asked(rule, "respond_to_noncompliance", "2021-03-31", said)
    assert found.verdict != "holds"
    assert next(n for n in found.tree.atoms() if n.path.endswith("above")).verdict == "fails"


# 9. `expect: suspended` 1 April, decided 19 April. Real values (press; see test_origin_story).
def test_fault_09_eligible_on_1_april_decided_on_the_19th() -> None:
    rule = text("origin_restriction")
    unit = {"species": "black rockfish", "zone": "Z1"}
    said = (
        "{s: s1, d: '2021-02-22', cs: '500', point: Shinchi, species: black rockfish}",
        "{s: s2, d: '2021-04-01', cs: '270', point: Minamisoma, species: black rockfish}",
        decided("impose", "2021-04-19"),
    )
    before = told(rule, "restriction", "2021-04-18", *said, unit=unit)
    assert (before.in_force, eligible(before)) == ("none", {"impose"})
    after = told(rule, "restriction", "2021-04-19", *said, unit=unit)
    assert after.in_force == "suspended"
    assert after.taken[0].decided_while == "holds"


# 10. decided_by, by, who name undeclared roles.
@pytest.mark.parametrize("name", TEXTS)
def test_fault_10_a_role_that_is_not_declared_is_refused_where_it_is_used(name: str) -> None:
    content = yaml.safe_load(shipped(name))
    deciders = {step["decided_by"] for step in content["transitions"]}
    assert deciders <= set(content["roles"])
    gone = sorted(deciders)[0]
    del content["roles"][gone]
    with pytest.raises(AgreementErrors, match=f"decided_by: role `{gone}`, which is not defined"):
        load_agreement(yaml.safe_dump(content, allow_unicode=True), name)


# 11. One `cert` over mixed values; the 100 cites a page on 50 and a blog.
@pytest.mark.parametrize("name", TEXTS)
def test_fault_11_each_value_has_its_own_source_and_confidence(name: str) -> None:
    rule = text(name)
    for part in (*rule.limits, *rule.parameters):
        for entry in part.dated:
            assert entry.cert in ("seen", "memory", "ours"), part.id
            assert entry.src or entry.cert != "seen", part.id
            assert entry.src or entry.clause, part.id
    for limit in rule.limits:
        if limit.round != "none":
            assert limit.round.cite is not None
            assert limit.round.cite.cert == "ours"


def test_fault_11_the_limit_of_100_cites_a_page_on_the_food_limit() -> None:
    rule = text("origin_restriction")
    limits = {limit.id: limit for limit in rule.limits}
    (source,) = limits["cs_limit"].dated[0].src
    assert "food limits" in rule.sources[source].title
    assert source not in limits["coop_limit"].dated[0].src


def test_fault_11_the_origins_limit_cites_the_same_page_wherever_it_is_taken_over() -> None:
    cited = {}
    for name, key in (("origin_restriction", "cs_limit"), ("staged_resumption", "origin_cs")):
        rule = text(name)
        (source,) = next(limit for limit in rule.limits if limit.id == key).dated[0].src
        cited[name] = rule.sources[source].url
    assert len(set(cited.values())) == 1


def test_fault_11_what_rests_on_memory_says_so() -> None:
    """GB 14882-94: the mantissas were read, the exponents are from memory."""
    rule = text("staged_resumption")
    certs = {limit.id: limit.dated[0].cert for limit in rule.limits}
    assert certs == {
        "lim_cs137": "memory", "lim_i131": "memory", "lim_sr90": "memory", "lim_h3": "memory",
        "origin_cs": "seen",
    }  # fmt: skip


# 12. state_status mixes eligible, published, contested.
def test_fault_12_what_stands_what_could_be_decided_and_what_is_said_are_three_things() -> None:
    rule = text("staged_resumption")
    said = (
        decided("resume_conditionally", "2021-03-01", "importing"),
        "{s: s1, d: '2021-03-20', cs137: '900', species: flounder}",
        "{assertion: a1, measure: trade, by: west, d: '2021-03-22', state: suspended}",
        "{assertion: a2, measure: trade, by: east, d: '2021-03-23', state: conditional}",
    )
    history = told(rule, "trade", "2021-03-31", *said)
    assert history.in_force == "conditional"
    assert eligible(history) == {"respond_to_noncompliance"}
    assert history.status == "contested"
    assert [(a.by, a.state) for a in history.asserted] == [
        ("west", "suspended"), ("east", "conditional"),
    ]  # fmt: skip


# 13. abnormal_finding undefined, null values.
RESUMED = (
    "{doc: first_round_report, id: d1, issuer: agency, ruling: accepted, d: '2020-10-05'}",
    "{doc: second_round_report, id: d2, issuer: agency, ruling: accepted, d: '2021-02-08'}",
    "{s: s1, d: '2020-09-10', cs: '0.6', species: flounder, by: west}",
    "{s: s2, d: '2021-01-12', cs: '9', species: flounder, by: agency}",
    "{declared: guarantees_quality_and_official_supervision, by: east, d: '2021-03-01'}",
)


def test_fault_13_the_normal_range_is_open_and_decides_once_it_is_agreed() -> None:
    rule = text("staged_resumption")
    high = next(p for p in rule.parameters if p.id == "normal_high")
    assert high.open
    assert high.dated[0].cert == "ours"
    assert asked(rule, "resume_conditionally", "2021-03-31", *RESUMED).verdict == "holds"
    lower = apply_overrides(rule, {"parameters.normal_high.value": "8"})
    assert asked(lower, "resume_conditionally", "2021-03-31", *RESUMED).verdict == "fails"


def test_fault_13_without_a_number_it_is_unknown_and_says_which() -> None:
    rule = text("staged_resumption")
    parameters = tuple(
        structs.replace(p, value=None, cert=None, src=(), clause=None)
        if p.id == "normal_high"
        else p
        for p in rule.parameters
    )
    open_ = structs.replace(rule, parameters=parameters)
    found = asked(open_, "resume_conditionally", "2021-03-31", *RESUMED)
    assert found.verdict == "unknown"
    assert [(m.kind, m.of) for m in found.missing] == [("parameter", "normal_high")]


# 14. independent_sample_count >= 1 but rounds_min 2, no window; tank samples in unit "area".
def test_fault_14_two_rounds_in_a_window_and_no_water_among_the_samples() -> None:
    rule = text("staged_resumption")
    atom = {a.id: a for t, a, _ in atoms(rule) if t.id == "resume_conditionally"}["independent"]
    assert atom.window is not None
    assert asked(rule, "resume_conditionally", "2021-03-31", *RESUMED).verdict == "holds"
    assert asked(rule, "resume_conditionally", "2021-03-31", *RESUMED[1:]).verdict == "unknown"
    assert asked(rule, "resume_conditionally", "2022-01-13", *RESUMED).verdict == "unknown"
    assert rule.scope.where == {"category": ("seafood",)}
    assert {d.column for d in rule.scope.unit} == {"item_base", "region"}


def test_fault_14_samples_of_a_plant_are_looked_at_over_the_plant() -> None:
    rule = text("staged_resumption")
    evidence = untested("plant report")(fit_resumption())
    verdict = check_consignment(rule, GOODS, evidence, at=AT, bindings=BINDINGS, states=STATES)
    open_ = {c.id for c in verdict.conditions if c.verdict != "holds"}
    assert open_ == {"plant_report", "plant_limit"}
    over = {
        clause.when.over for check in rule.consignment_checks for clause in check.conditions
        if isinstance(clause.when, Atom) and clause.id in open_
    }  # fmt: skip
    assert over == {"plant"}


# 15. Protocol 3 has no unit; 2's is consignment, transitions area x product.
def test_fault_15_all_three_speak_of_the_same_units_and_consignments_apart() -> None:
    units = {tuple(d.column for d in text(name).scope.unit) for name in TEXTS}
    assert units == {("item_base", "region")}
    checks = {name: len(text(name).consignment_checks) for name in TEXTS}
    assert checks == {"origin_restriction": 0, "import_certificate": 1, "staged_resumption": 1}


# 16. revisits "ever"; MHLW rows have no points -> since, point basis.
def test_fault_16_points_are_named_and_revisits_look_back_a_stated_time() -> None:
    rule = text("origin_restriction")
    assert rule.scope.point == ("district", "locality")
    atom = {a.id: a for t, a, _ in atoms(rule) if t.id == "lift"}["exceeding_points_revisited"]
    old = "{s: s0, d: '2018-03-31', cs: '200', point: P9, species: flounder}"
    recent = "{s: s0, d: '2018-04-01', cs: '200', point: P9, species: flounder}"
    new = "{s: s1, d: '2021-03-20', cs: '5', point: P1, species: flounder}"
    day = date(2021, 3, 31)
    context = Context(at=day, known_at=day, terms=terms_of(rule), unit=UNIT, bindings=ROLES)
    assert evaluate(atom, lines(old, new), context).verdict == "holds"
    found = evaluate(atom, lines(recent, new), context)
    assert found.verdict == "unknown"
    assert {m.of for m in found.missing} == {"P9"}


# 17. 2,995 samples per unit-year: median unit has 2 in two years, none 2,995.
def test_fault_17_numbers_that_units_can_reach_and_a_pooled_report_for_the_rest() -> None:
    rule = text("staged_resumption")
    values = {p.id: p.dated[0].value for p in rule.parameters}
    for count in ("extend_samples", "normal_samples"):
        needed = int(values[count])
        assert Decimal("0.95") ** needed <= Decimal("0.05") < Decimal("0.95") ** (needed - 1)
    assert Decimal("0.999") ** 2995 <= Decimal("0.05") < Decimal("0.999") ** 2994
    pooled = next(d for d in rule.documents if d.id == "pooled_survey_report")
    for words in (pooled.text.en, pooled.text.ja, pooled.text.zh):
        assert words
    assert "exact binomial" in pooled.text.en
    step = {a.id for t, a, _ in atoms(rule) if t.id == "normalise"}
    assert "pooled" in step


# 18. NaI pass 50 unlinked to limits -> indeterminate.
def test_fault_18_the_text_states_screening_beside_the_limit_it_is_for() -> None:
    rule = text("origin_restriction")
    found = {limit.id: limit.screening for limit in rule.limits}
    stated = found["cs_limit"]
    assert stated is not None
    assert (stated.technique, stated.level) == ("NaI", "50")
    assert stated.cite is not None
    assert (stated.cite.src, stated.cite.cert) == (("S4",), "seen")
    assert found["coop_limit"] is None  # no source states a level for it, which its clause says


@pytest.mark.parametrize(
    ("cs", "screened"), [("40", "holds"), ("50", "holds"), ("50.1", "unknown"), ("130", "unknown")]
)
def test_fault_18_screening_above_its_level_clears_nothing(cs: str, screened: str) -> None:
    rule = text("origin_restriction")
    atom = {a.id: a for t, a, _ in atoms(rule) if t.id == "lift"}["none_above"]
    day = date(2021, 3, 31)
    confirmed = "fails" if cs == "130" else "holds"
    for technique, expected in (("NaI", screened), ("HPGe", confirmed)):
        context = Context(at=day, known_at=day, terms=terms_of(rule), unit=UNIT, bindings=ROLES)
        said = f"{{s: s1, d: '2021-03-20', cs: '{cs}', technique: {technique}, species: flounder}}"
        assert evaluate(atom, lines(said), context).verdict == expected


def test_fault_18_screening_above_the_limit_restricts_nothing_until_it_is_confirmed() -> None:
    rule = text("origin_restriction")
    first = "{s: s1, d: '2021-03-10', cs: '130', point: P1, technique: HPGe, species: flounder}"
    second = "{s: s2, d: '2021-03-20', cs: '150', point: P2, technique: NaI, species: flounder}"
    history = told(rule, "restriction", "2021-03-31", first, second)
    assert "impose" not in eligible(history)
    assert [m.kind for m in history.now["impose"].missing] == ["indeterminate_result"]
    confirmed = second.replace("NaI", "HPGe")
    assert "impose" in eligible(told(rule, "restriction", "2021-03-31", first, confirmed))


# 19. Untyped: share random|1.0, working_days, days_since 180, on_unknown; valid_to inclusive.
@pytest.mark.parametrize(
    ("name", "path", "wrong"),
    [
        ("staged_resumption", "extend_share", "random"),
        ("staged_resumption", "response_window", "5 working_days"),
        ("staged_resumption", "plant_report_from", "2023"),
        ("import_certificate", "relax_samples", "59.5"),
        ("origin_restriction", "lift_weeks", "P4W"),
    ],
)
def test_fault_19_parameters_have_types(name: str, path: str, wrong: str) -> None:
    content = yaml.load(shipped(name), yaml.BaseLoader)
    parameter = next(p for p in content["parameters"] if p["id"] == path)
    load_agreement(yaml.safe_dump(content, allow_unicode=True), name)
    parameter["value"] = wrong
    with pytest.raises(AgreementErrors, match=f"`{wrong}`"):
        load_agreement(yaml.safe_dump(content, allow_unicode=True), name)


def test_fault_19_the_last_day_is_the_day_before_valid_to() -> None:
    """The scheme imitated ended on 2 August 2023: its half-open end is the 3rd."""
    rule = structs.replace(
        text("import_certificate"), valid_from="2021-10-10", valid_to="2023-08-03"
    )
    days = [date(2021, 10, 9), date(2021, 10, 10), date(2023, 8, 2), date(2023, 8, 3)]
    assert [in_force(rule, day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize("name", TEXTS)
def test_fault_19_a_review_is_a_period_and_an_alarm(name: str) -> None:
    rule = text(name)
    reviewed = [m for m in rule.measures if m.review is not None]
    assert reviewed
    assert all(m.review.by in rule.roles for m in reviewed if m.review is not None)


# 20. No rounding mode, limits without basis; document_valid false on absence; overlapping
# transitions.
@pytest.mark.parametrize("name", TEXTS)
def test_fault_20_limits_say_rounding_basis_and_comparison(name: str) -> None:
    for limit in text(name).limits:
        assert limit.basis is not None
        assert limit.exceeds_when == "gt"
        assert limit.round == "none" or limit.round.mode == "half_up"


def test_fault_20_a_document_that_is_absent_is_not_invalid() -> None:
    rule = text("staged_resumption")
    found = asked(rule, "respond_to_noncompliance", "2021-03-31")
    node = next(n for n in found.tree.atoms() if n.path.endswith("certificate_rejected"))
    assert node.verdict == "unknown"


@pytest.mark.parametrize("name", TEXTS)
def test_fault_20_steps_that_may_hold_together_are_told_and_none_is_taken(name: str) -> None:
    assert not any(step.automatic for step in text(name).transitions)
    content = yaml.safe_load(shipped(name))
    measure = content["measures"][0]["id"]
    same = [step for step in content["transitions"] if step["measure"] == measure]
    first, second = next(
        (a, b) for a in same for b in same if a is not b and set(a["from"]) & set(b["from"])
    )
    for step in (first, second):
        step["automatic"] = "true"
        del step["decided_by"]
    content["roles"] = {k: {**v, "powers": []} for k, v in content["roles"].items()}
    with pytest.raises(AgreementErrors, match="distinct priorities"):
        load_agreement(yaml.safe_dump(content, allow_unicode=True), name)


def test_fault_20_both_of_two_steps_that_hold_are_listed() -> None:
    rule = text("import_certificate")
    history = told(
        rule, "scheme", "2021-03-31",
        "{register: border_checks, by: west-post, from: '2011-04-01', "
        "complete_through: '2021-03-31', consignments: '40', rejected: '0'}",
        "{declared: keeps_and_publishes_monitoring, by: east, d: '2021-03-01'}",
        "{s: s1, d: '2021-03-20', cs: '130', species: flounder}",
    )  # fmt: skip
    assert history.in_force == "certificate"
    assert eligible(history) == {"repeal", "tighten_item"}


def test_each_of_the_twenty_has_a_test() -> None:
    names = [name for name in globals() if name.startswith("test_fault_")]
    assert {name[11:13] for name in names} == {f"{n:02}" for n in range(1, 21)}
