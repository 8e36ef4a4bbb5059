"""Documents as Markdown. The template arranges the sections; how a block looks is said here, once.

Blocks come from the template, to which all texts are given escaped, so that they stay text.
"""

from collections.abc import Iterator

from jinja2 import Environment

from diplan.render.cells import text
from diplan.render.prose import demoted
from diplan.render.templates import rendered
from diplan.report.document import (
    Block,
    Cell,
    Chart,
    Document,
    Facts,
    Items,
    Lines,
    Map,
    Prose,
    Table,
    Trend,
)


def markdown(
    document: Document, environment: Environment, *, template: str, charts: str = ""
) -> str:
    """A document as Markdown with pipe tables, arranged by a template.

    *charts* is the folder that holds the charts' pictures, as the document will refer to it;
    without one there are only their tables.

    Raises:
        TemplateError: the template is missing or failed.
    """

    def block(given: Block, level: int = 2) -> str:
        return "\n\n".join(_block(given, level, charts))

    environment.filters["markdown"] = block
    return rendered(environment, template, document=document)


def _block(block: Block, level: int, charts: str) -> Iterator[str]:
    match block:
        case Table():
            yield _table(block)
        case Facts():
            pairs = (f"- {label}: {_cell(cell)}" for label, cell in block.pairs)
            yield "\n".join(pairs)
        case Items():
            yield "\n".join(f"- {item}" for item in block.texts)
        case Prose():
            yield demoted(block.markdown, level)
        case Chart() | Map():
            if charts:
                yield f"![{block.description}]({charts}/{block.key}.svg)"
            yield _table(block.table)
        case _:
            yield block


def _cell(cell: Cell) -> str:
    if isinstance(cell, Lines):
        return "<br>".join(line for line in cell.texts)
    return text(cell)


def _table(table: Table) -> str:
    """A pipe table without padding, so that a change to one cell is a change to one line."""
    used = [
        at
        for at in range(len(table.columns))
        if not table.rows or not all(isinstance(row[at], Trend) for row in table.rows)
    ]
    rules = ["---:" if table.columns[at].right else "---" for at in used]
    rows = [
        [table.columns[at].label for at in used],
        rules,
        *([_cell(row[at]) for at in used] for row in table.rows),
    ]
    lines = "\n".join(f"| {' | '.join(cells)} |" for cells in rows)
    return f"*{table.caption}*\n\n{lines}" if table.caption else lines
