"""Edits from the command line: previewed, confirmed where there is a doubt, and saved."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from diplan.cli.ask import confirm, interactive
from diplan.cli.lookup import find
from diplan.cli.moments import today
from diplan.cli.output import emit, remark
from diplan.cli.workspace import last_read, plan_of, the_workspace
from diplan.ground.english import capital, day_in_words, in_words
from diplan.ground.errors import OptionError
from diplan.ground.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from diplan.files.edit import Draft, Make, Put
    from diplan.files.load import Loaded
    from diplan.files.yaml.plain import Plain
    from diplan.ground.period import Period
    from diplan.plan import Indicator, Plan
    from diplan.problems import Place


def already_there(what: str, place: "Place", name: str, path: str) -> OptionError:
    """The error for what the plan has: only a revision changes it. Headings have no ledger."""
    hint = f"`diplan revise {name} {path}=... --why ...` changes it openly"
    if place.section == "priorities":
        hint = f"write another date, or correct it with `diplan set {name} {path}=...`"
    return OptionError(f"there is {what} already", hint)


def refuse_known(indicator: "Indicator", place: "Place", when: "Period") -> None:
    """See that an indicator has no figure for a period yet, in whatever form it is written.

    Raises:
        OptionError: it has one, or says for good why there is none.
    """
    for seen in indicator.observations:
        if seen.period == when and seen.missing != "to-be-confirmed":
            same = f" ({when})" if seen.period.text != when.text else ""
            path = f"observations.{seen.period}"
            keys = f"{path}.missing= {path}.value" if seen.missing else f"{path}.value"
            what = f"an entry ({seen.missing})" if seen.missing else "a figure"
            raise already_there(f"{what} for {seen.period}{same}", place, indicator.id, keys)


def save_entry(
    folder: Path | None,
    plan: "Plan",
    place: "Place",
    when: "Period",
    values: "dict[str, Plain]",
    *,
    new_source: "dict[str, Plain] | None" = None,
    asked: bool = False,
    dry_run: bool,
    yes: bool,
) -> None:
    """Save a figure of what is at a place, or an update of it: see `carry_out`.

    A figure is asked about where it is doubtful. A new source that it names is added with it.
    """
    from diplan.checks.doubts import doubts
    from diplan.files.edit import Put, put_in_time
    from diplan.problems import Place

    entity = getattr(plan, place.section)[place.item]

    def make(loaded: "Loaded") -> "list[Put]":
        now = plan_of(loaded)
        beside = Place("sources", len(loaded.origins["sources"]))
        sources = [Put(beside, new_source)] if new_source else []
        return [*sources, put_in_time(now, find(now, entity.id, [place.section]), when, values)]

    def doubted(after: "Plan") -> Iterator[str]:
        (new,) = (seen for seen in after.indicator[entity.id].observations if seen.period == when)
        return doubts(entity, new, after.cover.approximate_within)

    carry_out(
        folder,
        make,
        about=place,
        moment=when,
        doubts=doubted if place.section == "indicators" else None,
        asked=asked,
        dry_run=dry_run,
        yes=yes,
    )


def carry_out(
    folder: Path | None,
    make: "Make",
    *,
    about: "Place | None" = None,
    moment: "Period | None" = None,
    doubts: "Callable[[Plan], Iterable[str]] | None" = None,
    asked: bool = False,
    summary: Iterable[str] | None = None,
    dry_run: bool = False,
    yes: bool = False,
) -> None:
    """Preview an edit, ask where there is a doubt, and save it.

    *about* is what it is about, for the verdict before and after: as of today. Where the edit
    speaks of a *moment* that has not ended, it says when it will count, and asks. *doubts* are
    what to ask once, of the plan as it would be. Where questions were *asked*, the last one is
    whether to save, after a *summary* in words, or else the lines that change.
    """
    from diplan.files.edit import draft, save

    home, when = the_workspace(folder), today()
    made = draft(home, make, when, last_read(home))
    if not made.files:
        remark("nothing to change: the plan already says this")
        return
    for line in _effect(made, about, when):
        remark(line)
    pending = moment is not None and moment.end > when.end
    if moment and pending:
        for line in _effect(made, about, moment):
            remark(f"as of {_last_day(moment)}: {line}")
    if dry_run:
        emit(made.diff())
        return
    questions = [] if yes else list(_questions(made, moment if pending else None, doubts))
    _ask_whether_right(questions)
    if asked and not yes and not questions:
        for line in summary or ():
            remark(one_line(line))
        if summary is None:
            emit(made.diff())
        or_stop(confirm("Save it?", default=True))
    done = save(home, make, when, remark, made)
    remark(f"wrote {', '.join(done.files)}")


def _ask_whether_right(questions: list[str]) -> None:
    """Stop unless each doubt is answered with yes.

    Raises:
        OptionError: there is nobody to ask.
    """
    for question in questions:
        said = question if question.endswith("?") else f"{question}."
        if not confirm(f"{capital(said)} Is that right?"):
            if not interactive():
                raise OptionError("; ".join(questions), "if that is right, say so with --yes")
            or_stop(False)


def or_stop(said: bool) -> None:
    """Say that nothing was saved, and end, unless somebody *said* yes."""
    if not said:
        remark("nothing was saved")
        raise typer.Exit(1)


def _questions(
    made: "Draft", pending: "Period | None", doubts: "Callable[[Plan], Iterable[str]] | None"
) -> Iterator[str]:
    """What to ask before saving."""
    if pending:
        yield f"{in_words(pending)} has not ended, so this counts from {_last_day(pending)} on"
    if doubts and made.after.plan:
        yield from doubts(made.after.plan)


def _last_day(when: "Period") -> str:

    return day_in_words(when.last_day)


def _effect(made: "Draft", about: "Place | None", moment: "Period") -> Iterator[str]:
    """The verdict before and after an edit, at a moment."""
    if about is None or about.section not in ("indicators", "actions", "priorities"):
        return
    before, after = (_stands(loaded, about, moment) for loaded in (made.before, made.after))
    if before == after or not before:
        yield after
    else:
        yield f"before: {before}"
        yield f"after:  {after}"


def _stands(loaded: "Loaded", about: "Place", moment: "Period") -> str:
    from diplan.judge import assess
    from diplan.judge.action import heading_standing
    from diplan.report import wording
    from diplan.report.actions import heading_sentence, sentence

    plan = loaded.plan
    if plan is None or about.item >= len(getattr(plan, about.section)):
        return ""
    name = getattr(plan, about.section)[about.item].id
    if about.section == "priorities":
        heading = heading_standing(plan.priorities[about.item], moment, plan.cover)
        return f"{heading.priority.title}: {heading_sentence(heading)}"
    assessment = assess(_around(plan, about.section, name), moment)
    if about.section == "actions":
        (standing,) = assessment.standings
        return f"{standing.action.title}: {sentence(standing)}"
    verdict = assessment.verdict[name]
    return f"{verdict.indicator.title}: {wording.sentence(verdict)}"


def _around(plan: "Plan", section: str, name: str) -> "Plan":
    """The part of a plan that the verdict on one entity can depend on, directly or not."""
    from dataclasses import replace

    from diplan.plan.references import references

    if section == "actions":
        actions = tuple(action for action in plan.actions if action.id == name)
        return replace(plan, indicators=(), actions=actions)
    beside: dict[str, set[str]] = {}
    for indicator in plan.indicators:
        for used in references(indicator):
            if used.section == "indicators":
                beside.setdefault(indicator.id, set()).add(used.name)
                beside.setdefault(used.name, set()).add(indicator.id)
    near, waiting = {name}, [name]
    while waiting:
        more = beside.get(waiting.pop(), set()) - near
        near |= more
        waiting += more
    indicators = tuple(indicator for indicator in plan.indicators if indicator.id in near)
    return replace(plan, indicators=indicators, actions=())
