"""An agreement from its text, checked, or every fault of the text at once.

    loaded = load_agreement(text, "rule.yaml")
    loaded.agreement, loaded.warnings

Three passes, one report: `source` reads, `convert` fits each clause to its type,
`check` follows references and refuses what contradicts itself. A clause that
does not fit is left out of the third pass, so that its fault is told once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib import resources
from typing import Any, NamedTuple, cast

import msgspec
import yaml
from msgspec import inspect

from fairwater.agreement.check import Finding, check
from fairwater.agreement.convert import Walk
from fairwater.agreement.expectations import plain_type, type_of
from fairwater.agreement.model import Agreement
from fairwater.agreement.problems import AgreementErrors, Mark, Place, Problem
from fairwater.agreement.source import Path, Tree, read

# What stands in for a required field that did not fit, so that the rest can be checked.
_STAND_IN: dict[str, Any] = {"id": "unreadable", "version": "v0", "title": {}, "time_zone": "UTC"}


class Loaded(NamedTuple):
    """An agreement without faults, and what its writer should look at."""

    agreement: Agreement
    warnings: tuple[Problem, ...]


def load_agreement(text: str | bytes, name: str) -> Loaded:
    """The agreement a YAML text states.

    Parameters
    ----------
    text : str or bytes
        At most 1 MiB of UTF-8.
    name : str
        What to call the file in messages.

    Raises
    ------
    AgreementErrors
        Every fault, in file order, each with file, line, column, what stood
        there, what was expected and what to write.
    """
    tree = read(text, name)
    walk = Walk(tree)
    if not isinstance(tree.content, dict):
        mark = tree.mark(())
        raise AgreementErrors([
            Problem(name, *mark, "", "no mapping", "an agreement: a mapping of keys to values",
                    "id: …")
        ])  # fmt: skip
    prepared = _top(walk, tree)
    try:
        agreement = msgspec.convert(prepared, Agreement, strict=False)
    except msgspec.ValidationError as error:  # the types refuse what the walk let pass
        walk.problems.append(
            Problem(name, *tree.mark(()), "", str(error), "what the schema says", "it so")
        )
        raise AgreementErrors(walk.problems) from error
    found = [
        problem_at(finding, walk.marks, name)
        for finding in check(agreement, frozenset(walk.broken))
    ]
    errors = walk.problems + [problem for problem in found if problem.severity == "error"]
    warnings = tuple(sorted(problem for problem in found if problem.severity == "warning"))
    if errors:
        raise AgreementErrors(errors, warnings)
    return Loaded(agreement, warnings)


def _top(walk: Walk, tree: Tree) -> dict[str, Any]:
    """Prepared top-level fields, with lists of the clauses that fit."""
    kind = cast("inspect.StructType", type_of(Agreement))
    walk.marks[()] = tree.mark(())
    known = {field.encode_name: field for field in kind.fields}
    rest: dict[str, Any] = {}
    good: dict[str, Any] = {}
    for key, content in tree.content.items():
        field = known.get(key)
        listed = plain_type(field.type) if field else None
        place = Place((key,), key)
        if not isinstance(listed, inspect.VarTupleType) or not isinstance(content, list | dict):
            rest[key] = content
            continue
        walk.marks[place.path] = tree.mark((key,))
        item = plain_type(listed.item_type)
        if isinstance(content, list):
            good[key], _ = walk.items(item, content, (key,), place)
        elif isinstance(item, inspect.StructType):
            good[key], _ = walk.by_id(item, content, (key,), place)
        else:
            rest[key] = content
    fields, _ = walk.fields(kind, rest, (), Place())
    for name, stand_in in _STAND_IN.items():
        if name not in fields:
            walk.broken.add(name)
            fields[name] = stand_in
    for key in rest.keys() & known.keys() - fields.keys():
        walk.broken.add(key)
    return fields | good


def problem_at(finding: Finding, marks: Mapping[Path, Mark], name: str) -> Problem:
    """The finding with the place in the file it is about, or the nearest around it."""
    path = finding.place.path
    while path and path not in marks:
        path = path[:-1]
    mark = marks.get(path, Mark(1, 1))
    return Problem(
        name, *mark, finding.place.shown, finding.found, finding.expected, finding.remedy,
        finding.severity,
    )  # fmt: skip


def plain(agreement: Agreement) -> dict[str, Any]:
    """The agreement as mappings, lists, text, whole numbers and booleans: what YAML would hold."""
    return cast("dict[str, Any]", _without_form(msgspec.to_builtins(agreement)))


def _without_form(content: Any) -> Any:
    if isinstance(content, dict):
        is_condition = "form" in content
        return {
            key: _without_form(value)
            for key, value in content.items()
            if not (is_condition and key == "form")
        }
    if isinstance(content, list | tuple):
        return [_without_form(value) for value in content]
    return content


def canonical(agreement: Agreement) -> bytes:
    """RFC 8785 bytes of what the agreement says: comments, spacing and key order do not matter.

    JSON is YAML: the bytes are themselves a text `load_agreement` reads.
    """
    return msgspec.json.encode(plain(agreement), order="sorted")


def content_id(agreement: Agreement) -> str:
    """SHA-256 of the canonical bytes, lower-case hex: equal if two texts say the same."""
    return hashlib.sha256(canonical(agreement)).hexdigest()


def write(agreement: Agreement) -> str:
    """YAML text of the agreement; loading it again gives the same content id."""
    text: str = yaml.safe_dump(plain(agreement), sort_keys=False, allow_unicode=True, width=100)
    return text


def shipped_names() -> list[str]:
    """Names of the agreements that come with the program."""
    folder = resources.files("fairwater.agreement") / "shipped"
    return sorted(
        entry.name.removesuffix(".yaml")
        for entry in folder.iterdir()
        if entry.name.endswith(".yaml")
    )


def shipped(name: str) -> str:
    """Text of a shipped agreement.

    Raises
    ------
    LookupError
        Names those there are.
    """
    if name not in shipped_names():
        raise LookupError(
            f"no agreement `{name}` is shipped; there are {', '.join(shipped_names())}"
        )
    entry = resources.files("fairwater.agreement") / "shipped" / f"{name}.yaml"
    return entry.read_text(encoding="utf-8")
