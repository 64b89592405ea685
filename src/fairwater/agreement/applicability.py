"""Which agreement governs a trade on a day, or that none does.

*No agreement applies* is an answer of its own: it says what was looked for, and
of each agreement there is why it does not apply. An agreement is in force over
``[valid_from, valid_to)``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from fairwater.agreement.model import Agreement, Words


class Bound(Struct, frozen=True):
    """An agreement and who plays which role in it."""

    agreement: Agreement
    bindings: Mapping[str, str]


class NoAgreement(Struct, frozen=True, kw_only=True):
    """Nothing applies: what was looked for, and why each agreement there is does not."""

    roles: Mapping[str, str]
    at: date
    reasons: tuple[tuple[str, str], ...]
    words: Words


def applicable(
    agreements: Iterable[Bound], roles: Mapping[str, str], at: date
) -> Bound | NoAgreement:
    """The agreement that binds `roles` (role to party) and is in force at `at`.

    Of several, the one that came into force last; then the first by id and version.
    """
    fitting: list[Bound] = []
    reasons: list[tuple[str, str]] = []
    for bound in sorted(agreements, key=lambda b: (b.agreement.id, b.agreement.version)):
        why = _why_not(bound, roles, at)
        if why is None:
            fitting.append(bound)
        else:
            reasons.append((f"{bound.agreement.id} {bound.agreement.version}", why))
    if fitting:
        latest = max(b.agreement.valid_from or "" for b in fitting)
        return next(b for b in fitting if (b.agreement.valid_from or "") == latest)
    return NoAgreement(roles=dict(roles), at=at, reasons=tuple(reasons), words=_words(roles, at))


def _why_not(bound: Bound, roles: Mapping[str, str], at: date) -> str | None:
    for role, party in sorted(roles.items()):
        plays = bound.bindings.get(role)
        if plays != party:
            return f"binds {plays or 'nobody'} as {role}, not {party}"
    day = at.isoformat()
    starts, ends = bound.agreement.valid_from, bound.agreement.valid_to
    if starts is not None and day < starts:
        return f"in force from {starts}"
    if ends is not None and day >= ends:
        return f"in force until the day before {ends}"
    return None


def _words(roles: Mapping[str, str], at: date) -> Words:
    said = ", ".join(f"{role} {party}" for role, party in sorted(roles.items()))
    return Words(
        en=f"No agreement applies: {said}, on {at.isoformat()}.",
        ja=f"適用される取決めはありません: {said}、{at.isoformat()}。",
        zh=f"没有适用的协议：{said}，{at.isoformat()}。",
    )
