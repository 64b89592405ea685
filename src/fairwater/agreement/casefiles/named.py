"""What a case takes by name: a shipped agreement instead of a copy of it, lists bound for the case.

agreement: import_certificate
lists: {listed_areas: [Zone 3]}
"""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

from fairwater.agreement.load import shipped
from fairwater.agreement.source import read


def content_of(agreement: Any) -> Any:
    """The content of a shipped agreement where a case names one, else what stands there.

    Raises
    ------
    LookupError
        Names the agreements that are shipped.
    """
    return _shipped(agreement) if isinstance(agreement, str) else agreement


@cache
def _shipped(name: str) -> Any:
    return read(shipped(name), f"{name}.yaml").content


def bind_lists(lists: dict[str, Any], bound: Any) -> None:
    """Put names on lists, as a role binding does; one that nobody defined is the case's own."""
    for name, values in (bound or {}).items():
        lists.setdefault(name, {"id": name})["values"] = copy.deepcopy(values)
