"""Everything an agreement has to meet beyond its types, in one run.

`checks/` holds the rules: `values` (limits, parameters), `metrics` (atoms),
`names` (references, roles, sources), `machine` (states, transitions), `goods`
(lists, lot actions, consignment checks), `terms` (dates, time zone, texts). An
error refuses the file; a warning is something its writer should look at.
"""

from __future__ import annotations

from fairwater.agreement.checks.finding import Finding, Seen
from fairwater.agreement.checks.goods import check_goods
from fairwater.agreement.checks.machine import at_once, check_machine
from fairwater.agreement.checks.metrics import check_atoms
from fairwater.agreement.checks.names import check_names
from fairwater.agreement.checks.terms import check_terms
from fairwater.agreement.checks.values import check_limits, check_parameters
from fairwater.agreement.model import Agreement

__all__ = ["Finding", "at_once_findings", "check"]


def check(agreement: Agreement, broken: frozenset[str] = frozenset()) -> list[Finding]:
    """Every finding, errors and warnings.

    Parameters
    ----------
    agreement : Agreement
        Perhaps without the clauses that did not fit their type.
    broken : frozenset of str
        Those clauses, as paths: a reference to one of them is no fault of its own.
    """
    seen = Seen(agreement, broken)
    return [
        *check_terms(seen),
        *check_limits(seen),
        *check_parameters(seen),
        *check_names(seen),
        *check_machine(seen),
        *check_atoms(seen),
        *check_goods(seen),
    ]


def at_once_findings(agreement: Agreement) -> list[Finding]:
    """Only the automatic transitions that could be taken at the same instant."""
    return list(at_once(Seen(agreement)))
