"""A source profile: everything a reader must know to understand a table, as data.

One YAML file describes one layout. It says how to recognise the table, how it
is encoded, what each column is for, which notations its cells use and what
each means, and what the source does not say. A new layout is a new profile.

    profile: harbour-monitoring
    version: "1"
    title: Harbour monitoring, weekly table
    citation: Example Harbour Authority, weekly tables
    clock: Asia/Tokyo
    encodings: [utf-8-sig, cp932]
    columns:
      - {heading: place, use: district, ditto: true}
      - {heading: day, use: collected}
      - {heading: fish, use: item}
      - {heading: "Cs137(Bq/kg)", use: value, nuclides: [Cs-137], unit_in_heading: true}
    values:
      below: {limit_kind: detection_limit}
      words: {limit_kind: detection_limit}
    lineage: {kind: primary}

Every key is described at the struct that holds it; `profile_schema()` gives
the same as JSON Schema.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from fairwater.intake.gross_counts import GROSS_COUNTS, Whole
from fairwater.records import (
    Basis,
    CoverageFactor,
    DateText,
    DecimalText,
    Key,
    LimitKind,
    Name,
    Nuclide,
    Text,
)

Use = Literal[
    "ignored", "publication",
    "entry",  # the row's own number in its publication, kept as `Position.entry`
    "reporter", "responsible", "region", "district", "locality", "zone", "station",
    "station_id",  # the number the source gives the station
    "depth", "latitude", "longitude", "market_stage", "category", "item", "item_note",
    "scientific_name", "part", "laboratory", "method", "collected", "resulted", "published",
    "reference_date", "sample", "consignment", "drawn_by", "value", "beside_value",
]  # fmt: skip
Encoding = Literal[
    "utf-8", "utf-8-sig", "utf-16", "cp932", "shift_jis", "euc_jp", "iso2022_jp", "gb18030",
    "big5", "euc_kr", "cp949", "latin-1", "cp1252", "ascii",
]  # fmt: skip
Mark = Annotated[str, Meta(min_length=1, max_length=40)]
Cell = Annotated[str, Meta(max_length=200)]


class _Part(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A part of a profile: immutable, unknown keys refused."""


class Recognise(_Part, frozen=True, forbid_unknown_fields=True):
    """Names that files of this layout usually bear (shell patterns).

    A table is recognised by its headings. Names only decide between profiles
    whose headings both fit.
    """

    files: tuple[Text, ...] = ()


class Format(_Part, frozen=True, forbid_unknown_fields=True):
    """How the bytes make rows. Compression (gzip) is recognised by itself."""

    delimiter: Annotated[str, Meta(min_length=1, max_length=1)] = ","
    quote: Annotated[str, Meta(min_length=1, max_length=1)] | None = '"'
    skip_lines: Annotated[int, Meta(ge=0, le=1000)] = 0
    """Physical lines above the header."""
    comment: Mark | None = None
    """Lines above the header that begin with this are comments."""
    header_rows: Annotated[int, Meta(ge=0, le=5)] = 1
    """0: no header; the columns stand in the order of the profile."""
    header_join: Cell = " "
    """Between the pieces of a heading that stands in several rows."""
    unknown_headings: Literal["refuse", "list"] = "refuse"
    """A heading the profile does not name: refuse the file, or leave it unread and list it."""


class Workbook(_Part, frozen=True, forbid_unknown_fields=True):
    """How the sheets of a workbook (xlsx) make rows; header rows are those of `format`.

    Every cell is read as it is stored. A formula's kept value, a hidden or filtered row is read
    and flagged; an error, a formula without a value, a date in a column of identifiers or
    results is quarantined.
    """

    sheets: tuple[Text, ...] = ()
    """Names or shell patterns of the sheets; none: each sheet whose header fits."""
    title_rows: Annotated[int, Meta(ge=0, le=1000)] = 0
    """Rows of the sheet above the header; blank rows under them are skipped."""
    search_header: bool = False
    """The header is the first row that fits, among the first 50 with text."""
    merged: Literal["repeat", "first"] = "repeat"
    """The text of merged cells belongs to each of them, or to the first alone."""
    numbers_as_text: Literal["flag", "expected"] = "flag"
    """A number kept as text: flagged, or how the table keeps its digits."""


