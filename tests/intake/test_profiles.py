"""Profiles are data: checked whole, every fault with its line; published as JSON Schema."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from fairwater.intake import (
    FLAGS,
    REASONS,
    ProfileError,
    load_profile,
    profile_schema,
    shipped_profiles,
)
from fairwater.intake.profile_source import parse_profile, profile_sha256

HERE = Path(__file__).parent
GOOD = """\
profile: p
version: "1"
title: t
clock: Asia/Tokyo
columns:
  - {heading: day, use: collected}
  - {heading: Cs, use: value, nuclides: [Cs-137], unit: Bq/kg}
lineage: {kind: primary}
"""


def faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(ProfileError) as caught:
        parse_profile(text.encode(), "p.yaml")
    assert str(caught.value).startswith("p.yaml:")
    assert all(fault.expected for fault in caught.value.faults)
    return [(fault.line, fault.path) for fault in caught.value.faults]


def test_shipped_profiles_load() -> None:
    assert set(shipped_profiles()) >= {"mhlw-since-2012-04", "mhlw-monthly-export"}
    for name in shipped_profiles():
        profile = load_profile(name)
        assert profile.profile == name
        assert profile.citation
        assert profile.not_stated


@pytest.mark.parametrize("folder", [HERE / "profiles"])
def test_schema_accepts_what_the_loader_accepts(folder: Path) -> None:
    schema = profile_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    files = sorted(folder.glob("*.yaml"))
    assert len(files) > 5
    for path in files:
        load_profile(path)
        content = yaml.safe_load(path.read_text("utf-8"))
        assert not list(validator.iter_errors(content)), path.name
    content["unknown"] = 1
    assert list(validator.iter_errors(content))


def test_comments_and_spacing_change_no_digest() -> None:
    one = parse_profile(GOOD.encode(), "p")
    two = parse_profile(("# said\n" + GOOD.replace("title: t", "title:    t")).encode(), "p")
    three = parse_profile(GOOD.replace("title: t", "title: u").encode(), "p")
    assert profile_sha256(one) == profile_sha256(two) != profile_sha256(three)


@pytest.mark.parametrize(
    ("old", "new", "line", "path"),
    [
        ("use: collected", "use: sampled", 6, "$.columns[0].use"),
        ("Cs-137", "Cs137", 7, "$.columns[1].nuclides[0]"),
        ("Cs-137", "Xx-137", 7, "$.columns[1].nuclides"),
        ("unit: Bq/kg", "unit: Bq per fish", 7, "$.columns[1].unit"),
        ("unit: Bq/kg", "unit: Bq/kg, unit_in_heading: true", 7, "$.columns[1]"),
        ("unit: Bq/kg", "unit_column: u", 7, "$.columns[1].unit_column"),
        ("heading: Cs,", "heading: day,", 7, "$.columns[1]"),
        ("nuclides: [Cs-137]", "basis: wet", 7, "$.columns[1]"),
        ("Asia/Tokyo", "Tokyo", 4, "$.clock"),
        ("clock: Asia/Tokyo\n", "", 1, "$.clock"),
        ("title: t\n", "", 1, "$.title"),
        ("kind: primary", "kind: other", 8, "$.lineage.kind"),
        ("kind: primary", "kind: snapshot", 8, "$.lineage.key"),
        ("kind: primary", "kind: primary, publication: column", 8, "$.lineage.publication"),
        ("kind: primary", "kind: primary, ignore: [colour]", 8, "$.lineage.ignore"),
        ("title: t", "title: t\ntitle: u", 4, "$.title"),
        ("title: t", "titel: t\ntitle: t", 3, "$.titel"),
        ("title: t", "title: t\ndates: {calendar: lunar}", 4, "$.dates.calendar"),
        ("title: t", "title: t\ndates: {without_era: H}", 4, "$.dates.without_era"),
        ("title: t", "title: t\nencodings: [klingon]", 4, "$.encodings[0]"),
        ("title: t", "title: t\nformat: {delimiter: ';;'}", 4, "$.format.delimiter"),
        ("title: t", "title: t\nvalues: {decimal_mark: ',', grouping: ','}", 4,
         "$.values.grouping"),
        ("title: t", "title: t\nmissing: [ND]\nvalues: {not_detected: {words: [ND]}}", 5,
         "$.values.not_detected.words"),
        ("title: t", "title: &t t", 3, "$"),
        ("title: t", "title: !!int 3", 3, "$"),
        ("title: t", "title: [", 5, "$"),
    ],
)  # fmt: skip
def test_a_fault_names_line_and_path(old: str, new: str, line: int, path: str) -> None:
    assert old in GOOD
    assert (line, path) in faults(GOOD.replace(old, new, 1))


def test_all_faults_at_once() -> None:
    text = GOOD.replace("title: t", "title: ''").replace("collected", "x").replace("primary", "y")
    assert [path for _, path in faults(text)] == ["$.title", "$.columns[0].use", "$.lineage.kind"]


def test_yaml_turns_no_word_into_something_else() -> None:
    text = GOOD.replace("title: t", "title: NO\nmissing: [no, 0123, 12:30, 1_000, ~]")
    profile = parse_profile(text.encode(), "p")
    assert profile.title == "NO"
    assert profile.missing == ("no", "0123", "12:30", "1_000", "~")


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b"a", b"{" * 5_000, b"x" * 1_000_001])
def test_what_is_no_profile_at_all(data: bytes) -> None:
    with pytest.raises(ProfileError):
        parse_profile(data, "p.yaml")


def test_a_missing_file_lists_the_shipped_names(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="mhlw-since-2012-04"):
        load_profile(tmp_path / "none.yaml")


def test_every_reason_and_flag_of_the_code_is_explained_and_used() -> None:
    import fairwater.intake

    folder = Path(fairwater.intake.__file__).parent
    skipped = {"reasons.py"}
    code = "\n".join(
        path.read_text("utf-8") for path in folder.rglob("*.py") if path.name not in skipped
    )
    words = set(re.findall(r'"([a-z]+(?:_[a-z0-9]+)*)"', code))
    for name, explained in (*REASONS.items(), *FLAGS.items()):
        assert name in words, f"{name} is explained and never given"
        assert explained.meaning.endswith(".")
        assert explained.remedy.endswith(".")
    given = set(re.findall(r'(?:fault|Unreadable)\(\s*"([a-z_]+)"', code))
    assert given
    assert given <= REASONS.keys()
    flagged = set(re.findall(r'[fF]lag\(\s*"([a-z_]+)"', code))
    assert flagged
    assert flagged <= FLAGS.keys()
