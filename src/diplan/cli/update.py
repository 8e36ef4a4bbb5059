"""`diplan update`: how an action stands."""

from typing import TYPE_CHECKING, Annotated

import typer

from diplan.cli.ask import ask, interactive
from diplan.cli.lookup import find, grade_of, ids_of
from diplan.cli.moments import period_option, today
from diplan.cli.options import DryRunOption, PlaceOption, SourceOption, WorkspaceOption, YesOption
from diplan.cli.output import remark
from diplan.cli.save import already_there, save_entry
from diplan.cli.workspace import open_plan
from diplan.ground.english import in_or_on
from diplan.ground.errors import OptionError

if TYPE_CHECKING:
    from diplan.files.yaml.plain import Plain
    from diplan.plan import Action, Plan


def update(
    name: Annotated[
        str, typer.Argument(metavar="ACTION", help="Its id.", autocompletion=ids_of("actions"))
    ],
    grade: Annotated[
        str | None,
        typer.Argument(
            metavar="GRADE", help="A grade of the plan's scale, or its number: 1 is the best."
        ),
    ] = None,
    evidence: Annotated[str | None, typer.Option(help="How you can tell.")] = None,
    date: Annotated[
        str | None, typer.Option(metavar="PERIOD", help="The date of this status. Default: today.")
    ] = None,
    source: SourceOption = None,
    at: PlaceOption = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Report how an action stands: its grade, and the evidence.

    At a terminal it asks for what is not given.

    \b
    Examples:
      diplan update website-redesign
      diplan update website-redesign on-track --evidence "The new design is being tested"
      diplan update website-redesign 1 --date 2017-03-06 --evidence "Live since 6 March"
    """
    plan, _ = open_plan(workspace)
    place = find(plan, name, ["actions"])
    action = plan.actions[place.item]
    asked = grade is None and interactive()
    if asked:
        grade, evidence = _asked(action, plan, evidence)
    if grade is None:
        raise OptionError("GRADE is missing", f"one of: {', '.join(plan.cover.grades)}")
    when = period_option("--date", date) if date else today()
    if any(past.date == when for past in action.updates):
        raise already_there(f"an update of {when}", action.id, f"updates.{when}.grade")
    more = {"evidence": evidence, "source": source, "at": at}
    values: dict[str, Plain] = {"date": when.text, "grade": _grade(grade, plan)}
    values |= {key: value for key, value in more.items() if value}

    save_entry(workspace, plan, place, when, values, asked=asked, dry_run=dry_run, yes=yes)


def _asked(action: "Action", plan: "Plan", evidence: str | None) -> tuple[str | None, str | None]:
    """What is missing, asked for; how the action stood is shown."""
    last = action.updates[-1] if action.updates else None
    shown = f"{last.grade} {in_or_on(last.date)}" if last else "no update yet"
    remark(f"{action.title}. So far: {shown}")
    for at, name in enumerate(plan.cover.grades, 1):
        remark(f"  {at}  {name}")
    grade = ask("How does it stand? (a number)")
    return grade, evidence or ask("How can you tell?", needed=False)


def _grade(written: str, plan: "Plan") -> str:
    """The grade of the scale that was meant."""
    scale = plan.cover.grades
    if written.isdecimal() and 1 <= int(written) <= len(scale):
        return scale[int(written) - 1]
    return grade_of(written, scale)
