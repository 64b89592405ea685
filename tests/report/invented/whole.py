"""The whole briefing."""

from __future__ import annotations

from datetime import date

from fairwater.node.briefing.content import (
    Briefing,
    Clocks,
    Told,
    Zone,
)

from .comparison import comparison
from .dossier import dossier
from .goods import consignments
from .names import AS_OF, ORIGIN, ZONES
from .reads import reads
from .series import series
from .sides import side_a, side_b, side_c
from .tracks import tracks
from .units import lacks, units


def briefing() -> Briefing:
    """The briefing."""
    rows = units()
    sides = (side_a(rows), side_b(rows), side_c())
    return Briefing(
        node=ORIGIN,
        clocks=Clocks(
            as_of=AS_OF,
            known_at=AS_OF,
            knowledge="resulted",
            decisions="prompt",
            hypothetical=True,
            later=date(2015, 2, 28),
            evidence_through=42_541,
            evidence_digest="9f" * 32,
        ),
        sides=sides,
        units=rows,
        zones=tuple(
            Zone(
                zone=zone,
                units=tuple(row.number for row in rows if row.zone == zone),
                latitude_deg=latitude,
                longitude_deg=longitude,
            )
            for zone, latitude, longitude in ZONES
        ),
        lacks=lacks(rows),
        series=series(),
        tracks=tracks(),
        comparison=comparison(),
        consignments=consignments(),
        dossiers=(dossier(),),
        reads=reads(),
        told=(
            Told(kind="decision", count=2, invented=1),
            Told(kind="party", count=2),
            Told(kind="consignment", count=2, invented=2),
        ),
    )
