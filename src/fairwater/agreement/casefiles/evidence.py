"""Evidence of a case file: one line a statement, short names, everything text.

    {s: s1, d: '2021-03-20', cs134: '<6', cs137: '97', point: P2}
    {s: s1, id: r2, amends: r1, d: '2021-03-10', known: '2021-03-25', cs: '0.77'}
    {s: s9, d: '2021-03-25', due: '2021-04-05'}
    {doc: health_certificate, ruling: rejected, d: '2021-03-21'}
    {register: border, by: importing, from: '2020-04-01', complete_through: '2021-03-31',
     consignments: '120', rejected: '0'}
    {declared: keeps_monitoring, by: origin, d: '2021-03-01', value: true}
    {assertion: a1, by: importing, d: '2025-11-19', state: suspended, act: null}
    {consignment: c1, origin: coast, destination: inland, species: cod, lots: [L1, L2], d: …}
    {decision: x1, transition: impose, by: national, d: '2021-04-19', effective: '2021-04-19'}

`cs` is the reported sum Cs-134+Cs-137; `cs134`, `sr90`, or `Sr-90` one nuclide.
A number is detected; `<x` censored at x; `>x` over-range; `a..b` an interval;
`x (<y)` is x with the detection limit y; `~x` about x; `not_stated` and
`withheld` say so. `d` is the sampling day (or `from/to`), `at` an instant, `known`
the day it became known (default: `d`). Any line may say that it `amends` another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from fairwater.agreement.casefiles.goods import (
    CONSIGNMENT_KEYS,
    DOCUMENT_KEYS,
    consignment,
    document,
)
from fairwater.agreement.casefiles.values import (
    EvidenceFault,
    day_of,
    days_of,
    nuclide_of,
    texts,
    uncertainty,
    values_of,
)
from fairwater.agreement.evidence import (
    ApplicationEvidence,
    AssertionEvidence,
    Cell,
    DecisionEvidence,
    DeclarationEvidence,
    Evidence,
    FacilityEvidence,
    MissedEvidence,
    RegisterEvidence,
    ReportEvidence,
    ReviewEvidence,
    SampleEvidence,
    Supersession,
)
from fairwater.quantities.dates import CivilInterval

COMMON: Final = frozenset({"d", "at", "known", "note", "id", "unit", "zone", "amends"})
FORMS: Final[dict[str, frozenset[str]]] = {
    "s": frozenset({
        "r", "published", "produced", "inside", "point", "cs", "u", "lab", "by", "witness",
        "due", "basis", "technique", "flags", "measured_in", "limit_kind", "promised",
        "species", "facility", "lot", "consignment", "reason",
    }),
    "doc": DOCUMENT_KEYS,
    "declared": frozenset({"by", "value", "states"}),
    "assertion": frozenset({"by", "state", "act", "measure", "withdraws"}),
    "decision": frozenset({
        "transition", "by", "role", "effective", "to", "act", "reasons", "measure",
    }),
    "report": frozenset({"by"}),
    "consignment": CONSIGNMENT_KEYS,
    "missed": frozenset({"reason", "point", "by"}),
    "facility": frozenset({"by", "registered", "from", "to", "register"}),
    "review": frozenset({"by", "measure"}),
    "application": frozenset({"transition", "by", "measure"}),
    "withdrawn": frozenset({"reason", "by"}),
    "register": frozenset({"by", "from", "complete_through", "consignments", "rejected"}),
}  # fmt: skip
"""The key that tells a line's kind, in order of precedence, and what else it may say."""


def kind_of(line: Mapping[str, Any]) -> str:
    """The key that tells what a line of evidence is."""
    if "consignments" in line or "rejected" in line or "complete_through" in line:
        return "register"
    for form in FORMS:
        if form in line:
            return form
    raise EvidenceFault(None, "a line without a kind", f"one of {', '.join(FORMS)}")


def check_keys(line: Mapping[str, Any]) -> None:
    """Refuse a key that this kind of line does not know."""
    form = kind_of(line)
    known = COMMON | FORMS[form] | {form}
    if form == "register":
        known |= {"consignments", "rejected"}
    for key in line:
        if key not in known and not (form == "s" and nuclide_of(key)):
            raise EvidenceFault(
                key, f"the key `{key}` is not known here", f"one of {', '.join(sorted(known))}"
            )


def name_of(line: Mapping[str, Any]) -> str:
    """The id of the line: its own, else the name of what it is about."""
    form = kind_of(line)
    return str(line.get("id") or line.get(form) or form)


