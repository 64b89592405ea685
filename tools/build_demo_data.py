"""Build the demo's measured figures from the published tables.

    python tools/build_demo_data.py SEAFOOD_CSV_GZ ORBS_FISH_CSV_GZ [FOLDER]

Reads each table with its shipped profile, as an import does, and keeps the rows
of `SPECIES`, of every region, whatever their values: also those that intake
quarantines. In the food tests the item without one trailing bracket names the
species; in the sea-area monitoring the vocabulary finds it in the English text.
Each line of an output is one record's canonical bytes; the first is the
document the rows stand in.

The output is the same bytes for the same table and the same reading, so that a
test can hold what is shipped against the table.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from pathlib import Path

from msgspec import structs

from fairwater.archive.converting import item_base
from fairwater.intake import load_profile, read
from fairwater.intake.snapshots import issue_day
from fairwater.records import QuarantinedRow, Sample, TestReport, encode

SPECIES = ("クロソイ", "ヒラメ", "スズキ", "コモンカスベ")
"""Black rockfish, bastard halibut (flounder), sea bass, common skate: the species whose real
decisions the demo's sources name (restricted, lifted, above the limit, below it)."""
FOLDER = Path(__file__).parent.parent / "src/fairwater/node/demo_data"
OUTPUTS = {
    "mhlw-since-2012-04": "mhlw_seafood_2012-2014.jsonl.gz",
    "iaea-orbs-fish": "orbs_fish_2021-2025.jsonl.gz",
}
"""Profile to file, in the order of the arguments."""


def lines(table_path: Path, profile: str = "mhlw-since-2012-04") -> Iterator[bytes]:
    """Canonical bytes of the document, then of each chosen row, in the table's order."""
    known = load_profile(profile)
    table = read(table_path, known)
    issued = issue_day(known.lineage, table.document.name)
    # No profile digest: this is a choice of rows. The whole table, imported later, is not
    # known yet, and brings the others.
    yield encode(structs.replace(table.document, profile_sha256=None, published=issued))
    for outcome in table:
        if _chosen(outcome.record):
            yield outcome.data if issued is None else _published(outcome.record, issued)


def _published(record: TestReport | QuarantinedRow, day: str) -> bytes:
    """A row of a snapshot: published on the day of the issue, as an import states it."""
    if isinstance(record, TestReport):
        record = structs.replace(record, published=day)
    return encode(record)


def _chosen(record: TestReport | QuarantinedRow) -> bool:
    if isinstance(record, QuarantinedRow):
        return any(item_base(cell.strip()) in SPECIES for cell in record.cells)
    if not isinstance(record.sample, Sample):
        return False
    product = record.sample.product
    found = product.species if record.sample.place and record.sample.place.station_id else None
    named = item_base(record.sample.item) if found is None or product is None else found
    return named in SPECIES


def main(arguments: list[str]) -> int:
    """Write the outputs; say how many rows each holds."""
    if len(arguments) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 64
    folder = Path(arguments[2]) if len(arguments) == 3 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for table, (profile, name) in zip(arguments, OUTPUTS.items(), strict=False):
        chosen = list(lines(Path(table), profile))
        target = folder / name
        # No name and no time in the gzip header: equal content is equal bytes.
        with target.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
            packed.writelines(line + b"\n" for line in chosen)
        print(f"{target}: {len(chosen) - 1:,} rows, {target.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
