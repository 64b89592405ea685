"""The exact evaluator: one condition, one unit, one day, plainly and slowly.

A pure function of (condition, evidence, context). It is the reference that
every faster evaluation must agree with.

    verdict = evaluate(condition, evidence, context, exceptions)

Exceptions: while an exception's `when` holds, its `then` takes the place of the
base. While `when` is unknown the verdict is known only where base and exception
agree. Two that hold and differ are a conflict.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any as Anything

from fairwater.agreement.context import Context
from fairwater.agreement.evidence import Evidence
from fairwater.agreement.logic import (
    EITHER,
    FAILS,
    HOLDS,
    Outlook,
    Truth,
    at_least,
    compare,
    negate,
    outlook_at_least,
    outlook_not,
)
from fairwater.agreement.metrics import (
    coverage,
    documents,
    findings,
    goods,
    lots,
    registers,
    reports,
    rulings,
    shares,
    standing,
    weeks,
)
from fairwater.agreement.metrics.measured import Asked, Measured
from fairwater.agreement.metrics.selection import unplaced, window_of
from fairwater.agreement.model import (
    All,
    Any,
    AnyCondition,
    AtLeast,
    Atom,
    Declared,
    ExceptClause,
    Fixed,
    Not,
    Param,
    StateIs,
)
from fairwater.agreement.scope import Window
from fairwater.agreement.verdict import Missing, Node, Reading, Verdict, distinct

MetricFunction = Callable[[Atom, Context, Evidence, Window, Asked], Measured]

MEASURES: Mapping[str, MetricFunction] = MappingProxyType(
    {
        "exceed_count": findings.exceed_count,
        "distinct_points_exceeding": findings.distinct_points_exceeding,
        "max_value": findings.max_value,
        "abnormal_finding": findings.abnormal_finding,
        "noncompliance_count": registers.noncompliance_count,
        "rejected_documents": rulings.rejected_documents,
        "exceed_share_upper": shares.exceed_share_upper,
        "interlab_agreement": shares.interlab_agreement,
        "sample_count": coverage.sample_count,
        "distinct_points": coverage.distinct_points,
        "independent_sample_count": coverage.independent_sample_count,
        "revisits": coverage.revisits,
        "weeks_covered": weeks.weeks_covered,
        "document_valid": documents.document_valid,
        "document_matches": documents.document_matches,
        "document_states": documents.document_states,
        "lots_covered": documents.lots_covered,
        "mass_covered": documents.mass_covered,
        "facility_registered": standing.facility_registered,
        "production_area": goods.production_area,
        "product_listed": goods.product_listed,
        "produced_after": goods.produced_after,
        "report_age": reports.report_age,
        "lots_within_limit": lots.lots_within_limit,
        "detection_limit_met": lots.detection_limit_met,
    }
)


def evaluate(
    condition: AnyCondition,
    evidence: Evidence,
    context: Context,
    exceptions: tuple[ExceptClause, ...] = (),
    path: str = "rule",
) -> Verdict:
    """Verdict of a condition at (`context.at`, `context.known_at`).

    Parameters
    ----------
    condition : AnyCondition
        The base condition.
    evidence : Evidence
        Everything there is; what was not known on `context.known_at` is set aside here.
    context : Context
        Clocks, unit, terms and bindings.
    exceptions : tuple of ExceptClause
        Clauses that replace the base while their `when` holds.
    path : str
        Where the condition stands, for the tree.

    Returns
    -------
    Verdict
        Three-valued, with what could settle an unknown; the same for any order of
        evidence and any repetition of the same record.
    """
    known = evidence.as_known(context.known_at)
    return evaluate_known(condition, known, context, exceptions, path)


def evaluate_known(
    condition: AnyCondition,
    known: Evidence,
    context: Context,
    exceptions: tuple[ExceptClause, ...] = (),
    path: str = "rule",
) -> Verdict:
    """`evaluate` on evidence that is already `as_known(context.known_at)`."""
    tree = judge(condition, known, context, path)
    by = "base"
    if exceptions:
        tree, by = _excepted(tree, exceptions, known, context, path)
    return concluded(tree, known, context, by if exceptions else None)


def concluded(tree: Node, known: Evidence, context: Context, by: str | None) -> Verdict:
    """The verdict a judged tree amounts to."""
    readings = [atom.reading for atom in tree.atoms() if atom.reading is not None]
    cited = {record for reading in readings for record in reading.cites}
    flags = {
        sample.sample: {"sample": sample.sample, "replicates_disagree": list(sample.disagree)}
        for reading in readings
        for sample in reading.samples
        if sample.disagree
    }
    return Verdict(
        verdict=tree.verdict,
        could_be=tree.could_be,
        missing=distinct(tree.missing),
        also_open=distinct(tree.also_open),
        tree=tree,
        at=context.at,
        known_at=context.known_at,
        by=by,
        cites=tuple(sorted(cited)),
        superseded=_superseded(known, cited, context),
        flags=tuple(flags[key] for key in sorted(flags)),
    )


def _superseded(known: Evidence, cited: set[str], context: Context) -> tuple[str, ...]:
    """Records set aside: replaced, at once or in steps, by a cited one, or withdrawn."""
    replaced_by = known.replaced_by(context.known_at)
    kept: list[str] = []
    for record in known.superseded:
        heir, steps = replaced_by[record], 0
        while heir in replaced_by and steps < len(replaced_by):
            heir, steps = replaced_by[heir], steps + 1
        if heir is None or heir in cited:
            kept.append(record)
    return tuple(kept)


def judge(condition: AnyCondition, known: Evidence, ctx: Context, path: str) -> Node:
    """The condition's tree of verdicts on evidence that is already `as_known`."""
    path = path if condition.id is None else f"{path}.{condition.id}"
    match condition:
        case All():
            return _group(condition, len(condition.of), known, ctx, path)
        case Any():
            return _group(condition, 1, known, ctx, path)
        case AtLeast():
            needed = ctx.number(condition.at_least)
            if needed is None:
                entry = _open_parameter(condition.at_least, ctx)
                return Node(form="at_least", path=path, verdict="unknown", could_be=EITHER,
                            missing=(entry,))  # fmt: skip
            return _group(condition, int(needed), known, ctx, path)
        case Not():
            part = judge(condition.of, known, ctx, f"{path}.not")
            return Node(
                form="not",
                path=path,
                verdict=negate(part.verdict),
                could_be=outlook_not(part.could_be),
                missing=part.missing,
                also_open=part.also_open,
                parts=(part,),
            )
        case Fixed():
            outlook = HOLDS if condition.fixed == "holds" else FAILS
            return Node(form="fixed", path=path, verdict=condition.fixed, could_be=outlook)
        case StateIs():
            return _leaf("state", path, standing.state_is(condition.state, ctx), None)
        case Declared():
            measured = standing.declared(condition.declared, ctx, known)
            return _leaf("declared", path, measured, None)
        case Atom():
            return _atom(condition, known, ctx, path)


