"""Reading a small text file that a person named: bounded, UTF-8, with a clear refusal."""

from __future__ import annotations

from pathlib import Path

from fairwater.cli.exits import UNREADABLE, Failure

MAX_BYTES = 4 * 2**20


def read_text(path: Path) -> str:
    """Text of a UTF-8 file of at most 4 MiB.

    Raises
    ------
    Failure
        With exit code 3: not there, a folder, too large, or not UTF-8.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Failure(UNREADABLE, f"{path} cannot be read: {error.strerror}") from error
    if len(data) > MAX_BYTES:
        raise Failure(UNREADABLE, f"{path} is larger than {MAX_BYTES:,} bytes; nothing was read")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Failure(
            UNREADABLE,
            f"{path} is not UTF-8 at byte {error.start}",
            hint="save it as UTF-8",
        ) from error
