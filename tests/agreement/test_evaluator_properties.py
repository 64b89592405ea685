"""What must stay true of every verdict, on random evidence of one zone.

Evidence is written in the lines of a case file, so that a failing example reads
as a case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from fairwater.agreement.casefiles.evidence import evidence_of
from fairwater.agreement.casefiles.run import verdict_output
from fairwater.agreement.context import Context, Terms
from fairwater.agreement.evaluator import evaluate
from fairwater.agreement.evidence import Evidence
from fairwater.agreement.model import (
    All,
    AnyCondition,
    Atom,
    Declared,
    DeclaredRef,
    Duties,
    Limit,
    Not,
    Plan,
    Round,
)
from fairwater.agreement.model import (
    Any as AnyOf,
)
from fairwater.agreement.verdict import Verdict

TOKYO = ZoneInfo("Asia/Tokyo")
START = date(2021, 3, 1)
LIMITS = {
    "L": Limit(
        id="L",
        nuclides=("Cs-134", "Cs-137"),
        combine="sum",
        unit="Bq/kg",
        exceeds_when="gt",
        round=Round(mode="half_up", significant=2),
        value="100",
    ),
}
TERMS = Terms(
    zone=TOKYO,
    limits=LIMITS,
    plans=(Plan(every="P1W", owed_by="origin"),),
    owed_by=Duties(samples="origin", results="lab"),
)
BINDINGS = {"origin": "A", "importing": "B", "lab": "K"}


def day(offset: int) -> str:
    return (START + timedelta(days=offset)).isoformat()


@st.composite
def lines(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Up to seven lines: samples of every kind, a document, a declaration, a register."""
    found: list[dict[str, Any]] = []
    for number in range(draw(st.integers(0, 6))):
        offset = draw(st.integers(0, 40))
        known = offset + draw(st.integers(0, 15))
        line: dict[str, Any] = {
            "s": f"s{draw(st.integers(0, 4))}",
            "id": f"r{number}",
            "d": day(offset),
            "known": day(known),
            "point": draw(st.sampled_from(["P1", "P2", "P3", None])),
            "by": draw(st.sampled_from(["A", "B", None])),
            "lab": draw(st.sampled_from(["K", "M"])),
        }
        if draw(st.booleans()):
            later = offset + draw(st.integers(1, 20))
            line |= {"d": f"{day(offset)}/{day(later)}", "known": day(max(later, known))}
        form = draw(st.sampled_from(["value", "below", "parts", "due", "above", "unstated"]))
        number_text = draw(st.sampled_from(["5", "60", "99.9", "104.9", "105", "130"]))
        if form == "value":
            line |= {"cs": number_text, "u": draw(st.sampled_from(["3", None]))}
        elif form == "below":
            line["cs"] = f"<{number_text}"
        elif form == "above":
            line["cs"] = f">{number_text}"
        elif form == "parts":
            line |= {"cs134": f"<{number_text}", "cs137": "40"}
        elif form == "unstated":
            line["cs"] = "not_stated"
        else:
            line["due"] = day(known + 10)
        found.append(line)
        if number and draw(st.integers(0, 4)) == 0:
            found[-1]["amends"] = f"r{number - 1}"
    if draw(st.booleans()):
        found.append(
            {
                "doc": "certificate",
                "id": "d1",
                "d": day(draw(st.integers(0, 30))),
                "ruling": draw(st.sampled_from(["accepted", "rejected"])),
            }
        )
    if draw(st.booleans()):
        found.append(
            {
                "declared": "keeps_monitoring",
                "id": "x1",
                "d": day(draw(st.integers(0, 30))),
                "by": draw(st.sampled_from(["A", "B"])),
                "value": draw(st.sampled_from(["true", "false"])),
            }
        )
    return found


ATOMS: tuple[AnyCondition, ...] = (
    Atom(metric="exceed_count", limit=("L",), window="P30D", eq="0"),
    Atom(metric="exceed_count", limit=("L",), window="P14D", ge="2"),
    Atom(metric="exceed_count", limit=("L",), window="P30D", empty="zero", le="1"),
    Atom(metric="distinct_points_exceeding", limit=("L",), window="P60D", ge="2"),
    Atom(metric="max_value", limit=("L",), window="P30D", le="60"),
    Atom(metric="exceed_share_upper", limit=("L",), confidence="0.9", window="P60D", le="0.7"),
    Atom(metric="interlab_agreement", window="P60D", ge="0.5"),
    Atom(metric="sample_count", window="P30D", ge="3"),
    Atom(metric="sample_count", limit=("L",), window="P30D", ge="2", when_short="fails"),
    Atom(metric="distinct_points", window="P30D", ge="2"),
    Atom(metric="weeks_covered", weeks=2),
    Atom(metric="revisits", limit=("L",), window="P14D", ge="1"),
    Atom(metric="independent_sample_count", window="P30D", ge="1"),
    Atom(metric="document_valid", document="certificate", is_=True),
    Declared(declared=DeclaredRef(who="origin", what="keeps_monitoring")),
)
rules = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: All(of=tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(of=tuple(parts))),
        inner.map(lambda part: Not(of=part)),
    ),
    max_leaves=4,
)


@dataclass(frozen=True)
class Question:
    """A rule, a day, and a day of knowledge."""

    rule: AnyCondition
    at: date
    known_at: date


