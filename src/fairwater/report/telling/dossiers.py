"""Verdicts opened to the cell: clause, number, sample, record, row of the source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fairwater.agreement.terms import Words
from fairwater.node.briefing.content import DossierPart, Lack
from fairwater.report.document import AnyBlock, Branch, Cell, Paragraph, Phrase, Section, Span
from fairwater.report.telling.ground import Ground
from fairwater.report.telling.numbers import asked, ends, metric_name, truth_of, window

Tree = Mapping[str, Any]
MAX_SAMPLES = 60
"""Samples opened under one number; the others are counted, and `fairwater explain` has all."""


def dossiers(ground: Ground) -> Section:
    """The section on dossiers."""
    return Section(
        id="dossiers",
        title=ground.words.say("section.dossiers"),
        short=ground.words.say("contents.dossiers"),
        blocks=tuple(_blocks(ground)),
    )


def _blocks(ground: Ground) -> Iterator[AnyBlock]:
    if not ground.briefing.dossiers:
        yield Paragraph(phrase=ground.words.say("dossier.none"))
        return
    yield Paragraph(phrase=ground.words.say("dossier.lead"), role="lead")
    for part in ground.briefing.dossiers:
        yield _dossier(ground, part)


def _dossier(ground: Ground, part: DossierPart) -> Branch:
    words, tree = ground.words, part.tree
    head = words.say(
        "dossier.head",
        unit=ground.unit_name(part.number, part.label, strong=True),
        clause=ground.clause_name(part.letter, part.transition),
        verdict=ground.truth(part.verdict),
    )
    said = [
        words.say(
            "dossier.clocks", at=words.figure(str(tree.get("at", "-"))),
            known=words.figure(str(tree.get("known_at", "-"))),
        )
    ]  # fmt: skip
    could = [v for v in tree.get("could_be", ()) if v != part.verdict]
    if could:
        verdicts = words.listed([words.say(f"verdict.{verdict}") for verdict in could])
        said.append(words.say("dossier.could", verdicts=verdicts))
    else:
        said.append(words.say("dossier.settled"))
    parts = [Branch(head=ground.joined(said))]
    parts += [
        Branch(head=words.say("dossier.missing", what=_lack(ground, part.letter, entry)))
        for entry in tree.get("missing", ())
    ]
    if tree.get("weakest_cert"):
        mark = words.mark(tree["weakest_cert"])
        parts.append(Branch(head=words.say("dossier.weakest", mark=mark)))
    if "clause" in tree:
        parts.append(_Opened(ground, part).clause(tree["clause"]))
    return Branch(head=head, parts=tuple(parts))


def _lack(ground: Ground, letter: str, entry: Tree) -> Phrase:
    lack = Lack(
        letter=letter,
        kind=str(entry.get("kind", "")),
        of=entry.get("of"),
        what=entry.get("what"),
        n=entry.get("n"),
    )
    said = ground.lack(lack)
    notes = [entry[key] for key in ("needs", "reason") if entry.get(key)]
    if notes:
        aside = ground.listed([english(ground, str(note)) for note in notes], 4)
        said = ground.words.say("form.aside", text=said, aside=aside)
    return said


def english(ground: Ground, text: str) -> Phrase:
    """A remark that the evaluation writes in English."""
    return ground.words.words(Words(en=text))


class _Opened:
    """A dossier being opened."""

    def __init__(self, ground: Ground, part: DossierPart) -> None:
        self.ground, self.words, self.part = ground, ground.words, part

    def clause(self, row: Tree) -> Branch:
        """A condition and what it is made of."""
        words = self.words
        name = words.code_text(str(row.get("id") or str(row.get("path", "-")).rsplit(".", 1)[-1]))
        form = f"form_of.{row.get('form')}"
        if words.has(form):
            name = words.say("form.aside", text=name, aside=words.say(form))
        if "role" in row and words.has(f"dossier.{row['role']}"):
            role = words.say(f"dossier.{row['role']}")
            name = words.say("dossier.role", role=role, what=name)
        verdict = self.ground.truth(row["verdict"])
        text = words.words(Words(**row["text"])) if row.get("text") else Phrase()
        head = (
            words.say("dossier.quoted", name=name, verdict=verdict, text=text)
            if text
            else words.say("dossier.node", name=name, verdict=verdict)
        )
        cite: Tree = row.get("cite") or {}
        head += self.ground.marked(cite.get("cert"))
        parts = []
        titles = [str(title) for title in cite.get("titles", ())]
        if titles:
            said = self.ground.listed([words.evidence(title) for title in titles], 6)
            parts.append(Branch(head=words.say("dossier.cite", titles=said)))
        if "metric" in row:
            parts.append(self.metric(row["metric"]))
        parts += [self.clause(inner) for inner in row.get("parts", ())]
        if "metric" not in row:
            letter = self.part.letter
            parts += [
                Branch(head=words.say("dossier.missing", what=_lack(self.ground, letter, entry)))
                for entry in row.get("missing", ())
                if not row.get("parts")
            ]
        return Branch(head=head, parts=tuple(parts))

    def metric(self, row: Tree) -> Branch:
        """A number read: its window, possible values, what was asked, its samples."""
        words, ground = self.words, self.ground
        name = metric_name(ground, str(row["name"]))
        days: Tree = row.get("window") or {}
        if days:
            when = window(ground, days.get("first"), days.get("last"))
            name = words.say("dossier.over", metric=name, window=when)
        asks: Tree = row.get("asks") or {}
        sign = next(iter(asks), None)
        value = ends(ground, *(truth_of(sign, end) for end in _pair(row.get("value"))))
        if asks:
            sign, operand = next(iter(asks.items()))
            operand = _text(operand)
            head = words.say(
                "dossier.metric", metric=name, value=value, asked=asked(ground, sign, operand)
            )
        else:
            head = words.say("dossier.metric_plain", metric=name, value=value)
        head += ground.marked(row.get("cert"))
        samples = list(row.get("samples", ()))
        parts = [
            Branch(head=words.say("dossier.note", note=english(ground, str(note))))
            for note in row.get("notes", ())
        ]
        if samples:
            kept = _deciding(samples)
            opened = [self.sample(sample) for sample in kept]
            if len(kept) < len(samples):
                more = words.say("dossier.more_samples", n=len(samples) - len(kept))
                opened.append(Branch(head=more))
            head_of = words.say("dossier.samples", n=len(samples))
            parts.append(Branch(head=head_of, parts=tuple(opened)))
        return Branch(head=head, parts=tuple(parts))

    def sample(self, row: Tree) -> Branch:
        """A sample: its day, place and outcome, and the records that state it."""
        words = self.words
        records = list(row.get("records", ()))
        day = words.figure(str(records[0].get("sampled", "-")) if records else "-")
        point = row.get("point")
        place = words.say("dossier.no_place") if not point else words.evidence(_text(point))
        outcome = self._outcome(row.get("outcome"))
        head = words.say("dossier.sample", day=day, place=place, outcome=outcome)
        if row.get("place") == "maybe":
            head = words.say("dossier.maybe", what=head)
        parts = [part for record in records for part in self.record(record)]
        return Branch(head=head, parts=tuple(parts))

    def record(self, row: Tree) -> Iterator[Branch]:
        """A record: what it reports, how it compares, the row it stands in."""
        words, ground = self.words, self.ground
        values = [self._value(value) for value in row.get("reported", ())]
        said = words.say("dossier.record", values=ground.listed(values, 12))
        parts = []
        if row.get("limit"):
            limit: Tree = row["limit"]
            parts.append(
                Branch(
                    head=words.say(
                        "dossier.compared",
                        limit=words.figure(f"{limit.get('value')} {limit.get('unit')}"),
                        ends=ends(ground, *_pair(row.get("ends"))),
                        compared=ends(ground, *_pair(row.get("compared"))),
                    )
                )
            )
        if row.get("undecided"):
            lack = _lack(ground, self.part.letter, row["undecided"])
            parts.append(Branch(head=words.say("dossier.needs", what=lack)))
        parts += [
            Branch(head=words.say("dossier.note", note=english(ground, str(note))))
            for note in row.get("notes", ())
        ]
        if row.get("lab"):
            lab = words.evidence(str(row["lab"]))
            parts.append(Branch(head=words.say("dossier.lab", lab=lab)))
        if row.get("flags"):
            flags = words.listed([words.code_text(str(flag)) for flag in row["flags"]])
            parts.append(Branch(head=words.say("dossier.flags", flags=flags)))
        parts.append(self.row(row))
        yield Branch(head=said, parts=tuple(parts))

    def row(self, record: Tree) -> Branch:
        """The row of the source with the cell cited."""
        words = self.words
        name = str(record.get("id", "-"))
        head = words.say("dossier.record_id", id=words.code_text(name[:16]))
        cited = [v.get("source") for v in record.get("reported", ()) if v.get("source")]
        place = (cited or [record.get("source")])[0]
        if place:
            head = words.say("dossier.cell", place=self._place(place))
        columns = {str(cell.get("column")) for cell in cited if cell}
        cells = self.part.rows.get(name)
        if cells is None:
            return Branch(head=head, parts=(Branch(head=words.say("dossier.not_shown")),))
        return Branch(head=head, cells=tuple(self._cells(cells, columns)))

    def _cells(self, cells: Iterable[tuple[str, str]], hit: set[str]) -> Iterator[Cell]:
        for name, text in cells:
            key = f"field.{name}"
            heading = self.words.say(key) if self.words.has(key) else self.words.evidence(name)
            yield Cell(name=heading, text=self.words.quoted(text), hit=name in hit)

    def _place(self, cell: Tree) -> Phrase:
        words = self.words
        known = {key: words.code_text(str(cell[key])) for key in cell}
        if cell.get("document") in self.ground.files:
            known["document"] = words.evidence(self.ground.files[cell["document"]])
        none = words.figure("–")
        return words.say(
            "dossier.place_sheet" if "sheet" in cell else "dossier.place",
            document=known.get("document", none),
            sheet=known.get("sheet", none),
            row=known.get("row", none),
            column=known.get("column", none),
        )

    def _outcome(self, outcome: str | None) -> Phrase:
        if outcome is None:
            return self.words.say("form.not_stated")
        mark = (Span(symbol="above"),) if outcome == "exceeds" else ()
        return Phrase(
            (*mark, Span(self.words.known(f"outcome.{outcome}", outcome).text, strong=True))
        )

    def _value(self, value: Tree) -> Phrase:
        words = self.words
        text = str(value.get("text", "-"))
        if value.get("uncertainty"):
            text += f" ± {value['uncertainty']}"
        return words.say(
            "dossier.reported",
            nuclides=words.figure(str(value.get("nuclides", "-"))),
            text=words.code_text(text),
            unit=words.figure(str(value.get("unit", ""))),
        )


def _deciding(samples: list[Tree]) -> list[Tree]:
    """Samples that exceed or cannot be told first, then the latest others; in their order."""

    def weight(number: int) -> tuple[bool, int]:
        sample = samples[number]
        plain = sample.get("outcome") in (None, "complies") and sample.get("place") != "maybe"
        return (plain, -number)

    chosen = sorted(range(len(samples)), key=weight)[:MAX_SAMPLES]
    return [samples[number] for number in sorted(chosen)]


def _pair(values: Any) -> tuple[str | None, str | None]:
    found = [None if v is None else str(v) for v in (values or ())]
    low, high = [*found, None, None][:2]
    return low, high


def _text(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