def evidence_of(lines: list[dict[str, Any]], zone: ZoneInfo, name: str) -> Evidence:
    """Evidence of the lines, in the agreement's time zone.

    Raises
    ------
    EvidenceFault
        At the first line that cannot be read.
    """
    fields: dict[str, list[Any]] = {key: [] for key in _FIELD.values()}
    supersessions: list[Supersession] = []
    used: dict[str, int] = {}
    for row, line in enumerate(lines, start=1):
        try:
            _add(line, row, zone, name, used, fields, supersessions)
        except EvidenceFault as fault:
            fault.row = row
            raise
    return Evidence(
        **{key: tuple(entries) for key, entries in fields.items()},
        supersessions=tuple(supersessions),
    )


def _add(
    line: dict[str, Any],
    row: int,
    zone: ZoneInfo,
    name: str,
    used: dict[str, int],
    fields: dict[str, list[Any]],
    supersessions: list[Supersession],
) -> None:
    """One line, put among what it states."""
    check_keys(line)
    form = kind_of(line)
    known = _known(line, zone)
    if form == "withdrawn":
        reason = line.get("reason")
        target = line["withdrawn"]
        supersessions.append(Supersession(target=target, by=None, known=known, reason=reason))
        return
    own = name_of(line)
    used[own] = used.get(own, 0) + 1
    own = own if used[own] == 1 else f"{own}#{used[own]}"
    if line.get("amends"):
        supersessions.append(
            Supersession(target=line["amends"], by=own, known=known, reason=line.get("reason"))
        )
    fields[_FIELD[form]].append(_BUILD[form](line, own, known, zone, Cell(name=name, row=row)))


def _known(line: Mapping[str, Any], zone: ZoneInfo) -> date:
    order = ("known", "at", "d", "complete_through", "from")
    for key in order:
        if line.get(key) is not None:
            last = days_of(line, key, zone).last
            if last is not None:
                return last
    raise EvidenceFault(None, "a line without a date", "`d`, `at` or `known`")


def _dated(line: Mapping[str, Any], zone: ZoneInfo) -> CivilInterval:
    return days_of(line, "at" if line.get("at") is not None else "d", zone)


def _unit(line: Mapping[str, Any]) -> dict[str, str]:
    unit = line.get("unit")
    dims = dict(unit) if isinstance(unit, Mapping) else ({"zone": unit} if unit else {})
    for key in ("species", "facility", "lot", "consignment", "zone"):
        if kind_of(line) != key and isinstance(line.get(key), str):
            dims[key] = line[key]
    return dims


def _sample(
    line: Mapping[str, Any], own: str, known: date, zone: ZoneInfo, cell: Cell
) -> SampleEvidence:
    unit = _unit(line)
    place = unit.get("zone", "Z1") if "zone" not in line else line["zone"]
    if place is not None and place != "not_stated":
        unit["zone"] = place
    else:
        place = None
        unit.pop("zone", None)
    spread, spread_text = uncertainty(line)
    values = values_of(line, spread, spread_text, zone, cell)
    whole = len(values) > 1
    instant = line.get("at")
    return SampleEvidence(
        id=own,
        sample=line["s"],
        known=known,
        sampled=_dated(line, zone),
        sampled_at=datetime.fromisoformat(instant) if instant and "T" in instant else None,
        resulted=days_of(line, "r", zone),
        published=days_of(line, "published", zone),
        produced=days_of(line, "produced", zone),
        unit=unit,
        zone=place,
        inside=line.get("inside"),
        point=line.get("point", "P1"),
        values=values,
        uncertainty=spread if whole else None,
        technique=line.get("technique"),
        lab=line.get("lab"),
        by=line.get("by"),
        witness=line.get("witness"),
        due=day_of(line, "due", zone),
        flags=texts(line.get("flags")),
        cell=cell,
    )


def _flag(line: Mapping[str, Any], key: str, *, default: bool) -> bool:
    text = line.get(key)
    if text is None:
        return default
    if text not in ("true", "false"):
        raise EvidenceFault(key, f"`{text}`", "true or false")
    return bool(text == "true")


def _declaration(
    line: Mapping[str, Any], own: str, known: date, zone: ZoneInfo, cell: Cell
) -> DeclarationEvidence:
    return DeclarationEvidence(
        id=own,
        known=known,
        declared=line["declared"],
        by=line.get("by") or "",
        value=_flag(line, "value", default=True),
        dated=_dated(line, zone),
        unit=_unit(line),
        states=tuple(sorted(texts(line.get("states")))),
    )


