"""One evidence under many variants of an agreement: what changes is computed, the rest kept.

    variants = crossed(agreement, {
        "parameters.impose_window": ["P30D", "P60D", "P90D"],
        "limits.cs_limit.value": ["50", "100"],
    })
    evaluate_grid(variants, columns, as_of=day)      full timelines of each
    eligible_spans(variant, columns, "impose", ...)  only when one transition would be eligible

Judging half a million samples against a limit is most of the work, and windows,
counts and comparators do not touch it: each different limit is judged once for
the whole grid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any, NamedTuple

import msgspec
import numpy as np

from fairwater.agreement.bulk.bounds import Bounds
from fairwater.agreement.bulk.columns import Columns, day_of
from fairwater.agreement.bulk.sieve import Codes
from fairwater.agreement.bulk.steps import NEVER, SPAN
from fairwater.agreement.bulk.timelines import evaluate_all, judge_rows, limits_named
from fairwater.agreement.bulk.truths import HOLDS
from fairwater.agreement.context import terms_of
from fairwater.agreement.knowledge import Knowledge
from fairwater.agreement.model import Agreement, Limit
from fairwater.agreement.override import apply_overrides
from fairwater.agreement.timeline import Timeline

Settings = tuple[tuple[str, Any], ...]
"""Overrides of one variant, path and value, in the order of the axes."""


class EligibleSpan(NamedTuple):
    """A unit may step over ``[since, until)``; `until` None is still."""

    unit: tuple[str, ...]
    since: date
    until: date | None


class NotCounted(ValueError):
    """A condition that counts of samples alone do not tell."""


class Judged:
    """Outcomes of the samples by limit, each limit judged once."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._known: dict[bytes, Codes] = {}

    def of(self, agreement: Agreement) -> dict[str, Codes]:
        """Outcome codes by limit id, for the limits that the agreement's conditions name."""
        limits = {limit.id: limit for limit in agreement.limits}
        found: dict[str, Codes] = {}
        for name in limits_named(agreement):
            key = _key(limits[name], agreement)
            if key not in self._known:
                self._known[key] = judge_rows(agreement, self.columns, [name])[name]
            found[name] = self._known[key]
        return found


def crossed(agreement: Agreement, axes: Mapping[str, Sequence[Any]]) -> dict[Settings, Agreement]:
    """The agreement with every combination of the values on the axes.

    Raises
    ------
    OverrideError
        If a path leads nowhere, or a value does not fit.
    """
    paths = list(axes)
    found: dict[Settings, Agreement] = {}
    for values in product(*(axes[path] for path in paths)):
        settings = tuple(zip(paths, values, strict=True))
        found[settings] = apply_overrides(agreement, dict(settings))
    return found


def evaluate_grid(
    variants: Mapping[Settings, Agreement],
    columns: Columns,
    *,
    as_of: date,
    known_at: date | None = None,
    knowledge: Knowledge = "journal",
    decisions: str = "as_recorded",
    bindings: Mapping[str, str] | None = None,
) -> dict[Settings, list[Timeline]]:
    """Timelines of every unit under each variant, as `evaluate_all` gives them."""
    judged = Judged(columns)
    return {
        settings: evaluate_all(
            agreement,
            columns,
            as_of=as_of,
            known_at=known_at,
            knowledge=knowledge,
            decisions=decisions,
            bindings=bindings,
            codes=judged.of(agreement),
        )
        for settings, agreement in variants.items()
    }


def eligible_spans(
    agreement: Agreement,
    columns: Columns,
    transition: str,
    *,
    as_of: date,
    judged: Judged | None = None,
) -> list[EligibleSpan]:
    """When each unit would be eligible for a transition if nothing had ever been decided.

    The transition's own condition only, each day on what was known that day;
    `since: last_transition` has nothing to start from.

    Raises
    ------
    KeyError
        If the agreement has no such transition.
    NotCounted
        If the condition cannot be told from counts alone; `evaluate_all` then tells.
    """
    chosen = {t.id: t for t in agreement.transitions}[transition]
    codes = (judged or Judged(columns)).of(agreement)
    end = as_of.toordinal()
    bounds = Bounds(columns, terms_of(agreement), codes, end, hindsight=False)
    bound = bounds.transition(chosen, slice(0, len(columns)), None)
    may, must = bound.most == HOLDS, bound.least == HOLDS
    if bound.rest[1] == HOLDS or not np.array_equal(may, must):
        raise NotCounted(
            f"transition `{transition}` is not told by counts alone; evaluate it in full"
        )
    unit, day = bound.key // SPAN, bound.key % SPAN
    same = np.append(unit[1:] == unit[:-1], False)
    after = np.where(same, np.append(day[1:], 0), NEVER)
    found: list[EligibleSpan] = []
    for index in np.flatnonzero(may & (day <= end)).tolist():
        name = columns.units[int(unit[index])]
        since, until = day_of(int(day[index])), day_of(int(min(after[index], NEVER)))
        if since is None:
            continue
        if until is not None and until > as_of:
            until = None
        if found and found[-1].unit == name and found[-1].until == since:
            since = found.pop().since
        found.append(EligibleSpan(name, since, until))
    return found


def _key(limit: Limit, agreement: Agreement) -> bytes:
    """What an outcome depends on: the limit, and the flags the agreement distrusts."""
    return msgspec.json.encode((limit, agreement.indeterminate_flags), order="sorted")
