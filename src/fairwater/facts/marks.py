"""Where a fact comes from, and how sure we are: the marks every fact carries.

A fact is *seen in source* when whoever entered it read it in the source that
stands beside it, and *from memory* when not (legal, and shown wherever it
matters). A verdict shows the weakest mark of the facts it used.

Vocabularies carry one mark per field instead, as letters that name the tables a
field was found in: ``{sci: JAM, en: m}``; the letter ``m`` alone means *from
memory*. `MarkedFact` is the base of those.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

import msgspec

Confidence = Literal["seen in source", "from memory"]
SEEN: Confidence = "seen in source"
MEMORY: Confidence = "from memory"
MEMORY_LETTER = "m"

NonEmpty = Annotated[str, msgspec.Meta(min_length=1)]
DecimalText = Annotated[str, msgspec.Meta(pattern=r"^\d{1,40}(\.\d{1,40})?([eE][+-]?\d{1,3})?$")]
DayText = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]

OpenDayText = Annotated[
    str, msgspec.Meta(pattern=r"^(open|\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))$")
]


def weakest(marks: Iterable[Confidence]) -> Confidence:
    """Weakest of the marks given; *seen in source* when none is weaker."""
    return MEMORY if MEMORY in tuple(marks) else SEEN


def confidence_of(letters: str) -> Confidence:
    """Confidence that a field's letters state: *from memory* only if ``m`` stands alone.

    A field found in one table and known from memory as well was seen.
    """
    return MEMORY if letters == MEMORY_LETTER else SEEN


class Fact(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A researched constant: refused without its source and its confidence.

    Attributes
    ----------
    source : str
        Where the value stands: instrument and page, paper, table.
    confidence : {'seen in source', 'from memory'}
        Whether whoever entered the fact read it there.
    """

    source: NonEmpty
    confidence: Confidence


class MarkedFact(Fact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A vocabulary entry: `marks` holds the letters of each field.

    `source` and `confidence` speak of the fields that identify the entry.
    """

    marks: Mapping[str, str]

    def confidence_in(self, *fields: str) -> Confidence:
        """Weakest mark of these fields; a field without a mark counts as from memory."""
        return weakest(confidence_of(self.marks.get(name, MEMORY_LETTER)) for name in fields)
