"""The options that questions to a node share, and how they become an `Asked`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from fairwater.agreement.override import OverrideError, parse_setting
from fairwater.cli.agreement import found_agreement
from fairwater.cli.exits import NOT_APPLICABLE, USAGE, Failure
from fairwater.node import config
from fairwater.node.evaluation import Asked, NoSuchPart, Prepared, prepare
from fairwater.node.node import Node
from fairwater.quantities.errors import QuantityError
from fairwater.quantities.periods import Period


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Question:
    """Which evidence, which knowledge, which decisions, which overrides.

    Parameters
    ----------
    node
        The node's folder.
    known_at
        The day whose knowledge answers; the day asked about, if not given.
    knowledge
        What stands for the day a result became known. `journal` is when this node accepted
        it; the others are for history imported long after it happened.
    decisions
        as_recorded, or prompt, or prompt:PERIOD: suppose that each eligible decision was
        taken at once, or so much later. What is supposed is marked hypothetical.
    settings
        Override a parameter: PATH=VALUE, such as
        transitions.impose.when.two_points.window=P30D; may be repeated.
    """

    node: Path | None = None
    known_at: str | None = None
    knowledge: Literal["journal", "published", "resulted", "sampled"] = "journal"
    decisions: str = "as_recorded"
    settings: Annotated[list[str] | None, Parameter(name="--set", negative="")] = None


def day_of(text: str, option: str) -> date:
    """A civil day from an option."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Failure(USAGE, f"{option} `{text}` is not a day", hint="write 2014-03-31") from None


def overrides_of(question: Question) -> dict[str, object]:
    """Paths and values of `--set`."""
    found: dict[str, object] = {}
    for text in question.settings or ():
        try:
            path, value = parse_setting(text)
        except OverrideError as error:
            raise Failure(USAGE, f"--set {error}") from error
        if path in found:
            raise Failure(USAGE, f"--set names `{path}` twice")
        found[path] = value
    return found


def asked_of(agreement: str, as_of: str | None, question: Question) -> tuple[Node, Asked]:
    """The node and the question, before its overrides. Without a day, today's (UTC)."""
    node = Node.open(config.find(question.node))
    day = node.today() if as_of is None else day_of(as_of, "--as-of")
    known = None if question.known_at is None else day_of(question.known_at, "--known-at")
    if known is not None and known < day:
        raise Failure(USAGE, f"--known-at {known} is before --as-of {day}")
    asked = Asked(
        found=found_agreement(agreement, question.node, required=True, day=day),
        as_of=day,
        known_at=known,
        knowledge=question.knowledge,
        decisions=_decisions(question.decisions),
    )
    return node, asked


def _decisions(text: str) -> str:
    """How decisions are taken, checked."""
    supposed, colon, lag = text.partition(":")
    try:
        known = text == "as_recorded" or supposed == "prompt"
        if not known or (colon and Period.parse(lag).is_hours):
            raise QuantityError(f"`{text}`")
    except QuantityError as error:
        raise Failure(
            USAGE,
            f"--decisions {error}",
            hint="write as_recorded, prompt, or prompt:P7D (each decision seven days later)",
        ) from error
    return text


def prepared_of(node: Node, asked: Asked) -> Prepared:
    """Evidence gathered; an agreement that is not in force, or a bad override, is a failure."""
    from fairwater.agreement.versions import in_force

    if not in_force(asked.found.agreement, asked.as_of):
        terms = asked.found.agreement
        raise Failure(
            NOT_APPLICABLE,
            f"no agreement applies: {terms.id} {terms.version} is in force from "
            f"{terms.valid_from or 'the beginning'} until before {terms.valid_to or 'no end'}, "
            f"not on {asked.as_of}",
        )
    try:
        return prepare(node, asked)
    except OverrideError as error:
        raise Failure(USAGE, f"--set {error}") from error


def no_such_part(error: NoSuchPart) -> Failure:
    """The failure for a unit, measure or transition that is not there."""
    return Failure(USAGE, str(error))
