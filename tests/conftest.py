"""What every test may use: the shared data sets and references, where they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of the shared references and public data; in CI its absence is a failure."""
    folder = Path(os.environ.get("FAIRWATER_SHARED", REPOSITORY.parent / "shared"))
    if not (folder / "data").is_dir():
        message = (
            f"the shared data sets are not at {folder}; this test compares with them. "
            "Set FAIRWATER_SHARED to the folder that holds data/ and reference/."
        )
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return folder
