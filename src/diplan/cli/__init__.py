"""The command line: registrations, and the one place where exceptions become messages."""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from typing import Annotated, NoReturn, cast

import typer

from diplan import __version__
from diplan.cli.actions import actions
from diplan.cli.add import add
from diplan.cli.changing import rename, revise, set_
from diplan.cli.check import check
from diplan.cli.compare import compare
from diplan.cli.diff import diff
from diplan.cli.due import due
from diplan.cli.explain import explain
from diplan.cli.export import export
from diplan.cli.fix import fix, fmt
from diplan.cli.history import history
from diplan.cli.importing import importing
from diplan.cli.init import init
from diplan.cli.options import remark
from diplan.cli.output import guarded
from diplan.cli.record import record
from diplan.cli.report import report
from diplan.cli.returns import returns
from diplan.cli.schema import schema
from diplan.cli.show import show, why
from diplan.cli.status import status
from diplan.cli.templates import templates
from diplan.cli.update import update
from diplan.cli.venues import venues
from diplan.ground.errors import DiplanError
from diplan.survey.command import skills

app = typer.Typer(
    name="diplan",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"diplan {__version__}")
        raise typer.Exit


@app.callback()
def diplan(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Say which version."),
    ] = False,
) -> None:
    """Say how far a council's digital inclusion plan has come, and prove it.

    The plan is kept as YAML and CSV in a folder called data/. Each command takes --help.

    \b
    Examples:
      diplan status                    how the plan stands today
      diplan status --year 2017/18     how it stood at the end of that year
      diplan check                     whether the data is in order
      diplan why offline-households    how a verdict came about
    """


COMMANDS: tuple[Callable[..., None], ...] = (
    status, show, why, actions, due, venues, diff, compare, history, report, export, check, explain,
    schema, init, record, update, rename, revise, fix, fmt,
)  # fmt: skip
for command in COMMANDS:
    app.command()(command)
app.add_typer(add, name="add")
app.command("set")(set_)
app.add_typer(importing, name="import")
app.add_typer(returns, name="returns")
app.add_typer(skills, name="skills")
app.add_typer(templates, name="templates")


def main() -> NoReturn:
    """Run the program and leave at once: the system takes a process apart faster than Python."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looked for at every start
    gc.disable()  # a short-lived process that makes few cycles saves a quarter of a large load
    nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - streams may be closed
    sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere
    for stream in (sys.stdout, sys.stderr):
        cast("TextIOWrapper", stream).reconfigure(
            encoding="utf-8", errors="backslashreplace", newline="\n"
        )
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError as error:
        code = _said(error)
    os._exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run a command: its exit code, and never a traceback."""
    with guarded():
        try:
            app(list(arguments), prog_name="diplan")
        except SystemExit as leaving:
            return leaving.code if isinstance(leaving.code, int) else 0
        except Exception as error:
            return _said(error)
    return 0


def _said(error: Exception) -> int:
    """Say what went wrong; the exit code."""
    if isinstance(error, BrokenPipeError):  # whoever was reading has read enough
        return 0
    if isinstance(error, DiplanError):
        remark(f"diplan: {error}")
        if error.hint:
            remark(f"  = {error.hint}")
        return 2
    if isinstance(error, OSError) and error.errno:
        where = f': "{error.filename}"' if error.filename else ""
        remark(f"diplan: the system says: {(error.strerror or str(error)).lower()}{where}")
        remark("  = see that there is room, and that you may read and write there")
        return 2
    remark(f"diplan: something unexpected went wrong: {error!r}")
    remark("  = this is a fault of diplan: please report it, with the command")
    return 3
