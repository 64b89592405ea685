"""`fairwater demo`: the main job on real figures, told as a story.

    story = run(Path("demo"), show)
    story.states          every species and zone: where its measures stand
    story.rockfish        the black rockfish of 2021 and 2022, step by step
    story.windows         what a shorter or longer window would have meant
    story.dossier         one verdict, down to file, row and cell
    story.comparison      three agreements on the same figures: where they first part

The figures are history entered long afterwards, so "known" is the day of
sampling (`--knowledge sampled`). No decision of 2012 to 2014 is in the figures:
where a restriction became *eligible* there, the state still says none. Eligible
is not decided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from fairwater.agreement.comparing.answer import Comparison
from fairwater.agreement.dossier_text import rendered
from fairwater.agreement.load import content_id
from fairwater.agreement.override import apply_overrides
from fairwater.agreement.timeline import Opening, Timeline
from fairwater.node import demo_figures, demo_standing
from fairwater.node.agreements import find, record_of
from fairwater.node.briefing.reads import reads
from fairwater.node.comparing import compare
from fairwater.node.consignments import check, consignments
from fairwater.node.evaluation import Asked, Prepared, every, explained, prepare
from fairwater.node.node import Node
from fairwater.records import Party, RoleBinding, TestReport, Words

AGREEMENT = "origin_restriction"
AGREEMENTS = (AGREEMENT, "import_certificate", "staged_resumption")
MEASURE = "restriction"
IMPOSE = "impose"
WINDOW = "parameters.impose_window"
WINDOWS = ("P30D", "P60D", "P90D")
SHIPPED_WINDOW = "P90D"
STEPS = len(WINDOWS) + 3
FIGURES_END = date(2014, 3, 31)
STORY_END = date(2022, 2, 28)
UNDER_WAY = timedelta(days=8)
"""How long after it was sent off a consignment of the demo is looked at."""
ROCKFISH = {"species": "クロソイ", "zone": "福島県"}

ROLES = {
    "origin": demo_figures.PARTY,
    "national_headquarters": "national-headquarters",
    "regional_authority": demo_figures.PARTY,
    "operator": "fishing-cooperatives",
    "lab": "laboratories-named-in-the-reports",
}

PARTIES = (
    Party(
        party=demo_figures.PARTY,
        name=Words(en="Coastal authority (demo)", ja="沿岸側当局（デモ）", zh="沿海方当局（演示）"),
    ),
    Party(
        party="national-headquarters",
        name=Words(en="National headquarters", ja="国の対策本部", zh="国家对策本部"),
    ),
    Party(
        party="fishing-cooperatives",
        name=Words(en="Fishing cooperatives", ja="漁業協同組合", zh="渔业协同组合"),
    ),
    Party(
        party="laboratories-named-in-the-reports",
        name=Words(
            en="the laboratories named in the reports",
            ja="報告に記載の検査機関",
            zh="报告所列检测机构",
        ),
    ),
    Party(
        party="inland-alert-network",
        name=Words(
            en="Inland alert network (invented)",
            ja="内陸側通報網（架空）",
            zh="内陆方通报网（虚构）",
        ),
    ),
)
"""Names of the parties that play the roles."""

Show = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much it is."""


class Taken(Struct, frozen=True, kw_only=True):
    """A table that was taken in: its rows, by outcome and by flag."""

    document: str
    rows_read: int
    accepted: int
    flagged: int
    quarantined: int
    flags: dict[str, int]


class State(Struct, frozen=True, kw_only=True):
    """One species in one zone: where a measure stands, and when it became eligible to move."""

    species: str
    zone: str
    measure: str
    state: str
    first_eligible: date | None
    openings: int
    open_now: tuple[str, ...]


class Step(Struct, frozen=True, kw_only=True):
    """One thing that happened: on a day, to a measure, what, and on what ground."""

    day: date
    measure: str
    what: str
    detail: str


class Window(Struct, frozen=True, kw_only=True):
    """What a window would have meant: units and days a restriction was open, the rockfish's day.

    `days` are summed over units, to the end of the published figures.
    """

    window: str
    units: int
    days: int
    rockfish: date | None


class Goods(Struct, frozen=True, kw_only=True):
    """A consignment under the agreement between its two ends: its verdict, and what is not met."""

    consignment: str
    agreement: str
    verdict: str
    action: str | None
    unmet: tuple[str, ...]


class Story(Struct, frozen=True, kw_only=True):
    """What the demo found. `dossier` is text; everything else is data."""

    node: str
    agreement: str
    taken: tuple[Taken, ...]
    press_values: int
    invented: int
    left_out: dict[str, int]
    states: tuple[State, ...]
    quiet_units: int
    rockfish: tuple[Step, ...]
    windows: tuple[Window, ...]
    dossier: str
    comparison: Comparison
    goods: tuple[Goods, ...]