questions = st.builds(
    Question,
    rules,
    st.integers(20, 70).map(lambda n: START + timedelta(days=n)),
    st.integers(0, 80).map(lambda n: START + timedelta(days=n)),
)


def ask(question: Question, evidence: Evidence, bindings: dict[str, str] = BINDINGS) -> Verdict:
    context = Context(
        at=question.at,
        known_at=question.known_at,
        terms=TERMS,
        unit={"zone": "Z1"},
        bindings=bindings,
    )
    return evaluate(question.rule, evidence, context)


def read(found: list[dict[str, Any]]) -> Evidence:
    return evidence_of(found, TOKYO, "random")


@settings(deadline=None, max_examples=80)
@given(lines(), questions, st.randoms(use_true_random=False))
def test_order_of_evidence_changes_nothing(
    found: list[dict[str, Any]], question: Question, shuffle: Any
) -> None:
    other = list(found)
    shuffle.shuffle(other)
    assert verdict_output(ask(question, read(found))) == verdict_output(ask(question, read(other)))


@settings(deadline=None, max_examples=80)
@given(lines(), questions)
def test_the_same_record_twice_changes_nothing(
    found: list[dict[str, Any]], question: Question
) -> None:
    once = read(found)
    assert verdict_output(ask(question, once)) == verdict_output(ask(question, once.joined([once])))


@settings(deadline=None, max_examples=80)
@given(lines(), questions)
def test_later_knowledge_changes_no_earlier_answer(
    found: list[dict[str, Any]], question: Question
) -> None:
    """What becomes known after `known_at` might as well not exist."""
    earlier = [line for line in found if known_of(line) <= question.known_at]
    assert verdict_output(ask(question, read(found))) == verdict_output(
        ask(question, read(earlier))
    )


def known_of(line: dict[str, Any]) -> date:
    return date.fromisoformat(line.get("known") or line["d"])


SWAP = {"A": "B", "B": "A", "K": "M", "M": "K"}


def renamed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: renamed(v) for key, v in value.items()}
    if isinstance(value, list):
        return [renamed(v) for v in value]
    return SWAP.get(value, value) if isinstance(value, str) else value


@settings(deadline=None, max_examples=80)
@given(lines(), questions)
def test_swapping_the_parties_swaps_their_names_only(
    found: list[dict[str, Any]], question: Question
) -> None:
    here = verdict_output(ask(question, read(found)))
    swapped = {role: SWAP[party] for role, party in BINDINGS.items()}
    there = verdict_output(ask(question, read(renamed(found)), swapped))
    assert renamed(here) == there


@settings(deadline=None, max_examples=80)
@given(lines(), questions)
def test_an_unknown_says_what_is_missing_and_a_settled_verdict_nothing(
    found: list[dict[str, Any]], question: Question
) -> None:
    verdict = ask(question, read(found))
    if verdict.verdict == "unknown":
        assert verdict.missing
        assert verdict.could_be
    else:
        assert verdict.missing == ()
        assert verdict.could_be == {verdict.verdict}


@st.composite
def settled_lines(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Lines, and the same with every doubt resolved to something the lines allow."""
    found = [line for line in draw(lines()) if "amends" not in line]
    resolved: list[dict[str, Any]] = []
    for line in found:
        line = dict(line)
        if "/" in line["d"]:
            first, last = (date.fromisoformat(text) for text in line["d"].split("/"))
            line["d"] = draw(st.dates(first, last)).isoformat()
        for key in ("cs", "cs134"):
            text = line.get(key)
            if text is not None and text.startswith("<"):
                top = float(text[1:])
                line[key] = f"{draw(st.floats(0, top)):.3f}" if top else "0"
                if float(line[key]) > top:
                    line[key] = text[1:]
            elif text is not None and text.startswith(">"):
                line[key] = str(float(text[1:]) + draw(st.integers(0, 50)))
            elif text == "not_stated":
                line[key] = draw(st.sampled_from(["1", "500"]))
        fulfilled = any("due" not in other for other in found if other.get("s") == line.get("s"))
        if line.get("s") and "due" in line and not fulfilled:
            del line["due"]
            line["cs"] = draw(st.sampled_from(["1", "500"]))
        if line.get("s") and line.get("point") is None:
            line["point"] = draw(st.sampled_from(["P1", "P9"]))
        resolved.append(line)
    return found, resolved


MONOTONE = tuple(
    atom
    for atom in ATOMS
    if not (isinstance(atom, Atom) and atom.metric in ("interlab_agreement", "revisits"))
)


@settings(deadline=None, max_examples=150)
@given(settled_lines(), st.sampled_from(MONOTONE), st.integers(20, 70))
def test_no_resolution_of_the_doubts_contradicts_a_settled_verdict(
    pair: tuple[list[dict[str, Any]], list[dict[str, Any]]], rule: AnyCondition, offset: int
) -> None:
    """Sets of values are sound: what was settled stays, what became settled was possible.

    Left out: laboratory pairs (a resolved non-detect has no uncertainty) and revisits
    (a resolved exceedance makes a new point to visit).
    """
    doubtful, resolved = pair
    at = START + timedelta(days=offset)
    question = Question(rule, at, START + timedelta(days=200))
    before, after = ask(question, read(doubtful)), ask(question, read(resolved))
    if before.verdict != "unknown" and after.verdict != "unknown":
        assert before.verdict == after.verdict
    if after.verdict != "unknown":
        assert after.verdict in before.could_be
