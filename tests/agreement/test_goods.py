"""Consignment checks on a small invented agreement: each condition alone, all at once, neither.

What each change has to bring follows from the agreement's text
(`goods_small.yaml`) and is reasoned beside it; nothing is copied from a run.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

sys.path.insert(0, str(Path(__file__).parent))  # the invented consignment beside this file

import small_goods
from small_goods import AT, LISTS, TEXT, asked, evidence, small, verdicts

from fairwater.agreement.binding import strange, with_lists
from fairwater.agreement.evidence import FacilityEvidence
from fairwater.agreement.goods_checking import NoSuchConsignment, check_consignment
from fairwater.agreement.load import content_id, load_agreement
from fairwater.agreement.logic import EITHER

Change = dict[str, dict[str, Any] | None]

EVERYWHERE: dict[str, Any] = {"area": "Zone X"}
"""An area on the excluded list, for goods and papers alike."""

FAILING: dict[str, tuple[Change, list[tuple[str, str | None, str, str | None]]]] = {
    # condition: (what is changed, [(what, of, expected, found)])
    "area": (
        dict.fromkeys(("goods", "health"), EVERYWHERE)
        | {f"water {n}": {"unit": {"species": "cod", "area": "Zone X"}} for n in (1, 2)},
        [("area", None, "∉ excluded_areas", "Zone X")],
    ),
    # registered on 5 January; made the day before
    "produced": (
        {"goods": {"produced": "2031-01-04"}},
        [("produced", None, "≥ 2031-01-05", "2031-01-04")],
    ),
    # off the register from 1 March; goods were made in February
    "facility": (
        {"plant": {"to": "2031-03-01"}},
        [("registration", "F1", "∋ 2031-03-10", "[2031-01-05, 2031-03-01)")],
    ),
    "health": (
        {"health": {"valid_to": "2031-03-09"}},
        [("validity", "health", "≥ 2031-03-10", "2031-03-09")],
    ),
    "same": (
        {"health": {"packages": "41"}},
        [("packages", "health", "40", "41")],
    ),
    # from a listed area, so an analysis is needed, and each lot's was rejected
    "branch": (
        {"analysis": {"ruling": "rejected"}},
        [
            ("ruling", "analysis L1", "not rejected", "rejected"),
            ("ruling", "analysis L2", "not rejected", "rejected"),
            ("statement", "origin_paper", "not_from_listed", "from_listed"),
        ],
    ),
    # 60 + 45 = 105 becomes 110 at two figures, half up: above 100 (field case F2)
    "limits": (
        {"sample L2": {"cs134": "60 (<5)", "cs137": "45 (<5)"}},
        [("limit", "L2", "≤ 100 Bq/kg (cs)", "110")],
    ),
    "detection": (
        {"sample L1": {"i131": "<20.1"}},
        [("detection_limit", "L1 I-131", "≤ 20 Bq/kg", "20.1 Bq/kg")],
    ),
    # a second consignment of the plant left two days before the beta results were there
    "beta": (
        {
            "earlier": {
                "consignment": "C0", "origin": "coast", "destination": "inland",
                "facility": "F1", "d": "2031-01-23",
            }
        },
        [
            ("report_before", "H-3", "≤ 2031-01-23", "2031-01-25"),
            ("report_before", "Sr-90", "≤ 2031-01-23", "2031-01-25"),
        ],
    ),
}  # fmt: skip


def told(answer: Any) -> list[tuple[str, str | None, str, str | None]]:
    return sorted((m.what, m.of, m.expected, m.found) for m in answer.mismatches)


def test_goods_in_order_hold_and_are_released() -> None:
    answer = asked()
    assert answer.verdict == "holds"
    assert verdicts(answer) == {}
    assert answer.missing == ()
    assert answer.mismatches == ()
    assert [action.id for action in answer.actions] == ["release"]


@pytest.mark.parametrize("name", [n for n in FAILING if n != "health"])
def test_each_condition_fails_alone(name: str) -> None:
    answer = asked(FAILING[name][0])
    assert verdicts(answer) == {name: "fails"}
    assert answer.verdict == "fails"
    assert told(answer) == sorted(FAILING[name][1])
    wanted = "detain" if name == "detection" else "refuse"
    assert answer.action is not None
    assert answer.action.id == wanted
    (failing,) = [c for c in answer.conditions if c.verdict == "fails"]
    assert failing.settle is not None
    assert failing.actions == (wanted,)
    cited = {entry.id for part in (evidence(FAILING[name][0]),) for entry in _entries(part)}
    for mismatch in answer.mismatches:
        assert mismatch.records, "a mismatch names the records it rests on"
        assert set(mismatch.records) <= cited


def _entries(found: Any) -> list[Any]:
    return [
        entry
        for name in ("samples", "documents", "facilities", "consignments")
        for entry in getattr(found, name)
    ]


def test_an_expired_paper_covers_nothing_either() -> None:
    """Past its validity the paper is not valid; what it covered stays covered by nothing."""
    answer = asked(FAILING["health"][0])
    assert verdicts(answer) == {"health": "fails", "lots": "unknown", "mass": "unknown"}
    assert told(answer) == FAILING["health"][1]
    assert {(m.kind, m.of, m.owed_by, m.party) for m in answer.missing} == {
        ("document", "health", "authority", "coast-office")
    }


@pytest.mark.parametrize(
    ("change", "failing", "mismatch"),
    [
        # one of two lots named on the paper: the two lists of lots differ, too
        ({"lots": ["L1"]}, {"lots", "same"}, ("lots", "L2", "L2", None)),
        # 1 % of 1,200 kg is 12 kg: 1,188 is within, 1,187.9 is not
        ({"mass": "1187.9"}, {"mass", "same"}, ("mass", "health", "1200 kg (±0.01)", "1187.9 kg")),
        ({"issuer": "someone"}, {"health"}, ("issuer", "health", "authority (coast-office)",
                                             "someone")),
        ({"species": "squid"}, {"same"}, ("species", "health", "cod", "squid")),
        ({"facility": "F9"}, {"same"}, ("facility", "health", "F1", "F9")),
        ({"area": "Zone B"}, {"same"}, ("area", "health", "Zone A", "Zone B")),
        ({"mass": "1300"}, {"same"}, ("mass", "health", "1200 kg (±0.01)", "1300 kg")),
        ({"consignment": "C7", "with": "C1"}, {"same"}, ("consignment", "health", "C1", "C7")),
        # a rejected paper is still read for what it says, and covers nothing
        ({"ruling": "rejected"}, {"health"}, ("ruling", "health", "accepted", "rejected")),
    ],
)  # fmt: skip
def test_what_a_paper_says_is_compared(
    change: dict[str, Any], failing: set[str], mismatch: tuple[str, str | None, str, str | None]
) -> None:
    answer = asked({"health": change})
    assert {k for k, v in verdicts(answer).items() if v == "fails"} == failing
    assert mismatch in told(answer)


@pytest.mark.parametrize(("mass", "verdict"), [("1188", {}), ("1212", {})])
def test_the_tolerance_is_included(mass: str, verdict: dict[str, str]) -> None:
    assert verdicts(asked({"health": {"mass": mass}})) == verdict


def test_all_at_once() -> None:
    """Every condition fails, and each mismatch of each is told in the same answer."""
    changes: Change = {
        "goods": {"area": "Zone X", "produced": "2031-01-04"},
        "plant": {"to": "2031-03-01"},
        "health": {"ruling": "rejected", "lots": ["L3"], "mass": "5"},
        "second": {
            "doc": "health", "consignment": "C1", "issuer": "coast-office", "lots": ["L1"],
            "mass": "500", "d": "2031-02-01",
        },
        "analysis": {"ruling": "rejected"},
        "sample L2": {"cs134": "60 (<5)", "cs137": "45 (<25)"},
        "earlier": {"consignment": "C0", "origin": "coast", "destination": "inland",
                    "facility": "F1", "d": "2031-01-23"},
    }  # fmt: skip
    answer = asked(changes)
    failing = {k for k, v in verdicts(answer).items() if v == "fails"}
    everything = {c.id for c in answer.conditions}
    # monitoring is coverage: too few samples of Zone X are unknown, never a failure
    assert failing == everything - {"monitored"}
    assert verdicts(answer)["monitored"] == "unknown"
    assert answer.verdict == "fails"
    assert [action.id for action in answer.actions] == ["refuse", "detain"]
    whats = {m.what for m in answer.mismatches}
    assert whats >= {
        "area", "produced", "registration", "ruling", "lots", "mass", "statement", "limit",
        "detection_limit", "report_before",
    }  # fmt: skip


MISSING: dict[str, tuple[Change, dict[str, str], set[tuple[str, str | None, str | None]]]] = {
    # what is left out: (change, verdicts, {(kind, of, owed by)})
    "the area": (
        {"goods": {"area": None}},
        {"area": "unknown", "same": "unknown", "monitored": "unknown"},
        {("statement", "area", "authority")},
    ),
    "what the area means": (
        {"goods": {"basis": "landing_place"}},
        {"area": "unknown"},
        {("statement", "area", "authority")},
    ),
    "the day of production": (
        {"goods": {"produced": None}},
        {"produced": "unknown"},
        {("date", "produced", "authority")},
    ),
    "the register": (
        {"plant": None},
        {"facility": "unknown", "produced": "unknown"},
        {("statement", "F1", "importing")},
    ),
    "a ruling": (
        {"health": {"ruling": None}},
        {"health": "unknown"},
        {("document", "health", "authority")},
    ),
    "the issuer": (
        {"health": {"issuer": None}},
        {"health": "unknown"},
        {("document", "health", "authority")},
    ),
    "the paper": (
        {"health": None},
        {"health": "unknown", "same": "unknown", "lots": "unknown", "mass": "unknown"},
        {("document", "health", "authority")},
    ),
    "one lot's analysis": (
        {"analysis": {"lots": ["L1"]}},
        {"branch": "unknown"},
        {("document", "analysis L2", "authority")},
    ),
    "the statement": (
        {"origin": {"states": None}},
        {"branch": "unknown"},
        {("document", "origin_paper", "authority")},
    ),
    "one lot's sample": (
        {"sample L2": None},
        {"limits": "unknown", "detection": "unknown"},
        {
            ("no_evidence", "L2 cs", "origin"), ("no_evidence", "L2 iodine", "origin"),
            ("no_evidence", "L2 I-131", "origin"), ("no_evidence", "L2 Cs-134", "origin"),
            ("no_evidence", "L2 Cs-137", "origin"),
        },
    ),
    "the limit beside a value": (
        {"sample L1": {"cs137": "12"}},
        {"detection": "unknown"},
        {("no_evidence", "L1 Cs-137", "origin")},
    ),
    "one beta nuclide": (
        {"beta": {"h3": None}},
        {"beta": "unknown"},
        {("no_evidence", "H-3", "origin")},
    ),
    "the day of dispatch": (
        {"goods": {"d": None, "known": "2031-03-01"}},
        {"beta": "unknown"},
        {("date", "dispatched", "authority")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MISSING)
def test_what_is_missing_is_unknown_and_says_who_owes_it(name: str) -> None:
    changes, expected, missing = MISSING[name]
    answer = asked(changes)
    assert verdicts(answer) == expected
    assert answer.verdict == "unknown"
    assert answer.action is not None
    assert answer.action.id == "detain"
    assert {(m.kind, m.of, m.owed_by) for m in answer.missing} >= missing
    if name != "the area":  # which also leaves the monitored waters open
        assert {(m.kind, m.of, m.owed_by) for m in answer.missing} == missing
    for condition in answer.conditions:
        if condition.verdict == "unknown":
            assert condition.could_be == EITHER or condition.id == "monitored"
            assert condition.settle is not None


@pytest.mark.parametrize(
    ("produced", "verdict"),
    [
        ("2031-01-05", {}),  # the day of registration counts
        ("2031-01-04", {"produced": "fails"}),
        ("2031-01", {"produced": "unknown"}),  # any day of January: before or after the 5th
        ("2030", {"produced": "fails"}),
        ("2031-01-05/2031-02-10", {}),
    ],
)
def test_a_production_date_is_a_set_of_days(produced: str, verdict: dict[str, str]) -> None:
    assert verdicts(asked({"goods": {"produced": produced}})) == verdict


def test_each_lot_has_its_own_day_and_area() -> None:
    answer = asked(
        {"goods": {"lots": {"L1": {"produced": "2030-12-31"}, "L2": {"area": "Zone X"}}}}
    )
    assert verdicts(answer) == {"area": "fails", "produced": "fails"}
    assert told(answer) == [
        ("area", "L2", "∉ excluded_areas", "Zone X"),
        ("produced", "L1", "≥ 2031-01-05", "2030-12-31"),
    ]


def test_a_plant_that_was_off_the_register_counts_from_its_new_registration() -> None:
    found = evidence({"goods": {"produced": "2031-01-20"}})
    again = FacilityEvidence(
        id="again", known=date(2031, 2, 1), facility="F1", since=date(2031, 2, 1)
    )
    first = structs.replace(found.facilities[0], until=date(2031, 1, 10))
    found = structs.replace(found, facilities=(first, again))
    answer = check_consignment(small(), "C1", found, at=AT, bindings=small_goods.BOUND)
    assert verdicts(answer) == {"produced": "fails"}
    assert told(answer) == [("produced", None, "≥ 2031-02-01", "2031-01-20")]


@pytest.mark.parametrize(
    ("beta", "verdict"),
    [
        ({"d": "2030-05-01", "r": "2030-05-31"}, "fails"),  # before the first day that counts
        ({"d": "2030-05-01", "r": "2030-06-01"}, None),
        ({"d": "2030-05-01", "r": "2030-05-31/2030-06-01"}, "unknown"),
        ({"facility": "F2"}, "unknown"),  # another plant's
        ({"facility": None}, "unknown"),  # nobody's
        ({"d": "2031-02-25", "r": "2031-03-01"}, None),  # on the day of dispatch
        ({"d": "2031-02-25", "r": "2031-03-02"}, "fails"),
    ],
)
def test_beta_is_the_plants_and_dated(beta: dict[str, Any], verdict: str | None) -> None:
    expected = {} if verdict is None else {"beta": verdict}
    assert verdicts(asked({"beta": beta})) == expected


def test_beta_grows_old() -> None:
    """P2Y from 25 January 2031 holds through 25 January 2033."""
    paper = {"valid_to": None}
    changes: Change = dict.fromkeys(("health", "origin", "analysis"), paper)
    still = asked(changes, at=date(2033, 1, 25))
    assert "beta" not in verdicts(still)
    late = asked(changes, at=date(2033, 1, 26))
    assert verdicts(late)["beta"] == "fails"


def test_a_sample_without_a_lot_clears_none_and_condemns_all() -> None:
    clean = asked({"sample L2": {"lot": None}})
    assert verdicts(clean)["limits"] == "unknown"
    above = asked({"sample L2": {"lot": None, "cs134": "300 (<5)"}})
    assert verdicts(above)["limits"] == "fails"
    one_lot = asked(
        {
            "goods": {"lots": ["L1"]}, "sample L1": {"lot": None}, "sample L2": None,
            "health": {"lots": ["L1"]},
        }
    )  # fmt: skip
    assert verdicts(one_lot) == {}, "of one lot every sample of the goods is its own"


def test_monitoring_that_names_no_consignment_is_not_a_sample_of_the_goods() -> None:
    answer = asked({"water 1": {"cs": "700"}})
    assert verdicts(answer) == {}


def test_a_list_nobody_bound_leaves_its_conditions_unknown() -> None:
    unbound = load_agreement(TEXT, "goods_small.yaml").agreement
    answer = asked(agreement=unbound)
    assert verdicts(answer) == {"area": "unknown"}
    assert [(m.kind, m.of) for m in answer.missing] == [("parameter", "excluded_areas")]


def test_a_name_on_two_lists_that_share_none_is_a_conflict() -> None:
    both = with_lists(
        load_agreement(TEXT, "goods_small.yaml").agreement,
        {"excluded_areas": ["Zone A"], "listed_areas": ["Zone A"]},
    )
    answer = asked(agreement=both)
    assert verdicts(answer) == {"area": "unknown"}
    assert [(m.kind, m.of) for m in answer.missing] == [("conflict", "Zone A")]


def test_binding_a_list_changes_no_list_the_text_states() -> None:
    text = load_agreement(TEXT, "goods_small.yaml").agreement
    bound = with_lists(text, {**LISTS, "covered_species": ["eel"], "nothing": ["x"]})
    values = {entry.id: entry.values for entry in bound.lists}
    assert values["covered_species"] == ("cod", "squid")
    assert values["excluded_areas"] == ("Zone X",)
    assert strange(text, ["covered_species", "excluded_areas", "nothing"]) == (
        "covered_species", "nothing",
    )  # fmt: skip
    assert content_id(bound) != content_id(text)


def test_goods_that_are_not_asked_get_an_answer_of_their_own() -> None:
    answer = asked({"goods": {"species": "eel"}})
    assert answer.verdict == "not_applicable"
    assert answer.conditions == ()
    assert answer.action is None


def test_goods_of_which_it_is_unknown_whether_they_are_asked() -> None:
    """Either they are not asked or every condition has to hold: Kleene's `any`."""
    change: Change = {"goods": {"species": None}, "health": {"species": None}}
    answer = asked(change)
    assert answer.verdict == "unknown"
    failing = asked(change | {"sample L1": {"cs137": "900"}})
    assert failing.verdict == "unknown"
    assert failing.action is not None
    assert failing.action.id == "detain", "goods that may not be asked are not refused"


