"""What a briefing holds. Plain data in a fixed order: the same evidence and clocks, the same bytes.

A `Side` is one agreement with its letter (A, B, C in the order asked). A `UnitRow` is one
species in one zone and how it stands under each side. Numbers that laboratories wrote stay
text (`text`); `low` and `high` beside them are for drawing only, in the unit of the series.
Words people read come in three languages (`Words`); text of the evidence stays as written.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from msgspec import Struct

from fairwater.agreement.terms import Words

Mark = Literal["seen", "memory", "ours"]
Truth = Literal["holds", "fails", "unknown"]
Standing = Literal["relaxable", "unsettled", "held", "tightenable", "none", "stale", "never"]
"""How a unit stands under one measure.

relaxable    a measure is in force and every condition for a milder state holds: not decided
unsettled    a measure is in force; whether it could be relaxed is unknown
held         a measure is in force and no step to a milder state has its conditions met
tightenable  no measure (or a milder one) is in force, the conditions for a stricter one hold
none         no measure; sampled within the last 90 days
stale        no measure; the last sample is more than 90 days old
never        no sample of this species in this zone
"""
STANDINGS: tuple[Standing, ...] = (
    "relaxable", "unsettled", "held", "tightenable", "none", "stale", "never",
)  # fmt: skip
Effect = Literal["none", "inspection", "conditional", "hold", "suspended"]
PointKind = Literal[
    "detected", "censored", "over_range", "interval", "about", "not_stated", "withheld"
]


class _Part(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of a briefing."""


class Named(_Part, frozen=True):
    """A name of the evidence (`key`, as written) and what readers call it, with its mark."""

    key: str
    words: Words = Words()
    mark: Mark | None = None


class Clocks(_Part, frozen=True):
    """The question: as of which day, known at which, what stands for knowledge, which decisions.

    `later` is a second day, after `as_of`, up to which the section on later evidence looks.
    `hypothetical`: some decision is assumed (`decisions` other than ``as_recorded``).
    """

    as_of: date
    known_at: date
    knowledge: str
    decisions: str
    hypothetical: bool = False
    later: date | None = None
    evidence_through: int = 0
    evidence_digest: str = ""


class SourceText(_Part, frozen=True):
    """A text an agreement cites."""

    key: str
    title: str
    url: str | None = None


class LimitLine(_Part, frozen=True):
    """A limit of a side, as a line in a chart and a row in a table.

    `covers_series`: it is on the quantity the series draw (the sum of Cs-134 and Cs-137).
    """

    letter: str
    id: str
    text: Words
    value: str
    unit: str
    nuclides: tuple[str, ...]
    combine: str
    exceeds_when: str
    covers_series: bool
    rounding: str | None = None
    set_by: str | None = None
    mark: Mark | None = None
    sources: tuple[str, ...] = ()


class StateText(_Part, frozen=True):
    """A state of a measure. `level` 0 is the mildest; `effect` is comparable between sides."""

    id: str
    level: int
    text: Words
    effect: Effect | None = None


class MeasureText(_Part, frozen=True):
    """A measure of a side and its states, the mildest first."""

    id: str
    text: Words
    states: tuple[StateText, ...]
    initial: str
    review_every: str | None = None
    review_by: str | None = None


class ClauseText(_Part, frozen=True):
    """A transition: from which states to which, who decides, what it says and where it is from."""

    id: str
    measure: str
    from_: tuple[str, ...]
    to: str
    text: Words
    decided_by: str | None = None
    direction: Literal["stricter", "milder", "level"] = "level"
    mark: Mark | None = None
    sources: tuple[str, ...] = ()


class RoleText(_Part, frozen=True):
    """A role of a side and the party that plays it; `party` None: nobody is bound."""

    id: str
    text: Words
    party: Named | None = None


class OpenPoint(_Part, frozen=True):
    """A parameter the texts leave open, and the value used here, if any."""

    id: str
    text: Words
    value: str | None
    mark: Mark | None = None


class Review(_Part, frozen=True):
    """When a measure is reviewed next. `due` None: no clock is stated, or no review on record."""

    measure: str
    every: str | None = None
    by: str | None = None
    party: Named | None = None
    due: date | None = None
    overdue_days: int = 0


class Tally(_Part, frozen=True):
    """How many units stand how, under a side's measure; `units` names each by its number."""

    standing: Standing
    units: tuple[int, ...]


