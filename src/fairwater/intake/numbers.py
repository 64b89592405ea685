"""Numbers in cells: digits exactly as reported, by the marks the profile states.

"6.10"      "6.10"          digits are kept
"６．１"     "6.1"           full-width characters are ordinary ones (NFKC)
"12,4"      "12.4"          only if the profile says that the mark is a comma
"1,234.5"   "1234.5"        only if the profile says that commas group digits
"1.5²" "①"  not a number    a mark above the line is no digit of the number before it
".5" "5."   not a number    a digit may be missing
"""

from __future__ import annotations

import re
import unicodedata

from fairwater.intake.profile import Values

SPREADSHEET_ERROR = re.compile(
    r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!"
    r"|GETTING_DATA)",
    re.IGNORECASE,
)
"""What a failed formula leaves behind."""
_MINUS = str.maketrans({"−": "-", "‐": "-", "‑": "-", "–": "-"})


def fold(text: str) -> str:
    """NFKC without outer space; every minus sign and hyphen as ASCII, every wave dash as ~."""
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFKC", text).strip().translate(_MINUS).translate(_WAVES)


def fold_figures(text: str) -> str:
    """`fold` for a cell of figures: `²`, `①`, `½`, `Ⅻ` stay what they are, and no number is read.

    Folded to ordinary digits, `1.5²` with its footnote would be 1.52.
    """
    if text.isascii() or not any(unicodedata.category(c) in ("No", "Nl") for c in text):
        return fold(text)
    return text.strip()


_WAVES = str.maketrans({"〜": "~", "∼": "~", "～": "~"})


class Numbers:
    """Reads numbers of one profile; `pattern` finds one inside a larger notation."""

    def __init__(self, values: Values) -> None:
        mark = re.escape(values.decimal_mark)
        whole = r"\d{1,40}"
        if values.grouping is not None:
            group = re.escape(values.grouping)
            whole = rf"(?:\d{{1,3}}(?:{group}\d{{3}})+|\d{{1,40}})"
        self.pattern = rf"{whole}(?:{mark}\d{{1,40}})?(?:[eE][+-]?\d{{1,3}})?"
        self._exact = re.compile(rf"[+-]?{self.pattern}", re.ASCII)
        self._mark = values.decimal_mark
        self._grouping = values.grouping

    def read(self, text: str) -> str | None:
        """Decimal text of a folded text that is a number, else None."""
        if self._exact.fullmatch(text) is None:
            return None
        if self._grouping is not None:
            text = text.replace(self._grouping, "")
        return text.replace(self._mark, ".").removeprefix("+")


def point_lost(number: str) -> bool:
    """Whether a number begins with 0 before another digit: `079`, `094`."""
    digits = number.removeprefix("-")
    return len(digits) > 1 and digits[0] == "0" and digits[1].isdigit()
