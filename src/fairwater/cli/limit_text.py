"""An answer about limits as text: the answer, its source and marks, then what else there is.

In English, Chinese or Japanese; numbers, instruments, sources and the categories
in the instruments' own words stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable

from fairwater.cli import limit_words as w
from fairwater.cli.output import print_table
from fairwater.facts import LimitAnswer, LimitFact, foods, jurisdictions
from fairwater.facts.limit_phrases import in_language
from fairwater.facts.limit_words import amount, on_what, valid
from fairwater.facts.names import DisplayLanguage


def print_limit(answer: LimitAnswer, lang: DisplayLanguage = "en") -> None:
    """Print the answer first, then what it rests on."""
    for line in _Told(answer, lang).lines():
        print(line)


def print_limits(facts: Iterable[LimitFact]) -> None:
    """Print limits as a table, one a row."""
    print_table(
        (
            "limit",
            "in",
            "value",
            "on",
            "food",
            "kind",
            "validity",
            "status",
            "confidence",
            "source",
        ),
        [
            (
                fact.id,
                fact.jurisdiction,
                amount(fact),
                on_what(fact),
                fact.category,
                fact.kind.replace("_", " "),
                valid(fact),
                fact.status.replace("_", " "),
                fact.confidence,
                fact.source,
            )
            for fact in facts
        ],
    )


class _Told:
    """One answer in one language."""

    def __init__(self, answer: LimitAnswer, lang: DisplayLanguage) -> None:
        self.answer = answer
        self.lang = lang

    def lines(self) -> Iterable[str]:
        """The answer, then what it rests on, then what else there is."""
        answer, lang = self.answer, self.lang
        yield self._headline()
        asked = ("+".join(answer.nuclides), answer.food.text, self._place(), answer.day)
        yield "  " + self._label("asked", w.COMMA[lang].join(asked))
        for fact in answer.limits:
            if len(answer.limits) > 1:
                yield f"  {self._amount(fact)}{w.COLON[lang]}{on_what(fact)}, {fact.category}"
            yield from self._source(fact)
        yield from self._dried()
        yield from ("  " + self._label("note", in_language(t, lang)) for t in answer.conditions)
        yield from ("  " + self._label("missing", in_language(t, lang)) for t in answer.missing)
        yield "  " + self._label("food", self._food())
        yield "  " + self._label("mark", w.MARK[answer.confidence][lang])
        if answer.place is not None and (answer.place.region or answer.place.member):
            lies = w.PLACE[lang].format(text=answer.place.text, name=self._place())
            yield "  " + self._label("place", lies)
        yield from self._others()

    def _label(self, name: str, text: str) -> str:
        return f"{w.LABEL[name][self.lang]}{w.COLON[self.lang]}{text}"

    def _amount(self, fact: LimitFact) -> str:
        return w.NO_VALUE[self.lang] if fact.value is None else amount(fact)

    def _place(self) -> str:
        place = self.answer.place
        if place is None:
            return w.THERE[self.lang]
        found = jurisdictions().get(place.code)
        return place.name if found is None else str(getattr(found, self.lang))

    def _headline(self) -> str:
        answer, lang = self.answer, self.lang
        nuclides = "+".join(answer.nuclides)
        if answer.verdict == "found" and answer.limit is not None:
            fact = answer.limit
            kind = "" if fact.kind == "food_limit" else f"; {w.KIND[fact.kind][lang]}"
            return f"{amount(fact)} ({on_what(fact)}; {fact.category}{kind})"
        if answer.verdict == "found":
            amounts = ", ".join(map(self._amount, answer.limits))
            said = w.EACH if answer.relation == "each alone" else w.AT_ONCE
            return said[lang].format(amounts=amounts, nuclides=nuclides)
        if answer.verdict == "not stated":
            amounts = w.OR[lang].join(dict.fromkeys(map(self._amount, answer.candidates)))
            return w.NOT_STATED[lang].format(amounts=amounts)
        why = w.REASON[answer.reason][lang]
        if answer.reason == "not in force on this day":
            named = dict.fromkeys(answer.standings[fact.id] for fact in answer.candidates)
            why += f" ({w.COMMA[lang].join(w.STANDING[name][lang] for name in named)})"
        return (w.NONE if answer.verdict == "none" else w.UNKNOWN)[lang].format(why=why)

    def _source(self, fact: LimitFact) -> Iterable[str]:
        clause = f", {fact.clause}" if fact.clause else ""
        yield f"  {fact.instrument}{clause}; {in_language(valid(fact), self.lang)}"
        mark = w.MARK[fact.confidence][self.lang]
        yield "  " + self._label("source", f"{fact.source} ({mark})")
        for name, own in fact.marks.items():
            yield f"    {name}: {w.MARK[own][self.lang]}"
        if fact.partial:
            yield f"    {fact.partial}"
        if fact.note:
            yield "  " + self._label("remark", fact.note)

    def _dried(self) -> Iterable[str]:
        told, lang = self.answer.dried, self.lang
        if told is None:
            return
        yield "  " + w.BY_FACTOR[lang].format(
            value=told.value, unit=told.unit, factor=told.factor, by=w.BY[told.stated_by][lang]
        )
        if told.stated_by == "instrument":
            yield f"    {told.source} ({w.MARK[told.confidence][lang]})"

    def _food(self) -> str:
        food, lang = self.answer.food, self.lang
        states = "".join(f"{w.COMMA[lang]}{w.STATE[each][lang]}" for each in food.states)
        known = foods().get(food.key)
        names = getattr(known, lang) if known is not None and lang != "en" else ()
        return w.FOOD[lang].format(
            text=food.text,
            key=names[0] if names else food.key,
            states=states,
            by=w.THROUGH[food.by][lang].format(name=food.name),
            mark=w.MARK[food.confidence][lang],
        )

    def _others(self) -> Iterable[str]:
        """What came nearest, and what else the place has."""
        answer, lang = self.answer, self.lang
        shown = {fact.id for fact in answer.limits}
        for fact in answer.candidates:
            if fact.id in shown:
                continue
            word = "also" if answer.limits else "nearest"
            yield self._other(word, fact, answer.standings[fact.id])
            if answer.verdict not in ("found", "none") or len(answer.candidates) <= 3:
                mark = w.MARK[fact.confidence][lang]
                yield "    " + self._label("source", f"{fact.source} ({mark})")
                if fact.note and answer.verdict != "none":
                    yield "    " + self._label("remark", fact.note)
        for other in answer.beside:
            yield self._other("also", other.limit, other.standing)

    def _other(self, word: str, fact: LimitFact, standing: str) -> str:
        lang = self.lang
        stands = w.STANDING[standing][lang]
        if standing in ("repealed", "superseded") and fact.ended_by is not None:
            stands = w.ENDED_BY[lang].format(standing=stands, by=fact.ended_by)
        kind = "" if fact.kind == "food_limit" else f"{w.KIND[fact.kind][lang]}{w.COMMA[lang]}"
        what = f"{kind}{self._amount(fact)} ({on_what(fact)}; {fact.category})"
        parts = [f"{what}{w.COLON[lang]}{stands}", fact.instrument, in_language(valid(fact), lang)]
        if fact.origins:
            parts.append(w.FOR[lang].format(text=fact.origins.text))
        return "  " + self._label(word, w.SEMICOLON[lang].join(parts))
