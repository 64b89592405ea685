"""`fairwater decide`: record a dated decision with reasons, by the role that may."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter
from msgspec.structs import replace

from fairwater.agreement.dossier_text import missing_text
from fairwater.cli.asking import Question, asked_of, day_of, no_such_part, overrides_of, prepared_of
from fairwater.cli.exits import DONE, NO, UNKNOWN, Failure
from fairwater.cli.output import print_json
from fairwater.cli.settings import pairs
from fairwater.node.deciding import Proposed, Refused
from fairwater.node.deciding import decide as record_decision
from fairwater.node.evaluation import NoSuchPart


def decide(
    agreement: str,
    transition: str,
    /,
    *,
    unit: Annotated[list[str], Parameter(name="--unit", negative="")],
    role: str,
    reasons: str,
    by: str | None = None,
    dated: str | None = None,
    effective: str | None = None,
    act: str | None = None,
    override: bool = False,
    question: Question = Question(),  # noqa: B008 - frozen, without state
    json: bool = False,
) -> int:
    """Record a decision on an eligible step, with reasons, by the role that may.

    Outside eligibility it is refused (exit code 1, or 4 if the condition is unknown), unless
    --override: then it stands as an override, flagged wherever it is shown.

    Example: fairwater decide origin_restriction impose --unit species=flounder --unit zone=Z1
    --role national_headquarters --dated 2021-04-19 --reasons "two points above the limit"

    Parameters
    ----------
    agreement
        A file, a shipped agreement, or one on record.
    transition
        The step decided on.
    unit
        DIMENSION=VALUE for each dimension of the unit.
    role
        The role in which it is decided.
    reasons
        The reasons, in writing.
    by
        The party that plays the role; this node's party if not given.
    dated
        Day of the decision; today (UTC) if not given.
    effective
        Day it takes effect; the day it is dated if not given.
    act
        Where the act was published.
    override
        Decide although the step is not eligible.
    json
        Print the record as JSON.
    """
    node, asked = asked_of(agreement, dated, question)
    asked = replace(asked, overrides=overrides_of(question))
    prepared_of(node, asked)
    proposed = Proposed(
        unit=pairs(unit, "--unit"),
        transition=transition,
        role=role,
        by=by or node.config.party,
        dated=asked.as_of,
        effective=day_of(effective, "--effective") if effective else asked.as_of,
        reasons=reasons,
        act=act,
        override=override,
    )
    try:
        done = record_decision(node, asked, proposed)
    except NoSuchPart as error:
        raise no_such_part(error) from error
    except Refused as error:
        lines = [str(error), *(f"  missing: {missing_text(e.plain())}" for e in error.missing)]
        raise Failure(
            UNKNOWN if error.verdict == "unknown" else NO,
            "\n".join(lines),
            hint="nothing was recorded"
            + ("; --override records it as an override, flagged" if error.overridable else ""),
        ) from error
    node.archive()
    if json:
        print_json(
            {
                "decision": done.entry.id,
                "known_before": done.entry.known_before,
                "verdict_sha256": done.verdict_sha256,
                "record": done.decision,
            }
        )
    else:
        print(f"decision {done.entry.id}")
        print(f"  {transition} decided while its condition {done.decision.decided_while}")
        if override:
            print("  recorded as an override")
        print(f"  verdict {done.verdict_sha256}")
        print(f"  `fairwater recompute {done.entry.id[:12]}` computes it again")
    return DONE
