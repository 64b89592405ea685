"""Test reports, and results added to them, to the tables `reports` and `results`.

Samples and lists of results repeat: heads of cattle tested one by one, `<5.5`
in every column. So they are left as JSON text at first, and each distinct text
is read once, many together, straight into columns.

A report may name its sample by the id of a record registered before; that
record's text then takes the place of the id. A result added later is a list of
one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj
from msgspec import Raw, Struct
from numpy.typing import NDArray

from fairwater.archive.columns import each, field, one
from fairwater.archive.converting import PIECES, days, item_base, item_pieces
from fairwater.archive.schema import schema
from fairwater.archive.stated import Meaning, Spelling, meaning

FindSample = Callable[[str, int], bytes | None]
"""Bytes of the sample record with this id, if it stands before this journal entry."""


class Block(NamedTuple):
    """Journal entries that follow one another, from `first`; `known_at` in microseconds."""

    first: int
    data: list[bytes]
    ids: list[str]
    known_at: NDArray[np.int64]


class _Source(Struct, frozen=True, gc=False):
    document: str | None = None
    sheet: str | None = None
    row: int | None = None
    publication: str | None = None
    entry: str | None = None


class _Flag(Struct, gc=False):
    flag: str


class _Report(Struct, gc=False):
    """A test report as stated; sample and results still JSON."""

    sample: Raw
    results: Raw
    laboratory: str | None = None
    laboratory_text: str | None = None
    technique: str | None = None
    method_text: str | None = None
    reporter: str | None = None
    responsible: str | None = None
    resulted: str | None = None
    resulted_text: str | None = None
    published: str | None = None
    source: _Source = _Source()
    flags: tuple[_Flag, ...] = ()


_decoder: Final = msgspec.json.Decoder(_Report)
_ALONE: Final = _Report(Raw(b"{}"), Raw(b"[]"))


def _struct(*names: str, **others: pa.DataType) -> pa.DataType:
    return pa.struct([*((name, pa.string()) for name in names), *others.items()])


_PRODUCT: Final = ("species", "scientific_name", "part", "production", "name_confidence")
_PLACE: Final = (
    "region", "region_text", "district", "locality", "zone", "station",
    "latitude_deg", "longitude_deg", "station_id", "depth", "depth_m",
)  # fmt: skip
_SAMPLE: Final = (
    "sample", "item", "item_note", "category_text", "collected_text", "market_stage",
    "consignment", "lot", "facility", "drawn_by", "witnessed_by",
)  # fmt: skip
_RESULT: Final = (
    "kind", "unit", "limit_kind", "limit_unit", "coverage_factor", "basis", "verdict",
    "standing", "promised", "reference_date", "text",
)  # fmt: skip
_RENAMED: Final = {
    "value_text": "value", "low_text": "low", "high_text": "high", "limit_text": "limit",
    "uncertainty_text": "uncertainty", "column_name": "column",
}  # fmt: skip
_SAMPLE_TYPE: Final = _struct(
    *_SAMPLE,
    "collected",
    product=_struct(*_PRODUCT, "food_category", "group"),
    place=_struct(*_PLACE),
)
_RESULTS_TYPE: Final = pa.list_(
    _struct(*_RESULT, *_RENAMED.values(), nuclides=pa.list_(pa.string()))
)
_BLOCK_BYTES: Final = 4 * 2**20


class _Distinct:
    """Numbers the distinct texts among those it is given."""

    def __init__(self) -> None:
        self.texts: dict[bytes, int] = {}
        self.which: list[int] = []

    def add(self, text: bytes) -> None:
        self.which.append(self.texts.setdefault(text, len(self.texts)))

    def read(self, kind: pa.DataType) -> pa.Array:
        """The distinct texts, in the order of their numbers, as a column."""
        lines = b"\n".join(b'{"_":%b}' % text for text in self.texts)
        table = pj.read_json(
            pa.BufferReader(lines),
            read_options=pj.ReadOptions(block_size=_BLOCK_BYTES),
            parse_options=pj.ParseOptions(
                explicit_schema=pa.schema([("_", kind)]),
                newlines_in_values=False,
                unexpected_field_behavior="ignore",
            ),
        )
        if table.num_rows != len(self.texts):
            raise ValueError(f"{len(self.texts)} texts gave {table.num_rows} rows")
        return one(table["_"].cast(kind))


class ReportRows:
    """Collects test reports and added results of one block, then gives them as two tables."""

    def __init__(self, block: Block, find_sample: FindSample) -> None:
        self._block = block
        self._find_sample = find_sample
        self._reports: list[_Report] = []
        self._places: list[int] = []
        self._sample_texts = _Distinct()
        self._result_texts = _Distinct()
        self._sample_ids: dict[int, str] = {}
        self._added_to: dict[int, str | None] = {}

    def add_report(self, place: int, data: bytes) -> None:
        """Add the test report that stands at `place` in the block."""
        report = _decoder.decode(data)
        sample = bytes(report.sample)
        if sample.startswith(b'"'):
            sample = self._registered(place, sample[1:-1].decode())
        self._add(place, report, sample, bytes(report.results))

    def add_result(self, place: int, report: str | None, data: bytes) -> None:
        """Add a result that was stated by itself."""
        self._added_to[len(self._places)] = report
        self._add(place, _ALONE, b"{}", b"[" + data + b"]")

    def tables(self) -> dict[str, pa.Table]:
        """Tables of what was added."""
        if not self._places:
            return {}
        places = np.array(self._places, np.int64)
        records = [self._block.ids[place] for place in self._places]
        reports: list[str | None] = list(records)
        for at, report in self._added_to.items():
            reports[at] = report
        samples: list[str | None] = [None] * len(records)
        for at, sample in self._sample_ids.items():
            samples[at] = sample
        own = {
            "record_id": pa.array(records, pa.string()),
            "report_id": pa.array(reports, pa.string()),
            "sample_id": pa.array(samples, pa.string()),
            "journal_index": pa.array(places + self._block.first),
            "known_at": pa.array(self._block.known_at[places]).cast(pa.timestamp("us")),
        }
        results = _results(own, self._result_texts)
        own |= _stated(self._reports) | _samples(self._sample_texts)
        shape = schema("reports")
        table = pa.table([own[name] for name in shape.names], schema=shape)
        if self._added_to:
            table = table.filter(pc.equal(own["record_id"], own["report_id"]).fill_null(False))
        return {"reports": table, "results": results}

    def _add(self, place: int, report: _Report, sample: bytes, results: bytes) -> None:
        self._places.append(place)
        self._reports.append(report)
        self._sample_texts.add(sample)
        self._result_texts.add(results)

    def _registered(self, place: int, sample: str) -> bytes:
        """Text of a sample registered before; of none, what states nothing."""
        self._sample_ids[len(self._places)] = sample
        return self._find_sample(sample, self._block.first + place) or b"{}"


def _stated(reports: Sequence[_Report]) -> dict[str, pa.Array]:
    """Columns that a report states beside its sample and results."""
    columns = dict(
        zip(
            _Report.__struct_fields__,
            zip(*map(msgspec.structs.astuple, reports), strict=True),
            strict=True,
        )
    )
    source = zip(*map(msgspec.structs.astuple, columns["source"]), strict=True)
    columns |= dict(zip(_Source.__struct_fields__, source, strict=True))
    columns["flags"] = tuple(
        [flag.flag for flag in flags] if flags else () for flags in columns["flags"]
    )
    resulted, published = (pa.array(columns[name], pa.string()) for name in _DATES)
    shape = schema("reports")
    return {
        **{
            name: pa.array(values, shape.field(name).type)
            for name, values in columns.items()
            if name in shape.names and name != "sample"
        },
        **_days("resulted", resulted),
        **_days("published", published),
    }


_DATES: Final = ("resulted", "published")


def _samples(texts: _Distinct) -> dict[str, pa.Array]:
    """Columns of the samples."""
    sample = texts.read(_SAMPLE_TYPE)
    product, place = field(sample, "product"), field(sample, "place")
    item = field(sample, "item")
    columns = {
        **{name: field(sample, name) for name in _SAMPLE},
        **{name: field(product, name) for name in _PRODUCT},
        **{name: field(place, name) for name in _PLACE},
        "category": field(product, "food_category"),
        "species_group": field(product, "group"),
        "item_pieces": _pieces(item, field(sample, "item_note")),
        "item_base": each(item, lambda text: (item_base(text),), [pa.string()])[0],
        "collected": field(sample, "collected"),
        **_days("collected", field(sample, "collected")),
    }
    which = pa.array(texts.which, pa.int32())
    return {name: column.take(which) for name, column in columns.items()}


def _pieces(item: pa.Array, note: pa.Array) -> pa.Array:
    both = pc.binary_join_element_wise(item, pc.fill_null(note, ""), PIECES)
    return each(both, lambda text: (item_pieces(text),), [pa.list_(pa.string())])[0]


def _days(name: str, texts: pa.Array) -> dict[str, pa.Array]:
    first, last = each(texts, days, [pa.date32(), pa.date32()])
    return {f"{name}_first": first, f"{name}_last": last}


def _results(own: dict[str, pa.Array], texts: _Distinct) -> pa.Table:
    """The table `results`."""
    lists = texts.read(_RESULTS_TYPE)
    stated = lists.flatten()
    columns = {
        "nuclides": pc.binary_join(field(stated, "nuclides"), "+"),
        **{name: field(stated, name) for name in _RESULT},
        **{name: field(stated, reported) for name, reported in _RENAMED.items()},
        **_meanings(stated),
    }
    which = np.array(texts.which, np.int64)
    lengths = pc.list_value_length(lists).to_numpy().astype(np.int64)
    counts = lengths[which]
    entry = np.repeat(np.arange(len(which)), counts)
    number = np.arange(len(entry)) - np.repeat(np.cumsum(counts) - counts, counts)
    where = pa.array(np.repeat((np.cumsum(lengths) - lengths)[which], counts) + number)
    owner = pa.array(entry)
    rows = {name: column.take(owner) for name, column in own.items()}
    rows |= {name: column.take(where) for name, column in columns.items()}
    rows["result_no"] = pa.array(number + 1, pa.int64())
    shape = schema("results")
    return pa.table([rows[name] for name in shape.names], schema=shape)


def _meanings(results: pa.Array) -> dict[str, pa.Array]:
    """Computed columns of results, in their order."""
    spelt = [field(results, name).to_pylist() for name in Spelling._fields]
    answers = [meaning(*spelling) for spelling in zip(*spelt, strict=True)]
    shape = schema("results")
    columns = zip(*answers, strict=True) if answers else ((),) * len(Meaning._fields)
    return {
        name: pa.array(values, shape.field(name).type)
        for name, values in zip(Meaning._fields, columns, strict=True)
    }
