-- Reports with a detected value above a limit, as reported and unrounded, in decimals.
-- parameter: limit DECIMAL = 100: the limit, in `unit`
-- parameter: nuclides VARCHAR = Cs-134+Cs-137: the nuclides whose value is compared
-- parameter: unit VARCHAR = Bq/kg: the unit the value was reported in
-- parameter: category VARCHAR = *: one food category, or * for all
-- example: fairwater query above-limit --set limit=100 --set category=seafood
SELECT
  r.report_id, r.document, r.sheet, r."row", r.item, r.region, r.collected_first,
  r.collected_last, s.nuclides, s.value_text, s.unit
FROM current_results AS s
JOIN current_reports AS r ON r.report_id = s.report_id
WHERE s.kind = 'detected'
  AND s.nuclides = $nuclides
  AND s.unit = $unit
  AND ($category = '*' OR r.category = $category)
  AND TRY_CAST(s.value_text AS DECIMAL(38, 12)) > CAST($limit AS DECIMAL(38, 12))
ORDER BY
  r.collected_first NULLS LAST, r.collected_last NULLS LAST, r.item NULLS LAST,
  r.report_id NULLS LAST, s.journal_index, s.result_no
