"""The whole document: the first screen and the sections in their order."""

from __future__ import annotations

from fairwater.node.briefing.content import Briefing
from fairwater.report.document import Document, LanguageCode
from fairwater.report.figures.look import SCREEN, Look


def document(briefing: Briefing, code: LanguageCode, look: Look = SCREEN) -> Document:
    """A briefing told in one language; figures are drawn in `look`.

    Parameters
    ----------
    briefing : Briefing
        What is told; nothing is added.
    code : {'en', 'zh', 'ja'}
        The language.
    look : Look
        Colours and font of the figures: `SCREEN` for a page, `paper(font)` for a PDF.
    """
    raise NotImplementedError
