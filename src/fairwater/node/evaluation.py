"""A question put to a node: this agreement, this evidence, as of this day, known at that.

    asked = Asked(found=find(node, "origin_restriction"), as_of=day, knowledge="sampled")
    prepared = prepare(node, asked)
    for timeline in every(prepared): ...          all units, by columns
    one(prepared, "restriction", unit)            one unit, exactly
    explained(prepared, unit, transition)         the dossier of one verdict

Everything an answer depends on is in `Prepared`; the clock is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct, structs

from fairwater.agreement.binding import with_lists
from fairwater.agreement.bulk.columns import Columns, exact_evidence
from fairwater.agreement.bulk.grid import Judged
from fairwater.agreement.bulk.timelines import evaluate_all
from fairwater.agreement.bulk.walking import every_leaf
from fairwater.agreement.context import Context, StateReading, terms_of
from fairwater.agreement.dossier import Dossier, Frame, dossier
from fairwater.agreement.evaluator import evaluate
from fairwater.agreement.evidence import Evidence
from fairwater.agreement.knowledge import Knowledge
from fairwater.agreement.load import content_id
from fairwater.agreement.machine import Walk, timeline
from fairwater.agreement.model import Agreement, StateIs, Transition
from fairwater.agreement.override import apply_overrides, readable, unread
from fairwater.agreement.telling import told
from fairwater.agreement.timeline import Timeline
from fairwater.agreement.verdict import Verdict
from fairwater.agreement.versions import stale
from fairwater.node.agreements import Found, bindings, bound_lists
from fairwater.node.evidence import LeftOut, load
from fairwater.node.node import Node


class Asked(Struct, frozen=True, kw_only=True):
    """What is asked. `known_at` absent: as of and known at are the same day.

    `through`: only the first so many journal entries are evidence.
    """

    found: Found
    as_of: date
    known_at: date | None = None
    knowledge: Knowledge = "journal"
    decisions: str = "as_recorded"
    overrides: Mapping[str, Any] = {}
    through: int | None = None


class Prepared(Struct, frozen=True, kw_only=True):
    """The question with everything its answer depends on.

    `agreement` has its lists bound; `content_id` is that of the text, before that.
    """

    asked: Asked
    agreement: Agreement
    content_id: str
    bindings: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]] = {}
    judged: Judged
    left_out: LeftOut

    @property
    def columns(self) -> Columns:
        """The evidence."""
        return self.judged.columns

    @property
    def known_at(self) -> date:
        """The day whose knowledge answers."""
        return self.asked.known_at or self.asked.as_of


class NoSuchPart(LookupError):
    """A unit, measure or transition that the agreement or the evidence does not have."""


def prepare(node: Node, asked: Asked) -> Prepared:
    """Gather what the question needs from the node's archive.

    Raises
    ------
    OverrideError
        If an override's path leads nowhere, or its value does not fit.
    """
    text = apply_overrides(asked.found.agreement, asked.overrides)
    archive = node.archive()
    lists = bound_lists(archive, text, asked.as_of, through=asked.through)
    agreement = with_lists(text, lists)
    loaded = load(
        archive,
        agreement,
        journal=node.journal,
        knowledge=asked.knowledge,
        through=asked.through,
        known_at=asked.known_at or asked.as_of,
    )
    return Prepared(
        asked=asked,
        agreement=agreement,
        content_id=content_id(text),
        lists=lists,
        bindings=bindings(archive, agreement, asked.as_of, through=asked.through),
        judged=Judged(loaded.columns),
        left_out=loaded.left_out,
    )


def varied(node: Node, prepared: Prepared, overrides: Mapping[str, Any]) -> Prepared:
    """The same question under overrides; what they do not touch is not gathered again.

    Raises
    ------
    OverrideError
        If an override's path leads nowhere, or its value does not fit.
    """
    asked = structs.replace(prepared.asked, overrides=overrides)
    text = apply_overrides(asked.found.agreement, overrides)
    agreement = with_lists(text, prepared.lists)
    if any(getattr(agreement, part) != getattr(prepared.agreement, part) for part in _GATHERS):
        return prepare(node, asked)
    return structs.replace(prepared, asked=asked, agreement=agreement, content_id=content_id(text))


_GATHERS = ("id", "scope", "evidence_scopes", "time_zone", "roles", "limits", "indeterminate_flags")
"""Parts of an agreement by which its evidence and bindings are gathered."""


def warnings(prepared: Prepared) -> tuple[str, ...]:
    """Overrides that no step ever reads, and values used after the day they were last checked."""
    agreement, paths = prepared.agreement, prepared.asked.overrides
    unused = unread(agreement, list(paths), readable(agreement))
    late = stale(agreement, prepared.asked.as_of)
    return (
        *(f"{path}: no step reads it, so the override changes nothing" for path in unused),
        *(f"{path}: last checked before {prepared.asked.as_of}, stale" for path in late),
    )


def every(prepared: Prepared) -> list[Timeline]:
    """Timeline of every unit that has evidence, and of every measure."""
    asked = prepared.asked
    return evaluate_all(
        prepared.agreement,
        prepared.columns,
        as_of=asked.as_of,
        known_at=prepared.known_at,
        knowledge=asked.knowledge,
        decisions=asked.decisions,
        bindings=prepared.bindings,
        codes=prepared.judged.of(prepared.agreement),
    )


def one(prepared: Prepared, measure: str, unit: Mapping[str, str]) -> Timeline:
    """Timeline of one measure of one unit, by the exact evaluator, its verdicts whole.

    Raises
    ------
    NoSuchPart
        If the agreement has no such measure, or the unit lacks a dimension.
    """
    if measure not in {m.id for m in prepared.agreement.measures}:
        known = ", ".join(m.id for m in prepared.agreement.measures)
        raise NoSuchPart(f"no measure `{measure}`; the agreement has {known}")
    asked = prepared.asked
    return timeline(
        prepared.agreement,
        measure,
        unit,
        evidence_of(prepared, unit),
        as_of=asked.as_of,
        known_at=prepared.known_at,
        knowledge="journal",  # the columns' `known` is by the rule asked for already
        decisions=asked.decisions,
        bindings=prepared.bindings,
    )


def states_of(prepared: Prepared, unit: Mapping[str, str]) -> Mapping[str, StateReading]:
    """Every measure of one unit as conditions on its state see it."""
    asked = prepared.asked
    walk = Walk(
        prepared.agreement,
        terms_of(prepared.agreement),
        unit,
        evidence_of(prepared, unit),
        as_of=asked.as_of,
        known_at=prepared.known_at,
        decisions=asked.decisions,
        bindings=prepared.bindings,
        hindsight=prepared.known_at > asked.as_of,
    )
    walk.run()
    return walk.states_at_end()


def evidence_of(prepared: Prepared, unit: Mapping[str, str]) -> Evidence:
    """What concerns one unit. A unit without samples has only the statements about it."""
    dimensions = prepared.columns.dimensions
    if set(unit) != set(dimensions):
        raise NoSuchPart(
            f"unit {dict(unit)}: expected {' and '.join(dimensions) or 'no dimension'}, "
            "as --unit NAME=VALUE each"
        )
    number = prepared.columns.rank(unit)
    return prepared.columns.others if number is None else exact_evidence(prepared.columns, number)


def transition_of(prepared: Prepared, name: str) -> Transition:
    """A transition of the agreement."""
    for transition in prepared.agreement.transitions:
        if transition.id == name:
            return transition
    known = ", ".join(t.id for t in prepared.agreement.transitions)
    raise NoSuchPart(f"no transition `{name}`; the agreement has {known}")


def measure_of(prepared: Prepared, transition: Transition) -> str:
    """The measure that a transition moves."""
    return transition.measure or prepared.agreement.measures[0].id


def verdict_of(
    prepared: Prepared, unit: Mapping[str, str], name: str
) -> tuple[Verdict, Timeline, Transition]:
    """Verdict of a transition's condition at the day asked about, with the unit's timeline.

    Where the transition does not start from the state in force, its condition is
    judged all the same.
    """
    transition = transition_of(prepared, name)
    history = one(prepared, measure_of(prepared, transition), unit)
    verdict = history.now.get(name)
    if verdict is None:
        context = Context(
            at=prepared.asked.as_of,
            known_at=prepared.known_at,
            terms=terms_of(prepared.agreement),
            unit=unit,
            bindings=prepared.bindings,
            since=history.since,
        )
        verdict = evaluate(
            transition.when,
            evidence_of(prepared, unit),
            context,
            transition.except_,
            f"transitions.{name}.when",
        )
    return verdict, history, transition


def explained(prepared: Prepared, unit: Mapping[str, str], name: str) -> Dossier:
    """Dossier of one verdict, down to the cells."""
    verdict, history, transition = verdict_of(prepared, unit, name)
    return _opened(prepared, verdict, history, transition)


def explained_from(prepared: Prepared, history: Timeline, name: str) -> Dossier:
    """`explained`, of a unit whose timeline is there: its past is not walked again.

    Equal to `explained` for every transition that starts from the state in force.
    """
    transition = transition_of(prepared, name)
    asks_state = any(isinstance(leaf, StateIs) for leaf in every_leaf(transition))
    context = Context(
        at=prepared.asked.as_of,
        known_at=prepared.known_at,
        terms=terms_of(prepared.agreement),
        unit=history.unit,
        bindings=prepared.bindings,
        since=history.since,
        states=states_of(prepared, history.unit) if asks_state else {},
    )
    verdict = evaluate(
        transition.when,
        evidence_of(prepared, history.unit),
        context,
        transition.except_,
        f"transitions.{name}.when",
    )
    return _opened(prepared, verdict, history, transition)


def _opened(
    prepared: Prepared, verdict: Verdict, history: Timeline, transition: Transition
) -> Dossier:
    return dossier(
        verdict,
        transition.when,
        transition.except_,
        Frame(
            agreement=prepared.agreement,
            content_id=prepared.content_id,
            measure=history.measure,
            transition=transition.id,
            unit=history.unit,
            bindings=prepared.bindings,
            knowledge=prepared.asked.knowledge,
            decisions=prepared.asked.decisions,
            overrides={k: str(v) for k, v in prepared.asked.overrides.items()},
            hypothetical=history.hypothetical,
        ),
    )


def document(prepared: Prepared, unit: Mapping[str, str], name: str) -> bytes:
    """The verdict with its history and dossier as canonical bytes: equal evidence, equal bytes."""
    _, history, _ = verdict_of(prepared, unit, name)
    content = {
        "history": told(history, prepared.agreement),
        "dossier": explained(prepared, unit, name).plain(3),
    }
    return msgspec.json.encode(content, order="sorted")
