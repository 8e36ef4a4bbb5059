"""The command line: registrations, and the one place where exceptions become messages."""

import gc
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from types import ModuleType
from typing import Annotated, NoReturn, cast

import typer

from diplan import __version__
from diplan.cli.commands import LazyGroup
from diplan.cli.output import guarded, remark
from diplan.ground.errors import DiplanError

app = typer.Typer(
    name="diplan",
    cls=LazyGroup,
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
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
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


def main() -> NoReturn:
    """Run the program and leave at once: the system takes a process apart faster than Python."""
    without_plugins()
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


def without_plugins() -> None:
    """Keep pydantic from looking for plug-ins, which takes a tenth of the time of a report."""
    loader = ModuleType("pydantic.plugin._loader")
    loader.__dict__["get_plugins"] = tuple
    sys.modules["pydantic.plugin._loader"] = loader


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
    if isinstance(error, FileNotFoundError) and error.filename:
        remark(f'diplan: there is no file "{error.filename}"')
        remark("  = see whether the name is right, and which folder you are in")
        return 2
    if isinstance(error, OSError) and error.errno:
        where = f': "{error.filename}"' if error.filename else ""
        remark(f"diplan: the system says: {(error.strerror or str(error)).lower()}{where}")
        remark("  = check that there is space, and that you can read and write there")
        return 2
    remark(f"diplan: something unexpected went wrong: {error!r}")
    remark("  = this is a bug in diplan: please report it, with the command")
    return 3
