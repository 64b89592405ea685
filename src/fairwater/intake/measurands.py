"""What a result is of: a nuclide of the facts, or a gross count, by the names tables use."""

from __future__ import annotations

from fairwater import facts
from fairwater.intake.numbers import fold

_GROSS = {
    "gross-alpha": ("gross alpha", "gross-alpha", "gross α", "total alpha", "total α", "全α",
                    "全アルファ", "全α放射能", "总α", "总阿尔法"),
    "gross-beta": ("gross beta", "gross-beta", "gross β", "total beta", "total β", "全β",
                   "全ベータ", "全β放射能", "总β", "总贝塔"),
    "gross-gamma": ("gross gamma", "gross-gamma", "gross γ", "total gamma", "total γ", "全γ",
                    "全ガンマ", "全γ放射能", "总γ"),
}  # fmt: skip
_NAMES = {fold(word).casefold(): name for name, words in _GROSS.items() for word in words}


def measurand(text: str) -> str | None:
    """Nuclide (`Cs-137`) or gross count (`gross-beta`) of a text; None if it is neither."""
    gross = _NAMES.get(" ".join(fold(text).casefold().split()))
    if gross is not None:
        return gross
    found = facts.nuclide(text)
    return found.name if found is not None else None
