"""Words on pages as data: paragraphs and cells, and long words that have to break somewhere."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from diplan.render.flow import Run, lines
from diplan.render.html import ADDRESS
from diplan.render.widths import width
from diplan.report.document import Badge, Cell, Way

_LONG = re.compile(r"(?:[^\s/-]|[/-](?=\d)){9,}[/-]*")
"""Long words up to where they may break anyway, as web addresses may at every stroke."""
_LEADS = re.compile(r"https?://|mailto:", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_ADDRESS = re.compile(rf"{ADDRESS.pattern}(?<![.,;:!?)])")
"""A web address in a sentence, without the sign that ends the sentence."""
_MAY_BREAK = "\u200b"
"""A space of no width."""


def yielding(words: str, room: float) -> str:
    """Words on one line, of which those that are wider than *room*, in ems, may break anywhere."""

    def broken(found: re.Match[str]) -> str:
        word = found[0]
        if len(word) < room or width(word) <= room:
            return word
        return "".join(_separate(letter) for letter in word)

    return _LONG.sub(broken, _SPACES.sub(" ", words))


def _separate(letter: str) -> str:
    joins = unicodedata.category(letter).startswith("M") or letter == "\u200d"
    return letter if joins else _MAY_BREAK + letter


def spans(runs: Iterable[Run], room: float) -> list[dict[str, Any]]:
    """The words of a paragraph in their forms; a form that they do not have is left out."""
    return [
        {
            "text": "\n" if run.text == "\n" else yielding(run.text, room),
            **({"strong": True} if run.strong else {}),
            **({"emphasis": True} if run.emphasis else {}),
            **({"code": True} if run.code else {}),
            **({"address": run.address} if _LEADS.match(run.address) else {}),
        }
        for whole in runs
        for run in _linked(whole)
    ]


def _linked(run: Run) -> Iterator[Run]:
    """Words, of which a web address is a link."""
    if run.address or run.code:
        yield run
        return
    end = 0
    for found in _ADDRESS.finditer(run.text):
        yield run._replace(text=run.text[end : found.start()])
        yield run._replace(text=found[0], address=found[0])
        end = found.end()
    yield run._replace(text=run.text[end:])


def cell(content: Cell, room: float) -> dict[str, Any]:
    """What a cell says, line by line, and how it is drawn."""
    said = [yielding(line, room) for line in lines(content)]
    match content:
        case Badge():
            return {"lines": said, "tone": content.tone.value}
        case Way(fraction=share) if share is not None:
            return {"lines": said, "share": float(max(Fraction(0), min(Fraction(1), share)))}
        case str() if ADDRESS.fullmatch(content):
            return {"lines": said, "address": content}
        case _:
            return {"lines": said}
