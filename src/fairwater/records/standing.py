"""Standing evidence: what agreements rest on that is not a measurement."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from fairwater.records.actors import Product
from fairwater.records.text import (
    AmountText,
    Count,
    DateText,
    DayText,
    Key,
    Name,
    PeriodText,
    Text,
)

Unit = dict[Key, Name]
"""A scope unit: dimension to value, e.g. {"species": "…", "zone": "…"}."""


class Document(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="document",
):
    """A document that accompanies goods or a facility, and how it was ruled upon.

    `consignment`, `product`, `facility`, `area`, `lots`, `packages` and `mass_kg` are what the
    document itself states; `states` the statements it makes of those it may choose from.
    `presented_with` is the consignment it was presented with, where it names another or none.
    """

    document: Name
    issuer: Name | None = None
    consignment: Name | None = None
    facility: Name | None = None
    unit: Unit | None = None
    issued: DateText | None = None
    valid_to: DayText | None = None
    ruling: Literal["accepted", "rejected"] | None = None
    ruled_by: Name | None = None
    ruled_on: DateText | None = None
    reason: Text | None = None
    product: Product | None = None
    area: Name | None = None
    lots: tuple[Name, ...] = ()
    packages: Count | None = None
    mass_kg: AmountText | None = None
    states: tuple[Key, ...] = ()
    presented_with: Name | None = None


class Declaration(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="declaration",
):
    """What only a party can say: who declared what, when, where published, yes or no.

    `states` is what the declaration says on points it has to state: point to text.
    """

    declared: Name
    by: Name
    dated: DateText
    value: bool
    unit: Unit | None = None
    published: Text | None = None
    states: dict[Key, Text] | None = None


class Assertion(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="assertion",
):
    """A party says that a measure is in a state. Without an act it moves nothing."""

    measure: Key
    state: Key
    by: Name
    dated: DateText
    unit: Unit | None = None
    act: Text | None = None
    note: Text | None = None


class Register(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="register",
):
    """A keeper's register over a period; it proves a zero only if complete and not empty."""

    register: Name
    kept_by: Name
    since: DayText
    complete_through: DayText | None = None
    consignments: Count | None = None
    rejected: Count | None = None
    unit: Unit | None = None


class SamplingPlan(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="sampling_plan",
):
    """How often a unit is to be sampled and who owes it."""

    plan: Name
    every: PeriodText
    owed_by: Name
    unit: Unit | None = None
    valid_from: DayText | None = None
    valid_to: DayText | None = None


class MissedSample(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="missed_sample",
):
    """A planned sample that was not drawn, and why. It breaks coverage and exceeds nothing."""

    dated: DateText
    reason: Text
    plan: Name | None = None
    unit: Unit | None = None


class Application(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="application",
):
    """A request that a transition be decided."""

    agreement: Name
    measure: Key
    transition: Key
    by: Name
    dated: DateText
    unit: Unit | None = None
    attachments: tuple[Text, ...] = ()


class Review(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="review",
):
    """A measure was reviewed; its review clock starts again on `dated`."""

    measure: Key
    by: Name
    dated: DateText
    agreement: Name | None = None
    unit: Unit | None = None
    outcome: Text | None = None