class Column(_Part, frozen=True, forbid_unknown_fields=True):
    """One column: its heading, and what it is for.

    `use: value` holds a result of `nuclides` (wide) or of the nuclide named in
    `nuclide_column` (long). Columns named by `*_column` have `use: beside_value`.
    """

    heading: Text
    use: Use
    also: tuple[Text, ...] = ()
    """Other headings this column bears."""
    optional: bool = False
    """The table may lack the column."""
    required: bool = False
    """A row in which this cell says nothing is quarantined."""
    missing: tuple[Cell, ...] | None = None
    """Marks for "not stated" in this column, instead of the profile's."""
    ditto: bool = False
    """A ditto mark (profile `ditto`) repeats the cell above."""
    date_part: Literal["year", "month", "day"] | None = None
    """For dates in three columns; month 0 and day 0 are not stated."""
    words: dict[Cell, Text] | None = None
    """Cell text -> what it means, for `use: market_stage` (pre_market, market), `method` (a key),
    `category` (a food category of the facts) and `part` (a part of the vocabulary)."""
    closed: bool = False
    """A cell that is not among `words` quarantines the row."""
    nuclides: tuple[Nuclide, ...] = ()
    nuclide_column: Text | None = None
    unit: Name | None = None
    """The unit of every result; beside an optional `unit_column`, where a table lacks that."""
    unit_in_heading: bool = False
    """The unit stands in brackets at the end of the heading."""
    unit_column: Text | None = None
    limit_column: Text | None = None
    limit_unit_column: Text | None = None
    limit_kind: LimitKind | None = None
    """Kind of limit in `limit_column`, and of every limit in this column if it differs from
    the profile's."""
    limit_kind_alone: LimitKind | None = None
    """The kind instead, if no part of this sum is stated in the row."""
    limit_alone: bool = False
    """An empty value beside a limit in `limit_column`: below that limit."""
    qualifier_column: Text | None = None
    """Column that says how the number is meant; its words stand in `values`."""
    uncertainty_column: Text | None = None
    coverage_factor: CoverageFactor = "not_stated"
    basis: Basis | None = None
    basis_column: Text | None = None
    remark_column: Text | None = None
    """Remarks on the result; those in `standings` say that it is withheld or contested."""
    promised_column: Text | None = None
    """The day a withheld result is promised for."""
    coverage_column: Text | None = None
    """The coverage factor k of the uncertainty."""
    limit_kind_column: Text | None = None
    """The kind of limit, in the words of `limit_kinds`."""


class Below(_Part, frozen=True, forbid_unknown_fields=True):
    """`<6.1`: below a limit."""

    marks: tuple[Mark, ...] = ("<",)
    after: tuple[Mark, ...] = ()
    """Marks after the number: `6.1未満`."""
    limit_kind: LimitKind = "not_stated"


class Words(_Part, frozen=True, forbid_unknown_fields=True):
    """`ND`, `不検出(1.21)`, `検出せず(<7.3)`: not detected, perhaps with the limit in brackets."""

    words: tuple[Mark, ...] = ()
    limit_kind: LimitKind = "not_stated"
    """Kind of the limit in brackets, or in the limit column beside."""


class PlusMinus(_Part, frozen=True, forbid_unknown_fields=True):
    """`8.92±1.68`."""

    marks: tuple[Mark, ...] = ("±",)
    coverage_factor: CoverageFactor = "not_stated"


class Values(_Part, frozen=True, forbid_unknown_fields=True):
    """Notations in cells of results. A notation that is not stated here is not understood."""

    decimal_mark: Literal[".", ","] = "."
    grouping: Literal[",", ".", " ", "'"] | None = None
    """Between groups of three digits."""
    below: Below | None = None
    not_detected: Words | None = None
    detected: tuple[Mark, ...] = ()
    """Words of a qualifier column that say of a number that it is a detected value."""
    above: tuple[Mark, ...] = ()
    """`>100`: over-range."""
    about: tuple[Mark, ...] = ()
    """`約22`: near a value, no bound stated."""
    range: tuple[Mark, ...] = ()
    """`55〜68`: an interval."""
    plus_minus: PlusMinus | None = None
    limit_in_brackets: LimitKind | None = None
    """`6.40(<1.12)`: a value, and the limit that goes with it."""
    corrections: bool = False
    """`<del>old</del><ins>new</ins>` in any cell: a published correction; the new text is read."""
    footnotes: tuple[Mark, ...] = ()
    """`19909※4`: a mark with digits after it at the end of a number is a footnote."""


class Era(_Part, frozen=True, forbid_unknown_fields=True):
    """Years counted from an era: `marks` before the year, the first and last day of the era."""

    marks: tuple[Mark, ...]
    first: DateText
    last: DateText | None = None


class Dates(_Part, frozen=True, forbid_unknown_fields=True):
    """How dates are written. What is not stated here is not understood."""

    calendar: Key | None = None
    """A shipped table of eras (`japanese`)."""
    eras: tuple[Era, ...] = ()
    order: Literal["ymd", "dmy", "mdy"] = "ymd"
    without_era: Mark | None = None
    """Era meant by a year of one or two digits without a mark. An assumption: flagged."""
    without_year: tuple[Literal["resulted", "published", "publication"], ...] = ()
    """Whose year a day without one takes: the latest that is not after it. Flagged."""
    serial: Literal["1900", "1904"] | None = None
    """A bare five-digit number is a spreadsheet serial of that system. Flagged."""
    ranges: bool = False
    """Ranges and lists of days; the days between are all possible. Flagged."""
    thirds: dict[Mark, tuple[int, int]] | None = None
    """Words for parts of a month: `上旬: [1, 10]`; 31 stands for the last day."""


class Publication(_Part, frozen=True, forbid_unknown_fields=True):
    """What is known of one issue of a source; `source` says from where."""

    published: DateText
    source: Text


