"""What an agreement asks of goods: named lists, what is done with a lot, consignment checks.

A check is a set of conditions on one consignment, each with its own answer, so
that every mismatch comes at once. The check holds if all hold, fails if one
fails, and is unknown otherwise; what is then done is the most severe action
that a condition names.

    lists:
      - {id: excluded_areas, disjoint_from: listed_areas, text: {en: …}}
    lot_actions:
      - {id: detain, rank: 1, by: importing, text: {en: …}}
      - {id: refuse, rank: 2, by: importing, text: {en: …}}
    consignment_checks:
      - id: entry
        conditions:
          - id: area
            when: {metric: production_area, list: excluded_areas, is: false}
            on_fail: refuse
            on_unknown: detain
            settle: {en: "A certificate of origin that states the place of production."}

A list without `values` is bound where the agreement is used, as roles are: so
the text names no region. What rests on a list nobody bound is unknown.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from fairwater.agreement.conditions import AnyCondition, ExceptClause
from fairwater.agreement.terms import Cite, Clause, Words
from fairwater.records.text import Key, Name, PeriodText


class NamedList(Clause, frozen=True):
    """A list that conditions name: areas, products, whatever they ask it for.

    `values` absent: bound at use by a `RoleBinding`. Stated values are the parties' own
    and no binding changes them. `disjoint_from`: lists that share no name with it; a name
    on both is a conflict, and what rests on it unknown.
    """

    id: Key
    values: tuple[Name, ...] | None = None
    disjoint_from: tuple[Key, ...] = ()
    text: Words | None = None
    cite: Cite | None = None


class DocumentStatement(Clause, frozen=True):
    """One of the statements of which a document makes exactly one."""

    id: Key
    text: Words | None = None
    cite: Cite | None = None


class Notice(Clause, frozen=True):
    """Which role is told of an action, how soon, and whether in writing."""

    to: Key
    within: PeriodText | None = None
    written: bool = False
    cite: Cite | None = None


class LotAction(Clause, frozen=True):
    """What may be done with goods; a higher rank is more severe. `by` is the role that does it."""

    id: Key
    rank: Annotated[int, Meta(ge=0, le=1_000)]
    by: Key | None = None
    notices: tuple[Notice, ...] = ()
    text: Words | None = None
    cite: Cite | None = None


class CheckCondition(Clause, frozen=True, rename={"except_": "except"}):
    """One condition on a consignment, what follows from it, and what would settle it.

    `on_fail` and `on_unknown` name lot actions.
    """

    id: Key
    when: AnyCondition
    on_fail: tuple[Key, ...]
    on_unknown: tuple[Key, ...]
    except_: tuple[ExceptClause, ...] = ()
    settle: Words | None = None
    text: Words | None = None
    cite: Cite | None = None


class ConsignmentCheck(Clause, frozen=True):
    """The conditions one consignment has to meet on its way from `origin` to `destination`.

    `applies_when`: goods for which it fails are not asked. `on_pass`: what is done when
    every condition holds. `origin` and `destination` are roles.
    """

    id: Key
    conditions: tuple[CheckCondition, ...]
    applies_when: AnyCondition | None = None
    on_pass: Key | None = None
    origin: Key = "origin"
    destination: Key = "importing"
    text: Words | None = None
    cite: Cite | None = None
