"""Who and where: parties, laboratories, methods, zones, stations, facilities, goods."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from fairwater.records.text import (
    AmountText,
    Count,
    DateText,
    DayText,
    DecimalText,
    Key,
    Name,
    Text,
)


class Words(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One text in the languages a person may read it in. Absent means not translated."""

    en: Text | None = None
    ja: Text | None = None
    zh: Text | None = None


class Party(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="party",
):
    """A party to agreements. Its role is not here: a `RoleBinding` gives it, per agreement."""

    party: Name
    name: Words
    note: Text | None = None


class Laboratory(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="laboratory",
):
    """A laboratory, its accreditation, and the spellings under which tables name it."""

    laboratory: Name
    name: Words
    party: Name | None = None
    accreditation: Text | None = None
    spellings: tuple[Text, ...] = ()


class Method(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="method",
):
    """A measurement method. `screening` results may clear a sample, never prove its value."""

    method: Name
    technique: Name
    name: Words | None = None
    screening: bool = False
    standard: Text | None = None


class Zone(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="zone",
):
    """One version of an area, valid from (inclusive) to (exclusive); a split names its children."""

    zone: Name
    name: Words
    system: Name | None = None
    parent: Name | None = None
    valid_from: DayText | None = None
    valid_to: DayText | None = None
    split_into: tuple[Name, ...] = ()


class SamplingStation(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="sampling_station",
):
    """A named place where samples are drawn; coordinates in decimal degrees, WGS 84."""

    station: Name
    name: Words | None = None
    zone: Name | None = None
    latitude_deg: DecimalText | None = None
    longitude_deg: DecimalText | None = None


class Facility(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="facility",
):
    """An establishment, and from when to when it stands on the register named."""

    facility: Name
    party: Name
    name: Words | None = None
    area: Name | None = None
    register: Name | None = None
    registered_from: DayText | None = None
    registered_to: DayText | None = None


class Product(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="product",
):
    """What was sampled or traded. A part that is not stated is never taken to be muscle.

    `group` is a market name that several species share: then no species is stated.
    `name_confidence` is the mark of the vocabulary entry by which item became species or group.
    """

    species: Name | None = None
    scientific_name: Name | None = None
    part: Key | None = None
    production: Literal["wild", "farmed"] | None = None
    states: tuple[Key, ...] = ()
    food_category: Key | None = None
    group: Name | None = None
    name_confidence: Literal["seen in source", "from memory"] | None = None


class Lot(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What is stated of one lot of a consignment alone."""

    lot: Name
    mass_kg: AmountText | None = None
    produced: DateText | None = None
    area: Name | None = None


AreaBasis = Literal["catch_area", "landing_place", "place_of_production"]
"""What an area that goods come from means: where caught, where landed, where produced."""


class Consignment(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="consignment",
):
    """Goods that travel together from one party to another.

    `area` is where they come from, by `area_basis`. `details` says what differs from lot
    to lot: what it does not state of a lot is as stated of the whole.
    """

    consignment: Name
    origin: Name
    destination: Name
    product: Product
    mass_kg: AmountText | None = None
    facility: Name | None = None
    area: Name | None = None
    lots: tuple[Name, ...] = ()
    packages: Count | None = None
    produced: DateText | None = None
    dispatched: DateText | None = None
    area_basis: AreaBasis | None = None
    details: tuple[Lot, ...] = ()
