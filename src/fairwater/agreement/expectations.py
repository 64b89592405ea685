"""Whether a text fits a field of the model, and what the field expects, in words.

The types are read through `msgspec.inspect`, so that an explanation can never
drift from what is accepted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any, Final

from msgspec import inspect

from fairwater.agreement.conditions import Condition
from fairwater.agreement.spelling import BY_PATTERN, nearest, whole

BROKEN: Final = object()
"""In place of a value that does not fit; the problem is noted elsewhere."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,15})")


@cache
def type_of(annotation: Any) -> inspect.Type:
    """What msgspec knows about a type."""
    return inspect.type_info(annotation)


def plain_type(kind: inspect.Type) -> inspect.Type:
    """The type without its description."""
    while isinstance(kind, inspect.Metadata):
        kind = kind.type
    return kind


def members(kind: inspect.Type) -> list[inspect.Type]:
    """The types a union allows; of any other type itself."""
    kind = plain_type(kind)
    if isinstance(kind, inspect.UnionType):
        return [plain_type(member) for member in kind.types]
    return [kind]


def is_condition(kind: inspect.StructType) -> bool:
    """Whether a struct type is one of the conditions."""
    return issubclass(kind.cls, Condition)


def fits_text(choice: inspect.Type, text: str) -> tuple[Any, str | None]:
    """The text as this type takes it, or `BROKEN` and what was probably meant."""
    if isinstance(choice, inspect.StrType):
        if choice.pattern is not None:
            if re.search(choice.pattern, text) and _in_calendar(text):
                return text, None
            known = BY_PATTERN.get(choice.pattern)
            return BROKEN, known.meant(text) if known else None
        long = choice.max_length is not None and len(text) > choice.max_length
        short = choice.min_length is not None and len(text) < choice.min_length
        return (BROKEN, None) if long or short else (text, None)
    if isinstance(choice, inspect.LiteralType):
        words = [str(value) for value in choice.values]
        return (text, None) if text in words else (BROKEN, nearest(text, words))
    if isinstance(choice, inspect.BoolType):
        said = {"true": True, "false": False}.get(text)
        guess = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(text.lower())
        return (BROKEN, guess or nearest(text, ["true", "false"])) if said is None else (said, None)
    if isinstance(choice, inspect.IntType):
        if _WHOLE.fullmatch(text) and text != "-0":
            number = int(text)
            low = choice.ge is None or number >= choice.ge
            high = choice.le is None or number <= choice.le
            return (number, None) if low and high else (BROKEN, None)
        return BROKEN, whole(text)
    return BROKEN, None


def _in_calendar(text: str) -> bool:
    """False for a day that no calendar has, such as 2025-02-30."""
    if not _DAY.fullmatch(text):
        return True
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _expected(choice: inspect.Type) -> str:
    if isinstance(choice, inspect.StrType):
        if choice.pattern is not None:
            known = BY_PATTERN.get(choice.pattern)
            return known.words if known else f"text of the form {choice.pattern}"
        if choice.max_length is not None:
            return f"text of {choice.min_length or 0} to {choice.max_length} characters"
        return "a value"
    if isinstance(choice, inspect.LiteralType):
        return f"one of {', '.join(str(value) for value in choice.values)}"
    if isinstance(choice, inspect.BoolType):
        return "true or false"
    if isinstance(choice, inspect.IntType):
        low = "" if choice.ge is None else f" from {choice.ge}"
        high = "" if choice.le is None else f" to {choice.le}"
        return f"a whole number{low}{high}, digits only"
    if isinstance(choice, inspect.StructType):
        if is_condition(choice):
            return "a condition"
        keys = ", ".join(field.encode_name for field in choice.fields)
        return f"a mapping with {keys}"
    if isinstance(choice, inspect.DictType):
        return "a mapping"
    if isinstance(choice, inspect.VarTupleType):
        return f"a list, each entry {_expected(plain_type(choice.item_type)) or 'a value'}"
    return ""


def words_for(choices: Iterable[inspect.Type]) -> str:
    """What a field that takes any of these types expects, in words."""
    words = (_expected(choice) for choice in choices)
    return ", or ".join(dict.fromkeys(word for word in words if word))


def kind_name(name: str) -> str:
    """A clause's type as a sentence names it: ``Limit`` is "a limit"."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
    return f"{'an' if spaced[0] in 'aeiou' else 'a'} {spaced}"
