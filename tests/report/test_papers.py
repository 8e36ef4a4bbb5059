"""The papers: what they hold on the real plan, and that they are the same bytes every time."""

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from conftest import PLAN, ROOT, Clock, Diplan
from diplan.plan import NARRATIVE
from diplan.render.markdown import markdown
from diplan.render.templates import environment
from diplan.report.document import Column, Document, Items, Section, Table
from diplan.report.papers import REPORTS

PARSER = MarkdownIt("commonmark").enable("table")
BASE = ROOT / "tests" / "errors" / "base" / "data"


def tables(text: str) -> Iterator[list[list[str]]]:
    """The tables of a Markdown text, as a parser sees them: rows of the cells' texts."""
    rows: list[list[str]] = []
    for token in PARSER.parse(text):
        match token.type:
            case "table_open":
                rows = []
            case "tr_open":
                rows.append([])
            case "inline" if token.level and rows and token.level >= 4:
                parts = token.children or []
                words = (part.content if part.type != "softbreak" else " " for part in parts)
                rows[-1].append("".join(words))
            case "table_close":
                yield rows


@pytest.fixture(scope="module", name="plan_2016")
def _plan_2016() -> str:
    path = ROOT / "docs" / "examples" / "action-plan-2016-17.md"
    return path.read_text(encoding="utf-8")


def test_the_example_is_what_the_data_gives(diplan: Diplan) -> None:
    """The action plan that is shown in the documentation is current."""
    said = diplan(
        "report", "action-plan", "--year", "2016/17",
        "--output", "docs/examples/action-plan-2016-17.md", "--check",
    )  # fmt: skip

    assert said.code == 0, said.err


def test_all_actions_stand_in_the_plan_of_their_year(plan_2016: str) -> None:
    """34 actions under the eight outcomes that they are for, each with the source's time."""
    found = [rows for rows in tables(plan_2016) if rows[0][:2] == ["Objective", "Action"]]
    times = Counter(row[3] for rows in found for row in rows[1:])

    assert [len(rows) - 1 for rows in found] == [7, 7, 3, 5, 5, 3, 2, 2]
    assert times == {
        "March 2017": 26,
        "January 2017": 3,
        "December 2016": 1,
        "October 2016": 1,
        "Ongoing since April 2016": 2,
        "To be confirmed": 1,
    }


def test_an_outcome_is_told_once(plan_2016: str) -> None:
    """An outcome is a heading, and an objective is not repeated on each row."""
    first = next(rows for rows in tables(plan_2016) if rows[0][0] == "Objective")
    objectives = [row[0] for row in first[1:] if row[0]]

    assert plan_2016.count("Most people can use online services for everyday tasks") == 1
    assert len(objectives) == len(set(objectives)) == 6


def test_the_performance_table_has_the_source_s_rows(plan_2016: str) -> None:
    """The source's ten rows, in which groups share one, and an eleventh for direct contact."""
    found = [rows for rows in tables(plan_2016) if rows[0][0] == "Indicator"]
    goals = " ".join(row[rows[0].index("Goal")] for rows in found for row in rows[1:])

    assert sum(len(rows) - 1 for rows in found) == 11
    for goal in ("halve to 7,500", "at least 6,000 in all", "at least 85%", "increase by 10%"):
        assert goal in goals


