"""What later knowledge changes: the same agreement on the same days, judged twice.

`contemporaneous`: each day on what was known that day. `hindsight`: each day on what is
known at the end. Where the two differ, some evidence came late, or was set aside late;
it is looked for in what the verdicts of the first such day rest on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from fairwater.agreement.comparing.answer import LateRecord, Learned, Step
from fairwater.agreement.comparing.parting import apart
from fairwater.agreement.comparing.positions import By, Course, course
from fairwater.agreement.comparing.saying import Voice
from fairwater.agreement.timeline import Timeline
from fairwater.agreement.verdict import SampleOutcome, Verdict
from fairwater.quantities.dates import to_text


def learned(
    voice: Voice,
    then: Sequence[Timeline],
    now: Sequence[Timeline],
    last: date,
    by: By,
    *,
    records: bool = True,
) -> Learned | None:
    """How one unit's answer changes with later knowledge; None where it does not.

    `records`: also which records came late.
    """
    before, after = course(voice.rules, then, by), course(voice.rules, now, by)
    stretches = apart((before, after), last)
    if not stretches:
        return None
    day, unit = stretches[0].since, then[0].unit
    late: tuple[LateRecord, ...] = ()
    for whole in (False, True) if records else ():
        late = _late(voice, unit, day, whole)
        if late:
            break
    return Learned(
        letter=voice.letter,
        unit=dict(unit),
        first=day,
        then=_step(before, day),
        now=_step(after, day),
        apart=stretches,
        late=late,
    )


def _step(of: Course, day: date) -> Step:
    position = of.on(day)
    return Step(since=day, direction=position.direction, level=position.level)


def _late(voice: Voice, unit: Mapping[str, str], day: date, whole: bool) -> tuple[LateRecord, ...]:
    """Records that one of the two answers rests on and the other does not."""
    known = voice.ask(unit, day, False, whole)
    later = voice.ask(unit, day, True, whole)
    found: dict[str, LateRecord] = {}
    used = dict(_records(later))
    for record, outcome in used.items():
        kept = next(o.record for o in outcome.records if o.record.id == record)
        if kept.known > day:
            found[record] = LateRecord(
                record=record, what="came", dated=to_text(kept.sampled), known=kept.known
            )
    for record, outcome in _records(known):
        change = voice.replaced.get(record)
        if record not in used and change is not None and change.known > day:
            kept = next(o.record for o in outcome.records if o.record.id == record)
            found[record] = LateRecord(
                record=record,
                what="replaced",
                dated=to_text(kept.sampled),
                known=change.known,
                by=change.by,
            )
    decided = {step.id for one in known for step in one.taken}
    for one in later:
        for step in one.taken:
            if step.id is not None and step.id not in decided:
                found[step.id] = LateRecord(
                    record=step.id, what="came", kind="decision", dated=step.dated.isoformat()
                )
    return tuple(found[key] for key in sorted(found))


def _records(timelines: Sequence[Timeline]) -> Iterator[tuple[str, SampleOutcome]]:
    """Every record that the verdicts of the day, or those that opened a step, list."""
    for timeline in timelines:
        verdicts: list[Verdict] = [*timeline.now.values()]
        verdicts += [opening.verdict for opening in timeline.openings]
        verdicts += [step.verdict for step in timeline.taken if step.verdict is not None]
        for verdict in verdicts:
            for node in verdict.tree.atoms():
                if node.reading is None:
                    continue
                for sample in node.reading.samples:
                    for outcome in sample.records:
                        yield outcome.record.id, sample
