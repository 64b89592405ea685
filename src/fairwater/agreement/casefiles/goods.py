"""Lines of a case about goods: the consignment, and documents that came with it.

    {consignment: c1, origin: coast, destination: inland, species: cod, facility: F1,
     area: Zone A, basis: catch_area, mass: '1200', lots: [L1, L2], produced: '2031-02-01',
     d: '2031-03-01'}
    {consignment: c2, …, lots: {L1: {produced: '2031-02-01', mass: '700'}, L2: {}}}
    {doc: health, consignment: c1, by: coast, ruling: accepted, d: '2031-03-01',
     species: cod, area: Zone A, lots: [L1, L2], mass: '1200', states: [from_listed_area]}

`d` of a consignment is the day it was dispatched; of a document the day of its
ruling, else of issue (`issued`, where both are known). `with` is the consignment
a document was presented with, where it names another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from fairwater.agreement.casefiles.values import EvidenceFault, day_of, days_of, number, texts
from fairwater.agreement.evidence import (
    Cell,
    ConsignmentEvidence,
    DocumentEvidence,
    LotEvidence,
)

PRODUCT: Final = ("species", "scientific_name", "part", "production", "food_category")
DOCUMENT_KEYS: Final = frozenset({
    "ruling", "by", "valid_to", "issuer", "facility", "consignment", "with", "issued", "area",
    "lots", "packages", "mass", "states", *PRODUCT,
})  # fmt: skip
CONSIGNMENT_KEYS: Final = frozenset({
    "origin", "destination", "facility", "area", "basis", "lots", "packages", "mass", "produced",
    *PRODUCT,
})  # fmt: skip
_LOT_KEYS: Final = frozenset({"produced", "mass", "area"})


def document(
    line: Mapping[str, Any], own: str, known: date, zone: ZoneInfo, cell: Cell
) -> DocumentEvidence:
    """A document, what it states of goods, and how it was ruled upon."""
    ruling = line.get("ruling")
    if ruling not in (None, "accepted", "rejected"):
        raise EvidenceFault("ruling", f"`{ruling}`", "accepted or rejected")
    dated = days_of(line, "at" if line.get("at") is not None else "d", zone)
    issued = days_of(line, "issued", zone)
    named = line.get("consignment")
    unit = line.get("unit")
    about = dict(unit) if isinstance(unit, Mapping) else ({"zone": unit} if unit else {})
    about |= {key: line[key] for key in ("facility", "zone") if isinstance(line.get(key), str)}
    return DocumentEvidence(
        id=own,
        known=known,
        document=line["doc"],
        dated=dated,
        ruling=ruling,
        issuer=line.get("issuer") or line.get("by"),
        valid_to=day_of(line, "valid_to", zone),
        unit=about,
        cell=cell,
        issued=issued if issued.stated else dated,
        consignment=named,
        accompanies=line.get("with") or named,
        facility=line.get("facility"),
        product=_product(line),
        area=line.get("area"),
        lots=texts(line.get("lots")),
        packages=_count(line, "packages"),
        mass_kg=None if line.get("mass") is None else number("mass", line["mass"]),
        states=texts(line.get("states")),
    )


def consignment(
    line: Mapping[str, Any], own: str, known: date, zone: ZoneInfo, cell: Cell
) -> ConsignmentEvidence:
    """The goods, as stated."""
    for key in ("origin", "destination"):
        if not isinstance(line.get(key), str):
            raise EvidenceFault(key, f"a consignment without `{key}`", "a party")
    produced = days_of(line, "produced", zone)
    return ConsignmentEvidence(
        id=own,
        known=known,
        consignment=line["consignment"],
        origin=line["origin"],
        destination=line["destination"],
        product=_product(line),
        facility=line.get("facility"),
        area=line.get("area"),
        area_basis=line.get("basis"),
        mass_kg=None if line.get("mass") is None else number("mass", line["mass"]),
        packages=_count(line, "packages"),
        lots=tuple(_lot(name, content, line, zone) for name, content in _lots(line)),
        produced=produced,
        dispatched=days_of(line, "d", zone),
        cell=cell,
    )


def _lots(line: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    stated = line.get("lots")
    if not isinstance(stated, Mapping):
        return [(name, {}) for name in sorted(texts(stated))]
    for name, content in stated.items():
        strange = sorted(set(content or {}) - _LOT_KEYS)
        if strange:
            known = ", ".join(sorted(_LOT_KEYS))
            raise EvidenceFault("lots", f"lot {name}: the key `{strange[0]}`", f"one of {known}")
    return sorted((name, content or {}) for name, content in stated.items())


def _lot(
    name: str, content: Mapping[str, Any], line: Mapping[str, Any], zone: ZoneInfo
) -> LotEvidence:
    own = days_of(content, "produced", zone)
    return LotEvidence(
        lot=name,
        produced=own if own.stated else days_of(line, "produced", zone),
        area=content.get("area") or line.get("area"),
        mass_kg=None if content.get("mass") is None else number("mass", content["mass"]),
    )


def _product(line: Mapping[str, Any]) -> dict[str, str]:
    return {key: line[key] for key in PRODUCT if isinstance(line.get(key), str)}


def _count(line: Mapping[str, Any], key: str) -> int | None:
    text = line.get(key)
    if text is None or text == "not_stated":
        return None
    if not isinstance(text, str) or not re.fullmatch(r"\d{1,12}", text):
        raise EvidenceFault(key, f"`{text}`", "a whole number")
    return int(text)
