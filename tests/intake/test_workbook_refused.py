"""Workbooks that are not read: what is said of each, and that none takes time or memory."""

from __future__ import annotations

import io
import resource
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from fairwater.intake import FileUnreadable, Profile, read, recognise

Other = Callable[[str], Profile]
RawBook = Callable[..., Path]
RowXml = Callable[..., str]
HEADS = ("fish", "sampled", "Cs-137 (Bq/kg)")
SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _zip(parts: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", how) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return data.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
BOOK = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}
FILES: dict[str, tuple[bytes, str]] = {
    "password": (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    "xls": (OLE + "Workbook".encode("utf-16-le"), "xls"),
    "macros": (_zip({**BOOK, "xl/vbaProject.bin": b"x"}), "macros"),
    "old macros": (_zip({**BOOK, "xl/macrosheets/sheet1.xml": b"x"}), "macros"),
    "xlsb": (_zip({"[Content_Types].xml": b"", "xl/workbook.bin": b"x"}), "xlsb"),
    "ods": (_zip({"mimetype": b"application/vnd.oasis", "content.xml": b"<x/>"}), "ods"),
    "docx": (_zip({"[Content_Types].xml": b"", "word/document.xml": b""}), "docx"),
    "zip of csv": (_zip({"fish.csv": b"a,b\n1,2\n"}), "unpack it"),
    "zip in zip": (_zip({"inner.zip": _zip({"fish.xlsx": b"x"})}), "inner.zip"),
    "empty zip": (_zip({}), "empty"),
    "truncated": (_zip(BOOK)[:-30], "damaged"),
    "no sheets": (_zip({**BOOK, "xl/workbook.xml": f'<workbook xmlns="{SPACE}"/>'.encode()}),
                  "sheets"),
    "not xml": (_zip({**BOOK, "xl/workbook.xml": b"<workbook"}), "damaged"),
    "bomb": (_zip({**BOOK, "xl/sharedStrings.xml": b"\0" * 60_000_000}), "times its size"),
    "too many parts": (_zip({**BOOK, **{f"x{n}": b"" for n in range(10_001)}}), "entries"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_refused_by_name_with_a_remedy(tmp_path: Path, other: Other, name: str) -> None:
    path = tmp_path / "catch.xlsx"
    path.write_bytes(FILES[name][0])
    _refused(path, other("f6-dates"), FILES[name][1])
    with pytest.raises(FileUnreadable):
        recognise(path)


def _refused(path: Path, profile: Profile, said: str) -> FileUnreadable:
    begun, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(FileUnreadable) as caught:
        list(read(path, profile))
    error = caught.value
    assert said in str(error)
    assert path.name in error.place
    assert error.expected
    assert error.remedy
    assert time.process_time() - begun < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # KiB
    return error


BILLION = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        (f'{BILLION}<worksheet xmlns="{SPACE}">&b;</worksheet>', "document type"),
        (f'<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet xmlns="{SPACE}"/>', "document type"),
        (f'<worksheet xmlns="{SPACE}">' + "<a>" * 100_000, "nested deeper"),
        (f'<worksheet xmlns="{SPACE}"><sheetData><row r="1"><c r="A1"', "damaged"),
        ('<row r="3"/><row r="2"/>', "row 2 after row 3"),
        ('<row r="1048577"/>', "row 1048577"),
        ('<row r="one"/>', "row number `one`"),
        ('<row r="1"><c r="XFE1"><v>1</v></c></row>', "cell `XFE1`"),
        ('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>', "out of order"),
        ('<row r="1"><c r="A1" t="s"><v>7</v></c></row>', "shared text `7`"),
    ],
)
def test_broken_sheets(raw_book: RawBook, other: Other, sheet: str, said: str) -> None:
    if sheet.startswith("<row"):
        sheet = f'<worksheet xmlns="{SPACE}"><sheetData>{sheet}</sheetData></worksheet>'
    path = raw_book(parts={"xl/worksheets/sheet1.xml": sheet})
    error = _refused(path, other("f6-dates"), said)
    assert "sheet1.xml" in error.place


def test_absurd_dimensions_cost_nothing(raw_book: RawBook, row_xml: RowXml, other: Other) -> None:
    path = raw_book(
        row_xml(1, *HEADS),
        row_xml(2, "cod", None, ("1", 0)),
        '<row r="1048576"><c r="XFD1048576" s="1"/></row>',
        before='<dimension ref="A1:XFD1048576"/>',
    )
    begun = time.process_time()
    (row,) = read(path, other("f6-dates"))
    assert row.accepted
    assert time.process_time() - begun < 1


def test_merged_ranges_over_the_whole_sheet_cost_nothing(
    raw_book: RawBook, row_xml: RowXml, other: Other
) -> None:
    merged = '<mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells>'
    path = raw_book(row_xml(1, *HEADS), row_xml(2, "cod", None, None), around=merged)
    begun = time.process_time()
    (row,) = read(path, other("f6-dates"))
    assert row.reasons  # `cod` is no result
    assert time.process_time() - begun < 1


def test_merged_ranges_that_overlap_are_damage(
    raw_book: RawBook, row_xml: RowXml, other: Other
) -> None:
    merged = '<mergeCells><mergeCell ref="A2:B3"/><mergeCell ref="B3:C4"/></mergeCells>'
    rows = [row_xml(n, "cod", None, ("1", 0)) for n in (2, 3)]
    _refused(raw_book(row_xml(1, *HEADS), *rows, around=merged), other("f6-dates"), "overlap")


def test_a_sheet_that_almost_fits_refuses_the_workbook(
    raw_book: RawBook, row_xml: RowXml, other: Other
) -> None:
    heads = (*HEADS[:2], "Cs-137 (Bq/L)")
    path = raw_book(row_xml(1, *heads), row_xml(2, "cod", None, ("1", 0)))
    error = _refused(path, other("f6-dates"), "lacks `Cs-137 (Bq/kg)`")
    assert "sheet `Fish`" in error.place


def test_a_sheet_the_profile_names_must_be_there(
    raw_book: RawBook, row_xml: RowXml, other: Other
) -> None:
    from msgspec.structs import replace

    from fairwater.intake.profile import Workbook

    path = raw_book(row_xml(1, *HEADS), row_xml(2, "cod", None, ("1", 0)))
    named = replace(other("f6-dates"), workbook=Workbook(sheets=("Catch",)))
    _refused(path, named, "no sheet `Catch`; the workbook has `Fish`")


def test_a_header_alone_says_nothing(raw_book: RawBook, row_xml: RowXml, other: Other) -> None:
    _refused(raw_book(row_xml(1, *HEADS)), other("f6-dates"), "no row")


def test_external_links_pictures_and_embedded_files_are_not_touched(
    raw_book: RawBook, row_xml: RowXml, other: Other
) -> None:
    path = raw_book(
        row_xml(1, *HEADS),
        row_xml(2, "cod", None, "<c><f>[1]Other!A1</f><v>3</v></c>"),
        parts={
            "xl/externalLinks/externalLink1.xml": BILLION,
            "xl/embeddings/inner.xlsx": _zip({"x": b"\0" * 1000}),
            "xl/media/image1.png": b"not a picture",
        },
    )
    (row,) = read(path, other("f6-dates"))
    assert row.accepted
    assert row.flags == ("formula_value",)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("",), "a sheet without a name"),
        (("x" * 10_000,), "a sheet name of 10,000 characters"),
        (("a&#x202e;b",), "characters that show nothing"),
        (("a&#10;b",), "characters that show nothing"),
        (("Fish", "Fish"), "two sheets of one name"),
    ],
)
def test_sheet_names_by_which_nobody_finds_a_cell(
    raw_book: RawBook, row_xml: RowXml, other: Other, names: tuple[str, ...], said: str
) -> None:
    sheets = "".join(f'<sheet name="{name}" sheetId="1" r:id="rId1"/>' for name in names)
    path = raw_book(row_xml(1, *HEADS), sheets=sheets)
    _refused(path, other("f6-dates"), said)
