"""From plain text, lists and mappings to the types of the model, every fault at once.

msgspec stops at the first fault, so this walks data and types together: each
key against the fields of its clause, each text against what the field expects,
and only what fits is handed to msgspec, which has the last word. On the way it
writes out the short forms the language allows:

    src: S1                          src: [S1]
    limits: {cs: {unit: …}}          limits: [{id: cs, unit: …}]
    roles: {importing: NO}           roles: {importing: {party: "NO"}}
    then: fails                      then: {fixed: fails}
    when: {metric: …}                told apart by its key; see `conditions`
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from msgspec import inspect

from fairwater.agreement.conditions import AnyCondition
from fairwater.agreement.expectations import (
    BROKEN,
    fits_text,
    is_condition,
    kind_name,
    members,
    plain_type,
    type_of,
    words_for,
)
from fairwater.agreement.model import Dimension, Role
from fairwater.agreement.problems import Mark, Place, Problem
from fairwater.agreement.source import Path, Tree
from fairwater.agreement.spelling import EXAMPLES, nearest

FORMS: Final = ("all", "any", "not", "at_least", "metric", "state", "declared", "fixed")


class Walk:
    """One conversion. `problems` and `marks` (by path in the model) grow as it goes.

    `named` gives conditions a text may refer to by name: name to path in the tree.
    """

    def __init__(self, tree: Tree, named: Mapping[str, Path] | None = None) -> None:
        self.tree = tree
        self.named = named or {}
        self.problems: list[Problem] = []
        self.marks: dict[Path, Mark] = {}
        self.broken: set[str] = set()

    def value(self, kind: inspect.Type, node: Any, at: Path, place: Place) -> Any:
        """`node`, found at `at`, prepared for `kind`; `BROKEN` with problems noted."""
        self.marks[place.path] = self.tree.mark(at)
        choices = members(kind)
        if node is None:
            if any(isinstance(choice, inspect.NoneType) for choice in choices):
                return None
            return self._refuse(
                at, place, "nothing", words_for(choices),
                '"null" in quotes, if that text is meant; else the value',
            )  # fmt: skip
        structs = [choice for choice in choices if isinstance(choice, inspect.StructType)]
        if structs and is_condition(structs[0]):
            return self._condition(structs, node, at, place)
        if isinstance(node, str):
            return self._text(choices, node, at, place)
        if isinstance(node, dict):
            return self._mapping(choices, node, at, place)
        return self._list(choices, node, at, place)

    def fields(self, kind: inspect.StructType, node: dict[str, Any], at: Path, place: Place,
               skip: str | None = None) -> tuple[dict[str, Any], bool]:  # fmt: skip
        """Prepared fields of a clause that fit, and whether all did."""
        known = {field.encode_name: field for field in kind.fields}
        good: dict[str, Any] = {}
        whole_clause = True
        for key, content in node.items():
            here = place.key(key)
            if key not in known:
                close = nearest(key, known)
                name = kind.cls.__name__
                self._refuse(
                    (*at, key), here, f"the key `{key}` is not known here",
                    f"one of {', '.join(known)}",
                    f"`{close}:`" if close else f"no such key: {kind_name(name)} does not have it",
                    at_key=True,
                )  # fmt: skip
                whole_clause = False
                continue
            prepared = self.value(known[key].type, content, (*at, key), here)
            if prepared is BROKEN:
                whole_clause = False
            else:
                good[key] = prepared
        for field in kind.fields:
            if field.required and field.encode_name not in node and field.encode_name != skip:
                self._missing(kind, field, at, place)
                whole_clause = False
        return good, whole_clause

    def _missing(
        self, kind: inspect.StructType, field: inspect.Field, at: Path, place: Place
    ) -> None:
        name = kind.cls.__name__
        self._refuse(
            at, place, f"{kind_name(name)} has no `{field.encode_name}`",
            f"`{field.encode_name}`: {words_for(members(field.type))}",
            EXAMPLES.get((name, field.encode_name), f"{field.encode_name}: …"),
        )  # fmt: skip

    def _struct(
        self, kind: inspect.StructType, node: dict[str, Any], at: Path, place: Place
    ) -> Any:
        good, fits = self.fields(kind, node, at, place)
        return good if fits else BROKEN

    def _condition(
        self, structs: list[inspect.StructType], node: Any, at: Path, place: Place
    ) -> Any:
        if isinstance(node, str):
            if node in self.named:
                at = self.named[node]
                return self._condition(structs, _at(self.tree.content, at), at, place)
            if node in ("holds", "fails"):
                return {"form": "fixed", "fixed": node}
        if not isinstance(node, dict):
            found = f"`{node}`" if isinstance(node, str) else "a list"
            return self._refuse(
                at, place, found, f"a condition: a mapping with one of {', '.join(FORMS)}",
                "{all: […]}, or {metric: exceed_count, …}",
            )  # fmt: skip
        forms = [form for form in FORMS if form in node]
        if len(forms) != 1:
            close = next((c for key in node if (c := nearest(key, FORMS))), None)
            return self._refuse(
                at, place,
                f"a condition with both {' and '.join(f'`{f}`' for f in forms)}" if forms
                else f"a condition with only {', '.join(f'`{key}`' for key in node) or 'nothing'}",
                f"exactly one of {', '.join(FORMS)}",
                "{all: [first, second]} to join them" if forms else f"{close or 'metric'}: …",
            )  # fmt: skip
        kind = next(struct for struct in structs if struct.tag == forms[0])
        good, fits = self._condition_fields(kind, node, at, place)
        return {"form": forms[0], **good} if fits else BROKEN

    def _condition_fields(
        self, kind: inspect.StructType, node: dict[str, Any], at: Path, place: Place
    ) -> tuple[dict[str, Any], bool]:
        """Fields of a condition; conditions inside it keep the path of ids alone."""
        inner = {"all", "any", "not", "of"} & set(node)
        key = next(iter(inner), None)
        if key is None or not any(field.encode_name == key for field in kind.fields):
            return self.fields(kind, node, at, place)
        rest = {name: content for name, content in node.items() if name != key}
        good, fits = self.fields(kind, rest, at, place, skip=key)
        within, here = node[key], (*at, key)
        self.marks[(*place.path, key)] = self.tree.mark(here)
        if key == "not":
            inside = self.value(
                type_of(AnyCondition), within, here, place.inside(key, None, _id(within))
            )
            good[key] = inside
            return good, fits and inside is not BROKEN
        if not isinstance(within, list) or not within:
            self._refuse(
                here, place, f"`{key}` without a list of conditions", "a list of conditions",
                f"{key}: [{{metric: …}}, …]",
            )  # fmt: skip
            return good, False
        items = [
            self.value(
                type_of(AnyCondition), item, (*here, i), place.inside(key, i, self._name(item))
            )
            for i, item in enumerate(within)
        ]
        good[key] = items
        return good, fits and all(item is not BROKEN for item in items)

    def _mapping(
        self, choices: list[inspect.Type], node: dict[str, Any], at: Path, place: Place
    ) -> Any:
        for choice in choices:
            if isinstance(choice, inspect.StructType):
                return self._struct(choice, node, at, place)
            if isinstance(choice, inspect.DictType):
                return self._dict(choice, node, at, place)
            if isinstance(choice, inspect.VarTupleType):
                items = plain_type(choice.item_type)
                if isinstance(items, inspect.StructType) and _keyed(items):
                    good, fits = self.by_id(items, node, at, place)
                    return good if fits else BROKEN
        return self._refuse(
            at, place, "a mapping", words_for(choices), self._example(place) or "the value alone"
        )

    def _dict(self, kind: inspect.DictType, node: dict[str, Any], at: Path, place: Place) -> Any:
        good: dict[str, Any] = {}
        fits = True
        for key, content in node.items():
            here = place.key(key)
            before = len(self.problems)
            self._text(members(kind.key_type), key, (*at, key), here, at_key=True)
            prepared = self.value(kind.value_type, content, (*at, key), here)
            fits = fits and len(self.problems) == before
            good[key] = prepared
        return good if fits else BROKEN

    def by_id(
        self, kind: inspect.StructType, node: dict[str, Any], at: Path, place: Place
    ) -> tuple[list[Any], bool]:
        """A list of clauses written as a mapping from id to clause."""
        good: list[Any] = []
        fits = True
        for key, content in node.items():
            here = place.item(len(good), key)
            self.marks[here.path] = self.tree.key_mark((*at, key))
            prepared: Any = BROKEN
            if not isinstance(content, dict):
                self._refuse(
                    (*at, key), here, f"`{content}`", f"{kind_name(kind.cls.__name__)}: a mapping",
                    f"{key}: {{…}}",
                )  # fmt: skip
            elif content.get("id", key) != key:
                self._refuse(
                    (*at, key, "id"), here, f"id `{content['id']}` under the key `{key}`",
                    "one name for one thing", f"id: {key}, or no id",
                )  # fmt: skip
            else:
                prepared = self._struct(kind, {"id": key} | content, (*at, key), here)
            if prepared is BROKEN:
                fits = False
                self.broken.add(here.shown)
            else:
                good.append(prepared)
        return good, fits

    def items(
        self, kind: inspect.Type, node: list[Any], at: Path, place: Place
    ) -> tuple[list[Any], bool]:
        """Prepared entries of a list that fit, and whether all did."""
        good: list[Any] = []
        fits = True
        for i, content in enumerate(node):
            here = place.item(len(good), self._name(content))
            if here.shown.endswith("]"):
                here = Place(here.path, f"{place.shown}[{i + 1}]")
            prepared = self.value(kind, content, (*at, i), here)
            if prepared is BROKEN:
                fits = False
                self.broken.add(here.shown)
            else:
                good.append(prepared)
        return good, fits

    def _list(self, choices: list[inspect.Type], node: list[Any], at: Path, place: Place) -> Any:
        for choice in choices:
            if isinstance(choice, inspect.VarTupleType):
                good, fits = self.items(choice.item_type, node, at, place)
                return good if fits else BROKEN
        return self._refuse(
            at, place, "a list", words_for(choices), self._example(place) or "one value"
        )

    def _text(
        self, choices: list[inspect.Type], text: str, at: Path, place: Place, at_key: bool = False
    ) -> Any:
        meant: str | None = None
        for choice in choices:
            fit, guess = fits_text(choice, text)
            if fit is not BROKEN:
                return fit
            meant = meant or guess
            if isinstance(choice, inspect.StructType) and choice.cls is Role:
                party = next(field for field in choice.fields if field.name == "party")
                alone = self._text(members(party.type), text, at, place)
                return BROKEN if alone is BROKEN else {"party": alone}
            if isinstance(choice, inspect.VarTupleType):
                inner = members(choice.item_type)
                if not any(isinstance(item, inspect.StructType) for item in inner):
                    alone = self._text(inner, text, at, place)
                    return BROKEN if alone is BROKEN else [alone]
        remedy = meant or self._example(place) or words_for(choices)
        field = place.path[-1] if place.path and isinstance(place.path[-1], str) else ""
        if meant and not at_key:
            remedy = f"{field}: {meant}" if field else meant
        return self._refuse(at, place, f"`{text}`", words_for(choices), remedy, at_key=at_key)

    def _refuse(
        self, at: Path, place: Place, found: str, expected: str, remedy: str, at_key: bool = False
    ) -> Any:
        mark = self.tree.key_mark(at) if at_key else self.tree.mark(at)
        self.problems.append(Problem(self.tree.name, *mark, place.shown, found, expected, remedy))
        return BROKEN

    def _example(self, place: Place) -> str | None:
        last = place.path[-1] if place.path else None
        return next((text for (_, key), text in EXAMPLES.items() if key == last), None)

    def _name(self, content: Any) -> str | None:
        if isinstance(content, str) and content in self.named:
            return content
        return _id(content)


def _id(content: Any) -> str | None:
    name = content.get("id") if isinstance(content, dict) else None
    return name if isinstance(name, str) else None


def _keyed(kind: inspect.StructType) -> bool:
    """Whether a list of it may be written as a mapping by id; not where order means something."""
    return kind.cls is not Dimension and any(f.encode_name == "id" for f in kind.fields)


def _at(content: Any, path: Path) -> Any:
    for step in path:
        content = content[step]
    return content


def finish(prepared: Any, annotation: Any) -> Any:
    """The typed value of prepared data."""
    return msgspec.convert(prepared, annotation, strict=False)
