"""`diplan import plan`: the tables of a document that the council already has."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diplan.cli.ask import confirm, interactive
from diplan.cli.completion import years
from diplan.cli.moments import period_option, today
from diplan.cli.options import DryRunOption, WorkspaceOption
from diplan.cli.output import emit, remark
from diplan.cli.save import or_stop
from diplan.cli.workspace import last_read, open_plan, the_workspace
from diplan.ground.english import count
from diplan.ground.errors import OptionError
from diplan.ground.text import one_line, slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from diplan.documents.context import Asking
    from diplan.documents.proposing import IncomingDocument, Proposal
    from diplan.documents.taken import Mapped, TakenTable
    from diplan.files.edit import Put
    from diplan.files.load import Loaded
    from diplan.files.workspace import Workspace
    from diplan.ground.period import Period
    from diplan.plan import Plan


def import_plan(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="docx, xlsx, odt, ods, csv, html or md files."),
    ],
    mapping: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What tables and columns are, saved by an import."),
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(
            metavar="PERIOD",
            autocompletion=years,
            help="The date of grades that have none. Default: the document's own, or today.",
        ),
    ] = None,
    dry_run: DryRunOption = False,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Accept the proposal; what is unclear stays text.")
    ] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Import actions, indicators and places from the tables of documents.

    At a terminal it shows what it takes each table and column for, and you can change that. The
    next version of a document brings edits and updates; a promise that moved is changed only with
    your reason.

    \b
    Examples:
      diplan import plan action-plan.docx --dry-run
      diplan import plan action-plan.docx performance.xlsx
      diplan import plan action-plan-may.docx --mapping imports/action-plan.yaml --yes
    """
    if not (yes or dry_run or interactive()):
        hint = "--yes accepts the proposal, --dry-run shows what it would change"
        raise OptionError("there is nobody to ask here", hint)
    dated = period_option("--date", date) if date else None
    if mapping is not None and not mapping.is_file():
        raise OptionError(f'there is no mapping "{one_line(str(mapping))}"', "leave --mapping out")
    take_over(workspace, files, mapping, dated, asked=not (yes or dry_run), dry_run=dry_run)


def take_over(
    workspace: Path | None,
    files: "Sequence[Path]",
    mapping: Path | None = None,
    dated: "Period | None" = None,
    *,
    asked: bool,
    dry_run: bool = False,
) -> None:
    """Bring the tables of documents into a plan.

    *asked* says whether there is somebody to ask what they are; without, the proposal is taken.
    """
    from diplan.documents.mapping import read_mapping

    plan, _ = open_plan(workspace)
    mapped = read_mapping(mapping) if mapping else {}
    incoming = [_read(file, plan, mapped, dated, asked=asked) for file in files]
    if not any(taken.kind for entry in incoming for taken in entry.taken):
        hint = "look at the headings of its columns, such as Action, Lead, By when"
        raise OptionError("no table is taken for actions, indicators or places", hint)
    _import(workspace, incoming, asked=asked, dry_run=dry_run)
    if not dry_run and (asked or mapping is None):
        _keep(the_workspace(workspace), incoming, mapping)


def _read(
    file: Path, plan: "Plan", mapped: "Mapped", dated: "Period | None", *, asked: bool
) -> "IncomingDocument":
    """A document with what its tables are taken for, which is said and, if *asked*, changed."""
    from diplan.cli.import_questions import reviewed
    from diplan.documents.proposing import IncomingDocument
    from diplan.documents.reading import read_document
    from diplan.documents.recognising import recognised
    from diplan.documents.times import Calendar
    from diplan.ground.period import day

    document = read_document(file)
    calendar = Calendar(plan.cover.years, plan.cover.country)
    taken = [part for table in document.tables for part in recognised(table, calendar, mapped)]
    remark(f"{one_line(document.file)}: {count(len(document.tables), 'table')}")
    if asked:
        taken = reviewed(taken, calendar)
    else:
        for line in _described(taken):
            remark(line)
    own = day(document.modified) if document.modified else today()
    graded = any(
        column.role == "grade" and not column.period for table in taken for column in table.columns
    )
    if graded:
        whose = "--date" if dated else "the document's own" if document.modified else "today"
        remark(f"  grades without a date are dated {dated or own} ({whose})")
    return IncomingDocument(document, taken, dated or own)


