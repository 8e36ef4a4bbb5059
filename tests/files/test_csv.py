"""CSV: rows, and the places of their cells."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from diplan.files.csvfile import CsvFile, with_cell
from diplan.ground.text import NamedText

cells = st.text('ab"",;\n é', max_size=8)


@given(st.lists(st.tuples(cells, cells), max_size=5))
def test_rows_come_back(rows: list[tuple[str, str]]) -> None:
    """What a CSV writer writes is read as it was, save for blanks at the ends."""
    stream = io.StringIO()
    csv.writer(stream).writerows([("id", "name"), *rows])
    file = CsvFile(NamedText("x", stream.getvalue()), ("id", "name"), ("id",))
    expected = [
        {key: cell.strip() for key, cell in zip(("id", "name"), row, strict=True) if cell.strip()}
        for row in rows
    ]

    assert file.complete
    assert file.rows == [row for row in expected if row]


@given(st.text(max_size=60))
def test_any_text_gives_rows_or_problems(text: str) -> None:
    """Every text is read, or explained."""
    file = CsvFile(NamedText("x", text), ("id", "name"), ("id",))

    assert file.complete or file.problems


def test_a_cell_after_a_quoted_line_end_is_found() -> None:
    """The place of a cell counts lines and columns as an editor does."""
    text = 'id,name\n"a\nb",wrong\n'
    file = CsvFile(NamedText("x", text), ("id", "name"), ("id",))
    span, _ = file.locate(("venues", 0, "name"))

    assert (span.line, span.column, span.end_column) == (3, 4, 9)


def test_a_quote_inside_an_unquoted_cell_is_only_a_quote() -> None:
    """Only a quote that begins a cell opens one."""
    text = 'id,name,type\na,The 5" Hall,library\n'
    file = CsvFile(NamedText("x", text), ("id", "name", "type"), ("id",))
    span, _ = file.locate(("venues", 0, "type"))

    assert file.complete
    assert span.column == 15


def test_a_comma_after_two_quotes_in_a_cell_ends_nothing() -> None:
    """Two quotes inside a cell stand for one, and the cell goes on."""
    text = 'id,name,type\na,"The ""Old"" Hall, upstairs",library\n'
    file = CsvFile(NamedText("x", text), ("id", "name", "type"), ("id",))

    name, _ = file.locate(("venues", 0, "name"))
    kind, _ = file.locate(("venues", 0, "type"))

    line = text.splitlines()[1]
    assert line[name.column - 1 : name.end_column - 1] == '"The ""Old"" Hall, upstairs"'
    assert line[kind.column - 1 : kind.end_column - 1] == "library"
    assert with_cell(text, name, "Hall") == "id,name,type\na,Hall,library\n"
