"""JSON Schema of the agreement language, made from the same types that read it.

For editors and for others' programs. It is wider than the types where YAML's
own readers would type a scalar: a decimal may be a number, a count a string of
digits. What a schema cannot say (references, units, priorities) `check` says.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from fairwater.agreement.conditions import Condition
from fairwater.agreement.metrics.registry import METRICS
from fairwater.agreement.model import Agreement
from fairwater.records.text import DecimalText

_DECIMAL: Final = msgspec.json.schema(DecimalText)["pattern"]
_CONDITIONS: Final = frozenset(struct.__name__ for struct in Condition.__subclasses__())
_ORDERED: Final = frozenset({"Dimension"})


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of an agreement file."""
    schema = msgspec.json.schema(Agreement)
    for name, definition in schema["$defs"].items():
        if name in _CONDITIONS:
            definition["properties"].pop("form")
            definition["required"] = [key for key in definition["required"] if key != "form"]
    _name_metrics(schema["$defs"]["Atom"]["properties"])
    widened: dict[str, Any] = _widen(schema, schema["$defs"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Fairwater agreement",
        **widened,
    }


def _name_metrics(properties: dict[str, Any]) -> None:
    properties["metric"] = {
        "enum": sorted(METRICS),
        "description": "; ".join(f"{name}: {spec.counts}" for name, spec in METRICS.items()),
    }


def _widen(part: Any, defs: dict[str, Any]) -> Any:
    """Every form the reader takes, in place of the one form the types have."""
    if isinstance(part, list):
        return [_widen(entry, defs) for entry in part]
    if not isinstance(part, dict):
        return part
    part = {key: _widen(entry, defs) for key, entry in part.items() if key != "discriminator"}
    kind = part.get("type")
    if kind == "integer":
        return _either(part, {"type": "string", "pattern": "^-?(0|[1-9][0-9]{0,15})$"})
    if kind == "boolean":
        return _either(part, {"enum": ["true", "false"]})
    if kind == "string" and part.get("pattern", _DECIMAL) == _DECIMAL and "minLength" not in part:
        return _either(part, {"type": "number"})
    if kind == "array":
        return _one_or_many(part, defs)
    if part.get("$ref") == "#/$defs/Role":
        return {"anyOf": [part, {"type": "string", "minLength": 1}]}
    refs = [entry.get("$ref", "") for entry in part.get("anyOf", ()) if isinstance(entry, dict)]
    if any(ref.rpartition("/")[2] in _CONDITIONS for ref in refs):
        return {**part, "anyOf": [*part["anyOf"], {"enum": ["holds", "fails"]}]}
    return part


def _one_or_many(part: dict[str, Any], defs: dict[str, Any]) -> dict[str, Any]:
    items = part.get("items", {})
    name = items.get("$ref", "").rpartition("/")[2]
    if name in defs and "id" in defs[name].get("properties", {}) and name not in _ORDERED:
        by_id = {"type": "object", "additionalProperties": {"type": "object"}}
        return _either(part, by_id)
    if items.get("type") == "string" or "enum" in items:
        return _either(part, items)
    return part


def _either(part: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    described = ("default", "description", "title")
    outer: dict[str, Any] = {key: part[key] for key in described if key in part}
    inner = {key: value for key, value in part.items() if key not in described}
    return {"anyOf": [inner, other], **outer}
