"""What a site is made from, and what a page of it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from diplan.ground.period import Period
from diplan.judge import Assessment
from diplan.plan import Plan
from diplan.plan.website import Website
from diplan.problems import Where
from diplan.report.document import Document
from diplan.report.papers import Case
from diplan.site.addresses import HOME

INDEX = "pagefind"
"""The folder of the index of all words, where the site can be searched."""


class Year(NamedTuple):
    """A year of the plan that has ended, as of its end: as known then, and as known today.

    `known_then` says whether `then` rests on what git held at the end of the year. Where git cannot
    tell, the two are the same.
    """

    year: Period
    before: Period
    """The moment that the year began: the end of the year before."""
    then: Assessment
    today: Assessment
    known_then: bool


@dataclass(frozen=True)
class Site:
    """A plan to be made into a site.

    `years` are those that have ended, the first one first. `renamed` leads from ids of the past to
    those of today, by section. `folder` is where the site is among several: a name with a stroke
    after it.
    """

    case: Case
    years: Sequence[Year]
    where: Where
    base_url: str = ""
    folder: str = ""
    logo: tuple[str, bytes] | None = None
    renamed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    forms: Sequence[str] = ()
    """The formats that papers can be had in beside HTML."""
    search: bool = False
    """Whether there is an index of all words to search in."""

    @property
    def now(self) -> Assessment:
        """How the plan stands at the moment that the site describes."""
        return self.case.now

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.case.plan

    @cached_property
    def cases(self) -> Mapping[str, Case]:
        """What the papers of each year are made from, the last year first."""
        told = {self.case.year.text: self.case}
        for year in reversed(self.years):
            if year.year != self.case.year:
                case = replace(self.case, now=year.then, compared=year.before, year=year.year)
                told[year.year.text] = case
        return told

    @property
    def look(self) -> Website:
        """How the pages look."""
        return self.plan.cover.site or Website()

    @property
    def name(self) -> str:
        """Whose plan it is, or what it is called."""
        return self.plan.cover.organisation or self.plan.cover.title

    @cached_property
    def things(self) -> Mapping[str, frozenset[str]]:
        """The ids of everything that has a page, by section."""
        plan = self.plan
        return {
            "indicators": frozenset(plan.indicator),
            "actions": frozenset(plan.action),
            "priorities": frozenset(plan.priority),
            "services": frozenset(plan.service),
            "venues": frozenset(venue.id for venue in plan.venues),
        }


class SitePage(NamedTuple):
    """A page of a site."""

    address: str
    document: Document
    trail: Sequence[tuple[str, str]] = ()
    """The pages above it, each with its title and its address; home is left out."""
    summary: str = ""
    """What it says in a sentence, for search engines."""
    sortable: bool = False
    """Whether its tables can be sorted and filtered, where scripts run."""
    folded: frozenset[str] = frozenset()
    """The keys of sections that are closed until somebody opens them."""
    linked_data: Mapping[str, object] | None = None
    """What it says to programs, as JSON-LD."""
    forms: Sequence[str] = ()
    """The formats that its document can be had in as well, beside it."""

    @property
    def area(self) -> str:
        """The part of the site that it is in: the first folder of its address."""
        return self.address.partition("/")[0] if "/" in self.address else HOME
