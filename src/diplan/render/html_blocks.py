"""Blocks of a page as HTML: written here and not by a template, since sites have thousands."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from diplan.ground.text import visible
from diplan.render.html_tables import table
from diplan.report.document import Cell, Facts, Items, Picture, Prose, Table

if TYPE_CHECKING:
    from diplan.render.html import Part


def blocks(parts: "Iterable[Part]", cell: Callable[[Cell], Markup]) -> Markup:
    """Blocks one after another; *cell* makes the HTML of a cell, and of a text."""
    return Markup("\n".join(line for part in parts for line in _lines(part, cell)) + "\n")  # noqa: S704 - every text in it is escaped


def _lines(part: "Part", cell: Callable[[Cell], Markup]) -> Iterator[str]:
    match part.block:
        case Facts(pairs):
            yield "<dl>"
            for label, fact in pairs:
                yield f"<div><dt>{_text(label)}</dt><dd>{cell(fact)}</dd></div>"
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
    yield f"<figure>\n<figcaption><strong>{_text(picture.title)}</strong>"
    if part.kind != "chart" or not part.markup:
        yield f"<span>{_text(picture.description)}</span>"
    yield '</figcaption>\n<div class="drawn">'
    if part.markup:
        yield f'<div class="picture picture-{part.kind}">\n{part.markup}\n</div>'
    if part.grid:
        what = "places" if part.kind == "map" else "figures"
        yield f"<details open>\n<summary>The {what} in a table</summary>"
        yield table(part.grid, cell)
        yield "</details>"
    yield "</div>\n</figure>"


def _text(words: str) -> str:
    return str(escape(visible(words)))
