"""Overrides: a path leads to one place, takes what that place takes, or is refused by name."""

from __future__ import annotations

import pytest

from fairwater.agreement.load import content_id, load_agreement, shipped
from fairwater.agreement.model import Agreement, All, Atom, DatedValue, Param
from fairwater.agreement.override import (
    OverrideError,
    apply_overrides,
    parse_setting,
    resolve,
    unread,
)


@pytest.fixture(scope="module")
def rule() -> Agreement:
    return load_agreement(shipped("origin_restriction"), "rule.yaml").agreement


def atom(agreement: Agreement, transition: str, name: str) -> Atom:
    (step,) = [entry for entry in agreement.transitions if entry.id == transition]
    assert isinstance(step.when, All)
    (found,) = [entry for entry in step.when.of if entry.id == name]
    assert isinstance(found, Atom)
    return found


def test_a_window_by_ids(rule: Agreement) -> None:
    changed = apply_overrides(rule, {"transitions.impose.when.two_points.window": "P30D"})
    assert atom(changed, "impose", "two_points").window == "P30D"
    assert content_id(changed) != content_id(rule)
    assert atom(rule, "impose", "two_points").window != "P30D"


def test_the_id_may_be_left_out_where_there_is_one_atom(rule: Agreement) -> None:
    long = "transitions.impose.when.two_points.window"
    assert resolve(rule, "transitions.impose.when.window").full == long
    with pytest.raises(OverrideError, match=r"no `window` in `transitions\.lift\.when`"):
        resolve(rule, "transitions.lift.when.window")


def test_a_field_not_written_may_be_set_and_a_comparator_replaces_the_other(
    rule: Agreement,
) -> None:
    changed = apply_overrides(
        rule,
        {
            "transitions.impose.when.gt": 2,
            "transitions.impose.when.since": "2020-01-01",
            "transitions.lift.decide_within": "P30D",
        },
    )
    two_points = atom(changed, "impose", "two_points")
    assert two_points.comparators == (("gt", "2"),)
    assert two_points.since == "2020-01-01"
    assert [t.decide_within for t in changed.transitions if t.id == "lift"] == ["P30D"]


@pytest.mark.parametrize("path", ["limits.cs_limit", "limits.cs_limit.value"])
def test_a_value_set_is_ours_and_for_all_time(rule: Agreement, path: str) -> None:
    changed = apply_overrides(rule, {path: 50})
    (limit,) = [entry for entry in changed.limits if entry.id == "cs_limit"]
    assert limit.dated == (DatedValue(value="50", cert="ours"),)


def test_one_dated_value_alone() -> None:
    text = shipped("origin_restriction").replace(
        "    value: 2\n    src: [S1, S5]\n    clause: another point exceeds; more than one point\n"
        "    cert: seen\n",
        "    values:\n"
        "      - {to: 2015-01-01, value: 2, cert: ours}\n"
        "      - {from: 2015-01-01, value: 3, cert: ours}\n",
    )
    dated = load_agreement(text, "x").agreement
    changed = apply_overrides(dated, {"parameters.impose_points.values[2].value": 4})
    values = next(p for p in changed.parameters if p.id == "impose_points").dated
    assert [(v.from_, v.to, v.value) for v in values] == [
        (None, "2015-01-01", "2"),
        ("2015-01-01", None, "4"),
    ]


@pytest.mark.parametrize(
    ("path", "value", "problem", "expected"),
    [
        ("transitions.impose.when.windw", "P30D", "no `windw`", "window"),
        ("transitions.impos.when", "x", "did you mean `impose`?", "impose"),
        ("limits.cs.value", "50", "no `cs` in `limits`", "cs_limit"),
        ("nothing", "1", "no `nothing` in the agreement", "limits"),
        ("limits.cs_limit.value", "fifty", "`fifty`", "a decimal number"),
        ("limits.cs_limit.value", "1_000", "`1_000`", "a decimal number"),
        ("limits.cs_limit.round.mode", "up-ish", "`up-ish`", "half_up"),
        ("limits.cs_limit.exceeds_when", "", "``", "gt"),
        ("transitions.impose.automatic", "yes", "`yes`", "true or false"),
        ("transitions.impose.priority", "0", "`0`", "a whole number from 1"),
        ("transitions.impose.when.window", "30", "`30`", "a period of one unit"),
        ("transitions.impose.when.ge", "two", "`two`", "a whole number"),
        ("transitions.impose.when.limit", "cs", "limit `cs`", "cs_limit"),
        ("transitions.impose.when.metric", "excess", "the metric `excess`", "exceed_count"),
        ("parameters.impose_window", "90", "`90`", "a period"),
        ("parameters.impose_points", "2.5", "`2.5`", "a whole number"),
        ("title.en.more", "x", "nothing is inside it", "title.en"),
    ],
)
def test_refused_naming_path_and_type(
    rule: Agreement, path: str, value: str, problem: str, expected: str
) -> None:
    with pytest.raises(OverrideError) as caught:
        apply_overrides(rule, {path: value})
    assert caught.value.path == path
    assert problem in str(caught.value)
    assert expected in caught.value.expected
    assert path in str(caught.value)


def test_settings_as_a_command_line_writes_them() -> None:
    assert parse_setting("parameters.min_points=3") == ("parameters.min_points", "3")
    assert parse_setting("a.window={param: w}") == ("a.window", {"param": "w"})
    assert parse_setting("a.from=[none, suspended]") == ("a.from", ["none", "suspended"])
    assert parse_setting("a.party=NO") == ("a.party", "NO")
    assert parse_setting("a.exceeds_when=>=") == ("a.exceeds_when", ">=")
    with pytest.raises(OverrideError, match="no `=`"):
        parse_setting("parameters.min_points")


def test_a_parameter_reference_may_be_set(rule: Agreement) -> None:
    path, value = parse_setting("transitions.impose.when.window={param: lift_window}")
    changed = apply_overrides(rule, {path: value})
    assert atom(changed, "impose", "two_points").window == Param(param="lift_window")


def test_every_override_counts_and_order_does_not(rule: Agreement) -> None:
    one = {"limits.cs_limit": "50", "parameters.impose_points": "3"}
    other = dict(reversed(one.items()))
    assert content_id(apply_overrides(rule, one)) == content_id(apply_overrides(rule, other))


def test_a_path_nobody_read_is_told(rule: Agreement) -> None:
    paths = ["transitions.impose.when.window", "limits.coop_limit", "parameters.lift_weeks"]
    reads = {"transitions.impose", "limits.cs_limit", "parameters.impose_points"}
    assert unread(rule, paths, reads) == ("limits.coop_limit", "parameters.lift_weeks")
    assert unread(rule, paths, {*reads, "limits.coop_limit", "parameters.lift_weeks"}) == ()


def test_setting_what_is_there_changes_nothing_but_its_confidence(rule: Agreement) -> None:
    same = apply_overrides(rule, {"transitions.impose.when.date": "sampled"})
    assert content_id(same) == content_id(rule)
