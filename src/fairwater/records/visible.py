"""Text of others on a screen: a cell never moves the cursor, nor turns the line around."""

from __future__ import annotations

import unicodedata


def visible(text: str, longest: int | None = None) -> str:
    """Text with control and format characters written out, cut to `longest` characters.

    What is cut is counted: ``abc… (4,000 characters)``.
    """
    kept = text if longest is None or len(text) <= longest else text[:longest]
    shown = "".join(
        each if unicodedata.category(each) not in ("Cc", "Cf") else ascii(each)[1:-1]
        for each in kept
    )
    return shown if kept is text else f"{shown}… ({len(text):,} characters)"
