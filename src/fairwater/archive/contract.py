"""What stands in the archive: every table and column, as data. A stable contract.

Documentation is made from `TABLES`, and a test holds the Parquet files against
it. Columns are added, never renamed or given another meaning; a change of
meaning is a new column.

Types are DuckDB's. VARCHAR is the text as the record has it. A DOUBLE stands
beside the text it was converted from and is for looking and sorting, never for
comparing with a limit: decimals decide. DATE pairs (`_first`, `_last`) are the
days a date may mean, ends included, null where not stated; of an instant its day in
UTC, since the archive takes no party's clock. TIMESTAMP is UTC.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

VERSION: Final = 4
"""Raised when columns change; an archive of another version is made again."""

ColumnType = Literal["VARCHAR", "BIGINT", "DOUBLE", "DATE", "TIMESTAMP", "BOOLEAN", "VARCHAR[]"]


class Column(NamedTuple):
    """One column. `unit` is empty where the column has none."""

    name: str
    type: ColumnType
    meaning: str
    unit: str = ""


class Table(NamedTuple):
    """One table; rows stand in the order of `key`."""

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """Column by name; KeyError if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def _texts(*names_and_meanings: tuple[str, str]) -> tuple[Column, ...]:
    return tuple(Column(name, "VARCHAR", meaning) for name, meaning in names_and_meanings)


_ENTRY: Final = (
    Column("journal_index", "BIGINT", "Number of the journal entry, from 0."),
    Column("known_at", "TIMESTAMP", "Instant at which the journal accepted it.", "UTC"),
)
_POSITION: Final = (
    Column("document", "VARCHAR", "SHA-256 of the file it was read from; null if entered here."),
    Column("sheet", "VARCHAR", "Sheet in the file."),
    Column("row", "BIGINT", "Row in the sheet; the first row under the header is 1."),
)
_RECORD: Final = Column("record_id", "VARCHAR", "Content id of the record, SHA-256.")

REPORTS: Final = Table(
    "reports",
    "One row a test report: one laboratory's results on one sample, the sample flattened.",
    ("journal_index",),
    (
        Column("report_id", "VARCHAR", "Content id of the report, SHA-256."),
        *_ENTRY,
        *_POSITION,
        *_texts(
            ("publication", "Issue the row belongs to, where one file holds many."),
            ("entry", "Number the source itself gives the row there."),
            ("reporter", "Who reported it."),
            ("responsible", "Which body is responsible for the place or the goods."),
            ("laboratory", "Laboratory that measured."),
            ("laboratory_text", "Laboratory as written, where its spelling was changed."),
            ("technique", "Measurement technique."),
            ("method_text", "Method as written."),
            ("sample", "Name of the sample."),
            ("sample_id", "Record of the sample, where it was registered before its result."),
            ("item", "What was sampled, as written."),
            ("item_base", "`item` without one trailing bracket, full- or half-width."),
            ("item_note", "What the source adds to the item."),
            ("species", "Species, as identified."),
            ("species_group", "Market name that several species share; no species is stated then."),
            ("scientific_name", "Scientific name."),
            (
                "name_confidence",
                "Mark of the entry that told species or group: seen in source or from memory.",
            ),
            ("part", "Part measured; null is not stated, never muscle."),
            ("production", "wild or farmed."),
            ("category", "Food category."),
            ("category_text", "Food category as written."),
            ("region", "Region."),
            ("region_text", "Region as written, where its spelling was changed."),
            ("district", "Smaller area within the region."),
            ("locality", "Place as described."),
            ("zone", "Fishing or monitoring zone."),
            ("station", "Sampling station."),
            ("station_id", "Number the source gives the station."),
            ("depth", "Depth as stated: `Surface`, `100m`."),
            ("depth_m", "Metres below the surface, where `depth` states them."),
            ("latitude_deg", "Latitude as stated, decimal degrees, WGS 84."),
            ("longitude_deg", "Longitude as stated, decimal degrees, WGS 84."),
            ("consignment", "Consignment the sample was drawn from."),
            ("lot", "Lot of the consignment it was drawn from."),
            ("drawn_by", "Who drew the sample."),
            ("witnessed_by", "Before whose eyes it was drawn."),
            ("facility", "Facility it was drawn at, or for."),
            ("market_stage", "pre_market or market."),
            ("collected_text", "Day of sampling as written."),
        ),
        Column(
            "collected", "VARCHAR", "Date of sampling with its precision, as the record has it."
        ),
        Column("collected_first", "DATE", "First day on which it may have been collected."),
        Column("collected_last", "DATE", "Last day on which it may have been collected."),
        Column("resulted_text", "VARCHAR", "Day of the result as written."),
        Column("resulted", "VARCHAR", "Date of the result with its precision."),
        Column("resulted_first", "DATE", "First day on which the result may have been obtained."),
        Column("resulted_last", "DATE", "Last day on which the result may have been obtained."),
        Column("published", "VARCHAR", "Date of publication with its precision."),
        Column("published_first", "DATE", "First day on which it may have been published."),
        Column("published_last", "DATE", "Last day on which it may have been published."),
        Column("flags", "VARCHAR[]", "Flags of the report, in its order; none removes it."),
        Column(
            "item_pieces",
            "VARCHAR[]",
            "The name in `item`, then what brackets and `item_note` hold, spelt as names are "
            "compared: NFKC, katakana, lower case.",
        ),
    ),
)

