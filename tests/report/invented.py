"""A rich invented briefing: every drawing occurs, every section has something to tell.

Nothing in it is evidence. Names are real words of the vocabulary so that three languages
can be seen; figures are made up by plain arithmetic and say so (`invented`).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from fairwater.agreement.terms import Words
from fairwater.node.briefing.content import (
    STANDINGS,
    Bar,
    Briefing,
    Claim,
    ClauseText,
    Clocks,
    Comparison,
    ConditionLine,
    ConsignmentLine,
    Difference,
    DossierPart,
    Hole,
    Lack,
    Lane,
    Late,
    LimitLine,
    MeasureText,
    Named,
    Number,
    OpenPoint,
    Point,
    Read,
    Review,
    RoleText,
    Saying,
    Series,
    Side,
    SourceText,
    Stand,
    Standing,
    StateText,
    Step,
    Tally,
    Told,
    Track,
    UnitRow,
    Zone,
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


def briefing() -> Briefing:
    """The briefing."""
    rows = units()
    sides = (side_a(rows), side_b(rows), side_c())
    return Briefing(
        node=ORIGIN,
        clocks=Clocks(
            as_of=AS_OF,
            known_at=AS_OF,
            knowledge="resulted",
            decisions="prompt",
            hypothetical=True,
            later=date(2015, 2, 28),
            evidence_through=42_541,
            evidence_digest="9f" * 32,
        ),
        sides=sides,
        units=rows,
        zones=tuple(
            Zone(
                zone=zone,
                units=tuple(row.number for row in rows if row.zone == zone),
                latitude_deg=latitude,
                longitude_deg=longitude,
            )
            for zone, latitude, longitude in ZONES
        ),
        lacks=lacks(rows),
        series=series(),
        tracks=tracks(),
        comparison=comparison(),
        consignments=consignments(),
        dossiers=(dossier(),),
        reads=reads(),
        told=(
            Told(kind="decision", count=2, invented=1),
            Told(kind="party", count=2),
            Told(kind="consignment", count=2, invented=2),
        ),
    )


def units() -> tuple[UnitRow, ...]:
    """Species in zones, all seven standings among them."""
    rows = []
    for place, (zone, _, _) in enumerate(ZONES):
        for kind, species in enumerate(SPECIES):
            number = len(rows)
            standing = STANDINGS[(place * 3 + kind * (place + 1)) % len(STANDINGS)]
            stands = [stand("A", standing, number), voluntary(standing)]
            if zone.key != "沖合":
                stands.append(stand("B", "unsettled" if number % 3 else "none", number, "entry"))
            never = standing == "never"
            rows.append(
                UnitRow(
                    number=number,
                    species=species,
                    zone=zone,
                    samples=0 if never else 40 + 37 * number,
                    below=0 if never else 12 + number,
                    above=0 if never else number % 5,
                    stands=tuple(stands),
                    last_sampled=None if never else AS_OF - timedelta(days=3 + number),
                    highest=None if never else f"{60 + 13 * number}",
                )
            )
    return tuple(rows)


def stand(letter: str, standing: Standing, number: int, measure: str = "restriction") -> Stand:
    """How a unit stands, invented."""
    level = 2 if standing in ("relaxable", "unsettled", "held") else 0
    truth = {"relaxable": "holds", "unsettled": "unknown", "held": "fails"}.get(standing)
    steps: dict[str, Any] = {"lift": truth} if truth else {"impose": "fails"}
    if standing == "tightenable":
        steps = {"impose": "holds"}
    return Stand(
        letter=letter,
        measure=measure,
        state="suspended" if level else "none",
        level=level,
        standing=standing,
        status="contested" if number == 8 else "in_force",
        since=date(2012, 4, 11) + timedelta(days=number) if level else None,
        assumed=bool(level) and number % 2 == 0,
        steps=steps,
        eligible_since=date(2014, 2, 3) if standing in ("relaxable", "tightenable") else None,
    )


def voluntary(standing: Standing) -> Stand:
    """The industry's own measure."""
    held = standing == "held"
    return Stand(
        letter="A",
        measure="industry",
        state="stopped" if held else "open",
        level=int(held),
        standing="held" if held else "none",
    )


