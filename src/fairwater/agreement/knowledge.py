"""What stands for the day a sample became known.

History that was entered years later has one journal date. A run over it names
what stands for knowledge instead, and says so: the day of publication, of the
result, or of sampling. Where that day is not stated, the next later one is
taken, and at last the journal's.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import structs

from fairwater.agreement.evidence import Evidence, SampleEvidence, Supersession

Knowledge = Literal["journal", "published", "resulted", "sampled"]


def with_knowledge(evidence: Evidence, knowledge: Knowledge) -> Evidence:
    """Evidence whose samples are known from the day `knowledge` names.

    An amendment takes effect with the record that replaces.
    """
    if knowledge == "journal":
        return evidence
    samples = tuple(
        structs.replace(sample, known=known_day(sample, knowledge)) for sample in evidence.samples
    )
    days = {sample.id: sample.known for sample in samples}
    supersessions = tuple(
        Supersession(
            target=entry.target,
            by=entry.by,
            known=days.get(entry.by or "", entry.known),
            reason=entry.reason,
        )
        for entry in evidence.supersessions
    )
    return structs.replace(evidence, samples=samples, supersessions=supersessions)


def known_day(sample: SampleEvidence, knowledge: Knowledge) -> date:
    """The day that stands for knowledge of one sample."""
    order = {
        "published": (sample.published.last,),
        "resulted": (sample.resulted.last, sample.published.last),
        "sampled": (sample.sampled.last, sample.resulted.last, sample.published.last),
        "journal": (),
    }[knowledge]
    return next((day for day in order if day is not None), sample.known)
