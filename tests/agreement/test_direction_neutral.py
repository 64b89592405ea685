"""A party is data: swapping the parties swaps the names in the answers, and nothing else.

Nothing here says who is right: every case of the two texts on imports, the story of the
text on the origin side, and every spoilt consignment is asked twice, once with the
parties exchanged in bindings and evidence, and the answers are compared byte by byte.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parent))  # the invented goods beside this file

from fit_goods import (
    AT,
    BINDINGS,
    GOODS,
    LACKING_CERTIFICATE,
    LACKING_RESUMPTION,
    SPOILT_CERTIFICATE,
    SPOILT_RESUMPTION,
    STATES,
    agreement,
    fit_certificate,
    fit_resumption,
    together,
)

import fairwater.agreement
from fairwater.agreement.casefiles.evidence import evidence_of
from fairwater.agreement.casefiles.runner import run_cases
from fairwater.agreement.evidence import Evidence
from fairwater.agreement.goods_checking import check_consignment
from fairwater.agreement.load import load_agreement, plain, shipped, shipped_names
from fairwater.agreement.machine import timeline

CASES = Path(__file__).parent / "cases"
EAST, WEST = "east", "west"


def swapped(text: str) -> str:
    """The text with the two parties exchanged, their offices with them."""
    return re.sub(rf"\b({EAST}|{WEST})\b", lambda m: EAST if m[1] == WEST else WEST, text)


def rebuilt(evidence: Evidence) -> Evidence:
    """The evidence with the parties exchanged, through its JSON."""
    data = swapped(msgspec.json.encode(evidence).decode())
    return msgspec.json.decode(data, type=Evidence)


@pytest.mark.parametrize("name", ["import_certificate", "staged_resumption"])
def test_every_case_answers_the_same_with_the_parties_exchanged(name: str) -> None:
    text = (CASES / f"{name}.yaml").read_text(encoding="utf-8")
    assert swapped(text) != text
    one = run_cases(text, name).plain()
    other = run_cases(swapped(text), name).plain()
    assert json.dumps(other, sort_keys=True) == swapped(json.dumps(one, sort_keys=True))
    assert other["failed"] == 0


STORY = """
- {s: s1, d: '2021-02-22', cs: '500', point: P1, species: rockfish, by: east}
- {s: s2, d: '2021-04-01', cs: '270', point: P2, species: rockfish, by: east, witness: west}
- {decision: x1, transition: impose, role: national_headquarters, by: east, d: '2021-04-19'}
- {assertion: a1, measure: restriction, by: west, d: '2021-04-20', state: none}
- {assertion: a2, measure: restriction, by: east, d: '2021-04-21', state: suspended}
- {s: s3, d: '2022-01-26', cs: '1400', point: P3, species: rockfish, by: west}
"""


@pytest.mark.parametrize("day", ["2021-04-10", "2021-04-22", "2022-01-31"])
def test_the_origins_own_rule_does_not_mind_who_is_the_origin(day: str) -> None:
    rule = load_agreement(shipped("origin_restriction"), "origin_restriction").agreement
    unit = {"species": "rockfish", "zone": "Z1"}

    def told(lines: str, bindings: Mapping[str, str]) -> str:
        evidence = evidence_of(yaml.load(lines, yaml.BaseLoader), ZoneInfo("UTC"), "story")
        answers = [
            timeline(rule, measure.id, unit, evidence, as_of=date.fromisoformat(day),
                     bindings=bindings)
            for measure in rule.measures
        ]  # fmt: skip
        return msgspec.json.encode(answers, order="sorted").decode()

    bound = {"origin": EAST, "national_headquarters": EAST, "lab": WEST}
    other = {role: swapped(party) for role, party in bound.items()}
    assert told(swapped(STORY), other) == swapped(told(STORY, bound))
    assert EAST in told(STORY, bound)


@pytest.mark.parametrize(
    ("name", "fit", "changes"),
    [
        ("import_certificate", fit_certificate(listed=True),
         SPOILT_CERTIFICATE | {f"no {k}": v for k, v in LACKING_CERTIFICATE.items()}),
        ("staged_resumption", fit_resumption(),
         SPOILT_RESUMPTION | {f"no {k}": v for k, v in LACKING_RESUMPTION.items()}),
    ],
    ids=["import_certificate", "staged_resumption"],
)  # fmt: skip
def test_goods_are_judged_the_same_whichever_way_they_travel(
    name: str, fit: Evidence, changes: Mapping[str, Any]
) -> None:
    rule = agreement(name)
    spoilt = [change for key, change in changes.items() if not key.startswith("no ")]
    for change in (lambda e: e, together(*spoilt), *changes.values()):
        evidence = change(fit)
        one = check_consignment(rule, GOODS, evidence, at=AT, bindings=BINDINGS, states=STATES)
        other = check_consignment(
            rule, GOODS, rebuilt(evidence), at=AT,
            bindings={role: swapped(party) for role, party in BINDINGS.items()}, states=STATES,
        )  # fmt: skip
        told = [json.dumps(v.told(), sort_keys=True, ensure_ascii=False) for v in (one, other)]
        assert told[1] == swapped(told[0])


# Names of countries and their adjectives, and regions, cities and offices that stand for one, as
# the parties and sources of real disputes are called. From memory; more than a text could need.
LATIN = """
    Japan Japanese China Chinese Korea Korean Taiwan Taiwanese Russia Russian America American
    France French Germany German Britain British England English Italy Italian Spain Spanish
    Norway Norwegian Indonesia Indonesian India Indian Vietnam Vietnamese Thailand Thai Canada
    Canadian Australia Australian Brazil Brazilian Ukraine Ukrainian Europe European Swiss
    Switzerland Monaco Philippines Malaysia Singapore Mexico Chile Peru Iceland Denmark Danish
    Sweden Swedish Finland Finnish Poland Polish Netherlands Dutch Hong Kong Macao Tokyo Beijing
    Seoul Taipei Moscow Washington Brussels Paris London Fukushima Miyagi Ibaraki Tochigi Gunma
    Niigata Nagano Saitama Chiba Dalian GACC MAFF NRA TEPCO FDA EU USA UK
