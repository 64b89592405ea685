"""What is timed, each part in a process of its own so that its peak memory is its own."""

from __future__ import annotations

import csv
import gzip
import json
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

AS_OF = date(2014, 12, 31)
RULE = "origin_restriction"
Figures = dict[str, Any]


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds that `work` takes, and what it gives."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def importing(table: Path, folder: Path) -> Figures:
    """The table into a new node: read, checked, journalled, projected."""
    from fairwater.node.importing import import_file
    from fairwater.node.node import Node

    node = Node.create(folder, party="bench", name="bench")
    seconds, report = timed(lambda: import_file(node, table))
    projecting, _ = timed(node.archive)
    return {"s": seconds + projecting, "rows": report.rows_read, "projecting_s": projecting}


def importing_peer(table: Path, folder: Path) -> Figures:
    """Plain: csv.reader to JSON lines, nothing understood and nothing checked."""

    def copy() -> int:
        rows = 0
        out = folder.parent / "peer.jsonl"
        with gzip.open(table, "rt", encoding="utf-8", newline="") as text, out.open("w") as lines:
            reader = csv.reader(text)
            header = next(reader)
            for cells in reader:
                lines.write(json.dumps(dict(zip(header, cells, strict=False)), ensure_ascii=False))
                lines.write("\n")
                rows += 1
        return rows

    seconds, rows = timed(copy)
    return {"s": seconds, "rows": rows}


def rule(folder: Path, every_food: bool) -> Figures:
    """The shipped rule: evidence from Parquet, then every unit's timeline; then one more result."""
    from msgspec.structs import replace

    from fairwater.agreement.bulk.timelines import evaluate_all
    from fairwater.agreement.load import load_agreement, shipped
    from fairwater.node.evidence import load
    from fairwater.node.node import Node

    agreement = load_agreement(shipped(RULE), RULE).agreement
    if every_food:
        agreement = replace(agreement, scope=replace(agreement.scope, where={}))
    node = Node.open(folder)
    archive = node.archive()
    loading, loaded = timed(
        lambda: load(archive, agreement, journal=node.journal, knowledge="sampled")
    )
    clocks = {"as_of": AS_OF, "knowledge": "sampled"}
    evaluating, told = timed(lambda: evaluate_all(agreement, loaded.columns, **clocks))
    return {
        "s": loading + evaluating,
        "loading_s": loading,
        "rows": len(loaded.columns),
        "units": len(loaded.columns.units),
        "openings": sum(len(t.openings) for t in told),
        "one_more_s": _one_more(agreement, loaded.columns, told, clocks),
    }


