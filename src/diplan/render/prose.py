"""Somebody's Markdown: parsed once for every format, and written out again as HTML or as Markdown.

What is a link is decided on what was parsed, and not on its letters: it leads to the web, to an
e-mail address or to a place in the page, or it stays text. A picture becomes a link, and HTML
stays text. Markdown is written out from the same tokens, so nothing can hide from this in the
form of entities, escapes or references.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode as Node
from markupsafe import Markup

from diplan.ground.text import visible

_LEADS = re.compile(r"https?://[^/?#]|mailto:[^?]|#", re.IGNORECASE)
_SPECIAL = re.compile(r"[\\`*_\[\]|~$]|(?<=\])\(|&(?=#?\w{1,40};)|!$")
_IN_TITLE = re.compile(r'["\\&<`|]')
_BACKSLASHED = r"\\\g<0>"
_LINE_START = re.compile(r"^(?:(\d{1,9})(?=[.)])|(?=[-+=#>:]))")
_CLOSING = re.compile(r"(?<!\\)#$")
_WORD = re.compile(r"[\w.+#-]{1,40}", re.ASCII)
_ALIGNED = {"text-align:left": ":---", "text-align:right": "---:", "text-align:center": ":---:"}
_TO_THE_RIGHT = "text-align:right"
DEEPEST = 6
"""The lowest rank of a heading."""


class _Parser(MarkdownIt):
    """CommonMark with tables, without HTML, pictures, and links that lead elsewhere."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        return bool(_LEADS.match(url))


def parser() -> MarkdownIt:
    """A parser for what others wrote, with its own renderer."""
    return _Parser("commonmark", {"html": False}).enable("table").disable("image")


def parsed(markdown: str, by: MarkdownIt) -> list[Token]:
    """The tokens of a text: links lead where links may lead, and headings say something."""
    tokens = by.parse(visible(markdown))
    for token in tokens:
        if token.children:
            token.children = list(_led(token.children))
    return list(_headed(tokens))


