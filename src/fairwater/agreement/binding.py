"""An agreement with the lists it leaves open filled in, where it is used.

A text that names no region leaves `lists` without values; a `RoleBinding`
gives them, as it gives the parties. What the text states itself no binding
changes. The bound agreement says more than the text that was signed: its
content id is another, so an answer names the id of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import structs

from fairwater.agreement.model import Agreement


def with_lists(agreement: Agreement, lists: Mapping[str, Sequence[str]]) -> Agreement:
    """The agreement with the values of `lists` where it states none itself.

    A name that is no list of the agreement is not used; `strange` tells which.
    """
    return structs.replace(
        agreement,
        lists=tuple(
            structs.replace(entry, values=tuple(sorted(set(lists[entry.id]))))
            if entry.values is None and entry.id in lists
            else entry
            for entry in agreement.lists
        ),
    )


def strange(agreement: Agreement, lists: Iterable[str]) -> tuple[str, ...]:
    """Bound names that change nothing: no such list, or one whose values the text states."""
    open_ = {entry.id for entry in agreement.lists if entry.values is None}
    return tuple(sorted(set(lists) - open_))
