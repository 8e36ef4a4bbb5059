"""The next version of a document: edits and updates, and promises that are moved openly."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import EMPTY, fresh, held

from conftest import Diplan
from diplan.documents.context import UNASKED, Asking
from diplan.documents.proposing import IncomingDocument, propose
from diplan.documents.reading import read_document
from diplan.documents.recognising import recognised
from diplan.documents.times import USUAL
from diplan.files.edit import draft
from diplan.files.load import load
from diplan.files.workspace import Overlaid, Workspace
from diplan.ground.period import period
from diplan.plan import Plan

FIRST = """\
# Action plan

## Access

| Ref | Action | Lead | By when | RAG | Progress |
|---|---|---|---|---|---|
| 1 | Lend tablets | Libraries | March 2017 | Amber | ten lent |
| 2 | Map the places | ICT | TBC | | |
| 3 | Review the offer | ICT | Spring 2018 | Green | |

| Indicator | Baseline (2014) | 2015 | 2016 | Target 2020 |
|---|---|---|---|---|
| Adults offline | 4,500 | 4,100 | TBC | 2,000 |
"""


def written(home: Path, name: str, *changes: tuple[str, str]) -> str:
    """The document with some changes, as a file beside the plan."""
    text = FIRST
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (home / name).write_text(text, encoding="utf-8")
    return name


@pytest.fixture
def begun(tmp_path: Path, diplan: Diplan) -> Path:
    """A plan with the first version in it."""
    empty = fresh(tmp_path / "home")
    name = written(empty, "april.md")
    assert diplan("import", "plan", name, "--yes", "--date", "2016-04", cwd=empty).code == 0
    return empty


def test_a_new_grade_is_an_update_and_an_unchanged_one_is_none(begun: Path, diplan: Diplan) -> None:
    """The date is the option's, and what stands there already is not said again."""
    name = written(begun, "may.md", ("| Amber | ten lent |", "| Green | twelve lent |"))

    said = diplan("import", "plan", name, "--yes", "--date", "2016-05", cwd=begun)

    assert '"Lend tablets": on 2016-05 Green, before that Amber' in said.err
    actions = held(begun, "actions")
    assert [update["grade"] for update in actions["Lend tablets"]["updates"]] == ["Amber", "Green"]
    assert len(actions["Review the offer"]["updates"]) == 1


def test_other_words_are_edits_and_new_rows_new_items(begun: Path, diplan: Diplan) -> None:
    """A title that changed is known by its number, and nothing is there twice."""
    name = written(
        begun,
        "may.md",
        ("Lend tablets", "Lend tablets and laptops"),
        ("| Map the places | ICT |", "| Map the places | Libraries |"),
        ("| 3 | Review", "| 4 | Start a helpline | ICT | 2018 | | |\n| 3 | Review"),
    )

    said = diplan("import", "plan", name, "--yes", "--date", "2016-05", cwd=begun)

    assert "new: 1 action; edited: 2" in said.err
    actions = held(begun, "actions")
    assert list(actions) == [
        "Lend tablets and laptops", "Map the places", "Review the offer", "Start a helpline"
    ]  # fmt: skip
    assert actions["Lend tablets and laptops"]["id"] == "lend-tablets"
    assert actions["Map the places"]["lead"] == ["libraries"]


def test_a_promise_that_moved_is_left_alone_with_yes(begun: Path, diplan: Diplan) -> None:
    """It is listed, with what the plan has and what the document has."""
    name = written(begun, "may.md", ("March 2017", "June 2017"), ("4,100", "4,200"))

    said = diplan("import", "plan", name, "--yes", cwd=begun)

    assert '"Lend tablets" (table 1, row 2): due 2017-03 in the plan, due 2017-06' in said.err
    assert "observations.2015.value 4100 in the plan, observations.2015.value 4200" in said.err
    assert held(begun, "actions")["Lend tablets"]["due"] == "2017-03"


def test_a_figure_that_was_to_be_confirmed_comes_in(begun: Path, diplan: Diplan) -> None:
    """It takes the place of the reason why there was none."""
    name = written(begun, "may.md", ("TBC | 2,000", "3,800 | 2,000"))

    assert diplan("import", "plan", name, "--yes", cwd=begun).code == 0

    seen = held(begun, "indicators")["Adults offline"]["observations"][1]
    assert (seen["period"], seen["value"], seen.get("missing")) == ("2016", "3800", None)


def test_percentages_do_not_come_into_a_series_of_numbers(begun: Path, diplan: Diplan) -> None:
    """The units are named, and the figures left alone."""
    name = written(
        begun, "may.md", ("| 4,500 | 4,100 | TBC | 2,000 |", "| 45% | 41% | 39% | 20% |")
    )

    said = diplan("import", "plan", name, "--yes", cwd=begun)

    assert said.code == 0
    units = 'counted in "number" in the plan, in "per cent" in the document'
    assert f"{units}, so its figures are left alone" in said.err
    assert held(begun, "indicators")["Adults offline"]["baseline"]["value"] == "4500"


