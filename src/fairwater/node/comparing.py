"""Agreements compared on a node's evidence: where they first part, and by which clause.

    asks = [Asked(found=find(node, name), as_of=day, knowledge="sampled") for name in names]
    comparison = compare(node, asks)
    told(comparison)                      the same as plain JSON values

Roles are bound by the node's records, for each agreement by itself. Agreements that
gather their evidence alike share one loading of it, and outcomes against equal limits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct, structs

from fairwater.agreement.binding import with_lists
from fairwater.agreement.bulk.columns import Columns, exact_evidence
from fairwater.agreement.bulk.grid import Judged
from fairwater.agreement.bulk.joining import only
from fairwater.agreement.bulk.timelines import evaluate_all
from fairwater.agreement.comparing.answer import Comparison, RoleSaid, Side, Start
from fairwater.agreement.comparing.compare import Question, compared
from fairwater.agreement.comparing.effects import level
from fairwater.agreement.comparing.matching import Dimensions, match
from fairwater.agreement.comparing.positions import Rules
from fairwater.agreement.comparing.saying import Voice
from fairwater.agreement.load import content_id
from fairwater.agreement.machine import timeline
from fairwater.agreement.model import Agreement
from fairwater.agreement.override import apply_overrides
from fairwater.agreement.timeline import Timeline
from fairwater.agreement.versions import in_force
from fairwater.node.agreements import bindings, bound_lists
from fairwater.node.evaluation import Asked, NoSuchPart, Prepared, warnings
from fairwater.node.evidence import load
from fairwater.node.node import Node
from fairwater.node.stated import statements
from fairwater.records import Application, Decision, Review

LETTERS = "ABCDEFGH"
"""Agreements compared are lettered in the order asked; more than eight are not compared."""


class Heard(Struct, frozen=True, kw_only=True):
    """Agreements that were asked the same question: evidence, timelines, how their units match."""

    prepared: Sequence[Prepared]
    voices: Sequence[Voice]
    dimensions: Dimensions
    unit: tuple[str, ...] | None = None


def prepare_together(node: Node, asks: Sequence[Asked]) -> list[Prepared]:
    """The questions with their evidence; what gathers alike is gathered once.

    Raises
    ------
    OverrideError
        If an override's path leads nowhere, or its value does not fit.
    """
    archive = node.archive()
    texts = [apply_overrides(one.found.agreement, one.overrides) for one in asks]
    lists = [
        bound_lists(archive, text, one.as_of, through=one.through)
        for text, one in zip(texts, asks, strict=True)
    ]
    agreements = [with_lists(text, of) for text, of in zip(texts, lists, strict=True)]
    own = any(next(statements(archive, kind), None) for kind in (Decision, Application, Review))
    groups: dict[bytes, list[int]] = {}
    for number, (one, agreement) in enumerate(zip(asks, agreements, strict=True)):
        key = msgspec.json.encode((_gathering(agreement, own), one.knowledge, one.through))
        groups.setdefault(key, []).append(number)
    found: dict[int, Prepared] = {}
    for members in groups.values():
        one = asks[members[0]]
        loaded = load(
            archive,
            _wide([agreements[n] for n in members]),
            journal=node.journal,
            knowledge=one.knowledge,
            through=one.through,
        )
        judged = Judged(loaded.columns)
        for n in members:
            bound = bindings(archive, agreements[n], asks[n].as_of, through=asks[n].through)
            found[n] = Prepared(
                asked=asks[n],
                agreement=agreements[n],
                content_id=content_id(texts[n]),
                lists=lists[n],
                bindings=bound,
                judged=judged,
                left_out=loaded.left_out,
            )
    return [found[n] for n in range(len(asks))]


def compare(
    node: Node,
    asks: Sequence[Asked],
    *,
    unit: Mapping[str, str] | None = None,
    later_knowledge: bool = True,
) -> Comparison:
    """Two or more agreements on the same evidence.

    Parameters
    ----------
    node : Node
        Whose records are the evidence.
    asks : sequence of Asked
        One question an agreement, two to eight, with the same clocks.
    unit : mapping, optional
        One unit only, by column or by any agreement's dimension id.
    later_knowledge : bool
        Also judge every day on what is known at the end, and tell what that changes.

    Raises
    ------
    Unmatched
        If the units of the agreements cannot be matched.
    NoSuchPart
        If `unit` lacks a dimension or names one that is not there.
    ValueError
        If there are fewer than two agreements or more than eight, or their clocks differ.
    """
    return answered(heard(node, asks, unit=unit, later_knowledge=later_knowledge))


def heard(
    node: Node,
    asks: Sequence[Asked],
    *,
    unit: Mapping[str, str] | None = None,
    later_knowledge: bool = True,
) -> Heard:
    """Every agreement asked, its timelines at hand; `answered` lays them side by side.

    Also of one agreement alone, of which there is nothing to compare. Raises as `compare`.
    """
    _check(asks)
    prepared = prepare_together(node, asks)
    letters = LETTERS[: len(asks)]
    dimensions = match({x: p.agreement for x, p in zip(letters, prepared, strict=True)})
    wanted = None if unit is None else _unit(dimensions, unit)
    voices = [
        _voice(letters[n], p, _columns(dimensions, n, p, wanted), later_knowledge)
        for n, p in enumerate(prepared)
    ]
    return Heard(prepared=prepared, voices=voices, dimensions=dimensions, unit=wanted)


def answered(
    told: Heard, *, late_records: bool = True, detailed: frozenset[tuple[str, ...]] | None = None
) -> Comparison:
    """The comparison of agreements that were heard; without which records came late, sooner."""
    prepared, dimensions = told.prepared, told.dimensions
    if len(prepared) < 2:
        raise ValueError(f"{len(prepared)} agreement: two to {len(LETTERS)} can be compared")
    first = prepared[0].asked
    answer = compared(
        Question(
            as_of=first.as_of,
            known_at=first.known_at or first.as_of,
            knowledge=first.knowledge,
            decisions=first.decisions,
            hindsight=_hindsight(first),
            unit=told.unit,
            late_records=late_records,
            detailed=detailed,
        ),
        told.voices,
        [_side(LETTERS[n], n, p, dimensions) for n, p in enumerate(prepared)],
        dimensions,
    )
    said = [
        f"{letter}: {text}"
        for letter, p in zip(LETTERS, prepared, strict=False)
        for text in [*_not_in_force(p), *warnings(p)]
    ]
    return structs.replace(answer, warnings=tuple(said))


def told(comparison: Comparison) -> dict[str, Any]:
    """A comparison as JSON values, equal for equal evidence and clocks."""
    content: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(comparison))
    return content


def _check(asks: Sequence[Asked]) -> None:
    if not 0 < len(asks) <= len(LETTERS):
        raise ValueError(f"{len(asks)} agreements: one to {len(LETTERS)} can be asked together")
    clocks = {(a.as_of, a.known_at, a.knowledge, a.decisions, a.through) for a in asks}
    if len(clocks) > 1:
        raise ValueError("agreements can be compared under the same clocks only")


def _hindsight(asked: Asked) -> bool:
    return asked.known_at is not None and asked.known_at > asked.as_of


def _gathering(agreement: Agreement, own: bool) -> tuple[object, ...]:
    """What decides which records an agreement reads, and how; not by what it then judges them.

    `own`: there are statements that name the agreement they are made under.
    """
    scope = agreement.scope
    return (
        agreement.id if own else None,
        [(d.id, d.column) for d in scope.unit],
        scope.point,
        scope.day,
        sorted({*scope.require}),
        sorted((column, sorted(values)) for column, values in scope.where.items()),
        [
            ([(d.id, d.column) for d in other.unit], sorted(other.where))
            for other in agreement.evidence_scopes
        ],
        agreement.time_zone,
    )


def _wide(agreements: Sequence[Agreement]) -> Agreement:
    """One agreement to gather by: the nuclides, techniques and flags that any of them names."""
    return structs.replace(
        agreements[0],
        limits=tuple(limit for one in agreements for limit in one.limits),
        indeterminate_flags=tuple(
            sorted({flag for one in agreements for flag in one.indeterminate_flags})
        ),
    )


def _unit(dimensions: Dimensions, unit: Mapping[str, str]) -> tuple[str, ...]:
    try:
        return dimensions.unit_of(unit)
    except KeyError as error:
        raise NoSuchPart(str(error.args[0])) from error


def _columns(
    dimensions: Dimensions, side: int, prepared: Prepared, wanted: tuple[str, ...] | None
) -> tuple[Columns, slice | None]:
    """The columns to evaluate, and which rows of the whole they are (None: every one)."""
    columns = prepared.columns
    if wanted is None:
        return columns, None
    number = columns.rank(dimensions.own(side, wanted))
    if number is None:
        return columns, slice(0, 0)
    return only(columns, number), columns.rows(number)


def _voice(
    letter: str, prepared: Prepared, chosen: tuple[Columns, slice | None], later_knowledge: bool
) -> Voice:
    columns, rows = chosen
    asked, agreement = prepared.asked, prepared.agreement
    whole = prepared.judged.of(agreement)
    codes = whole if rows is None else {key: found[rows] for key, found in whole.items()}
    shared: dict[str, Any] = {
        "knowledge": asked.knowledge,
        "decisions": asked.decisions,
        "bindings": prepared.bindings,
    }

    def every(hindsight: bool) -> list[list[Timeline]]:
        if rows is not None and rows.start == rows.stop:
            return []
        found = evaluate_all(
            agreement,
            columns,
            as_of=asked.as_of,
            known_at=prepared.known_at if hindsight else asked.as_of,
            hindsight=hindsight,
            codes=codes,
            **shared,
        )
        size = len(agreement.measures)
        return [found[start : start + size] for start in range(0, len(found), size)]

    def ask(unit: Mapping[str, str], day: date, hindsight: bool, fully: bool) -> list[Timeline]:
        number = prepared.columns.rank(unit)
        if number is None:
            raise NoSuchPart(f"{letter} has no evidence on {dict(unit)}")
        known = prepared.known_at if hindsight else day
        if fully:
            evidence = exact_evidence(prepared.columns, number)
            return [
                timeline(
                    agreement,
                    measure.id,
                    unit,
                    evidence,
                    as_of=day,
                    known_at=known,
                    hindsight=hindsight,
                    **(shared | {"knowledge": "journal"}),  # `known` is by the rule already
                )
                for measure in sorted(agreement.measures, key=lambda m: m.id)
            ]
        here = prepared.columns.rows(number)
        return evaluate_all(
            agreement,
            only(prepared.columns, number),
            as_of=day,
            known_at=known,
            hindsight=hindsight,
            codes={key: found[here] for key, found in whole.items()},
            **shared,
        )

    hindsight = _hindsight(asked)
    now = every(hindsight)
    then, later = (now, None)
    if later_knowledge:
        then, later = (every(False), now) if hindsight else (now, every(True))
    return Voice(
        letter=letter,
        agreement=agreement,
        rules=Rules.of(agreement),
        bindings=prepared.bindings,
        units=now,
        ask=ask,
        then=then,
        later=later,
        replaced={change.target: change for change in columns.others.supersessions},
    )


def _side(letter: str, side: int, prepared: Prepared, dimensions: Dimensions) -> Side:
    agreement = prepared.agreement
    return Side(
        letter=letter,
        agreement=agreement.id,
        version=agreement.version,
        content_id=prepared.content_id,
        title=agreement.title,
        dimensions=dict(dimensions.named[side]),
        coarser=dimensions.coarser(side),
        roles=tuple(
            RoleSaid(role=role, party=prepared.bindings.get(role))
            for role in sorted(agreement.roles)
        ),
        starts=tuple(
            Start(
                measure=measure.id,
                state=measure.initial,
                effect=next((s.effect for s in measure.states if s.id == measure.initial), None),
                level=level(measure, measure.initial),
            )
            for measure in sorted(agreement.measures, key=lambda m: m.id)
        ),
        units=len(prepared.columns.units),
        rows=len(prepared.columns),
        overrides={path: str(value) for path, value in sorted(prepared.asked.overrides.items())},
        left_out=dict(sorted(prepared.left_out.items())),
    )


def _not_in_force(prepared: Prepared) -> list[str]:
    terms, day = prepared.agreement, prepared.asked.as_of
    if in_force(terms, day):
        return []
    return [
        f"{terms.id} {terms.version} is in force from {terms.valid_from or 'the beginning'} until "
        f"before {terms.valid_to or 'no end'}, not on {day}; compared as if it were"
    ]
