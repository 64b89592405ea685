"""From a briefing to a document in one language: `document(briefing, code, look)`."""

from fairwater.report.telling.whole import document

__all__ = ["document"]
