"""Comparing what a case states with what was computed.

`missing` is a set of entries on (kind, of, what, n, owed_by, party, due); a field
that is not written is absent. Lists of names are sets. A `value` is compared as
numbers. Texts are for people and only have to be there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

IDENTITY: Final = ("kind", "of", "what", "n", "owed_by", "party", "due")
TEXTS: Final = frozenset({"needs", "reason", "message", "by", "error"})
SETS: Final = frozenset({
    "cites", "superseded", "could_be", "also_open", "recorded_only", "transitions", "not_taken",
    "actions",
})  # fmt: skip
ENTRIES: Final = frozenset({"asserted", "eligible", "flags", "alarms"})


def differences(stated: Mapping[str, Any], output: Mapping[str, Any]) -> list[str]:
    """What differs, in words; empty if everything stated was computed."""
    found: list[str] = []
    for key in sorted(stated):
        want, got = stated[key], output.get(key)
        if key in TEXTS:
            if not got:
                found.append(f"{key}: stated, but there is none")
        elif key == "missing":
            found += _missing(want, got)
        elif key == "conditions":
            found += _conditions(want, got)
        elif key == "mismatches":
            found += _mismatches(want, got)
        elif key == "value":
            if not same_value(want, got):
                found.append(f"value: stated {_show(want)}, computed {_show(got)}")
        elif key in SETS:
            if _names(want) != _names(got):
                found.append(f"{key}: stated {_show(want)}, computed {_show(got)}")
        elif key in ENTRIES:
            if _entries(want, want) != _entries(got, want):
                found.append(f"{key}: stated {_show(want)}, computed {_show(got)}")
        elif key == "warnings":
            found += _warnings(want, got)
        elif _scalar(want) != _scalar(got):
            found.append(f"{key}: stated {_show(want)}, computed {_show(got)}")
    if output.get("load") == "error" and not {"load", "error"} & set(stated):
        found.append(f"refused: {output.get('message')}")
    return found


def _conditions(want: Any, got: Any) -> list[str]:
    """Verdicts of the conditions that are stated; of the others nothing is said."""
    computed = got or {}
    return [
        f"conditions.{name}: stated {verdict}, computed {computed.get(name, 'no such condition')}"
        for name, verdict in sorted((want or {}).items())
        if computed.get(name) != verdict
    ]


def _mismatches(want: Any, got: Any) -> list[str]:
    """As many as are stated, each with the fields that are stated of it."""
    left = list(got or ())
    found: list[str] = []
    for entry in want or ():
        same = next((o for o in left if all(o.get(k) == v for k, v in entry.items())), None)
        if same is None:
            found.append(f"mismatches: stated {_show(entry)}, not computed")
        else:
            left.remove(same)
    return found + [f"mismatches: computed {_show(entry)}, not stated" for entry in left]


def _missing(want: Any, got: Any) -> list[str]:
    wanted = {_identity(entry) for entry in want or ()}
    computed = {_identity(entry) for entry in got or ()}
    found = [f"missing: stated {_spell(e)}, not computed" for e in sorted(wanted - computed)]
    found += [f"missing: computed {_spell(e)}, not stated" for e in sorted(computed - wanted)]
    for entry in want or ():
        same = [other for other in got or () if _identity(other) == _identity(entry)]
        for text in TEXTS & set(entry):
            if same and not any(other.get(text) for other in same):
                found.append(f"missing: {_spell(_identity(entry))} states `{text}`, there is none")
    return found


def _identity(entry: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple("" if entry.get(k) is None else str(entry[k]) for k in IDENTITY)


def _spell(identity: tuple[str, ...]) -> str:
    pairs = (f"{k}: {v}" for k, v in zip(IDENTITY, identity, strict=True) if v)
    return "{" + ", ".join(pairs) + "}"


def same_value(want: Any, got: Any) -> bool:
    """Whether two intervals, or numbers, are equal."""
    if isinstance(want, list) and isinstance(got, list | tuple):
        return len(want) == len(got) and all(map(same_value, want, got))
    if want == "*" or got == "*":
        return bool(want == got)
    try:
        return Decimal(str(want)) == Decimal(str(got))
    except InvalidOperation:
        return str(want) == str(got)


def _names(value: Any) -> set[str]:
    if value is None:
        return set()
    if isinstance(value, str):
        return {value}
    return {str(item) for item in value}


def _entries(value: Any, stated: Any) -> set[tuple[tuple[str, str], ...]]:
    """Entries of a list of mappings, on the fields that the stated ones use."""
    wanted = stated if isinstance(stated, list) else [stated]
    fields = {field for entry in wanted if isinstance(entry, Mapping) for field in entry}
    items: Iterable[Any] = value if isinstance(value, list | tuple) else []
    return {
        tuple(
            sorted(
                (key, _flat(entry[key]))
                for key in entry
                if (key in fields or not fields) and entry[key] is not None
            )
        )
        if isinstance(entry, Mapping)
        else (("", str(entry)),)
        for entry in items
    }


def _flat(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ",".join(sorted(str(item) for item in value))
    return str(_scalar(value))


def _warnings(want: Any, got: Any) -> list[str]:
    computed = [str(text) for text in got or ()]
    wanted = [str(text) for text in (want if isinstance(want, list) else [want])]
    found = [f"warnings: none holds `{w}`" for w in wanted if not any(w in g for g in computed)]
    if not wanted and computed:
        found.append(f"warnings: none stated, computed {_show(computed)}")
    return found


def _scalar(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _show(value: Any) -> str:
    return str(value)
