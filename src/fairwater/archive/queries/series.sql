-- Every result of one item and region in order of sampling, as reported.
-- parameter: item VARCHAR: item without its trailing bracket
-- parameter: region VARCHAR = *: one region, or * for all
-- parameter: nuclides VARCHAR = Cs-134+Cs-137: the nuclides
-- example: fairwater query series --set item=クロソイ
SELECT
  r.collected_first, r.collected_last, r.resulted_first, r.item, r.region, r.district, r.locality,
  s.nuclides, s.kind, s.value_text, s.low_text, s.high_text, s.limit_kind, s.unit, s.text,
  r.report_id, s.result_no
FROM current_reports AS r
JOIN current_results AS s ON s.report_id = r.report_id
WHERE r.item_base = $item
  AND ($region = '*' OR r.region = $region)
  AND s.nuclides = $nuclides
ORDER BY
  r.collected_first NULLS LAST, r.collected_last NULLS LAST, r.resulted_first NULLS LAST,
  r.report_id NULLS LAST, s.journal_index, s.result_no
