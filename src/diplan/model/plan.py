"""The plan: its cover sheet, the words it is told in, and everything that it holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from diplan.model.action import Action
from diplan.model.base import Area, Id, Line, PerCent, Text, Url, When, record
from diplan.model.governance import Responsibility
from diplan.model.indicator import Indicator
from diplan.model.priority import Priority
from diplan.model.profile import Profile
from diplan.model.venue import Venue

DEFAULT_SCALE = ("Fully Achieved", "On-Track", "Slipped", "Not Achieved")


@record
class Cover:
    """What the plan is, whose it is, and how it is told and reviewed."""

    id: Id
    title: Line
    organisation: Line | None = None
    area: Area | None = None
    from_: When | None = Field(default=None, alias="from")
    to: When | None = None
    years: Literal["financial", "calendar", "academic"] = "financial"
    """What a year of the plan is."""
    agreed: When | None = None
    """When the plan was agreed."""
    review: Literal["yearly", "six-monthly", "quarterly"] | None = None
    """How often progress is reviewed; absent where nobody has said."""
    review_note: Text | None = None
    licence: Line | None = None
    heading: Line = "priority"
    """The word printed for a heading of this plan."""
    scale: Annotated[tuple[Line, ...], Field(min_length=1)] = DEFAULT_SCALE
    """The grades of an action, best first; the first one says that it is done."""
    approximate_within: PerCent = Decimal(5)
    """How far an approximate figure may be off, in per cent of itself."""
    note: Text | None = None


@record
class CorporatePriority:
    """A priority of the whole organisation, which the plan serves."""

    id: Id
    title: Line
    objectives: tuple[Line, ...] = ()


@record
class Service:
    """Who can have a part in the plan: a service, a body or a role, never a person."""

    id: Id
    title: Line
    note: Text | None = None


@record
class Reference:
    """A document or data set that figures come from."""

    id: Id
    title: Line
    publisher: Line | None = None
    published: When | None = None
    url: Url | None = None
    licence: Line | None = None
    note: Text | None = None


@record
class Remark:
    """Something that a reader of the whole plan should know."""

    text: Text
    source: Id | None = None
    at: Line | None = None


NARRATIVE = (
    "introduction", "priorities", "actions", "performance", "places", "aims", "current-picture",
    "progress", "review", "scrutiny",
)  # fmt: skip
"""The files of paragraphs that papers ask for, beside one for each priority by its id."""

SECTIONS: dict[str, type] = {
    "plan": Cover,
    "corporate": CorporatePriority,
    "priorities": Priority,
    "services": Service,
    "sources": Reference,
    "notes": Remark,
    "governance": Responsibility,
    "profiles": Profile,
    "indicators": Indicator,
    "actions": Action,
    "venues": Venue,
}
"""What the data files hold, by the key it stands under; all but `plan` are lists."""


@dataclass(frozen=True)
class Plan:
    """One organisation's plan for a span of years, in file order.

    `declared` holds, by section, the ids that the files name, those of entities too broken to
    be here included, so that one mistake is not told twice. A section that is absent from it
    could not be read to its end, and nobody can say what it names.
    """

    cover: Cover
    corporate: tuple[CorporatePriority, ...] = ()
    priorities: tuple[Priority, ...] = ()
    services: tuple[Service, ...] = ()
    sources: tuple[Reference, ...] = ()
    notes: tuple[Remark, ...] = ()
    governance: tuple[Responsibility, ...] = ()
    profiles: tuple[Profile, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    actions: tuple[Action, ...] = ()
    venues: tuple[Venue, ...] = ()
    declared: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def is_partial(self, section: str) -> bool:
        """Whether the files hold more of a section than could be read."""
        if not self.declared:
            return False
        names = self.declared.get(section)
        return names is None or not names <= {entity.id for entity in getattr(self, section)}

    @cached_property
    def names(self) -> Mapping[str, frozenset[str]]:
        """The ids that are given, by section; a section that nobody can vouch for is absent."""
        return self.declared or {
            section: frozenset(entity.id for entity in getattr(self, section))
            for section in SECTIONS
            if section not in ("plan", "notes", "governance")
        }

    @cached_property
    def indicator(self) -> dict[str, Indicator]:
        """Indicators by id."""
        return {entity.id: entity for entity in self.indicators}

    @cached_property
    def action(self) -> dict[str, Action]:
        """Actions by id."""
        return {entity.id: entity for entity in self.actions}

    @cached_property
    def priority(self) -> dict[str, Priority]:
        """Priorities by id."""
        return {entity.id: entity for entity in self.priorities}

    @cached_property
    def service(self) -> dict[str, Service]:
        """Services by id."""
        return {entity.id: entity for entity in self.services}

    @cached_property
    def source(self) -> dict[str, Reference]:
        """Sources by id."""
        return {entity.id: entity for entity in self.sources}
