"""Agreements, who plays which role in them, the measures and decisions under them."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from fairwater.records.standing import Unit
from fairwater.records.text import DateText, DayText, Key, Name, Path, RecordId, Sha256, Text

AgreementText = Annotated[str, Meta(min_length=1, max_length=60_000)]


class Agreement(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="agreement",
):
    """An agreement as signed: its text, and the id of what the text says.

    `content_id` is the SHA-256 of the canonical bytes of the parsed agreement:
    comments and spacing do not change it.
    """

    agreement: Key
    version: Key
    content_id: Sha256
    text: AgreementText


class RoleBinding(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="role_binding",
):
    """Which party plays which role of an agreement, from (inclusive) to (exclusive).

    `lists` gives names to the lists that the agreement leaves to be bound.
    """

    agreement: Key
    roles: dict[Key, Name]
    valid_from: DayText | None = None
    valid_to: DayText | None = None
    lists: dict[Key, tuple[Name, ...]] | None = None


class SPSMeasure(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="sps_measure",
):
    """A sanitary measure as a party announced it."""

    measure: Key
    by: Name
    title: Text
    act: Text | None = None
    notified: Text | None = None
    dated: DateText | None = None
    valid_from: DayText | None = None
    valid_to: DayText | None = None
    agreement: Key | None = None


class Basis(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a decision was computed from: enough to compute it again, byte for byte.

    `evidence_through` is the journal length (entries) the evaluation saw,
    `evidence_digest` the running digest of the journal there, `verdict_sha256`
    the digest of the verdict's canonical bytes. `agreement_record` is the agreement
    before `overrides`; the content id is that of what was evaluated.
    """

    agreement_content_id: Sha256
    as_of: DayText
    known_at: DayText
    knowledge: Literal["journal", "published", "resulted", "sampled"]
    decisions: Name
    evidence_through: int
    evidence_digest: Sha256
    verdict_sha256: Sha256
    agreement_record: RecordId
    overrides: dict[Path, Text] | None = None


class Decision(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="decision",
):
    """A dated decision with reasons by a role. Outside eligibility it stands only as an override.

    `decided_while` is the verdict of the transition's condition at `dated`.
    """

    agreement: Key
    measure: Key
    unit: Unit
    transition: Key
    role: Key
    by: Name
    dated: DayText
    effective: DayText
    reasons: Text
    to: Key | None = None
    act: Text | None = None
    override: bool = False
    decided_while: Literal["holds", "fails", "unknown"] | None = None
    basis: Basis | None = None
    corrects: RecordId | None = None
