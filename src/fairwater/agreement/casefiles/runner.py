"""Cases: small pinned questions that say what a text of the agreement language means.

A case file states evidence and, for each of several evaluations on it, the
answer two parties agree on. `run_cases` computes every answer without a node:

    cases:
    - id: window_far_end
      evidence: [{s: s1, d: '2021-03-01', cs: '130'}, {s: s2, d: '2021-03-20', cs: '12'}]
      evals:
      - {at: '2021-03-31', rule: {metric: exceed_count, limit: L100, window: P30D, eq: 0},
         verdict: holds, value: [0, 0]}
      why: 'P30D at 31 March is the 30 days 2-31 March.'

`evidence` describes the lines of evidence, `terms` the overrides. A
key nobody knows refuses the file, with file and line. Of what an evaluation
states, `missing` is compared as a set on (kind, of, what, n, owed_by, party,
due), other lists as sets, texts (needs, reason, message, by) only as present.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from fairwater.agreement.casefiles.compare import differences
from fairwater.agreement.casefiles.evidence import check_keys
from fairwater.agreement.casefiles.run import answer
from fairwater.agreement.casefiles.terms import Refused
from fairwater.agreement.casefiles.values import EvidenceFault
from fairwater.agreement.problems import AgreementErrors, Problem
from fairwater.agreement.source import Path, Tree, read

FILE_KEYS: Final = frozenset({
    "defaults", "limits", "parameters", "documents", "evidence_scopes", "agreement", "atoms",
    "plan", "zones", "bind", "lists", "cases", "states", "title", "why",
})  # fmt: skip
DEFAULT_KEYS: Final = frozenset({
    "time_zone", "date", "window", "sampling_owed_by", "results_owed_by", "documents_owed_by",
    "statements_owed_by",
})  # fmt: skip
SHARED_KEYS: Final = frozenset({
    "evidence", "rule", "atoms", "plan", "zones", "states", "agreement", "limits", "parameters",
    "documents", "evidence_scopes", "bind", "lists", "unit", "at", "known_at", "override", "with",
    "except", "exception", "exceptions", "query", "decisions", "knowledge", "hindsight", "why",
    "choice", "note", "consignment",
})  # fmt: skip
CASE_KEYS: Final = SHARED_KEYS | {"id", "evals"}
STATED: Final = frozenset({
    "verdict", "value", "missing", "could_be", "also_open", "cites", "superseded", "by", "flags",
    "warnings", "in_force", "status", "asserted", "recorded_only", "eligible", "transitions",
    "since", "not_taken", "alarms", "load", "error", "message", "hypothetical",
    "action", "actions", "conditions", "mismatches",
})  # fmt: skip
EVAL_KEYS: Final = SHARED_KEYS | STATED
ENTRY_KEYS: Final[dict[str, frozenset[str]]] = {
    "missing": frozenset(
        {"kind", "of", "what", "n", "owed_by", "party", "due", "needs", "reason"}
    ),
    "mismatches": frozenset({"condition", "what", "of", "expected", "found"}),
    "asserted": frozenset({"by", "state", "id"}),
    "eligible": frozenset({"transition", "since"}),
    "flags": frozenset({
        "sample", "replicates_disagree", "decision", "decided_while", "decided_from",
        "overruled_by", "incomparable_scope",
    }),
    "alarms": frozenset({"kind", "due", "transition", "owed_by", "party"}),
}  # fmt: skip
"""What the entries of a stated list may say."""


class CaseResult(Struct, frozen=True, kw_only=True):
    """One evaluation: which, whether it gave what was stated, and everything computed."""

    case: str
    index: int
    passed: bool
    output: dict[str, Any]
    differences: tuple[str, ...] = ()
    line: int = 0


class CasesReport(Struct, frozen=True, kw_only=True):
    """All evaluations of a case file."""

    name: str
    evals: int
    passed: int
    failed: int
    results: tuple[CaseResult, ...] = ()

    def plain(self) -> dict[str, Any]:
        """As a mapping of JSON values."""
        return {
            "file": self.name,
            "evals": self.evals,
            "passed": self.passed,
            "failed": self.failed,
            "evaluations": [
                {
                    "case": result.case,
                    "index": result.index,
                    "passed": result.passed,
                    **({"differences": list(result.differences)} if result.differences else {}),
                    **result.output,
                }
                for result in self.results
            ],
        }


def run_cases(text: str | bytes, name: str) -> CasesReport:
    """Evaluate every case of a file and compare with what it states.

    Parameters
    ----------
    text : str or bytes
        The file's content, YAML.
    name : str
        What to call the file in messages and dossiers.

    Returns
    -------
    CasesReport
        One result an evaluation, in file order.

    Raises
    ------
    AgreementErrors
        If the file cannot be read as cases: every unknown key or unreadable line,
        with file, line and column.
    """
    tree = read(text, name)
    problems = list(_unknown_keys(tree))
    if problems:
        raise AgreementErrors(problems)
    content = tree.content
    results: list[CaseResult] = []
    for number, case in enumerate(content["cases"]):
        for index, evaluation in enumerate(case["evals"]):
            at: Path = ("cases", number, "evals", index)
            stated = {key: evaluation[key] for key in STATED & set(evaluation)}
            try:
                output = answer(content, case, evaluation, name)
            except Refused as refusal:
                if refusal.unknown_key and not {"load", "error"} & set(stated):
                    problems += _refusals(tree, at, refusal)
                    continue
                text_ = "; ".join(refusal.messages)
                output = {"load": "error", "error": text_, "message": text_}
            except EvidenceFault as fault:
                where = _line_of(at, case, evaluation, fault)
                problems.append(_problem(tree, where, str(fault.found), fault.expected))
                continue
            wrong = differences(stated, output)
            results.append(
                CaseResult(
                    case=str(case.get("id", number)),
                    index=index,
                    passed=not wrong,
                    output=output,
                    differences=tuple(wrong),
                    line=tree.mark(at).line,
                )
            )
    if problems:
        raise AgreementErrors(problems)
    passed = sum(result.passed for result in results)
    return CasesReport(
        name=name,
        evals=len(results),
        passed=passed,
        failed=len(results) - passed,
        results=tuple(results),
    )


def _line_of(
    at: Path, case: Mapping[str, Any], evaluation: Mapping[str, Any], fault: EvidenceFault
) -> Path:
    """Where a line of evidence stands: in the evaluation, else in its case."""
    if fault.row is None or "with" in evaluation:
        return at
    layer, holder = (at, evaluation) if "evidence" in evaluation else (at[:2], case)
    path = (*layer, "evidence", fault.row - 1)
    line = holder["evidence"][fault.row - 1]
    return (*path, fault.key) if fault.key is not None and fault.key in line else path


def _unknown_keys(tree: Tree) -> list[Problem]:
    """Every key of the file's own structure that nobody knows, and what is not a case at all."""
    content = tree.content
    if not isinstance(content, dict) or not isinstance(content.get("cases"), list):
        return [_problem(tree, (), "no list of cases", "a mapping with `cases: [...]`")]
    found = _strange(tree, (), content, FILE_KEYS)
    found += _strange(tree, ("defaults",), content.get("defaults") or {}, DEFAULT_KEYS)
    for number, case in enumerate(content["cases"]):
        here: Path = ("cases", number)
        if not isinstance(case, dict) or not isinstance(case.get("evals"), list):
            found.append(_problem(tree, here, "a case without `evals`", "evals: [{at: …}]"))
            continue
        found += _strange(tree, here, case, CASE_KEYS)
        found += _lines(tree, (*here, "evidence"), case.get("evidence"))
        for index, evaluation in enumerate(case["evals"]):
            there: Path = (*here, "evals", index)
            if not isinstance(evaluation, dict):
                found.append(_problem(tree, there, "no mapping", "{at: …, rule: …}"))
                continue
            found += _strange(tree, there, evaluation, EVAL_KEYS)
            found += _lines(tree, (*there, "evidence"), evaluation.get("evidence"))
            for key, known in ENTRY_KEYS.items():
                entries = evaluation.get(key)
                for n, entry in enumerate(entries if isinstance(entries, list) else ()):
                    found += _strange(tree, (*there, key, n), entry, known)
            if "at" not in evaluation and "at" not in case:
                found.append(_problem(tree, there, "an evaluation without `at`", "at: a day"))
    return found