def _headed(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens without headings that have no words, such as `#`."""
    left = 0
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            left = 0 if any(part.content.strip() for part in tokens[at + 1].children or ()) else 3
        if left:
            left -= 1
        else:
            yield token


def _led(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens without links that lead nowhere, such as `[x]()`."""
    leads = True
    for token in tokens:
        if token.type == "link_open":
            leads = bool(token.attrs.get("href"))
        if leads or token.type not in ("link_open", "link_close"):
            yield token


def outline(levels: Iterable[int], above: int) -> list[int]:
    """Ranks for headings beneath one of rank *above*: the given order, and none is skipped."""
    open_levels: list[int] = []
    ranks = []
    for level in levels:
        while open_levels and open_levels[-1] >= level:
            open_levels.pop()
        open_levels.append(level)
        ranks.append(min(above + len(open_levels), DEEPEST))
    return ranks


def as_html(markdown: str, title: str, level: int, named: Callable[[str], str]) -> str:
    """Paragraphs as HTML, whose headings rank below a section of *level* with a *title*.

    There is no markup of their writer's in it, no picture and no unsafe link. *named* makes the
    name of a table's region unlike any other's in the page.
    """
    tokens = parsed(markdown, _FOR_HTML)
    headings = [token for token in tokens if token.type == "heading_open"]
    ranks = iter(outline([int(token.tag[1:]) for token in headings], level))
    rank = level
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            rank = next(ranks)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{rank}"
        if token.type in ("th_open", "td_open") and token.attrs.pop("style", "") == _TO_THE_RIGHT:
            token.attrSet("class", "right")
        if token.type == "th_open":
            _head(tokens, at)
        if token.type == "table_open":
            token.meta["caption"] = title
            token.meta["name"] = named(f"{title}: table")
    return str(_FOR_HTML.renderer.render(tokens, _FOR_HTML.options, {}))


def _head(tokens: Sequence[Token], at: int) -> None:
    """A head of a column says so; one without words is a plain cell."""
    if tokens[at + 1].content.strip():
        tokens[at].attrSet("scope", "col")
    else:
        tokens[at].tag = tokens[at + 2].tag = "td"


def _table_open(_: object, tokens: Sequence[Token], at: int, *__: Any) -> str:
    given = tokens[at].meta
    opened = Markup(
        '<div class="scroll" role="region" tabindex="0" aria-label="{}">\n<table>\n'
        '<caption class="hidden">{}</caption>\n'
    ).format(given["name"], given["caption"])
    return str(opened)  # added to the page so far, Markup would escape that


def _table_close(*_: object) -> str:
    return "</table>\n</div>\n"


def _for_html() -> MarkdownIt:
    made = parser()
    made.add_render_rule("table_open", _table_open)
    made.add_render_rule("table_close", _table_close)
    return made


_FOR_HTML = _for_html()


def demoted(markdown: str, level: int) -> str:
    """Paragraphs as Markdown again, whose headings rank below a section of *level*."""
    return _blocks(Node(parsed(markdown, _PARSER)).children, level)


_PARSER = parser()


def _blocks(nodes: Iterable[Node], level: int, between: str = "\n\n") -> str:
    return between.join(_block(node, level) for node in nodes)


def _block(node: Node, level: int) -> str:
    match node.type:
        case "heading":
            rank = min(DEEPEST, int(node.tag[1:]) + level)
            words = _CLOSING.sub(_BACKSLASHED, _on_one_line(node))
            return f"{'#' * rank} {words}".rstrip()
        case "bullet_list" | "ordered_list":
            return _list(node, level)
        case "blockquote":
            return _indented(_blocks(node.children, level), "> ", "> ")
        case "fence" | "code_block":
            return _code(node)
        case "hr":
            return "* * *"
        case "table":
            return "\n".join(_table(node))
        case "inline":
            return _inline(node.children)
        case _:
            return _blocks(node.children, level)


def _list(node: Node, level: int) -> str:
    parts = [part for item in node.children for part in item.children]
    tight = all(part.hidden for part in parts if part.type == "paragraph")
    first = int(node.attrs.get("start", 1))
    items = []
    for at, item in enumerate(node.children):
        mark = f"{first + at}{node.markup}" if node.type == "ordered_list" else node.markup
        text = _blocks(item.children, level, "\n" if tight else "\n\n")
        items.append(_indented(text, f"{mark} ", " " * (len(mark) + 1)))
    return ("\n" if tight else "\n\n").join(items)


def _indented(text: str, first: str, others: str) -> str:
    lines = [f"{others}{line}".rstrip() for line in text.split("\n")]
    return "\n".join([f"{first}{lines[0][len(others) :]}".rstrip(), *lines[1:]])


def _code(node: Node) -> str:
    """Code between fences that are longer than any inside."""
    fence = _longer(node.content, 3)
    word = node.info.split(maxsplit=1)[0] if node.info.strip() else ""
    language = word if _WORD.fullmatch(word) else ""
    return f"{fence}{language}\n{node.content.rstrip(chr(10))}\n{fence}"


def _longer(content: str, least: int) -> str:
    longest = max(map(len, re.findall("`+", content)), default=0)
    return "`" * max(least, longest + 1)


def _table(node: Node) -> Iterator[str]:
    for part in node.children:
        for row in part.children:
            cells = (_on_one_line(cell) for cell in row.children)
            yield f"| {' | '.join(cells)} |"
            if part.type == "thead":
                rules = (_ALIGNED.get(str(cell.attrs.get("style")), "---") for cell in row.children)
                yield f"| {' | '.join(rules)} |"


def _on_one_line(node: Node) -> str:
    """A heading's or a cell's text; in a cell even code ends at a bar."""
    text = "".join(_inline(part.children) for part in node.children)
    flat = re.sub(r"\\?\n", " ", text)
    return flat if node.type == "heading" else re.sub(r"(?<!\\)\|", r"\\|", flat)


def _inline(nodes: Iterable[Node]) -> str:
    text = ""
    for node in nodes:
        text += _span(node, starts=not text or text.endswith("\n"))
    return text


def _span(node: Node, *, starts: bool) -> str:
    match node.type:
        case "text":
            return _text(node.content, starts=starts)
        case "softbreak":
            return "\n"
        case "hardbreak":
            return "\\\n"
        case "code_inline":
            fence = _longer(node.content, 1)
            pad = " " if re.search(r"^`|`$|^ .* $", node.content) else ""
            return f"{fence}{pad}{node.content}{pad}{fence}"
        case "em" | "strong":
            return f"{node.markup}{_inline(node.children)}{node.markup}"
        case "link":
            return _link(node)
        case _:
            return _text(node.content, starts=starts)


def _text(content: str, *, starts: bool) -> str:
    """Words so that they are only words."""
    safe = _SPECIAL.sub(_BACKSLASHED, content).replace("<", "&lt;")
    return _LINE_START.sub(lambda start: f"{start[1] or ''}\\", safe) if starts else safe


def _link(node: Node) -> str:
    address = re.sub(r"&(?=#?\w+;)", "&amp;", str(node.attrs.get("href", "")))
    title = " ".join(str(node.attrs.get("title", "")).split())
    named = f' "{_IN_TITLE.sub(_BACKSLASHED, title)}"' if title else ""
    target = f"<{address}>" if re.search(r"[()]", address) else address
    return f"[{_inline(node.children)}]({target}{named})"
