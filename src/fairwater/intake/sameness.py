"""What a row says, by role, and the digest by which two rows are equal.

Rows are compared by what their records state, not by raw cells: the profile's
spelling rules are then applied already, two layouts with other column names and
order can be compared, and the journal alone is enough to compare with what was
read before.

    EVERY_CELL                                   equal in every cell
    Recipe(("region", "item", "collected"))      equal in these

Left out of "every cell" are the row's number, its file, the day of publication
and the flags: they differ between two publications of one result. A result that
states nothing (`-`) says as little as a missing column. Width of characters is
no difference.

A journal holds many rows and each is looked at, so `Stored…` are the records
with only what is compared, and without the checks they passed when they came in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter, itemgetter
from typing import Any
from unicodedata import normalize, unidata_version

import msgspec
from msgspec import Struct

from fairwater.records import QuarantinedRow, TestReport

DIGEST_BYTES = 16
"""128 bits: equality is by digest alone, also where a publisher would profit from a clash."""

_to_bytes = msgspec.json.Encoder().encode


class StoredPlace(Struct, frozen=True, gc=False):
    """`Place` of a record accepted before; the types need no second check."""

    region: str | None = None
    district: str | None = None
    locality: str | None = None
    zone: str | None = None
    station: str | None = None
    latitude_deg: str | None = None
    longitude_deg: str | None = None
    region_text: str | None = None
    station_id: str | None = None
    depth: str | None = None


class StoredProduct(Struct, frozen=True):
    """`Product` of a record accepted before."""

    scientific_name: str | None = None
    part: str | None = None


_NO_PLACE = StoredPlace()
_NO_PRODUCT = StoredProduct()


class StoredSample(Struct, frozen=True, gc=False):
    """`Sample` of a record accepted before."""

    sample: str | None = None
    item: str | None = None
    item_note: str | None = None
    category_text: str | None = None
    product: StoredProduct = _NO_PRODUCT
    place: StoredPlace = _NO_PLACE
    collected: str | None = None
    collected_text: str | None = None
    market_stage: str | None = None
    consignment: str | None = None
    drawn_by: str | None = None


class StoredResult(Struct, frozen=True, omit_defaults=True, gc=False):
    """`Result` of a record accepted before."""

    nuclides: tuple[str, ...]
    kind: str
    unit: str | None = None
    value: str | None = None
    low: str | None = None
    high: str | None = None
    limit_kind: str | None = None
    limit: str | None = None
    limit_unit: str | None = None
    uncertainty: str | None = None
    coverage_factor: str | None = None
    basis: str | None = None
    verdict: str | None = None
    standing: str | None = None
    reference_date: str | None = None


class StoredPosition(Struct, frozen=True, gc=False):
    """`Position` of a record accepted before."""

    document: str
    row: int
    sheet: str | None = None
    publication: str | None = None
    entry: str | None = None


class StoredReport(Struct, frozen=True, gc=False):
    """`TestReport` of a record accepted before, as far as rows are compared by it."""

    sample: StoredSample | str
    results: tuple[StoredResult, ...]
    laboratory: str | None = None
    laboratory_text: str | None = None
    technique: str | None = None
    method_text: str | None = None
    reporter: str | None = None
    responsible: str | None = None
    resulted: str | None = None
    resulted_text: str | None = None
    published: str | None = None
    source: StoredPosition | None = None


class StoredQuarantinedRow(Struct, frozen=True, gc=False):
    """`QuarantinedRow` of a record accepted before, as far as rows are compared by it."""

    source: StoredPosition
    cells: tuple[str, ...]


StoredRow = StoredReport | StoredQuarantinedRow
ReportLike = StoredReport | TestReport
"""Both have the fields by which rows are compared, under the same names."""

_report_decoder = msgspec.json.Decoder(StoredReport)
_quarantined_decoder = msgspec.json.Decoder(StoredQuarantinedRow)

# In canonical bytes the keys are sorted, and of both types `type` is the last key; an
# inner quote would be escaped. So the end tells the type without reading the rest.
_REPORT_ENDS = b'"type":"test_report"}'
_QUARANTINED_ENDS = b'"type":"quarantined_row"}'


def stored_row(data: bytes) -> StoredRow | None:
    """Row of canonical record bytes accepted before; None if the record is no row."""
    if data.endswith(_REPORT_ENDS):
        return _report_decoder.decode(data)
    if data.endswith(_QUARANTINED_ENDS):
        return _quarantined_decoder.decode(data)
    return None


@lru_cache(maxsize=50_000)  # a table repeats few texts many times
def _narrow(text: str | None) -> str | None:
    return None if text is None else normalize("NFKC", text)


ROLES = (
    "reporter", "responsible", "laboratory", "method",
    "sample", "consignment", "drawn_by", "category", "item", "item_note",
    "scientific_name", "part", "market_stage",
    "region", "district", "locality", "zone", "station", "station_id", "depth",
    "latitude", "longitude",
    "collected", "resulted", "values",
)  # fmt: skip
"""Roles, named as in a profile's columns: together every cell. `values` is all results.

