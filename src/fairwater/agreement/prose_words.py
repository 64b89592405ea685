"""The words of `prose` in the three languages. One table a kind of sentence."""

from __future__ import annotations

from typing import Final

from fairwater.records.text import Language

Phrase = dict[Language, str]


def _p(en: str, ja: str, zh: str) -> Phrase:
    return {"en": en, "ja": ja, "zh": zh}


HEADINGS: Final[dict[str, Phrase]] = {
    "identity": _p("Agreement", "取り決め", "协议"),
    "scope": _p("What one verdict is about", "判定の単位", "判定对象"),
    "roles": _p("Roles", "役割", "角色"),
    "plans": _p("Sampling plans", "採取計画", "采样计划"),
    "documents": _p("Documents", "書類", "文件"),
    "limits": _p("Limits", "限度", "限值"),
    "parameters": _p("Parameters", "パラメータ", "参数"),
    "measures": _p("Measures and their states", "措置とその状態", "措施及其状态"),
    "transitions": _p("Steps", "移行", "转换"),
    "lists": _p("Lists", "一覧", "清单"),
    "lot_actions": _p("What is done with goods", "貨物の取扱い", "货物处置"),
    "consignment_checks": _p("Checks on a consignment", "貨物の検査", "货物核查"),
    "sources": _p("Sources", "出典", "来源"),
}

CERT: Final[dict[str, Phrase]] = {
    "seen": _p("seen in source", "出典で確認", "已在来源中查证"),
    "memory": _p("from memory, not read again", "記憶による（未確認）", "凭记忆（未复核）"),
    "ours": _p("our choice", "当方の選択", "我方选择"),
    "none": _p("confidence not stated", "確度の記載なし", "未说明可信度"),
}
OPEN: Final = _p("open to negotiation", "交渉の余地あり", "可协商")
NO_VALUE: Final = _p(
    "no value: what uses it is unknown", "値なし：これを使う条件は不明となる",
    "无数值：使用它的条件为不明",
)  # fmt: skip
ENDED: Final = _p("none in force", "効力のある値なし", "无有效数值")
CHECKED: Final = _p("checked {day}", "{day} 確認", "{day} 核对")

COMPARE: Final[dict[str, Phrase]] = {
    "eq": _p("exactly {n}", "ちょうど {n}", "等于 {n}"),
    "ne": _p("other than {n}", "{n} 以外", "不等于 {n}"),
    "lt": _p("below {n}", "{n} 未満", "小于 {n}"),
    "le": _p("at most {n}", "{n} 以下", "至多 {n}"),
    "gt": _p("more than {n}", "{n} を超える", "大于 {n}"),
    "ge": _p("at least {n}", "{n} 以上", "至少 {n}"),
    "is": _p("{n}", "{n}", "{n}"),
}
YES: Final = _p("yes", "該当する", "是")
NO: Final = _p("no", "該当しない", "否")

