"""Results from the archive as columns beside their reports: one `Stated` a set of nuclides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fairwater.agreement.bulk.columns import ABSENT, FIGURES, ODD, PLAIN, SILENT, VAGUE, Stated
from fairwater.agreement.bulk.steps import Bools, Ints

if TYPE_CHECKING:
    from fairwater.archive import Archive

# Left to decimals: no double (unit unknown, interval upside down), one that was converted,
# and one of so many figures that two numbers might share it.
_HOW = f"""
CASE WHEN standing IS NOT NULL AND standing <> 'reported' OR kind = 'about' THEN {ODD}
     WHEN kind = 'not_stated' THEN {SILENT}
     WHEN low_value IS NULL OR value_unit IS DISTINCT FROM $unit OR unit <> value_unit
          OR basis IS DISTINCT FROM $basis
          OR GREATEST(LENGTH(value_text), LENGTH(low_text), LENGTH(high_text),
                      LENGTH(limit_text)) > {FIGURES} THEN {ODD}
     WHEN kind = 'censored' AND (limit_kind IS NULL OR limit_kind = 'not_stated') THEN {VAGUE}
     ELSE {PLAIN} END
"""
_SELECT = (
    "SELECT journal_index, CAST(",
    _HOW,
    "AS TINYINT) AS how, low_value, high_value FROM results WHERE journal_index < $through",
)


def stated_columns(
    archive: Archive, nuclides: set[str], entries: Ints, through: int
) -> tuple[dict[tuple[str, ...], Stated], Ints]:
    """What the reports at `entries` state on `nuclides`, and entries of results that are elsewhere.

    Parameters
    ----------
    archive : Archive
        Is asked.
    nuclides : set of str
        Results that speak of none of them are passed over.
    entries : ndarray
        Journal entries of the reports, ascending; the rows of the columns.
    through : int
        Only results of the first so many entries.
    """
    groups = archive.query(
        "SELECT nuclides, value_unit, basis, COUNT(*) AS n FROM results "
        "WHERE journal_index < $through GROUP BY ALL "
        "ORDER BY n DESC, nuclides, value_unit NULLS LAST, basis NULLS LAST",
        {"through": through},
    ).to_pylist()
    spelled: dict[tuple[str, ...], list[str]] = {}
    usual: dict[tuple[str, ...], tuple[str | None, str | None]] = {}
    for group in groups:
        key = tuple(sorted(group["nuclides"].split("+")))
        if nuclides.isdisjoint(key):
            continue
        if group["nuclides"] not in spelled.setdefault(key, []):
            spelled[key].append(group["nuclides"])
        usual.setdefault(key, (group["value_unit"], group["basis"]))
    found: dict[tuple[str, ...], Stated] = {}
    strays = [np.empty(0, np.int64)]
    for key in sorted(spelled):
        unit, basis = usual[key]
        names = ", ".join("'" + name.replace("'", "''") + "'" for name in sorted(spelled[key]))
        table = archive.query(
            " ".join([*_SELECT, "AND nuclides IN (", names, ")"]),
            {"through": through, "unit": unit, "basis": basis},
        )
        index = table["journal_index"].to_numpy()
        how = table["how"].to_numpy()
        low = table["low_value"].fill_null(0.0).to_numpy()
        high = table["high_value"].fill_null(np.inf).to_numpy()
        row, here = placed(index, entries)
        strays.append(index[~here])
        found[key] = _beside(row[here], how[here], low[here], high[here], len(entries), unit, basis)
    return found, np.concatenate(strays)


def placed(index: Ints, entries: Ints) -> tuple[Ints, Bools]:
    """Place of each number among ascending `entries`, and whether it is there at all."""
    row = np.searchsorted(entries, index)
    here: Bools = row < len(entries)
    here[here] = entries[row[here]] == index[here]
    return row, here


def _beside(
    row: Ints,
    how: np.ndarray[tuple[int], np.dtype[np.int8]],
    low: np.ndarray[tuple[int], np.dtype[np.float64]],
    high: np.ndarray[tuple[int], np.dtype[np.float64]],
    size: int,
    unit: str | None,
    basis: str | None,
) -> Stated:
    """Results put in their reports' rows; two on one set of nuclides are left to decimals."""
    codes = np.full(size, ABSENT, np.int8)
    lows, highs = np.zeros(size), np.full(size, np.inf)
    codes[row], lows[row], highs[row] = how, low, high
    codes[np.bincount(row, minlength=size) > 1] = ODD
    return Stated(codes, lows, highs, unit, basis)
