-- How many rows stand in quarantine for each reason, by profile.
-- example: fairwater query counts-by-quarantine-reason
SELECT profile, reason, COUNT(*) AS quarantined
FROM (SELECT DISTINCT record_id, profile, UNNEST(reasons) AS reason FROM current_quarantine) AS q
GROUP BY profile, reason
ORDER BY profile NULLS LAST, reason NULLS LAST
