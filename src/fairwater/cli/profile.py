"""`fairwater profile`: the source profiles that ship, and a check of one's own."""

from __future__ import annotations

from pathlib import Path

from fairwater.cli.exits import DONE, NO, Failure
from fairwater.cli.output import print_json, print_table
from fairwater.intake import ProfileError, load_profile, shipped_profiles


def listing(*, json: bool = False) -> int:
    """Source profiles that ship with the program.

    Example: fairwater profile list
    """
    profiles = [load_profile(name) for name in shipped_profiles()]
    if json:
        print_json({"profiles": profiles})
    else:
        print_table(
            ("profile", "version", "publisher", "lineage", "title"),
            [(p.profile, p.version, p.publisher, p.lineage.kind, p.title) for p in profiles],
        )
    return DONE


def check(file: Path, /, *, json: bool = False) -> int:
    """Check a source profile: every fault at once, with its line.

    Exit code 1 if it has faults.

    Example: fairwater profile check my-source.yaml

    Parameters
    ----------
    file
        The profile; `fairwater schema profile` is its schema.
    json
        Print faults as JSON.
    """
    try:
        profile = load_profile(file)
    except ProfileError as error:
        if json:
            print_json({"file": str(file), "faults": [f._asdict() for f in error.faults]})
            return NO
        raise Failure(NO, str(error), hint="docs/howto/profile.md shows a whole one") from error
    if json:
        print_json({"file": str(file), "profile": profile.profile, "faults": []})
    else:
        print(f"{file}: profile {profile.profile} is in order")
    return DONE
