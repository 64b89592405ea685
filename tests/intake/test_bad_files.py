"""Files that are no table: one typed error with place, expectation and remedy, nothing taken in."""

from __future__ import annotations

import gzip
import os
import resource
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from fairwater.intake import FileUnreadable, Profile, load_profile, read, recognise


@pytest.fixture
def profile() -> Profile:
    return load_profile("mhlw-since-2012-04")


HEADINGS = [c.heading for c in load_profile("mhlw-since-2012-04").columns if not c.optional]
ROW = ["1", *["-"] * 5, "流通品", "-", "マダラ", *["-"] * 5, "<1", "2", "2"]
GOOD = (",".join(HEADINGS) + "\n" + ",".join(ROW) + "\n").encode()
HEADER = GOOD.splitlines(keepends=True)[0]


def _bomb(packed_rows: int) -> bytes:
    return gzip.compress(HEADER + b"0" * 1000 + b"\n" + (b"a," * 16 + b"\n") * packed_rows)


BAD: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty"),
    "header only": (HEADER, "no row"),
    "blank lines only": (b"\n\n\r\n", "ends before its header"),
    "web page": (b"\xef\xbb\xbf \n<!DOCTYPE html><html><body>404</body></html>", "web page"),
    "web page in capitals": (b"<HTML><HEAD>", "web page"),
    "xlsx": (b"PK\x03\x04" + b"\0" * 100, "xlsx"),
    "pdf": (b"%PDF-1.7\n", "PDF"),
    "wrong encoding": (GOOD.decode().encode("cp932"), "cp932"),
    "utf-16": (GOOD.decode().encode("utf-16"), "not in a stated encoding"),
    "NUL": (GOOD + b"1,\0,3\n", "NUL"),
    "invalid byte in the last row": (GOOD * 1 + b"\xff\n", "0xff"),
    "truncated character at the end": (GOOD + "県".encode()[:2], "not in a stated encoding"),
    "truncated gzip": (gzip.compress(GOOD * 500)[:-30], "end"),
    "gzip without its end": (gzip.compress(GOOD)[:-8], "truncated"),
    "damaged gzip": (gzip.compress(GOOD)[:20] + b"\xff" * 40, "gzip"),
    "wrong checksum": (gzip.compress(GOOD)[:-8] + b"\0" * 8, "gzip"),
    "gzip bomb": (_bomb(3_000_000), "times its size"),
    "endless line": (HEADER + b"1" * 3_000_000, "a line of more than"),
    "a million columns": (b",".join(b"c" for _ in range(1_000_000)), "a line of more than"),
    "a hundred thousand columns": (b"c," * 100_000 + b"c\n1\n", "columns"),
    "duplicate headings": (HEADER.replace(b"Cs137(Bq/kg)", b"Cs134(Bq/kg)") + b"1\n", "twice"),
    "gzip in gzip": (gzip.compress(gzip.compress(GOOD)), "a gzip archive, packed with gzip"),
    "workbook in gzip": (gzip.compress(b"PK\x03\x04" + b"\0" * 100), "xlsx workbook, packed"),
    "very old workbook": (b"\t\x08\x08\0\0\x05\x05\0" + b"\0" * 100, "an old Excel workbook"),
    "XML spreadsheet": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
        "an XML spreadsheet of an old program",
    ),
    "utf-16 without its mark": ("a,b\n1,2\n".encode("utf-16-le"), "looks like UTF-16"),
    "long headings that show nothing": (
        HEADER.rstrip() + b",\x1b[2J" + "\u202e".encode() + b"x" * 10_000 + b"\n1\n",
        r"has besides `\u001b[2J\u202exxx",
    ),
    "other table": (b"a,b\n1,2\n", "lacks"),
    "open quote in the header": (b'No,"a\n' + b"x\n" * 200, "malformed"),
}


