"""Consignment checks answered: a pure function of agreement, goods, evidence and two clocks.

    verdict = check_consignment(agreement, "C-17", evidence, at=day, known_at=day,
                                bindings={"origin": "coast", "importing": "inland"})

No condition stops another: each is answered by itself, so that all mismatches
come at once. Lists that the agreement leaves to be bound are bound first, by
`binding.with_lists`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import structs

from fairwater.agreement.context import Context, StateReading, terms_of
from fairwater.agreement.evaluator import evaluate_known
from fairwater.agreement.evidence import ConsignmentEvidence, Evidence
from fairwater.agreement.goods_verdict import (
    Answer,
    CheckAnswer,
    ConditionAnswer,
    ConsignmentVerdict,
    Mismatch,
)
from fairwater.agreement.load import content_id
from fairwater.agreement.logic import Truth, every, negate, some
from fairwater.agreement.metrics.goods import AREA_COLUMNS, PRODUCT_COLUMNS
from fairwater.agreement.model import Agreement, CheckCondition, ConsignmentCheck, LotAction
from fairwater.agreement.verdict import Missing, Node, Verdict

_OF_PRODUCT = {"part": "part", "production": "production", "category": "food_category"}


class NoSuchConsignment(LookupError):
    """Nothing known says anything of a consignment of that name."""


def check_consignment(
    agreement: Agreement,
    consignment: str,
    evidence: Evidence,
    *,
    at: date,
    known_at: date | None = None,
    bindings: Mapping[str, str] | None = None,
    states: Mapping[str, StateReading] | None = None,
    content: str | None = None,
    reads: set[str] | None = None,
) -> ConsignmentVerdict:
    """Every check of the agreement on one consignment.

    Parameters
    ----------
    agreement : Agreement
        With its lists bound.
    consignment : str
        Its name.
    evidence : Evidence
        Everything there is; what was not known on `known_at` is set aside.
    at, known_at : date
        The day the question is about, and the day whose knowledge answers (the same, if
        not given).
    bindings : mapping of role to party, optional
        Who plays which role.
    states : mapping of measure to StateReading, optional
        Where conditions look at the state of a measure over the goods' area and product.
    content : str, optional
        Content id to name in the answer, where the agreement was changed since.
    reads : set, optional
        Collects which terms were looked at.

    Raises
    ------
    NoSuchConsignment
        If nothing known by `known_at` states it.
    """
    known_at = known_at or at
    known = evidence.as_known(known_at)
    bound = {role: r.party for role, r in agreement.roles.items() if r.party is not None}
    bound |= dict(bindings or {})
    goods, conflicts = goods_of(known, consignment)
    context = Context(
        at=at,
        known_at=known_at,
        terms=terms_of(agreement),
        unit=unit_of(agreement, goods),
        bindings=bound,
        states=states or {},
        goods=goods,
        reads=set() if reads is None else reads,
    )
    checks = tuple(_check(check, known, context) for check in agreement.consignment_checks)
    asked = [check for check in checks if check.verdict != "not_applicable"]
    verdict: Answer = "not_applicable"
    if asked:
        verdict = every([_truth(check.verdict) for check in asked])
        if conflicts and verdict == "holds":
            verdict = "unknown"
    actions = _actions(agreement, asked, verdict, conflicts)
    return ConsignmentVerdict(
        consignment=consignment,
        agreement=agreement.id,
        version=agreement.version,
        verdict=verdict,
        at=at,
        known_at=known_at,
        goods=goods,
        checks=checks,
        action=actions[0] if actions else None,
        actions=actions,
        conflicts=conflicts,
        content_id=content or content_id(agreement),
        bindings=dict(sorted(bound.items())),
        lists={entry.id: entry.values for entry in agreement.lists if entry.values is not None},
    )


def goods_of(known: Evidence, name: str) -> tuple[ConsignmentEvidence, tuple[Missing, ...]]:
    """The latest statement of a consignment; those of one day that differ are a conflict.

    Raises
    ------
    NoSuchConsignment
        If there is none.
    """
    found = [entry for entry in known.consignments if entry.consignment == name]
    if not found:
        names = sorted({entry.consignment for entry in known.consignments})
        raise NoSuchConsignment(
            f"no consignment `{name}` is known; known are {', '.join(names) or 'none'}"
        )
    last = max(entry.known for entry in found)
    latest = sorted((e for e in found if e.known == last), key=lambda entry: entry.id)
    first = latest[0]
    differing = [e for e in latest if structs.replace(e, id=first.id, cell=first.cell) != first]
    if not differing:
        return first, ()
    ids = ", ".join(e.id for e in latest)
    return first, (Missing(kind="conflict", of=name, reason=f"stated in two ways: {ids}"),)


def unit_of(agreement: Agreement, goods: ConsignmentEvidence) -> dict[str, str]:
    """What the goods state, under the dimensions of the agreement's unit and evidence scopes."""
    stated: dict[str, str | None] = {
        "consignment": goods.consignment,
        "facility": goods.facility,
    }
    others = (dimension for scope in agreement.evidence_scopes for dimension in scope.unit)
    for dimension in (*agreement.scope.unit, *others):
        stated[dimension.id] = stated_as(goods, dimension.column)
    return {name: value for name, value in sorted(stated.items()) if value is not None}


def stated_as(goods: ConsignmentEvidence, column: str) -> str | None:
    """What the goods state of a column of samples; None where nothing is stated."""
    if column in AREA_COLUMNS:
        return goods.area
    if column in PRODUCT_COLUMNS:
        return goods.product.get("species")
    if column in _OF_PRODUCT:
        return goods.product.get(_OF_PRODUCT[column])
    return {"facility": goods.facility, "consignment": goods.consignment}.get(column)


