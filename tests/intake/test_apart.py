"""A table read in a process of its own: the same rows, the same refusals."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from fairwater.intake import FileUnreadable, load_profile, read
from fairwater.intake.apart import ArrivingTable, ReaderFailed, read_apart

HEADER = (
    "No,報告自治体,実施主体,産地_都道府県,産地_市町村,産地_その他,非流通品/流通品,食品カテゴリ,"
    "品目_品目名,品目_その他,検査機関,検査法,採取日(購入日),結果判明日,"
    "Cs134(Bq/kg),Cs137(Bq/kg),Cs合計(Bq/kg)\n"
)
ROW = "{no},X,X,福島県,相馬市,-,非流通品,水産物,ヒラメ,-,L,Ge,H25.4.2,H25.4.9,{a},3.0,4.5\n"
PROFILE = load_profile("mhlw-since-2012-04")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "a999.csv"
    rows = (ROW.format(no=n, a="1.2.4" if n % 7 == 0 else "1.5") for n in range(20_000))
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    return path


def test_the_same_rows_arrive(table: Path) -> None:
    here = ArrivingTable(read(table, PROFILE))
    with read_apart(table, PROFILE, None) as there:
        assert there.document == here.document
        assert list(there) == list(here)


def test_a_file_that_is_no_table_is_refused_with_the_same_words(tmp_path: Path) -> None:
    path = tmp_path / "page.csv"
    path.write_text("<html></html>", encoding="utf-8")
    with pytest.raises(FileUnreadable) as here:
        read(path, PROFILE)
    with pytest.raises(FileUnreadable) as there, read_apart(path, PROFILE, None):
        pass
    assert str(there.value) == str(here.value)


def test_a_reader_that_is_killed_is_no_end_of_the_table(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import subprocess

    started: list[int] = []

    class Watched(subprocess.Popen[bytes]):
        def __init__(self, *arguments: object, **options: object) -> None:
            super().__init__(*arguments, **options)  # type: ignore[call-overload]
            started.append(self.pid)

    monkeypatch.setattr(subprocess, "Popen", Watched)
    with read_apart(table, PROFILE, None) as there:
        rows = iter(there)
        next(rows)
        os.kill(started[0], signal.SIGKILL)
        with pytest.raises(ReaderFailed):
            list(rows)


def test_rows_that_nobody_takes_end_the_reader(table: Path) -> None:
    with read_apart(table, PROFILE, None) as there:
        next(iter(there))
    # Leaving the block waited for the process; nothing hangs.
