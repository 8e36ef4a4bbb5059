"""`diplan schema`: what an editor needs to complete and explain the data files."""

from pathlib import Path
from typing import Annotated

import typer

from diplan.cli.completion import names_in
from diplan.cli.output import emit, emit_columns, refuse_stale, remark
from diplan.ground.errors import OptionError
from diplan.ground.lookup import one_of
from diplan.ground.text import one_line


def schema(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            help="Only one schema: plan, indicators, actions or export.",
            autocompletion=names_in("plan.fields.schema", "FILES"),
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FOLDER",
            file_okay=False,
            help="The folder to write the schemas to; the usual one is schemas.",
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 if a schema is stale.")
    ] = False,
) -> None:
    """Write JSON Schemas, so that editors complete and explain keys.

    Without a name or a folder it says which files have a schema.

    \b
    Examples:
      diplan schema --output schemas
      diplan schema --output schemas --check
      diplan schema indicators
      diplan schema export
    """
    from diplan.files.workspace import write_file
    from diplan.plan.fields.schema import FILES

    if name is not None:
        one_of("schema", name, [*FILES, EXPORT])
    if check and not output:
        message = "--check needs a file to compare with"
        raise OptionError(message, "name the folder with --output")
    names = [name] if name else list(FILES)
    if output:
        files = {output / f"{stem}.schema.json": _text(stem).encode() for stem in names}
        if check:
            refuse_stale(files, "what this diplan says")
            return
        for path, data in files.items():
            write_file(path, data, within=path.parent)
            remark(f"wrote {one_line(str(path))}")
    elif name:
        emit(_text(name))
    else:
        files_of = {stem: f"data/{stem}.yaml" for stem in FILES}
        emit_columns({**files_of, EXPORT: "what `diplan export json` writes"})
        remark("write them all with `diplan schema --output schemas`")


EXPORT = "export"
"""The schema of no data file, which is written only when it is named."""


def _text(name: str) -> str:
    """The text of a schema."""
    if name == EXPORT:
        from diplan.exchange.export.csv_json import json_bytes
        from diplan.exchange.export.descriptions import json_schema

        return json_bytes(json_schema()).decode()
    from diplan.plan.fields.schema import schema

    return schema(name)
