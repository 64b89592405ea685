"""Half-lives against tables other than the one they were taken from, and the spellings.

Independent truth: MARIS `dbo_nuclide` (shared/data/maris/lut), what the institutes
of the BIPM key comparisons used (shared/data/bipm-sir), the source certificates
of the Bonn point sources (shared/data/spectra/bonn_hpge_point), and two values
of ICRP Publication 107 as printed in the half-life ratio check of
shared/reference/plausible_ranges.json.
"""

from __future__ import annotations

import json
import re
import statistics
import xml.etree.ElementTree as ET
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairwater.facts import elements, nuclide, nuclides

DAY = Decimal(86400)
YEAR_D = Decimal("365.25")
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

# What MARIS writes where it differs: a wrong unit, a lost digit, three older evaluations.
MARIS_DIFFERS = {
    "Sb-125": "2.71 D",
    "U-234": "24540 Y",
    "Ag-108m": "127 Y",
    "Eu-155": "4.96 Y",
    "Bi-207": "37.99 Y",
}


def maris_rows(path: Path) -> list[dict[str, str]]:
    """Rows of the sheet by column letter, from the raw XML of the workbook."""
    book = zipfile.ZipFile(path)
    strings = [
        "".join(piece.text or "" for piece in item.iter(f"{SHEET}t"))
        for item in ET.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{SHEET}si")
    ]
    rows = []
    for row in ET.fromstring(book.read("xl/worksheets/sheet1.xml")).iter(f"{SHEET}row"):
        cells = {}
        for cell in row.iter(f"{SHEET}c"):
            value = cell.find(f"{SHEET}v")
            if value is not None and value.text is not None:
                text = strings[int(value.text)] if cell.get("t") == "s" else value.text
                cells[cell.get("r", "").rstrip("0123456789")] = text
        rows.append(cells)
    return rows[1:]


def test_half_lives_agree_with_maris(shared: Path) -> None:
    """Within 2.5 %: MARIS prints three figures or fewer, and older evaluations."""
    hour, minute = 1 / Decimal(24), 1 / Decimal(1440)
    unit_d = {"Y": YEAR_D, "D": Decimal(1), "H": hour, "M": minute, "S": 1 / DAY}
    compared, differs = 0, dict[str, str]()
    for row in maris_rows(shared / "data/maris/lut/dbo_nuclide.xlsx"):
        fact = nuclide(row.get("E", ""))
        if fact is None or row.get("G", "-").strip().upper() not in unit_d:
            continue
        assert nuclide(row["H"]) is fact, row
        theirs = Decimal(row["F"]) * unit_d[row["G"].strip().upper()]
        compared += 1
        if abs(fact.half_life_d / theirs - 1) > Decimal("0.025"):
            differs[fact.name] = f"{float(row['F']):g} {row['G'].strip()}"
    assert compared >= 60
    assert differs == MARIS_DIFFERS


def test_caesium_half_lives_lie_among_those_the_institutes_used(shared: Path) -> None:
    """Median of the half-lives submitted to BIPM.RI(II)-K1, d; ours within 0.2 % of it."""
    folder = shared / "data/bipm-sir"
    texts = {
        "Cs-134": re.findall(
            r'"Half-life used by the laboratory / d": "([\d. ]+)',
            (folder / "Cs-134_database.json").read_text(encoding="utf-8"),
        ),
        "Cs-137": re.findall(
            r'"Half-life used by the laboratory / d" type="str">([\d. ]+)',
            (folder / "Cs-137_database.xml").read_text(encoding="utf-8"),
        ),
    }
    for name, used in texts.items():
        days = [Decimal(text.replace(" ", "")) for text in used]
        assert len(days) >= 15
        fact = nuclides()[name]
        assert min(days) < fact.half_life_d < max(days)
        assert abs(fact.half_life_d / statistics.median(days) - 1) < Decimal("0.002")


