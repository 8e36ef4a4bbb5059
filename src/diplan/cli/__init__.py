"""The command line: registrations, and the one place where exceptions become messages."""

import sys
from io import TextIOWrapper
from typing import Annotated, cast

import typer

from diplan import __version__
from diplan.cli.actions import actions
from diplan.cli.check import check
from diplan.cli.explain import explain
from diplan.cli.show import show, why
from diplan.cli.status import status

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
    r"""Say how far a council's digital inclusion plan has come, and prove it.

    The plan is kept as YAML and CSV in a folder called data/. Most commands take --help.

    \b
    Examples:
      diplan status                    how the plan stands today
      diplan status --year 2017/18     how it stood at the end of that year
      diplan check                     whether the data is in order
      diplan why offline-households    how a verdict came about
    """


for command in (status, show, why, actions, check, explain):
    app.command()(command)


def main() -> None:
    """Run the program: never a traceback, whatever happens."""
    import gc
    import os

    gc.disable()  # a short-lived process that makes few cycles saves a quarter of a large load
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looked for at every start
    for stream in (sys.stdout, sys.stderr):
        cast("TextIOWrapper", stream).reconfigure(
            encoding="utf-8", errors="backslashreplace", newline="\n"
        )
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        os._exit(0)
    except Exception as error:
        sys.exit(_said(error))


def _said(error: Exception) -> int:
    """Say what went wrong; the exit code."""
    from diplan.errors import DiplanError

    if isinstance(error, DiplanError):
        print(f"diplan: {error}", file=sys.stderr)
        if error.hint:
            print(f"  = {error.hint}", file=sys.stderr)
        return 2
    print(f"diplan: something unexpected went wrong: {error!r}", file=sys.stderr)
    print("  = this is a fault of diplan: please report it, with the command", file=sys.stderr)
    return 3
