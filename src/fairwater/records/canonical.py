"""Canonical bytes and ids: one statement has one spelling.

`encode` gives RFC 8785 bytes. msgspec's sorted order equals RFC 8785 because
the types allow no floats, keep integers within 2^53 - 1 and map keys ASCII
(`text.Key`); a property test holds it against the `rfc8785` package. `decode`
refuses bytes that do not encode back to themselves: white space, duplicate or
unknown keys, explicit nulls, other number or escape spellings.
"""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from fairwater.records.actors import (
    Consignment,
    Facility,
    Laboratory,
    Method,
    Party,
    Product,
    SamplingStation,
    Zone,
)
from fairwater.records.changes import Amendment, Correction, QuarantinedRow, Withdrawal
from fairwater.records.evidence import Result, Sample, SourceDocument, TestReport
from fairwater.records.naming import NameMeaning
from fairwater.records.rules import Agreement, Decision, RoleBinding, SPSMeasure
from fairwater.records.standing import (
    Application,
    Assertion,
    Declaration,
    Document,
    MissedSample,
    Register,
    Review,
    SamplingPlan,
)

MAX_RECORD_BYTES = 65_535

Record = (
    Party | Laboratory | Method | Zone | SamplingStation | Facility | Consignment | Product
    | Sample | TestReport | Result | SourceDocument
    | Amendment | Withdrawal | QuarantinedRow | Correction
    | Agreement | RoleBinding | SPSMeasure | Decision
    | Document | Declaration | Assertion | Register | SamplingPlan | MissedSample
    | Application | Review | NameMeaning
)  # fmt: skip

_encoder = msgspec.json.Encoder(order="sorted")
_decoder: msgspec.json.Decoder[Record] = msgspec.json.Decoder(Record)


class RecordError(ValueError):
    """A statement that is not a record: what stood there and what was expected."""


class NotCanonical(RecordError):
    """Bytes that say something a record may say, but not in its one canonical spelling."""


class RecordTooLarge(RecordError):
    """More than `MAX_RECORD_BYTES` canonical bytes; larger content is an attachment."""


def encode(record: Record) -> bytes:
    """Canonical bytes (RFC 8785) of a record.

    Raises
    ------
    RecordTooLarge
        Above 65,535 bytes.
    RecordError
        If a text holds a lone surrogate, which UTF-8 cannot carry.
    """
    try:
        data = _encoder.encode(record)
    except UnicodeEncodeError as error:
        raise RecordError(f"text that UTF-8 cannot carry: {error.object!r}") from error
    if len(data) > MAX_RECORD_BYTES:
        raise RecordTooLarge(
            f"{type(record).__name__} of {len(data):,} canonical bytes; at most "
            f"{MAX_RECORD_BYTES:,} are kept in a record. Attach larger content by its SHA-256."
        )
    return data


def record_id(data: bytes) -> str:
    """Content id of canonical bytes: their SHA-256 in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def decode(data: bytes) -> Record:
    """Record of canonical bytes.

    Raises
    ------
    RecordError
        If the bytes are no record (message names the path, e.g. ``$.results[0].value``).
    NotCanonical
        If encoding the record again gives other bytes.
    """
    if len(data) > MAX_RECORD_BYTES:
        raise RecordTooLarge(f"{len(data):,} bytes; a record has at most {MAX_RECORD_BYTES:,}")
    record = _decode(data)
    again = _encoder.encode(record)
    if again != data:
        at = next(
            (i for i, (a, b) in enumerate(zip(data, again, strict=False)) if a != b),
            min(len(data), len(again)),
        )
        raise NotCanonical(
            f"not canonical at byte {at}: `{_near(data, at)}` stands there, "
            f"`{_near(again, at)}` is the canonical spelling"
        )
    return record


def decode_trusted(data: bytes) -> Record:
    """Record of bytes that `decode` accepted once (journal entries); types are still checked."""
    return _decode(data)


def from_builtins(content: Any) -> Record:
    """Record of plain mappings, lists and text, as read from YAML; scalars may be text.

    Raises
    ------
    RecordError
        Names the path, what stood there and what was expected.
    """
    try:
        record: Record = msgspec.convert(content, Record, strict=False)
    except msgspec.ValidationError as error:
        raise RecordError(str(error)) from error
    return record


def _decode(data: bytes) -> Record:
    try:
        return _decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RecordError(f"not a record: {error}") from error


def _near(data: bytes, at: int) -> str:
    return data[max(0, at - 8) : at + 16].decode("utf-8", "replace")
