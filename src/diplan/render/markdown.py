"""Documents as Markdown. The template arranges the sections; how a block looks is said here, once.

Blocks come from the template, to which all texts are given escaped, so that they stay text.
"""

from collections.abc import Iterator

from jinja2 import Environment

from diplan.render.cells import text, without_trends
from diplan.render.prose import demoted
from diplan.render.templates import rendered
from diplan.report.document import (
    Bar,
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
        case Bar():
            yield (
                f"![{block.description}]({charts}/{block.key}.svg)" if charts else block.description
            )
        case _:
            yield block


def _cell(cell: Cell) -> str:
    if isinstance(cell, Lines):
        return "<br>".join(cell.texts)
    return text(cell)


def _table(table: Table) -> str:
    """A pipe table without padding, so that a change to one cell is a change to one line."""
    shown = without_trends(table)
    rows = [
        [column.label for column in shown.columns],
        ["---:" if column.right else "---" for column in shown.columns],
        *(map(_cell, row) for row in shown.rows),
    ]
    lines = "\n".join(f"| {' | '.join(cells)} |" for cells in rows)
    return f"*{table.caption}*\n\n{lines}" if table.caption else lines