def _assertion(
    line: Mapping[str, Any], own: str, known: date, zone: ZoneInfo, cell: Cell
) -> AssertionEvidence:
    return AssertionEvidence(
        id=own,
        known=known,
        by=line.get("by") or "",
        state=line.get("state") or "",
        dated=_dated(line, zone),
        measure=line.get("measure"),
        act=line.get("act"),
        note=line.get("note"),
        withdraws=line.get("withdraws"),
        unit=_unit(line),
    )


def _register(
    line: Mapping[str, Any], own: str, known: date, zone: ZoneInfo, cell: Cell
) -> RegisterEvidence:
    since = days_of(line, "from", zone).first
    if since is None:
        raise EvidenceFault("from", "a register without `from`", "the day it begins")
    return RegisterEvidence(
        id=own,
        known=known,
        register=line.get("register") or own,
        by=line.get("by") or "",
        since=since,
        complete_through=day_of(line, "complete_through", zone),
        consignments=_count(line, "consignments"),
        rejected=_count(line, "rejected"),
        unit=_unit(line),
    )


def _count(line: Mapping[str, Any], key: str) -> int | None:
    text = line.get(key)
    if text is None or text == "not_stated":
        return None
    if not isinstance(text, str) or not re.fullmatch(r"\d{1,12}", text):
        raise EvidenceFault(key, f"`{text}`", "a whole number")
    return int(text)


def _report(
    line: Mapping[str, Any], own: str, known: date, zone: ZoneInfo, cell: Cell
) -> ReportEvidence:
    return ReportEvidence(
        id=own, known=known, report=line["report"], dated=_dated(line, zone), unit=_unit(line)
    )


def _missed(
    line: Mapping[str, Any], own: str, known: date, zone: ZoneInfo, cell: Cell
) -> MissedEvidence:
    return MissedEvidence(
        id=own,
        known=known,
        dated=_dated(line, zone),
        reason=line.get("reason") or "not stated",
        unit=_unit(line),
    )


def _decision(
    line: Mapping[str, Any], own: str, known: date, zone: ZoneInfo, cell: Cell
) -> DecisionEvidence:
    dated = _dated(line, zone).last or known
    return DecisionEvidence(
        id=own,
        known=known,
        transition=line.get("transition"),
        dated=dated,
        effective=day_of(line, "effective", zone) or dated,
        role=line.get("role"),
        by=line.get("by"),
        measure=line.get("measure"),
        to=line.get("to"),
        act=line.get("act"),
        published="act" not in line or line["act"] is not None,
        reasons=line.get("reasons"),
        unit=_unit(line),
    )


def _facility(
    line: Mapping[str, Any], own: str, known: date, zone: ZoneInfo, cell: Cell
) -> FacilityEvidence:
    return FacilityEvidence(
        id=own,
        known=known,
        facility=line["facility"],
        registered=_flag(line, "registered", default=True),
        since=days_of(line, "from", zone).first or _dated(line, zone).first,
        until=days_of(line, "to", zone).first,
        register=line.get("register"),
        by=line.get("by"),
    )


def _review(
    line: Mapping[str, Any], own: str, known: date, zone: ZoneInfo, cell: Cell
) -> ReviewEvidence:
    return ReviewEvidence(
        id=own,
        known=known,
        dated=_dated(line, zone).last or known,
        by=line.get("by"),
        measure=line.get("measure"),
        unit=_unit(line),
    )


def _application(
    line: Mapping[str, Any], own: str, known: date, zone: ZoneInfo, cell: Cell
) -> ApplicationEvidence:
    return ApplicationEvidence(
        id=own,
        known=known,
        transition=line.get("transition") or "",
        by=line.get("by") or "",
        dated=_dated(line, zone),
        measure=line.get("measure"),
        unit=_unit(line),
    )


_FIELD: Final = {
    "s": "samples", "doc": "documents", "declared": "declarations", "assertion": "assertions",
    "register": "registers", "report": "reports", "missed": "missed", "decision": "decisions",
    "facility": "facilities", "review": "reviews", "application": "applications",
    "consignment": "consignments",
}  # fmt: skip
_BUILD: Final[dict[str, Any]] = {
    "s": _sample, "doc": document, "declared": _declaration, "assertion": _assertion,
    "register": _register, "report": _report, "missed": _missed, "decision": _decision,
    "facility": _facility, "review": _review, "application": _application,
    "consignment": consignment,
}  # fmt: skip
