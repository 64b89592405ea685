"""Test reports to columns of `reports`; their results go to `ResultRows`.

Journal entries were checked when they were accepted. Here they are read once
more through types that check less and leave product, place and results as JSON
text, because those repeat and are read once for each distinct text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Final

import msgspec
import numpy as np
import pyarrow as pa
from msgspec import Raw, Struct

from fairwater.archive.converting import days, item_base
from fairwater.archive.result_rows import ResultRows
from fairwater.archive.schema import schema
from fairwater.records import Place, Product

_NONE: Final = Raw(b"null")


class _Source(Struct, gc=False):
    document: str
    row: int
    sheet: str | None = None
    publication: str | None = None
    entry: str | None = None


class _Flag(Struct, gc=False):
    flag: str


class SampleText(Struct):
    """A sample as stated; product and place still JSON."""

    sample: str | None = None
    item: str | None = None
    item_note: str | None = None
    category_text: str | None = None
    product: Raw = _NONE
    place: Raw = _NONE
    collected: str | None = None
    collected_text: str | None = None
    market_stage: str | None = None
    consignment: str | None = None


class ReportText(Struct):
    """A test report as stated; its results still JSON."""

    sample: SampleText | str
    results: tuple[Raw, ...]
    laboratory: str | None = None
    laboratory_text: str | None = None
    technique: str | None = None
    method_text: str | None = None
    reporter: str | None = None
    responsible: str | None = None
    resulted: str | None = None
    resulted_text: str | None = None
    published: str | None = None
    source: _Source | None = None
    flags: tuple[_Flag, ...] = ()


FindSample = Callable[[str, int], bytes | None]
"""Bytes of the sample record with this id, if it stands before this journal entry."""

_reports: Final = msgspec.json.Decoder(ReportText)
_samples: Final = msgspec.json.Decoder(SampleText)
_products: Final = msgspec.json.Decoder(Product | None)
_places: Final = msgspec.json.Decoder(Place | None)
_NOWHERE: Final = _Source("", 0)
_UNKNOWN: Final = SampleText()


@lru_cache(maxsize=50_000)
def _product(text: bytes) -> Product:
    return _products.decode(text) or Product()


@lru_cache(maxsize=50_000)
def _place(text: bytes) -> Place:
    return _places.decode(text) or Place()


class ReportRows:
    """Collects test reports, then gives them as one Arrow table."""

    def __init__(self, results: ResultRows, find_sample: FindSample) -> None:
        self._results = results
        self._find_sample = find_sample
        self._start()

    def _start(self) -> None:
        self._reports: list[ReportText] = []
        self._samples: list[SampleText] = []
        self._ids: list[str] = []
        self._sample_ids: list[str | None] = []
        self._entries: list[int] = []
        self._known_at: list[int] = []

    def add(self, index: int, known_at: int, record: str, data: bytes) -> None:
        """Add one report's canonical bytes."""
        report = _reports.decode(data)
        sample, sample_id = report.sample, None
        if isinstance(sample, str):
            sample_id = sample
            registered = self._find_sample(sample_id, index)
            sample = _UNKNOWN if registered is None else _samples.decode(registered)
        self._reports.append(report)
        self._samples.append(sample)
        self._ids.append(record)
        self._sample_ids.append(sample_id)
        self._entries.append(index)
        self._known_at.append(known_at)
        self._results.add(index, known_at, record, record, map(bytes, report.results))

    def take(self) -> pa.Table:
        """Table of what was added since the last time."""
        columns = {
            "report_id": self._ids,
            "sample_id": self._sample_ids,
            "journal_index": self._entries,
            "known_at": pa.array(np.array(self._known_at, np.int64)).cast(pa.timestamp("us")),
            **_report_columns(self._reports),
            **_sample_columns(self._samples),
        }
        shape = schema("reports")
        arrays = [_array(columns[field.name], field.type) for field in shape]
        self._start()
        return pa.table(arrays, schema=shape)


def _report_columns(reports: Sequence[ReportText]) -> dict[str, Any]:
    sources = [report.source or _NOWHERE for report in reports]
    names = ("laboratory", "laboratory_text", "technique", "method_text", "reporter")
    return {
        **_fields(reports, *names, "responsible", "resulted_text"),
        **_fields(sources, "sheet", "publication", "entry"),
        "document": [source.document or None for source in sources],
        "row": [source.row if source.document else None for source in sources],
        **_days("resulted", [report.resulted for report in reports]),
        **_days("published", [report.published for report in reports]),
        "flags": [[flag.flag for flag in report.flags] for report in reports],
    }


def _sample_columns(samples: Sequence[SampleText]) -> dict[str, Any]:
    products = [_product(bytes(sample.product)) for sample in samples]
    places = [_place(bytes(sample.place)) for sample in samples]
    named = ("sample", "item", "item_note", "category_text", "collected_text", "market_stage")
    where = ("region", "region_text", "district", "locality", "zone", "station")
    return {
        **_fields(samples, *named, "consignment"),
        "item_base": [item_base(sample.item) for sample in samples],
        **_days("collected", [sample.collected for sample in samples]),
        **_fields(products, "species", "scientific_name", "part", "production"),
        "category": [product.food_category for product in products],
        **_fields(places, *where, "latitude_deg", "longitude_deg"),
    }


def _fields(things: Sequence[Any], *names: str) -> dict[str, list[Any]]:
    return {name: [getattr(thing, name) for thing in things] for name in names}


def _days(name: str, texts: Sequence[str | None]) -> dict[str, list[int | None]]:
    pairs = [days(text) for text in texts]
    return {f"{name}_first": [a for a, _ in pairs], f"{name}_last": [b for _, b in pairs]}


def _array(values: Any, kind: pa.DataType) -> pa.Array:
    if isinstance(values, pa.Array):
        return values
    if pa.types.is_date32(kind):
        return pa.array(values, pa.int32()).cast(kind)
    return pa.array(values, kind)
