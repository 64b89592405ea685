"""What became of an imported file: rows by what they say, and by what is news about them."""

from __future__ import annotations

from msgspec import Struct


class SheetReport(Struct, frozen=True, kw_only=True):
    """One sheet of a workbook; `why` says why it was left unread."""

    name: str
    visibility: str
    read: bool
    rows: int
    why: str | None = None
    hidden_columns: tuple[str, ...] = ()


class ImportReport(Struct, frozen=True, kw_only=True):
    """What became of one file.

    Attributes
    ----------
    file, document, profile : str
        Its name, the SHA-256 of its bytes, the profile that read it.
    rows_read : int
        Data rows; = accepted + flagged + quarantined = new_records + amendments + restated.
    accepted, flagged, quarantined : int
        Rows without flags, with flags, not understood.
    flags, reasons : dict
        Rows by flag (quarantined rows too, as far as they could be read) and by reason.
    new_records : int
        Rows that became a report or a quarantined row and say something new.
    amendments : int
        Rows that replace what an earlier issue, or another profile, made of them.
    withdrawals : int
        Rows of an earlier snapshot that are gone from this one.
    restated : int
        Rows that say again what is held.
    sheets : tuple of SheetReport
        Every sheet of a workbook: read or not and why, hidden or not, its rows.
    possible_restatements : int
        New records that may say again what is held: no evidence until someone decides.
    issued : str or None
        Day on which the snapshot was issued.
    changes : dict
        Amendments of a snapshot by kind: fills, replaces, moves.
    results_filled, results_replaced : int
        Results that these state where none was, and instead of another.
    """

    file: str
    document: str
    profile: str
    rows_read: int
    accepted: int
    flagged: int
    quarantined: int
    flags: dict[str, int]
    reasons: dict[str, int]
    new_records: int
    amendments: int
    withdrawals: int
    restated: int
    possible_restatements: int
    issued: str | None = None
    changes: dict[str, int] = {}
    results_filled: int = 0
    results_replaced: int = 0
    sheets: tuple[SheetReport, ...] = ()
