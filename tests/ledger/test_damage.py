"""Crashes, full disks and flipped bits: nothing committed is lost, nothing wrong goes unseen."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairwater.ledger import Journal, JournalDamaged, JournalError, JournalFull, files

AT = datetime(2031, 4, 1, 8, tzinfo=UTC)
BATCHES = [[b"first", b"second entry"], [b"third"], [b"fourth", b"fifth", b"the sixth entry"]]
ENTRIES = [entry for batch in BATCHES for entry in batch]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three batches in two segments."""
    folder = tmp_path_factory.mktemp("sound") / "journal"
    journal = Journal.open(folder, create=True, segment_bytes=30)
    for number, entries in enumerate(BATCHES):
        with journal.batch(AT + timedelta(days=number)) as batch:
            batch.add_many(entries)
    assert len(list((folder / "entries").iterdir())) > 1
    return folder


@pytest.fixture
def copy(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "journal"))


def content(folder: Path) -> list[bytes]:
    return [data for _, data in Journal.open(folder).entries()]


COMMITTED = ["head", "batches", "index.bin", "entries/000000.bin", "entries/000001.bin"]


@pytest.mark.parametrize("name", COMMITTED)
def test_every_flipped_bit_is_told_with_file_and_offset(copy: Path, name: str) -> None:
    path = copy / name
    sound = path.read_bytes()
    for offset in range(len(sound)):
        for bit in (0, 6):
            broken = bytearray(sound)
            broken[offset] ^= 1 << bit
            path.write_bytes(broken)
            with pytest.raises(JournalDamaged) as caught:
                Journal.open(copy).verify()
            assert any(fault.file == path for fault in caught.value.faults), (offset, bit)
            assert str(path) in str(caught.value)
    path.write_bytes(sound)
    Journal.open(copy).verify()


@pytest.mark.parametrize("name", ["batches", "entries/000000.bin", "entries/000001.bin"])
def test_every_cut_is_told(copy: Path, name: str) -> None:
    path = copy / name
    sound = path.read_bytes()
    for size in range(len(sound)):
        path.write_bytes(sound[:size])
        with pytest.raises(JournalDamaged) as caught:
            Journal.open(copy).verify()
        assert any(fault.file == path for fault in caught.value.faults), size


def test_a_cut_segment_is_not_written_on(copy: Path) -> None:
    path = copy / "entries/000001.bin"
    path.write_bytes(path.read_bytes()[:-1])
    before = path.read_bytes()
    journal = Journal.open(copy)
    with pytest.raises(JournalDamaged, match=r"000001\.bin"), journal.batch(AT) as batch:
        batch.add(b"seventh")
    assert path.read_bytes() == before


@settings(deadline=None, max_examples=60)
@given(tails=st.tuples(*[st.binary(max_size=60)] * 4), stray=st.booleans())
def test_what_lies_beyond_the_head_is_invisible_and_cut_off(
    sound: Path, tmp_path_factory: pytest.TempPathFactory, tails: tuple[bytes, ...], stray: bool
) -> None:
    folder = Path(shutil.copytree(sound, tmp_path_factory.mktemp("j") / "journal"))
    names = ("batches", "index.bin", "entries/000001.bin", "head.new")
    for name, tail in zip(names, tails, strict=True):
        with (folder / name).open("ab") as file:
            file.write(tail)
    if stray:
        (folder / "entries/000002.bin").write_bytes(b"\0\1x")
    assert content(folder) == ENTRIES
    Journal.open(folder).verify()
    journal = Journal.open(folder)
    with journal.batch(AT + timedelta(days=9)) as batch:
        batch.add(b"seventh")
    assert content(folder) == [*ENTRIES, b"seventh"]
    Journal.open(folder).verify()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-2]),
        lambda path: path.write_bytes(path.read_bytes().replace(b'"size":6', b'"size":3')),
        lambda path: path.write_bytes(b"\0" * 200),
    ],
)
@pytest.mark.parametrize("torn", [b"", b'{"count":1,"digest":"ab', b"\0\0\0\0"])
def test_a_lost_head_is_made_again_from_the_batches(
    copy: Path, spoil: Callable[[Path], object], torn: bytes
) -> None:
    spoil(copy / "head")
    with (copy / "batches").open("ab") as file:
        file.write(torn)  # a line that was never acknowledged
    journal = Journal.open(copy)
    assert journal.recovered is not None
    assert "3 verified batches (6 entries)" in journal.recovered
    assert [data for _, data in journal.entries()] == ENTRIES
    with journal.batch(AT + timedelta(days=9)) as batch:
        batch.add(b"seventh")
    again = Journal.open(copy)
    assert again.recovered is None
    assert [data for _, data in again.entries()] == [*ENTRIES, b"seventh"]
    again.verify()


def test_a_lost_head_hides_no_damage(copy: Path) -> None:
    (copy / "head").unlink()
    path = copy / "entries/000000.bin"
    path.write_bytes(path.read_bytes().replace(b"second", b"SECOND"))
    with pytest.raises(JournalDamaged, match="batches, byte 0"):
        Journal.open(copy)
    (copy / "batches").unlink()
    with pytest.raises(JournalDamaged, match="no batch line"):
        Journal.open(copy)


