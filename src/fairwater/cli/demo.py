"""`fairwater demo`: the main job on real figures, told as a story."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fairwater.cli.exits import DONE
from fairwater.cli.output import print_json, print_table
from fairwater.node import demo as story
from fairwater.node.demo import Show, Story


def demo(folder: Path = Path("demo"), /, *, json: bool = False) -> int:
    """Make a node from real figures that ship with the program, and ask it an agreement.

    Needs nothing but the program. The node stays in FOLDER to play with; a demo node that is
    there already is deleted and made anew, anything else is left alone.

    Example: fairwater demo

    Parameters
    ----------
    folder
        Where to make the node.
    json
        Print what was found as one JSON document.
    """
    with _progress() as show:
        told = story.run(folder, show)
    if json:
        print_json(told)
    else:
        _print(told)
    return DONE


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


def _print(told: Story) -> None:
    taken = told.taken
    _heading("1  Published tables in, every row counted")
    print(
        f"{taken.rows_read:,} rows of {taken.document} = {taken.accepted:,} accepted"
        f" + {taken.flagged:,} accepted with flags + {taken.quarantined:,} quarantined"
    )
    print("  " + ", ".join(f"{flag} {count:,}" for flag, count in taken.flags.items()))
    print(f"and {taken.press_values} values that only the press reported, entered as such.")
    for reason, count in taken.left_out.items():
        print(f"Left out of the evidence below: {count:,} {reason}.")

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

    _heading("6  Yours to play with")
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
)


def _heading(text: str) -> None:
    print(f"\n{text}\n{'-' * len(text)}")