A profile may also name `value:Cs-137`, one result; `nuclides` and `units` of all results;
and, of the publication, `published`, `publication` and `entry`; and `moment`, the
day of sampling with the time of day where one is stated, however it is written.
"""


def cells(report: ReportLike) -> tuple[Any, ...]:
    """What the report says in each of `ROLES`, in order, spelling rules applied."""
    sample = report.sample
    if isinstance(sample, str):  # registered before its result: the id says the rest
        sample = StoredSample(sample=sample)
    place, product = sample.place or _NO_PLACE, sample.product or _NO_PRODUCT
    return (
        _narrow(report.reporter),
        _narrow(report.responsible),
        _narrow(report.laboratory or report.laboratory_text),
        report.technique or report.method_text,
        sample.sample,
        sample.consignment,
        sample.drawn_by,
        _narrow(sample.category_text),
        _narrow(sample.item),
        _narrow(sample.item_note),
        product.scientific_name,
        product.part,
        sample.market_stage,
        _narrow(place.region or place.region_text),
        _narrow(place.district),
        _narrow(place.locality),
        place.zone,
        place.station,
        place.station_id,
        place.depth,
        place.latitude_deg,
        place.longitude_deg,
        sample.collected or sample.collected_text,
        report.resulted or report.resulted_text,
        _values(report),
    )


_first = itemgetter(0)
_stated_of = attrgetter(*StoredResult.__struct_fields__)


def _values(report: ReportLike) -> list[tuple[Any, ...]]:
    said = [
        _stated_of(r) for r in report.results if r.kind != "not_stated" or r.standing is not None
    ]
    said.sort(key=_first)  # by nuclides: the order of columns does not matter
    return said


Reader = Callable[[ReportLike], Any]

_TIME = re.compile(r"[T ](\d{1,2}):(\d\d)(?::(\d\d))?", re.ASCII)


def _moment(report: ReportLike) -> str | None:
    """Day of sampling, and the time of day that the cell states."""
    sample = report.sample
    if isinstance(sample, str):
        return None
    text = sample.collected_text or ""
    stated = _TIME.search(text)
    if sample.collected is None or stated is None:
        return sample.collected or text
    hour, minute, second = stated.groups()
    return f"{sample.collected} {int(hour):02}:{minute}:{second or '00'}"


_BESIDES: dict[str, Reader] = {
    "nuclides": lambda report: sorted(result.nuclides for result in report.results),
    "units": lambda report: sorted({result.unit or "" for result in report.results}),
    "published": lambda report: report.published,
    "moment": lambda report: _moment(report),
    "publication": lambda report: report.source.publication if report.source else None,
    "entry": lambda report: report.source.entry if report.source else None,
}
_BESIDE_A_VALUE = ("nuclide", "unit", "limit", "limit_unit", "qualifier", "uncertainty", "basis")


def _result_of(nuclides: str) -> Reader:
    wanted = tuple(nuclides.split("+"))
    return lambda report: [_stated_of(r) for r in report.results if r.nuclides == wanted]


def role_of(label: str) -> str | None:
    """Role that a profile's label of a column names; None if there is none."""
    role, _, rest = label.partition(":")
    if role == "value":
        nuclides = rest.partition(":")[0]
        if nuclides in ("nuclide", "unit"):
            return f"{nuclides}s"
        return f"value:{nuclides}" if nuclides and nuclides not in _BESIDE_A_VALUE else "values"
    return role if role in ROLES or role in _BESIDES else None


