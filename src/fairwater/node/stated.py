"""Statements on record, from the archive: of one type, in order of acceptance.

Of parties, samples registered, role bindings, decisions and the like a node
holds few; test reports are asked of the archive column by column instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec import Struct

from fairwater.records import Record, decode_trusted

if TYPE_CHECKING:
    from fairwater.archive import Archive

_R = TypeVar("_R", bound=Record)

# Superseded ones fall away only by what stood in the journal before `through`.
_SQL = """
SELECT s.record_id, s.journal_index, s.known_at, s.content
FROM statements AS s
LEFT JOIN (
  SELECT DISTINCT target FROM supersessions WHERE journal_index < $through
) AS gone ON gone.target = s.record_id
WHERE s.type = $type AND s.journal_index < $through AND ($all OR gone.target IS NULL)
ORDER BY s.journal_index
"""


class Stated(Struct, Generic[_R], frozen=True):
    """A record, its id, where it stands in the journal, and when it was accepted."""

    id: str
    index: int
    known_at: datetime
    record: _R


def statements(
    archive: Archive, kind: type[_R], *, through: int | None = None, superseded: bool = False
) -> Iterator[Stated[_R]]:
    """Records of type `kind`, in order of acceptance.

    Parameters
    ----------
    archive : Archive
        Is asked.
    kind : type
        A record type that the archive keeps among its statements.
    through : int, optional
        Only the first so many entries of the journal.
    superseded : bool
        Also those amended or withdrawn.
    """
    given = {
        "type": str(kind.__struct_config__.tag),
        "through": 2**62 if through is None else through,
        "all": superseded,
    }
    for row in archive.query(_SQL, given).to_pylist():
        record = decode_trusted(row["content"].encode())
        if isinstance(record, kind):
            yield Stated(row["record_id"], row["journal_index"], row["known_at"], record)
