"""The officer's job through the commands: exit codes, JSON, and what a person reads."""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Fairwater = Callable[..., Any]
EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
FLOUNDER = ("--unit", "species=flounder", "--unit", "zone=East Bay")
BASS = ("--unit", "species=sea bass", "--unit", "zone=East Bay")


@pytest.fixture
def coast(fairwater: Fairwater, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Fairwater:
    """A node that holds the example table; the example files lie beside it."""
    for file in EXAMPLES.iterdir():
        shutil.copy(file, tmp_path)
    assert fairwater("init", "coast", "--party", "coast", "--name", "Coast").code == 0
    monkeypatch.setenv("FAIRWATER_NODE", str(tmp_path / "coast"))
    ran = fairwater("import", "harbour-2024.csv", "--profile", "harbour.yaml", "--json")
    assert ran.code == 0
    (told,) = json.loads(ran.out)["files"]
    assert (told["rows_read"], told["accepted"], told["flagged"], told["quarantined"]) == (
        9, 7, 0, 2,
    )  # fmt: skip
    assert told["new_records"] == 9
    return fairwater


def question(*more: str) -> tuple[str, ...]:
    return (*more, "--knowledge", "resulted")


def test_the_same_file_again_changes_nothing(coast: Fairwater) -> None:
    before = json.loads(coast("archive", "status", "--json").out)
    (told,) = json.loads(
        coast("import", "harbour-2024.csv", "--profile", "harbour.yaml", "--json").out
    )["files"]
    assert told["new_records"] == 0
    assert told["restated"] == 9
    assert json.loads(coast("archive", "status", "--json").out) == before


def test_evaluate_gives_state_timeline_and_missing(coast: Fairwater) -> None:
    ran = coast("evaluate", "rule.yaml", "--as-of", "2024-05-31", "--json", *question())
    assert ran.code == 0
    told = json.loads(ran.out)
    units = {u["unit"]["species"]: u for u in told["units"]}
    hold = units["flounder"]["timeline"][0]
    assert (hold["transition"], hold["eligible_from"], hold["eligible_until"]) == (
        "hold", "2024-05-15", None,
    )  # fmt: skip
    assert hold["numbers"][0]["value"] == [2, 2]
    assert len(hold["evidence"]) == 2
    assert units["sea bass"]["timeline"] == []
    assert units["sea bass"]["now"]["hold"]["numbers"][0]["value"] == [0, 1]


def test_a_verdict_has_its_exit_code(coast: Fairwater) -> None:
    def explain(transition: str, *unit: str) -> int:
        return int(
            coast("explain", "rule.yaml", transition, *unit, "--as-of", "2024-05-31", *question())
            .code
        )  # fmt: skip

    assert explain("hold", *FLOUNDER) == 0
    assert explain("hold", *BASS) == 1
    assert explain("release", *BASS) == 4  # one sample, two points short, one below 115
    assert explain("nothing", *BASS) == 2
    assert explain("hold", "--unit", "species=flounder") == 2


def test_a_dossier_opens_to_the_cell_in_order_of_sampling(coast: Fairwater) -> None:
    words = ("explain", "rule.yaml", "hold", *FLOUNDER, "--as-of", "2024-05-20", "--json")
    told = json.loads(coast(*words, *question()).out)
    samples = told["clause"]["metric"]["samples"]
    days = [sample["records"][0]["sampled"] for sample in samples]
    assert days == ["2024-03-30", "2024-04-03", "2024-04-10", "2024-04-17", "2024-05-12"]
    (cell,) = samples[1]["records"][0]["reported"]
    assert cell["text"] == "130"
    assert (cell["source"]["name"], cell["source"]["row"]) == ("harbour-2024.csv", 2)
    assert cell["source"]["column"] == "Cs sum (Bq/kg)"
    short = json.loads(coast(*words, "--depth", "2", *question()).out)
    assert "samples" not in short["clause"]["metric"]
    assert "metric" not in json.loads(coast(*words, "--depth", "1", *question()).out)["clause"]


def test_an_override_shows_what_flips_and_a_bad_one_is_refused(coast: Fairwater) -> None:
    def ask(setting: str) -> Any:
        return coast(
            "evaluate", "rule.yaml", "--as-of", "2024-05-31", "--set", setting, "--json",
            *question(),
        )  # fmt: skip

    told = json.loads(ask("transitions.hold.when.two_points.window=P30D").out)
    (flip,) = told["flips"]
    assert flip["unit"]["species"] == "flounder"
    assert flip["before"]["now"] == {"hold": "holds"}
    assert flip["after"]["now"] == {"hold": "fails"}
    assert json.loads(ask("parameters.hold_window=P61D").out)["flips"] == []
    bad = ask("parameters.hold_windows=P30D")
    assert bad.code == 2
    assert "hold_windows" in bad.err
    assert ask("parameters.hold_window=many").code == 2


def test_an_override_nobody_reads_and_a_stale_value_are_told(
    coast: Fairwater, tmp_path: Path
) -> None:
    text = (tmp_path / "rule.yaml").read_text(encoding="utf-8")
    spare = "parameters:\n  - {id: spare, type: count, value: 1, cert: ours}\n"
    checked = text.replace("parameters:\n", spare).replace(
        "value: 2, cert: ours}", "value: 2, cert: ours, checked: 2024-02-01}"
    )
    assert checked.count("checked") == 1
    (tmp_path / "checked.yaml").write_text(checked, encoding="utf-8")

    def warned(*more: str) -> list[str]:
        words = ("evaluate", "checked.yaml", "--as-of", "2024-05-31", "--json", *more)
        return list(json.loads(coast(*words, *question()).out)["warnings"])

    assert [w.partition(":")[0] for w in warned()] == ["parameters.hold_points"]
    assert [w.partition(":")[0] for w in warned("--set", "parameters.spare=2")] == [
        "parameters.spare",
        "parameters.hold_points",
    ]
    assert len(warned("--set", "limits.cs_limit.value=50")) == 1


def decided(coast: Fairwater, *more: str) -> Any:
    return coast(
        "decide", "rule.yaml", "hold", *FLOUNDER, "--role", "authority", "--dated", "2024-05-20",
        "--reasons", "two banks within 39 days", "--json", *more, *question(),
    )  # fmt: skip


def test_decide_then_recompute_without_the_archive(coast: Fairwater, tmp_path: Path) -> None:
    ran = decided(coast)
    assert ran.code == 0
    told = json.loads(ran.out)
    assert told["record"]["decided_while"] == "holds"
    state = json.loads(
        coast("evaluate", "rule.yaml", "--as-of", "2024-05-31", "--json", *FLOUNDER, *question())
        .out
    )["units"][0]  # fmt: skip
    assert (state["state"], state["since"]) == ("held", "2024-05-20")
    assert decided(coast).code == 1  # it is held already
    first = coast("recompute", told["decision"], "--document").out
    shutil.rmtree(tmp_path / "coast" / "archive")
    again = coast("recompute", told["decision"][:12], "--json")
    assert again.code == 0
    assert json.loads(again.out)["same"] is True
    assert coast("recompute", told["decision"], "--document").out == first


def test_a_decision_that_rests_on_something_else_is_told_where(
    coast: Fairwater, tmp_path: Path
) -> None:
    told = json.loads(decided(coast).out)
    record = told["record"] | {"type": "decision", "reasons": "the same, with another verdict"}
    kept = json.loads(coast("recompute", told["decision"], "--document").out)
    kept["dossier"]["verdict"] = "fails"
    other = json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    sha256 = hashlib.sha256(other).hexdigest()
    folder = tmp_path / "coast" / "attachments" / sha256[:2]
    folder.mkdir(exist_ok=True)
    (folder / sha256).write_bytes(other)
    record["basis"]["verdict_sha256"] = sha256
    record["basis"]["evidence_digest"] = "0" * 64
    (tmp_path / "forged.yaml").write_text(json.dumps(record, ensure_ascii=False))
    entered = json.loads(coast("record", "forged.yaml", "--json").out)["records"][0]["id"]
    ran = coast("recompute", entered, "--json")
    assert ran.code == 1
    differences = json.loads(ran.out)["differences"]
    assert any(d.startswith("evidence: ") for d in differences)
    assert 'verdict.dossier.verdict: was "fails", is "holds"' in differences
    again = coast("recompute", told["decision"])
    assert again.code == 0
    assert "the same bytes again" in again.out


def test_another_writer_is_waited_for_or_told(coast: Fairwater, tmp_path: Path) -> None:
    with (tmp_path / "coast" / "journal" / "lock").open("a+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        (tmp_path / "p.yaml").write_text("{type: party, party: Q, name: {en: Q}}")
        ran = coast("record", "p.yaml")
    assert ran.code == 70
    assert "try again" in ran.err
    assert coast("record", "p.yaml").code == 0


def test_later_evidence_does_not_change_what_was_decided_on(
    coast: Fairwater, tmp_path: Path
) -> None:
    told = json.loads(decided(coast).out)
    late = tmp_path / "harbour-late.csv"
    rows = (tmp_path / "harbour-2024.csv").read_text().splitlines()
    late.write_text("\n".join([rows[0], rows[2].replace("North Bank", "West Bank")]) + "\n")
    assert coast("import", str(late), "--profile", "harbour.yaml").code == 0
    ran = coast("recompute", told["decision"], "--json")
    assert (ran.code, json.loads(ran.out)["differences"]) == (0, [])


def test_who_may_not_decide_and_what_is_not_eligible(coast: Fairwater) -> None:
    wrong = coast(
        "decide", "rule.yaml", "hold", *FLOUNDER, "--role", "lab", "--dated", "2024-05-20",
        "--reasons", "x", *question(),
    )  # fmt: skip
    assert wrong.code == 1
    assert "`authority` may" in wrong.err
    call = (
        "decide", "rule.yaml", "hold", *BASS, "--role", "authority", "--dated", "2024-05-31",
        "--reasons", "as a precaution", *question(),
    )  # fmt: skip
    refused = coast(*call)
    assert refused.code == 1
    assert "--override" in refused.err
    before = json.loads(coast("archive", "status", "--json").out)["entries"]
    stands = coast(*call, "--override", "--json")
    assert stands.code == 0
    record = json.loads(stands.out)["record"]
    assert (record["override"], record["decided_while"]) == (True, "fails")
    assert json.loads(coast("archive", "status", "--json").out)["entries"] > before
    shown = json.loads(
        coast("evaluate", "rule.yaml", "--as-of", "2024-05-31", "--json", *BASS, *question()).out
    )["units"][0]
    assert shown["state"] == "held"
    assert any(flag.get("decided_while") == "fails" for flag in shown["flags"])


def test_no_agreement_applies_is_an_answer_of_its_own(coast: Fairwater, tmp_path: Path) -> None:
    """Field case F9: words in three languages, and exit code 5."""
    assert coast("agreement", "add", "rule.yaml").code == 0
    (tmp_path / "bind.yaml").write_text(
        "{type: role_binding, agreement: bay_rule, roles: {origin: P, authority: R}}\n"
    )
    assert coast("record", "bind.yaml").code == 0
    asked = ("agreement", "applies", "--role", "origin=P", "--role")
    assert coast(*asked, "authority=R", "--on", "2024-01-01").code == 0
    none = coast(*asked, "authority=Q", "--on", "2024-06-01", "--json")
    assert none.code == 5
    text = json.loads(none.out)["text"]
    assert len({text["en"], text["ja"], text["zh"]}) == 3
    assert all("P" in words and "Q" in words for words in text.values())
    assert coast(*asked, "authority=R", "--on", "2023-12-31").code == 5
    assert coast("evaluate", "bay_rule", "--as-of", "2023-12-31").code == 5


def test_what_a_row_holds_moves_no_cursor_and_floods_no_screen(
    coast: Fairwater, tmp_path: Path
) -> None:
    lines = Path("harbour-2024.csv").read_text(encoding="utf-8").splitlines()
    wild = tmp_path / "wild-2024.csv"
    hostile = "\x1b[2J\x1b]0;x\x07\u202e" + "9" * 4_000
    row = lines[1].replace("<3.9", hostile)
    wild.write_text("\n".join([lines[0], row]) + "\n", encoding="utf-8")
    assert coast("import", str(wild), "--profile", "harbour.yaml").code == 0
    for words in (("quarantine",), ("quarantine", "explain", "wild-2024.csv:1")):
        told = coast(*words).out
        assert "\\x1b[2J" in told
        assert not {"\x1b", "\x07", "\u202e"} & set(told)
        assert "characters)" in told
        assert "9" * 200 not in told
    whole = json.loads(coast("quarantine", "--file", wild.name, "--json").out)["quarantined"]
    assert hostile in whole[0]["cells"]


def test_quarantine_through_the_commands(coast: Fairwater) -> None:
    listed = json.loads(coast("quarantine", "--json").out)["quarantined"]
    assert [row["row"] for row in listed] == [7, 8]
    told = coast("quarantine", "explain", "harbour-2024.csv:7")
    assert told.code == 0
    assert "`1.2.4`" in told.out
    assert "remedy" in told.out
    assert coast("quarantine", "explain", "harbour-2024.csv:1").code == 2
    ran = coast(
        "quarantine", "submit", "mended.csv", "--profile", "harbour.yaml", "--by", "A. Clerk",
        "--reason", "telephone", "--json",
    )  # fmt: skip
    assert ran.code == 0
    assert json.loads(ran.out)["rows"][0]["outcome"] == "corrected"
    assert [r["row"] for r in json.loads(coast("quarantine", "--json").out)["quarantined"]] == [8]


def test_query_named_and_sql_read_only(coast: Fairwater, tmp_path: Path) -> None:
    assert coast("query").code == 0
    ran = coast("query", "--sql", "SELECT count(*) AS n FROM reports", "--json")
    assert json.loads(ran.out) == [{"n": 7}]
    early = coast(
        "query", "--sql", "SELECT count(*) AS n FROM current_reports", "--known-at", "2024-01-01",
        "--json",
    )  # fmt: skip
    assert json.loads(early.out) == [{"n": 0}]
    assert coast("query", "no-such-query").code == 2
    for sql in (
        "DROP VIEW reports",
        "SELECT 1; SELECT 2",
        f"COPY reports TO '{tmp_path / 'x.csv'}'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "ATTACH 'x.db'",
    ):
        assert coast("query", "--sql", sql).code == 2, sql
    assert not (tmp_path / "x.csv").exists()


def test_due_names_what_who_and_since_when(coast: Fairwater, tmp_path: Path) -> None:
    (tmp_path / "samples.yaml").write_text(
        "- {type: sample, sample: S-9, item: flounder, collected: 2024-06-01, planned: [Sr-90],\n"
        "   result_due: 2024-06-20, owed_by: lab}\n"
        "- {type: sampling_plan, plan: weekly flounder, every: P1W, owed_by: origin,\n"
        "   unit: {species: flounder}}\n"
        "- {type: missed_sample, plan: weekly flounder, dated: 2024-05-25, reason: no sailing}\n"
    )
    assert coast("record", "samples.yaml").code == 0

    def due(day: str, *more: str) -> list[dict[str, Any]]:
        return list(
            json.loads(
                coast("due", "--as-of", day, "--agreement", "rule.yaml", "--json", *more).out
            )["due"]
        )

    on_the_day = {d["of"]: d for d in due("2024-06-20")}
    assert on_the_day["S-9"]["overdue_days"] == 0
    late = {d["of"]: d for d in due("2024-06-25", "--overdue")}
    assert late["S-9"]["overdue_days"] == 5
    assert late["S-9"]["owed_by"] == "lab"
    weekly = late["weekly flounder"]
    assert weekly["due"] == "2024-05-19"
    assert "no sailing" in weekly["detail"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("evaluate",), 2),
        (("nonsense",), 2),
        (("evaluate", "no_such_rule"), 3),
        (("evaluate", "rule.yaml", "--as-of", "31 May"), 2),
        (("evaluate", "rule.yaml", "--decisions", "nonsense"), 2),
        (("evaluate", "rule.yaml", "--decisions", "prompt:7"), 2),
        (("evaluate", "rule.yaml", "--as-of", "2024-05-31", "--known-at", "2024-05-01"), 2),
        (
            (
                "facts",
                "limits",
                "--nuclides",
                "Cs-137",
                "--food",
                "x",
                "--jurisdiction",
                "y",
                "--on",
                "2013-01-01",
            ),
            2,
        ),
        (("import", "no-such-file.csv"), 3),
        (("import",), 2),
        (("record", "rule.yaml"), 3),
        (("recompute", "ffff"), 3),
        (("agreement", "check", "cases.yaml"), 1),
        (("agreement", "test", "rule.yaml"), 3),
        (("profile", "check", "rule.yaml"), 1),
    ],
)
def test_what_cannot_be_done_says_why(coast: Fairwater, words: tuple[str, ...], code: int) -> None:
    ran = coast(*words)
    assert ran.code == code, ran.err
    assert ran.err.startswith("error: ")
    assert "Traceback" not in ran.err


def test_no_node_says_how_to_make_one(fairwater: Fairwater) -> None:
    ran = fairwater("evaluate", "origin_restriction")
    assert ran.code == 2
    assert "fairwater init" in ran.err
