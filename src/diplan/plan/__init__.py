"""The records of a plan, each named as in the data, and what follows from them without a file."""

from diplan.plan.action import Action, Due, Ending, Update
from diplan.plan.governance import Governance
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
    CoverSheet,
    Note,
    Plan,
    Service,
    Source,
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
    "CoverSheet",
    "Direction",
    "Due",
    "Ending",
    "Figure",
    "Governance",
    "Indicator",
    "Level",
    "Milestone",
    "NoTarget",
    "Note",
    "Observation",
    "Outcome",
    "Plan",
    "Priority",
    "Profile",
    "Response",
    "Revision",
    "Segment",
    "Service",
    "Source",
    "Subtotal",
    "SuccessMeasure",
    "Target",
    "ToBeConfirmed",
    "Total",
    "Update",
    "Venue",
]
