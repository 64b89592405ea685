"""Goods that are fit under the two agreements on imports, and the ways to spoil them.

Invented. `fit(...)` is evidence under which every condition of the check holds;
`SPOILT` names for each condition what makes it fail and nothing else, `LACKING`
what leaves it unknown and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import structs

from fairwater.agreement.binding import with_lists
from fairwater.agreement.context import StateReading
from fairwater.agreement.evidence import (
    ConsignmentEvidence,
    DocumentEvidence,
    Evidence,
    FacilityEvidence,
    LotEvidence,
    SampleEvidence,
    Value,
)
from fairwater.agreement.load import load_agreement, shipped
from fairwater.agreement.model import Agreement
from fairwater.quantities.allowed import Allowed
from fairwater.quantities.dates import CivilInterval

Change = Callable[[Evidence], Evidence]

GOODS = "C-1"
BINDINGS = {
    "origin": "east", "importing": "west", "origin_authority": "east-office",
    "border_post": "west-post", "alert_network": "west-network", "framework": "agency",
    "lab": "bay-laboratory",
}  # fmt: skip
LISTS = {
    "covered_products": ("flounder", "seafood"),
    "exempt_species": ("tuna",),
    "listed_areas": ("Inlet",),
    "excluded_areas": ("Inlet",),
}
STATES = {
    "scheme": StateReading(in_force="certificate"), "trade": StateReading(in_force="conditional"),
}  # fmt: skip
AT = date(2025, 11, 1)
DISPATCHED = date(2025, 10, 28)


def agreement(name: str) -> Agreement:
    """The shipped text with lists that name invented areas and products."""
    return with_lists(load_agreement(shipped(name), name).agreement, LISTS)


def on(day: date) -> CivilInterval:
    """A date known to the day."""
    return CivilInterval(day, day)


def value(nuclides: tuple[str, ...], text: str, limit: str | None = None) -> Value:
    """One result in Bq/kg, ``<x`` censored at its detection limit."""
    number = Decimal(text.removeprefix("<"))
    censored = text.startswith("<")
    low = Decimal(0) if censored else number
    beside = number if censored else (None if limit is None else Decimal(limit))
    return Value(
        nuclides=nuclides, allowed=Allowed(low, number),
        kind="censored" if censored else "detected", text=text, unit="Bq/kg",
        limit_kind="detection_limit" if censored else None, detection_limit=beside,
    )  # fmt: skip


def above(nuclide: str, text: str, limit: str) -> Value:
    """An over-range result: more than a number."""
    return Value(
        nuclides=(nuclide,), allowed=Allowed(Decimal(text), None), kind="over_range",
        text=f">{text}", unit="Bq/kg", detection_limit=Decimal(limit),
    )  # fmt: skip


def sample(name: str, day: date, unit: dict[str, str], *values: Value) -> SampleEvidence:
    """One laboratory's report on one sample, resulted and known three days later."""
    known = date.fromordinal(day.toordinal() + 3)
    return SampleEvidence(
        id=name, sample=name, known=known, sampled=on(day), resulted=on(known), unit=unit,
        values=values, lab="bay-laboratory",
    )  # fmt: skip


def document(kind: str, **fields: Any) -> DocumentEvidence:
    """A document presented with the goods, issued the day before they left."""
    day = date(2025, 10, 27)
    stated: dict[str, Any] = {
        "issuer": "east-office", "valid_to": date(2026, 2, 27), "consignment": GOODS,
    }  # fmt: skip
    return DocumentEvidence(
        id=kind, known=day, document=kind, dated=on(day), issued=on(day), **(stated | fields)
    )


