"""Names: every role, source, parameter and measure that is used is defined, once, and used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from msgspec import Struct

from fairwater.agreement.checks.finding import Finding, Seen, every_condition, unknown_name
from fairwater.agreement.conditions import Declared, StateIs
from fairwater.agreement.model import Agreement, Param
from fairwater.agreement.problems import Place

_LISTS = (
    "limits", "parameters", "measures", "transitions", "documents", "evidence_scopes", "plans",
    "lists", "lot_actions", "consignment_checks",
)  # fmt: skip


def check_names(seen: Seen) -> Iterator[Finding]:
    """Duplicates, and every reference by name."""
    yield from _duplicates(seen)
    yield from _condition_ids(seen)
    yield from _roles(seen)
    yield from _powers(seen)
    clauses = list(_clauses(seen.agreement, Place()))
    yield from _sources(seen, clauses)
    yield from _parameters(seen, clauses)
    yield from _unused(seen, clauses)
    yield from _states(seen)


def _duplicates(seen: Seen) -> Iterator[Finding]:
    for name in _LISTS:
        place = Place((name,), name)
        yield from _twice(place, [entry.id for entry in getattr(seen.agreement, name)])
    for i, measure in enumerate(seen.agreement.measures):
        place = Place(("measures",), "measures").item(i, measure.id).key("states")
        yield from _twice(place, [state.id for state in measure.states])
    place = Place(("scope",), "scope").key("unit")
    yield from _twice(place, [dimension.id for dimension in seen.agreement.scope.unit])


def _twice(place: Place, names: list[str]) -> Iterator[Finding]:
    for i, name in enumerate(names):
        if name in names[:i]:
            yield Finding(
                "duplicate_id", place.item(i, name).key("id"), f"the id `{name}` again",
                "an id for one thing only", f"id: {name}_2",
            )  # fmt: skip


def _condition_ids(seen: Seen) -> Iterator[Finding]:
    """Ids of conditions are unique in a clause, and there where there are several atoms."""
    by_holder: dict[int, list[tuple[str | None, Place, bool]]] = {}
    for holder, condition, place in every_condition(seen.agreement):
        leaf = not hasattr(condition, "of")
        by_holder.setdefault(id(holder), []).append((condition.id, place, leaf))
    for entries in by_holder.values():
        met: set[str] = set()
        leaves = sum(1 for _, _, leaf in entries if leaf)
        for name, place, leaf in entries:
            if name is None:
                if leaf and leaves > 1:
                    yield Finding(
                        "condition_id", place, "a condition without `id` beside others",
                        "an id, so that overrides and dossiers can name it", "id: …",
                    )  # fmt: skip
            elif name in met:
                yield Finding(
                    "duplicate_id", place.key("id"), f"the id `{name}` again in this clause",
                    "an id for one condition only", f"id: {name}_2",
                )  # fmt: skip
            else:
                met.add(name)


def _role_uses(agreement: Agreement) -> Iterator[tuple[str, Place]]:
    owed = Place(("owed_by",), "owed_by")
    for duty in ("samples", "results", "documents", "statements"):
        role = getattr(agreement.owed_by, duty)
        if role is not None:
            yield role, owed.key(duty)
    for name, field in (("plans", "owed_by"), ("documents", "issuer"), ("limits", "set_by")):
        for i, entry in enumerate(getattr(agreement, name)):
            role = getattr(entry, field)
            if role is not None:
                yield role, Place((name,), name).item(i, entry.id).key(field)
    for i, measure in enumerate(agreement.measures):
        place = Place(("measures",), "measures").item(i, measure.id)
        for verb, role in measure.power.items():
            yield role, place.key("power").key(verb)
        if measure.review is not None and measure.review.by is not None:
            yield measure.review.by, place.key("review").key("by")
    for i, transition in enumerate(agreement.transitions):
        place = Place(("transitions",), "transitions").item(i, transition.id)
        for field in ("decided_by", "application_by"):
            role = getattr(transition, field)
            if role is not None:
                yield role, place.key(field)
    yield from _goods_roles(agreement)
    for _, condition, place in every_condition(agreement):
        if isinstance(condition, Declared):
            yield condition.declared.who, place.key("declared").key("who")
        independent = getattr(condition, "independent_of", None)
        if independent is not None:
            yield independent, place.key("independent_of")


def _goods_roles(agreement: Agreement) -> Iterator[tuple[str, Place]]:
    for i, action in enumerate(agreement.lot_actions):
        place = Place(("lot_actions",), "lot_actions").item(i, action.id)
        if action.by is not None:
            yield action.by, place.key("by")
        for j, notice in enumerate(action.notices):
            yield notice.to, place.key("notices").item(j, None).key("to")
    for i, check in enumerate(agreement.consignment_checks):
        place = Place(("consignment_checks",), "consignment_checks").item(i, check.id)
        yield check.origin, place.key("origin")
        yield check.destination, place.key("destination")


def _roles(seen: Seen) -> Iterator[Finding]:
    known = seen.agreement.roles
    for role, place in _role_uses(seen.agreement):
        if not seen.refers("roles", role, known):
            yield unknown_name("unknown_role", place, "role", role, known, "roles")


def _powers(seen: Seen) -> Iterator[Finding]:
    """What a role is said to be able to do exists, and is not another role's alone."""
    agreement = seen.agreement
    decides = {step.id: step.decided_by for step in agreement.transitions}
    verbs = {verb: role for measure in agreement.measures for verb, role in measure.power.items()}
    if seen.any_broken("transitions", "measures"):
        return
    for name, role in agreement.roles.items():
        for j, power in enumerate(role.powers):
            place = Place(("roles",), "roles").key(name).key("powers").item(j, power)
            holder = decides.get(power, verbs.get(power))
            applies = any(step.application_by == name for step in agreement.transitions)
            if power not in decides and power not in verbs and not (power == "apply" and applies):
                known = [*decides, *verbs, "apply"]
                yield unknown_name("unknown_power", place, "power", power, known, "transitions")
            elif holder is not None and holder != name:
                yield Finding(
                    "power", place, f"`{power}`, which `{holder}` decides",
                    "a power of this role", f"decided_by: {name} there, or no `{power}` here",
                )  # fmt: skip


