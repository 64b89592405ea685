"""The shipped rule: the listed faults of its draft mended, in prose and in schema.

Truth: the fault list of the agreement language (section 3), its numbers below.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import jsonschema
import pytest
import yaml

from fairwater.agreement.checks.finding import atoms
from fairwater.agreement.load import canonical, load_agreement, shipped, shipped_names
from fairwater.agreement.metrics.registry import METRICS
from fairwater.agreement.model import Agreement, Atom, Param
from fairwater.agreement.prose import prose
from fairwater.agreement.schema import json_schema
from fairwater.agreement.source import read
from fairwater.records.text import Language

LANGUAGES: tuple[Language, ...] = ("en", "ja", "zh")


@pytest.fixture(scope="module")
def rule() -> Agreement:
    return load_agreement(shipped("origin_restriction"), "origin_restriction.yaml").agreement


def every_atom(rule: Agreement) -> Iterator[tuple[str, Atom]]:
    for transition, atom, _ in atoms(rule):
        yield f"{transition.id}.{atom.id}", atom


def test_shipped_rules_load_without_a_warning() -> None:
    assert "origin_restriction" in shipped_names()
    for name in shipped_names():
        assert load_agreement(shipped(name), name).warnings == ()


def test_an_unknown_name_lists_those_there_are() -> None:
    with pytest.raises(LookupError, match="origin_restriction"):
        shipped("origin")


def test_fault_1_every_window_has_its_date_written_and_the_rule_its_zone(rule: Agreement) -> None:
    assert rule.time_zone == "Asia/Tokyo"
    text = shipped("origin_restriction")
    assert len(list(every_atom(rule))) == text.count("metric: ") == text.count(" date: sampled\n")


def test_fault_2_no_count_of_zero_holds_without_a_sample(rule: Agreement) -> None:
    zero = [name for name, atom in every_atom(rule) if atom.eq == "0"]
    assert set(zero) == {"industry_release.none_above", "lift.none_above", "normalise.none_above"}
    assert all(atom.empty == "unknown" for _, atom in every_atom(rule))


def test_fault_3_what_tightens_looks_only_at_what_came_since(rule: Agreement) -> None:
    since = {name for name, atom in every_atom(rule) if atom.since == "last_transition"}
    assert since == {"impose.two_points", "industry_hold.one_above"}


def test_fault_3_holds_because_the_industry_is_a_measure_of_its_own(rule: Agreement) -> None:
    """With the industry's stop in the same measure, `since` would forget the first exceedance."""
    measures = {step.id: step.measure for step in rule.transitions}
    assert measures["industry_hold"] != measures["impose"] == measures["lift"]


def test_fault_4_weeks_are_counted_as_weeks(rule: Agreement) -> None:
    weeks = dict(every_atom(rule))["lift.every_week"]
    assert weeks.weeks == Param(param="lift_weeks")
    assert weeks.window is None
    assert {p.id: p.value for p in rule.parameters}["lift_weeks"] == "4"


def test_faults_10_and_19_every_role_is_declared_and_every_field_typed(rule: Agreement) -> None:
    roles = {step.decided_by for step in rule.transitions}
    roles |= {step.application_by for step in rule.transitions} - {None}
    assert roles <= set(rule.roles)
    assert rule.owed_by.samples in rule.roles
    assert rule.owed_by.results in rule.roles


def test_fault_11_every_value_has_its_own_source_and_confidence(rule: Agreement) -> None:
    for part in (*rule.limits, *rule.parameters):
        assert part.dated, part.id
        for value in part.dated:
            assert value.cert in ("seen", "memory", "ours"), part.id
            assert value.cert != "seen" or value.src, part.id
            assert value.src or value.clause, part.id


def test_fault_16_revisits_look_back_a_stated_time_and_name_the_point(rule: Agreement) -> None:
    assert dict(every_atom(rule))["lift.exceeding_points_revisited"].look_back is not None
    assert rule.scope.point == ("district", "locality")


def test_fault_20_limits_say_basis_rounding_and_comparison(rule: Agreement) -> None:
    for limit in rule.limits:
        assert limit.basis is not None
        assert limit.round != "none"
        assert (limit.round.significant, limit.round.mode) == (2, "half_up")
        assert limit.exceeds_when == "gt"
        assert limit.sum_from == "reported"


def test_what_the_sources_leave_open_is_open_to_negotiation(rule: Agreement) -> None:
    by_id = {parameter.id: parameter for parameter in rule.parameters}
    assert (by_id["impose_window"].value, by_id["impose_window"].open) == ("P90D", True)
    assert {p.id for p in rule.parameters if p.open} >= {"impose_window", "hold_window"}
    assert all(p.dated[0].cert == "ours" for p in rule.parameters if p.open)


