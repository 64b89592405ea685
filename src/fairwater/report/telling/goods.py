"""Consignments: every condition with its own answer, and what would settle it."""

from __future__ import annotations

from collections.abc import Iterator

from fairwater.node.briefing.content import ConditionLine, ConsignmentLine
from fairwater.report.document import AnyBlock, Fold, Paragraph, Phrase, Section
from fairwater.report.telling.ground import Ground
from fairwater.report.telling.numbers import truth_of


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
    agreement = (
        words.say("goods.letter", letter=words.figure(line.letter))
        if line.letter
        else words.say("goods.no_agreement")
    )
    verdict = (
        words.say("goods.not_applicable") if line.verdict is None else ground.truth(line.verdict)
    )
    unmet = sum(c.verdict != "holds" for c in line.conditions)
    product = words.name(line.product)
    if unmet and line.verdict is not None:
        summary = words.say(
            "goods.summary_open", consignment=name, product=product, agreement=agreement,
            verdict=verdict, n=unmet,
        )  # fmt: skip
    else:
        summary = words.say(
            "goods.summary", consignment=name, product=product, agreement=agreement, verdict=verdict
        )
    facts = []
    if line.letter in ground.sides:
        side = ground.sides[line.letter]
        title = words.title(side.title, side.id)
        facts.append(words.say("agreements.head", letter=words.figure(side.letter), title=title))
    if line.facility:
        facts.append(words.say("goods.facility", facility=words.evidence(line.facility)))
    if line.area is not None:
        facts.append(words.say("goods.area", area=words.name(line.area)))
    if line.action:
        action = words.known(f"action.{line.action}", line.action)
        facts.append(words.say("goods.action", action=action))
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
                caption=words.say(
                    "goods.caption",
                    consignment=words.evidence(line.consignment),
                    agreement=agreement,
                ),
            )
        )
    return Fold(summary=summary, blocks=tuple(blocks))


def _condition(ground: Ground, condition: ConditionLine) -> list[Phrase]:
    words = ground.words

    plainly = any(text in ("is true", "is false") for text in condition.expected)

    def read(text: str) -> Phrase:
        """A text compared; yes or no where that was asked."""
        key = f"truth.{truth_of('is', text.removeprefix('is '))}"
        return words.say(key) if plainly and words.has(key) else words.evidence(text)

    def all_of(texts: tuple[str, ...]) -> Phrase:
        return ground.listed(list(map(read, texts)), 8) if texts else words.figure("–")

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
