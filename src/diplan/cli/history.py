"""`diplan history`: every change to an indicator or action that git remembers."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from diplan.cli.common import (
    Colour,
    ColourOption,
    FormatOption,
    WorkspaceOption,
    open_plan,
    period_option,
    print_report,
    remark,
    workspace,
)
from diplan.cli.show import IdArgument, known_id

if TYPE_CHECKING:
    from diplan.changes import Changes
    from diplan.history import Repository
    from diplan.model import Plan
    from diplan.report.history import Entry


def history(
    name: IdArgument,
    format: FormatOption = None,  # noqa: A002 - the option's name
    colour: ColourOption = Colour.auto,
    workspace_: WorkspaceOption = None,
) -> None:
    """Walk the git history of an indicator or action: each change, why, and its status then.

    \b
    Examples:
      diplan history offline-households
      diplan history website-redesign --format json
    """
    from diplan.history import Repository
    from diplan.report.history import history as build

    plan, _ = open_plan(workspace_)
    section = "indicators" if known_id(name, plan) in plan.indicator else "actions"
    title = (plan.indicator if section == "indicators" else plan.action)[name].title
    repository = Repository(workspace(workspace_))
    if repository.is_shallow:
        remark("this clone is shallow, so its first commit is not where it all began:")
        remark("  = `git fetch --unshallow` brings the rest")
    entries = list(_entries(repository, plan, section, name))
    print_report(build(name, title, entries), format.value if format else None, colour)


def _entries(repository: "Repository", plan: "Plan", section: str, name: str) -> "Iterator[Entry]":
    """The commits that changed it, each against the one before, at the day it was made."""
    from diplan.assess import assess
    from diplan.changes import compare
    from diplan.loading import load
    from diplan.period import LAST_YEAR
    from diplan.report.history import Entry

    old: Plan | None = None
    before: Any = None
    for commit, snapshot in repository.revisions(("plan", section)):
        new = load(snapshot, cover=plan.cover).plan
        if new is None:
            continue
        after = _entity(new, section, name)
        if after is None and name in new.names.get(section, {name}):
            continue  # it could not be read in this commit, so the next is held to the one before
        if after != before:
            when = period_option("the commit's date", commit.day)
            if old is None:
                what: tuple[str, ...] = ("added",) if after else ()
            else:
                everything = period_option("", str(LAST_YEAR))
                found = compare((old, everything), (new, everything))
                what = tuple(_told(found, name)) or ("form alone",)
            now = assess(new, when)
            status = _status(now, section, name) if after else "not in the plan"
            if what:
                yield Entry(commit.day, commit.id, commit.subject, what, status)
            before = after
        old = new


def _entity(plan: "Plan", section: str, name: str) -> Any:
    return (plan.indicator if section == "indicators" else plan.action).get(name)


def _told(found: "Changes", name: str) -> Iterator[str]:
    """What a comparison says of one thing."""
    for one in found.indicators:
        if one.id == name:
            yield from (f"{step.cause}: {step.detail}" for step in one.causes)
    for action in found.actions:
        if action.id == name:
            moved = f" from {action.before} to {action.after}" if action.before else ""
            yield f"{action.change}{moved or (f': {action.after}' if action.after else '')}"


def _status(found: Any, section: str, name: str) -> str:
    from diplan.report import wording

    if section == "indicators":
        return wording.status(found.verdict[name])
    standing = next(one for one in found.standings if one.action.id == name)
    return wording.grade(standing, found.plan).text
