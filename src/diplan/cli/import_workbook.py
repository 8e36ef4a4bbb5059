"""`diplan import workbook`: the plan's own workbook, with what was changed in it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diplan.cli.ask import ask, confirm, interactive
from diplan.cli.moments import today
from diplan.cli.options import DryRunOption, WorkspaceOption, YesOption
from diplan.cli.output import emit, remark
from diplan.cli.save import carry_out
from diplan.cli.workspace import open_plan, plan_of, the_workspace
from diplan.ground.english import count
from diplan.ground.errors import OptionError
from diplan.ground.text import one_line

if TYPE_CHECKING:
    from diplan.exchange.export.rows_in_place import PlacedRow
    from diplan.exchange.plan_workbook import SentBack
    from diplan.exchange.sheets.cells import Sheet
    from diplan.files.edit import Put
    from diplan.files.load import Loaded
    from diplan.plan import Plan


def import_workbook(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The workbook: xlsx or ods.")],
    why: Annotated[
        str | None, typer.Option(help="Why promises or past figures were changed.")
    ] = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Take back the workbook that `diplan export xlsx` made.

    Changed cells change the plan, new rows become new items, and you are asked about each row that
    is missing. What nobody touched stays as it is, to the last character of the files.

    \b
    Examples:
      diplan import workbook plan.xlsx --dry-run
      diplan import workbook plan.xlsx --why "Agreed by the board in May"
    """
    from diplan.exchange.plan_workbook import read_plan_workbook
    from diplan.exchange.refused import listing
    from diplan.exchange.sheets import read_sheets

    plan, _ = open_plan(workspace)
    sheets = read_sheets(file)
    back = read_plan_workbook(plan, sheets)
    if not back.rows:
        message = f"{one_line(file.name)} has none of the plan's tables"
        raise OptionError(message, "import a workbook that `diplan export xlsx` made")
    for line in _told(back):
        remark(line)
    if back.refused:
        emit(listing(file.name, back.refused))
    if back.refused and not yes:
        cells = count(len(back.refused), "cell")
        remark(f"nothing was saved: {cells} to put right (--yes saves the rest)")
        raise typer.Exit(1)
    gone = {row.place: row for row in _asked_about(back.missing, yes=yes)}
    if back.changes or back.new or gone:
        reason = _Reason(why)

        def make(loaded: "Loaded") -> "list[Put]":
            now = plan_of(loaded)
            puts = _puts(now, sheets, loaded, [row.id for row in gone.values()])
            return [*puts, *reason.entries(now, puts, loaded, the_workspace(workspace))]

        carry_out(workspace, make, dry_run=dry_run, yes=True)
    else:
        remark(f"{count(back.rows, 'row')} read: the plan says all of this already")
    if back.refused:
        raise typer.Exit(1)


def _told(back: "SentBack") -> Iterator[str]:
    """What the workbook changes, cell by cell."""
    for change in back.changes:
        was, now = (text or "nothing" for text in (change.was, change.now))
        yield one_line(f"{change.table}, {change.row}: {change.column} from {was} to {now}")
    for row in back.new:
        yield one_line(f"{row.table}: new: {row.name or 'a row without a title'}")


def _asked_about(missing: "list[PlacedRow]", *, yes: bool) -> "Iterator[PlacedRow]":
    """The rows that are to leave the plan."""
    for row in missing:
        said = f"{row.id} is not in the workbook any more"
        if not yes and confirm(f"{said}. Take it out of the plan?"):
            yield row
        else:
            remark(f"{said}: it stays in the plan")


def _puts(plan: "Plan", sheets: "list[Sheet]", loaded: "Loaded", gone: list[str]) -> "list[Put]":
    """The edits that the workbook asks for, of the plan as it is now."""
    from diplan.exchange.entries import IncomingEntry, additions
    from diplan.exchange.plan_workbook import read_plan_workbook
    from diplan.files.edit import Put
    from diplan.files.yaml.splice import NOTHING
    from diplan.ground.period import period
    from diplan.ground.text import slug
    from diplan.problems import Place

    back = read_plan_workbook(plan, sheets)
    puts = [put for change in back.changes for put in change.puts]
    puts.sort(key=lambda put: put.value == NOTHING)
    entries: list[IncomingEntry] = []
    ends: dict[Place, int] = {}
    for new in back.new:
        place, values = new.place, new.values
        if place.path[:1] in (("observations",), ("updates",)) and place.section != "priorities":
            when = period(str(values.get("period") or values.get("date") or ""))
            owner = getattr(plan, place.section)[place.item].id
            entries.append(IncomingEntry(place.section, owner, when, values))
        elif place.path:
            key = str(place.path[0])
            there = len(getattr(getattr(plan, place.section)[place.item], key))
            at = ends[place] = ends.get(place, there - 1) + 1
            puts.append(Put(place._replace(path=(key, at)), values))
        else:
            there = len(loaded.origins[place.section])
            at = ends[place] = ends.get(place, there - 1) + 1
            if place.section not in ("governance", "notes") and not values.get("id"):
                values = {
                    "id": slug(str(values.get("title") or values.get("name") or new.name)),
                    **values,
                }
            puts.append(Put(place._replace(item=at), values))
    puts += additions(plan, entries)
    leaving = [row for row in back.missing if row.id in gone]
    for row in sorted(leaving, key=lambda row: row.place[1:], reverse=True):
        if row.place.section in ("indicators", "actions") and not row.place.path:
            ended = {"date": today().text, "why": "withdrawn"}
            puts.append(Put(row.place._replace(path=("ended",)), dict(ended)))
        else:
            puts.append(Put(row.place, NOTHING))
    return puts


class _Reason:
    """Why promises and past figures were changed: asked once, where it is needed."""

    def __init__(self, why: str | None) -> None:
        self.why = why

    def entries(
        self, plan: "Plan", puts: "list[Put]", loaded: "Loaded", home: Any
    ) -> "Iterator[Put]":
        """The entries of the ledger that the edits need.

        Raises:
            OptionError: there are some, and nobody says why.
        """
        from diplan.checks.ledger import GUARDED, changes_to_record
        from diplan.files.edit import Put, draft
        from diplan.plan.pairing import pairs
        from diplan.problems import Place

        then = draft(home, lambda _: puts, today(), loaded).after.plan
        for section in GUARDED:
            old = getattr(plan, section)
            for before, after in pairs(old, getattr(then, section)):
                needed = list(changes_to_record(section, before, after)) if before and after else []
                for at, change in enumerate(needed, len(before.revisions) if before else 0):
                    told = {"what": change.what, "was": change.was, "now": change.now}
                    entry: dict[str, Any] = {"date": today().text}
                    entry |= {key: text for key, text in told.items() if text is not None}
                    entry["why"] = self.given(f"{before.title}: {change.what}")
                    yield Put(Place(section, old.index(before), ("revisions", at)), entry)

    def given(self, what: str) -> str:
        """The reason; it is asked for at a terminal where nobody gave it."""
        if self.why is None and interactive():
            self.why = ask(f"{what} was promised or measured. Why was it changed?")
        if not self.why:
            message = f"{what} was promised or measured, and nobody says why it was changed"
            raise OptionError(one_line(message), 'say so with --why "..."')
        return self.why
