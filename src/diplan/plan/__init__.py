"""What a plan is. Imports neither files nor their syntax."""

from diplan.plan.action import Action, Due, Ending, Update
from diplan.plan.governance import Responsibility
from diplan.plan.indicator import (
    Baseline,
    Benchmark,
    Figure,
    Indicator,
    Milestone,
    Observation,
)
from diplan.plan.plan import (
    NARRATIVE,
    SECTIONS,
    CorporatePriority,
    Cover,
    Plan,
    Reference,
    Remark,
    Service,
)
from diplan.plan.priority import Outcome, Priority, Response, SuccessMeasure
from diplan.plan.profile import Activity, Profile, Segment, Subtotal
from diplan.plan.revision import Revision
from diplan.plan.target import (
    AnyTarget,
    Direction,
    Level,
    NoTarget,
    Target,
    ToBeConfirmed,
    Total,
)
from diplan.plan.venue import NETWORK, Venue

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
