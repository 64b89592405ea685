"""The closed list of metrics: what each counts, which fields it needs, what may compare it.

A metric outside this table does not exist. `needs` are atom fields that must be
written, `takes` those that may be. Families differ in what absence means:

    findings   no sample is no finding: unknown, unless `empty: zero`
    coverage   too little is unknown, unless `when_short: fails`; only `ge`
    standing   a record for it holds, one against it fails, none is unknown
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Family = Literal["findings", "coverage", "standing"]
Scale = Literal["count", "decimal", "share", "period", "boolean"]

_ORDER = ("eq", "ne", "lt", "le", "gt", "ge")
_WINDOW = frozenset({"window", "since", "date", "over"})


class MetricSpec(Struct, frozen=True):
    """One metric. `scale` is the type of its operand and value.

    `goods_only`: it asks of a consignment, so only a consignment check may use it.
    """

    name: str
    family: Family
    scale: Scale
    comparators: tuple[str, ...]
    counts: str
    needs: frozenset[str] = frozenset()
    takes: frozenset[str] = frozenset()
    goods_only: bool = False


def _finding(
    name: str,
    scale: Scale,
    counts: str,
    needs: set[str],
    takes: frozenset[str] = _WINDOW,
    comparators: tuple[str, ...] = _ORDER,
) -> MetricSpec:
    return MetricSpec(
        name=name,
        family="findings",
        scale=scale,
        comparators=comparators,
        counts=counts,
        needs=frozenset(needs),
        takes=takes | {"empty"},
    )


def _coverage(
    name: str, counts: str, needs: set[str], takes: frozenset[str], *, implied: bool = False
) -> MetricSpec:
    return MetricSpec(
        name=name,
        family="coverage",
        scale="count",
        comparators=("ge",) if not implied else ("ge", "is"),
        counts=counts,
        needs=frozenset(needs),
        takes=takes | {"when_short"},
    )


def _standing(
    name: str,
    scale: Scale,
    counts: str,
    needs: set[str],
    takes: frozenset[str],
    *,
    goods_only: bool = False,
) -> MetricSpec:
    return MetricSpec(
        name=name,
        family="standing",
        scale=scale,
        comparators=("is",) if scale == "boolean" else ("lt", "le", "gt", "ge"),
        counts=counts,
        needs=frozenset(needs),
        takes=takes,
        goods_only=goods_only,
    )


METRICS: dict[str, MetricSpec] = {
    spec.name: spec
    for spec in (
        _finding("exceed_count", "count", "samples above the limit", {"limit"}),
        _finding(
            "distinct_points_exceeding",
            "count",
            "sampling points with a sample above the limit",
            {"limit"},
        ),
        _finding("max_value", "decimal", "the largest value, as the limit combines it", {"limit"}),
        _finding(
            "noncompliance_count",
            "count",
            "consignments a keeper's register says were rejected",
            set(),
            _WINDOW | {"register"},
        ),
        _finding(
            "rejected_documents",
            "count",
            "documents of the kind that were rejected",
            {"document"},
            frozenset({"window", "since"}),
        ),
        _finding(
            "abnormal_finding",
            "count",
            "independent samples outside the agreed normal range",
            {"normal"},
            _WINDOW | {"limit", "independent_of", "nuclides"},
        ),
        _finding(
            "exceed_share_upper",
            "share",
            "upper confidence bound of the share above the limit",
            {"limit", "confidence"},
            comparators=("le", "gt"),
        ),
        _finding(
            "interlab_agreement",
            "share",
            "share of paired results of two laboratories with |E_n| <= 1",
            set(),
            _WINDOW | {"limit", "nuclides"},
        ),
        _coverage("sample_count", "samples with a result", set(), _WINDOW | {"limit"}),
        _coverage("distinct_points", "sampling points with a result", set(), _WINDOW | {"limit"}),
        _coverage(
            "weeks_covered",
            "unbroken weeks, back from the last complete one, with enough samples",
            set(),
            frozenset({"weeks", "min_per_week", "date", "over", "limit", "since"}),
            implied=True,
        ),
        _coverage(
            "revisits",
            "fewest samples in the window at any point that exceeded before",
            {"limit"},
            _WINDOW | {"look_back"},
            implied=True,
        ),
        _coverage(
            "independent_sample_count",
            "samples drawn by, or before the eyes of, another than the role named",
            set(),
            _WINDOW | {"limit", "independent_of"},
        ),
        _standing(
            "document_valid",
            "boolean",
            "the latest ruling on the document",
            {"document"},
            frozenset({"window", "over", "enough"}),
        ),
        _standing(
            "facility_registered",
            "boolean",
            "the facility stands on the register",
            set(),
            frozenset({"facility", "register", "over"}),
        ),
        _standing(
            "report_age",
            "period",
            "time since the report, or since the latest result on each nuclide named",
            set(),
            frozenset({"over", "report", "nuclides", "not_before", "before"}),
        ),
        MetricSpec(
            name="detection_limit_met",
            family="standing",
            scale="decimal",
            comparators=("is", "le"),
            counts="every reported detection limit is at or below the required one",
            takes=_WINDOW | {"required", "limit", "nuclides", "unit", "each"},
        ),
        _standing(
            "production_area",
            "boolean",
            "the area, by its basis, is on the list",
            {"list"},
            frozenset({"area_basis"}),
        ),
        _standing(
            "product_listed",
            "boolean",
            "the product is on the list",
            {"list"},
            frozenset({"attribute"}),
        ),
        _standing(
            "produced_after",
            "boolean",
            "every lot was produced after the day, or after the facility was registered",
            {"after", "day_itself"},
            frozenset({"facility", "register"}),
            goods_only=True,
        ),
        _standing(
            "document_matches",
            "boolean",
            "the document states of the goods what the consignment states",
            {"document", "match"},
            frozenset({"tolerance"}),
            goods_only=True,
        ),
        _standing(
            "document_states",
            "boolean",
            "the document makes one of the statements named",
            {"document", "states"},
            frozenset(),
        ),
        _standing(
            "lots_covered",
            "boolean",
            "documents of the kind name every lot",
            {"document"},
            frozenset({"when_short"}),
            goods_only=True,
        ),
        _standing(
            "mass_covered",
            "boolean",
            "documents of the kind state the whole mass, within the tolerance",
            {"document", "tolerance"},
            frozenset({"when_short"}),
            goods_only=True,
        ),
        _standing(
            "lots_within_limit",
            "boolean",
            "every lot has a result that complies with each limit, and none exceeds one",
            {"limit"},
            frozenset({"window", "since", "date"}),
            goods_only=True,
        ),
    )
}
"""Name to specification. `declared` and `state` are conditions of their own."""

ATOM_FIELDS: frozenset[str] = frozenset(
    {
        "limit", "window", "since", "date", "empty", "when_short", "over", "weeks",
        "min_per_week", "look_back", "confidence", "document", "report", "register",
        "independent_of", "nuclides", "required", "unit", "facility", "normal", "list",
        "area_basis", "attribute", "after", "day_itself", "match", "states", "enough", "each",
        "tolerance", "not_before", "before",
    }
)  # fmt: skip
"""Every field that belongs to some metric; a field a metric neither needs nor takes is an error."""