@pytest.mark.parametrize("name", REPORTS)
def test_the_same_data_gives_the_same_bytes(
    name: str, diplan: Diplan, clock: Clock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """On another day and in another time zone nothing changes, and `--check` says so."""
    about = ["libraries"] if REPORTS[name].about else []
    call = ["report", name, *about, "--year", "2017/18", "--output"]
    for form in ("md", "html"):
        path = str(tmp_path / f"x.{form}")
        assert diplan(*call, path).code == 0
        monkeypatch.setenv("TZ", "Pacific/Auckland")
        clock("2031-01-01")
        assert diplan(*call, path, "--check").code == 0


def test_a_stale_paper_is_told(diplan: Diplan, tmp_path: Path) -> None:
    """`--check` fails where the file holds anything but what the data gives now."""
    (tmp_path / "x.md").write_text("stale", encoding="utf-8")
    stale = diplan(
        "report", "progress", "--year", "2017/18", "--output", str(tmp_path / "x.md"), "--check"
    )

    assert stale.code == 1
    assert "is not what the data gives now" in stale.err


UPDATES = """actions:
  - id: kept
    title: Kept on
    priority: get-online
    lead: [libraries]
    due: 2018-03
    years: [2016/17, 2017/18]
  - id: done
    title: Done in time
    priority: get-online
    lead: [libraries]
    due: 2017-03
    years: [2016/17]
    updates: [{date: 2017-02, grade: Fully Achieved, evidence: all of it}]
  - id: gone
    title: Given up
    priority: get-online
    lead: [libraries]
    due: 2017-03
    years: [2016/17]
    ended: {date: 2017-02, why: withdrawn}
  - id: lost
    title: Lost sight of
    priority: get-online
    lead: [libraries]
    due: 2017-03
    years: [2016/17]
  - id: fresh
    title: Taken up
    priority: digital-skills
    lead: [adult-learning]
    due: 2018-03
    years: [2017/18]
"""


def test_what_changed_since_last_year(diplan: Diplan, workspace: Callable[..., Path]) -> None:
    """Every action of last year's plan is accounted for, and so is every new one."""
    home = workspace(actions=UPDATES)
    text = diplan("report", "action-plan", "--year", "2017/18", cwd=home).out
    changes = text.partition("## Changes")[2].partition("\n## ")[0]

    for fate, title in (
        ("Carried forward", "Kept on"),
        ("Completed", "Done in time"),
        ("Withdrawn", "Given up"),
        ("Not finished, so it stays in the plan", "Lost sight of"),
        ("New this year", "Taken up"),
    ):
        assert f"{fate}: 1 action.\n\n- {title}" in changes


def test_scrutiny_stands_side_by_side(diplan: Diplan, workspace: Callable[..., Path]) -> None:
    """Actions are columns, with evidence and grade beneath; the totals say of how many."""
    home = workspace(actions=UPDATES)
    text = diplan("report", "scrutiny", "--year", "2016/17", cwd=home).out
    found = list(tables(text))

    assert found[0][0] == ["What was agreed", "Action 1", "Action 2", "Action 3"]
    assert "all of it (February 2017)" in found[0][5]
    assert ["All", "3"] in found[-2]
    assert found[-1][1] == ["1", "Fully Achieved"]


def test_review_tells_what_moved(diplan: Diplan, workspace: Callable[..., Path]) -> None:
    """A board hears of movements since the last review, and of what it has to decide."""
    text = diplan("report", "review", "--as-of", "2018", cwd=workspace()).out

    assert "900 (2017)" in text
    assert "720 (2018)" in text
    assert "| a new figure (2018: 720) |" in text
    real = diplan("report", "review", "--year", "2016/17").out
    assert "5 of 34 actions overdue, 5 of them newly." in real
    assert "A baseline for: Businesses that have a website" in real


def test_service_is_asked_for_by_name(diplan: Diplan) -> None:
    """A paper on a service needs to know which."""
    assert "Owed now" in diplan("report", "service", "libraries", "--as-of", "2017").out
    assert diplan("report", "service").code == 2
    wrong = diplan("report", "service", "librarys")
    assert 'did you mean "libraries"?' in wrong.err
    assert diplan("report", "progress", "libraries").code == 2


def test_lists_and_wrong_names(diplan: Diplan) -> None:
    """Papers are listed, and a mistyped one gets a hint."""
    assert all(name in diplan("report", "--list").out for name in REPORTS)
    assert 'did you mean "action-plan"?' in diplan("report", "acton-plan").err
    assert diplan("report", "progress", "--output", "x.odt").code == 2
    assert diplan("report", "progress", "--check").code == 2


def test_charts_stand_beside_a_markdown_paper(diplan: Diplan, tmp_path: Path) -> None:
    """A chart is a file of its own that the paper refers to, with words for who cannot see it."""
    diplan("report", "progress", "--as-of", "2020", "--output", str(tmp_path / "p.md"))
    text = (tmp_path / "p.md").read_text(encoding="utf-8")
    pictures = re.findall(r"!\[(.+)\]\((p-charts/[a-z-]+\.svg)\)", text)

    assert [path.removeprefix("p-charts/") for _, path in pictures] == [
        "statuses.svg", "grades.svg", "offline-adults.svg", "offline-adults-share.svg"
    ]  # fmt: skip
    for words, path in pictures:
        assert len(words) > 40
        assert (tmp_path / path).read_text(encoding="utf-8").startswith("<svg")


def test_a_chart_has_its_benchmarks_in_its_table(diplan: Diplan, tmp_path: Path) -> None:
    """A benchmark is a column beside our figures; a period with only its figure has a row."""
    home = shutil.copytree(PLAN, tmp_path / "plan")
    file = home / "data" / "indicators.yaml"
    text = file.read_text(encoding="utf-8")
    old = "          - {period: 2016, value: 14.2}\n"
    file.write_text(text.replace(old, f"{old}{old.replace('2016', '2014')}"), encoding="utf-8")
    said = diplan("report", "progress", "--as-of", "2020", cwd=home).out
    rows = [" ".join(line.split()) for line in said.splitlines() if line.startswith("|")]

    assert "| Period | Figure | The region | Is |" in rows
    assert "| 2014 | – | 14.2% | benchmark |" in rows
    assert "| 2016 | 12.4% \\[u\\] | 14.2% | baseline |" in rows
    assert "| 2017 | 19.0% \\[u\\] | – | observed |" in rows


def test_narrative_is_text(diplan: Diplan, workspace: Callable[..., Path]) -> None:
    """An officer's paragraphs keep their Markdown, below the section's heading, and no HTML."""
    home = workspace()
    (home / "data" / "narrative").mkdir()
    (home / "data" / "narrative" / "introduction.md").write_text(
        "# Big\n\nSome *words* <script>x</script>\n", encoding="utf-8"
    )
    text = diplan("report", "action-plan", "--year", "2016/17", cwd=home).out

    assert "### Big" in text
    assert "*words*" in text
    assert "<script>" not in text
    assert "<script" not in PARSER.render(text).replace("&lt;script", "")


hostile = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), min_size=1, max_size=25
) | st.sampled_from(
    ["| a", "a|b\\", "`x`", "<b>x</b>", "[a](javascript:b)", "# a", "- a", "1. a", "=1+1", "***",
     "![x](y)", "&lt;", "a  b", "~~a~~", "\\|", "+ a", "1) a", "<br>", "---", "> a", "a_b_c"]
)  # fmt: skip


