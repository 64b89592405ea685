"""Variants of an agreement over one evidence: each is what it is alone."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from fairwater.agreement.bulk.columns import Columns
from fairwater.agreement.bulk.grid import Judged, NotCounted, crossed, eligible_spans, evaluate_grid
from fairwater.agreement.bulk.timelines import evaluate_all
from fairwater.agreement.evidence import Evidence, SampleEvidence, Value
from fairwater.agreement.load import load_agreement, shipped
from fairwater.agreement.model import Atom
from fairwater.agreement.override import OverrideError
from fairwater.quantities.allowed import Allowed
from fairwater.quantities.dates import CivilInterval

NAME = "origin_restriction"
SHIPPED = load_agreement(shipped(NAME), NAME).agreement
AS_OF = date(2021, 12, 31)


def sample(number: int, day: int, value: str, point: str | None) -> SampleEvidence:
    taken = date(2021, 1, 1) + timedelta(days=day)
    stated = Decimal(value)
    return SampleEvidence(
        id=f"r{number}",
        sample=f"r{number}",
        known=taken,
        sampled=CivilInterval(taken, taken),
        unit={"species": "cod" if number % 2 else "eel", "zone": "Z"},
        point=point,
        values=(
            Value(
                nuclides=("Cs-134", "Cs-137"),
                allowed=Allowed(stated, stated),
                kind="detected",
                text=value,
                unit="Bq/kg",
            ),
        ),
    )


VALUES = ("55", "101.7", "161", "270", "30", "120", "99", "105", "480", "12")
COLUMNS = Columns.of(
    Evidence(
        samples=tuple(
            sample(n, 9 * n, VALUES[n % 10], ("A", "B", None, "C")[n // 2 % 4]) for n in range(30)
        )
    ),
    ("species", "zone"),
)
AXES = {
    "parameters.impose_window": ["P30D", "P60D", "P90D"],
    "limits.cs_limit.value": ["50", "100", "200"],
}


def test_each_variant_is_what_it_is_alone() -> None:
    variants = crossed(SHIPPED, AXES)
    assert len(variants) == 9
    grid = evaluate_grid(variants, COLUMNS, as_of=AS_OF)
    for settings, told in grid.items():
        assert told == evaluate_all(variants[settings], COLUMNS, as_of=AS_OF)
    openings = {sum(len(t.openings) for t in told) for told in grid.values()}
    assert len(openings) > 2  # the variants do differ


def test_a_limit_is_judged_once_for_all_windows(monkeypatch) -> None:
    from fairwater.agreement.bulk import grid

    asked: list[str] = []
    judge = grid.judge_rows
    monkeypatch.setattr(
        grid, "judge_rows", lambda a, c, names: asked.extend(names) or judge(a, c, names)
    )
    evaluate_grid(crossed(SHIPPED, AXES), COLUMNS, as_of=AS_OF)
    assert sorted(asked) == ["coop_limit", "cs_limit", "cs_limit", "cs_limit"]


def test_spans_are_the_openings_of_an_undecided_history() -> None:
    judged = Judged(COLUMNS)
    for agreement in crossed(SHIPPED, AXES).values():
        spans = eligible_spans(agreement, COLUMNS, "impose", as_of=AS_OF, judged=judged)
        openings = [
            (tuple(t.unit.values()), o.since, o.until)
            for t in evaluate_all(agreement, COLUMNS, as_of=AS_OF)
            for o in t.openings
            if o.transition == "impose"
        ]
        assert [tuple(span) for span in spans] == openings


def test_what_counts_do_not_tell_is_refused() -> None:
    weekly = Atom(metric="weeks_covered", weeks=2, min_per_week=1)
    lift = {t.id: t for t in SHIPPED.transitions}["lift"]
    agreement = replace(SHIPPED, transitions=(replace(lift, when=weekly),))
    with pytest.raises(NotCounted, match="`lift` is not told by counts alone"):
        eligible_spans(agreement, COLUMNS, "lift", as_of=AS_OF)


def test_a_path_that_leads_nowhere() -> None:
    with pytest.raises(OverrideError):
        crossed(SHIPPED, {"parameters.no_such": ["1"]})
