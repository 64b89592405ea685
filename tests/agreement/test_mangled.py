"""Whatever is done to a text, it loads or is refused with places: nothing else ever comes out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fairwater.agreement.load import canonical, load_agreement, shipped, write
from fairwater.agreement.problems import AgreementErrors
from fairwater.agreement.prose import prose

SMALL = (Path(__file__).parent / "small.yaml").read_text(encoding="utf-8")
RULE = shipped("origin_restriction")
LINES = RULE.splitlines()


def taken_or_refused(text: str) -> None:
    refused: AgreementErrors | None = None
    try:
        agreement = load_agreement(text, "mangled.yaml").agreement
    except AgreementErrors as errors:
        refused = errors
    if refused is None:
        again = load_agreement(write(agreement), "again.yaml").agreement
        assert canonical(again) == canonical(agreement)
        assert prose(agreement, "en")
        return
    last = text.count("\n") + 2
    assert refused.problems
    for problem in refused.problems:
        assert 1 <= problem.line <= last
        assert problem.column >= 1
        assert problem.found
        assert problem.expected


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_line_lost_doubled_or_moved(data: st.DataObject) -> None:
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(["lose", "double", "move", "indent"])):
            case "lose":
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "move":
                lines.insert(data.draw(st.integers(0, len(lines) - 1)), lines.pop(at))
            case _:
                lines[at] = "  " + lines[at]
    taken_or_refused("\n".join(lines) + "\n")


@settings(max_examples=150, deadline=None)
@given(
    at=st.integers(0, len(SMALL) - 1),
    length=st.integers(0, 6),
    put=st.text("{}[]:,&*!|>'\"%@` \n\t-0aé１", max_size=3),
)
def test_a_few_characters_changed(at: int, length: int, put: str) -> None:
    taken_or_refused(SMALL[:at] + put + SMALL[at + length :])


_SCALARS = st.sampled_from(
    ["", "null", "NO", "0123", "1_000", "P30D", "-1", "1e9", "x" * 300, "cs", "lift", "none", "☃"]
)
_ANYTHING = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_SCALARS, inner, max_size=2),
    max_leaves=4,
)


def _paths(content: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner: list[tuple[Any, ...]] = [path] if path else []
    entries = content.items() if isinstance(content, dict) else ()
    entries = enumerate(content) if isinstance(content, list) else entries
    for key, value in entries:
        inner += _paths(value, (*path, key))
    return inner


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_value_in_place_of_any_other(data: st.DataObject) -> None:
    content = yaml.load(SMALL, Loader=yaml.BaseLoader)
    *way, last = data.draw(st.sampled_from(_paths(content)))
    holder = content
    for key in way:
        holder = holder[key]
    holder[last] = data.draw(_ANYTHING)
    taken_or_refused(yaml.safe_dump(content, allow_unicode=True, sort_keys=False))