def _clauses(content: Any, place: Place) -> Iterator[tuple[Any, Place]]:
    """Every struct inside an agreement, with its place."""
    if isinstance(content, Struct):
        yield content, place
        names = zip(content.__struct_fields__, content.__struct_encode_fields__, strict=True)
        for name, written in names:
            inner = getattr(content, name)
            if isinstance(inner, Struct | tuple | dict) and inner:
                yield from _clauses(inner, place.key(written))
    elif isinstance(content, tuple):
        if content and isinstance(content[0], Struct):
            for i, entry in enumerate(content):
                yield from _clauses(entry, place.item(i, getattr(entry, "id", None)))
    elif isinstance(content, dict):
        for key, entry in content.items():
            yield from _clauses(entry, place.key(key))


def _sources(seen: Seen, clauses: list[tuple[Any, Place]]) -> Iterator[Finding]:
    known = seen.agreement.sources
    used: set[str] = set()
    for clause, place in clauses:
        for j, name in enumerate(getattr(clause, "src", ())):
            used.add(name)
            if not seen.refers("sources", name, known):
                yield unknown_name(
                    "unknown_source", place.key("src").item(j, None), "source", name, known,
                    "sources",
                )  # fmt: skip
        cert, src = getattr(clause, "cert", None), getattr(clause, "src", ())
        if cert == "seen" and not src and type(clause).__name__ == "Cite":
            yield Finding(
                "seen_without_source", place, "seen, but nowhere",
                "`src`: the source it was seen in", "src: [S1]",
            )  # fmt: skip
    if seen.broken:
        return
    for name in sorted(known.keys() - used):
        yield Finding(
            "unused", Place(("sources", name), f"sources.{name}"), f"the source `{name}`, unused",
            "a value or clause that cites it", f"src: [{name}] where it belongs, or no `{name}`",
            "warning",
        )  # fmt: skip


def _parameters(seen: Seen, clauses: list[tuple[Any, Place]]) -> Iterator[Finding]:
    known = [parameter.id for parameter in seen.agreement.parameters]
    for clause, place in clauses:
        if isinstance(clause, Param) and not seen.refers("parameters", clause.param, known):
            yield unknown_name(
                "unknown_parameter", place.key("param"), "parameter", clause.param, known,
                "parameters",
            )  # fmt: skip


def _unused(seen: Seen, clauses: list[tuple[Any, Place]]) -> Iterator[Finding]:
    if seen.broken:
        return
    agreement = seen.agreement
    params = {clause.param for clause, _ in clauses if isinstance(clause, Param)}
    limits = {name for clause, _ in clauses for name in cast("Any", getattr(clause, "limit", ()))}
    for kind, used in (("parameters", params), ("limits", limits)):
        for i, entry in enumerate(getattr(agreement, kind)):
            if entry.id not in used:
                yield Finding(
                    "unused", Place((kind,), kind).item(i, entry.id), f"`{entry.id}`, unused",
                    "a clause that uses it: nothing depends on it now", f"no `{entry.id}`",
                    "warning",
                )  # fmt: skip
            elif entry.open and not entry.dated:
                yield Finding(
                    "open", Place((kind,), kind).item(i, entry.id), f"`{entry.id}` is open",
                    "a value before signing: what uses it is unknown", "value: …", "warning",
                )  # fmt: skip


def _states(seen: Seen) -> Iterator[Finding]:
    """Measures and states that conditions look at."""
    agreement = seen.agreement
    measures = {
        measure.id: [state.id for state in measure.states] for measure in agreement.measures
    }
    for _, condition, place in every_condition(agreement):
        if isinstance(condition, StateIs):
            here = place.key("state")
            if not seen.refers("measures", condition.state.measure, measures):
                yield unknown_name(
                    "unknown_measure", here.key("measure"), "measure", condition.state.measure,
                    measures, "measures",
                )  # fmt: skip
                continue
            states = measures.get(condition.state.measure, [])
            for j, state in enumerate(condition.state.is_):
                if states and state not in states:
                    yield unknown_name(
                        "unknown_state", here.key("is").item(j, None), "state", state, states,
                        "measures",
                    )  # fmt: skip
