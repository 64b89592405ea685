"""`fairwater evaluate`: states of every unit over the whole history."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import Parameter

from fairwater.agreement.override import OverrideError
from fairwater.agreement.telling import told
from fairwater.agreement.timeline import Timeline
from fairwater.cli.asking import Question, asked_of, no_such_part, overrides_of, prepared_of
from fairwater.cli.exits import DONE, USAGE, Failure
from fairwater.cli.output import print_json, print_table, talk
from fairwater.cli.settings import pairs
from fairwater.node.evaluation import NoSuchPart, Prepared, every, one, varied, warnings


def evaluate(
    agreement: str,
    /,
    *,
    as_of: str | None = None,
    unit: Annotated[list[str] | None, Parameter(name="--unit", negative="")] = None,
    measure: str | None = None,
    question: Question = Question(),  # noqa: B008 - frozen, without state
    json: bool = False,
) -> int:
    """States of every unit over the whole history, and every eligible step.

    With --set, the verdicts that flip are shown beside those of the agreement as it stands.
    Exit code 0, also where much is unknown: many units are not one question.

    Example: fairwater evaluate origin_restriction --as-of 2014-03-31 --knowledge sampled

    Example: fairwater evaluate origin_restriction --as-of 2014-03-31 --knowledge sampled
    --set transitions.impose.when.two_points.window=P30D

    Parameters
    ----------
    agreement
        A file, a shipped agreement, or one on record.
    as_of
        The day asked about; today (UTC) if not given.
    unit
        One unit only: DIMENSION=VALUE for each dimension; may be repeated.
    measure
        One measure only.
    json
        One object a unit and measure: state, timeline, missing.
    """
    overrides = overrides_of(question)
    node, asked = asked_of(agreement, as_of, question)
    prepared = prepared_of(node, asked)
    chosen = pairs(unit, "--unit")
    flips: list[dict[str, Any]] = []
    try:
        timelines = _timelines(prepared, chosen, measure)
        if overrides:
            before, prepared = timelines, varied(node, prepared, overrides)
            timelines = _timelines(prepared, chosen, measure)
            flips = _flips(before, timelines)
    except NoSuchPart as error:
        raise no_such_part(error) from error
    except OverrideError as error:
        raise Failure(USAGE, f"--set {error}") from error
    for warning in warnings(prepared):
        talk(f"warning: {warning}")
    if json:
        print_json(_content(prepared, timelines, flips))
    else:
        _print(prepared, timelines, flips)
    return DONE


def _timelines(prepared: Prepared, unit: dict[str, str], measure: str | None) -> list[Timeline]:
    if unit:
        measures = [measure] if measure else [m.id for m in prepared.agreement.measures]
        return [one(prepared, each, unit) for each in measures]
    found = every(prepared)
    if measure is not None and measure not in {m.id for m in prepared.agreement.measures}:
        raise NoSuchPart(f"no measure `{measure}` in {prepared.agreement.id}")
    return [t for t in found if measure in (None, t.measure)]


def _content(
    prepared: Prepared, timelines: list[Timeline], flips: list[dict[str, Any]]
) -> dict[str, Any]:
    asked = prepared.asked
    return {
        "agreement": prepared.agreement.id,
        "version": prepared.agreement.version,
        "content_id": prepared.content_id,
        "as_of": asked.as_of.isoformat(),
        "known_at": prepared.known_at.isoformat(),
        "knowledge": asked.knowledge,
        "decisions": asked.decisions,
        "overrides": dict(asked.overrides),
        "left_out": prepared.left_out,
        "rows": len(prepared.columns),
        "warnings": warnings(prepared),
        "units": [told(timeline, prepared.agreement) for timeline in timelines],
        "flips": flips,
    }


def _flips(before: list[Timeline], after: list[Timeline]) -> list[dict[str, Any]]:
    """Units whose state, eligible intervals or present verdicts the overrides change."""
    old = {(tuple(t.unit.items()), t.measure): t for t in before}
    rows: list[dict[str, Any]] = []
    for new in after:
        was = old.get((tuple(new.unit.items()), new.measure))
        if was is None or _shape(was) != _shape(new):
            rows.append(
                {
                    "unit": dict(new.unit),
                    "measure": new.measure,
                    "before": None if was is None else _shape(was),
                    "after": _shape(new),
                }
            )
    return rows


def _shape(timeline: Timeline) -> dict[str, Any]:
    return {
        "state": timeline.in_force,
        "eligible": [
            [o.transition, o.since.isoformat(), o.until.isoformat() if o.until else None]
            for o in sorted(timeline.openings, key=lambda o: (o.since, o.transition))
        ],
        "now": {name: verdict.verdict for name, verdict in sorted(timeline.now.items())},
    }


def _print(prepared: Prepared, timelines: list[Timeline], flips: list[dict[str, Any]]) -> None:
    asked = prepared.asked
    note = ", hypothetical" if any(t.hypothetical for t in timelines) else ""
    print(
        f"{prepared.agreement.id} {prepared.agreement.version} as of {asked.as_of}, known at "
        f"{prepared.known_at} by {asked.knowledge}, decisions {asked.decisions}{note}"
    )
    units = {tuple(t.unit.items()) for t in timelines}
    if len(units) == 1:
        print("  one unit: " + ", ".join(f"{k} {v}" for k, v in next(iter(units))))
    else:
        print(f"  {len(prepared.columns):,} samples in {len(units):,} units")
    for reason, count in sorted(prepared.left_out.items()):
        print(f"  left out: {count:,} {reason}")
    counts: dict[tuple[str, str], int] = {}
    for timeline in timelines:
        key = (timeline.measure, timeline.in_force)
        counts[key] = counts.get(key, 0) + 1
    rows = [(m, s, n) for (m, s), n in sorted(counts.items())]
    print_table(("measure", "state", "units"), rows)
    moved = [
        (
            " / ".join(timeline.unit.values()),
            timeline.measure,
            opening.transition,
            opening.since,
            opening.until,
            opening.decided,
        )
        for timeline in timelines
        for opening in sorted(timeline.openings, key=lambda o: (o.since, o.transition))
    ]
    if moved:
        headings = ("unit", "measure", "eligible", "from", "until", "decided")
        print_table(headings, moved)
    for timeline in timelines if len(units) == 1 else ():
        _print_missing(timeline)
    if flips:
        print(f"\nverdicts that flip: {len(flips):,}")
        print_table(
            ("unit", "measure", "before", "after"),
            [
                (
                    " / ".join(flip["unit"].values()),
                    flip["measure"],
                    _said(flip["before"]),
                    _said(flip["after"]),
                )
                for flip in flips
            ],
        )
    elif asked.overrides:
        talk("no verdict flips")


def _print_missing(timeline: Timeline) -> None:
    from fairwater.agreement.dossier_text import missing_text

    for name, verdict in sorted(timeline.now.items()):
        print(f"{timeline.measure}: {name} {verdict.verdict}")
        for entry in verdict.missing:
            print(f"  missing: {missing_text(entry.plain())}")


def _said(shape: dict[str, Any] | None) -> str:
    if shape is None:
        return "no unit"
    spans = [f"{name} {start} to {end or 'now'}" for name, start, end in shape["eligible"]]
    verdicts = [f"{name} {verdict}" for name, verdict in shape["now"].items()]
    return "; ".join([shape["state"], *spans, *verdicts])
