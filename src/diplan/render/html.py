"""Documents as one self-contained HTML page.

What the template lays out is worked out here: ids that are unique in the page, headings that
skip no rank, cells that reach over several rows. A page loads nothing and runs nothing.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from pickle import dumps, loads
from typing import Literal, NamedTuple

from jinja2 import Environment
from markupsafe import Markup, escape

from diplan.render import bars, chart, maps
from diplan.render.cells import shown, text
from diplan.render.grid import Grid, grid
from diplan.render.html_blocks import blocks, sections
from diplan.render.html_tables import plain, table
from diplan.render.prose import as_html, outline
from diplan.render.templates import rendered
from diplan.report.document import (
    Badge,
    Bar,
    Block,
    Cell,
    Chart,
    Document,
    Facts,
    Items,
    Layout,
    Lines,
    Linked,
    Map,
    Picture,
    Prose,
    Table,
    Trend,
    Way,
)

ADDRESS = re.compile(r"https?://[!#-&(-;=?-_a-z~]{1,500}")
"""A cell that is a web address and nothing else: letters, digits and signs of plain ASCII."""

BlockKind = Literal["text", "table", "facts", "items", "prose", "chart", "map", "bar"]


_KINDS: dict[type[Picture], BlockKind] = {Chart: "chart", Map: "map", Bar: "bar"}


class Part(NamedTuple):
    """A block with what its kind needs.

    `grid` is a table's, a chart's or a map's, `markup` prose or a picture (empty where there is
    nothing to draw).
    """

    kind: BlockKind
    block: Block
    grid: Grid | None = None
    markup: Markup = Markup("")


class Chapter(NamedTuple):
    """A section with its place in the page."""

    id: str
    title: str
    level: int
    key: str
    parts: Sequence[Part]


def html(
    document: Document,
    environment: Environment,
    *,
    template: str = "report.html.j2",
    licence: str = "",
    leads: Callable[[Linked], str] | None = None,
    **more: object,
) -> str:
    """A document as a page, laid out by *template*; *licence* is the one of the plan's data.

    *leads* gives the address that a title leads to, empty where there is none; without it titles
    are text. The template is given *more* as it is.

    Raises:
        TemplateError: the template is missing or failed.

    """
    add_filters(environment, leads)
    page = _Page()
    parts = page.parts(document.blocks, document.title, 1)
    levels = outline([section.level for section in document.sections], 1)
    chapters = [
        Chapter(
            page.id(section.key or section.title),
            section.title,
            level,
            section.key,
            page.parts(section.blocks, section.title, level),
        )
        for section, level in zip(document.sections, levels, strict=True)
    ]
    return rendered(
        environment,
        template,
        document=document,
        title=document.title,
        parts=parts,
        sections=chapters,
        contents=[
            chapter
            for chapter in chapters
            if document.layout is Layout.PAPER and chapter.level == 2 and chapter.title.strip()
        ],
        licence=licence,
        **more,
    )


def add_filters(environment: Environment, leads: Callable[[Linked], str] | None = None) -> None:
    """Give an environment what the page's templates use; *leads* as for `html`."""

    def stylesheet(name: str = "style.css") -> Markup:
        loader = environment.loader
        return Markup(loader.get_source(environment, name)[0] if loader else "")  # noqa: S704

    made = partial(cell, leads=leads)
    environment.filters["cell"] = made
    environment.filters["table"] = partial(table, cell=made)
    environment.filters["blocks"] = partial(blocks, cell=made)
    environment.filters["sections"] = partial(sections, cell=made)
    environment.globals["stylesheet"] = stylesheet


