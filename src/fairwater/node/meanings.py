"""Rows that a statement named: what it adds to them, and since when it is known.

A `NameMeaning` mends a gap of the vocabularies (see `archive.naming`). For the
evidence of an agreement the row then is what the statement makes of it; known,
where the journal says what was known when, from the day on which both the row
and the statement were on record. In told history (`knowledge` other than
journal) names are read as they are read now, by vocabulary or by statement.

Of two statements on one text the latest that was on record by the day asked
about counts; the row is in the unit that it names from that statement's day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from fairwater.archive.naming import FLAG
from fairwater.records import Flag, Place, Product, Sample, TestReport

if TYPE_CHECKING:
    from fairwater.archive import Archive

_ROWS = (
    "SELECT journal_index, meant_at, meant_by, species, scientific_name, species_group, "
    "name_confidence, part, category, region, region_text FROM reports "
    "WHERE meant_at IS NOT NULL AND journal_index < $through ORDER BY journal_index"
)


class NamedRow(Struct, frozen=True, kw_only=True):
    """What a row names, statements included; `at`: when the last of them was accepted."""

    at: datetime
    by: tuple[str, ...]
    told: Mapping[str, str | None]

    def report(self, record: TestReport) -> TestReport:
        """The report with what the statements tell, and the flag that says so."""
        sample = record.sample if isinstance(record.sample, str) else self.sample(record.sample)
        flags = (*record.flags, *(Flag(FLAG, detail=f"record {each}") for each in self.by))
        return replace(record, sample=sample, flags=flags)

    def sample(self, sample: Sample) -> Sample:
        """The sample with what the statements tell."""
        told = self.told
        product = replace(
            sample.product or Product(),
            species=told["species"],
            scientific_name=told["scientific_name"],
            group=told["species_group"],
            part=told["part"],
            food_category=told["category"],
        )
        place = replace(
            sample.place or Place(), region=told["region"], region_text=told["region_text"]
        )
        return replace(
            sample,
            product=None if product == Product() else product,
            place=None if place == Place() else place,
        )


class Meant(Struct, frozen=True, kw_only=True):
    """The rows that statements named, by journal entry, as known at one instant."""

    archive: Archive
    through: int
    known_at: datetime | None
    rows: Mapping[int, NamedRow]

    @classmethod
    def of(cls, archive: Archive, through: int, known_at: datetime | None) -> Meant:
        """Those of an archive, by statements on record by `known_at` in the first entries."""
        asked = archive.with_names(_ROWS, known_at, through)
        if asked == _ROWS:  # nobody stated any
            return cls(archive=archive, through=through, known_at=known_at, rows={})
        rows = {
            row["journal_index"]: NamedRow(
                at=row["meant_at"].replace(tzinfo=UTC),
                by=tuple(row["meant_by"]),
                told={name: row[name] for name in _TOLD},
            )
            for row in archive.query(asked, {"through": through}).to_pylist()
        }
        return cls(archive=archive, through=through, known_at=known_at, rows=rows)

    def sql(self, query: str) -> str:
        """A SELECT from `reports`, with the names known then."""
        return self.archive.with_names(query, self.known_at, self.through)


_TOLD = (
    "species", "scientific_name", "species_group", "part", "category", "region", "region_text",
)  # fmt: skip


def last_instant(day: date | None, zone: ZoneInfo) -> datetime | None:
    """Last instant, UTC, to the microsecond, of a civil day in a zone."""
    if day is None:
        return None
    following = datetime.combine(day + timedelta(days=1), time(), zone)
    return following.astimezone(UTC) - timedelta(microseconds=1)
