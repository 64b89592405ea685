"""Names that no vocabulary knows: listed, mended by a statement, in rows held and to come."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import yaml
from msgspec.structs import replace

from fairwater.agreement.load import load_agreement
from fairwater.agreement.model import Agreement, Dimension, Scope
from fairwater.archive import Archive, project, rebuild
from fairwater.archive.queries import run
from fairwater.node.evidence import load
from fairwater.node.importing import import_files
from fairwater.node.node import Node
from fairwater.node.statements import StatementsRefused, read
from fairwater.records import (
    NameMeaning,
    Place,
    Product,
    Result,
    Sample,
    TestReport,
    Withdrawal,
    encode,
    record_id,
)

START = datetime(2031, 4, 1, 3, tzinfo=UTC)
SMALL = Path(__file__).parents[1] / "agreement" / "small.yaml"
SCOPE = Scope(
    unit=(Dimension(id="species", column="species"), Dimension(id="region", column="region")),
    where={"category": ("seafood",)},
)


class Clock:
    """Days that pass when told to."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def next_day(self) -> None:
        self.now += timedelta(days=1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def node(tmp_path: Path, clock: Clock) -> Node:
    return Node.create(tmp_path / "node", party="p", name="P", clock=clock)


def by_species() -> Agreement:
    agreement = load_agreement(SMALL.read_text("utf-8"), SMALL.name).agreement
    return replace(agreement, scope=SCOPE)


def report(item: str, value: str, region: str = "千葉県", species: str | None = None) -> TestReport:
    return TestReport(
        sample=Sample(
            item=item,
            product=Product(food_category="seafood", species=species),
            place=Place(region=region),
            collected="2031-03-20",
        ),
        results=(
            Result(nuclides=("Cs-134", "Cs-137"), kind="detected", unit="Bq/kg", value=value),
        ),
    )


def meaning(text: str = "イトヒキダイ", means: str = "イトヒキダイ", **more: object) -> NameMeaning:
    told = {
        "text": text, "means": means, "kind": "species", "by": "officer",
        "source": "list of market names", "confidence": "seen in source",
    } | more  # fmt: skip
    return NameMeaning(**told)  # type: ignore[arg-type]  # the test names fields freely


def units(node: Node, known_at: date | None = None, knowledge: str = "journal") -> list[object]:
    loaded = load(
        node.archive(),
        by_species(),
        journal=node.journal,
        known_at=known_at,
        knowledge=knowledge,  # type: ignore[arg-type]  # one of the words of the language
    )
    return [loaded.columns.units[unit] for unit in loaded.columns.unit]


def species(
    archive: Archive, view: str = "current_reports", at: datetime | None = None
) -> Counter[tuple[str, str | None]]:
    rows = archive.query(f"SELECT item, species FROM {view}", known_at=at).to_pylist()
    return Counter((row["item"], row["species"]) for row in rows)


def test_a_gap_is_mended_by_a_statement_in_rows_held_and_to_come(node: Node, clock: Clock) -> None:
    node.enter([report("イトヒキダイ（1kg以上）", "7.3"), report("マダラ", "1", species="マダラ")])
    assert units(node) == [("マダラ", "千葉県")]
    listed = run(node.archive(), "names-not-understood").to_pylist()
    assert [(row["item"], row["name"], row["reports"]) for row in listed] == [
        ("イトヒキダイ（1kg以上）", "イトヒキダイ", 1)
    ]
    clock.next_day()
    # Kana and width do not matter.
    node.enter([meaning("いとひきだい", scientific_name="Example species")])
    assert run(node.archive(), "names-not-understood").num_rows == 0
    assert units(node) == [("イトヒキダイ", "千葉県"), ("マダラ", "千葉県")]
    clock.next_day()
    node.enter([report("イトヒキダイ", "9.1")])
    assert units(node).count(("イトヒキダイ", "千葉県")) == 2
    row = node.archive().query(
        "SELECT scientific_name, name_confidence, flags, meant_by FROM reports "
        "WHERE item = 'イトヒキダイ'"
    ).to_pylist()[0]  # fmt: skip
    assert row == {
        "scientific_name": "Example species",
        "name_confidence": "seen in source",
        "flags": ["named_by_record"],
        "meant_by": [record_id(encode(meaning("いとひきだい", scientific_name="Example species")))],
    }


def test_a_verdict_by_species_includes_the_rows(node: Node, clock: Clock) -> None:
    """The exact evidence of a unit is that of the columns, the statement's rows among it."""
    node.enter([report("イトヒキダイ", "170")])
    clock.next_day()
    node.enter([meaning()])
    loaded = load(node.archive(), by_species(), journal=node.journal)
    (sample,) = loaded.columns.samples(np.array([0]))
    assert sample.unit == {"species": "イトヒキダイ", "region": "千葉県"}
    assert sample.known == date(2031, 4, 2)  # the day on which its name was understood
    assert loaded.columns.known.tolist() == [date(2031, 4, 2).toordinal()]
    assert "named_by_record" in sample.flags
    told = load(node.archive(), by_species(), journal=node.journal, knowledge="sampled")
    assert told.columns.known.tolist() == [date(2031, 3, 20).toordinal()]


def test_before_it_is_known_it_names_nothing(node: Node, clock: Clock) -> None:
    node.enter([report("イトヒキダイ", "1")])
    clock.next_day()
    node.enter([meaning()])
    archive = node.archive()
    before, after = START + timedelta(hours=1), START + timedelta(days=1, hours=1)
    assert species(archive, at=before) == {("イトヒキダイ", None): 1}
    assert species(archive, at=after) == {("イトヒキダイ", "イトヒキダイ"): 1}
    assert units(node, date(2031, 4, 1)) == []
    assert units(node, date(2031, 4, 2)) == [("イトヒキダイ", "千葉県")]


def test_a_later_statement_takes_the_place_and_a_withdrawal_ends_it(
    node: Node, clock: Clock
) -> None:
    node.enter([report("イトヒキダイ", "1")])
    node.enter([meaning(means="first")])
    clock.next_day()
    second = meaning(means="second")
    node.enter([second])
    assert units(node, date(2031, 4, 1)) == [("first", "千葉県")]
    assert units(node, date(2031, 4, 2)) == [("second", "千葉県")]
    clock.next_day()
    node.enter([Withdrawal(withdraws=record_id(encode(second)), reason="mistaken")])
    assert units(node, date(2031, 4, 2)) == [("second", "千葉県")]
    assert units(node, date(2031, 4, 3)) == [("first", "千葉県")]


def test_a_vocabulary_is_not_overruled_and_a_group_stays_a_group(node: Node) -> None:
    group = replace(report("ソイ", "1"), sample=Sample(
        item="ソイ", product=Product(food_category="seafood", group="ソイ"),
        place=Place(region="千葉県"), collected="2031-03-20",
    ))  # fmt: skip
    node.enter([group, report("マダラ", "1", species="マダラ")])
    node.enter([meaning("ソイ", "クロソイ"), meaning("マダラ", "another")])
    assert species(node.archive()) == {("ソイ", None): 1, ("マダラ", "マダラ"): 1}


def test_parts_regions_categories_and_groups_are_mended_alike(node: Node) -> None:
    node.enter(
        [
            TestReport(
                sample=Sample(
                    item="ナゾウオ（ナゾ部）", category_text="なぞ類", place=Place(region="千葉件")
                ),
                results=report("x", "1").results,
            )
        ]
    )
    node.enter(
        [
            meaning("ナゾウオ", "ナゾウオ類", kind="group", confidence="from memory"),
            meaning("ナゾ部", "muscle", kind="part"),
            meaning("なぞ類", "seafood", kind="category"),
            meaning("千葉件", "千葉県", kind="region"),
        ]
    )
    row = node.archive().query(
        "SELECT species, species_group, part, category, region, region_text, name_confidence, "
        "len(meant_by) AS statements FROM current_reports"
    ).to_pylist()  # fmt: skip
    assert row == [
        {
            "species": None, "species_group": "ナゾウオ類", "part": "muscle",
            "category": "seafood", "region": "千葉県", "region_text": "千葉件",
            "name_confidence": "from memory", "statements": 4,
        }
    ]  # fmt: skip


def test_the_archive_made_again_holds_the_same(node: Node, clock: Clock) -> None:
    node.enter([report("イトヒキダイ", "1")])
    clock.next_day()
    node.enter([meaning()])
    before, answers = node.archive().content(), species(node.archive())
    rebuild(node.journal, node.config.archive)
    assert node.archive().content() == before
    assert species(node.archive()) == answers


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("kind", "category", "food category"),
        ("kind", "part", "class of body parts"),
        ("text", "（）", "no name"),
    ],
)
def test_a_statement_that_names_nothing_known_is_refused(
    field: str, value: str, expected: str
) -> None:
    told = {
        "type": "name_meaning", "text": "a", "means": "no such thing", "kind": "species",
        "by": "b", "source": "c", "confidence": "from memory",
    } | {field: value}  # fmt: skip
    with pytest.raises(StatementsRefused, match=expected):
        read(yaml.safe_dump(told, allow_unicode=True), "names.yaml")


