"""One agreement, one content id: whatever the spacing, comments and key order of its text."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from fairwater.agreement.load import (
    canonical,
    content_id,
    load_agreement,
    plain,
    shipped,
    shipped_names,
    write,
)
from fairwater.agreement.source import read


@pytest.mark.parametrize("name", shipped_names())
def test_load_write_load_gives_identical_bytes(name: str) -> None:
    """F8: loading, writing and loading again gives identical canonical bytes."""
    agreement = load_agreement(shipped(name), name).agreement
    again = load_agreement(write(agreement), name).agreement
    assert again == agreement
    assert canonical(again) == canonical(agreement)
    assert content_id(load_agreement(canonical(agreement), name).agreement) == content_id(agreement)


@pytest.mark.parametrize("name", shipped_names())
def test_canonical_bytes_are_rfc_8785(name: str) -> None:
    """Oracle: the rfc8785 package."""
    agreement = load_agreement(shipped(name), name).agreement
    assert rfc8785.dumps(plain(agreement)) == canonical(agreement)


def test_what_is_inside_only_is_never_written() -> None:
    agreement = load_agreement(shipped("origin_restriction"), "x").agreement
    assert b'"form"' not in canonical(agreement)


def test_comments_and_key_order_do_not_matter() -> None:
    text = shipped("origin_restriction")
    agreement = load_agreement(text, "x").agreement

    def reversed_keys(content: object) -> object:
        if isinstance(content, dict):
            return {key: reversed_keys(content[key]) for key in reversed(content)}
        if isinstance(content, list):
            return [reversed_keys(entry) for entry in content]
        return content

    # JSON text of the same content, keys the other way round, no comments.
    other = json.dumps(reversed_keys(read(text, "x").content), ensure_ascii=False)
    assert content_id(load_agreement(other, "y").agreement) == content_id(agreement)


def test_a_default_written_out_says_the_same() -> None:
    text = shipped("origin_restriction")
    shorter = re.sub(r"\n +empty: unknown(?=\n)", "", text)
    assert len(shorter) < len(text)
    assert content_id(load_agreement(shorter, "x").agreement) == content_id(
        load_agreement(text, "x").agreement
    )


_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp")),
    min_size=1,
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(en=_WORDS, party=_WORDS, value=st.decimals("0", "1e9", allow_nan=False, places=3))
def test_any_text_survives_writing(en: str, party: str, value: object) -> None:
    """Names such as NO, 0123, ~ or `a: b` come back as they were."""
    base = {
        "id": "a",
        "version": "v1",
        "title": {"en": en},
        "time_zone": "UTC",
        "roles": {"importing": {"party": party}},
        "parameters": [{"id": "p", "type": "decimal", "value": str(value), "cert": "ours"}],
    }
    agreement = load_agreement(json.dumps(base, ensure_ascii=False), "x").agreement
    assert agreement.title.en == en
    assert agreement.roles["importing"].party == party
    written = write(agreement)
    again = load_agreement(written, "y").agreement
    assert canonical(again) == canonical(agreement)
    assert load_agreement(canonical(agreement), "z").agreement == agreement


@pytest.mark.parametrize(
    "party", ["NO", "NA", "0123", "1_000", "12:30", "null", "~", "yes", "2025-06-29"]
)
def test_f8_words_survive_writing(party: str) -> None:
    text = json.dumps({"id": "a", "version": "v1", "title": {"en": "t"}, "time_zone": "UTC",
                       "roles": {"importing": {"party": party}}})  # fmt: skip
    agreement = load_agreement(text, "x").agreement
    again = load_agreement(write(agreement), "y").agreement
    assert again.roles["importing"].party == party
    assert canonical(again) == canonical(agreement)


def test_the_interpreter_ends_well_after_loading() -> None:
    """Some unions in recursive types make msgspec 0.22 crash at exit (its issue 717)."""
    code = (
        "from fairwater.agreement.load import load_agreement, shipped;"
        "load_agreement(shipped('origin_restriction'), 'x')"
    )
    codes = [subprocess.run([sys.executable, "-c", code], check=False).returncode for _ in range(5)]
    assert codes == [0] * 5