def _described(tables: "list[TakenTable]") -> "Iterator[str]":
    """What tables and their columns are taken for; the same columns are told once."""
    from diplan.documents.words import shown

    known: dict[tuple[object, ...], str] = {}
    for taken in tables:
        title = f' "{one_line(taken.title)}"' if taken.title else ""
        rows = count(sum(any(row.texts) for row in taken.rows), "row")
        head = f"  {taken.table.where}{title}, {rows}: {taken.kind or 'none of these, left out'}"
        same = known.setdefault((taken.kind, taken.columns), taken.table.where)
        if not taken.kind:
            yield f"{head} ({_begins(taken)})"
        elif same != taken.table.where:
            yield f"{head}, with the columns of {same}"
        else:
            yield head
            for column in filter(taken.says, taken.columns):
                header = one_line(column.header) or "(no heading)"
                yield f"    {header}: {shown(column.role, column.period)}"


def _begins(taken: "TakenTable") -> str:
    """The headings of a table that is left out."""
    texts = [column.header for column in taken.columns if column.header]
    shown = one_line(" | ".join(texts))
    return f"its first row: {shown[:80]}" if texts else "it is empty"


def _import(
    folder: Path | None, incoming: "list[IncomingDocument]", *, asked: bool, dry_run: bool
) -> None:
    """Make the edit, show the account, and save."""
    from diplan.documents.context import UNASKED
    from diplan.documents.proposing import propose
    from diplan.files.edit import draft, save

    home, now = the_workspace(folder), today()
    ask = _asking() if asked else UNASKED
    last: list[Proposal] = []

    def make(loaded: "Loaded") -> "list[Put]":
        last.append(propose(loaded, incoming, now, ask))
        return last[-1].puts

    made = draft(home, make, now, last_read(home))
    _account(last[-1])
    if not made.files:
        remark("nothing to change: the plan already says this")
        return
    if dry_run:
        emit(made.diff())
        remark(f"would write {', '.join(made.files)}")
        return
    if asked:
        or_stop(confirm("Save it?", default=True))
    done = save(home, make, now, remark, made)
    remark(f"wrote {', '.join(done.files)}")


def _asking() -> "Asking":
    """The questions of an import, each of which is asked once."""
    from functools import cache

    from diplan.cli import import_questions
    from diplan.documents.context import Asking

    return Asking(
        cache(import_questions.reading), cache(import_questions.why), cache(import_questions.same)
    )


def _account(proposal: "Proposal") -> None:
    """Say what was read and made, and what was not understood."""
    from diplan.documents.proposing import sentence

    account = proposal.account
    for line in account.lines:
        remark(one_line(line))
    for line in account.told():
        remark(line)
    if account.edits:
        remark("edited:")
        for line in account.edits:
            remark(f"  {one_line(line)}")
    if account.moved:
        remark(
            "promised or measured otherwise, and left alone (`diplan revise` changes it openly):"
        )
        for line in account.moved:
            remark(f"  {one_line(line)}")
    remark(f"{count(account.rows, 'row')} read; {sentence(proposal)}")


def _keep(home: "Workspace", incoming: "list[IncomingDocument]", mapping: Path | None) -> None:
    """Save what the tables were taken for, so that the next version is read in the same way."""
    from diplan.documents.mapping import written
    from diplan.files.workspace import write_file

    files: dict[Path, list[TakenTable]] = {}
    for entry in incoming:
        name = slug(Path(entry.document.file).stem, otherwise="document")
        path = mapping or home.root / "imports" / f"{name}.yaml"
        files.setdefault(path, []).extend(entry.taken)
    for path, tables in files.items():
        text = written(tables).encode()
        if path.is_file() and path.read_bytes() == text:
            continue
        write_file(path, text, within=None if mapping else home.root)
        remark(
            f"saved the mapping as {one_line((mapping or path.relative_to(home.root)).as_posix())}"
        )
