"""What a result is of: a nuclide of the facts, or a gross count, by the names tables use.

Chinese names of the elements: from memory; the nuclides themselves are facts with their source.
"""

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
_CHINESE = {
    "氚": "H-3", "铯": "Cs", "锶": "Sr", "碘": "I", "钴": "Co", "钚": "Pu", "镅": "Am", "钌": "Ru",
    "锑": "Sb", "银": "Ag", "锰": "Mn", "锝": "Tc", "铀": "U", "镭": "Ra", "钋": "Po", "铈": "Ce",
    "钾": "K", "锌": "Zn", "铁": "Fe", "镍": "Ni", "铌": "Nb", "锆": "Zr",
}  # fmt: skip
_NAMES = {fold(word).casefold(): name for name, words in _GROSS.items() for word in words}


def measurand(text: str) -> str | None:
    """Nuclide (`Cs-137`) or gross count (`gross-beta`) of a text; None if it is neither."""
    gross = _NAMES.get(" ".join(fold(text).casefold().split()))
    if gross is not None:
        return gross
    found = facts.nuclide(text)
    plain = fold(text)
    if found is None and (symbol := _CHINESE.get(plain[:1])) is not None:
        found = facts.nuclide(symbol + plain[1:])
    return found.name if found is not None else None
