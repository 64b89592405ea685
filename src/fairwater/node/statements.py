"""Statements entered by hand: a YAML file of records, checked whole, then journalled at once.

    - type: register
      register: border checks
      kept_by: importing-authority
      since: "2031-04-01"
      complete_through: "2031-06-30"
      consignments: "412"
      rejected: "0"

A file holds one record or a list. Scalars are text, whatever they look like:
`NO` is a party's name, never false. If one record of a file is refused, none of
the file is entered, and every fault of the file is given.
"""

from __future__ import annotations

from collections.abc import Iterator

from fairwater.agreement.load import content_id, load_agreement
from fairwater.agreement.problems import AgreementErrors
from fairwater.agreement.source import read as read_yaml
from fairwater.intake.statements import StatementError, check
from fairwater.ledger.journal import Journal
from fairwater.records import (
    Agreement,
    Amendment,
    Correction,
    Record,
    RecordError,
    Result,
    TestReport,
    Withdrawal,
    encode,
    from_builtins,
    record_id,
)


class StatementsRefused(Exception):
    """The faults of a file; nothing of it was entered."""

    def __init__(self, name: str, faults: list[str]) -> None:
        super().__init__(
            f"{name}: {len(faults)} fault{'s' if len(faults) != 1 else ''}; nothing was entered\n"
            + "\n".join(f"  {fault}" for fault in faults)
        )
        self.faults = faults


def read(text: str, name: str) -> list[Record]:
    """Records of a YAML text, each checked by itself.

    Raises
    ------
    StatementsRefused
        With every fault of every record.
    """
    try:
        content = read_yaml(text, name).content
    except AgreementErrors as error:
        raise StatementsRefused(name, [str(problem) for problem in error.problems]) from error
    items = content if isinstance(content, list) else [content]
    records: list[Record] = []
    faults: list[str] = []
    for number, item in enumerate(items, 1):
        try:
            record = from_builtins(item)
            check(record)
            faults += [f"record {number}: {line}" for line in _agreement_faults(record)]
            records.append(record)
        except (RecordError, StatementError) as error:
            faults += [f"record {number}: {line}" for line in str(error).splitlines()]
    if not items:
        faults.append("no record in the file")
    if faults:
        raise StatementsRefused(name, faults)
    return records


def _agreement_faults(record: Record) -> Iterator[str]:
    """What is wrong with an agreement's text, or with the content id it is said to have."""
    if not isinstance(record, Agreement):
        return
    try:
        terms = load_agreement(record.text, "$.text").agreement
    except AgreementErrors as error:
        yield from str(error).splitlines()
        return
    for field, stated, found in (
        ("content_id", record.content_id, content_id(terms)),
        ("agreement", record.agreement, terms.id),
        ("version", record.version, terms.version),
    ):
        if stated != found:
            yield f"$.{field}: `{stated}`, but the text says `{found}`"


def missing_references(journal: Journal, records: list[Record]) -> Iterator[str]:
    """What a record names that is neither in the journal nor in the same file."""
    here = {record_id(encode(record)) for record in records}
    for number, record in enumerate(records, 1):
        for field, target in _references(record):
            if target not in here and target not in journal:
                yield f"record {number}: $.{field}: no record {target} in this node or this file"


def _references(record: Record) -> Iterator[tuple[str, str]]:
    if isinstance(record, Amendment):
        yield "amends", record.amends
        yield "by", record.by
    elif isinstance(record, Withdrawal):
        yield "withdraws", record.withdraws
    elif isinstance(record, Result) and record.report is not None:
        yield "report", record.report
    elif isinstance(record, TestReport) and isinstance(record.sample, str):
        yield "sample", record.sample
    elif isinstance(record, Correction):
        yield "quarantined", record.quarantined
        yield "report", record.report
