"""Which paper is to be made, of which year, and about what."""

from collections.abc import Mapping

from diplan.files.workspace import ending
from diplan.ground.english import either
from diplan.ground.errors import OptionError
from diplan.ground.lookup import known_in, one_of
from diplan.ground.period import Period, earlier, following, year_containing
from diplan.ground.text import NamedText
from diplan.judge import Assessment
from diplan.plan import CoverSheet, Plan
from diplan.plan.plan import FILES
from diplan.report.papers import REPORTS, REVIEW_MONTHS, Case


def year_of(cover: CoverSheet, now: Period) -> Period:
    """The year of a plan that a moment is in: its first one before, and its last one after it."""
    moment = min(now.end, cover.to.end) if cover.to else now.end
    if cover.from_:
        moment = max(moment, cover.from_.end)
    return year_containing(cover.years, moment)


def years_until(cover: CoverSheet, now: Period) -> list[Period]:
    """The years of a plan that have ended by a moment; none where it has no beginning."""
    if cover.from_ is None:
        return []
    last = min(now.end, cover.to.end) if cover.to else now.end
    year, ended = year_containing(cover.years, cover.from_.end), []
    while year.end <= last:
        ended.append(year)
        year = following(year)
    return ended


def case_of(
    texts: Mapping[str, NamedText], now: Assessment, year: Period, name: str = "", about: str = ""
) -> Case:
    """What the paper *name* on a year is made from; every paper but one on a service if empty."""
    before = year_containing(now.plan.cover.years, year.start)
    if name == "review":
        before = earlier(now.as_of, REVIEW_MONTHS[now.plan.cover.review or "yearly"])
    return Case(now, before, year, {key: source.text for key, source in texts.items()}, about)


def see_that_it_can_be_made(plan: Plan, name: str, about: str | None) -> None:
    """See that a paper is known, that the plan has what it shows, and what it is about.

    Raises:
        OptionError: it cannot be made; the message says why.
    """
    one_of("paper", name, REPORTS)
    wanted, needs = REPORTS[name].about, REPORTS[name].needs
    if not any(getattr(plan, section) for section in needs):
        message = f'"{name}" has nothing to show: the plan has no {either(needs)}'
        stems = [stem for stem, sections in FILES.items() if {*needs} & {*sections}]
        raise OptionError(message, f"add some to {either(f'data/{s}{ending(s)}' for s in stems)}")
    if bool(wanted) != bool(about):
        message = f'"{name}" needs the id of a {wanted}' if wanted else f'"{name}" takes no id'
        ids = ", ".join(getattr(plan, wanted)) if wanted else ""
        raise OptionError(message, f"one of: {ids}" if ids else f"write: diplan report {name}")
    if wanted and about:
        known_in(wanted, about, getattr(plan, wanted))
