"""Documents as lines to be read aloud or searched: no boxes, no columns, nothing cut short."""

from collections.abc import Iterator

from diplan.render.cells import in_words, text
from diplan.report.document import Document, Facts, Items, Table, Trend


def plain(document: Document) -> str:
    """A document, one thing a line."""
    lines: list[str] = []
    for heading, blocks in document.parts:
        lines += ["", heading, ""]
        for block in in_words(blocks):
            lines += _lines(block)
    return "\n".join(lines[1:]) + "\n"


def _lines(block: str | Table | Facts | Items) -> Iterator[str]:
    match block:
        case Table():
            for row in block.rows:
                yield f"- {text(row[0])}"
                for column, cell in zip(block.columns[1:], row[1:], strict=True):
                    if not isinstance(cell, Trend) and text(cell):
                        yield f"  {column.label.lower() or column.key}: {text(cell)}"
        case Facts():
            for label, cell in block.pairs:
                yield f"{label}: {text(cell)}"
        case Items():
            for item in block.texts:
                yield f"- {item}"
        case _:
            yield block
