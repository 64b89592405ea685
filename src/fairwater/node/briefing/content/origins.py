"""Where it all comes from: dossiers, source files, statements."""

from __future__ import annotations

from typing import Any

from msgspec import field

from fairwater.node.briefing.content.named import Named, Part, Truth


class DossierPart(Part, frozen=True):
    """A dossier as `Dossier.plain(3)` gives it, with the cells of the rows it cites.

    `rows`: record id to (field, text as published) of what the record keeps of its row.
    """

    letter: str
    label: tuple[Named, ...]
    measure: str
    transition: str
    verdict: Truth
    tree: dict[str, Any]
    rows: dict[str, tuple[tuple[str, str], ...]]
    number: int | None = None


class Read(Part, frozen=True):
    """A source file and what became of its rows: rows = accepted + flagged + quarantined."""

    document: str
    sha256: str
    rows: int
    accepted: int
    flagged: int
    quarantined: int
    flags: dict[str, int]
    reasons: dict[str, int]
    publisher: str | None = None
    citation: str | None = None
    address: str | None = None
    published: str | None = None
    profile: str | None = None
    lineage: str | None = None
    stated: int = 0
    """Rows in evidence at all; of them, how many say nothing of a thing:"""
    lacks: dict[str, int] = field(default_factory=dict)
    """`uncertainty`, `limit_kind`, `laboratory`, `technique`, `place`, `collected`, `part`."""


class Told(Part, frozen=True):
    """Statements that are not rows of a table, by kind: how many, how many of them invented."""

    kind: str
    count: int
    invented: int = 0
