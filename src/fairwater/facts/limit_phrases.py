"""The sentences of an answer about limits, in English, Chinese and Japanese.

    say("sum", limit="Cs-134+Cs-137", asked="Cs-137")
    'the limit is on the sum Cs-134+Cs-137, of which Cs-137 is a part'
    in_language(_, "ja")
    '基準値は Cs-134+Cs-137 の合計に対するもの（Cs-137 はその一部）'

An answer holds English sentences, so that a program reads one text. `in_language`
knows each of them again by its own template and puts what stands in it into that
of another language: numbers, instruments and the words of a source stay as they are.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from fairwater.facts.names import DisplayLanguage

Phrase = tuple[str, str, str]
_ORDER: Final[tuple[DisplayLanguage, ...]] = ("en", "zh", "ja")

SENTENCES: Final[dict[str, Phrase]] = {
    "sum": (
        "the limit is on the sum {limit}, of which {asked} is a part",
        "限量针对 {limit} 之和，{asked} 为其一部分",
        "基準値は {limit} の合計に対するもの（{asked} はその一部）",
    ),
    "group": (
        "the limit is on the whole group ({limit}), to which {asked} belongs",
        "限量针对整组（{limit}），{asked} 属于该组",
        "基準値はグループ全体（{limit}）に対するもの（{asked} はこれに属する）",
    ),
    "within_group": (
        "activities are added within the group; other groups count by themselves",
        "组内活度相加；其他各组分别计算",
        "放射能はグループ内で合算し、他のグループは別に数える",
    ),
    "pair": (
        "read with the other nuclide of its pair: {rule}",
        "与同对的另一核素合并判断：{rule}",
        "対となる核種と合わせて判断：{rule}",
    ),
    "stands_for": (
        "the nuclide stands for others that go with it",
        "该核素代表与其相伴的其他核素",
        "当該核種は随伴する他の核種を代表する",
    ),
    "alone": ("each nuclide counts alone", "各核素分别计算", "各核種は単独で数える"),
    "mass": (
        "the limit is on the mass of the element, not on its activity",
        "限量针对元素质量，而非活度",
        "基準値は元素の質量に対するもの（放射能ではない）",
    ),
    "form": (
        "{nuclide} counts as {form}",
        "{nuclide} 按{form}计",
        "{nuclide} は{form}として数える",
    ),
    "origins": (
        "applies to {text} ({countries})",
        "适用于：{text}（{countries}）",
        "適用対象：{text}（{countries}）",
    ),
    "left_out": (
        "its words do not name all of it: not {foods}",
        "其文字未涵盖全部：不含 {foods}",
        "文言はすべてを含まない：{foods} は対象外",
    ),
    "as_sold": (
        "set for the food as sold, that is {state}",
        "按销售状态（{state}）设定",
        "販売時の状態（{state}）について定める",
    ),
    "basis_open": (
        "its source does not say whether it is for the food {state} or as eaten",
        "来源未说明限量针对{state}状态还是食用状态",
        "{state}の状態か食べる状態か、出典は述べていない",
    ),
    "which_state": (
        "whether {amount} is set for the food {state} or as eaten: the source of {instrument}"
        " does not say",
        "{amount} 针对{state}状态还是食用状态：{instrument} 的来源未说明",
        "{amount} が{state}の状態か食べる状態か：{instrument} の出典は述べていない",
    ),
    "factor_if": (
        "if as eaten, the factor from {state} to that; state it as a dried factor",
        "若为食用状态，须知{state}至食用状态的系数（以 --dried-factor 给出）",
        "食べる状態なら、{state}からの換算係数（--dried-factor で指定）",
    ),
    "factor": (
        "the factor from {state} to {basis}, for which {amount} is set; state it as a dried factor",
        "由{state}至{basis}的系数（{amount} 按后者设定；以 --dried-factor 给出）",
        "{state}から{basis}への換算係数（{amount} は後者について定める。--dried-factor で指定）",
    ),
    "began_when": (
        "when {instrument} began: it replaced a limit that may have ended",
        "{instrument} 何时开始适用：它取代的限量可能已终止",
        "{instrument} の開始日：これに代わられた基準値は終了している可能性がある",
    ),
    "began_on": (
        "on which day of {date} {instrument} ({amount}) began",
        "{instrument}（{amount}）始于 {date} 的哪一天",
        "{instrument}（{amount}）が {date} のどの日に始まったか",
    ),
    "ended_on": (
        "on which day of {date} {instrument} ({amount}) ended",
        "{instrument}（{amount}）终于 {date} 的哪一天",
        "{instrument}（{amount}）が {date} のどの日に終わったか",
    ),
    "values_of": (
        "the values of {instrument} ({valid})",
        "{instrument} 的数值（{valid}）",
        "{instrument} の値（{valid}）",
    ),
    "dates_of": ("the dates of {instrument}", "{instrument} 的起止日期", "{instrument} の適用期間"),
    "includes": (
        "whether `{category}` includes it",
        "“{category}”是否包括该食品",
        "「{category}」に含まれるかどうか",
    ),
    "of_origin": (
        "the origin: {amount} for {text} ({countries})",
        "原产地：{text}（{countries}）为 {amount}",
        "原産地：{text}（{countries}）は {amount}",
    ),
    "of_others": (
        "the origin: {amount} for any other",
        "原产地：其他为 {amount}",
        "原産地：その他は {amount}",
    ),
    "all_apply": (
        "several limits apply at once, each by its own text",
        "数项限量同时适用，各依其文",
        "複数の基準値が同時に適用される（それぞれの規定による）",
    ),
    "by_each": (
        "{says} by each of: {names}",
        "以下各项均为 {says}：{names}",
        "次のいずれも {says}：{names}",
    ),
    "which_food": (
        "which food: {says} for {foods}",
        "何种食品：{foods} 为 {says}",
        "どの食品か：{foods} は {says}",
    ),
    "no_sum": (
        "no limit is on their sum; each nuclide has its own",
        "无针对其总和的限量；各核素自有限量",
        "合計に対する基準値はなく、核種ごとに定めがある",
    ),
    "element": (
        "`{text}` is read as {names}: its isotopes on which limits there are",
        "“{text}”按 {names} 理解：当地限量所涉的同位素",
        "「{text}」は {names} と解する（当該地の基準値がある同位体）",
    ),
    "neither_dated": (
        "start not stated, end not stated",
        "起始日与终止日均未载明",
        "開始日・終了日ともに記載なし",
    ),
    "start_unknown": (
        "start not stated, no end stated",
        "起始日未载明，未载明终止",
        "開始日の記載なし、終了の記載なし",
    ),
    "not_dated": (
        "from when until when is not stated",
        "起止日期未载明",
        "適用期間の記載なし",
    ),
    "open": (
        "from {since}, no end stated",
        "自 {since} 起，未载明终止",
        "{since} から、終了の記載なし",
    ),
    "open_unknown": (
        "from {since}, end not stated",
        "自 {since} 起，终止日未载明",
        "{since} から、終了日の記載なし",
    ),
    "span": ("from {since} to {to}", "{since} 至 {to}", "{since} から {to} まで"),
    "to": ("start not stated to {to}", "起始日未载明，至 {to}", "開始日の記載なし、{to} まで"),
}
WORDS: Final[dict[str, Phrase]] = {
    "dried": ("dried", "干制", "乾燥"),
    "concentrated": ("concentrated", "浓缩", "濃縮"),
    "wet": ("the fresh food", "新鲜食品", "生鮮の食品"),
    "as_sold": ("the food as sold", "销售状态的食品", "販売時の食品"),
    "ready_to_consume": (
        "the food ready to consume",
        "可直接食用的食品",
        "そのまま食べる状態の食品",
    ),
    "reconstituted": ("the food as reconstituted", "复原后的食品", "戻した状態の食品"),
    "organically bound": ("organically bound", "有机结合态", "有機結合型"),
    "seen in source": ("seen in source", "见于来源", "出典で確認"),
    "from memory": ("from memory", "凭记忆", "記憶による"),
    "no limit": ("no limit", "无限量", "基準値なし"),
    "unknown": ("unknown", "未知", "不明"),
    "not stated": ("not stated", "未载明", "記載なし"),
    "or": ("or", "或", "または"),
}
"""Words that stand inside sentences and are not a source's own."""