def test_every_seafood_text_is_understood_or_listed(shared: Path, tmp_path: Path) -> None:
    """MHLW seafood rows: what stays open is what the vocabulary's README lists, counted here."""
    path = shared / "data" / "mhlw-japan-food" / "seafood_2012-04_2014-03.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        texts = Counter(row["品目_品目名"] for row in csv.DictReader(file))
    assert (len(texts), sum(texts.values())) == (1_124, 42_541)
    node = Node.create(tmp_path / "node", party="p", name="P", clock=Clock())
    (imported,) = import_files(node, [path])
    archive = node.archive()
    listed = {row["item"] for row in run(archive, "names-not-understood").to_pylist()}
    assert listed - {"煮干"} == {"スイカ", "ミズナ", "イトヒキダイ"}
    rows = archive.query(
        "SELECT COUNT(*) AS n, COUNT(species) AS species, COUNT(species_group) AS groups, "
        "COUNT(name_confidence) AS marks FROM reports WHERE category = 'seafood'"
    ).to_pylist()[0]
    assert rows["marks"] == rows["species"] + rows["groups"]
    # README: 94.7 % resolved to a species, 5.2 % to a group.
    assert round(100 * rows["species"] / rows["n"], 1) == pytest.approx(94.7, abs=0.15)
    assert round(100 * rows["groups"] / rows["n"], 1) == pytest.approx(5.2, abs=0.15)
    assert imported.rows_read == 42_541


def test_projected_in_parts_or_at_once_names_the_same(node: Node, tmp_path: Path) -> None:
    node.enter([report("イトヒキダイ", "1")])
    node.enter([meaning()])
    project(node.journal, tmp_path / "other")
    assert Archive.open(tmp_path / "other").content() == node.archive().content()
