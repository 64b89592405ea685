-- Scope units item × region of a food category: reports, and the days they span.
-- parameter: category VARCHAR = *: one food category, or * for all
-- example: fairwater query units --set category=seafood
SELECT
  item_base,
  region,
  COUNT(*) AS reports,
  MIN(collected_first) AS first_day,
  MAX(collected_last) AS last_day,
  COUNT(*) - COUNT(collected_first) AS day_not_stated
FROM current_reports
WHERE $category = '*' OR category = $category
GROUP BY item_base, region
ORDER BY item_base NULLS LAST, region NULLS LAST
