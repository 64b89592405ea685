"""`fairwater recompute`: compute a decision's verdict again from the journal."""

from __future__ import annotations

import sys
from pathlib import Path

from fairwater.cli.exits import DONE, NO, UNREADABLE, Failure
from fairwater.cli.output import print_json
from fairwater.node import config
from fairwater.node.node import Node
from fairwater.node.recomputing import NotRecomputable
from fairwater.node.recomputing import recompute as again


def recompute(
    decision: str,
    /,
    *,
    document: bool = False,
    node: Path | None = None,
    json: bool = False,
) -> int:
    """Compute a decision's verdict again: the same bytes, or what differs.

    Exit code 1 if something differs.

    Example: fairwater recompute 4b1192cb2498

    Parameters
    ----------
    decision
        The decision's record id, or its beginning.
    document
        Print the verdict document's bytes and nothing else.
    node
        The node's folder.
    json
        Print the outcome as JSON.
    """
    try:
        result = again(Node.open(config.find(node)), decision)
    except NotRecomputable as error:
        raise Failure(UNREADABLE, str(error)) from error
    if document:
        sys.stdout.buffer.write(result.document)
        sys.stdout.flush()
    elif json:
        print_json(
            {
                "decision": result.decision,
                "same": result.same,
                "expected_sha256": result.expected_sha256,
                "computed_sha256": result.computed_sha256,
                "differences": result.differences,
            }
        )
    elif result.same:
        print(f"decision {result.decision}: the same bytes again")
        print(f"  verdict {result.computed_sha256}")
    else:
        print(f"decision {result.decision}: not the same")
        for difference in result.differences:
            print(f"  {difference}")
    return DONE if result.same else NO
