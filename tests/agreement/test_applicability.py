"""No agreement applies (field case F9), and which does.

"A consignment from P to Q; the only agreements bind P-R and S-Q. Right: 'no
agreement applies', what was looked for, in all three languages. The same when an
agreement exists but its validity starts the day after the as-of date."
"""

from __future__ import annotations

from datetime import date

from fairwater.agreement.applicability import Bound, NoAgreement, applicable
from fairwater.agreement.model import Agreement, Words

AT = date(2021, 3, 31)


def bound(name: str, origin: str, importing: str, **validity: str) -> Bound:
    agreement = Agreement(id=name, version="v1", title=Words(en=name), time_zone="UTC", **validity)
    return Bound(agreement, {"origin": origin, "importing": importing})


PQ = {"origin": "P", "importing": "Q"}


def test_nothing_binds_both() -> None:
    answer = applicable([bound("a", "P", "R"), bound("b", "S", "Q")], PQ, AT)
    assert isinstance(answer, NoAgreement)
    assert answer.reasons == (
        ("a v1", "binds R as importing, not Q"),
        ("b v1", "binds S as origin, not P"),
    )
    for words in (answer.words.en, answer.words.ja, answer.words.zh):
        assert words is not None
        assert "P" in words
        assert "Q" in words
        assert "2021-03-31" in words
    assert len({answer.words.en, answer.words.ja, answer.words.zh}) == 3


def test_in_force_from_the_day_after() -> None:
    answer = applicable([bound("a", "P", "Q", valid_from="2021-04-01")], PQ, AT)
    assert isinstance(answer, NoAgreement)
    assert answer.reasons == (("a v1", "in force from 2021-04-01"),)


def test_the_last_day_is_the_day_before_valid_to() -> None:
    ended = bound("a", "P", "Q", valid_to="2021-03-31")
    assert isinstance(applicable([ended], PQ, AT), NoAgreement)
    assert applicable([ended], PQ, date(2021, 3, 30)) == ended


def test_of_two_the_later_in_force_governs() -> None:
    old, new = bound("a", "P", "Q"), bound("b", "P", "Q", valid_from="2021-03-01")
    assert applicable([new, old], PQ, AT) == new
    assert applicable([new, old], PQ, date(2021, 2, 1)) == old


def test_no_agreement_at_all() -> None:
    answer = applicable([], PQ, AT)
    assert isinstance(answer, NoAgreement)
    assert answer.reasons == ()
