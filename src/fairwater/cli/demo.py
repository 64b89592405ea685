"""`fairwater demo`: three agreements on real figures, told as a story and as a report."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Literal

from fairwater.agreement.comparing.answer import Says
from fairwater.agreement.comparing.text import headline, position_text
from fairwater.cli.exits import DONE
from fairwater.cli.output import print_json, print_table
from fairwater.node import demo as story
from fairwater.node.demo import Goods, Show, Story
from fairwater.records.text import Language

Written = dict[str, Any]
REPORT = ("origin_restriction", "import_certificate", "staged_resumption")
LATER = date(2026, 2, 28)
"""The last day that the report's section on later evidence looks at."""


def demo(
    folder: Path = Path("demo"),
    /,
    *,
    lang: Literal["en", "zh", "ja"] = "en",
    json: bool = False,
) -> int:
    """Make a node from real figures that ship with the program, and ask it three agreements.

    Needs nothing but the program. The node stays in FOLDER to play with, and in it report.html
    and report.pdf to read; a demo node that is there already is deleted and made anew, anything
    else is left alone.

    Example: fairwater demo

    Example: fairwater demo --lang ja

    Parameters
    ----------
    folder
        Where to make the node.
    lang
        Language of the report and of the comparison's sentences: en, zh, ja.
    json
        Print what was found as one JSON document.
    """
    with _progress() as show:
        told = story.run(folder, show)
        written = _report(folder, lang, show)
    if json:
        print_json({"story": told, "written": written})
    else:
        _print(told, lang)
        _last(told, written)
    return DONE


def _report(folder: Path, lang: Language, show: Show | None) -> list[Written]:
    """The report of the demo's node, beside it."""
    from fairwater.cli.report import write
    from fairwater.node.briefing import Wanted, brief
    from fairwater.node.node import Node
    from fairwater.report.page_and_pdf import page_and_pdf

    told = show or (lambda _what, _done, _all: None)
    told("writing the report", 0, 2)
    wanted = Wanted(
        agreements=REPORT,
        as_of=story.FIGURES_END,
        knowledge="resulted",
        decisions="prompt",
        later=LATER,
    )
    briefing = brief(Node.open(folder), wanted)
    told("writing the report", 1, 2)
    page, paper = page_and_pdf(briefing, lang)
    told("writing the report", 2, 2)
    return [write(folder / "report.html", page), write(folder / "report.pdf", paper)]


@contextmanager
def _progress() -> Iterator[Show | None]:
    """A bar on stderr, while a person watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def show(what: str, done: int, all_: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=all_)
            bar.update(tasks[what], completed=done, total=all_)

        yield show


def _print(told: Story, lang: Language) -> None:
    _heading("1  Published tables in, every row counted")
    for taken in told.taken:
        print(
            f"{taken.rows_read:,} rows of {taken.document} = {taken.accepted:,} accepted"
            f" + {taken.flagged:,} accepted with flags + {taken.quarantined:,} quarantined"
        )
        print("  " + ", ".join(f"{flag} {count:,}" for flag, count in taken.flags.items()))
    print(f"and {told.press_values} values that only the press reported, entered as such;")
    print(f"and {told.invented} statements that are invented and say so, for the two import texts.")
    for reason, count in told.left_out.items():
        print(f"Left out of the evidence of section 2: {count:,} {reason}.")

    _heading(f"2  {told.agreement} over every species and zone, as of {story.FIGURES_END}")
    print_table(
        ("species", "zone", "measure", "state", "first eligible", "times", "eligible now"),
        [
            (
                state.species,
                state.zone,
                state.measure,
                state.state,
                state.first_eligible,
                state.openings,
                ", ".join(state.open_now) or None,
            )
            for state in told.states
        ],
    )
    print(f"{told.quiet_units} further units never met a condition.")
    print("Eligible is not decided: no decision of those years is among the figures.")

    _heading("3  Black rockfish, 2021 and 2022: what the rule says, and what was decided")
    print_table(
        ("day", "measure", "what", "on what ground"),
        [(step.day, step.measure, step.what, step.detail) for step in told.rockfish],
    )

    _heading("4  What another window would have meant")
    print_table(
        ("window", "units ever eligible to impose", "days eligible, summed", "black rockfish 2021"),
        [
            (
                f"{window.window} (as shipped)" if window.window == story.SHIPPED_WINDOW
                else window.window,
                window.units,
                window.days,
                f"eligible on {window.rockfish}" if window.rockfish else "never",
            )
            for window in told.windows
        ],
    )  # fmt: skip

    _heading("5  One verdict, down to the cell: when black rockfish first became eligible")
    print(told.dossier)

    _heading("6  Three agreements on the same figures")
    for sentence in headline(told.comparison, lang):
        print(sentence)
    differ = told.comparison.differ[:SHOWN]
    print_table(
        (
            "species and zone",
            "first part on",
            *(f"{s.letter}  {s.agreement}" for s in told.comparison.sides),
        ),
        [
            (
                " / ".join(one.unit.values()),
                one.first,
                *(_position(said, lang) for said in one.says),
            )
            for one in differ
        ],
    )
    if len(told.comparison.differ) > SHOWN:
        print(f"and {len(told.comparison.differ) - SHOWN} more; the report has them all.")

    _heading("7  Invented consignments, condition by condition")
    print_table(
        ("consignment", "agreement", "verdict", "so", "conditions not met"),
        [
            (one.consignment, one.agreement, one.verdict, one.action, _unmet(one))
            for one in told.goods
        ],
    )


SHOWN = 8
"""Units that differ, shown on the screen."""


def _position(said: Says, lang: Language) -> str:
    return position_text(said.direction, said.level, lang)


def _unmet(one: Goods) -> str | None:
    shown = ", ".join(one.unmet[:3])
    more = len(one.unmet) - 3
    return f"{shown} and {more} more" if more > 0 else shown or None


def _last(told: Story, written: list[Written]) -> None:
    _heading("8  Yours to read and to play with")
    for one in written:
        print(f"  {one['file']}  {one['bytes']:,} bytes")
    program = "fairwater" if shutil.which("fairwater") else os.path.relpath(sys.argv[0])
    for words in _NEXT:
        print(f"  {program} {words} --node {shlex.quote(str(told.node))}")


_NEXT = (
    "quarantine",
    "evaluate origin_restriction --as-of 2014-03-31 --knowledge sampled "
    "--set parameters.impose_window=P30D",
    "explain origin_restriction impose --unit species=ヒラメ --unit zone=福島県 "
    "--as-of 2012-07-01 --knowledge sampled",
    "query above-limit",
    "compare origin_restriction import_certificate staged_resumption --as-of 2014-03-31 "
    "--knowledge resulted --unit species=ヒラメ --unit zone=福島県",
    "consignment check 'certificate C (invented)' --as-of 2014-03-11 --knowledge sampled",
)


def _heading(text: str) -> None:
    print(f"\n{text}\n{'-' * len(text)}")