def say(key: str, **parts: str) -> str:
    """A sentence in English."""
    return SENTENCES[key][0].format(**parts)


def in_language(sentence: str, language: DisplayLanguage) -> str:
    """A sentence of `say`, or a word of `WORDS`, in a language.

    Raises
    ------
    LookupError
        If it is neither: nothing is left in English in silence.
    """
    if language == "en":
        return sentence
    number = _ORDER.index(language)
    for template, phrase in _templates():
        found = template.fullmatch(sentence)
        if found is not None:
            parts = {name: _part(text, language) for name, text in found.groupdict().items()}
            return phrase[number].format(**parts)
    word = _words().get(sentence)
    if word is None:
        raise LookupError(f"no sentence of an answer about limits: `{sentence}`")
    return word[number]


def _part(text: str, language: DisplayLanguage) -> str:
    """What stands in a sentence: a word, another sentence, a mark in brackets, or as it is."""
    try:
        return in_language(text, language)
    except LookupError:
        pass
    marked = re.fullmatch(r"(.+) \((seen in source|from memory)\)", text)
    if marked is not None:
        return f"{_part(marked[1], language)}（{in_language(marked[2], language)}）"
    verdict = re.fullmatch(r"(unknown|not stated) \((.+)\)", text)
    if verdict is not None:
        return f"{in_language(verdict[1], language)}（{_part(verdict[2], language)}）"
    if " or " in text:
        joint = f" {in_language('or', language)} "
        return joint.join(_part(piece, language) for piece in text.split(" or "))
    return text


@cache
def _templates() -> tuple[tuple[re.Pattern[str], Phrase], ...]:
    """Each English sentence as a pattern, those with most words of their own first."""
    found = []
    for phrase in SENTENCES.values():
        pieces = re.split(r"\{(\w+)\}", phrase[0])
        pattern = "".join(
            re.escape(piece) if i % 2 == 0 else f"(?P<{piece}>.+)" for i, piece in enumerate(pieces)
        )
        found.append((sum(map(len, pieces[::2])), re.compile(pattern, re.DOTALL), phrase))
    found.sort(key=lambda each: -each[0])
    return tuple((pattern, phrase) for _, pattern, phrase in found)


@cache
def _words() -> dict[str, Phrase]:
    return {phrase[0]: phrase for phrase in WORDS.values()}
