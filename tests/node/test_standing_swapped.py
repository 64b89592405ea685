"""The demo's standing evidence with the parties exchanged: names change, nothing else.

The same records are entered in two nodes, once with each party in the other's place:
in bindings, decisions, declarations, assertions, registers, papers, goods, plants and
samples. Everything a node says of the three agreements has to be the same text with
the two names exchanged: every timeline and verdict, the comparison, every condition of
every consignment, the briefing and the report in three languages.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from fairwater.agreement.telling import told as timeline_told
from fairwater.node import demo_figures, demo_standing
from fairwater.node.agreements import find, record_of
from fairwater.node.briefing.gather import Wanted, brief
from fairwater.node.comparing import compare
from fairwater.node.comparing import told as compared
from fairwater.node.consignments import check, consignments
from fairwater.node.demo import PARTIES, ROLES
from fairwater.node.evaluation import Asked, every, explained_from, prepare
from fairwater.node.node import Node
from fairwater.records import Consignment, Decision, RoleBinding, decode, encode
from fairwater.report.telling import document

TEXTS: Final = ("origin_restriction", "import_certificate", "staged_resumption")
AS_OF: Final = date(2014, 3, 31)
ONE, OTHER = "Xanthe", "Ymir"
SIDES: Final = (
    ("coastal", "inland"), ("Coastal", "Inland"), ("沿岸側", "内陸側"), ("沿海方", "内陆方"),
)  # fmt: skip
"""How the demo calls its two parties and their offices, in keys and in three languages."""


def called(text: str, first: str, second: str) -> str:
    """A record's text with the two parties called otherwise."""
    for one, other in SIDES:
        text = text.replace(one, first).replace(other, second)
    return text


def node_of(folder: Path, first: str, second: str) -> Node:
    clock = datetime(2026, 1, 1, 12, tzinfo=UTC)
    key = called("coastal-authority", first, second)
    node = Node.create(folder, party=key, name=f"{first} authority", clock=lambda: clock)
    records = [
        *PARTIES,
        RoleBinding(agreement="origin_restriction", roles=ROLES),
        *(record_of(find(None, name)) for name in TEXTS),
        *demo_figures.press(), *demo_standing.invented(), *demo_standing.resumption(),
    ]  # fmt: skip
    entered = []
    for record in records:
        text = encode(record).decode()
        known = record if record.__struct_config__.tag == "agreement" else None
        entered.append(known or decode(called(text, first, second).encode()))
    node.enter(entered)
    return node


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Node, Node]:
    folder = tmp_path_factory.mktemp("swapped")
    return node_of(folder / "a", ONE, OTHER), node_of(folder / "b", OTHER, ONE)


def names_and_nothing_else(nodes: tuple[Node, Node], says: Callable[[Node], Any]) -> str:
    """That both nodes say the same but for the names; what the first says."""
    first, second = (_text(says(node)) for node in nodes)
    assert ONE in first or OTHER in first
    assert first != second
    exchanged = second.replace(ONE, "\0").replace(OTHER, ONE).replace("\0", OTHER)
    assert exchanged == first
    return first


def _text(content: Any) -> str:
    """As JSON; ids of records and digests, which hold the names, are left out."""
    text = msgspec.json.format(msgspec.json.encode(content, order="sorted"), indent=1).decode()
    return re.sub(r"\b[0-9a-f]{12,64}\b", "#", text)


def asked(name: str) -> Asked:
    return Asked(found=find(None, name), as_of=AS_OF, knowledge="sampled")


@pytest.mark.parametrize("name", TEXTS)
def test_every_timeline_and_verdict(nodes: tuple[Node, Node], name: str) -> None:
    def says(node: Node) -> Any:
        prepared = prepare(node, asked(name))
        return [
            (
                timeline_told(one, prepared.agreement),
                [explained_from(prepared, one, step).plain() for step in sorted(one.now)],
            )
            for one in every(prepared)
        ]

    said = names_and_nothing_else(nodes, says)
    assert '"holds"' in said


def test_the_comparison(nodes: tuple[Node, Node]) -> None:
    said = names_and_nothing_else(
        nodes, lambda node: compared(compare(node, [asked(name) for name in TEXTS]))
    )
    assert '"differ"' in said


def test_every_condition_of_every_consignment(nodes: tuple[Node, Node]) -> None:
    def says(node: Node) -> Any:
        return [
            [answer.told() for answer in check(
                node, stated.record.consignment, as_of=date(2025, 11, 20), knowledge="sampled"
            ).answers]
            for stated in consignments(node)
        ]  # fmt: skip

    said = names_and_nothing_else(nodes, says)
    for verdict in ("holds", "fails", "unknown"):
        assert f'"verdict": "{verdict}"' in said


@pytest.mark.parametrize("as_of", [AS_OF, date(2025, 11, 30)])
def test_the_briefing_and_the_report_in_three_languages(
    nodes: tuple[Node, Node], as_of: date
) -> None:
    wanted = Wanted(agreements=TEXTS, as_of=as_of, knowledge="sampled")
    told = {node.config.party: brief(node, wanted) for node in nodes}
    names_and_nothing_else(nodes, lambda node: told[node.config.party])
    for language in ("en", "zh", "ja"):
        names_and_nothing_else(
            nodes, lambda node, code=language: document(told[node.config.party], code)
        )


def test_the_two_nodes_really_hold_each_other_s_parties(nodes: tuple[Node, Node]) -> None:
    held = [
        {
            (record.by if isinstance(record, Decision) else record.destination)
            for entry in range(node.journal.size)
            if isinstance(record := decode(node.journal.entry(entry)), Decision | Consignment)
        }
        for node in nodes
    ]
    assert f"{OTHER}-authority" in held[0] - held[1]
    assert f"{ONE}-authority" in held[1] - held[0]
