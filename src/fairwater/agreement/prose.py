"""The agreement as a text to read, in English, Japanese or Chinese, made from the data.

Nothing in it is written by hand for one agreement: what it says is what will be
evaluated. Every limit and parameter shows its source and its confidence, so
that a reader sees what was seen in a source, what is from memory and what is a
choice. Markdown, one clause a line.
"""

from __future__ import annotations

from collections.abc import Iterator

from fairwater.agreement import prose_words as w
from fairwater.agreement.load import content_id
from fairwater.agreement.model import (
    Agreement,
    Limit,
    Parameter,
    Transition,
)
from fairwater.agreement.prose_cites import cited, sure
from fairwater.agreement.prose_conditions import Speaker
from fairwater.agreement.prose_goods import consignment_checks, lists, lot_actions
from fairwater.agreement.prose_words import Phrase
from fairwater.agreement.terms import Screening
from fairwater.records.text import Language


def prose(agreement: Agreement, language: Language) -> str:
    """The whole agreement as Markdown in one language.

    A text the agreement lacks in that language is shown in one it has, else its id.
    """
    speaker = Speaker(agreement, language)
    lines: list[str] = []
    for part in (
        _identity, _scope, _roles, _lists, _plans, _documents, _limits, _parameters, _measures,
        _transitions, _actions, _checks, _sources,
    ):  # fmt: skip
        body = list(part(speaker))
        if body:
            lines += [*body, ""]
    return "\n".join(lines).rstrip() + "\n"


def _heading(speaker: Speaker, name: str) -> str:
    return f"## {speaker.say(w.HEADINGS[name])}\n"


def _identity(speaker: Speaker) -> Iterator[str]:
    agreement = speaker.agreement
    yield f"# {speaker.words(agreement.title, agreement.id)}\n"
    unstated = speaker.say(w.NOT_STATED)
    start, end = agreement.valid_from, agreement.valid_to
    valid = (
        speaker.say(w.VALID, start=start or unstated, end=end or unstated)
        if start or end
        else speaker.say(w.NO_VALIDITY)
    )
    days = speaker.say(w.ZONE, zone=agreement.time_zone)
    yield f"`{agreement.id}` {agreement.version}{speaker.join(['', valid, days])}"
    yield f"SHA-256 `{content_id(agreement)}`"
    if agreement.text is not None:
        yield f"\n{speaker.words(agreement.text, '')}"


def _scope(speaker: Speaker) -> Iterator[str]:
    scope = speaker.agreement.scope
    yield _heading(speaker, "scope")
    if scope.text is not None:
        yield f"{speaker.words(scope.text, '')}\n"
    names = [
        f"{speaker.words(dimension.text, dimension.id)} (`{dimension.column}`)"
        for dimension in scope.unit
    ]
    yield f"- {speaker.say(w.UNIT, names=' × '.join(names)) if names else speaker.say(w.ONE_UNIT)}"
    if scope.point:
        yield f"- {speaker.say(w.POINT, names=speaker.join([f'`{c}`' for c in scope.point]))}"
    yield f"- {speaker.say(w.DAY[scope.day])}"
    if scope.require:
        yield f"- {speaker.say(w.REQUIRE, names=speaker.join([f'`{c}`' for c in scope.require]))}"
    if scope.where:
        kept = [
            f"`{column}` = {' | '.join(values)}" for column, values in sorted(scope.where.items())
        ]
        yield f"- {speaker.say(w.WHERE, names=speaker.join(kept))}"
    if scope.area_basis is not None:
        yield f"- `area_basis`: `{scope.area_basis}`"


def _roles(speaker: Speaker) -> Iterator[str]:
    agreement = speaker.agreement
    if not agreement.roles:
        return
    yield _heading(speaker, "roles")
    for name, role in sorted(agreement.roles.items()):
        facts = [speaker.words(role.text, "")] if role.text else []
        if role.party is not None:
            facts.append(speaker.say(w.PLAYS, party=role.party))
        if role.powers:
            facts.append(speaker.say(w.POWERS, names=", ".join(role.powers)))
        yield f"- `{name}`{speaker.say(w.COLON) if facts else ''}{speaker.join(facts)}"
    duties = [
        f"{speaker.say(words)} `{role}`"
        for duty, words in w.DUTY.items()
        if (role := getattr(agreement.owed_by, duty)) is not None
    ]
    if duties:
        yield f"\n{speaker.say(w.OWES, names=speaker.join(duties))}"


