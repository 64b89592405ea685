"""Which agreement is meant, and who plays its roles: files, shipped texts, records of the node.

    found = find(node, "origin_restriction")      a shipped one, or one on record
    found = find(node, "rule.yaml")               a file
    bindings(node, found.agreement, day)          role to party, from RoleBinding records

A name on record wins over a shipped one: the recorded text is what was signed.
Of several recorded versions the one in force on the day governs.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from fairwater.agreement.load import Loaded, content_id, load_agreement, shipped, shipped_names
from fairwater.agreement.model import Agreement as Terms
from fairwater.agreement.problems import AgreementErrors, Problem
from fairwater.agreement.versions import Candidate
from fairwater.node.node import Node
from fairwater.node.stated import statements
from fairwater.records import Agreement, RoleBinding

if TYPE_CHECKING:
    from fairwater.archive import Archive

MAX_BYTES = 2**20


class Found(Struct, frozen=True):
    """An agreement, where it was found, its text, and what its writer should look at."""

    agreement: Terms
    origin: str
    text: str
    warnings: tuple[Problem, ...] = ()

    @property
    def content_id(self) -> str:
        """SHA-256 of what the text says."""
        return content_id(self.agreement)


class NoSuchAgreement(LookupError):
    """Neither a file, nor on record, nor shipped; the message says what was looked for."""


def find(node: Node | None, name: str, day: date | None = None) -> Found:
    """The agreement of this name.

    Parameters
    ----------
    node : Node or None
        Whose records to look through.
    name : str
        A file, an agreement id, or a content id.
    day : date, optional
        Of several versions on record, the one in force then; else the last recorded.

    Raises
    ------
    AgreementErrors
        If the file has faults; all of them.
    NoSuchAgreement
        If there is none.
    """
    path = Path(name)
    if path.suffix in (".yaml", ".yml") or path.is_file():
        data = _read(path)
        loaded = load_agreement(data, name)
        return Found(loaded.agreement, str(path), data.decode("utf-8"), loaded.warnings)
    recorded = [] if node is None else list(on_record(node))
    named = [f for f in recorded if name in (f.agreement.id, f.content_id)]
    if named:
        return _in_force(named, day)
    if name in shipped_names():
        text = shipped(name)
        loaded = load_agreement(text, f"{name}.yaml")
        return Found(loaded.agreement, "shipped", text, loaded.warnings)
    known = sorted({*shipped_names(), *(f.agreement.id for f in recorded)})
    raise NoSuchAgreement(
        f"no agreement `{name}`: looked for a file, for one on record in the node, and among the "
        f"shipped ones; there are {', '.join(known)}"
    )


def on_record(node: Node) -> Iterator[Found]:
    """Agreements that the node's journal holds, in order of acceptance.

    A text that another program recorded and this one cannot read is none that could govern.
    """
    for stated in statements(node.archive(), Agreement):
        try:
            loaded = _loaded(stated.record.text, f"record {stated.id[:12]}")
        except AgreementErrors:
            continue
        yield Found(loaded.agreement, f"record {stated.id}", stated.record.text, loaded.warnings)


@lru_cache(maxsize=64)
def _loaded(text: str, name: str) -> Loaded:
    """A recorded text, read once: the same text always says the same."""
    return load_agreement(text, name)


def candidates(node: Node, day: date) -> Iterator[Candidate]:
    """Every agreement on record, once for each binding of its roles that is valid on `day`.

    An agreement that nobody bound yet is one candidate without bindings but the text's own.
    """
    bound: dict[str, list[RoleBinding]] = {}
    for record in _valid(node.archive(), day, None):
        bound.setdefault(record.agreement, []).append(record)
    for found in on_record(node):
        for roles, lists in _together(bound.get(found.agreement.id, [])):
            yield Candidate(
                agreement=found.agreement,
                bindings=roles,
                content_id=found.content_id,
                lists=lists,
            )


Bound = tuple[dict[str, str], dict[str, tuple[str, ...]]]
"""Role to party, and list to names."""


def _valid(archive: Archive, day: date, through: int | None) -> Iterator[RoleBinding]:
    """Bindings valid on `day`, in order of acceptance."""
    text = day.isoformat()
    for stated in statements(archive, RoleBinding, through=through):
        record = stated.record
        begun = record.valid_from is None or record.valid_from <= text
        if begun and not _ended(record.valid_to, text):
            yield record


def _together(records: list[RoleBinding]) -> list[Bound]:
    """Each binding, with what the others add that bind no role to another party.

    A record may bind lists alone, or a role more; one between other parties is apart.
    """
    found: list[Bound] = []
    for record in records:
        roles: dict[str, str] = dict(record.roles)
        lists: dict[str, tuple[str, ...]] = {}
        for other in records:
            if all(roles.get(role, party) == party for role, party in other.roles.items()):
                roles |= other.roles
                lists |= other.lists or {}
        lists |= record.lists or {}
        if (roles, lists) not in found:
            found.append((roles, lists))
    return found or [({}, {})]


def record_of(found: Found) -> Agreement:
    """The record by which a node keeps an agreement."""
    return Agreement(
        agreement=found.agreement.id,
        version=found.agreement.version,
        content_id=found.content_id,
        text=found.text,
    )


def bindings(
    archive: Archive, agreement: Terms, day: date, *, through: int | None = None
) -> dict[str, str]:
    """Role to party on `day`: what the text binds itself, then the records, later ones last."""
    bound = {role: part.party for role, part in agreement.roles.items() if part.party}
    for record in _valid(archive, day, through):
        if record.agreement == agreement.id:
            bound |= record.roles
    return bound


def bound_lists(
    archive: Archive, agreement: Terms, day: date, *, through: int | None = None
) -> dict[str, tuple[str, ...]]:
    """List to names on `day`, as the records bind them; later ones last."""
    found: dict[str, tuple[str, ...]] = {}
    for record in _valid(archive, day, through):
        if record.agreement == agreement.id:
            found |= record.lists or {}
    return found


def _ended(valid_to: str | None, day: str) -> bool:
    return valid_to is not None and valid_to <= day


def _in_force(named: list[Found], day: date | None) -> Found:
    if day is not None:
        text = day.isoformat()
        for found in reversed(named):
            terms = found.agreement
            if (terms.valid_from or "") <= text and not _ended(terms.valid_to, text):
                return found
    return named[-1]


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)
