"""What if: an agreement with some of its values replaced, by paths over ids.

    transitions.impose.when.two_points.window=P30D
    transitions.impose.when.since=last_transition     the id left out: one atom there
    limits.cs_limit.value=50
    parameters.min_points=3                           short for .value
    transitions.impose.from=[none, enhanced_inspection]

The result is an agreement of its own with its own content id; nothing is
changed in place. A path that leads nowhere and a value of the wrong kind are
errors, never ignored; a path that no evaluation read is a warning, because the
answer is then the unchanged one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple, cast

import msgspec
from msgspec import inspect

from fairwater.agreement.check import check
from fairwater.agreement.convert import Walk
from fairwater.agreement.expectations import (
    is_condition,
    members,
    type_of,
    words_for,
)
from fairwater.agreement.load import plain
from fairwater.agreement.model import Agreement, Limit, Parameter
from fairwater.agreement.problems import AgreementErrors, Place
from fairwater.agreement.source import Tree, read
from fairwater.agreement.spelling import nearest

_INNER = ("all", "any", "not", "of")
_COMPARATORS = {"eq", "ne", "lt", "le", "gt", "ge", "is"}


class OverrideError(ValueError):
    """A path that leads nowhere, or a value of the wrong kind. Names the path and what it takes."""

    def __init__(self, path: str, problem: str, expected: str) -> None:
        self.path = path
        self.problem = problem
        self.expected = expected
        super().__init__(f"{path}: {problem}\n  expected: {expected}")


class Spot(NamedTuple):
    """Where a path leads: keys into the plain agreement, what it takes, the path in full."""

    keys: tuple[str | int, ...]
    kind: inspect.Type
    full: str


def parse_setting(text: str) -> tuple[str, Any]:
    """Path and value of ``PATH=VALUE``; the value is YAML: text, ``[a, b]``, ``{param: x}``.

    Raises
    ------
    OverrideError
        If there is no ``=``.

    Notes
    -----
    What YAML cannot read is taken as the text it is; what the path takes decides.
    """
    path, equals, value = text.partition("=")
    if not equals or not path.strip():
        raise OverrideError(text, "no `=`", "PATH=VALUE, such as parameters.min_points=3")
    try:
        return path.strip(), read(value, path.strip()).content if value.strip() else ""
    except AgreementErrors:
        return path.strip(), value.strip()


def apply_overrides(agreement: Agreement, overrides: Mapping[str, Any]) -> Agreement:
    """The agreement with each path set to its value.

    Parameters
    ----------
    agreement : Agreement
    overrides : mapping of path to value
        Values as text (or lists and mappings of text); numbers and booleans are
        taken as the text they are written with.

    Raises
    ------
    OverrideError
        Unknown path, a value of the wrong kind, or one that breaks a rule there
        (a limit nobody defined, a comparator the metric does not have).

    Notes
    -----
    A comparator replaces the one that was there. A `value` of a limit or parameter
    replaces all its dated values and is marked `ours`.
    """
    changed, content = agreement, plain(agreement)
    spots = {}
    for path, value in overrides.items():
        spot = spots[path] = resolve(changed, path)
        _set(content, spot, _text(value))
        changed = _typed(content, path, spot, value)
    _refuse_new(agreement, changed, spots)
    return changed


def _typed(content: dict[str, Any], path: str, spot: Spot, value: Any) -> Agreement:
    walk = Walk(Tree(path, _text(content), {}, {}))
    prepared = walk.value(type_of(Agreement), walk.tree.content, (), Place())
    if walk.problems:
        problem = walk.problems[0]
        expected = words_for(members(spot.kind)) or problem.expected
        raise OverrideError(path, f"{_shown(value)} does not fit: {problem.found}", expected)
    return msgspec.convert(prepared, Agreement, strict=False)


def _refuse_new(before: Agreement, after: Agreement, spots: Mapping[str, Spot]) -> None:
    """Refuse what breaks a rule at the very spot that was set (a metric nobody knows, …)."""
    old = {(finding.rule, finding.place.shown, finding.found) for finding in check(before)}
    for finding in check(after):
        if finding.severity != "error":
            continue
        if (finding.rule, finding.place.shown, finding.found) in old:
            continue
        where = _unnumbered(finding.place.shown)
        for path, spot in spots.items():
            at = _unnumbered(spot.full)
            if where == at or where.startswith(f"{at}."):
                raise OverrideError(path, finding.found, finding.expected)


def _unnumbered(path: str) -> str:
    return re.sub(r"\[\d+\]|\.\d+(?=\.|$)", "", path)


def unread(agreement: Agreement, paths: Collection[str], reads: Collection[str]) -> tuple[str, ...]:
    """Paths that no evaluation looked at, in the order given.

    `reads` are paths of clauses that were read (``transitions.impose``,
    ``parameters.min_points``); reading a clause reads all that is in it.
    """
    return tuple(
        path
        for path in paths
        if not any(_within(resolve(agreement, path).full, seen) for seen in reads)
    )


def readable(agreement: Agreement) -> set[str]:
    """Paths of what an evaluation can look at: all but limits and parameters that no step names."""
    content = plain(agreement)
    found = {key for key in content if key not in ("limits", "parameters")}
    todo: list[Any] = [content.get("transitions", [])]
    while todo:
        node = todo.pop()
        if isinstance(node, list):
            todo += node
        elif isinstance(node, dict):
            todo += node.values()
            if "param" in node:
                found.add(f"parameters.{node['param']}")
            limits = node.get("limit", [])
            found |= {f"limits.{key}" for key in ([limits] if isinstance(limits, str) else limits)}
    return found


def _within(path: str, other: str) -> bool:
    return path == other or path.startswith(f"{other}.") or other.startswith(f"{path}.")


def resolve(agreement: Agreement, path: str) -> Spot:
    """Where a path leads in an agreement.

    Raises
    ------
    OverrideError
        Names the part that leads nowhere and what there is.
    """
    parts = [part for part in re.sub(r"\[(\d+)\]", r".\1", path).split(".") if part]
    spot = Spot((), type_of(Agreement), "")
    content: Any = plain(agreement)
    while parts:
        spot, content, parts = _step(path, spot, content, parts)
    for choice in members(spot.kind):
        if isinstance(choice, inspect.StructType) and choice.cls in (Limit, Parameter):
            return _field(path, spot, choice, "value")
    if not spot.keys:
        raise OverrideError(path, "no path", "a path such as parameters.min_points")
    return spot


def _step(path: str, spot: Spot, content: Any, parts: list[str]) -> tuple[Spot, Any, list[str]]:
    """One step along a path: the spot it leads to, what is there, and the parts left."""
    structs = [m for m in members(spot.kind) if isinstance(m, inspect.StructType)]
    if structs and is_condition(structs[0]):
        return _into_condition(path, spot, content, parts)
    if structs and (isinstance(content, dict) or content is None):
        known = _field(path, spot, structs[0], parts[0])
        inside = content.get(parts[0]) if isinstance(content, dict) else None
        return known, inside, parts[1:]
    for choice in members(spot.kind):
        if isinstance(choice, inspect.VarTupleType) and isinstance(content, list | None):
            return _into_list(path, spot, choice, content or [], parts)
        if isinstance(choice, inspect.DictType):
            entries = content or {}
            count = _longest(parts, entries) or 1
            key = ".".join(parts[:count])
            below = Spot((*spot.keys, key), choice.value_type, f"{spot.full}.{key}")
            return below, entries.get(key), parts[count:]
    raise OverrideError(
        path, f"`{spot.full}` is `{content}`: nothing is inside it",
        f"{spot.full}={words_for(members(spot.kind))}",
    )  # fmt: skip


def _field(path: str, spot: Spot, struct: inspect.StructType, name: str) -> Spot:
    known = {field.encode_name: field for field in struct.fields}
    if name not in known:
        raise _nowhere(path, spot, name, known)
    full = f"{spot.full}.{name}" if spot.full else name
    return Spot((*spot.keys, name), known[name].type, full)


def _into_list(
    path: str, spot: Spot, kind: inspect.VarTupleType, content: list[Any], parts: list[str]
) -> tuple[Spot, Any, list[str]]:
    ids = {
        entry["id"]: i
        for i, entry in enumerate(content)
        if isinstance(entry, dict) and "id" in entry
    }
    count = _longest(parts, ids)
    if count:
        name = ".".join(parts[:count])
        index = ids[name]
    elif parts[0].isdigit() and 1 <= int(parts[0]) <= len(content):
        count, index, name = 1, int(parts[0]) - 1, parts[0]
    else:
        raise _nowhere(path, spot, parts[0], ids or [str(i + 1) for i in range(len(content))])
    below = Spot((*spot.keys, index), kind.item_type, f"{spot.full}.{name}")
    return below, content[index], parts[count:]


def _into_condition(
    path: str, spot: Spot, content: Any, parts: list[str]
) -> tuple[Spot, Any, list[str]]:
    """A condition inside by its id, a field of this one, or of the only leaf inside."""
    entries = list(_conditions(content, ()))
    own_id = content.get("id")
    if own_id is not None and (count := _longest(parts, [own_id])) and len(parts) > count:
        return spot, content, parts[count:]  # this condition, by its own id
    ids = {entry["id"]: keys for keys, entry in entries if keys and "id" in entry}
    count = _longest(parts, ids)
    if count:
        name = ".".join(parts[:count])
        keys = ids[name]
        below = Spot((*spot.keys, *keys), spot.kind, f"{spot.full}.{name}")
        return below, _at(content, keys), parts[count:]
    leaves = [(keys, entry) for keys, entry in entries if not set(_INNER) & set(entry)]
    own = _struct_of(spot.kind, content)
    here = {field.encode_name for field in own.fields} - set(_INNER)
    if parts[0] in here and (len(leaves) != 1 or leaves[0][0] == ()):
        return _field(path, spot, own, parts[0]), content.get(parts[0]), parts[1:]
    if len(leaves) == 1:
        keys, leaf = leaves[0]
        inner = spot.full + (f".{leaf['id']}" if keys and "id" in leaf else "")
        within = Spot((*spot.keys, *keys), spot.kind, inner)
        known = _field(path, within, _struct_of(spot.kind, leaf), parts[0])
        return known, leaf.get(parts[0]), parts[1:]
    raise _nowhere(path, spot, parts[0], ids or here)


def _conditions(content: Any, keys: tuple[str | int, ...]) -> Iterator[tuple[Any, dict[str, Any]]]:
    yield keys, content
    for key in _INNER:
        inner = content.get(key)
        if isinstance(inner, dict):
            yield from _conditions(inner, (*keys, key))
        elif isinstance(inner, list):
            for i, entry in enumerate(inner):
                yield from _conditions(entry, (*keys, key, i))


def _struct_of(kind: inspect.Type, content: dict[str, Any]) -> inspect.StructType:
    structs = [m for m in members(kind) if isinstance(m, inspect.StructType)]
    return next(struct for struct in structs if struct.tag in content)


def _longest(parts: list[str], known: Collection[str]) -> int:
    """How many parts make the longest name that is known; ids may hold dots."""
    for count in range(len(parts), 0, -1):
        if ".".join(parts[:count]) in known:
            return count
    return 0


def _nowhere(path: str, spot: Spot, name: str, known: Collection[str]) -> OverrideError:
    close = nearest(name, known)
    inside = f"in `{spot.full}`" if spot.full else "in the agreement"
    hint = f"; did you mean `{close}`?" if close else ""
    return OverrideError(
        path, f"there is no `{name}` {inside}{hint}", f"one of {', '.join(sorted(known))}"
    )


def _at(content: Any, keys: tuple[str | int, ...]) -> Any:
    for key in keys:
        content = content[key]
    return content


def _set(content: dict[str, Any], spot: Spot, value: Any) -> None:
    holder: Any = content
    for key, following in zip(spot.keys[:-1], spot.keys[1:], strict=True):
        if isinstance(holder, dict) and key not in holder:
            holder[cast("str", key)] = [] if isinstance(following, int) else {}
        holder = holder[key]
    holder[spot.keys[-1]] = value
    if spot.keys[0] in ("limits", "parameters") and spot.keys[2:] == ("value",):
        # One value for all time, and nobody's but ours: its sources said another.
        for key in ("values", "src", "clause", "checked"):
            holder.pop(key, None)
        holder["cert"] = "ours"
    if spot.keys[-1] in _COMPARATORS and "metric" in holder:
        for key in _COMPARATORS - {spot.keys[-1]}:
            holder.pop(key, None)


def _text(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _text(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_text(entry) for entry in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def _shown(value: Any) -> str:
    return f"`{value}`" if isinstance(value, str) else f"`{_text(value)}`"