def _plans(speaker: Speaker) -> Iterator[str]:
    if not speaker.agreement.plans:
        return
    yield _heading(speaker, "plans")
    for plan in speaker.agreement.plans:
        facts = [
            speaker.words(plan.text, plan.id),
            speaker.say(w.EVERY, period=speaker.period(plan.every)),
            speaker.say(w.OWES, names=f"`{plan.owed_by}`"),
        ]
        text = f"{speaker.join(facts)}{cited(speaker, plan.cite)}"
        yield f"- `{plan.id}`{speaker.say(w.COLON)}{text}"


def _documents(speaker: Speaker) -> Iterator[str]:
    if not speaker.agreement.documents:
        return
    yield _heading(speaker, "documents")
    for entry in speaker.agreement.documents:
        text = speaker.join(
            [speaker.words(entry.text, entry.id), f"`{entry.per}`", f"`{entry.issuer}`"]
        )
        yield f"- `{entry.id}`{speaker.say(w.COLON)}{text}{cited(speaker, entry.cite)}"
        if entry.states_one_of:
            yield f"  - {speaker.say(w.ONE_OF)}{speaker.say(w.COLON).rstrip()}"
        for statement in entry.states_one_of:
            words = speaker.words(statement.text, "")
            yield f"    - `{statement.id}` {words}{cited(speaker, statement.cite)}"


def _limits(speaker: Speaker) -> Iterator[str]:
    if not speaker.agreement.limits:
        return
    yield _heading(speaker, "limits")
    for limit in speaker.agreement.limits:
        yield from _limit(speaker, limit)


def _limit(speaker: Speaker, limit: Limit) -> Iterator[str]:
    facts = [speaker.say(w.COMBINE[limit.combine], nuclides=" + ".join(limit.nuclides))]
    if limit.combine == "sum":
        facts.append(speaker.say(w.SUM_FROM[limit.sum_from]))
    if limit.basis is not None:
        facts.append(f"`{limit.basis}`")
    facts.append(_rounding(speaker, limit))
    if limit.decide is not None and limit.decide.rule == "guard":
        facts.append(speaker.say(w.GUARD, k=limit.decide.k or ""))
    if limit.screening is not None:
        facts.append(_screening(speaker, limit.screening, limit.unit))
    facts.append(speaker.say(w.DATED[limit.applies_by]))
    name = f"`{limit.id}` {speaker.words(limit.text, '')}".rstrip()
    yield f"- {name}{speaker.say(w.COLON)}{speaker.join(facts)}"
    yield from _values(speaker, limit, w.EXCEEDS[limit.exceeds_when], limit.unit)
    for nuclide, value in sorted(limit.references.items()):
        yield f"  - {nuclide}{speaker.say(w.COLON)}{value} {limit.unit}"


def _screening(speaker: Speaker, screening: Screening, unit: str) -> str:
    text = speaker.say(
        w.SCREENING, technique=f"`{screening.technique}`", level=f"{screening.level} {unit}"
    )
    return f"{text}{cited(speaker, screening.cite)}"


def _rounding(speaker: Speaker, limit: Limit) -> str:
    if limit.round == "none":
        return speaker.say(w.NOT_ROUNDED)
    if limit.round.significant is not None:
        how = speaker.say(w.FIGURES, n=limit.round.significant)
    else:
        how = speaker.say(w.PLACES, n=limit.round.places)
    text = speaker.say(w.ROUND, n=how, mode=speaker.say(w.MODE[limit.round.mode]))
    return f"{text}{cited(speaker, limit.round.cite)}"


def _parameters(speaker: Speaker) -> Iterator[str]:
    if not speaker.agreement.parameters:
        return
    yield _heading(speaker, "parameters")
    for parameter in speaker.agreement.parameters:
        text = speaker.words(parameter.text, parameter.id)
        yield f"- `{parameter.id}`{speaker.say(w.COLON)}{text}"
        yield from _values(speaker, parameter, w.COMPARE["is"], "")


