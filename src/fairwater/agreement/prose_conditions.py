"""Conditions as sentences: one line an atom, indented under the group it belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from fairwater.agreement import prose_words as w
from fairwater.agreement.metrics.registry import METRICS
from fairwater.agreement.model import (
    Agreement,
    All,
    Any,
    AnyCondition,
    AtLeast,
    Atom,
    Declared,
    Fixed,
    Not,
    Operand,
    Param,
    StateIs,
    Words,
)
from fairwater.agreement.prose_words import Phrase
from fairwater.quantities.errors import QuantityError
from fairwater.quantities.periods import Period
from fairwater.records.text import Language


class Speaker:
    """Says parts of one agreement in one language."""

    def __init__(self, agreement: Agreement, language: Language) -> None:
        self.agreement = agreement
        self.language = language
        self._limits = {limit.id: limit for limit in agreement.limits}
        self._parameters = {entry.id: entry for entry in agreement.parameters}

    def say(self, phrase: Phrase, **parts: object) -> str:
        """A phrase with its parts put in."""
        return phrase[self.language].format(**parts)

    def join(self, parts: list[str]) -> str:
        """Parts one after another, with the language's comma."""
        return self.say(w.COMMA).join(parts)

    def words(self, words: Words | None, otherwise: str) -> str:
        """A text of the agreement in this language, else in one it has, else `otherwise`."""
        if words is None:
            return otherwise
        return getattr(words, self.language) or words.en or words.ja or words.zh or otherwise

    def period(self, text: str) -> str:
        """A period in words."""
        try:
            period = Period.parse(text)
        except QuantityError:
            return text
        plural = "" if period.number == 1 else "s"
        return self.say(w.PERIOD[period.unit], n=period.number, s=plural)

    def operand(self, operand: Operand | int | bool, *, period: bool = False) -> str:
        """An operand; of a parameter its value, or values, and its id."""
        if isinstance(operand, bool):
            return self.say(w.YES if operand else w.NO)
        if not isinstance(operand, Param):
            return self.period(str(operand)) if period else str(operand)
        parameter = self._parameters.get(operand.param)
        values = [entry.value for entry in parameter.dated if entry.value] if parameter else []
        shown = " / ".join(self.period(value) if period else value for value in values) or "?"
        return f"{shown} (`{operand.param}`)"

    def condition(self, condition: AnyCondition, depth: int) -> Iterator[str]:
        """Lines of a condition and what is inside it."""
        indent = "  " * depth
        name = f"`{condition.id}` " if condition.id else ""
        if isinstance(condition, All | Any | AtLeast):
            kind = {All: "all", Any: "any", AtLeast: "at_least"}[type(condition)]
            count = self.operand(condition.at_least) if isinstance(condition, AtLeast) else ""
            yield f"{indent}- {name}{self.say(w.GROUP[kind], n=count)}"
            for inner in condition.of:
                yield from self.condition(inner, depth + 1)
        elif isinstance(condition, Not):
            yield f"{indent}- {name}{self.say(w.GROUP['not'])}"
            yield from self.condition(condition.of, depth + 1)
        else:
            yield f"{indent}- {name}{self._leaf(condition)}"

    def _leaf(self, leaf: Atom | StateIs | Declared | Fixed) -> str:
        if isinstance(leaf, Fixed):
            return self.say(w.FIXED[leaf.fixed])
        if isinstance(leaf, StateIs):
            states = " / ".join(f"`{state}`" for state in leaf.state.is_)
            return self.say(w.STATE, measure=f"`{leaf.state.measure}`", states=states)
        if isinstance(leaf, Declared):
            said = leaf.declared
            text = self.say(
                w.DECLARED if said.is_ else w.DECLARED_NOT, who=f"`{said.who}`", what=said.what
            )
            if said.window is None:
                return text
            return self.join([text, self._window(said.window)])
        return self._atom(leaf)

    def _window(self, window: str | Param) -> str:
        return self.say(w.WINDOW, period=self.operand(window, period=True))

    def _atom(self, atom: Atom) -> str:
        spec = METRICS.get(atom.metric)
        parts = [self._metric(atom)]
        for name, operand in atom.comparators:
            if not (name == "is" and operand is True):
                shown = self.operand(operand, period=spec is not None and spec.scale == "period")
                parts[0] += f"{self.say(w.COLON)}{self.say(w.COMPARE[name], n=shown)}"
        if atom.window is not None:
            parts.append(self._window(atom.window))
        if atom.since == "last_transition":
            parts.append(self.say(w.SINCE))
        elif atom.since is not None:
            parts.append(self.say(w.SINCE_DAY, day=atom.since))
        if spec is not None and "date" in spec.takes and atom.metric != "noncompliance_count":
            parts.append(self.say(w.DATED[atom.date]))
        if atom.over is not None:
            parts.append(self.say(w.OVER, scope=f"`{atom.over}`"))
        if spec is not None and spec.family == "findings":
            parts.append(self.say(w.EMPTY[atom.empty]))
        if atom.enough == "presented":
            parts.append(self.say(w.PRESENTED))
        if atom.not_before is not None:
            parts.append(self.say(w.NOT_BEFORE, day=self.operand(atom.not_before)))
        if atom.before is not None:
            parts.append(self.say(w.BEFORE[atom.before]))
        if spec is not None and "when_short" in spec.takes:
            parts.append(self.say(w.SHORT[atom.when_short]))
        return self.join(parts)

    def _metric(self, atom: Atom) -> str:
        phrase = w.METRIC.get(atom.metric)
        if phrase is None:
            return f"`{atom.metric}`"
        limits = " / ".join(self._limit(name) for name in atom.limits)
        back = atom.look_back
        return self.say(
            phrase,
            limit=limits,
            confidence="" if atom.confidence is None else self.operand(atom.confidence),
            weeks="" if atom.weeks is None else self.operand(atom.weeks),
            per_week=self.operand(atom.min_per_week or 1),
            look_back="" if back is None else self.say(
                w.LOOK_BACK, period=self.operand(back, period=True)
            ),
            role=f"`{atom.independent_of or 'origin'}`",
            document=f"`{atom.document}`",
            report=f"`{atom.report}`" if atom.report else " / ".join(atom.nuclides),
            list=f"`{atom.list_}`",
            basis="" if atom.area_basis is None else self.say(w.BASIS[atom.area_basis]),
            attribute=f"`{atom.attribute}`",
            after=self._after(atom),
            same_day="" if atom.day_itself is None else self.say(w.SAME_DAY[atom.day_itself]),
            match=self.join([f"`{name}`" for name in atom.match]),
            states=" / ".join(f"`{name}`" for name in atom.states),
            tolerance="0" if atom.tolerance is None else self.operand(atom.tolerance),
            each="".join(
                f"{self.say(w.COMMA)}{self.say(w.EACH[name])}" for name in atom.each
            ),
            register=f" `{atom.register}`" if atom.register else "",
            required=" ".join(
                part
                for part in (
                    "" if atom.required is None else self.operand(atom.required), atom.unit
                )
                if part
            ),
        )  # fmt: skip

    def _after(self, atom: Atom) -> str:
        if atom.after is None or atom.after == "facility_registration":
            return self.say(w.REGISTRATION)
        return self.operand(atom.after)

    def _limit(self, name: str) -> str:
        limit = self._limits.get(name)
        return f"`{name}`" if limit is None else f"{self.words(limit.text, name)} (`{name}`)"
