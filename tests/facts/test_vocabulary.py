"""The vocabularies against the rows they were made from.

Truth: the counts of shared/reference/vocabulary/README.md (403 names, 73 groups,
94.7 / 5.2 / 0.07 % of rows to a species, a group, neither), the `rows` each entry
states, and the 42,541 seafood rows themselves (shared/data/mhlw-japan-food).
"""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairwater.facts import (
    areas,
    categories,
    category_slips,
    find_category,
    find_ending,
    find_part,
    find_parts,
    find_place,
    find_region,
    find_species,
    item_details,
    kana,
    parts,
    plain,
    regions,
    species_facts,
    species_groups,
    species_names,
    split_item,
    states,
)

TISSUES = {
    *("筋肉", "皮付き筋肉", "可食部", "フィレ", "肝臓", "内臓", "卵巣", "卵", "精巣"),
    *("筋子", "たらこ", "全体", "茎わかめ"),
}
REGION, CATEGORY, ITEM, REMARK = 4, 8, 9, 10


@pytest.fixture(scope="module")
def seafood(shared: Path) -> list[list[str]]:
    path = shared / "data/mhlw-japan-food/seafood_2012-04_2014-03.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    assert len(rows) == 42541
    return rows


@pytest.fixture(scope="module")
def items(seafood: list[list[str]]) -> Counter[tuple[str, str]]:
    return Counter((row[ITEM], row[REMARK]) for row in seafood)


def test_counts_of_the_vocabulary() -> None:
    assert len(species_names()) == 403
    assert len(species_groups()) == 73
    assert len(regions()) == 47


def test_share_of_rows_resolved(items: Counter[tuple[str, str]]) -> None:
    kinds: Counter[str] = Counter()
    for (item, remark), rows in items.items():
        found = find_species(item, remark)
        kinds["none" if found is None else found.kind] += rows
    total = kinds.total()
    assert total == 42541
    assert round(100 * kinds["species"] / total, 1) == 94.7
    assert round(100 * kinds["group"] / total, 1) == 5.2
    assert round(100 * kinds["none"] / total, 2) == 0.07


def test_rows_of_every_entry(items: Counter[tuple[str, str]]) -> None:
    """Each entry collects the rows it says it does, but for these six rows.

    カタクチイワシ: two rows 水産物 with the fish in the remark, which the vocabulary
    counts under 魚加工品; ムキエイ（ウシエイ）: counted there under エイ; 煮干: there under
    イワシ, here a state without a name.
    """
    found: Counter[str] = Counter()
    for (item, remark), rows in items.items():
        match = find_species(item, remark)
        if match is not None:
            found[match.name] += rows
    stated = {fact.ja: fact.rows for fact in species_facts().groups.values()}
    stated |= {fact.ja: fact.rows for fact in species_facts().species.values()}
    differs = {name: found[name] - rows for name, rows in stated.items() if found[name] != rows}
    assert differs == {"カタクチイワシ": 2, "ウシエイ": 1, "イワシ": -1, "魚加工品": -2, "エイ": -1}


def test_what_stays_unresolved(items: Counter[tuple[str, str]]) -> None:
    listed = {fact.text for fact in species_facts().unresolved if fact.dataset == "MHLW"}
    unknown = {item for (item, remark) in items if find_species(item, remark) is None}
    assert unknown == listed | {"煮干"}


@pytest.mark.parametrize(
    ("text", "kind", "name", "rest"),
    [
        ("マダラ", "species", "マダラ", ()),
        ("まだら", "species", "マダラ", ()),
        ("あゆ", "species", "アユ", ()),
        ("マガレイ（1kg以上）", "species", "マガレイ", ("1kg以上",)),
        ("アユ(養殖)", "species", "アユ", ("養殖",)),
        ("ババガレイ（ナメタガレイ）", "species", "ババガレイ", ("ナメタガレイ",)),
        ("サケ", "group", "サケ類", ()),
        ("シロザケ", "species", "サケ", ()),
        ("イシモチ", "group", "イシモチ", ()),
        ("イシモチ（シログチ）", "species", "シログチ", ()),
        ("シログチ（イシモチ）", "species", "シログチ", ()),
        ("スルメイカ（マイカ）", "species", "スルメイカ", ()),
        ("メバル（ウスメバル）", "species", "ウスメバル", ()),
        ("養殖魚類（ニジマス）", "species", "ニジマス", ()),
        ("<del>マサバ</del><ins cite=\"\">ゴマサバ</ins>", "species", "ゴマサバ", ()),
        ("アユ（養殖・放流", "species", "アユ", ("養殖・放流",)),
        ("Black rockfish", "species", "クロソイ", ()),
        ("gadus macrocephalus", "species", "マダラ", ()),
    ],
)  # fmt: skip
def test_item_texts(text: str, kind: str, name: str, rest: tuple[str, ...]) -> None:
    found = find_species(text)
    assert found is not None
    assert (found.kind, found.name, found.rest, found.text) == (kind, name, rest, text)


