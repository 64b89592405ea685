-- Item texts of one food category whose name no vocabulary and no statement explains.
-- parameter: category VARCHAR = seafood: the food category; rows without one are always listed
-- example: fairwater query names-not-understood --node coast
SELECT
  r.item,
  r.item_pieces[1] AS name,
  COUNT(*) AS reports,
  d.profile,
  MIN(d.name) AS first_file
FROM current_reports r
LEFT JOIN (
  SELECT sha256, MIN(profile) AS profile, MIN(name) AS name FROM documents GROUP BY sha256
) d ON d.sha256 = r.document
WHERE
  r.item IS NOT NULL
  AND r.species IS NULL
  AND r.species_group IS NULL
  AND (r.category IS NULL OR r.category = $category)
GROUP BY r.item, r.item_pieces[1], d.profile
ORDER BY reports DESC, r.item NULLS LAST, d.profile NULLS LAST
