"""The table of commands: name, where its function is, one line of help.

The function's module is imported only when the command is run, and the root
`--help` is printed from this table alone, so that neither needs the archive's
libraries.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple


class Command(NamedTuple):
    """A command: words typed, ``module:function``, help."""

    words: tuple[str, ...]
    target: str
    help: str


COMMANDS: Final = (
    Command(("init",), "fairwater.cli.init:init", "Make a folder a party's node."),
    Command(("import",), "fairwater.cli.imports:imports", "Import published tables."),
    Command(("template",), "fairwater.cli.template:template", "A table to fill in, xlsx or CSV."),
    Command(("record",), "fairwater.cli.record:record", "Enter statements from a YAML file."),
    Command(("quarantine", "list"), "fairwater.cli.quarantine:listing", "Rows not understood."),
    Command(("quarantine", "explain"), "fairwater.cli.quarantine:explain", "One row: why, remedy."),
    Command(("quarantine", "export"), "fairwater.cli.quarantine:export", "Rows as CSV, to mend."),
    Command(("quarantine", "submit"), "fairwater.cli.quarantine:submit", "Take mended rows back."),
    Command(
        ("restatement", "list"), "fairwater.cli.restatement:listing", "Rows that may repeat others."
    ),
    Command(
        ("restatement", "settle"), "fairwater.cli.restatement:settle", "Decide whether one does."
    ),
    Command(("query",), "fairwater.cli.query:query", "Ask the archive: a named query, or SQL."),
    Command(("archive", "rebuild"), "fairwater.cli.archive:rebuild", "Rebuild from the journal."),
    Command(("archive", "status"), "fairwater.cli.archive:status", "Sizes and content hashes."),
    Command(("archive", "verify"), "fairwater.cli.archive:verify", "Check every journal byte."),
    Command(
        ("agreement", "check"), "fairwater.cli.agreement:check", "All faults of a file at once."
    ),
    Command(("agreement", "test"), "fairwater.cli.agreement:cases", "Run cases that pin a text."),
    Command(("agreement", "show"), "fairwater.cli.agreement:show", "An agreement as prose."),
    Command(("agreement", "list"), "fairwater.cli.agreement:listing", "Shipped and recorded ones."),
    Command(
        ("agreement", "applies"),
        "fairwater.cli.agreement:applies",
        "Which one applies, or that none does.",
    ),
    Command(
        ("agreement", "add"), "fairwater.cli.agreement:add", "Record an agreement in the node."
    ),
    Command(("evaluate",), "fairwater.cli.evaluate:evaluate", "States of every unit over history."),
    Command(
        ("compare",), "fairwater.cli.compare:comparing", "Where agreements part on one evidence."
    ),
    Command(("explain",), "fairwater.cli.explain:explain", "One verdict, down to file, row, cell."),
    Command(
        ("consignment", "check"),
        "fairwater.cli.consignment:check",
        "Goods: every condition, every mismatch.",
    ),
    Command(
        ("consignment", "explain"),
        "fairwater.cli.consignment:explain",
        "One condition on goods, down to the cell.",
    ),
    Command(("consignment", "list"), "fairwater.cli.consignment:listing", "Goods on record."),
    Command(("report",), "fairwater.cli.report:reporting", "A page and a PDF for people to read."),
    Command(("decide",), "fairwater.cli.decide:decide", "Record a dated decision with reasons."),
    Command(("recompute",), "fairwater.cli.recompute:recompute", "Compute a decision again."),
    Command(("due",), "fairwater.cli.due:due", "Samples, results, reviews due or overdue."),
    Command(("profile", "list"), "fairwater.cli.profile:listing", "Source profiles shipped."),
    Command(("profile", "check"), "fairwater.cli.profile:check", "Check a source profile."),
    Command(("facts", "list"), "fairwater.cli.facts:listing", "Constants with their sources."),
    Command(("facts", "limits"), "fairwater.cli.facts:limit", "Which limit applies, or why none."),
    Command(("facts", "check"), "fairwater.cli.facts:check", "Check a file of limits."),
    Command(("schema",), "fairwater.cli.schema:schema", "JSON Schema of what we read and write."),
    Command(("demo",), "fairwater.cli.demo:demo", "The main job on real figures, in demo/."),
)

GROUPS: Final = {
    "quarantine": "Rows not understood: list, explain, export, submit.",
    "restatement": "Rows that may repeat what is held: list, settle.",
    "facts": "Researched constants with their sources: list, limits, check.",
    "archive": "The projected tables: rebuild, status, verify.",
    "consignment": "Goods that travel together: check, explain, list.",
    "agreement": "Agreements: check, test, show, list, applies, add.",
    "profile": "Source profiles: list, check.",
}


DEFAULT_OF_GROUP: Final = {"quarantine": "list", "restatement": "list", "facts": "list"}
"""What a group does when no command of it is named: ``fairwater quarantine`` lists."""


def expanded(arguments: Sequence[str]) -> list[str]:
    """Arguments with the group's default command put in where none is named."""
    words = list(arguments)
    if not words or words[0] not in DEFAULT_OF_GROUP:
        return words
    known = {command.words[1] for command in COMMANDS if command.words[0] == words[0]}
    if len(words) == 1 or words[1] not in known | {"--help", "-h"}:
        words.insert(1, DEFAULT_OF_GROUP[words[0]])
    return words


def root_help(version: str) -> str:
    """Text of ``fairwater --help``."""
    width = max(len(" ".join(command.words)) for command in COMMANDS)
    lines = "\n".join(f"  {' '.join(c.words):<{width}}  {c.help}" for c in COMMANDS)
    return f"""\
Fairwater {version}: radioactivity measurements in, seafood-trade decisions out
that every party can recompute and nobody can quietly rewrite.

usage: fairwater COMMAND [ARGUMENTS]

{lines}

Every command has --help with an example, and --json. A command finds its node
by --node DIR, by FAIRWATER_NODE, or it is the current folder.

Exit codes: 0 done, 1 a computed no, 2 usage, 3 nothing readable, 4 unknown,
5 no agreement or limit applies, 70 an internal fault, a lock or a full disk.

Example:
  fairwater init coast --party coast --name "Coastal authority"
  fairwater import --node coast a357.csv
  fairwater evaluate origin_restriction --node coast --as-of 2014-03-31 --knowledge sampled
"""
