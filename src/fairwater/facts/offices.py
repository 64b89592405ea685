"""Seats of the regions' offices: where to draw a region of which no waters are stated.

    >>> position_of("福島県")
    (37.750299, 140.467551)

For maps only. Where a sample was taken is what its row says, never this.
"""

from __future__ import annotations

from functools import cache

from fairwater.facts.marks import DecimalText, Fact, NonEmpty
from fairwater.facts.regions import areas
from fairwater.facts.source import build, read, section

_FILE = "offices.yaml"


class OfficeFact(Fact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The seat of a region's office, decimal degrees."""

    code: NonEmpty
    latitude_deg: DecimalText
    longitude_deg: DecimalText


@cache
def offices() -> dict[str, OfficeFact]:
    """Offices by the code of their region."""
    facts = build(section(read(_FILE), "offices", _FILE), OfficeFact, _FILE, "offices")
    return {fact.code: fact for fact in facts}


def position_of(region: str) -> tuple[float, float] | None:
    """Latitude and longitude of a region's office, in degrees, by the region's name or code."""
    codes = {name: fact.code for fact in areas().regions for name in (fact.ja, fact.en, fact.code)}
    office = offices().get(codes.get(region, ""))
    if office is None:
        return None
    return float(office.latitude_deg), float(office.longitude_deg)
