"""Pages: whole, self-contained, in order for assistive technology, and deaf to hostile text."""

import re
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Golden
from diplan.render.grid import merged
from diplan.render.html import html
from diplan.render.prose import outline
from diplan.render.templates import environment
from diplan.report.document import (
    Badge,
    Block,
    Cell,
    Column,
    Document,
    Facts,
    Items,
    Lines,
    Prose,
    Section,
    Table,
)
from pages import ACTIONS, EVERYTHING, SHARE, TEXT

HERE = Path(__file__).parent
ENVIRONMENT = environment([], kind="html")

words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)
hostile = st.sampled_from(
    [
        "<script>alert(1)</script>", "</style><img src=x onerror=alert(1)>", '"><b>', "&lt;",
        "&amp;", "{{ 7 }}", "{% include 'x' %}", "</caption></table>", "' onload='x", "<!--", "]]>",
    ]
)  # fmt: skip
any_text = words | hostile

Element = tuple[str, dict[str, str | None]]


class Reader(HTMLParser):
    """A page's elements, each with its attributes, and the words directly in or beneath each."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Element] = []
        self.said: list[str] = []
        self.inside: list[int] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.found.append((tag, dict(attrs)))
        self.said.append("")
        if tag not in {"meta", "br", "hr"}:
            self.inside.append(len(self.found) - 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that holds nothing."""
        self.found.append((tag, dict(attrs)))
        self.said.append("")

    def handle_endtag(self, tag: str) -> None:
        """See that an element ends in its order."""
        opened = self.found[self.inside.pop()][0]
        assert tag == opened, f"</{tag}> ends <{opened}>"

    def handle_data(self, data: str) -> None:
        """Note words for each element that they are in."""
        for at in self.inside:
            self.said[at] += data

    def named(self, *tags: str) -> list[Element]:
        """The elements of some kinds."""
        return [one for one in self.found if one[0] in tags]

    def words(self, tag: str) -> list[str]:
        """What each element of a kind says."""
        return [
            said.strip()
            for (name, _), said in zip(self.found, self.said, strict=True)
            if name == tag
        ]


def page(document: Document) -> str:
    """A document as a page."""
    return html(document, ENVIRONMENT)


def read(*blocks: Block, title: str = "Title") -> Reader:
    """A page with some blocks in one section, read."""
    return Reader(page(Document(title, [], [Section("Section", blocks)])))


def test_a_whole_page(golden: Golden) -> None:
    """A document with every kind of block gives the page that was looked at."""
    made = html(EVERYTHING, ENVIRONMENT, licence="the Open Government Licence v3.0")

    golden(HERE / "golden" / "page.html", made)
    assert made == html(EVERYTHING, environment([], kind="html"),
                        licence="the Open Government Licence v3.0")  # fmt: skip


def test_the_bones_of_a_page() -> None:
    """A page has its language, one h1, its landmarks, and a link past what comes before them."""
    reader = Reader(page(EVERYTHING))
    tags = Counter(tag for tag, _ in reader.found)

    assert reader.found[0] == ("html", {"lang": "en-GB"})
    assert reader.words("title")[0] == reader.words("h1")[0] == EVERYTHING.title
    assert all(tags[name] == 1 for name in ("h1", "main", "header", "nav", "footer"))
    assert next(at for tag, at in reader.named("a"))["href"] == "#main"
    assert not reader.inside, "every element is closed"


def test_headings_skip_no_rank() -> None:
    """Each heading is at most one rank below the one before it."""
    ranks = [int(tag[1]) for tag, _ in Reader(page(EVERYTHING)).named("h1", "h2", "h3", "h4", "h5")]

    assert all(after <= before + 1 for before, after in pairwise(ranks))


@given(st.lists(st.integers(1, 6)))
def test_outlines(levels: Sequence[int]) -> None:
    """Given ranks become ranks of which none is skipped, in the same order."""
    ranks = outline(levels, 1)

    assert all(after <= before + 1 for before, after in zip([1, *ranks], ranks, strict=False))
    assert all(2 <= rank <= 6 for rank in ranks)
    for at in range(1, len(levels)):
        if levels[at] > levels[at - 1]:
            assert ranks[at] == min(ranks[at - 1] + 1, 6)


