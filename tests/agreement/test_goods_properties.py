"""What must stay true of every consignment's verdict, on random changes of one consignment.

Order and repetition of evidence change nothing; renaming the parties, in
bindings and evidence alike, renames the verdict and nothing else; a mismatch is
told exactly where a condition fails by it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

sys.path.insert(0, str(Path(__file__).parent))  # the invented consignment beside this file

from small_goods import AT, BOUND, changed, evidence, small

from fairwater.agreement.casefiles.evidence import evidence_of
from fairwater.agreement.evidence import Evidence
from fairwater.agreement.goods_checking import NoSuchConsignment, check_consignment
from fairwater.agreement.goods_text import goods_text
from fairwater.agreement.goods_verdict import ConsignmentVerdict
from fairwater.agreement.logic import every

FIELDS: dict[str, dict[str, list[Any]]] = {
    "goods": {
        "area": [None, "Zone X", "Zone L"], "basis": [None, "landing_place"],
        "produced": [None, "2031-01-04", "2031-01", "2031-01-05/2031-01-06"],
        "mass": [None, "1300"], "lots": [[], ["L1"], ["L1", "L2", "L3"]], "facility": [None, "F9"],
        "species": [None, "eel", "squid"], "d": ["2031-03-05"], "packages": [None, "1"],
    },
    "plant": {"from": ["2031-02-11", "2032-01-01"], "to": ["2031-03-01"]},
    "health": {
        "ruling": [None, "rejected"], "issuer": [None, "someone"], "valid_to": ["2031-03-01"],
        "lots": [[], ["L1"]], "mass": [None, "600"], "area": [None, "Zone B"],
        "d": ["2031-03-20"], "consignment": ["C2"],
    },
    "origin": {"states": [[], ["not_from_listed"], ["from_listed", "not_from_listed"]]},
    "analysis": {"ruling": ["rejected"], "lots": [["L2"]]},
    "sample L1": {"cs137": ["700 (<5)", "<200", "not_stated", "12"], "lot": [None, "L9"]},
    "sample L2": {"i131": ["<30", None], "known": ["2031-03-20"]},
    "beta": {"r": ["2031-03-02", "2030-05-01"], "facility": ["F2"], "h3": [None]},
    "water 1": {"d": ["2029-09-01"], "unit": [{"species": "squid", "area": "Zone A"}]},
}  # fmt: skip


@st.composite
def changes(draw: st.DrawFn) -> dict[str, dict[str, Any] | None]:
    """Some fields of some lines replaced, or a line taken away."""
    found: dict[str, dict[str, Any] | None] = {}
    for name in draw(st.lists(st.sampled_from(sorted(FIELDS)), unique=True, max_size=4)):
        if name != "goods" and draw(st.integers(0, 5)) == 0:
            found[name] = None
            continue
        fields = draw(st.lists(st.sampled_from(sorted(FIELDS[name])), unique=True, max_size=3))
        found[name] = {key: draw(st.sampled_from(FIELDS[name][key])) for key in fields}
    return found


def answered(found: Evidence, bindings: dict[str, str] | None = None) -> ConsignmentVerdict | None:
    try:
        return check_consignment(small(), "C1", found, at=AT, bindings=bindings or BOUND)
    except NoSuchConsignment:
        return None


def told(answer: ConsignmentVerdict | None) -> str:
    return "" if answer is None else json.dumps(answer.told(), sort_keys=True)


@given(changes(), st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_order_and_repetition_change_nothing(
    change: dict[str, dict[str, Any] | None], random: Any
) -> None:
    found = evidence(change)
    shuffled: dict[str, Any] = {}
    for name in found.__struct_fields__:
        entries = list(getattr(found, name))
        entries += entries[: random.randint(0, len(entries))] if name != "superseded" else []
        random.shuffle(entries)
        shuffled[name] = tuple(entries)
    assert told(answered(Evidence(**shuffled))) == told(answered(found))


@given(changes())
@settings(max_examples=80, deadline=None)
def test_renaming_the_parties_renames_the_verdict_only(
    change: dict[str, dict[str, Any] | None],
) -> None:
    """The two sides change places, their offices too: the answer says the other names."""
    swap = {"coast": "inland", "inland": "coast", "coast-office": "post", "post": "coast-office"}

    def renamed(value: Any) -> Any:
        if isinstance(value, str):
            return swap.get(value, value)
        if isinstance(value, list):
            return [renamed(entry) for entry in value]
        if isinstance(value, dict):
            return {key: renamed(entry) for key, entry in value.items()}
        return value

    lines = changed(change)
    zone = small_zone()
    straight = answered(evidence_of(lines, zone, "goods"))
    turned = answered(
        evidence_of([renamed(line) for line in lines], zone, "goods"),
        {role: swap[party] for role, party in BOUND.items()},
    )
    if straight is None or turned is None:
        assert straight is turned
        return
    assert _with_names(straight.told(), swap) == turned.told()


def _with_names(content: Any, swap: dict[str, str]) -> Any:
    """The answer with the names of parties replaced, alone and where a text quotes one."""
    if isinstance(content, dict):
        return {key: _with_names(value, swap) for key, value in content.items()}
    if isinstance(content, list):
        return [_with_names(value, swap) for value in content]
    if isinstance(content, str):
        quoted = {f"authority ({name})": f"authority ({new})" for name, new in swap.items()}
        return swap.get(content, quoted.get(content, content))
    return content


def small_zone() -> Any:
    from zoneinfo import ZoneInfo

    return ZoneInfo(small().time_zone)


@given(changes())
@settings(max_examples=80, deadline=None)
def test_a_verdict_is_made_of_its_conditions(change: dict[str, dict[str, Any] | None]) -> None:
    answer = answered(evidence(change))
    if answer is None or answer.verdict == "not_applicable":
        return
    (check,) = answer.checks
    whole = every([one.verdict for one in answer.conditions])
    asked = check.applies is None or check.applies.verdict == "holds"
    assert answer.verdict == (whole if asked or whole == "holds" else "unknown")
    ranks = {action.id: action.rank for action in small().lot_actions}
    assert answer.action is not None
    assert answer.action.rank == max(ranks[action.id] for action in answer.actions)
    known = {"release": "holds", "detain": "unknown", "refuse": "fails"}
    for one in answer.conditions:
        if one.verdict == "holds":
            assert (one.actions, one.mismatches, one.missing) == ((), (), ())
        if one.verdict == "unknown":
            assert one.missing, f"{one.id} is unknown and says not what is missing"
        if one.verdict == "fails":
            assert one.mismatches, f"{one.id} fails and says not by what"
            assert not one.missing, "settled: nothing more is wanted"
    if answer.verdict != "holds":
        assert known[answer.action.id] in {"fails", "unknown"}
    for language in ("en", "ja", "zh"):
        text = goods_text(answer, language)
        assert "{" not in text
        assert len(text.splitlines()) > len(answer.conditions)


@given(changes())
@settings(max_examples=60, deadline=None)
def test_better_knowledge_settles_and_never_unsettles(
    change: dict[str, dict[str, Any] | None],
) -> None:
    """A condition whose every missing thing were there could become what it says it could."""
    answer = answered(evidence(change))
    if answer is None:
        return
    for one in answer.conditions:
        if one.verdict == "unknown":
            assert one.could_be >= {"holds"} or one.could_be >= {"fails"}
        else:
            assert one.could_be == {one.verdict}


def test_the_answer_is_the_same_for_equal_statements_of_other_ids() -> None:
    found = evidence()
    other = structs.replace(
        found,
        samples=tuple(structs.replace(s, id=f"x{s.id}") for s in found.samples),
        documents=tuple(structs.replace(d, id=f"x{d.id}") for d in found.documents),
    )
    one, two = answered(found), answered(other)
    assert one is not None
    assert two is not None
    assert [c.verdict for c in one.conditions] == [c.verdict for c in two.conditions]