METRIC: Final[dict[str, Phrase]] = {
    "exceed_count": _p("samples above {limit}", "{limit}を超える検体の数", "超过{limit}的样品数"),
    "distinct_points_exceeding": _p(
        "sampling points with a sample above {limit}", "{limit}を超える検体が出た採取地点の数",
        "有样品超过{limit}的采样点数",
    ),
    "max_value": _p(
        "the largest value, as {limit} combines it", "{limit}の方法で合わせた最大値",
        "按{limit}合并的最大值",
    ),
    "noncompliance_count": _p(
        "consignments rejected in the register{register}", "登録簿{register}で不合格の貨物の数",
        "登记册{register}中被拒的货物批数",
    ),
    "rejected_documents": _p(
        "documents {document} that were rejected", "不受理とされた{document}の数",
        "被拒的{document}件数",
    ),
    "abnormal_finding": _p(
        "samples outside the agreed normal range", "合意した正常範囲を外れる検体の数",
        "超出约定正常范围的样品数",
    ),
    "exceed_share_upper": _p(
        "upper bound, at confidence {confidence}, of the share above {limit}",
        "{limit}を超える割合の上限（信頼水準 {confidence}）",
        "超过{limit}比例的上限（置信水平 {confidence}）",
    ),
    "interlab_agreement": _p(
        "share of paired results of two laboratories that agree", "二機関の対の結果が一致する割合",
        "两实验室成对结果一致的比例",
    ),
    "sample_count": _p("samples with a result", "結果のある検体の数", "有结果的样品数"),
    "distinct_points": _p(
        "sampling points with a result", "結果のある採取地点の数", "有结果的采样点数"
    ),
    "weeks_covered": _p(
        "unbroken weeks with at least {per_week} samples: {weeks}",
        "検体 {per_week} 以上の週の連続：{weeks}", "每周至少 {per_week} 个样品的连续周数：{weeks}",
    ),
    "revisits": _p(
        "every point that exceeded {limit}{look_back} sampled again",
        "{limit}を超えた全地点{look_back}を再検査", "曾超过{limit}的各点{look_back}均已复采",
    ),
    "independent_sample_count": _p(
        "samples drawn or witnessed by another than {role}", "{role}以外が採取又は立会した検体の数",
        "由{role}以外一方采集或见证的样品数",
    ),
    "document_valid": _p("{document} valid", "{document}が有効", "{document}有效"),
    "facility_registered": _p("the facility registered", "施設が登録済み", "设施已登记"),
    "report_age": _p(
        "age of the report on {report}", "{report}の報告書の経過期間", "{report}报告的时间"
    ),
    "detection_limit_met": _p(
        "every reported limit at or below {required}{each}",
        "報告された限界がすべて {required} 以下{each}", "所报限值均不高于 {required}{each}",
    ),
    "production_area": _p(
        "the area{basis} is on the list {list}", "産地{basis}が一覧{list}にある",
        "产地{basis}在清单{list}中",
    ),
    "product_listed": _p(
        "the product ({attribute}) is on the list {list}", "品目（{attribute}）が一覧{list}にある",
        "产品（{attribute}）在清单{list}中",
    ),
    "produced_after": _p(
        "every lot was produced after {after}{same_day}",
        "全ロットの製造日が{after}より後{same_day}",
        "各批次均于{after}之后生产{same_day}",
    ),
    "document_matches": _p(
        "{document} agrees with the goods on {match}", "{document}の記載が貨物と一致：{match}",
        "{document}与货物一致：{match}",
    ),
    "document_states": _p(
        "{document} states {states}", "{document}の申告が{states}", "{document}声明{states}"
    ),
    "lots_covered": _p(
        "{document} covers every lot", "{document}が全ロットを対象とする", "{document}涵盖全部批次"
    ),
    "mass_covered": _p(
        "{document} covers the whole mass, within {tolerance}",
        "{document}が全重量を対象とする（許容差 {tolerance}）",
        "{document}涵盖全部重量（允差 {tolerance}）",
    ),
    "lots_within_limit": _p(
        "every lot has a result within {limit}", "全ロットの結果が{limit}以内",
        "每一批次的结果均不超过{limit}",
    ),
}  # fmt: skip

BASIS: Final[dict[str, Phrase]] = {
    "catch_area": _p(" (where caught)", "（漁獲海域）", "（捕捞海域）"),
    "landing_place": _p(" (where landed)", "（水揚地）", "（上岸地）"),
    "place_of_production": _p(" (where produced)", "（生産地）", "（生产地）"),
}
REGISTRATION: Final = _p("the facility's registration", "施設の登録", "设施登记")
SAME_DAY: Final[dict[str, Phrase]] = {
    "counts": _p(", or on that day", "（当日を含む）", "（含当日）"),
    "fails": _p(", not on that day", "（当日を除く）", "（不含当日）"),
}
EACH: Final[dict[str, Phrase]] = {
    "lot": _p("for every lot", "ロットごと", "逐批次"),
    "nuclide": _p("for every nuclide", "核種ごと", "逐核素"),
}
PRESENTED: Final = _p(
    "no ruling needed if nobody rejected it", "拒否されていなければ裁定は不要",
    "未被拒绝即可，无需裁定",
)  # fmt: skip
NOT_BEFORE: Final = _p("made on {day} or later", "{day} 以後に作成", "{day} 当日或之后出具")
BEFORE: Final[dict[str, Phrase]] = {
    "dispatched": _p("there before dispatch", "発送前に存在", "发运前已有"),
    "first_dispatched": _p(
        "there before the facility's first dispatch", "施設の初回発送前に存在",
        "设施首次发运前已有",
    ),
}  # fmt: skip

CHECK_ORIGIN: Final = _p(
    "goods from {origin} to {destination}", "{origin} から {destination} への貨物",
    "由{origin}发往{destination}的货物",
)  # fmt: skip
CHECK_APPLIES: Final = _p("Applies when", "適用条件", "适用条件")
ON_PASS: Final = _p("all hold: {action}", "すべて成立：{action}", "全部成立：{action}")
ON_FAIL: Final = _p("fails: {action}", "不成立：{action}", "不成立：{action}")
ON_UNKNOWN: Final = _p("unknown: {action}", "不明：{action}", "不明：{action}")
SETTLES: Final = _p("What would settle it: {text}", "解決方法：{text}", "解决办法：{text}")
TELLS: Final = _p("{role} is told", "{role} に通知", "通知{role}")
TELLS_WITHIN: Final = _p(
    "{role} is told within {period}", "{period} 以内に {role} へ通知", "{period} 内通知{role}"
)
IN_WRITING: Final = _p("in writing", "書面で", "书面")
LIST_BOUND: Final = _p("bound where the agreement is used", "使用時に定める", "使用时指定")
LIST_APART: Final = _p("shares no name with {names}", "{names} と重複しない", "与{names}不重叠")
ONE_OF: Final = _p("makes one of these statements", "次の申告のいずれか一つ", "以下声明之一")

