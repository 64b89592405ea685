"""Real imports as the killed process's work: small published tables, read by a profile."""

from __future__ import annotations

import csv
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.torture.work import Report

from fairwater.archive import project
from fairwater.intake import load_profile
from fairwater.node.config import NodeConfig
from fairwater.node.importing import import_file
from fairwater.node.node import Node

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
HEADINGS = (EXAMPLES / "harbour-2024.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
PROFILE = load_profile(EXAMPLES / "harbour.yaml")


def imports(folder: Path, rng: random.Random, report: Report) -> None:
    """Tables of up to a few hundred rows, some not readable, each projected, for ever."""
    at = datetime(2031, 4, 1, tzinfo=UTC)
    node = Node(NodeConfig(folder=folder, party="p", name="p"), lambda: at)
    while True:
        at = datetime(2031, 4, 1, tzinfo=UTC) + timedelta(seconds=node.journal.size)
        table = folder / f"harbour-{rng.randrange(10**9)}.csv"
        with table.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADINGS)
            writer.writerows(_row(rng) for _ in range(rng.choice((1, 5, 50, 400))))
        report("begin", "append")
        import_file(node, table, PROFILE)
        report("done", "append", node.journal.size, node.journal.digest())
        report("begin", "project")
        done = project(node.journal, node.config.archive, wait_s=0)
        report("done", "project", done.size, node.journal.digest(done.size))


def _row(rng: random.Random) -> list[str]:
    day = f"2024-0{rng.randrange(1, 7)}-{rng.randrange(1, 31):02d}"  # February has 30 now and then
    value = rng.choice((f"{rng.uniform(1, 200):.1f}", f"<{rng.uniform(1, 9):.1f}", "1.2.4", "-"))
    return [day, day, "East Bay", rng.choice("NSEW"), "fish", rng.choice(("flounder", "sea bass")),
            "Harbour Lab", "<4.1", value, value]  # fmt: skip