def _group(
    condition: All | Any | AtLeast, needed: int, known: Evidence, ctx: Context, path: str
) -> Node:
    parts = tuple(judge(part, known, ctx, path) for part in condition.of)
    verdict = at_least(needed, [part.verdict for part in parts])
    open_ = [m for part in parts if part.verdict == "unknown" for m in part.missing]
    aside = [m for part in parts for m in part.also_open]
    settled = verdict != "unknown"
    return Node(
        form=str(condition.__struct_config__.tag),
        path=path,
        verdict=verdict,
        could_be=_outlook(verdict, outlook_at_least(needed, [part.could_be for part in parts])),
        missing=() if settled else distinct(open_),
        also_open=distinct([*aside, *open_] if settled else aside),
        parts=parts,
    )


def _outlook(verdict: Truth, possible: Outlook) -> Outlook:
    return {"holds": HOLDS, "fails": FAILS, "unknown": possible}[verdict]


def _atom(atom: Atom, known: Evidence, ctx: Context, path: str) -> Node:
    terms = ctx.terms
    for key in atom.limits:
        limit = ctx.limit(key)
        if not any(entry.value is not None for entry in limit.dated):
            return _unknown(atom, path, ctx.missing("parameter", key, owed_by=None))
    for name in unplaced(atom, ctx):
        owed = ctx.role("documents")
        reason = f"the consignment does not state its {name}"
        return _unknown(atom, path, ctx.missing("statement", name, owed_by=owed, reason=reason))
    window = window_of(atom, ctx)
    if window is None:
        return _unknown(atom, path, _open_parameter(atom.window, ctx))
    operand: Anything = atom.operand if atom.comparators else _implied(atom)
    asked = Asked("ge" if not atom.comparators else atom.comparator, Decimal(1))
    if atom.metric == "weeks_covered" and atom.weeks is not None:
        operand, asked = atom.weeks, Asked("ge", Decimal(1))
    if not isinstance(operand, bool) and atom.metric != "report_age":
        number = ctx.number(operand)
        if number is None:
            return _unknown(atom, path, _open_parameter(operand, ctx))
        asked = Asked(asked.comparator, number)
    measured = MEASURES[atom.metric](atom, ctx, known, window, asked)
    certs = [*ctx.certs(operand), *ctx.certs(atom.window)]
    if atom.cite is not None and atom.cite.cert is not None:
        certs.append(atom.cite.cert)
    certs += [entry.cert for key in atom.limits for entry in terms.limits[key].dated if entry.cert]
    return _leaf(atom.metric, path, measured, asked, tuple(sorted(set(certs))))


