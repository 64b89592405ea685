"""Timelines: instants miss no day, history is never rewritten, the order of records is nothing.

The truth for eligible intervals is the plainest there is: the condition asked
anew on every single day.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from fairwater.agreement.casefiles.evidence import evidence_of
from fairwater.agreement.context import Context, terms_of
from fairwater.agreement.evaluator import evaluate
from fairwater.agreement.machine import timeline
from fairwater.agreement.model import Agreement, Words

TOKYO = ZoneInfo("Asia/Tokyo")
START = date(2021, 1, 20)
UNIT = {"zone": "Z1"}
LIMIT = {
    "id": "L",
    "nuclides": ["Cs-134", "Cs-137"],
    "combine": "sum",
    "unit": "Bq/kg",
    "exceeds_when": "gt",
    "round": "none",
    "value": "100",
}


def agreement(transitions: list[dict[str, Any]]) -> Agreement:
    return msgspec.convert(
        {
            "id": "a",
            "version": "v1",
            "title": msgspec.to_builtins(Words(en="a")),
            "time_zone": "Asia/Tokyo",
            "limits": [LIMIT],
            "plans": [{"every": "P1W", "owed_by": "origin"}],
            "measures": [
                {
                    "id": "m",
                    "initial": "open",
                    "states": [{"id": "open", "rank": 0}, {"id": "shut", "rank": 1}],
                }
            ],
            "transitions": transitions,
        },
        Agreement,
        strict=False,
    )


def atom(**fields: Any) -> dict[str, Any]:
    return {"form": "metric", **fields}


CONDITIONS: tuple[dict[str, Any], ...] = (
    atom(metric="exceed_count", limit=["L"], window="P30D", ge="1"),
    atom(metric="exceed_count", limit=["L"], window="P1M", eq="0"),
    atom(metric="distinct_points_exceeding", limit=["L"], window="P14D", ge="2"),
    atom(metric="sample_count", window="P10D", ge="2"),
    atom(metric="weeks_covered", weeks=2),
    atom(metric="max_value", limit=["L"], window="P20D", lt="60"),
    atom(metric="revisits", limit=["L"], window="P10D", look_back="P2M", ge="1"),
    atom(metric="exceed_count", limit=["L"], window="P30D", date="resulted", eq="0"),
    atom(metric="report_age", report="b", le="P1M"),
    atom(metric="document_valid", document="c", is_=True, window="P1M") | {"is": True},
    atom(metric="noncompliance_count", window="P1M", eq="0"),
    atom(metric="sample_count", window="PT48H", ge="1"),
    {
        "form": "all",
        "all": [
            atom(metric="exceed_count", limit=["L"], window="P14D", eq="0"),
            atom(metric="distinct_points", window="P30D", ge="2"),
        ],
    },
    {"form": "not", "not": atom(metric="exceed_count", limit=["L"], window="P14D", ge="1")},
)
for condition in CONDITIONS:
    condition.pop("is_", None)


def day(offset: int) -> str:
    return (START + timedelta(days=offset)).isoformat()


@st.composite
def lines(draw: st.DrawFn) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 6))):
        offset = draw(st.integers(0, 60))
        known = offset + draw(st.integers(0, 12))
        line: dict[str, Any] = {
            "s": f"s{number}",
            "d": day(offset),
            "r": draw(st.sampled_from([day(offset + 2), None])),
            "known": day(known),
            "point": draw(st.sampled_from(["P1", "P2"])),
            "cs": draw(st.sampled_from(["5", "70", "130", "<150", "<20", "not_stated"])),
        }
        if draw(st.integers(0, 3)) == 0:
            line |= {"d": f"{day(offset)}/{day(offset + 5)}", "known": day(known + 5)}
        if number and draw(st.integers(0, 5)) == 0:
            line |= {"s": f"s{number - 1}", "id": f"r{number}", "amends": f"s{number - 1}"}
        found.append(line)
    extra = [
        {"report": "b", "d": day(draw(st.integers(0, 40)))},
        {"doc": "c", "d": day(draw(st.integers(0, 40))), "ruling": "accepted", "valid_to": day(50)},
        {
            "register": "border",
            "by": "importing",
            "from": day(draw(st.integers(0, 10))),
            "complete_through": day(draw(st.integers(20, 60))),
            "consignments": "9",
            "rejected": draw(st.sampled_from(["0", "2"])),
        },
    ]
    return found + draw(st.lists(st.sampled_from(extra), unique_by=str, max_size=3))


DATES = ("d", "r", "known", "complete_through")


def days_in(line: dict[str, Any]) -> list[date]:
    texts = [line[key][:10] for key in DATES if line.get(key)]
    return [date.fromisoformat(text) for text in texts]


@settings(deadline=None, max_examples=120)
@given(lines(), st.sampled_from(CONDITIONS))
def test_eligible_exactly_on_the_days_the_condition_holds(
    found: list[dict[str, Any]], when: dict[str, Any]
) -> None:
    rule = agreement(
        [{"id": "t", "from": ["open"], "to": "shut", "decided_by": "national", "when": when}]
    )
    evidence = evidence_of(found, TOKYO, "random")
    end = START + timedelta(days=140)
    line = timeline(rule, "m", UNIT, evidence, as_of=end)
    eligible = set()
    for opening in line.openings:
        last = (opening.until or end + timedelta(days=1)) - timedelta(days=1)
        eligible |= {
            opening.since + timedelta(days=n) for n in range((last - opening.since).days + 1)
        }
    holds = set()
    first = min(line_day for entry in found for line_day in days_in(entry))
    for n in range((end - first).days + 1):  # a history begins with its first day
        at = first + timedelta(days=n)
        context = Context(at=at, known_at=at, terms=terms_of(rule), unit=UNIT)
        if evaluate(rule.transitions[0].when, evidence, context).verdict == "holds":
            holds.add(at)
    assert eligible == holds


RULE = agreement(
    [
        {
            "id": "impose",
            "from": ["open"],
            "to": "shut",
            "decided_by": "national",
            "when": atom(
                metric="exceed_count", limit=["L"], window="P60D", since="last_transition", ge="1"
            ),
        },
        {
            "id": "lift",
            "from": ["shut"],
            "to": "open",
            "decided_by": "national",
            "when": atom(metric="exceed_count", limit=["L"], window="P14D", eq="0"),
        },
    ]
)


@st.composite
def decided(draw: st.DrawFn) -> list[dict[str, Any]]:
    found = draw(lines())
    for number in range(draw(st.integers(0, 3))):
        offset = draw(st.integers(0, 80))
        found.append(
            {
                "decision": f"x{number}",
                "transition": draw(st.sampled_from(["impose", "lift"])),
                "by": draw(st.sampled_from(["national", "coop"])),
                "d": day(offset),
                "effective": day(offset + draw(st.integers(0, 5))),
            }
        )
    return found


@settings(deadline=None, max_examples=60)
@given(decided(), st.sampled_from(["as_recorded", "prompt", "prompt:P3D"]), st.integers(10, 100))
def test_a_longer_history_begins_like_the_shorter_one(
    found: list[dict[str, Any]], decisions: str, offset: int
) -> None:
    """Contemporaneous history up to a day is the same whenever it is told later."""
    evidence = evidence_of(found, TOKYO, "random")
    cut = START + timedelta(days=offset)
    long = timeline(
        RULE, "m", UNIT, evidence, as_of=cut + timedelta(days=50), decisions=decisions,
        hindsight=False,
    )  # fmt: skip
    short = timeline(RULE, "m", UNIT, evidence, as_of=cut, decisions=decisions)
    began = [(s.state, s.since) for s in long.spans if s.since is None or s.since <= cut]
    assert [(s.state, s.since) for s in short.spans] == began
    opened = [(o.transition, o.since) for o in long.openings if o.since <= cut]
    assert sorted((o.transition, o.since) for o in short.openings) == sorted(opened)


@settings(deadline=None, max_examples=60)
@given(decided(), st.randoms(use_true_random=False), st.sampled_from(["as_recorded", "prompt"]))
def test_order_and_repetition_of_records_change_no_history(
    found: list[dict[str, Any]], shuffle: Any, decisions: str
) -> None:
    other = list(found)
    shuffle.shuffle(other)
    end = START + timedelta(days=120)
    once = evidence_of(found, TOKYO, "random")
    twice = evidence_of(other, TOKYO, "random")
    twice = twice.joined([twice])
    left = timeline(RULE, "m", UNIT, once, as_of=end, decisions=decisions)
    right = timeline(RULE, "m", UNIT, twice, as_of=end, decisions=decisions)
    assert left.spans == right.spans
    assert [(o.transition, o.since, o.until) for o in left.openings] == [
        (o.transition, o.since, o.until) for o in right.openings
    ]
    assert (left.flags, left.recorded_only) == (right.flags, right.recorded_only)


@settings(deadline=None, max_examples=60)
@given(decided())
def test_supposed_decisions_are_taken_only_where_eligible_and_never_flap(
    found: list[dict[str, Any]],
) -> None:
    """Each evidence counts for one imposition only: `since: last_transition`."""
    evidence = evidence_of(found, TOKYO, "random")
    line = timeline(
        RULE, "m", UNIT, evidence, as_of=START + timedelta(days=200), decisions="prompt"
    )
    assert line.hypothetical
    imposed = [step for step in line.taken if step.transition == "impose"]
    assert len(imposed) <= sum("s" in entry for entry in found)
    for step in line.taken:
        assert step.verdict is not None
        assert step.verdict.verdict == "holds"
        assert step.cause == "prompt"