WINDOW: Final = _p("in the last {period}", "直近 {period} に", "最近 {period} 内")
SINCE: Final = _p("only after the last step", "前回の移行より後のみ", "仅限上次转换之后")
SINCE_DAY: Final = _p("only after {day}", "{day} より後のみ", "仅限 {day} 之后")
LOOK_BACK: Final = _p(" in the last {period}", "（直近 {period}）", "（最近 {period}）")
DATED: Final[dict[str, Phrase]] = {
    "sampled": _p("by sampling date", "採取日による", "按采样日"),
    "resulted": _p("by result date", "結果日による", "按结果日"),
    "published": _p("by publication date", "公表日による", "按公布日"),
    "produced": _p("by production date", "製造日による", "按生产日"),
}
EMPTY: Final[dict[str, Phrase]] = {
    "unknown": _p("no sample: unknown", "検体なしは不明", "无样品则不明"),
    "zero": _p("no sample counts as zero", "検体なしは零とみなす", "无样品视为零"),
}
SHORT: Final[dict[str, Phrase]] = {
    "unknown": _p("too few: unknown", "不足は不明", "不足则不明"),
    "fails": _p("too few: fails", "不足は不成立", "不足则不成立"),
}
OVER: Final = _p("over {scope}", "対象：{scope}", "范围：{scope}")

GROUP: Final[dict[str, Phrase]] = {
    "all": _p("all of:", "次のすべて：", "下列全部："),
    "any": _p("any of:", "次のいずれか：", "下列任一："),
    "not": _p("not:", "次でないこと：", "非："),
    "at_least": _p("at least {n} of:", "次のうち {n} 以上：", "下列至少 {n} 项："),
}
FIXED: Final[dict[str, Phrase]] = {
    "holds": _p("settled: holds", "成立と定める", "约定成立"),
    "fails": _p("settled: fails", "不成立と定める", "约定不成立"),
}
STATE: Final = _p("{measure} is in {states}", "{measure} が {states}", "{measure} 处于 {states}")
DECLARED: Final = _p("{who} declared: {what}", "{who} が宣言：{what}", "{who} 已声明：{what}")
DECLARED_NOT: Final = _p(
    "{who} declared that not: {what}", "{who} が否定を宣言：{what}", "{who} 已声明否定：{what}"
)

STEP: Final = _p("from {states} to {to}", "{states} から {to} へ", "从 {states} 到 {to}")
DECIDED: Final = _p("decided by {role}", "決定：{role}", "由{role}决定")
AUTOMATIC: Final = _p("automatic, priority {n}", "自動、優先順位 {n}", "自动，优先级 {n}")
APPLIES: Final = _p("on application by {role}", "{role}の申請による", "经{role}申请")
EXPIRES: Final = _p("lapses after {period}", "{period} で失効", "{period} 后失效")
WITHIN: Final = _p(
    "a decision is owed within {period}", "{period} 以内に決定", "须在 {period} 内决定"
)
WHEN: Final = _p("When", "条件", "条件")
EXCEPT: Final = _p("Except `{id}`, while:", "例外 `{id}`、次の間：", "例外 `{id}`，当：")
THEN: Final = _p("then instead:", "その場合は代わりに：", "则改为：")

