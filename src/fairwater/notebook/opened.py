"""A node as a researcher holds it: tables, questions, comparisons, a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from fairwater.agreement.comparing.answer import Comparison
from fairwater.agreement.dossier import Dossier
from fairwater.agreement.dossier_text import rendered
from fairwater.agreement.knowledge import Knowledge
from fairwater.agreement.timeline import Timeline
from fairwater.node.agreements import find
from fairwater.node.comparing import compare
from fairwater.node.consignments import Checked, check
from fairwater.node.evaluation import Asked, Prepared, every, explained, one, prepare
from fairwater.node.import_report import ImportReport
from fairwater.node.importing import import_files
from fairwater.node.node import Node
from fairwater.notebook.tables import openings_table, states_table

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

    from fairwater.node.briefing import Briefing

Day = date | str
"""A civil day, or its text YYYY-MM-DD."""


def open_node(folder: str | Path) -> OpenNode:
    """Open the node in `folder`.

    Raises
    ------
    NodeError
        If there is none.
    """
    return OpenNode(Node.open(Path(folder)))


class OpenNode:
    """A node, open. `node` is the one the commands use."""

    def __init__(self, node: Node) -> None:
        self.node = node

    def __repr__(self) -> str:
        settings = self.node.config
        return f"<node of {settings.name} ({settings.party}), {self.node.journal.size:,} records>"

    def import_files(self, *files: str | Path, profile: str | None = None) -> list[ImportReport]:
        """Take published tables in; every row is accepted, flagged or quarantined."""
        paths = [Path(file) for file in files]
        return list(import_files(self.node, paths, profile))

    def query(
        self,
        query: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        known_at: datetime | None = None,
    ) -> pa.Table:
        """Answer of one SELECT, or of a named query, as an Arrow table.

        Raises
        ------
        QueryError
            It is no named query and not one SELECT, or does not run.
        """
        from fairwater.archive import queries

        archive = self.node.archive()
        if query in queries.named_queries():
            return queries.run(archive, query, dict(parameters or {}), known_at=known_at)
        return archive.query(query, parameters, known_at=known_at)

    def table(self, name: str) -> pa.Table:
        """A table of the archive, every row as stored; `docs/reference/tables.md` lists them."""
        return self.node.archive().table(name)

    def polars(self, query: str, parameters: Mapping[str, Any] | None = None) -> pl.DataFrame:
        """`query`, as a Polars frame (needs Polars: ``pip install fairwater[notebook]``)."""
        return as_polars(self.query(query, parameters))

    def ask(
        self,
        agreement: str,
        *,
        as_of: Day,
        known_at: Day | None = None,
        knowledge: Knowledge = "journal",
        decisions: str = "as_recorded",
        overrides: Mapping[str, Any] | None = None,
    ) -> Question:
        """An agreement asked of the node's evidence, as `fairwater evaluate` asks it.

        Raises
        ------
        NoSuchAgreement, AgreementErrors
            There is no such agreement, or its file has faults.
        OverrideError
            If an override's path leads nowhere, or its value does not fit.
        """
        asked = Asked(
            found=find(self.node, agreement, _day(as_of)),
            as_of=_day(as_of),
            known_at=None if known_at is None else _day(known_at),
            knowledge=knowledge,
            decisions=decisions,
            overrides=dict(overrides or {}),
        )
        return Question(prepare(self.node, asked))

    def compare(
        self,
        *agreements: str,
        as_of: Day,
        knowledge: Knowledge = "journal",
        unit: Mapping[str, str] | None = None,
    ) -> Comparison:
        """Where agreements part on the same evidence, as `fairwater compare` tells it."""
        asks = [
            Asked(found=find(self.node, name, _day(as_of)), as_of=_day(as_of), knowledge=knowledge)
            for name in agreements
        ]
        return compare(self.node, asks, unit=unit)

    def consignment(
        self,
        name: str,
        agreement: str | None = None,
        *,
        as_of: Day,
        knowledge: Knowledge = "journal",
    ) -> Checked:
        """A consignment checked condition by condition, as `fairwater consignment check` does."""
        found = None if agreement is None else find(self.node, agreement, _day(as_of))
        return check(self.node, name, found, as_of=_day(as_of), knowledge=knowledge)

    def brief(
        self,
        *agreements: str,
        as_of: Day,
        knowledge: Knowledge = "journal",
        decisions: str = "as_recorded",
        later: Day | None = None,
    ) -> Briefing:
        """Everything a report tells, as data."""
        from fairwater.node.briefing import Wanted, brief

        wanted = Wanted(
            agreements=agreements,
            as_of=_day(as_of),
            knowledge=knowledge,
            decisions=decisions,
            later=None if later is None else _day(later),
        )
        return brief(self.node, wanted)

    def report(
        self, briefing: Briefing, folder: str | Path, lang: Literal["en", "zh", "ja"] = "en"
    ) -> list[Path]:
        """Write a briefing as `report.html` and `report.pdf`; the paths written."""
        from fairwater.report.page_and_pdf import page_and_pdf

        into = Path(folder)
        into.mkdir(parents=True, exist_ok=True)
        written = [into / "report.html", into / "report.pdf"]
        for path, content in zip(written, page_and_pdf(briefing, lang), strict=True):
            path.write_bytes(content)
        return written


class Question:
    """One agreement asked: states of every unit, and why."""

    def __init__(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self._timelines: list[Timeline] | None = None

    @property
    def timelines(self) -> Sequence[Timeline]:
        """Timeline of every unit and measure; worked out when first read."""
        if self._timelines is None:
            self._timelines = every(self.prepared)
        return self._timelines

    @property
    def states(self) -> pa.Table:
        """One row a unit and measure: the state in force, since when, and what is open."""
        return states_table(self.timelines)

    @property
    def openings(self) -> pa.Table:
        """One row an eligible interval: unit, transition, from, until, whether decided."""
        return openings_table(self.timelines)

    def timeline(self, measure: str, **unit: str) -> Timeline:
        """One measure of one unit, by the exact evaluator, its verdicts whole."""
        return one(self.prepared, measure, unit)

    def explain(self, transition: str, **unit: str) -> Explained:
        """Why a transition's condition holds, fails or is unknown, down to the cells."""
        return Explained(explained(self.prepared, unit, transition))


class Explained:
    """A dossier; printed, it is the text that `fairwater explain` prints."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier

    @property
    def data(self) -> dict[str, Any]:
        """The whole dossier as JSON values."""
        return self.dossier.plain(3)

    def text(self, depth: Literal[1, 2, 3] = 3, lang: str = "en") -> str:
        """The dossier as text: 1 verdict and clauses, 2 and numbers, 3 and every sample."""
        return rendered(self.dossier, depth, lang)

    def __str__(self) -> str:
        return self.text(2)

    def __repr__(self) -> str:
        return f"<{self.data['verdict']} at {self.data['at']}>"


def as_polars(table: pa.Table) -> pl.DataFrame:
    """An Arrow table as a Polars frame, without copying where that is possible."""
    import polars as pl

    frame = pl.from_arrow(table)
    if not isinstance(frame, pl.DataFrame):
        raise TypeError("a table was expected")
    return frame


def _day(day: Day) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day
