"""The dossier of one verdict: every level of the tree, at three depths, as text and JSON."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from fairwater.agreement.context import Context, Terms
from fairwater.agreement.dossier import Dossier, Frame, dossier
from fairwater.agreement.dossier_text import rendered
from fairwater.agreement.evaluator import evaluate
from fairwater.agreement.evidence import (
    Cell,
    DocumentEvidence,
    Evidence,
    SampleEvidence,
    Supersession,
    Value,
)
from fairwater.agreement.model import (
    Agreement,
    All,
    Atom,
    Cite,
    ExceptClause,
    Fixed,
    Limit,
    Param,
    Parameter,
    Round,
    Source,
    Words,
)
from fairwater.quantities.allowed import Allowed
from fairwater.quantities.dates import CivilInterval

FILE = "ab" * 32
LIMIT = Limit(
    id="cs_limit",
    nuclides=("Cs-134", "Cs-137"),
    combine="sum",
    unit="Bq/kg",
    exceeds_when="gt",
    round=Round(mode="half_up", significant=2),
    value="100",
    cert="memory",
    src=("S1",),
)
RULE = All(
    of=(
        Atom(
            id="none_above",
            metric="exceed_count",
            limit=("cs_limit",),
            window="P30D",
            eq="0",
            text=Words(en="No sample above the limit.", ja="基準値を超える試料がない。"),
            cite=Cite(src=("S1",), clause="2", cert="seen"),
        ),
        Atom(id="enough", metric="distinct_points", window="P30D", ge=Param(param="min_points")),
    )
)
AGREEMENT = Agreement(
    id="rule",
    version="v1",
    title=Words(en="A rule"),
    time_zone="Asia/Tokyo",
    sources={"S1": Source(title="An order")},
    limits=(LIMIT,),
    parameters=(Parameter(id="min_points", type="count", value="2", cert="ours"),),
)
TERMS = Terms(
    zone=ZoneInfo("Asia/Tokyo"),
    limits={"cs_limit": LIMIT},
    parameters={"min_points": AGREEMENT.parameters[0]},
)


def sample(name: str, row: int, text134: str, text137: str, day: int) -> SampleEvidence:
    def value(nuclide: str, text: str, column: str) -> Value:
        below = text.startswith("<")
        number = Decimal(text.lstrip("<"))
        return Value(
            nuclides=(nuclide,),
            allowed=Allowed(Decimal(0) if below else number, number),
            kind="censored" if below else "detected",
            text=text,
            unit="Bq/kg",
            limit_kind="not_stated" if below else None,
            cell=Cell(document=FILE, name="fish.csv", sheet="2021", row=row, column=column),
        )

    when = date(2021, 3, day)
    return SampleEvidence(
        id=name,
        sample=name,
        known=when,
        sampled=CivilInterval(when, when),
        unit={"zone": "Z1"},
        zone="Z1",
        point="P1",
        values=(value("Cs-134", text134, "Cs-134"), value("Cs-137", text137, "Cs-137")),
        cell=Cell(document=FILE, name="fish.csv", sheet="2021", row=row),
    )


EVIDENCE = Evidence(
    samples=(
        sample("r1", 11, "<6", "97", 10),
        sample("r2", 12, "<60", "97", 11),
        sample("r3", 13, "<1", "2", 12),
    ),
    supersessions=(Supersession(target="r2", by="r3", known=date(2021, 3, 20)),),
)
FRAME = Frame(
    agreement=AGREEMENT,
    content_id="c" * 64,
    measure="restriction",
    transition="lift",
    unit={"zone": "Z1"},
    bindings={"origin": "A"},
    overrides={"parameters.min_points": "2"},
)


def told(at: date = date(2021, 3, 31), known_at: date | None = None) -> dict[str, object]:
    return file_at(at, known_at).plain()


def file_at(at: date, known_at: date | None = None) -> Dossier:
    context = Context(
        at=at, known_at=known_at or at, terms=TERMS, unit={"zone": "Z1"}, bindings={"origin": "A"}
    )
    return dossier(evaluate(RULE, EVIDENCE, context), RULE, (), FRAME)


def test_from_the_verdict_down_to_the_cell() -> None:
    plain = told()
    assert plain["verdict"] == "unknown"
    none_above, enough = plain["clause"]["parts"]
    assert none_above["verdict"] == "holds"
    assert none_above["text"]["ja"].startswith("基準値")
    assert none_above["cite"] == {
        "src": ["S1"], "titles": ["An order"], "clause": "2", "cert": "seen"
    }  # fmt: skip
    assert none_above["metric"]["window"] == {"first": "2021-03-02", "last": "2021-03-31"}
    assert none_above["metric"]["value"] == [0, 0]
    assert none_above["metric"]["cert"] == "memory"
    first = none_above["metric"]["samples"][0]
    assert (first["sample"], first["outcome"], first["point"]) == ("r1", "complies", "P1")
    record = first["records"][0]
    assert record["ends"] == [97, 103]
    assert record["compared"] == [97, 100]
    assert record["limit"] == {"id": "cs_limit", "value": "100", "unit": "Bq/kg"}
    assert "2 significant figures, half up" in record["rule"]
    assert record["reported"][0]["text"] == "<6"
    assert record["reported"][0]["source"] == {
        "document": FILE, "name": "fish.csv", "sheet": "2021", "row": 11, "column": "Cs-134"
    }  # fmt: skip
    assert record["notes"][0].startswith("kind of limit not stated")
    assert enough["metric"]["asks"] == {"ge": "2"}
    assert enough["metric"]["parameters"] == {"ge": "min_points"}


def test_what_stands_beside_the_tree() -> None:
    plain = told()
    assert plain["agreement"] == {"id": "rule", "version": "v1", "content_id": "c" * 64}
    assert plain["superseded"] == ["r2"]
    assert plain["cites"] == ["r1", "r3"]
    assert plain["bindings"] == {"origin": "A"}
    assert plain["overrides"] == {"parameters.min_points": "2"}
    assert plain["clocks"] == "contemporaneous"
    assert plain["weakest_cert"] == "ours"
    assert plain["missing"] == [
        {"kind": "shortfall", "what": "point", "n": 1, "owed_by": "origin", "party": "A"}
    ]
    assert told(known_at=date(2021, 4, 5))["clocks"] == "hindsight"


def test_three_depths() -> None:
    file = file_at(date(2021, 3, 31))
    one, two, three = (file.plain(depth)["clause"]["parts"][0] for depth in (1, 2, 3))
    assert "metric" not in one
    assert "samples" not in two["metric"]
    assert two["metric"]["counts"] == {"complies": 2, "in": 2}
    assert len(three["metric"]["samples"]) == 2
    lines = [len(rendered(file, depth).splitlines()) for depth in (1, 2, 3)]
    assert lines == sorted(set(lines))


def test_as_text() -> None:
    file = file_at(date(2021, 3, 31))
    text = rendered(file, 3)
    for words in (
        "unknown  at 2021-03-31, known at 2021-03-31",
        "agreement: rule v1 (cccccccccccc)",
        "missing: shortfall: 1 more point; owed by origin (A)",
        "“No sample above the limit.”",
        "from: An order, 2 (seen)",
        "exceed_count in [0, 0], asked eq 0, 2021-03-02 to 2021-03-31",
        "Cs-134: <6 Bq/kg  (fish.csv, sheet 2021, row 11, column Cs-134)",
        "from parts: [97, 103], compared as [97, 100]",
        "superseded: r2",
    ):
        assert words in text
    assert "“基準値を超える試料がない。”" in rendered(file, 1, "ja")


def test_json_values_only_and_the_same_bytes_again() -> None:
    first = json.dumps(told(), ensure_ascii=False)
    assert json.loads(first) == told()
    assert json.dumps(told(), ensure_ascii=False) == first


def test_exceptions_are_told_apart() -> None:
    clause = ExceptClause(
        id="waiver",
        when=Atom(id="waived", metric="document_valid", document="waiver", is_=True),
        then=Fixed(fixed="fails"),
    )
    ruled = DocumentEvidence(
        id="d1",
        known=date(2021, 3, 1),
        document="waiver",
        dated=CivilInterval(date(2021, 3, 1), date(2021, 3, 1)),
        ruling="accepted",
    )
    at = date(2021, 3, 31)
    context = Context(at=at, known_at=at, terms=TERMS, unit={"zone": "Z1"})
    evidence = EVIDENCE.joined([Evidence(documents=(ruled,))])
    verdict = evaluate(RULE, evidence, context, (clause,))
    plain = dossier(verdict, RULE, (clause,), FRAME).plain()
    assert (plain["verdict"], plain["by"]) == ("fails", "waiver")
    assert [part["role"] for part in plain["clause"]["parts"]] == ["base", "when", "then"]
    assert plain["clause"]["parts"][0]["verdict"] == "unknown"
