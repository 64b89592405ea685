"""Consignments of a node: what concerns them, and what their papers say of the area's measure.

The records are those of `tests/cli/goods_statements.yaml`, invented; the
agreement is `tests/agreement/goods_small.yaml`, its transition replaced where a
test says so.
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec import structs

sys.path.insert(0, str(Path(__file__).parents[1] / "agreement"))  # the goods as lines of a case

from small_goods import BOUND, asked, small

from fairwater.agreement.bulk.timelines import thinned_timeline
from fairwater.agreement.evidence import Evidence
from fairwater.node.agreements import Found, find, record_of
from fairwater.node.consignments import NoSuchConsignment, check, consignments
from fairwater.node.evaluation import Asked, every, evidence_of, one, prepare
from fairwater.node.goods_evidence import evidence_for
from fairwater.node.node import Node
from fairwater.node.statements import read
from fairwater.records import Assertion, Decision

HERE = Path(__file__).parent
RULE = HERE.parent / "agreement" / "goods_small.yaml"
STATED = (HERE.parent / "cli" / "goods_statements.yaml").read_text(encoding="utf-8")
DAY, RECORDED = date(2031, 3, 10), date(2031, 3, 5)


@pytest.fixture
def node(tmp_path: Path) -> Node:
    made = Node.create(
        tmp_path / "n",
        party="inland",
        name="Inland",
        clock=lambda: datetime(2031, 3, 5, 12, tzinfo=UTC),
    )
    made.enter([record_of(find(None, str(RULE)))])
    made.enter(read(STATED, "stated.yaml"))
    return made


def test_the_records_say_what_the_lines_of_a_case_say(node: Node) -> None:
    """Two ways to the same goods: records through journal and archive, and case lines."""
    (answer,) = check(node, "C1", as_of=DAY, knowledge="sampled").answers
    by_hand = asked()
    assert [(c.id, c.verdict) for c in answer.conditions] == [
        (c.id, c.verdict) for c in by_hand.conditions
    ]
    assert [a.id for a in answer.actions] == [a.id for a in by_hand.actions]
    assert answer.bindings == by_hand.bindings == dict(sorted(BOUND.items()))
    assert answer.lists["excluded_areas"] == ("Zone X",)
    assert answer.content_id == find(None, str(RULE)).content_id, "the text's, lists unbound"
    for one_of, other in zip(answer.conditions, by_hand.conditions, strict=True):
        assert len(one_of.whole.cites) == len(other.whole.cites), one_of.id


def test_only_what_concerns_the_goods_is_gathered(node: Node) -> None:
    other = STATED[STATED.index("- type: test_report\n  sample: {type: sample, sample: S-L1") :]
    other = other.replace("consignment: C1", "consignment: C2").replace("sample: ", "sample: X")
    other = other.replace("facility: F1", "facility: F2").replace(
        "region: Zone A", "region: Zone B"
    )
    other = other.replace("sample: X{", "sample: {").replace("sample: X\n", "sample:\n")
    other = other.replace("type: Xsample", "type: sample")
    node.enter(read(other, "other.yaml"))
    (stated,) = consignments(node)
    terms = small()
    (answer,) = check(node, stated.record.consignment, as_of=DAY, knowledge="sampled").answers
    found = evidence_for(node, terms, answer.goods, knowledge="sampled")
    assert {s.sample for s in found.samples} == {"S-L1", "S-L2", "B1", "W1", "W2"}
    assert answer.verdict == "holds"


def test_by_the_journal_goods_are_known_from_the_day_they_were_recorded(node: Node) -> None:
    with pytest.raises(NoSuchConsignment):
        check(node, "C1", as_of=RECORDED - timedelta(days=1))
    (answer,) = check(node, "C1", as_of=RECORDED).answers
    assert answer.goods.known == RECORDED
    assert answer.verdict == "holds"


def ruled(folder: Path) -> Found:
    """The agreement with a transition on the health paper of the area's goods."""
    text = RULE.read_text(encoding="utf-8")
    start, end = (
        text.index("    when:\n      all:\n        - {id: above"),
        text.index("lot_actions:"),
    )
    text = (
        text[:start]
        + "    when: {metric: document_valid, document: health, is: false}\n"
        + text[end:]
    )
    path = folder / "paper.yaml"
    path.write_text(text, encoding="utf-8")
    return find(None, str(path))


