"""Agreements compared on a node's records: bindings, decisions, shared evidence, parties."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from fairwater.agreement.comparing.answer import Comparison
from fairwater.node.agreements import Found, find
from fairwater.node.comparing import compare, prepare_together, told
from fairwater.node.evaluation import Asked, NoSuchPart, every, prepare
from fairwater.node.node import Node
from fairwater.records import (
    Decision,
    Place,
    Product,
    Record,
    Result,
    RoleBinding,
    Sample,
    TestReport,
)

SMALL = (Path(__file__).parent.parent / "agreement" / "small.yaml").read_text(encoding="utf-8")
AS_OF = date(2021, 6, 1)
UNIT = {"species": "cod", "region": "north"}


def text(name: str, limit: str, dimension: str = "species") -> str:
    """The small agreement of the tests under another id, limit and name of a dimension."""
    unit = f"[{{id: {dimension}, column: item}}, {{id: zone, column: region}}]"
    changed = SMALL
    for old, new in [
        ("id: small\n", f"id: {name}\nscope: {{unit: {unit}}}\n"),
        ("value: 100", f"value: {limit}"),
        ("{id: none, rank: 0}", "{id: none, rank: 0, effect: none}"),
        ("{id: suspended, rank: 1}", "{id: suspended, rank: 1, effect: suspended}"),
    ]:
        assert changed.count(old) == 1
        changed = changed.replace(old, new)
    return changed


def found(folder: Path, name: str, limit: str, dimension: str = "species") -> Found:
    """The agreement, from a file."""
    path = folder / f"{name}.yaml"
    path.write_text(text(name, limit, dimension), encoding="utf-8")
    return find(None, str(path))


def report(item: str, day: str, value: str, published: str | None = None) -> TestReport:
    """One published result."""
    return TestReport(
        sample=Sample(
            item=item,
            product=Product(food_category="seafood"),
            place=Place(region="north", district="port"),
            collected=day,
        ),
        results=(
            Result(nuclides=("Cs-134", "Cs-137"), kind="detected", unit="Bq/kg", value=value),
        ),
        published=published,
    )


def binding(agreement: str, party: str) -> RoleBinding:
    """Who plays the role that decides."""
    return RoleBinding(agreement=agreement, roles={"national": party})


def decision(agreement: str, by: str, day: str) -> Decision:
    """The step to `suspended`, taken."""
    return Decision(
        agreement=agreement, measure="ban", unit={"zone": "north"}, transition="impose",
        role="national", by=by, dated=day, effective=day, reasons="one above", override=True,
    )  # fmt: skip


def node_with(folder: Path, *records: Record) -> Node:
    """A node that accepted some records."""
    node = Node.create(
        folder, party="coast", name="Coast", clock=lambda: datetime(2021, 6, 1, 12, tzinfo=UTC)
    )
    node.enter(records)
    return node


def asked(which: Found, knowledge: str = "sampled") -> Asked:
    return Asked(found=which, as_of=AS_OF, knowledge=knowledge)


ROWS = (report("cod", "2021-03-01", "70"), report("eel", "2021-03-05", "5"))


def test_roles_are_those_bound_to_each_agreement(tmp_path: Path) -> None:
    one, other = found(tmp_path, "one", "100"), found(tmp_path, "two", "50", "fish")
    node = node_with(tmp_path / "n", *ROWS, binding("one", "inland"), binding("two", "coast"))
    answer = compare(node, [asked(one), asked(other)])
    assert [[(r.role, r.party) for r in side.roles] for side in answer.sides] == [
        [("national", "inland")], [("national", "coast")],
    ]  # fmt: skip
    (parting,) = answer.differ
    assert parting.unit == {"item": "cod", "region": "north"}
    assert [says.unit for says in parting.says] == [
        {"species": "cod", "zone": "north"}, {"fish": "cod", "zone": "north"},
    ]  # fmt: skip
    parties = [c.decided_by.party for s in parting.says for c in s.clauses if c.decided_by]
    assert parties == ["inland", "coast"]


def test_a_decision_moves_the_agreement_it_names_and_no_other(tmp_path: Path) -> None:
    """Both texts have the measure, the role and the step that the decision names."""
    agreements = [found(tmp_path, "one", "100"), found(tmp_path, "two", "100")]
    node = node_with(
        tmp_path / "n", *ROWS, binding("one", "inland"), binding("two", "inland"),
        decision("two", "inland", "2021-04-01"),
    )  # fmt: skip
    answer = compare(node, [asked(one) for one in agreements])
    # While the eel of 5 March lies in the last 30 days, lifting is called for at once.
    firsts = {parting.unit["item"]: parting.first for parting in answer.differ}
    assert firsts == {"cod": date(2021, 4, 1), "eel": date(2021, 4, 4)}
    for parting in answer.differ:
        stands = [(says.letter, says.states[0].in_force) for says in parting.says]
        assert stands == [("A", "none"), ("B", "suspended")]
    alone = every(prepare(node, asked(agreements[0])))
    assert {timeline.in_force for timeline in alone} == {"none"}


def test_swapping_the_parties_swaps_their_names(tmp_path: Path) -> None:
    agreements = [found(tmp_path, "one", "100"), found(tmp_path, "two", "50")]
    answers = []
    for number, (a, b) in enumerate((("inland", "coast"), ("coast", "inland"))):
        node = node_with(
            tmp_path / f"n{number}", *ROWS, binding("one", a), binding("two", b),
            decision("two", b, "2021-04-01"),
        )  # fmt: skip
        answers.append(compare(node, [asked(one) for one in agreements]))
    first, second = (_without_ids(answer) for answer in answers)
    assert first != second
    assert second.replace("inland", "<").replace("coast", "inland").replace("<", "coast") == first


def _without_ids(answer: Comparison) -> str:
    return msgspec.json.encode(told(answer), order="sorted").decode()


@pytest.mark.parametrize("knowledge", ["sampled", "published", "journal"])
def test_evidence_gathered_together_is_that_gathered_apart(tmp_path: Path, knowledge: str) -> None:
    rng = random.Random(4)
    start = date(2021, 1, 1)
    rows = []
    for _ in range(60):
        day = start + timedelta(days=rng.randrange(120))
        rows.append(
            report(
                rng.choice(["cod", "eel"]), day.isoformat(),
                rng.choice(["9", "60", "101", "104.9", "300"]),
                rng.choice([None, (day + timedelta(days=9)).isoformat()]),
            )
        )  # fmt: skip
    node = node_with(tmp_path / "n", *rows)
    agreements = [found(tmp_path, "one", "100"), found(tmp_path, "two", "50")]
    asks = [asked(one, knowledge) for one in agreements]
    together = prepare_together(node, asks)
    assert together[0].judged is together[1].judged
    for ask, prepared in zip(asks, together, strict=True):
        assert every(prepared) == every(prepare(node, ask))


def test_later_knowledge_names_the_record_that_came_late(tmp_path: Path) -> None:
    agreements = [found(tmp_path, "one", "100"), found(tmp_path, "two", "50")]
    node = node_with(tmp_path / "n", report("cod", "2021-03-01", "70", "2021-03-20"))
    answer = compare(node, [asked(one, "published") for one in agreements])
    (learned,) = answer.learned
    assert (learned.letter, learned.first) == ("B", date(2021, 3, 1))
    ((stretch),) = learned.apart
    assert (stretch.since, stretch.until) == (date(2021, 3, 1), date(2021, 3, 20))
    (late,) = learned.late
    assert (late.what, late.dated, late.known) == ("came", "2021-03-01", date(2021, 3, 20))
    assert node.journal.find(late.record) is not None
    asked_not = compare(
        node, [asked(one, "published") for one in agreements], later_knowledge=False
    )
    assert not asked_not.learned


def test_one_unit_is_that_unit_among_all(tmp_path: Path) -> None:
    agreements = [found(tmp_path, "one", "100"), found(tmp_path, "two", "50", "fish")]
    node = node_with(tmp_path / "n", *ROWS)
    asks = [asked(one) for one in agreements]
    whole = compare(node, asks)
    for unit in ({"species": "cod", "zone": "north"}, {"fish": "cod", "region": "north"}):
        assert compare(node, asks, unit=unit).differ == whole.differ
    nothing = compare(node, asks, unit={"item": "squid", "region": "north"})
    assert [one.evidence for one in nothing.incomparable] == [()]
    with pytest.raises(NoSuchPart, match="region is lacking"):
        compare(node, asks, unit={"species": "cod"})
    with pytest.raises(NoSuchPart, match="`colour` is no dimension"):
        compare(node, asks, unit={"colour": "red"})


def test_fewer_than_two_and_different_clocks_are_refused(tmp_path: Path) -> None:
    node = node_with(tmp_path / "n", *ROWS)
    ask = asked(found(tmp_path, "one", "100"))
    with pytest.raises(ValueError, match="two to 8"):
        compare(node, [ask])
    with pytest.raises(ValueError, match="same clocks"):
        compare(node, [ask, msgspec.structs.replace(ask, as_of=date(2021, 1, 1))])