def tallies(rows: tuple[UnitRow, ...], letter: str, measure: str) -> tuple[Tally, ...]:
    """Units by standing under a measure."""
    found: dict[Standing, list[int]] = {}
    for row in rows:
        for one in row.stands:
            if (one.letter, one.measure) == (letter, measure):
                found.setdefault(one.standing, []).append(row.number)
    return tuple(Tally(standing=s, units=tuple(found[s])) for s in STANDINGS if s in found)


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
        left_out={"without a region": 12},
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
        invented=True,
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


def lacks(rows: tuple[UnitRow, ...]) -> tuple[Lack, ...]:
    """What is missing for units that cannot be judged."""
    found = []
    for row in rows:
        for one in row.stands:
            if one.standing == "unsettled" and one.letter == "A":
                common = {
                    "letter": "A",
                    "unit": row.number,
                    "measure": "restriction",
                    "transition": "lift",
                    "role": "origin",
                    "party": ORIGIN,
                }
                found.append(Lack(kind="shortfall", what="week", n=row.number % 3 + 1, **common))
                found.append(
                    Lack(
                        kind="shortfall",
                        what="point",
                        n=2,
                        due=date(2014, 1, 9),
                        overdue_days=50 - row.number,
                        **common,
                    )
                )
                found.append(Lack(kind="no_evidence", of="いわき市", **common))
    found.append(Lack(letter="C", kind="document", of="monitoring report", role="importing_side"))
    return tuple(found)


def series() -> tuple[Series, ...]:
    """Series in which every kind of result occurs."""
    days = [date(2012, 4, 5) + timedelta(days=11 * n) for n in range(63)]
    found = []
    for index, (number, species) in enumerate(
        ((12, SPECIES[0]), (13, SPECIES[1]), (14, SPECIES[2]))
    ):
        points = []
        for n, day in enumerate(days):
            value = round(400 * 0.95**n * (1 + (n * 7 + index * 3) % 5), 1)
            if (n + index) % 4 == 1:
                points.append(
                    Point(
                        first=day, last=day, kind="censored", text="<8.6", low=0.0, high=8.6 + n % 3
                    )
                )
            else:
                width = 0.2 * value if n % 6 == 0 else None
                points.append(
                    Point(
                        first=day,
                        last=day,
                        kind="detected",
                        text=f"{value:g}",
                        low=value,
                        high=value,
                        above=value > 100,
                        half_width=width,
                        k="2" if n % 12 == 0 and width else None,
                    )
                )
        found.append(
            Series(
                species=species,
                zone=ZONES[2][0],
                quantity=("Cs-134", "Cs-137"),
                unit="Bq/kg",
                points=tuple(points),
                number=number,
            )
        )
    odd = (
        Point(
            first=date(2013, 1, 5),
            last=date(2013, 1, 5),
            kind="interval",
            text="10-40",
            low=10.0,
            high=40.0,
        ),
        Point(
            first=date(2013, 3, 1),
            last=date(2013, 3, 10),
            kind="about",
            text="ca. 30",
            low=30.0,
            high=30.0,
        ),
        Point(
            first=date(2013, 5, 1),
            last=date(2013, 5, 1),
            kind="over_range",
            text=">900",
            low=900.0,
            high=None,
            above=True,
        ),
        Point(
            first=date(2013, 7, 1),
            last=date(2013, 7, 1),
            kind="not_stated",
            text="-",
            low=0.0,
            high=None,
        ),
        Point(
            first=date(2013, 9, 1),
            last=date(2013, 9, 1),
            kind="withheld",
            text="withheld",
            low=0.0,
            high=None,
            flagged=True,
        ),
        Point(
            first=date(2014, 1, 15),
            last=date(2014, 1, 15),
            kind="censored",
            text="ND",
            low=0.0,
            high=None,
        ),
    )
    found.append(
        Series(
            species=SPECIES[3],
            zone=ZONES[1][0],
            quantity=("Cs-134", "Cs-137"),
            unit="Bq/kg",
            points=odd,
            number=9,
        )
    )
    low = tuple(
        Point(
            first=date(2012, 6, 1) + timedelta(days=90 * n),
            last=date(2012, 6, 1) + timedelta(days=90 * n),
            kind="detected",
            text=f"0.0{n + 2}",
            low=0.01 * (n + 2),
            high=0.01 * (n + 2),
            half_width=0.004,
        )
        for n in range(7)
    )
    found.append(
        Series(
            species=Named(key="All fish"),
            zone=ZONES[4][0],
            quantity=("Cs-137",),
            unit="Bq/kg-fresh",
            points=low,
        )
    )
    return tuple(found)


