"""The terms of one evaluation in a case file: limits, rule, states, with its overrides applied.

A case may state a whole agreement, name one that is shipped
(`agreement: import_certificate`), or state only what it needs. Everything is put
together as plain data, overridden by path, then typed by the same conversion
that reads agreements. `lists: {excluded_areas: [Zone X]}` binds a list as a role
binding does.

An override path names what it changes: `limits.L100.value`,
`transitions.impose.when.since`, `atoms.U.window`, `rule.ge`. The id of an atom
may be left out where there is only one. A path to a field that does not exist,
or a value of the wrong type, is an error that names both.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any, Final, NamedTuple, cast

import msgspec
from msgspec import inspect

from fairwater.agreement.casefiles.checks import COMPARATORS, operand_fault
from fairwater.agreement.casefiles.named import bind_lists, content_of
from fairwater.agreement.convert import FORMS, Walk
from fairwater.agreement.expectations import (
    BROKEN,
    fits_text,
    is_condition,
    members,
    plain_type,
    type_of,
    words_for,
)
from fairwater.agreement.model import (
    Agreement,
    AnyCondition,
    Duties,
    ExceptClause,
    Measure,
    Plan,
    Scope,
)
from fairwater.agreement.problems import Place, Problem
from fairwater.agreement.source import Path, Tree

GROUPS: Final = ("all", "any", "of", "not")
LISTED: Final = (
    "limits", "parameters", "documents", "evidence_scopes", "lists", "measures", "transitions",
    "lot_actions", "consignment_checks",
)  # fmt: skip
MEASURE_KEYS: Final = frozenset({
    "initial", "states", "power", "review", "assertion_lapses",
})  # fmt: skip


class Refused(ValueError):
    """Terms that cannot be used: every reason, and whether one is a key nobody knows."""

    def __init__(self, messages: list[str], *, unknown_key: bool = False) -> None:
        self.messages = messages
        self.unknown_key = unknown_key
        super().__init__("; ".join(messages))


class Terms(NamedTuple):
    """What an evaluation rests on, typed."""

    agreement: Agreement
    rule: AnyCondition | None
    exceptions: tuple[ExceptClause, ...]
    named_used: frozenset[str]


def assembled(*layers: Mapping[str, Any]) -> dict[str, Any]:
    """Terms of file, case and evaluation as one mapping; a later layer replaces by id."""
    data: dict[str, Any] = {key: {} for key in LISTED}
    data |= {"atoms": {}, "except": []}
    for layer in layers:
        for key in ("limits", "parameters", "documents", "evidence_scopes"):
            _merge(data[key], layer.get(key), key)
        try:
            whole = content_of(layer.get("agreement"))
        except LookupError as error:
            raise Refused([f"agreement: {error}"]) from error
        for source in (whole, layer.get("states")):
            if isinstance(source, Mapping):
                _take(data, source)
        bind_lists(data["lists"], layer.get("lists"))
        if isinstance(layer.get("atoms"), Mapping):
            data["atoms"] |= copy.deepcopy(dict(layer["atoms"]))
        for key in ("rule", "plan"):
            if layer.get(key) is not None:
                data[key] = copy.deepcopy(layer[key])
        for key in ("except", "exception", "exceptions"):
            if layer.get(key) is not None:
                given = layer[key]
                data["except"] = copy.deepcopy(given if isinstance(given, list) else [given])
    _split_rule(data)
    if isinstance(data.get("plan"), Mapping):
        data["plans"] = [data.pop("plan")]
    return data


def _merge(into: dict[str, Any], given: Any, key: str) -> None:
    if given is None:
        return
    if isinstance(given, Mapping):
        for name, clause in given.items():
            into[name] = copy.deepcopy(clause)
        return
    for index, clause in enumerate(given if isinstance(given, list) else [given]):
        name = clause.get("id") if isinstance(clause, Mapping) else None
        into[str(name) if name else f"{key}[{index + 1}]"] = copy.deepcopy(clause)


def _take(data: dict[str, Any], source: Mapping[str, Any]) -> None:
    """An inline agreement, or the short form of one measure with its transitions."""
    if "measure" in source or MEASURE_KEYS & set(source):
        measure = {key: copy.deepcopy(source[key]) for key in MEASURE_KEYS if key in source}
        name = str(source.get("measure") or "measure")
        data["measures"][name] = {"id": name} | data["measures"].get(name, {}) | measure
    for key in LISTED:
        _merge(data[key], source.get(key), key)
    for key in ("plans", "owed_by", "roles", "indeterminate_flags", "time_zone", "scope"):
        if key in source:
            data[key] = copy.deepcopy(source[key])


def _split_rule(data: dict[str, Any]) -> None:
    """Take the exceptions out of a rule that carries them."""
    rule = data.get("rule")
    if not isinstance(rule, dict):
        return
    for key in ("except", "exception", "exceptions"):
        if key in rule:
            given = rule.pop(key)
            data["except"] = given if isinstance(given, list) else [given]
    if set(rule) == {"base"}:
        data["rule"] = rule["base"]


def typed(data: dict[str, Any], name: str, time_zone: str, date_kind: str) -> Terms:
    """The assembled terms, typed.

    Raises
    ------
    Refused
        With every problem found.
    """
    _short_states(data)
    if date_kind != "sampled":
        _default_date(data, date_kind)
    tree = Tree(name, data, {}, {})
    atoms = data.get("atoms", {})
    walk = _Naming(tree, {key: ("atoms", key) for key in atoms})
    prepared: dict[str, Any] = {
        "id": "case",
        "version": "case",
        "title": {"en": "case"},
        "time_zone": data.get("time_zone", time_zone),
    }
    for key in LISTED:
        field = _field(type_of(Agreement), key)
        good = walk.value(field, data[key], (key,), Place((), key))
        if good is not BROKEN:
            prepared[key] = good
    parts = (("plans", tuple[Plan, ...], "plan"), ("scope", Scope, "scope"),
             ("owed_by", Duties, "owed_by"))  # fmt: skip
    for key, kind, word in parts:
        if key in data:
            prepared[key] = walk.value(type_of(kind), data[key], (key,), Place((), word))
    if "indeterminate_flags" in data:
        prepared["indeterminate_flags"] = data["indeterminate_flags"]
    rule: Any = None
    if data.get("rule") is not None:
        rule = walk.value(type_of(AnyCondition), data["rule"], ("rule",), Place((), "rule"))
    excepts = walk.value(
        type_of(tuple[ExceptClause, ...]), data["except"], ("except",), Place((), "except")
    )
    if walk.problems:
        raise Refused(
            [spoken(problem) for problem in walk.problems],
            unknown_key=any(_unknown_key(problem) for problem in walk.problems),
        )
    return Terms(
        agreement=msgspec.convert(prepared, Agreement, strict=False),
        rule=None if rule is None else msgspec.convert(rule, AnyCondition, strict=False),
        exceptions=msgspec.convert(excepts, tuple[ExceptClause, ...], strict=False),
        named_used=frozenset(walk.used),
    )


class _Naming(Walk):
    """A conversion that notes which named atoms were used."""

    def __init__(self, tree: Tree, named: Mapping[str, Path]) -> None:
        super().__init__(tree, named)
        self.used: set[str] = set()

    def value(self, kind: inspect.Type, node: Any, at: Path, place: Place) -> Any:
        if isinstance(node, str) and node in self.named:
            self.used.add(node)
        return super().value(kind, node, at, place)


def _field(kind: inspect.Type, key: str) -> inspect.Type:
    struct = cast("inspect.StructType", plain_type(kind))
    return next(field.type for field in struct.fields if field.encode_name == key)


def spoken(problem: Problem) -> str:
    """A problem in one line: where in the terms, what stood there, what was expected."""
    where = f"{problem.path}: " if problem.path else ""
    return f"{where}{problem.found}; expected {problem.expected}"


def _unknown_key(problem: Problem) -> bool:
    return problem.found.startswith("the key `")


def _short_states(data: dict[str, Any]) -> None:
    """Write out what a case may leave to be understood: ids, states of the measure."""
    for name, measure in data["measures"].items():
        if isinstance(measure, dict):
            measure.setdefault("id", name)
            states = measure.get("states")
            if isinstance(states, list):
                measure["states"] = [
                    {"id": state, "rank": str(rank)} if isinstance(state, str) else state
                    for rank, state in enumerate(states)
                ]
    for name, transition in data["transitions"].items():
        if isinstance(transition, dict):
            transition.setdefault("id", name)


def _default_date(data: dict[str, Any], kind: str) -> None:
    def visit(node: Any) -> None:
        if isinstance(node, dict):
            if "metric" in node:
                node.setdefault("date", kind)
            for value in node.values():
                visit(value)
        elif isinstance(node, list):
            for value in node:
                visit(value)

    visit([data.get("rule"), data["atoms"], data["transitions"], data["except"]])


# Overrides


def override(data: dict[str, Any], path: str, value: Any) -> str:
    """Change one field of assembled terms; returns the thing it belongs to (``limits.L100``).

    Raises
    ------
    Refused
        If the path leads nowhere, or the value is not of the field's type.
    """
    parts = path.split(".")
    root, kind = _root(data, parts, path)
    node, shape, rest = root
    while len(rest) > 1:
        node, shape, rest = _down(node, shape, rest, path)
    node, shape = _into_condition(node, shape, rest[0])
    struct = _struct_for(node, shape)
    fields = {field.encode_name: field for field in struct.fields} if struct else {}
    key = rest[0]
    if key not in fields:
        known = ", ".join(fields) or "nothing that can be changed"
        raise Refused([f"override {path}: there is no `{key}` here; expected one of {known}"])
    _check_type(fields[key].type, value, path)
    if key in COMPARATORS and isinstance(node.get("metric"), str) and isinstance(value, str):
        fault = operand_fault(node["metric"], value)
        if fault is not None:
            raise Refused([f"override {path}: `{value}` is not of its type; expected {fault}"])
    node[key] = copy.deepcopy(value)
    return kind


def _root(
    data: dict[str, Any], parts: list[str], path: str
) -> tuple[tuple[Any, inspect.Type, list[str]], str]:
    head = parts[0]
    agreement = type_of(Agreement)
    if head in LISTED and len(parts) > 2:
        found = data[head].get(parts[1])
        if isinstance(found, dict):
            listed = cast("inspect.VarTupleType", plain_type(_field(agreement, head)))
            return (found, listed.item_type, parts[2:]), f"{head}.{parts[1]}"
        named = ", ".join(data[head]) or "none"
        raise Refused([f"override {path}: no {head} `{parts[1]}`; there are {named}"])
    if head == "atoms" and len(parts) > 2 and isinstance(data["atoms"].get(parts[1]), dict):
        return (data["atoms"][parts[1]], type_of(AnyCondition), parts[2:]), f"atoms.{parts[1]}"
    if head == "rule" and isinstance(data.get("rule"), str):
        return _root(data, ["atoms", data["rule"], *parts[1:]], path)
    if head == "rule" and len(parts) > 1 and isinstance(data.get("rule"), dict):
        return (data["rule"], type_of(AnyCondition), parts[1:]), "rule"
    if head == "except" and len(parts) > 2:
        for clause in data["except"]:
            if isinstance(clause, dict) and clause.get("id") == parts[1]:
                return (clause, type_of(ExceptClause), parts[2:]), f"except.{parts[1]}"
    if head == "plan" and len(parts) > 1 and data.get("plans"):
        return (data["plans"][0], type_of(Plan), parts[1:]), "plan"
    if head in ("states", "measure") and len(parts) > 1 and len(data["measures"]) == 1:
        name = next(iter(data["measures"]))
        return (data["measures"][name], type_of(Measure), parts[1:]), f"measures.{name}"
    known = ", ".join((*(k for k in LISTED if data[k]), "atoms", "rule", "except", "plan"))
    raise Refused([f"override {path}: no such path; it begins with one of {known}, then an id"])


def _down(
    node: Any, shape: inspect.Type, rest: list[str], path: str
) -> tuple[Any, inspect.Type, list[str]]:
    node, shape = _into_condition(node, shape, rest[0])
    struct = _struct_for(node, shape)
    key = rest[0]
    if struct is not None and isinstance(node, dict):
        field = next((f for f in struct.fields if f.encode_name == key), None)
        if isinstance(node.get(key), str | list | dict) and field is not None:
            return node[key], field.type, rest[1:]
        if field is not None and key not in node:
            node[key] = {}
            return node[key], field.type, rest[1:]
    if isinstance(node, dict) and key in node and struct is None:
        return node[key], shape, rest[1:]
    if isinstance(node, list):
        for item in node:
            if isinstance(item, dict) and item.get("id") == key:
                return item, _item_type(shape), rest[1:]
    raise Refused([f"override {path}: no such path; `{key}` is not there"])


def _item_type(shape: inspect.Type) -> inspect.Type:
    for choice in members(shape):
        if isinstance(choice, inspect.VarTupleType):
            return choice.item_type
    return shape


def _into_condition(node: Any, shape: inspect.Type, key: str) -> tuple[Any, inspect.Type]:
    """Step through groups to the condition that `key` speaks of: by id, or the only one."""
    if not isinstance(node, dict) or not any(form in node for form in FORMS):
        return node, shape
    if key in node and key != "id":
        return node, shape
    inside = conditions_in(node)
    named = [part for part in inside if part.get("id") == key]
    if named:
        return {key: named[0]}, shape
    atoms = [part for part in inside if "metric" in part]
    if len(atoms) == 1 and not isinstance(node.get("metric"), str):
        return atoms[0], shape
    return node, shape


def conditions_in(node: Any) -> list[dict[str, Any]]:
    """Every condition in a condition, itself first."""
    if not isinstance(node, dict):
        return []
    found = [node]
    for key in GROUPS:
        inner = node.get(key)
        for part in inner if isinstance(inner, list) else [inner]:
            found += conditions_in(part)
    return found


def _struct_for(node: Any, shape: inspect.Type) -> inspect.StructType | None:
    """The struct type that describes `node`."""
    structs = [choice for choice in members(shape) if isinstance(choice, inspect.StructType)]
    if not structs or not isinstance(node, dict):
        return None
    if is_condition(structs[0]):
        form = next((form for form in FORMS if form in node), None)
        return next((struct for struct in structs if struct.tag == form), None)
    return structs[0]


def _check_type(kind: inspect.Type, value: Any, path: str) -> None:
    choices = members(kind)
    if isinstance(value, str):
        if any(fits_text(choice, value)[0] is not BROKEN for choice in choices):
            return
        wraps = [c.item_type for c in choices if isinstance(c, inspect.VarTupleType)]
        if any(fits_text(c, value)[0] is not BROKEN for w in wraps for c in members(w)):
            return
    elif value is None:
        if any(isinstance(choice, inspect.NoneType) for choice in choices):
            return
    else:
        return  # lists and mappings are typed with the whole
    expected = words_for(choices)
    raise Refused([f"override {path}: `{value}` is not of its type; expected {expected}"])
