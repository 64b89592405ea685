"""`fairwater report`: the page for a minister and a metrologist, as HTML and as PDF."""

from __future__ import annotations

import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter
from cyclopts.types import NonNegativeInt

from fairwater.cli.asking import Question, asked_of, day_of
from fairwater.cli.exits import DONE, USAGE, Failure
from fairwater.cli.output import print_json, talk
from fairwater.node import config
from fairwater.node.node import Node

if TYPE_CHECKING:
    from fairwater.node.briefing import Briefing, Wanted

Language = Literal["en", "zh", "ja"]
SHIPPED = ("origin_restriction", "import_certificate", "staged_resumption")
"""What is reported where no agreement is named and none is on record."""
MOST = 8


def reporting(
    agreements: Annotated[list[str] | None, Parameter(negative="")] = None,
    /,
    *,
    as_of: str | None = None,
    known_at: str | None = None,
    knowledge: Literal["journal", "published", "resulted", "sampled"] = "journal",
    decisions: str = "as_recorded",
    later: str | None = None,
    lang: Language = "en",
    out: Path = Path(),
    pdf: bool = True,
    data: Path | None = None,
    series: NonNegativeInt = 6,
    dossiers: NonNegativeInt = 3,
    node: Path | None = None,
    json: bool = False,
) -> int:
    """Write the report: one HTML file that needs no network, and a PDF of the same.

    The same evidence, agreements and clocks give the same bytes. Exit code 0, also where much
    is unknown: the report says so.

    Example: fairwater report origin_restriction --as-of 2014-03-31 --knowledge sampled

    Example: fairwater report origin_restriction import_certificate staged_resumption
    --as-of 2014-03-31 --knowledge sampled --decisions prompt --lang ja --out report/

    Parameters
    ----------
    agreements
        One to eight: files, shipped agreements, or ones on record. The first one is the
        subject of the first screen. None named: those on record, else the shipped ones.
    as_of
        The day asked about; today (UTC) if not given.
    known_at
        The day whose knowledge answers; the day asked about, if not given.
    knowledge
        What stands for the day a result became known: journal, published, resulted, sampled.
    decisions
        as_recorded, or prompt, or prompt:PERIOD (hypothetical, and marked so).
    later
        A later day: timelines up to it show what came after the day asked about.
    lang
        Language: en, zh, ja.
    out
        A folder (report.html and report.pdf are written into it), or a file NAME.html (and
        NAME.pdf beside it).
    pdf
        Also write the PDF.
    data
        Also write what the report tells as JSON, so that the page can be checked against it.
    series
        How many series of measurements are drawn.
    dossiers
        How many verdicts are opened to the cell.
    node
        The node's folder.
    json
        Print what was written, with sizes and SHA-256, as JSON.
    """
    question = Question(node=node, known_at=known_at, knowledge=knowledge, decisions=decisions)
    chosen = _chosen(agreements or (), node)
    asks = [asked_of(name, as_of, question) for name in chosen]
    opened, first = asks[0]
    until = None if later is None else day_of(later, "--later")
    if until is not None and until <= first.as_of:
        raise Failure(USAGE, f"--later {until} is not after --as-of {first.as_of}")
    page = _page(out)

    import msgspec

    from fairwater.node.briefing import Wanted

    briefing, contents = _told(
        opened,
        Wanted(
            agreements=tuple(chosen),
            as_of=first.as_of,
            known_at=first.known_at,
            knowledge=knowledge,
            decisions=decisions,
            later=until,
            series=series,
            dossiers=dossiers,
        ),
        lang,
        pdf,
    )
    paths = (page, page.with_suffix(".pdf"))
    written = [write(path, content) for path, content in zip(paths, contents, strict=False)]
    if data is not None:
        content = msgspec.json.format(msgspec.json.encode(briefing), indent=1)
        written.append(write(data, content + b"\n"))
    if json:
        print_json({"written": written})
    else:
        for one in written:
            print(f"{one['file']}  {one['bytes']:,} bytes  sha256 {one['sha256']}")
    return DONE


def _chosen(named: Sequence[str], folder: Path | None) -> list[str]:
    """The agreements to report."""
    if len(named) > MOST:
        raise Failure(USAGE, f"{len(named)} agreements named; at most {MOST} stand side by side")
    if named:
        return list(named)
    from fairwater.node.agreements import on_record

    recorded = [f.agreement.id for f in on_record(Node.open(config.find(folder)))]
    found = list(dict.fromkeys(recorded))[:MOST] or list(SHIPPED)
    talk(f"no agreement named: {', '.join(found)}")
    return found


def _told(
    node: Node, wanted: Wanted, lang: Language, pdf: bool
) -> tuple[Briefing, tuple[bytes, ...]]:
    """What is told, and the page and, if asked for, the PDF that tell it."""
    from fairwater.agreement.bulk.resting import collector_resting
    from fairwater.node.briefing import brief
    from fairwater.report.page import report
    from fairwater.report.page_and_pdf import page_and_pdf

    with collector_resting():
        briefing = brief(node, wanted)
        if not pdf:
            return briefing, (report(briefing, lang),)
        return briefing, page_and_pdf(briefing, lang)


def _page(out: Path) -> Path:
    if out.suffix.lower() in (".html", ".htm"):
        return out
    if out.suffix and not out.is_dir():
        raise Failure(USAGE, f"--out {out} is neither a folder nor a file NAME.html")
    return out / "report.html"


def write(path: Path, content: bytes) -> dict[str, Any]:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        half.write_bytes(content)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    return {"file": str(path), "bytes": len(content), "sha256": sha256(content).hexdigest()}
