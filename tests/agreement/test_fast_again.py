"""One more result: its unit alone gives what everything together gives."""

from __future__ import annotations

import importlib.util
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from fairwater.agreement.bulk.again import evaluate_again
from fairwater.agreement.bulk.columns import Columns
from fairwater.agreement.bulk.joining import joined
from fairwater.agreement.bulk.timelines import evaluate_all
from fairwater.agreement.evidence import Evidence

# The random histories of the property "slow = fast".
_spec = importlib.util.spec_from_file_location(
    "histories", Path(__file__).with_name("test_fast_equals_slow.py")
)
assert _spec is not None
assert _spec.loader is not None
histories = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(histories)

AS_OF = date(2021, 6, 1)
quick = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@quick
@given(histories.agreements(), histories.histories(), st.integers(0, 13))
def test_the_unit_alone_is_the_unit_among_all(agreement, history, which) -> None:
    if not history.samples:
        return
    new = history.samples[which % len(history.samples)]
    rest = tuple(s for s in history.samples if s.id != new.id)
    changes = tuple(s for s in history.supersessions if new.id in (s.target, s.by))
    before = tuple(s for s in history.supersessions if s not in changes)
    columns = Columns.of(replace(history, samples=rest, supersessions=before), histories.DIMENSIONS)
    more = Evidence(samples=(new,), supersessions=changes)
    again = evaluate_again(agreement, columns, more, as_of=AS_OF)
    whole = evaluate_all(agreement, Columns.of(history, histories.DIMENSIONS), as_of=AS_OF)
    assert again == [t for t in whole if t.unit == new.unit]


@quick
@given(histories.agreements(), histories.histories(), st.integers(0, 14))
def test_rows_that_came_in_two_parts_are_the_rows(agreement, history, split) -> None:
    samples = tuple(replace(s, sample=s.id) for s in history.samples)
    parts = [
        Columns.of(Evidence(samples=samples[:split]), histories.DIMENSIONS),
        Columns.of(replace(history, samples=samples[split:]), histories.DIMENSIONS),
    ]
    if history.supersessions:
        return  # what an earlier part replaces is told to the whole
    together = joined(*parts)
    whole = Columns.of(replace(history, samples=samples), histories.DIMENSIONS)
    assert together.units == whole.units
    assert {s.id for s in together.samples(np.arange(len(together)))} == {s.id for s in samples}
    assert evaluate_all(agreement, together, as_of=AS_OF) == evaluate_all(
        agreement, whole, as_of=AS_OF
    )


def test_a_result_of_another_unit_is_refused() -> None:
    nothing = Columns.of(Evidence(), histories.DIMENSIONS)
    sample = histories.SampleEvidence(id="r", sample="r", known=AS_OF, unit={"species": "cod"})
    agreement = histories.Agreement(
        id="a", version="1", title=histories.Words(en="a"), time_zone="Asia/Tokyo"
    )
    with pytest.raises(KeyError, match="zone"):
        evaluate_again(agreement, nothing, Evidence(samples=(sample,)), as_of=AS_OF)