def goods(**fields: Any) -> ConsignmentEvidence:
    """Two lots of flounder from the bay, in thirty packages."""
    produced = on(date(2025, 10, 20))
    stated: dict[str, Any] = {
        "product": {"species": "flounder", "food_category": "seafood"},
        "facility": "Plant 1", "area": "Bay", "mass_kg": Decimal(600), "packages": 30,
        "lots": tuple(LotEvidence(lot=lot, produced=produced) for lot in ("L1", "L2")),
        "produced": produced, "dispatched": on(DISPATCHED),
    }  # fmt: skip
    return ConsignmentEvidence(
        id="goods", known=date(2025, 10, 28), consignment=GOODS, origin="east",
        destination="west", **(stated | fields),
    )  # fmt: skip


def lot_samples(*nuclides: tuple[str, ...], unit: str = "1.1") -> tuple[SampleEvidence, ...]:
    """A result below detection on each nuclide for each lot."""
    day = date(2025, 10, 21)
    return tuple(
        sample(f"test {lot}", day, {"consignment": GOODS, "lot": lot},
               *(value(one, f"<{unit}") for one in nuclides))
        for lot in ("L1", "L2")
    )  # fmt: skip


def fit_certificate(*, listed: bool = False) -> Evidence:
    """Fit for `import_certificate`: from an area off the list, or analysed from one on it."""
    area = "Inlet" if listed else "Bay"
    says = "from_listed_area" if listed else "not_from_listed_area"
    papers = [
        document("official_certificate", product={"species": "flounder"}, area=area, packages=30,
                 lots=("L1", "L2"), mass_kg=Decimal(600), states=(says,)),
        document("analytical_report", lots=("L1", "L2")),
    ]  # fmt: skip
    return Evidence(
        consignments=(goods(area=area, area_basis="catch_area"),),
        documents=tuple(papers),
        samples=lot_samples(("Cs-134", "Cs-137")),
    )


def fit_resumption() -> Evidence:
    """Fit for `staged_resumption`."""
    return Evidence(
        consignments=(goods(area_basis="place_of_production"),),
        documents=(
            document("health_certificate"),
            document("origin_certificate", product={"species": "flounder"}, area="Bay"),
            document("radioactivity_certificate", product={"species": "flounder"},
                     facility="Plant 1", lots=("L1", "L2"), mass_kg=Decimal(600)),
        ),
        facilities=(
            FacilityEvidence(id="plant", known=date(2025, 7, 11), facility="Plant 1",
                             registered=True, since=date(2025, 7, 11),
                             register="registered_plants", by="west"),
        ),
        samples=(
            *lot_samples(("I-131",), ("Cs-134",), ("Cs-137",)),
            sample("plant report", date(2025, 8, 4), {"facility": "Plant 1"},
                   value(("Sr-90",), "<0.2"), value(("H-3",), "<8")),
        ),
    )  # fmt: skip


# How one thing is changed


def paper(kind: str, **fields: Any) -> Change:
    """Change a document."""
    return lambda evidence: structs.replace(
        evidence,
        documents=tuple(
            structs.replace(d, **fields) if d.document == kind else d for d in evidence.documents
        ),
    )


def without(kind: str) -> Change:
    """Take a document away."""
    return lambda evidence: structs.replace(
        evidence, documents=tuple(d for d in evidence.documents if d.document != kind)
    )


def freight(**fields: Any) -> Change:
    """Change what is stated of the goods."""
    return lambda evidence: structs.replace(
        evidence, consignments=tuple(structs.replace(c, **fields) for c in evidence.consignments)
    )


def measured(name: str, *values: Value, **fields: Any) -> Change:
    """Change what a sample says; the nuclides not named stay."""

    def change(one: SampleEvidence) -> SampleEvidence:
        named = {v.nuclides for v in values}
        kept = tuple(v for v in one.values if v.nuclides not in named)
        return structs.replace(one, values=(*kept, *values), **fields)

    return lambda evidence: structs.replace(
        evidence, samples=tuple(change(s) if s.sample == name else s for s in evidence.samples)
    )


def untested(name: str) -> Change:
    """Take a sample away."""
    return lambda evidence: structs.replace(
        evidence, samples=tuple(s for s in evidence.samples if s.sample != name)
    )


