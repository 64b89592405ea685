"""An instant's civil day is the agreement's, in columns as in the exact evidence.

agreement_cases.yaml, window_near_end_and_time_zone: 14:59Z is 23:59 on 31 March
in Tokyo, 16:00Z is already 1 April there.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from fairwater.agreement.bulk.columns import day_of
from fairwater.agreement.load import load_agreement
from fairwater.node.evidence import load
from fairwater.node.node import Node
from fairwater.records import Place, Result, Sample, TestReport

RULE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "rule.yaml"


def test_an_instant_falls_on_the_day_of_the_agreements_zone(tmp_path: Path) -> None:
    node = Node.create(tmp_path / "n", party="p", name="p")
    result = Result(nuclides=("Cs-134", "Cs-137"), kind="detected", unit="Bq/kg", value="130")
    node.enter(
        TestReport(
            sample=Sample(item="flounder", collected=at, place=Place(region="East Bay")),
            results=(result,),
            resulted=at,
        )
        for at in ("2021-03-31T14:59:00Z", "2021-03-31T16:00:00Z", "2021-04-02")
    )
    agreement = load_agreement(RULE.read_text(encoding="utf-8"), "rule.yaml").agreement
    columns = load(node.archive(), agreement, journal=node.journal, knowledge="resulted").columns
    days = [date(2021, 3, 31), date(2021, 4, 1), date(2021, 4, 2)]
    assert [day_of(int(d)) for d in columns.days["sampled"][0]] == days
    assert [day_of(int(d)) for d in columns.known] == days
    exact = columns.samples(np.arange(3))
    assert [s.sampled.first for s in exact] == days
