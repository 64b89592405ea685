"""Cases as tests: the language's own 25, and ours from each of its sentences.

The reference file pins what the agreement language means; `cases/*.yaml` beside
this file states, for one sentence after the other, what follows from it, with
the reasoning in `why`. A copied answer would not pass: every output is computed
from the evidence lines.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fairwater.agreement.casefiles.runner import run_cases
from fairwater.agreement.problems import AgreementErrors

OURS = sorted((Path(__file__).parent / "cases").glob("*.yaml"))


def failures(text: str, name: str) -> list[str]:
    report = run_cases(text, name)
    assert report.evals == report.passed + report.failed
    return [
        f"{name}:{result.line} {result.case}[{result.index}]: {'; '.join(result.differences)}"
        for result in report.results
        if not result.passed
    ]


def test_reference_cases(shared: Path) -> None:
    file = shared / "reference" / "agreement_cases.yaml"
    text = file.read_text(encoding="utf-8")
    assert failures(text, file.name) == []
    assert len({result.case for result in run_cases(text, file.name).results}) == 25


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.stem)
def test_our_cases(file: Path) -> None:
    assert failures(file.read_text(encoding="utf-8"), file.name) == []


def test_every_evaluation_is_told_as_json() -> None:
    file = OURS[0]
    report = run_cases(file.read_text(encoding="utf-8"), file.name)
    told = json.loads(json.dumps(report.plain()))
    assert told["evals"] == len(told["evaluations"]) == report.evals
    for evaluation in told["evaluations"]:
        assert {"case", "index", "passed"} <= set(evaluation)
        assert "verdict" in evaluation or "in_force" in evaluation or "error" in evaluation


CASE = """
cases:
- id: one
  evidence: [{s: s1, d: '2021-03-20', cs: '130'}]
  evals:
  - {at: '2021-03-31', rule: {metric: exceed_count, limit: L, window: P30D, eq: 1}, VERDICT}
limits:
  L:
    {nuclides: [Cs-134, Cs-137], combine: sum, value: '100', unit: Bq/kg, exceeds_when: gt,
     round: none}
"""


@pytest.mark.parametrize(
    ("stated", "passes"),
    [
        ("verdict: holds, value: [1, 1], missing: []", True),
        ("verdict: fails", False),
        ("value: [0, 1]", False),
        ("missing: [{kind: no_evidence, n: 1, owed_by: origin}]", False),
        ("cites: [s1]", True),
        ("cites: [s1, s2]", False),
        ("could_be: [holds]", True),
        ("superseded: [r1]", False),
        ("load: error", False),
        ("flags: []", True),
        ("flags: [{sample: s1, replicates_disagree: [a, b]}]", False),
        ("warnings: [limits.L]", False),
    ],
)
def test_what_is_stated_is_compared(stated: str, passes: bool) -> None:
    assert (not failures(CASE.replace("VERDICT", stated), "case.yaml")) is passes


@pytest.mark.parametrize(
    ("change", "line", "found"),
    [
        (("verdict", "verdikt"), 6, "verdikt"),
        (("evidence:", "evidense:"), 4, "evidense"),
        (("cs: '130'", "cx: '130'"), 4, "cx"),
        (("window: P30D", "windw: P30D"), 6, "windw"),
        (("exceeds_when: gt", "exeeds_when: gt"), 6, "exeeds_when"),
        (("d: '2021-03-20'", "d: '2021-02-30'"), 4, "2021-02-30"),
        (("cs: '130'", "cs: '1,30'"), 4, "1,30"),
        (("cases:", "kases:"), 2, "cases"),
        (("verdict: holds", "missing: [{kinds: document}]"), 6, "kinds"),
    ],
)
def test_what_is_not_known_is_refused_with_its_line(
    change: tuple[str, str], line: int, found: str
) -> None:
    text = CASE.replace("VERDICT", "verdict: holds").replace(*change, 1)
    with pytest.raises(AgreementErrors) as refused:
        run_cases(text, "case.yaml")
    assert f"case.yaml:{line}:" in str(refused.value)
    assert found in str(refused.value)


def test_an_override_error_names_path_and_type() -> None:
    """ "unknown path or ill-typed value -> error (the named path and type must be in it)"."""
    file = Path(__file__).parent / "cases" / "refusals.yaml"
    errors = {
        (result.case, result.index): result.output.get("error", "")
        for result in run_cases(file.read_text(encoding="utf-8"), file.name).results
    }
    window = errors["overrides", 8]
    assert "transitions.lift.when.window" in window
    assert "P30D" in window
    assert "a whole number" in errors["overrides", 9]
    assert "a decimal" in errors["overrides", 10]
    assert "limits.L200.value" in errors["overrides", 12]
