"""A consignment's verdict as text, in English, Chinese or Japanese.

First the verdict in one sentence and what follows; then each condition with its
mark (``+`` holds, ``x`` fails, ``?`` unknown), what differs, what is missing and
who owes it, and what would settle it.
"""

from __future__ import annotations

from collections.abc import Iterator

from fairwater.agreement import goods_words as w
from fairwater.agreement.goods_verdict import (
    CheckAnswer,
    ConditionAnswer,
    ConsignmentVerdict,
    Mismatch,
)
from fairwater.agreement.goods_words import Phrase
from fairwater.agreement.model import LotAction, Words
from fairwater.agreement.verdict import Missing
from fairwater.records.text import Language


def goods_text(answer: ConsignmentVerdict, language: Language) -> str:
    """The whole answer, one clause a line."""
    return "\n".join(_lines(answer, language)) + "\n"


def _lines(answer: ConsignmentVerdict, language: Language) -> Iterator[str]:
    yield sentence(answer, language)
    if answer.known_at != answer.at:
        yield f"  {_say(w.KNOWN_AT, language, day=answer.known_at.isoformat())}"
    for action in answer.actions:
        yield f"  {_say(w.ACTION, language, what=_action(action, language))}"
    for entry in answer.conflicts:
        yield f"  {_missing(entry, language)}"
    for check in answer.checks:
        yield from _check(check, language)


def sentence(answer: ConsignmentVerdict, language: Language) -> str:
    """The verdict in one sentence."""
    conditions = answer.conditions
    open_ = sum(one.verdict == answer.verdict for one in conditions)
    return _say(
        w.HEAD[answer.verdict], language, c=answer.consignment,
        a=f"{answer.agreement} {answer.version}", at=answer.at.isoformat(), n=open_,
        m=len(conditions),
    )  # fmt: skip


def _action(action: LotAction, language: Language) -> str:
    parts = [_words(action.text, language, action.id)]
    if action.by is not None:
        parts.append(_say(w.BY, language, role=action.by))
    for notice in action.notices:
        phrase = w.TOLD if notice.within is None else w.TOLD_WITHIN
        parts.append(_say(phrase, language, role=notice.to, period=notice.within or ""))
    return w.SEMICOLON[language].join(parts)


def _check(check: CheckAnswer, language: Language) -> Iterator[str]:
    name = _words(check.text, language, check.id)
    verdict = w.VERDICT[check.verdict][language]
    yield f"{w.MARK[check.verdict]} {name}{w.COLON[language]}{verdict}"
    if check.applies is not None and check.verdict == "unknown":
        for entry in check.applies.missing:
            yield f"    {_missing(entry, language)}"
    for one in check.conditions:
        yield from _condition(one, language)


def _condition(one: ConditionAnswer, language: Language) -> Iterator[str]:
    text = _words(one.text, language, one.id)
    name = one.id if text == one.id else f"{one.id}{w.COLON[language]}{text}"
    yield f"  {w.MARK[one.verdict]} {name} [{w.VERDICT[one.verdict][language]}]"
    for mismatch in one.mismatches:
        yield f"      {_mismatch(mismatch, language)}"
    for entry in one.missing:
        yield f"      {_missing(entry, language)}"
    if one.verdict != "holds" and one.settle is not None:
        yield f"      {_say(w.SETTLE, language, what=_words(one.settle, language, one.id))}"


def _mismatch(entry: Mismatch, language: Language) -> str:
    what = w.WHAT[entry.what][language] if entry.what in w.WHAT else f"`{entry.what}`"
    if entry.of:
        what += f" ({entry.of})" if language == "en" else f"（{entry.of}）"
    found = entry.found if entry.found is not None else w.ABSENT[language]
    said = _say(w.DIFFERS, language, what=what, expected=entry.expected, found=found)
    if entry.records:
        ids = ", ".join(name[:12] for name in entry.records)
        said += w.SEMICOLON[language] + _say(w.RECORDS, language, ids=ids)
    return said


def _missing(entry: Missing, language: Language) -> str:
    what = w.KIND[entry.kind][language]
    if entry.of is not None:
        what += f" ({entry.of})" if language == "en" else f"（{entry.of}）"
    parts = [what]
    if language == "en":  # what an evaluator notes beside the kind is written in English
        parts += [text for text in (entry.needs, entry.reason) if text]
    if entry.owed_by is not None:
        who = entry.owed_by if entry.party is None else f"{entry.owed_by} ({entry.party})"
        parts.append(_say(w.OWED, language, who=who))
    if entry.due is not None:
        parts.append(_say(w.DUE, language, day=entry.due.isoformat()))
    return _say(w.MISSING, language, what=w.SEMICOLON[language].join(parts))


def _say(phrase: Phrase, language: Language, **parts: object) -> str:
    return phrase[language].format(**parts)


def _words(words: Words | None, language: Language, fallback: str) -> str:
    if words is None:
        return fallback
    return getattr(words, language) or words.en or words.ja or words.zh or fallback
