"""A document with every kind of block, invented, for the printers' tests.

Not a report of anything: its words are only what a test looks for again.
"""

from __future__ import annotations

from fairwater.report.document import (
    Branch,
    Bullets,
    Cell,
    Column,
    Document,
    Drawing,
    First,
    Fold,
    Group,
    Key,
    LanguageCode,
    Panels,
    Paragraph,
    Phrase,
    Row,
    Section,
    Span,
    Table,
)

HOSTILE: tuple[str, ...] = (
    "#panic(1) #let x = 2 $a^2$ ] [ @ref <label> \\n `raw` *bold* _it_ = head - item / t: d // c",
    "<script>alert(1)</script> & </svg> &amp; ]]> --> {{ x }} {% raw %}",
    '#read("/etc/passwd") #image("x.png") #link("http://a.example")[b] ~ -- --- ... \'"',
    "e\u0301 o\u0308\u0301 Å \u1ea5",
    "שלום עולם",
    "鮭\U0001f41f魚 \U0002a6d6 กุ้ง",
    "x" * 10_000,
    "漢" * 2_000,
    "a_very_long_identifier_without_any_space_that_goes_on_and_on_0123456789abcdef",
)
"""Texts a laboratory could have written."""


def phrase(text: str, **about: object) -> Phrase:
    """One span."""
    return Phrase((Span(text, **about),))


def table(name: str, rows: int, texts: tuple[str, ...] = ()) -> Table:
    """A table; `texts` are evidence in its second column."""
    written = texts or ("plain",)
    return Table(
        id=name,
        caption=phrase(f"Caption of {name}"),
        columns=(
            Column(head=phrase("Unit")),
            Column(head=phrase("Text as written")),
            Column(head=phrase("Bq/kg", lang="zxx"), numeric=True),
        ),
        rows=tuple(
            Row(
                id=f"{name}-{number}",
                cells=(
                    phrase(f"unit {number}", strong=True),
                    phrase(written[number % len(written)], evidence=True, lang="und"),
                    phrase(f"{number}.50", lang="zxx"),
                ),
            )
            for number in range(rows)
        ),
    )


def drawing(text: str, kind: str = "panel", width: float = 400.0) -> Drawing:
    """A small figure with text in it."""
    from fairwater.report.figures.frame import framed, label

    body = label(text, 5, 30, size=14, fill="#15202b", font=' font-family="Fairwater Sans"')
    body += label("1,000", 5, 60, size=12, fill="#4b5866", font=' font-family="Fairwater Sans"')
    svg = framed(body, name="one", title=f"Title {text}", desc="Words of it", width=width,
                 height=100.0)  # fmt: skip
    return Drawing(
        svg=svg,
        caption=(phrase("A caption"), Phrase()),
        width=width,
        height=100.0,
        kind=kind,
    )


def document(code: LanguageCode, texts: tuple[str, ...] = (), rows: int = 90) -> Document:
    """The document; `texts` stand wherever evidence may."""
    tag = {"en": "en", "zh": "zh-Hans", "ja": "ja"}[code]
    evidence = [phrase(text, evidence=True, lang="und") for text in texts]
    first = First(
        eyebrow=phrase("Report 骨直角"),
        headline=phrase("Headline 骨直角"),
        state=Phrase((Span("State on "), Span("2014-02-28", strong=True))),
        groups_title=phrase("Groups"),
        groups=(
            Group(
                count="12",
                title=phrase("Held"),
                text=phrase("as it is"),
                symbols=("held",) * 7 + ("unsettled", "relaxable", "stale", "never", "none"),
            ),
        ),
        where_title=phrase("Where"),
        where=(drawing("骨直角 Zone č ₂", "map"),),
        others=(phrase("B · another"),),
        why_title=phrase("Why"),
        why=(phrase("Because", link="#status"), *evidence),
        missing_title=phrase("Missing"),
        missing=(phrase("A sample", link="#nowhere"),),
        owed=(phrase("Owed by them"),),
        review_title=phrase("Review"),
        review=(phrase("2015-01-01"),),
        notes=(phrase("A note"), *evidence),
    )
    cells = tuple(
        Cell(name=phrase(f"column {n}"), text=phrase(text), hit=n == 1)
        for n, text in enumerate(texts or ("one", "two", "three"))
    )
    tree = Branch(
        head=Phrase((Span("holds", symbol="holds"), Span(" because"))),
        parts=(Branch(head=phrase("row abc", code=True, lang="zxx"), cells=cells),),
    )
    status = Section(
        id="status",
        title=phrase("Status 直角"),
        short=phrase("Status"),
        blocks=(
            Paragraph(phrase("Lead"), role="lead"),
            Paragraph(phrase("Sub heading"), role="heading"),
            *(Paragraph(one) for one in evidence),
            Bullets((phrase("first item"), phrase("second item"))),
            Key(items=((drawing("k").svg, phrase("a key")),)),
            table("t-status", rows, texts),
            Panels(drawings=tuple(drawing(f"panel {n}") for n in range(5)), table=table("t-p", 2)),
            Paragraph(phrase("Fine", mark="memory"), role="fine"),
            Paragraph(phrase("Read there", link="https://law.example/7"), role="note"),
        ),
    )
    dossiers = Section(
        id="dossiers",
        title=phrase("Dossiers"),
        short=phrase("Dossiers"),
        blocks=(Fold(summary=phrase("A fold"), blocks=(tree, drawing("wide", "track", 960.0))),),
    )
    return Document(
        lang=code,
        tag=tag,
        title=f"Title 骨直角 {code}",
        kind=phrase("Kind"),
        contents=phrase("Contents"),
        skip=phrase("Skip"),
        first=first,
        sections=(status, dossiers),
        footer=(phrase("Made by nobody"),),
    )
