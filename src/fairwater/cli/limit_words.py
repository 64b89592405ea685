"""The words around an answer about limits, in English, Chinese and Japanese.

The sentences of the answer itself are `fairwater.facts.limit_phrases`.
"""

from __future__ import annotations

from typing import Final

from fairwater.facts.names import DisplayLanguage

Words = dict[DisplayLanguage, str]


def _w(en: str, zh: str, ja: str) -> Words:
    return {"en": en, "zh": zh, "ja": ja}


NONE: Final = _w("no limit applies: {why}", "无适用限量：{why}", "適用される基準値なし：{why}")
UNKNOWN: Final = _w("unknown: {why}", "未知：{why}", "不明：{why}")
NOT_STATED: Final = _w(
    "validity not stated: {amounts}, from when until when is not known",
    "未载明有效期：{amounts}，起止日期不明",
    "適用期間の記載なし：{amounts}、いつからいつまでか不明",
)
EACH: Final = _w(
    "{amounts}: one for each nuclide of {nuclides}",
    "{amounts}：{nuclides} 各核素各有其一",
    "{amounts}：{nuclides} の核種ごと",
)
AT_ONCE: Final = _w("{amounts}: all apply at once", "{amounts}：同时适用", "{amounts}：同時に適用")
NO_VALUE: Final = _w("no value", "无数值", "値なし")
BY_FACTOR: Final = _w(
    "dried: {value} {unit} of the dried food (factor {factor}, by {by})",
    "干制：干制食品 {value} {unit}（系数 {factor}，由{by}给出）",
    "乾燥：乾燥食品で {value} {unit}（係数 {factor}、{by}による）",
)
BY: Final = {
    "instrument": _w("the instrument", "该文件", "当該規定"),
    "asker": _w("you", "提问者", "質問者"),
}
FOOD: Final = _w(
    "`{text}` is {key}{states}, by {by} ({mark})",
    "“{text}”即{key}{states}，依据：{by}（{mark}）",
    "「{text}」は{key}{states}、根拠：{by}（{mark}）",
)
THROUGH: Final = {
    "instrument": _w("an instrument's own words", "文件自身用语", "規定の文言"),
    "category": _w("a category's spelling", "类别写法", "区分の表記"),
    "food": _w("a food's name", "食品名称", "食品名"),
    "species": _w("the species {name}", "物种 {name}", "魚種 {name}"),
    "group": _w("the group {name}", "类群 {name}", "グループ {name}"),
}
PLACE: Final = _w(
    "`{text}` lies in {name}, whose limits apply",
    "“{text}”属于{name}，适用其限量",
    "「{text}」は{name}に属し、その基準値が適用される",
)
THERE: Final = _w("there", "当地", "当該地")
ENDED_BY: Final = _w("{standing} by {by}", "{standing}（由 {by}）", "{standing}（{by} による）")
FOR: Final = _w("for {text}", "针对 {text}", "対象 {text}")
LABEL: Final[dict[str, Words]] = {
    "asked": _w("asked", "查询", "質問"),
    "source": _w("source", "来源", "出典"),
    "note": _w("note", "注意", "注意"),
    "missing": _w("missing", "缺少", "不足"),
    "food": _w("food", "食品", "食品"),
    "mark": _w("weakest mark", "最弱标记", "最も弱い確度"),
    "place": _w("place", "地点", "場所"),
    "remark": _w("remark", "备注", "備考"),
    "nearest": _w("nearest", "最接近", "最も近いもの"),
    "also": _w("also", "另有", "ほかに"),
}
COLON: Final = _w(": ", "：", "：")
SEMICOLON: Final = _w("; ", "；", "；")
COMMA: Final = _w(", ", "、", "、")
OR: Final = _w(" or ", " 或 ", " または ")
MARK: Final = {
    "seen in source": _w("seen in source", "见于来源", "出典で確認"),
    "from memory": _w("from memory", "凭记忆", "記憶による"),
}
KIND: Final = {
    "food_limit": _w("food limit", "食品限量", "食品の基準値"),
    "voluntary_limit": _w("voluntary limit", "自主限量", "自主基準"),
    "import_measure": _w("import measure", "进口措施", "輸入措置"),
    "water_guideline": _w("water guideline", "饮水指导值", "飲料水の指針値"),
    "discharge_limit": _w("discharge limit", "排放限值", "放出の限度"),
    "operational_trigger": _w("operational trigger", "操作触发水平", "運用上の発動値"),
    "dose_criterion": _w("dose criterion", "剂量准则", "線量の基準"),
    "biota_criterion": _w("biota criterion", "生物准则", "生物の基準"),
}
REASON: Final = {
    "no limit of this jurisdiction and kind": _w(
        "no limit of this jurisdiction and kind", "当地无此类限量", "当該地にこの種類の基準値がない"
    ),
    "no limit for these nuclides": _w(
        "no limit for these nuclides", "无针对这些核素的限量", "これらの核種の基準値がない"
    ),
    "no limit for this category": _w(
        "no limit for this category", "无针对此类食品的限量", "この食品区分の基準値がない"
    ),
    "no limit for this origin": _w(
        "no limit for this origin", "无针对此原产地的限量", "この原産地の基準値がない"
    ),
    "dormant until activated": _w("dormant until activated", "启用前不生效", "発動まで効力なし"),
    "draft": _w("draft", "草案", "案"),
    "not yet in force": _w("not yet in force", "尚未生效", "未施行"),
    "repealed": _w("repealed", "已废止", "廃止"),
    "superseded": _w("superseded", "已被取代", "新しいものに代わった"),
    "not in force on this day": _w("not in force on this day", "当日无效力", "当日は効力なし"),
    "validity not stated": _w("validity not stated", "未载明有效期", "適用期間の記載なし"),
    "the day lies inside an imprecise date": _w(
        "the day lies inside an imprecise date",
        "当日处于不精确的日期之内",
        "不正確な日付の範囲内の日",
    ),
    "depends on the origin": _w("depends on the origin", "取决于原产地", "原産地による"),
    "the food is too general": _w(
        "the food is too general", "食品过于笼统", "食品の範囲が広すぎる"
    ),
    "the category does not decide for this food": _w(
        "the category does not decide for this food",
        "类别文字未能确定是否包括该食品",
        "区分の文言では当該食品が決まらない",
    ),
    "dried food without a stated factor": _w(
        "dried food without a stated factor", "干制食品未给出系数", "乾燥食品に換算係数の指定がない"
    ),
    "concentrated food without a stated factor": _w(
        "concentrated food without a stated factor",
        "浓缩食品未给出系数",
        "濃縮食品に換算係数の指定がない",
    ),
    "a measure sets limits that are not among these facts": _w(
        "a measure sets limits that are not among these facts",
        "有措施规定限量，但不在本资料之内",
        "措置が定める基準値がこの資料にない",
    ),
}
STANDING: Final = {
    "in force": _w("in force", "有效", "有効"),
    "may have begun": _w("may have begun", "可能已开始", "始まっている可能性"),
    "may have ended": _w("may have ended", "可能已终止", "終わっている可能性"),
    "ended": _w("ended", "已终止", "終了"),
    **{
        name: REASON[name]
        for name in (
            "validity not stated",
            "dormant until activated",
            "draft",
            "not yet in force",
            "repealed",
            "superseded",
        )
    },
}
STATE: Final = {
    "dried": _w("dried", "干制", "乾燥"),
    "concentrated": _w("concentrated", "浓缩", "濃縮"),
    "reconstituted": _w("reconstituted", "复原", "戻し"),
    "frozen": _w("frozen", "冷冻", "冷凍"),
    "fresh": _w("fresh", "新鲜", "生鮮"),
    "boiled": _w("boiled", "煮熟", "加熱"),
    "roasted": _w("roasted", "烤制", "焼き"),
    "cut": _w("cut", "切割", "切り身"),
    "salted": _w("salted", "腌制", "塩蔵"),
    "canned": _w("canned", "罐装", "缶詰"),
    "farmed": _w("farmed", "养殖", "養殖"),
    "wild": _w("wild", "野生", "天然"),
}
