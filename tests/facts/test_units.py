"""Units: exact factors, spellings that say a basis, and what is not a unit."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairwater.facts import find_unit, unit, units

CODES = st.sampled_from(sorted(units()))
# SI prefixes (SI Brochure, 9th edition, table 7) and the definition of the curie
# (12th CGPM, 1964, Resolution 7).
PREFIX = {"u": "1E-6", "m": "1E-3", "": "1", "k": "1E3", "M": "1E6"}
CURIE_BQ = Decimal("3.7E10")


def expected(code: str) -> Decimal:
    """Factor to Bq/kg, Bq/L or Bq/m2 from the parts of the symbol alone."""
    over, under = code.split("/")
    under = under.partition("-")[0]  # the water a litre of which is meant: a dimension of its own
    if over.endswith("Ci"):
        top = CURIE_BQ * {"p": Decimal("1E-12"), "n": Decimal("1E-9"), "": Decimal(1)}[over[:-2]]
    else:
        top = Decimal(PREFIX[over.removesuffix("Bq")])
    bottom = {
        "kg": "1", "g": "1E-3", "t": "1E3",
        "L": "1", "mL": "1E-3", "m3": "1E3",
        "m2": "1", "cm2": "1E-4", "km2": "1E6",
    }[under]  # fmt: skip
    return top / Decimal(bottom)


@pytest.mark.parametrize("code", sorted(units()))
def test_factor_follows_from_the_symbol(code: str) -> None:
    assert Decimal(units()[code].factor) == expected(code)


@given(CODES, CODES, st.decimals(min_value=0, max_value=10**9, places=6))
def test_there_and_back_is_exact(a: str, b: str, value: Decimal) -> None:
    first, second = units()[a], units()[b]
    if first.dimension == second.dimension:
        there = value * Decimal(first.factor) / Decimal(second.factor)
        back = there * Decimal(second.factor) / Decimal(first.factor)
        assert abs(back - value) <= abs(value) * Decimal("1E-25")


@given(CODES, CODES)
def test_a_dimension_has_one_base(a: str, b: str) -> None:
    first, second = units()[a], units()[b]
    assert (first.base == second.base) == (first.dimension == second.dimension)


@given(CODES)
def test_every_spelling_finds_its_unit(code: str) -> None:
    fact = units()[code]
    assert unit(code) is fact
    for text in fact.spellings:
        found = find_unit(text)
        assert found is not None
        assert (found.unit.code, found.basis) == (code, None)
    for basis, texts in fact.basis_spellings.items():
        for text in texts:
            found = find_unit(text)
            assert found is not None
            assert (found.unit.code, found.basis) == (code, basis)


@pytest.mark.parametrize(
    ("text", "code", "basis"),
    [
        ("Bq/kg", "Bq/kg", None),
        ("㏃/㎏", "Bq/kg", None),
        ("Bq/kg-wet", "Bq/kg", "wet"),
        ("Bq/kg生", "Bq/kg", "wet"),
        ("Bq/kg・生", "Bq/kg", "wet"),
        ("Bq/kg（生）", "Bq/kg", "wet"),
        ("Bq/kg-fresh", "Bq/kg", "wet"),
        ("Bq/kg・乾土", "Bq/kg", "dry"),
        ("mBq/L", "mBq/L", None),
        ("Bq/m³", "Bq/m3", None),
        ("Bq/ℓ", "Bq/L", None),
        ("μBq/L", "uBq/L", None),
        ("pCi/g", "pCi/g", None),
    ],
)
def test_spellings_of_the_tables(text: str, code: str, basis: str | None) -> None:
    found = find_unit(text)
    assert found is not None
    assert (found.unit.code, found.basis) == (code, basis)


@pytest.mark.parametrize(
    "text", ["", "Bq", "kg", "BQ/KG", "mbq/kg", "Bq/kg/d", "%", "Sv/h", "Bq/m"]
)
def test_what_is_not_a_unit_here(text: str) -> None:
    assert find_unit(text) is None


def test_case_tells_milli_from_mega() -> None:
    milli, mega = unit("mBq/kg"), unit("MBq/kg")
    assert milli is not None
    assert mega is not None
    assert Decimal(mega.factor) / Decimal(milli.factor) == 10**9


@given(CODES)
def test_the_weakest_mark_is_told(code: str) -> None:
    fact = units()[code]
    for text in (code, *fact.spellings):
        found = find_unit(text)
        assert found is not None
        weak = "from memory" in (
            fact.confidence,
            fact.spellings_confidence if text != code else fact.confidence,
        )
        assert found.confidence == ("from memory" if weak else "seen in source")


def test_factors_rise_with_the_prefix() -> None:
    family = [Decimal(units()[code].factor) for code in ("uBq/L", "mBq/L", "Bq/L", "kBq/L")]
    assert all(low * 1000 == high for low, high in pairwise(family))


@pytest.mark.parametrize("water", ["Bq/L-combustion water", "Bq/L-water"])
def test_water_won_from_a_sample_is_no_litre_of_anything_else(water: str) -> None:
    """Tritium tables of IAEA-ORBS: how much water a kilogram of fish gave is not stated there."""
    others = [fact.code for fact in units().values() if fact.code != water]
    assert units()[water].dimension not in {units()[code].dimension for code in others}