def tracks() -> tuple[Track, ...]:
    """Timelines in which every mark occurs."""
    first = date(2012, 4, 1)
    bars = (
        Bar(state="none", level=0, since=None, until=date(2012, 6, 20), effect="none"),
        Bar(
            state="suspended",
            level=2,
            since=date(2012, 6, 20),
            until=date(2013, 9, 1),
            effect="suspended",
            assumed=True,
        ),
        Bar(state="checked", level=1, since=date(2013, 9, 1), until=None, effect="inspection"),
    )
    holes = (
        Hole(
            transition="lift", since=date(2013, 2, 1), until=date(2013, 3, 20), direction="milder"
        ),
        Hole(transition="impose", since=date(2014, 1, 10), until=None, direction="stricter"),
    )
    steps = (
        Step(transition="impose", to="suspended", dated=date(2012, 6, 20), recorded=False),
        Step(
            transition="lift",
            to="checked",
            dated=date(2013, 9, 1),
            recorded=True,
            by=ORIGIN,
            role="headquarters",
            while_="holds",
            reasons="Four weeks without exceedance",
            invented=True,
        ),
    )
    units = [
        Track(
            letter="A",
            measure="restriction",
            label=(SPECIES[n], ZONES[2][0]),
            number=12 + n,
            known=Lane(bars=bars, holes=holes),
            hindsight=Lane(bars=bars[:2], holes=holes[:1]),
            steps=steps,
            claims=(),
            first=first,
            last=AS_OF,
            exceedances=((date(2012, 6, 1), "620"), (date(2012, 6, 15), "110")),
        )
        for n in range(3)
    ]
    claims = (
        Claim(
            by=MARKET,
            state="suspended",
            since=date(2014, 11, 19),
            until=date(2014, 12, 3),
            note="reported by the press",
        ),
        Claim(
            by=ORIGIN,
            state="checked",
            since=date(2014, 11, 20),
            until=date(2014, 12, 4),
            denied=True,
        ),
    )
    whole = Track(
        letter="C",
        measure="trade",
        label=(),
        known=Lane(bars=bars, holes=()),
        hindsight=Lane(bars=bars, holes=()),
        steps=(),
        claims=claims,
        first=date(2014, 1, 1),
        last=date(2015, 2, 28),
        status="contested",
        later=True,
    )
    return (*units, whole)


def comparison() -> Comparison:
    """Where the agreements first differ."""
    atom = Number(
        atom="two_points",
        metric="distinct_points_exceeding",
        verdict="holds",
        low="2",
        high="3",
        comparator="ge",
        operand="2",
    )
    return Comparison(
        letters=("A", "B", "C"),
        units=30,
        agree=21,
        agree_on={"none": 15, "suspended": 6},
        differences=(
            Difference(
                number=13,
                label=(SPECIES[1], ZONES[2][0]),
                first=date(2012, 6, 20),
                sayings=(
                    Saying(
                        letter="A",
                        state="suspended",
                        effect="suspended",
                        clause="impose",
                        atoms=(atom,),
                        evidence=12,
                    ),
                    Saying(letter="B", state="none", effect="none", eligible=("stop",), evidence=9),
                    Saying(letter="C", state=None, effect=None),
                ),
            ),
        ),
        late=(
            Late(
                letter="A",
                measure="restriction",
                label=(SPECIES[1], ZONES[2][0]),
                known_days=17,
                first=date(2012, 6, 3),
                number=13,
            ),
        ),
    )


