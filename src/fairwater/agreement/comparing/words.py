"""The sentences of a comparison in the three languages. Each is written, not assembled."""

from __future__ import annotations

from typing import Final

from fairwater.agreement.comparing.positions import Direction
from fairwater.records.text import Language

Phrase = dict[Language, str]


def _p(en: str, zh: str, ja: str) -> Phrase:
    return {"en": en, "zh": zh, "ja": ja}


HEADLINE: Final = _p(
    "Of {all} units, {agree} stand alike under all agreements up to {day}, {differ} part, and "
    "{none} cannot be compared.",
    "截至 {day}，在 {all} 个单元中，各协议对 {agree} 个立场一致，"
    "对 {differ} 个出现分歧，另有 {none} 个无法比较。",
    "{day} までに、{all} 単位のうち {agree} 単位では全ての取り決めが同じ結論となり、"
    "{differ} 単位で分かれ、{none} 単位は比較できません。",
)  # fmt: skip
ONE_DIFFERS: Final = _p(
    "On this unit the agreements first part on {day}.",
    "对该单元，各协议自 {day} 起出现分歧。",
    "この単位について、取り決めの結論は {day} に初めて分かれます。",
)
ONE_AGREES: Final = _p(
    "On this unit all agreements stand alike up to {day}.",
    "截至 {day}，各协议对该单元立场一致。",
    "{day} まで、この単位では全ての取り決めが同じ結論です。",
)
ONE_NOT_COMPARED: Final = _p(
    "This unit cannot be compared: up to {day} fewer than two agreements have evidence on it.",
    "该单元无法比较：截至 {day}，有证据的协议不足两个。",
    "この単位は比較できません。{day} まで、証拠のある取り決めが二つに満たないためです。",
)
STARTS_DIFFER: Final = _p(
    "They do not start alike; what is compared is how each moves from its own start.",
    "各协议的初始状态不同；此处比较的是各自从初始状态起的变动。",
    "当初の状態は取り決めごとに異なります。比較するのは、それぞれの当初からの動きです。",
)
BY_DIRECTION: Final = _p(
    "Some states do not say what they do to goods ({states}); only the direction of moves is "
    "compared.",
    "部分状态未说明其对货物的作用（{states}）；因此仅比较变动方向。",
    "貨物への作用を定めていない状態があるため（{states}）、動きの方向だけを比較します。",
)
HYPOTHETICAL: Final = _p(
    "Decisions are supposed, not taken: this is hypothetical.",
    "其中的决定为假设，并未实际作出。",
    "決定は仮定であり、実際にされたものではありません。",
)
COARSER: Final = _p(
    "{letter} speaks about a coarser unit: {unit}",
    "{letter} 针对较大的单元：{unit}",
    "{letter} はより大きな単位について定める：{unit}",
)
UNBOUND: Final = _p("nobody bound", "未指定", "未指定")

UNIT: Final = _p("unit", "单元", "単位")
FIRST: Final = _p("first day", "首日", "最初の日")
WHO: Final = _p("agreement", "协议", "取り決め")
SAYS: Final = _p("says", "立场", "結論")
CLAUSE: Final = _p("clause", "条款", "条項")
NUMBERS: Final = _p("numbers", "数值", "数値")
DIFFER: Final = _p("Where they part", "分歧之处", "分かれる単位")
AGREE: Final = _p("Where all stand alike", "立场一致之处", "同じ結論の単位")
NONE_COMPARED: Final = _p("Not comparable", "无法比较", "比較できない単位")
PAIRS: Final = _p("Two by two", "两两比较", "二者ごと")
PARTING_UNITS: Final = _p("units that part", "出现分歧的单元", "分かれる単位数")
UNITS: Final = _p("units", "单元数", "単位数")
ON: Final = _p("on what", "一致内容", "内容")
LEARNED: Final = _p(
    "As known then; in hindsight", "依当时所知；事后回看", "当時の情報；事後"
)  # fmt: skip
LATE: Final = _p("came late", "迟到的证据", "遅れて得られた証拠")
THEN: Final = _p("as known then", "依当时所知", "当時の情報では")
NOW: Final = _p("in hindsight", "事后回看", "事後には")
NOTHING_LEARNED: Final = _p(
    "Later knowledge changes no answer.", "事后所知未改变任何结论。",
    "後から得られた情報で変わる結論はありません。",
)  # fmt: skip
STILL: Final = _p("none has moved", "均无变动", "いずれも動きなし")
SINCE: Final = _p("{what} since {day}", "自 {day} 起{what}", "{day} から{what}")
BACK: Final = _p("as at the start", "与初始状态相同", "当初と同じ")

DIRECTIONS: Final[dict[Direction, Phrase]] = {
    "start": BACK,
    "tightened": _p("stricter", "收紧", "強化"),
    "relaxed": _p("milder", "放宽", "緩和"),
}
LEVELS: Final[dict[int, Phrase]] = {
    0: _p("goods move freely", "货物自由流通", "貨物は自由に流通"),
    1: _p("goods move, watched", "货物在检查或附条件下流通", "貨物は検査・条件の下で流通"),
    2: _p("goods do not move, own stop", "货物停止流通（自主）", "貨物は流通停止（自主）"),
    3: _p(
        "goods do not move, official stop", "货物停止流通（官方措施）", "貨物は流通停止（公的措置）"
    ),
}
VERDICTS: Final[dict[str, Phrase]] = {
    "holds": _p("holds", "成立", "満たす"),
    "fails": _p("fails", "不成立", "満たさない"),
    "unknown": _p("unknown", "未知", "不明"),
}
NOT_DECIDED: Final = _p("eligible, not decided", "条件已满足，未作决定", "条件充足、未決定")
DECIDED: Final = _p("decided {day}", "{day} 已决定", "{day} 決定済み")
NO_STEP: Final = _p("no step leads there", "无相应步骤", "該当する移行なし")
WINDOW: Final = _p("{first} to {last}", "{first} 至 {last}", "{first}〜{last}")
EVER: Final = _p("the beginning", "最初", "最初")
