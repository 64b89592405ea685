"""Every shipped fact says its source and confidence, and a limit its validity.

The files are walked here with plain PyYAML and `json`, not with the loader under
test; then each fact of each file loses each of these fields in turn, and the
loader must refuse the file, naming the file and the fact.
"""

from __future__ import annotations

import copy
import importlib
import json
from collections.abc import Callable, Iterator
from importlib import resources
from typing import Any

import pytest
import yaml

from fairwater.facts import FactsError

LOADERS = {
    "areas.yaml": ("regions", "areas"),
    "categories.yaml": ("categories", "categories"),
    "dried_factors.yaml": ("dried", "dried_factors"),
    "foods.yaml": ("foods", "foods"),
    "jurisdictions.yaml": ("jurisdictions", "jurisdictions"),
    "nuclides.yaml": ("nuclides", "_spellings"),
    "offices.yaml": ("offices", "offices"),
    "parts.yaml": ("parts", "_index"),
    "ranges.yaml": ("ranges", "plausible_ranges"),
    "species.json": ("species", "species_facts"),
    "stations.json": ("stations", "stations"),
    "units.yaml": ("units", "units"),
    "waters.yaml": ("waters", "waters"),
}
PLAIN_FACTS = {
    "dried_factors.yaml",
    "nuclides.yaml",
    "offices.yaml",
    "ranges.yaml",
    "units.yaml",
    "waters.yaml",
}
CONFIDENCES = {"seen in source", "from memory"}
NO_MARK_NEEDED = {"marks", "note", "rows", "rows_orbs"}


def shipped() -> dict[str, Any]:
    folder = resources.files("fairwater.facts") / "data"
    trees: dict[str, Any] = {}
    for path in folder.iterdir():
        if path.is_dir():
            continue  # the limits, one file a jurisdiction: test_limit_files.py
        text = path.read_text(encoding="utf-8")
        if path.name.endswith(".json"):
            trees[path.name] = json.loads(text)
        else:
            trees[path.name] = yaml.load(text, Loader=yaml.BaseLoader)
    return trees


SHIPPED = shipped()


