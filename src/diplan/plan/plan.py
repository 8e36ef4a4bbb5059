"""The plan: its cover sheet, the words it is told in, and everything that it holds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo

from diplan.ground.errors import BadTextError
from diplan.ground.period import Period
from diplan.plan.action import Action
from diplan.plan.base import Code, Id, Line, PerCent, Text, Url, When, record
from diplan.plan.governance import Governance
from diplan.plan.grade import Meaning, ScaleEntry, usual_scale
from diplan.plan.house_rule import HouseRule
from diplan.plan.indicator import Indicator
from diplan.plan.priority import Priority
from diplan.plan.profile import Activity, Profile
from diplan.plan.venue import Venue
from diplan.plan.website import Website

HOME = "GB"
"""The country whose codes of areas, postcodes and telephone numbers are known."""


GSS = r"^[EWSNKJ][0-9]{8}$"
"""The form of a nine-character GSS code."""


def _area(written: str, info: ValidationInfo) -> str:
    home = (info.data or {}).get("country", HOME) == HOME
    if home and not re.search(GSS, written):
        raise BadTextError(
            "not-allowed",
            f'"{written}" is not a GSS code',
            "write a letter and eight digits, such as E06000021",
        )
    return written


Area = Annotated[Line, AfterValidator(_area)]
"""An area: in Great Britain its nine-character GSS code, elsewhere any line."""


@record
class CoverSheet:
    """What the plan is, whose it is, and how it is told and reviewed."""

    id: Id
    """What programs call the plan, such as `digital-inclusion-2026-30`."""
    title: Line
    """What the plan is called."""
    organisation: Line | None = None
    """Whose plan it is."""
    country: Code = HOME
    """The country, by the two letters of ISO 3166; GB where nothing is said."""
    area: Area | None = None
    """The area: in GB its GSS code, such as E06000021; absent where it is not known."""
    neighbours: tuple[Area, ...] = ()
    """The areas that are most like this one, to compare it with: in GB their GSS codes."""
    from_: When | None = Field(default=None, alias="from")
    """The plan begins with the start of this period; absent: no year is outside the plan."""
    to: When | None = None
    """The plan ends with the end of this period; absent: it is taken to be still running."""
    years: Literal["financial", "calendar", "academic"] = "financial"
    """What a year of the plan is; financial where nothing is said."""
    agreed: When | None = None
    """When the plan was agreed."""
    review: Literal["yearly", "six-monthly", "quarterly"] | None = None
    """How often progress is reviewed; absent where nobody has said."""
    review_note: Text | None = None
    """How reviews are done, in words."""
    licence: Line | None = None
    """The licence that the data is published under, such as: OGL-UK-3.0."""
    heading: Line = "priority"
    """The word printed for a heading, such as theme; priority where nothing is said."""
    scale: Annotated[tuple[ScaleEntry, ...], Field(min_length=1)] = Field(
        default_factory=usual_scale
    )
    """The grades of an action, in the order of printing, each with what it means."""
    rag: HouseRule | None = None
    """The council's own rule for red, amber and green; absent where it has none."""
    site: Website | None = None
    """How the plan's website looks; absent: as diplan's own pages do."""
    approximate_within: PerCent = Decimal(5)
    """How far an approximate figure may be off, in per cent of itself; 5 where nothing is said."""
    note: Text | None = None
    """What else a reader should know of the plan."""

    @property
    def currency(self) -> str | None:
        """The currency of a budget that names none; None outside GB, where each has to."""
        return "GBP" if self.country == HOME else None

    @property
    def grades(self) -> tuple[str, ...]:
        """The grades, in the order of printing."""
        return tuple(entry.grade for entry in self.scale)

    def meaning(self, grade: str) -> Meaning | None:
        """What a grade says about the work; None where the plan does not say.

        Of a scale without meanings the first grade says that an action is done.
        """
        first = self.scale[0]
        if first.means is None and grade == first.grade:
            return Meaning.DONE
        return next((entry.means for entry in self.scale if entry.grade == grade), None)


@record
class CorporatePriority:
    """A priority of the whole organisation, which the plan serves."""

    id: Id
    """A name of its own, such as `fair-chances`, by which the plan refers to it."""
    title: Line
    """What the organisation wants, in one line."""
    objectives: tuple[Line, ...] = ()
    """What it means to do for that, one line each."""


@record
class Service:
    """Who can have a part in the plan: a service, a body or a role, never a person."""

    id: Id
    """A name of its own, such as `libraries`, by which the plan refers to it."""
    title: Line
    """What it is called; never a person's name."""
    note: Text | None = None
    """What else it is called, or what else to know of it."""


