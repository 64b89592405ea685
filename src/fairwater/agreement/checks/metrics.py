"""Atoms: a known metric, the fields it needs and no others, one comparator, a fitting operand."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import structs

from fairwater.agreement.checks.finding import Finding, Seen, every_atom, unknown_name
from fairwater.agreement.checks.goods_atoms import check_goods_atom
from fairwater.agreement.checks.values import TYPE_WORDS, check_unit, fits
from fairwater.agreement.conditions import Atom
from fairwater.agreement.metrics.registry import ATOM_FIELDS, METRICS, MetricSpec, Scale
from fairwater.agreement.model import Operand, Param, ParameterType
from fairwater.agreement.problems import Place
from fairwater.agreement.spelling import nearest

_DEFAULTS = {
    field.encode_name: field.default for field in structs.fields(Atom) if not field.required
}
_NAMES = {field.encode_name: field.name for field in structs.fields(Atom)}
_TAKES: dict[Scale | str, tuple[ParameterType, ...]] = {
    "count": ("count",),
    "decimal": ("decimal", "count", "share"),
    "share": ("share", "decimal"),
    "period": ("period",),
    "boolean": ("boolean",),
    "day": ("day",),
}
_FIELD_SCALE = {
    "window": "period", "look_back": "period", "weeks": "count", "min_per_week": "count",
    "confidence": "share", "required": "decimal", "tolerance": "share", "not_before": "day",
}  # fmt: skip


def check_atoms(seen: Seen) -> Iterator[Finding]:
    """Every atom of the agreement."""
    for _, atom, place in every_atom(seen.agreement):
        spec = METRICS.get(atom.metric)
        if spec is None:
            close = nearest(atom.metric, METRICS)
            yield Finding(
                "unknown_metric", place.key("metric"), f"the metric `{atom.metric}`",
                f"one of {', '.join(METRICS)}",
                f"metric: {close}" if close else "a metric of the list",
            )  # fmt: skip
        else:
            yield from _fields(atom, spec, place)
            yield from check_goods_atom(seen, atom, spec, place)
            yield from _comparator(seen, atom, spec, place)
        yield from _operands(seen, atom, place)
        yield from _names(seen, atom, place)


def _written(atom: Atom) -> list[str]:
    return [name for name in sorted(ATOM_FIELDS) if getattr(atom, _NAMES[name]) != _DEFAULTS[name]]


def _fields(atom: Atom, spec: MetricSpec, place: Place) -> Iterator[Finding]:
    written = _written(atom)
    for name in sorted(spec.needs - set(written)):
        yield Finding(
            "metric_needs", place, f"`{spec.name}` without `{name}`",
            f"`{name}`: {spec.name} counts {spec.counts}", f"{name}: …",
        )  # fmt: skip
    for name in written:
        if name not in spec.needs | spec.takes:
            yield Finding(
                "metric_field", place.key(name), f"`{name}`, which `{spec.name}` does not use",
                f"only {', '.join(sorted(spec.needs | spec.takes)) or 'a comparator'}",
                f"no `{name}`",
            )  # fmt: skip


def _comparator(seen: Seen, atom: Atom, spec: MetricSpec, place: Place) -> Iterator[Finding]:
    said = atom.comparators
    implied = {"ge", "is"} <= set(spec.comparators)
    if len(said) != 1 and not (implied and not said):
        yield Finding(
            "one_comparator", place,
            f"{' and '.join(f'`{name}`' for name, _ in said)} together" if said
            else "no comparator",
            f"exactly one of {', '.join(spec.comparators)}",
            f"{spec.comparators[0]}: …" if not said else "two atoms, one for each",
        )  # fmt: skip
    for name, operand in said:
        if name not in spec.comparators:
            why = ": coverage can only be enough or short" if spec.family == "coverage" else ""
            yield Finding(
                "comparator", place.key(name), f"`{name}`, by which `{spec.name}` is not compared",
                f"one of {', '.join(spec.comparators)}{why}", f"{spec.comparators[0]}: …",
            )  # fmt: skip
        elif not isinstance(operand, bool):
            yield from check_operand(seen, operand, spec.scale, place.key(name))


def check_operand(seen: Seen, operand: Operand, scale: str, place: Place) -> Iterator[Finding]:
    """An operand of the scale its field has, or a parameter of a type that is."""
    types = _TAKES[scale]
    if isinstance(operand, str):
        if not fits(types[0], operand):
            yield Finding(
                "operand", place, f"`{operand}`", TYPE_WORDS[types[0]],
                TYPE_WORDS[types[0]].rpartition(" such as ")[2],
            )  # fmt: skip
        return
    parameter = next((p for p in seen.agreement.parameters if p.id == operand.param), None)
    if parameter is not None and parameter.type not in types:
        yield Finding(
            "operand", place, f"the parameter `{operand.param}` of type {parameter.type}",
            f"a parameter of type {' or '.join(types)}", f"a parameter of type {types[0]}",
        )  # fmt: skip


def _operands(seen: Seen, atom: Atom, place: Place) -> Iterator[Finding]:
    for name, scale in _FIELD_SCALE.items():
        value = getattr(atom, name)
        if isinstance(value, str | Param):
            yield from check_operand(seen, value, scale, place.key(name))
    if atom.normal is not None:
        for name in ("low", "high"):
            yield from check_operand(
                seen, getattr(atom.normal, name), "decimal", place.key("normal").key(name)
            )
    if atom.unit is not None:
        yield from check_unit(atom.unit, place.key("unit"))


def _names(seen: Seen, atom: Atom, place: Place) -> Iterator[Finding]:
    agreement = seen.agreement
    limits = [limit.id for limit in agreement.limits]
    for j, name in enumerate(atom.limit):
        if not seen.refers("limits", name, limits):
            yield unknown_name(
                "unknown_limit", place.key("limit").item(j, None), "limit", name, limits, "limits"
            )
    if atom.document is not None:
        documents = [document.id for document in agreement.documents]
        if not seen.refers("documents", atom.document, documents):
            yield unknown_name(
                "unknown_document", place.key("document"), "document", atom.document, documents,
                "documents",
            )  # fmt: skip
    scopes = [scope.id for scope in agreement.evidence_scopes]
    if atom.over is not None and not seen.refers("evidence_scopes", atom.over, scopes):
        yield unknown_name(
            "unknown_scope", place.key("over"), "evidence scope", atom.over, scopes,
            "evidence_scopes",
        )  # fmt: skip