class Side(_Part, frozen=True):
    """One agreement: its text, who plays its roles, and the tally of units under each measure.

    `leading` is the measure the first screen speaks of: the one with the strictest state.
    """

    letter: str
    id: str
    version: str
    content_id: str
    title: Words
    text: Words
    leading: str
    limits: tuple[LimitLine, ...]
    measures: tuple[MeasureText, ...]
    clauses: tuple[ClauseText, ...]
    roles: tuple[RoleText, ...]
    open_points: tuple[OpenPoint, ...]
    reviews: tuple[Review, ...]
    tallies: dict[str, tuple[Tally, ...]]
    sources: tuple[SourceText, ...]
    samples: int
    """Samples that count by the day asked about: drawn and known by then."""
    left_out: dict[str, int]
    """Rows on record that the scope leaves out, whenever they were drawn, by reason."""
    valid_from: date | None = None
    valid_to: date | None = None
    weakest: Mark | None = None
    invented: bool = False


class Lack(_Part, frozen=True):
    """One thing missing: what, how many, owed by whom, since when. `unit`: number of the unit."""

    letter: str
    kind: str
    unit: int | None = None
    measure: str | None = None
    transition: str | None = None
    of: str | None = None
    what: str | None = None
    n: int | None = None
    role: str | None = None
    party: Named | None = None
    due: date | None = None
    overdue_days: int = 0


class Stand(_Part, frozen=True):
    """How one unit stands under one measure of one side."""

    letter: str
    measure: str
    state: str
    level: int
    standing: Standing
    status: Literal["in_force", "asserted", "contested"] = "in_force"
    since: date | None = None
    assumed: bool = False
    """Whether the step into this state is assumed, not on record."""
    steps: dict[str, Truth] = {}
    """Verdict of the steps from the state in force that lead to a milder one, and of the others
    that hold."""
    eligible_since: date | None = None


class UnitRow(_Part, frozen=True):
    """A species in a zone: what was sampled, and how it stands under each side."""

    number: int
    species: Named
    zone: Named
    samples: int
    below: int
    above: int
    stands: tuple[Stand, ...]
    last_sampled: date | None = None
    highest: str | None = None


class Zone(_Part, frozen=True):
    """A zone with the numbers of its units; its position, where stated, is for the leader line."""

    zone: Named
    units: tuple[int, ...]
    latitude_deg: float | None = None
    longitude_deg: float | None = None


class Point(_Part, frozen=True):
    """One result as the set of values it allows: [low, high], `high` None unbounded."""

    first: date
    last: date
    kind: PointKind
    text: str
    low: float
    high: float | None
    above: bool = False
    """Above a limit of side A, by its rule."""
    half_width: float | None = None
    """Uncertainty as printed; `k` its coverage factor where stated."""
    k: str | None = None
    flagged: bool = False


class Series(_Part, frozen=True):
    """Results of one unit over time, in `unit`, on `quantity`."""

    species: Named
    zone: Named
    quantity: tuple[str, ...]
    unit: str
    points: tuple[Point, ...]
    number: int | None = None
    """Number of the unit, where it has a row."""
    source: str | None = None


class Bar(_Part, frozen=True):
    """A state over [since, until)."""

    state: str
    level: int
    since: date | None
    until: date | None
    effect: Effect | None = None
    assumed: bool = False


class Hole(_Part, frozen=True):
    """An interval over which a transition was eligible and not decided."""

    transition: str
    since: date
    until: date | None
    direction: Literal["stricter", "milder", "level"]


class Step(_Part, frozen=True):
    """A decision, or an act: on record, or assumed."""

    transition: str | None
    to: str
    dated: date
    recorded: bool
    by: Named | None = None
    role: str | None = None
    while_: Truth | None = None
    reasons: str | None = None
    invented: bool = False


class Claim(_Part, frozen=True):
    """A party says the measure is in another state (`state`), without an act, from a day on."""

    by: Named
    state: str
    since: date
    until: date | None
    denied: bool = False
    note: str | None = None


class Lane(_Part, frozen=True):
    """One run of a measure: states and eligible intervals."""

    bars: tuple[Bar, ...]
    holes: tuple[Hole, ...]


