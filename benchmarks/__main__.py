"""``python -m benchmarks`` times the main job beside peers; ratios and peak memory, no verdict.

python -m benchmarks                 everything
python -m benchmarks PHASE FOLDER    one part, as JSON (used by the former)
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import phases
from benchmarks.table import table

RUNS = {
    "import": lambda folder: phases.importing(table(folder)[0], folder / "node"),
    "import-peer": lambda folder: phases.importing_peer(table(folder)[0], folder / "node"),
    "rule": lambda folder: phases.rule(folder / "node", every_food=False),
    "rule-every-food": lambda folder: phases.rule(folder / "node", every_food=True),
    "rule-peer": lambda folder: phases.rule_peer(folder / "node"),
    "three": lambda folder: phases.three(folder / "node", every_food=False),
    "three-every-food": lambda folder: phases.three(folder / "node", every_food=True),
    "three-compared": lambda folder: phases.comparing(folder / "node"),
    "three-peer": lambda folder: phases.three_peer(folder / "node"),
    "report": lambda folder: phases.reporting(folder / "node"),
    "report-peer": lambda folder: phases.reporting_peer(folder / "node"),
}


def main(arguments: list[str]) -> int:
    """Run one phase, or all of them and print what they took."""
    if arguments:
        name, folder = arguments
        figures = RUNS[name](Path(folder))
        own, parts = (
            resource.getrusage(who).ru_maxrss
            for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        print(json.dumps(figures | {"peak_mib": own // 1024, "peak_part_mib": parts // 1024}))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        _, what = table(Path(folder))
        print(f"{what}; {os.cpu_count()} cores, Python {platform.python_version()}")
        _print({name: _run(name, folder) for name in RUNS})
    return 0


def _run(name: str, folder: str) -> dict[str, Any]:
    print(f"  {name} ...", file=sys.stderr)
    command = [sys.executable, "-m", "benchmarks", name, folder]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _print(found: dict[str, dict[str, Any]]) -> None:
    ours, plain = found["import"], found["import-peer"]
    print(f"import, {ours['rows']:,} rows, projected     {_line(ours)}")
    print(f"  beside csv.reader to JSON lines     {_line(plain)}  {_ratio(ours, plain)}")
    for name, title in (("rule", "seafood"), ("rule-every-food", "every food")):
        one = found[name]
        print(
            f"rule over {title}: {one['rows']:,} rows, {one['units']:,} units, {one['openings']:,}"
        )
        print(f"  eligible intervals, loading included {_line(one)}")
        print(f"  beside one naive window query       {_line(found['rule-peer'])}  "
              f"{_ratio(one, found['rule-peer'])}")  # fmt: skip
        again = one["one_more_s"]
        print(f"  one more result, its unit again     {again * 1000:8.1f} ms    "
              f"{again / one['s']:.3f} of the whole")  # fmt: skip
    peer = found["three-peer"]
    for name, title in (("three", "seafood"), ("three-every-food", "every food")):
        one = found[name]
        print(
            f"three agreements over {one['held']:,} rows, {title}: {one['rows']:,} rows, "
            f"{one['units']:,} units, {one['openings']:,}"
        )
        print(f"  eligible intervals, loading included {_line(one)}")
        print(f"  beside three naive window queries   {_line(peer)}  {_ratio(one, peer)}")
    one = found["three-compared"]
    print(f"  seafood compared, hindsight included {_line(one)}  "
          f"{one['differ']:,} units part, {one['agree']:,} do not")  # fmt: skip
    told, bare = found["report"], found["report-peer"]
    print(f"report of the seafood history, three agreements, {told['units']:,} units")
    print(f"  gathered, page and PDF              {_line(told)}  "
          f"{told['gathering_s']:.1f} + {told['drawing_s']:.1f} s, "
          f"{told['page_bytes'] / 1e6:.2f} and {told['pdf_bytes'] / 1e6:.2f} MB")  # fmt: skip
    print(f"  beside a bare table of counts       {_line(bare)}  {_ratio(told, bare)}")


def _line(figures: dict[str, Any]) -> str:
    peak = max(figures["peak_mib"], figures["peak_part_mib"])
    return f"{figures['s']:8.2f} s {peak:7,} MiB at most"


def _ratio(ours: dict[str, Any], peer: dict[str, Any]) -> str:
    return f"ratio {ours['s'] / peer['s']:.1f}"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
