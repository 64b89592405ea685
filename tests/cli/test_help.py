"""Every command has help with an example, quickly; what it prints is in the reference."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fairwater.cli.table import COMMANDS, GROUPS, Command, expanded

Fairwater = Callable[..., Any]
REPOSITORY = Path(__file__).resolve().parents[2]


def test_root_help_answers_in_half_a_second_and_loads_no_heavy_library() -> None:
    code = (
        "import sys; sys.argv = ['fairwater', '--help']\n"
        "from fairwater.__main__ import main\n"
        "main()\n"
        "heavy = {'duckdb', 'pyarrow', 'numpy', 'cyclopts', 'msgspec'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    begun = time.monotonic()
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    took = time.monotonic() - begun
    assert "usage: fairwater COMMAND" in ran.stdout
    assert took < 5, "half a second is measured in the benchmark; this only catches a blunder"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: " ".join(c.words))
def test_every_command_has_help_with_an_example(fairwater: Fairwater, command: Command) -> None:
    ran = fairwater(*command.words, "--help")
    assert ran.code == 0
    shown = command.words[0] if command.words[-1] == "list" else " ".join(command.words)
    assert f"Example: fairwater {shown}" in " ".join(ran.out.split())
    assert "--json" in ran.out


def test_groups_list_their_commands(fairwater: Fairwater) -> None:
    for group in GROUPS:
        ran = fairwater(group, "--help")
        assert ran.code == 0
        for command in COMMANDS:
            if command.words[0] == group:
                assert command.words[1] in ran.out


def test_a_group_without_a_command_does_its_default() -> None:
    assert expanded(["quarantine"]) == ["quarantine", "list"]
    assert expanded(["quarantine", "--reason", "x"]) == ["quarantine", "list", "--reason", "x"]
    assert expanded(["quarantine", "explain", "x"]) == ["quarantine", "explain", "x"]
    assert expanded(["quarantine", "--help"]) == ["quarantine", "--help"]
    assert expanded(["query", "x"]) == ["query", "x"]


def test_the_reference_pages_are_what_the_program_says() -> None:
    ran = subprocess.run(
        [sys.executable, str(REPOSITORY / "tools" / "reference.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, (
        f"{ran.stdout}\nmake them again: ./run exec python tools/reference.py"
    )
