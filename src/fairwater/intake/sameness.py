"""What a row says, by role, and the digest by which two rows are equal.

Rows are compared by what their records state, not by raw cells: the profile's
spelling rules are then applied already, two layouts with other column names and
order can be compared, and the journal alone is enough to compare with what was
read before.

    EVERY_CELL                                   equal in every cell
    Recipe(("region", "item", "collected"))      equal in these

Left out of "every cell" are the row's number, its file, the day of publication
and the flags: they differ between two publications of one result. A result that
states nothing (`-`) says as little as a missing column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import blake2b
from operator import itemgetter
from typing import Any
from unicodedata import normalize

import msgspec
from msgspec import Struct

from fairwater.records import QuarantinedRow, Result, TestReport

DIGEST_BYTES = 16
"""128 bits: equality is by digest alone, also where a publisher would profit from a clash."""

_to_bytes = msgspec.json.Encoder().encode
_nuclides = itemgetter(0)


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


class StoredProduct(Struct, frozen=True):
    """`Product` of a record accepted before."""

    scientific_name: str | None = None
    part: str | None = None


class StoredSample(Struct, frozen=True):
    """`Sample` of a record accepted before."""

    sample: str | None = None
    item: str | None = None
    item_note: str | None = None
    category_text: str | None = None
    product: StoredProduct | None = None
    place: StoredPlace | None = None
    collected: str | None = None
    collected_text: str | None = None
    market_stage: str | None = None
    consignment: str | None = None
    drawn_by: str | None = None


class StoredResult(Struct, frozen=True):
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


class StoredReport(Struct, frozen=True):
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


class StoredQuarantinedRow(Struct, frozen=True):
    """`QuarantinedRow` of a record accepted before, as far as rows are compared by it."""

    source: StoredPosition
    cells: tuple[str, ...]


Report = TestReport | StoredReport

_report_decoder = msgspec.json.Decoder(StoredReport)
_quarantined_decoder = msgspec.json.Decoder(StoredQuarantinedRow)

# In canonical bytes the keys are sorted, and of both types `type` is the last key; an
# inner quote would be escaped. So the end tells the type without reading the rest.
_REPORT_ENDS = b'"type":"test_report"}'
_QUARANTINED_ENDS = b'"type":"quarantined_row"}'


def stored_row(data: bytes) -> StoredReport | StoredQuarantinedRow | None:
    """Row of canonical record bytes accepted before; None if the record is no row."""
    if data.endswith(_REPORT_ENDS):
        return _report_decoder.decode(data)
    if data.endswith(_QUARANTINED_ENDS):
        return _quarantined_decoder.decode(data)
    return None


def _of_sample(name: str) -> Callable[[Report], Any]:
    def value(report: Report) -> Any:
        return None if isinstance(report.sample, str) else getattr(report.sample, name)

    return value


def _of_place(*names: str) -> Callable[[Report], Any]:
    def value(report: Report) -> Any:
        """First of the fields that is stated."""
        if isinstance(report.sample, str) or report.sample.place is None:
            return None
        for name in names:
            if stated := getattr(report.sample.place, name):
                return stated
        return None

    return value


def _of_product(name: str) -> Callable[[Report], Any]:
    def value(report: Report) -> Any:
        if isinstance(report.sample, str) or report.sample.product is None:
            return None
        return getattr(report.sample.product, name)

    return value


def _sample(report: Report) -> Any:
    return report.sample if isinstance(report.sample, str) else report.sample.sample


def _collected(report: Report) -> Any:
    if isinstance(report.sample, str):
        return None
    return report.sample.collected or report.sample.collected_text


def _said(result: Result | StoredResult) -> tuple[Any, ...]:
    return (
        result.nuclides,
        result.kind,
        result.unit,
        result.value,
        result.low,
        result.high,
        result.limit_kind,
        result.limit,
        result.limit_unit,
        result.uncertainty,
        result.coverage_factor,
        result.basis,
        result.verdict,
        result.standing,
        result.reference_date,
    )


def _values(report: Report) -> Any:
    said = [
        _said(result)
        for result in report.results
        if result.kind != "not_stated" or result.standing is not None
    ]
    return sorted(said, key=_nuclides)  # the order of columns does not matter


def _value_of(nuclides: str) -> Callable[[Report], Any]:
    wanted = tuple(nuclides.split("+"))

    def value(report: Report) -> Any:
        return [_said(result) for result in report.results if result.nuclides == wanted]

    return value


ROLES: dict[str, Callable[[Report], Any]] = {
    "reporter": lambda report: report.reporter,
    "responsible": lambda report: report.responsible,
    "laboratory": lambda report: report.laboratory or report.laboratory_text,
    "method": lambda report: report.technique or report.method_text,
    "sample": _sample,
    "consignment": _of_sample("consignment"),
    "drawn_by": _of_sample("drawn_by"),
    "category": _of_sample("category_text"),
    "item": _of_sample("item"),
    "item_note": _of_sample("item_note"),
    "scientific_name": _of_product("scientific_name"),
    "part": _of_product("part"),
    "market_stage": _of_sample("market_stage"),
    "region": _of_place("region", "region_text"),
    "district": _of_place("district"),
    "locality": _of_place("locality"),
    "zone": _of_place("zone"),
    "station": _of_place("station"),
    "latitude": _of_place("latitude_deg"),
    "longitude": _of_place("longitude_deg"),
    "collected": _collected,
    "resulted": lambda report: report.resulted or report.resulted_text,
    "values": _values,
    "nuclides": lambda report: sorted(result.nuclides for result in report.results),
    "units": lambda report: sorted({result.unit or "" for result in report.results}),
}
"""Role, named as in a profile's columns, to what a report says there, spelling rules applied.