@given(st.lists(st.tuples(hostile, hostile), min_size=1, max_size=4), hostile)
def test_no_data_breaks_a_table(rows: list[tuple[str, str]], title: str) -> None:
    """Whatever is in the data, a parser finds the same cells with the same words."""
    columns = (Column("a", "A"), Column("b", title))
    document = Document(title, [title], [Section(title, [Table(columns, rows), Items([title])])])
    text = markdown(document, environment((), kind="markdown"), template="report.md.j2")

    flat = [["A", title], *rows]
    expected = [[" ".join(cell.split()) for cell in row] for row in flat]
    assert list(tables(text)) == [expected]
    kinds = Counter(token.type for token in PARSER.parse(text))
    assert kinds["heading_open"] == 2
    assert kinds["list_item_open"] == 1
    assert not kinds["html_block"]


def test_narrative_names_are_the_ones_asked_for() -> None:
    """Every name of paragraphs is asked for by some paper, and a paper asks for no other."""
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "src" / "diplan" / "report" / "papers").glob("*.py")
    )

    assert set(re.findall(r'case\.prose\("([a-z-]+)"\)', code)) == set(NARRATIVE)


def test_paragraphs_that_nobody_asks_for_are_told(
    diplan: Diplan, workspace: Callable[..., Path]
) -> None:
    """A misspelt file of paragraphs is a warning with a suggestion."""
    home = workspace()
    (home / "data" / "narrative").mkdir()
    (home / "data" / "narrative" / "introductions.md").write_text("x", encoding="utf-8")
    said = diplan("check", "--as-of", "2018", cwd=home)

    assert said.code == 0
    assert 'did you mean "introduction.md"?' in said.out


