"""Documents as lines to be read aloud or searched: no boxes, no columns, nothing cut short."""

from collections.abc import Iterator

from diplan.render.cells import text
from diplan.report.document import Block, Chart, Document, Facts, Items, Map, Prose, Table, Trend


def plain(document: Document) -> str:
    """A document, one thing a line."""
    lines = [document.title, ""]
    for block in document.blocks:
        lines += [*_block(block)]
    for section in document.sections:
        lines += ["", section.title, ""]
        for block in section.blocks:
            lines += [*_block(block)]
    return "\n".join(lines) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Table():
            yield from _table(block)
        case Facts():
            for label, cell in block.pairs:
                yield f"{label}: {text(cell)}"
        case Items():
            for item in block.texts:
                yield f"- {item}"
        case Prose():
            yield block.markdown.strip()
        case Chart() | Map():
            yield block.description
            yield from _table(block.table)
        case _:
            yield block


def _table(table: Table) -> Iterator[str]:
    for row in table.rows:
        yield f"- {text(row[0])}"
        for column, cell in zip(table.columns[1:], row[1:], strict=True):
            if not isinstance(cell, Trend) and text(cell):
                yield f"  {column.label.lower() or column.key}: {text(cell)}"