def consignments() -> tuple[ConsignmentLine, ...]:
    """A consignment that meets some conditions and one to which nothing applies."""
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


def dossier() -> DossierPart:
    """A verdict opened to the cell."""
    record = {
        "id": "r1" * 32,
        "sampled": "2014-02-13",
        "known": "2014-02-18",
        "reported": [
            {
                "nuclides": "Cs-134+Cs-137",
                "text": "380",
                "kind": "detected",
                "unit": "Bq/kg",
                "source": {"document": "a829.csv", "row": 49, "column": "Cs合計"},
            }
        ],
        "outcome": "exceeds",
        "limit": {"id": "limit_100", "value": "100", "unit": "Bq/kg"},
        "ends": ["380", "380"],
        "compared": ["380", "380"],
        "rule": "rounded to 2 significant figures, half up, exceeds when > 100 Bq/kg",
        "notes": ["limit: ours"],
        "lab": "検査センター",
        "flags": ["spelling"],
    }
    tree: dict[str, Any] = {
        "verdict": "fails",
        "could_be": ["fails"],
        "missing": [],
        "at": "2014-02-28",
        "known_at": "2014-02-28",
        "weakest_cert": "ours",
        "clause": {
            "path": "transitions.lift.when",
            "form": "all",
            "verdict": "fails",
            "missing": [],
            "parts": [
                {
                    "path": "transitions.lift.when.none_above",
                    "form": "exceed_count",
                    "id": "none_above",
                    "verdict": "fails",
                    "missing": [],
                    "text": {
                        "en": "No sample above the limit.",
                        "zh": "没有样品超限。",
                        "ja": "超過した検体がないこと。",
                    },
                    "cite": {"src": ["S1"], "titles": ["Notice"], "cert": "seen"},
                    "metric": {
                        "name": "exceed_count",
                        "value": ["1", "1"],
                        "window": {"first": "2014-01-29", "last": "2014-02-28"},
                        "asks": {"eq": "0"},
                        "cert": "ours",
                        "notes": ["no sample surely inside"],
                        "samples": [
                            {
                                "sample": "s1",
                                "place": "in",
                                "outcome": "exceeds",
                                "point": "いわき市",
                                "records": [record],
                            }
                        ],
                    },
                },
                {
                    "path": "transitions.lift.when.weeks",
                    "form": "weeks_covered",
                    "id": "weeks",
                    "verdict": "unknown",
                    "missing": [{"kind": "shortfall", "what": "week", "n": 2, "owed_by": "origin"}],
                    "metric": {"name": "weeks_covered", "value": ["2", "4"], "samples": []},
                },
            ],
        },
    }
    cells = (
        ("item", "クロダイ"),
        ("region", "福島県"),
        ("district", "いわき市"),
        ("Cs-134", "95.5"),
        ("Cs-137", "286"),
        ("Cs合計", "380"),
    )
    return DossierPart(
        letter="A",
        label=(SPECIES[3], ZONES[2][0]),
        measure="restriction",
        transition="lift",
        verdict="fails",
        tree=tree,
        rows={"r1" * 32: cells},
        number=15,
    )


def reads() -> tuple[Read, ...]:
    """Two files."""
    return (
        Read(
            document="a829.csv",
            sha256="12" * 32,
            rows=42_541,
            accepted=41_217,
            flagged=1_320,
            quarantined=4,
            flags={"spelling": 900, "era_assumed": 420},
            reasons={"unreadable_value": 4},
            publisher="Example ministry",
            address="https://data.example/a829.csv",
            published="2014-03-31",
            stated=42_537,
            lacks={"uncertainty": 42_537, "limit_kind": 30_000},
        ),
        Read(
            document="orbs.csv",
            sha256="34" * 32,
            rows=36,
            accepted=36,
            flagged=0,
            quarantined=0,
            flags={},
            reasons={},
        ),
    )
