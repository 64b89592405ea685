"""`fairwater template`: the table that every party can fill in, empty or with an example."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from fairwater.cli.exits import DONE, USAGE, Failure
from fairwater.cli.output import print_json
from fairwater.records import Language


def template(
    file: Path,
    /,
    *,
    filled: Annotated[bool, Parameter(negative="--empty")] = False,
    csv: Annotated[bool, Parameter(negative="")] = False,
    lang: Language = "en",
    json: bool = False,
) -> int:
    """Write the template: a workbook with instructions and lists, or a CSV.

    `fairwater import` reads it in any of the three languages, as a workbook or as CSV.

    Example: fairwater template --filled --lang ja catch.xlsx

    Parameters
    ----------
    file
        Where to write; a file that is there already is kept.
    filled
        With invented example rows: detected, not detected, over range, withheld, dry basis.
    csv
        Write CSV; also if FILE ends in .csv.
    lang
        Language of headings and words: en, zh or ja. Instructions stand in all three.
    json
        Print what was written as JSON.
    """
    from fairwater.intake.template.writing import as_csv, as_workbook, examples

    suffix = file.suffix.lower()
    if suffix not in (".csv", ".xlsx") or (csv and suffix != ".csv"):
        expected = "a name that ends in .csv" if csv else "a name that ends in .xlsx or .csv"
        suggested = file.with_suffix(".csv" if csv else ".xlsx")
        raise Failure(USAGE, f"{file}: not {expected}", hint=f"fairwater template {suggested}")
    rows = examples() if filled else ()
    data = as_csv(rows, lang) if suffix == ".csv" else as_workbook(rows, lang)
    try:
        with file.open("xb") as opened:
            opened.write(data)
    except FileExistsError:
        raise Failure(
            USAGE, f"{file} is there already; nothing was written", hint="name another file"
        ) from None
    except OSError as error:
        raise Failure(
            USAGE, f"{file} cannot be written: {error.strerror}", hint="check folder and permission"
        ) from error
    if json:
        print_json({"file": str(file), "language": lang, "rows": len(rows), "bytes": len(data)})
    else:
        print(f"{file}: {len(rows)} example rows; fill in, then `fairwater import {file}`")
    return DONE
