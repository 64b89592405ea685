"""Tables written on the spot, and the profiles of other layouts that stand beside the tests."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

import pytest

from fairwater.intake import Profile, RowOutcome, load_profile, read

PROFILES = Path(__file__).parent / "profiles"
HEADINGS = (
    "No", "報告自治体", "実施主体", "産地_都道府県", "産地_市町村", "産地_その他",
    "非流通品/流通品", "食品カテゴリ", "品目_品目名", "品目_その他", "検査機関", "検査法",
    "採取日(購入日)", "結果判明日", "Cs134(Bq/kg)", "Cs137(Bq/kg)", "Cs合計(Bq/kg)",
)  # fmt: skip
ROW = (
    "1", "千葉県", "千葉県", "千葉県", "銚子市", "-", "流通品", "水産物", "マダラ", "-",
    "千葉県衛生研究所", "Ge", "H24.3.29", "H24.4.2", "<0.61", "0.75", "0.75",
)  # fmt: skip


@pytest.fixture
def other() -> Callable[[str], Profile]:
    """A profile that is not shipped: what `--profile FILE` reads."""
    return lambda name: load_profile(PROFILES / f"{name}.yaml")


@pytest.fixture
def outcomes(tmp_path: Path) -> Callable[..., list[RowOutcome]]:
    """Write a table and read it."""

    def run(text: str | bytes, profile: Profile, name: str = "a357.csv") -> list[RowOutcome]:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return list(read(path, profile))

    return run


@pytest.fixture
def food(outcomes: Callable[..., list[RowOutcome]]) -> Callable[..., list[RowOutcome]]:
    """Rows of the food tests' layout, each a dict of what differs from an ordinary row."""

    def run(*changes: dict[str, str], name: str = "a357.csv") -> list[RowOutcome]:
        rows: list[Sequence[str]] = [HEADINGS]
        for change in changes:
            assert change.keys() <= set(HEADINGS)
            rows.append([change.get(h, c) for h, c in zip(HEADINGS, ROW, strict=True)])
        text = "\r\n".join(",".join(_quoted(cell) for cell in row) for row in rows) + "\r\n"
        return outcomes(text, load_profile("mhlw-since-2012-04"), name)

    return run


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(c in cell for c in ',"\n') else cell


_SHEET_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_REL_NS = "http://schemas.openxmlformats.org/package/2006/relationships"
FORMATS = ("General", "yyyy/m/d", '"<"0.0', "0.0%", 'yyyy"年"m"月"', "m/d", "00000", "h:mm",
           '0.0" Bq/kg"', "0,", '0.0;-0.0;"-"', "yyyy/m/d h:mm", "0.00E+00")  # fmt: skip
"""Number formats of the cells' styles, by the styles' numbers."""


@pytest.fixture
def raw_book(tmp_path: Path) -> Callable[..., Path]:
    """Write a workbook from the XML of its parts, as ECMA-376 has them: nothing converts it."""

    def write(
        *rows: str,
        shared: str = "",
        around: str = "",
        before: str = "",
        workbook: str = "",
        sheets: str | None = None,
        parts: dict[str, str | bytes] | None = None,
        name: str = "book.xlsx",
    ) -> Path:
        head = '<?xml version="1.0" encoding="UTF-8"?>\n'
        if sheets is None:
            sheets = '<sheet name="Fish" sheetId="1" r:id="rId1"/>'
        styles = "".join(
            f'<numFmt numFmtId="{200 + n}" formatCode="{escape(code, quote=True)}"/>'
            for n, code in enumerate(FORMATS)
        )
        xfs = "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(FORMATS)))
        content: dict[str, str | bytes] = {
            "[Content_Types].xml": head + "<Types/>",
            "_rels/.rels": f'{head}<Relationships xmlns="{_REL_NS}"><Relationship Id="r" '
            f'Type="{_R_NS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'{head}<workbook xmlns="{_SHEET_NS}" xmlns:r="{_R_NS}">'
            f"{workbook}<sheets>{sheets}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f'{head}<Relationships xmlns="{_REL_NS}">'
            + "".join(
                f'<Relationship Id="rId{n}" Type="{_R_NS}/worksheet" '
                f'Target="worksheets/sheet{n}.xml"/>'
                for n in (1, 2, 3)
            )
            + f'<Relationship Id="s" Type="{_R_NS}/sharedStrings" Target="sharedStrings.xml"/>'
            f'<Relationship Id="t" Type="{_R_NS}/styles" Target="styles.xml"/></Relationships>',
            "xl/sharedStrings.xml": f'{head}<sst xmlns="{_SHEET_NS}">{shared}</sst>',
            "xl/styles.xml": f'{head}<styleSheet xmlns="{_SHEET_NS}"><numFmts>{styles}</numFmts>'
            f"<cellXfs>{xfs}</cellXfs></styleSheet>",
            "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{_SHEET_NS}">{before}'
            f"<sheetData>{''.join(rows)}</sheetData>{around}</worksheet>",
        }
        content.update(parts or {})
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            for part, data in content.items():
                file.writestr(part, data)
        return path

    return write


@pytest.fixture
def row_xml() -> Callable[..., str]:
    """One `<row>` of inline texts (str), stored numbers (tuple of text and style) or raw XML."""

    def write(number: int, *cells: str | tuple[str, int] | None, hidden: bool = False) -> str:
        made: list[str] = []
        for letter, cell in zip("ABCDEFGHIJ", cells, strict=False):
            at = f'r="{letter}{number}"'
            if isinstance(cell, tuple):
                made.append(f'<c {at} s="{cell[1]}"><v>{cell[0]}</v></c>')
            elif cell is not None and cell.startswith("<c"):
                made.append(cell.replace("<c", f"<c {at}", 1))
            elif cell is not None:
                made.append(f'<c {at} t="inlineStr"><is><t>{escape(cell)}</t></is></c>')
        shown = ' hidden="1"' if hidden else ""
        return f'<row r="{number}"{shown}>{"".join(made)}</row>'

    return write
