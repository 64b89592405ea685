"""The sieve's outcomes on the demo's figures are those of the exact evaluator, row by row.

The sea-area monitoring states one nuclide a row: rows of other nuclides than a limit's are no
evidence on it, and a sum of which a part is not there stays open.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from fairwater.agreement.bulk.sieve import CODES, DOUBTFUL, UNSPOKEN
from fairwater.agreement.context import Context, terms_of
from fairwater.agreement.outcome import record_outcome, speaks_of
from fairwater.node import demo
from fairwater.node.agreements import find
from fairwater.node.evaluation import Asked, prepare

if TYPE_CHECKING:
    from fairwater.node.node import Node


@pytest.mark.parametrize("name", demo.AGREEMENTS)
def test_every_limit_on_every_third_row(demo_node: Node, name: str) -> None:
    asked = Asked(found=find(demo_node, name), as_of=demo.FIGURES_END, knowledge="resulted")
    prepared = prepare(demo_node, asked)
    columns, terms = prepared.columns, terms_of(prepared.agreement)
    rows = np.arange(0, len(columns), 3)
    samples = columns.samples(rows)
    ctx = Context(at=date.max, known_at=date.max, terms=terms)
    seen: Counter[int] = Counter()
    for key, codes in prepared.judged.of(prepared.agreement).items():
        limit = terms.limits[key]
        exact = [
            CODES[record_outcome(sample, limit, ctx).verdict]
            if speaks_of(sample, limit)
            else UNSPOKEN
            for sample in samples
        ]
        assert codes[rows].tolist() == exact, key
        seen.update(exact)
    assert seen[UNSPOKEN] > 100
    assert seen[DOUBTFUL] > 100
