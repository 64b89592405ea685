-- Files that were read: rows stated, reports and quarantined rows they gave.
-- example: fairwater query documents
SELECT
  d.name, d.sha256, d.profile, d.lineage, d."rows", d.known_at,
  COALESCE(r.reports, 0) AS reports,
  COALESCE(q.quarantined, 0) AS quarantined
FROM current_documents AS d
LEFT JOIN (
  SELECT document, COUNT(*) AS reports FROM current_reports GROUP BY document
) AS r ON r.document = d.sha256
LEFT JOIN (
  SELECT document, COUNT(*) AS quarantined FROM current_quarantine GROUP BY document
) AS q ON q.document = d.sha256
ORDER BY d.known_at, d.journal_index
