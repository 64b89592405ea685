"""What an atom's fields say once and for all: numbers, periods and days that never change."""

from __future__ import annotations

from datetime import date

from fairwater.agreement.conditions import Atom
from fairwater.agreement.context import Terms
from fairwater.agreement.terms import Param
from fairwater.quantities.decimals import exact
from fairwater.quantities.periods import Period


def fixed(operand: object, terms: Terms) -> str | None:
    """Text of an operand that never changes, "" where there is none; None if it may change."""
    if operand is None:
        return ""
    if isinstance(operand, Param):
        dated = terms.parameters[operand.param].dated
        if len(dated) != 1 or dated[0].from_ or dated[0].to:
            return None
        return dated[0].value
    return str(operand)


def whole(operand: int | Param, terms: Terms) -> int | None:
    """A whole number that never changes, None where it may."""
    text = fixed(operand, terms)
    return int(exact(text)) if text else None


def in_hours(atom: Atom, terms: Terms) -> bool:
    """Whether the atom's window is told in hours."""
    text = fixed(atom.window, terms)
    return bool(text) and Period.parse(text or "").is_hours


def valued(terms: Terms, key: str) -> bool:
    """Whether a limit has a value on any day."""
    return any(entry.value is not None for entry in terms.limits[key].dated)


def day_of_since(since: str | None) -> int | None:
    """The day a `since` names, as an ordinal; None where it names none."""
    if since is None or since == "last_transition":
        return None
    return date.fromisoformat(since).toordinal()
