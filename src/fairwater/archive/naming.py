"""Rows with the names that statements gave them: gaps of the vocabularies, mended.

A `NameMeaning` says what a text means. Here it is joined to the rows whose
species, group, part, category or region no vocabulary told, as far as it was on
record: by the end of the journal, by an instant, or by a number of entries. The
latest statement on a text counts, unless it was withdrawn.

    species, group, part   compared with `item_pieces`: width, case and kana do not matter;
                           the name comes before what stands in brackets
    category, region       compared with the text as published

A row keeps what the vocabulary said of it: a group of species stays a group.
`meant_by` names the statements that were used, `meant_at` when the last of them
came on record; the flag `named_by_record` stands among the row's flags.
"""

# ruff: noqa: S608 - conditions are made of instants and numbers by `views`; nothing a person
# typed is put into this SQL.

from __future__ import annotations

from typing import Final

FLAG: Final = "named_by_record"
"""Flag of a row that a statement named."""

WITHOUT: Final = (
    "SELECT r.*, CAST(NULL AS VARCHAR[]) AS meant_by, CAST(NULL AS TIMESTAMP) AS meant_at "
    "FROM stored_reports r"
)
"""The reports where nobody stated what a name means."""


def named_reports(until: str) -> str:
    """SELECT of the reports with the names given by statements that fulfil a condition.

    Parameters
    ----------
    until : str
        Condition on `k.known_at` and `k.journal_index`, ``TRUE`` for all.
    """
    meant = (
        "SELECT kind, name_key, text, means, scientific_name, confidence, record_id, known_at "
        f"FROM stored_name_meanings k WHERE {until} AND NOT EXISTS (SELECT 1 FROM "
        "stored_supersessions s WHERE s.target = k.record_id "
        f"AND {until.replace('k.', 's.')}) "
        "QUALIFY ROW_NUMBER() OVER (PARTITION BY kind, name_key ORDER BY journal_index DESC) = 1"
    )
    pieces = (
        "SELECT item_pieces, UNNEST(item_pieces) AS piece, "
        "GENERATE_SUBSCRIPTS(item_pieces, 1) AS place "
        "FROM (SELECT DISTINCT item_pieces FROM stored_reports)"
    )
    found = ", ".join(
        f"ARG_MIN({{'means': m.means, 'scientific': m.scientific_name, 'mark': m.confidence, "
        f"'id': m.record_id, 'at': m.known_at}}, p.place) FILTER (m.kind = '{kind}') AS {kind}"
        for kind in ("species", "group", "part")
    ).replace("AS group", "AS species_group")
    by_item = (
        f"SELECT p.item_pieces, {found} FROM pieces p JOIN meant m ON m.name_key = p.piece "
        "WHERE m.kind IN ('species', 'group', 'part') GROUP BY p.item_pieces"
    )
    used = (
        "SELECT r.*, "
        "CASE WHEN r.species IS NULL AND r.species_group IS NULL THEN i.species END AS u_species, "
        "CASE WHEN r.species IS NULL AND r.species_group IS NULL AND i.species IS NULL "
        "THEN i.species_group END AS u_group, "
        "CASE WHEN r.part IS NULL THEN i.part END AS u_part, "
        "CASE WHEN r.category IS NULL THEN c END AS u_category, "
        "g AS u_region FROM stored_reports r "
        "LEFT JOIN by_item i ON i.item_pieces = r.item_pieces "
        "LEFT JOIN (SELECT * FROM meant WHERE kind = 'category') c ON c.text = r.category_text "
        "LEFT JOIN (SELECT * FROM meant WHERE kind = 'region') g ON g.text = r.region"
    )
    ids = "LIST_FILTER([u_species.id, u_group.id, u_part.id, u_category.record_id, "
    ids += "u_region.record_id], lambda x: x IS NOT NULL)"
    at = "GREATEST(u_species.at, u_group.at, u_part.at, u_category.known_at, u_region.known_at)"
    return (
        f"WITH meant AS MATERIALIZED ({meant}), pieces AS ({pieces}), "
        f"by_item AS MATERIALIZED ({by_item}), used AS ({used}) "
        "SELECT * EXCLUDE (u_species, u_group, u_part, u_category, u_region) REPLACE ("
        "COALESCE(species, u_species.means) AS species, "
        "COALESCE(scientific_name, u_species.scientific) AS scientific_name, "
        "COALESCE(species_group, u_group.means) AS species_group, "
        "COALESCE(name_confidence, u_species.mark, u_group.mark) AS name_confidence, "
        "COALESCE(part, u_part.means) AS part, "
        "COALESCE(category, u_category.means) AS category, "
        "COALESCE(u_region.means, region) AS region, "
        "CASE WHEN u_region.means IS NULL THEN region_text ELSE COALESCE(region_text, region) END "
        "AS region_text, "
        f"CASE WHEN {at} IS NULL THEN flags ELSE LIST_APPEND(flags, '{FLAG}') END AS flags), "
        f"CASE WHEN {at} IS NULL THEN NULL ELSE {ids} END AS meant_by, {at} AS meant_at FROM used"
    )
