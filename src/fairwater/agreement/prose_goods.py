"""Lists, lot actions and consignment checks as sentences, for `prose`."""

from __future__ import annotations

from collections.abc import Iterator

from fairwater.agreement import prose_words as w
from fairwater.agreement.model import CheckCondition, ConsignmentCheck, LotAction
from fairwater.agreement.prose_cites import cited
from fairwater.agreement.prose_conditions import Speaker


def lists(speaker: Speaker) -> Iterator[str]:
    """One line a list: its text, its names or that they are bound at use, what it is apart from."""
    for entry in speaker.agreement.lists:
        facts = [speaker.words(entry.text, entry.id)]
        facts.append(
            speaker.say(w.LIST_BOUND) if entry.values is None else " | ".join(entry.values) or "-"
        )
        if entry.disjoint_from:
            names = ", ".join(f"`{name}`" for name in entry.disjoint_from)
            facts.append(speaker.say(w.LIST_APART, names=names))
        text = f"{speaker.join(facts)}{cited(speaker, entry.cite)}"
        yield f"- `{entry.id}`{speaker.say(w.COLON)}{text}"


def lot_actions(speaker: Speaker) -> Iterator[str]:
    """One line an action, the mildest first, and one a notice."""
    for action in sorted(speaker.agreement.lot_actions, key=lambda entry: (entry.rank, entry.id)):
        yield from _action(speaker, action)


def _action(speaker: Speaker, action: LotAction) -> Iterator[str]:
    facts = [speaker.words(action.text, action.id)]
    if action.by is not None:
        facts.append(speaker.say(w.DECIDED, role=f"`{action.by}`"))
    name = f"{action.rank} `{action.id}`"
    yield f"- {name}{speaker.say(w.COLON)}{speaker.join(facts)}{cited(speaker, action.cite)}"
    for notice in action.notices:
        role = f"`{notice.to}`"
        said = (
            speaker.say(w.TELLS, role=role)
            if notice.within is None
            else speaker.say(w.TELLS_WITHIN, role=role, period=speaker.period(notice.within))
        )
        more = [speaker.say(w.IN_WRITING)] if notice.written else []
        yield f"  - {speaker.join([said, *more])}{cited(speaker, notice.cite)}"


def consignment_checks(speaker: Speaker) -> Iterator[str]:
    """Each check: whose goods, when it applies, every condition with what follows from it."""
    for check in speaker.agreement.consignment_checks:
        yield from _check(speaker, check)
        yield ""


def _check(speaker: Speaker, check: ConsignmentCheck) -> Iterator[str]:
    facts = [
        speaker.say(
            w.CHECK_ORIGIN, origin=f"`{check.origin}`", destination=f"`{check.destination}`"
        )
    ]
    if check.on_pass is not None:
        facts.append(speaker.say(w.ON_PASS, action=f"`{check.on_pass}`"))
    yield f"### {check.id}\n"
    yield f"{speaker.join(facts)}{cited(speaker, check.cite)}\n"
    if check.text is not None:
        yield f"{speaker.words(check.text, '')}\n"
    if check.applies_when is not None:
        yield f"{speaker.say(w.CHECK_APPLIES)}{speaker.say(w.COLON).rstrip()}\n"
        yield from speaker.condition(check.applies_when, 0)
        yield ""
    for condition in check.conditions:
        yield from _condition(speaker, condition)


def _condition(speaker: Speaker, condition: CheckCondition) -> Iterator[str]:
    follows = [
        speaker.say(w.ON_FAIL, action=_names(condition.on_fail)),
        speaker.say(w.ON_UNKNOWN, action=_names(condition.on_unknown)),
    ]
    text = speaker.words(condition.text, "")
    name = f"**`{condition.id}`** {text}".rstrip()
    yield f"- {name}{cited(speaker, condition.cite)}"
    yield from speaker.condition(condition.when, 1)
    for exception in condition.except_:
        yield f"  - {speaker.say(w.EXCEPT, id=exception.id)}"
        yield from speaker.condition(exception.when, 2)
        yield f"  - {speaker.say(w.THEN)}"
        yield from speaker.condition(exception.then, 2)
    yield f"  - {speaker.join(follows)}"
    if condition.settle is not None:
        yield f"  - {speaker.say(w.SETTLES, text=speaker.words(condition.settle, ''))}"


def _names(actions: tuple[str, ...]) -> str:
    return " + ".join(f"`{name}`" for name in actions)
