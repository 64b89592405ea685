"""Consignments, condition by condition."""

from __future__ import annotations

from fairwater.agreement.terms import Words
from fairwater.node.briefing.content.named import Mark, Named, Part, Truth
from fairwater.node.briefing.content.table import Lack


class ConditionLine(Part, frozen=True):
    """One condition of a consignment check and its own answer."""

    id: str
    text: Words
    verdict: Truth
    expected: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    missing: tuple[Lack, ...] = ()
    settle: Words = Words()
    mark: Mark | None = None


class ConsignmentLine(Part, frozen=True):
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
