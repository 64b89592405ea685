"""Fairwater: radioactivity measurements in, seafood-trade decisions out.

    import fairwater
    node = fairwater.open("demo")        # see fairwater.notebook

The rooms are subpackages and are imported when named: a notebook that needs
`fairwater.quantities` does not pay for the archive's libraries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from fairwater.notebook import open_node as open

__all__ = ["open"]


def __getattr__(name: str) -> Any:
    if name == "open":
        from fairwater.notebook import open_node

        return open_node
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
