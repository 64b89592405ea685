"""Bad agreements: every fault at once, with file, line and what to write instead.

Truth: the "Bad input" list of the agreement language and field cases F2 and F8.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from fairwater.agreement.load import load_agreement
from fairwater.agreement.problems import AgreementErrors, Problem

MINIMAL = (Path(__file__).parent / "small.yaml").read_text(encoding="utf-8")


def problems(text: str, name: str = "rule.yaml") -> tuple[Problem, ...]:
    with pytest.raises(AgreementErrors) as caught:
        load_agreement(text, name)
    found = caught.value.problems
    assert [(p.line, p.column) for p in found] == sorted((p.line, p.column) for p in found)
    assert all(p.file == name and p.found and p.expected and p.remedy for p in found)
    return found


def changed(text: str, old: str, new: str) -> tuple[str, int]:
    """The text with one piece replaced, and the line of that piece."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new), text[: text.index(old)].count("\n") + 1


def test_the_small_agreement_loads_without_a_word() -> None:
    loaded = load_agreement(MINIMAL, "small.yaml")
    assert loaded.agreement.id == "small"
    assert loaded.warnings == ()


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("value: 100", "value: 1_000", 12),
        ("unit: Bq/kg", "unit: becquerel", 11),
        ("to: none", "to: nome", 9),
        ("exceeds_when: gt", "exceeds_wen: gt", 5),
    ],
)
def test_line_and_column_are_those_of_the_fault(old: str, new: str, column: int) -> None:
    text, line = changed(MINIMAL, old, new)
    assert (line, column) in [(p.line, p.column) for p in problems(text)]


def test_all_faults_of_a_file_at_once() -> None:
    """Faults of form and faults of reference, in one report; none told twice."""
    text = MINIMAL
    for old, new in [
        ("time_zone: Asia/Tokyo", "time_zone: Tokio"),
        ("    unit: Bq/kg\n", ""),
        ("{significant: 2, mode: half_up}", "{significant: 2}"),
        ("{id: suspended, rank: 1}]", "{id: suspended, rank: 1}, {id: lost, rank: 2}]"),
        (
            "metric: exceed_count, limit: cs, window: P30D",
            "metric: excess, limit: cs, window: P30D",
        ),
        ("window: P90D", "window: 90"),
    ]:
        text, _ = changed(text, old, new)
    found = [(p.path, p.found) for p in problems(text)]
    assert [path for path, _ in found] == [
        "time_zone",
        "limits.cs",
        "limits.cs.round",
        "transitions.impose.when.window",
        "transitions.lift.when.metric",
    ]
    # The limit is left out for its own faults: that atoms refer to it is no fault of theirs.
    assert not any("`cs`" in text for _, text in found)


def test_a_broken_limit_does_not_hide_the_rest() -> None:
    text, _ = changed(MINIMAL, "    unit: Bq/kg\n", "")
    text, _ = changed(text, "to: none", "to: nome")
    assert [p.path for p in problems(text)] == ["limits.cs", "transitions.lift.to"]


def test_two_automatic_transitions_that_can_both_fire() -> None:
    """Message form of the case `two_transitions_at_once`."""
    text = MINIMAL.replace("    decided_by: national\n", "    automatic: true\n")
    text = text.replace("from: [suspended]", "from: [none]").replace("to: none", "to: suspended")
    (problem,) = [p for p in problems(text) if "automatic" in p.found]
    assert problem.found == (
        "transitions impose and lift are automatic, share from-state none and have no priority"
    )
    assert problem.remedy == "priority: 1 in impose, priority: 2 in lift"
    assert problem.line == 1 + text[: text.index("id: lift")].count("\n")


def test_distinct_priorities_settle_it_and_equal_ones_do_not() -> None:
    text = MINIMAL.replace("    decided_by: national\n", "    automatic: true\n    priority: 1\n")
    text = text.replace("from: [suspended]", "from: [none, suspended]")
    text = text.replace("to: none", "to: suspended").replace(
        "from: [none, suspended]", "from: [none]"
    )
    assert any("both priority 1" in p.found for p in problems(text))
    first, _, rest = text.partition("priority: 1")
    second = first + "priority: 1" + rest.replace("priority: 1", "priority: 2")
    load_agreement(second, "x")


def test_an_empty_file_and_a_list_are_no_agreement() -> None:
    for text in ("- a\n- b\n", "just words\n"):
        (problem,) = problems(text)
        assert problem.found == "no mapping"


def test_missing_top_level_keys_are_all_named() -> None:
    found = {p.found for p in problems("text: {en: x}\n")}
    assert {
        "an agreement has no `id`",
        "an agreement has no `version`",
        "an agreement has no `title`",
        "an agreement has no `time_zone`",
    } <= found


def test_f8_no_is_a_party() -> None:
    """F8: the parties "NO" and "NA", never false or nothing."""
    text, _ = changed(MINIMAL, "roles: {national:", "roles: {importing: NO, origin: NA, national:")
    roles = load_agreement(text, "x").agreement.roles
    assert (roles["importing"].party, roles["origin"].party) == ("NO", "NA")


