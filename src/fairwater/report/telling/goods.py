"""Consignments: every condition with its own answer, and what would settle it."""

from __future__ import annotations

from collections.abc import Iterator

from fairwater.node.briefing.content import ConditionLine, ConsignmentLine
from fairwater.report.document import AnyBlock, Fold, Paragraph, Phrase, Section
from fairwater.report.telling.ground import Ground


def goods(ground: Ground) -> Section:
    """The section on consignments."""
    return Section(
        id="consignments",
        title=ground.words.say("section.consignments"),
        short=ground.words.say("contents.consignments"),
        blocks=tuple(_blocks(ground)),
    )


def _blocks(ground: Ground) -> Iterator[AnyBlock]:
    words = ground.words
    if not ground.briefing.consignments:
        yield Paragraph(phrase=words.say("goods.none"))
        return
    yield Paragraph(phrase=words.say("goods.lead"), role="lead")
    for number, line in enumerate(ground.briefing.consignments):
        yield _consignment(ground, number, line)


def _consignment(ground: Ground, number: int, line: ConsignmentLine) -> Fold:
    words = ground.words
    name = words.evidence(line.consignment, strong=True)
    verdict = (
        words.say("goods.not_applicable") if line.verdict is None else ground.truth(line.verdict)
    )
    unmet = sum(c.verdict != "holds" for c in line.conditions)
    product = words.name(line.product)
    if unmet and line.verdict is not None:
        summary = words.say(
            "goods.summary_open", consignment=name, product=product, verdict=verdict, n=unmet
        )
    else:
        summary = words.say("goods.summary", consignment=name, product=product, verdict=verdict)
    facts = []
    if line.letter:
        facts.append(words.say("goods.letter", letter=words.figure(line.letter)))
    if line.facility:
        facts.append(words.say("goods.facility", facility=words.evidence(line.facility)))
    if line.area is not None:
        facts.append(words.say("goods.area", area=words.name(line.area)))
    if line.action:
        facts.append(words.say("goods.action", action=words.code_text(line.action)))
    if line.invented:
        facts.append(words.say("goods.invented"))
    blocks: list[AnyBlock] = []
    if facts:
        said = words.listed(facts, key="form.semicolon")
        blocks.append(Paragraph(phrase=said, role="fine"))
    if line.conditions:
        blocks.append(
            ground.table(
                f"goods-{number}",
                ("condition", "verdict", "expected", "found", "settle"),
                [_condition(ground, condition) for condition in line.conditions],
                caption=words.say("goods.caption", consignment=words.evidence(line.consignment)),
            )
        )
    return Fold(summary=summary, blocks=tuple(blocks))


def _condition(ground: Ground, condition: ConditionLine) -> list[Phrase]:
    words = ground.words

    def all_of(texts: tuple[str, ...]) -> Phrase:
        if not texts:
            return words.say("form.not_stated")
        return ground.listed([words.evidence(text) for text in texts], 8)

    settle = [words.words(condition.settle)] if words.words(condition.settle) else []
    for lack in condition.missing:
        settle.append(ground.lack(lack))
        owed = ground.role_name(lack.letter, lack.role)
        if owed:
            settle[-1] = words.say("form.aside", text=settle[-1], aside=owed)
    return [
        words.words(condition.text, condition.id) + ground.marked(condition.mark),
        ground.truth(condition.verdict),
        all_of(condition.expected),
        all_of(condition.found),
        ground.listed(settle, 6) if settle else words.say("form.none"),
    ]
