"""Build the demo's measured figures from the published table.

    python tools/build_demo_data.py SEAFOOD_CSV_GZ [OUTPUT]

Reads the table with the shipped profile, as an import does, and keeps the rows
of `SPECIES` (the item without one trailing bracket, or a body part or size in
it), of every region, whatever their values: also those that intake quarantines.
Each line of the output is one record's canonical bytes; the first is the
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
from fairwater.records import QuarantinedRow, Sample, TestReport, encode

PROFILE = "mhlw-since-2012-04"
SPECIES = ("クロソイ", "ヒラメ", "スズキ", "コモンカスベ")
"""Black rockfish, bastard halibut (flounder), sea bass, common skate: the species whose real
decisions the demo's sources name (restricted, lifted, above the limit, below it)."""
OUTPUT = (
    Path(__file__).parent.parent / "src/fairwater/node/demo_data/mhlw_seafood_2012-2014.jsonl.gz"
)


def lines(table_path: Path) -> Iterator[bytes]:
    """Canonical bytes of the document, then of each chosen row, in the table's order."""
    table = read(table_path, load_profile(PROFILE))
    # No profile digest: this is a choice of rows. The whole table, imported later, is not
    # known yet, and brings the others.
    yield encode(structs.replace(table.document, profile_sha256=None))
    for outcome in table:
        if _chosen(outcome.record):
            yield outcome.data


def _chosen(record: TestReport | QuarantinedRow) -> bool:
    if isinstance(record, QuarantinedRow):
        return any(item_base(cell.strip()) in SPECIES for cell in record.cells)
    return isinstance(record.sample, Sample) and item_base(record.sample.item) in SPECIES


def main(arguments: list[str]) -> int:
    """Write the output; say how many rows it holds."""
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 64
    chosen = list(lines(Path(arguments[0])))
    target = Path(arguments[1]) if len(arguments) == 2 else OUTPUT
    target.parent.mkdir(parents=True, exist_ok=True)
    # No name and no time in the gzip header: equal content is equal bytes.
    with target.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.writelines(line + b"\n" for line in chosen)
    print(f"{target}: {len(chosen) - 1:,} rows, {target.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
