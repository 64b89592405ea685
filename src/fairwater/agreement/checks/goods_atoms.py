"""Atoms about goods: the list is there, the day fits, and nothing asks a unit about a lot."""

from __future__ import annotations

from collections.abc import Iterator

from fairwater.agreement.checks.finding import Finding, Seen, unknown_name
from fairwater.agreement.checks.values import TYPE_WORDS, fits
from fairwater.agreement.conditions import Atom
from fairwater.agreement.metrics.goods import REGISTRATION
from fairwater.agreement.metrics.registry import MetricSpec
from fairwater.agreement.model import Param
from fairwater.agreement.problems import Place


def check_goods_atom(seen: Seen, atom: Atom, spec: MetricSpec, place: Place) -> Iterator[Finding]:
    """Names and fields that only questions about goods have."""
    in_check = place.path[:1] == ("consignment_checks",)
    if not in_check:
        yield from _out_of_place(atom, spec, place)
    if atom.list_ is not None:
        lists = [entry.id for entry in seen.agreement.lists]
        if not seen.refers("lists", atom.list_, lists):
            yield unknown_name(
                "unknown_list", place.key("list"), "list", atom.list_, lists, "lists"
            )
    yield from _after(seen, atom, place)
    yield from _statements(seen, atom, place)
    if spec.name == "report_age" and (atom.report is None) == (not atom.nuclides):
        yield Finding(
            "metric_needs", place,
            "both `report` and `nuclides`" if atom.report else "neither `report` nor `nuclides`",
            "exactly one of them: a report by its name, or results on nuclides",
            "report: …, or nuclides: [Sr-90]",
        )  # fmt: skip
    if "nuclide" in atom.each and not atom.nuclides and not atom.limit:
        yield Finding(
            "metric_needs", place, "`each: nuclide` without `nuclides`",
            "`nuclides`: each of them must report a limit", "nuclides: [Cs-134, Cs-137]",
        )  # fmt: skip


def _out_of_place(atom: Atom, spec: MetricSpec, place: Place) -> Iterator[Finding]:
    if spec.goods_only:
        yield Finding(
            "goods_only", place.key("metric"), f"`{spec.name}` outside a consignment check",
            "a metric that asks of an area or a facility: there are no goods here",
            "the condition under `consignment_checks`",
        )  # fmt: skip
    for name in ("before", "each"):
        if getattr(atom, name):
            yield Finding(
                "goods_only", place.key(name), f"`{name}` outside a consignment check",
                f"no `{name}`: there are no goods here", f"no `{name}`",
            )  # fmt: skip


def _after(seen: Seen, atom: Atom, place: Place) -> Iterator[Finding]:
    after = atom.after
    if after is None or after == REGISTRATION:
        return
    if isinstance(after, Param):
        known = {parameter.id: parameter.type for parameter in seen.agreement.parameters}
        if known.get(after.param, "day") != "day":
            yield Finding(
                "operand", place.key("after"),
                f"the parameter `{after.param}` of type {known[after.param]}",
                "a parameter of type day", "a parameter of type day",
            )  # fmt: skip
    elif not fits("day", after):
        yield Finding(
            "operand", place.key("after"), f"`{after}`",
            f"`{REGISTRATION}`, or {TYPE_WORDS['day']}", f"after: {REGISTRATION}",
        )  # fmt: skip


def _statements(seen: Seen, atom: Atom, place: Place) -> Iterator[Finding]:
    kind = next((kind for kind in seen.agreement.documents if kind.id == atom.document), None)
    if kind is None or not atom.states:
        return
    known = [statement.id for statement in kind.states_one_of]
    for j, name in enumerate(atom.states):
        if known and name not in known:
            yield unknown_name(
                "unknown_statement", place.key("states").item(j, None), "statement", name, known,
                f"documents.{kind.id}.states_one_of",
            )  # fmt: skip
    if not known:
        yield Finding(
            "statements", place.key("states"), f"`{kind.id}` has no statements to choose from",
            "`states_one_of` in the document: which statements exclude each other",
            f"states_one_of: [{{id: {atom.states[0]}}}]",
        )  # fmt: skip
