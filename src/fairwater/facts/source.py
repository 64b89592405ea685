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

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib import resources
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


@lru_cache(maxsize=8)
def read(name: str) -> Tree:
    """One data file of the package, ``units.yaml`` or ``species.json``; read once, do not change.

    Raises
    ------
    FactsError
        With file and line, when the text is not what this reader allows.
    """
    text = (resources.files("fairwater.facts") / "data" / name).read_text(encoding="utf-8")
    return parse_json(text, name) if name.endswith(".json") else parse_yaml(text, name)


def parse_yaml(text: str, name: str) -> Tree:
    """YAML text as mappings, lists and text; `name` is the file named in faults."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for token in yaml.scan(text, Loader=loader):
            if isinstance(token, yaml.AnchorToken | yaml.AliasToken | yaml.TagToken):
                what = type(token).__name__.removesuffix("Token").lower()
                line = token.start_mark.line + 1
                raise FactsError([f"{name}, line {line}: {what} is not allowed in a data file"])
        node = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        raise FactsError([f"{name}: not YAML: {error}"]) from error
    if node is None:
        raise FactsError([f"{name}: the file is empty"])
    return _tree(node, name)


def _tree(node: yaml.Node, name: str) -> Tree:
    import yaml

    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_tree(item, name) for item in node.value]
    mapping: dict[str, Tree] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise FactsError([f"{name}, line {line}: a key must be plain text"])
        if key.value in mapping:
            raise FactsError([f"{name}, line {line}: key `{key.value}` stands twice"])
        mapping[str(key.value)] = _tree(value, name)
    return mapping


def parse_json(text: str, name: str) -> Tree:
    """JSON text as mappings, lists and text; `name` is the file named in faults."""

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