def _check(check: ConsignmentCheck, known: Evidence, context: Context) -> CheckAnswer:
    path = f"consignment_checks.{check.id}"
    applies: Verdict | None = None
    if check.applies_when is not None:
        applies = evaluate_known(check.applies_when, known, context, path=f"{path}.applies_when")
    if applies is not None and applies.verdict == "fails":
        return CheckAnswer(
            id=check.id, verdict="not_applicable", conditions=(), applies=applies, text=check.text
        )
    sure = applies is None or applies.verdict == "holds"
    answers = tuple(
        _condition(clause, known, context, f"{path}.conditions.{clause.id}", sure)
        for clause in check.conditions
    )
    verdict = every([answer.verdict for answer in answers])
    if not sure:  # either the goods are not asked, or every condition has to hold
        verdict = some(["unknown", verdict])
    actions = tuple(dict.fromkeys(a for answer in answers for a in answer.actions))
    if verdict == "holds" and check.on_pass is not None:
        actions = (check.on_pass,)
    return CheckAnswer(
        id=check.id,
        verdict=verdict,
        conditions=answers,
        applies=applies,
        text=check.text,
        actions=actions,
    )


def _condition(
    clause: CheckCondition, known: Evidence, context: Context, path: str, sure: bool
) -> ConditionAnswer:
    whole = evaluate_known(clause.when, known, context, clause.except_, f"{path}.when")
    actions: tuple[str, ...] = ()
    if whole.verdict == "fails":
        actions = clause.on_fail if sure else clause.on_unknown
    elif whole.verdict == "unknown":
        actions = clause.on_unknown
    wrong = {} if whole.verdict == "holds" else {m.key(): m for m in mismatches(whole.tree)}
    certs = {c for atom in whole.tree.atoms() if atom.reading for c in atom.reading.certs}
    if clause.cite is not None and clause.cite.cert is not None:
        certs.add(clause.cite.cert)
    return ConditionAnswer(
        id=clause.id,
        verdict=whole.verdict,
        could_be=whole.could_be,
        whole=whole,
        text=clause.text,
        cite=clause.cite,
        mismatches=tuple(wrong[key] for key in sorted(wrong)),
        missing=whole.missing,
        actions=actions,
        settle=clause.settle,
        certs=tuple(sorted(certs)),
    )


def mismatches(tree: Node, wanted: Truth = "holds") -> Iterator[Mismatch]:
    """What keeps a tree from being `wanted`, atom by atom; `not` turns it round.

    Of an exception, what is shown is every branch that may be in force.
    """
    if tree.verdict == wanted:
        return
    if tree.form == "not":
        yield from mismatches(tree.parts[0], negate(wanted))
    elif tree.form == "except":
        yield from _excepted(tree, wanted)
    elif tree.parts:
        for part in tree.parts:
            yield from mismatches(part, wanted)
    elif tree.reading is not None:
        yield from _of_atom(tree, wanted)


def _excepted(tree: Node, wanted: Truth) -> Iterator[Mismatch]:
    base, rest = tree.parts[0], tree.parts[1:]
    pairs = list(zip(rest[::2], rest[1::2], strict=True))
    holding = [then for when, then in pairs if when.verdict == "holds"]
    possible = [then for when, then in pairs if when.verdict == "unknown"]
    for node in [*(holding or [base]), *possible]:
        yield from mismatches(node, wanted)


def _of_atom(node: Node, wanted: Truth) -> Iterator[Mismatch]:
    reading = node.reading
    if reading is None:
        return
    against = wanted == "fails"
    for one in reading.compared:
        if one.agrees is against:
            sign = "\N{NOT SIGN} " if against else ""
            yield Mismatch(
                condition=node.path, what=one.what, of=one.of, expected=f"{sign}{one.expected}",
                found=one.found, records=one.records,
            )  # fmt: skip
    if reading.compared or node.verdict == "unknown":
        return
    sign = "\N{NOT SIGN} " if against else ""
    low, high = reading.value
    found = str(low) if low == high else f"{low}..{high}"
    exceeding = sorted({s.sample for s in reading.samples if s.outcome == "exceeds"})
    yield Mismatch(
        condition=node.path,
        what=reading.metric,
        of=", ".join(exceeding) or None,
        expected=f"{sign}{reading.comparator or 'is'} {reading.operand or 'true'}",
        found=found,
        records=reading.cites,
    )


def _truth(answer: Answer) -> Truth:
    return "unknown" if answer == "not_applicable" else answer


def _actions(
    agreement: Agreement,
    asked: list[CheckAnswer],
    verdict: Answer,
    conflicts: tuple[Missing, ...],
) -> tuple[LotAction, ...]:
    """The actions that follow, the most severe first.

    What a check that passed would do is done only if every check did. Goods that are
    stated in two ways get the most severe of what an unknown would bring.
    """
    names: set[str] = set()
    for check in asked:
        if check.verdict != "holds" or verdict == "holds":
            names |= set(check.actions)
    if conflicts:
        ids = {check.id for check in asked}
        names |= {
            name
            for check in agreement.consignment_checks
            if check.id in ids
            for clause in check.conditions
            for name in clause.on_unknown
        }
    found = [action for action in agreement.lot_actions if action.id in names]
    return tuple(sorted(found, key=lambda action: (-action.rank, action.id)))
