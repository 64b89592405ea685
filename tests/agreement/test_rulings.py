"""Whose documents count, and what a rejection is: of a unit, in steps of an agreement.

Truth: a document is `present, right issuer, in validity` (draft vocabulary); a window is
half-open and looks at what came since the last step (agreement language). Invented lines.
"""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
import yaml

from fairwater.agreement.casefiles.evidence import evidence_of
from fairwater.agreement.conditions import Atom
from fairwater.agreement.context import Context, terms_of
from fairwater.agreement.evaluator import evaluate
from fairwater.agreement.evidence import Evidence
from fairwater.agreement.model import Agreement, DocumentKind, Role, Words
from fairwater.agreement.verdict import Verdict

AT = date(2031, 3, 31)
RULE = Agreement(
    id="a", version="1", title=Words(en="a"), time_zone="UTC",
    roles={"agency": Role(), "origin": Role()},
    documents=(DocumentKind(id="report", issuer="agency", per="unit"),),
)  # fmt: skip
VALID = Atom(id="v", metric="document_valid", document="report", is_=True)
INVALID = Atom(id="v", metric="document_valid", document="report", is_=False)
ONE_REJECTED = Atom(id="r", metric="rejected_documents", document="report", window="P30D", ge="1")
NONE_REJECTED = Atom(id="r", metric="rejected_documents", document="report", window="P30D", eq="0")


def lines(*said: str) -> Evidence:
    read = [yaml.load(f"{{{line}}}", yaml.BaseLoader) for line in said]
    return evidence_of(read, ZoneInfo("UTC"), "here")


def asked(
    atom: Atom, *said: str, at: date = AT, bound: bool = True, since: date | None = None
) -> Verdict:
    context = Context(
        at=at, known_at=at, terms=terms_of(RULE), unit={"zone": "Z1"}, since=since,
        bindings={"agency": "bureau", "origin": "coast"} if bound else {},
    )  # fmt: skip
    return evaluate(atom, lines(*said), context)


def of(verdict: Verdict) -> list[tuple[str, str | None, str | None, str | None, str | None]]:
    return [(m.kind, m.of, m.owed_by, m.needs, m.reason) for m in verdict.missing]


OWN = "doc: report, id: d1, issuer: bureau, d: '2031-03-10', ruling: "
OTHER = "doc: report, id: d2, issuer: coast, d: '2031-03-20', ruling: "
NAMELESS = "doc: report, id: d3, d: '2031-03-20', ruling: "


@pytest.mark.parametrize("ruling", ["accepted", "rejected"])
@pytest.mark.parametrize("atom", [VALID, INVALID])
def test_what_somebody_else_issued_settles_nothing_and_the_reason_names_them(
    atom: Atom, ruling: str
) -> None:
    verdict = asked(atom, OTHER + ruling)
    assert verdict.verdict == "unknown"
    assert of(verdict) == [("document", "report", "agency", None, "issued by coast, not by agency")]
    assert verdict.cites == ("d2",)


@pytest.mark.parametrize(("ruling", "valid"), [("accepted", True), ("rejected", False)])
def test_what_somebody_else_issues_later_changes_nothing(ruling: str, valid: bool) -> None:
    opposite = "rejected" if valid else "accepted"
    verdict = asked(VALID, OWN + ruling, OTHER + opposite)
    assert verdict.verdict == ("holds" if valid else "fails")
    assert verdict.cites == ("d1",)
    assert asked(INVALID, OWN + ruling, OTHER + opposite).verdict == ("fails" if valid else "holds")


@pytest.mark.parametrize("issuer", ["bureau", "agency"])
def test_the_party_or_the_role_itself_may_be_named(issuer: str) -> None:
    assert asked(VALID, (OWN + "accepted").replace("bureau", issuer)).verdict == "holds"


def test_a_document_without_an_issuer_is_asked_for_it() -> None:
    verdict = asked(VALID, NAMELESS + "accepted")
    assert verdict.verdict == "unknown"
    assert of(verdict) == [("document", "report", "agency", "its issuer", None)]


@pytest.mark.parametrize(
    ("own", "nameless", "verdict"),
    [
        ("accepted", "accepted", "holds"), ("accepted", "rejected", "unknown"),
        ("rejected", "accepted", "unknown"), ("rejected", "rejected", "fails"),
    ],
)  # fmt: skip
def test_a_nameless_one_matters_where_it_would_change_the_answer(
    own: str, nameless: str, verdict: str
) -> None:
    assert asked(VALID, OWN + own, NAMELESS + nameless).verdict == verdict
    earlier = (NAMELESS + nameless).replace("03-20", "03-05")
    assert asked(VALID, OWN + own, earlier).verdict == ("holds" if own == "accepted" else "fails")


def test_where_nobody_plays_the_role_that_is_what_is_missing() -> None:
    verdict = asked(VALID, OWN + "accepted", bound=False)
    assert verdict.verdict == "unknown"
    assert of(verdict) == [("parameter", "agency", None, None, "nobody is bound to the role")]


