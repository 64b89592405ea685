"""Conditions: three-valued statements about the evidence of one unit.

A condition is one of `All`, `Any`, `Not`, `AtLeast`, `Atom`, `StateIs`,
`Declared`, `Fixed`. Its key (`all`, `any`, `not`, `at_least`, `metric`, `state`,
`declared`, `fixed`) tells which; `form` carries that inside the program only and
is never written.

    all:
      - {id: two_points, metric: distinct_points_exceeding, limit: cs_limit,
         window: P90D, since: last_transition, ge: {param: min_points}}
      - {id: not_waived, not: {declared: {who: importing, what: waiver}}}

`metrics.registry` says what each metric needs and what may compare it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from fairwater.agreement.terms import Cite, Clause, DateKind, Operand, Param, Words
from fairwater.records.text import Key, Name, Nuclide, PeriodText

AreaBasis = Literal["catch_area", "landing_place", "place_of_production"]
Matched = Literal["consignment", "product", "facility", "area", "packages", "lots", "mass"]
Comparator = Literal["eq", "ne", "lt", "le", "gt", "ge", "is"]
Since = Annotated[
    str,
    Meta(
        pattern=r"^(last_transition|[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))$(?!\n)",
        description="`last_transition`: only evidence dated after it; or a day, excluded itself.",
    ),
]


class Condition(
    Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, tag_field="form"
):
    """Base of the conditions."""

    id: Key | None = None


class All(Condition, frozen=True, tag="all", rename={"of": "all"}, kw_only=True):
    """Holds if every one holds; fails if one fails."""

    of: tuple[AnyCondition, ...]


class Any(Condition, frozen=True, tag="any", rename={"of": "any"}, kw_only=True):
    """Holds if one holds; fails if every one fails."""

    of: tuple[AnyCondition, ...]


class Not(Condition, frozen=True, tag="not", rename={"of": "not"}, kw_only=True):
    """Holds if it fails; unknown stays unknown."""

    of: AnyCondition


class AtLeast(Condition, frozen=True, tag="at_least", kw_only=True):
    """Holds if at least that many hold."""

    at_least: int | Param
    of: tuple[AnyCondition, ...]


class Fixed(Condition, frozen=True, tag="fixed", kw_only=True):
    """A condition that is settled by agreement."""

    fixed: Literal["holds", "fails"]


class StateRef(Clause, frozen=True, rename={"is_": "is"}):
    """A measure and the state, or states, it has to be in."""

    measure: Key
    is_: tuple[Key, ...]


class StateIs(Condition, frozen=True, tag="state", kw_only=True):
    """The unit's measure is in a state."""

    state: StateRef


class DeclaredRef(Clause, frozen=True, rename={"is_": "is"}):
    """What only a party can say: which role, what."""

    who: Key
    what: Name
    is_: bool = True
    window: PeriodText | Param | None = None
    must_state: tuple[Key, ...] = ()


class Declared(Condition, frozen=True, tag="declared", kw_only=True):
    """A role has declared something."""

    declared: DeclaredRef


class NormalRange(Clause, frozen=True):
    """The range that counts as normal, ends included, in the unit of the limit."""

    low: Operand
    high: Operand


class Atom(
    Condition, frozen=True, tag="metric", rename={"is_": "is", "list_": "list"}, kw_only=True
):
    """One metric of the evidence compared with one operand. `metrics` lists what each needs.

    `window` is ``(at - window, at]`` in civil days by the date `date`; `since` starts it
    later still. `limit` may name several: a sample exceeds if it exceeds any of them.

    Of goods: `list` names a list; `after` is a day, or `facility_registration`, and
    `day_itself` says whether that day is late enough; `match` is what a document must
    state as the goods are; `states` the statements asked for; `enough` whether a document
    that was presented needs a ruling; `each` whether every lot, every nuclide is asked;
    `tolerance` a share of the mass; `not_before` and `before` bound a report's date.
    """

    # `limit` and `state.is` are always lists here; `load` wraps a single name. A field of
    # type "constrained text or tuple" inside this recursive union makes msgspec 0.22 crash
    # now and then when the interpreter ends (garbage collection; its issue 717).

    metric: str
    limit: tuple[Key, ...] = ()
    window: PeriodText | Param | None = None
    since: Since | None = None
    date: DateKind = "sampled"
    empty: Literal["unknown", "zero"] = "unknown"
    when_short: Literal["unknown", "fails"] = "unknown"
    over: Key | None = None
    weeks: int | Param | None = None
    min_per_week: int | Param | None = None
    look_back: PeriodText | Param | None = None
    confidence: Operand | None = None
    document: Name | None = None
    report: Name | None = None
    register: Name | None = None
    independent_of: Key | None = None
    facility: Name | None = None
    normal: NormalRange | None = None
    nuclides: tuple[Nuclide, ...] = ()
    required: Operand | None = None
    unit: Name | None = None
    list_: Key | None = None
    area_basis: AreaBasis | None = None
    attribute: Literal["species", "scientific_name", "part", "production", "food_category"] = (
        "species"
    )
    after: Operand | None = None
    day_itself: Literal["counts", "fails"] | None = None
    match: tuple[Matched, ...] = ()
    states: tuple[Key, ...] = ()
    enough: Literal["ruled", "presented"] = "ruled"
    each: tuple[Literal["lot", "nuclide"], ...] = ()
    tolerance: Operand | None = None
    not_before: Operand | None = None
    before: Literal["dispatched", "first_dispatched"] | None = None
    eq: Operand | None = None
    ne: Operand | None = None
    lt: Operand | None = None
    le: Operand | None = None
    gt: Operand | None = None
    ge: Operand | None = None
    is_: bool | None = None
    text: Words | None = None
    cite: Cite | None = None

    @property
    def comparators(self) -> tuple[tuple[Comparator, Operand | bool], ...]:
        """Every comparator written; a valid atom has exactly one."""
        pairs: tuple[tuple[Comparator, Operand | bool | None], ...] = (
            ("eq", self.eq), ("ne", self.ne), ("lt", self.lt), ("le", self.le),
            ("gt", self.gt), ("ge", self.ge), ("is", self.is_),
        )  # fmt: skip
        return tuple((name, value) for name, value in pairs if value is not None)

    @property
    def comparator(self) -> Comparator:
        """The one comparator."""
        ((name, _),) = self.comparators
        return name

    @property
    def operand(self) -> Operand | bool:
        """What it compares with."""
        ((_, value),) = self.comparators
        return value

    @property
    def limits(self) -> tuple[Key, ...]:
        """Ids of the limits it uses."""
        return self.limit


AnyCondition = All | Any | Not | AtLeast | Fixed | StateIs | Declared | Atom


class ExceptClause(Clause, frozen=True):
    """While `when` holds, `then` takes the place of the base condition."""

    id: Key
    when: AnyCondition
    then: AnyCondition