PLACE_ROLES = (
    "region", "district", "locality", "zone", "station", "station_id", "latitude", "longitude",
)  # fmt: skip
"""Roles that say where."""


class Recipe:
    """Which roles must be equal for two reports to be the same.

    Raises
    ------
    KeyError
        For a label that names no role.
    """

    def __init__(self, labels: Iterable[str]) -> None:
        roles = {label: role_of(label) for label in labels}
        if unknown := [label for label, role in roles.items() if role is None]:
            raise KeyError(f"no role {unknown}; roles are {', '.join((*ROLES, *_BESIDES))}")
        self.roles = tuple(dict.fromkeys(role for role in roles.values() if role))
        self.name = blake2b(",".join(self.roles).encode(), digest_size=8).hexdigest()
        self._places = tuple(ROLES.index(role) for role in self.roles if role in ROLES)
        self._besides: tuple[Reader, ...] = tuple(
            _BESIDES.get(role) or _result_of(role.removeprefix("value:"))
            for role in self.roles
            if role not in ROLES
        )
        self._every = self.roles == ROLES

    def digest(self, report: ReportLike) -> bytes:
        """128-bit digest of what the report says in the roles."""
        said: Any = cells(report)
        if not self._every:
            said = [said[place] for place in self._places]
            said += [read(report) for read in self._besides]
        return blake2b(_to_bytes(said), digest_size=DIGEST_BYTES).digest()

    def without(self, labels: Iterable[str]) -> Recipe:
        """The recipe but for some roles."""
        left_out = {role_of(label) for label in labels}
        return Recipe(role for role in self.roles if role not in left_out)


EVERY_CELL = Recipe(ROLES)
"""Equal in every cell."""

ALIKE = Recipe(("region", "district", "locality", "item", "collected", "resulted", "values"))
"""Equal in place, item, dates and values, where the profile does not say otherwise."""


def content_digest(row: StoredRow | TestReport | QuarantinedRow) -> bytes:
    """Digest of every cell; of a row not understood, of its raw cells.

    A cell that names the publication is left out of the latter: one layout has a
    column for it, the other is the publication.
    """
    if isinstance(row, StoredReport | TestReport):
        return EVERY_CELL.digest(row)
    raw = [cell for cell in row.cells if cell != row.source.publication]
    return blake2b(_to_bytes(raw), digest_size=DIGEST_BYTES).digest()


def scheme() -> str:
    """Name of the way rows are compared now: digests kept under another one mean nothing.

    It is what comes out for a row that says something different in every field, with the
    version of the character tables by which widths are folded.
    """
    sample = {name: f"sample {name}" for name in StoredSample.__struct_fields__}
    place = {name: f"place {name}" for name in StoredPlace.__struct_fields__}
    product = {name: f"product {name}" for name in StoredProduct.__struct_fields__}
    result = {name: f"result {name}" for name in StoredResult.__struct_fields__}
    report: dict[str, Any] = {n: f"report {n}" for n in StoredReport.__struct_fields__}
    report |= {
        "sample": sample | {"place": place, "product": product},
        "results": [result | {"nuclides": ["a", "b"]}, {"nuclides": ["c"], "kind": "k"}],
        "source": {"document": "d", "row": 1},
    }
    probe = msgspec.convert(report, StoredReport)
    return f"{unidata_version} {content_digest(probe).hex()}"


def numbered(content: bytes, entry: str | None) -> bytes:
    """Digest of a row's content and its own number in its publication."""
    return blake2b(content + (entry or "").encode(), digest_size=DIGEST_BYTES).digest()