def cell(content: Cell, leads: Callable[[Linked], str] | None = None) -> Markup:
    """A cell as HTML: a badge's words in its colour, a share with its bar, an address as a link."""
    if type(content) is str and not content.startswith("http"):  # nearly all are
        return plain(content)
    match content:
        case Linked() if leads and (address := leads(content)):
            before, name, after = map(plain, content.partition(content.name))
            return Markup(f'{before}<a href="{escape(address)}">{name}</a>{after}')  # noqa: S704
        case Badge():
            tone = content.tone.value
            return Markup(f'<strong class="tag tag-{tone}">{plain(content.text)}</strong>')  # noqa: S704
        case Way(fraction=None):
            return Markup("not known")
        case Way(fraction=share) if share is not None:
            full = max(0, min(100, round(100 * share)))
            bar = Markup(
                '<span class="way">{} <svg class="bar" viewBox="0 0 100 10" aria-hidden="true"'
                ' preserveAspectRatio="none"><rect width="{}" height="10"/></svg></span>'
            )
            return bar.format(text(content), full)
        case Lines():
            return Markup("<br>").join(cell(line, leads) for line in content.texts)
        case Trend():
            return Markup("")
        case str() if ADDRESS.fullmatch(content):
            return Markup('<a class="bare" href="{0}">{0}</a>').format(content)
        case _:
            return plain(text(content))


def drawn(given: Picture, *, name: str = "") -> str:
    """A picture as SVG, whose ids begin with *name*, else with its key.

    A website shows a picture on several pages, so those that were drawn are kept for a while.
    """
    return _drawn(dumps(given), name)


@lru_cache(maxsize=2048)
def _drawn(packed: bytes, name: str) -> str:
    given: Picture = loads(packed)  # noqa: S301 - what was packed just now
    match given:
        case Chart():
            return chart.svg(given, name=name)
        case Map():
            return maps.svg(given, name=name)
        case Bar():
            return bars.svg(given, name=name)


class _Page:
    """A page being made: the ids and names it has given away."""

    def __init__(self) -> None:
        self.taken = {"main", "contents"}
        self.names: set[str] = set()

    def id(self, words: str) -> str:
        """An id from *words*, not given before."""
        plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
        wanted = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "part"
        return _unlike(self.taken, wanted, "{}-{}")

    def name(self, words: str) -> str:
        """A name for a region, not given before."""
        return _unlike(self.names, " ".join(words.split()) or "Table", "{} ({})")

    def parts(self, blocks: Sequence[Block], title: str, level: int) -> list[Part]:
        """The blocks beneath a heading of rank *level*; those with nothing in them are left out."""
        return [self._part(block, title, level) for block in shown(blocks)]

    def _part(self, block: Block, title: str, level: int) -> Part:
        match block:
            case Table():
                return Part("table", block, self.grid(block, title))
            case Facts():
                return Part("facts", block)
            case Items():
                return Part("items", block)
            case Prose():
                made = as_html(block.markdown, title, level, self.name)
                return Part("prose", block, markup=Markup(made))  # noqa: S704
            case Chart() | Map() | Bar():
                return self.picture(block)
            case _:
                return Part("text", block)

    def picture(self, given: Picture) -> Part:
        """What is drawn, with ids of its own, and its table."""
        kind = _KINDS[type(given)]
        name = self.id(f"{kind}-{given.key}").removeprefix(f"{kind}-")
        self.taken |= {f"{kind}-{name}-title", f"{kind}-{name}-desc"}
        what = "places" if isinstance(given, Map) else "figures"
        beside = (
            None if isinstance(given, Bar) else self.grid(given.table, f"{given.title}: the {what}")
        )
        return Part(kind, given, beside, Markup(drawn(given, name=name)))  # noqa: S704

    def grid(self, given: Table, title: str) -> Grid:
        """A table ready to be laid out, with a region of its own."""
        return grid(given, title, self.name(given.caption or title))


def _unlike(taken: set[str], wanted: str, pattern: str) -> str:
    candidate, count = wanted, 1
    while candidate in taken:
        count += 1
        candidate = pattern.format(wanted, count)
    taken.add(candidate)
    return candidate
