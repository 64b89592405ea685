"""NAME=VALUE pairs, as `--set` and `--unit` take them."""

from __future__ import annotations

from collections.abc import Sequence

from fairwater.cli.exits import USAGE, Failure


def pairs(texts: Sequence[str] | None, option: str = "--set") -> dict[str, str]:
    """Pairs of repeated NAME=VALUE texts.

    Raises
    ------
    Failure
        If one has no `=`, no name, or names something twice.
    """
    found: dict[str, str] = {}
    for text in texts or ():
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise Failure(USAGE, f"{option} `{text}` is not NAME=VALUE")
        if name in found:
            raise Failure(USAGE, f"{option} names `{name}` twice")
        found[name] = value
    return found
