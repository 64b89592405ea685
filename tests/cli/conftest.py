"""Run the program as a person would: words in, exit code, stdout and stderr out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from fairwater import __main__ as program


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Fairwater = Callable[..., Ran]


@pytest.fixture
def fairwater(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Fairwater:
    """Call `fairwater` in this process, in a folder of its own, with no node named."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FAIRWATER_NODE", raising=False)

    def call(*words: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["fairwater", *map(str, words)])
        capsys.readouterr()
        code = program.main()
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return call
