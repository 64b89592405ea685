"""Importing the facts reads no file, and needs none of the heavy libraries."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
import fairwater.facts as facts
assert not [name for name in opened if "/facts/data/" in name], opened
assert not {"yaml", "numpy", "pyarrow", "duckdb"} & set(sys.modules), sorted(sys.modules)
facts.find_category("x")
assert [name for name in opened if name.endswith("categories.yaml")]
assert not [name for name in opened if name.endswith("species.json")]
"""


def test_nothing_is_read_before_it_is_asked_for() -> None:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
