"""What a site is made from: the plan today, and as git kept it at the end of each year."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from diplan.files.git import GitError
from diplan.files.history import GitRepository
from diplan.files.load import Loaded, load
from diplan.files.workspace import Snapshot, Workspace, shown_before
from diplan.files.workspace.regular import read_regular
from diplan.ground.errors import OptionError, UnreadableError
from diplan.ground.period import Period, year_containing
from diplan.judge import assess
from diplan.plan import Plan
from diplan.plan.pairing import pairs
from diplan.plan.website import Website
from diplan.report.papers.ordering import case_of, year_of, years_until
from diplan.site.papers import FORMS
from diplan.site.records import Site, Year

SHALLOW = "this clone is shallow, so earlier years are as known today, not as known then"
SHALLOW_HINT = "`git fetch --unshallow` fetches the rest"


class SiteOrder(NamedTuple):
    """What a site is to be like.

    `base_url` is the address that it is published at, `earlier_years` how many of the years that
    have ended have pages of their own (all if None), `extras` what it has beside pages (`search`,
    `pdf`, `docx`), and `folder` where it is among several, with a stroke at its end.
    """

    base_url: str = ""
    earlier_years: int | None = None
    extras: Sequence[str] = ()
    folder: str = ""


def history_of(workspace: Workspace) -> GitRepository | None:
    """The history of a plan, where git keeps it and may be trusted."""
    try:
        return GitRepository(workspace)
    except GitError:
        return None


def made_from(
    loaded: Loaded,
    now: Period,
    year: Period | None,
    repository: GitRepository | None,
    order: SiteOrder,
) -> Site:
    """The site of a plan that was read whole, at a moment; *year* is the one of its papers.

    Raises:
        OptionError: the base address or the logo cannot be used.
    """
    plan = loaded.plan
    assert plan is not None  # noqa: S101 - it was read whole
    case = case_of(loaded.narrative, assess(plan, now), year or year_of(plan.cover, now))
    own = plan.cover.site.base_url if plan.cover.site else None
    address = _address(order.base_url or own or "")
    return Site(
        case,
        list(_years(repository, plan, now, order.earlier_years)),
        lambda place: loaded.where(place).removeprefix(shown_before(loaded.root)),
        f"{address}{order.folder}" if address else "",
        order.folder,
        _logo(plan, loaded.root),
        _renamed(repository, plan),
        [name for name in order.extras if name in FORMS],
        "search" in order.extras,
    )


def _address(written: str) -> str:
    """A base address with a stroke at its end; empty where there is none."""
    if not written:
        return ""
    try:
        Website(base_url=written)
    except ValueError:
        message = f'the base address "{written}" is not a web address'
        raise OptionError(message, "write one like https://plan.example.org/") from None
    return f"{written.rstrip('/')}/"


def _logo(plan: Plan, root: Path) -> tuple[str, bytes] | None:
    """The council's logo, where the plan names one."""
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


def _years(
    repository: GitRepository | None, plan: Plan, now: Period, most: int | None
) -> Iterator[Year]:
    """The last years of the plan that have ended, as promised and known then if git can tell."""
    cover, ended = plan.cover, years_until(plan.cover, now)
    for year in ended if most is None else ended[len(ended) - min(most, len(ended)) :]:
        before = year_containing(cover.years, year.start)
        known, today = _known_then(repository, year), assess(plan, year)
        yield Year(year, before, assess(known, year) if known else today, today, known is not None)


def _known_then(repository: GitRepository | None, year: Period) -> Plan | None:
    """The plan as git kept it at the end of a year, if all of it can be read."""
    if repository is None or repository.is_shallow:
        return None
    snapshot = repository.before(year.last_day.isoformat())
    loaded = load(snapshot) if snapshot else None
    return loaded.plan if loaded and not loaded.errors else None


def _renamed(repository: GitRepository | None, plan: Plan) -> Mapping[str, Mapping[str, str]]:
    """Former ids of indicators and actions, each with that of today, as far as git tells."""
    if repository is None:
        return {}
    today: dict[str, dict[str, str]] = {"indicators": {}, "actions": {}}
    later = plan
    held: dict[str, bytes] = {}
    for state in repository.states(("plan", "indicators", "actions")):
        held = {path: held[path] for path in state.paths if path in held} | dict(state.contents)
        then = load(Snapshot(Path(), held, "")).plan
        if then is None:
            continue
        for section, names in today.items():
            for old, new in pairs(getattr(then, section), getattr(later, section)):
                if old and new and old.id != new.id:
                    names.setdefault(old.id, names.get(new.id, new.id))
        later = then
    return today
