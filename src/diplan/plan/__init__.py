"""The records of a plan, each named as in the data, and what follows from them without a file."""

from diplan.plan.action import Action, Budget, Due, Ending, Update
from diplan.plan.derived import Derived
from diplan.plan.governance import Governance
from diplan.plan.grade import Grade, Meaning
from diplan.plan.house_rule import HouseRule
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
    "Budget",
    "CorporatePriority",
    "CoverSheet",
    "Derived",
    "Direction",
    "Due",
    "Ending",
    "Figure",
    "Governance",
    "Grade",
    "HouseRule",
    "Indicator",
    "Level",
    "Meaning",
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
