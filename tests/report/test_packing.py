"""Packing changes where a PDF's objects stand, never what they are.

Truth is pypdf in its strict mode: it reads both files and shares nothing with the packer.
"""

from __future__ import annotations

import io
import re
from datetime import date
from types import ModuleType
from typing import Any

import pypdf
import pytest

from fairwater.report import fonts
from fairwater.report.pdf import printing
from fairwater.report.pdf.packing import TOGETHER, NotPlain, packed


@pytest.fixture(scope="module")
def both(printable: ModuleType) -> tuple[bytes, bytes]:
    """A file as the typesetter writes it, and packed."""
    kept: list[bytes] = []
    patch = pytest.MonkeyPatch()
    patch.setattr(printing, "packed", lambda content: kept.append(content) or packed(content))
    made = printing.printed(printable.document("en", rows=80), date(2014, 2, 28))
    patch.undo()
    return kept[0], made


def objects(content: bytes) -> dict[int, Any]:
    """Every object of a file but those the packing itself adds."""
    reader = pypdf.PdfReader(io.BytesIO(content), strict=True)
    numbers = {number for places in reader.xref.values() for number in places}
    found = {}
    for number in numbers | set(reader.xref_objStm):
        got = reader.get_object(number)
        if getattr(got, "get", lambda _: None)("/Type") not in ("/ObjStm", "/XRef"):
            found[number] = got
    return found


def test_every_object_is_there_as_it_was(both: tuple[bytes, bytes]) -> None:
    plain, small = both
    before, after = objects(plain), objects(small)
    assert len(before) > 2 * TOGETHER
    assert set(after) == set(before)
    for number, old in before.items():
        assert written(after[number]) == written(old)


def written(thing: Any) -> bytes:
    """An object as pypdf writes it, its stream included."""
    into = io.BytesIO()
    thing.write_to_stream(into)
    return into.getvalue()


def test_it_is_smaller_and_reads_the_same(both: tuple[bytes, bytes]) -> None:
    plain, small = both
    assert len(small) < 0.8 * len(plain)
    first, second = (pypdf.PdfReader(io.BytesIO(content), strict=True) for content in both)
    assert first.metadata == second.metadata
    assert [p.extract_text() for p in first.pages] == [p.extract_text() for p in second.pages]
    assert first.trailer["/ID"] == second.trailer["/ID"]


def test_packing_twice_gives_the_same_bytes(both: tuple[bytes, bytes]) -> None:
    assert packed(both[0]) == both[1]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda content: b"",
        lambda content: content[:-10],
        lambda content: content.replace(b"startxref\n", b"startxref\n9"),
        lambda content: re.sub(rb"\n(\d+) 0 obj", rb"\n1\1 0 obj", content, count=5),
        lambda content: packed(content),
    ],
)
def test_another_form_of_file_is_refused(both: tuple[bytes, bytes], wrong: Any) -> None:
    with pytest.raises(NotPlain):
        packed(wrong(both[0]))


def test_a_font_with_exchanged_tables_is_whole() -> None:
    """fontTools checks every checksum of the directory."""
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(fonts.chinese()), checkChecksums=2)
    for tag in list(font.reader.tables):
        assert font.reader[tag]