def test_a_paper_of_goods_speaks_of_the_area_and_product_they_are(
    node: Node, tmp_path: Path
) -> None:
    """Draft fault 15: papers are a consignment's, transitions are an area's and a product's."""
    found = ruled(tmp_path)
    rejected = STATED[STATED.index("- type: document\n  document: health") :]
    rejected = rejected[: rejected.index("\n- type")].replace("accepted", "rejected")
    rejected = rejected.replace("2031-02-20", "2031-03-05")
    node.enter(read(rejected, "rejected.yaml"))
    prepared = prepare(node, Asked(found=found, as_of=DAY, knowledge="sampled"))
    own = one(prepared, "entry_rule", {"species": "cod", "area": "Zone A"})
    assert [(o.transition, o.since) for o in own.eligible] == [("close", date(2031, 3, 5))]
    for elsewhere in ({"species": "cod", "area": "Zone B"}, {"species": "squid", "area": "Zone A"}):
        assert one(prepared, "entry_rule", elsewhere).eligible == ()
    fast = {tuple(t.unit.values()): t for t in every(prepared)}
    exact = thinned_timeline(own, evidence_of(prepared, own.unit))
    # The columns know by the rule asked for already: the exact machine reads them as they are.
    assert fast[("cod", "Zone A")] == structs.replace(exact, knowledge="sampled")


def test_a_condition_on_the_measure_asks_the_state_of_the_goods_unit(
    node: Node, tmp_path: Path
) -> None:
    text = RULE.read_text(encoding="utf-8").replace(
        "    conditions:\n",
        "    conditions:\n"
        "      - {id: open, when: {state: {measure: entry_rule, is: open}},\n"
        "         on_fail: refuse, on_unknown: detain}\n",
        1,
    )
    path = tmp_path / "state.yaml"
    path.write_text(text, encoding="utf-8")
    found = find(None, str(path))

    def state() -> str:
        (answer,) = check(node, "C1", found, as_of=DAY, knowledge="sampled").answers
        return next(c.verdict for c in answer.conditions if c.id == "open")

    assert state() == "holds"
    node.enter([
        Assertion(measure="entry_rule", state="closed", by="inland", dated="2031-03-08",
                  unit={"species": "cod", "area": "Zone A"})
    ])  # fmt: skip
    assert state() == "unknown", "asserted without an act: contested"
    node.enter([
        Decision(agreement="small_goods", measure="entry_rule",
                 unit={"species": "cod", "area": "Zone A"}, transition="close", role="importing",
                 by="inland", dated="2031-03-09", effective="2031-03-09", reasons="invented",
                 act="act 1", override=True)
    ])  # fmt: skip
    assert state() == "fails"


def test_through_limits_the_evidence_to_what_stood_in_the_journal(node: Node) -> None:
    length = len(node.journal)
    late = STATED[STATED.index("- type: document\n  document: health") :]
    late = late[: late.index("\n- type")].replace("accepted", "rejected")
    node.enter(read(late.replace("2031-02-20", "2031-03-05"), "late.yaml"))
    (now,) = check(node, "C1", as_of=DAY, knowledge="sampled").answers
    (then,) = check(node, "C1", as_of=DAY, knowledge="sampled", through=length).answers
    assert (then.verdict, now.verdict) == ("holds", "fails")


def test_evidence_joins_and_forgets_consignments_as_it_does_all_else(node: Node) -> None:
    (answer,) = check(node, "C1", as_of=DAY, knowledge="sampled").answers
    goods = Evidence(consignments=(answer.goods,))
    assert goods.joined([goods]).as_known(DAY).consignments == (answer.goods,)
    assert goods.as_known(date(2031, 2, 28)).consignments == ()
