"""The agreement as data: what a text of the agreement language says.

An agreement is read from YAML (`source`, `load`), never built from an
expression. Everything two parties may argue about is a field: limits with
their rounding (`terms`), windows with their dates (`conditions`), who decides,
what an absent sample means. Nothing here decides anything.

    transitions:
      - id: impose
        from: [voluntary_hold]
        to: suspended
        decided_by: national
        when: {all: [{id: two_points, metric: distinct_points_exceeding, …}]}
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, field

from fairwater.agreement.conditions import (
    All,
    Any,
    AnyCondition,
    AreaBasis,
    AtLeast,
    Atom,
    Comparator,
    Condition,
    Declared,
    DeclaredRef,
    ExceptClause,
    Fixed,
    NormalRange,
    Not,
    Since,
    StateIs,
    StateRef,
)
from fairwater.agreement.goods_terms import (
    CheckCondition,
    ConsignmentCheck,
    DocumentStatement,
    LotAction,
    NamedList,
    Notice,
)
from fairwater.agreement.terms import (
    Cert,
    Cite,
    Clause,
    DatedValue,
    DateKind,
    Decide,
    Limit,
    Operand,
    Param,
    Parameter,
    ParameterType,
    Round,
    Source,
    Words,
)
from fairwater.quantities.decimals import RoundingMode
from fairwater.records.text import Count, DayText, Key, Name, PeriodText, Text

__all__ = [
    "Agreement",
    "All",
    "Any",
    "AnyCondition",
    "AtLeast",
    "Atom",
    "Cert",
    "CheckCondition",
    "Cite",
    "Clause",
    "Column",
    "Comparator",
    "Condition",
    "ConsignmentCheck",
    "DateKind",
    "DatedValue",
    "Decide",
    "Declared",
    "DeclaredRef",
    "Dimension",
    "DocumentKind",
    "DocumentStatement",
    "Duties",
    "Effect",
    "EvidenceScope",
    "ExceptClause",
    "Fixed",
    "Limit",
    "LotAction",
    "Measure",
    "NamedList",
    "NormalRange",
    "Not",
    "Notice",
    "Operand",
    "Param",
    "Parameter",
    "ParameterType",
    "Plan",
    "ReviewClock",
    "Role",
    "Round",
    "RoundingMode",
    "Scope",
    "Since",
    "Source",
    "State",
    "StateIs",
    "StateRef",
    "Transition",
    "Words",
]

Column = Literal[
    "item", "item_base", "species", "part", "production", "category", "category_text",
    "region", "district", "locality", "zone", "station", "laboratory", "market_stage",
    "consignment", "facility", "lot",
]  # fmt: skip


class Role(Clause, frozen=True):
    """A role and its powers. `party` is who plays it where the text itself binds it."""

    text: Words | None = None
    powers: tuple[Key, ...] = ()
    party: Name | None = None


class Duties(Clause, frozen=True):
    """Which role owes what is missing."""

    samples: Key | None = None
    results: Key | None = None
    documents: Key | None = None
    statements: Key | None = None


class Dimension(Clause, frozen=True):
    """One dimension of the scope unit and the column of the evidence that gives its value."""

    id: Key
    column: Column
    text: Words | None = None


class Scope(Clause, frozen=True):
    """What one verdict is about, and which evidence counts.

    `unit`     dimensions in order. Empty: one unit.
    `point`    columns that name the sampling point: the first one stated, else none.
    `day`      what a date with an unknown day means: `set`, it may be any day of it
               (in, out, maybe in a window), or `first_day`, its first day stands for it.
    `require`  rows lacking one of these are left out and counted.
    `where`    column to the values that count; others are left out and counted.
    """

    unit: tuple[Dimension, ...] = ()
    point: tuple[Column, ...] = ("station", "zone")
    day: Literal["set", "first_day"] = "set"
    require: tuple[Column | Literal["collected"], ...] = ()
    where: dict[Column, tuple[Text, ...]] = field(default_factory=dict)
    area_basis: AreaBasis | None = None
    text: Words | None = None


class EvidenceScope(Clause, frozen=True):
    """Another body of evidence an atom may look `over`, e.g. a plant instead of an area."""

    id: Key
    unit: tuple[Dimension, ...] = ()
    where: dict[Column, tuple[Text, ...]] = field(default_factory=dict)
    text: Words | None = None


class Transition(Clause, frozen=True, rename={"from_": "from", "except_": "except"}):
    """A step of a measure from one state to another: when it may be taken, and by whom.

    `automatic`: taken without a decision, lowest `priority` number first.
    `application_by`: the role whose application the decision needs; it does not gate
    eligibility. `expires`: an eligible step lapses after it. `decide_within`: the
    decider owes a decision by then.
    """

    id: Key
    from_: tuple[Key, ...]
    to: Key
    when: AnyCondition
    measure: Key | None = None
    automatic: bool = False
    priority: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None
    decided_by: Key | None = None
    application_by: Key | None = None
    except_: tuple[ExceptClause, ...] = ()
    expires: PeriodText | None = None
    decide_within: PeriodText | None = None
    text: Words | None = None
    cite: Cite | None = None


Effect = Literal["none", "inspection", "conditional", "hold", "suspended"]
"""What a state does to the goods, in words that agreements share: see `comparing.effects`."""


class State(Clause, frozen=True):
    """A state of a measure; a higher rank is more restrictive.

    `effect` says what the state does to the goods, so that states of different
    agreements can be compared whatever each calls them.
    """

    id: Key
    rank: Count
    effect: Effect | None = None
    text: Words | None = None


class ReviewClock(Clause, frozen=True):
    """How often a measure is reviewed and by whom. Overdue is an alarm, no transition."""

    every: PeriodText
    by: Key | None = None
    cite: Cite | None = None


class Measure(Clause, frozen=True):
    """A measure with its states. `power`: what may be done to it, and the role that may.

    An assertion by a holder of the power, without an act, contests the state for
    `assertion_lapses`.
    """

    id: Key
    initial: Key
    states: tuple[State, ...] = ()
    power: dict[Key, Key] = field(default_factory=dict)
    review: ReviewClock | None = None
    assertion_lapses: PeriodText = "P14D"
    text: Words | None = None


class DocumentKind(Clause, frozen=True):
    """A document goods or facilities need, and the role that issues and owes it.

    `states_one_of`: of these statements it makes exactly one.
    """

    id: Key
    issuer: Key
    per: Literal["consignment", "lot", "facility", "unit"] = "consignment"
    states_one_of: tuple[DocumentStatement, ...] = ()
    text: Words | None = None
    cite: Cite | None = None


class Plan(Clause, frozen=True):
    """How often a unit is to be sampled and which role owes it."""

    every: PeriodText
    owed_by: Key
    id: Key = "routine"
    week: Literal["Monday to Sunday", "Sunday to Saturday"] = "Monday to Sunday"
    text: Words | None = None
    cite: Cite | None = None


class Agreement(Clause, frozen=True):
    """A whole agreement. In force over ``[valid_from, valid_to)``, in days of its `time_zone`."""

    id: Key
    version: Key
    title: Words
    time_zone: Name
    valid_from: DayText | None = None
    valid_to: DayText | None = None
    text: Words | None = None
    roles: dict[Key, Role] = field(default_factory=dict)
    owed_by: Duties = Duties()
    sources: dict[Key, Source] = field(default_factory=dict)
    scope: Scope = Scope()
    evidence_scopes: tuple[EvidenceScope, ...] = ()
    indeterminate_flags: tuple[Key, ...] = ()
    plans: tuple[Plan, ...] = ()
    documents: tuple[DocumentKind, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    limits: tuple[Limit, ...] = ()
    measures: tuple[Measure, ...] = ()
    transitions: tuple[Transition, ...] = ()
    lists: tuple[NamedList, ...] = ()
    lot_actions: tuple[LotAction, ...] = ()
    consignment_checks: tuple[ConsignmentCheck, ...] = ()
