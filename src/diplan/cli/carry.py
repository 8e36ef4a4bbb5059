"""`diplan carry`: what of last year's action plan goes into a new year's."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diplan.cli.ask import Alternative, ask, ask_until, choose
from diplan.cli.completion import years
from diplan.cli.moments import period_option, plan_year, today
from diplan.cli.options import DryRunOption, WorkspaceOption
from diplan.cli.output import remark
from diplan.cli.save import carry_out
from diplan.cli.workspace import open_plan, plan_of
from diplan.ground.english import count
from diplan.ground.text import one_line

if TYPE_CHECKING:
    from diplan.files.edit import Put
    from diplan.files.load import Loaded
    from diplan.ground.period import Period
    from diplan.plan import Action, Plan

CHOICES = (
    Alternative("carry", "Carry it forward as it is"),
    Alternative("move", "Carry it forward with another date"),
    Alternative("end", "End it"),
    Alternative("leave", "Leave it for now"),
)
WHY = (
    Alternative("withdrawn", "It was given up"),
    Alternative("superseded", "Another action took its place"),
    Alternative("merged", "It became part of another action"),
)


def carry(
    year: Annotated[
        str,
        typer.Argument(
            metavar="YEAR", autocompletion=years, help="The year whose plan they go into: 2017/18."
        ),
    ],
    all_: Annotated[
        bool, typer.Option("--all", help="Carry all of them forward as they are, without asking.")
    ] = False,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Carry unfinished actions of earlier years into a year's plan.

    You are asked about each of them: carry it forward, change its date and say why, or end it.
    Nothing is saved before the last answer. With --all nothing is asked.

    \b
    Examples:
      diplan carry 2017/18 --all --dry-run
      diplan carry 2017/18
    """
    plan, _ = open_plan(workspace)
    into = plan_year(plan, year)
    waiting = list(_unfinished(plan, into))
    if not waiting:
        remark(f"no action of an earlier year is waiting to be carried into {into}")
        return
    remark(f"{count(len(waiting), 'unfinished action')} of earlier years, for {into}:")
    decided: dict[str, dict[str, Any]] = {}
    for at, action in enumerate(waiting, 1):
        answer = {"what": "carry"} if all_ else _asked(action, f"{at} of {len(waiting)}", plan)
        if answer["what"] != "leave":
            decided[action.id] = answer

    def make(loaded: "Loaded") -> "Iterator[Put]":
        now = plan_of(loaded)
        for index, action in enumerate(now.actions):
            if action.id in decided:
                yield from _put(action, index, into, decided[action.id])

    told = [answer["what"] for answer in decided.values()]
    moved, ended = told.count("move"), told.count("end")
    remark(
        f"{len(told) - ended} of {len(waiting)} carried into {into}, {moved} of them with another"
        f" date; {ended} ended; {len(waiting) - len(told)} left"
    )
    if decided:
        carry_out(workspace, make, dry_run=dry_run, yes=True)


def _unfinished(plan: "Plan", year: "Period") -> "Iterator[Action]":
    """The actions of earlier years that are not done, have not ended, and are not in the year."""
    from diplan.plan import Meaning

    for action in plan.actions:
        earlier = any(named.start < year.start for named in action.years)
        last = max(action.updates, key=lambda update: update.date.end, default=None)
        done = last is not None and plan.cover.meaning(last.grade) is Meaning.DONE
        if earlier and year not in action.years and not done and action.ended is None:
            yield action


def _asked(action: "Action", which: str, plan: "Plan") -> dict[str, Any]:
    """What somebody decides on an action."""
    from diplan.report import wording

    last = action.updates[-1].grade if action.updates else "no update yet"
    remark("")
    remark(one_line(f"{which}: {action.title} ({wording.due(action)}; {last})"))
    answer: dict[str, Any] = {"what": choose("What becomes of it?", CHOICES, default="leave")}
    if answer["what"] == "move":
        answer["due"] = ask_until(
            "By when now?", lambda text: period_option("date", text, plan).text
        )
        answer["why"] = ask("Why does it move?")
    if answer["what"] == "end":
        answer["ended"] = choose("Why does it end?", WHY, default="withdrawn")
    return answer


def _put(action: "Action", index: int, year: "Period", answer: dict[str, Any]) -> "Iterator[Put]":
    """What a decision puts into the plan, with the entry of the ledger for another date."""
    from diplan.files.edit import Put
    from diplan.plan.pairing import written
    from diplan.problems import Place

    place = Place("actions", index)
    if answer["what"] == "end":
        ended = {"date": today().text, "why": answer["ended"]}
        yield Put(place._replace(path=("ended",)), dict(ended))
        return
    yield Put(place._replace(path=("years", len(action.years))), year.text)
    if answer["what"] == "move":
        yield Put(place._replace(path=("due",)), answer["due"])
        entry = {"date": today().text, "what": "due", "was": written(action.due),
                 "now": answer["due"], "why": answer["why"]}  # fmt: skip
        told = {key: value for key, value in entry.items() if value is not None}
        yield Put(place._replace(path=("revisions", len(action.revisions))), dict(told))
