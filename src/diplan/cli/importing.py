"""`diplan import`: figures of others, put into the plan or into a file to look through."""

import typer

from diplan.cli.import_csv import csv_file
from diplan.open_sdg.command import open_sdg

importing = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Take figures from an Open SDG repository or a CSV file.",
)
importing.command("csv")(csv_file)
importing.command("open-sdg")(open_sdg)
