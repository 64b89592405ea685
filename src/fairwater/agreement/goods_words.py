"""The words of `goods_text` in the three languages."""

from __future__ import annotations

from typing import Final

from fairwater.agreement.goods_verdict import Answer
from fairwater.records.text import Language

Phrase = dict[Language, str]


def _p(en: str, zh: str, ja: str) -> Phrase:
    return {"en": en, "zh": zh, "ja": ja}


HEAD: Final[dict[Answer, Phrase]] = {
    "holds": _p(
        "Consignment {c}: every condition of {a} holds on {at}.",
        "货物 {c}：{at}，{a} 的全部条件成立。",
        "貨物 {c}：{at} 時点で {a} のすべての条件を満たします。",
    ),
    "fails": _p(
        "Consignment {c}: {n} of {m} conditions of {a} fail on {at}.",
        "货物 {c}：{at}，{a} 的 {m} 项条件中有 {n} 项不成立。",
        "貨物 {c}：{at} 時点で {a} の {m} 条件のうち {n} 件を満たしません。",
    ),
    "unknown": _p(
        "Consignment {c}: the verdict of {a} is unknown on {at}; {n} of {m} conditions are open.",
        "货物 {c}：{at}，{a} 的判定未知；{m} 项条件中有 {n} 项未决。",
        "貨物 {c}：{at} 時点の {a} の判定は不明です。{m} 条件のうち {n} 件が未決です。",
    ),
    "not_applicable": _p(
        "Consignment {c}: {a} asks nothing of these goods on {at}.",
        "货物 {c}：{at}，{a} 对此货物无要求。",
        "貨物 {c}：{at} 時点で {a} はこの貨物に何も求めていません。",
    ),
}
VERDICT: Final[dict[Answer, Phrase]] = {
    "holds": _p("holds", "成立", "満たす"),
    "fails": _p("fails", "不成立", "満たさない"),
    "unknown": _p("unknown", "未知", "不明"),
    "not_applicable": _p("does not apply", "不适用", "適用なし"),
}
MARK: Final[dict[Answer, str]] = {"holds": "+", "fails": "x", "unknown": "?", "not_applicable": "-"}
"""Before each condition, so that the verdict is read without colour."""

KNOWN_AT: Final = _p("as known on {day}", "依 {day} 所知", "{day} 時点の情報による")
ACTION: Final = _p("what follows: {what}", "处置：{what}", "取扱い：{what}")
BY: Final = _p("by {role}", "由{role}执行", "実施者：{role}")
TOLD: Final = _p("{role} is told", "通知{role}", "{role} に通知")
TOLD_WITHIN: Final = _p(
    "{role} is told within {period}", "{period} 内通知{role}", "{period} 以内に {role} へ通知"
)
DIFFERS: Final = _p(
    "{what}: expected {expected}, found {found}",
    "{what}：应为 {expected}，实为 {found}",
    "{what}：期待値 {expected}、実際 {found}",
)
MISSING: Final = _p("missing: {what}", "缺少：{what}", "不足：{what}")
OWED: Final = _p("owed by {who}", "由{who}提供", "提出者：{who}")
DUE: Final = _p("due {day}", "期限 {day}", "期限 {day}")
SETTLE: Final = _p("would settle it: {what}", "可据以解决：{what}", "解決に必要：{what}")
ABSENT: Final = _p("nothing", "无记载", "記載なし")
RECORDS: Final = _p("records {ids}", "记录 {ids}", "記録 {ids}")

WHAT: Final[dict[str, Phrase]] = {
    "area": _p("area", "产地", "産地"),
    "species": _p("species", "物种", "魚種"),
    "scientific_name": _p("scientific name", "学名", "学名"),
    "part": _p("part", "部位", "部位"),
    "production": _p("wild or farmed", "野生或养殖", "天然・養殖"),
    "food_category": _p("food category", "食品类别", "食品区分"),
    "produced": _p("day of production", "生产日期", "製造日"),
    "registration": _p("registration", "登记", "登録"),
    "facility": _p("facility", "设施", "施設"),
    "consignment": _p("consignment", "货物编号", "貨物番号"),
    "packages": _p("packages", "件数", "個数"),
    "lots": _p("lots", "批次", "ロット"),
    "mass": _p("mass", "重量", "重量"),
    "document": _p("document", "文件", "書類"),
    "ruling": _p("ruling on the document", "文件裁定", "書類の裁定"),
    "validity": _p("valid until", "有效期至", "有効期限"),
    "issuer": _p("issuer", "签发方", "発行者"),
    "statement": _p("statement", "声明", "申告"),
    "limit": _p("limit", "限量", "基準値"),
    "detection_limit": _p("detection limit", "检出限", "検出下限"),
    "report": _p("age of the report", "报告时间", "報告書の経過期間"),
    "report_day": _p("day of the report", "报告日期", "報告書の日付"),
    "report_before": _p("report before dispatch", "发运前的报告", "発送前の報告書"),
    "state": _p("state of the measure", "措施状态", "措置の状態"),
    "declared": _p("declaration", "声明", "宣言"),
}
"""What a mismatch is about; a metric without a word here is shown by its name."""

KIND: Final[dict[str, Phrase]] = {
    "no_evidence": _p("evidence", "证据", "証拠"),
    "shortfall": _p("more of it", "数量不足", "数の不足"),
    "indeterminate_result": _p("a result that decides", "可判定的结果", "判定できる結果"),
    "pending_result": _p("a result that is due", "待出结果", "未着の結果"),
    "overdue_result": _p("an overdue result", "逾期结果", "期限超過の結果"),
    "uncertainty": _p("an uncertainty", "不确定度", "不確かさ"),
    "location": _p("a location", "地点", "位置"),
    "date": _p("a date", "日期", "日付"),
    "document": _p("a document", "文件", "書類"),
    "statement": _p("a statement", "陈述", "記載"),
    "act": _p("a published act", "公布的文件", "公表された決定"),
    "parameter": _p("a value the parties agree", "双方约定的值", "当事者が定める値"),
    "conflict": _p("an end to a contradiction", "矛盾的澄清", "矛盾の解消"),
}
COLON: Final = _p(": ", "：", "：")
SEMICOLON: Final = _p("; ", "；", "；")
