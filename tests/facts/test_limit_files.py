"""The limits as facts are those of the collection, entry by entry, and no file may leave any out.

Truth: shared/reference/limits.json, 155 entries. What is told apart from it on
purpose is named here with its ground; everything else must agree in value, unit,
nuclides, category, dates, kind and confidence. The files are also walked with
plain PyYAML, not with the loader under test.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml

from fairwater.facts import FactsError, LimitFact, Validity, check_limits, limit_facts, limits

PLACES = {
    "Codex (FAO/WHO)": ("CODEX", None),
    "Japan": ("JP", None),
    "Japan (Fukushima FCA, voluntary)": ("JP", "FCA"),
    "Japan (TEPCO)": ("JP", "TEPCO"),
    "Japan (NRA)": ("JP", "NRA"),
    "Republic of Korea": ("KR", None),
    "Taiwan": ("TW", None),
    "China": ("CN", None),
    "Hong Kong": ("HK", None),
    "EU": ("EU", None),
    "UK": ("GB", None),
    "USA": ("US", None),
    "Canada": ("CA", None),
    "EAEU / Russia": ("EAEU", None),
    "Ukraine": ("UA", None),
    "Saudi Arabia (draft)": ("SA", None),
    "WHO": ("WHO", None),
    "ICRP": ("ICRP", None),
    "ERICA": ("ERICA", None),
}
# (limit, field): what the collection has, what the fact has, why.
TOLD_APART = {
    ("jp.2011.iodine.fish", "from"): ("2011-03-17", "2011-04-05", "dated by its own text"),
    ("jp.fca.caesium.fish", "confidence"): ("from memory", "seen in source", "two press reports"),
    ("gb.2016_6", "category"): ("revoked", "food of Japan", "revoked is its status, not a food"),
    ("sa.draft.dose", "from"): ("2023 draft", "not_stated", "a draft is not in force: status"),
    **{
        (f"us.loc.{name}", "to"): ("superseded by DILs", "1998-08-12", "the day before the DILs")
        for name in ("iodine.infant", "iodine.other", "caesium")
    },
    **{
        (f"eu.2016_6.caesium.{name}", "to"): (
            "2023-08-03",
            "2023-08-02",
            "repealed with effect from 2023-08-03; EUR-Lex: end of validity 2023-08-02",
        )
        for name in ("infant", "milk", "drinks", "other", "fish_feed")
    },
    **{
        (f"eu.2016_6.caesium.{name}", "from"): (
            "2016-01 (2016/6); 2021-10 (2021/1533)",
            "2016-01",
            "one value through two regulations; the instrument names the second with its date",
        )
        for name in ("infant", "milk", "drinks", "other")
    },
}
# Facts that no entry is, but the note of one: its position, and what stands there.
FROM_A_NOTE = {"kr.2012.caesium.japan": (30, "Tightened from 370: 2012-04-01 for Japanese food")}
# Groups that the collection names in words: the nuclides that the fact lists for them.
IN_WORDS = {
    "U": {"isotopes": {"U"}},
    "Pu and transuranic alpha emitters": {"at least": {"Pu-239", "Am-241", "Cm-244"}},
    "sum Sr isotopes, notably Sr-90": {"isotopes": {"Sr"}},
    "sum I isotopes, notably I-131": {"isotopes": {"I"}},
    "natural Th": {"isotopes": {"Th"}},
    "natural U": {"isotopes": {"U"}},
    "Ru-103 (C3/6800 + C6/450 < 1)": {"exactly": {"Ru-103"}},
    "Ru-106 (C3/6800 + C6/450 < 1)": {"exactly": {"Ru-106"}},
    "Ra-228 (page prints 223Ra)": {"exactly": {"Ra-228"}},
    "Pu-238+239+240+242+Am-241": {
        "exactly": {"Pu-238", "Pu-239", "Pu-240", "Pu-242", "Am-241"},
    },
    "alpha-emitting Pu and transplutonium, notably Pu-239, Am-241": {
        "at least": {"Pu-238", "Pu-239", "Pu-240", "Am-241", "Cm-244"},
    },
    "all other nuclides T1/2>10 d, notably Cs-134, Cs-137 (not H-3, C-14, K-40)": {
        "at least": {"Cs-134", "Cs-137", "Co-60", "Ru-106"},
        "never": {"H-3", "C-14", "K-40", "Sr-90", "I-131", "Pu-239", "Am-241", "I-129"},
    },
    "Cs-134+Cs-137 (all other T1/2>10 d)": {"at least": {"Cs-134", "Cs-137", "Co-60"}},
}
KIND = re.compile(r"\s")
MEMORY = re.compile(r" \((?:date )?(?:from )?memory\)")


def collected(shared: Path) -> list[dict[str, Any]]:
    text = (shared / "reference/limits.json").read_text(encoding="utf-8")
    entries: list[dict[str, Any]] = json.loads(text)["entries"]
    assert len(entries) == 155
    return entries


def the_fact(entry: dict[str, Any]) -> LimitFact:
    """The one fact with this entry's place, kind, nuclides and category in the source's words."""
    place, body = PLACES[entry["jurisdiction"]]
    found = [
        fact
        for fact in limits().values()
        if (fact.jurisdiction, fact.body) == (place, body)
        and fact.kind == KIND.sub("_", entry["kind"])
        and (fact.nuclide_text or "+".join(fact.nuclides)) == entry["nuclide_or_group"]
        and entry["food_category"] in {
            fact.category,
            *fact.category_texts,
            TOLD_APART.get((fact.id, "category"), ("",))[0],
        }
        and same_instrument(fact, entry)
    ]  # fmt: skip
    assert len(found) == 1, (entry, [fact.id for fact in found])
    return found[0]


WHICH = re.compile(
    r"2016/52|2016/6|297/2011|2020/1158|5-1989|193-1995|\bold\b|levels of concern|suspen|investigat"
)


def same_instrument(fact: LimitFact, entry: dict[str, Any]) -> bool:
    """Two entries may differ in their instrument alone: told by the number or word they share."""
    return set(WHICH.findall(fact.instrument.casefold())) == set(
        WHICH.findall(entry["instrument"].casefold())
    )


def test_every_entry_is_one_fact_and_every_fact_one_entry(shared: Path) -> None:
    ids = [the_fact(entry).id for entry in collected(shared)]
    assert sorted([*ids, *FROM_A_NOTE]) == sorted(limits())
    for position, said in FROM_A_NOTE.values():
        assert said in collected(shared)[position]["note"]


def test_each_entry_agrees_field_by_field(shared: Path) -> None:
    used: set[tuple[str, str]] = set()
    for entry in collected(shared):
        fact = the_fact(entry)
        dates = fact.validity if isinstance(fact.validity, Validity) else None
        stated = entry["valid_from"] is not None or entry["valid_to"] is not None
        theirs = {
            "from": entry["valid_from"] or "not_stated",
            "to": entry["valid_to"] or ("open" if stated else "not_stated"),
            "confidence": entry["confidence"],
            "category": entry["food_category"],
            "unit": entry["unit"] if entry["value"] is not None else None,
            "partial": entry.get("partial"),
        }
        ours = {
            "from": dates.since if dates else "not_stated",
            "to": dates.to if dates else "not_stated",
            "confidence": fact.confidence,
            "category": fact.category,
            "unit": fact.unit,
            "partial": fact.partial,
        }
        if fact.id == "sa.draft.dose":
            theirs["to"] = "not_stated"  # without a first day no last one is open
            assert (fact.status, fact.published) == ("draft", "2023")
        if entry["food_category"] in fact.category_texts:
            ours["category"] = entry["food_category"]
        for field, value in theirs.items():
            if (fact.id, field) in TOLD_APART:
                was, became, _ = TOLD_APART[fact.id, field]
                assert (value, ours[field]) == (was, became), (fact.id, field)
                used.add((fact.id, field))
                continue
            if field in ("from", "to") and isinstance(value, str) and MEMORY.search(value):
                assert fact.marks[f"validity.{field}"] == "from memory", fact.id
                value = MEMORY.sub("", value)
            assert value == ours[field], (fact.id, field)
        assert told_value(entry) == (fact.value and Decimal(fact.value), fact.value_to), fact.id
    assert used == set(TOLD_APART)


def told_value(entry: dict[str, Any]) -> tuple[Decimal | None, str | None]:
    value = entry["value"]
    if value is None:
        return None, None
    lower, _, upper = str(value).partition("-")
    return Decimal(lower), upper or None


def test_each_entry_names_the_same_nuclides(shared: Path) -> None:
    for entry in collected(shared):
        fact = the_fact(entry)
        text = entry["nuclide_or_group"]
        on = limit_facts.members(fact.id)
        if fact.quantity != "activity":
            assert not on
            continue
        told = IN_WORDS.get(text)
        if told is None:
            named = set(re.findall(r"[A-Z][a-z]?-\d+", text))
            assert named == set(fact.nuclides) == on, fact.id
            continue
        assert told.get("at least", set()) <= on, fact.id
        assert not told.get("never", set()) & on, fact.id
        assert told.get("exactly", on) == on, fact.id
        assert {name.split("-")[0] for name in on} == told.get(
            "isotopes", {name.split("-")[0] for name in on}
        )


def test_seen_and_remembered_are_counted_as_in_the_collection(shared: Path) -> None:
    """105 of 155 were seen; one more here, and one note; none was upgraded in silence."""
    seen = [entry for entry in collected(shared) if entry["confidence"] == "seen in source"]
    assert len(seen) == 105
    ours = [fact for fact in limits().values() if fact.confidence == "seen in source"]
    upgraded = [key for key, (was, _, _) in TOLD_APART.items() if was == "from memory"]
    assert len(ours) == len(seen) + len(upgraded) + len(FROM_A_NOTE)


def trees() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in (resources.files("fairwater.facts") / "data" / "limits").iterdir():
        text = path.read_text(encoding="utf-8")
        yield f"limits/{path.name}", yaml.load(text, Loader=yaml.BaseLoader)


SHIPPED = dict(trees())


def test_every_limit_in_the_files_says_source_confidence_and_validity() -> None:
    count = 0
    for name, tree in SHIPPED.items():
        for instrument in tree["instruments"]:
            for limit in instrument["limits"]:
                whole = instrument | limit
                assert whole["source"].strip(), f"{name}: {limit['id']}"
                assert whole["confidence"] in {"seen in source", "from memory"}, limit["id"]
                validity = whole["validity"]
                assert validity == "not_stated" or set(validity) == {"from", "to"}, limit["id"]
                count += 1
    assert count == len(limits())


def refused(name: str, tree: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """Faults of all files together, one of them replaced by this tree."""
    with monkeypatch.context() as patch:
        real = limit_facts.read
        patch.setattr(limit_facts, "read", lambda file: tree if file == name else real(file))
        with pytest.raises(FactsError) as error:
            limits.__wrapped__()
    return error.value.faults


@pytest.mark.parametrize("field", ["source", "confidence", "validity", "issuer", "instrument"])
@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_no_limit_escapes_without_it(
    name: str, field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taken from the instrument and from each of its limits, every limit of it is refused."""
    tree = copy.deepcopy(SHIPPED[name])
    instrument = tree["instruments"][-1]
    instrument.pop(field, None)
    for limit in instrument["limits"]:
        limit.pop(field, None)
    faults = refused(name, tree, monkeypatch)
    assert len([fault for fault in faults if f"`{field}`" in fault]) == len(instrument["limits"])
    assert all(fault.startswith(name) for fault in faults if f"`{field}`" in fault)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"valeu": "100"}, "valeu"),
        ({"value": "-5"}, "value"),
        ({"value": "0"}, "not above 0"),
        ({"unit": ""}, "unit"),
        ({"foods": ["fisch"]}, "no food `fisch` is known"),
        ({"categories": ["seefood"]}, "no category `seefood` is known"),
        ({"nuclides": ["Cs-138"]}, "no nuclide `Cs-138` is known"),
        ({"origins": {"text": "elsewhere", "countries": ["QQ"]}}, "no jurisdiction `QQ` is known"),
        ({"replaces": ["nothing"]}, "no limit `nothing` is known"),
        ({"validity": {"from": "2012-04-01", "to": "2011-01-01"}}, "ends in 2011-01-01, before"),
        ({"validity": {"from": "2012-02-30", "to": "open"}}, "day is out of range"),
        ({"validity": {"from": "spring 2012", "to": "open"}}, "validity.from"),
        ({"marks": {"clause": "from memory"}, "clause": ""}, "clause"),
        ({"combination": "sum_of_fractions"}, "`rule` belongs to sum_of_fractions"),
        ({"confidence": "probably"}, "confidence"),
    ],
)
def test_a_wrong_limit_is_refused_with_its_place(
    change: dict[str, Any], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = copy.deepcopy(SHIPPED["limits/ukraine.yaml"])
    tree["instruments"][0]["limits"][1] |= change
    faults = refused("limits/ukraine.yaml", tree, monkeypatch)
    assert len(faults) == 1, faults
    assert said in faults[0]
    assert "limits/ukraine.yaml, limits[1]" in faults[0] or "ua.Sr-90.fish" in faults[0]


def test_all_faults_of_all_files_come_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    tree = copy.deepcopy(SHIPPED["limits/ukraine.yaml"])
    first, second = tree["instruments"][0]["limits"]
    first["value"], second["unit"] = "many", ""
    assert len(refused("limits/ukraine.yaml", tree, monkeypatch)) == 2
    second = copy.deepcopy(SHIPPED["limits/ukraine.yaml"])
    second["instruments"][0]["limits"].append(second["instruments"][0]["limits"][0])
    (fault,) = refused("limits/ukraine.yaml", second, monkeypatch)
    assert "`ua.Cs-137.fish` stands twice" in fault


def text_of(name: str) -> str:
    folder = resources.files("fairwater.facts") / "data" / "limits"
    return (folder / name).read_text(encoding="utf-8")


def test_a_file_that_ships_is_in_order_by_itself_and_replaces_itself() -> None:
    found = check_limits(text_of("ukraine.yaml"), "ukraine.yaml")
    assert [fact.id for fact in found] == ["ua.Cs-137.fish", "ua.Sr-90.fish"]
    with pytest.raises(FactsError, match=re.escape("`ua.Cs-137.fish` stands twice")):
        check_limits(text_of("ukraine.yaml"), "another.yaml")


@pytest.mark.parametrize("name", ["ukraine.yaml", "uk.yaml"])
def test_a_mangled_file_is_read_or_refused_with_its_name(name: str) -> None:
    """Each line taken away, doubled or cut in half."""
    lines = text_of(name).splitlines()
    refusals: list[tuple[str, ...]] = []
    for number, line in enumerate(lines):
        for changed in ([], [line, line], [line[: len(line) // 2]]):
            text = "\n".join([*lines[:number], *changed, *lines[number + 1 :]])
            try:
                check_limits(text, name)
            except FactsError as error:
                refusals.append(error.faults)
    assert len(refusals) > len(lines)
    assert [
        fault
        for faults in refusals
        for fault in faults
        if not fault.startswith(name) and "stands twice" not in fault
    ] == []
