"""Field cases F1, F3 and F5 (reference/field_cases.md): faults met by people who do this work."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from fairwater.intake import Profile, RowOutcome
from fairwater.quantities.units import convert
from fairwater.records import TestReport

Outcomes = Callable[..., list[RowOutcome]]
Other = Callable[[str], Profile]


def _report(outcome: RowOutcome) -> TestReport:
    assert isinstance(outcome.record, TestReport), outcome.reasons
    return outcome.record


def test_f1_limits_in_brackets_and_ditto_marks(outcomes: Outcomes, other: Other) -> None:
    rows = outcomes(
        "採取地,検体,Cs-134,Cs-137   (Bq/kg)\n"
        "浜田町,マコガレイ,不検出(1.21),不検出(1.08)\n"
        "〃,ヒラメ,6.40(<1.12),19.7(<1.04)\n"
        "〃,シラス,検出せず(<7.3),検出せず(<6.6)\n",
        other("f1-brackets"),
    )
    results = [result for row in rows for result in _report(row).results]
    assert [(r.kind, r.value, r.limit) for r in results] == [
        ("censored", "1.21", None),
        ("censored", "1.08", None),
        ("detected", "6.40", "1.12"),
        ("detected", "19.7", "1.04"),
        ("censored", "7.3", None),
        ("censored", "6.6", None),
    ]
    assert [r.verdict for r in results] == ["not_detected"] * 2 + [None] * 2 + ["not_detected"] * 2
    places = [_report(row).sample.place for row in rows]
    assert [place and place.locality for place in places] == ["浜田町"] * 3


def test_f1_what_is_quarantined(outcomes: Outcomes, other: Other) -> None:
    first, bare = outcomes(
        "採取地,検体,Cs-134,Cs-137   (Bq/kg)\n〃,ヒラメ,1,2\n浜田町,ヒラメ,6.40(1.12),2\n",
        other("f1-brackets"),
    )
    assert first.reasons == ("ditto_without_row_above",)
    assert bare.reasons == ("unreadable_value",)


def test_f1_a_ditto_mark_where_none_is_stated(outcomes: Outcomes, other: Other) -> None:
    for mark in ("〃", "同上"):
        _, row = outcomes(
            f"採取地,検体,Cs-134,Cs-137   (Bq/kg)\n浜田町,ヒラメ,<1,<1\n浜田町,{mark},<1,<1\n",
            other("f1-brackets"),
        )
        assert row.reasons == ("ditto_not_stated",)  # never a fish of that name


def test_f3_limit_in_another_unit(outcomes: Outcomes, other: Other) -> None:
    same, unlike, none, bare = outcomes(
        "nuclide,value,unit,limit,limit_unit,result\n"
        "Cs-137,2.4,mBq/L,0.9,mBq/L,\n"
        "Cs-137,2.6,mBq/L,0.0009,Bq/L,\n"
        "Cs-137,,mBq/L,1.1,mBq/L,ND\n"
        "Cs-137,2.5,mBq/L,900,,\n",
        other("f3-long"),
    )
    in_bq_m3 = []
    for row in (same, unlike):
        result = _report(row).results[0]
        assert result.value is not None
        assert result.limit is not None
        assert result.unit is not None
        in_bq_m3.append(
            (
                convert(Decimal(result.value), result.unit, "Bq/m3"),
                convert(Decimal(result.limit), result.limit_unit or result.unit, "Bq/m3"),
            )
        )
    assert in_bq_m3 == [(Decimal("2.4"), Decimal("0.9")), (Decimal("2.6"), Decimal("0.9"))]
    result = _report(none).results[0]
    assert (result.kind, result.value, result.unit, result.verdict) == (
        "censored", "1.1", "mBq/L", "not_detected",
    )  # fmt: skip
    assert bare.reasons == ("missing_limit_unit",)


def test_f5_unknown_day(outcomes: Outcomes, other: Other) -> None:
    month, year, never = outcomes(
        "year,month,day,Cs-137 Bq/kg\n2016,7,0,41\n2016,0,0,12\n2016,2,30,8\n",
        other("f5-day-unknown"),
    )
    assert _report(month).sample.collected == "2016-07"
    assert _report(year).sample.collected == "2016"
    assert never.reasons == ("impossible_day",)
