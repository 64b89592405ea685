"""Measures over time as a report tells them: eligible, decided, asserted, assumed.

Openings of `origin_restriction` come from plain loops over the source lines, day by day; those
of the other texts from the exact evaluator, for units that it walks quickly; decisions and
assertions from the YAML they were entered with.
"""

from __future__ import annotations

from datetime import date, timedelta
from types import ModuleType

import pytest

from fairwater.agreement.machine import timeline
from fairwater.agreement.timeline import Timeline
from fairwater.node import demo
from fairwater.node.agreements import find
from fairwater.node.briefing import Briefing, Wanted, brief
from fairwater.node.briefing.content import Lane, Track
from fairwater.node.evaluation import Asked, Prepared, evidence_of, prepare
from fairwater.node.node import Node

AS_OF = demo.FIGURES_END
HALF_WAY = date(2012, 12, 31)
"""Assumed decisions are followed this far: the exact evaluator takes long over years of them."""
STEP = {"industry": "industry_hold", "restriction": "impose"}
"""The step out of the first state of each measure of `origin_restriction`."""


@pytest.fixture(scope="module")
def assumed(demo_node: Node) -> Briefing:
    """One side, every decision supposed to be taken as soon as it may be."""
    wanted = Wanted(
        agreements=demo.AGREEMENTS[:1],
        as_of=HALF_WAY,
        knowledge="resulted",
        decisions="prompt",
        series=0,
        dossiers=0,
        tracks=30,
    )
    return brief(demo_node, wanted)


def unit_of(track: Track) -> tuple[str, str]:
    item, zone = (part.key for part in track.label)
    return item, zone


def put(node: Node, letter: str, day: date, decisions: str = "as_recorded") -> Prepared:
    """A side's question put by itself."""
    name = demo.AGREEMENTS["ABC".index(letter)]
    return prepare(
        node,
        Asked(found=find(node, name, AS_OF), as_of=day, knowledge="resulted", decisions=decisions),
    )


def exact(prepared: Prepared, track: Track, *, hindsight: bool) -> Timeline:
    """The exact evaluator's history of a track's measure and unit."""
    unit = dict(zip(("species", "zone"), unit_of(track), strict=True))
    return timeline(
        prepared.agreement,
        track.measure,
        unit,
        evidence_of(prepared, unit),
        as_of=prepared.asked.as_of,
        decisions=prepared.asked.decisions,
        bindings=prepared.bindings,
        hindsight=hindsight,
    )


def alike(lane: Lane, told: Timeline) -> None:
    """A drawn lane holds the spans and openings of a timeline, and tells apart what is assumed."""
    bars = [(b.state, b.since, b.until, b.assumed) for b in lane.bars]
    assert bars == [(s.state, s.since, s.until, s.cause == "prompt") for s in told.spans]
    holes = sorted((h.transition, h.since, str(h.until)) for h in lane.holes)
    assert holes == sorted((o.transition, o.since, str(o.until)) for o in told.openings)


def quick(briefing: Briefing, what: str, count: int) -> list[Track]:
    """Tracks of a side, or measure, with the fewest samples: the evaluator is slow on others."""
    mine = [t for t in briefing.tracks if what in (t.letter, t.measure) and t.number is not None]
    return sorted(mine, key=lambda t: briefing.units[t.number or 0].samples)[:count]


def test_eligible_intervals_are_those_of_a_search_day_by_day(
    demo_briefing: Briefing, plainly: ModuleType
) -> None:
    """As known then and in hindsight, for every track of the restriction rule."""
    by_unit = plainly.by_unit(plainly.samples())
    tracks = [track for track in demo_briefing.tracks if track.letter == "A"]
    differ = 0
    for track in tracks:
        rule = plainly.RULES[STEP[track.measure]]
        lanes = []
        for lane, hindsight in ((track.known, False), (track.hindsight, True)):
            found = plainly.openings(by_unit[unit_of(track)], rule, AS_OF, hindsight=hindsight)
            assert [(h.since, h.until) for h in lane.holes] == found, (unit_of(track), hindsight)
            assert {h.transition for h in lane.holes} == {STEP[track.measure]}
            assert {h.direction for h in lane.holes} == {"stricter"}
            assert [(b.since, b.until, b.level, b.assumed) for b in lane.bars] == [
                (None, None, 0, False)
            ], "nothing was decided"
            lanes.append(found)
        differ += lanes[0] != lanes[1]
    assert len(tracks) > 10
    assert differ > 5, "results came days after the samples: hindsight sees them sooner"