def test_a_role_is_not_played_by_nobody() -> None:
    text, line = changed(MINIMAL, "roles: {national:", "roles: {importing: '', national:")
    (problem,) = problems(text)
    assert (problem.line, problem.path, problem.found) == (line, "roles.importing", "``")


def test_lists_may_be_mappings_by_id() -> None:
    text = MINIMAL.replace("  - id: cs\n", "  cs:\n")
    assert load_agreement(text, "x").agreement == load_agreement(MINIMAL, "x").agreement
    twice = MINIMAL.replace("  - id: cs\n", "  cs:\n    id: other\n")
    assert "id `other` under the key `cs`" in [p.found for p in problems(twice)]
    found = [p.found for p in problems(MINIMAL.replace("  - id: cs\n", "  9cs:\n"))]
    assert found.count("`9cs`") == 1


def test_dated_values_neither_overlap_nor_leave_gaps() -> None:
    def dated(first: str, second: str) -> str:
        values = (
            f"    values:\n      - {{{first}, value: 500, cert: ours}}\n"
            f"      - {{{second}, value: 100, cert: ours}}\n"
        )
        return MINIMAL.replace("    value: 100\n", values).replace("    cert: ours\n", "", 1)

    good = dated("to: 2012-04-01", "from: 2012-04-01")
    assert load_agreement(good, "x").warnings == ()
    (overlap,) = problems(dated("to: 2012-04-02", "from: 2012-04-01"))
    assert "two values on 2012-04-01: `500` and `100`" in overlap.found
    (gap,) = load_agreement(dated("to: 2012-03-01", "from: 2012-04-01"), "x").warnings
    assert gap.found == "no value from 2012-03-01 until 2012-04-01"
    assert problems(dated("from: 2012-04-01, to: 2012-04-01", "from: 2013-01-01"))


@pytest.mark.parametrize(
    ("old", "new", "path", "found"),
    [
        (", since: last_transition", "", "transitions.impose.when",
         "`impose` looks back over 90 days, `lift` over 30"),
        ("window: P30D, eq: 0", "window: P30D, empty: zero, eq: 0", "transitions.lift.when.empty",
         "`lift` relaxes on no evidence"),
        ("title: {en: Small, ja: 小, zh: 小}", "title: {en: Small}", "title", "no text in ja, zh"),
        ("time_zone: Asia/Tokyo\n", "time_zone: Asia/Tokyo\nsources: {S1: {title: a}}\n",
         "sources.S1", "the source `S1`, unused"),
        ("limits:\n", "parameters: [{id: p, type: count, open: true, text: {en: p, ja: p, zh: p}}]"
         "\nlimits:\n", "parameters.p", "`p`, unused"),
        ("    value: 100\n", "    open: true\n", "limits.cs", "`cs` is open"),
    ],
)  # fmt: skip
def test_warnings(old: str, new: str, path: str, found: str) -> None:
    text, _ = changed(MINIMAL, old, new)
    warnings = load_agreement(text, "x").warnings
    assert [(w.path, w.severity) for w in warnings if found in w.found] == [(path, "warning")]


def test_a_state_nobody_can_leave_is_pointed_out() -> None:
    text = MINIMAL[: MINIMAL.index("  - id: lift")]
    (warning,) = load_agreement(text, "x").warnings
    assert warning.found == "the state `suspended`, which no transition leaves"


@pytest.mark.parametrize(
    ("kind", "value"),
    [("count", "2.5"), ("count", "02"), ("share", "1.5"), ("period", "90"), ("day", "2025-02-30"),
     ("boolean", "yes"), ("decimal", "1e")],
)  # fmt: skip
def test_a_parameter_has_the_type_it_states(kind: str, value: str) -> None:
    text = MINIMAL.replace(
        "limits:\n",
        f"parameters: [{{id: p, type: {kind}, value: {value!r}, cert: ours}}]\nlimits:\n",
    )
    (problem,) = [p for p in problems(text) if p.path.startswith("parameters")]
    assert problem.found == f"`{value}` for a parameter of type {kind}"


def test_an_operand_wants_a_parameter_of_its_type() -> None:
    text = MINIMAL.replace(
        "limits:\n",
        "parameters: [{id: p, type: count, value: 3, cert: ours}]\nlimits:\n",
    ).replace("window: P30D", "window: {param: p}")
    (problem,) = problems(text)
    assert problem.found == "the parameter `p` of type count"
    assert problem.expected == "a parameter of type period"


def test_f2_the_limit_of_the_case() -> None:
    """F2: two figures, half up, exceeded when greater: all three are mandatory and kept."""
    limit = load_agreement(MINIMAL, "x").agreement.limits[0]
    assert limit.round != "none"
    assert (limit.round.significant, limit.round.mode, limit.exceeds_when) == (2, "half_up", "gt")
    assert limit.dated[0].value == "100"
