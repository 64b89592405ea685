"""Which version governs; no agreement applies. Truth: field case F9."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from msgspec import structs

from fairwater.agreement.load import load_agreement
from fairwater.agreement.model import Agreement
from fairwater.agreement.versions import (
    Ambiguous,
    Candidate,
    Governing,
    NoAgreement,
    governing,
    in_force,
    stale,
)
from fairwater.records.text import Language


def agreement(
    name: str, start: str | None = None, end: str | None = None, version: str = "v1"
) -> Agreement:
    text = f"id: {name}\nversion: {version}\ntitle: {{en: t, ja: t, zh: t}}\ntime_zone: UTC\n"
    text += f"valid_from: {start}\n" if start else ""
    text += f"valid_to: {end}\n" if end else ""
    return load_agreement(text, name).agreement


P_R = Candidate(agreement=agreement("p_r"), bindings={"origin": "P", "importing": "R"})
S_Q = Candidate(agreement=agreement("s_q"), bindings={"origin": "S", "importing": "Q"})
P_Q = Candidate(
    agreement=agreement("p_q", "2025-06-30", "2026-01-01"),
    bindings={"origin": "P", "importing": "Q"},
)
ASKED = {"origin": "P", "importing": "Q"}


def test_f9_only_other_parties_are_bound() -> None:
    """A consignment from P to Q; the only agreements bind P–R and S–Q."""
    answer = governing([P_R, S_Q], date(2025, 7, 1), ASKED)
    assert isinstance(answer, NoAgreement)
    assert answer.roles == ASKED
    assert [(r.agreement, r.why) for r in answer.rejected] == [
        ("p_r", "other_parties"),
        ("s_q", "other_parties"),
    ]


@pytest.mark.parametrize(
    ("language", "words", "reason"),
    [
        ("en", "No agreement applies on 2025-07-01", "binds other parties"),
        ("ja", "2025-07-01 に適用される取り決めはありません", "当事者が異なる"),
        ("zh", "2025-07-01 没有适用的协议", "当事方不同"),
    ],
)
def test_f9_says_what_was_looked_for_in_three_languages(
    language: Language, words: str, reason: str
) -> None:
    answer = governing([P_R, S_Q], date(2025, 7, 1), ASKED)
    assert isinstance(answer, NoAgreement)
    text = answer.text(language)
    assert words in text
    for part in (
        "origin: P",
        "importing: Q",
        "p_r v1",
        "s_q v1",
        "importing: R",
        "origin: S",
        reason,
    ):
        assert part in text
    assert not any(word in text.lower() for word in ("holds", "fails", "unknown"))


def test_f9_valid_from_the_day_after() -> None:
    answer = governing([P_Q], date(2025, 6, 29), ASKED)
    assert isinstance(answer, NoAgreement)
    assert [(r.why, r.valid_from) for r in answer.rejected] == [("not_yet", "2025-06-30")]
    assert "is not yet valid: from 2025-06-30" in answer.text("en")
    assert isinstance(governing([P_Q], date(2025, 6, 30), ASKED), Governing)


def test_the_last_day_is_the_day_before_valid_to() -> None:
    """[from, to): an inclusive end is off by one (openfisca-france #1859)."""
    assert isinstance(governing([P_Q], date(2025, 12, 31), ASKED), Governing)
    answer = governing([P_Q], date(2026, 1, 1), ASKED)
    assert isinstance(answer, NoAgreement)
    assert answer.rejected[0].why == "ended"
    assert "ended before 2026-01-01" in answer.text("en")


def test_nothing_recorded_is_said_too() -> None:
    answer = governing([], date(2025, 7, 1))
    assert isinstance(answer, NoAgreement)
    said: dict[Language, str] = {
        "en": "No agreement is recorded.",
        "ja": "一件も",
        "zh": "没有记录",
    }
    for language, words in said.items():
        assert words in answer.text(language)


def test_versions_follow_one_another_without_gap_or_overlap() -> None:
    first = Candidate(agreement=agreement("a", None, "2025-01-01", "v1"), content_id="1")
    second = Candidate(agreement=agreement("a", "2025-01-01", None, "v2"), content_id="2")
    for order in itertools.permutations([first, second]):
        for day, version in ((date(2024, 12, 31), "v1"), (date(2025, 1, 1), "v2")):
            found = governing(order, day, agreement="a")
            assert isinstance(found, Governing)
            assert found.agreement.version == version
            assert in_force(found.agreement, day)


def test_two_texts_at_once_are_refused_and_one_text_twice_is_one() -> None:
    twin = structs.replace(P_Q, content_id="other")
    with pytest.raises(Ambiguous, match="2 agreements govern on 2025-07-01"):
        governing([P_Q, twin], date(2025, 7, 1), ASKED)
    assert isinstance(governing([P_Q, P_Q], date(2025, 7, 1), ASKED), Governing)


def test_a_party_bound_by_the_text_itself() -> None:
    text = ("id: a\nversion: v1\ntitle: {en: t}\ntime_zone: UTC\n"
            "roles: {importing: NO, origin: NA}\n")  # fmt: skip
    candidate = Candidate(agreement=load_agreement(text, "x").agreement)
    found = governing([candidate], date(2025, 1, 1), {"importing": "NO"})
    assert isinstance(found, Governing)
    assert found.bindings == {"importing": "NO", "origin": "NA"}


def test_swapped_parties_swap_names_only() -> None:
    def swap(bindings: dict[str, str]) -> dict[str, str]:
        names = {"P": "Q", "Q": "P"}
        return {role: names.get(party, party) for role, party in bindings.items()}

    swapped = structs.replace(P_R, bindings=swap(dict(P_R.bindings)))
    one = governing([P_R], date(2025, 7, 1), ASKED)
    other = governing([swapped], date(2025, 7, 1), swap(ASKED))
    assert isinstance(one, NoAgreement)
    assert isinstance(other, NoAgreement)
    renamed = one.text("en").replace("P", "*").replace("Q", "P").replace("*", "Q")
    assert other.text("en") == renamed


def test_stale_values_are_named() -> None:
    """A value used after the day it was last known to stand (openfisca-core #437)."""
    text = """\
id: a
version: v1
title: {en: t}
time_zone: UTC
parameters:
  - {id: p, type: count, value: 2, cert: ours, checked: 2025-01-31}
  - {id: q, type: count, value: 2, cert: ours}
"""
    found = load_agreement(text, "x").agreement
    assert stale(found, date(2025, 1, 31)) == ()
    assert stale(found, date(2025, 2, 1)) == ("parameters.p",)
