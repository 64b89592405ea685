"""What an agreement may not say of goods: each fault refused, with file and line, and told how."""

from __future__ import annotations

import sys
from pathlib import Path

import jsonschema
import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the invented agreement beside this file

from small_goods import TEXT

from fairwater.agreement.load import content_id, load_agreement, write
from fairwater.agreement.problems import AgreementErrors
from fairwater.agreement.prose import prose
from fairwater.agreement.schema import json_schema
from fairwater.agreement.source import read
from fairwater.records.text import Language


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


FAULTS: list[tuple[str, str, str]] = [
    # (what stands there, what is written instead, what the message names)
    ("list: excluded_areas, is: false}", "list: excluded, is: false}", "list `excluded`"),
    ("document: health, is: true}", "document: helth, is: true}", "document `helth`"),
    ("metric: lots_covered", "metric: lots_coverd", "the metric `lots_coverd`"),
    ("on_fail: refuse", "on_fail: burn", "lot action `burn`"),
    ("on_pass: release", "on_pass: relaese", "lot action `relaese`"),
    ("states: not_from_listed, is", "states: from_moon, is", "statement `from_moon`"),
    ("document: origin_paper,\n                   states: from_listed",
     "document: analysis,\n                   states: from_listed", "no statements to choose"),
    ("disjoint_from: listed_areas", "disjoint_from: other_areas", "list `other_areas`"),
    ("after: facility_registration", "after: registration", "`registration`"),
    (", day_itself: counts", "", "without `day_itself`"),
    (", tolerance: {param: tolerance},\n               when_short", ",\n               when_short",
     "without `tolerance`"),
    ("tolerance: {param: tolerance},\n               match", "tolerance: {param: beta_age},\n"
     "               match", "the parameter `beta_age` of type period"),
    ("nuclides: [Sr-90, H-3], over: plant", "over: plant", "neither `report` nor `nuclides`"),
    ("nuclides: [I-131, Cs-134, Cs-137], required", "required", "`each: nuclide` without"),
    ("over: plant", "over: plants", "evidence scope `plants`"),
    ("- {id: which, metric: product_listed, list: covered_species, is: true}",
     "- {id: which, metric: lots_covered, document: health, is: true}",
     "`lots_covered` outside a consignment check"),
    ("by: border, text: {en: released", "by: customs, text: {en: released", "role `customs`"),
    ("- {to: origin, within", "- {to: orgin, within", "orgin"),
    ("is: false}\n        on_fail", "is: no}\n        on_fail", "`no`"),
    ("      - id: produced\n", "      - id: area\n", "the id `area` again"),
    ("    rank: 1", "    rank: high", "`high`"),
    ("values: [cod, squid]", "values: [cod, cod]", "`cod` again"),
    ("match: [consignment, product", "match: [consignment, colour", "`colour`"),
    ("when: {metric: facility_registered, is: true}", "when: {metric: facility_registered}",
     "no comparator"),
    ("        on_unknown: detain\n        text: {en: not from",
     "        text: {en: not from", "no `on_unknown`"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "named"), FAULTS, ids=[new[:40] for _, new, _ in FAULTS])
def test_a_fault_is_refused_with_its_line(old: str, new: str, named: str) -> None:
    if old.startswith("- {to:"):
        old, new = old.replace("- {to", "[{to"), new.replace("- {to", "[{to")
    assert old in TEXT, old
    text = TEXT.replace(old, new, 1)
    with pytest.raises(AgreementErrors) as refused:
        load_agreement(text, "goods.yaml")
    message = str(refused.value)
    assert named in message
    near = line_of(TEXT, old)
    lines = [problem.line for problem in refused.value.problems]
    assert any(abs(line - near) <= 3 for line in lines), (near, message)
    assert "expected:" in message


def test_stated_lists_that_share_a_name_are_refused() -> None:
    text = TEXT.replace("{id: excluded_areas,", "{id: excluded_areas, values: [A, B],").replace(
        "{id: listed_areas,", "{id: listed_areas, values: [B, C],"
    )
    with pytest.raises(AgreementErrors, match="`B` on `excluded_areas` and on `listed_areas`"):
        load_agreement(text, "goods.yaml")


def test_all_faults_come_at_once() -> None:
    text = TEXT
    for old, new, _ in (FAULTS[0], FAULTS[1], FAULTS[3], FAULTS[8]):
        text = text.replace(old, new, 1)
    with pytest.raises(AgreementErrors) as refused:
        load_agreement(text, "goods.yaml")
    assert len(refused.value.problems) == 4


def test_what_nothing_names_is_a_warning() -> None:
    text = TEXT.replace(
        "  - {id: refuse, rank: 2", "  - {id: burn, rank: 3}\n  - {id: refuse, rank: 2"
    )
    warnings = [str(warning) for warning in load_agreement(text, "goods.yaml").warnings]
    assert any("lot_actions.burn: `burn`, unused" in warning for warning in warnings)


def test_loading_writing_and_loading_again_says_the_same() -> None:
    agreement = load_agreement(TEXT, "goods.yaml").agreement
    again = load_agreement(write(agreement), "again.yaml").agreement
    assert again == agreement
    assert content_id(again) == content_id(agreement)


def test_the_schema_takes_it_and_refuses_what_the_reader_refuses() -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    assert list(validator.iter_errors(read(TEXT, "goods.yaml").content)) == []
    wrong = read(TEXT, "goods.yaml").content
    wrong["consignment_checks"][0]["conditions"][0]["on_fial"] = "refuse"
    assert list(validator.iter_errors(wrong)) != []


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", [
            "## Checks on a consignment", "goods from `origin` to `importing`",
            "bound where the agreement is used", "fails: `refuse`, unknown: `detain`",
            "What would settle it: a beta test", "`origin` is told within 24 hours, in writing",
            "the facility's registration, or on that day",
            "there before the facility's first dispatch", "for every lot, for every nuclide",
        ]),
        ("ja", ["## 貨物の検査", "使用時に定める", "解決方法：ベータ測定", "書面で", "ロットごと"]),
        ("zh", ["## 货物核查", "使用时指定", "解决办法：β检测", "书面", "逐批次"]),
    ],
)  # fmt: skip
def test_prose_says_what_is_checked(language: Language, expected: list[str]) -> None:
    said = prose(load_agreement(TEXT, "goods.yaml").agreement, language)
    for text in expected:
        assert text in said
    assert "{" not in said