def register(**fields: Any) -> Change:
    """Change the plant's entry in the register."""
    return lambda evidence: structs.replace(
        evidence, facilities=tuple(structs.replace(f, **fields) for f in evidence.facilities)
    )


def together(*changes: Change) -> Change:
    """One change after the other."""

    def change(evidence: Evidence) -> Evidence:
        for one in changes:
            evidence = one(evidence)
        return evidence

    return change


EARLY = on(date(2025, 7, 1))
EARLY_LOTS = (LotEvidence(lot="L1", produced=EARLY), LotEvidence(lot="L2", produced=EARLY))
SOME_DAY = CivilInterval(date(2025, 7, 1), date(2025, 7, 31))
SOME_DAY_LOTS = tuple(LotEvidence(lot=lot, produced=SOME_DAY) for lot in ("L1", "L2"))
SUM = ("Cs-134", "Cs-137")

SPOILT_CERTIFICATE: dict[str, Change] = {
    "certificate": paper("official_certificate", issuer="harbour stall"),
    "certificate_matches": paper("official_certificate", packages=29),
    "lots": paper("official_certificate", lots=("L1",)),
    "mass": paper("official_certificate", mass_kg=Decimal(587)),
    "statement_of_origin": paper("official_certificate", states=("not_from_listed_area",)),
    "analysis": paper("analytical_report", ruling="rejected"),
    "limit": measured("test L2", value(SUM, "100.1")),
}
LACKING_CERTIFICATE: dict[str, Change] = {
    "certificate": paper("official_certificate", issuer=None),
    "certificate_matches": paper("official_certificate", packages=None),
    "lots": paper("official_certificate", lots=()),
    "mass": paper("official_certificate", mass_kg=None),
    "statement_of_origin": paper("official_certificate", states=()),
    "analysis": without("analytical_report"),
    "limit": untested("test L2"),
}
SPOILT_RESUMPTION: dict[str, Change] = {
    "area": together(freight(area="Inlet"), paper("origin_certificate", area="Inlet")),
    "plant": register(until=date(2025, 10, 31)),
    "production_date": freight(produced=EARLY, lots=EARLY_LOTS),
    "health_certificate": paper("health_certificate", valid_to=date(2025, 10, 31)),
    "origin_certificate": paper("origin_certificate", area="Strait"),
    "radioactivity_certificate": paper("radioactivity_certificate", facility="Plant 2"),
    "lots": paper("radioactivity_certificate", lots=("L2",)),
    "mass": paper("radioactivity_certificate", mass_kg=Decimal(300)),
    "limit": measured("test L1", value(("Cs-137",), "800.1", "7")),
    "detection_limits": measured("test L2", value(("I-131",), "<20.1")),
    "plant_report": measured("plant report", resulted=on(date(2025, 10, 29))),
    "plant_limit": measured("plant report", value(("Sr-90",), "290.1")),
}
LACKING_RESUMPTION: dict[str, Change] = {
    "area": freight(area_basis="landing_place"),
    "plant": lambda evidence: structs.replace(
        evidence,
        facilities=(
            *evidence.facilities,
            structs.replace(evidence.facilities[0], id="again", registered=False),
        ),
    ),
    "production_date": freight(produced=SOME_DAY, lots=SOME_DAY_LOTS),
    "health_certificate": without("health_certificate"),
    "origin_certificate": without("origin_certificate"),
    "radioactivity_certificate": paper("radioactivity_certificate", facility=None),
    "lots": paper("radioactivity_certificate", lots=()),
    "mass": paper("radioactivity_certificate", mass_kg=None),
    "limit": measured("test L1", above("Cs-137", "700", "7")),
    "detection_limits": measured("test L2", value(("Cs-134",), "1.4")),
    "plant_report": measured(
        "plant report", resulted=CivilInterval(None, None), known=date(2025, 10, 30)
    ),
    "plant_limit": measured("plant report", value(("Sr-90",), "<291")),
}
