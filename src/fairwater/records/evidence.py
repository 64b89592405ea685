"""Measurements: the sample, the report on it, its results, the file it was published in.

A `TestReport` is one laboratory's results on one sample and the unit that is
signed later. Its sample is stated inside it, or named by the id of a `Sample`
that was registered before the result existed. Numbers stay the text the
laboratory wrote.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from fairwater.records.actors import Product
from fairwater.records.text import (
    Count,
    CoverageFactor,
    DateText,
    DayText,
    DecimalText,
    InstantText,
    Key,
    Name,
    Nuclide,
    RecordId,
    Sha256,
    Text,
)

ResultKind = Literal["detected", "censored", "over_range", "interval", "about", "not_stated"]
LimitKind = Literal[
    "decision_threshold", "detection_limit", "reporting_limit", "sum_of_parts_limits", "not_stated"
]
Standing = Literal["registered", "reported", "withheld", "contested"]
Basis = Literal["wet", "dry", "ash", "as_sold", "ready_to_eat", "volume"]


class Flag(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Something a reader of the row should know. A flag never removes a result."""

    flag: Key
    column: Text | None = None
    detail: Text | None = None


class Position(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Where a statement stands: file by SHA-256, sheet, row.

    In a text table the first row under the header is 1, blank lines not counted; in a workbook
    (`sheet` is named) it is the sheet's own row number, as a spreadsheet program shows it.

    `publication` names the issue the row belongs to where one file holds many;
    `entry` is the number the source itself gives the row there.
    """

    document: Sha256
    row: Count
    sheet: Text | None = None
    publication: Text | None = None
    entry: Text | None = None


class Place(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Where a sample comes from, as far as stated; `*_text` is the spelling where we changed it.

    `station_id` is the number the source gives the station. `depth` is as stated (`Surface`,
    `100m`), `depth_m` the metres below the surface where it states them.
    """

    region: Text | None = None
    district: Text | None = None
    locality: Text | None = None
    zone: Name | None = None
    station: Name | None = None
    latitude_deg: DecimalText | None = None
    longitude_deg: DecimalText | None = None
    region_text: Text | None = None
    station_id: Name | None = None
    depth: Text | None = None
    depth_m: DecimalText | None = None


class Sample(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="sample",
):
    """A sample: what, where, when; and, if registered, what is due on it, when and from whom."""

    sample: Name | None = None
    item: Text | None = None
    item_note: Text | None = None
    category_text: Text | None = None
    product: Product | None = None
    place: Place | None = None
    collected: DateText | None = None
    collected_text: Text | None = None
    market_stage: Literal["pre_market", "market"] | None = None
    planned: tuple[Nuclide, ...] = ()
    result_due: DayText | None = None
    owed_by: Name | None = None
    drawn_by: Name | None = None
    witnessed_by: Name | None = None
    consignment: Name | None = None
    lot: Name | None = None
    facility: Name | None = None


class Result(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="result",
):
    """One stated result. Alone it must name the report it adds to (`report`).

    What the fields mean, by `kind`:

    detected     `value`, and `uncertainty` with `coverage_factor` where stated
    censored     below `value`, a limit of `limit_kind`
    over_range   above `value`
    interval     from `low` to `high`
    about        near `value`, no bound stated
    not_stated   the column is there, the number is not

    `limit` is a limit that accompanies a value (in `limit_unit`, or `unit`).
    `verdict` is the laboratory's own word, whatever the number says. `standing`
    absent means reported. `text` is the cell as published, `column` its heading.
    """

    nuclides: tuple[Nuclide, ...]
    kind: ResultKind
    unit: Name | None = None
    value: DecimalText | None = None
    low: DecimalText | None = None
    high: DecimalText | None = None
    limit_kind: LimitKind | None = None
    limit: DecimalText | None = None
    limit_unit: Name | None = None
    uncertainty: DecimalText | None = None
    coverage_factor: CoverageFactor | None = None
    basis: Basis | None = None
    verdict: Literal["detected", "not_detected"] | None = None
    standing: Standing | None = None
    promised: DayText | None = None
    reference_date: DateText | None = None
    report: RecordId | None = None
    text: Text | None = None
    column: Text | None = None


class TestReport(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="test_report",
):
    """One laboratory's results on one sample."""

    __test__ = False  # pytest: not a test class

    sample: Sample | RecordId
    results: tuple[Result, ...]
    laboratory: Text | None = None
    laboratory_text: Text | None = None
    technique: Key | None = None
    method_text: Text | None = None
    reporter: Text | None = None
    responsible: Text | None = None
    resulted: DateText | None = None
    resulted_text: Text | None = None
    published: DateText | None = None
    source: Position | None = None
    flags: tuple[Flag, ...] = ()


class SourceDocument(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="source_document",
):
    """A published file as it was seen: the node attests these bytes, read by this profile.

    `lineage` is what the profile says of the source: it publishes first
    (primary), replaces its own earlier issues (snapshot) or repeats others
    (compilation).
    """

    sha256: Sha256
    name: Text
    size_bytes: Count
    media_type: Text | None = None
    publisher: Text | None = None
    address: Text | None = None
    published: DateText | None = None
    seen: InstantText | None = None
    profile: Key | None = None
    profile_sha256: Sha256 | None = None
    lineage: Literal["primary", "snapshot", "compilation"] | None = None
    rows: Count | None = None
