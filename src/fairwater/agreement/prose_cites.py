"""Where a clause is from and how sure we are, as the words in brackets after it."""

from __future__ import annotations

from fairwater.agreement import prose_words as w
from fairwater.agreement.model import Cite, DatedValue
from fairwater.agreement.prose_conditions import Speaker


def cited(speaker: Speaker, cite: Cite | None) -> str:
    """Brackets after a clause; nothing where it cites nothing."""
    return "" if cite is None else _confidence(speaker, cite.cert, cite.src, cite.clause, [])


def sure(speaker: Speaker, entry: DatedValue) -> str:
    """Brackets after a value, with the day it was last checked."""
    checked = [speaker.say(w.CHECKED, day=entry.checked)] if entry.checked else []
    return _confidence(speaker, entry.cert, entry.src, entry.clause, checked)


def _confidence(
    speaker: Speaker, cert: str | None, src: tuple[str, ...], clause: str | None, more: list[str]
) -> str:
    facts = [speaker.say(w.CERT[cert or "none"]), *src, *([clause] if clause else []), *more]
    return f" ({speaker.join(facts)})"