class Laboratories(_Part, frozen=True, forbid_unknown_fields=True):
    """Spelling rules of laboratory names; the text as published is kept beside."""

    drop: tuple[Mark, ...] = ()
    """Legal forms dropped from the beginning or end (compared without regard to width)."""
    spellings: dict[Text, tuple[Text, ...]] | None = None
    """Name -> other spellings of it."""


class Places(_Part, frozen=True, forbid_unknown_fields=True):
    """Spelling rules of regions; the text as published is kept beside."""

    vocabulary: bool = False
    """Use the shipped vocabulary of regions."""
    spellings: dict[Text, tuple[Text, ...]] | None = None
    """Name -> other spellings of it."""
    waters: bool = False
    """No region is stated: say off which one the stated coordinates lie, by the shipped rule
    (facts, `waters`). It is a rule of ours: flagged."""


class Items(_Part, frozen=True, forbid_unknown_fields=True):
    """How item texts are taken apart."""

    parts: bool = False
    """Find a stated part, wild or farmed, in item and note, by the shipped vocabulary."""
    species: bool = False
    """Find the species by the shipped vocabulary, in the categories named."""
    species_categories: tuple[Key, ...] = ()
    categories: bool = False
    """Find the food category by the shipped vocabulary."""
    category: Key | None = None
    """Food category of every row, where the table is about one."""


class SumCheck(_Part, frozen=True, forbid_unknown_fields=True):
    """A published sum against its parts; tolerance: the greater of a share and an amount."""

    relative: DecimalText = "0.06"
    absolute: DecimalText = "0.05"


class Plausible(_Part, frozen=True, forbid_unknown_fields=True):
    """In which media a value of `nuclides` is held against the greatest plausible one (facts)."""

    nuclides: tuple[Nuclide, ...]
    media: tuple[Literal["fish", "shellfish", "seafood", "seaweed", "seawater", "sediment"], ...]
    categories: tuple[Key, ...] = ()
    """Food categories it applies to; none: all."""


class Lineage(_Part, frozen=True, forbid_unknown_fields=True):
    """Where the rows come from.

    primary      the source published these first
    snapshot     a later file of the source amends the earlier, by `key` and multiset
    compilation  repeats what was published elsewhere: a row equal in every compared cell,
                 or differing only by a spelling rule, restates; the rest are new

    A snapshot's `issue_day` may stand in its file's name. Then it is the day on which its
    new and changed rows were published, and an issue older than one held is refused.

    `of` names the profiles a compilation repeats. What is compared is what the
    records say, by the roles of `sameness.ROLES`: region, item, collected, values ...
    """

    kind: Literal["primary", "snapshot", "compilation"]
    publication: Literal["column", "file", "none"] = "none"
    """The issue a row belongs to: a column of use `publication`, else the file's name."""
    issue_day: Literal["file_name"] | None = None
    """Where the day of a snapshot stands: the one `2025-02-07` in its file's name."""
    of: tuple[Key, ...] = ()
    key: tuple[Text, ...] = ()
    ignore: tuple[Text, ...] = ()
    """Roles that are not compared."""
    place: tuple[Text, ...] = ()
    item: tuple[Text, ...] = ()
    date: tuple[Text, ...] = ()
    values: tuple[Text, ...] = ()


class Profile(_Part, frozen=True, forbid_unknown_fields=True):
    """A source profile. Module docstring: an example; each part: its keys."""

    profile: Key
    version: Text
    title: Text
    columns: tuple[Column, ...]
    lineage: Lineage
    publisher: Text | None = None
    citation: Text | None = None
    address: Text | None = None
    note: Text | None = None
    recognise: Recognise = Recognise()
    encodings: tuple[Encoding, ...] = ("utf-8-sig",)
    format: Format = Format()
    workbook: Workbook = Workbook()
    clock: Text | None = None
    """IANA zone whose civil days the dates are."""
    missing: tuple[Cell, ...] = ("",)
    """Cells that say "not stated"."""
    ditto: tuple[Mark, ...] = ()
    values: Values = Values()
    dates: Dates = Dates()
    publications: dict[Text, Publication] | None = None
    laboratories: Laboratories = Laboratories()
    places: Places = Places()
    items: Items = Items()
    sums: SumCheck | None = None
    plausible: tuple[Plausible, ...] = ()
    standings: dict[Cell, Literal["withheld", "contested"]] | None = None
    """Remarks or qualifiers (shell patterns) and what each says: `{"withheld*": withheld}`."""
    limit_kinds: dict[Cell, LimitKind] | None = None
    """Words of a limit kind column and what each means."""
    wholes: tuple[Whole, ...] = GROSS_COUNTS
    """What is part of what: a part above its whole, in one sample, flags both. A sum of nuclides
    that a result states is a whole without being listed here."""
    bases: dict[Cell, Basis] | None = None
    """Words of a basis column and what each means: `{F: wet, D: dry}`."""
    not_stated: tuple[Text, ...] = ()
    """What the source does not say, in words."""
