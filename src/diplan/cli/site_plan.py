"""What a site is made from: the plan today, and as git kept it at the end of each year."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from diplan.cli.moments import moment_in, plan_year
from diplan.cli.output import remark
from diplan.cli.workspace import open_plan, the_workspace
from diplan.ground.errors import OptionError

if TYPE_CHECKING:
    from diplan.files.history import GitRepository
    from diplan.ground.period import Period
    from diplan.plan import Plan
    from diplan.site.records import Site, Year


class PlanToPublish(NamedTuple):
    """A site, and the folder of the plan that it is made from."""

    site: "Site"
    root: Path


def site_of(
    folder: Path | None, as_of: str | None, year: str | None, base_url: str | None
) -> PlanToPublish:
    """The site of a plan, at the moment that the options name.

    Raises:
        OptionError: an option is not what it should be.
    """
    from diplan.ground.period import year_containing
    from diplan.judge import assess
    from diplan.report.papers import Case
    from diplan.site.records import Site

    plan, loaded = open_plan(folder)
    now, cover = moment_in(plan, as_of, year), plan.cover
    within = min(now.end, cover.to.end) if cover.to else now.end
    of = plan_year(plan, year) if year else year_containing(cover.years, max(
        within, cover.from_.end if cover.from_ else within))  # fmt: skip
    before = year_containing(cover.years, of.start)
    texts = {key: source.text for key, source in loaded.narrative.items()}
    case = Case(assess(plan, now), before, of, texts)
    address = _address(base_url or (cover.site.base_url if cover.site else None) or "")
    years = list(_years(folder, plan, now))
    return PlanToPublish(
        Site(case, years, loaded.where, address, logo=_logo(plan, loaded.root)), loaded.root
    )


def _address(written: str) -> str:
    """A base address with a stroke at its end; empty where there is none."""
    from diplan.plan.website import Website

    if not written:
        return ""
    try:
        Website(base_url=written)
    except ValueError:
        message = f'--base-url: "{written}" is not a web address'
        raise OptionError(message, "write one like https://plan.example.org/") from None
    return f"{written.rstrip('/')}/"


def _logo(plan: "Plan", root: Path) -> tuple[str, bytes] | None:
    """The council's logo, where the plan names one."""
    from diplan.files.workspace.regular import read_regular
    from diplan.ground.errors import UnreadableError

    look = plan.cover.site
    if look is None or look.logo is None:
        return None
    try:
        return look.logo, read_regular(root, look.logo, LARGEST_LOGO)
    except UnreadableError as error:
        message = f'the logo "{look.logo}" cannot be read: {error}'
        raise OptionError(
            message, "put the file beside the folder data, or take `logo` out"
        ) from None


LARGEST_LOGO = 2**20


def _years(folder: Path | None, plan: "Plan", now: "Period") -> "Iterator[Year]":
    """The years of the plan that have ended, as promised and known then as far as git tells."""
    from diplan.ground.period import following, year_containing
    from diplan.judge import assess
    from diplan.site.records import Year

    cover = plan.cover
    if cover.from_ is None:
        return
    last = min(now.end, cover.to.end) if cover.to else now.end
    repository = _repository(folder)
    year = year_containing(cover.years, cover.from_.end)
    while year.end <= last:
        before = year_containing(cover.years, year.start)
        known, today = _known_then(repository, year), assess(plan, year)
        yield Year(year, before, assess(known, year) if known else today, today, known is not None)
        year = following(year)


def _repository(folder: Path | None) -> "GitRepository | None":
    """The history of the data, where git keeps it; a shallow one is told what it lacks."""
    from diplan.files.git import GitError
    from diplan.files.history import GitRepository

    try:
        repository = GitRepository(the_workspace(folder))
    except GitError:
        return None
    if repository.is_shallow:
        remark("this clone is shallow, so earlier years are as known today, not as known then:")
        remark("  = `git fetch --unshallow` fetches the rest")
    return repository


def _known_then(repository: "GitRepository | None", year: "Period") -> "Plan | None":
    """The plan as git kept it at the end of a year, if all of it can be read."""
    from diplan.files.load import load

    if repository is None or repository.is_shallow:
        return None
    snapshot = repository.before(year.last_day.isoformat())
    loaded = load(snapshot) if snapshot else None
    return loaded.plan if loaded and not loaded.errors else None
