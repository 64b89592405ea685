"""Text types of the records: what a string in a statement may look like.

Every number a laboratory wrote stays text (`DecimalText`), every date is text
with the precision it was written with (`DateText`). The patterns below are all
a record checks; what such text *means* is the business of `quantities`.

    "12.40"                    DecimalText   reported digits are kept
    "2016-07"                  DateText      some day of July 2016
    "2012-09-01/2012-09-10"    DateText      some day of that range, ends included
    "2021-03-31T14:59:00Z"     InstantText   an instant; an offset is required
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

# Digits are spelt out and the end is a real end: Python's \d takes any script's digits and its
# $ stands before a last newline too; JSON Schema's do not.
_END = r"$(?!\n)"
_DAY = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_INSTANT = (
    _DAY
    + r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?"
    + r"(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
)

DecimalText = Annotated[
    str,
    Meta(
        pattern=r"^-?[0-9]{1,40}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?" + _END,
        description="A decimal number exactly as reported; never a float.",
    ),
]
AmountText = Annotated[
    str,
    Meta(
        pattern=r"^[0-9]{1,40}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?" + _END,
        description="A decimal amount exactly as stated, zero or more; never a float.",
    ),
]
CoverageFactor = Annotated[
    str,
    Meta(
        pattern=r"^(not_stated|\d{1,40}(\.\d{1,40})?)$",
        description="k of an expanded uncertainty as reported, or `not_stated`.",
    ),
]
DayText = Annotated[str, Meta(pattern=f"^{_DAY}{_END}", description="A civil day, YYYY-MM-DD.")]
InstantText = Annotated[
    str, Meta(pattern=f"^{_INSTANT}{_END}", description="RFC 3339 instant with an offset.")
]
DateText = Annotated[
    str,
    Meta(
        pattern=rf"^([0-9]{{4}}|[0-9]{{4}}-(0[1-9]|1[0-2])|{_DAY}|{_DAY}/{_DAY}|{_INSTANT}){_END}",
        description="A date with its precision: year, month, day, day range or instant.",
    ),
]
PeriodText = Annotated[
    str,
    Meta(
        pattern=r"^P([0-9]{1,4}[YMWD]|T[0-9]{1,4}H)" + _END,
        description="An ISO 8601 duration of one unit: P2Y, P1M, P4W, P30D or PT24H.",
    ),
]
Sha256 = Annotated[
    str, Meta(pattern="^[0-9a-f]{64}" + _END, description="SHA-256, lower-case hex.")
]
RecordId = Sha256
Name = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=200,
        description="A name chosen by its owner, compared exactly.",
    ),
]
# Map keys are ASCII so that msgspec's sorted order is RFC 8785's.
Key = Annotated[
    str,
    Meta(
        pattern="^[A-Za-z][A-Za-z0-9_.-]{0,63}" + _END,
        description="A key in ASCII, such as cs_limit.",
    ),
]
Path = Annotated[
    str,
    Meta(
        pattern="^[A-Za-z][A-Za-z0-9_.-]{0,255}" + _END,
        description="A path into an agreement, such as transitions.impose.when.window.",
    ),
]
Text = Annotated[str, Meta(min_length=1, max_length=4000)]
Count = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Nuclide = Annotated[
    str,
    Meta(
        pattern=r"^([A-Z][a-z]?-[0-9]{1,3}m?[0-9]?(:[A-Z]{2,8})?|gross-(alpha|beta|gamma))" + _END,
        description="A nuclide, Cs-137; a form of it reported apart, H-3:OBT; or gross-beta.",
    ),
]
Language = Literal["en", "ja", "zh"]
