"""A rich invented briefing: every drawing occurs, every section has something to tell.

Nothing in it is evidence. Names are real words of the vocabulary so that three languages
can be seen; figures are made up by plain arithmetic and say so (`invented`).
"""

from .names import MARKET, ORIGIN, SPECIES, ZONES
from .whole import briefing

__all__ = ["MARKET", "ORIGIN", "SPECIES", "ZONES", "briefing"]
