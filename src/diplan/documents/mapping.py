"""Mappings on file: what tables were taken for, by the headings of their columns.

```yaml
tables:
  - kind: actions
    columns:
      - {heading: Led by, holds: lead}
      - {heading: Comments, holds: a note}
```
"""

from collections.abc import Iterable
from pathlib import Path

from diplan.documents.grid import DocumentError
from diplan.documents.taken import Mapped, TakenTable
from diplan.documents.words import KINDS, ROLES, TITLE
from diplan.files.yaml.dump import in_block
from diplan.files.yaml.plain import Irregular, Plain, read_yaml
from diplan.ground.english import either
from diplan.ground.text import did_you_mean, suggest

LARGEST = 1024 * 1024
NONE, NOTE = "none", "a note"
HEAD = "# What `diplan import plan` took the tables of a document for. Use it with --mapping.\n"


def written(taken: Iterable[TakenTable]) -> str:
    """A mapping as a file has it."""
    tables: list[Plain] = []
    for table in taken:
        columns: list[Plain] = [
            {"heading": column.header, "holds": column.role or NOTE} for column in table.columns
        ]
        entry: Plain = {"kind": table.kind or NONE, "columns": columns}
        if columns and entry not in tables:
            tables.append(entry)
    return f"{HEAD}{in_block({'tables': tables})}\n"


def read_mapping(path: Path) -> Mapped:
    """A mapping of a file.

    Raises:
        DocumentError: it is none.
        OSError: the system does not give it.
    """
    with path.open("rb") as stream:
        data = stream.read(LARGEST + 1)
    hint = "let diplan write a new one: import without --mapping"
    try:
        value = read_yaml(data.decode("utf-8-sig")) if len(data) <= LARGEST else None
    except (UnicodeDecodeError, Irregular) as error:
        raise DocumentError(path, "this is not a mapping", hint) from error
    tables = value.get("tables") if isinstance(value, dict) else None
    if not isinstance(tables, list):
        raise DocumentError(path, "this is not a mapping: it has no `tables:`", hint)
    return dict(_table(path, table) for table in tables)


def _table(path: Path, table: Plain) -> tuple[tuple[str, ...], tuple[str, list[str]]]:
    kind = table.get("kind") if isinstance(table, dict) else None
    columns = table.get("columns") if isinstance(table, dict) else None
    if kind not in (*KINDS, NONE) or not isinstance(columns, list):
        message = f'a table of the mapping is "{kind}", which is not {either([*KINDS, NONE])}'
        raise DocumentError(path, message, "each table has `kind:` and `columns:`")
    kind = "" if kind == NONE else str(kind)
    headers, roles = [], []
    for column in columns:
        heading = column.get("heading") if isinstance(column, dict) else None
        holds = column.get("holds") if isinstance(column, dict) else None
        if not isinstance(heading, str) or not isinstance(holds, str):
            raise DocumentError(path, "a column of the mapping lacks `heading:` or `holds:`")
        headers.append(heading)
        roles.append("" if holds == NOTE or not kind else _known(path, kind, holds))
    return tuple(headers), (kind, roles)


def _known(path: Path, kind: str, holds: str) -> str:
    names = choices(kind)
    if holds not in names:
        listing = f"one of: {', '.join([*names, NOTE])}"
        message = f'a column of {kind} cannot hold "{holds}"'
        raise DocumentError(path, message, did_you_mean(suggest(holds, names), listing))
    return holds


def choices(kind: str) -> list[str]:
    """What a column of a kind of table can hold."""
    more = ["series"] if kind == "indicators" else []
    others = (name for name in ROLES[kind] if name not in ("note", "notes", TITLE[kind]))
    return [TITLE[kind], *others, *more]
