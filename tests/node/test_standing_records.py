"""Statements on record as evidence: of which agreement, known from when, which fields are dates.

Truth: the docstrings of the records. A decision, an application and a review name the
agreement they belong to; an amendment is a statement of its own day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from fairwater.agreement.evidence import Evidence
from fairwater.agreement.timeline import Timeline
from fairwater.intake.statements import StatementError, check
from fairwater.node.agreements import Found, find, record_of
from fairwater.node.as_evidence import Reading
from fairwater.node.due import due
from fairwater.node.evaluation import Asked, every, prepare
from fairwater.node.node import Node
from fairwater.node.standing import standing_evidence
from fairwater.records import (
    Amendment,
    Application,
    Assertion,
    Decision,
    Declaration,
    Document,
    Facility,
    Place,
    Product,
    Record,
    Register,
    Result,
    Review,
    RoleBinding,
    Sample,
    TestReport,
    encode,
    record_id,
)

UNIT = {"species": "cod", "zone": "north"}
TEXT = """
id: NAME
version: v1
title: {en: NAME}
time_zone: UTC
roles:
  origin: {}
  importing: {powers: [reopen]}
  zone: {powers: [apply]}
  agency: {}
owed_by: {samples: origin, results: origin, documents: agency, statements: importing}
scope: {unit: [{id: species, column: item}, {id: zone, column: region}]}
documents:
  - {id: round, issuer: agency, per: unit}
measures:
  - id: ban
    states: [{id: open, rank: 0, effect: none}, {id: shut, rank: 1, effect: suspended}]
    initial: shut
    review: {every: P1Y, by: importing}
transitions:
  - id: reopen
    measure: ban
    from: [shut]
    to: open
    decided_by: importing
    application_by: zone
    when:
      all:
        - {id: promised, declared: {who: origin, what: supervises}}
        - {id: reported, metric: document_valid, document: round, is: true}