def test_a_row_that_is_gone_is_named_and_stays(begun: Path, diplan: Diplan) -> None:
    """Nothing is removed because a document no longer has it."""
    name = written(begun, "may.md", ("| 2 | Map the places | ICT | TBC | | |\n", ""))

    said = diplan("import", "plan", name, "--yes", cwd=begun)

    assert '"Map the places" is no longer in the document; it stays in the plan' in said.err
    assert "Map the places" in held(begun, "actions")


def proposed(home: Path, name: str, ask: Asking = UNASKED) -> tuple[Plan, Plan, list[str]]:
    """The plan before an import and after it, and what was listed as moved."""
    document = read_document(home / name)
    taken = [part for table in document.tables for part in recognised(table, USUAL, {})]
    entry = IncomingDocument(document, taken, period("2016-05"))
    moved: list[str] = []

    def make(loaded: Any) -> Iterable[Any]:
        proposal = propose(loaded, [entry], period("2016-05-10"), ask)
        moved.extend(proposal.account.moved)
        return proposal.puts

    made = draft(Workspace(home), make, period("2016-05-10"))
    assert made.before.plan
    changed = {path: new for path, (_, new) in made.files.items()}
    after = load(Overlaid(Workspace(home), changed)).plan
    assert after
    return made.before.plan, after, moved


def test_with_a_reason_a_promise_moves_and_the_ledger_says_so(begun: Path) -> None:
    """Each of them has an entry with what was, what is, and why."""
    name = written(begun, "may.md", ("March 2017", "June 2017"), ("4,500 |", "4,600 |"))
    ask = UNASKED._replace(why=lambda *_: "Counted again")

    _, after, moved = proposed(begun, name, ask)

    assert moved == []
    action = next(action for action in after.actions if action.title == "Lend tablets")
    assert str(action.due) == "2017-06"
    (entry,) = action.revisions
    assert (entry.what, entry.was, entry.now) == ("due", "2017-03", "2017-06")
    assert (entry.why, str(entry.date)) == ("Counted again", "2016-05-10")
    (entry,) = after.indicators[0].revisions
    assert (entry.what, entry.was, entry.now) == ("baseline.value", "4500", "4600")


def test_nobody_is_asked_about_what_is_clear(begun: Path) -> None:
    """The same document has no question in it."""

    def refuse(*_: object) -> Any:
        pytest.fail("a question was asked")

    before, after, moved = proposed(begun, "april.md", Asking(refuse, refuse, refuse))

    assert (before.actions, before.indicators) == (after.actions, after.indicators)
    assert moved == []


VERBS, THINGS = ("Lend", "Map", "Review", "Open", "Fund"), ("tablets", "places", "hubs", "courses")
ROW = st.fixed_dictionaries({
    "Action": st.tuples(st.sampled_from(VERBS), st.sampled_from(THINGS)).map(" ".join),
    "Lead": st.sampled_from(["Libraries", "ICT", "Housing / ICT", "", "Age UK (AUK); AUK"]),
    "By when": st.sampled_from(["March 2017", "31/12/2018", "TBC", "", "Q2 2017", "Ongoing",
                                "End of Q1 2017/18", "Apr-18", "2017 - 2018"]),
    "RAG": st.sampled_from(["", "Red", "A", "complete", "what?", "Green: going well"]),
    "Success measure": st.text("abc |\\*<&:-#'\"", max_size=12),
    "Budget": st.sampled_from(["", "£1,000", "lots", "c. 500", "1.2m"]),
    "Anything": st.text(max_size=8),
}).filter(lambda row: bool(row["Lead"] or row["By when"] or row["RAG"]))  # fmt: skip
"""The cells of a row; one with a title and nothing else would be read as a heading."""


def table(rows: list[dict[str, str]]) -> str:
    """Rows as an HTML table, in which any text can stand."""
    from html import escape

    keys = ("Action", "Lead", "By when", "RAG", "Success measure", "Budget", "Anything")
    head = "".join(f"<th>{key}</th>" for key in keys)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(str(text))}</td>' for text in map(row.get, keys))}</tr>"
        for row in rows
    )
    return f"<h1>Plan</h1><h2>Heading</h2><table><tr>{head}</tr>{body}</table>"


def save(home: Path, made: Any) -> None:
    """Put an edit in place."""
    for path, (_, new) in made.files.items():
        (home / path).write_bytes(new)


def taken_in(home: Path, text: str, when: str) -> Any:
    """An import of a page, put in place; the edit that it was."""
    (home / "plan.html").write_text(text, encoding="utf-8")
    document = read_document(home / "plan.html")
    taken = [part for entry in document.tables for part in recognised(entry, USUAL, {})]
    entry = IncomingDocument(document, taken, period(when))
    made = draft(
        Workspace(home),
        lambda loaded: propose(loaded, [entry], period("2019-01-01"), UNASKED).puts,
        period("2019-01-01"),
    )
    save(home, made)
    return made


