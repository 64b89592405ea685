"""The journal as a store: what went in comes out, once, in order, with its time and digest.

The files are read here by plain code written from the format's description, not
by the code under test.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairwater.ledger import Journal, JournalError, JournalLocked
from fairwater.records import RecordTooLarge

AT = datetime(2031, 4, 1, 8, tzinfo=UTC)
batches_of_entries = st.lists(
    st.lists(st.binary(min_size=1, max_size=300), max_size=12), max_size=8
)


def filled(folder: Path, *batches: list[bytes], segment_bytes: int = 2**28) -> Journal:
    journal = Journal.open(folder, create=True, segment_bytes=segment_bytes)
    for number, entries in enumerate(batches):
        with journal.batch(AT + timedelta(days=number)) as batch:
            batch.add_many(entries)
    return journal


def entries_by_hand(folder: Path) -> list[bytes]:
    """u16 big-endian length and that many bytes, file after file."""
    found = []
    for path in sorted((folder / "entries").iterdir()):
        data = path.read_bytes()
        while data:
            length = data[0] * 256 + data[1]
            found.append(data[2 : 2 + length])
            data = data[2 + length :]
    return found


@settings(deadline=None, max_examples=60)
@given(batches=batches_of_entries, segment_bytes=st.sampled_from([1, 64, 500, 2**28]))
def test_distinct_entries_come_out_once_and_in_order(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[bytes]], segment_bytes: int
) -> None:
    folder = tmp_path_factory.mktemp("journal")
    journal = filled(folder, *batches, segment_bytes=segment_bytes)
    expected = list(dict.fromkeys(entry for batch in batches for entry in batch))
    reopened = Journal.open(folder)
    for each in (journal, reopened):
        assert list(each.entries()) == list(enumerate(expected))
        assert each.size == len(expected)
        for index, entry in enumerate(expected):
            identity = hashlib.sha256(entry).hexdigest()
            assert identity in each
            assert each.find(identity) == (index, entry)
            assert each.id(index) == identity
    if expected:
        assert entries_by_hand(folder) == expected
    reopened.verify()


@settings(deadline=None, max_examples=40)
@given(batches=batches_of_entries)
def test_the_same_again_changes_no_byte(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[bytes]]
) -> None:
    folder = tmp_path_factory.mktemp("journal")
    filled(folder, *batches)

    def state() -> dict[str, bytes]:
        return {
            str(path): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name != "lock"
        }

    before = state()
    again = Journal.open(folder)
    for entries in batches:
        with again.batch(AT + timedelta(days=99)) as batch:
            assert batch.add_many(entries) == 0
            assert [batch.add(entry) for entry in entries] == [False] * len(entries)
    assert state() == before


def test_one_add_tells_new_from_known(tmp_path: Path) -> None:
    journal = filled(tmp_path / "j", [b"a"])
    with journal.batch(AT) as batch:
        assert [batch.add(entry) for entry in (b"a", b"b", b"b", b"c")] == [
            False, True, False, True,
        ]  # fmt: skip
        assert (batch.added, batch.known) == (2, 2)
    assert journal.size == 3


def test_a_batch_is_visible_whole_or_not_at_all(tmp_path: Path) -> None:
    journal = filled(tmp_path / "j", [b"a"])
    reader = Journal.open(tmp_path / "j")
    with journal.batch(AT + timedelta(days=1)) as batch:
        batch.add(b"b")
        batch.add(b"c")
        assert not reader.refresh()
        assert Journal.open(tmp_path / "j").size == 1
    assert reader.size == 1  # a reader stays where it is until it looks again
    assert reader.refresh()
    assert [data for _, data in reader.entries()] == [b"a", b"b", b"c"]


def test_a_batch_that_raises_leaves_nothing(tmp_path: Path) -> None:
    journal = filled(tmp_path / "j", [b"a"])

    def entries() -> Iterator[bytes]:
        yield b"b"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), journal.batch(AT) as batch:
        batch.add_many(entries())
    assert [data for _, data in journal.entries()] == [b"a"]
    with journal.batch(AT + timedelta(days=1)) as batch:
        assert batch.add(b"b")
    assert entries_by_hand(tmp_path / "j") == [b"a", b"b"]
    journal.verify()


def test_known_at_is_kept_and_never_goes_back(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path / "j", create=True)
    tokyo = timezone(timedelta(hours=9))
    for entry, at, kept, behind in (
        (b"a", AT, AT, False),
        (b"b", AT - timedelta(hours=3), AT, True),
        (b"c", datetime(2031, 4, 1, 17, 30, tzinfo=tokyo), AT + timedelta(minutes=30), False),
    ):
        with journal.batch(at) as batch:
            batch.add(entry)
            assert (batch.known_at, batch.clock_behind) == (kept, behind)
    again = Journal.open(tmp_path / "j")
    assert [again.known_at(index) for index in range(3)] == [
        AT, AT, AT + timedelta(minutes=30),
    ]  # fmt: skip
    assert again.known_at(0).utcoffset() == timedelta(0)


def test_an_instant_needs_an_offset(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path / "j", create=True)
    with pytest.raises(ValueError, match="no offset"), journal.batch(datetime(2031, 4, 1)):
        pass


def test_digest_is_the_documented_chain(tmp_path: Path) -> None:
    """Computed by hand from the entries and instants, as `chain` describes it."""
    batches = [[b"one", b"two"], [b"three"]]
    journal = filled(tmp_path / "j", *batches)
    digest, first = hashlib.sha256().hexdigest(), 0
    assert journal.digest(0) == digest
    for number, entries in enumerate(batches):
        frames = b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)
        known_at = f"2031-04-0{1 + number}T08:00:00.000000Z"
        digest = hashlib.sha256(
            f"fairwater batch\n{digest} {first} {len(entries)} {known_at} "
            f"{hashlib.sha256(frames).hexdigest()}\n".encode()
        ).hexdigest()
        first += len(entries)
        assert journal.digest(first) == digest
    assert journal.digest() == digest
    with pytest.raises(ValueError, match=r"no batch ends after 1 entries.*\[2, 3\]"):
        journal.digest(1)


@settings(deadline=None, max_examples=30)
@given(entries=st.lists(st.binary(min_size=1, max_size=60), min_size=1, max_size=30, unique=True))
def test_digest_does_not_depend_on_segments(
    tmp_path_factory: pytest.TempPathFactory, entries: list[bytes]
) -> None:
    digests = {
        filled(tmp_path_factory.mktemp("j"), entries, segment_bytes=size).digest()
        for size in (1, 50, 2**28)
    }
    assert len(digests) == 1


def test_sizes_of_entries(tmp_path: Path) -> None:
    largest = b"x" * 65_535
    journal = filled(tmp_path / "j", [largest, b"y"])
    assert [len(data) for _, data in Journal.open(tmp_path / "j").entries()] == [65_535, 1]
    for entry in (b"", b"x" * 65_536):
        with pytest.raises(RecordTooLarge), journal.batch(AT) as batch:
            batch.add(entry)
    assert journal.size == 2


def test_ranges_and_single_entries(tmp_path: Path) -> None:
    entries = [b"%d" % number for number in range(10_000)]
    filled(tmp_path / "j", entries[:3], entries[3:9_000], entries[9_000:], segment_bytes=9_999)
    journal = Journal.open(tmp_path / "j")
    for start, stop in ((0, 0), (0, 1), (2, 4), (4_095, 8_193), (9_999, 10_000), (5, 10**9)):
        found = list(journal.entries(start, stop))
        assert found == list(enumerate(entries))[start:stop]
        assert [each.hex() for each in journal.ids(start, stop)] == [
            hashlib.sha256(entry).hexdigest() for entry in entries[start:stop]
        ]
    assert journal.entry(9_998) == b"9998"
    with pytest.raises(IndexError):
        journal.entry(10_000)
    with pytest.raises(KeyError):
        journal.find("0" * 64)
    assert "not hex" not in journal


def test_no_journal_here(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(JournalError, match="no journal here"):
        Journal.open(tmp_path)
    (tmp_path / "empty").mkdir()
    assert Journal.open(tmp_path / "empty").size == 0


def test_a_second_writer_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    journal = filled(tmp_path / "j", [b"a"])
    other = (
        "import sys; from datetime import *; from pathlib import Path\n"
        "from fairwater.ledger import Journal\n"
        f"journal = Journal.open(Path({str(tmp_path / 'j')!r}))\n"
        "with journal.batch(datetime.now(timezone.utc)) as b:\n"
        "    print('holding', flush=True); sys.stdin.readline(); b.add(b'theirs')\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", other], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "holding\n"
        message = f"process {process.pid} is writing"
        with pytest.raises(JournalLocked, match=message) as caught, journal.batch(AT):
            pass
        assert caught.value.pid == process.pid
        assert [data for _, data in journal.entries()] == [b"a"]  # reading goes on
        process.stdin.write("\n")
        process.stdin.flush()
        with journal.batch(AT + timedelta(days=9_999), wait_s=30) as batch:
            assert batch.add(b"ours")
            assert not batch.add(b"theirs")  # what the other committed meanwhile is seen
    assert [data for _, data in journal.entries()] == [b"a", b"theirs", b"ours"]


def test_lines_and_head_are_json_that_others_can_read(tmp_path: Path) -> None:
    filled(tmp_path / "j", [b"a"], [b"b", b"c"])
    lines = [json.loads(line) for line in (tmp_path / "j/batches").read_text().splitlines()]
    assert [(line["first"], line["count"], line["end"]) for line in lines] == [
        (0, 1, 3), (1, 2, 9),
    ]  # fmt: skip
    head = json.loads((tmp_path / "j/head").read_text())
    assert (head["size"], head["batches"]) == (3, 2)
    assert head["length"] == os.path.getsize(tmp_path / "j/batches")


def test_many_entries_take_little_memory(tmp_path: Path) -> None:
    """Peak of a fresh process that appends 200,000 entries of 900 bytes in one batch."""
    script = (
        "import resource; from datetime import *; from pathlib import Path\n"
        "from fairwater.ledger import Journal\n"
        "import numpy\n"
        "base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        f"journal = Journal.open(Path({str(tmp_path / 'j')!r}), create=True)\n"
        "with journal.batch(datetime.now(timezone.utc)) as batch:\n"
        "    print(batch.add_many(b'%0900d' % n for n in range(200_000)))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    added, kib = map(int, done.stdout.split())
    assert added == 200_000
    assert kib < 96 * 1024  # the entries alone are 176 MiB
