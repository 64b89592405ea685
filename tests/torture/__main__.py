"""Kill the writer at random instants and look for losses.

    ./run torture --kills 200 --seed 1

A worker is forked from this process, which has everything imported already, and
appends batches and projects them. At a random instant of a random phase it gets
SIGKILL. Another fresh process then opens what is left and checks that nothing
acknowledged is lost, nothing half-written shows, and the archive is one whole
state that grows to what a rebuilt one is. The next worker goes on from there.

The workers of one node append made-up records, those of the next import tables;
`--work module:function` (more than one with commas) takes the place of both.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import random
import select
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import duckdb  # noqa: F401 - imported here so that no forked worker spends its life importing
import pyarrow.parquet  # noqa: F401 - as above
from tests.torture.checking import Acknowledged, check
from tests.torture.work import Work

from fairwater.facts import units

KILLS_A_NODE = 10
THOROUGH_EVERY = 4
PHASES = ("append", "project")
WORKS = "tests.torture.work:synthetic,tests.torture.imports:imports"


class Node(NamedTuple):
    """A node's folder and what its workers have reported."""

    folder: Path
    acknowledged: list[Acknowledged]
    projected: list[int]


class Killed(NamedTuple):
    """One kill: in which phase (None: between two), and how long after the phase began."""

    phase: str | None
    after_s: float


def forked(task: Callable[[int], None]) -> tuple[int, int]:
    """Run `task` in a child with a pipe to write to; the child's number and the end to read."""
    reading, writing = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    status = 1
    try:
        os.close(reading)
        task(writing)
        status = 0
    except BaseException:
        os.write(writing, json.dumps(["failed", traceback.format_exc()]).encode() + b"\n")
    finally:
        os._exit(status)


class Pipe:
    """Lines of JSON from a child."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._rest = b""

    def wait(self, timeout_s: float) -> list[list[Any]]:
        """Messages that are there after at most `timeout_s`."""
        ready, _, _ = select.select([self._descriptor], [], [], max(timeout_s, 0))
        if not ready:
            return []
        data = os.read(self._descriptor, 2**16)
        self._rest += data
        *lines, self._rest = self._rest.split(b"\n")
        return [json.loads(line) for line in lines] or ([] if data else [["ended"]])

    def drain(self) -> list[list[Any]]:
        """Messages up to the end of a child that is gone; a torn one was never said."""
        messages: list[list[Any]] = []
        while ["ended"] not in (more := self.wait(1)):
            messages += more
        os.close(self._descriptor)
        return messages


def kill_one(work: Work, node: Node, rng: random.Random, usual_s: dict[str, float]) -> Killed:
    """Start a worker, kill it at a random instant, and note what it had acknowledged."""
    seed = rng.randrange(2**60)

    def run(descriptor: int) -> None:
        def report(*message: object) -> None:
            os.write(descriptor, json.dumps(message).encode() + b"\n")

        work(node.folder, random.Random(seed), report)

    aimed, nth = rng.choice(PHASES), rng.randrange(1, 4)
    child, reading = forked(run)
    pipe = Pipe(reading)
    phase: str | None = None
    begun = due = time.monotonic()
    aiming = True
    while aiming or time.monotonic() < due:
        for message in pipe.wait(10 if aiming else due - time.monotonic()):
            if message[0] in ("failed", "ended"):
                raise AssertionError(f"the worker ended by itself\n{message[-1]}")
            phase, begun = _noted(node, message, phase, begun, usual_s)
            if aiming and message[:2] == ["begin", aimed]:
                nth -= 1
                aiming = nth > 0
                due = begun + rng.uniform(0, 1.2) * usual_s.get(aimed, 0.01)
    os.kill(child, signal.SIGKILL)
    killed_at = time.monotonic()
    os.waitpid(child, 0)
    for message in pipe.drain():
        phase, begun = _noted(node, message, phase, begun, {})
    return Killed(phase, max(0.0, killed_at - begun))


def _noted(
    node: Node, message: list[Any], phase: str | None, begun: float, usual_s: dict[str, float]
) -> tuple[str | None, float]:
    now = time.monotonic()
    if message[0] == "begin":
        return str(message[1]), now
    _, done, size, digest = message
    if done == "append":
        node.acknowledged.append(Acknowledged(size, digest))
    else:
        node.projected.append(size)
    usual_s[done] = 0.7 * usual_s.get(done, now - begun) + 0.3 * (now - begun)
    return None, now


def checked(node: Node, thorough: bool) -> Acknowledged:
    """Check `node` in a fresh process; the state of its journal."""

    def run(descriptor: int) -> None:
        projected = max(node.projected, default=0)
        state = check(node.folder, node.acknowledged, projected, thorough)
        os.write(descriptor, json.dumps(["state", *state]).encode() + b"\n")

    child, reading = forked(run)
    messages = Pipe(reading).drain()
    _, status = os.waitpid(child, 0)
    for message in messages:
        if message[0] == "failed":
            raise AssertionError(f"{node.folder}: {message[1]}")
    assert status == 0
    return Acknowledged(*messages[-1][1:])


def main(arguments: list[str] | None = None) -> int:
    """Run as asked; 0 if nothing was lost."""
    parser = argparse.ArgumentParser(
        prog="./run torture", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--kills", type=int, default=200, help="kills in all (200)")
    parser.add_argument("--seed", type=int, default=None, help="seed of the instants")
    parser.add_argument("--work", default=WORKS, help="module:function, more with commas")
    options = parser.parse_args(arguments)
    seed = random.SystemRandom().randrange(10**6) if options.seed is None else options.seed
    works: list[Work] = []
    for named in options.work.split(","):
        module, _, function = named.partition(":")
        works.append(getattr(importlib.import_module(module), function))
    rng = random.Random(seed)
    units()  # read once here instead of in every worker
    print(f"torture: {options.kills} kills of {options.work}, seed {seed}", flush=True)
    started = time.monotonic()
    phases: Counter[str] = Counter()
    batches = entries = unacknowledged = done = nodes = 0
    usual_s: dict[str, float] = {}
    while done < options.kills:
        with tempfile.TemporaryDirectory(prefix="fairwater-torture-") as folder:
            node = Node(Path(folder), [], [])
            work = works[nodes % len(works)]
            nodes += 1
            for _ in range(min(KILLS_A_NODE, options.kills - done)):
                killed = kill_one(work, node, rng, usual_s)
                done += 1
                phases[killed.phase or "between"] += 1
                state = checked(node, thorough=done % THOROUGH_EVERY == 0)
                if state.size > max((each.size for each in node.acknowledged), default=0):
                    unacknowledged += 1
                    node.acknowledged.append(state)  # it was seen, so it must stay
                if done % 50 == 0:
                    print(f"torture: {done} kills, nothing lost", flush=True)
            entries += checked(node, thorough=True).size
            batches += len(node.acknowledged)
    print(
        f"torture: {done} kills ({', '.join(f'{n} in {p}' for p, n in sorted(phases.items()))}), "
        f"{batches} acknowledged batches, {entries:,} entries, {unacknowledged} batches committed "
        f"whole but killed before they were acknowledged, {time.monotonic() - started:.0f} s\n"
        "torture: nothing acknowledged was lost, nothing half-written showed"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