def _implied(atom: Atom) -> Anything:
    """Operand of an atom that writes none: the weeks it asks for, one visit, or `is: true`."""
    if atom.metric == "weeks_covered":
        return atom.weeks if atom.weeks is not None else "1"
    return "1" if atom.metric == "revisits" else True


def _leaf(
    form: str, path: str, measured: Measured, asked: Asked | None, certs: tuple[str, ...] = ()
) -> Node:
    reading = measured.reading
    truth, outlook = measured.truth, measured.could_be
    if truth is None:
        if asked is None:
            raise ValueError(f"{path}: a metric without verdict needs a comparison")
        truth = compare(reading.low, reading.high, asked.comparator, asked.number)
    outlook = outlook if outlook is not None else EITHER
    spelled = Reading(
        metric=reading.metric,
        low=reading.low,
        high=reading.high,
        first=reading.first,
        last=reading.last,
        comparator=asked.comparator if asked else "",
        operand=format(asked.number, "f") if asked else "",
        samples=reading.samples,
        cites=reading.cites,
        open=reading.open,
        notes=reading.notes,
        certs=certs,
        compared=reading.compared,
    )
    unknown = truth == "unknown"
    return Node(
        form=form,
        path=path,
        verdict=truth,
        could_be=_outlook(truth, outlook),
        missing=distinct(reading.open) if unknown else (),
        also_open=() if unknown else distinct(reading.open),
        reading=spelled,
    )


def _unknown(atom: Atom, path: str, entry: Missing) -> Node:
    reading = Reading(metric=atom.metric, low=Decimal(0), high=None, open=(entry,))
    return Node(form=atom.metric, path=path, verdict="unknown", could_be=EITHER,
                missing=(entry,), reading=reading)  # fmt: skip


def _open_parameter(operand: object, ctx: Context) -> Missing:
    of = operand.param if isinstance(operand, Param) else None
    return ctx.missing("parameter", of, owed_by=None, reason="left open by the parties")


def _excepted(
    base: Node,
    exceptions: tuple[ExceptClause, ...],
    known: Evidence,
    ctx: Context,
    path: str,
) -> tuple[Node, str]:
    """Base and exceptions together, and who gave the verdict."""
    taken: list[tuple[str, Node]] = []
    possible: list[tuple[str, Node]] = []
    whens: list[Node] = []
    shown: list[Node] = [base]
    for exception in exceptions:
        when = judge(exception.when, known, ctx, f"{path}.except.{exception.id}.when")
        then = judge(exception.then, known, ctx, f"{path}.except.{exception.id}.then")
        shown += [when, then]
        if when.verdict == "holds":
            taken.append((exception.id, then))
        elif when.verdict == "unknown":
            possible.append((exception.id, then))
            whens.append(when)
    reach = [*(taken or [("base", base)]), *possible]
    verdicts = {node.verdict for _, node in reach}
    by = " and ".join(name for name, _ in reach)
    open_ = [m for node in whens for m in node.missing]
    open_ += [m for _, node in reach for m in node.missing]
    aside = [m for _, node in reach for m in node.also_open]
    if len(verdicts) == 1 and verdicts != {"unknown"}:
        verdict = verdicts.pop()
        return (
            Node(
                form="except",
                path=path,
                verdict=verdict,
                could_be=HOLDS if verdict == "holds" else FAILS,
                also_open=distinct([*aside, *open_]),
                parts=tuple(shown),
            ),
            by,
        )
    clash = {node.verdict for _, node in taken} >= {"holds", "fails"}
    if clash:
        names = ", ".join(name for name, _ in taken)
        open_.append(ctx.missing("conflict", names, owed_by=None, reason="exceptions differ"))
    could: Outlook = frozenset().union(*(node.could_be for _, node in reach))
    return (
        Node(
            form="except",
            path=path,
            verdict="unknown",
            could_be=could,
            missing=distinct(open_),
            also_open=distinct(aside),
            parts=tuple(shown),
        ),
        by,
    )
