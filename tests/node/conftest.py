"""What the tests of a briefing share: the demo's node told on, and told under assumed decisions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from fairwater.node.briefing import Briefing
    from fairwater.node.node import Node

LATER = date(2026, 2, 28)
"""The demo's later figures are known by then: those of the sea area were published that month."""


@pytest.fixture(scope="session")
def demo_afterwards(demo_node: Node) -> Briefing:
    """One side as of the published figures, looking on to what came later."""
    from fairwater.node import demo
    from fairwater.node.briefing import Wanted, brief

    wanted = Wanted(
        agreements=demo.AGREEMENTS[:1],
        as_of=demo.FIGURES_END,
        knowledge="resulted",
        later=LATER,
        dossiers=0,
    )
    return brief(demo_node, wanted)