def run(folder: Path, show: Show | None = None) -> Story:
    """Make the demo's node in `folder` and tell its story.

    Raises
    ------
    NodeError
        If `folder` holds anything but an earlier demo node.
    """
    told = show or (lambda _what, _done, _all: None)
    node = demo_figures.make(folder)
    found = find(None, AGREEMENT)
    binding = RoleBinding(agreement=AGREEMENT, roles=ROLES)
    texts = [record_of(find(None, name)) for name in AGREEMENTS]
    demo_figures.fill(
        node,
        [*PARTIES, binding, *texts, *demo_standing.invented(), *demo_standing.resumption()],
        lambda done, all_: told("taking figures in", done, all_),
    )
    asked = Asked(found=found, as_of=FIGURES_END, knowledge="sampled")
    told("asking the agreement", 0, STEPS)
    prepared = prepare(node, asked)
    timelines = every(prepared)
    told("asking the agreement", 1, STEPS)
    windows = []
    for number, window in enumerate(WINDOWS, 2):
        windows.append(_window(prepared, window))
        told("asking the agreement", number, STEPS)
    steps = _steps(every(_at(prepared, STORY_END)))
    dossier = _first_dossier(prepared, timelines)
    told("asking the agreement", STEPS - 1, STEPS)
    comparison = compare(node, [_asked(name) for name in AGREEMENTS], later_knowledge=False)
    told("asking the agreement", STEPS, STEPS)
    units = {_unit(timeline) for timeline in timelines}
    moved = {_unit(timeline) for timeline in timelines if _moved(timeline)}
    return Story(
        node=str(folder),
        agreement=f"{found.agreement.id} {found.agreement.version}",
        taken=_taken(node),
        press_values=_press_values(),
        invented=len(demo_standing.invented()),
        left_out=dict(sorted(prepared.left_out.items())),
        states=tuple(map(_state, filter(_moved, timelines))),
        quiet_units=len(units - moved),
        rockfish=steps,
        windows=tuple(windows),
        dossier=dossier,
        comparison=comparison,
        goods=tuple(_goods(node)),
    )


def _asked(name: str) -> Asked:
    """An agreement on the published figures, each known from the day of its result."""
    return Asked(found=find(None, name), as_of=FIGURES_END, knowledge="resulted")


def _goods(node: Node) -> Iterator[Goods]:
    """The invented consignments, each asked when it has arrived."""
    for stated in consignments(node):
        record = stated.record
        day = date.fromisoformat((record.dispatched or FIGURES_END.isoformat())[:10]) + UNDER_WAY
        for answer in check(node, record.consignment, as_of=day, knowledge="sampled").answers:
            yield Goods(
                consignment=record.consignment,
                agreement=answer.agreement,
                verdict=answer.verdict,
                action=None if answer.action is None else answer.action.id,
                unmet=tuple(c.id for c in answer.conditions if c.verdict != "holds"),
            )


def _at(prepared: Prepared, day: date) -> Prepared:
    """The same question as of another day: the evidence is the same, known or not yet."""
    return replace(prepared, asked=replace(prepared.asked, as_of=day))


def _with(prepared: Prepared, window: str) -> Prepared:
    """The same question with another window: its scope, and so its evidence, stays."""
    agreement = apply_overrides(prepared.asked.found.agreement, {WINDOW: window})
    return replace(
        prepared,
        asked=replace(prepared.asked, overrides={WINDOW: window}),
        agreement=agreement,
        content_id=content_id(agreement),
    )


def _first_dossier(prepared: Prepared, timelines: list[Timeline]) -> str:
    """Why the black rockfish first became eligible: from values in the published table."""
    day = min(opening.since for opening in _rockfish_openings(timelines))
    return rendered(explained(_at(prepared, day), ROCKFISH, IMPOSE), 3)


def _rockfish_openings(timelines: list[Timeline]) -> list[Opening]:
    return [
        opening
        for timeline in timelines
        if timeline.unit == ROCKFISH
        for opening in timeline.openings
        if opening.transition == IMPOSE
    ]


def _taken(node: Node) -> tuple[Taken, ...]:
    return tuple(
        Taken(
            document=read.document,
            rows_read=read.rows,
            accepted=read.accepted,
            flagged=read.flagged,
            quarantined=read.quarantined,
            flags=read.flags,
        )
        for read in reads(node.archive(), node.journal.size)
    )


def _press_values() -> int:
    """Values that only the press reported."""
    return sum(isinstance(record, TestReport) for record in demo_figures.press())


def _unit(timeline: Timeline) -> tuple[str, ...]:
    return tuple(timeline.unit.values())


def _moved(timeline: Timeline) -> bool:
    return bool(timeline.openings or timeline.taken)


def _state(timeline: Timeline) -> State:
    return State(
        species=timeline.unit["species"],
        zone=timeline.unit["zone"],
        measure=timeline.measure,
        state=timeline.in_force,
        first_eligible=min((opening.since for opening in timeline.openings), default=None),
        openings=len(timeline.openings),
        open_now=tuple(opening.transition for opening in timeline.eligible),
    )


def _window(prepared: Prepared, window: str) -> Window:
    changed = _with(prepared, window)
    openings = [
        (_unit(timeline), opening)
        for timeline in every(changed)
        for opening in timeline.openings
        if opening.transition == IMPOSE
    ]
    later = _rockfish_openings(every(_at(changed, STORY_END)))
    days = [opening.since for opening in later if opening.since > FIGURES_END]
    return Window(
        window=window,
        units=len({unit for unit, _ in openings}),
        days=sum(((o.until or FIGURES_END) - o.since).days for _, o in openings),
        rockfish=min(days, default=None),
    )


def _steps(timelines: list[Timeline]) -> tuple[Step, ...]:
    """What happened to the black rockfish after the published figures end."""
    steps: list[Step] = []
    for told in timelines:
        if told.unit != ROCKFISH:
            continue
        for opening in told.openings:
            if opening.since > FIGURES_END:
                until = "still open" if opening.until is None else f"until {opening.until}"
                what = f"{opening.transition} becomes eligible"
                steps.append(Step(day=opening.since, measure=told.measure, what=what, detail=until))
        for step in told.taken:
            ground = f"condition {step.decided_while}" if step.decided_while else step.cause
            what = f"{step.transition} decided: {step.from_state} to {step.to}"
            steps.append(Step(day=step.dated, measure=told.measure, what=what, detail=ground))
    return tuple(sorted(steps, key=lambda step: (step.day, step.measure, step.what)))
