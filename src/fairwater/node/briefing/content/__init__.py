"""What a briefing holds. Plain data in a fixed order: the same evidence and clocks, the same bytes.

A `Side` is one agreement with its letter (A, B, C in the order asked). A `UnitRow` is one
species in one zone and how it stands under each side. Numbers that laboratories wrote stay
text (`text`); `low` and `high` beside them are for drawing only, in the unit of the series.
Words people read come in three languages (`Words`); text of the evidence stays as written.
"""

from fairwater.node.briefing.content.beside import Comparison, Difference, Late, Number, Saying
from fairwater.node.briefing.content.goods import ConditionLine, ConsignmentLine
from fairwater.node.briefing.content.measured import Point, PointKind, Series
from fairwater.node.briefing.content.named import STANDINGS, Effect, Mark, Named, Standing, Truth
from fairwater.node.briefing.content.origins import DossierPart, Read, Told
from fairwater.node.briefing.content.over_time import Bar, Claim, Hole, Lane, Step, Track
from fairwater.node.briefing.content.table import Lack, Stand, UnitRow, Zone
from fairwater.node.briefing.content.texts import (
    ClauseText,
    LimitLine,
    MeasureText,
    OpenPoint,
    Review,
    RoleText,
    Side,
    SourceText,
    StateText,
    Tally,
)
from fairwater.node.briefing.content.whole import Briefing, Clocks

__all__ = [
    "STANDINGS",
    "Bar",
    "Briefing",
    "Claim",
    "ClauseText",
    "Clocks",
    "Comparison",
    "ConditionLine",
    "ConsignmentLine",
    "Difference",
    "DossierPart",
    "Effect",
    "Hole",
    "Lack",
    "Lane",
    "Late",
    "LimitLine",
    "Mark",
    "MeasureText",
    "Named",
    "Number",
    "OpenPoint",
    "Point",
    "PointKind",
    "Read",
    "Review",
    "RoleText",
    "Saying",
    "Series",
    "Side",
    "SourceText",
    "Stand",
    "Standing",
    "StateText",
    "Step",
    "Tally",
    "Told",
    "Track",
    "Truth",
    "UnitRow",
    "Zone",
]
