"""What keepers' registers prove of a unit: gaps, ends, parts of the unit, amendments.

Truth: a register counts zero only if stated complete by its keeper with consignments
passed (agreement language, metrics); windows are half-open in civil days. Invented lines.
"""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
import yaml

from fairwater.agreement.casefiles.evidence import evidence_of
from fairwater.agreement.conditions import Atom
from fairwater.agreement.context import Context, terms_of
from fairwater.agreement.evaluator import evaluate
from fairwater.agreement.model import Agreement, Words
from fairwater.agreement.verdict import Reading, Verdict

AT = date(2031, 3, 31)
RULE = Agreement(id="a", version="1", title=Words(en="a"), time_zone="UTC")
NONE = Atom(id="n", metric="noncompliance_count", register="border", window="P90D", eq="0")
ONE = Atom(id="n", metric="noncompliance_count", register="border", window="P90D", ge="1")
UNIT = {"species": "cod", "zone": "Z1"}


def asked(atom: Atom, *said: str, at: date = AT) -> Verdict:
    read = [yaml.load(f"{{register: border, by: post, {line}}}", yaml.BaseLoader) for line in said]
    context = Context(
        at=at, known_at=at, terms=terms_of(RULE), unit=UNIT, bindings={"importing": "post"}
    )
    return evaluate(atom, evidence_of(read, ZoneInfo("UTC"), "here"), context)


def value(verdict: Verdict) -> tuple[int | str, int | str]:
    reading = verdict.tree.reading
    assert isinstance(reading, Reading)
    return reading.value


def kept(first: str, last: str, passed: int = 5, rejected: int = 0, more: str = "") -> str:
    return (
        f"from: '2031-{first}', complete_through: '2031-{last}', "
        f"consignments: '{passed}', rejected: '{rejected}'{more}"
    )


@pytest.mark.parametrize(
    ("registers", "verdict"),
    [
        ([kept("01-01", "03-31")], "holds"),  # 90 days back from 31 March begin on 1 January
        ([kept("01-02", "03-31")], "unknown"),
        ([kept("01-01", "03-30")], "unknown"),
        ([kept("01-01", "02-10"), kept("02-11", "03-31")], "holds"),
        ([kept("01-01", "02-10"), kept("02-12", "03-31")], "unknown"),  # 11 February is nobody's
        ([kept("01-01", "02-20"), kept("02-10", "03-31")], "holds"),
        ([kept("01-01", "03-31", passed=0)], "unknown"),
        ([kept("01-01", "02-10", passed=0), kept("02-11", "03-31")], "holds"),
        ([kept("01-01", "02-10"), kept("02-11", "03-31", rejected=1)], "fails"),
    ],
)
def test_none_was_rejected_only_if_every_day_is_covered(registers, verdict) -> None:
    assert asked(NONE, *registers).verdict == verdict


def test_a_gap_leaves_what_was_rejected_standing() -> None:
    gap = [kept("01-01", "02-10", rejected=1), kept("02-12", "03-31")]
    assert asked(ONE, *gap).verdict == "holds"
    assert value(asked(ONE, *gap)) == (1, "*")


PART = ", unit: {species: cod, zone: Z1, facility: F1}"
SOMEWHERE = ", unit: {facility: F1}"
NO_WORD = ", unit: {fish: sole}"


@pytest.mark.parametrize("about", [PART, SOMEWHERE, NO_WORD])
def test_a_register_of_a_part_or_of_something_else_covers_nothing(about: str) -> None:
    verdict = asked(NONE, kept("01-01", "03-31", more=about))
    assert verdict.verdict == "unknown"
    assert value(verdict) == (0, "*")
    whole = asked(NONE, kept("01-01", "03-31"), kept("01-01", "03-31", more=about))
    assert whole.verdict == "holds"


@pytest.mark.parametrize(
    ("about", "low", "kind"),
    [(PART, 1, None), (SOMEWHERE, 0, "location"), (NO_WORD, 0, "location")],
)
def test_what_it_rejected_is_the_units_only_where_it_names_the_unit(
    about: str, low: int, kind: str | None
) -> None:
    rejected = kept("01-01", "03-31", rejected=1, more=about)
    found = asked(NONE, kept("01-01", "03-31"), rejected)
    assert value(found) == (low, 1)
    assert [m.kind for m in found.missing] == ([] if kind is None else [kind])
    assert found.verdict == ("fails" if low else "unknown")


def test_what_overlapping_registers_rejected_may_be_the_same() -> None:
    quarter, march = kept("01-01", "03-31", rejected=2), kept("03-01", "03-31", rejected=1)
    assert value(asked(NONE, quarter, march)) == (2, 3)
    january, february = kept("01-01", "01-31", rejected=1), kept("02-01", "02-28", rejected=1)
    assert value(asked(NONE, january, february, march)) == (3, 3)
    assert value(asked(NONE, quarter, january, february, march)) == (3, 5)


def test_another_units_register_says_nothing() -> None:
    verdict = asked(NONE, kept("01-01", "03-31", more=", unit: {species: eel}"))
    assert verdict.verdict == "unknown"
    assert [(m.kind, m.reason) for m in verdict.missing] == [("no_evidence", "no register")]