def test_a_consignment_nobody_stated_is_no_verdict() -> None:
    with pytest.raises(NoSuchConsignment, match="no consignment `C9` is known; known are C1"):
        check_consignment(small(), "C9", evidence(), at=AT)
    with pytest.raises(NoSuchConsignment, match="known are none"):
        check_consignment(small(), "C1", evidence(), at=date(2031, 2, 28))


def test_goods_stated_in_two_ways_on_one_day_are_a_conflict() -> None:
    twin = small_goods.lines()["goods"] | {"id": "twin", "mass": "900"}
    answer = asked({"twin": twin})
    assert [(m.kind, m.of) for m in answer.conflicts] == [("conflict", "C1")]
    assert answer.verdict == "unknown"
    assert answer.action is not None
    assert answer.action.id == "detain"
    same = small_goods.lines()["goods"] | {"id": "again"}
    assert asked({"again": same}).verdict == "holds", "said twice is not said in two ways"
    later = twin | {"known": "2031-03-02", "mass": "1200"}
    assert asked({"later": later}).verdict == "holds", "a later statement stands"


def test_known_at_decides_which_evidence_there_is() -> None:
    changes: Change = {"health": {"known": "2031-03-11"}}
    assert verdicts(asked(changes))["health"] == "unknown"
    found = evidence(changes)
    later = check_consignment(
        small(), "C1", found, at=AT, known_at=date(2031, 3, 11), bindings=small_goods.BOUND
    )
    assert later.verdict == "holds"


def test_in_hindsight_a_paper_counts_from_its_issue_and_a_ruling_from_its_day() -> None:
    """Asked of 10 March with what is known on the 31st: what is dated later was not there."""

    def later(change: dict[str, Any]) -> dict[str, str]:
        found = evidence({"health": change})
        answer = check_consignment(
            small(), "C1", found, at=AT, known_at=date(2031, 3, 31), bindings=small_goods.BOUND
        )
        return verdicts(answer)

    assert later({"d": "2031-03-10"}) == {}
    absent = {"health": "unknown", "same": "unknown", "lots": "unknown", "mass": "unknown"}
    assert later({"d": "2031-03-11"}) == absent
    assert later({"d": "2031-03-11", "issued": "2031-02-20"}) == {"health": "unknown"}
