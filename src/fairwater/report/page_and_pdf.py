"""The page and the PDF of one briefing, made at the same time.

The typesetter needs neither Python nor its lock: the page is written while it works.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from fairwater.agreement.bulk.resting import collector_resting
from fairwater.node.briefing.content import Briefing
from fairwater.report.document import LanguageCode
from fairwater.report.page import report
from fairwater.report.pdf import pdf


def page_and_pdf(briefing: Briefing, code: LanguageCode) -> tuple[bytes, bytes]:
    """The bytes of the HTML page and of the PDF; each the same as when it is made alone."""
    with collector_resting(), ThreadPoolExecutor(1) as beside:
        printed = beside.submit(pdf, briefing, code)
        return report(briefing, code), printed.result()
