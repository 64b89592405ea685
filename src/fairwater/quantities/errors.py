"""The one error of this room: a value whose meaning cannot be told."""

from __future__ import annotations


class QuantityError(ValueError):
    """Names the value, what was expected, and how to write it."""
