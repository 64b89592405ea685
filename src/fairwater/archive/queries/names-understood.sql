-- Names of species and groups as rows carry them: how many texts and rows, and by which mark.
-- parameter: category VARCHAR = seafood: the food category
-- example: fairwater query names-understood --node coast
SELECT
  species,
  species_group,
  name_confidence,
  COUNT(DISTINCT item) AS item_texts,
  COUNT(*) AS reports,
  SUM(CASE WHEN meant_by IS NULL THEN 0 ELSE 1 END) AS rows_named_by_record
FROM current_reports
WHERE
  category = $category
  AND (species IS NOT NULL OR species_group IS NOT NULL)
GROUP BY species, species_group, name_confidence
ORDER BY reports DESC, species NULLS LAST, species_group NULLS LAST, name_confidence NULLS LAST
