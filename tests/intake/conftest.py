"""Tables written on the spot, and the profiles of other layouts that stand beside the tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
