"""Make docs/reference/ from the program, and write example files out in the how-tos.

    ./run exec python tools/reference.py           write the pages
    ./run exec python tools/reference.py --check   say which pages differ, exit 1 if any

A test holds the pages to what this makes, so they cannot fall behind the code.
"""

from __future__ import annotations

import ast
import contextlib
import inspect
import io
import itertools
import os
import re
import sys
import textwrap
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES = DOCS / "reference"


def _page(title: str, text: str) -> str:
    """Heading and first paragraph of a page."""
    return f"# {title}\n\n" + "\n".join(textwrap.wrap(text, 98, break_on_hyphens=False))


def commands() -> str:
    """Every command's help, as the program prints it."""
    os.environ["COLUMNS"] = "96"
    from fairwater.cli.app import run
    from fairwater.cli.table import COMMANDS

    parts = [
        _page(
            "Commands",
            "What each `fairwater COMMAND --help` prints. Exit codes: 0 done, 1 a computed no, 2 "
            "usage, 3 nothing readable, 4 unknown, 5 no agreement or limit applies, 70 an "
            "internal fault, a lock or a full disk. Data goes to stdout, talk to stderr.",
        )
    ]
    for command in COMMANDS:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            run([*command.words, "--help"])
        lines = "\n".join(line.rstrip() for line in out.getvalue().strip().splitlines())
        parts.append(f"## fairwater {' '.join(command.words)}\n\n```text\n{lines}\n```")
    return "\n\n".join(parts) + "\n"


def records() -> str:
    """Every record type: what it states, its fields, their types."""
    from fairwater.records import RECORD_TYPES, json_schema

    definitions: dict[str, Any] = json_schema()["$defs"]
    parts = [
        _page(
            "Records",
            "Every statement is one of these types. `type` tells which; a field that is not "
            "stated is absent. `fairwater record FILE.yaml` enters any of them; `fairwater schema "
            "record` prints the JSON Schema this page is made from. The content id is the SHA-256 "
            "of the canonical bytes (RFC 8785); bytes that do not read back to themselves are "
            "refused.",
        )
    ]
    named = {kind.__name__: tag for tag, kind in RECORD_TYPES.items()}
    helpers = [name for name in definitions if name not in named]
    for name in [*sorted(named, key=lambda n: named[n]), *sorted(helpers)]:
        parts.append(_structure(name, named.get(name), definitions[name]))
    return "\n\n".join(parts) + "\n"


def _said_under_fields(module: Any) -> dict[tuple[str, str], str]:
    """What stands in quotes under a field of a module's classes, by class and field."""
    said: dict[tuple[str, str], str] = {}
    for node in ast.parse(inspect.getsource(module)).body:
        if not isinstance(node, ast.ClassDef):
            continue
        for field, text in itertools.pairwise(node.body):
            if (
                isinstance(field, ast.AnnAssign)
                and isinstance(field.target, ast.Name)
                and isinstance(text, ast.Expr)
                and isinstance(text.value, ast.Constant)
            ):
                said[node.name, field.target.id] = " ".join(str(text.value.value).split())
    return said


def _structure(
    name: str,
    tag: str | None,
    schema: dict[str, Any],
    said: dict[tuple[str, str], str] | None = None,
) -> str:
    required = set(schema.get("required", ()))
    title = f"## {tag}" if tag else f"## {name} (inside others)"
    told = inspect.cleandoc(schema.get("description", ""))
    lines = [title, "", _paragraphs(told), "", "| field | required | holds |", "|---|---|---|"]
    for field, kind in schema.get("properties", {}).items():
        if field == "type":
            continue
        mark = "yes" if field in required else ""
        more = (said or {}).get((name, field), "")
        holds = f"{_holds(kind)}. {more}" if more else _holds(kind)
        lines.append(f"| `{field}` | {mark} | {_cell(holds)} |")
    return "\n".join(lines)


def _cell(text: str) -> str:
    """Text that a table cell can hold."""
    return text.replace("|", "\\|")


def _paragraphs(text: str) -> str:
    """Prose of a docstring; its indented tables become code."""
    lines, code = [], False
    for line in text.splitlines():
        aligned = "    " in line.strip()
        if aligned and not code:
            lines += ["```text"]
        if code and not aligned:
            lines += ["```"]
        code = aligned
        lines.append(line)
    return "\n".join(lines + (["```"] if code else []))


def _holds(kind: dict[str, Any]) -> str:
    if "$ref" in kind:
        return kind["$ref"].rpartition("/")[2]
    if "anyOf" in kind:
        options = [k for k in kind["anyOf"] if k.get("type") != "null"]
        return " or ".join(dict.fromkeys(_holds(option) for option in options))
    if "enum" in kind:
        return ", ".join(f"`{value}`" for value in kind["enum"] if value is not None)
    if kind.get("type") == "array" and "prefixItems" in kind:
        return "list of " + " and ".join(_holds(item) for item in kind["prefixItems"])
    if kind.get("type") == "array":
        return f"list of {_holds(kind.get('items', {}))}"
    if kind.get("type") == "object":
        return f"map to {_holds(kind.get('additionalProperties', {}))}"
    told = kind.get("description")
    return (
        told.rstrip(".")
        if told
        else {"string": "text", "integer": "whole number"}.get(
            kind.get("type", ""), kind.get("type", "anything")
        )
    )


