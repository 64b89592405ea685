"""Names of species, zones and parties, the day asked about, and texts in three languages."""

from __future__ import annotations

from datetime import date

from fairwater.agreement.terms import Words
from fairwater.node.briefing.content import (
    Named,
)

AS_OF = date(2014, 2, 28)
SPECIES = (
    Named(
        key="スズキ", words=Words(en="Japanese seabass", zh="日本花鲈", ja="スズキ"), mark="seen"
    ),
    Named(key="ヒラメ", words=Words(en="Olive flounder", zh="牙鲆", ja="ヒラメ"), mark="seen"),
    Named(key="マダラ", words=Words(en="Pacific cod", zh="太平洋鳕", ja="マダラ"), mark="memory"),
    Named(
        key="クロダイ",
        words=Words(en="Blackhead seabream", zh="黑棘鲷", ja="クロダイ"),
        mark="seen",
    ),
    Named(
        key="スルメイカ",
        words=Words(en="Flying squid", zh="太平洋褶柔鱼", ja="スルメイカ"),
        mark="ours",
    ),
    Named(key="ムラソイ"),
)
ZONES = (
    (
        Named(key="岩手県", words=Words(en="Iwate", zh="岩手县", ja="岩手県"), mark="seen"),
        39.6,
        142.0,
    ),
    (
        Named(key="宮城県", words=Words(en="Miyagi", zh="宫城县", ja="宮城県"), mark="seen"),
        38.3,
        141.4,
    ),
    (
        Named(key="福島県", words=Words(en="Fukushima", zh="福岛县", ja="福島県"), mark="seen"),
        37.4,
        141.0,
    ),
    (
        Named(key="茨城県", words=Words(en="Ibaraki", zh="茨城县", ja="茨城県"), mark="seen"),
        36.4,
        140.6,
    ),
    (Named(key="沖合"), None, None),
)
ORIGIN = Named(key="coast", words=Words(en="Coastal authority", zh="沿海主管机关", ja="沿岸当局"))
MARKET = Named(key="market", words=Words(en="Market authority", zh="市场主管机关", ja="市場当局"))


def words(en: str, zh: str, ja: str) -> Words:
    """A text in three languages."""
    return Words(en=en, zh=zh, ja=ja)