def _one_more(agreement: Any, columns: Any, told: list[Any], clocks: dict[str, Any]) -> float:
    """Median time to evaluate again after one more result, over the ten busiest units."""
    from fairwater.agreement.bulk.again import evaluate_again
    from fairwater.agreement.evidence import Evidence, SampleEvidence, Value
    from fairwater.quantities.allowed import Allowed
    from fairwater.quantities.dates import CivilInterval

    busiest = sorted(told, key=lambda t: -len(t.openings))[:10]
    value = Value(
        nuclides=("Cs-134", "Cs-137"),
        allowed=Allowed(Decimal("101.7"), Decimal("101.7")),
        kind="detected",
        text="101.7",
        unit="Bq/kg",
    )
    times = []
    for number, one in enumerate(busiest):
        day = date(2014, 3, 1) + timedelta(days=number)
        new = SampleEvidence(
            id=f"new{number}",
            sample=f"new{number}",
            known=day,
            sampled=CivilInterval(day, day),
            unit=one.unit,
            values=(value,),
        )
        more = Evidence(samples=(new,))
        times.append(timed(lambda m=more: evaluate_again(agreement, columns, m, **clocks))[0])
    return sorted(times)[len(times) // 2]


THREE = ("origin_restriction", "import_certificate", "staged_resumption")


def three(folder: Path, every_food: bool) -> Figures:
    """Three shipped agreements over one node: gathered, then every unit's timelines."""
    from msgspec.structs import replace

    from fairwater.node.agreements import find
    from fairwater.node.comparing import prepare_together
    from fairwater.node.evaluation import Asked, every
    from fairwater.node.node import Node

    node = Node.open(folder)
    asks = []
    for name in THREE:
        found = find(node, name)
        if every_food:
            scope = replace(found.agreement.scope, where={})
            found = replace(found, agreement=replace(found.agreement, scope=scope))
        asks.append(Asked(found=found, as_of=AS_OF, knowledge="sampled"))
    loading, prepared = timed(lambda: prepare_together(node, asks))
    evaluating, told = timed(lambda: [every(one) for one in prepared])
    return {
        "s": loading + evaluating,
        "loading_s": loading,
        "rows": len(prepared[0].columns),
        "held": node.archive().query("SELECT COUNT(*) AS n FROM reports").to_pylist()[0]["n"],
        "units": len(prepared[0].columns.units),
        "openings": sum(len(one.openings) for of in told for one in of),
    }


def comparing(folder: Path) -> Figures:
    """The three compared, unit by unit, and once more in hindsight."""
    from fairwater.node.agreements import find
    from fairwater.node.comparing import compare
    from fairwater.node.evaluation import Asked
    from fairwater.node.node import Node

    node = Node.open(folder)
    asks = [Asked(found=find(node, n), as_of=AS_OF, knowledge="sampled") for n in THREE]
    seconds, answer = timed(lambda: compare(node, asks))
    return {"s": seconds, "differ": len(answer.differ), "agree": len(answer.agree)}


def reporting(folder: Path) -> Figures:
    """The whole seafood history under the three, with the demo's standing evidence."""
    from fairwater.agreement.bulk.resting import collector_resting
    from fairwater.node import demo_standing
    from fairwater.node.briefing import Wanted, brief
    from fairwater.node.node import Node
    from fairwater.report.page_and_pdf import page_and_pdf

    node = Node.open(folder)
    node.enter(demo_standing.invented())
    node.archive()
    wanted = Wanted(agreements=THREE, as_of=AS_OF, knowledge="resulted")
    with collector_resting():  # as the command does
        gathering, briefing = timed(lambda: brief(node, wanted))
        drawing, (page, printed) = timed(lambda: page_and_pdf(briefing, "en"))
    return {
        "s": gathering + drawing,
        "gathering_s": gathering,
        "drawing_s": drawing,
        "units": len(briefing.units),
        "page_bytes": len(page),
        "pdf_bytes": len(printed),
    }


def reporting_peer(folder: Path) -> Figures:
    """Naive: counts a unit by one query, as one bare table; no verdict, no drawing, no PDF."""
    from fairwater.archive import Archive

    archive = Archive.open(folder / "archive")

    def table() -> int:
        rows = archive.query(SUMMARY).to_pylist()
        cells = ("".join(f"<td>{value}</td>" for value in row.values()) for row in rows)
        return len("".join(f"<tr>{cell}</tr>" for cell in cells).encode())

    seconds, size = timed(table)
    return {"s": seconds, "page_bytes": size}


SUMMARY = """
SELECT item_base, region, COUNT(*) AS n, MAX(collected_first) AS last,
       COUNT(*) FILTER (s.kind = 'censored') AS below, MAX(s.value) AS highest
FROM reports r JOIN results s USING (journal_index)
WHERE s.nuclides = 'Cs-134+Cs-137' AND category = 'seafood' AND region IS NOT NULL
GROUP BY ALL ORDER BY region, item_base
"""


def three_peer(folder: Path) -> Figures:
    """Naive: three window queries, one for each agreement's limit and window."""
    from fairwater.archive import Archive

    archive = Archive.open(folder / "archive")
    queries = [NAIVE, NAIVE.replace("89 DAYS", "179 DAYS"), NAIVE.replace("89 DAYS", "364 DAYS")]
    seconds, answers = timed(lambda: [archive.query(query) for query in queries])
    return {"s": seconds, "rows_eligible": sum(a.to_pylist()[0]["n"] for a in answers)}


NAIVE = """
SELECT COUNT(*) FILTER (within >= 2) AS n FROM (
  SELECT SUM(above) OVER (
    PARTITION BY item_base, region ORDER BY day
    RANGE BETWEEN INTERVAL 89 DAYS PRECEDING AND CURRENT ROW) AS within
  FROM (
    SELECT r.item_base, r.region, r.collected_first AS day,
           CASE WHEN s.kind = 'detected' AND s.value > 100 THEN 1 ELSE 0 END AS above
    FROM reports r JOIN results s USING (journal_index)
    WHERE s.nuclides = 'Cs-134+Cs-137' AND r.region IS NOT NULL
      AND r.collected_first IS NOT NULL))
"""


def rule_peer(folder: Path) -> Figures:
    """Naive: one window query for one limit, one window; two-valued, no states, no dates back."""
    from fairwater.archive import Archive

    archive = Archive.open(folder / "archive")
    seconds, answer = timed(lambda: archive.query(NAIVE))
    return {"s": seconds, "rows_eligible": answer.to_pylist()[0]["n"]}
