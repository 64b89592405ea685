"""Which shipped profile a file belongs to: by its headings, and by its name only between two."""

from __future__ import annotations

import fnmatch
from collections.abc import Sequence
from pathlib import Path

from fairwater.intake.errors import FileUnreadable
from fairwater.intake.layout import Fit, fit
from fairwater.intake.opened import advice, data_rows
from fairwater.intake.profile import Profile
from fairwater.intake.profile_source import load_profile, shipped_profiles
from fairwater.intake.stream import Survey, open_table, survey
from fairwater.intake.workbook.container import is_workbook


def recognise(path: str | Path, profiles: Sequence[Profile] | None = None) -> Profile:
    """The one profile whose columns a file has.

    Parameters
    ----------
    path : str or Path
        The file.
    profiles : sequence of Profile, optional
        Those to choose from; the shipped ones if not given.

    Raises
    ------
    FileUnreadable
        If the file is no table, or no profile or more than one fits. Says which came
        nearest and in which headings it differs.
    """
    path = Path(path)
    if profiles is None:
        profiles = [load_profile(name) for name in shipped_profiles()]
    fits: list[tuple[Profile, Fit]] = []
    failure: FileUnreadable | None = None
    advised: str | None = None
    with open_table(path) as file:
        if is_workbook(file):
            from fairwater.intake.workbook.recognise import fits_of

            fits = fits_of(file, path.name, profiles)
            profiles = ()
        surveys: dict[tuple[str, ...], Survey] = {}
        for profile in profiles:
            try:
                if profile.encodings not in surveys:
                    surveys[profile.encodings] = survey(
                        file, path.name, profile.encodings, beginning_only=True
                    )
            except FileUnreadable as error:
                failure = failure or error
                continue
            seen = surveys[profile.encodings]
            for encoding in seen.encodings:
                header, _ = data_rows(file, path.name, encoding, seen.line_end, profile.format)
                found = fit(profile, header.headings)
                if header.why:
                    found = Fit((header.why,), (), (), 0)
                fits.append((profile, found))
        if not any(found.fits for _, found in fits):
            for profile in profiles:
                if (seen_as := surveys.get(profile.encodings)) is not None:
                    encoding, line_end = seen_as.encodings[0], seen_as.line_end
                    advised = advised or advice(file, path.name, encoding, line_end, profile)
    good = [profile for profile, found in fits if found.fits]
    good = list({profile.profile: profile for profile in good}.values())
    if len(good) > 1:
        named = [
            profile
            for profile in good
            if any(fnmatch.fnmatchcase(path.name, shape) for shape in profile.recognise.files)
        ]
        good = named if len(named) == 1 else good
    if len(good) == 1:
        return good[0]
    if good:
        names = " and ".join(f"`{profile.profile}`" for profile in good)
        raise FileUnreadable(
            path.name,
            f"fits {names}",
            "a table that one profile fits",
            "name the profile (`--profile`)",
        )
    if not fits and failure is not None:
        raise failure
    raise _nobody(path.name, fits, advised)


def _nobody(name: str, fits: list[tuple[Profile, Fit]], advised: str | None) -> FileUnreadable:
    known = ", ".join(f"`{profile}`" for profile in sorted({p.profile for p, _ in fits}))
    near = ""
    if fits:
        profile, found = max(
            fits,
            key=lambda pair: (
                pair[1].found - len(pair[1].absent) - len(pair[1].unknown + pair[1].unread)
            ),
        )
        near = f"; nearest is `{profile.profile}`: the table {found.describe()}"
    return FileUnreadable(
        f"{name}, header",
        f"no profile fits{near}",
        f"a table of one of the profiles {known}",
        advised or "write a profile of this layout and name it (`--profile FILE`)",
    )
