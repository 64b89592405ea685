"""The Python of the documentation runs, page by page, on the node that the demo leaves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fairwater.node import demo

REPOSITORY = Path(__file__).resolve().parents[2]
PAGES = sorted(
    page
    for page in (REPOSITORY / "docs").rglob("*.md")
    if "```python" in page.read_text(encoding="utf-8")
)
_BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    demo.run(folder / "demo")
    return folder


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_page_runs(page: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    blocks = _BLOCK.findall(page.read_text(encoding="utf-8"))
    assert blocks
    known: dict[str, object] = {"__name__": "page"}
    for number, block in enumerate(blocks, 1):
        exec(compile(block, f"{page.name}, block {number}", "exec"), known)
