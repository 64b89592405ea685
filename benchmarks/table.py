"""The table that is timed: the shared 598,186 rows if they are there, else rows made alike.

Made rows follow the layout and the proportions of the real ones (nine in ten
sums are `<x`, one unit in five is large) and come from a fixed seed, so that two
machines time the same bytes.
"""

from __future__ import annotations

import gzip
import os
import random
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
REAL = Path("data") / "mhlw-japan-food" / "all_food_2012-04_2014-03.csv.gz"
ROWS = 598_186

HEADER = (
    "report_file,No,報告自治体,実施主体,産地_都道府県,産地_市町村,産地_その他,非流通品/流通品,"
    "食品カテゴリ,品目_品目名,品目_その他,検査機関,検査法,採取日(購入日),結果判明日,"
    "Cs134(Bq/kg),Cs137(Bq/kg),Cs合計(Bq/kg)"
)
REGIONS = ("福島県", "茨城県", "宮城県", "岩手県", "千葉県", "青森県", "栃木県", "群馬県")
ITEMS = ("マダラ", "ヒラメ", "アイナメ", "スズキ", "シロメバル", "イワナ", "ヤマメ", "コモンカスベ")


def table(folder: Path) -> tuple[Path, str]:
    """The table to read, and what it is."""
    shared = Path(os.environ.get("FAIRWATER_SHARED", REPOSITORY.parent / "shared"))
    if (shared / REAL).is_file():
        return shared / REAL, "the shared food table"
    made = folder / "a999.csv.gz"
    if not made.is_file():
        _make(made)
    return made, f"{ROWS:,} made rows (the shared table is not at {shared})"


def _make(path: Path) -> None:
    rng = random.Random(20_120_401)
    with gzip.open(path, "wt", encoding="utf-8", newline="", compresslevel=1) as out:
        out.write(HEADER + "\r\n")
        for number in range(1, ROWS + 1):
            out.write(_row(rng, number) + "\r\n")


def _row(rng: random.Random, number: int) -> str:
    seafood = rng.random() < 0.07
    month, day = rng.randrange(24), rng.randrange(1, 28)
    taken = f"H{24 + (month + 3) // 12}.{(month + 3) % 12 + 1}.{day}"
    if rng.random() < 0.93:
        cells = ("<6.1", "<5.7", "<12")
    else:
        low = rng.lognormvariate(2.5, 1.3)
        cells = (f"{low * 0.4:.1f}", f"{low * 0.6:.1f}", f"{low:.2g}")
        cells = tuple(format(float(cell), "g") for cell in cells)
    region = rng.choice(REGIONS)
    item = rng.choice(ITEMS) if seafood else "牛肉"
    return ",".join(
        (
            f"a{number // 1300 + 100}.csv", str(number % 1300 + 1), region, region, region,
            f"{rng.randrange(40)}市", "-", "非流通品", "水産物" if seafood else "畜産物", item, "-",
            "検査センター", "Ge", taken, taken, *cells,
        )
    )  # fmt: skip
