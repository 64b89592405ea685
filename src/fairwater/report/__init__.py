"""The report: one briefing as a page people read and print, in three languages.

    from fairwater.report.page import report
    from fairwater.report.pdf import pdf

`telling` turns a briefing into a document (`document`), `words` holds its sentences,
`figures` its drawings; `page` writes HTML, `pdf` an archival PDF from the same document.
Nothing here computes on evidence: what is told was gathered by `node.briefing`.
"""
