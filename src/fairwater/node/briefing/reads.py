"""What was read: every file with its rows, and the statements that are no rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairwater.node.briefing.content import Read, Told

if TYPE_CHECKING:
    from fairwater.archive import Archive

LACKS = ("uncertainty", "limit_kind", "laboratory", "technique", "place", "collected", "part")
"""What a row may say nothing of."""

_ROWS = """
WITH again AS (
  SELECT was.report_id FROM supersessions AS s
  JOIN reports AS was ON was.report_id = s.target JOIN reports AS heir ON heir.report_id = s."by"
  WHERE s.journal_index < $through AND heir.document = was.document AND heir."row" = was."row"
    AND heir.sheet IS NOT DISTINCT FROM was.sheet
),
refused_rows AS (
  SELECT document, reasons FROM quarantine AS q
  WHERE journal_index < $through AND NOT EXISTS (
    SELECT 1 FROM supersessions AS s
    WHERE s.target = q.record_id AND s.journal_index < $through
  )
)
"""
"""A row is counted once. `refused_rows`: in quarantine still, not yet the report of a correction.
`again`: reports that another of the same row replaced, when it was corrected again."""
_READS = """
, rows AS (
  SELECT q.document, q.journal_index, any_value(len(q.flags)) > 0 AS flagged,
    bool_and(r.uncertainty_text IS NULL) AS uncertainty,
    bool_or(r.kind = 'censored' AND coalesce(r.limit_kind, 'not_stated') = 'not_stated')
      AS limit_kind,
    any_value(q.laboratory) IS NULL AS laboratory,
    any_value(q.technique) IS NULL AS technique,
    any_value(coalesce(q.district, q.locality, q.station)) IS NULL AS place,
    any_value(q.collected_first) IS NULL AS collected,
    any_value(q.part) IS NULL AS part
  FROM reports AS q LEFT JOIN results AS r USING (journal_index)
  WHERE q.journal_index < $through AND q.document IS NOT NULL
    AND q.report_id NOT IN (SELECT report_id FROM again)
  GROUP BY q.document, q.journal_index
), counted AS (
  SELECT document, count(*) AS reports, count(*) FILTER (flagged) AS flagged,
    count(*) FILTER (uncertainty) AS uncertainty, count(*) FILTER (limit_kind) AS limit_kind,
    count(*) FILTER (laboratory) AS laboratory, count(*) FILTER (technique) AS technique,
    count(*) FILTER (place) AS place, count(*) FILTER (collected) AS collected,
    count(*) FILTER (part) AS part
  FROM rows GROUP BY document
), refused AS (
  SELECT document, count(*) AS quarantined FROM refused_rows GROUP BY document
)
SELECT d.sha256, d.name, d.publisher, d.address, d.published, d.profile, d.lineage,
  coalesce(c.reports, 0) AS reports, coalesce(c.flagged, 0) AS flagged,
  coalesce(f.quarantined, 0) AS quarantined,
  c.uncertainty, c.limit_kind, c.laboratory, c.technique, c.place, c.collected, c.part
FROM documents AS d LEFT JOIN counted AS c ON c.document = d.sha256
LEFT JOIN refused AS f ON f.document = d.sha256
WHERE d.journal_index < $through ORDER BY d.journal_index
"""
_FLAGS = """
SELECT document, flag, count(*) AS n FROM (
  SELECT document, unnest(list_distinct(flags)) AS flag FROM reports
  WHERE journal_index < $through AND document IS NOT NULL
    AND report_id NOT IN (SELECT report_id FROM again)
) GROUP BY document, flag ORDER BY document, flag
"""
_REASONS = """
SELECT document, reason, count(*) AS n FROM (
  SELECT document, unnest(list_distinct(reasons)) AS reason FROM refused_rows
) GROUP BY document, reason ORDER BY document, reason
"""
_TOLD = """
SELECT type, count(*) AS n, count(*) FILTER (contains(lower(content), $mark)) AS invented
FROM (
  SELECT type, content FROM statements WHERE journal_index < $through
  UNION ALL
  SELECT 'test_report' AS type, concat_ws(' ', sample, consignment, facility, region, district,
    locality, station, laboratory, reporter, array_to_string(flags, ' ')) AS content
  FROM reports WHERE journal_index < $through AND document IS NULL
) GROUP BY type ORDER BY type
"""
INVENTED = "(invented"
"""Statements made up for a demonstration say so in their own text."""


def reads(archive: Archive, through: int) -> list[Read]:
    """Every file read, in order of acceptance. Rows that restate others are counted in none.

    `accepted` are the rows kept without a flag, `rows` all that the file's records hold. A
    row that left quarantine by a correction is counted once, as the report it became.
    """
    given = {"through": through}
    flags = _counted(archive, _FLAGS, "flag", through)
    reasons = _counted(archive, _REASONS, "reason", through)
    found = []
    for row in archive.query(f"{_ROWS}{_READS}", given).to_pylist():
        sha256 = row["sha256"]
        found.append(
            Read(
                document=row["name"],
                sha256=sha256,
                rows=row["reports"] + row["quarantined"],
                accepted=row["reports"] - row["flagged"],
                flagged=row["flagged"],
                quarantined=row["quarantined"],
                flags=flags.get(sha256, {}),
                reasons=reasons.get(sha256, {}),
                publisher=row["publisher"],
                address=row["address"],
                published=row["published"],
                profile=row["profile"],
                lineage=row["lineage"],
                stated=row["reports"],
                lacks={name: row[name] for name in LACKS if row[name]},
            )
        )
    return found


def told(archive: Archive, through: int) -> list[Told]:
    """Statements by kind, and reports that came from no file."""
    table = archive.query(_TOLD, {"through": through, "mark": INVENTED})
    return [
        Told(kind=row["type"], count=row["n"], invented=row["invented"])
        for row in table.to_pylist()
    ]


def _counted(archive: Archive, sql: str, name: str, through: int) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for row in archive.query(f"{_ROWS}{sql}", {"through": through}).to_pylist():
        found.setdefault(row["document"], {})[row[name]] = row["n"]
    return found