The last three speak of all results; a profile's label `value:Cs-137` of one.
"""


_OF_PUBLICATION: dict[str, Callable[[Report], Any]] = {
    "published": lambda report: report.published,
    "publication": lambda report: report.source.publication if report.source else None,
    "entry": lambda report: report.source.entry if report.source else None,
}
"""Roles that say where a result was published, not what it is."""

_ALL_RESULTS = {"nuclide": "nuclides", "unit": "units"}
_BESIDE = {"nuclide", "unit", "limit", "limit_unit", "qualifier", "uncertainty", "basis"}


def _reader(label: str) -> Callable[[Report], Any]:
    """What a report says under a profile's label: a role, or one nuclide's result."""
    role, _, rest = label.partition(":")
    if role == "value":
        nuclides = rest.partition(":")[0]
        if not nuclides or nuclides in _BESIDE:
            return ROLES[_ALL_RESULTS.get(nuclides, "values")]
        return _value_of(nuclides)
    known = ROLES.get(role) or _OF_PUBLICATION.get(role)
    if known is None:
        raise KeyError(f"no role `{role}`; roles are {', '.join(ROLES)} and value:NUCLIDE")
    return known


@lru_cache(maxsize=50_000)  # a table repeats few texts many times
def _narrow(text: str) -> str:
    return normalize("NFKC", text)


class Recipe:
    """Which roles must be equal for two reports to be the same."""

    def __init__(self, roles: Iterable[str]) -> None:
        self.roles = tuple(roles)
        self._read = tuple(_reader(role) for role in self.roles)
        self.name = blake2b(",".join(self.roles).encode(), digest_size=8).hexdigest()

    def digest(self, report: Report) -> bytes:
        """128-bit digest of what the report says in the roles; width of characters aside."""
        said = [read(report) for read in self._read]
        narrow = [_narrow(text) if text.__class__ is str else text for text in said]
        return blake2b(_to_bytes(narrow), digest_size=DIGEST_BYTES).digest()

    def without(self, roles: Iterable[str]) -> Recipe:
        """The recipe but for some roles."""
        left_out = frozenset(roles)
        return Recipe(role for role in self.roles if role not in left_out)


EVERY_CELL = Recipe(role for role in ROLES if role not in ("nuclides", "units"))
"""Equal in every cell (`values` holds the nuclides and units)."""

ALIKE = Recipe(("region", "district", "locality", "item", "collected", "resulted", "values"))
"""Equal in place, item, dates and values, where the profile does not say otherwise."""


def quarantined_digest(row: QuarantinedRow | StoredQuarantinedRow) -> bytes:
    """Digest of the cells of a row not understood, but for a cell that names the publication."""
    cells = [cell for cell in row.cells if cell != row.source.publication]
    return blake2b(_to_bytes(cells), digest_size=DIGEST_BYTES).digest()


def numbered(content: bytes, entry: str | None) -> bytes:
    """Digest of a row's content and its own number in its publication."""
    said = content + (entry or "").encode()
    return blake2b(said, digest_size=DIGEST_BYTES).digest()


def difference(old: TestReport | QuarantinedRow, new: TestReport | QuarantinedRow) -> str:
    """What changed from one row to the other, in words, at most 2,000 characters."""
    if isinstance(old, QuarantinedRow) or isinstance(new, QuarantinedRow):
        was, now = ("not understood" if isinstance(row, QuarantinedRow) else "a report"
                    for row in (old, new))  # fmt: skip
        return f"{was} before, {now} now"
    changes = [
        f"{role} `{before}` before, `{after}` now"
        for role in EVERY_CELL.roles
        if role != "values" and (before := ROLES[role](old)) != (after := ROLES[role](new))
    ]
    before, after = _stated(old), _stated(new)
    changes += [
        f"{nuclides} {before.get(nuclides, 'nothing')} before, {after.get(nuclides, 'nothing')} now"
        for nuclides in sorted(before.keys() | after.keys())
        if before.get(nuclides) != after.get(nuclides)
    ]
    return ("; ".join(changes) or "what no column says")[:2000]


def _stated(report: TestReport) -> dict[str, str]:
    """Nuclides to what is stated of them."""
    stated: dict[str, str] = {}
    for result in report.results:
        nuclides = "+".join(result.nuclides)
        said = f"`{result.text or result.value or result.kind}` {result.unit or 'without unit'}"
        stated[nuclides] = f"{stated[nuclides]}, {said}" if nuclides in stated else said
    return stated