@given(st.lists(ROW, min_size=1, max_size=6, unique_by=lambda row: row["Action"]))
def test_any_table_comes_in_once(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]]
) -> None:
    """Whatever stands in its cells, every action comes in, and nothing the second time."""
    home = fresh(tmp_path_factory.mktemp("any"))
    made = taken_in(home, table(rows), "2016-05")
    assert [action.title for action in made.after.plan.actions] == [row["Action"] for row in rows]

    assert not taken_in(home, table(rows), "2016-06").files


@given(
    st.lists(ROW, min_size=2, max_size=5, unique_by=lambda row: row["Action"]),
    st.sampled_from(["Lead", "RAG", "Success measure"]),
    st.integers(0, 1),
)
def test_a_next_version_brings_exactly_what_differs(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[dict[str, str]],
    key: str,
    at: int,
) -> None:
    """A cell that changed changes its own action, and no other."""
    home = fresh(tmp_path_factory.mktemp("next"))
    before = taken_in(home, table(rows), "2016-05").after.plan
    new = {"Lead": "A new team", "RAG": "On hold", "Success measure": "Another one"}[key]
    rows[at] = {**rows[at], key: new}

    after = taken_in(home, table(rows), "2016-06").after.plan

    differing = [
        old.title
        for old, now in zip(before.actions, after.actions, strict=True)
        if old != now
    ]  # fmt: skip
    assert differing == [rows[at]["Action"]]


FIGURES = st.sampled_from([
    "", "TBC", "n/a", "12", "4,500", "c. 80", "85%", "61 %", "over 70", "20 to 10", "10 to 20%",
    "51 of 110", "110 of 51", "0", "-5", "£1.2m", "3,900 (p)", "1 and 2", "120%", "x", "1e5",
    "15,000 homes (2014)", "70% (2030)", "five",
])  # fmt: skip
TARGETS = st.sampled_from([
    "", "TBC", "80%", "2,000", "halve", "Reduce by 10%", "Increase by 5 percentage points",
    "increase by 2000%", "at least 85%", "at most 5", "All", "100%", "0", "500 by 2018 900 by 2020",
    "80% by 2012", "growth", "fewer than -5", "reduce", "-10", "by 2020", "200%", "20% more",
])  # fmt: skip
MEASURED = st.tuples(
    st.sampled_from(["", "adults", "%", "£"]), FIGURES, FIGURES, FIGURES, TARGETS, TARGETS,
    st.sampled_from(["", "High", "Low", "both"]), st.sampled_from(["", "Annual", "often"]),
)  # fmt: skip
COLUMNS = ("Unit", "Baseline (2014)", "2015", "2016/17", "Target 2018", "Target 2020", "Good is",
           "Frequency")  # fmt: skip


@given(
    st.lists(MEASURED, min_size=1, max_size=4),
    st.sampled_from(["plan: {id: p, title: P}\n", EMPTY["plan.yaml"]]),
    st.sampled_from([COLUMNS, ("Unit", "Baseline", *COLUMNS[2:])]),
)
def test_any_indicators_come_in_once(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, ...]],
    cover: str,
    columns: tuple[str, ...],
) -> None:
    """Whatever their figures and targets say, they make no error, and nothing the second time."""
    home = fresh(tmp_path_factory.mktemp("measured"))
    (home / "data" / "plan.yaml").write_text(cover, encoding="utf-8")
    lines = [("Indicator", *columns)]
    lines += [(f"Measure {at}", *row) for at, row in enumerate(rows)]
    body = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in line)}</tr>" for line in lines)
    text = f"<h1>Plan</h1><table>{body}</table>"

    made = taken_in(home, text, "2016-05")

    assert len(made.after.plan.indicators) == len(rows)
    assert not taken_in(home, text, "2016-06").files


@given(
    st.lists(
        st.tuples(*[
            st.one_of(st.sampled_from(known), st.text(max_size=6)) for known in (
                ["Library", "Hub"], ["st4 1hh", "ST4 1HH", "?"], ["12", "-1", "1,000"],
                ["yes", "Free", "no"], ["Mon-Fri 9am-5pm", "Mo-Fr 09:00-17:00", "daily"],
                ["53.0", "-2.18", "0"], ["-2.18", "53.0", ""], ["example.org", "https://a.b", "a"],
            )
        ]),
        min_size=1, max_size=4,
    )
)  # fmt: skip
def test_any_places_come_in_once(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]]
) -> None:
    """Whatever their cells say, they make no error, and nothing the second time."""
    from html import escape

    home = fresh(tmp_path_factory.mktemp("places"))
    head = (
        "Venue",
        "Postcode",
        "PCs",
        "Wi-Fi",
        "Opening hours",
        "Latitude",
        "Longitude",
        "Website",
    )
    lines = [head, *((f"Place {at} {row[0]}", *row[1:]) for at, row in enumerate(rows))]
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in line)}</tr>" for line in lines
    )
    text = f"<h1>Plan</h1><table>{body}</table>"

    made = taken_in(home, text, "2016-05")

    assert len(made.after.plan.venues) == len(rows)
    assert not taken_in(home, text, "2016-06").files
