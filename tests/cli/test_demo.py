"""The demo tells its story, and what it says to try next can be typed as it stands."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(sys.executable).parent / "fairwater"


def test_it_tells_the_story_and_the_commands_it_ends_with_work_as_printed(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "FAIRWATER_NODE"}
    environment["PATH"] = "/usr/bin:/bin"  # where the program is not

    def run(command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True,
            timeout=120, check=False,
        )  # fmt: skip

    told = run(f"{PROGRAM} demo").stdout
    for part in ("4,256 rows", "P30D", "never"):
        assert part in told
    assert {"fairwater.toml", "report.html", "report.pdf"} <= {
        path.name for path in (tmp_path / "demo").iterdir()
    }
    lines = [
        line.strip() for line in told.partition("Yours to read and to play with")[2].splitlines()
    ]
    commands = [line for line in lines if "--node" in line]
    assert len(commands) == 6
    for command in commands:
        ran = run(command)
        # A consignment that is not fit is a computed no.
        assert ran.returncode == ("consignment" in command), f"{command}\n{ran.stderr}"
        assert ran.stdout
