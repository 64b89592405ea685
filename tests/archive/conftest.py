"""Small journals with a record of every kind, for the archive's tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fairwater.ledger import Journal
from fairwater.records import (
    Amendment,
    Correction,
    Fault,
    Flag,
    NameMeaning,
    Place,
    Position,
    Product,
    QuarantinedRow,
    Record,
    Result,
    Sample,
    SourceDocument,
    TestReport,
    Withdrawal,
    encode,
    record_id,
)

DOCUMENT = "0d" * 32
DAY = datetime(2031, 4, 1, 8, tzinfo=UTC)


def report(
    number: int, *results: Result, item: str = "クロソイ", flags: tuple[str, ...] = ()
) -> TestReport:
    """Report `number`; without results it has one of 12.40 Bq/kg."""
    stated = results or (
        Result(nuclides=("Cs-137",), kind="detected", unit="Bq/kg", value="12.40", text="12.40"),
    )
    return TestReport(
        sample=Sample(
            item=item,
            category_text="水産物",
            product=Product(food_category="seafood", species="sebastes schlegelii"),
            place=Place(region="福島県", district="いわき市", locality="沖"),
            collected="2012-07-01/2012-07-03",
            collected_text="H24.7.1〜7.3",
            market_stage="pre_market",
        ),
        results=stated,
        laboratory="海生研",
        technique="ge",
        resulted="2012-07-10",
        published="2012-07",
        source=Position(document=DOCUMENT, row=number, sheet="s", publication="a1", entry="7"),
        flags=tuple(Flag(flag=flag) for flag in flags),
    )


def some_of_everything() -> list[Record]:
    """A record of every kind the archive has a table for; later ones change earlier ones."""
    first, second, third = report(1), report(2, flags=("era_year_assumed",)), report(3)
    quarantined = QuarantinedRow(
        source=Position(document=DOCUMENT, row=4),
        cells=("a", "", "1.2.4"),
        faults=(
            Fault(
                reason="unreadable_value", expected="a number", remedy="correct it", text="1.2.4"
            ),
        ),
        profile="p",
        flags=(Flag(flag="full_width_digits"),),
    )
    still = QuarantinedRow(
        source=Position(document=DOCUMENT, row=5),
        cells=("b",),
        faults=(
            Fault(reason="unreadable_value", expected="a number", remedy="correct it"),
            Fault(reason="missing_unit", expected="a unit", remedy="state it"),
        ),
        profile="p",
    )
    registered = Sample(sample="S-1", item="ヒラメ（天然）", collected="2031-03-31")
    by_name = TestReport(sample=name(registered), results=report(0).results, laboratory="海生研")
    added = Result(
        nuclides=("Sr-90",), kind="censored", unit="mBq/kg", value="250",
        limit_kind="detection_limit", report=name(first),
    )  # fmt: skip
    return [
        SourceDocument(sha256=DOCUMENT, name="a1.csv", size_bytes=99, profile="p", rows=5,
                       lineage="primary"),
        first, second, quarantined, still, third, registered, by_name, added,
        NameMeaning(text="イトヒキダイ", kind="species", means="イトヒキダイ", by="officer",
                    source="list of market names", confidence="seen in source"),
        Amendment(amends=name(first), by=name(second), reason="republished"),
        Withdrawal(withdraws=name(third), reason="wrong sample"),
        Correction(quarantined=name(quarantined), cells=("a", "", "1.24"), report=name(second),
                   by="officer", reason="misprint"),
    ]  # fmt: skip


def name(record: Record) -> str:
    return record_id(encode(record))


@pytest.fixture
def make_report() -> Callable[..., TestReport]:
    return report


@pytest.fixture
def everything() -> list[Record]:
    return some_of_everything()


@pytest.fixture(scope="session")
def many() -> list[Record]:
    """A hundred reports, some alike, around a record of every kind."""
    units = ("Bq/kg", "mBq/kg", "cpm", None)
    reports = [
        report(
            number,
            *(
                Result(
                    nuclides=("Cs-137",),
                    kind="detected",
                    unit=units[(number + at) % 4],
                    value=f"{number % 7}.{at}0",
                )
                for at in range(number % 4)
            ),
            item=("ヒラメ", "ヒラメ（天然）", "A(x)(y)")[number % 3],
            flags=("a",) * (number % 2),
        )
        for number in range(10, 110)
    ]
    return [*reports[:50], *some_of_everything(), *reports[50:]]


@pytest.fixture
def journal_of(tmp_path: Path) -> Callable[..., Journal]:
    """Journal of batches of records, one day apart from 2031-04-01."""

    def make(*batches: Sequence[Record], folder: str = "journal") -> Journal:
        journal = Journal.open(tmp_path / folder, create=True)
        for number, records in enumerate(batches):
            with journal.batch(DAY + timedelta(days=number)) as batch:
                batch.add_many(map(encode, records))
        return journal

    return make
