"""What a comparison holds: plain data in a fixed order, equal evidence and clocks, equal bytes.

A `Side` is one agreement under its letter, in the order asked. A `Parting` is one unit on
which they do not stand alike: the first day, and for each side what it says and why
(`Says`): the clauses that moved it, or those that would have and did not hold.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from msgspec import Struct

from fairwater.agreement.comparing.parting import Apart
from fairwater.agreement.comparing.positions import By, Direction
from fairwater.agreement.logic import Truth
from fairwater.agreement.model import Cite, Effect, Round, Words


class _Part(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of a comparison."""


class RoleSaid(_Part, frozen=True):
    """A role and the party bound to it (None: nobody is)."""

    role: str
    party: str | None = None


class StateSaid(_Part, frozen=True):
    """A measure, the state in force, and the state called for where it is another."""

    measure: str
    in_force: str
    calls_for: str
    effect: Effect | None = None
    text: Words | None = None
    since: date | None = None


class Start(_Part, frozen=True):
    """A measure's first state, its effect, and the effect's level."""

    measure: str
    state: str
    effect: Effect | None = None
    level: int | None = None


class Side(_Part, frozen=True):
    """One agreement compared. `dimensions`: column to the name it gives it, of those it has."""

    letter: str
    agreement: str
    version: str
    content_id: str
    title: Words
    dimensions: dict[str, str]
    coarser: bool
    roles: tuple[RoleSaid, ...] = ()
    starts: tuple[Start, ...] = ()
    units: int = 0
    rows: int = 0
    overrides: dict[str, str] = {}
    left_out: dict[str, int] = {}


class LimitSaid(_Part, frozen=True):
    """A limit as it stood on the day: value, unit, when it is exceeded, how values are rounded.

    `round` None: they are not.
    """

    id: str
    nuclides: tuple[str, ...]
    combine: str
    value: str | None
    unit: str
    exceeds_when: str
    round: Round | None = None
    basis: str | None = None
    set_by: str | None = None
    cert: str | None = None
    src: tuple[str, ...] = ()
    text: Words | None = None


class SampleSaid(_Part, frozen=True):
    """A record that counts, or may: what was reported, and the ends that were compared."""

    record: str
    outcome: Literal["exceeds", "complies", "indeterminate"] | None
    place: Literal["in", "maybe"]
    sampled: str | None
    known: date
    reported: tuple[str, ...]
    compared: tuple[int | str, int | str] | None = None
    limit: str | None = None
    limit_value: str | None = None
    point: str | None = None


class AtomSaid(_Part, frozen=True):
    """One atom: what it asks and what it read.

    `samples` are those that could move a finding; `cites` every record it rests on that is
    listed. `window` is first and last day, both inside; first None: from the beginning.
    """

    id: str
    path: str
    verdict: Truth
    metric: str
    value: tuple[int | str, int | str] | None = None
    comparator: str | None = None
    operand: str | None = None
    first: date | None = None
    last: date | None = None
    limits: tuple[LimitSaid, ...] = ()
    samples: tuple[SampleSaid, ...] = ()
    cites: tuple[str, ...] = ()
    missing: tuple[dict[str, Any], ...] = ()
    certs: tuple[str, ...] = ()
    text: Words | None = None
    cite: Cite | None = None


class ClauseSaid(_Part, frozen=True):
    """A transition with the verdict of its condition.

    `eligible_from` and `decided` where the step is or was open; `verdict` is then that which
    opened it. `verdict` None: the state was brought by a step whose condition nobody read.
    `decisive`: it makes the side stand where it does, or is what would have moved it; a step
    of another measure that leads less far is told, too, and is not.
    """

    transition: str
    measure: str
    to: str
    verdict: Truth | None
    eligible_from: date | None = None
    decided: date | None = None
    decided_by: RoleSaid | None = None
    text: Words | None = None
    cite: Cite | None = None
    atoms: tuple[AtomSaid, ...] = ()
    decisive: bool = True


class Says(_Part, frozen=True):
    """What one side says of a unit on a day. `unit` is its own, by its dimensions.

    `level` is that of what it calls for, moved or not; None where levels are not compared.
    """

    letter: str
    unit: dict[str, str]
    coarser: bool
    direction: Direction
    level: int | None
    states: tuple[StateSaid, ...]
    clauses: tuple[ClauseSaid, ...]


class Pair(_Part, frozen=True):
    """Two sides, and the first day on which they part (in a unit) or how many units they do in."""

    letters: tuple[str, str]
    first: date | None = None
    units: int = 0


class Parting(_Part, frozen=True):
    """A unit on which the sides do not stand alike."""

    unit: dict[str, str]
    first: date
    apart: tuple[Apart, ...]
    says: tuple[Says, ...]
    pairs: tuple[Pair, ...] = ()
    silent: tuple[str, ...] = ()


class Step(_Part, frozen=True):
    """From `since` on, a direction and a level."""

    since: date
    direction: Direction
    level: int | None = None


class Agreed(_Part, frozen=True):
    """A unit on which all stand alike throughout. `steps` empty: none has moved."""

    unit: dict[str, str]
    steps: tuple[Step, ...] = ()
    silent: tuple[str, ...] = ()


class Incomparable(_Part, frozen=True):
    """A unit on which fewer than two sides have evidence; `evidence`: which one has, if any."""

    unit: dict[str, str]
    evidence: tuple[str, ...] = ()


class LateRecord(_Part, frozen=True):
    """Evidence that was not known on the day, though it is dated no later.

    `came`: learned later; `replaced`: set aside later, by `by` (None: withdrawn).
    """

    record: str
    what: Literal["came", "replaced"]
    kind: Literal["sample", "decision", "statement"] = "sample"
    dated: str | None = None
    known: date | None = None
    by: str | None = None


class Learned(_Part, frozen=True):
    """A unit on which one side says something else once later knowledge is used.

    On `first` it stood at `then` by what was known that day, and stands at `now` by what is
    known at the end.
    """

    letter: str
    unit: dict[str, str]
    first: date
    then: Step
    now: Step
    apart: tuple[Apart, ...]
    late: tuple[LateRecord, ...] = ()


class Comparison(_Part, frozen=True):
    """Everything: the question, the sides, and the units by how they compare.

    `by` says how positions are compared; `no_effect` the states that force ``direction``.
    """

    as_of: date
    known_at: date
    knowledge: str
    decisions: str
    hypothetical: bool
    hindsight: bool
    columns: tuple[str, ...]
    by: By
    no_effect: dict[str, tuple[str, ...]]
    sides: tuple[Side, ...]
    differ: tuple[Parting, ...]
    agree: tuple[Agreed, ...]
    incomparable: tuple[Incomparable, ...]
    pairs: tuple[Pair, ...]
    learned: tuple[Learned, ...] = ()
    warnings: tuple[str, ...] = ()
