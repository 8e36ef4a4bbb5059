"""`diplan history`: every change to an indicator or action that git remembers."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from diplan.cli.lookup import known_id
from diplan.cli.moments import period_option
from diplan.cli.options import Colour, ColourOption, FormatOption, IdArgument, WorkspaceOption
from diplan.cli.output import print_report, remark
from diplan.cli.workspace import open_plan, the_workspace

if TYPE_CHECKING:
    from diplan.files.history import Commit, GitRepository
    from diplan.judge.diff import Changes
    from diplan.plan import CoverSheet, Plan
    from diplan.report.history import HistoryEntry


def history(
    name: IdArgument,
    format: FormatOption = None,  # noqa: A002 - the option's name
    colour: ColourOption = Colour.auto,
    workspace_: WorkspaceOption = None,
) -> None:
    """Show every change to an indicator or action in git, and why.

    Each change is shown with the status it had then.

    \b
    Examples:
      diplan history offline-households
      diplan history website-redesign --format json
    """
    from diplan.files.history import GitRepository
    from diplan.report.history import history as build

    plan, _ = open_plan(workspace_)
    section = "indicators" if known_id(name, plan) in plan.indicator else "actions"
    title = (plan.indicator if section == "indicators" else plan.action)[name].title
    repository = GitRepository(the_workspace(workspace_))
    if repository.is_shallow:
        remark("this clone is shallow, so its history is not complete:")
        remark("  = `git fetch --unshallow` fetches the rest")
    entries = list(_entries(repository, plan, section, name))
    print_report(build(name, title, entries), format, colour)


class _Then(NamedTuple):
    """A commit, with the plan's settings and the thing that is asked about, as it then was.

    `entity` is None where the plan did not have it; `unread` where nobody can say.
    """

    commit: "Commit"
    cover: "CoverSheet"
    entity: Any
    unread: bool


def _entries(
    repository: "GitRepository", plan: "Plan", section: str, name: str
) -> "Iterator[HistoryEntry]":
    """The commits that changed it, each against the one before, at the day it was made."""
    from diplan.ground.period import LAST_YEAR
    from diplan.judge import assess
    from diplan.judge.diff import changes_between
    from diplan.report.history import HistoryEntry

    everything = period_option("the last year", str(LAST_YEAR))
    before: _Then | None = None
    for then in list(_thens(repository, plan, section, name))[::-1]:
        if then.unread:
            continue  # so the next is held to the one before
        entity, earlier = then.entity, before.entity if before else None
        if entity == earlier:
            continue
        when = period_option("the commit's date", then.commit.day)
        what: tuple[str, ...] = ("added",)
        if before and earlier:
            changes = changes_between(
                (_alone(before, section), everything), (_alone(then, section), everything)
            )
            what = tuple(_told(changes, (entity or earlier).id)) or ("form alone",)
        now = assess(_alone(then, section), when)
        status = _status(now, section, entity.id) if entity else "not in the plan"
        yield HistoryEntry(then.commit.day, then.commit.id, then.commit.subject, what, status)
        before = then


def _thens(repository: "GitRepository", plan: "Plan", section: str, name: str) -> Iterator[_Then]:
    """The thing at each commit, the latest first: its name is traced back through renaming.

    A file is read again only where its content is another one.
    """
    from diplan.plan.pairing import counterpart

    read: dict[str, Plan] = {}
    later: list[Any] = []
    for state in repository.states(("plan", section)):
        read = {path: read.get(path, plan) for path in state.paths}
        read |= {path: _read(path, data, plan) for path, data in state.contents.items()}
        covers = (part.cover for path, part in read.items() if _is_cover(path))
        cover = next((candidate for candidate in covers if candidate is not plan.cover), plan.cover)
        parts = [part for path, part in read.items() if not _is_cover(path)]
        entities = [entity for part in parts for entity in getattr(part, section)]
        names = [part.names.get(section) for part in parts]
        if not any(ids is None or name in ids for ids in names):
            former = counterpart(entities, later, name)
            name = former.id if former else name
        entity = next((candidate for candidate in entities if candidate.id == name), None)
        unread = entity is None and any(ids is None or name in ids for ids in names)
        yield _Then(state.commit, cover, entity, unread)
        later = entities


def _is_cover(path: str) -> bool:
    return path.startswith(("data/plan.", "data/plan/"))


def _read(path: str, data: bytes, plan: "Plan") -> "Plan":
    """What one file of the past says; the plan of today has the settings that it may not say."""
    from diplan.files.load import load
    from diplan.files.workspace import Snapshot

    return load(Snapshot(Path(), {path: data}, ""), cover=plan.cover).plan or plan


def _alone(then: _Then, section: str) -> "Plan":
    """The thing in a plan of its own."""
    from diplan.plan import Plan

    entities: dict[str, Any] = {section: (then.entity,) if then.entity else ()}
    return Plan(then.cover, **entities)


def _told(changes: "Changes", name: str) -> Iterator[str]:
    """What a comparison says of one thing."""
    for indicator in changes.indicators:
        if indicator.id == name:
            yield from (f"{step.cause}: {step.detail}" for step in indicator.causes)
    for action in changes.actions:
        if action.id == name:
            moved = f" from {action.before} to {action.after}" if action.before else ""
            told = moved or (f": {action.after}" if action.after else "")
            why = f" ({action.why})" if action.why else ""
            yield f"{action.change}{told}{why}"


def _status(assessment: Any, section: str, name: str) -> str:
    from diplan.report import wording

    if section == "indicators":
        return wording.status(assessment.verdict[name])
    (standing,) = assessment.standings
    return wording.grade(standing).text
