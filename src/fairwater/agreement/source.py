"""YAML without surprises: text, mappings and lists, each with its place in the file.

Nothing is typed implicitly: `NO`, `0123`, `12:30`, `1_000` and `2025-06-29` are
the text that was written, and what a field expects decides what it means.
Only a plain `null`, `~` or nothing at all is "nothing".

    roles: {importing: NO}     the party "NO", never false
    priority: 0123             text; a field that counts refuses it

Refused, each with file, line, column and what to write: a key twice in one
mapping, anchors and aliases, tags, keys that are not text, several documents,
more than 1 MiB, nesting deeper than 50, anything YAML itself cannot read.
Built on PyYAML's events (the C parser where it is there), so nothing is
expanded and depth is counted before it is built.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import yaml

from fairwater.agreement.problems import AgreementErrors, Mark, Problem

MAX_BYTES: Final = 1_048_576
MAX_DEPTH: Final = 50
MAX_PROBLEMS: Final = 200
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Path = tuple[str | int, ...]

# Line breaks to YAML, ordinary characters to JSON: written raw they would not come back.
_SEPARATORS: Final = "\r\x85\u2028\u2029"


class Tree(NamedTuple):
    """A file's content as plain text, dicts and lists, and where each of them stands."""

    name: str
    content: Any
    marks: dict[Path, Mark]
    keys: dict[Path, Mark]

    def mark(self, path: Path) -> Mark:
        """Where the value at `path` stands, else the nearest one around it."""
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, Mark(1, 1))

    def key_mark(self, path: Path) -> Mark:
        """Where the key of `path` stands, else its value."""
        return self.keys.get(path) or self.mark(path)


class _Frame:
    """A mapping or list that is being read."""

    __slots__ = ("container", "duplicate", "key", "path")

    def __init__(self, container: dict[str, Any] | list[Any], path: Path) -> None:
        self.container = container
        self.path = path
        self.key: str | None = None
        self.duplicate = False


