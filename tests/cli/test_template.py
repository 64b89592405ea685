"""`fairwater template`: what it writes is imported as it stands; what stood there is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Fairwater = Callable[..., Any]


@pytest.mark.parametrize("name", ["catch.xlsx", "catch.csv"])
@pytest.mark.parametrize("lang", ["en", "zh", "ja"])
def test_the_filled_template_is_imported_whole(fairwater: Fairwater, name: str, lang: str) -> None:
    assert fairwater("init", "coast", "--party", "coast", "--name", "Coast").code == 0
    assert fairwater("template", "--filled", "--lang", lang, name).code == 0
    ran = fairwater("import", "--node", "coast", name, "--json")
    assert ran.code == 0
    (report,) = json.loads(ran.out)["files"]
    assert (report["rows_read"], report["quarantined"], report["new_records"]) == (5, 0, 5)
    assert report["flags"] == {"remark": 1, "withheld": 1}
    read = [sheet for sheet in report["sheets"] if sheet["read"]]
    assert [sheet["rows"] for sheet in read] == ([5] if name.endswith("xlsx") else [])


def test_an_import_says_which_sheets_were_read(fairwater: Fairwater) -> None:
    fairwater("init", "coast", "--party", "coast", "--name", "Coast")
    fairwater("template", "--filled", "catch.xlsx")
    out = fairwater("import", "--node", "coast", "catch.xlsx").out
    assert "sheet `data`: 5 rows" in out
    assert "sheet `lists` (hidden) not read: its header is another" in out


def test_a_withheld_result_is_due_on_its_promised_day(fairwater: Fairwater) -> None:
    fairwater("init", "coast", "--party", "coast", "--name", "Coast")
    fairwater("template", "--filled", "catch.xlsx")
    fairwater("import", "--node", "coast", "catch.xlsx")
    out = fairwater("due", "--node", "coast", "--as-of", "2024-12-01").out
    assert "2024-09-01" in out
    assert "Sr-90" in out


def test_a_file_that_is_there_is_kept(fairwater: Fairwater, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("mine")
    ran = fairwater("template", "mine.csv")
    assert ran.code == 2
    assert "is there already" in ran.err
    assert (tmp_path / "mine.csv").read_text() == "mine"


def test_the_name_says_the_form(fairwater: Fairwater, tmp_path: Path) -> None:
    assert fairwater("template", "--csv", "catch.xlsx").code == 2
    assert fairwater("template", "catch.ods").code == 2
    assert list(tmp_path.iterdir()) == []
    assert fairwater("template", "--empty", "--csv", "catch.csv").code == 0
    assert (tmp_path / "catch.csv").read_bytes().count(b"\r\n") == 1


def test_an_empty_template_says_that_it_is_empty(fairwater: Fairwater) -> None:
    fairwater("init", "coast", "--party", "coast", "--name", "Coast")
    fairwater("template", "empty.xlsx")
    ran = fairwater("import", "--node", "coast", "empty.xlsx")
    assert ran.code == 3
    assert "sheet `data`, under the header: no row" in ran.err
