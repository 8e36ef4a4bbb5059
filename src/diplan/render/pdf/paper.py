"""A document as the data that the template of papers lays out.

All that takes judgement is decided here: how large letters are, which pages lie on their sides,
and what stands beside what. The template only draws.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest
from typing import Any

from diplan.ground.text import visible
from diplan.render import widths
from diplan.render.flow import Flow, Heading, Illustration, Pages, Paragraph
from diplan.render.grid import Grid
from diplan.render.pdf.setting import A4, MEASURES, Measures, Setter
from diplan.render.pdf.tables import records
from diplan.render.pdf.words import yielding
from diplan.report.document import Facts, Layout

_SHORT, _RUNNING = 200, 90
"""How many letters a short paragraph has, and a title at the foot of a page."""
_SECTIONS = 5
"""A paper with more sections than this, on more than a few pages, has a list of them."""


def paper(pages: Pages, organisation: str = "") -> dict[str, Any]:
    """Everything that the template needs, as values of JSON."""
    measures = MEASURES[pages.layout]
    ems = (A4[0] - 2 * measures.margin) / measures.size
    parts = list(_parts(pages.flow, measures))
    if pages.layout != Layout.ONE_PAGE and len(_sections(pages.flow)) > _SECTIONS + 1:
        _list_contents(parts[0]["blocks"])
    return {
        "name": " ".join(pages.title.split()) or "Paper",
        "author": " ".join(visible(organisation).split()),
        "title": yielding(pages.title, ems / 2).strip() or "Paper",
        "organisation": yielding(visible(organisation), ems).strip(),
        "running": _short(pages.title, ems),
        "size": measures.size,
        "margin": measures.margin,
        "parts": parts,
    }


def _list_contents(blocks: list[dict[str, Any]]) -> None:
    """Put a list of contents before the first section."""
    heads = (at for at, block in enumerate(blocks) if block.get("level") == 2)
    blocks.insert(next(heads, len(blocks)), {"kind": "contents", "leads": False})


def _parts(flow: Sequence[Flow], measures: Measures) -> Iterator[dict[str, Any]]:
    """Runs of sections that stand upright, or lie on their sides since a table is too wide."""
    upright, on_side = (Setter(measures, on_side=on_side) for on_side in (False, True))

    def lies(section: Sequence[Flow]) -> bool:
        return not all(upright.holds(thing) for thing in section if isinstance(thing, Grid))

    kept = [
        part
        for thing in flow
        for part in (
            records(thing)
            if isinstance(thing, Grid) and not on_side.holds(thing, measures.smallest)
            else [thing]
        )
    ]
    for wide, sections in groupby(_sections(kept), lies):
        setter = on_side if wide else upright
        blocks = [block for section in sections for block in _paired(_blocks(section, setter))]
        yield {"on_side": wide, "blocks": blocks}


def _sections(flow: Iterable[Flow]) -> list[list[Flow]]:
    """What stands before the first section, and each section with its heading."""
    sections: list[list[Flow]] = [[]]
    for thing in flow:
        if isinstance(thing, Heading) and thing.level == 2:
            sections.append([])
        sections[-1].append(thing)
    return sections


def _blocks(section: Sequence[Flow], setter: Setter) -> list[dict[str, Any]]:
    """What stands in a section; each thing knows whether it leads to what follows it."""
    return [
        setter.one(thing) | {"leads": _leads(thing, following)}
        for thing, following in zip_longest(section, section[1:])
    ]


def _paired(blocks: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The blocks, with small pictures that follow one another side by side in twos."""
    made: list[dict[str, Any]] = []
    for block in blocks:
        if made and made[-1].get("small") and block.get("small"):
            made[-1] = {"kind": "pair", "pictures": [made[-1], block], "leads": False}
        else:
            made.append(block)
    return made


def _leads(thing: Flow, following: Flow | None) -> bool:
    """Whether a thing stays with what follows it."""
    match thing:
        case Heading():
            return True
        case Paragraph(runs=[*_, last]) if last.text.rstrip().endswith(":"):
            return True
        case Paragraph(runs=runs):
            short = sum(len(run.text) for run in runs) < _SHORT
            return short and isinstance(following, Facts | Grid | Illustration)
        case Facts():
            return isinstance(following, Illustration)
        case _:
            return False


def _short(title: str, room: float) -> str:
    """As much of a title as stands on one line beside a page's number."""
    flat = " ".join(title.split())
    kept = flat[:_RUNNING]
    while widths.width(kept) > 0.8 * room:
        kept = kept[:-1]
    return kept if kept == flat else f"{kept.rsplit(' ', 1)[0]}…"
