"""Files that survive a crash: atomic replacement, synced directories, one-writer locks.

A rename within one folder is atomic; it is durable once the folder itself is
synced. So a small file is replaced by: write a temporary file beside it, sync
it, rename it over the old one, sync the folder. After a crash at any point the
old or the new content stands there, whole.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fairwater.ledger.errors import JournalLocked


def write_all(descriptor: int, data: bytes | bytearray | memoryview) -> None:
    """Write every byte of `data`; a short write is continued."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def sync(descriptor: int) -> None:
    """Return when the file's content and length are on the disk."""
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Return when creations, renames and removals in `folder` are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        sync(descriptor)
    finally:
        os.close(descriptor)


def replace(path: Path, data: bytes) -> None:
    """Put `data` at `path`: after a crash the old or the new content is there, whole."""
    temporary = path.with_name(path.name + ".new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        write_all(descriptor, data)
        sync(descriptor)
    finally:
        os.close(descriptor)
    temporary.rename(path)
    sync_folder(path.parent)


@contextmanager
def writer_lock(path: Path, *, wait_s: float = 0.0) -> Iterator[None]:
    """Hold the one-writer lock at `path`; the kernel frees it when the process dies.

    Parameters
    ----------
    path : Path
        Lock file; it holds the writer's process number, for the message only.
    wait_s : float
        Seconds to wait for another writer before giving up.

    Raises
    ------
    JournalLocked
        Another process still holds the lock; names its process number.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        _lock(descriptor, path, time.monotonic() + wait_s)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)  # frees the lock


def _lock(descriptor: int, path: Path, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                text = os.pread(descriptor, 32, 0).decode("ascii", "replace")
                raise JournalLocked(path, int(text) if text.isdigit() else None) from None
            time.sleep(0.01)
        else:
            return
