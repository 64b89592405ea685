"""Three agreements: one with two measures, one on the same limit, one that counts no sample."""

from __future__ import annotations

from datetime import date
from typing import Any

from fairwater.agreement.terms import Words
from fairwater.node.briefing.content import (
    ClauseText,
    LimitLine,
    MeasureText,
    OpenPoint,
    Review,
    RoleText,
    Side,
    SourceText,
    StateText,
    UnitRow,
)

from .names import MARKET, ORIGIN, words
from .units import tallies


def limit(letter: str, value: str, *, covers: bool = True, **more: Any) -> LimitLine:
    """A limit."""
    content: dict[str, Any] = {
        "id": f"limit_{value}",
        "text": words("the food limit", "食品限值", "食品の基準値"),
        "unit": "Bq/kg",
        "nuclides": ("Cs-134", "Cs-137") if covers else ("Cs-137",),
        "combine": "sum",
        "exceeds_when": "gt",
        "rounding": "2 significant, half_up",
        "mark": "seen",
        "sources": ("S1",),
    }
    return LimitLine(letter=letter, value=value, covers_series=covers, **(content | more))


def states() -> tuple[StateText, ...]:
    """States of a restriction."""
    return (
        StateText(
            id="none", level=0, text=words("no restriction", "无限制", "制限なし"), effect="none"
        ),
        StateText(
            id="checked",
            level=1,
            text=words("enhanced inspection", "强化检查", "検査強化"),
            effect="inspection",
        ),
        StateText(
            id="suspended",
            level=2,
            text=words("suspended", "暂停出货", "出荷停止"),
            effect="suspended",
        ),
    )


def side_a(rows: tuple[UnitRow, ...]) -> Side:
    """The first agreement: two measures, units."""
    return Side(
        letter="A",
        id="invented_restriction",
        version="v1",
        content_id="ab" * 32,
        title=words(
            "Restriction of a species in a zone",
            "按海域和鱼种的出货限制",
            "海域・魚種ごとの出荷制限",
        ),
        text=words(
            "One verdict for each species and zone.",
            "每个鱼种和海域各作一次判定。",
            "判定は魚種と海域ごとに行う。",
        ),
        leading="restriction",
        limits=(
            limit("A", "100"),
            limit(
                "A",
                "50",
                mark="memory",
                set_by="operator",
                text=words("the cooperatives' own limit", "渔协自定限值", "漁協の自主基準値"),
            ),
        ),
        measures=(
            MeasureText(
                id="restriction",
                text=words("restriction", "出货限制", "出荷制限"),
                states=states(),
                initial="none",
                review_every="P1Y",
                review_by="headquarters",
            ),
            MeasureText(
                id="industry",
                text=words("voluntary stop", "行业自主停止", "自主的な停止"),
                states=(
                    StateText(id="open", level=0, text=words("open", "照常", "通常")),
                    StateText(
                        id="stopped",
                        level=1,
                        text=words("stopped", "自主停止", "自主停止"),
                        effect="hold",
                    ),
                ),
                initial="open",
            ),
        ),
        clauses=(
            ClauseText(
                id="impose",
                measure="restriction",
                from_=("none",),
                to="suspended",
                text=words(
                    "Two places above the limit within 90 days call for a restriction.",
                    "90天内有两个地点超限，即可实施限制。",
                    "90日以内に2地点で超過すれば、制限の対象となる。",
                ),
                decided_by="headquarters",
                direction="stricter",
                mark="seen",
                sources=("S1",),
            ),
            ClauseText(
                id="lift",
                measure="restriction",
                from_=("suspended",),
                to="none",
                text=words(
                    "Four weeks with samples, three places, none above the limit.",
                    "连续四周取样、三个地点、均未超限。",
                    "4週続けて検査し、3地点で超過がないこと。",
                ),
                decided_by="headquarters",
                direction="milder",
                mark="ours",
            ),
        ),
        roles=(
            RoleText(id="origin", text=words("the origin party", "产地方", "産地側"), party=ORIGIN),
            RoleText(id="headquarters", text=words("the headquarters", "对策本部", "対策本部")),
        ),
        open_points=(
            OpenPoint(
                id="window",
                text=words("how far back exceedances count", "回溯期间", "遡る期間"),
                value="P90D",
                mark="ours",
            ),
            OpenPoint(id="points", text=words("places", "地点数", "地点数"), value=None),
        ),
        reviews=(
            Review(measure="restriction", every="P1Y", by="headquarters", due=date(2014, 4, 1)),
        ),
        tallies={
            "restriction": tallies(rows, "A", "restriction"),
            "industry": tallies(rows, "A", "industry"),
        },
        sources=(
            SourceText(
                key="S1", title="Notice of the example ministry", url="https://law.example/7"
            ),
            SourceText(key="S2", title="Press report, 2013"),
        ),
        samples=41_000,
        left_out={"category not stated": 12, "another medium": 3, "possible_restatement": 1},
        valid_from=date(2012, 4, 1),
        weakest="ours",
    )


def side_b(rows: tuple[UnitRow, ...]) -> Side:
    """A second agreement with the same units."""
    return Side(
        letter="B",
        id="invented_entry",
        version="v2",
        content_id="cd" * 32,
        title=words("Certificates at entry", "入境证书", "輸入時の証明書"),
        text=words(
            "Goods enter with a certificate.", "货物凭证书入境。", "貨物は証明書を付けて入る。"
        ),
        leading="entry",
        limits=(limit("B", "100"), limit("B", "800", covers=False, mark="memory", rounding=None)),
        measures=(
            MeasureText(
                id="entry",
                text=words("entry of goods", "货物入境", "貨物の輸入"),
                states=states(),
                initial="none",
            ),
        ),
        clauses=(
            ClauseText(
                id="stop",
                measure="entry",
                from_=("none",),
                to="suspended",
                text=Words(en="Stopped on one sample above the limit."),
                direction="stricter",
            ),
        ),
        roles=(
            RoleText(
                id="importing", text=words("the importing party", "进口方", "輸入側"), party=MARKET
            ),
        ),
        open_points=(),
        reviews=(),
        tallies={"entry": tallies(rows, "B", "entry")},
        sources=(),
        samples=30_111,
        left_out={},
        weakest="memory",
    )


def side_c() -> Side:
    """A third agreement about one whole, contested."""
    return Side(
        letter="C",
        id="invented_resumption",
        version="v1",
        content_id="ef" * 32,
        title=words("Staged resumption", "分阶段恢复", "段階的な再開"),
        text=Words(),
        leading="trade",
        limits=(),
        measures=(
            MeasureText(
                id="trade",
                text=words("trade", "贸易", "貿易"),
                states=states(),
                initial="suspended",
            ),
        ),
        clauses=(),
        roles=(),
        open_points=(),
        reviews=(Review(measure="trade", every="P6M"),),
        tallies={"trade": ()},
        sources=(),
        samples=0,
        left_out={},
    )
