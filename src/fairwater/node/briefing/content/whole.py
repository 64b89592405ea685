"""The question and everything a report tells."""

from __future__ import annotations

from datetime import date

from fairwater.node.briefing.content.beside import Comparison
from fairwater.node.briefing.content.goods import ConsignmentLine
from fairwater.node.briefing.content.measured import Series
from fairwater.node.briefing.content.named import Named, Part
from fairwater.node.briefing.content.origins import DossierPart, Read, Told
from fairwater.node.briefing.content.over_time import Track
from fairwater.node.briefing.content.table import Lack, UnitRow, Zone
from fairwater.node.briefing.content.texts import Side


class Clocks(Part, frozen=True):
    """The question: as of which day, known at which, what stands for knowledge, which decisions.

    `later` is a second day, after `as_of`, up to which the section on later evidence looks.
    `hypothetical`: some decision is assumed (`decisions` other than ``as_recorded``).
    """

    as_of: date
    known_at: date
    knowledge: str
    decisions: str
    hypothetical: bool = False
    later: date | None = None
    evidence_through: int = 0
    evidence_digest: str = ""


class Briefing(Part, frozen=True):
    """Everything a report tells."""

    node: Named
    clocks: Clocks
    sides: tuple[Side, ...]
    units: tuple[UnitRow, ...]
    zones: tuple[Zone, ...]
    lacks: tuple[Lack, ...]
    series: tuple[Series, ...]
    tracks: tuple[Track, ...]
    comparison: Comparison | None
    consignments: tuple[ConsignmentLine, ...]
    dossiers: tuple[DossierPart, ...]
    reads: tuple[Read, ...]
    told: tuple[Told, ...]