@pytest.mark.parametrize(
    "text",
    ["", "-", "スイカ", "ミズナ", "イトヒキダイ", "Sullen rockfish", "Brocade perch", "魚", "（）"],
)
def test_texts_nobody_knows(text: str) -> None:
    assert find_species(text) is None


def test_the_weakest_mark_used_is_told() -> None:
    seen = find_species("マダラ")
    spelt = find_species("マダラ筋肉")
    memory = find_species("イワナ")
    assert seen is not None
    assert spelt is not None
    assert memory is not None
    assert seen.confidence == "seen in source"
    assert spelt.fact is seen.fact
    assert spelt.confidence == "from memory"
    assert memory.fact.marks["ja"] == "m"
    assert memory.confidence == "from memory"


def test_members_of_groups_are_species_or_groups() -> None:
    known = species_names().keys() | species_groups().keys()
    for group in species_groups().values():
        assert set(group.members) <= known, group.ja


@given(st.sampled_from(sorted(species_names())), st.sampled_from(["養殖", "1kg以上", "x", "肝臓"]))
def test_a_bracket_that_is_no_name_changes_nothing(name: str, bracket: str) -> None:
    bare, full = find_species(name), find_species(f" {name}（{bracket}）")
    assert bare is not None
    assert full is not None
    assert (full.name, full.kind, full.rest) == (bare.name, bare.kind, (bracket,))


# ---- parts and states


def test_rows_of_parts(items: Counter[tuple[str, str]]) -> None:
    """Organs and tissues hold the rows the vocabulary counted (bracket, remark or ending)."""
    found: Counter[str] = Counter()
    for (item, remark), rows in items.items():
        for match in item_details(item, remark).found:
            found[match.fact.ja] += rows
    for fact in parts():
        if fact.ja in TISSUES and fact.rows is not None:
            assert found[fact.ja] == fact.rows, fact.ja
    assert sum(1 for fact in parts() if fact.rows and found[fact.ja] == fact.rows) >= 20


@pytest.mark.parametrize(
    ("text", "kind", "english"),
    [
        ("肝臓", "part", "liver"),
        ("筋肉部", "part", "muscle"),
        ("骨、ぼうこう、胆のう除く", "part", "without bones, bladder, gall bladder"),
        ("養殖", "state", "farmed"),
        ("１ｋｇ以上", "state", "1 kg or more"),
        ("muscle", "part", "muscle"),
    ],
)
def test_part_texts(text: str, kind: str, english: str) -> None:
    found = find_part(text)
    assert found is not None
    assert (found.kind, found.fact.en) == (kind, english)


def test_a_second_name_is_no_part() -> None:
    assert find_part("ナメタガレイ") is None
    assert find_parts("1kg以上・ドンコ").unknown == ("ドンコ",)


@pytest.mark.parametrize(
    ("item", "remark", "english"),
    [
        ("マダラ白子", "-", ["milt"]),
        ("マコガレイ（1kg以上・肝臓）", "-", ["1 kg or more", "liver"]),
        ("ヒラメ", "部位：内臓部", ["viscera"]),
        ("ヒラメ", "1kg以上部位：肝臓", ["1 kg or more", "liver"]),
        ("メカブ", "-", ["sporophyll of wakame"]),
        ("マダラ", "-", []),
        ("アユ", "‐", []),
    ],
)
def test_item_details(item: str, remark: str, english: list[str]) -> None:
    details = item_details(item, remark)
    assert [match.fact.en for match in details.found] == english
    assert details.unknown == ()


def test_the_end_of_a_name_is_no_part() -> None:
    """スジコ and シラコ are parts; カナガシラ, コ and エビ are not, whatever they end in."""
    for name in species_names():
        ending = find_ending(name)
        assert ending is None, name


def test_every_text_of_parts_and_states_is_found() -> None:
    for fact in (*parts(), *states()):
        for text in fact.texts:
            found = find_part(text)
            assert found is not None
            assert found.fact is fact


# ---- regions


