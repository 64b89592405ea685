"""A node is a folder with a configuration; nothing is ever overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairwater.node.config import FILE, NodeError, create, find, read


def test_made_and_read_again(tmp_path: Path) -> None:
    made = create(tmp_path / "coast", party="coast", name="Coastal authority")
    assert read(tmp_path / "coast") == made
    assert made.journal.is_dir()
    assert not made.archive.exists()


@given(name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
@settings(max_examples=50)
def test_any_name_survives(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    folder = tmp_path_factory.mktemp("node") / "n"
    assert read(create(folder, party="NO", name=name).folder).name == name


@pytest.mark.parametrize("there", ["a file in it", "a file"])
def test_what_is_there_stays(tmp_path: Path, there: str) -> None:
    folder = tmp_path / "coast"
    if there == "a file":
        folder.write_text("mine")
    else:
        folder.mkdir()
        (folder / "notes.txt").write_text("mine")
    with pytest.raises(NodeError, match="not empty"):
        create(folder, party="p", name="n")
    left = folder if there == "a file" else folder / "notes.txt"
    assert left.read_text() == "mine"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "no node in"),
        ("[node\n", "cannot be read"),
        ("[node]\nparty = 3\nname = 'x'\nlayout = '1'\n", "expected"),
        ("[node]\nparty = 'p'\nname = 'x'\nlayout = '9'\n", "this program reads layout"),
        ("party = 'p'\n", "expected"),
    ],
)
def test_what_is_no_node_says_what_to_do(tmp_path: Path, content: str | None, message: str) -> None:
    if content is not None:
        (tmp_path / FILE).write_text(content)
    with pytest.raises(NodeError, match=message) as caught:
        read(tmp_path)
    assert caught.value.hint


def test_found_by_option_then_environment_then_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FAIRWATER_NODE", raising=False)
    assert find(None) == tmp_path
    monkeypatch.setenv("FAIRWATER_NODE", str(tmp_path / "b"))
    assert find(None) == tmp_path / "b"
    assert find(tmp_path / "c") == tmp_path / "c"
