"""What every test may use: the shared data sets, the demo's node and what a report tells of it."""

from __future__ import annotations

import importlib.util
import os
import sys
from datetime import UTC, datetime, time
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from fairwater.node.briefing import Briefing
    from fairwater.node.node import Node

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of the shared references and public data; in CI its absence is a failure."""
    folder = Path(os.environ.get("FAIRWATER_SHARED", REPOSITORY.parent / "shared"))
    if not (folder / "data").is_dir():
        message = (
            f"the shared data sets are not at {folder}; this test compares with them. "
            "Set FAIRWATER_SHARED to the folder that holds data/ and reference/."
        )
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return folder


@pytest.fixture(scope="session")
def plainly() -> ModuleType:
    """`plainly.py`: the demo's evidence read from its source lines, without the program."""
    spec = importlib.util.spec_from_file_location("tests_plainly", HERE / "plainly.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def demo_node(tmp_path_factory: pytest.TempPathFactory, plainly: ModuleType) -> Node:
    """A node filled as `fairwater demo` fills it, every record accepted on one stated day."""
    from fairwater.node import demo, demo_figures, demo_standing
    from fairwater.node.agreements import find, record_of
    from fairwater.node.node import Node
    from fairwater.records import RoleBinding

    accepted = datetime.combine(plainly.ACCEPTED, time(3), tzinfo=UTC)
    folder = tmp_path_factory.mktemp("told") / "node"
    node = Node.create(
        folder, party=demo_figures.PARTY, name=demo_figures.NAME, clock=lambda: accepted
    )
    others = [
        *demo.PARTIES,
        RoleBinding(agreement=demo.AGREEMENT, roles=demo.ROLES),
        *(record_of(find(None, name)) for name in demo.AGREEMENTS),
        *demo_standing.invented(),
        *demo_standing.resumption(),
    ]
    demo_figures.fill(node, others)
    node.archive()
    return node


@pytest.fixture(scope="session")
def demo_briefing(demo_node: Node) -> Briefing:
    """What a report tells of it: three agreements on the published figures, as recorded."""
    from fairwater.node import demo
    from fairwater.node.briefing import Wanted, brief

    return brief(
        demo_node,
        Wanted(agreements=demo.AGREEMENTS, as_of=demo.FIGURES_END, knowledge="resulted"),
    )
