"""Waters off a region's coast: which region stated coordinates lie off, by a rule of our own.

Some sources give coordinates and no region. That a point lies *off* a region is
then no statement of the source but the answer of a named rule: lines drawn due
east from where the region's border meets the coast. Whoever uses it says so,
with `WatersMatch.rule` and `detail`.

    >>> found = waters_off("37.4228", "141.0336")
    >>> found.region.en, found.rule
    ('Fukushima', 'due_east_lines')

Near a line, and where no band of the table reaches, the answer is None.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Annotated, Literal

import msgspec

from fairwater.facts.marks import Confidence, DecimalText, Fact, NonEmpty, weakest
from fairwater.facts.regions import RegionFact, regions
from fairwater.facts.source import FactsError, build, read, section

_FILE = "waters.yaml"
_Degrees = Annotated[str, msgspec.Meta(pattern=r"^-?\d{1,3}(\.\d{1,12})?$")]


class WatersRule(Fact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rule by which a point is said to lie off a region; `ours` is stated by no source."""

    name: NonEmpty
    margin_deg: DecimalText
    basis: Literal["ours"]


class WatersFact(Fact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A band of sea off a region; degrees, WGS 84; `region` is an ISO 3166-2 code."""

    region: NonEmpty
    from_latitude_deg: _Degrees
    to_latitude_deg: _Degrees
    from_longitude_deg: _Degrees
    to_longitude_deg: _Degrees


class WatersMatch(msgspec.Struct, frozen=True, kw_only=True):
    """The region whose waters a point lies in, the rule that says so, and its weakest mark."""

    region: RegionFact
    rule: str
    detail: str
    confidence: Confidence


@cache
def waters() -> tuple[WatersFact, ...]:
    """The bands; each names a known region, and none overlaps another."""
    bands = build(section(read(_FILE), "waters", _FILE), WatersFact, _FILE, "waters")
    faults = [
        f"{_FILE}: `{band.region}` is no known region"
        for band in bands
        if band.region not in regions()
    ]
    south_to_north = sorted(bands, key=lambda band: Decimal(band.from_latitude_deg))
    for south, north in pairwise(south_to_north):
        if Decimal(north.from_latitude_deg) < Decimal(south.to_latitude_deg):
            faults.append(f"{_FILE}: {south.region} and {north.region} overlap")
    faults += [f"{_FILE}: {band.region} has no width" for band in bands if not _wide(band)]
    waters_rule()
    if faults:
        raise FactsError(faults)
    return bands


@cache
def waters_rule() -> WatersRule:
    """The rule of the bands."""
    return build([section(read(_FILE), "rule", _FILE)], WatersRule, _FILE, "rule")[0]


@cache
def waters_off(latitude_deg: str, longitude_deg: str) -> WatersMatch | None:
    """Region off whose coast a point lies, by the rule `waters_rule`; None if it does not say.

    Parameters
    ----------
    latitude_deg, longitude_deg : str
        Decimal degrees, WGS 84, as the source states them.
    """
    latitude, longitude = Decimal(latitude_deg), Decimal(longitude_deg)
    rule = waters_rule()
    margin = Decimal(rule.margin_deg)
    for band in waters():
        south, north = Decimal(band.from_latitude_deg), Decimal(band.to_latitude_deg)
        west, east = Decimal(band.from_longitude_deg), Decimal(band.to_longitude_deg)
        if south + margin <= latitude <= north - margin and west <= longitude <= east:
            region = regions()[band.region]
            return WatersMatch(
                region=region,
                rule=rule.name,
                detail=f"{region.code} by rule {rule.name} (ours) from {latitude_deg} N, "
                f"{longitude_deg} E: between {south} and {north} N",
                confidence=weakest((rule.confidence, band.confidence, region.confidence)),
            )
    return None


def _wide(band: WatersFact) -> bool:
    return Decimal(band.from_latitude_deg) < Decimal(band.to_latitude_deg) and Decimal(
        band.from_longitude_deg
    ) < Decimal(band.to_longitude_deg)
