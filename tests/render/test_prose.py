"""Paragraphs that others wrote: in every format links lead where links may, and nothing runs."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from diplan.render.html import html
from diplan.render.prose import as_html, demoted, parser
from diplan.render.templates import environment
from diplan.report.document import Document, Prose, Section

REST = """\
# A heading

Some *stress*, __strength__ and `code`, R&D for £5 & more,
on a second line; file_name and 5 * 3.

- one
- two
  with more
  - inside

1. first
2. second

> quoted
> twice

| a | b |
|:--|--:|
| `x` | 1 |

```sh
echo "<b>"
```

A [link](https://example.org/a_(b)?c=1&d=2 "title") and <mailto:help@example.org>,
and [below](#there).
"""

HOSTILE = (
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt&colon;alert(1))",
    "[a](java&Tab;script:alert(1))",
    "[a](java&#x0A;script:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](\\javascript:alert(1))",
    "[a](javascript\\:alert(1))",
    "[a](<javascript:alert(1)>)",
    "[a](\n  javascript:alert(1))",
    "[a](vbscript:x)",
    "[a](data:text/html,x)",
    "[a](data:image/png;base64,x)",
    "[a](file:///etc/passwd)",
    "[a](//example.org/x)",
    "[a](/etc/passwd)",
    "[]()",
    "[a](<>)",
    "[a](../../.git/config)",
    "[a]: javascript:alert(1)\n\n[a] [a][] [b][a]",
    "[a]: <java&#115;cript:alert(1)>\n\n[a]",
    "> [a]: javascript:alert(1)\n\n[a]",
    "<javascript:alert(1)>",
    "<JAVASCRIPT&colon;alert(1)>",
    "![a](https://example.org/spy.png)",
    "![a][b]\n\n[b]: https://example.org/spy.png",
    "![a]\n\n[a]: https://example.org/spy.png",
    "\\![a](https://example.org/spy.png)",
    "![[a](javascript:x)](https://example.org)",
    "[![a](https://example.org/spy.png)](https://example.org)",
    "*!*![a](https://example.org/spy.png)",
    "<img src=x onerror=alert(1)>",
    "&lt;img src=x onerror=alert(1)&gt;",
    "\\<script>alert(1)</script>",
    "<!-- --><script>alert(1)</script>",
    "`<b>`<script>",
    "a\n<script>\nb",
    "| a |\n|--|\n| <script> [a](javascript:x) |",
    "    <script>\n    [a](javascript:x)",
    "```\n[a](javascript:x)\n\n<script>",
    "``` <script>\n```\n<script>",
    "# <script> [a](javascript:x) #",
    "a <script>\n===",
    "- <script>\n- [a](javascript:x)",
    '[a](https://example.org "\\" onmouseover=\\"x")',
    "[a](https://example.org '\"><script>')",
    "[a](https://example.org/&quot;&gt;<script>)",
    "\u200b[a](java\u200bscript:x)",
    "[a](\x01javascript:x)",
)


def anything() -> MarkdownIt:
    """A reader that is as ready to believe as any: HTML, pictures, every address."""

    class Credulous(MarkdownIt):
        def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
            return True

    return Credulous("commonmark", {"html": True}).enable(["table", "strikethrough"])


def harmless(markdown: str) -> bool:
    """Whether a reader that believes everything finds no HTML, picture or other address."""
    for token in anything().parse(markdown):
        assert token.type != "html_block", markdown
        for child in token.children or ():
            assert child.type not in ("image", "html_inline"), markdown
            if child.type == "link_open":
                assert re.match(r"https?://|mailto:|#", str(child.attrs["href"])), markdown
    return True


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_markdown(text: str) -> None:
    """However a link, a picture or a tag is disguised, it stays text, or a link to the web.

    The page is what docx and odt are made of.
    """
    assert harmless(demoted(text, 2))

    document = Document("A paper", [], [Section("Part", [Prose(text)])], dict, "")
    page = html(document, environment((), kind="html"))
    main = page.partition("<main")[2]
    assert not re.search(r"<(?:script|img|b)\b", main)
    assert all(re.match(r"https?://|mailto:|#", to) for to in re.findall(r'href="([^"]*)', main))


@given(
    st.lists(
        st.sampled_from(
            [*"[]()<>!`*_~#-+=|:\\&\"' \n\t1.a", "\n\n", "    ", "javascript:", "&colon;", "&lt;",
             "https://e.org", "mailto:", "](", "[a]: ", "![", "```", "<b>", "</b>", "<!--", "- ",
             "\n> ", "|-|-|\n", "&#x5b;", "\\\n", "# "]
        ),
        max_size=25,
    ).map("".join)
)  # fmt: skip
def test_any_markdown(text: str) -> None:
    """Whatever somebody wrote, it is written out as something harmless that says the same."""
    made = demoted(text, 0)

    assert harmless(made)
    assert words(made) == words(text)


def words(markdown: str) -> str:
    """What a page says, without its markup, its spaces, and stress that did not come about."""
    page = re.sub(r"<[^>]*>", "", parser().render(markdown))
    return re.sub(r"[\s*_]", "", page)


def test_the_rest_is_as_it_was() -> None:
    """Headings, lists, quotes, tables, code and links mean what they meant."""
    assert parser().render(demoted(REST, 0)) == parser().render(REST)


def test_it_reads_as_it_was_written() -> None:
    """Plain paragraphs and lists are not changed by a letter."""
    text = "More of life happens online: work, R&D (5%).\n\n- one;\n- two, at 5 o'clock.\n\nEnd."

    assert demoted(text, 2) == text


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("# a\n\n## b\n\n###### c", "### a\n\n#### b\n\n###### c"),
        ("a\n===", "### a"),
        ("# C#", "### C\\#"),
        ("```\nopen", "```\nopen\n```"),
        ("![a](https://example.org/x.png)", "\\![a](https://example.org/x.png)"),
        ("[a](x.md)", "\\[a\\]\\(x.md)"),
        ("[a]()", "a"),
        ("<b>", "&lt;b>"),
        ("1986\\. A year", "1986\\. A year"),
        ("", ""),
    ],
)
def test_how_it_is_written(text: str, made: str) -> None:
    """Headings rank below a section of rank 2, and text that would be markup is escaped."""
    assert demoted(text, 2) == made


@pytest.mark.parametrize("mark", ["#", "## #", "# [](https://example.org)", "# &nbsp;"])
def test_a_heading_without_words_is_left_out(mark: str) -> None:
    """Nobody can go to a heading that says nothing, and PDF/UA forbids one."""
    text = f"{mark}\n\nWords."

    assert as_html(text, "Note", 1, str) == "<p>Words.</p>\n"
    assert demoted(text, 1) == "Words."
