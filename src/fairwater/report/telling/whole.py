"""The whole document: the first screen and the sections in their order."""

from __future__ import annotations

from fairwater.node.briefing.content import Briefing
from fairwater.report.document import Document, LanguageCode
from fairwater.report.figures.look import SCREEN, Look
from fairwater.report.telling.agreements import agreements
from fairwater.report.telling.dossiers import dossiers
from fairwater.report.telling.first import first
from fairwater.report.telling.goods import goods
from fairwater.report.telling.ground import Ground
from fairwater.report.telling.measured import measured
from fairwater.report.telling.over_time import over_time
from fairwater.report.telling.sources import check, reads, sources
from fairwater.report.telling.status import status, zones


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

    Raises
    ------
    ValueError
        If there is no such language, or the briefing holds no agreement.
    """
    if not briefing.sides:
        raise ValueError("a report needs at least one agreement; the briefing holds none")
    ground = Ground(briefing, code, look)
    words = ground.words
    subject = words.title(ground.lead.title, ground.lead.id).text
    tell = [status, zones, measured, over_time, agreements, goods, dossiers, reads, sources, check]
    if not briefing.zones:
        tell.remove(zones)
    return Document(
        lang=code,
        tag=words.tag,
        title=words.text("page.title", subject=subject, day=words.day(briefing.clocks.as_of)),
        kind=words.say("page.kind"),
        contents=words.say("page.contents"),
        skip=words.say("page.skip"),
        first=first(ground),
        sections=tuple(section(ground) for section in tell),
        footer=(words.say("page.made", node=words.name(briefing.node)),),
    )
