"""Nuclides, places and foods in the writings that people use, in three languages.

Truth: written out by hand here. A name means what it means in ordinary use; which
food a limit covers is another question (`test_limit_cases.py`, `test_limit_grid.py`).
"""

from __future__ import annotations

import pytest

from fairwater.facts import asked_nuclides, find_food, find_jurisdiction, limits
from fairwater.facts.foods import leaves, near_foods
from fairwater.facts.jurisdictions import near_jurisdictions
from fairwater.facts.nuclides import near_nuclides, nuclides

CAESIUM = ("Cs-134", "Cs-137")
NUCLIDES: dict[tuple[str, ...], str] = {
    ("Cs-137",): (
        "Cs-137|Cs137|137Cs|137-Cs|cs-137|CS137|caesium-137|Caesium 137|cesium-137|Cs 137|"
        "セシウム137|セシウム-137|铯-137|铯137|銫-137|Cs\N{NON-BREAKING HYPHEN}137|"
        "Cs\N{EN DASH}137|Cs\N{MINUS SIGN}137|\N{SUPERSCRIPT ONE}³⁷Cs"
    ),
    CAESIUM: (
        "Cs-134+Cs-137|Cs-134 + Cs-137|Cs134+Cs137|134Cs+137Cs|Cs-134＋Cs-137|Cs-134 and Cs-137|"
        "Cs-134 & Cs-137|Cs-134/137|Cs-134+137|Cs-134/Cs-137|sum of Cs-134 and Cs-137|"
        "セシウム134及びセシウム137|铯-134和铯-137"
    ),
    ("H-3",): "H-3|H3|3H|tritium|Tritium|トリチウム|三重水素|氚|hydrogen-3|氢-3",
    ("H-3:OBT",): "H-3:OBT|OBT|organically bound tritium|有機結合型トリチウム|有机结合氚",
    ("Sr-90",): "Sr-90|90Sr|strontium-90|ストロンチウム90|锶-90|鍶-90",
    ("I-131",): "I-131|131I|iodine-131|ヨウ素131|よう素131|碘-131",
    ("Pu-239",): "Pu-239|239Pu|plutonium-239|プルトニウム239|钚-239",
    ("Pu-239", "Pu-240"): "Pu-239+240|Pu-239/240|Pu-239+Pu-240",
    ("Am-241",): "Am-241|americium-241|アメリシウム241|镅-241",
}


@pytest.mark.parametrize(
    ("text", "names"),
    [(text, names) for names, texts in NUCLIDES.items() for text in texts.split("|")],
)
def test_nuclides_as_they_are_written(text: str, names: tuple[str, ...]) -> None:
    assert asked_nuclides(text) == names
    assert asked_nuclides(text, "JP") == names


@pytest.mark.parametrize(
    ("text", "place", "names"),
    [
        # what the limits of the place name: shared/reference/limits.json
        ("cesium", "JP", CAESIUM),
        ("放射性セシウム", "JP", CAESIUM),
        ("radiocaesium", "US", CAESIUM),
        ("Cs", "CN", ("Cs-137",)),
        ("铯", "CN", ("Cs-137",)),
        ("iodine", "JP", ("I-131",)),
        ("strontium", "US", ("Sr-90",)),
        ("plutonium", "US", ("Pu-238", "Pu-239")),
    ],
)
def test_an_element_is_read_as_its_isotopes_that_the_place_limits(
    text: str, place: str, names: tuple[str, ...]
) -> None:
    assert asked_nuclides(text, place) == names
    symbol = names[0].split("-")[0]
    named = {
        name for fact in limits().values() if fact.jurisdiction == place for name in fact.nuclides
    }
    assert {name for name in named if name.startswith(f"{symbol}-")} == {*names}


def test_an_element_of_which_all_isotopes_are_limited_is_all_of_them() -> None:
    """EU 2016/52: the sum of all isotopes of strontium; 2011 values of Japan: uranium."""
    for text, place, symbol in (
        ("strontium", "EU", "Sr"),
        ("ウラン", "JP", "U"),
        ("铀", "CN", "U"),
    ):
        every = {name for name in nuclides() if name.startswith(f"{symbol}-")}
        assert {*(asked_nuclides(text, place) or ())} == every


@pytest.mark.parametrize("text", ["", "+", "Cs-13", "Cs-999", "Xx-1", "137", "banana", "Cs-137, x"])
def test_no_nuclide_is_guessed(text: str) -> None:
    assert asked_nuclides(text, "JP") is None


def test_what_is_written_alike_is_offered() -> None:
    assert "Cs-137" in near_nuclides("Cs-173")
    assert "japan" in near_jurisdictions("Jpan")
    assert "seaweed" in near_foods("seawed")
    assert near_nuclides("x" * 100_000) == ()


