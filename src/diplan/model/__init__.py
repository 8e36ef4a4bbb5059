"""What a plan is. Imports neither files nor their syntax."""

from diplan.model.action import Action, Due, Ending, Update
from diplan.model.indicator import (
    Baseline,
    Benchmark,
    Figure,
    Indicator,
    Milestone,
    Observation,
)
from diplan.model.plan import (
    NARRATIVE,
    SECTIONS,
    CorporatePriority,
    Cover,
    Outcome,
    Plan,
    Priority,
    Reference,
    Remark,
    Service,
)
from diplan.model.revision import Revision
from diplan.model.target import AnyTarget, Direction, Level, Target, Total
from diplan.model.venue import Venue

__all__ = [
    "NARRATIVE",
    "SECTIONS",
    "Action",
    "AnyTarget",
    "Baseline",
    "Benchmark",
    "CorporatePriority",
    "Cover",
    "Direction",
    "Due",
    "Ending",
    "Figure",
    "Indicator",
    "Level",
    "Milestone",
    "Observation",
    "Outcome",
    "Plan",
    "Priority",
    "Reference",
    "Remark",
    "Revision",
    "Service",
    "Target",
    "Total",
    "Update",
    "Venue",
]
