"""Loading a profile: strict YAML, all faults of the file at once, each with its line.

YAML's implicit typing is not used: `NO`, `0123`, `12:30` stay the text they
are until the type of their key says otherwise. Anchors, aliases, merge keys,
tags and duplicate keys are refused.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec
import yaml

from fairwater.intake.errors import ProfileError, ProfileFault
from fairwater.intake.profile import Profile
from fairwater.intake.profile_check import faults_of

MAX_PROFILE_BYTES = 1_000_000
_SHIPPED = resources.files("fairwater.intake") / "profiles"


def shipped_profiles() -> tuple[str, ...]:
    """Names of the profiles in the package, sorted."""
    names = (entry.name for entry in _SHIPPED.iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def load_profile(source: str | Path) -> Profile:
    """Profile of a shipped name or of a YAML file.

    Parameters
    ----------
    source : str or Path
        A name from `shipped_profiles()`, or the path of a file.

    Raises
    ------
    ProfileError
        With every fault of the file: line, path, what stood there, what to write instead.
    """
    name = str(source)
    if isinstance(source, str) and name in shipped_profiles():
        return _shipped(name)
    path = Path(source)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_PROFILE_BYTES + 1)
    except OSError as error:
        known = ", ".join(shipped_profiles())
        raise ProfileError(
            name,
            [
                ProfileFault(
                    1, "$", f"cannot be read: {error.strerror}", f"a file, or one of: {known}"
                )
            ],
        ) from error
    return parse_profile(data, name)


def profile_sha256(profile: Profile) -> str:
    """SHA-256 of what the profile says; comments and spacing do not change it."""
    return hashlib.sha256(msgspec.json.encode(profile, order="sorted")).hexdigest()


def profile_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a source profile."""
    schema: dict[str, Any] = msgspec.json.schema(Profile)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Fairwater source profile"
    return schema


def parse_profile(data: bytes, file: str) -> Profile:
    """Profile of YAML bytes; `file` names them in faults."""
    faults: list[ProfileFault] = []

    def fault(line: int, path: str, found: str, expected: str) -> None:
        faults.append(ProfileFault(line, path, found, expected))

    if len(data) > MAX_PROFILE_BYTES:
        fault(1, "$", f"more than {MAX_PROFILE_BYTES:,} bytes", "a profile, not a table")
        raise ProfileError(file, faults)
    try:
        root = yaml.compose(data.decode("utf-8"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        fault(line, "$", f"byte {data[error.start]:#04x} is not UTF-8", "a file saved as UTF-8")
        raise ProfileError(file, faults) from error
    except (yaml.YAMLError, RecursionError) as error:
        mark: Any = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "nested too deeply"
        fault(
            mark.line + 1 if mark is not None else 1,
            "$",
            f"not YAML: {problem}",
            "well-formed YAML",
        )
        raise ProfileError(file, faults) from error
    if root is None or not isinstance(root, yaml.MappingNode):
        fault(1, "$", "no mapping", "`profile: NAME` and the other keys of a profile")
        raise ProfileError(file, faults)
    if line := _line_of_magic(data):
        fault(line, "$", "an anchor, alias or tag", "the text itself, written out")
        raise ProfileError(file, faults)
    tree = _plain(root, "$", faults)
    lines = tree.lines
    profile = _converted(tree.value, lines, faults)
    if profile is not None:
        for path, found, expected in faults_of(profile):
            fault(_line_of(path, lines), path, found, expected)
    if faults or profile is None:
        raise ProfileError(file, faults)
    return profile


@lru_cache(maxsize=32)
def _shipped(name: str) -> Profile:
    return parse_profile((_SHIPPED / f"{name}.yaml").read_bytes(), f"{name}.yaml")


@dataclass(frozen=True)
class _Tree:
    value: Any
    lines: dict[str, int]


def _line_of_magic(data: bytes) -> int:
    for event in yaml.parse(data.decode("utf-8"), Loader=yaml.SafeLoader):
        if isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            continue
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            return 1 + (event.start_mark.line if event.start_mark is not None else 0)
    return 0


def _plain(root: yaml.Node, path: str, faults: list[ProfileFault]) -> _Tree:
    lines: dict[str, int] = {}

    def walk(node: Any, path: str) -> Any:
        line = node.start_mark.line + 1
        lines[path] = line
        if isinstance(node, yaml.MappingNode):
            content: dict[str, Any] = {}
            for key, value in node.value:
                if not isinstance(key, yaml.ScalarNode):
                    faults.append(ProfileFault(line, path, "a key that is not a text", "a text"))
                    continue
                name = key.value
                if name in content:
                    faults.append(
                        ProfileFault(
                            key.start_mark.line + 1,
                            f"{path}.{name}",
                            "the key stands twice",
                            "each key once",
                        )
                    )
                content[name] = walk(value, f"{path}.{name}")
                lines[f"{path}.{name}"] = key.start_mark.line + 1
            return content
        if isinstance(node, yaml.SequenceNode):
            return [walk(value, f"{path}[{n}]") for n, value in enumerate(node.value)]
        scalar: yaml.ScalarNode = node
        if scalar.style is None and scalar.value == "":
            return None
        return scalar.value

    return _Tree(walk(root, path), lines)


def _converted(value: Any, lines: dict[str, int], faults: list[ProfileFault]) -> Profile | None:
    """Convert; msgspec stops at the first fault, so mend the copy and go on to find them all."""
    try:
        return msgspec.convert(value, Profile, strict=False)
    except msgspec.ValidationError:
        pass
    known = set(Profile.__struct_fields__)
    for key in value:
        if key not in known:
            faults.append(
                ProfileFault(
                    _line_of(f"$.{key}", lines),
                    f"$.{key}",
                    f"`{key}` is no key of a profile",
                    f"one of: {', '.join(sorted(known))}",
                )
            )
    for field in msgspec.structs.fields(Profile):
        if field.encode_name not in value:
            if field.required:
                faults.append(ProfileFault(1, f"$.{field.name}", "missing", f"`{field.name}: ...`"))
            continue
        content = value[field.encode_name]
        each = (
            [(f"[{n}]", item, _item_type(field.type)) for n, item in enumerate(content)]
            if isinstance(content, list) and _item_type(field.type) is not None
            else [("", content, field.type)]
        )
        for suffix, item, kind in each:
            try:
                msgspec.convert(item, kind, strict=False)
            except msgspec.ValidationError as error:
                message, _, at = str(error).partition(" - at `$")
                path = f"$.{field.name}{suffix}{at.rstrip('`')}"
                faults.append(ProfileFault(_line_of(path, lines), path, "not understood", message))
    return None


def _item_type(kind: Any) -> Any:
    arguments: tuple[Any, ...] = getattr(kind, "__args__", ())
    is_tuple = getattr(kind, "__origin__", None) is tuple
    return arguments[0] if is_tuple and arguments[1:] == (...,) else None


def _line_of(path: str, lines: dict[str, int]) -> int:
    while path and path not in lines:
        cut = max(path.rfind("."), path.rfind("["))
        path = path[:cut] if cut > 0 else ""
    return lines.get(path, 1)