PLACES: dict[str, str] = {
    "JP": "JP|Japan|japan|日本|日本国|JPN|Nippon",
    "EU": "EU|European Union|the European Union|E.U.|欧盟|歐盟|欧州連合|France|フランス|法国|DEU",
    "CN": "CN|China|中国|中國|中华人民共和国|PRC|P.R. China|Mainland China",
    "HK": "HK|Hong Kong|Hongkong|香港|HKSAR",
    "KR": "KR|Korea|South Korea|Republic of Korea|韩国|韓国|大韓民国|한국",
    "TW": "TW|Taiwan|台湾|臺灣|Chinese Taipei",
    "US": (
        "US|USA|U.S.|U.S.A.|United States|the United States of America|America|美国|米国|アメリカ"
    ),
    "GB": "GB|UK|U.K.|United Kingdom|Great Britain|Britain|英国|イギリス",
    "CA": "CA|Canada|加拿大|カナダ",
    "EAEU": "EAEU|Eurasian Economic Union|Russia|RU|俄罗斯|ロシア|EAEU / Russia",
    "CODEX": "Codex|CODEX|Codex Alimentarius|FAO/WHO|食品法典|コーデックス|Codex (FAO/WHO)",
    "WHO": "WHO|World Health Organization|世界卫生组织|世界保健機関",
}


@pytest.mark.parametrize(
    ("text", "code"), [(text, code) for code, texts in PLACES.items() for text in texts.split("|")]
)
def test_places_as_they_are_written(text: str, code: str) -> None:
    found = find_jurisdiction(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("text", "code", "region"),
    [
        ("Fukushima", "JP", "JP-07"),
        ("Fukushima Prefecture", "JP", "JP-07"),
        ("福島県", "JP", "JP-07"),
        ("福岛", "JP", "JP-07"),
        ("Guangdong", "CN", "CN-GD"),
        ("广东省", "CN", "CN-GD"),
        ("上海市", "CN", "CN-SH"),
        ("California", "US", "US-CA"),
        ("us-ca", "US", "US-CA"),
        ("Ontario", "CA", "CA-ON"),
        ("Busan", "KR", "KR-26"),
        ("Scotland", "GB", "GB-SCT"),
    ],
)
def test_a_region_lies_in_its_place(text: str, code: str, region: str) -> None:
    found = find_jurisdiction(text)
    assert found is not None
    assert (found.code, found.region) == (code, region)


@pytest.mark.parametrize(
    "text", ["Atlantis", "US-ZZ", "XX", "the", ".", "Northern Ireland", "南北"]
)
def test_no_place_is_guessed(text: str) -> None:
    assert find_jurisdiction(text) is None


def test_a_country_and_a_state_of_one_name_are_the_country() -> None:
    georgia = find_jurisdiction("Georgia")
    assert georgia is not None
    assert (georgia.code, georgia.region) == ("GE", None)


