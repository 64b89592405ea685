"""`fairwater schema`: the JSON Schema of what the program reads and writes."""

from __future__ import annotations

from typing import Literal

from fairwater.cli.exits import DONE
from fairwater.cli.output import print_json


def schema(
    what: Literal["record", "agreement", "profile"] = "record", /, *, json: bool = True
) -> int:
    """JSON Schema (draft 2020-12), made from the types that read the files.

    Example: fairwater schema agreement > agreement.schema.json

    Parameters
    ----------
    what
        Records, agreements, or source profiles.
    json
        The answer is JSON in any case.
    """
    if what == "record":
        from fairwater.records import json_schema

        print_json(json_schema())
    elif what == "agreement":
        from fairwater.agreement.schema import json_schema as agreement_schema

        print_json(agreement_schema())
    else:
        from fairwater.intake import profile_schema

        print_json(profile_schema())
    return DONE