def test_the_59_spellings_of_the_region(seafood: list[list[str]]) -> None:
    texts = Counter(row[REGION] for row in seafood)
    assert len(texts) == 59
    found: Counter[str] = Counter()
    for text, rows in texts.items():
        match = find_region(text)
        assert match is not None, text
        if match.region is not None:
            found[match.region.code] += rows
        else:
            found[match.kind] += rows
    assert found["not_stated"] == 239
    assert found["sea_area"] == 6
    # `rows` of a region counts its own name; the listed spellings stand in the README's source:
    # 千葉 2, 宮城 2, 神奈川 1, 岩手 1, 岩手県産 1, 静岡件 1, 新潟市 2, 江東区 2
    more = {"JP-12": 2, "JP-04": 2, "JP-14": 1, "JP-03": 2, "JP-22": 1, "JP-15": 2, "JP-13": 2}
    for code, region in regions().items():
        assert found[code] == region.rows + more.get(code, 0), region.ja


@pytest.mark.parametrize(
    ("text", "code"),
    [("千葉県", "JP-12"), ("千葉", "JP-12"), ("静岡件", "JP-22"), ("岩手県産", "JP-03"),
     ("茨城産", "JP-08"), ("京都", "JP-26"), ("東京", "JP-13"),
     ("北海道", "JP-01"), (" 千葉県 ", "JP-12"), ("Chiba", "JP-12"),
     ("JP-12", "JP-12"), ("千叶县", "JP-12")],
)  # fmt: skip
def test_spellings_of_a_region(text: str, code: str) -> None:
    match = find_region(text)
    assert match is not None
    assert (match.kind, match.code) == ("region", code)


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [("日立・鹿島沖", "sea_area", "pacific-zone-5"),
     ("北海道青森太平洋産", "sea_area", "pacific-zone-1"),
     ("太平洋沖合", "sea_area", "太平洋沖合"),
     ("-", "not_stated", None), ("−", "not_stated", None)],
)  # fmt: skip
def test_what_is_no_region(text: str, kind: str, code: str | None) -> None:
    match = find_region(text)
    assert match is not None
    assert (match.kind, match.code, match.region) == (kind, code, None)


def test_region_texts_of_all_food_that_stay_unknown(shared: Path) -> None:
    """Two regions in one cell, a region and more, a place of several regions, no region."""
    path = shared / "data/mhlw-japan-food/all_food_2012-04_2014-03.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        texts = Counter(row[REGION] for row in rows)
    assert texts.total() == 598186
    unknown = {text: count for text, count in texts.items() if find_region(text) is None}
    assert sum(unknown.values()) == 39
    several = [text for text in unknown if any(mark in text for mark in "、・")]
    more = [text for text in unknown if "（" in text]
    assert set(unknown) - set(several) - set(more) == {"国産", "韓国", "昭和村", "高山村"}


@given(st.sampled_from([region.ja for region in areas().regions]), st.text(min_size=1, max_size=3))
def test_a_longer_text_is_not_taken_for_the_region(name: str, more: str) -> None:
    match = find_region(name + more)
    assert match is None or plain(name + more) in {plain(name), plain(name) + "産"}


def test_every_region_a_place_names_is_known() -> None:
    for place in areas().places:
        assert set(place.regions) <= set(regions()), place.text
    seas = {sea.key for sea in areas().seas}
    for region in regions().values():
        assert set(region.seas) <= seas


def test_places() -> None:
    port = find_place("銚子漁港")
    zone = find_place("3三陸南部沖")
    assert port is not None
    assert zone is not None
    assert getattr(port, "kind", None) == "port"
    assert getattr(zone, "number", None) == 3
    assert find_place("どこか") is None


# ---- categories


def test_categories_of_all_rows(shared: Path) -> None:
    """`rows` of each category over the 598,186 rows; three cells have slipped there."""
    path = shared / "data/mhlw-japan-food/all_food_2012-04_2014-03.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        texts = Counter(row[CATEGORY] for row in rows)
    found: Counter[str] = Counter()
    for text, count in texts.items():
        fact = find_category(text)
        if fact is None:
            assert text in category_slips()
            found["slip"] += count
        else:
            found[fact.key] += count
    assert found.pop("slip") == 3
    assert dict(found) == {key: fact.rows for key, fact in categories().items()}
    assert sum(len(fact.texts) for fact in categories().values()) == 35


@pytest.mark.parametrize("text", ["", "魚", "水産", "非流通品", "その他の食品"])
def test_no_category(text: str) -> None:
    assert find_category(text) is None


# ---- spelling


@given(st.text(max_size=30))
def test_normal_forms_are_stable(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert kana(kana(text)) == kana(text)


@given(st.text("アイウ（）()あい<del>ins /", max_size=20))
def test_an_item_loses_only_brackets_and_corrections(text: str) -> None:
    item = split_item(text)
    assert "(" not in item.name
    assert all(inner.strip() == inner and inner for inner in item.brackets)


def test_corrections_inside_a_cell() -> None:
    assert split_item('<del>タラ</del><ins cite="">マダラ</ins>（1kg）') == ("マダラ", ("1kg",))
