"""Sections and blocks of a page as HTML: not by a template, since sites have thousands."""

from collections.abc import Callable, Container, Iterable, Iterator
from typing import TYPE_CHECKING

from markupsafe import Markup

from diplan.render.html_tables import plain, table
from diplan.report.document import Cell, Facts, Items, Picture, Prose, Table

if TYPE_CHECKING:
    from diplan.render.html import Chapter, Part


def sections(
    chapters: "Iterable[Chapter]", folded: Container[str] = (), *, cell: Callable[[Cell], Markup]
) -> Markup:
    """Sections one after another; those whose keys are *folded* open when somebody wants them.

    What stands under the heading of a folded one is folded with it.
    """
    return Markup("\n".join(_sections(chapters, folded, cell)) + "\n")  # noqa: S704 - as in `blocks`


def _sections(
    chapters: "Iterable[Chapter]", folded: Container[str], cell: Callable[[Cell], Markup]
) -> Iterator[str]:
    closing = ""
    for chapter in chapters:
        title, named = plain(chapter.title), f'id="{plain(chapter.id)}"'
        if closing and chapter.level == 2:
            yield closing
            closing = ""
        if chapter.key in folded:
            yield f'<details class="folded">\n<summary {named}>{title}</summary>\n<div>'
            closing = "</div></details>"
        else:
            yield "<section>"
            if title.strip():
                yield f"<h{chapter.level} {named}>{title}</h{chapter.level}>"
        for part in chapter.parts:
            yield from _lines(part, cell)
        if chapter.key not in folded:
            yield "</section>"
    if closing:
        yield closing


def blocks(parts: "Iterable[Part]", cell: Callable[[Cell], Markup]) -> Markup:
    """Blocks one after another; *cell* makes the HTML of a cell, and of a text."""
    return Markup("\n".join(line for part in parts for line in _lines(part, cell)) + "\n")  # noqa: S704 - every text in it is escaped


def _lines(part: "Part", cell: Callable[[Cell], Markup]) -> Iterator[str]:
    match part.block:
        case Facts(pairs):
            yield "<dl>"
            for label, fact in pairs:
                yield f"<div><dt>{plain(label)}</dt> <dd>{cell(fact)}</dd></div>"
            yield "</dl>"
        case Items(texts):
            yield "<ul>"
            yield from (f"<li>{cell(item)}</li>" for item in texts)
            yield "</ul>"
        case Table():
            yield table(part.grid, cell) if part.grid else ""
        case Prose():
            yield f'<div class="prose">\n{part.markup}</div>'
        case str():
            yield f"<p>{cell(part.block)}</p>"
        case _:
            yield from _figure(part, part.block, cell)


def _figure(part: "Part", picture: Picture, cell: Callable[[Cell], Markup]) -> Iterator[str]:
    """What is drawn, with its title and its table."""
    yield f"<figure>\n<figcaption><strong>{plain(picture.title)}</strong>"
    if part.kind != "chart" or not part.markup:
        yield f"<span>{plain(picture.description)}</span>"
    yield '</figcaption>\n<div class="drawn">'
    if part.markup:
        yield f'<div class="picture picture-{part.kind}">\n{part.markup}\n</div>'
    if part.grid:
        what = "places" if part.kind == "map" else "figures"
        yield f"<details open>\n<summary>The {what} in a table</summary>"
        yield table(part.grid, cell)
        yield "</details>"
    yield "</div>\n</figure>"
