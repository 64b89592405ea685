"""One evaluation of a case: terms, evidence and clocks put together, and every answer computed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import structs

from fairwater.agreement.casefiles.checks import faults
from fairwater.agreement.casefiles.evidence import evidence_of, kind_of, name_of
from fairwater.agreement.casefiles.terms import Refused, Terms, assembled, override, typed
from fairwater.agreement.casefiles.values import EvidenceFault
from fairwater.agreement.context import Context, StateReading, terms_of
from fairwater.agreement.evaluator import evaluate
from fairwater.agreement.evidence import Unit, ZoneVersion
from fairwater.agreement.goods_checking import NoSuchConsignment, check_consignment
from fairwater.agreement.goods_verdict import ConsignmentVerdict
from fairwater.agreement.instants import conditions_of, leaves
from fairwater.agreement.knowledge import Knowledge, with_knowledge
from fairwater.agreement.machine import Walk
from fairwater.agreement.model import Agreement, Atom, StateIs
from fairwater.agreement.timeline import Timeline
from fairwater.agreement.verdict import Missing, Verdict
from fairwater.quantities.dates import civil
from fairwater.quantities.errors import QuantityError


def answer(
    file: Mapping[str, Any], case: Mapping[str, Any], evaluation: Mapping[str, Any], name: str
) -> dict[str, Any]:
    """Every output of one evaluation.

    Raises
    ------
    Refused
        If terms or overrides cannot be used.
    EvidenceFault
        If a line of evidence cannot be read.
    """
    defaults = file.get("defaults") or {}
    data = assembled(file, case, evaluation)
    data.setdefault("owed_by", _duties(defaults))
    changed = _overrides(case, evaluation)
    touched = {path: override(data, path, value) for path, value in changed.items()}
    time_zone = str(data.get("time_zone") or defaults.get("time_zone") or "UTC")
    terms = typed(data, name, time_zone, str(defaults.get("date") or "sampled"))
    wrong = faults(terms.agreement, terms.rule, terms.exceptions)
    if wrong:
        raise Refused(wrong)
    zone = _zone(time_zone)
    run = _Run(file, case, evaluation, terms, zone, name)
    output = run.outputs()
    unread = [
        f"override {path} was never read"
        for path, owner in touched.items()
        if not _was_read(owner, run.reads, terms)
    ]
    if unread or changed:
        output["warnings"] = unread
    return output


def _duties(defaults: Mapping[str, Any]) -> dict[str, str]:
    keys = {
        "samples": "sampling_owed_by",
        "results": "results_owed_by",
        "documents": "documents_owed_by",
        "statements": "statements_owed_by",
    }
    return {duty: str(defaults[key]) for duty, key in keys.items() if defaults.get(key)}


def _overrides(case: Mapping[str, Any], evaluation: Mapping[str, Any]) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for layer in (case, evaluation):
        given = layer.get("override")
        if isinstance(given, Mapping):
            changed |= given
    return changed


def _was_read(owner: str, reads: set[str], terms: Terms) -> bool:
    if owner == "rule":
        return terms.rule is not None
    if owner.startswith("atoms."):
        return owner.removeprefix("atoms.") in terms.named_used
    if owner.startswith(("except.", "plan", "measures.")):
        return True
    return owner in reads


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Refused([f"no time zone `{name}`; expected a name such as Asia/Tokyo"]) from error


class _Run:
    """One evaluation, put together."""

    def __init__(
        self,
        file: Mapping[str, Any],
        case: Mapping[str, Any],
        evaluation: Mapping[str, Any],
        terms: Terms,
        zone: ZoneInfo,
        name: str,
    ) -> None:
        self.terms, self.zone = terms, zone
        self.layers = (evaluation, case, file)
        self.reads: set[str] = set()
        self.at, self.instant = self._moment("at")
        known_at = self._stated("known_at")
        self.known_at = self.at if known_at is None else self._moment("known_at")[0]
        self.bindings = {str(k): str(v) for k, v in (self._stated("bind") or {}).items()}
        stated = self._stated("unit")
        unit = {"zone": "Z1"} if stated is None else stated
        self.unit: Unit = unit if isinstance(unit, Mapping) else {"zone": str(unit)}
        lines = _with(self._stated("evidence") or [], self._stated("with"))
        evidence = evidence_of(lines, zone, name)
        knowledge = cast("Knowledge", self._stated("knowledge") or "journal")
        self.evidence = structs.replace(
            with_knowledge(evidence, knowledge), zones=zone_versions(self._stated("zones") or {})
        )
        self.knowledge = knowledge

    def _stated(self, key: str) -> Any:
        return next((layer[key] for layer in self.layers if layer.get(key) is not None), None)

    def _moment(self, key: str) -> tuple[date, datetime | None]:
        text = self._stated(key)
        try:
            days = civil(text, self.zone)
        except (QuantityError, TypeError) as error:
            raise EvidenceFault(key, f"{key} `{text}`", "a day or an instant") from error
        if not days.exact or days.last is None:
            raise EvidenceFault(key, f"{key} `{text}`", "one day or one instant")
        return days.last, datetime.fromisoformat(text) if "T" in text else None

    def outputs(self) -> dict[str, Any]:
        """Everything that can be answered: the verdict of the rule, the state of the measure."""
        output: dict[str, Any] = {}
        agreement = self.terms.agreement
        timeline: Timeline | None = None
        if agreement.measures or agreement.transitions:
            timeline, walk = self._timeline(agreement)
            self.reads |= walk.reads
            output |= state_output(timeline)
        else:
            walk = None
        goods = self._stated("consignment")
        if goods is not None:
            states = walk.states_at_end() if walk is not None else {}
            return output | self._goods(str(goods), states)
        if self.terms.rule is not None and self._stated("query") is None:
            verdict = self._verdict(walk, timeline)
            flags = output.get("flags", [])
            output |= verdict_output(verdict)
            output["flags"] = [*output["flags"], *flags]
        return output

    def _goods(self, name: str, states: Mapping[str, StateReading]) -> dict[str, Any]:
        """The answer of the consignment checks."""
        try:
            found = check_consignment(
                self.terms.agreement,
                name,
                self.evidence,
                at=self.at,
                known_at=self.known_at,
                bindings=self.bindings,
                states=states,
                reads=self.reads,
            )
        except NoSuchConsignment as error:
            raise EvidenceFault(None, str(error), "a line {consignment: …}") from error
        return goods_output(found)

    def _timeline(self, agreement: Agreement) -> tuple[Timeline, Walk]:
        measures = agreement.measures
        if not measures:
            raise Refused(["transitions without a measure; state `states: {measure, initial}`"])
        later = self._stated("hindsight") or self.known_at > self.at
        walk = Walk(
            agreement,
            terms_of(agreement),
            self.unit,
            self.evidence,
            as_of=self.at,
            known_at=self.known_at,
            decisions=str(self._stated("decisions") or "as_recorded"),
            bindings=self.bindings,
            hindsight=later in (True, "true"),
        )
        walk.run()
        return walk.told(measures[0].id, self.knowledge), walk

    def _verdict(self, walk: Walk | None, timeline: Timeline | None) -> Verdict:
        if self.terms.rule is None:
            raise Refused(["an evaluation without a rule"])
        context = Context(
            at=self.at,
            known_at=self.known_at,
            terms=terms_of(self.terms.agreement),
            unit=self.unit,
            bindings=self.bindings,
            since=timeline.since if timeline is not None else None,
            at_instant=self.instant,
            states=walk.states_at_end() if walk is not None else {},
            reads=self.reads,
        )
        self._needs_states(walk)
        return evaluate(self.terms.rule, self.evidence, context, self.terms.exceptions)

    def _needs_states(self, walk: Walk | None) -> None:
        """Refuse a rule on a state where no measure is stated."""
        conditions = [self.terms.rule] if self.terms.rule is not None else []
        conditions += conditions_of(())
        for clause in self.terms.exceptions:
            conditions += [clause.when, clause.then]
        wanting = [
            leaf
            for condition in conditions
            for leaf in leaves(condition)
            if isinstance(leaf, StateIs) or (isinstance(leaf, Atom) and leaf.since)
        ]
        for leaf in wanting:
            if isinstance(leaf, StateIs):
                known = walk.tracks if walk is not None else {}
                if leaf.state.measure not in known:
                    named = ", ".join(known) or "none"
                    raise Refused([f"no measure `{leaf.state.measure}`; there are {named}"])


def _with(lines: list[dict[str, Any]], changes: Any) -> list[dict[str, Any]]:
    """Lines with the fields of some changed, by id or by sample; null takes a field away."""
    if changes is None:
        return lines
    result = [dict(line) for line in lines]
    for name, fields in changes.items():
        hit = [line for line in result if name_of(line) == name]
        hit = hit or [line for line in result if line.get(kind_of(line)) == name]
        if not hit:
            raise Refused([f"with: no evidence `{name}`"])
        for line in hit:
            for key, value in fields.items():
                line[key] = value
                if value is None and key != "act":
                    del line[key]
    return result


def zone_versions(zones: Mapping[str, Any]) -> tuple[ZoneVersion, ...]:
    """Zone versions of ``{Z1: {valid: '[2011-01-01, 2021-03-01)', split_into: [Z1a, Z1b]}}``."""
    found: list[ZoneVersion] = []
    for zone, content in sorted(zones.items()):
        unknown = set(content) - {"valid", "split_into", "parent", "merged_into"}
        if unknown:
            raise Refused(
                [f"zones.{zone}: the key `{key}` is not known here" for key in sorted(unknown)],
                unknown_key=True,
            )
        start, end = _span(zone, content.get("valid"))
        children = content.get("split_into") or ()
        found.append(
            ZoneVersion(
                zone=zone,
                valid_from=start,
                valid_to=end,
                parent=content.get("parent"),
                split_into=(children,) if isinstance(children, str) else tuple(children),
                merged_into=content.get("merged_into"),
            )
        )
    return tuple(found)


def _span(zone: str, text: Any) -> tuple[date | None, date | None]:
    if text is None:
        return None, None
    parts = [part.strip(" [)(]") for part in str(text).split(",")]
    try:
        start, end = (date.fromisoformat(part) if part else None for part in parts)
    except ValueError as error:
        raise Refused(
            [f"zones.{zone}.valid: `{text}`; expected [2011-01-01, 2021-03-01)"]
        ) from error
    return start, end


# Outputs


def verdict_output(verdict: Verdict) -> dict[str, Any]:
    """The fields a case may state of a verdict."""
    output: dict[str, Any] = {
        "verdict": verdict.verdict,
        "could_be": sorted(verdict.could_be),
        "missing": [entry.plain() for entry in verdict.missing],
        "also_open": _named(verdict.also_open),
        "cites": list(verdict.cites),
        "superseded": list(verdict.superseded),
        "flags": [dict(flag) for flag in verdict.flags],
    }
    if verdict.value is not None:
        output["value"] = list(verdict.value)
    if verdict.by is not None:
        output["by"] = verdict.by
    return output


def goods_output(answer: ConsignmentVerdict) -> dict[str, Any]:
    """The fields a case may state of a consignment."""
    return {
        "verdict": answer.verdict,
        "missing": [entry.plain() for entry in answer.missing],
        "action": None if answer.action is None else answer.action.id,
        "actions": [action.id for action in answer.actions],
        "conditions": {entry.id: entry.verdict for entry in answer.conditions},
        "mismatches": [
            entry.plain() | {"condition": answer_.id}
            for answer_ in answer.conditions
            for entry in answer_.mismatches
        ],
        "cites": sorted({name for entry in answer.conditions for name in entry.whole.cites}),
    }


def _named(entries: tuple[Missing, ...]) -> list[str]:
    return sorted({entry.of for entry in entries if entry.of is not None})


def state_output(timeline: Timeline) -> dict[str, Any]:
    """The fields a case may state of a measure."""
    eligible = [
        {"transition": opening.transition, "since": opening.since.isoformat()}
        for opening in timeline.eligible
    ]
    return {
        "in_force": timeline.in_force,
        "since": timeline.since.isoformat() if timeline.since else None,
        "status": timeline.status,
        "asserted": [{"by": a.by, "state": a.state} for a in timeline.asserted],
        "recorded_only": list(timeline.recorded_only),
        "eligible": eligible,
        "transitions": [entry["transition"] for entry in eligible],
        "not_taken": list(timeline.not_taken),
        "flags": [dict(flag) for flag in timeline.flags],
        "hypothetical": timeline.hypothetical,
        "alarms": [
            {
                key: (value.isoformat() if isinstance(value, date) else value)
                for key, value in structs.asdict(alarm).items()
                if value is not None
            }
            for alarm in timeline.alarms
        ],
    }
