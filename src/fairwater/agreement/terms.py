"""What an agreement's clauses are made of: texts, citations, dated values, limits, parameters.

A limit is complete or refused: which nuclides and how they combine, value, unit,
`exceeds_when` (`gt` or `ge`) and rounding with its mode have no defaults.

    - id: cs_limit
      nuclides: [Cs-134, Cs-137]
      combine: sum
      unit: Bq/kg
      exceeds_when: gt
      round: {significant: 2, mode: half_up}
      values: [{from: 2012-04-01, value: 100, src: [S1], cert: seen, checked: 2025-11-25}]

Decimals, days and periods stay the text that was written.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from fairwater.quantities.decimals import RoundingMode
from fairwater.records.text import DayText, DecimalText, Key, Name, Nuclide, Text

Cert = Literal["seen", "memory", "ours"]
DateKind = Literal["sampled", "resulted", "published", "produced"]
ParameterType = Literal["count", "decimal", "share", "period", "day", "text", "boolean"]


class Clause(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Base of every part of an agreement: immutable, unknown keys refused."""


class Words(Clause, frozen=True):
    """One text in the three languages."""

    en: Text | None = None
    ja: Text | None = None
    zh: Text | None = None


class Param(Clause, frozen=True):
    """A value taken from `parameters`, where negotiators find it."""

    param: Key


Operand = str | Param


class Cite(Clause, frozen=True):
    """Where a clause comes from and how sure we are: seen in source, from memory, our choice."""

    src: tuple[Key, ...] = ()
    clause: Text | None = None
    cert: Cert | None = None


class DatedValue(Clause, frozen=True, rename={"from_": "from"}):
    """A value in force over ``[from, to)``. `value` absent: none in force, which is not zero.

    `checked` is the day until which we know that it still stood: later use is stale.
    """

    value: str | None = None
    from_: DayText | None = None
    to: DayText | None = None
    src: tuple[Key, ...] = ()
    clause: Text | None = None
    cert: Cert | None = None
    checked: DayText | None = None


class Source(Clause, frozen=True):
    """A text that values cite."""

    title: Text
    url: Text | None = None


class Round(Clause, frozen=True):
    """Rounding before comparison: to significant figures or to places; the mode is mandatory.

    Figures and mode have a citation of their own: a source may state the limit and not them.
    """

    mode: RoundingMode
    significant: Annotated[int, Meta(ge=1, le=40)] | None = None
    places: Annotated[int, Meta(ge=0, le=40)] | None = None
    cite: Cite | None = None


class Decide(Clause, frozen=True):
    """The decision rule: `simple`, or `guard`: v + k u <= L complies, v - k u > L exceeds."""

    rule: Literal["simple", "guard"]
    k: DecimalText | None = None
    doubt: Literal["indeterminate"] = "indeterminate"


class Screening(Clause, frozen=True):
    """Results of a screening technique above `level` clear nothing and prove nothing."""

    technique: Key
    level: DecimalText
    cite: Cite | None = None


class Limit(Clause, frozen=True):
    """A complete limit: nuclides, how they combine, value, unit, rounding, when exceeded.

    `value` with `src`, `cert` and `checked` is short for one entry of `values`.
    `sum_from`: `parts_else_reported` adds the nuclides where all are reported;
    `reported_else_parts` takes the published sum first; `reported`, `parts` only those.
    `references`: for `sum_of_fractions`, each nuclide's own value; `value` is then 1.
    `decision_threshold`, `kind_not_stated`: the set below a threshold y*, or below a
    limit of unstated kind: [0, limit] or [0, unbounded).
    """

    id: Key
    nuclides: tuple[Nuclide, ...]
    combine: Literal["single", "sum", "sum_of_fractions"]
    unit: Name
    exceeds_when: Literal["gt", "ge"]
    round: Round | Literal["none"]
    value: DecimalText | None = None
    values: tuple[DatedValue, ...] = ()
    open: bool = False
    src: tuple[Key, ...] = ()
    clause: Text | None = None
    cert: Cert | None = None
    checked: DayText | None = None
    basis: Literal["wet", "dry", "ash", "as_sold", "ready_to_eat", "volume", "any"] | None = None
    sum_from: Literal["parts_else_reported", "reported_else_parts", "reported", "parts"] = (
        "parts_else_reported"
    )
    references: dict[Nuclide, DecimalText] = field(default_factory=dict)
    decide: Decide | None = None
    replicates: Literal["any", "indeterminate_if_split"] = "any"
    decision_threshold: Literal["unbounded", "as_limit"] = "unbounded"
    kind_not_stated: Literal["as_limit", "unbounded"] = "as_limit"
    screening: Screening | None = None
    applies_by: DateKind = "sampled"
    set_by: Key | None = None
    text: Words | None = None

    @property
    def dated(self) -> tuple[DatedValue, ...]:
        """Every dated value, the short form written out."""
        return self.values or _short(self)


class Parameter(Clause, frozen=True):
    """A number or period the parties agreed, or left `open`: then its atoms are unknown."""

    id: Key
    type: ParameterType
    unit: Name | None = None
    value: str | None = None
    values: tuple[DatedValue, ...] = ()
    open: bool = False
    src: tuple[Key, ...] = ()
    clause: Text | None = None
    cert: Cert | None = None
    checked: DayText | None = None
    text: Words | None = None

    @property
    def dated(self) -> tuple[DatedValue, ...]:
        """Every dated value, the short form written out."""
        return self.values or _short(self)


def _short(part: Limit | Parameter) -> tuple[DatedValue, ...]:
    if part.value is None:
        return ()
    return (
        DatedValue(
            value=part.value,
            src=part.src,
            clause=part.clause,
            cert=part.cert,
            checked=part.checked,
        ),
    )
