"""The report: one briefing as a page people read and print, in three languages."""
