"""What a site is made from: the plan today, and as git kept it at the end of each year."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext, suppress
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from diplan.cli.moments import moment_in, plan_year, today
from diplan.cli.output import remark
from diplan.cli.workspace import open_plan, the_workspace
from diplan.ground.english import listed
from diplan.ground.errors import DiplanError, NotAloneError, UnreadableError

if TYPE_CHECKING:
    from diplan.files.history import GitRepository
    from diplan.site.build import Beside, SiteFile
    from diplan.site.records import Site


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
    """What it has that only packages outside diplan's own can make: see `site.extras`."""

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


def extras_of(named: Sequence[str], order: Order) -> Sequence[str]:
    """What a site has more: what was named, else whatever can be made here unless it takes long.

    Raises:
        NoExtraError: what makes something that was named is not installed.
    """
    from diplan.site.extras import chosen, installed

    if named:
        return chosen(named)
    there = installed()
    if there and _is_large(order):
        remark(f"the plan is large, so the site is made without {listed(there)}")
        remark(f"  = {' '.join(f'--with {name}' for name in there)} makes it with them")
        return ()
    return there


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


def told_history(home: Path) -> "GitRepository | None":
    """The history of a plan, where git keeps it; the user is told what a shallow one lacks."""
    from diplan.site.making import SHALLOW, SHALLOW_HINT, history_of

    repository = history_of(the_workspace(home))
    if repository and repository.is_shallow:
        remark(SHALLOW)
        remark(f"  = {SHALLOW_HINT}")
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
    from diplan.files.workspace import LARGEST_FILE
    from diplan.files.workspace.regular import read_regular

    when = order.as_of or order.year or today()
    said = __version__, when, order.base_url, order.earlier_years, order.extras, len(order.homes)
    made = sha256(repr(said).encode())
    for path in sorted(order.sources()):
        with suppress(UnreadableError):  # what is not read into a site says nothing of it
            data = read_regular(path.parent, path.name, LARGEST_FILE)
            made.update(repr((path.name, len(data))).encode() + data)
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
    from diplan.site.making import SiteOrder, made_from

    plan, loaded = open_plan(home)
    return made_from(
        loaded,
        moment_in(plan, order.as_of, order.year),
        plan_year(plan, order.year) if order.year else None,
        repository,
        SiteOrder(order.base_url or "", order.earlier_years, order.extras, folder),
    )