def facts_of(tree: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each plain fact with its place: entries of lists, and sections that are one fact."""
    for section, content in tree.items():
        if isinstance(content, list):
            yield from ((f"{section}[{i}]", entry) for i, entry in enumerate(content))
        elif "entries" not in content and section != "sources":
            yield f"{section}[0]", content


def tables_of(tree: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for section, content in tree.items():
        if isinstance(content, dict) and "entries" in content:
            yield section, content


def test_every_file_has_a_loader() -> None:
    assert set(SHIPPED) == set(LOADERS)


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_every_fact_says_source_and_confidence(name: str) -> None:
    tree = SHIPPED[name]
    if name in PLAIN_FACTS:
        checked = 0
        for place, fact in facts_of(tree):
            assert fact.get("source", "").strip(), f"{name}, {place}: no source"
            assert fact.get("confidence") in CONFIDENCES, f"{name}, {place}: no confidence"
            assert set(fact.get("marks", {}).values()) <= CONFIDENCES, f"{name}, {place}"
            checked += 1
        assert checked > 0
        return
    assert "m" in tree["sources"]
    for section, table in tables_of(tree):
        assert set("".join(table["marks"].values())) <= set(tree["sources"])
        assert table["entries"], section
        for index, entry in enumerate(table["entries"]):
            marks = table["marks"] | entry.get("marks", {})
            for field in entry.keys() - NO_MARK_NEEDED:
                assert marks.get(field), f"{name}, {section}[{index}]: `{field}` has no mark"
                assert set(marks[field]) <= set(tree["sources"]), f"{name}, {section}[{index}]"


def loader_of(name: str) -> tuple[Any, Callable[[], object]]:
    module_name, function = LOADERS[name]
    module = importlib.import_module(f"fairwater.facts.{module_name}")
    return module, getattr(module, function).__wrapped__


def refuse(name: str, tree: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """Faults the loader of a file finds in this tree instead of the shipped one."""
    module, load = loader_of(name)
    caches = [value for value in vars(module).values() if hasattr(value, "cache_clear")]
    with monkeypatch.context() as patch:
        patch.setattr(module, "read", lambda _: tree)
        for cache in caches:
            if cache.__module__ == module.__name__:
                cache.cache_clear()
        try:
            with pytest.raises(FactsError) as error:
                load()
        finally:
            for cache in caches:
                if cache.__module__ == module.__name__:
                    cache.cache_clear()
    return error.value.faults


def broken_facts() -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    for name in sorted(PLAIN_FACTS):
        for place, fact in facts_of(SHIPPED[name]):
            for field in ("source", "confidence"):
                yield name, place, field, fact


def test_a_fact_without_one_of_them_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = 0
    for name, place, field, _ in broken_facts():
        if not place.endswith("[0]"):
            continue  # one fact a section; every fact is covered by the section's test below
        tree = copy.deepcopy(SHIPPED[name])
        del dict(facts_of(tree))[place][field]
        faults = refuse(name, tree, monkeypatch)
        assert len(faults) == 1
        assert faults[0].startswith(f"{name}, {place}")
        # msgspec names a field by the name it has in the file
        assert field in faults[0]
        tried += 1
    assert tried >= 2 * 7


@pytest.mark.parametrize("field", ["source", "confidence"])
@pytest.mark.parametrize("name", sorted(PLAIN_FACTS))
def test_no_fact_of_a_section_escapes(
    name: str, field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for section, content in SHIPPED[name].items():
        if not isinstance(content, list):
            continue
        tree = copy.deepcopy(SHIPPED[name])
        for fact in tree[section]:
            fact[field] = ""
        faults = refuse(name, tree, monkeypatch)
        assert [fault.split(":")[0] for fault in faults] == [
            f"{name}, {section}[{index}]" for index in range(len(content))
        ]


@pytest.mark.parametrize("name", sorted(set(SHIPPED) - PLAIN_FACTS))
def test_a_vocabulary_field_without_mark_is_refused(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for section, table in tables_of(SHIPPED[name]):
        for field in table["marks"]:
            having = [i for i, entry in enumerate(table["entries"]) if field in entry]
            if not having or section in {"slips"}:
                continue
            tree = copy.deepcopy(SHIPPED[name])
            del tree[section]["marks"][field]
            faults = refuse(name, tree, monkeypatch)
            unmarked = [i for i in having if not table["entries"][i].get("marks", {}).get(field)]
            assert [fault.split(":")[0] for fault in faults] == [
                f"{name}, {section}[{i}]" for i in unmarked
            ]
            assert all(f"`{field}` has no mark" in fault for fault in faults)


def test_a_mark_nobody_explains_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    tree = copy.deepcopy(SHIPPED["species.json"])
    tree["species"]["entries"][7]["marks"]["scientific"] = "JX"
    assert refuse("species.json", tree, monkeypatch) == (
        "species.json, species[7]: mark `X` is not explained in `sources`",
    )


@pytest.mark.parametrize("word", ["probably", "seen", "From Memory", ""])
def test_confidence_is_one_of_two_words(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = copy.deepcopy(SHIPPED["units.yaml"])
    tree["units"][0]["confidence"] = word
    faults = refuse("units.yaml", tree, monkeypatch)
    assert faults[0].startswith("units.yaml, units[0]")
    assert "confidence" in faults[0]


def test_a_field_nobody_knows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    tree = copy.deepcopy(SHIPPED["dried_factors.yaml"])
    tree["factors"][1]["facter"] = "50"
    (fault,) = refuse("dried_factors.yaml", tree, monkeypatch)
    assert fault.startswith("dried_factors.yaml, factors[1]")
    assert "facter" in fault