COMBINE: Final[dict[str, Phrase]] = {
    "single": _p("{nuclides}", "{nuclides}", "{nuclides}"),
    "sum": _p("sum of {nuclides}", "{nuclides} の合計", "{nuclides} 之和"),
    "sum_of_fractions": _p(
        "sum of fractions of {nuclides}", "{nuclides} の比の和", "{nuclides} 的比值之和"
    ),
}
EXCEEDS: Final[dict[str, Phrase]] = {
    "gt": _p("exceeded when above {n}", "{n} を超えたとき超過", "大于 {n} 时超标"),
    "ge": _p("exceeded at or above {n}", "{n} 以上のとき超過", "大于或等于 {n} 时超标"),
}
SUM_FROM: Final[dict[str, Phrase]] = {
    "parts_else_reported": _p(
        "added from the nuclides, else as published", "核種を合算、なければ公表の合計",
        "由各核素相加，否则取公布合计",
    ),
    "reported_else_parts": _p(
        "as published, else added", "公表の合計、なければ核種を合算", "取公布合计，否则相加"
    ),
    "reported": _p("as published", "公表の合計のみ", "仅取公布合计"),
    "parts": _p("added from the nuclides only", "核種の合算のみ", "仅由各核素相加"),
}  # fmt: skip
ROUND: Final = _p("rounded to {n}, {mode}", "{n}に丸め（{mode}）", "修约至{n}（{mode}）")
NOT_ROUNDED: Final = _p("not rounded", "丸めなし", "不修约")
FIGURES: Final = _p("{n} significant figures", "有効数字 {n} 桁", "{n} 位有效数字")
PLACES: Final = _p("{n} decimal places", "小数 {n} 桁", "{n} 位小数")
MODE: Final[dict[str, Phrase]] = {
    "half_up": _p("half up", "四捨五入", "四舍五入"),
    "half_even": _p("half to even", "五は偶数へ", "四舍六入五成双"),
    "half_down": _p("half down", "五捨六入", "五舍六入"),
    "up": _p("up", "切り上げ", "进位"),
    "down": _p("down", "切り捨て", "舍去"),
}
SCREENING: Final = _p(
    "a screening result ({technique}) above {level} decides nothing",
    "{level} を超えるスクリーニング結果（{technique}）は何も決めない",
    "筛查结果（{technique}）高于 {level} 时不作判定",
)
GUARD: Final = _p(
    "guard band of {k} standard uncertainties", "標準不確かさの {k} 倍の保護幅",
    "{k} 倍标准不确定度的保护带",
)  # fmt: skip

UNIT: Final = _p("Unit: {names}.", "単位：{names}。", "单元：{names}。")
ONE_UNIT: Final = _p("Unit: one, all evidence.", "単位：全証拠で一つ。", "单元：全部证据为一个。")
POINT: Final = _p(
    "Sampling point: {names}, the first one stated.",
    "採取地点：{names} のうち最初に記載のあるもの。",
    "采样点：{names} 中首个有记载者。",
)
DAY: Final[dict[str, Phrase]] = {
    "set": _p(
        "A date with an unknown day may be any of its days.", "日の不明な日付はその全日を含む。",
        "日不明的日期可为其中任一日。",
    ),
    "first_day": _p(
        "The first day of a date stands for it.",
        "日付はその最初の日とみなす。",
        "日期以其第一日计。",
    ),
}  # fmt: skip
REQUIRE: Final = _p(
    "Left out and counted: rows without {names}.",
    "除外して数を示す：{names} のない行。",
    "不计入但列出数目：缺少 {names} 的行。",
)
WHERE: Final = _p("Only rows with {names}.", "対象は {names} の行のみ。", "仅限 {names} 的行。")
OWES: Final = _p("owed by: {names}", "提出義務：{names}", "提供义务：{names}")
DUTY: Final[dict[str, Phrase]] = {
    "samples": _p("samples", "検体", "样品"),
    "results": _p("results", "結果", "结果"),
    "documents": _p("documents", "書類", "文件"),
    "statements": _p("statements", "申立て", "声明"),
}
ZONE: Final = _p("days of {zone}", "{zone} の暦日", "{zone} 的日历日")
VALID: Final = _p(
    "valid from {start} until before {end}",
    "{start} から {end} の前日まで有効",
    "自 {start} 起至 {end} 前一日有效",
)
NO_VALIDITY: Final = _p("validity not stated", "有効期間の記載なし", "未说明有效期")
NOT_STATED: Final = _p("not stated", "記載なし", "未说明")
INITIAL: Final = _p("begins in {state}", "初期状態 {state}", "初始状态 {state}")
REVIEW: Final = _p("reviewed every {period}", "{period} ごとに見直し", "每 {period} 复审")
EVERY: Final = _p("every {period}", "{period} ごと", "每 {period}")
POWERS: Final = _p("may: {names}", "権限：{names}", "权力：{names}")
PLAYS: Final = _p("played by {party}", "担当：{party}", "由{party}担任")

PERIOD: Final[dict[str, Phrase]] = {
    "Y": _p("{n} year{s}", "{n}年", "{n}年"),
    "M": _p("{n} month{s}", "{n}か月", "{n}个月"),
    "W": _p("{n} week{s}", "{n}週間", "{n}周"),
    "D": _p("{n} day{s}", "{n}日", "{n}天"),
    "H": _p("{n} hour{s}", "{n}時間", "{n}小时"),
}
COMMA: Final = _p(", ", "、", "，")
COLON: Final = _p(": ", "：", "：")
