"""From a published table to records: understood by a stated rule, or quarantined (floor 5).

    profile = recognise(path)              # or load_profile("mhlw-since-2012-04"), or a file
    table = read(path, profile)            # checks the whole file first, then yields rows
    for outcome in table:                  # accepted, accepted with flags, or quarantined
        journal.add(outcome.data)

How a table is to be understood is a *source profile*: data, in YAML
(`profile`). The code knows notations, never a particular table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairwater.intake.errors import FileUnreadable, ProfileError

if TYPE_CHECKING:
    from fairwater.intake.outcome import RowOutcome
    from fairwater.intake.profile import Lineage, Profile
    from fairwater.intake.profile_source import load_profile, profile_schema, shipped_profiles
    from fairwater.intake.reading import Table, read, reread
    from fairwater.intake.reasons import FLAGS, REASONS, Explained
    from fairwater.intake.recognising import recognise

__all__ = [
    "FLAGS",
    "REASONS",
    "Explained",
    "FileUnreadable",
    "Lineage",
    "Profile",
    "ProfileError",
    "RowOutcome",
    "Table",
    "load_profile",
    "profile_schema",
    "read",
    "recognise",
    "reread",
    "shipped_profiles",
]

_HOMES = {
    "FLAGS": "reasons",
    "REASONS": "reasons",
    "Explained": "reasons",
    "Lineage": "profile",
    "Profile": "profile",
    "RowOutcome": "outcome",
    "Table": "reading",
    "load_profile": "profile_source",
    "profile_schema": "profile_source",
    "read": "reading",
    "recognise": "recognising",
    "reread": "reading",
    "shipped_profiles": "profile_source",
}


def __getattr__(name: str) -> Any:  # the readers take 0.3 s: only who reads a table waits
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
