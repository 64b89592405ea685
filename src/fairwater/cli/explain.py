"""`fairwater explain`: the dossier of one verdict, down to file, row and cell."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter
from msgspec.structs import replace

from fairwater.agreement.dossier_text import rendered
from fairwater.cli.asking import Question, asked_of, no_such_part, overrides_of, prepared_of
from fairwater.cli.exits import DONE, NO, UNKNOWN
from fairwater.cli.output import print_json, talk
from fairwater.cli.settings import pairs
from fairwater.node.evaluation import NoSuchPart, explained, warnings


def explain(
    agreement: str,
    transition: str,
    /,
    *,
    unit: Annotated[list[str], Parameter(name="--unit", negative="")],
    as_of: str | None = None,
    depth: Literal[1, 2, 3] = 3,
    lang: Literal["en", "ja", "zh"] = "en",
    question: Question = Question(),  # noqa: B008 - frozen, without state
    json: bool = False,
) -> int:
    """Why a step may be taken or not: verdict, clause, metric, sample, file, row and cell.

    Exit code 0 holds, 1 fails, 4 unknown.

    Example: fairwater explain origin_restriction impose --unit species=flounder
    --unit zone=Z1 --as-of 2014-03-31 --knowledge sampled

    Parameters
    ----------
    agreement
        A file, a shipped agreement, or one on record.
    transition
        The step.
    unit
        DIMENSION=VALUE for each dimension of the unit.
    as_of
        The day asked about; today (UTC) if not given.
    depth
        1 verdict and clauses; 2 and metrics and numbers; 3 and every sample down to its cell.
    lang
        Language of the clauses.
    json
        Print the tree as JSON.
    """
    node, asked = asked_of(agreement, as_of, question)
    asked = replace(asked, overrides=overrides_of(question))
    prepared = prepared_of(node, asked)
    try:
        found = explained(prepared, pairs(unit, "--unit"), transition)
    except NoSuchPart as error:
        raise no_such_part(error) from error
    for warning in warnings(prepared):
        talk(f"warning: {warning}")
    if json:
        print_json(found.plain(depth))
    else:
        print(rendered(found, depth, lang))
    return {"holds": DONE, "fails": NO, "unknown": UNKNOWN}[found.head["verdict"]]
