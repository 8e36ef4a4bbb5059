"""What a site is made from: the plan today, and as git kept it at the end of each year."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from diplan.cli.moments import moment_in, plan_year, today
from diplan.cli.output import remark
from diplan.cli.workspace import open_plan, the_workspace
from diplan.ground.english import listed
from diplan.ground.errors import DiplanError, NoExtraError, NotAloneError, OptionError

if TYPE_CHECKING:
    from diplan.files.history import GitRepository
    from diplan.ground.period import Period
    from diplan.plan import Plan
    from diplan.site.build import SiteFile
    from diplan.site.downloads import Beside
    from diplan.site.records import Site, Year


class Order(NamedTuple):
    """Which plans are to be published, as of when, and where."""

    homes: Sequence[Path]
    as_of: str | None
    year: str | None
    base_url: str | None
    templates: Path | None
    earlier_years: int | None = None
    """How many of the years that have ended have pages of their own; all where it is None."""
    extras: Sequence[str] = ()
    """What it has that only packages outside diplan's own can make: see `PACKAGES`."""

    def sources(self) -> Iterator[Path]:
        """The files that a site is made from: those of the plans, and templates."""
        folders = [(home / "data", "**/*") for home in self.homes]
        folders += [(home / "templates", "*") for home in self.homes]
        folders += [(home, f"*.{form}") for home in self.homes for form in ("svg", "png")]
        folders += [(self.templates, "*")] if self.templates else []
        for folder, pattern in folders:
            yield from (path for path in folder.glob(pattern) if path.is_file())


Histories = Mapping[Path, "GitRepository | None"]
"""The history of each plan, by its folder."""

LARGE = 2**19
"""Bytes of data from which another process is worth its start."""
PACKAGES = {
    "search": ("pagefind", "pagefind_bin"),
    "pdf": ("typst", "font_source_sans_pro"),
    "docx": ("docx", "lxml", "typst", "font_source_sans_pro"),
}
"""What a site may have more, with the packages that it needs."""


def extras_of(named: Sequence[str], order: Order) -> Sequence[str]:
    """What a site has more: what was named, else whatever can be made here unless it takes long.

    Raises:
        NoExtraError: what makes something that was named is not installed.
    """
    there = [name for name, needed in PACKAGES.items() if all(map(find_spec, needed))]
    if not named and there and _is_large(order):
        remark(f"the plan is large, so the site is made without {listed(there)}")
        remark(f"  = {' '.join(f'--with {name}' for name in there)} makes it with them")
        return ()
    for name in named:
        if name in PACKAGES and name not in there:
            made, extra = _MADE[name], "search" if name == "search" else "documents"
            raise NoExtraError(made, extra)
    return [name for name in there if not named or name in named]


_MADE = {"search": "an index of words", "pdf": "PDF files", "docx": "Word documents"}


def _is_large(order: Order) -> bool:
    return sum(path.stat().st_size for path in order.sources()) > LARGE


def homes_of(plans: list[Path] | None, workspace: Path | None) -> list[Path]:
    """The folders of the plans that were named; of the nearest plan where none was."""
    from diplan.files.collection import plan_folders

    if not plans:
        return [the_workspace(workspace).root]
    if workspace:
        raise NotAloneError(["PLAN", "--workspace"])
    return plan_folders(plans)


def history_of(home: Path) -> "GitRepository | None":
    """The history of a plan, where git keeps it; the user is told what a shallow one lacks."""
    from diplan.files.git import GitError
    from diplan.files.history import GitRepository

    try:
        repository = GitRepository(the_workspace(home))
    except GitError:
        return None
    if repository.is_shallow:
        remark("this clone is shallow, so earlier years are as known today, not as known then:")
        remark("  = `git fetch --unshallow` fetches the rest")
    return repository


def files_of(order: Order, histories: Histories) -> "Iterator[SiteFile]":
    """Every file of the site that was ordered."""
    from diplan.cli.many import one_beside
    from diplan.site.build import later

    with one_beside() if _is_large(order) else nullcontext(later) as beside:
        yield from _files(order, histories, beside)


def _files(order: Order, histories: Histories, beside: "Beside") -> "Iterator[SiteFile]":
    from diplan.site.build import site_files
    from diplan.site.front import sites_files
    from diplan.site.layout import SiteLayout

    folders = [order.templates] if order.templates else []
    if len(order.homes) == 1:
        home = order.homes[0]
        site = site_of(home, order, histories[home])
        return site_files(site, SiteLayout(site, [*folders, home / "templates"]), beside)
    makers = [
        partial(site_of, home, order, histories[home], folder)
        for home, folder in _folders(order.homes)
    ]
    return sites_files(makers, folders, beside)