# leaf of the food tree: names of it, in the plural and turned round; none tells a state
FOODS: dict[str, str] = {
    "milk": (
        "milk|Milk|cow's milk|whole milk|skimmed milk|UHT milk|goat milk|牛乳|牛奶|鲜奶|"
        "脱脂奶|低脂肪乳"
    ),
    "infant_formula": (
        "infant formula|baby formula|baby milk|follow-on formula|粉ミルク|婴儿配方奶粉|調製粉乳"
    ),
    "dairy_products": "cheese|butter|yoghurt|cream|condensed milk|チーズ|酸奶|乳制品",
    "drinking_water": (
        "drinking water|tap water|bottled water|mineral waters|水道水|饮用水|矿泉水|well water"
    ),
    "tea_brewed": (
        "tea|green tea|tea drinks|tea, brewed|bottled tea|お茶|緑茶|茶饮料|绿茶|煎茶|tea (beverage)"
    ),
    "fermented_tea": "black tea|oolong tea|barley tea|紅茶|麦茶|红茶|乌龙茶",
    "soft_drink": "orange juice|juice, apple|soft drinks|soft-drink|beer|果汁|豆乳|酒|coffee",
    "mushrooms": (
        "mushroom|mushrooms|shiitake|matsutake|wild mushrooms|松茸|まつたけ|香菇|なめこ|牛肝菌"
    ),
    "game": (
        "game|game meat|venison|wild boar|wild boars|deer|bear meat|wild ducks|イノシシ|"
        "クマ肉|野猪肉"
    ),
    "wild_plants": (
        "wild plants|wild edible plants|bracken|bamboo shoots|山菜|タケノコ|コシアブラ|蕨菜|竹笋"
    ),
    "seaweed": (
        "seaweed|seaweeds|sea-weed|nori|kelp|wakame|hijiki|海藻|わかめ|昆布|海带|裙带菜|海苔"
    ),
    "fish": (
        "fish|fishes|tuna|Pacific cod|anchovies|sea bream|yellowtail|pollock|caviar|ヒラメ|スズキ|"
        "鮎|鱼|鳕鱼|鲈鱼|带鱼|牙鲆|淡水鱼|fish fillets|イクラ"
    ),
    "bivalve": "oysters|mussels|clams|scallops|カキ|アサリ|ホタテ|扇贝|牡蛎|生蚝",
    "shrimp": "shrimps|prawns|lobster|crayfish|エビ|伊勢海老|虾|龙虾",
    "crab": "crab|snow crab|king crab|毛ガニ|ズワイガニ|螃蟹|大闸蟹",
    "cephalopod": "squid|octopus|イカ|タコ|鱿鱼|章鱼|八爪鱼",
    "echinoderm": "sea urchin|sea cucumbers|ウニ|ナマコ|海胆|海参",
    "salt": "salt|sea salt|table salt|塩|食塩|海盐|盐",
    "honey": "honey|はちみつ|蜂蜜",
    "grain": "rice|white rice|wheat flour|oats|米|精米|大米|荞麦",
    "beans": "soy beans|tofu|大豆|豆腐|黄豆|納豆",
    "fruit": "apples|cherries|berries|persimmon|柿|カキ(果実)|梨|苹果|樱桃|walnuts",
    "leaf_vegetables": "spinach|tomatoes|onions|ほうれん草|タマネギ|洋葱|菠菜|leafy vegetables",
    "root_vegetables": "carrots|daikon|burdock|ダイコン|ショウガ|胡萝卜",
    "tubers": "potatoes|sweet potato|taro|里芋|土豆|芋头",
    "meat": "beef|pork|ham|sausages|牛肉|馬肉|鸭肉",
    "eggs": "eggs|hen eggs|quail eggs|卵|鸡蛋",
    "fish_feed": "feed for fish|fish feed|養魚飼料|鱼饲料",
    "livestock_feed": "cattle feed|feed for pigs|hay|pet food|配合飼料|牧草|牛饲料",
}
STATES: list[tuple[str, str, set[str]]] = [
    ("dried seaweed", "seaweed", {"dried"}),
    ("seaweed, dried", "seaweed", {"dried"}),
    ("乾燥昆布", "seaweed", {"dried"}),
    ("干紫菜", "seaweed", {"dried"}),
    ("焼き海苔", "seaweed", {"dried"}),
    ("dried shiitake mushrooms", "mushrooms", {"dried"}),
    ("干し椎茸", "mushrooms", {"dried"}),
    ("katsuobushi", "fish", {"dried"}),
    ("煮干し", "fish", {"dried"}),
    ("鱼干", "fish", {"dried"}),
    ("するめ", "cephalopod", {"dried"}),
    ("raisins", "fruit", {"dried"}),
    ("milk powder", "dairy_products", {"dried"}),
    ("脱脂粉乳", "dairy_products", {"dried"}),
    ("奶粉", "dairy_products", {"dried"}),
    ("tea leaves", "tea_leaves", {"dried"}),
    ("dried tea", "tea_leaves", {"dried"}),
    ("matcha", "tea_leaves", {"dried"}),
    ("fruit juice concentrate", "soft_drink", {"concentrated"}),
    ("浓缩果汁", "soft_drink", {"concentrated"}),
    ("濃縮ジュース", "soft_drink", {"concentrated"}),
    ("frozen fish fillets", "fish", {"frozen"}),
    ("roasted chestnuts", "fruit", {"roasted"}),
]


@pytest.mark.parametrize(
    ("text", "leaf"), [(text, leaf) for leaf, texts in FOODS.items() for text in texts.split("|")]
)
def test_foods_as_they_are_written(text: str, leaf: str) -> None:
    found = find_food(text)
    assert found is not None
    assert set(found.foods) == leaves([leaf])
    assert not {"dried", "concentrated"} & {*found.states}


@pytest.mark.parametrize(("text", "leaf", "states"), STATES)
def test_a_name_may_say_the_state(text: str, leaf: str, states: set[str]) -> None:
    found = find_food(text)
    assert found is not None
    assert set(found.foods) == leaves([leaf])
    assert states <= {*found.states}


def test_feed_of_unknown_kind_is_no_feed_of_one_kind() -> None:
    """The EU's value is for fish feed alone: what is asked about must not shrink to it."""
    assert leaves(["fish_feed"]) < leaves(["feed"])
    feed = find_food("animal feed")
    assert feed is not None
    assert set(feed.foods) == leaves(["feed"])


@pytest.mark.parametrize(
    "text", ["concentrates", "unicorn", "タケノコ(魚)", "salt (fish)", "stone"]
)
def test_no_food_is_guessed(text: str) -> None:
    assert find_food(text) is None
