"""A briefing with hostile text in every field that a node can fill, found by the types.

    made, seen = poisoned(briefing, ("<script>",))     every free text begins with it

Free text is a string that no closed list of the briefing's types names (`closed_words`), and
the keys of counts (flags, reasons, what is left out) and of ids. `unfilled` names the fields of
text in which a briefing has nothing, so that a briefing used for this is known to have all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from fairwater.node.briefing.content import Briefing

OF_A_TREE = frozenset({"exceeds", "complies", "all", "in", "maybe", "cell", "ge", "eq"})
"""Closed words of a dossier's tree, which is plain data without types of its own."""
LONGEST = 4_000
"""Characters of a text of an agreement; the type itself refuses more."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def poisoned(briefing: Briefing, texts: Sequence[str]) -> tuple[Briefing, dict[str, str]]:
    """The briefing with every free text hostile, the same one in the same way, and by text."""
    seen: dict[str, str] = {}
    keep = frozenset(closed_words(Briefing)) | OF_A_TREE

    def hostile(value: Any) -> Any:
        if isinstance(value, dict) and set(value) <= {"en", "zh", "ja"}:
            return {code: hostile(inner)[:LONGEST] for code, inner in value.items()}
        if isinstance(value, dict):
            return {
                hostile(key) if _names(value, seen) else key: hostile(inner)
                for key, inner in value.items()
            }
        if isinstance(value, list | tuple):
            return [hostile(inner) for inner in value]
        if not isinstance(value, str) or value in keep or _DAY.fullmatch(value):
            return value
        number = len(seen)
        return seen.setdefault(value, f"{texts[number % len(texts)]} n{number} {value}")

    return msgspec.convert(hostile(msgspec.to_builtins(briefing)), Briefing), seen


def _names(value: dict[str, Any], seen: dict[str, str]) -> bool:
    """Whether keys are text of the evidence: those of counts, and ids met before."""
    counts = all(type(inner) is int for inner in value.values()) and "row" not in value
    met = all(key in seen and isinstance(inner, list) for key, inner in value.items())
    return counts or met


def closed_words(kind: Any) -> set[str]:
    """Words of the closed lists of a struct and all it holds, by its own types."""
    found: set[str] = set()
    for part in _parts(msgspec.inspect.type_info(kind)):
        if isinstance(part, msgspec.inspect.LiteralType):
            found.update(str(value) for value in part.values)
    return found


def unfilled(briefing: Briefing) -> set[tuple[str, str]]:
    """Fields of free text, as struct and name, in which nothing stands anywhere."""
    wanted = {
        (part.cls.__name__, field.name)
        for part in _parts(msgspec.inspect.type_info(Briefing))
        if isinstance(part, msgspec.inspect.StructType)
        for field in part.fields
        if any(isinstance(inner, msgspec.inspect.StrType) for inner in _within(field.type))
    }
    return wanted - set(_filled(briefing))


def _filled(value: Any) -> Iterator[tuple[str, str]]:
    for name in getattr(value, "__struct_fields__", ()):
        inner = getattr(value, name)
        if inner:
            yield type(value).__name__, name
        yield from _filled(inner)
    if isinstance(value, tuple):
        for inner in value:
            yield from _filled(inner)


def _within(part: Any) -> Iterator[Any]:
    """A type and what it is made of, structs apart."""
    yield part
    for name in ("types", "item_type", "item_types", "key_type"):
        inner = getattr(part, name, ())
        for one in inner if isinstance(inner, tuple) else (inner,):
            yield from _within(one)


def _parts(part: Any) -> Iterator[Any]:
    """A type and all types within it, those of structs' fields too."""
    if isinstance(part, msgspec.inspect.Type | msgspec.inspect.Field):
        yield part
    for name in getattr(part, "__struct_fields__", ()):
        inner = getattr(part, name)
        for one in inner if isinstance(inner, tuple) else (inner,):
            if isinstance(one, msgspec.inspect.Type | msgspec.inspect.Field):
                yield from _parts(one)
