"""The report as a PDF: `pdf(briefing, code)` gives its bytes.

    pdf(briefing, "ja")     PDF/A-2a and PDF/UA-1: fonts inside, tagged, titled, in Japanese

It prints the same document as the page does (`report.telling`), on A4 with page one as the
first screen. Everything the document says goes into the typesetter as data, never as markup.
The same briefing gives the same bytes: the time written into the file is the day the report
speaks of, and the machine's own fonts are never asked.
"""

from fairwater.report.pdf.printing import STANDARDS, pdf, printed

__all__ = ["STANDARDS", "pdf", "printed"]
