"""What must be true of terms before they are evaluated, whoever wrote them.

The rules for atoms, limits, parameters and automatic transitions are those of
an agreement (`checks`), less what a small case may leave out: confidence marks,
roles, ranks. Exceptions that provably hold together and differ are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from msgspec import structs

from fairwater.agreement.checks.finding import Finding, Seen, atoms, unknown_name
from fairwater.agreement.checks.goods import check_goods
from fairwater.agreement.checks.machine import at_once
from fairwater.agreement.checks.metrics import check_atoms
from fairwater.agreement.checks.values import TYPE_WORDS, check_limits, check_parameters, fits
from fairwater.agreement.metrics.registry import METRICS
from fairwater.agreement.model import (
    Agreement,
    AnyCondition,
    ExceptClause,
    Fixed,
    Param,
    ParameterType,
    Transition,
)

COMPARATORS: Final = ("eq", "ne", "lt", "le", "gt", "ge", "is")
LENIENT: Final = frozenset({"cert", "seen_without_source", "no_value", "unknown_document"})
"""Rules that bind agreements, not the small cases that try their words."""


def faults(
    agreement: Agreement, rule: AnyCondition | None, exceptions: tuple[ExceptClause, ...]
) -> list[str]:
    """Everything wrong with the terms, in words; empty if nothing is."""
    seen = Seen(_with_rule(agreement, rule, exceptions))
    found = [
        *check_atoms(seen),
        *check_limits(seen),
        *check_parameters(seen),
        *check_goods(seen),
        *at_once(seen),
        *_unknown_parameters(seen),
    ]
    spoken = [
        _spoken(finding)
        for finding in found
        if finding.severity == "error" and finding.rule not in LENIENT
    ]
    spoken += _exceptions("rule", exceptions)
    for transition in agreement.transitions:
        spoken += _exceptions(f"transition {transition.id}", transition.except_)
        if transition.measure is None and len(agreement.measures) > 1:
            spoken.append(f"transition {transition.id} names no measure, and there are several")
    return list(dict.fromkeys(spoken))


def _with_rule(
    agreement: Agreement, rule: AnyCondition | None, exceptions: tuple[ExceptClause, ...]
) -> Agreement:
    """The agreement with the rule as one more step, so that the same checks read it."""
    if rule is None:
        return agreement
    step = Transition(id="rule", from_=(), to="rule", when=rule, except_=exceptions)
    return structs.replace(agreement, transitions=(*agreement.transitions, step))


def _spoken(finding: Finding) -> str:
    where = finding.place.shown.replace("transitions.rule.when", "rule")
    return f"{where}: {finding.found}; expected {finding.expected}"


def _unknown_parameters(seen: Seen) -> Iterator[Finding]:
    known = [parameter.id for parameter in seen.agreement.parameters]
    for _, atom, place in atoms(seen.agreement):
        for name in atom.__struct_fields__:
            value = getattr(atom, name)
            if isinstance(value, Param) and value.param not in known:
                yield unknown_name(
                    "unknown_parameter",
                    place.key(name),
                    "parameter",
                    value.param,
                    known,
                    "parameters",
                )


def operand_fault(metric: str, text: str) -> str | None:
    """What an operand of the metric has to be, if `text` is not; None if it fits."""
    spec = METRICS.get(metric)
    kinds: dict[str, ParameterType] = {
        "count": "count",
        "share": "share",
        "period": "period",
        "boolean": "boolean",
    }
    kind = kinds.get(spec.scale, "decimal") if spec is not None else "decimal"
    return None if fits(kind, text) else TYPE_WORDS[kind]


def _exceptions(where: str, clauses: tuple[ExceptClause, ...]) -> list[str]:
    """Exceptions that surely hold together and surely differ."""
    found: list[str] = []
    for a, b in combinations(clauses, 2):
        together = a.when == b.when or (_settled(a.when) == "holds" == _settled(b.when))
        one, other = _settled(a.then), _settled(b.then)
        if together and one is not None and other is not None and one != other:
            found.append(
                f"{where}: exceptions {a.id} and {b.id} hold together and differ: "
                f"{a.id} {one}, {b.id} {other}"
            )
    return found


def _settled(condition: AnyCondition) -> str | None:
    return condition.fixed if isinstance(condition, Fixed) else None
