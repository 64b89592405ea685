"""Consignments: one that meets some conditions, one to which nothing applies."""

from __future__ import annotations

from datetime import date

from fairwater.node.briefing.content import (
    ConditionLine,
    ConsignmentLine,
    Lack,
)

from .names import MARKET, SPECIES, ZONES, words


def consignments() -> tuple[ConsignmentLine, ...]:
    """A consignment under two agreements, and one to which nothing applies."""
    conditions = (
        ConditionLine(
            id="area",
            text=words("caught in an area on the list", "捕自清单所列海域", "一覧にある海域で漁獲"),
            verdict="holds",
            expected=("area 7",),
            found=("area 7",),
        ),
        ConditionLine(
            id="mass",
            text=words("documents cover the whole mass", "文件覆盖全部重量", "書類が全量を網羅"),
            verdict="fails",
            expected=("1200 kg",),
            found=("900 kg",),
            settle=words(
                "a certificate for 300 kg more", "再补300 kg的证书", "あと300 kg分の証明書"
            ),
            mark="memory",
        ),
        ConditionLine(
            id="limit",
            text=words("every lot within the limits", "各批次均未超限", "全ロットが基準値以内"),
            verdict="unknown",
            missing=(
                Lack(
                    letter="B",
                    kind="pending_result",
                    of="lot 3",
                    role="importing",
                    party=MARKET,
                    due=date(2014, 3, 7),
                ),
            ),
        ),
    )
    stopped = ConditionLine(
        id="open",
        text=words("imports are not stopped", "进口未被停止", "輸入が停止されていない"),
        verdict="fails",
        expected=("is true",),
        found=("0",),
    )
    return (
        ConsignmentLine(
            consignment="C-2014-001",
            product=SPECIES[1],
            facility="工場 12",
            area=ZONES[2][0],
            letter="B",
            verdict="fails",
            action="hold",
            conditions=conditions,
            invented=True,
        ),
        ConsignmentLine(
            consignment="C-2014-001",
            product=SPECIES[1],
            facility="工場 12",
            area=ZONES[2][0],
            letter="C",
            verdict="fails",
            action="refuse",
            conditions=(stopped,),
            invented=True,
        ),
        ConsignmentLine(
            consignment="C-2014-002",
            product=SPECIES[4],
            facility=None,
            area=None,
            letter=None,
            verdict=None,
            action=None,
            conditions=(),
        ),
    )
