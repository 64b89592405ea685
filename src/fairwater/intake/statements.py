"""What a statement must say beyond its types, before it enters a journal.

Types hold a record's shape (`records`); this holds its sense: a day that
exists, a unit that is known, the numbers its kind needs, an end after its
beginning, a replacement that is not itself. All faults of a statement are
given at once. What refers to other statements (does the amended record exist?)
is asked of the journal by whoever enters it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import get_args, get_type_hints
from zoneinfo import ZoneInfo

import msgspec

from fairwater import facts
from fairwater.quantities import allowed as values
from fairwater.quantities.dates import civil
from fairwater.quantities.decimals import exact
from fairwater.quantities.errors import QuantityError
from fairwater.quantities.periods import Period
from fairwater.records import (
    Amendment,
    NameMeaning,
    Record,
    Register,
    Result,
    Sample,
    SamplingStation,
    TestReport,
)
from fairwater.records.text import DateText, DayText, InstantText

_UTC = ZoneInfo("UTC")  # only whether the day exists is asked; the zone does not matter
_ORDERED = (
    ("valid_from", "valid_to"),
    ("registered_from", "registered_to"),
    ("since", "complete_through"),
)


@cache
def _date_fields(kind: type[msgspec.Struct]) -> frozenset[str]:
    """The fields of a kind of statement that hold a date: by their type, not by their name."""
    return frozenset(
        name
        for name, hint in get_type_hints(kind, include_extras=True).items()
        if any(one in (DateText, DayText, InstantText) for one in (hint, *get_args(hint)))
    )


class StatementError(ValueError):
    """All faults of one statement, each with its path."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def check(record: Record) -> None:
    """Refuse a statement that makes no sense by itself.

    Raises
    ------
    StatementError
        With every fault: path, what stood there, what was expected.
    """
    faults = list(_faults(record))
    if faults:
        raise StatementError(faults)


def _faults(record: Record) -> Iterator[str]:
    yield from _walk(record, "$")
    if isinstance(record, Amendment) and record.amends == record.by:
        yield "$.by: a record cannot amend itself; name the record that replaces it"
    if isinstance(record, Result) and record.report is None:
        yield "$.report: a result that stands alone names the test report it adds to"
    if isinstance(record, TestReport) and not record.results:
        yield "$.results: a test report without results; register the sample instead"
    if isinstance(record, Sample) and record.sample is None:
        yield "$.sample: a registered sample needs its identifier"
    if isinstance(record, NameMeaning):
        yield from _meaning(record)
    if isinstance(record, Register) and (record.rejected or 0) > (record.consignments or 0):
        yield (
            f"$.rejected: {record.rejected} of {record.consignments or 0} consignments; "
            "at most all can be rejected"
        )


def _meaning(meaning: NameMeaning) -> Iterator[str]:
    if not facts.split_item(meaning.text).name:
        yield f"$.text: `{meaning.text}` holds no name outside brackets"
    if meaning.kind == "category" and meaning.means not in facts.categories():
        known = ", ".join(facts.categories())
        yield f"$.means: `{meaning.means}` is no food category; write one of {known}"
    if meaning.kind == "part":
        classes = [part.key for part in facts.part_classes()]
        if meaning.means not in classes:
            yield (
                f"$.means: `{meaning.means}` is no class of body parts; "
                f"write one of {', '.join(classes)}"
            )


def _walk(node: object, path: str) -> Iterator[str]:
    if isinstance(node, tuple):
        for number, item in enumerate(node):
            yield from _walk(item, f"{path}[{number}]")
        return
    if not isinstance(node, msgspec.Struct):
        return
    dates = _date_fields(type(node))
    for field in node.__struct_fields__:
        value = getattr(node, field)
        if value is None:
            continue
        at = f"{path}.{field}"
        if field in dates:
            yield from _day(value, at)
        elif field == "every":
            yield from _refusal(partial(Period.parse, value), at)
        elif field in ("unit", "limit_unit") and isinstance(value, str):
            if facts.unit(value) is None:
                yield f"{at}: `{value}` is not a known unit; `fairwater facts units` lists them"
        else:
            yield from _walk(value, at)
    yield from _order(node, path)
    if isinstance(node, Result):
        yield from _result(node, path)
    if isinstance(node, SamplingStation):
        yield from _coordinate(node.latitude_deg, 90, f"{path}.latitude_deg")
        yield from _coordinate(node.longitude_deg, 180, f"{path}.longitude_deg")


def _result(result: Result, path: str) -> Iterator[str]:
    yield from _refusal(lambda: values.allowed(result), path)
    if result.unit is None and result.kind != "not_stated":
        yield f"{path}.unit: a number without unit; write e.g. Bq/kg"
    if result.kind == "censored" and result.limit_kind is None:
        yield (
            f"{path}.limit_kind: below which limit? write decision_threshold, detection_limit, "
            "reporting_limit, sum_of_parts_limits or not_stated"
        )
    if result.uncertainty is not None and result.coverage_factor is None:
        yield f"{path}.coverage_factor: state k, or write not_stated"
    if result.standing == "withheld" and result.promised is None:
        yield f"{path}.promised: a withheld result needs the day it is promised for"
    if not result.nuclides:
        yield f"{path}.nuclides: name at least one nuclide"


def _order(node: msgspec.Struct, path: str) -> Iterator[str]:
    for first, last in _ORDERED:
        start, end = getattr(node, first, None), getattr(node, last, None)
        if start is not None and end is not None and end < start:
            yield f"{path}.{last}: {end} is before {first} {start}"


def _day(text: str, at: str) -> Iterator[str]:
    yield from _refusal(lambda: civil(text, _UTC), at)


def _coordinate(text: str | None, bound: int, at: str) -> Iterator[str]:
    if text is not None and abs(exact(text)) > bound:
        yield f"{at}: {text} is outside -{bound} to {bound} degrees"


def _refusal(ask: Callable[[], object], at: str) -> Iterator[str]:
    try:
        ask()
    except QuantityError as error:
        yield f"{at}: {error}"