def test_every_unit_that_ever_was_eligible_has_its_track(
    demo_node: Node, plainly: ModuleType
) -> None:
    """With room for all: units and measures whose rule held on some day, from the lines."""
    wanted = Wanted(
        agreements=demo.AGREEMENTS[:1], as_of=AS_OF, knowledge="resulted",
        tracks=1_000, series=0, dossiers=0,
    )  # fmt: skip
    told = {(unit_of(t), t.measure) for t in brief(demo_node, wanted).tracks}
    expected = {
        (unit, measure)
        for unit, found in plainly.by_unit(plainly.samples()).items()
        for measure, step in STEP.items()
        if plainly.openings(found, plainly.RULES[step], AS_OF, hindsight=False)
    }
    assert told == expected


def test_tracks_of_the_other_texts_are_those_of_the_exact_evaluator(
    demo_briefing: Briefing, demo_node: Node
) -> None:
    tracks = [t for letter in "BC" for t in quick(demo_briefing, letter, 2)]
    asked = {letter: put(demo_node, letter, AS_OF) for letter in "BC"}
    for track in tracks:
        then = exact(asked[track.letter], track, hindsight=False)
        alike(track.known, then)
        alike(track.hindsight, exact(asked[track.letter], track, hindsight=True))
        assert track.status == then.status
        assert [(s.dated, s.to, s.while_) for s in track.steps] == [
            (t.dated, t.to, t.decided_while) for t in then.taken
        ]
    assert {t.letter for t in tracks} == {"B", "C"}
    assert any(t.known != t.hindsight for t in tracks)


def test_decisions_on_a_track_are_those_entered(
    demo_briefing: Briefing, demo_afterwards: Briefing, plainly: ModuleType
) -> None:
    """Day, state, party, role, reasons: from the YAML. The invented ones say so."""
    entered = [r for r in plainly.entered() if r["type"] == "decision"]
    seen = 0
    for briefing in (demo_briefing, demo_afterwards):
        ids = {side.letter: side.id for side in briefing.sides}
        for track in briefing.tracks:
            mine = [
                r
                for r in entered
                if (r["agreement"], r["measure"]) == (ids[track.letter], track.measure)
                and dict(zip(("species", "zone"), unit_of(track), strict=True)).items()
                >= r["unit"].items()
                and track.first <= date.fromisoformat(r["dated"])
                and date.fromisoformat(r["effective"]) <= track.last
            ]
            recorded = [s for s in track.steps if s.recorded]
            assert [
                (s.transition, s.dated, s.by and s.by.key, s.role, s.reasons, s.invented)
                for s in recorded
            ] == [
                (
                    r["transition"],
                    date.fromisoformat(r["dated"]),
                    r["by"],
                    r["role"],
                    r["reasons"],
                    "(invented" in str(r),
                )
                for r in mine
            ]
            seen += len(recorded)
    assert seen >= 4


def test_assertions_are_told_apart_from_decisions(
    demo_briefing: Briefing, plainly: ModuleType
) -> None:
    """Who says which state, from when, and when it lapses: from the YAML and the text's period."""
    claimed = [track for track in demo_briefing.tracks if track.claims]
    assert [track.status for track in claimed] == ["contested"]
    (track,) = claimed
    text = plainly.agreement("staged_resumption")
    (measure,) = [m for m in text["measures"] if m["id"] == track.measure]
    assert measure["assertion_lapses"].endswith("D")
    lapse = timedelta(days=int(measure["assertion_lapses"][1:-1]))
    unit = dict(zip(("species", "zone"), unit_of(track), strict=True))
    said = [
        r
        for r in plainly.entered()
        if r["type"] == "assertion"
        and r.get("unit") == unit
        and AS_OF - lapse < date.fromisoformat(r["dated"]) <= AS_OF
    ]
    assert [(c.by.key, c.state, c.since, c.until, c.note) for c in track.claims] == [
        (
            r["by"],
            r["state"],
            date.fromisoformat(r["dated"]),
            date.fromisoformat(r["dated"]) + lapse,
            r["note"],
        )
        for r in said
    ]
    in_force = track.known.bars[-1].state
    assert [c.denied for c in track.claims] == [r["state"] == in_force for r in said]


