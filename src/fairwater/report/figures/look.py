"""How figures are coloured and lettered: by the page's own tokens, or by literal colours.

`SCREEN` names CSS custom properties, so that one drawing serves light, dark and print;
`PAPER` holds the light colours as numbers, for printers that know no style sheet.
"""

from __future__ import annotations

from msgspec import Struct

TOKENS_LIGHT: dict[str, str] = {
    "bg": "#ffffff", "soft": "#f3f5f7", "ink": "#15202b", "ink2": "#4b5866", "line": "#b9c2cc",
    "grid": "#e2e7ec", "state": "#17365d", "data": "#1f62a8", "ex": "#b23a00", "nd": "#66727f",
    "lim": "#3d4854", "hind": "#6e86a6", "land": "#eceff2", "coast": "#84909c",
    "band": "#eef3f9", "link": "#0b50a0", "focus": "#0b50a0",
}  # fmt: skip
TOKENS_DARK: dict[str, str] = {
    "bg": "#10161d", "soft": "#19222c", "ink": "#e8edf2", "ink2": "#a9b5c1", "line": "#485564",
    "grid": "#26313d", "state": "#b4cdf0", "data": "#74aef0", "ex": "#ff9757", "nd": "#93a0ad",
    "lim": "#c3ccd5", "hind": "#6f87a8", "land": "#222d38", "coast": "#5f6f80",
    "band": "#182635", "link": "#8fc0ff", "focus": "#8fc0ff",
}  # fmt: skip


class Look(Struct, frozen=True, kw_only=True):
    """Colours by token, and the font of text (`None`: the surrounding page's).

    `fluid`: tracks and bars take the width they are given; else they are `width` wide.
    """

    colours: dict[str, str]
    font_family: str | None = None
    fluid: bool = True

    def __getitem__(self, token: str) -> str:
        return self.colours[token]

    @property
    def font(self) -> str:
        """Attribute for text elements."""
        return "" if self.font_family is None else f' font-family="{self.font_family}"'


SCREEN = Look(colours={token: f"var(--{token})" for token in TOKENS_LIGHT})


def paper(font_family: str) -> Look:
    """Literal light colours and a font, for the PDF."""
    return Look(colours=TOKENS_LIGHT, font_family=font_family, fluid=False)
