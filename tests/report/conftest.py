"""The browser the report's pages are opened in, and where its pictures are kept."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
SCREENSHOTS = HERE.parent.parent / "build" / "report-screenshots"


def _neighbour(name: str) -> ModuleType:
    """A module or a package of this folder, which is no package itself."""
    known = sys.modules.get(f"report_tests_{name}")
    if known is not None:
        return known
    folder = HERE / name
    spec = importlib.util.spec_from_file_location(
        f"report_tests_{name}",
        folder / "__init__.py" if folder.is_dir() else HERE / f"{name}.py",
        submodule_search_locations=[str(folder)] if folder.is_dir() else None,
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def printable() -> ModuleType:
    """`printable.py`: a document with every kind of block."""
    return _neighbour("printable")


@pytest.fixture(scope="session")
def invented() -> ModuleType:
    """`invented`: a briefing with everything in it."""
    return _neighbour("invented")


@pytest.fixture(scope="session")
def poison() -> ModuleType:
    """`poison.py`: hostile text in every field of a briefing."""
    return _neighbour("poison")


@pytest.fixture(scope="session")
def harness() -> ModuleType:
    """`browser.py`: what is asked of a page in a real browser."""
    return _neighbour("browser")


@pytest.fixture(scope="session")
def browser(harness: ModuleType) -> Iterator[Any]:
    """One Chromium for all tests of a process; in CI its absence is a failure."""
    path = harness.executable()
    if path is None:
        message = "no Chromium here: run tools/browser.sh, or set FAIRWATER_CHROMIUM to one"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = harness.launched(playwright, path)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Folder of pictures, kept by CI for people to look at."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    return SCREENSHOTS