def _values(speaker: Speaker, part: Limit | Parameter, phrase: Phrase, unit: str) -> Iterator[str]:
    """One line a dated value, with its span, source and confidence."""
    mark = f"{speaker.say(w.COMMA)}{speaker.say(w.OPEN)}" if part.open else ""
    if not part.dated:
        yield f"  - {speaker.say(w.NO_VALUE)}{mark}"
    for entry in part.dated:
        if entry.value is None:
            said = speaker.say(w.ENDED)
        else:
            period = isinstance(part, Parameter) and part.type == "period"
            shown = speaker.period(entry.value) if period else f"{entry.value} {unit}".strip()
            said = speaker.say(phrase, n=shown)
        span = f" [{entry.from_ or '…'}, {entry.to or '…'})" if entry.from_ or entry.to else ""
        yield f"  - {said}{span}{sure(speaker, entry)}{mark}"


def _measures(speaker: Speaker) -> Iterator[str]:
    if not speaker.agreement.measures:
        return
    yield _heading(speaker, "measures")
    for measure in speaker.agreement.measures:
        facts = [speaker.say(w.INITIAL, state=f"`{measure.initial}`")]
        if measure.review is not None:
            review = speaker.say(w.REVIEW, period=speaker.period(measure.review.every))
            facts.append(f"{review}{cited(speaker, measure.review.cite)}")
        facts += [f"{verb}: `{role}`" for verb, role in sorted(measure.power.items())]
        name = speaker.words(measure.text, measure.id)
        yield f"- `{measure.id}` {name}{speaker.say(w.COLON)}{speaker.join(facts)}"
        for state in sorted(measure.states, key=lambda entry: entry.rank):
            yield f"  - {state.rank} `{state.id}` {speaker.words(state.text, '')}".rstrip()


def _transitions(speaker: Speaker) -> Iterator[str]:
    if not speaker.agreement.transitions:
        return
    yield _heading(speaker, "transitions")
    for transition in speaker.agreement.transitions:
        yield from _transition(speaker, transition)
        yield ""


def _transition(speaker: Speaker, transition: Transition) -> Iterator[str]:
    states = " / ".join(f"`{state}`" for state in transition.from_)
    facts = [speaker.say(w.STEP, states=states, to=f"`{transition.to}`")]
    if transition.measure is not None:
        facts.insert(0, f"`{transition.measure}`")
    if transition.automatic:
        facts.append(speaker.say(w.AUTOMATIC, n=transition.priority or "-"))
    if transition.decided_by is not None:
        facts.append(speaker.say(w.DECIDED, role=f"`{transition.decided_by}`"))
    if transition.application_by is not None:
        facts.append(speaker.say(w.APPLIES, role=f"`{transition.application_by}`"))
    if transition.expires is not None:
        facts.append(speaker.say(w.EXPIRES, period=speaker.period(transition.expires)))
    if transition.decide_within is not None:
        facts.append(speaker.say(w.WITHIN, period=speaker.period(transition.decide_within)))
    yield f"### {transition.id}\n"
    yield f"{speaker.join(facts)}{cited(speaker, transition.cite)}\n"
    if transition.text is not None:
        yield f"{speaker.words(transition.text, '')}\n"
    yield f"{speaker.say(w.WHEN)}{speaker.say(w.COLON).rstrip()}\n"
    yield from speaker.condition(transition.when, 0)
    for exception in transition.except_:
        yield f"\n{speaker.say(w.EXCEPT, id=exception.id)}\n"
        yield from speaker.condition(exception.when, 0)
        yield f"\n{speaker.say(w.THEN)}\n"
        yield from speaker.condition(exception.then, 0)


def _lists(speaker: Speaker) -> Iterator[str]:
    if speaker.agreement.lists:
        yield _heading(speaker, "lists")
        yield from lists(speaker)


def _actions(speaker: Speaker) -> Iterator[str]:
    if speaker.agreement.lot_actions:
        yield _heading(speaker, "lot_actions")
        yield from lot_actions(speaker)


def _checks(speaker: Speaker) -> Iterator[str]:
    if speaker.agreement.consignment_checks:
        yield _heading(speaker, "consignment_checks")
        yield from consignment_checks(speaker)


def _sources(speaker: Speaker) -> Iterator[str]:
    if not speaker.agreement.sources:
        return
    yield _heading(speaker, "sources")
    for name, source in sorted(speaker.agreement.sources.items()):
        address = f" <{source.url}>" if source.url else ""
        yield f"- {name}{speaker.say(w.COLON)}{source.title}{address}"
