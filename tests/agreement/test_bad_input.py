"""Bad agreements, fault by fault: file, line, what stood there and what to write instead.

Truth: the "Bad input" list of the agreement language and field cases F2 and F8.
Each case changes one piece of the small agreement; the line is where that piece stands.
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


WHEN = "when: {metric: exceed_count, limit: cs, window: P30D, eq: 0}"


@pytest.mark.parametrize(
    ("old", "new", "path", "found", "remedy"),
    [
        # The bad input of the main issue.
        (
            "metric: exceed_count, limit: cs, window: P30D",
            "metric: exced_count, limit: cs, window: P30D",
            "transitions.lift.when.metric",
            "the metric `exced_count`",
            "metric: exceed_count",
        ),
        ("    unit: Bq/kg\n", "", "limits.cs", "a limit has no `unit`", "unit: Bq/kg"),
        (
            "    exceeds_when: gt\n",
            "",
            "limits.cs",
            "a limit has no `exceeds_when`",
            "exceeds_when: gt",
        ),
        (
            "{significant: 2, mode: half_up}",
            "{significant: 2}",
            "limits.cs.round",
            "a round has no `mode`",
            "mode: half_up",
        ),
        (
            "    round: {significant: 2, mode: half_up}\n",
            "",
            "limits.cs",
            "a limit has no `round`",
            "round:",
        ),
        ("{significant: 2, mode: half_up}", "2", "limits.cs.round", "`2`", "round:"),
        (
            "{significant: 2, mode: half_up}",
            "{significant: 2, mode: half-up}",
            "limits.cs.round.mode",
            "`half-up`",
            "mode: half_up",
        ),
        (
            "{significant: 2, mode: half_up}",
            "{mode: half_up}",
            "limits.cs.round",
            "neither `significant` nor `places`",
            "significant: 2",
        ),
        (
            "{significant: 2, mode: half_up}",
            "{significant: 2, places: 0, mode: half_up}",
            "limits.cs.round",
            "both `significant` and `places`",
            "significant: 2",
        ),
        (
            "{id: suspended, rank: 1}]",
            "{id: suspended, rank: 1}, {id: lost, rank: 2}]",
            "measures.ban.states.lost",
            "the state `lost`, which no sequence of transitions reaches",
            "to: lost",
        ),
        # F8: other forms of numbers, words and days.
        ("value: 100", "value: 1_000", "limits.cs.value", "`1_000`", "value: 1000"),
        ("value: 100", "value: 1,000", "limits.cs.value", "`1,000`", "value: 1000"),
        ("value: 100", "value: １００", "limits.cs.value", "`１００`", "value: 100"),
        ("value: 100", "value: 100 Bq/kg", "limits.cs.value", "`100 Bq/kg`", "value: 100"),
        (
            "{id: none, rank: 0}",
            "{id: none, rank: 0123}",
            "measures.ban.states.none.rank",
            "`0123`",
            "rank: 123",
        ),
        ("window: P30D", "window: 12:30", "transitions.lift.when.window", "`12:30`", "P30D"),
        (
            "window: P30D",
            "window: 30 days",
            "transitions.lift.when.window",
            "`30 days`",
            "window: P30D",
        ),
        ("window: P30D", "window: P1M2D", "transitions.lift.when.window", "`P1M2D`", "P1M"),
        (
            "version: v1\n",
            "version: v1\nvalid_from: 2025/6/29\n",
            "valid_from",
            "`2025/6/29`",
            "valid_from: 2025-06-29",
        ),
        (
            "version: v1\n",
            "version: v1\nvalid_from: 2025-02-30\n",
            "valid_from",
            "`2025-02-30`",
            "a day such as",
        ),
        (
            "id: lift\n",
            "id: lift\n    automatic: NO\n",
            "transitions.lift.automatic",
            "`NO`",
            "automatic: false",
        ),
        # A role left empty is nothing, as if it were not written.
        (
            "decided_by: national\n    text: {en: l",
            "decided_by:\n    text: {en: l",
            "transitions.lift",
            "nobody decides",
            "decided_by: …",
        ),
        # Keys, kinds and names.
        (
            "exceeds_when: gt",
            "exceeds_wen: gt",
            "limits.cs.exceeds_wen",
            "the key `exceeds_wen` is not known here",
            "`exceeds_when:`",
        ),
        (
            "exceeds_when: gt",
            "exceeds_when: '>'",
            "limits.cs.exceeds_when",
            "`>`",
            "exceeds_when: gt",
        ),
        ("[Cs-134, Cs-137]", "[Cs-134, Cs137]", "limits.cs.nuclides[2]", "`Cs137`", "Cs-137"),
        (
            "[Cs-134, Cs-137]",
            "[Cs-134, Xx-137]",
            "limits.cs.nuclides[2]",
            "the nuclide `Xx-137`",
            "Cs-137",
        ),
        (
            "[Cs-134, Cs-137]",
            "[Cs-137, Cs-137]",
            "limits.cs.nuclides",
            "`Cs-137` 2 times",
            "Cs-137",
        ),
        ("combine: sum", "combine: single", "limits.cs.combine", "with 2 nuclides", "combine: sum"),
        (
            "combine: sum",
            "combine: sum_of_fractions",
            "limits.cs",
            "without a reference",
            "references:",
        ),
        ("unit: Bq/kg", "unit: becquerel", "limits.cs.unit", "the unit `becquerel`", "unit: Bq/kg"),
        ("    value: 100\n", "", "limits.cs", "no value, and not `open`", "open: true"),
        ("    cert: ours\n", "", "limits.cs", "the value `100` without `cert`", "cert: ours"),
        ("    cert: ours\n", "    cert: seen\n", "limits.cs", "seen, but nowhere", "src: [S1]"),
        (
            "    cert: ours\n",
            "    cert: seen\n    src: [S1]\n",
            "limits.cs.src[1]",
            "source `S1`, which is not defined",
            "`sources`",
        ),
        (
            "limit: cs, window: P30D",
            "limit: cz, window: P30D",
            "transitions.lift.when.limit[1]",
            "limit `cz`, which is not defined",
            "`cs`",
        ),
        (
            "window: P30D",
            "window: {param: w}",
            "transitions.lift.when.window.param",
            "parameter `w`, which is not defined",
            "`parameters`",
        ),
        (
            "to: none",
            "to: nome",
            "transitions.lift.to",
            "state `nome`, which is not defined",
            "`none`",
        ),
        (
            "to: none",
            "to: suspended",
            "transitions.lift.to",
            "from `suspended` to `suspended`",
            "another",
        ),
        ("initial: none", "initial: noone", "measures.ban.initial", "state `noone`", "`none`"),
        (
            "{id: suspended, rank: 1}",
            "{id: suspended, rank: 0}",
            "measures.ban.states.suspended.rank",
            "rank 0, as `none` has",
            "rank: 1",
        ),
        ("time_zone: Asia/Tokyo", "time_zone: Tokio", "time_zone", "`Tokio`", "Asia/Tokyo"),
        # Atoms.
        ("eq: 0", "eq: 0, ge: 1", "transitions.lift.when", "`eq` and `ge` together", "two atoms"),
        (", eq: 0", "", "transitions.lift.when", "no comparator", "eq: …"),
        ("eq: 0", "eq: 0.5", "transitions.lift.when.eq", "`0.5`", "whole number"),
        (
            "metric: exceed_count, limit: cs, window: P30D, eq: 0",
            "metric: sample_count, window: P30D, eq: 0",
            "transitions.lift.when.eq",
            "`eq`, by which `sample_count` is not compared",
            "ge: …",
        ),
        (
            "limit: cs, window: P30D",
            "window: P30D",
            "transitions.lift.when",
            "`exceed_count` without `limit`",
            "limit: …",
        ),
        (
            "window: P30D",
            "window: P30D, confidence: 0.95",
            "transitions.lift.when.confidence",
            "which `exceed_count` does not use",
            "no `confidence`",
        ),
        (WHEN, "when: {}", "transitions.lift.when", "a condition with only nothing", "metric: …"),
        (
            WHEN,
            "when: {all: [{fixed: holds}], any: [{fixed: holds}]}",
            "transitions.lift.when",
            "both `all` and `any`",
            "{all: [first, second]}",
        ),
        (WHEN, "when: [{fixed: holds}]", "transitions.lift.when", "a list", "{all: […]}"),
        (
            WHEN,
            "when: exceed_count = 0",
            "transitions.lift.when",
            "`exceed_count = 0`",
            "{all: […]}",
        ),
        (
            WHEN,
            "when: {all: []}",
            "transitions.lift.when",
            "`all` without a list of conditions",
            "all: [",
        ),
        (
            WHEN,
            "when: {all: [{fixed: holds}, {fixed: fails}]}",
            "transitions.lift.when[1]",
            "a condition without `id` beside others",
            "id: …",
        ),
        (
            WHEN,
            "when: {declared: {who: importer, what: reopened}}",
            "transitions.lift.when.declared.who",
            "role `importer`, which is not defined",
            "`national`",
        ),
        (
            WHEN,
            "when: {state: {measure: bam, is: none}}",
            "transitions.lift.when.state.measure",
            "measure `bam`, which is not defined",
            "`ban`",
        ),
        # Roles and deciders.
        (
            "id: lift\n",
            "id: lift\n    application_by: regional\n",
            "transitions.lift.application_by",
            "role `regional`, which is not defined",
            "`national`",
        ),
        (
            "id: lift\n",
            "id: lift\n    automatic: true\n",
            "transitions.lift.decided_by",
            "automatic, and decided by `national`",
            "no `decided_by`",
        ),
        (
            "id: lift\n",
            "id: impose\n",
            "transitions.impose.id",
            "the id `impose` again",
            "impose_2",
        ),
    ],
)
def test_one_fault_one_line_and_what_to_write(
    old: str, new: str, path: str, found: str, remedy: str
) -> None:
    text, line = changed(MINIMAL, old, new)
    matching = [p for p in problems(text) if found in p.found]
    assert matching, [str(p) for p in problems(text)]
    problem = matching[0]
    assert problem.path == path
    assert remedy in problem.remedy
    assert abs(problem.line - line) <= 8  # the fault itself, or the clause around it