def test_every_table_can_be_read_aloud() -> None:
    """A table has a caption, heads with a scope, and a region of its own name to scroll in."""
    reader = Reader(page(EVERYTHING))
    heads = [at for _, at in reader.named("th")]
    regions = [at for _, at in reader.named("div") if at.get("role") == "region"]
    names = [at["aria-label"] for at in regions]

    assert len(reader.named("table")) == len(reader.named("caption")) == 7
    assert all(reader.words("caption"))
    assert {at.get("scope") for at in heads} == {"row", "col"}
    assert all(at["tabindex"] == "0" for at in regions)
    assert len({*names}) == len(names) == 7


@given(st.lists(any_text, min_size=1, max_size=5), st.lists(any_text, max_size=4))
def test_ids_are_unique(titles: list[str], keys: list[str]) -> None:
    """Whatever sections and charts are called, ids are unique and links have their place."""
    charts = [SHARE._replace(key=key) for key in keys]
    sections = [Section(title, charts if not at else []) for at, title in enumerate(titles)]
    reader = Reader(page(Document("T", [], sections)))
    ids = [at["id"] for _, at in reader.found if "id" in at]

    assert len({*ids}) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", name or "") for name in ids)
    for _, at in reader.named("a"):
        assert (at["href"] or "").removeprefix("#") in ids


@given(any_text)
def test_any_text_stays_text(text: str) -> None:
    """Whatever stands in a title, a cell, a fact or an item is read back as it is."""
    table = Table(
        (Column("a", text), Column("b", "B")),
        [[text, Badge(text)], [text, Lines((text, text))]],
        text,
    )
    given_: list[Block] = [
        text,
        table,
        Facts([(text, text)]),
        Items([text]),
        SHARE._replace(title=text),
    ]
    reader = Reader(page(Document(text, [text], [Section(text, given_)])))
    plain = Reader(page(Document("x", ["x"], [Section("x", [
        "x", table._replace(caption="x", columns=(Column("a", "x"), Column("b", "B"))),
        Facts([("x", "x")]), Items(["x"]), SHARE,
    ])])))  # fmt: skip

    for tag in ("title", "h1", "h2", "caption", "dt", "dd", "li", "strong"):
        assert text in reader.words(tag)
    assert reader.words("th")[0] == text
    assert [tag for tag, _ in reader.found] == [tag for tag, _ in plain.found]


def test_nothing_runs_and_nothing_is_loaded() -> None:
    """A page has no script, no handler, and asks for no file and no address."""
    reader = Reader(page(EVERYTHING))

    assert not reader.named("script", "link", "img", "iframe", "object", "embed", "base", "form")
    for tag, at in reader.found:
        assert not {"src", "srcset", "data", "action", "poster", "xlink:href"} & {*at}, tag
        assert not any(name.startswith("on") for name in at), tag
    assert not re.search(r"@import|url\(", "".join(reader.words("style")))


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt&colon;alert(1))",
        "[a](data:text/html,x)",
        "[a](vbscript:x)",
        "<javascript:alert(1)>",
        "![a](https://example.org/spy.png)",
        "[a]: javascript:alert(1)\n\n[a]",
        '[a](https://example.org "\\" onmouseover=\\"x")',
        "| <b> |\n|--|\n| <script> |",
        "```<script>\n</code><script>\n```",
    ],
)
def test_hostile_prose(text: str) -> None:
    """Prose brings no markup of its own, no picture, and no link that runs anything."""
    reader = read(Prose(text))

    assert not reader.named("script", "img", "b")
    for _, at in reader.named("a"):
        assert re.match(r"#|https://", at["href"] or ""), at
        assert not any(name.startswith("on") for name in at)


def test_prose() -> None:
    """Headings in prose rank below their section, and its tables are tables like others."""
    reader = read(Prose(TEXT))

    assert reader.words("h3") == ["What we did"]
    assert reader.words("h4") == ["Detail"]
    assert reader.words("caption") == ["Section"]
    assert [at.get("scope") for _, at in reader.named("th")] == ["col", "col"]
    assert "https://www.stoke.gov.uk/strategy" in [at["href"] for _, at in reader.named("a")]


def spans(*rows: Sequence[Cell]) -> list[list[int]]:
    """How many rows each cell of the two leading columns reaches over."""
    return [row[:2] for row in merged(rows, 2)]


