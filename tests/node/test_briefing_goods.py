"""Consignments as a report tells them, against the YAML they were entered with.

What `import_certificate` asks of goods is worked out here from the records alone: who issued
the papers, what they name, which lots and mass they cover, whether the area is listed. The
other text is asked anew through the parties at both ends of each consignment.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest

from fairwater.node import demo
from fairwater.node.briefing import Briefing
from fairwater.node.briefing.content import ConsignmentLine
from fairwater.node.consignments import check
from fairwater.node.node import Node

AS_OF = demo.FIGURES_END
SCHEME = "import_certificate"
Record = dict[str, Any]


def goods(plainly: ModuleType) -> list[Record]:
    """Consignments dispatched by then: nothing else says when they became known."""
    return [
        r
        for r in plainly.entered()
        if r["type"] == "consignment" and date.fromisoformat(r["dispatched"]) <= AS_OF
    ]


def paper(plainly: ModuleType, consignment: Record, kind: str) -> Record | None:
    found = [
        r
        for r in plainly.entered()
        if (r["type"], r.get("document"), r.get("consignment"))
        == ("document", kind, consignment["consignment"])
    ]
    return found[0] if found else None


def bound(plainly: ModuleType) -> Record:
    (found,) = [
        r for r in plainly.entered() if r["type"] == "role_binding" and r["agreement"] == SCHEME
    ]
    return found


def good(plainly: ModuleType, document: Record | None) -> str:
    """Whether a paper is there, from the office bound, valid that day and not rejected."""
    if document is None:
        return "unknown"
    right = document["issuer"] == bound(plainly)["roles"]["origin_authority"]
    valid = date.fromisoformat(document.get("valid_to", "9999-12-31")) > AS_OF
    return "holds" if right and valid and document.get("ruling") != "rejected" else "fails"


def covers(lots: list[str], document: Record | None) -> str:
    if document is None:
        return "unknown"
    return "holds" if set(lots) <= set(document["lots"]) else "fails"


def worse(*verdicts: str) -> str:
    return next((v for v in ("fails", "unknown") if v in verdicts), "holds")


def expected(plainly: ModuleType, consignment: Record) -> dict[str, str]:
    """Every condition of the scheme, from the records."""
    certificate = paper(plainly, consignment, "official_certificate")
    analysis = paper(plainly, consignment, "analytical_report")
    listed = consignment["area"] in bound(plainly)["lists"]["listed_areas"]
    tolerance = next(
        p for p in plainly.agreement(SCHEME)["parameters"] if p["id"] == "mass_tolerance"
    )["value"]
    found = {"certificate": good(plainly, certificate)}
    if certificate is None:
        for name in ("certificate_matches", "lots", "mass", "statement_of_origin", "analysis"):
            found[name] = "unknown"
    else:
        same = (
            certificate["area"] == consignment["area"]
            and certificate["packages"] == consignment["packages"]
            and certificate["product"]["species"] == consignment["product"]["species"]
        )
        found["certificate_matches"] = "holds" if same else "fails"
        found["lots"] = covers(consignment["lots"], certificate)
        mass, named = Decimal(consignment["mass_kg"]), Decimal(certificate["mass_kg"])
        near = abs(mass - named) <= Decimal(str(tolerance)) * mass
        found["mass"] = "holds" if near else "fails"
        fits = "from_listed_area" if listed else "not_from_listed_area"
        found["statement_of_origin"] = "holds" if fits in certificate["states"] else "fails"
        found["analysis"] = "holds"
        if listed:
            found["analysis"] = worse(
                good(plainly, analysis), covers(consignment["lots"], analysis)
            )
    # No sample of these goods states the day of its result: none is known by then, none exceeds.
    samples = [
        r
        for r in plainly.entered()
        if r["type"] == "test_report"
        and r["sample"].get("consignment") == consignment["consignment"]
        and plainly.known_day(r) <= AS_OF
    ]
    assert not samples
    found["limit"] = "unknown" if listed else "holds"
    return found


def lines(briefing: Briefing, letter: str) -> dict[str, ConsignmentLine]:
    return {line.consignment: line for line in briefing.consignments if line.letter == letter}


def test_the_consignments_are_those_on_record_by_then(
    demo_briefing: Briefing, plainly: ModuleType
) -> None:
    names = {record["consignment"] for record in goods(plainly)}
    assert len(names) == 4
    for letter in "BC":
        assert set(lines(demo_briefing, letter)) == names
    assert not lines(demo_briefing, "A"), "the first text asks nothing of goods"
    for line in demo_briefing.consignments:
        (record,) = [r for r in goods(plainly) if r["consignment"] == line.consignment]
        assert line.product.key == record["product"]["species"]
        assert line.area is not None
        assert line.area.key == record["area"]
        assert line.facility == record.get("facility")
        assert line.invented


def test_every_condition_is_what_the_records_say(
    demo_briefing: Briefing, plainly: ModuleType
) -> None:
    told = lines(demo_briefing, "B")
    for record in goods(plainly):
        line = told[record["consignment"]]
        assert {c.id: c.verdict for c in line.conditions} == expected(plainly, record)
    verdicts = {v for r in goods(plainly) for v in expected(plainly, r).values()}
    assert verdicts == {"holds", "fails", "unknown"}


@pytest.mark.parametrize("letter", ["B", "C"])
def test_the_verdict_and_the_action_follow_from_the_conditions(
    letter: str, demo_briefing: Briefing, plainly: ModuleType
) -> None:
    """Worst of the conditions; of the actions they call for, the one of the highest rank."""
    name = demo.AGREEMENTS["ABC".index(letter)]
    text = plainly.agreement(name)
    (asked,) = text["consignment_checks"]
    rank = {action["id"]: action["rank"] for action in text["lot_actions"]}
    clauses = {clause["id"]: clause for clause in asked["conditions"]}
    for line in lines(demo_briefing, letter).values():
        assert [c.id for c in line.conditions] == list(clauses)
        assert line.verdict == worse(*(c.verdict for c in line.conditions))
        actions = [
            clauses[c.id]["on_fail" if c.verdict == "fails" else "on_unknown"]
            for c in line.conditions
            if c.verdict != "holds"
        ]
        assert line.action == max(actions or [asked["on_pass"]], key=lambda a: rank[a])


def test_mismatches_show_what_the_goods_and_the_papers_say(
    demo_briefing: Briefing, plainly: ModuleType
) -> None:
    """The consignment whose papers are another's: each value stands in its record."""
    (record,) = [r for r in goods(plainly) if paper_is_anothers(plainly, r)]
    certificate = paper(plainly, record, "official_certificate")
    assert certificate is not None
    line = lines(demo_briefing, "B")[record["consignment"]]
    told = {c.id: (" | ".join(c.expected), " | ".join(c.found)) for c in line.conditions}
    wanted, found = told["certificate_matches"]
    for key in ("area", "packages"):
        assert record[key] in wanted
        assert certificate[key] in found
    assert bound(plainly)["roles"]["origin_authority"] in told["certificate"][0]
    assert certificate["issuer"] in told["certificate"][1]
    assert certificate["mass_kg"] in told["mass"][1]
    assert record["mass_kg"] in told["mass"][0]
    left = set(record["lots"]) - set(certificate["lots"])
    assert all(lot in " ".join(told["lots"]) for lot in left)


