"""Files read, and what became of their rows."""

from __future__ import annotations

from fairwater.node.briefing.content import (
    Read,
)


def reads() -> tuple[Read, ...]:
    """Two files."""
    return (
        Read(
            document="a829.csv",
            sha256="12" * 32,
            rows=42_541,
            accepted=41_217,
            flagged=1_320,
            quarantined=4,
            flags={"spelling": 900, "era_assumed": 420},
            reasons={"unreadable_value": 4},
            publisher="Example ministry",
            citation="Results of monitoring, invented",
            address="https://data.example/a829.csv",
            profile="example_ministry",
            lineage="published_rows",
            published="2014-03-31",
            stated=42_537,
            lacks={"uncertainty": 42_537, "limit_kind": 30_000},
        ),
        Read(
            document="orbs.csv",
            sha256="34" * 32,
            rows=36,
            accepted=36,
            flagged=0,
            quarantined=0,
            flags={},
            reasons={},
        ),
    )
