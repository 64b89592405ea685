"""JSON Schema (draft 2020-12) of the records, made from the types that read them."""

from __future__ import annotations

from typing import Any, get_args

import msgspec

from fairwater.records.canonical import Record

RECORD_TYPES: dict[str, type] = {str(kind.__struct_config__.tag): kind for kind in get_args(Record)}
"""Tag to type: ``{"party": Party, ...}``."""


def json_schema() -> dict[str, Any]:
    """Schema of any record; the ``type`` field tells which."""
    schema: dict[str, Any] = msgspec.json.schema(Record)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Fairwater record"
    return schema
