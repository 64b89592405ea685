"""The report's page in a real Chromium: four widths, light, dark and print, three languages.

The briefing is the invented one of `invented`, so that nothing but this repository is
needed. Pictures of every state are kept in build/report-screenshots/ for people to look at.
"""

from __future__ import annotations

import io
import re
import unicodedata
from pathlib import Path
from types import ModuleType
from typing import Any

import pypdf
import pytest

from fairwater.report.page import report

CODES = ("en", "zh", "ja")
TAGS = {"en": "en", "zh": "zh-Hans", "ja": "ja"}
NARROW = 320
"""Narrower than the issue asks for: no rule of the checker but contrast is asked there."""
WIDTHS = (NARROW, 390, 820, 1440)
SCHEMES = ("light", "dark")
PAPER = 688
"""Pixels between the margins of a sheet: 210 mm less two of 14 mm, at 96 to the inch."""

ACTING = "\x00\x1b[31m\u202e\u2066 turned \u2028 next"
"""Controls and marks of direction that act on what stands beside them."""
FOLDED = """() => [...document.querySelectorAll('details')].flatMap(fold => {
  const texts = [], walk = document.createTreeWalker(fold, NodeFilter.SHOW_TEXT);
  for (let n = walk.nextNode(); n; n = walk.nextNode())
    if (!n.parentElement.closest('.hd, .sr, svg')) texts.push(n.data);
  return texts;
})"""
"""Every text in a fold, whether it is shown or not; labels for narrow screens left out."""


@pytest.fixture(scope="module")
def files(invented: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    briefing = invented.briefing()
    made = {}
    for code in CODES:
        made[code] = folder / f"report-{code}.html"
        made[code].write_bytes(report(briefing, code))
    return made


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("code", CODES)
def test_a_screen_of_any_width(
    harness: ModuleType,
    browser: Any,
    screenshots: Path,
    files: dict[str, Path],
    code: str,
    width: int,
) -> None:
    """No sideways scroll, no request, WCAG 2.2 A and AA, targets large enough; light, dark."""
    with harness.opened(browser, files[code], width=width) as sheet:
        assert sheet.sideways() == 0
        for scheme in SCHEMES:
            sheet.page.emulate_media(color_scheme=scheme)
            sheet.page.screenshot(path=screenshots / f"{code}-{width}-{scheme}-first.png")
        sheet.page.emulate_media(color_scheme="light")
        if width in (390, 1440):
            sheet.page.screenshot(path=screenshots / f"{code}-{width}-light.png", full_page=True)
        sheet.open_all()
        assert sheet.sideways() == 0
        assert sheet.small_targets() == []
        for scheme in SCHEMES:
            sheet.page.emulate_media(color_scheme=scheme)
            assert sheet.violations(contrast_only=scheme == "dark" or width == NARROW) == []
        assert sheet.asked == []


@pytest.mark.parametrize(("code", "scheme"), [("en", "dark"), ("zh", "light"), ("ja", "dark")])
def test_every_letter_has_contrast(
    harness: ModuleType, browser: Any, files: dict[str, Path], code: str, scheme: str
) -> None:
    """Every one, in each language; one of each kind, in both schemes, at every width above."""
    with harness.opened(browser, files[code], width=820, scheme=scheme) as sheet:
        sheet.open_all()
        assert sheet.violations(every_letter=True, contrast_only=True) == []


@pytest.mark.parametrize("code", CODES)
def test_no_string_is_left_in_another_language(
    harness: ModuleType, browser: Any, files: dict[str, Path], code: str
) -> None:
    with harness.opened(browser, files[code], width=820) as sheet:
        words = sheet.words()
        assert len(words) > 300
        assert harness.foreign(words, TAGS[code]) == []


@pytest.mark.parametrize("code", CODES)
def test_everything_is_reached_by_keyboard_and_shows_it(
    harness: ModuleType, browser: Any, files: dict[str, Path], code: str
) -> None:
    with harness.opened(browser, files[code], width=390) as sheet:
        assert sheet.stops() > 10
        assert sheet.reachable() == []


def test_a_fold_opens_by_keyboard(
    harness: ModuleType, browser: Any, files: dict[str, Path]
) -> None:
    with harness.opened(browser, files["ja"], width=820) as sheet:
        fold = sheet.page.locator("details:not([open])").first
        fold.locator("summary").first.focus()
        sheet.page.keyboard.press("Enter")
        assert sheet.page.locator("details[open]").count() >= 1


@pytest.mark.parametrize("code", CODES)
def test_it_reads_the_same_without_script(
    harness: ModuleType, browser: Any, files: dict[str, Path], code: str
) -> None:
    texts = []
    for script in (True, False):
        with harness.opened(browser, files[code], width=820, script=script) as sheet:
            texts.append(sheet.page.inner_text("main"))
            assert sheet.page.locator("script").count() == 0
    assert texts[0] == texts[1]
    assert len(texts[0]) > 2_000


@pytest.mark.parametrize("code", CODES)
def test_print_opens_every_fold_and_fits_the_paper(
    harness: ModuleType, browser: Any, screenshots: Path, files: dict[str, Path], code: str
) -> None:
    """What a printer gets holds every text of the page, folded or not."""
    with harness.opened(browser, files[code], width=PAPER, media="print") as sheet:
        assert sheet.sideways() == 0
        sheet.page.screenshot(path=screenshots / f"{code}-print.png")
        content = sheet.page.pdf(format="A4", print_background=True, prefer_css_page_size=True)
        folded = [
            text
            for text in sheet.page.evaluate(FOLDED)
            if re.fullmatch(r"[\x20-\x7e]{4,40}", text.strip())
        ]
        assert sheet.asked == []
    reader = pypdf.PdfReader(io.BytesIO(content))
    extracted = "".join(page.extract_text() for page in reader.pages)
    printed = re.sub(r"\s", "", unicodedata.normalize("NFKC", extracted))  # ligatures apart
    assert len(folded) > 20
    assert [text for text in folded if re.sub(r"\s", "", text) not in printed] == []
    (screenshots / f"{code}-print.pdf").write_bytes(content)


def test_texts_of_others_break_no_layout_and_run_nothing(
    harness: ModuleType,
    browser: Any,
    invented: ModuleType,
    printable: ModuleType,
    poison: ModuleType,
    screenshots: Path,
    tmp_path: Path,
) -> None:
    """Markup, scripts, 10,000 letters, right to left, marks on marks, in every field there is."""
    briefing, seen = poison.poisoned(invented.briefing(), (*printable.HOSTILE, ACTING))
    assert len(seen) > 200
    file = tmp_path / "hostile.html"
    file.write_bytes(report(briefing, "ja"))
    with harness.opened(browser, file, width=390) as sheet:
        said = []
        sheet.page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        for width in (390, 820, 1440):
            sheet.page.set_viewport_size({"width": width, "height": 900})
            assert sheet.sideways() == 0
            if width == 390:
                sheet.open_all()
                assert sheet.sideways() == 0
        sheet.page.screenshot(path=screenshots / "hostile-1440.png", full_page=True)
        assert sheet.asked == said == []
        assert sheet.page.locator("script, img, iframe, object, form").count() == 0
        assert "<script>alert(1)</script>" in sheet.page.inner_text("main")
