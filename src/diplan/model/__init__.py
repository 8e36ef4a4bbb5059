"""What a plan is. Imports neither files nor their syntax."""

from diplan.model.action import Action, Due, Ending, Update
from diplan.model.governance import Responsibility
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
    Plan,
    Reference,
    Remark,
    Service,
)
from diplan.model.priority import Outcome, Priority, Response, SuccessMeasure
from diplan.model.profile import Activity, Profile, Segment, Subtotal
from diplan.model.revision import Revision
from diplan.model.target import (
    AnyTarget,
    Direction,
    Level,
    NoTarget,
    Target,
    ToBeConfirmed,
    Total,
)
from diplan.model.venue import NETWORK, Venue

__all__ = [
    "NARRATIVE",
    "NETWORK",
    "SECTIONS",
    "Action",
    "Activity",
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
    "NoTarget",
    "Observation",
    "Outcome",
    "Plan",
    "Priority",
    "Profile",
    "Reference",
    "Remark",
    "Response",
    "Responsibility",
    "Revision",
    "Segment",
    "Service",
    "Subtotal",
    "SuccessMeasure",
    "Target",
    "ToBeConfirmed",
    "Total",
    "Update",
    "Venue",
]
