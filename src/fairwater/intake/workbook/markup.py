"""The XML inside a workbook, read in pieces: elements of the spreadsheet's own names only.

Refused: a document type (and so every entity of its own and every outside file), elements
nested deeper than any sheet. Elements of other vocabularies (extensions, drawings) are passed
over with all they hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from xml.parsers import expat

from fairwater.intake.workbook.container import Container

MAX_DEPTH = 64
_MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/package/2006/relationships",
)
RELATION_IDS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
Attributes = dict[str, str]


class Elements:
    """Callbacks for the elements of one part; subclasses say what they look for."""

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins; `name` is without its vocabulary."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """A piece of text."""


class _Refused(Exception):
    pass


def parse(container: Container, part: str, into: Elements) -> None:
    """Read a whole part."""
    for _ in parse_in_steps(container, part, into):
        pass


def parse_in_steps(container: Container, part: str, into: Elements) -> Iterator[None]:
    """Read a part; a step after each piece, so that what was found can be taken away."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    local: dict[str, str] = {}
    depth = foreign = 0

    def named(name: str) -> str:
        space, _, own = name.rpartition("}")
        known = own if space in _MAIN or not space else ""
        if len(local) < 10_000:
            local[name] = known
        return known

    def start(name: str, attributes: Attributes) -> None:
        nonlocal depth, foreign
        depth += 1
        if depth > MAX_DEPTH:
            raise _Refused(f"elements nested deeper than {MAX_DEPTH}")
        own = local.get(name)
        if own is None:
            own = named(name)
        if foreign or not own:
            foreign += 1
        else:
            into.start(own, attributes)

    def end(name: str) -> None:
        nonlocal depth, foreign
        depth -= 1
        if foreign:
            foreign -= 1
        else:
            into.end(local[name])

    def text(data: str) -> None:
        if not foreign:
            into.text(data)

    def document_type(*_: object) -> None:
        raise _Refused("it declares a document type; a workbook has none")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = document_type
    yield from _fed(parser.Parse, container.stream(part), container, part)


def _fed(
    feed: Callable[[bytes, bool], object],
    pieces: Iterable[bytes],
    container: Container,
    part: str,
) -> Iterator[None]:
    try:
        for piece in pieces:
            feed(piece, False)
            yield
        feed(b"", True)
        yield
    except (_Refused, expat.ExpatError) as error:
        raise container.damaged(part, str(error)) from error