def test_merged_cells() -> None:
    """Empty leading cells belong to the cell above; a new first cell begins a new second one."""
    assert spans(["a", "b", "1"], ["", "", "2"], ["", "c", "3"]) == [[3, 2], [0, 0], [0, 1]]
    assert spans(["a", "b", "1"], ["c", "", "2"], ["", "", "3"]) == [[1, 1], [2, 2], [0, 0]]
    assert spans(["", "", "1"], ["", "", "2"]) == [[2, 2], [0, 0]]
    assert spans(["a", "b", ""], ["", "", ""]) == [[2, 2], [0, 0]]
    assert merged([["a"], [""], ["b"]], 2) == [[2], [0], [1]]
    assert merged([], 2) == []


@given(st.lists(st.lists(st.sampled_from(["", "a", "b"]), min_size=3, max_size=3), max_size=8))
def test_merged_cells_fill_the_table(rows: list[list[Cell]]) -> None:
    """Every place of a merged table belongs to exactly one cell."""
    covered: Counter[tuple[int, int]] = Counter()
    for at, row in enumerate(merged(rows, 2)):
        for column, reach in enumerate(row):
            covered.update((at + down, column) for down in range(reach))

    assert covered == Counter((at, column) for at in range(len(rows)) for column in range(3))


def test_merged_tables_are_merged() -> None:
    """A merged table's cells reach over rows; what cannot be merged says its words again."""
    reader = read(ACTIONS)
    heads = [
        (said, at.get("rowspan"))
        for said, (_, at) in zip(reader.words("th"), reader.named("th"), strict=True)
        if at["scope"] == "row"
    ]

    assert heads == [("Raise skills", "3"), ("Give access", None), ("Save money", None)]
    assert reader.words("td") == [
        "Work Clubs", "More clubs in libraries", "Train volunteers", "Staff",
        "Skills checksTraining", "Staff", "Lend tablets", "Wi-fi", "",
    ]  # fmt: skip


def test_badges_shares_and_trends() -> None:
    """A badge is a word in a tag, a share a number beside its bar; a trend is left out."""
    reader = Reader(page(EVERYTHING))
    tags = {
        said: at.get("class")
        for said, (_, at) in zip(reader.words("strong"), reader.named("strong"), strict=True)
    }

    assert tags["on track"] == "tag tag-good"
    assert tags["slipped"] == "tag tag-fair"
    assert tags["not achieved"] == "tag tag-poor"
    assert tags["no data"] == "tag tag-none"
    assert {"40%", "900%", "not known"} <= {*reader.words("td")}
    assert {at["width"] for _, at in reader.named("rect") if at.get("height") == "10"} >= {
        "40", "0", "100",
    }  # fmt: skip
    assert "Trend" not in (*reader.words("th"), *reader.words("dt"))


def test_a_chart_without_figures_keeps_its_table() -> None:
    """Where there is nothing to draw the words and the table stay."""
    empty = SHARE._replace(points=(), baseline=None, target=None, path=())
    reader = read(empty)

    assert not reader.named("svg")
    assert len(reader.named("table")) == 1
    assert SHARE.description in "".join(reader.words("figcaption"))


def test_nothing_is_made_of_nothing() -> None:
    """Empty blocks leave no empty elements; a table without rows keeps its heads."""
    reader = read(
        "", Facts([]), Items([]), Prose(""), Table((), ()), Table((Column("a", "A"),), ())
    )

    assert not reader.named("ul", "dl", "td")
    assert reader.words("th") == ["A"]


def test_the_licence() -> None:
    """The foot of the page names the licence of the data where there is one."""
    document = Document("T", [], [])

    assert "under CC0." in Reader(html(document, ENVIRONMENT, licence="CC0")).words("footer")[0]
    assert Reader(page(document)).words("footer") == ["Made with diplan from the plan’s data."]


def test_large_tables_are_quick() -> None:
    """A table of 2,000 rows is a page like another."""
    rows = [[f"row {at}", str(Fraction(at))] for at in range(2000)]
    reader = read(Table((Column("a", "A"), Column("b", "B", right=True)), rows))

    assert len(reader.named("tr")) == 2001