"""
CJK = """
    日本 中国 中國 中华 中華 韓国 韩国 朝鮮 朝鲜 台湾 台灣 香港 澳门 マカオ ロシア 俄罗斯 米国 美国
    アメリカ 欧州 欧洲 欧盟 ヨーロッパ フランス 法国 ドイツ 德国 英国 イギリス イタリア 意大利
    インドネシア 印度 ベトナム 越南 タイ王国 泰国 ウクライナ 乌克兰 東京 东京 北京 福島 福岛
    宮城 宫城 茨城 栃木 群馬 群马 新潟 長野 长野 埼玉 千葉 千叶 东电 東電
"""
COUNTRY = re.compile(
    rf"(?<![A-Za-z])({'|'.join(LATIN.split())})(?![A-Za-z])|{'|'.join(CJK.split())}"
)
LANGUAGES_AND_CLOCKS = re.compile(r"\b(English|Japanese|Chinese|Asia/Tokyo)\b")
"""What code may say: the languages it writes, a time zone as an example of one."""


def strings(content: Any, path: str = "") -> list[tuple[str, str]]:
    """Every text of an agreement with its path, keys as texts too; sources' titles and urls not."""
    if isinstance(content, Mapping):
        found = [(path, str(key)) for key in content]
        for key, value in content.items():
            found += strings(value, f"{path}.{key}")
        return found
    if isinstance(content, list | tuple):
        return [entry for value in content for entry in strings(value, path)]
    if re.fullmatch(r"\.sources\.[^.]+\.(title|url)|\.time_zone", path):
        return []
    return [(path, str(content))]


@pytest.mark.parametrize("name", shipped_names())
def test_no_clause_names_a_country(name: str) -> None:
    found = strings(plain(load_agreement(shipped(name), name).agreement))
    assert len(found) > 300
    assert [entry for entry in found if COUNTRY.search(entry[1])] == []


@pytest.mark.parametrize("name", shipped_names())
def test_no_comment_of_a_text_names_a_country(name: str) -> None:
    comments = re.findall(r"^\s*#.*$", shipped(name), re.M)
    assert comments
    assert [line for line in comments if COUNTRY.search(line)] == []


@pytest.mark.parametrize("word", ["Japanese", "the EU", "福島県", "中国", "GACC No. 140"])
def test_the_search_finds_what_it_is_for(word: str) -> None:
    assert COUNTRY.search(f"goods of {word} origin")
    assert strings({"sources": {"S1": {"title": word}}})[-1] != (".sources.S1.title", word)


def test_no_code_of_the_room_names_a_country() -> None:
    room = Path(fairwater.agreement.__file__).parent
    files = sorted(room.rglob("*.py"))
    assert len(files) > 60
    found = [
        (file.name, match[0])
        for file in files
        for match in COUNTRY.finditer(
            LANGUAGES_AND_CLOCKS.sub("", file.read_text(encoding="utf-8"))
        )
    ]
    assert found == []
