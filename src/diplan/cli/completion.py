"""What the shell offers for a word that is being typed, each with a few words on it.

It looks at the plan that `--workspace` or DIPLAN_WORKSPACE names, or the nearest one. Whatever goes
wrong, it offers nothing and says nothing, since a line is still being written.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from diplan.cli.lookup import SECTIONS
from diplan.ground.text import one_line

if TYPE_CHECKING:
    from diplan.files.workspace import Workspace
    from diplan.plan import Plan

Offer = tuple[str, str]
"""A word, and what it stands for; empty where the word says it."""
Completer = Callable[[typer.Context, str], list[Offer]]

LONGEST = 60
"""Characters of what is said beside a word."""
LATEST = 10
"""How many of the latest commits are offered."""


def offering(found: Callable[[typer.Context], Iterable[Offer]]) -> Completer:
    """A completer that offers what is *found*, as far as it begins like the word."""

    @wraps(found)
    def complete(ctx: typer.Context, incomplete: str) -> list[Offer]:
        try:
            offers = [offer for offer in found(ctx) if offer[0].startswith(incomplete)]
        except Exception:
            return []
        return [(word, _short(said)) for word, said in offers if one_line(word) == word]

    complete.__annotations__ = {"ctx": typer.Context, "incomplete": str, "return": list[Offer]}
    vars(complete).pop("__wrapped__")  # typer looks at the signature
    return complete


def _short(said: str) -> str:
    flat = " ".join(one_line(said).split())
    return flat if len(flat) <= LONGEST else f"{flat[: LONGEST - 1].rstrip()}…"


def home_of(ctx: typer.Context) -> "Workspace":
    """The workspace that the line so far names, or the environment, or the nearest one."""
    from diplan.files.journal import before_interrupted_edit
    from diplan.files.workspace import find_workspace, workspace_at

    named = ctx.params.get("workspace") or ctx.params.get("workspace_") or _from_environment(ctx)
    return before_interrupted_edit(workspace_at(Path(named)) if named else find_workspace(Path()))[
        0
    ]


def _from_environment(ctx: typer.Context) -> str | None:
    """The workspace that the environment names, by the option's own variable."""
    options = (
        option for option in ctx.command.params if option.name in ("workspace", "workspace_")
    )
    return next((option.resolve_envvar_value(ctx) for option in options), None)


def _plan(ctx: typer.Context) -> "Plan":
    from diplan.files.load import load

    plan = load(home_of(ctx)).plan
    if plan is None:
        raise LookupError
    return plan


def ids_of(*sections: str) -> Completer:
    """Ids in some sections (all of them if none), each with its title."""

    def found(ctx: typer.Context) -> Iterator[Offer]:
        plan = _plan(ctx)
        for section in sections or SECTIONS:
            for entity in getattr(plan, section, ()):
                title = getattr(entity, "title", None) or getattr(entity, "name", None)
                yield entity.id, title or ""

    return offering(found)


def names_in(module: str, attribute: str) -> Completer:
    """The names that a module of diplan holds, or that its function gives."""

    def found(_: typer.Context) -> Iterator[Offer]:
        names = getattr(import_module(f"diplan.{module}"), attribute)
        names = names() if callable(names) else names
        for name in names:
            said = names[name] if isinstance(names, Mapping) else ""
            yield str(name), str(said if isinstance(said, str) else getattr(said, "title", ""))

    return offering(found)


@offering
def years(ctx: typer.Context) -> Iterator[Offer]:
    """The years of the plan."""
    from diplan.ground.period import following, year_containing

    cover = _plan(ctx).cover
    if cover.from_ is None:
        return
    year = year_containing(cover.years, cover.from_.end)
    for _ in range(100):
        yield year.text, f"to {year.last_day}"
        year = following(year)
        if cover.to is None or year.start >= cover.to.end:
            return


@offering
def revisions(ctx: typer.Context) -> Iterator[Offer]:
    """Tags, branches and the latest commits of the plan's repository."""
    from diplan.files.git import answer
    from diplan.files.history import GitRepository

    repository = GitRepository(home_of(ctx))
    form = "%(refname:short)%09%(contents:subject)"
    asked = ("for-each-ref", f"--format={form}", "refs/tags", "refs/heads")
    log = ("log", f"-{LATEST}", "--format=%h%x09%s")
    for arguments in (asked, log):
        said = answer(repository.root, *arguments, files=repository.top)
        for line in said.decode("utf-8", "replace").splitlines():
            name, _, subject = line.partition("\t")
            yield name, subject


@offering
def states(ctx: typer.Context) -> Iterator[Offer]:
    """What `diplan diff` compares: years and revisions."""
    for completer in (years, revisions):
        yield from completer(ctx, "")


@offering
def grades(ctx: typer.Context) -> Iterator[Offer]:
    """The plan's grades."""
    from diplan.judge.statuses import NOT_GRADED

    yield from ((grade, "") for grade in (*_plan(ctx).cover.grades, NOT_GRADED))


@offering
def types_of_venues(ctx: typer.Context) -> Iterator[Offer]:
    """The types of the plan's places."""
    yield from ((str(kind), "") for kind in dict.fromkeys(each.type for each in _plan(ctx).venues))


@offering
def definitions(ctx: typer.Context) -> Iterator[Offer]:
    """The definitions that the plan's indicators are measured under."""
    for indicator in _plan(ctx).indicators:
        if indicator.definition:
            yield indicator.definition, indicator.title


@offering
def plan_ids(ctx: typer.Context) -> Iterator[Offer]:
    """The id of the plan."""
    cover = _plan(ctx).cover
    yield cover.id, cover.title


@offering
def days(_: typer.Context) -> Iterator[Offer]:
    """The days of the week."""
    from diplan.ground.hours import DAYS, NAMES

    yield from zip(DAYS, NAMES, strict=True)


@offering
def columns_taken(_: typer.Context) -> Iterator[Offer]:
    """The keys that a column of a CSV file may be taken as."""
    from diplan.exchange.csv_figures import KEYS

    yield from ((f"{key}=", "") for key in KEYS)


@offering
def keys(ctx: typer.Context) -> Iterator[Offer]:
    """The keys of what is added, set or revised, each with what it means."""
    from diplan.plan import SECTIONS as RECORDS
    from diplan.plan.fields.schema import meanings

    section = _section(ctx)
    for key, said in meanings(RECORDS[section]).items():
        yield f"{key}=", said.partition(".")[0]


def _section(ctx: typer.Context) -> str:
    """The section that a command is about: what it adds, or what has the id that was typed."""
    from diplan.cli.lookup import find_in

    if named := ctx.params.get("name") if ctx.command.name in ("set", "revise") else None:
        return find_in(_plan(ctx), str(named), ctx.params.get("where")).section
    from diplan.ground.english import plural

    return _ADDED.get(ctx.command.name or "") or plural(ctx.command.name or "")


_ADDED = {"corporate": "corporate", "governance": "governance", "priority": "priorities",
          "activity": "activities"}  # fmt: skip
