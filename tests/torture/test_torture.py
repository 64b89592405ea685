"""A tenth of `./run torture`, with a fixed seed: 20 kills, and proof that it would notice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


def torture(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.torture", *arguments],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_twenty_kills_lose_nothing() -> None:
    done = torture("--kills", "20", "--seed", "20310401")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "20 kills (" in done.stdout
    assert "nothing acknowledged was lost" in done.stdout


def test_an_acknowledgement_before_its_commit_is_noticed() -> None:
    done = torture("--kills", "20", "--seed", "1", "--work", "tests.torture.broken:too_early")
    assert done.returncode != 0
    assert "were acknowledged" in done.stderr


def test_a_segment_written_over_is_noticed() -> None:
    done = torture("--kills", "20", "--seed", "1", "--work", "tests.torture.broken:in_place")
    assert done.returncode != 0
    assert "JournalDamaged" in done.stderr