class Track(_Part, frozen=True):
    """A measure of a unit over time: as known on each day, and in hindsight.

    `unit` has no number for units outside the table (a facility, a contested whole).
    """

    letter: str
    measure: str
    label: tuple[Named, ...]
    known: Lane
    hindsight: Lane
    steps: tuple[Step, ...]
    claims: tuple[Claim, ...]
    first: date
    last: date
    number: int | None = None
    exceedances: tuple[tuple[date, str], ...] = ()
    status: Literal["in_force", "asserted", "contested"] = "in_force"
    later: bool = False
    """Whether it belongs to the section on what came after `as_of`."""


class Number(_Part, frozen=True):
    """What one atom read: possible values [low, high], compared with an operand, over a window."""

    atom: str
    metric: str
    verdict: Truth
    low: str
    high: str
    comparator: str | None = None
    operand: str | None = None
    first: date | None = None
    last: date | None = None


class Saying(_Part, frozen=True):
    """What one side says of a unit at the first difference, or where all agree."""

    letter: str
    state: str | None
    effect: Effect | None
    eligible: tuple[str, ...] = ()
    clause: str | None = None
    atoms: tuple[Number, ...] = ()
    evidence: int = 0


class Difference(_Part, frozen=True):
    """A unit on which the sides differ, from which day, and what each says then."""

    number: int | None
    label: tuple[Named, ...]
    first: date
    sayings: tuple[Saying, ...]


class Late(_Part, frozen=True):
    """A unit whose answer under a side changes with what became known later."""

    letter: str
    measure: str
    label: tuple[Named, ...]
    known_days: int
    """Days on which the answer of the time and the answer in hindsight differ."""
    first: date | None = None
    number: int | None = None


class Comparison(_Part, frozen=True):
    """The sides beside each other on the same evidence."""

    letters: tuple[str, ...]
    units: int
    agree: int
    agree_on: dict[str, int]
    """What the agreeing units agree on (an effect), and how many."""
    differences: tuple[Difference, ...]
    late: tuple[Late, ...]


class ConditionLine(_Part, frozen=True):
    """One condition of a consignment check and its own answer."""

    id: str
    text: Words
    verdict: Truth
    expected: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    missing: tuple[Lack, ...] = ()
    settle: Words = Words()
    mark: Mark | None = None


class ConsignmentLine(_Part, frozen=True):
    """A consignment under one side. `verdict` None: no agreement applies."""

    consignment: str
    product: Named
    facility: str | None
    area: Named | None
    letter: str | None
    verdict: Truth | None
    action: str | None
    conditions: tuple[ConditionLine, ...]
    invented: bool = False


class DossierPart(_Part, frozen=True):
    """A dossier as `Dossier.plain(3)` gives it, with the cells of the rows it cites.

    `rows`: record id to (field, text as published) of what the record keeps of its row.
    """

    letter: str
    label: tuple[Named, ...]
    measure: str
    transition: str
    verdict: Truth
    tree: dict[str, Any]
    rows: dict[str, tuple[tuple[str, str], ...]]
    number: int | None = None


class Read(_Part, frozen=True):
    """A source file and what became of its rows: rows = accepted + flagged + quarantined."""

    document: str
    sha256: str
    rows: int
    accepted: int
    flagged: int
    quarantined: int
    flags: dict[str, int]
    reasons: dict[str, int]
    publisher: str | None = None
    citation: str | None = None
    address: str | None = None
    published: str | None = None
    profile: str | None = None
    lineage: str | None = None
    stated: int = 0
    """Rows in evidence at all; of them, how many say nothing of a thing:"""
    lacks: dict[str, int] = {}
    """`uncertainty`, `limit_kind`, `laboratory`, `technique`, `place`, `collected`, `part`."""


class Told(_Part, frozen=True):
    """Statements that are not rows of a table, by kind: how many, how many of them invented."""

    kind: str
    count: int
    invented: int = 0


class Briefing(_Part, frozen=True):
    """Everything a report tells."""

    node: Named
    clocks: Clocks
    sides: tuple[Side, ...]
    units: tuple[UnitRow, ...]
    zones: tuple[Zone, ...]
    lacks: tuple[Lack, ...]
    series: tuple[Series, ...]
    tracks: tuple[Track, ...]
    comparison: Comparison | None
    consignments: tuple[ConsignmentLine, ...]
    dossiers: tuple[DossierPart, ...]
    reads: tuple[Read, ...]
    told: tuple[Told, ...]
