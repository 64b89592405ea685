"""What concerns a consignment, from the journal: samples, documents, and what conditions look over.

The archive says which reports were drawn from the goods, or belong to another
body of evidence a condition looks `over` (the facility, the area's monitoring);
they are read as they were accepted. None of the agreement's own filters applies:
these are the goods asked about, whatever the area's scope requires.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from msgspec import structs

from fairwater.agreement.checks.finding import goods_conditions
from fairwater.agreement.evidence import ConsignmentEvidence, Evidence, SampleEvidence
from fairwater.agreement.goods_checking import unit_of
from fairwater.agreement.knowledge import Knowledge
from fairwater.agreement.model import Agreement, Atom, EvidenceScope, Scope
from fairwater.node import scope_sql
from fairwater.node.as_evidence import Reading, late_result, sample_evidence
from fairwater.node.node import Node
from fairwater.node.standing import standing_evidence
from fairwater.records import Result, Sample, TestReport, decode_trusted

if TYPE_CHECKING:
    from fairwater.archive import Archive

_OF_GOODS = {"consignment": "consignment", "lot": "lot", "facility": "facility"}


def evidence_for(
    node: Node,
    agreement: Agreement,
    goods: ConsignmentEvidence,
    *,
    knowledge: Knowledge = "journal",
    through: int | None = None,
) -> Evidence:
    """Everything on record that a consignment check may look at."""
    archive = node.archive()
    last = 2**62 if through is None else through
    reading = _reading(archive, agreement, knowledge)
    others, waiting = standing_evidence(archive, reading, last)
    samples = [*waiting, *_reports(node, archive, agreement, goods, reading, last)]
    changes = others.supersessions
    if knowledge != "journal":
        days = {sample.id: sample.known for sample in samples}
        changes = tuple(
            structs.replace(change, known=days.get(change.by or "", change.known))
            for change in changes
        )
    return structs.replace(others, samples=tuple(samples), supersessions=changes)


def _reading(archive: Archive, agreement: Agreement, knowledge: Knowledge) -> Reading:
    """How records are read of goods: the scope's dates and points, none of its filters."""
    files = archive.query("SELECT sha256, name FROM documents ORDER BY journal_index")
    reading = Reading.of(
        agreement, knowledge, {row["sha256"]: row["name"] for row in files.to_pylist()}
    )
    scope = Scope(point=agreement.scope.point, day=agreement.scope.day)
    return structs.replace(reading, scope=scope, dimensions={**reading.dimensions, **_OF_GOODS})


def _reports(
    node: Node,
    archive: Archive,
    agreement: Agreement,
    goods: ConsignmentEvidence,
    reading: Reading,
    through: int,
) -> Iterator[SampleEvidence]:
    """Reports on samples of the goods, and those the conditions look over."""
    wheres: list[dict[str, tuple[str, ...]]] = [{"consignment": (goods.consignment,)}]
    unit = unit_of(agreement, goods)
    for scope in _looked_over(agreement):
        where = {str(column): values for column, values in scope.where.items()}
        stated: dict[str, tuple[str, ...]] = {
            str(d.column): (unit[d.id],) for d in scope.unit if d.id in unit
        }
        if len(stated) == len(scope.unit):  # else the condition is unknown, whatever there is
            wheres.append(where | stated)
    rows = archive.query(scope_sql.having(wheres), {"through": through}).to_pylist()
    late = archive.query(_LATE, {"through": through}).to_pylist() if rows else []
    added: dict[str, list[int]] = {}
    for row in late:
        added.setdefault(row["report_id"], []).append(row["journal_index"])
    for row in rows:
        whole = _sample(node, row["journal_index"], reading)
        yield whole
        for entry in added.get(whole.id, ()):
            record = decode_trusted(node.journal.entry(entry))
            if isinstance(record, Result):
                accepted = node.journal.known_at(entry).astimezone(reading.zone).date()
                yield late_result(record, whole, node.journal.id(entry), accepted, reading)


_LATE = """
SELECT DISTINCT journal_index, report_id FROM results
WHERE record_id <> report_id AND journal_index < $through ORDER BY journal_index
"""


def _looked_over(agreement: Agreement) -> list[EvidenceScope]:
    names = {
        condition.over
        for _, condition, _ in goods_conditions(agreement)
        if isinstance(condition, Atom) and condition.over is not None
    }
    return [scope for scope in agreement.evidence_scopes if scope.id in names]


def _sample(node: Node, entry: int, reading: Reading) -> SampleEvidence:
    journal = node.journal
    record = decode_trusted(journal.entry(entry))
    if not isinstance(record, TestReport):
        raise TypeError(f"journal entry {entry} is a {type(record).__name__}, not a test report")
    named: Any = None
    if isinstance(record.sample, str) and record.sample in journal:
        named = decode_trusted(journal.find(record.sample)[1])
    return sample_evidence(
        record,
        record_id=journal.id(entry),
        accepted=journal.known_at(entry).astimezone(reading.zone).date(),
        reading=reading,
        sample=named if isinstance(named, Sample) else None,
        sample_id=record.sample if isinstance(record.sample, str) else None,
    )