def test_what_came_later_is_that_of_the_exact_evaluator(
    demo_afterwards: Briefing, demo_node: Node
) -> None:
    """Black rockfish of 2021 and 2022: decided, and eligible by what was known then."""
    later = [track for track in demo_afterwards.tracks if track.later]
    assert later
    last = demo_afterwards.clocks.later
    assert last is not None
    asked = put(demo_node, "A", last)
    for track in later:
        assert (track.first, track.last) == (AS_OF, last)
        then = exact(asked, track, hindsight=False)
        alike(track.known, then)
        alike(track.hindsight, exact(asked, track, hindsight=True))
    decided = [s.dated for t in later for s in t.steps if s.recorded]
    assert decided == [date(2021, 4, 19), date(2021, 12, 1)], "the two of the press"


def test_assumed_decisions_are_those_of_the_exact_evaluator_and_say_so(
    assumed: Briefing, demo_node: Node
) -> None:
    assert assumed.clocks.hypothetical
    tracks = [t for measure in STEP for t in quick(assumed, measure, 2)]
    asked = put(demo_node, "A", HALF_WAY, "prompt")
    for track in tracks:
        alike(track.known, exact(asked, track, hindsight=False))
        alike(track.hindsight, exact(asked, track, hindsight=True))
    assert {t.measure for t in tracks} == set(STEP)
    steps = [s for track in assumed.tracks for s in track.steps]
    assert steps
    assert not any(s.recorded for s in steps)


def test_an_assumed_step_leads_where_its_text_says(assumed: Briefing, plainly: ModuleType) -> None:
    text = plainly.agreement(demo.AGREEMENT)
    ranks = {s["id"]: s["rank"] for m in text["measures"] for s in m["states"]}
    ways = {t["id"]: ranks[t["to"]] - ranks[t["from"][0]] for t in text["transitions"]}
    seen = set()
    for track in assumed.tracks:
        for hole in (*track.known.holes, *track.hindsight.holes):
            assert hole.direction == ("stricter" if ways[hole.transition] > 0 else "milder")
            seen.add(hole.direction)
    assert seen == {"stricter", "milder"}


def test_industry_stops_when_the_first_sample_above_is_known(
    assumed: Briefing, plainly: ModuleType
) -> None:
    """The first assumed stop of every unit, from the lines: the rule holds, so it is decided."""
    by_unit = plainly.by_unit(plainly.samples())
    tracks = [t for t in assumed.tracks if t.measure == "industry"]
    for track in tracks:
        runs = plainly.openings(
            by_unit[unit_of(track)], plainly.one_above, HALF_WAY, hindsight=False
        )
        assert track.steps[0].dated == runs[0][0], unit_of(track)
        assert track.known.bars[1].since == runs[0][0]
        assert track.known.bars[1].assumed
    assert len(tracks) > 8


def test_samples_above_the_limit_are_marked_on_their_day(
    demo_briefing: Briefing, plainly: ModuleType
) -> None:
    by_unit = plainly.by_unit(plainly.known(plainly.samples(), AS_OF))
    marked = 0
    for track in demo_briefing.tracks:
        if track.letter != "A":
            continue
        above = sorted(
            (s.drawn, s.stated(plainly.SUM)["text"])
            for s in by_unit[unit_of(track)]
            if plainly.exceeds(s, "100")
        )
        assert sorted(track.exceedances) == above, unit_of(track)
        marked += len(above)
    assert marked > 0