@pytest.mark.parametrize("name", BAD)
def test_refused_with_place_expectation_and_remedy(
    tmp_path: Path, profile: Profile, name: str
) -> None:
    data, said = BAD[name]
    path = tmp_path / "a999.csv"
    path.write_bytes(data)
    begun = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(FileUnreadable) as caught:
        read(path, profile)
    error = caught.value
    assert said in str(error)
    assert "a999.csv" in error.place
    assert error.expected
    assert error.remedy
    assert time.perf_counter() - begun < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # KiB


@pytest.mark.parametrize("name", BAD)
def test_recognition_refuses_them_too_or_leaves_them_to_the_reader(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / "a999.csv"
    path.write_bytes(BAD[name][0])
    try:
        found = recognise(path)
    except FileUnreadable:
        return
    with pytest.raises(FileUnreadable):
        read(path, found)


def test_a_sparse_file_of_three_gigabytes_is_refused_at_once(
    tmp_path: Path, profile: Profile
) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.write(HEADER + b"1,2,3")
        file.truncate(3 << 30)
    begun = time.perf_counter()
    with pytest.raises(FileUnreadable, match="NUL"):
        read(path, profile)
    assert time.perf_counter() - begun < 5


def test_folder_missing_file_and_pipe(tmp_path: Path, profile: Profile) -> None:
    with pytest.raises(FileUnreadable, match="folder"):
        read(tmp_path, profile)
    with pytest.raises(FileUnreadable, match="No such file"):
        read(tmp_path / "none.csv", profile)
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(FileUnreadable, match="regular"):
        read(tmp_path / "pipe.csv", profile)
    with pytest.raises(FileUnreadable):
        read("a\0b.csv", profile)


def test_no_permission(tmp_path: Path, profile: Profile) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(GOOD)
    path.chmod(0)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)  # the administrator may read every file: stand in as nobody
    try:
        with pytest.raises(FileUnreadable, match="denied"):
            read(path, profile)
    finally:
        os.seteuid(user)


def test_a_file_that_changes_between_check_and_reading(tmp_path: Path, profile: Profile) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(GOOD)
    table = read(path, profile)
    path.write_bytes(GOOD + GOOD)
    with pytest.raises(FileUnreadable, match="changed"):
        list(table)


def test_several_gzip_members_and_padding_are_one_text(tmp_path: Path, profile: Profile) -> None:
    path = tmp_path / "a.csv.gz"
    row = ",".join(ROW).encode() + b"\n"
    path.write_bytes(gzip.compress(GOOD) + gzip.compress(row * 3) + b"\0" * 512)
    assert len(list(read(path, profile))) == 4


def test_gzip_is_recognised_by_its_bytes_not_its_name(
    outcomes: Callable[..., list[object]], profile: Profile
) -> None:
    assert len(outcomes(gzip.compress(GOOD), profile, "plain.csv")) == 1


def test_recognition_names_the_nearest_profile(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(GOOD.replace(b"Cs137(Bq/kg)", b"Cs137"))
    with pytest.raises(FileUnreadable) as caught:
        recognise(path)
    assert "nearest is `mhlw-since-2012-04`" in caught.value.found
    assert "lacks `Cs137(Bq/kg)`" in caught.value.found
    assert "has besides `Cs137`" in caught.value.found
    assert "`mhlw-monthly-export`" in caught.value.expected


def test_two_profiles_that_fit_are_told_apart_by_name_or_not_at_all(tmp_path: Path) -> None:
    import msgspec

    from fairwater.intake.profile import Recognise

    one = load_profile("mhlw-since-2012-04")
    two = msgspec.structs.replace(one, profile="other", recognise=Recognise(("b*.csv",)))
    path = tmp_path / "b1.csv"
    path.write_bytes(GOOD)
    assert recognise(path, [one, two]).profile == "other"
    path = path.rename(tmp_path / "c1.csv")
    with pytest.raises(FileUnreadable, match="fits `mhlw-since-2012-04` and `other`"):
        recognise(path, [one, two])
