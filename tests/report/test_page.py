"""The page as a document: well formed, self-contained, escaped, and its numbers tie out.

Parsed with the standard library's parser; the layout is asked of a browser in
`test_browser.py`. Numbers are counted from the briefing by another way than the report's.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from fairwater.node.briefing.content import Briefing
from fairwater.report.document import CODES, LanguageCode
from fairwater.report.page import report

VOID = frozenset({"meta", "br", "use", "path", "rect", "circle", "line", "stop"})
TAGS = frozenset(
    re.findall(
        r"\w+",
        """html head meta title style body a svg defs symbol g use path rect circle line text desc
        lineargradient stop pattern div header main section nav p b bdi span code ul li h1 h2 h3
        figure figcaption details summary table caption thead tbody tr th td dl dt dd footer br""",
    )
)
HOSTILE = "\"'><script>alert(1)</script><img src=//evil.example/x onerror=alert(2)>{{7*7}}]]>&lt;"


class Page(HTMLParser):
    """Every element with its attributes, ids, and text by element."""

    def __init__(self, content: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.texts: list[str] = []
        self.feed(content.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len(dict(attrs)), f"<{tag}> names an attribute twice"
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.texts.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def briefing(invented: ModuleType) -> Briefing:
    made: Briefing = invented.briefing()
    return made


@pytest.fixture(scope="module")
def pages(briefing: Briefing) -> dict[LanguageCode, Page]:
    return {code: Page(report(briefing, code)) for code in CODES}


@pytest.mark.parametrize("code", CODES)
def test_it_is_well_formed(pages: dict[LanguageCode, Page], code: LanguageCode) -> None:
    page = pages[code]
    assert page.unbalanced == []
    assert page.open == []
    assert {tag for tag, _ in page.elements} <= TAGS
    assert page.all("html") == [{"lang": {"en": "en", "zh": "zh-Hans", "ja": "ja"}[code]}]


@pytest.mark.parametrize("code", CODES)
def test_ids_are_unique_and_everything_named_is_there(
    pages: dict[LanguageCode, Page], code: LanguageCode
) -> None:
    page = pages[code]
    ids = [a["id"] for _, a in page.elements if "id" in a]
    assert len(ids) == len(set(ids))
    named = [a["href"][1:] for _, a in page.elements if (a.get("href") or "").startswith("#")]
    for _, attributes in page.elements:
        named += (attributes.get("aria-labelledby") or "").split()
        named += re.findall(r"url\(#([^)]+)\)", " ".join(str(v) for v in attributes.values()))
    assert len(named) > 100
    assert set(named) <= set(ids)


@pytest.mark.parametrize("code", CODES)
def test_nothing_is_asked_of_a_network_and_nothing_runs(
    pages: dict[LanguageCode, Page], code: LanguageCode
) -> None:
    page = pages[code]
    assert not page.all("script")
    policy = next(m["content"] for m in page.all("meta") if "http-equiv" in m)
    assert (policy or "").startswith("default-src 'none'")
    for tag, attributes in page.elements:
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            assert name not in ("src", "srcset", "style", "data", "action"), (tag, name)
            if "://" in (value or "") and name != "xmlns":
                assert (tag, name) == ("a", "href")


@pytest.mark.parametrize("code", CODES)
def test_tables_have_heads_and_captions_and_drawings_names(
    pages: dict[LanguageCode, Page], code: LanguageCode
) -> None:
    page = pages[code]
    assert len(page.all("caption")) == len(page.all("table")) > 15
    assert {a.get("scope") for a in page.all("th")} == {"row", "col"}
    drawings = [a for a in page.all("svg") if a.get("role") == "img"]
    assert len(drawings) > 10
    assert all(a.get("aria-labelledby") for a in drawings)
    others = [a for a in page.all("svg") if a.get("role") != "img"]
    inner = [a for a in others if a.get("overflow") == "visible"]
    assert all(a.get("aria-hidden") == "true" for a in others if a not in inner)


@pytest.mark.parametrize("code", CODES)
def test_the_same_briefing_gives_the_same_bytes(briefing: Briefing, code: LanguageCode) -> None:
    again = msgspec.convert(msgspec.to_builtins(briefing), Briefing)
    assert report(briefing, code) == report(again, code)


def test_another_process_another_place_another_time_zone_give_the_same_bytes(
    briefing: Briefing, tmp_path: Path
) -> None:
    data = tmp_path / "briefing.json"
    data.write_bytes(msgspec.json.encode(briefing))
    program = (
        "import sys, msgspec\n"
        "from fairwater.node.briefing.content import Briefing\n"
        "from fairwater.report.page import report\n"
        "read = msgspec.json.decode(open(sys.argv[1], 'rb').read(), type=Briefing)\n"
        "sys.stdout.buffer.write(report(read, 'ja'))\n"
    )
    environment = {**os.environ, "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7", "LANG": "C"}
    made = subprocess.run(
        [sys.executable, "-c", program, str(data)],
        cwd=tmp_path, env=environment, check=True, capture_output=True,
    ).stdout  # fmt: skip
    assert made == report(briefing, "ja")


def test_the_briefing_has_something_in_every_field_of_text(
    briefing: Briefing, poison: ModuleType
) -> None:
    """Else hostile text would not reach each of them below."""
    assert poison.unfilled(briefing) == set()


@pytest.fixture(scope="module")
def poisoned(briefing: Briefing, poison: ModuleType) -> tuple[Briefing, dict[str, str]]:
    """The briefing with every free text hostile."""
    made: tuple[Briefing, dict[str, str]] = poison.poisoned(briefing, (HOSTILE,))
    return made


@pytest.mark.parametrize("code", CODES)
def test_hostile_text_in_every_field_stays_text(
    poisoned: tuple[Briefing, dict[str, str]], code: LanguageCode
) -> None:
    briefing, seen = poisoned
    assert len(seen) > 200
    page = Page(report(briefing, code))
    assert page.unbalanced == []
    assert {tag for tag, _ in page.elements} <= TAGS
    for tag, attributes in page.elements:
        for name, value in attributes.items():
            assert re.fullmatch(r"[a-z][a-z0-9:-]*", name), (tag, name)
            assert not name.startswith("on")
            assert "<script" not in (value or "") or name in ("aria-label",), (tag, name, value)
            if name == "href":
                assert re.match(r"#[a-z]|https://law\.example/", value or ""), value
    text = "".join(page.texts)
    assert text.count("<script>alert(1)</script>") > 100
    assert text.count("{{7*7}}") > 100
    numbers = set(re.findall(r"\}\]\]>&lt; (n\d+) ", text))
    assert len(numbers) > 150


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        'https://law.example/7" onclick="x',
        "data:text/html,x",
        "//law.example",
    ],
)
def test_no_address_becomes_more_than_a_link(briefing: Briefing, url: str) -> None:
    side = briefing.sides[0]
    sources = (msgspec.structs.replace(side.sources[0], url=url),)
    changed = msgspec.structs.replace(
        briefing, sides=(msgspec.structs.replace(side, sources=sources), *briefing.sides[1:])
    )
    page = Page(report(changed, "en"))
    links = [a["href"] or "" for a in page.all("a") if not (a["href"] or "").startswith("#")]
    assert links == ([url] if url.startswith("https://") else [])
    assert not [a for _, a in page.elements if "onclick" in a]


def test_a_briefing_of_full_size_is_small_and_quick(invented: ModuleType) -> None:
    """500 units, six series of 2,000 results: below 3 MB, the issue's own bound."""
    briefing: Briefing = invented.briefing()
    many = tuple(
        msgspec.structs.replace(unit, number=number)
        for number, unit in enumerate(briefing.units * 17)
    )
    long = tuple(
        msgspec.structs.replace(one, points=(one.points * (2_000 // len(one.points) + 1))[:2_000])
        for one in (briefing.series * 2)[:6]
    )
    large = msgspec.structs.replace(briefing, units=many, series=long)
    assert len(report(large, "ja")) < 3_000_000