@record
class Source:
    """A document or data set that figures come from."""

    id: Id
    """A name of its own, such as `survey-2018`, by which the plan refers to it."""
    title: Line
    """What the document or data set is called."""
    publisher: Line | None = None
    """Who published it."""
    published: When | None = None
    """When it was published."""
    url: Url | None = None
    """Where it can be read: an address that begins with https://."""
    licence: Line | None = None
    """The licence that it is under."""
    note: Text | None = None
    """What to know of it, such as what it leaves out."""


@record
class Note:
    """Something that a reader of the whole plan should know."""

    text: Text
    """What to know, in plain words."""
    source: Id | None = None
    """Id of the source that says so, from plan.yaml."""
    at: Line | None = None
    """The place in the source, in words, such as: table 3."""


NARRATIVE = (
    "introduction", "priorities", "actions", "performance", "places", "aims", "current-picture",
    "progress", "review", "scrutiny", "inclusion", "purpose", "recommendations", "background",
    "financial", "legal", "equality", "risk", "climate", "consultation", "background-papers",
    "what-to-bring",
)  # fmt: skip
"""The files of paragraphs that papers ask for, beside one for each priority by its id."""

SECTIONS: dict[str, type] = {
    "plan": CoverSheet,
    "corporate": CorporatePriority,
    "priorities": Priority,
    "services": Service,
    "sources": Source,
    "notes": Note,
    "governance": Governance,
    "profiles": Profile,
    "activities": Activity,
    "indicators": Indicator,
    "actions": Action,
    "venues": Venue,
}
"""What the data files hold, by the key it stands under; all but `plan` are lists."""

FILES: dict[str, tuple[str, ...]] = {
    "plan": (
        "plan", "corporate", "priorities", "services", "governance", "profiles", "activities",
        "sources", "notes",
    ),
    "indicators": ("indicators",),
    "actions": ("actions",),
    "venues": ("venues",),
}  # fmt: skip
"""Which sections stand together in a file, in the order in which they are read and reported."""

NEEDED = ("indicators", "actions")
"""Sections that a file of theirs cannot do without."""


@dataclass(frozen=True)
class Plan:
    """One organisation's plan for a span of years, in file order.

    `declared` holds, by section, the ids that the files name, those of entities too broken to
    be here included, so that one mistake is not told twice. A section that is absent from it
    could not be read to its end, and nobody can say what it names.
    """

    cover: CoverSheet
    """What the plan is, whose it is, and how it is told and reviewed."""
    corporate: tuple[CorporatePriority, ...] = ()
    """Priorities of the whole organisation, which the plan serves."""
    priorities: tuple[Priority, ...] = ()
    """The headings of the plan: what its indicators and actions stand under."""
    services: tuple[Service, ...] = ()
    """Who can have a part in the plan: services, bodies and roles, never persons."""
    sources: tuple[Source, ...] = ()
    """Documents and data sets that figures come from."""
    notes: tuple[Note, ...] = ()
    """What a reader of the whole plan should know."""
    governance: tuple[Governance, ...] = ()
    """Which body does what for the plan as a whole, and how often."""
    profiles: tuple[Profile, ...] = ()
    """Populations divided into groups, with the share of each."""
    activities: tuple[Activity, ...] = ()
    """What is done already for some of these groups, beside the plan's actions."""
    indicators: tuple[Indicator, ...] = ()
    """What is measured, from which baseline, towards which target."""
    actions: tuple[Action, ...] = ()
    """What services have promised to do, by when, and how that went."""
    venues: tuple[Venue, ...] = ()
    """Places to get online."""
    declared: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def is_partial(self, section: str) -> bool:
        """Whether the files hold more of a section than could be read."""
        if not self.declared:
            return False
        names = self.declared.get(section)
        return names is None or not names <= {entity.id for entity in getattr(self, section)}

    def is_running(self, as_of: Period) -> bool:
        """Whether the plan has not come to its last day by the end of a period."""
        return self.cover.to is None or as_of.end <= self.cover.to.end

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
    def supporters(self) -> dict[str, list[Action]]:
        """The actions that are meant to move each indicator, by the indicator's id."""
        found: dict[str, list[Action]] = {}
        for action in self.actions:
            for name in dict.fromkeys(action.supports):
                found.setdefault(name, []).append(action)
        return found

    @cached_property
    def priority(self) -> dict[str, Priority]:
        """Priorities by id."""
        return {entity.id: entity for entity in self.priorities}

    @cached_property
    def service(self) -> dict[str, Service]:
        """Services by id."""
        return {entity.id: entity for entity in self.services}

    @cached_property
    def source(self) -> dict[str, Source]:
        """Sources by id."""
        return {entity.id: entity for entity in self.sources}
