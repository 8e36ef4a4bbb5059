"""Every command by what is typed, and a group that imports only the command that is asked for.

The table holds names as text, so that `--help` and the shell's completion import no command, and
so that the rooms above this one can have commands too.
"""

from importlib import import_module
from typing import Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command


class Entry(NamedTuple):
    """The module of a command ("" for a group of commands), and a sentence on what it does.

    The function is named by its path: `add_venue` for `add venue`. The sentence is the first one of
    its docstring.
    """

    module: str
    help: str


COMMANDS = {
    "status": Entry("cli.status", "Show how the plan stands, and what needs attention."),
    "show": Entry("cli.show", "Show everything about an indicator or an action."),
    "why": Entry("cli.why", "Explain a verdict: its formula, its inputs and what is needed."),
    "actions": Entry(
        "cli.actions", "List actions: who leads them, when they are due, how they stand."
    ),
    "due": Entry("cli.due", "List what is due: figures, updates and dates, and from whom."),
    "venues": Entry("cli.venues", "List places to get online, and what each of them offers."),
    "diff": Entry("cli.diff", "Show what changed between two states of the plan, and why."),
    "compare": Entry("cli.compare", "Compare several plans side by side."),
    "history": Entry("cli.history", "Show every change to an indicator or action in git, and why."),
    "report": Entry(
        "cli.report", "Make a paper from the data, such as the action plan or a review."
    ),
    "site": Entry("cli.site", "Make a website from the plan, without a server or scripts."),
    "export": Entry("cli.export", "Export the plan as tables for spreadsheets and other programs."),
    "check": Entry("cli.check", "Check the data, and show how to put each problem right."),
    "explain": Entry("cli.explain", "Explain a problem, why it matters, and how to put it right."),
    "fix": Entry("cli.fix", "Repair what needs no decision, such as dates, tabs and quotes."),
    "fmt": Entry("cli.fmt", "Lay out the data files: lists in order of time, and blank lines."),
    "schema": Entry("cli.schema", "Write JSON Schemas, so that editors complete and explain keys."),
    "init": Entry("cli.init", "Create a new plan, ready to edit."),
    "add": Entry("", "Add something to the plan."),
    "add indicator": Entry("cli.add", "Add an indicator."),
    "add action": Entry("cli.add", "Add an action."),
    "add milestone": Entry("cli.add_milestone", "Add a milestone to an indicator, and record why."),
    "add venue": Entry("cli.add", "Add a place to get online."),
    "add priority": Entry("cli.add", "Add a heading."),
    "add outcome": Entry("cli.add", "Add an outcome to a heading."),
    "add service": Entry("cli.add", "Add a service, a body or a role."),
    "add source": Entry("cli.add", "Add a source of figures."),
    "add corporate": Entry("cli.add", "Add a priority of the whole organisation."),
    "add governance": Entry("cli.add", "Add what a body does for the plan."),
    "add profile": Entry("cli.add", "Add a population in groups."),
    "add activity": Entry("cli.add", "Add something that is done already."),
    "add note": Entry("cli.add", "Add a note on the plan."),
    "record": Entry("cli.record", "Record a figure for an indicator, and show the new verdict."),
    "update": Entry("cli.update", "Report how an action or a heading stands: grade and evidence."),
    "set": Entry("cli.set", "Change keys of anything in the plan."),
    "remove": Entry("cli.remove", "Take something out of the plan."),
    "rename": Entry("cli.rename", "Give something a new id, and change it wherever it is used."),
    "revise": Entry("cli.revise", "Change what was promised or measured, and record why."),
    "carry": Entry("cli.carry", "Carry unfinished actions of earlier years into a year's plan."),
    "import": Entry("", "Import a plan from documents, its own workbook, or figures."),
    "import plan": Entry(
        "cli.import_plan", "Import actions, indicators and places from the tables of documents."
    ),
    "import workbook": Entry(
        "cli.import_workbook", "Take back the workbook that `diplan export xlsx` made."
    ),
    "import csv": Entry("cli.import_csv", "Import figures from a CSV file."),
    "import open-sdg": Entry(
        "open_sdg.command", "Import indicators from an Open SDG repository, without targets."
    ),
    "returns": Entry("", "Make workbooks for services to fill in, and read them back."),
    "returns make": Entry("cli.returns", "Make a workbook (xlsx) for a service to fill in."),
    "returns read": Entry(
        "cli.returns", "Read workbooks that came back, and save the new figures."
    ),
    "skills": Entry("", "Ask people what they can do online, and count who has the skills."),
    "skills list": Entry(
        "survey.form_command", "List the skills frameworks: the plan's own, and those of diplan."
    ),
    "skills form": Entry(
        "survey.form_command", "Print a survey form, or the columns for its answers."
    ),
    "skills score": Entry(
        "survey.score_command", "Count who has the skills: in all, by skill, by task and by group."
    ),
    "templates": Entry("", "List the templates of papers, or copy one to change it."),
    "templates list": Entry(
        "cli.templates", "List the templates, and say which ones the plan replaces."
    ),
    "templates copy": Entry(
        "cli.templates", "Copy a template into the plan's folder, to change it there."
    ),
}
"""In the order in which they are listed, each group before what is inside it."""


class LazyGroup(TyperGroup):
    """Commands that are known by name and sentence until one of them is run."""

    def __init__(self, *, path: str = "", **settings: Any) -> None:
        super().__init__(**settings)
        self.path = path
        for inner, entry in COMMANDS.items():
            above, _, name = inner.rpartition(" ")
            if above == path:
                self.add_command(TyperCommand(name, short_help=entry.help))

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command that the first word names, imported, and the other words."""
        name, listed, rest = super().resolve_command(ctx, args)
        return name, listed and command(f"{self.path} {name}".strip()), rest


def command(path: str) -> Any:
    """The command of a path such as `add venue`, imported; a group imports nothing."""
    module, sentence = COMMANDS[path]
    name = path.rpartition(" ")[2]
    if not module:
        return LazyGroup(
            path=path, name=name, help=sentence, no_args_is_help=True, rich_markup_mode=None
        )
    function = getattr(import_module(f"diplan.{module}"), function_of(path))
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    alone.command(name)(function)
    return get_command(alone)


def function_of(path: str) -> str:
    """The name of the function of a command."""
    return path.replace(" ", "_").replace("-", "_")
