"""Lists, lot actions and consignment checks: references, ranks, lists that share no name."""

from __future__ import annotations

from collections.abc import Iterator

from fairwater.agreement.checks.finding import Finding, Seen, every_atom, unknown_name
from fairwater.agreement.model import ConsignmentCheck
from fairwater.agreement.problems import Place


def check_goods(seen: Seen) -> Iterator[Finding]:
    """Everything the agreement asks of goods."""
    yield from _lists(seen)
    yield from _documents(seen)
    for i, check in enumerate(seen.agreement.consignment_checks):
        place = Place(("consignment_checks",), "consignment_checks").item(i, check.id)
        yield from _check(seen, check, place)
    yield from _unused(seen)


def _lists(seen: Seen) -> Iterator[Finding]:
    entries = seen.agreement.lists
    values = {entry.id: entry.values for entry in entries}
    for i, entry in enumerate(entries):
        place = Place(("lists",), "lists").item(i, entry.id)
        for j, name in enumerate(entry.values or ()):
            if name in (entry.values or ())[:j]:
                yield Finding(
                    "duplicate_name", place.key("values").item(j, None), f"`{name}` again",
                    "each name once", f"one `{name}`",
                )  # fmt: skip
        for j, other in enumerate(entry.disjoint_from):
            here = place.key("disjoint_from").item(j, None)
            if not seen.refers("lists", other, values) or other == entry.id:
                known = [name for name in values if name != entry.id]
                yield unknown_name("unknown_list", here, "list", other, known, "lists")
                continue
            both = sorted(set(entry.values or ()) & set(values.get(other) or ()))
            if both:
                yield Finding(
                    "disjoint", here, f"{', '.join(f'`{n}`' for n in both)} on `{entry.id}` and "
                    f"on `{other}`",
                    "no name on both: what rests on it would be decided two ways",
                    f"`{both[0]}` on one of them",
                )  # fmt: skip


def _documents(seen: Seen) -> Iterator[Finding]:
    for i, kind in enumerate(seen.agreement.documents):
        place = Place(("documents",), "documents").item(i, kind.id).key("states_one_of")
        names = [statement.id for statement in kind.states_one_of]
        for j, name in enumerate(names):
            if name in names[:j]:
                yield Finding(
                    "duplicate_id", place.item(j, name).key("id"), f"the id `{name}` again",
                    "an id for one thing only", f"id: {name}_2",
                )  # fmt: skip


def _check(seen: Seen, check: ConsignmentCheck, place: Place) -> Iterator[Finding]:
    actions = [action.id for action in seen.agreement.lot_actions]
    used: list[tuple[str, Place]] = []
    if check.on_pass is not None:
        used.append((check.on_pass, place.key("on_pass")))
    if not check.conditions:
        yield Finding(
            "no_conditions", place.key("conditions"), "no condition",
            "at least one condition: a check of nothing would hold", "conditions: [{id: …}]",
        )  # fmt: skip
    names = [clause.id for clause in check.conditions]
    for j, clause in enumerate(check.conditions):
        here = place.key("conditions").item(j, clause.id)
        if clause.id in names[:j]:
            yield Finding(
                "duplicate_id", here.key("id"), f"the id `{clause.id}` again in this check",
                "an id for one condition only", f"id: {clause.id}_2",
            )  # fmt: skip
        for key in ("on_fail", "on_unknown"):
            written = getattr(clause, key)
            used += [(name, here.key(key).item(n, None)) for n, name in enumerate(written)]
            if not written:
                yield Finding(
                    "no_action", here.key(key), f"`{key}` without an action",
                    "what is done with the goods", f"{key}: detain",
                )  # fmt: skip
    for name, where in used:
        if not seen.refers("lot_actions", name, actions):
            yield unknown_name("unknown_action", where, "lot action", name, actions, "lot_actions")
    if check.origin == check.destination:
        yield Finding(
            "one_role", place.key("destination"), f"`{check.destination}` at both ends",
            "two roles: goods go from one party to another", "destination: importing",
        )  # fmt: skip


def _unused(seen: Seen) -> Iterator[Finding]:
    """Lists and lot actions that nothing names."""
    agreement = seen.agreement
    if seen.broken:
        return
    lists = {other for entry in agreement.lists for other in entry.disjoint_from}
    actions: set[str] = set()
    for check in agreement.consignment_checks:
        actions |= {check.on_pass} if check.on_pass else set()
        for clause in check.conditions:
            actions |= {*clause.on_fail, *clause.on_unknown}
    lists |= {atom.list_ for _, atom, _ in every_atom(agreement) if atom.list_ is not None}
    for kind, used in (("lists", lists), ("lot_actions", actions)):
        for i, entry in enumerate(getattr(agreement, kind)):
            if entry.id not in used:
                yield Finding(
                    "unused", Place((kind,), kind).item(i, entry.id), f"`{entry.id}`, unused",
                    "a clause that names it", f"no `{entry.id}`", "warning",
                )  # fmt: skip
