"""The set of values a result allows (agreement language, *sample outcome*)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairwater.quantities.allowed import EVERYTHING, Allowed, add, allowed
from fairwater.quantities.errors import QuantityError
from fairwater.records import Result


def of(**fields: object) -> Allowed:
    return allowed(Result(nuclides=("Cs-137",), unit="Bq/kg", **fields))  # type: ignore[arg-type]


def test_each_kind_has_its_own_set() -> None:
    d = Decimal
    assert of(kind="detected", value="12.4") == (d("12.4"), d("12.4"))
    assert of(kind="censored", value="6.1", limit_kind="detection_limit") == (0, d("6.1"))
    assert of(kind="censored", value="6.1", limit_kind="not_stated") == (0, d("6.1"))
    assert of(kind="censored", value="6.1", limit_kind="sum_of_parts_limits") == (0, d("6.1"))
    assert of(kind="censored", value="3.0", limit_kind="decision_threshold") == EVERYTHING
    assert of(kind="censored", value="3.0", limit_kind="decision_threshold", limit="6.2") == (
        0,
        d("6.2"),
    )
    assert of(kind="over_range", value="2.0E+05") == (d("2.0E+05"), None)  # field case F11
    assert of(kind="interval", low="55", high="68") == (55, 68)
    assert of(kind="about", value="22") == EVERYTHING
    assert of(kind="not_stated") == EVERYTHING


def test_a_negative_net_result_is_kept() -> None:
    assert of(kind="detected", value="-0.12").low == Decimal("-0.12")


@pytest.mark.parametrize("kind", ["detected", "censored", "over_range", "interval"])
def test_a_kind_without_its_numbers_is_refused(kind: str) -> None:
    with pytest.raises(QuantityError, match=f"kind `{kind}` needs its"):
        of(kind=kind)


bounds = st.tuples(st.integers(0, 10**6), st.none() | st.integers(0, 10**6)).map(
    lambda pair: Allowed(Decimal(pair[0]), None if pair[1] is None else Decimal(pair[0] + pair[1]))
)


@given(st.lists(bounds, max_size=5), st.data())
def test_a_sum_holds_every_sum_of_members(parts: list[Allowed], data: st.DataObject) -> None:
    whole = add(parts)
    members = [
        data.draw(st.integers(int(p.low), int(p.high) if p.high is not None else 10**7))
        for p in parts
    ]
    assert whole.low <= sum(members)
    assert whole.high is None or sum(members) <= whole.high
    assert add(reversed(parts)) == whole
