-- How many reports and quarantined rows carry each flag.
-- example: fairwater query counts-by-flag
SELECT
  flag,
  CAST(SUM(reports) AS BIGINT) AS reports,
  CAST(SUM(quarantined) AS BIGINT) AS quarantined
FROM (
  SELECT flag, COUNT(*) AS reports, 0 AS quarantined
  FROM (SELECT DISTINCT report_id, UNNEST(flags) AS flag FROM current_reports) AS r
  GROUP BY flag
  UNION ALL
  SELECT flag, 0 AS reports, COUNT(*) AS quarantined
  FROM (SELECT DISTINCT record_id, UNNEST(flags) AS flag FROM current_quarantine) AS q
  GROUP BY flag
) AS counted
GROUP BY flag
ORDER BY flag NULLS LAST
