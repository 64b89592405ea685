"""The words of the report in English, 中文 and 日本語: `language(code)` gives one of them."""

from fairwater.report.words.language import Language, UnknownWord, language

__all__ = ["Language", "UnknownWord", "language"]