"""


@pytest.fixture
def node(tmp_path: Path) -> Node:
    return Node.create(
        tmp_path / "node", party="coast", name="Coast",
        clock=lambda: datetime(2031, 12, 1, 12, tzinfo=UTC),
    )  # fmt: skip


def agreed(node: Node, folder: Path, *names: str) -> list[Found]:
    """Agreements alike but for their ids, on record, their roles bound."""
    for name in names:
        path = folder / f"{name}.yaml"
        path.write_text(TEXT.replace("NAME", name), encoding="utf-8")
        roles = {"origin": "coast", "importing": "inland", "zone": "north", "agency": "bureau"}
        node.enter([record_of(find(None, str(path))), RoleBinding(agreement=name, roles=roles)])
    node.enter([ROW])
    return [find(node, name) for name in names]


ROW = TestReport(
    sample=Sample(
        item="cod", product=Product(food_category="seafood"), place=Place(region="north"),
        collected="2031-01-05",
    ),
    results=(Result(nuclides=("Cs-137",), kind="detected", unit="Bq/kg", value="1"),),
)  # fmt: skip
PROMISE = Declaration(declared="supervises", by="coast", dated="2031-02-01", value=True)
ROUND = Document(
    document="round", issuer="bureau", issued="2031-01-10", ruling="accepted",
    ruled_by="inland", ruled_on="2031-02-01",
)  # fmt: skip


def told(node: Node, which: Found, day: str, knowledge: str = "sampled") -> Timeline:
    asked = Asked(found=which, as_of=date.fromisoformat(day), knowledge=knowledge)
    (timeline,) = every(prepare(node, asked))
    return timeline


def standing(node: Node, which: Found, knowledge: str = "sampled") -> Evidence:
    return standing_evidence(node.archive(), Reading.of(which.agreement, knowledge), 2**31)[0]


def test_each_agreement_has_the_decisions_applications_and_reviews_that_name_it(
    node: Node, tmp_path: Path
) -> None:
    """Both have the measure, the step, the roles, and all other evidence."""
    one, two = agreed(node, tmp_path, "one", "two")
    shared = {"measure": "ban", "unit": UNIT, "dated": "2031-03-01"}
    node.enter(
        [
            PROMISE, ROUND,
            Application(agreement="one", transition="reopen", by="north", **shared),
            Review(agreement="two", by="inland", **shared),
        ]
    )  # fmt: skip
    first, second = (told(node, which, "2031-06-01") for which in (one, two))
    for timeline in (first, second):  # an application does not gate what is eligible
        assert {o.transition for o in timeline.eligible} == {"reopen"}
    assert [(a.kind, a.due) for a in second.alarms] == [("review_due", date(2032, 3, 1))]
    assert not first.alarms

    node.enter(
        [Decision(agreement="one", transition="reopen", role="importing", by="inland",
                  effective="2031-04-01", reasons="r", measure="ban", unit=UNIT,
                  dated="2031-04-01")]
    )  # fmt: skip
    assert [told(node, which, "2031-06-01").in_force for which in (one, two)] == ["open", "shut"]
    named = [standing(node, which) for which in (one, two)]
    assert [(len(e.decisions), len(e.applications), len(e.reviews)) for e in named] == [
        (1, 1, 0), (0, 0, 1),
    ]  # fmt: skip


def test_a_review_that_names_no_agreement_and_an_assertion_speak_of_the_measure(
    node: Node, tmp_path: Path
) -> None:
    agreements = agreed(node, tmp_path, "one", "two")
    node.enter(
        [
            Review(measure="ban", by="inland", dated="2031-03-01"),
            Assertion(measure="ban", state="open", by="inland", dated="2031-03-02"),
        ]
    )
    for which in agreements:
        found = standing(node, which)
        assert (len(found.reviews), len(found.assertions)) == (1, 1)


def test_what_falls_due_asks_for_the_reviews_of_the_agreement(node: Node, tmp_path: Path) -> None:
    agreed(node, tmp_path, "one", "two")
    shared = {"measure": "ban", "unit": UNIT}
    node.enter(
        [
            Decision(agreement=name, transition="reopen", role="importing", by="inland",
                     effective="2031-04-01", reasons="r", dated="2031-04-01", override=True,
                     **shared)
            for name in ("one", "two")
        ]
    )  # fmt: skip
    node.enter([Review(agreement="two", by="inland", dated="2031-09-01", **shared)])
    days = {}
    for name in ("one", "two"):
        asked = find(node, name).agreement
        found = due(node.archive(), date(2031, 12, 1), agreement=asked)
        days[name] = [entry.due for entry in found if entry.kind == "review"]
    assert days == {"one": [date(2032, 4, 1)], "two": [date(2032, 9, 1)]}


def amended(node: Node, old: Record, new: Record, dated: str | None) -> None:
    node.enter([old, new])
    node.enter(
        [
            Amendment(
                amends=record_id(encode(old)), by=record_id(encode(new)), reason="r", dated=dated
            )
        ]
    )


def answers(node: Node, which: Found, *days: str) -> list[str]:
    """Whether the origin's promise held, day by day as it was known then."""
    found = []
    for day in days:
        timeline = told(node, which, day)
        parts = {node.path.rsplit(".", 1)[-1]: node.verdict for node in
                 timeline.now["reopen"].tree.atoms()}  # fmt: skip
        found.append(parts["promised"])
    return found


def test_what_replaces_a_statement_was_known_no_sooner_than_the_amendment(
    node: Node, tmp_path: Path
) -> None:
    """The promise of 1 February was corrected on 10 March to *no*, of the same date."""
    (one,) = agreed(node, tmp_path, "one")
    taken_back = Declaration(declared="supervises", by="coast", dated="2031-02-01", value=False)
    amended(node, PROMISE, taken_back, "2031-03-10")
    days = ("2031-01-31", "2031-02-01", "2031-03-09", "2031-03-10")
    assert answers(node, one, *days) == ["unknown", "holds", "holds", "fails"]


def test_an_amendment_without_a_date_was_made_when_the_journal_took_it(
    node: Node, tmp_path: Path
) -> None:
    (one,) = agreed(node, tmp_path, "one")
    taken_back = Declaration(declared="supervises", by="coast", dated="2031-02-01", value=False)
    amended(node, PROMISE, taken_back, None)
    assert answers(node, one, "2031-11-30", "2031-12-01") == ["holds", "fails"]


