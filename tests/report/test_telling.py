"""What the report says is what the briefing holds: numbers counted here by another way.

The invented briefing is plain data; every expectation below is counted from it with the
standard library alone, without the report's own code.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from types import ModuleType
from typing import Any

import msgspec
import pytest

from fairwater.node.briefing.content import Briefing, Lack
from fairwater.report.document import (
    CODES,
    Branch,
    Document,
    Drawing,
    Fold,
    LanguageCode,
    Panels,
    Phrase,
    Table,
)
from fairwater.report.telling import document


@pytest.fixture(scope="module")
def briefing(invented: ModuleType) -> Briefing:
    made: Briefing = invented.briefing()
    return made


@pytest.fixture(scope="module")
def told(briefing: Briefing) -> dict[LanguageCode, Document]:
    return {code: document(briefing, code) for code in CODES}


def blocks(part: Any) -> list[Any]:
    """All blocks of a document, folded ones too."""
    found = []
    for block in part:
        found.append(block)
        if isinstance(block, Fold):
            found += blocks(block.blocks)
        if isinstance(block, Panels):
            found += block.drawings
        if isinstance(block, Panels | Drawing) and block.table is not None:
            found.append(block.table)
        if isinstance(block, Branch):
            found += blocks(block.parts)
    return found


def everything(told: Document) -> list[Any]:
    return blocks([block for section in told.sections for block in section.blocks])


def table(told: Document, name: str) -> Table:
    (found,) = [b for b in everything(told) if isinstance(b, Table) and b.id == name]
    return found


def leading(briefing: Briefing) -> list[Any]:
    return [
        s for u in briefing.units for s in u.stands if (s.letter, s.measure) == ("A", "restriction")
    ]


def plain(phrase: Phrase) -> str:
    return phrase.text


@pytest.mark.parametrize("code", CODES)
def test_groups_count_every_unit_once(
    told: dict[LanguageCode, Document], briefing: Briefing, code: LanguageCode
) -> None:
    groups = told[code].first.groups
    assert sum(int(group.count.replace(",", "")) for group in groups) == len(briefing.units)
    counted = Counter(stand.standing for stand in leading(briefing))
    assert [int(g.count) for g in groups] == [
        counted[s] for s in (
            "relaxable", "unsettled", "held", "tightenable", "none", "stale", "never"
        ) if counted[s]
    ]  # fmt: skip
    assert [len(g.symbols) for g in groups] == [int(g.count) for g in groups]


@pytest.mark.parametrize("code", CODES)
def test_the_headline_says_how_many_are_under_a_measure(
    told: dict[LanguageCode, Document], briefing: Briefing, code: LanguageCode
) -> None:
    number = sum(stand.level > 0 for stand in leading(briefing))
    found = re.findall(r"\d+", plain(told[code].first.headline))
    assert {str(number), str(len(briefing.units))} <= set(found[:2])


@pytest.mark.parametrize("code", CODES)
def test_every_unit_stands_in_exactly_one_table(
    told: dict[LanguageCode, Document], briefing: Briefing, code: LanguageCode
) -> None:
    tables = [b for b in everything(told[code]) if isinstance(b, Table)]
    rows = [b for b in tables if b.id == "status-table" or b.id.startswith("rest-")]
    assert sum(len(one.rows) for one in rows) == len(briefing.units)
    busy = [u for u in briefing.units if any(
        s.letter == "A" and (s.level > 0 or s.standing in ("relaxable", "unsettled", "held",
                                                           "tightenable"))
        for s in u.stands)]  # fmt: skip
    assert len(table(told[code], "status-table").rows) == len(busy)


def test_a_table_of_zones_adds_up_to_the_groups(
    told: dict[LanguageCode, Document], briefing: Briefing
) -> None:
    found = table(told["en"], "zones-table")
    sums = [
        sum(int(plain(row.cells[n])) for row in found.rows if plain(row.cells[n]) != "–")
        for n in range(1, len(found.columns) - 1)
    ]
    assert sums[0] == len(briefing.units)
    assert sums[1:] == [int(group.count) for group in told["en"].first.groups]


@pytest.mark.parametrize("code", CODES)
def test_rows_read_are_accepted_and_flagged_and_quarantined(
    told: dict[LanguageCode, Document], briefing: Briefing, code: LanguageCode
) -> None:
    found = table(told[code], "reads-table")
    for row, read in zip(found.rows, briefing.reads, strict=True):
        rows, accepted, flagged, quarantined = (
            int(plain(cell).replace(",", "")) for cell in row.cells[1:5]
        )
        assert rows == accepted + flagged + quarantined == read.rows


def test_quarters_count_every_result(
    told: dict[LanguageCode, Document], briefing: Briefing
) -> None:
    rows = table(told["en"], "series-table").rows
    counts = [sum(int(plain(row.cells[n])) for row in rows) for n in (2, 3, 4)]
    points = [p for s in briefing.series for p in s.points]
    assert counts == [
        len(points), sum(p.kind == "censored" for p in points), sum(p.above for p in points)
    ]  # fmt: skip


def test_a_quarter_is_that_of_its_days(told: dict[LanguageCode, Document]) -> None:
    rows = table(told["en"], "series-table").rows
    quarters = {plain(row.cells[1]) for row in rows}
    assert "2012-Q2" in quarters
    assert not [q for q in quarters if not re.fullmatch(r"201[2-4]-Q[1-4]", q)]


@pytest.mark.parametrize("code", CODES)
def test_sections_stand_in_the_order_of_the_issue(
    told: dict[LanguageCode, Document], code: LanguageCode
) -> None:
    assert [section.id for section in told[code].sections] == [
        "status", "zones", "series", "time", "agreements", "consignments", "dossiers", "reads",
        "sources", "check",
    ]  # fmt: skip


def test_the_three_languages_have_the_same_blocks(told: dict[LanguageCode, Document]) -> None:
    shapes = []
    for code in CODES:
        found = everything(told[code])
        shapes.append([(type(b).__name__, len(b.rows) if isinstance(b, Table) else 0)
                       for b in found])  # fmt: skip
    assert shapes[0] == shapes[1] == shapes[2]


def test_why_is_the_agreements_own_words_with_its_limits(
    told: dict[LanguageCode, Document], briefing: Briefing
) -> None:
    said = " ".join(plain(text) for text in told["zh"].first.why)
    for clause in briefing.sides[0].clauses:
        assert (clause.text.zh or "") in said
    assert "100 Bq/kg" in said


def test_the_most_overdue_is_named_first_with_who_owes_it(
    told: dict[LanguageCode, Document], briefing: Briefing
) -> None:
    worst = max((b for b in briefing.lacks if b.letter == "A"), key=lambda lack: lack.overdue_days)
    unit = briefing.units[worst.unit or 0]
    first = told["en"].first
    assert (unit.species.words.en or unit.species.key) in plain(first.missing[0])
    assert f"{worst.overdue_days} days overdue" in plain(first.missing[0])
    assert any("Coastal authority" in plain(text) for text in first.owed)


def test_missing_things_are_all_counted(
    told: dict[LanguageCode, Document], briefing: Briefing
) -> None:
    folds = [b for b in everything(told["en"]) if isinstance(b, Fold)]
    (fold,) = [b for b in folds if any(getattr(i, "id", "") == "missing-table" for i in b.blocks)]
    assert f"{len(briefing.lacks)} entries" in plain(fold.summary)
    lines = {(b.letter, b.unit, b.measure, b.transition) for b in briefing.lacks}
    assert len(table(told["en"], "missing-table").rows) == len(lines)


def test_thousands_of_missing_things_are_counted_where_not_printed(briefing: Briefing) -> None:
    many = tuple(
        Lack(letter="A", kind="document", measure="restriction", transition=f"t{n}")
        for n in range(1_000)
    )
    found = everything(document(msgspec.structs.replace(briefing, lacks=many), "en"))
    (one,) = [b for b in found if isinstance(b, Table) and b.id == "missing-table"]
    said = [plain(b.phrase) for b in found if type(b).__name__ == "Paragraph"]
    assert [s for s in said if s.startswith(f"{1_000 - len(one.rows)} more rows")] != []


def test_an_assumed_decision_is_said_to_be_one(told: dict[LanguageCode, Document]) -> None:
    notes = [plain(note) for note in told["en"].first.notes]
    assert any(note.startswith("Hypothetical, not history.") for note in notes)
    rows = table(told["en"], "status-table").rows
    assert any(
        span.symbol == "assumed" for row in rows for cell in row.cells for span in cell.spans
    )


def test_an_agreement_outside_its_validity_is_said_to_be(briefing: Briefing) -> None:
    late = msgspec.structs.replace(briefing.sides[1], valid_from=date(2025, 6, 30))
    changed = msgspec.structs.replace(
        briefing, sides=(briefing.sides[0], late, *briefing.sides[2:])
    )
    notes = [plain(note) for note in document(changed, "en").first.notes]
    assert any("B is not in force on this day (valid from 2025-06-30)" in note for note in notes)


def test_a_verdict_opens_down_to_the_cell_cited(told: dict[LanguageCode, Document]) -> None:
    branches = [b for b in everything(told["en"]) if isinstance(b, Branch)]
    hit = [c for b in branches for c in b.cells if c.hit]
    assert [(plain(c.name), plain(c.text)) for c in hit] == [("Cs合計", "380")]


def test_samples_that_exceed_are_opened_before_others(invented: ModuleType) -> None:
    briefing: Briefing = invented.briefing()
    part = briefing.dossiers[0]
    tree = msgspec.json.decode(msgspec.json.encode(part.tree))
    metric = tree["clause"]["parts"][0]["metric"]
    (above,) = metric["samples"]
    others = [{**above, "sample": f"s{n}", "outcome": "complies"} for n in range(500)]
    metric["samples"] = [above, *others]
    changed = msgspec.structs.replace(
        briefing, dossiers=(msgspec.structs.replace(part, tree=tree),)
    )
    branches = [b for b in everything(document(changed, "en")) if isinstance(b, Branch)]
    heads = [plain(b.head) for b in branches]
    assert "501 samples" in heads
    assert sum(head.endswith(": exceeds") for head in heads) == 1
    assert "441 more samples are not opened here; fairwater explain opens all." in heads


@pytest.mark.parametrize("code", CODES)
def test_digests_and_clocks_are_printed_in_full(
    told: dict[LanguageCode, Document], briefing: Briefing, code: LanguageCode
) -> None:
    said = " ".join(plain(c) for row in table(told[code], "check-table").rows for c in row.cells)
    for text in (briefing.clocks.evidence_digest, *(side.content_id for side in briefing.sides)):
        assert text in said
    assert briefing.clocks.as_of.isoformat() in said


def test_a_briefing_without_units_says_that_nothing_can_be_said(briefing: Briefing) -> None:
    bare = msgspec.structs.replace(
        briefing, units=(), zones=(), series=(), tracks=(), lacks=(), dossiers=(), reads=(),
        told=(), consignments=(), comparison=None,
        sides=tuple(msgspec.structs.replace(s, tallies={}) for s in briefing.sides),
    )  # fmt: skip
    for code in CODES:
        made = document(bare, code)
        assert made.first.groups == ()
        assert "zones" not in [section.id for section in made.sections]
    assert "nothing can be said" in plain(document(bare, "en").first.headline)


def test_a_briefing_without_an_agreement_is_refused(briefing: Briefing) -> None:
    with pytest.raises(ValueError, match="at least one agreement"):
        document(msgspec.structs.replace(briefing, sides=()), "en")


def test_swapping_the_parties_swaps_names_and_nothing_else(
    briefing: Briefing, invented: ModuleType
) -> None:
    """Names of parties are data: exchanged in the briefing, they are exchanged in the report."""
    text = msgspec.json.encode(briefing).decode()
    one, other = (msgspec.json.encode(p).decode() for p in (invented.ORIGIN, invented.MARKET))
    swapped = text.replace(one, "\x00").replace(other, one).replace("\x00", other)
    changed = msgspec.json.decode(swapped, type=Briefing)
    assert changed != briefing

    def said(told: Document) -> str:
        return msgspec.json.encode(told).decode()

    names = ("Coastal authority", "Market authority")
    before, after = said(document(briefing, "en")), said(document(changed, "en"))
    back = after.replace(names[0], "\x00").replace(names[1], names[0]).replace("\x00", names[1])
    assert back == before
