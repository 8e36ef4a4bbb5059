"""Documents as Markdown; whatever comes from the data is escaped, so that it stays text."""

import re
from collections.abc import Iterator

from diplan.render.cells import text
from diplan.report.document import Block, Document, Facts, Items, Table, Trend

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~$&!])")
_LINE_START = re.compile(r"^(\s*)([-+=]|\d+[.)])(\s|$)", re.MULTILINE)


def escaped(words: str) -> str:
    """*words* so that Markdown and HTML read them as they are, on one line."""
    flat = " ".join(words.split())
    return _LINE_START.sub(_guarded, _SPECIAL.sub(r"\\\1", flat))


def _guarded(found: re.Match[str]) -> str:
    mark = found[2]
    return f"{found[1]}{mark[:-1]}\\{mark[-1]}{found[3]}"


def markdown(document: Document) -> str:
    """A document as Markdown with pipe tables."""
    parts = [f"# {escaped(document.title)}"]
    for block in document.blocks:
        parts += _block(block)
    for section in document.sections:
        parts.append(f"## {escaped(section.title)}")
        for block in section.blocks:
            parts += _block(block)
    return "\n\n".join(parts) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Table():
            yield _table(block)
        case Facts():
            yield "\n".join(
                f"- {escaped(label)}: {escaped(text(cell))}" for label, cell in block.pairs
            )
        case Items():
            yield "\n".join(f"- {escaped(item)}" for item in block.texts)
        case _:
            yield escaped(block)


def _table(table: Table) -> str:
    from tabulate import tabulate

    used = [
        at
        for at in range(len(table.columns))
        if not all(isinstance(row[at], Trend) for row in table.rows)
    ]
    rows = [[escaped(text(row[at])) for at in used] for row in table.rows]
    labels = [escaped(table.columns[at].label) for at in used]
    align = ["right" if table.columns[at].right else "left" for at in used]
    return tabulate(rows, labels, tablefmt="pipe", disable_numparse=True, colalign=align)
