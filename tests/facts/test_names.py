"""Display names: the language wished for, or another that says which it is."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import pytest

from fairwater.facts import find_species, name_of, parts, slug, station, stations, waters_off
from fairwater.facts.names import DisplayLanguage, Kind

LANGUAGES: tuple[DisplayLanguage, ...] = ("en", "zh", "ja")


def species() -> list[dict[str, Any]]:
    """The entries, read here by `json` alone."""
    text = (resources.files("fairwater.facts") / "data" / "species.json").read_text("utf-8")
    entries: list[dict[str, Any]] = json.loads(text)["species"]["entries"]
    return entries


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_species_has_a_name_that_says_its_language(lang: DisplayLanguage) -> None:
    asked = 0
    for entry in species():
        named = name_of("species", entry["ja"], lang)
        field = {"la": "scientific"}.get(named.lang, named.lang)
        assert named.text == entry[field]
        assert named.lang == lang or lang not in entry
        mark = entry["marks"].get(field, "m")
        assert named.confidence == ("from memory" if mark == "m" else "seen in source")
        asked += 1
    assert asked == len({entry["ja"] for entry in species()})


def test_a_name_no_vocabulary_holds_is_shown_as_it_is() -> None:
    kinds: tuple[Kind, ...] = ("species", "region", "part", "category")
    for kind in kinds:
        named = name_of(kind, "no such <b>name</b>", "zh")
        assert named[:2] == ("no such <b>name</b>", "und")


def test_classes_of_parts_as_rows_carry_them_have_names() -> None:
    for part in parts():
        key = slug(part.part_class)
        assert key is not None
        for lang in LANGUAGES:
            assert name_of("part", key, lang).lang == lang


def test_regions_by_name_and_code_and_categories() -> None:
    assert name_of("region", "福島県", "en").text == "Fukushima"
    assert name_of("region", "JP-07", "zh").text == "福岛县"
    assert name_of("category", "seafood", "ja").text == "水産物"


def test_sampling_points_by_number() -> None:
    """PROVENANCE of the ORBS set: 43 fish stations; `T-S1` is number 265 of its station list."""
    kinds = [kind for kind, _ in stations()]
    assert kinds.count("fish") == 43
    found = station("fish", "265")
    assert found is not None
    assert (found.station, found.org) == ("T-S1", "TEPCO")


@pytest.mark.parametrize(
    ("latitude", "longitude", "code"),
    [
        ("37.4233333333", "141.0413888889", "JP-07"),  # T-0, at the plant of Fukushima Daiichi
        ("36.8661", "140.8998", "JP-07"),  # FA, the southernmost fish point, off Iwaki
        ("37.874", "141.1", "JP-07"),  # Fukushima Pref., the northernmost
        ("38.5", "141.7", "JP-04"),
        ("37.899", "141.1", None),  # nearer to the line than the margin
        ("37.5", "144.0", None),  # the open ocean
        ("35.5", "139.9", None),  # Tokyo Bay
        ("-37.5", "141.1", None),
    ],
)
def test_waters_off_a_region(latitude: str, longitude: str, code: str | None) -> None:
    found = waters_off(latitude, longitude)
    assert (None if found is None else found.region.code) == code
    if found is not None:
        assert "ours" in found.detail
        assert found.confidence == "from memory"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Monostroma nitidum Wittrock", "ヒトエグサ"),
        ("Ahnfeltiopsis paradoxa (Suringar) Masuda", "ハリガネ"),
        ("Monostroma nitidum", "ヒトエグサ"),
        ("Monostroma nitidum powder", None),  # what follows is no author's name
        ("Pacific cod Wittrock", None),  # an English name has no author
    ],
)
def test_a_scientific_name_with_its_author(text: str, name: str | None) -> None:
    found = find_species(text)
    assert (None if found is None else found.name) == name