def read(text: str | bytes, name: str) -> Tree:
    """Content of a YAML text with the place of everything in it.

    Parameters
    ----------
    text : str or bytes
        The file's content; bytes must be UTF-8.
    name : str
        What to call the file in messages.

    Raises
    ------
    AgreementErrors
        Every refusal, in file order.
    """
    size = len(text) if isinstance(text, bytes) else len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        raise AgreementErrors([
            Problem(
                name, 1, 1, "", f"a file of {size:,} bytes", f"at most {MAX_BYTES:,} bytes",
                "the text in several files, or cite long tables by their source",
            )
        ])  # fmt: skip
    if isinstance(text, bytes):
        text = _decoded(text, name)
    return _Reader(name).read(text.removeprefix("\ufeff"))


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        raise AgreementErrors([
            Problem(
                name, line, column, "", f"the byte 0x{data[error.start]:02x}", "UTF-8 text",
                "the file saved again as UTF-8",
            )
        ]) from error  # fmt: skip


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.marks: dict[Path, Mark] = {}
        self.keys: dict[Path, Mark] = {}
        self.problems: list[Problem] = []
        self.stack: list[_Frame] = []
        self.root: Any = None
        self.documents = 0

    def read(self, text: str) -> Tree:
        try:
            for event in yaml.parse(text, Loader=_LOADER):
                if not self._take(event) or len(self.problems) >= MAX_PROBLEMS:
                    break
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            begun = error.context_mark
            since = f", {error.context} begun in line {begun.line + 1}" if begun else ""
            self._refuse(
                mark,
                f"YAML that cannot be read: {error.problem or error.context}{since}",
                "valid YAML: `key: value` lines indented with spaces, or {…} and […] closed",
                "texts that hold `: `, ` #`, `{`, `[`, `&`, `*` or `%` in quotes",
            )
        except (yaml.reader.ReaderError, UnicodeEncodeError) as error:
            at = next((i for i, c in enumerate(text) if _unprintable(c)), 0)
            line = text.count("\n", 0, at) + 1
            column = at - (text.rfind("\n", 0, at) + 1) + 1
            self.problems.append(
                Problem(
                    self.name, line, column, "", f"a character that no text may hold ({error})"
                    .replace("\n", " "), "printable text", "the text without it",
                )
            )  # fmt: skip
        if self.documents == 0 and not self.problems:
            self._refuse(None, "nothing", "a mapping of keys to values", "id: …")
        if self.problems:
            raise AgreementErrors(self.problems)
        return Tree(self.name, self.root, self.marks, self.keys)

    def _take(self, event: Any) -> bool:
        """Take one event; False ends the reading."""
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._refuse(
                    event.start_mark, "a second document (`---`)", "one document a file",
                    "the second one in a file of its own",
                )  # fmt: skip
                return False
        elif isinstance(event, yaml.AliasEvent):
            self._refuse(
                event.start_mark, f"the alias `*{event.anchor}`",
                "everything written where it stands: one thing, one place",
                "the value itself, or a parameter: {param: its_id}",
            )  # fmt: skip
            self._put("", event)
        elif isinstance(event, yaml.ScalarEvent):
            self._plain(event)
            bad = next((c for c in event.value if _unprintable(c) or c in _SEPARATORS), None)
            if bad is not None:
                self._refuse(
                    event.start_mark, f"the character U+{ord(bad):04X} in a text",
                    "printable text; a line break is \\n", "the text without it",
                )  # fmt: skip
            nothing = not event.style and event.value in ("", "null", "~")
            self._put(None if nothing else event.value, event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._plain(event)
            return self._open({} if isinstance(event, yaml.MappingStartEvent) else [], event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.stack.pop()
        return True

    def _open(self, container: dict[str, Any] | list[Any], event: Any) -> bool:
        if len(self.stack) >= MAX_DEPTH:
            self._refuse(
                event.start_mark, f"nesting deeper than {MAX_DEPTH}", f"at most {MAX_DEPTH} levels",
                "the condition in fewer levels",
            )  # fmt: skip
            return False
        path = self._put(container, event)
        self.stack.append(_Frame(container, path))
        return True

    def _put(self, value: Any, event: Any) -> Path:
        """Put a value where it belongs; its path."""
        mark = Mark(event.start_mark.line + 1, event.start_mark.column + 1)
        if not self.stack:
            self.root = value
            self.marks[()] = mark
            return ()
        frame = self.stack[-1]
        if isinstance(frame.container, list):
            path = (*frame.path, len(frame.container))
            frame.container.append(value)
        elif frame.key is None:
            frame.key = self._key(frame, value, event, mark)
            return (*frame.path, frame.key)
        else:
            path = (*frame.path, frame.key)
            if not frame.duplicate:
                frame.container[frame.key] = value
            frame.key = None
        self.marks.setdefault(path, mark)
        return path

    def _key(self, frame: _Frame, value: Any, event: Any, mark: Mark) -> str:
        frame.duplicate = False
        if not isinstance(value, str) or value == "<<":
            what = "a merge key (`<<`)" if value == "<<" else "a key that is not text"
            self._refuse(event.start_mark, what, "a key that is text", "name: value")
            frame.duplicate = True
            return f"\0{mark.line}:{mark.column}"
        path = (*frame.path, value)
        if value in frame.container:
            first = self.keys[path]
            self._refuse(
                event.start_mark, f"the key `{value}` again (first in line {first.line})",
                "each key once: a reader that takes the last one would hide the first",
                f"one `{value}` only",
            )  # fmt: skip
            frame.duplicate = True
        else:
            self.keys[path] = mark
        return value

    def _plain(self, event: Any) -> None:
        if event.anchor is not None:
            self._refuse(
                event.start_mark, f"the anchor `&{event.anchor}`",
                "everything written where it stands: one thing, one place",
                "no anchor; text that begins with `&` in quotes",
            )  # fmt: skip
        if event.tag is not None:
            self._refuse(
                event.start_mark, f"the tag `{event.tag}`", "no tags: the field decides the type",
                "no tag; text that begins with `!` in quotes",
            )  # fmt: skip

    def _refuse(self, mark: Any, found: str, expected: str, remedy: str) -> None:
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        self.problems.append(Problem(self.name, line, column, "", found, expected, remedy))


def _unprintable(character: str) -> bool:
    return (
        not ("\x20" <= character <= "\x7e" or character in "\t\n\r\x85" or character >= "\xa0")
        or "\ud800" <= character <= "\udfff"
        or character in "\ufffe\uffff"
    )