def test_a_place_that_cannot_be_written_is_a_sentence(diplan: Diplan, tmp_path: Path) -> None:
    """A folder in place of a file is refused, and nothing is left behind."""
    (tmp_path / "plan.md").mkdir()
    said = diplan("report", "page-plan", "--output", str(tmp_path / "plan.md"))

    assert said.code == 2
    assert "cannot be written" in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["plan.md"]


def test_a_paper_never_takes_the_place_of_data(
    diplan: Diplan, workspace: Callable[..., Path]
) -> None:
    """An output inside data/ is refused, by whatever way it is named."""
    home = workspace()
    before = (home / "data" / "plan.yaml").read_bytes()
    (home / "link.md").symlink_to("data/plan.yaml")
    for name in ("data/plan.yaml", "./data/../data/plan.yaml", "link.md"):
        said = diplan("report", "page-plan", "-f", "markdown", "-o", name, cwd=home)
        assert said.code == 2
        assert "inside the plan's own data" in said.err
    assert (home / "data" / "plan.yaml").read_bytes() == before


def test_no_paper_goes_through_a_link(diplan: Diplan, tmp_path: Path) -> None:
    """A paper is not written where a link leads, be the file there or not; the remedy is said."""
    (tmp_path / "real.md").write_text("old", encoding="utf-8")
    (tmp_path / "link.md").symlink_to("real.md")
    (tmp_path / "nowhere.md").symlink_to("new.md")
    for name in ("link.md", "nowhere.md"):
        said = diplan("report", "page-plan", "-o", str(tmp_path / name))
        assert said.code == 2
        assert "it is a link" in said.err
        assert (tmp_path / name).is_symlink()
    assert (tmp_path / "real.md").read_text(encoding="utf-8") == "old"
    assert not (tmp_path / "new.md").exists()


def test_an_open_fence_is_closed(diplan: Diplan, workspace: Callable[..., Path]) -> None:
    """Paragraphs with an unclosed fence do not swallow the rest of the paper."""
    home = workspace()
    (home / "data" / "narrative").mkdir()
    (home / "data" / "narrative" / "aims.md").write_text(
        "See [this](javascript:x):\n\n```\nopen\n", encoding="utf-8"
    )
    text = diplan("report", "page-plan", cwd=home).out

    headings = [token for token in PARSER.parse(text) if token.type == "heading_open"]
    assert len(headings) > 3
    assert "](javascript:" not in text


def test_years_are_the_plan_s(diplan: Diplan) -> None:
    """A year that the plan does not have makes no paper of nothing."""
    said = diplan("report", "action-plan", "--year", "1950/51")

    assert said.code == 2
    assert "it runs from 2016-04 to 2020-03" in said.err


ONE_ACTION = """actions:
  - id: only
    title: The only one
    priority: get-online
    lead: [libraries]
    due: 2017
"""


def test_review_speaks_english(diplan: Diplan, workspace: Callable[..., Path]) -> None:
    """One action is singular, and an action without an update was 'not graded', in two words."""
    silent = workspace(actions=ONE_ACTION)
    text = diplan("report", "review", "--as-of", "2018", cwd=silent).out
    update = "    updates:\n      - {date: 2018-03, grade: Fully Achieved, evidence: Seen}\n"
    (silent / "data" / "actions.yaml").write_text(ONE_ACTION + update, encoding="utf-8")
    graded = diplan("report", "review", "--as-of", "2018", cwd=silent).out

    assert "Whether 1 overdue action with no update is done, goes on, or is given up" in text
    assert "The only one: from not graded to Fully Achieved." in graded


def test_the_first_year_has_nothing_to_compare_with(diplan: Diplan) -> None:
    """A paper of the plan's first year says so, and one of the second tells what changed."""
    first = diplan("report", "committee", "--year", "2016/17").out
    second = diplan("report", "committee", "--year", "2017/18").out

    assert "This is the plan's first year" in first
    assert "Since 31 March 2017:" in second
    assert "from no data to slipped: moving away. Why: a new figure (2017: 20.0)." in second
