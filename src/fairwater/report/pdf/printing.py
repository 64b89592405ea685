"""From a briefing to the bytes of a PDF.

The typesetter is typst: it reads the template beside this module, the document as JSON, and
the fonts of `report.fonts`, and nothing else of the machine. It writes PDF/A-2a (an archive can
print it in fifty years; a character without a glyph is an error, not a blank) and PDF/UA-1
(tagged, titled, every picture described) at once.
"""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal

import msgspec

from fairwater.node.briefing.content import Briefing
from fairwater.report import fonts
from fairwater.report.document import Document, LanguageCode
from fairwater.report.figures import paper, symbol
from fairwater.report.figures.look import TOKENS_LIGHT
from fairwater.report.figures.symbols import NAMES
from fairwater.report.pdf.characters import Characters
from fairwater.report.pdf.packing import packed
from fairwater.report.pdf.plain import Plain, Printer
from fairwater.report.words import language

STANDARDS: Final[tuple[Literal["a-2a", "ua-1"], ...]] = ("a-2a", "ua-1")
"""PDF/A-2, level a, and PDF/UA-1. PDF/A-4 is PDF 2.0, which PDF/UA-1 does not know."""
LISTED: Final = 40
"""Characters without a glyph that are listed; further ones are counted."""


def pdf(briefing: Briefing, code: LanguageCode) -> bytes:
    """The report of a briefing as a PDF.

    Parameters
    ----------
    briefing : Briefing
        What is told.
    code : {'en', 'zh', 'ja'}
        The language it is told in.

    Returns
    -------
    bytes
        PDF/A-2a and PDF/UA-1. The same briefing gives the same bytes.
    """
    from fairwater.report.telling import document

    told = document(briefing, code, paper(fonts.REGULAR))
    return printed(told, briefing.clocks.as_of)


def printed(document: Document, day: date) -> bytes:
    """A document as a PDF, dated `day` (00:00 UTC).

    Parameters
    ----------
    document : Document
        What is printed. Its drawings hold literal colours (`figures.paper`).
    day : date
        The day written into the file as that of its making.

    Returns
    -------
    bytes
        PDF/A-2a and PDF/UA-1.
    """
    import typst

    content = plain(document, day)
    template = resources.files(__package__).joinpath("report.typ").read_bytes()
    with TemporaryDirectory(prefix="fairwater-pdf-") as empty:
        places = [str(fonts.folder())]
        if document.lang == "zh":
            (Path(empty) / "fonts").mkdir()
            (Path(empty) / "fonts" / "chinese.otf").write_bytes(fonts.chinese())
            places.append(str(Path(empty) / "fonts"))
        compiler = typst.Compiler(
            template,
            root=empty,
            font_paths=typst.Fonts(
                include_system_fonts=False, include_embedded_fonts=False, font_paths=places
            ),
            sys_inputs={"report": msgspec.json.encode(content).decode()},
            package_path=empty,
            package_cache_path=empty,
        )
        made = compiler.compile(
            format="pdf",
            pdf_standards=list(STANDARDS),
            timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        )
    if not isinstance(made, bytes):
        raise TypeError(f"the typesetter gave {type(made).__name__}, expected the bytes of a PDF")
    return packed(made)


def plain(document: Document, day: date) -> Plain:
    """Everything the template reads."""
    characters = Characters()
    printer = Printer(document, characters)
    content = printer.document()
    look = paper(fonts.REGULAR)
    return content | {
        "day": [day.year, day.month, day.day],
        "colours": TOKENS_LIGHT,
        "fonts": {"text": fonts.TEXT_FAMILIES, "strong": fonts.STRONG_FAMILIES},
        "symbols": {name: symbol(name, look) for name in NAMES},
        "missing": _missing(document.lang, characters, printer),
    }


def _missing(code: LanguageCode, characters: Characters, printer: Printer) -> list[object]:
    """The note on characters without a glyph, the most frequent first."""
    found = sorted(characters.missing.items(), key=lambda pair: (-pair[1], pair[0]))
    if not found:
        return []
    words = language(code)
    items = [
        words.say(
            "pdf.missing_one",
            code=f"U+{ord(char):04X}",
            name=unicodedata.name(char, ""),
            times=times,
        )
        for char, times in found[:LISTED]
    ]
    if len(found) > LISTED:
        items.append(words.say("pdf.missing_more", n=len(found) - LISTED))
    return [
        printer.phrase(words.say("pdf.missing", n=len(found))),
        printer.phrase(words.listed(items)),
    ]