def test_ids_and_parties_name_no_country(rule: Agreement) -> None:
    """Direction-neutral: only titles of sources may name one."""
    ids = canonical(rule).decode()
    ids = re.sub(r'"(title|text|url|clause|time_zone)":("[^"]*"|\{[^}]*\})', "", ids)
    assert not re.search(r"(?i)japan|china|fukushima|日本|中国|tokyo", ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_prose_says_every_value_with_its_confidence(rule: Agreement, language: Language) -> None:
    text = prose(rule, language)
    for limit in rule.limits:
        assert f"`{limit.id}`" in text
    for parameter in rule.parameters:
        assert f"`{parameter.id}`" in text
    for transition in rule.transitions:
        assert f"### {transition.id}" in text
    for name, source in rule.sources.items():
        assert name in text
        assert source.title in text
    ours = {"en": "our choice", "ja": "当方の選択", "zh": "我方选择"}[language]
    seen = {"en": "seen in source", "ja": "出典で確認", "zh": "已在来源中查证"}[language]
    certs = [part.dated[0].cert for part in (*rule.limits, *rule.parameters)]
    assert text.count(ours) >= certs.count("ours")
    assert text.count(seen) >= certs.count("seen")
    assert "{" not in text


def test_prose_is_made_from_the_data(rule: Agreement) -> None:
    text = shipped("origin_restriction").replace("value: P90D", "value: P45D")
    assert "in the last 45 days (`impose_window`)" in prose(
        load_agreement(text, "x").agreement, "en"
    )
    assert "in the last 90 days (`impose_window`)" in prose(rule, "en")
    assert "直近 90日 (`impose_window`)" in prose(rule, "ja")
    assert "最近 90天 (`impose_window`)" in prose(rule, "zh")


def test_prose_has_words_for_every_metric_in_every_language() -> None:
    for name, spec in METRICS.items():
        operand = {"count": "1", "decimal": "1", "share": "0.5", "period": "P1Y"}
        needs = {
            "limit": "l", "confidence": "0.95", "document": "d", "report": "r", "required": "20",
            "normal": {"low": "1", "high": "2"}, "list": "places", "states": ["here"],
            "match": ["lots", "mass"], "after": "facility_registration", "day_itself": "counts",
            "tolerance": "0.01",
        }  # fmt: skip
        asked = spec.needs or ({"report"} if name == "report_age" else set())
        atom = {"metric": name, **{key: needs[key] for key in asked}}
        comparator = spec.comparators[0]
        atom[comparator] = "true" if comparator == "is" else operand[spec.scale]
        text = json.dumps({
            "id": "a", "version": "v1", "title": {"en": "t"}, "time_zone": "UTC",
            "roles": {"origin": {}, "lab": {}},
            "documents": [{"id": "d", "issuer": "origin", "states_one_of": [{"id": "here"}]}],
            "lists": [{"id": "places"}], "lot_actions": [{"id": "detain", "rank": "1"}],
            "consignment_checks": [{"id": "c", "destination": "lab", "conditions": [
                {"id": "one", "when": atom, "on_fail": "detain", "on_unknown": "detain"}]}],
            "limits": [{"id": "l", "nuclides": ["Cs-137"], "combine": "single", "value": "1",
                        "unit": "Bq/kg", "exceeds_when": "ge", "round": "none", "cert": "ours"}],
            "measures": [{"id": "m", "initial": "x",
                          "states": [{"id": "x", "rank": "0"}, {"id": "y", "rank": "1"}]}],
            "transitions": [{"id": "t", "from": ["x"], "to": "y", "decided_by": "origin",
                             "when": "holds" if spec.goods_only else atom}],
        })  # fmt: skip
        agreement = load_agreement(text, name).agreement
        for language in LANGUAGES:
            said = prose(agreement, language)
            assert f"`{name}`" not in said, "an atom without words is shown by its name"


def test_the_schema_takes_what_the_reader_takes() -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    text = shipped("origin_restriction")
    agreement = load_agreement(text, "x").agreement
    # Our text-only reading, the usual typed reading, and the canonical form.
    for content in (
        read(text, "x").content,
        yaml.safe_load(text),
        json.loads(canonical(agreement)),
    ):
        assert list(validator.iter_errors(content)) == []


@pytest.mark.parametrize(
    ("where", "change"),
    [
        ("$.limits[0]", lambda d: d["limits"][0].pop("unit")),
        ("$.limits[0]", lambda d: d["limits"][0].pop("exceeds_when")),
        ("$.limits[0].round", lambda d: d["limits"][0]["round"].pop("mode")),
        ("$.transitions[0]", lambda d: d["transitions"][0]["when"].update(metric="excess")),
        ("$.transitions[0]", lambda d: d["transitions"][0].update(form="all")),
        ("$", lambda d: d.update(more="1")),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(where: str, change: object) -> None:
    content = read(shipped("origin_restriction"), "x").content
    assert callable(change)
    change(content)
    validator = jsonschema.Draft202012Validator(json_schema())
    errors = list(validator.iter_errors(content))
    assert errors
    assert all(where.startswith(error.json_path) for error in errors)
