"""What the browser harness is there to catch, it catches: each fault alone, in its own page."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

GOOD = (
    '<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
    '<meta name="viewport" content="width=device-width"></head><body><main><h1>{title}</h1>'
    "{body}</main></body></html>"
)


@pytest.fixture
def page(tmp_path: Path) -> Any:
    def written(body: str, lang: str = "en", title: str = "Report") -> Path:
        file = tmp_path / "page.html"
        file.write_text(GOOD.format(body=body, lang=lang, title=title), encoding="utf-8")
        return file

    return written


def test_a_plain_page_passes_every_check(harness: ModuleType, browser: Any, page: Any) -> None:
    file = page('<p>Plain.</p><p><a href="#x" style="display:block;min-height:24px">Go</a></p>'
                '<p id="x">There.</p>')  # fmt: skip
    with harness.opened(browser, file, width=320) as sheet:
        assert sheet.sideways() == 0
        assert sheet.violations() == []
        assert sheet.small_targets() == []
        assert sheet.reachable() == []
        assert sheet.asked == []
        assert harness.foreign(sheet.words(), "en") == []


def test_a_page_wider_than_its_window_is_caught(
    harness: ModuleType, browser: Any, page: Any
) -> None:
    with harness.opened(browser, page('<p style="width:600px">wide</p>'), width=390) as sheet:
        assert sheet.sideways() >= 200


@pytest.mark.parametrize(
    "body",
    [
        '<img src="http://192.0.2.1/a.png" alt="a">',
        '<img src="other.png" alt="a">',
        '<p style="background:url(https://a.example/b)">x</p>',
        "<script>fetch('https://a.example/c').catch(() => 0)</script>",
    ],
)
def test_a_request_beyond_the_file_is_caught(
    harness: ModuleType, browser: Any, page: Any, body: str
) -> None:
    with harness.opened(browser, page(body), width=390) as sheet:
        sheet.page.wait_for_timeout(50)
        assert len(sheet.asked) == 1


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ('<p style="color:#aaa">pale</p>', "color-contrast"),
        ('<svg role="img" width="9" height="9"></svg>', "svg-img-alt"),
        ('<p lang="nonsense-tag">x</p>', "valid-lang"),
    ],
)
def test_what_the_automated_checker_finds_is_told(
    harness: ModuleType, browser: Any, page: Any, body: str, rule: str
) -> None:
    with harness.opened(browser, page(body), width=390) as sheet:
        assert [text.partition(":")[0] for text in sheet.violations()] == [rule]


def test_contrast_alone_is_told_too(harness: ModuleType, browser: Any, page: Any) -> None:
    body = '<p>dark</p><p style="color:#aaa">pale</p><svg role="img"></svg>'
    with harness.opened(browser, page(body), width=390) as sheet:
        found = sheet.violations(contrast_only=True)
        assert [text.partition(":")[0] for text in found] == ["color-contrast"]


def test_a_small_target_is_caught(harness: ModuleType, browser: Any, page: Any) -> None:
    body = '<p><a href="#" style="display:block;width:90px;height:20px">low</a></p>'
    with harness.opened(browser, page(body), width=390) as sheet:
        assert len(sheet.small_targets()) == 1


def test_a_stop_without_a_mark_is_caught(harness: ModuleType, browser: Any, page: Any) -> None:
    body = '<a href="#" style="outline:none">plain</a> <a href="#">marked</a>'
    with harness.opened(browser, page(body), width=390) as sheet:
        assert sheet.reachable() == ["0 shows no mark"]


@pytest.mark.parametrize(
    ("lang", "text", "caught"),
    [
        ("zh-Hans", "样品 Cs-137 500 Bq/kg，协议 A", False),
        ("zh-Hans", "样品 fails", True),
        ("zh-Hans", "サンプル", True),
        ("zh-Hans", "検体", True),
        ("zh-Hans", '<span lang="ja">検体</span>', False),
        ("ja", "検体は満たす", False),
        ("ja", "样品", True),
        ("ja", '<b aria-label="holds">満たす</b>', True),
        ("en", "the sample 検体", True),
        ("en", "missing {name}", True),
        ("en", "<svg><title>Series: 検体</title></svg>", True),
        ("en", "<b lang='ja'>検体</b><svg><title>Series: 検体</title></svg>", False),
    ],
)
def test_words_of_another_language_are_caught(
    harness: ModuleType, browser: Any, page: Any, lang: str, text: str, caught: bool
) -> None:
    title = "Fairwater"
    with harness.opened(browser, page(f"<p>{text}</p>", lang, title), width=390) as sheet:
        assert bool(harness.foreign(sheet.words(), lang)) is caught
