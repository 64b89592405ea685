"""What a metric hands back: its reading, and its own verdict where comparing is not enough."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from fairwater.agreement.logic import Outlook, Truth
from fairwater.agreement.verdict import Reading


class Asked(Struct, frozen=True):
    """The comparison an atom makes: which comparator, with which number."""

    comparator: str
    number: Decimal


class Measured(Struct, frozen=True, kw_only=True):
    """A reading; `truth` and `could_be` where the metric decides itself (None: by comparison)."""

    reading: Reading
    truth: Truth | None = None
    could_be: Outlook | None = None
