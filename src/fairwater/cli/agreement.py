"""`fairwater agreement`: check a text, pin its meaning with cases, read it as prose, record it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Final, Literal

from cyclopts import Parameter

from fairwater.agreement.load import content_id, load_agreement, shipped, shipped_names
from fairwater.agreement.problems import AgreementErrors
from fairwater.cli.exits import DONE, NO, NOT_APPLICABLE, UNKNOWN, UNREADABLE, USAGE, Failure
from fairwater.cli.output import print_json, print_table, talk
from fairwater.cli.reading import read_text
from fairwater.cli.settings import pairs
from fairwater.node import agreements, config
from fairwater.node.node import Node

LANGUAGES: Final[tuple[Literal["en", "ja", "zh"], ...]] = ("en", "ja", "zh")


def check(file: Path, /, *, json: bool = False) -> int:
    """Check an agreement: every fault at once, with file, line and what to write instead.

    Exit code 1 if it has faults. Warnings do not count.

    Example: fairwater agreement check rule.yaml

    Parameters
    ----------
    file
        The agreement; `fairwater schema agreement` is its schema.
    json
        Print faults and warnings as JSON.
    """
    text = read_text(file)
    try:
        loaded = load_agreement(text, str(file))
    except AgreementErrors as error:
        if json:
            print_json(
                {
                    "file": str(file),
                    "errors": [p._asdict() for p in error.problems],
                    "warnings": [p._asdict() for p in error.warnings],
                }
            )
            return NO
        count = len(error.problems)
        raise Failure(
            NO,
            f"{count} fault{'s' if count != 1 else ''}\n{error}",
            hint="docs/howto/agreement.md shows a whole one",
        ) from error
    identity = content_id(loaded.agreement)
    if json:
        print_json(
            {
                "file": str(file),
                "errors": [],
                "warnings": [p._asdict() for p in loaded.warnings],
                "agreement": loaded.agreement.id,
                "version": loaded.agreement.version,
                "content_id": identity,
            }
        )
    else:
        for warning in loaded.warnings:
            talk(f"warning: {warning}")
        print(f"{file}: agreement {loaded.agreement.id} {loaded.agreement.version} is in order")
        print(f"  content id {identity}")
    return DONE


def cases(file: Path, /, *, json: bool = False) -> int:
    """Run cases that pin what a text means; no node is needed.

    Exit code 1 if a case fails.

    Example: fairwater agreement test cases.yaml

    Parameters
    ----------
    file
        Cases; docs/howto/agreement.md shows how to write them.
    json
        Print every evaluation with every output field it computed.
    """
    from fairwater.agreement.casefiles.runner import run_cases

    try:
        report = run_cases(read_text(file), str(file))
    except AgreementErrors as error:
        raise Failure(UNREADABLE, f"{file} is no case file\n{error}") from error
    if json:
        print_json(report.plain())
    else:
        for result in report.results:
            if not result.passed:
                print(f"{file}:{result.line}: {result.case} [{result.index}] failed")
                for difference in result.differences:
                    print(f"  {difference}")
        print(f"{report.evals} evaluations: {report.passed} passed, {report.failed} failed")
    return DONE if report.failed == 0 else NO


def show(
    name: str,
    /,
    *,
    lang: Literal["en", "ja", "zh"] = "en",
    text: bool = False,
    node: Path | None = None,
    json: bool = False,
) -> int:
    """Show an agreement as prose made from its data, every parameter with its source.

    Example: fairwater agreement show origin_restriction --lang ja

    Parameters
    ----------
    name
        A file, a shipped agreement, or one on record.
    lang
        Language of the prose.
    text
        Print the YAML text instead.
    node
        The node's folder, for agreements on record.
    json
        Print the agreement's canonical JSON.
    """
    from fairwater.agreement.load import plain
    from fairwater.agreement.prose import prose

    found = found_agreement(name, node, required=False)
    if json:
        print_json(plain(found.agreement))
    else:
        print(found.text if text else prose(found.agreement, lang))
    return DONE


def listing(*, node: Path | None = None, json: bool = False) -> int:
    """Agreements that ship with the program, and those on record in the node.

    Example: fairwater agreement list

    Parameters
    ----------
    node
        The node's folder.
    json
        Print as JSON.
    """
    found = [agreements.find(None, name) for name in shipped_names()]
    opened = _node(node, required=node is not None)
    if opened is not None:
        found += agreements.on_record(opened)
    rows = [
        (f.agreement.id, f.agreement.version, f.origin, f.agreement.title.en, f.content_id)
        for f in found
    ]
    if json:
        keys = ("agreement", "version", "origin", "title", "content_id")
        print_json({"agreements": [dict(zip(keys, row, strict=True)) for row in rows]})
    else:
        print_table(("agreement", "version", "origin", "title", "content id"), rows)
    return DONE


def applies(
    *,
    role: Annotated[list[str], Parameter(name="--role", negative="")],
    on: str | None = None,
    name: str | None = None,
    lang: Literal["en", "ja", "zh"] = "en",
    node: Path | None = None,
    json: bool = False,
) -> int:
    """Which agreement on record applies between parties on a day, or that none does.

    Exit code 5 if none applies: that is an answer of its own, neither yes nor no.

    Example: fairwater agreement applies --role origin=P --role importing=Q --on 2031-04-01

    Parameters
    ----------
    role
        ROLE=PARTY; may be repeated. All of them must be bound so.
    on
        The day; today (UTC) if not given.
    name
        Only versions of this agreement.
    lang
        Language of the answer.
    node
        The node's folder.
    json
        Print the answer as JSON, in all three languages.
    """
    from fairwater.agreement.versions import Ambiguous, NoAgreement, governing

    opened = Node.open(config.find(node))
    try:
        day = opened.today() if on is None else date.fromisoformat(on)
    except ValueError:
        raise Failure(USAGE, f"--on `{on}` is not a day", hint="write 2031-04-01") from None
    try:
        answer = governing(agreements.candidates(opened, day), day, pairs(role, "--role"), name)
    except Ambiguous as error:
        raise Failure(UNKNOWN, str(error)) from error
    if isinstance(answer, NoAgreement):
        if json:
            words = {each: answer.text(each) for each in LANGUAGES}
            print_json({"applies": None, "looked_for": answer, "text": words})
        else:
            print(answer.text(lang))
        return NOT_APPLICABLE
    terms = answer.agreement
    if json:
        print_json(
            {
                "applies": {
                    "agreement": terms.id,
                    "version": terms.version,
                    "content_id": answer.content_id,
                    "bindings": answer.bindings,
                }
            }
        )
    else:
        print(f"{terms.id} {terms.version} applies on {day}")
        for each, party in sorted(answer.bindings.items()):
            print(f"  {each}: {party}")
    return DONE


def add(name: str, /, *, node: Path | None = None, json: bool = False) -> int:
    """Record an agreement's text in the node, as it would be signed.

    Example: fairwater agreement add rule.yaml --node coast

    Parameters
    ----------
    name
        A file, or a shipped agreement.
    node
        The node's folder.
    json
        Print the record's id as JSON.
    """
    opened = Node.open(config.find(node))
    if name in shipped_names():
        text = shipped(name)
        found = agreements.Found(load_agreement(text, name).agreement, "shipped", text)
    else:
        found = found_agreement(name, node, required=True)
    entry = opened.enter([agreements.record_of(found)])[0]
    if json:
        print_json({"record": entry, "content_id": found.content_id})
    else:
        print(f"{found.agreement.id} {found.agreement.version} is on record as {entry.id}")
        print(f"  content id {found.content_id}")
    return DONE


def found_agreement(
    name: str, node: Path | None, *, required: bool, day: date | None = None
) -> agreements.Found:
    """The agreement named, with its warnings told; faults and absence become failures."""
    try:
        found = agreements.find(_node(node, required=required), name, day)
    except AgreementErrors as error:
        raise Failure(
            UNREADABLE, f"{name} is no agreement\n{error}", hint=f"fairwater agreement check {name}"
        ) from error
    except agreements.NoSuchAgreement as error:
        raise Failure(UNREADABLE, str(error), hint="fairwater agreement list") from error
    return found


def _node(node: Path | None, *, required: bool) -> Node | None:
    folder = config.find(node)
    if not required and not (folder / config.FILE).is_file():
        return None
    return Node.open(folder)
