"""Measures and transitions: states that can be reached, steps that cannot collide, deciders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from fairwater.agreement.checks.finding import Finding, Seen, unknown_name, walk
from fairwater.agreement.comparing.effects import LEVELS
from fairwater.agreement.conditions import Atom
from fairwater.agreement.metrics.registry import METRICS
from fairwater.agreement.model import Measure, Param, Transition
from fairwater.agreement.problems import Place
from fairwater.quantities.errors import QuantityError
from fairwater.quantities.periods import Period

_DAY = date(2001, 3, 1)


def check_machine(seen: Seen) -> Iterator[Finding]:
    """Every measure and transition."""
    yield from at_once(seen)
    yield from _steps(seen)
    yield from _measures(seen)
    yield from _look_back(seen)
    yield from _empty_zero(seen)


def _place(seen: Seen, transition: Transition) -> Place:
    index = seen.agreement.transitions.index(transition)
    return Place(("transitions",), "transitions").item(index, transition.id)


def at_once(seen: Seen) -> Iterator[Finding]:
    """Automatic transitions that share a from-state need distinct priorities."""
    automatic = [step for step in seen.agreement.transitions if step.automatic]
    for first, second in combinations(automatic, 2):
        shared = sorted(set(first.from_) & set(second.from_))
        if not shared or seen.measure_of(first) != seen.measure_of(second):
            continue
        if first.priority is not None and second.priority is not None:
            if first.priority != second.priority:
                continue
            why = f"both priority {first.priority}"
        elif first.priority is None and second.priority is None:
            why = "no priority"
        else:
            lacking = first if first.priority is None else second
            why = f"{lacking.id} no priority"
        states = (
            f"from-state {shared[0]}" if len(shared) == 1 else f"from-states {', '.join(shared)}"
        )
        yield Finding(
            "automatic_priority", _place(seen, second),
            f"transitions {first.id} and {second.id} are automatic, share {states} and have {why}",
            "distinct priorities: file order never decides, the lowest number goes first",
            f"priority: 1 in {first.id}, priority: 2 in {second.id}",
        )  # fmt: skip


def _steps(seen: Seen) -> Iterator[Finding]:
    for transition in seen.agreement.transitions:
        place = _place(seen, transition)
        measure = seen.measure_of(transition)
        if measure is None:
            if not seen.any_broken("measures"):
                names = [entry.id for entry in seen.agreement.measures]
                yield Finding(
                    "unknown_measure", place.key("measure"),
                    f"the measure `{transition.measure}`" if transition.measure else "no `measure`",
                    f"one of {', '.join(names)}" if names else "a measure under `measures`",
                    f"measure: {names[0] if names else '…'}",
                )  # fmt: skip
        else:
            yield from _states(measure, transition, place)
        if transition.to in transition.from_:
            yield Finding(
                "same_state", place.key("to"), f"from `{transition.to}` to `{transition.to}`",
                "a step to another state", "another `to`, or this state out of `from`",
            )  # fmt: skip
        if transition.automatic and transition.decided_by is not None:
            yield Finding(
                "automatic_decided", place.key("decided_by"),
                f"automatic, and decided by `{transition.decided_by}`",
                "one of them: an automatic step is taken without a decision",
                "automatic: false, or no `decided_by`",
            )  # fmt: skip
        if not transition.automatic and transition.decided_by is None:
            yield Finding(
                "no_decider", place, "a step that nobody decides and that is not automatic",
                "`decided_by`: the role that may decide it", "decided_by: …, or automatic: true",
            )  # fmt: skip
        if transition.priority is not None and not transition.automatic:
            yield Finding(
                "priority", place.key("priority"), "a priority on a step that is decided",
                "priorities on automatic steps only: decided ones are all listed",
                "no `priority`", "warning",
            )  # fmt: skip


def _states(measure: Measure, transition: Transition, place: Place) -> Iterator[Finding]:
    known = [state.id for state in measure.states]
    if not known:
        return
    for j, state in enumerate(transition.from_):
        if state not in known:
            here = place.key("from").item(j, None)
            yield unknown_name("unknown_state", here, "state", state, known, "measures")
    if transition.to not in known:
        yield unknown_name(
            "unknown_state", place.key("to"), "state", transition.to, known, "measures"
        )
    if not transition.from_:
        yield Finding(
            "from", place.key("from"), "no state to step from", "at least one state",
            f"from: [{known[0]}]",
        )  # fmt: skip


def _measures(seen: Seen) -> Iterator[Finding]:
    for i, measure in enumerate(seen.agreement.measures):
        place = Place(("measures",), "measures").item(i, measure.id)
        known = [state.id for state in measure.states]
        if not known:
            yield Finding(
                "states", place, "a measure without states", "`states`, each with id and rank",
                "states: [{id: none, rank: 0}, {id: suspended, rank: 1}]",
            )  # fmt: skip
            continue
        if measure.initial not in known:
            yield unknown_name(
                "unknown_state", place.key("initial"), "state", measure.initial, known, "measures"
            )
        ranks = [state.rank for state in measure.states]
        for j, state in enumerate(measure.states):
            if state.rank in ranks[:j]:
                other = measure.states[ranks.index(state.rank)].id
                yield Finding(
                    "rank", place.key("states").item(j, state.id).key("rank"),
                    f"rank {state.rank}, as `{other}` has",
                    "distinct ranks: of two states the more restrictive one must be known",
                    f"rank: {max(ranks) + 1}",
                )  # fmt: skip
        yield from _effects(measure, place)
        if not seen.any_broken("transitions"):
            yield from _reach(seen, measure, place)


def _effects(measure: Measure, place: Place) -> Iterator[Finding]:
    """A state that ranks higher does not let goods move more freely."""
    for j, state in enumerate(measure.states):
        freer = [
            other
            for other in measure.states
            if other.effect is not None
            and state.effect is not None
            and other.rank < state.rank
            and LEVELS[other.effect] > LEVELS[state.effect]
        ]
        if freer:
            yield Finding(
                "effect", place.key("states").item(j, state.id).key("effect"),
                f"effect `{state.effect}` at rank {state.rank}, while `{freer[0].id}` of rank "
                f"{freer[0].rank} has `{freer[0].effect}`",
                "effects that do not let goods move more freely at a higher rank",
                f"effect: {freer[0].effect}, or another rank",
            )  # fmt: skip


def _reach(seen: Seen, measure: Measure, place: Place) -> Iterator[Finding]:
    steps = [s for s in seen.agreement.transitions if seen.measure_of(s) == measure]
    reached = {measure.initial}
    while True:
        more = {s.to for s in steps if reached & set(s.from_)} - reached
        if not more:
            break
        reached |= more
    for j, state in enumerate(measure.states):
        if state.id not in reached:
            yield Finding(
                "unreachable_state", place.key("states").item(j, state.id),
                f"the state `{state.id}`, which no sequence of transitions reaches "
                f"from `{measure.initial}`",
                "a transition to it from a state that can be reached",
                f"a transition with `to: {state.id}`, or no such state",
            )  # fmt: skip
    lowest = min(state.rank for state in measure.states)
    for j, state in enumerate(measure.states):
        leaves = any(state.id in step.from_ for step in steps)
        if state.id in reached and not leaves and state.rank > lowest:
            yield Finding(
                "no_exit", place.key("states").item(j, state.id),
                f"the state `{state.id}`, which no transition leaves",
                "a way back: exit evidence as well as entry evidence",
                f"a transition with `from: [{state.id}]`", "warning",
            )  # fmt: skip


def _days(seen: Seen, window: str | Param | None) -> int | None:
    """Length of a window in days, None if it is unknown or unbounded."""
    if isinstance(window, Param):
        found = next((p for p in seen.agreement.parameters if p.id == window.param), None)
        window = found.dated[-1].value if found and found.dated else None
    if window is None:
        return None
    try:
        period = Period.parse(window)
    except QuantityError:
        return None
    return 0 if period.is_hours else (_DAY - period.before(_DAY)).days


def _findings(transition: Transition, place: Place) -> list[tuple[Atom, Place]]:
    return [
        (condition, at)
        for condition, at in walk(transition.when, place.key("when"))
        if isinstance(condition, Atom)
        and condition.metric in METRICS
        and METRICS[condition.metric].family == "findings"
    ]


def _look_back(seen: Seen) -> Iterator[Finding]:
    """A tightening window that reaches behind the window that lifted re-imposes at once."""
    steps = seen.agreement.transitions
    for impose in steps:
        for lift in steps:
            pair = impose.to in lift.from_ and lift.to in impose.from_ and impose is not lift
            if not pair or seen.measure_of(impose) != seen.measure_of(lift):
                continue
            if not seen.relaxes(lift) or seen.relaxes(impose):
                continue
            spans = [
                days
                for atom, _ in _findings(lift, _place(seen, lift))
                if (days := _days(seen, atom.window)) is not None
            ]
            for atom, place in _findings(impose, _place(seen, impose)):
                days = _days(seen, atom.window)
                if atom.since is None and spans and (days is None or days > max(spans)):
                    looks = "all evidence" if days is None else f"{days} days"
                    yield Finding(
                        "looks_behind", place,
                        f"`{impose.id}` looks back over {looks}, `{lift.id}` over {max(spans)}: "
                        "evidence from before the lifting can impose again at once",
                        "a window that starts after the last transition",
                        "since: last_transition", "warning",
                    )  # fmt: skip


def _empty_zero(seen: Seen) -> Iterator[Finding]:
    """A relaxing step that counts absence as zero is taken when sampling stops."""
    for transition in seen.agreement.transitions:
        if not seen.relaxes(transition):
            continue
        for atom, place in _findings(transition, _place(seen, transition)):
            if atom.empty == "zero":
                yield Finding(
                    "empty_zero", place.key("empty"), f"`{transition.id}` relaxes on no evidence",
                    "no sample to be unknown: stopped sampling would lift the measure by itself",
                    "no `empty`, or sample_count beside it", "warning",
                )  # fmt: skip
