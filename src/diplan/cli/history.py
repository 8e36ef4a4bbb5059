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

    read = (
        (commit, load(snapshot, cover=plan.cover).plan)
        for commit, snapshot in repository.revisions(("plan", section))
    )
    states = [(commit, state) for commit, state in read if state]
    names = _names([state for _, state in states], section, name)
    everything = period_option("the last year", str(LAST_YEAR))
    old: Plan | None = None
    before: Any = None
    for (commit, new), own in zip(states, names, strict=True):
        after = _entity(new, section, own)
        if after is None and own in new.names.get(section, {own}):
            continue  # it could not be read in this commit, so the next is held to the one before
        if after != before:
            when = period_option("the commit's date", commit.day)
            if old is None or before is None:
                what: tuple[str, ...] = ("added",)
            else:
                found = compare((old, everything), (new, everything))
                what = tuple(_told(found, own if after else before.id)) or ("form alone",)
            status = _status(assess(new, when), section, own) if after else "not in the plan"
            yield Entry(commit.day, commit.id, commit.subject, what, status)
            before = after
        old = new


def _names(states: "list[Plan]", section: str, name: str) -> list[str]:
    """What the thing was called in each state: its name now, traced back through renaming."""
    from diplan.model.differences import renamed

    names: list[str] = []
    later: Plan | None = None
    for state in reversed(states):
        entity = _entity(later, section, name) if later else None
        if later and entity and name not in state.names.get(section, {name}):
            known = {one.id for one in getattr(later, section)}
            gone = [one for one in getattr(state, section) if one.id not in known]
            earlier = renamed(gone, entity)
            name = earlier.id if earlier else name
        names.append(name)
        later = state
    return names[::-1]


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
            told = moved or (f": {action.after}" if action.after else "")
            why = f" ({action.why})" if action.why else ""
            yield f"{action.change}{told}{why}"


def _status(found: Any, section: str, name: str) -> str:
    from diplan.report import wording

    if section == "indicators":
        return wording.status(found.verdict[name])
    standing = next(one for one in found.standings if one.action.id == name)
    return wording.grade(standing, found.plan).text
