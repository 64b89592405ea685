"""The commands in the documentation do what it says they do.

In every page, each ```console block is run line by line in a folder of the
page's own (a copy of `docs/examples`), in order. A line after a command is expected
output; a line that is only `...` stands for any lines, ` ...` at its end for its rest.
A block may say the exit code as `# exit 3` on the line after the command.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fairwater import __main__ as program

REPOSITORY = Path(__file__).resolve().parents[2]
PAGES = sorted(
    page
    for page in [REPOSITORY / "README.md", *(REPOSITORY / "docs").rglob("*.md")]
    if "```console" in page.read_text(encoding="utf-8")
)
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def commands(page: Path) -> list[tuple[str, int, str]]:
    """Every command of a page with its expected exit code and output."""
    found: list[tuple[str, int, str]] = []
    for block in _BLOCK.findall(page.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, rest = part.partition("\n")
            while command.endswith("\\"):
                more, _, rest = rest.partition("\n")
                command = command[:-1] + more.removeprefix("> ").strip()
            code = 0
            if match := re.match(r"# exit (\d+)\n?", rest):
                code, rest = int(match[1]), rest[match.end() :]
            found.append((command.strip(), code, rest.strip("\n")))
    return found


def matches(expected: str, printed: str) -> bool:
    """Whether the printed lines are the expected ones, `...` standing for any lines."""
    parts = re.split(r"(?m)^\.\.\.\n", expected.strip("\n") + "\n")
    escaped = (re.escape(part).replace(re.escape(" ...\n"), r" [^\n]*\n") for part in parts)
    pattern = r"(?:.*\n)?".join(escaped)
    return re.fullmatch("(?s)" + pattern, printed.strip("\n") + "\n") is not None


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(REPOSITORY)))
def test_every_command_of_the_page(
    page: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "work"
    shutil.copytree(REPOSITORY / "docs" / "examples", folder)
    monkeypatch.chdir(folder)
    monkeypatch.delenv("FAIRWATER_NODE", raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    for command, code, expected in commands(page):
        if command.startswith("./run"):
            continue  # the two commands of the README are what runs this test
        words = shlex.split(command)
        assert words[0] in {"fairwater", "cat", "rm", "export", "head"}, command
        if words[0] == "export":
            name, _, value = words[1].partition("=")
            monkeypatch.setenv(name, value)
            continue
        capfd.readouterr()
        assert ran(command, words, monkeypatch) == code, f"{command}\n{capfd.readouterr()}"
        printed = "".join(capfd.readouterr())
        if expected:
            assert matches(expected, printed), (
                f"{command}\n--- expected\n{expected}\n--- printed\n{printed}"
            )


def ran(command: str, words: list[str], monkeypatch: pytest.MonkeyPatch) -> int:
    """Exit code of a command: ours in this process, where no shell is needed."""
    if words[0] == "fairwater" and not set("|<>*$;&") & set(command):
        monkeypatch.setattr(sys, "argv", words)
        return program.main()
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        command, shell=True, env=os.environ | {"PATH": path}, timeout=120, check=False
    ).returncode


def test_the_matcher_is_strict() -> None:
    assert matches("a\n...\nd", "a\nb\nc\nd\n")
    assert matches("a\n...", "a")
    assert not matches("a\nd", "a\nb\nd")
    assert not matches("a", "ab")
    assert matches("a ...\nb", "a c d\nb")
    assert not matches("a ...\nb", "a c\nd\nb")
