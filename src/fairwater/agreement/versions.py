"""Which version of which agreement governs, and the answer when none does.

An agreement governs over ``[valid_from, valid_to)``, in civil days of its own
time zone, between the parties that play its roles. "No agreement applies" is an
answer of its own: it is neither *holds* nor *fails*, and says what was looked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from fairwater.agreement.model import Agreement
from fairwater.records.text import Language

Why = Literal["other_parties", "not_yet", "ended", "other_agreement", "asks_nothing"]


class Candidate(Struct, frozen=True, kw_only=True):
    """A version that may govern, with who plays its roles (role to party) and its bound lists."""

    agreement: Agreement
    bindings: Mapping[str, str] = {}
    content_id: str = ""
    lists: Mapping[str, tuple[str, ...]] = {}


class Rejected(Struct, frozen=True, kw_only=True):
    """A version that was considered, and why it does not govern."""

    agreement: str
    version: str
    why: Why
    parties: tuple[str, ...]
    valid_from: str | None
    valid_to: str | None


class NoAgreement(Struct, frozen=True, kw_only=True):
    """No agreement applies: what was looked for, and what was there."""

    at: date
    roles: Mapping[str, str]
    wanted: str | None
    rejected: tuple[Rejected, ...]

    def text(self, language: Language) -> str:
        """The answer in one of the three languages, one line a version looked at."""
        return _told(self, language)


class Governing(Struct, frozen=True, kw_only=True):
    """The version that governs."""

    agreement: Agreement
    bindings: Mapping[str, str]
    content_id: str
    lists: Mapping[str, tuple[str, ...]] = {}


class Ambiguous(ValueError):
    """Two versions govern at one instant: their validities or parties overlap."""


def in_force(agreement: Agreement, at: date) -> bool:
    """Whether the agreement governs on a day: `valid_from` included, `valid_to` excluded."""
    return _timing(agreement, at) is None


def _timing(agreement: Agreement, at: date) -> Why | None:
    day = at.isoformat()
    if agreement.valid_from is not None and day < agreement.valid_from:
        return "not_yet"
    if agreement.valid_to is not None and day >= agreement.valid_to:
        return "ended"
    return None


def governing(
    candidates: Iterable[Candidate],
    at: date,
    roles: Mapping[str, str] | None = None,
    agreement: str | None = None,
) -> Governing | NoAgreement:
    """The version that governs at a day between the parties asked for.

    Parameters
    ----------
    candidates : iterable of Candidate
        Versions with their bindings; order does not matter.
    at : date
        A civil day in the agreement's time zone.
    roles : mapping of role to party, optional
        Who must play which role; all of them must agree.
    agreement : str, optional
        Only versions of this agreement.

    Raises
    ------
    Ambiguous
        If two different texts govern.
    """
    asked = dict(roles or {})
    found: dict[str, Candidate] = {}
    turned_down: list[Rejected] = []
    for candidate in candidates:
        why = _against(candidate, at, asked, agreement)
        if why is None:
            key = f"{candidate.agreement.id}/{candidate.agreement.version}/{candidate.content_id}"
            found[key] = candidate
        else:
            turned_down.append(rejected(candidate, why))
    if len(found) > 1:
        names = ", ".join(sorted(found))
        raise Ambiguous(f"{len(found)} agreements govern on {at}: {names}; name one")
    if found:
        (one,) = found.values()
        return Governing(
            agreement=one.agreement,
            bindings=bound(one),
            content_id=one.content_id,
            lists=one.lists,
        )
    return NoAgreement(
        at=at,
        roles=asked,
        wanted=agreement,
        rejected=tuple(
            sorted(turned_down, key=lambda r: (r.agreement, r.version, r.parties, r.why))
        ),
    )


def bound(candidate: Candidate) -> dict[str, str]:
    """Role to party: as bound, and where the text binds a role itself, as the text does."""
    stated = {
        role: entry.party
        for role, entry in candidate.agreement.roles.items()
        if entry.party is not None
    }
    return stated | dict(candidate.bindings)


def _against(
    candidate: Candidate, at: date, roles: Mapping[str, str], agreement: str | None
) -> Why | None:
    if agreement is not None and candidate.agreement.id != agreement:
        return "other_agreement"
    parties = bound(candidate)
    if any(parties.get(role) != party for role, party in roles.items()):
        return "other_parties"
    return _timing(candidate.agreement, at)


def rejected(candidate: Candidate, why: Why) -> Rejected:
    """A candidate and why it does not govern."""
    return Rejected(
        agreement=candidate.agreement.id,
        version=candidate.agreement.version,
        why=why,
        parties=tuple(f"{role}: {party}" for role, party in sorted(bound(candidate).items())),
        valid_from=candidate.agreement.valid_from,
        valid_to=candidate.agreement.valid_to,
    )


_HEAD: dict[Language, str] = {
    "en": "No agreement applies on {at}. Looked for: {wanted}.",
    "ja": "{at} に適用される取り決めはありません。検索条件: {wanted}。",
    "zh": "{at} 没有适用的协议。查找条件：{wanted}。",
}
_ANY: dict[Language, str] = {"en": "any agreement", "ja": "すべての取り決め", "zh": "任何协议"}
_NONE: dict[Language, str] = {
    "en": "No agreement is recorded.",
    "ja": "取り決めは一件も記録されていません。",
    "zh": "没有记录任何协议。",
}
_WHY: dict[Why, dict[Language, str]] = {
    "other_parties": {
        "en": "binds other parties ({parties})",
        "ja": "当事者が異なる（{parties}）",
        "zh": "当事方不同（{parties}）",
    },
    "not_yet": {
        "en": "is not yet valid: from {valid_from}",
        "ja": "まだ有効でない（{valid_from} から）",
        "zh": "尚未生效（自 {valid_from} 起）",
    },
    "ended": {
        "en": "is no longer valid: ended before {valid_to}",
        "ja": "すでに失効（{valid_to} の前日まで）",
        "zh": "已失效（有效至 {valid_to} 前一日）",
    },
    "other_agreement": {
        "en": "is another agreement",
        "ja": "別の取り決め",
        "zh": "是另一协议",
    },
    "asks_nothing": {
        "en": "asks nothing of goods: it has no consignment check",
        "ja": "貨物の検査を定めていない",
        "zh": "未规定货物核查",
    },
}
_COLON: dict[Language, str] = {"en": " ", "ja": ": ", "zh": "："}
_NOBODY: dict[Language, str] = {"en": "none bound", "ja": "未定", "zh": "未指定"}


def _told(answer: NoAgreement, language: Language) -> str:
    looked = [answer.wanted] if answer.wanted else []
    looked += [f"{role}: {party}" for role, party in sorted(answer.roles.items())]
    lines = [
        _HEAD[language].format(at=answer.at.isoformat(), wanted=", ".join(looked) or _ANY[language])
    ]
    for entry in answer.rejected:
        why = _WHY[entry.why][language].format(
            parties=", ".join(entry.parties) or _NOBODY[language],
            valid_from=entry.valid_from,
            valid_to=entry.valid_to,
        )
        lines.append(f"- {entry.agreement} {entry.version}{_COLON[language]}{why}")
    if not answer.rejected:
        lines.append(f"- {_NONE[language]}")
    return "\n".join(lines)


def stale(agreement: Agreement, at: date) -> tuple[str, ...]:
    """Paths of values used on `at` although they were last checked before it (`checked`).

    A value without `checked` is not reported: nothing is known about its age.
    """
    day = at.isoformat()
    late: list[str] = []
    for kind in ("limits", "parameters"):
        for part in getattr(agreement, kind):
            for entry in part.dated:
                current = (entry.from_ or "") <= day and (entry.to is None or day < entry.to)
                if current and entry.checked is not None and entry.checked < day:
                    late.append(f"{kind}.{part.id}")
    return tuple(sorted(late))
