"""Strict reading of the data files that ship with the package.

A data file is YAML or, where it is large, JSON (128 ms against 3 ms for the
species). Both give the same thing: mappings, lists and text. Every scalar stays
the text that stands in the file, so that ``0123``, ``NO``, ``1.10`` and ``1e3``
are what they look like, and whoever needs a number converts it knowingly.

Refused, with file and line: a key that stands twice in one mapping, an anchor
or alias, a tag, a second document, and in JSON also `true`, `false` and `null`
(write the word, or leave the key out).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import msgspec

if TYPE_CHECKING:
    import yaml

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"
T = TypeVar("T")


class FactsError(Exception):
    """A data file that cannot stand; `faults` holds one line for each thing wrong."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(faults))


@lru_cache(maxsize=32)
def read(name: str) -> Tree:
    """One data file of the package, ``units.yaml`` or ``species.json``; read once, do not change.

    Raises
    ------
    FactsError
        With file and line, when the text is not what this reader allows.
    """
    from importlib import resources  # 14 ms that who only imports facts need not pay

    text = (resources.files("fairwater.facts") / "data" / name).read_text(encoding="utf-8")
    return parse_json(text, name) if name.endswith(".json") else parse_yaml(text, name)


def names(folder: str) -> tuple[str, ...]:
    """Data files of one folder of the package, ``limits/…``, in order of their names."""
    from importlib import resources

    found = (resources.files("fairwater.facts") / "data" / folder).iterdir()
    return tuple(sorted(f"{folder}/{path.name}" for path in found if path.name.endswith(".yaml")))


def parse_yaml(text: str, name: str) -> Tree:
    """YAML text as mappings, lists and text; `name` is the file named in faults."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _from_events(yaml.parse(text, Loader=loader), name)
    except yaml.YAMLError as error:
        raise FactsError([f"{name}: not YAML: {error}"]) from error


def _from_events(events: Iterable[yaml.Event], name: str) -> Tree:
    """One document's tree out of parser events; what is not plain data is a fault."""
    from yaml import events as kinds

    outer: list[_Open] = []
    documents: list[Tree] = []
    for event in events:
        value: Tree
        if isinstance(event, kinds.NodeEvent) and event.anchor is not None:
            raise _fault(name, event, "an anchor or alias is not allowed in a data file")
        if getattr(event, "tag", None) is not None:
            raise _fault(
                name, event, f"tag {getattr(event, 'tag', '')} is not allowed in a data file"
            )
        if isinstance(event, kinds.MappingStartEvent):
            outer.append(_Open({}))
            continue
        if isinstance(event, kinds.SequenceStartEvent):
            outer.append(_Open([]))
            continue
        if isinstance(event, kinds.ScalarEvent):
            value = str(event.value)
        elif isinstance(event, kinds.MappingEndEvent | kinds.SequenceEndEvent):
            value = outer.pop().value
        else:
            continue
        if not outer:
            documents.append(value)
            continue
        parent = outer[-1]
        if isinstance(parent.value, list):
            parent.value.append(value)
        elif isinstance(parent.value, dict) and parent.key is not None:
            parent.value[parent.key] = value
            parent.key = None
        elif isinstance(parent.value, dict) and isinstance(value, str):
            if value in parent.value:
                raise _fault(name, event, f"key `{value}` stands twice")
            parent.key = value
        else:
            raise _fault(name, event, "a key must be plain text")
    if len(documents) != 1:
        raise FactsError([f"{name}: expected one document, found {len(documents)}"])
    return documents[0]


class _Open:
    """A mapping or list that is still being read, and the key that waits for its value."""

    __slots__ = ("key", "value")

    def __init__(self, value: Tree) -> None:
        self.value = value
        self.key: str | None = None


def _fault(name: str, event: yaml.Event, message: str) -> FactsError:
    line = f", line {event.start_mark.line + 1}" if event.start_mark else ""
    return FactsError([f"{name}{line}: {message}"])


def parse_json(text: str, name: str) -> Tree:
    """JSON text as mappings, lists and text; `name` is the file named in faults."""
    import json

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Tree]:
        found = dict(pairs)
        if len(found) != len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise FactsError([f"{name}: key `{twice}` stands twice in {pairs[0]}"])
        for key, value in pairs:
            if value is None or value is True or value is False:
                raise FactsError([f"{name}: `{key}` is {value}; write a word or leave it out"])
        return found

    def constant(word: str) -> str:
        raise FactsError([f"{name}: {word} is not allowed in a data file"])

    try:
        tree: Tree = json.loads(
            text,
            object_pairs_hook=mapping,
            parse_int=str,
            parse_float=str,
            parse_constant=constant,
        )
    except json.JSONDecodeError as error:
        raise FactsError([f"{name}: not JSON: {error}"]) from error
    return tree


def section(tree: Tree, key: str, name: str) -> Tree:
    """One top-level section of a file, or a fault that says it is missing."""
    if not isinstance(tree, dict) or key not in tree:
        raise FactsError([f"{name}: section `{key}` is missing"])
    return tree[key]


def build(
    entries: Tree,
    kind: type[T],
    name: str,
    path: str,
    prepare: Callable[[dict[str, Tree]], Mapping[str, Any]] | None = None,
) -> tuple[T, ...]:
    """Typed facts from a list of mappings; all faults are collected, then raised once.

    Parameters
    ----------
    entries : Tree
        The section, a list of mappings of text.
    kind : type
        The struct each entry must be.
    name, path : str
        File and section, named in faults: ``units.yaml, units[3].source``.
    prepare : callable, optional
        Reshapes an entry before it is checked.

    Raises
    ------
    FactsError
        One line for each entry that lacks a field, has one too many, or a wrong one.
    """
    if not isinstance(entries, list):
        raise FactsError([f"{name}, {path}: expected a list of facts"])
    built: list[T] = []
    faults: list[str] = []
    for index, entry in enumerate(entries):
        place = f"{name}, {path}[{index}]"
        if not isinstance(entry, dict):
            faults.append(f"{place}: expected a mapping, not {entry!r}")
            continue
        try:
            shaped = prepare(entry) if prepare else entry
            built.append(msgspec.convert(shaped, kind, strict=False))
        except (msgspec.ValidationError, ValueError) as error:
            message = str(error).replace("`$", f"`{path}[{index}]")
            faults.append(f"{place}: {message}")
    if faults:
        raise FactsError(faults)
    return tuple(built)