def paper_is_anothers(plainly: ModuleType, record: Record) -> bool:
    certificate = paper(plainly, record, "official_certificate")
    return certificate is not None and certificate["packages"] != record["packages"]


def test_both_texts_answer_alike_when_found_through_the_parties(
    demo_briefing: Briefing, demo_node: Node
) -> None:
    """Asked without naming a text, and without what the report has gathered."""
    for name in lines(demo_briefing, "C"):
        for answer in check(demo_node, name, as_of=AS_OF, knowledge="resulted").answers:
            letter = "ABC"[demo.AGREEMENTS.index(answer.agreement)]
            line = lines(demo_briefing, letter)[name]
            assert (line.verdict, line.action) == (
                answer.verdict,
                None if answer.action is None else answer.action.id,
            )
            assert [(c.id, c.verdict, len(c.missing)) for c in line.conditions] == [
                (c.id, c.verdict, len(c.missing)) for c in answer.conditions
            ]


def test_goods_of_a_measure_in_dispute_are_neither_let_in_nor_refused(
    demo_briefing: Briefing, plainly: ModuleType
) -> None:
    """`open` asks for the state of trade: suspended fails, and what is contested is unknown."""
    stands = {
        (row.species.key, row.zone.key): stand
        for row in demo_briefing.units
        for stand in row.stands
        if stand.letter == "C"
    }
    seen = set()
    for record in goods(plainly):
        stand = stands.get((record["product"]["species"], record["area"]))
        line = lines(demo_briefing, "C")[record["consignment"]]
        (verdict,) = [c.verdict for c in line.conditions if c.id == "open"]
        if stand is not None and stand.status == "contested":
            assert verdict == "unknown"
        else:  # nobody decided anything: the first state of the text
            assert verdict == "fails"
        seen.add(verdict)
    assert seen == {"unknown", "fails"}