@pytest.mark.parametrize("left", [None, 0, 39, 80])
def test_a_lost_index_is_made_again(copy: Path, left: int | None) -> None:
    path = copy / "index.bin"
    sound = path.read_bytes()
    if left is None:
        path.unlink()
    else:
        path.write_bytes(sound[:left])
    journal = Journal.open(copy)
    assert journal.find(journal.id(4)) == (4, ENTRIES[4])
    with journal.batch(AT + timedelta(days=9)) as batch:
        assert not batch.add(ENTRIES[5])
    assert path.read_bytes() == sound


class Crash(BaseException):
    """Stands for the process ending there and then."""


def interrupted(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: int, error: BaseException
) -> int:
    """Append one batch, but fail at write or sync number `step`; the steps taken."""
    taken = 0

    def failing(real: Callable[..., None]) -> Callable[..., None]:
        def call(*arguments: object) -> None:
            nonlocal taken
            taken += 1
            if taken == step:
                if real is files_write and len(arguments) == 2:
                    data = bytes(arguments[1])
                    real(arguments[0], data[: len(data) // 2])
                raise error
            real(*arguments)

        return call

    files_write, files_sync = files.write_all, files.sync
    journal = Journal.open(folder, segment_bytes=30)
    with monkeypatch.context() as patched:
        patched.setattr(files, "write_all", failing(files_write))
        patched.setattr(files, "sync", failing(files_sync))
        if isinstance(error, Crash):  # a process that ended tidies nothing up
            patched.setattr(Journal, "_give_up", lambda self: None)
        with journal.batch(AT + timedelta(days=9)) as batch:
            batch.add_many([b"seventh", b"eighth, rather longer than others", b"ninth"])
    return taken


NEW = [b"seventh", b"eighth, rather longer than others", b"ninth"]


def test_ended_at_any_step_the_batch_is_there_whole_or_not_at_all(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = interrupted(Path(shutil.copytree(sound, tmp_path / "whole")), monkeypatch, 0, Crash())
    assert steps >= 9
    seen = set()
    for step in range(1, steps + 1):
        folder = Path(shutil.copytree(sound, tmp_path / str(step)))
        with pytest.raises(Crash):
            interrupted(folder, monkeypatch, step, Crash())
        seen.add(len(content(folder)))
        assert content(folder) in (ENTRIES, ENTRIES + NEW), step
        Journal.open(folder).verify()
        journal = Journal.open(folder, segment_bytes=30)
        with journal.batch(AT + timedelta(days=10)) as batch:
            batch.add_many([*NEW, b"tenth"])
        assert content(folder) == [*ENTRIES, *NEW, b"tenth"]
        Journal.open(folder).verify()
    assert seen == {6, 9}  # the last step is past the commit


def test_a_full_disk_leaves_the_journal_as_it_was(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    steps = interrupted(Path(shutil.copytree(sound, tmp_path / "whole")), monkeypatch, 0, full)
    before = {name: (sound / name).read_bytes() for name in COMMITTED}
    for step in range(1, steps):
        folder = Path(shutil.copytree(sound, tmp_path / str(step)))
        with pytest.raises(JournalFull, match="as it was before"):
            interrupted(folder, monkeypatch, step, full)
        assert {name: (folder / name).read_bytes() for name in COMMITTED} == before, step
        assert not (folder / "entries/000002.bin").exists()
        assert content(folder) == ENTRIES
    folder = Path(shutil.copytree(sound, tmp_path / "last"))
    with pytest.raises(JournalError, match="the batch is committed, but"):
        interrupted(folder, monkeypatch, steps, full)
    assert content(folder) == ENTRIES + NEW


def test_a_real_limit_on_file_size(copy: Path) -> None:
    """The operating system itself refuses to let a file grow; in a child, for it stays refused."""
    child = os.fork()
    if not child:
        status = 1
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
            journal = Journal.open(copy)
            try:
                with journal.batch(AT + timedelta(days=9)) as batch:
                    batch.add_many(b"%01000d" % number for number in range(1_000))
            except JournalFull:
                with journal.batch(AT + timedelta(days=9)) as batch:
                    batch.add(b"seventh")  # there is room for a little
                status = 0
        finally:
            os._exit(status)
    assert os.waitpid(child, 0)[1] == 0
    assert content(copy) == [*ENTRIES, b"seventh"]
    Journal.open(copy).verify()


def test_other_faults_of_the_system_are_told_too(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(JournalError, match="Input/output error"):
        interrupted(copy, monkeypatch, 2, OSError(errno.EIO, "Input/output error"))
    assert content(copy) == ENTRIES


def test_reading_tells_a_damaged_entry(copy: Path) -> None:
    path = copy / "entries/000000.bin"
    path.write_bytes(path.read_bytes().replace(b"second", b"SECOND"))
    journal = Journal.open(copy)
    with pytest.raises(JournalDamaged, match=r"000000\.bin, byte 7"):
        journal.find(journal.id(1))
