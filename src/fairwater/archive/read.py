"""Reading the archive: tables as Arrow, queries as SQL; several processes at once.

    archive = Archive.open(folder / "archive")
    archive.query("SELECT kind, COUNT(*) AS n FROM results GROUP BY kind ORDER BY kind")
    archive.table("reports", ["report_id", "item", "collected_first"])

Readers take no lock. An `Archive` stands for one manifest; if a writer has
since removed a segment it names, the newest manifest is read and the question
put again, so that an answer always comes from one state of the archive.

A query is one SELECT. It reaches the archive's tables and nothing else: no
other file, no network, no extension, no setting.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeVar

import duckdb
import pyarrow as pa

from fairwater.archive.content import content_hashes
from fairwater.archive.contract import TABLES
from fairwater.archive.errors import ArchiveError, QueryError, QueryTimeout
from fairwater.archive.manifest import Manifest, load, segment_file
from fairwater.archive.schema import schema
from fairwater.archive.views import has_names, reports_named, statements
from fairwater.archive.writing import stored

_T = TypeVar("_T")
_TRIES: Final = 8
TIMEOUT_S: Final = 120.0
MEMORY: Final = "1GB"


class Archive:
    """One state of the archive, open for reading.

    Attributes
    ----------
    folder : Path
        The archive's own folder.
    manifest : Manifest
        The state that is read; `size` entries of the journal with digest `digest`.
    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest
        self._open: tuple[Manifest, datetime | None, duckdb.DuckDBPyConnection] | None = None

    @classmethod
    def open(cls, folder: Path) -> Archive:
        """Open the archive in `folder`.

        Raises
        ------
        ArchiveError
            There is no archive, or its manifest is damaged.
        """
        folder = Path(folder).absolute()
        return cls(folder, _manifest(folder))

    def refresh(self) -> bool:
        """Take the newest manifest; True if it is another one."""
        before, self.manifest = self.manifest, _manifest(self.folder)
        return before.generation != self.manifest.generation

    def connect(self, known_at: datetime | None = None) -> duckdb.DuckDBPyConnection:
        """In-memory DuckDB with the views of `views`, shut off from everything else.

        Parameters
        ----------
        known_at : datetime, optional
            Instant (with offset) of the ``current_`` views.
        """
        return self._steady(lambda: self._connect(known_at))

    def query(
        self,
        sql: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        known_at: datetime | None = None,
        timeout_s: float = TIMEOUT_S,
    ) -> pa.Table:
        """Answer of one SELECT.

        Parameters
        ----------
        sql : str
            One SELECT statement; ``$name`` stands for a parameter.
        parameters : mapping, optional
            Their values.
        known_at : datetime, optional
            Instant (with offset) of the ``current_`` views.
        timeout_s : float
            Seconds after which it is stopped.

        Raises
        ------
        QueryError
            It is not one SELECT, reaches for something else, or does not run.
        QueryTimeout
            It ran too long.
        """
        given = dict(parameters or {})

        def ask() -> pa.Table:
            with self._cursor(known_at) as cursor:
                _checked(cursor, sql)
                with _limited(cursor, timeout_s):
                    return cursor.sql(sql, params=given).to_arrow_table()

        try:
            return self._steady(ask)
        except duckdb.InterruptException as error:
            raise QueryTimeout(
                f"the query was stopped after {timeout_s:g} s\n"
                "hint: ask for fewer rows or columns, or give it more time"
            ) from error
        except duckdb.Error as error:
            raise QueryError(f"the query does not run: {error}") from error

    def with_names(
        self, sql: str, known_at: datetime | None = None, through: int | None = None
    ) -> str:
        """The SELECT with `reports` as statements on names known then tell them, and none later.

        Parameters
        ----------
        sql : str
            A SELECT from `reports`, without a WITH of its own.
        known_at : datetime, optional
            Instant (with offset) by which a statement on a name was on record.
        through : int, optional
            Only statements among the first so many entries of the journal.
        """
        if not has_names(self.manifest):
            return sql
        return f"WITH reports AS ({reports_named(known_at, through)}) {sql}"

    def table(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Every row of a table as stored, in journal order, all columns or those named."""
        names = schema(name).names if columns is None else list(columns)
        shape = pa.schema([schema(name).field(each) for each in names])

        def read() -> pa.Table:
            parts = stored(self.folder, name, self.manifest.segments(name), names)
            return pa.concat_tables([shape.empty_table(), *parts])

        return self._steady(read)

    def content(self) -> dict[str, str]:
        """Content hash of each table; equal for equal rows, whatever the files are."""
        return self._steady(lambda: content_hashes(self.folder, self.manifest))

    def _cursor(self, known_at: datetime | None) -> duckdb.DuckDBPyConnection:
        """Cursor on a connection that is kept: defining the views takes a tenth of a second."""
        if self._open is None or self._open[:2] != (self.manifest, known_at):
            self._open = (self.manifest, known_at, self._connect(known_at))
        return self._open[2].cursor()

    def _connect(self, known_at: datetime | None) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(":memory:", config={"memory_limit": MEMORY})
        try:
            paths = [str(segment_file(self.folder, file)) for file in self.manifest.files()]
            connection.execute("SET allowed_paths = $paths", {"paths": sorted(paths)})
            for statement in statements(self.folder, self.manifest, known_at):
                connection.execute(statement)
            for setting in _SHUT:
                connection.execute(setting)
        except BaseException:
            connection.close()
            raise
        return connection

    def _steady(self, read: Callable[[], _T]) -> _T:
        """Result of `read`; if a segment has vanished meanwhile, of the newest manifest."""
        for _ in range(_TRIES):
            try:
                return read()
            except (duckdb.IOException, FileNotFoundError) as error:
                missing = error
                if not self.refresh():
                    break
        raise ArchiveError(
            f"{self.folder}: a segment that the manifest names cannot be read ({missing})\n"
            "hint: `fairwater archive rebuild` makes the archive again from the journal"
        ) from missing


_SHUT: Final = (
    "SET python_enable_replacements = false",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET temp_directory = ''",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)


def _manifest(folder: Path) -> Manifest:
    manifest = load(folder)
    if manifest is None:
        raise ArchiveError(
            f"{folder}: no archive here\n  expected: a folder with `manifest.json`\n"
            "hint: `fairwater archive rebuild` makes one from the journal"
        )
    return manifest


def _checked(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    found = connection.extract_statements(sql)
    kinds = [statement.type.name for statement in found]
    if kinds != ["SELECT"]:
        raise QueryError(
            f"`{sql.strip()[:60]}` is {' and '.join(kinds) or 'empty'}; expected one SELECT\n"
            f"  it may read: {', '.join(TABLES)}, their `current_` views and `_as_known` macros"
        )


@contextmanager
def _limited(connection: duckdb.DuckDBPyConnection, timeout_s: float) -> Iterator[None]:
    timer = threading.Timer(timeout_s, connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
