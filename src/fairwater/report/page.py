"""The page: a briefing as one HTML file that needs no network, no script, no other file.

    Path("report.html").write_bytes(report(briefing, "ja"))

The same briefing gives the same bytes. The content policy in its head refuses every
request; styles stand inside; light and dark follow the reader's setting; print opens all.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from markupsafe import Markup

from fairwater.node.briefing.content import Briefing
from fairwater.report.document import Branch, Document, Fold, LanguageCode
from fairwater.report.figures.look import SCREEN, TOKENS_DARK, TOKENS_LIGHT
from fairwater.report.figures.symbols import definitions
from fairwater.report.inline import mark, phrase
from fairwater.report.telling import document

if TYPE_CHECKING:
    from jinja2 import Environment

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)


def report(briefing: Briefing, code: LanguageCode = "en") -> bytes:
    """A briefing as one self-contained HTML page in one language.

    Parameters
    ----------
    briefing : Briefing
        What is told (`fairwater.node.briefing.brief`).
    code : {'en', 'zh', 'ja'}
        The language of the page; evidence stays as written.

    Returns
    -------
    bytes
        UTF-8. The same briefing and language give the same bytes.
    """
    return page(document(briefing, code)).encode()


def page(told: Document) -> str:
    """A document as HTML."""
    template = _environment().get_template("page.html")
    return template.render(
        document=told,
        policy=POLICY,
        style=Markup(style()),  # noqa: S704 - our own file, no evidence in it
        definitions=Markup(definitions(SCREEN)),  # noqa: S704 - our own drawings
    )


def style() -> str:
    """The style sheet with the tokens of both grounds."""
    text = resources.files(__package__).joinpath("templates/page.css").read_text("utf-8")
    light = ";".join(f"--{name}:{value}" for name, value in TOKENS_LIGHT.items())
    dark = ";".join(f"--{name}:{value}" for name, value in TOKENS_DARK.items())
    return (
        f":root{{{light}}}\n@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{text}"
        f"\n@media print{{:root{{{light};--ink:#000;--ink2:#3d4854;--line:#999;--link:#000}}}}\n"
    )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    found = Environment(
        loader=PackageLoader("fairwater.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["phrase"] = phrase
    found.filters["mark"] = mark
    found.filters["kind"] = lambda block: type(block).__name__
    found.filters["drawn"] = Markup  # drawings escape what they are given
    found.tests["openable"] = lambda branch: (
        isinstance(branch, Branch | Fold)
        and bool(getattr(branch, "parts", ()) or getattr(branch, "cells", ()))
    )
    return found
