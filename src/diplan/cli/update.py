"""`diplan update`: how an action or a graded heading stands."""

from typing import TYPE_CHECKING, Annotated

import typer

from diplan.cli.ask import NoAnswerError, ask, ask_until, pick
from diplan.cli.completion import grades, ids_of, years
from diplan.cli.lookup import find
from diplan.cli.moments import period_option, today
from diplan.cli.options import (
    DryRunOption,
    PlaceOption,
    SectionOption,
    SourceOption,
    WorkspaceOption,
    YesOption,
)
from diplan.cli.output import remark
from diplan.cli.save import already_there, save_entry
from diplan.cli.workspace import open_plan
from diplan.ground.english import in_or_on
from diplan.ground.errors import OptionError
from diplan.ground.lookup import grade_of, one_of

if TYPE_CHECKING:
    from diplan.files.yaml.plain import Plain
    from diplan.plan import Action, Plan, Priority


GRADED = ("actions", "priorities")
"""The sections whose entities carry updates."""


def update(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="ID",
            help="The id of an action or a heading; else you choose it by its title.",
            autocompletion=ids_of(*GRADED),
        ),
    ] = None,
    grade: Annotated[
        str | None,
        typer.Argument(
            metavar="GRADE",
            autocompletion=grades,
            help="A grade of the plan's scale, or its number there.",
        ),
    ] = None,
    evidence: Annotated[str | None, typer.Option(help="How you can tell.")] = None,
    date: Annotated[
        str | None,
        typer.Option(
            metavar="PERIOD", autocompletion=years, help="The date of this status. Default: today."
        ),
    ] = None,
    source: SourceOption = None,
    at: PlaceOption = None,
    where: SectionOption = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Report how an action or a heading stands: grade and evidence.

    At a terminal it lists the grades with their meanings, and asks for what is not given.

    \b
    Examples:
      diplan update website-redesign
      diplan update website-redesign on-track --evidence "The new design is being tested"
      diplan update website-redesign 1 --date 2017-03-06 --evidence "Live since 6 March"
      diplan update digital-skills slipped --evidence "Two of its five actions are late"
    """
    plan, _ = open_plan(workspace)
    sections = [one_of("section", where, GRADED)] if where else GRADED
    name = pick(plan, name, ["actions"], "Which action is it about?")
    place = find(plan, name, sections, f"action or {plan.cover.heading}")
    entity: Action | Priority = getattr(plan, place.section)[place.item]
    asked = grade is None
    if grade is None:
        try:
            grade, evidence = _asked(entity, plan, evidence)
        except NoAnswerError:
            listing = f"one of: {', '.join(plan.cover.grades)}"
            raise OptionError("GRADE is missing", listing) from None
    when = period_option("--date", date, plan) if date else today()
    there = next((past.date for past in entity.updates if past.date == when), None)
    if there:
        raise already_there(f"an update of {when}", place, name, f"updates.{there}.grade")
    more = {"evidence": evidence, "source": source, "at": at}
    values: dict[str, Plain] = {"date": when.text, "grade": _grade(grade, plan)}
    values |= {key: value for key, value in more.items() if value}

    save_entry(workspace, plan, place, when, values, asked=asked, dry_run=dry_run, yes=yes)


def _asked(
    entity: "Action | Priority", plan: "Plan", evidence: str | None
) -> tuple[str, str | None]:
    """What is missing, asked for; how it stood is shown, and what each grade means."""
    from diplan.report.wording import meaning

    last = max(entity.updates, key=lambda update: update.date.end, default=None)
    shown = f"{last.grade} {in_or_on(last.date)}" if last else "no update yet"
    remark(f"{entity.title}. So far: {shown}")
    for at, name in enumerate(plan.cover.grades, 1):
        remark(f"  {at}  {name}: {meaning(plan.cover.meaning(name))}")
    grade = ask_until("How does it stand? (a number)", lambda said: _grade(said, plan))
    return grade or "", evidence or ask("How can you tell?", needed=False)


def _grade(written: str, plan: "Plan") -> str:
    """The grade of the scale that was meant."""
    scale = plan.cover.grades
    if written.isdecimal() and 1 <= int(written) <= len(scale):
        return scale[int(written) - 1]
    return grade_of(written, scale)