def test_half_lives_of_the_point_sources(shared: Path) -> None:
    folder = shared / "data/spectra/bonn_hpge_point"
    for name, file in (
        ("Ba-133", "133Ba_point_source.yaml"),
        ("Eu-152", "152Eu_point_source_2.yaml"),
        ("Na-22", "22Na_point_source.yaml"),
    ):
        text = (folder / file).read_text(encoding="utf-8")
        stated = re.search(r"^half_life: ([\d.]+)$", text, re.MULTILINE)
        assert stated is not None
        ours = nuclides()[name].half_life_s
        assert abs(ours / Decimal(stated[1]) - 1) < Decimal("0.002")


def test_half_lives_of_the_ratio_check(shared: Path) -> None:
    """`R0*2^(-t/2.0648+t/30.17)`: the ICRP 107 half-lives of both caesium nuclides, a."""
    ranges = json.loads((shared / "reference/plausible_ranges.json").read_text(encoding="utf-8"))
    formula = ranges["ratio_checks"][0]["formula"]
    found = re.search(r"-t/([\d.]+)\+t/([\d.]+)", formula)
    assert found is not None
    for name, years in (("Cs-134", found[1]), ("Cs-137", found[2])):
        ours = nuclides()[name].half_life_d / YEAR_D
        assert abs(ours / Decimal(years) - 1) < Decimal("0.004")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Cs-137", "Cs-137"),
        ("Cs137", "Cs-137"),
        ("137Cs", "Cs-137"),
        ("CS137", "Cs-137"),
        ("cs137", "Cs-137"),
        ("Ｃｓ１３７", "Cs-137"),
        ("セシウム137", "Cs-137"),
        ("セシウム－134", "Cs-134"),
        ("I131", "I-131"),
        ("ヨウ素131", "I-131"),
        ("よう素131", "I-131"),
        ("Iodine-131", "I-131"),
        ("AG110M", "Ag-110m"),
        ("110mAg", "Ag-110m"),
        ("Ag-110m", "Ag-110m"),
        ("トリチウム", "H-3"),
        ("3H", "H-3"),
        ("Caesium-137", "Cs-137"),
        ("Cesium-137", "Cs-137"),
        ("Pu-239", "Pu-239"),
    ],
)
def test_stated_spellings(text: str, name: str) -> None:
    fact = nuclide(text)
    assert fact is not None
    assert fact.name == name


@pytest.mark.parametrize(
    "text",
    ["", "Cs", "137", "Cs-13", "Cs-1377", "Cs合計", "セシウム", "放射性セシウム", "Ag-110", "Ag110",
     "Cs-134+Cs-137", "CS134137", "Pu-239+240", "PU239240", "Cs 137m", "1", "I-13l", "l-131", "-"],
)  # fmt: skip
def test_never_guesses(text: str) -> None:
    assert nuclide(text) is None


def test_helcom_spellings(shared: Path) -> None:
    """Every single nuclide of the HELCOM MORS list that we hold is found by its code there."""
    lines = (shared / "data/helcom-mors/NUCLIDE.csv").read_text(encoding="utf-8", errors="replace")
    codes = re.findall(r'^"([A-Z]+\d+M?)"', lines, re.MULTILINE)
    assert len(codes) > 60
    found = {code: fact.name for code in codes if (fact := nuclide(code)) is not None}
    for code, name in found.items():
        assert name.replace("-", "").upper() == code
    assert len(found) > 45


@given(st.sampled_from(sorted(nuclides())), st.sampled_from(["-", "", " ", " - "]))
def test_symbol_and_mass_in_either_order(name: str, between: str) -> None:
    symbol, mass = name.split("-")
    for text in (f"{symbol}{between}{mass}", f"{symbol.upper()}{between}{mass}", f"{mass}{symbol}"):
        fact = nuclide(text)
        assert fact is not None
        assert fact.name == name


@given(st.text(max_size=12))
def test_what_is_found_holds_the_mass_number(text: str) -> None:
    """Whatever was understood shows the nuclide's mass number, or is a listed alias."""
    fact = nuclide(text)
    if fact is not None:
        assert re.sub(r"\D", "", fact.name) in text


def test_every_nuclide_has_an_element_with_names() -> None:
    for name in nuclides():
        element = elements()[name.split("-")[0]]
        assert element.ja
        assert element.en
