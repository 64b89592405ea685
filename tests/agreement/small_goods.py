"""One invented consignment that meets every condition of goods_small.yaml, and ways to change it.

The figures are made up for the tests; what follows from them is reasoned where
it is asserted.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fairwater.agreement.binding import with_lists
from fairwater.agreement.casefiles.evidence import evidence_of
from fairwater.agreement.evidence import Evidence
from fairwater.agreement.goods_checking import check_consignment
from fairwater.agreement.goods_verdict import ConsignmentVerdict
from fairwater.agreement.load import load_agreement
from fairwater.agreement.model import Agreement

AT = date(2031, 3, 10)
BOUND = {"origin": "coast", "importing": "inland", "authority": "coast-office", "border": "post"}
LISTS = {"excluded_areas": ("Zone X",), "listed_areas": ("Zone L",)}
TEXT = (Path(__file__).parent / "goods_small.yaml").read_text(encoding="utf-8")
Line = dict[str, Any]


@cache
def small() -> Agreement:
    """The agreement, its lists bound."""
    return with_lists(load_agreement(TEXT, "goods_small.yaml").agreement, LISTS)


def lines() -> dict[str, Line]:
    """Evidence by name: everything a consignment of two lots needs."""
    paper = {
        "consignment": "C1", "issuer": "coast-office", "species": "cod", "facility": "F1",
        "area": "Zone A", "packages": "40", "lots": ["L1", "L2"], "mass": "1200",
        "d": "2031-02-20", "valid_to": "2031-12-31",
    }  # fmt: skip
    sample = {"consignment": "C1", "zone": None, "d": "2031-02-15", "r": "2031-02-16"}
    found: dict[str, Line] = {
        "goods": {
            "consignment": "C1", "id": "goods", "origin": "coast", "destination": "inland",
            "species": "cod", "facility": "F1", "area": "Zone A", "basis": "catch_area",
            "packages": "40", "lots": ["L1", "L2"], "mass": "1200", "produced": "2031-02-10",
            "d": "2031-03-01",
        },
        "plant": {"facility": "F1", "id": "plant", "by": "inland", "from": "2031-01-05",
                  "d": "2031-01-05"},
        "health": {"doc": "health", "id": "health", "ruling": "accepted", **paper},
        "origin": {"doc": "origin_paper", "id": "origin", "states": ["from_listed"], **paper},
        "analysis": {"doc": "analysis", "id": "analysis", **paper},
        "beta": {"s": "B1", "id": "beta", "facility": "F1", "zone": None, "sr90": "<0.5",
                 "h3": "<10", "d": "2031-01-20", "r": "2031-01-25"},
    }  # fmt: skip
    for lot in ("L1", "L2"):
        found[f"sample {lot}"] = {
            "s": f"S-{lot}", "id": f"sample {lot}", "lot": lot, "cs134": "<4", "cs137": "12 (<5)",
            "i131": "<6", **sample,
        }  # fmt: skip
    for n in ("1", "2"):
        found[f"water {n}"] = {
            "s": f"W{n}", "id": f"water {n}", "zone": None, "d": "2030-09-01", "cs": "<8",
            "unit": {"species": "cod", "area": "Zone A"},
        }  # fmt: skip
    return found


def changed(changes: dict[str, Line | None]) -> list[Line]:
    """The evidence with fields of some lines replaced (a line set to None is taken away)."""
    found = lines()
    for name, fields in changes.items():
        if fields is None:
            del found[name]
        else:
            merged = found.get(name, {"id": name}) | fields
            found[name] = {k: v for k, v in merged.items() if v is not None or k == "zone"}
    return list(found.values())


def evidence(changes: dict[str, Line | None] | None = None) -> Evidence:
    """What the changed lines say."""
    return evidence_of(changed(changes or {}), ZoneInfo("UTC"), "goods")


def asked(
    changes: dict[str, Line | None] | None = None,
    *,
    at: date = AT,
    agreement: Agreement | None = None,
) -> ConsignmentVerdict:
    """The answer on the changed evidence."""
    return check_consignment(agreement or small(), "C1", evidence(changes), at=at, bindings=BOUND)


def verdicts(answer: ConsignmentVerdict) -> dict[str, str]:
    """Condition to verdict, those that do not hold."""
    return {c.id: c.verdict for c in answer.conditions if c.verdict != "holds"}
