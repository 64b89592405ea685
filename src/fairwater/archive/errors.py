"""What can go wrong in the archive. The journal is never touched by any of it."""

from __future__ import annotations


class ArchiveError(Exception):
    """The archive cannot be read or written; `fairwater archive rebuild` makes it again."""


class QueryError(ArchiveError):
    """A query that is refused or does not run; the message says where and what is allowed."""


class QueryTimeout(QueryError):
    """A query that ran longer than its limit and was stopped."""
