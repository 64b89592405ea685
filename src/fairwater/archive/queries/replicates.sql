-- Groups of reports equal in place, item, days and results: kept, each counts.
-- parameter: at_least BIGINT = 2: smallest group shown
-- example: fairwater query replicates --set at_least=10
SELECT
  item, region, district, locality, collected_first, resulted_first, laboratory, stated,
  COUNT(*) AS reports, MIN(report_id) AS one_of_them
FROM (
  SELECT
    r.report_id, r.item, r.region, r.district, r.locality, r.collected_first, r.resulted_first,
    r.laboratory,
    STRING_AGG(
      s.nuclides || ' ' || s.kind || ' ' || COALESCE(s.value_text, s.text, ''), ' | '
      ORDER BY s.journal_index, s.result_no
    ) AS stated
  FROM current_reports AS r
  JOIN current_results AS s ON s.report_id = r.report_id
  GROUP BY
    r.report_id, r.item, r.region, r.district, r.locality, r.collected_first, r.resulted_first,
    r.laboratory
) AS each_report
GROUP BY item, region, district, locality, collected_first, resulted_first, laboratory, stated
HAVING COUNT(*) >= CAST($at_least AS BIGINT)
ORDER BY
  reports DESC, item NULLS LAST, region NULLS LAST, district NULLS LAST, locality NULLS LAST,
  collected_first NULLS LAST, resulted_first NULLS LAST, laboratory NULLS LAST,
  one_of_them NULLS LAST
