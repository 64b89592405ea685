"""What the sections on agreements, goods, time and checking say, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import ModuleType
from typing import Any

import msgspec
import pytest

from fairwater.node.briefing.content import Briefing, Hole
from fairwater.report.document import CODES, Document, Fold, LanguageCode, Panels, Table
from fairwater.report.telling import document

NO_UPPER_BOUND = {"en": "no upper bound known", "zh": "上限未知", "ja": "上限不明"}


@pytest.fixture(scope="module")
def briefing(invented: ModuleType) -> Briefing:
    made: Briefing = invented.briefing()
    return made


@pytest.fixture(scope="module")
def told(briefing: Briefing) -> dict[LanguageCode, Document]:
    return {code: document(briefing, code) for code in CODES}


def section(told: Document, name: str) -> tuple[Any, ...]:
    (found,) = [one for one in told.sections if one.id == name]
    return found.blocks


def tables(blocks: tuple[Any, ...]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Fold):
            yield from tables(block.blocks)
        elif isinstance(block, Panels) and block.table is not None:
            yield block.table


def said(table: Table) -> str:
    return "\n".join(cell.text for row in table.rows for cell in row.cells)


def named(told: Document, part: str, name: str) -> Table:
    (found,) = [one for one in tables(section(told, part)) if one.id == name]
    return found


@pytest.mark.parametrize("code", CODES)
def test_a_count_without_an_upper_bound_says_so(
    told: dict[LanguageCode, Document], code: LanguageCode
) -> None:
    text = said(named(told[code], "agreements", "differences-table"))
    assert NO_UPPER_BOUND[code] in text
    assert "*" not in text


@pytest.mark.parametrize(("code", "no"), [("en", "no"), ("zh", "否"), ("ja", "非該当")])
def test_what_is_asked_as_yes_or_no_is_answered_so(
    told: dict[LanguageCode, Document], code: LanguageCode, no: str
) -> None:
    (line,) = [
        line
        for line in said(named(told[code], "agreements", "differences-table")).splitlines()
        if {"en": "production area", "zh": "产区", "ja": "生産区域"}[code] in line
    ]
    assert no in line
    assert not set("01") & set(line)
    goods = [one for one in tables(section(told[code], "consignments")) if "found" not in one.id]
    cells = {cell.text for one in goods for row in one.rows for cell in row.cells}
    assert no in cells
    assert not {"0", "is true"} & cells


@pytest.mark.parametrize("code", CODES)
def test_lines_of_one_consignment_name_their_agreements(
    told: dict[LanguageCode, Document], code: LanguageCode
) -> None:
    folds = [b for b in section(told[code], "consignments") if isinstance(b, Fold)]
    summaries = [fold.summary.text for fold in folds]
    assert len(summaries) == len(set(summaries)) == 3
    captions = [one.caption.text for fold in folds for one in tables(fold.blocks)]
    assert len(captions) == len(set(captions)) == 2


@pytest.mark.parametrize("code", CODES)
def test_why_samples_are_left_out_is_said_in_the_language(
    told: dict[LanguageCode, Document], code: LanguageCode
) -> None:
    text = said(named(told[code], "agreements", "agreements-table"))
    reasons = {
        "en": ("12 category not stated", "3 another medium", "1 may repeat"),
        "zh": ("未说明类别：12", "其他介质：3"),
        "ja": ("分類の記載なし：12", "別の試料の種別：3"),
    }[code]
    for reason in reasons[:2]:
        assert reason in text
    assert code == "en" or not {"not stated", "another"} & set(text.split())


def test_a_unit_that_changes_with_hindsight_names_an_agreement(
    told: dict[LanguageCode, Document],
) -> None:
    rows = named(told["en"], "agreements", "late-table").rows
    assert [row.cells[1].text for row in rows] == ["A: restriction", "B"]


def test_a_step_decided_on_the_day_is_no_stretch(briefing: Briefing) -> None:
    """A stretch of no length is not drawn as one, so the table of what is drawn has it not."""
    track = briefing.tracks[0]
    day = date(2013, 5, 5)
    short = Hole(transition="lift", since=day, until=day, direction="milder")
    lane = msgspec.structs.replace(track.known, holes=(*track.known.holes, short))
    changed = msgspec.structs.replace(track, known=lane)
    texts = []
    for one in (track, changed):
        told = document(msgspec.structs.replace(briefing, tracks=(one,)), "en")
        texts.append(said(next(tables(section(told, "time")))))
    assert texts[0] == texts[1]


def test_paper_has_every_row_of_what_it_tells_in_short(told: dict[LanguageCode, Document]) -> None:
    """The numbers of every row stand in the short form too, and every row once."""
    found = 0
    for table in tables(section(told["en"], "status")):
        if not table.listed:
            continue
        lines = [line.text for one in table.listed for line in one.rows]
        assert len(lines) == len(table.rows)
        for row in table.rows:
            species, last = row.cells[0].text, row.cells[-5].text
            numbers = " / ".join(cell.text for cell in row.cells[-4:-1])
            wanted = f"{species}: {numbers}; {row.cells[-1].text}; {last}" if last else species
            assert wanted in lines
            found += 1
    assert found > 5


def test_an_agreement_that_states_nothing_has_no_empty_table(briefing: Briefing) -> None:
    bare = msgspec.structs.replace(briefing.sides[2], limits=(), clauses=(), open_points=())
    changed = msgspec.structs.replace(briefing, sides=(*briefing.sides[:2], bare))
    for code in CODES:
        made = document(changed, code)
        assert all(one.rows for part in made.sections for one in tables(part.blocks))
        assert "C" in " ".join(
            b.phrase.text for b in section(made, "sources") if type(b).__name__ == "Paragraph"
        )


@pytest.mark.parametrize("code", CODES)
def test_the_command_to_check_asks_the_same_question(
    told: dict[LanguageCode, Document], briefing: Briefing, code: LanguageCode
) -> None:
    texts = [b.phrase.text for b in section(told[code], "check") if type(b).__name__ == "Paragraph"]
    (command,) = [text for text in texts if text.startswith("fairwater report ")]
    sides = " ".join(side.id for side in briefing.sides)
    assert command == (
        f"fairwater report {sides} --as-of 2014-02-28 --known-at 2014-02-28 "
        f"--knowledge resulted --decisions prompt --later 2015-02-28 --lang {code}"
    )