def test_valid_through_its_last_day_and_again_from_the_day_it_is_renewed() -> None:
    old = "doc: report, id: d1, issuer: bureau, d: '2030-03-10', ruling: accepted, "
    until = old + "valid_to: '2031-03-31'"
    renewed = "doc: report, id: d2, issuer: bureau, d: '2031-04-02', ruling: accepted"
    days = [date(2031, 3, 31) + timedelta(days=n) for n in range(4)]
    found = [asked(VALID, until, renewed, at=day).verdict for day in days]
    assert found == ["holds", "fails", "holds", "holds"]
    presented = "doc: report, id: d2, issuer: bureau, d: '2031-04-01'"
    assert asked(VALID, until, presented, at=days[1]).verdict == "fails"


REJECTED, ACCEPTED = OWN + "rejected", OWN + "accepted"


def test_an_expired_document_was_not_rejected() -> None:
    expired = ACCEPTED + ", valid_to: '2031-03-15'"
    assert asked(INVALID, expired).verdict == "holds"
    assert asked(ONE_REJECTED, expired).verdict == "fails"
    assert asked(NONE_REJECTED, expired).verdict == "holds"


@pytest.mark.parametrize(
    ("at", "since", "verdict"),
    [
        (date(2031, 3, 9), None, "unknown"),  # not ruled upon yet
        (date(2031, 3, 10), None, "holds"),
        (date(2031, 4, 8), None, "holds"),
        (date(2031, 4, 9), None, "unknown"),  # 30 days are 11 March to 9 April
        (AT, date(2031, 3, 9), "holds"),
        (AT, date(2031, 3, 10), "unknown"),  # of the day of the step: before it
    ],
)
def test_a_rejection_counts_in_the_window_and_since_the_last_step(
    at: date, since: date | None, verdict: str
) -> None:
    atom = Atom(
        id="r", metric="rejected_documents", document="report", window="P30D", ge="1",
        since="last_transition",
    )  # fmt: skip
    assert asked(atom, REJECTED, at=at, since=since).verdict == verdict


def test_no_document_is_no_finding() -> None:
    for atom in (ONE_REJECTED, NONE_REJECTED):
        verdict = asked(atom)
        assert verdict.verdict == "unknown"
        assert of(verdict) == [("document", "report", "agency", None, None)]
    zero = Atom(
        id="r", metric="rejected_documents", document="report", empty="zero", eq="0", window="P30D"
    )
    assert asked(zero).verdict == "holds"


C1 = "doc: report, id: c1, issuer: bureau, consignment: C1, zone: Z1, d: '2031-03-12', ruling: "
C2 = "doc: report, id: c2, issuer: bureau, consignment: C2, zone: Z1, d: '2031-03-25', ruling: "


def test_what_is_accepted_of_other_goods_does_not_undo_a_rejection() -> None:
    assert asked(INVALID, C1 + "rejected", C2 + "accepted").verdict == "fails"  # the latest only
    assert asked(ONE_REJECTED, C1 + "rejected", C2 + "accepted").verdict == "holds"
    two = asked(ONE_REJECTED, C1 + "rejected", C2 + "rejected").tree.reading
    assert two is not None
    assert two.value == (2, 2)


def test_a_ruling_that_was_revoked_counts_no_more() -> None:
    again = (C1 + "accepted").replace("id: c1", "id: c1b").replace("03-12", "03-20")
    assert asked(ONE_REJECTED, C1 + "rejected", again, at=date(2031, 3, 19)).verdict == "holds"
    assert asked(ONE_REJECTED, C1 + "rejected", again).verdict == "fails"
    gone = "withdrawn: c1, d: '2031-03-20'"
    assert asked(ONE_REJECTED, C1 + "rejected", gone).verdict == "unknown"


def test_a_paper_that_is_presented_again_does_not_undo_a_rejection() -> None:
    presented = "doc: report, id: c1b, issuer: bureau, consignment: C1, zone: Z1, d: '2031-03-20'"
    assert asked(ONE_REJECTED, C1 + "rejected", presented).verdict == "holds"


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ("doc: report, issuer: bureau, d: '2031-03-12'", ("document", "a ruling", None)),
        (NAMELESS + "rejected", ("document", "its issuer", None)),
        (REJECTED.replace("'2031-03-10'", "'2031-02-20/2031-03-10'"),
         ("date", "the day of its ruling", None)),
    ],
)  # fmt: skip
def test_what_may_be_a_rejection_is_possible_and_says_what_would_settle_it(
    said: str, missing: tuple[str, str, str | None]
) -> None:
    for atom in (ONE_REJECTED, NONE_REJECTED):
        verdict = asked(atom, said)
        assert verdict.verdict == "unknown"
        assert [(m.kind, m.needs, m.reason) for m in verdict.missing] == [missing]
        assert verdict.tree.reading is not None
        assert verdict.tree.reading.value == (0, 1)


def test_ruled_both_ways_on_one_day_is_a_conflict() -> None:
    both = (C1 + "rejected", (C1 + "accepted").replace("id: c1", "id: c1b"))
    verdict = asked(ONE_REJECTED, *both)
    assert [(m.kind, m.reason) for m in verdict.missing] == [
        ("conflict", "ruled both ways on one day")
    ]
    assert asked(ONE_REJECTED, *both, C2 + "rejected").verdict == "holds"


def test_a_rejection_of_what_somebody_else_issued_is_none() -> None:
    verdict = asked(ONE_REJECTED, OTHER + "rejected")
    assert verdict.verdict == "unknown"
    assert of(verdict) == [("document", "report", "agency", None, None)]
