"""A document as what stands on pages, one thing after another: for formats that are not markup.

Everything is worked out here that Word and PDF need alike: headings that skip no rank, paragraphs
that somebody wrote in Markdown, cells over several rows, and columns wide enough for their words.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from markdown_it.tree import SyntaxTreeNode as Node

from diplan.ground.text import visible
from diplan.render.cells import shown, text
from diplan.render.grid import Grid, Placed, grid
from diplan.render.prose import outline, parsed, parser
from diplan.report.document import (
    Bar,
    Block,
    Column,
    Document,
    Facts,
    Items,
    Layout,
    Lines,
    Picture,
    Prose,
    Table,
)


class Run(NamedTuple):
    """Words in one form; `address` is where they lead, if anywhere."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    address: str = ""


class Heading(NamedTuple):
    """A heading. The title of the whole has level 1."""

    level: int
    text: str


class Paragraph(NamedTuple):
    """Words; a line break is a run of its own with the text of a line feed."""

    runs: Sequence[Run]


class Listing(NamedTuple):
    """A list. Each item is what stands in it; `first` is the number of the first, or None."""

    items: Sequence[Sequence["Flow"]]
    first: int | None = None


class Quotation(NamedTuple):
    """What somebody quoted."""

    blocks: Sequence["Flow"]


class Verbatim(NamedTuple):
    """Lines that stay as they are."""

    text: str


class Illustration(NamedTuple):
    """A picture, with the table that says the same; a bar has none."""

    picture: Picture
    grid: Grid | None


Flow = Heading | Paragraph | Listing | Quotation | Verbatim | Facts | Grid | Illustration
"""What stands on a page."""


class Pages(NamedTuple):
    """A document, in the order in which it is read."""

    title: str
    flow: Sequence[Flow]
    layout: Layout


def pages(document: Document) -> Pages:
    """A document as what stands on its pages, without what is empty."""
    flow = list(_blocks(document.blocks, document.title, 1))
    levels = outline([section.level for section in document.sections], 1)
    for section, level in zip(document.sections, levels, strict=True):
        if section.title.strip():
            flow.append(Heading(level, visible(section.title)))
        flow += _blocks(section.blocks, section.title, level)
    return Pages(visible(document.title), flow, document.layout)


def _blocks(blocks: Iterable[Block], title: str, level: int) -> Iterator[Flow]:
    """The blocks under a heading of rank *level* that says *title*."""
    for block in shown(blocks):
        match block:
            case Table():
                yield grid(block, title, block.caption or title)
            case Facts():
                yield block
            case Items():
                yield Listing([[_words(item)] for item in block.texts])
            case Prose():
                yield from _prose(block.markdown, title, level)
            case Bar():
                yield Illustration(block, None)
            case str():
                yield _words(block)
            case _:
                yield Illustration(block, grid(block.table, block.title, block.title))


def _words(words: str) -> Paragraph:
    return Paragraph([Run(visible(words))])


_PARSER = parser()


def _prose(markdown: str, title: str, level: int) -> Iterator[Flow]:
    """Paragraphs that somebody wrote, whose headings rank below the section's."""
    nodes = Node(parsed(markdown, _PARSER)).children
    headings = [node for node in nodes if node.type == "heading"]
    ranks = outline([int(node.tag[1:]) for node in headings], level)
    by_line = {id(node): rank for node, rank in zip(headings, ranks, strict=True)}
    yield from _nodes(nodes, title, by_line)


def _nodes(nodes: Iterable[Node], title: str, ranks: Mapping[int, int]) -> Iterator[Flow]:
    for node in nodes:
        match node.type:
            case "heading":
                words = "".join(run.text for run in _inline(node))
                yield Heading(ranks.get(id(node), max(ranks.values(), default=3)), words)
            case "paragraph":
                yield Paragraph(list(_inline(node)))
            case "bullet_list" | "ordered_list":
                items = [list(_nodes(item.children, title, ranks)) for item in node.children]
                first = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
                yield Listing(items, first)
            case "blockquote":
                yield Quotation(list(_nodes(node.children, title, ranks)))
            case "fence" | "code_block":
                yield Verbatim(node.content.rstrip("\n"))
            case "table":
                yield _table(node, title)


def _table(node: Node, title: str) -> Grid:
    """A table that somebody wrote in Markdown."""
    head, *body = [
        ["".join(run.text for run in _inline(cell)) for cell in row.children]
        for part in node.children
        for row in part.children
    ]
    columns = [Column(str(at), label) for at, label in enumerate(head)]
    rows = [[Placed(cell, at == 0, 1, right=False) for at, cell in enumerate(row)] for row in body]
    return Grid(columns, rows, title, quiet=True, name=title)


_PLAIN = Run("")


def _inline(node: Node, form: Run = _PLAIN) -> Iterator[Run]:
    """The words of a paragraph, in their forms."""
    for child in node.children:
        match child.type:
            case "inline":
                yield from _inline(child, form)
            case "softbreak":
                yield form._replace(text=" ")
            case "hardbreak":
                yield form._replace(text="\n")
            case "code_inline":
                yield form._replace(text=child.content, code=True)
            case "em":
                yield from _inline(child, form._replace(emphasis=True))
            case "strong":
                yield from _inline(child, form._replace(strong=True))
            case "link":
                yield from _inline(child, form._replace(address=str(child.attrs.get("href", ""))))
            case _:
                yield form._replace(text=child.content)


def lines(cell: object) -> list[str]:
    """A cell as lines of words: what is drawn elsewhere is said."""
    if isinstance(cell, Lines):
        return [visible(line) for line in cell.texts]
    return [visible(text(cell))]  # type: ignore[arg-type]
