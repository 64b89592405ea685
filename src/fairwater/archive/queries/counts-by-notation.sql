-- How many results of each kind and way of writing, by column of the source.
-- example: fairwater query counts-by-notation
SELECT
  column_name,
  nuclides,
  kind,
  limit_kind,
  verdict,
  CASE
    WHEN kind = 'detected' THEN 'number'
    WHEN value_text IS NOT NULL THEN kind || ' with number'
    ELSE text
  END AS notation,
  COUNT(*) AS results
FROM current_results
GROUP BY 1, 2, 3, 4, 5, 6
ORDER BY
  column_name NULLS LAST, nuclides NULLS LAST, kind NULLS LAST, limit_kind NULLS LAST,
  verdict NULLS LAST, notation NULLS LAST
