"""`fairwater consignment`: goods on record, checked, explained, and when no agreement applies.

The agreement and the goods are invented (`tests/agreement/goods_small.yaml`,
`goods_statements.yaml`); what each change has to bring is reasoned beside it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fairwater.cli.exits import DONE, NO, NOT_APPLICABLE, UNKNOWN, UNREADABLE, USAGE
from fairwater.node.node import Node
from fairwater.node.statements import read
from fairwater.records import encode, record_id

HERE = Path(__file__).parent
RULE = HERE.parent / "agreement" / "goods_small.yaml"
STATED = (HERE / "goods_statements.yaml").read_text(encoding="utf-8")
ASKED = ("--node", "n", "--as-of", "2031-03-10", "--knowledge", "sampled")


@pytest.fixture
def prepared(fairwater: Any) -> Callable[..., Any]:
    """A node with the agreement and the statements, some of their text replaced."""

    def make(*changes: tuple[str, str]) -> Any:
        text = STATED
        for old, new in changes:
            assert text.count(old) >= 1, old
            text = text.replace(old, new)
        Path("stated.yaml").write_text(text, encoding="utf-8")
        assert fairwater("init", "n", "--party", "inland", "--name", "Inland").code == DONE
        assert fairwater("agreement", "add", RULE, "--node", "n").code == DONE
        ran = fairwater("record", "stated.yaml", "--node", "n")
        assert ran.code == DONE, ran.err
        return fairwater

    return make


def conditions(told: str) -> dict[str, str]:
    (answer,) = json.loads(told)
    return {
        one["condition"]: one["verdict"]
        for check in answer["checks"]
        for one in check["conditions"]
        if one["verdict"] != "holds"
    }


def test_goods_in_order(prepared: Callable[..., Any]) -> None:
    fairwater = prepared()
    ran = fairwater("consignment", "check", "C1", *ASKED)
    assert ran.code == DONE, ran.out + ran.err
    assert ran.out.startswith("Consignment C1: every condition of small_goods v1 holds on")
    assert "what follows: released; by border" in ran.out
    listed = fairwater("consignment", "list", "--node", "n")
    assert listed.code == DONE
    assert "C1" in listed.out
    assert "coast" in listed.out


def test_what_differs_is_told_with_its_records(prepared: Callable[..., Any]) -> None:
    """60 + 45 is 105, at two figures half up 110; and 20.1 is above 20."""
    second = STATED[STATED.index("lot: L2,") :]
    cells = '[Cs-134], kind: censored, value: "4", limit_kind: detection_limit'
    changed = second.replace(cells, '[Cs-134], kind: detected, value: "60", limit: "5"', 1)
    changed = changed.replace('value: "12", limit: "5"', 'value: "45", limit: "20.1"', 1)
    fairwater = prepared((second, changed))
    ran = fairwater("consignment", "check", "C1", *ASKED, "--json")
    assert ran.code == NO
    assert conditions(ran.out) == {"limits": "fails", "detection": "fails"}
    (answer,) = json.loads(ran.out)
    assert answer["action"] == "refuse"
    assert [m["of"] for m in answer["mismatches"]] == ["L2", "L2 Cs-137"]
    told = fairwater("consignment", "check", "C1", *ASKED)
    assert "limit (L2): expected ≤ 100 Bq/kg (cs), found 110" in told.out
    assert "would settle it: a sample of each lot" in told.out
    record = answer["mismatches"][0]["records"][0]
    opened = Node.open(Path("n"))
    assert record in opened.journal
    dossier = fairwater("consignment", "explain", "C1", "limits", *ASKED)
    assert dossier.code == NO
    assert f"record {record}" in dossier.out
    assert "Cs-134: 60 Bq/kg" in dossier.out
    assert "compared as [110, 110]" in dossier.out


@pytest.mark.parametrize(
    ("lang", "head", "settles"),
    [
        ("en", "the verdict of small_goods v1 is unknown", "would settle it: a beta test"),
        ("ja", "small_goods v1 の判定は不明です", "解決に必要：ベータ測定"),
        ("zh", "small_goods v1 的判定未知", "可据以解决：β检测"),
    ],
)
def test_what_is_missing_is_told_in_each_language(
    prepared: Callable[..., Any], lang: str, head: str, settles: str
) -> None:
    fairwater = prepared(("sample: B1, facility: F1,", "sample: B1, facility: F2,"))
    ran = fairwater("consignment", "check", "C1", *ASKED, "--lang", lang)
    assert ran.code == UNKNOWN
    assert head in ran.out
    assert settles in ran.out
    assert "Sr-90" in ran.out
    assert "coast" in ran.out
    opened = fairwater("consignment", "explain", "C1", "beta", *ASKED)
    assert opened.code == UNKNOWN


def test_an_amended_paper_counts_in_place_of_the_first(prepared: Callable[..., Any]) -> None:
    wrong = ("document: health\n  issuer: coast-office", "document: health\n  issuer: someone")
    fairwater = prepared(wrong)
    ran = fairwater("consignment", "check", "C1", *ASKED, "--json")
    assert conditions(ran.out) == {"health": "fails"}
    (mismatch,) = json.loads(ran.out)[0]["mismatches"]
    assert (mismatch["expected"], mismatch["found"]) == ("authority (coast-office)", "someone")
    start = STATED.index("- type: document\n  document: health")
    right = STATED[start : STATED.index("\n- type", start)]
    Path("right.yaml").write_text(right, encoding="utf-8")
    (record,) = read(right, "right.yaml")
    amendment = (
        f"\n- type: amendment\n  amends: {mismatch['records'][0]}\n"
        f"  by: {record_id(encode(record))}\n  reason: the issuer was misread\n"
        '  dated: "2031-03-05"\n'
    )
    Path("right.yaml").write_text(right + amendment, encoding="utf-8")
    entered = fairwater("record", "right.yaml", "--node", "n")
    assert entered.code == DONE, entered.err
    assert fairwater("consignment", "check", "C1", *ASKED).code == DONE


@pytest.mark.parametrize(
    ("change", "why"),
    [
        # field case F9: the only agreement binds one of the two with a third
        (("roles: {origin: coast, importing: inland", "roles: {origin: coast, importing: third"),
         ("binds other parties", "当事者が異なる", "当事方不同")),
        # and: one whose validity starts the day after
        (("agreement: small_goods\n  roles: {origin", "agreement: small_goods\n  valid_from: "
          "\"2031-03-11\"\n  roles: {origin"), ("none bound", "未定", "未指定")),
    ],
)  # fmt: skip
def test_no_agreement_applies_is_an_answer_of_its_own(
    prepared: Callable[..., Any], change: tuple[str, str], why: tuple[str, str, str]
) -> None:
    fairwater = prepared(change)
    heads = ("No agreement applies on", "適用される取り決めはありません", "没有适用的协议")
    for lang, head, words in zip(("en", "ja", "zh"), heads, why, strict=True):
        ran = fairwater("consignment", "check", "C1", *ASKED, "--lang", lang)
        assert ran.code == NOT_APPLICABLE
        assert head in ran.out
        assert "coast" in ran.out
        assert words in ran.out
    for words_ in (("check", "C1"), ("explain", "C1", "limits")):
        told = fairwater("consignment", *words_, *ASKED, "--json")
        assert told.code == NOT_APPLICABLE
        assert set(json.loads(told.out)["text"]) == {"en", "ja", "zh"}


def test_an_agreement_not_yet_valid_does_not_apply(prepared: Callable[..., Any]) -> None:
    text = RULE.read_text(encoding="utf-8").replace(
        "time_zone: UTC", "time_zone: UTC\nvalid_from: 2031-03-11"
    )
    fairwater = prepared()
    Path("later.yaml").write_text(text, encoding="utf-8")
    ran = fairwater("consignment", "check", "C1", *ASKED, "--agreement", "later.yaml")
    assert ran.code == NOT_APPLICABLE
    assert "is not yet valid: from 2031-03-11" in ran.out
    on = fairwater("consignment", "check", "C1", "--node", "n", "--as-of", "2031-03-11",
                   "--knowledge", "sampled", "--agreement", "later.yaml")  # fmt: skip
    assert on.code == DONE, on.out


def test_goods_the_agreement_does_not_ask(prepared: Callable[..., Any]) -> None:
    fairwater = prepared(("species: cod", "species: eel"))
    ran = fairwater("consignment", "check", "C1", *ASKED)
    assert ran.code == NOT_APPLICABLE
    assert "asks nothing of these goods" in ran.out


def test_refusals(prepared: Callable[..., Any]) -> None:
    fairwater = prepared()
    ran = fairwater("consignment", "check", "C9", *ASKED)
    assert ran.code == UNREADABLE
    assert "no consignment `C9`; on record: 1" in ran.err
    assert "written alike: C1" in ran.err
    early = fairwater("consignment", "check", "C1", "--node", "n", "--as-of", "2001-01-01")
    assert early.code == UNREADABLE
    assert "`C1` is on record, but was not known on 2001-01-01 by journal" in early.err
    assert "a later --as-of" in early.err
    assert fairwater("consignment", "explain", "C1", "nothing", *ASKED).code == USAGE
    assert fairwater("consignment", "check", "C1", *ASKED, "--known-at", "2030-01-01").code == USAGE


def test_the_same_records_give_the_same_bytes_in_any_order(
    prepared: Callable[..., Any], fairwater: Any
) -> None:
    first = prepared()("consignment", "check", "C1", *ASKED, "--json").out
    entries = STATED.split("\n- type: ")
    turned = [entries[0], *reversed(entries[1:])]
    Path("turned.yaml").write_text("\n- type: ".join(turned), encoding="utf-8")
    assert fairwater("init", "m", "--party", "inland", "--name", "Inland").code == DONE
    assert fairwater("agreement", "add", RULE, "--node", "m").code == DONE
    assert fairwater("record", "turned.yaml", "--node", "m").code == DONE
    again = fairwater("consignment", "check", "C1", "--node", "m", *ASKED[2:], "--json").out
    assert again == first