RESULTS: Final = Table(
    "results",
    "One row a result, in its report's order; also results that were added to a report later.",
    ("journal_index", "result_no"),
    (
        *_ENTRY,
        Column("record_id", "VARCHAR", "Content id of the record that states it, SHA-256."),
        Column("report_id", "VARCHAR", "Report it belongs to; `record_id` unless added later."),
        Column("result_no", "BIGINT", "Number within the record that states it, from 1."),
        *_texts(
            ("nuclides", "Nuclides joined with `+`, as `Cs-134+Cs-137`."),
            ("kind", "detected, censored, over_range, interval, about or not_stated."),
            ("value_text", "Value, or limit of a censored or over-range result, as reported."),
            ("unit", "Unit as reported."),
        ),
        Column("value", "DOUBLE", "`value_text` converted.", "value_unit"),
        Column("low_value", "DOUBLE", "Least value the result allows, converted.", "value_unit"),
        Column(
            "high_value",
            "DOUBLE",
            "Greatest value the result allows, converted; null is unbounded.",
            "value_unit",
        ),
        Column("value_unit", "VARCHAR", "Base unit converted to; null where the unit is unknown."),
        Column(
            "conversion", "VARCHAR", "Rule used: `as reported`, or as `1 mBq/kg = 0.001 Bq/kg`."
        ),
        *_texts(
            ("low_text", "Lower end of an interval, as reported."),
            ("high_text", "Upper end of an interval, as reported."),
            ("limit_kind", "What kind of limit a censored result lies below."),
            ("limit_text", "Limit that accompanies the result, as reported."),
            ("limit_unit", "Its unit, where not `unit`."),
        ),
        Column("limit_value", "DOUBLE", "`limit_text` converted.", "value_unit"),
        *_texts(
            ("uncertainty_text", "Uncertainty as reported."),
            ("coverage_factor", "Its coverage factor k, or `not_stated`."),
        ),
        Column("uncertainty_value", "DOUBLE", "`uncertainty_text` converted.", "value_unit"),
        *_texts(
            ("basis", "wet, dry, ash, as_sold, ready_to_eat or volume."),
            ("verdict", "The laboratory's own word: detected or not_detected."),
            ("standing", "registered, withheld or contested; null is reported."),
            ("promised", "Day a withheld result is promised for."),
            ("reference_date", "Date the activity refers to."),
            ("text", "Cell as published."),
            ("column_name", "Its column's heading."),
        ),
    ),
)

QUARANTINE: Final = Table(
    "quarantine",
    "One row a quarantined row, kept whole with every reason that refused it.",
    ("journal_index",),
    (
        _RECORD,
        *_ENTRY,
        *_POSITION,
        Column("publication", "VARCHAR", "Issue the row belongs to, where one file holds many."),
        Column("entry", "VARCHAR", "Number the source itself gives the row there."),
        Column("profile", "VARCHAR", "Profile that read the file."),
        Column("reasons", "VARCHAR[]", "Reasons, one a fault, in the row's order."),
        Column("flags", "VARCHAR[]", "Flags of the cells that could be read."),
        Column("cells", "VARCHAR[]", "Cells as they stood in the file."),
        Column("faults", "VARCHAR", "Faults as JSON: reason, column, text, expected, remedy."),
    ),
)