def key_of(order: Order, histories: Histories) -> str:
    """What the whole site is made from: the same key gives the same site."""
    from diplan import __version__

    when = order.as_of or order.year or today()
    said = __version__, when, order.base_url, order.earlier_years, order.extras, len(order.homes)
    made = sha256(repr(said).encode())
    for path in sorted(order.sources()):
        made.update(repr((path.name, path.stat().st_size)).encode())
        made.update(path.read_bytes())
    for repository in filter(None, histories.values()):
        made.update(repr((repository.is_shallow, repository.resolve("HEAD"))).encode())
    return made.hexdigest()


def _folders(homes: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Each plan with the folder that its part of the site is in: its id.

    Raises:
        DiplanError: two plans have the same id.
    """
    taken: dict[str, Path] = {}
    for home in homes:
        name = open_plan(home)[0].cover.id
        if name in taken:
            message = f'two plans have the id "{name}": "{taken[name]}" and "{home}"'
            hint = "leave one of them out, or give it an id of its own in its data/plan.yaml"
            raise DiplanError(message, hint)
        taken[name] = home
        yield home, f"{name}/"


def site_of(
    home: Path, order: Order, repository: "GitRepository | None", folder: str = ""
) -> "Site":
    """The site of one plan, at the moment that was ordered.

    Raises:
        OptionError: an option is not what it should be.
    """
    from diplan.files.workspace import shown_before
    from diplan.ground.period import year_containing
    from diplan.judge import assess
    from diplan.report.papers import Case
    from diplan.site.papers import FORMS
    from diplan.site.records import Site

    plan, loaded = open_plan(home)
    now, cover = moment_in(plan, order.as_of, order.year), plan.cover
    moment = min(now.end, cover.to.end) if cover.to else now.end
    if cover.from_:
        moment = max(moment, cover.from_.end)
    of = plan_year(plan, order.year) if order.year else year_containing(cover.years, moment)
    texts = {key: source.text for key, source in loaded.narrative.items()}
    case = Case(assess(plan, now), year_containing(cover.years, of.start), of, texts)
    own = cover.site.base_url if cover.site else None
    address = _address(order.base_url or own or "")
    return Site(
        case,
        list(_years(repository, plan, now, order.earlier_years)),
        lambda place: loaded.where(place).removeprefix(shown_before(home)),
        f"{address}{folder}" if address else "",
        folder,
        _logo(plan, loaded.root),
        _renamed(repository, plan),
        [name for name in order.extras if name in FORMS],
        "search" in order.extras,
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


def _years(
    repository: "GitRepository | None", plan: "Plan", now: "Period", most: int | None
) -> "Iterator[Year]":
    """The last years of the plan that have ended, as promised and known then if git can tell."""
    from diplan.ground.period import following, year_containing
    from diplan.judge import assess
    from diplan.site.records import Year

    cover = plan.cover
    if cover.from_ is None:
        return
    last = min(now.end, cover.to.end) if cover.to else now.end
    ended: list[Period] = []
    year = year_containing(cover.years, cover.from_.end)
    while year.end <= last:
        ended.append(year)
        year = following(year)
    for year in ended if most is None else ended[len(ended) - min(most, len(ended)) :]:
        before = year_containing(cover.years, year.start)
        known, today = _known_then(repository, year), assess(plan, year)
        yield Year(year, before, assess(known, year) if known else today, today, known is not None)


def _known_then(repository: "GitRepository | None", year: "Period") -> "Plan | None":
    """The plan as git kept it at the end of a year, if all of it can be read."""
    from diplan.files.load import load

    if repository is None or repository.is_shallow:
        return None
    snapshot = repository.before(year.last_day.isoformat())
    loaded = load(snapshot) if snapshot else None
    return loaded.plan if loaded and not loaded.errors else None


def _renamed(repository: "GitRepository | None", plan: "Plan") -> "Mapping[str, Mapping[str, str]]":
    """Former ids of indicators and actions, each with that of today, as far as git tells."""
    from diplan.files.load import load
    from diplan.files.workspace import Snapshot
    from diplan.plan.pairing import pairs

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