def test_what_replaces_a_statement_later_than_the_amendment_leaves_no_hole(
    node: Node, tmp_path: Path
) -> None:
    """Amended on 10 March by a promise dated the 20th: the old one stands until then."""
    (one,) = agreed(node, tmp_path, "one")
    again = Declaration(declared="supervises", by="coast", dated="2031-03-20", value=True)
    amended(node, PROMISE, again, "2031-03-10")
    days = ("2031-03-09", "2031-03-10", "2031-03-19", "2031-03-20")
    assert answers(node, one, *days) == ["holds"] * 4


def test_an_amended_register_is_the_old_one_until_the_day_it_was_amended(
    node: Node, tmp_path: Path
) -> None:
    (one,) = agreed(node, tmp_path, "one")
    old, new = (
        Register(register="border", kept_by="inland", since="2031-01-01",
                 complete_through="2031-02-28", consignments=9, rejected=n)
        for n in (0, 1)
    )  # fmt: skip
    amended(node, old, new, "2031-05-01")
    evidence = standing(node, one)
    stood = {
        day: [r.rejected for r in evidence.as_known(date.fromisoformat(day)).registers]
        for day in ("2031-02-27", "2031-02-28", "2031-04-30", "2031-05-01")
    }
    assert stood == {
        "2031-02-27": [], "2031-02-28": [0], "2031-04-30": [0], "2031-05-01": [1],
    }  # fmt: skip
    by_journal = standing(node, one, "journal").as_known(date(2031, 12, 1))
    assert [r.rejected for r in by_journal.registers] == [1]


def test_a_plant_suspended_by_amendment_and_registered_again(node: Node, tmp_path: Path) -> None:
    (one,) = agreed(node, tmp_path, "one")
    first = Facility(facility="F", party="coast", register="plants", registered_from="2031-01-01")
    ended = Facility(
        facility="F", party="coast", register="plants", registered_from="2031-01-01",
        registered_to="2031-03-01",
    )  # fmt: skip
    amended(node, first, ended, "2031-03-05")
    again = Facility(facility="F", party="coast", register="plants", registered_from="2031-06-01")
    node.enter([again])
    evidence = standing(node, one)
    spans = {
        day: sorted(
            (f.since, f.until) for f in evidence.as_known(date.fromisoformat(day)).facilities
        )
        for day in ("2031-03-04", "2031-03-05", "2031-06-01")
    }
    january, march, june = date(2031, 1, 1), date(2031, 3, 1), date(2031, 6, 1)
    assert spans == {
        "2031-03-04": [(january, None)],
        "2031-03-05": [(january, march)],
        "2031-06-01": [(january, march), (june, None)],
    }


def test_a_plant_of_which_only_the_end_is_written_was_registered_until_then(
    node: Node, tmp_path: Path
) -> None:
    (one,) = agreed(node, tmp_path, "one")
    node.enter([Facility(facility="F", party="coast", registered_to="2031-03-01"),
                Facility(facility="G", party="coast")])  # fmt: skip
    found = {f.facility: f for f in standing(node, one).facilities}
    assert (found["F"].registered, found["F"].since, found["F"].until) == (
        True, None, date(2031, 3, 1),
    )  # fmt: skip
    assert not found["G"].registered


def test_where_a_declaration_was_published_is_no_date() -> None:
    said = Declaration(
        declared="supervises", by="coast", dated="2031-02-01", value=True,
        published="Official journal, no. 12 (pages 3 to 4)",
    )  # fmt: skip
    check(said)
    with pytest.raises(StatementError, match=r"\$\.dated"):
        check(Declaration(declared="supervises", by="coast", dated="2031-02-30", value=True))


@pytest.mark.parametrize("field", ["resulted", "published"])
def test_the_dates_of_a_report_are_still_checked(field: str) -> None:
    row = TestReport(sample=ROW.sample, results=ROW.results, **{field: "2031-02-30"})
    with pytest.raises(StatementError, match=rf"\$\.{field}.*names no day"):
        check(row)
