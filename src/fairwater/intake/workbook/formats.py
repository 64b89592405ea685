"""What a number format makes of a number: a date, a time, a text that says something else.

    yyyy/m/d            a date, shown to the day
    yyyy"年"m"月"        a date, shown to the month: the day is the program's, not the author's
    m"月"d"日"           a date, shown without its year
    0.00                the number
    "<"0.0              a text around the number that changes what it says
    0%   0,             another magnitude than the number

Ids of the formats that programs know without stating them: ECMA-376 part 1, 18.8.30, and its
list for East Asian languages (from memory).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from fairwater import facts
from fairwater.intake.numbers import fold

_TOKEN = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[([^\]]*)\]|(General|AM/PM|A/P|上午/下午|.)', re.S)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_CONDITION = re.compile(r"[<>=]")
_NUMBER_MARKS = frozenset("0#?.,/Ee+-@() ")

_BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy/m/d h:mm", 37: "#,##0 ;(#,##0)", 38: "#,##0 ;(#,##0)", 39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)", 41: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)',
    42: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"_);_(@_)',
    44: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"_);_(@_)',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
_EAST_ASIAN_DATES = {
    27: "yyyy/m/d", 28: "m/d", 29: "m/d", 30: "m/d/yy", 31: "yyyy/m/d", 32: "h:mm", 33: "h:mm:ss",
    34: "yyyy/m/d", 35: "yyyy/m/d", 36: "yyyy/m/d", 50: "yyyy/m/d", 51: "m/d", 52: "yyyy/m/d",
    53: "m/d", 54: "m/d", 55: "yyyy/m/d", 56: "m/d", 57: "yyyy/m/d", 58: "m/d",
}  # fmt: skip


class Shown(NamedTuple):
    """What a format shows of a date; all false if it shows a number."""

    year: bool = False
    month: bool = False
    day: bool = False
    time: bool = False

    @property
    def date_or_time(self) -> bool:
        """Whether the number is a date or a time."""
        return self.year or self.month or self.day or self.time


class NumberFormat(NamedTuple):
    """One number format of a workbook."""

    code: str
    shown: Shown = Shown()
    padded: int = 0
    """Digits that are always shown, as `00000` does: an identifier kept as a number."""

    def unlike(self, number: str) -> str | None:
        """Why the number is shown as something else than it is, in words; None if it is not."""
        negative = number.startswith("-")
        for section in _sections_for(self.code, number):
            said = _said_besides(section, negative)
            if said is not None:
                return said
        return None


GENERAL = NumberFormat("General")


def built_in(number: int) -> NumberFormat:
    """Format of an id that a workbook does not state itself."""
    return parse_format(_BUILT_IN.get(number) or _EAST_ASIAN_DATES.get(number) or "General")


def parse_format(code: str) -> NumberFormat:
    """Understand a format's code."""
    first = code.split(";", 1)[0]
    letters: list[str] = []
    for match in _TOKEN.finditer(first):
        bracket, plain = match[3], match[4]
        if bracket is not None and _ELAPSED.fullmatch(bracket):
            return NumberFormat(code)  # elapsed time: a number of days, no date
        if plain is not None and plain != "General":
            letters.append("h" if "/" in plain and len(plain) > 1 else plain)
    text = "".join(letters).lower()
    if not re.search(r"[ymdhsge]", re.sub(r"e[+-]", "", text)) or re.search(r"[0#?]e[+-]", text):
        digits = re.match(r"0{2,}$", text)
        return NumberFormat(code, padded=len(digits[0]) if digits else 0)
    if re.search(r"[0#?]", re.sub(r"s\.?0+", "", text)) and not re.search(r"[ydhs]", text):
        return NumberFormat(code)
    time = bool(re.search(r"[hs]", text))
    minutes = re.sub(r"h+[^a-z]*m+|m+[^a-z]*s+", "", text) if time else text
    return NumberFormat(
        code,
        Shown(
            year=bool(re.search(r"[yge]", minutes)),
            month="m" in minutes,
            day="d" in minutes,
            time=time,
        ),
    )


def _sections_for(code: str, number: str) -> list[str]:
    """The sections that may show a number; all of them where conditions decide."""
    sections = _split(code)
    if any(match[3] and _CONDITION.match(match[3]) for match in _TOKEN.finditer(code)):
        return sections[:3]
    value = float(number)
    if len(sections) > 2 and value == 0:
        return [sections[2]]
    if len(sections) > 1 and value < 0:
        return [sections[1]]
    return [sections[0]]


def _split(code: str) -> list[str]:
    sections = [""]
    for match in _TOKEN.finditer(code):
        if match[4] == ";":
            sections.append("")
        else:
            sections[-1] += match[0]
    return sections


def _said_besides(section: str, negative: bool) -> str | None:
    literal = ""
    digits = ""
    for match in _TOKEN.finditer(section):
        quoted, escaped, bracket, plain = match.groups()
        if quoted is not None or escaped is not None:
            literal += quoted if quoted is not None else escaped
        elif bracket is not None:
            if bracket.startswith("$"):
                literal += bracket[1:].split("-", 1)[0]
        elif plain == "General":
            digits += "0"
        elif plain is not None:
            digits += plain
            if plain == "%":
                return "as a percentage"
            if plain not in _NUMBER_MARKS:
                literal += plain
    said = literal.strip().strip("()").strip()
    if negative:
        said = said.removeprefix("-").strip()
    if said and facts.find_unit(fold(said)) is None:
        return f"with `{said}`"
    if re.search(r"[0#?],+(?=$|[^0#?,])", digits):
        return "in thousands"
    if not re.search(r"[0#?@]", digits):
        return "without its digits"
    return None