SUPERSESSIONS: Final = Table(
    "supersessions",
    "Which record no longer stands, since when and why.",
    ("journal_index",),
    (
        Column("target", "VARCHAR", "Record that no longer stands."),
        Column("by", "VARCHAR", "Record that stands instead; null after a withdrawal."),
        Column("kind", "VARCHAR", "amendment, withdrawal or correction (of a quarantined row)."),
        Column("reason", "VARCHAR", "Why."),
        *_ENTRY,
        _RECORD,
        Column("dated", "VARCHAR", "Date the change states of itself."),
        Column(
            "change",
            "VARCHAR",
            "Of a later issue of a snapshot: fills (was open), replaces or moves (place only).",
        ),
        Column("changes", "VARCHAR", "What was and is stated, as JSON: what, before, after."),
    ),
)

NAME_MEANINGS: Final = Table(
    "name_meanings",
    "One row a statement of what a name in the sources means, where no vocabulary knows it.",
    ("journal_index",),
    (
        _RECORD,
        *_ENTRY,
        Column("kind", "VARCHAR", "species, group, part, region or category."),
        Column("text", "VARCHAR", "The name as sources write it."),
        Column("name_key", "VARCHAR", "`text` as names are compared; see `reports.item_pieces`."),
        Column("language", "VARCHAR", "Language of the name."),
        Column("means", "VARCHAR", "What rows that bear it carry."),
        Column("scientific_name", "VARCHAR", "Scientific name of a species."),
        Column("by", "VARCHAR", "Who states it."),
        Column("source", "VARCHAR", "Where it stands."),
        Column("confidence", "VARCHAR", "seen in source or from memory."),
        Column("dated", "VARCHAR", "Date the statement states of itself."),
    ),
)

DOCUMENTS: Final = Table(
    "documents",
    "One row a file that was read, as it was seen.",
    ("journal_index",),
    (
        _RECORD,
        *_ENTRY,
        Column("sha256", "VARCHAR", "SHA-256 of the file's bytes; `document` elsewhere."),
        Column("name", "VARCHAR", "File name."),
        Column("size_bytes", "BIGINT", "Length of the file.", "byte"),
        *_texts(
            ("media_type", "Media type."),
            ("publisher", "Who published it."),
            ("address", "Where it was published."),
            ("published", "Date of publication."),
            ("seen", "Instant at which it was seen there."),
            ("profile", "Profile that read it."),
            ("profile_sha256", "SHA-256 of that profile."),
            ("lineage", "primary, snapshot or compilation, as the profile says of the source."),
        ),
        Column("rows", "BIGINT", "Data rows read."),
    ),
)

STATEMENTS: Final = Table(
    "statements",
    "One row for every other record: parties, zones, samples, documents with ruling, decisions …",
    ("journal_index",),
    (
        _RECORD,
        *_ENTRY,
        Column("type", "VARCHAR", "Type of the record."),
        Column("content", "VARCHAR", "Its canonical JSON."),
    ),
)

TABLES: Final = {
    table.name: table
    for table in (
        REPORTS,
        RESULTS,
        QUARANTINE,
        SUPERSESSIONS,
        NAME_MEANINGS,
        DOCUMENTS,
        STATEMENTS,
    )
}
"""Tables by name, as they stand in the Parquet files."""

CORRECTED_BY: Final = Column(
    "corrected_by", "VARCHAR", "Report that a correction gave for the row; null if none."
)
"""Added to `quarantine` by the views: it comes from `supersessions`, not from the row."""

MEANT: Final = (
    Column("meant_by", "VARCHAR[]", "Statements on names that told what the vocabularies do not."),
    Column("meant_at", "TIMESTAMP", "Instant at which the last of them was accepted.", "UTC"),
)
"""Added to `reports` by the views, which also fill in what those statements tell."""


def view_columns(table: Table) -> tuple[Column, ...]:
    """Columns that a query sees."""
    if table is REPORTS:
        return (*table.columns, *MEANT)
    return (*table.columns, CORRECTED_BY) if table is QUARANTINE else table.columns