def tables() -> str:
    """The archive's tables and columns, and the named queries."""
    from fairwater.archive.contract_page import queries_page, tables_page

    parts = [
        _page(
            "Tables",
            "What `fairwater query` can ask. A stable contract: columns are added, never renamed "
            "or given another meaning. `current_TABLE` is a table as known at the instant asked "
            "about (all that is known, without `--known-at`), less what was amended or withdrawn; "
            "`TABLE_as_known(T)` is the same for an instant T inside one query. A DOUBLE stands "
            "beside the text it was converted from; it is for looking and sorting, never for "
            "comparing with a limit.",
        )
    ]
    return (
        "\n\n".join([*parts, tables_page().strip(), "# Named queries", queries_page().strip()])
        + "\n"
    )


def reasons() -> str:
    """Why rows are quarantined, and what flags mean."""
    from fairwater.intake import FLAGS, REASONS

    parts = [
        _page(
            "Quarantine reasons and flags",
            "A row is quarantined whole, with every reason that refused it, and comes back only "
            "by a correction. A flag keeps the row and says what a reader should know; flags are "
            "counted on quarantined rows too, as far as their cells could be read.",
        )
    ]
    for title, table in (("Reasons", REASONS), ("Flags", FLAGS)):
        lines = [f"## {title}", "", "| name | meaning | what to do |", "|---|---|---|"]
        lines += [
            f"| `{k}` | {_cell(e.meaning)} | {_cell(e.remedy)} |" for k, e in sorted(table.items())
        ]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def language() -> str:
    """The agreement language: clauses, conditions, metrics."""
    from fairwater.agreement import schema
    from fairwater.agreement.metrics.registry import METRICS

    definitions: dict[str, Any] = schema.json_schema()["$defs"]
    parts = [
        _page(
            "Agreement language",
            "YAML, one mapping, no code. Scalars are text: `NO` is a name, never false; decimals, "
            "days and periods keep the digits they are written with. Anchors, tags and duplicate "
            "keys are refused. Windows are `(at - W, at]` in civil days of the agreement's zone; "
            "months and years clamp to the last valid day. `fairwater schema agreement` prints "
            "the JSON Schema this page is made from; [how to write one](../howto/agreement.md) "
            "shows a whole agreement with its cases.",
        ),
    ]
    lines = ["## Metrics", "", "| metric | counts | family | compares | needs | may have |"]
    lines.append("|---|---|---|---|---|---|")
    for name, metric in sorted(METRICS.items()):
        cells = (metric.comparators, sorted(metric.needs), sorted(metric.takes))
        words = " | ".join(", ".join(f"`{word}`" for word in cell) for cell in cells)
        lines.append(f"| `{name}` | {_cell(metric.counts)} | {metric.family} | {words} |")
    parts.append("\n".join(lines))
    parts += [_structure(name, None, definitions[name]) for name in sorted(definitions)]
    return "\n\n".join(parts).replace(" (inside others)", "") + "\n"


def profiles() -> str:
    """The language of source profiles."""
    from fairwater.intake import profile_schema

    definitions: dict[str, Any] = profile_schema()["$defs"]
    said = _said_under_fields(import_module("fairwater.intake.profile"))
    intro = _page(
        "Source profiles",
        "YAML, one mapping. Every key of a profile, from the types that read it; "
        "`fairwater schema profile` prints the JSON Schema, `fairwater profile check FILE` gives "
        "every fault of a profile at once. [How to write one](../howto/profile.md) shows a whole "
        "profile.",
    )
    names = sorted(definitions, key=lambda name: (name != "Profile", name))
    parts = [intro, *(_structure(name, None, definitions[name], said) for name in names)]
    return "\n\n".join(parts).replace(" (inside others)", "") + "\n"


_EMBEDDED = re.compile(r"(<!-- (examples/\S+) -->\n```yaml\n).*?(^```)", re.DOTALL | re.MULTILINE)


def embedded(page: Path) -> str:
    """A page with each file it names in a comment written out under it."""

    def file_of(match: re.Match[str]) -> str:
        return match[1] + (DOCS / match[2]).read_text(encoding="utf-8") + match[3]

    return _EMBEDDED.sub(file_of, page.read_text(encoding="utf-8"))


def pages() -> Iterator[tuple[Path, str]]:
    """Every page with its content."""
    yield PAGES / "commands.md", commands()
    yield PAGES / "records.md", records()
    yield PAGES / "tables.md", tables()
    yield PAGES / "reasons.md", reasons()
    yield PAGES / "agreement.md", language()
    yield PAGES / "profile.md", profiles()
    for page in sorted((DOCS / "howto").glob("*.md")):
        yield page, embedded(page)


def main(arguments: list[str]) -> int:
    """Write the pages, or check them."""
    differ = 0
    for path, content in pages():
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            differ += 1
            print(f"{path.name} {'differs' if '--check' in arguments else 'written'}")
            if "--check" not in arguments:
                path.write_text(content, encoding="utf-8")
    return 1 if differ and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
