"""The briefing: everything a report tells, as data, gathered once from a node.

    briefing = brief(node, Wanted(agreements=("origin_restriction",), as_of=day))

`content` says what a briefing holds; the other modules gather it. The report
draws it and adds nothing; `fairwater report --data FILE` writes it as JSON, so
that a page can be checked against the file it was made from.
"""

from fairwater.node.briefing.content import Briefing
from fairwater.node.briefing.gather import Wanted, brief

__all__ = ["Briefing", "Wanted", "brief"]