def _lines(tree: Tree, at: Path, lines: Any) -> list[Problem]:
    found: list[Problem] = []
    if lines is None:
        return found
    if not isinstance(lines, list):
        return [_problem(tree, at, "evidence that is no list", "a list of lines")]
    for number, line in enumerate(lines):
        here = (*at, number)
        if not isinstance(line, dict):
            found.append(_problem(tree, here, f"`{line}`", "a mapping such as {s: s1, d: …}"))
            continue
        try:
            check_keys(line)
        except EvidenceFault as fault:
            path = here if fault.key is None else (*here, fault.key)
            found.append(_problem(tree, path, fault.found, fault.expected, key=True))
    return found


def _strange(tree: Tree, at: Path, node: Any, known: frozenset[str]) -> list[Problem]:
    if not isinstance(node, Mapping):
        return [_problem(tree, at, f"`{node}`", "a mapping")]
    return [
        _problem(
            tree,
            (*at, key),
            f"the key `{key}` is not known here",
            f"one of {', '.join(sorted(known))}",
            key=True,
        )
        for key in node
        if key not in known
    ]


def _problem(tree: Tree, at: Path, found: str, expected: str, *, key: bool = False) -> Problem:
    mark = tree.key_mark(at) if key else tree.mark(at)
    shown = ".".join(str(step) for step in at)
    return Problem(tree.name, mark.line, mark.column, shown, found, expected, "")


def _refusals(tree: Tree, at: Path, refusal: Refused) -> list[Problem]:
    return [_problem(tree, at, message, "a key of the language") for message in refusal.messages]
