"""The standing evidence of the demo: invented in one file, as published and told in the other.

    invented()     parties, bindings, registers, documents, plants, consignments; all invented
    resumption()   the announcement of June 2025 and what the press told of November 2025

Records of both go beside the measured figures (`demo_figures`). Nothing invented
names a real region as the place of a sample.
"""

from __future__ import annotations

from importlib import resources

from fairwater.node import statements
from fairwater.records import Record

INVENTED = "standing_invented.yaml"
RESUMPTION = "press_resumption.yaml"

_DATA = resources.files("fairwater.node") / "demo_data"


def invented() -> list[Record]:
    """The invented set, in the order of its file."""
    return _read(INVENTED)


def resumption() -> list[Record]:
    """The real statements of 2025, in the order of their file."""
    return _read(RESUMPTION)


def _read(name: str) -> list[Record]:
    return statements.read((_DATA / name).read_text(encoding="utf-8"), name)
