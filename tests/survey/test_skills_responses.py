"""A bad file of answers: each fault is named by its cell, and costs no more than its row."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Diplan
from surveys import basic

CALL = ("skills", "score", "survey.csv", "--framework", "basic-digital-skills-2015",
        "--question", "could", "--format", "json")  # fmt: skip
COLUMNS = [f"could-{task.id}" for task in basic().tasks]
HEADER = ",".join(["number", *COLUMNS, "age", "weight"])


def row(number: int, answer: str = "could", age: str = "65+", weight: str = "1.5") -> str:
    """A person who gives the same answer throughout."""
    return ",".join([str(number), *[answer] * len(COLUMNS), age, weight])


GOOD = [row(at, ("could", "could-not")[at % 2], ("16-64", "65+")[at % 3 > 0]) for at in range(40)]
"""Forty people without a fault; in a file they stand in the rows 2 to 41."""


def save(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    """Lines as a file of answers."""
    path = folder / "survey.csv"
    text = "".join(f"{line}\r\n" for line in lines)
    path.write_bytes(text.encode(encoding))
    return path


def put(text: str, at: int, cell: str) -> str:
    """A row with another text in the cell of a column, counted from 0."""
    cells = text.split(",")
    cells[at] = cell
    return ",".join(cells)


ROWS = {
    "a slip of the pen": (
        put(row(1), 1, "culd"),
        'cell B42 ("could-search"): unknown answer "culd"', 'did you mean "could"?', "unknown",
    ),
    "an answer to another question": (
        put(row(1), 11, "have-not"),
        'cell L42 ("could-make"): this is not one of the question\'s answers',
        "one of: no-idea, could, could-not", "unknown",
    ),
    "a number": (
        put(row(1), 2, "2"), 'cell C42 ("could-save-photo"): unknown answer "2"',
        "one of: no-idea, could, could-not", "unknown",
    ),
    "two answers": (
        put(row(1), 5, "could; could-not"),
        'cell F42 ("could-share"): there are two answers in this cell',
        "keep one, or leave the cell empty", "two",
    ),
    "two answers in words": (
        put(row(1), 5, "Could and no-idea"),
        'cell F42 ("could-share"): there are two answers in this cell',
        "keep one, or leave the cell empty", "two",
    ),
    "a cell too many": (
        f"{row(1)},more", "row 42: 15 cells, where the first row has 14",
        "a text with a comma in it has to be in double quotes", "ragged",
    ),
    "a cell too few": (
        row(1).rpartition(",")[0], "row 42: 13 cells, where the first row has 14",
        "a text with a comma in it has to be in double quotes", "ragged",
    ),
    "an open quote": (
        put(row(1), 1, '"could'), "row 42: quotes do not match in this row",
        "close the quote, or write each quote inside a cell twice", "quotes",
    ),
    "a weight of nothing": (
        row(1, weight="0"), 'cell N42 ("weight"): the weight "0" is not above 0',
        "write a number above 0, or leave out who does not count", "weight",
    ),
    "a negative weight": (
        row(1, weight="-1.2"), 'cell N42 ("weight"): the weight "-1.2" is not above 0',
        "write a number above 0, or leave out who does not count", "weight",
    ),
    "no weight": (
        row(1, weight=""), 'cell N42 ("weight"): there is no weight',
        "write a number above 0, such as 1.25", "weight",
    ),
    "a weight in words": (
        row(1, weight="heavy"), 'cell N42 ("weight"): the weight is not a number',
        "write a number above 0, such as 1.25", "weight",
    ),
    "a weight as programs write it": (
        row(1, weight="1e-5"), 'cell N42 ("weight"): the weight "1e-5" is not a number',
        "write the number out in digits", "weight",
    ),
    "an e-mail address": (
        row(1, age="jane@example.org"),
        'cell M42 ("age"): this looks like personal data, and names no group',
        "group people by something that many share, such as an area or an age band", "personal",
    ),
    "a telephone number": (
        row(1, age="01782 234234"),
        'cell M42 ("age"): this looks like personal data, and names no group',
        "group people by something that many share, such as an area or an age band", "personal",
    ),
    "a postcode": (
        row(1, age="ST4 1HH"),
        'cell M42 ("age"): this looks like personal data, and names no group',
        "group people by something that many share, such as an area or an age band", "personal",
    ),
    "a birthday": (
        row(1, age="3/2/1956"),
        'cell M42 ("age"): this looks like personal data, and names no group',
        "group people by something that many share, such as an area or an age band", "personal",
    ),
}  # fmt: skip
"""A bad row, what is said of it, the remedy, and the reason under which it is counted."""


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("after", [0, 1, 40])
def test_a_bad_row_is_named_and_costs_no_other(
    name: str, after: int, tmp_path: Path, diplan: Diplan
) -> None:
    """It is told by its cell and counted by its reason, and all the others are scored."""
    bad, message, hint, kind = ROWS[name]
    save(tmp_path, HEADER, *GOOD, bad, *GOOD[:after])
    said = diplan(*CALL, "--by", "age", "--weight", "weight", cwd=tmp_path)
    report = json.loads(said.out)

    assert said.code == 0
    assert said.err.startswith(f"survey.csv: {message}\n  = {hint}\n")
    assert said.err.endswith(f"1 of {41 + after} rows left out\n")
    assert report["rows"] == {
        "read": 41 + after, "judged": 40 + after, "undecided": 0, "left_out": 1,
        "reasons": {kind: 1},
    }  # fmt: skip


HEADERS = {
    "a misspelt task": (
        HEADER.replace("could-buy", "could-bye"),
        'cell G1: unknown task "could-bye"', 'did you mean "could-buy"?',
    ),
    "a task that nobody knows": (
        HEADER.replace("number", "could-dance"),
        'cell A1: unknown task "could-dance"', "give the column another name",
    ),
    "a renamed column": (
        HEADER.replace("could-search", "Could search"),
        'row 1: the column "could-search" is missing', 'rename "Could search"',
    ),
    "a column without its question": (
        HEADER.replace("could-verify", "verify"),
        'row 1: the column "could-verify" is missing', 'rename "verify"',
    ),
    "a missing column": (
        HEADER.replace("could-fix", "other"),
        'row 1: the column "could-fix" is missing', "add it, empty if nobody was asked",
    ),
    "a column twice": (
        HEADER.replace("number", "could-buy"),
        'cell G1: the column "could-buy" is there twice', "keep one",
    ),
    "another question": (
        HEADER.replace("could-", "done-"),
        'row 1: no column has answers to the question "could"',
        "`diplan skills form --format csv` prints a first row that has them",
    ),
    "an open quote": (
        HEADER.replace("number", '"number'), "row 1: quotes do not match in the first row",
        "write the names of the columns alone",
    ),
    "a workbook": (
        "PK\x03\x04\x14", "row 1: this is a workbook and no CSV file",
        'save the sheet as "CSV UTF-8"',
    ),
}  # fmt: skip


@pytest.mark.parametrize("sign", [";", "\t"])
def test_other_separators(sign: str, tmp_path: Path, diplan: Diplan) -> None:
    """What a spreadsheet writes in other countries comes to the same."""
    save(tmp_path, HEADER, *GOOD)
    known = diplan(*CALL, cwd=tmp_path)
    save(tmp_path, *(line.replace(",", sign) for line in (HEADER, *GOOD)))
    said = diplan(*CALL, cwd=tmp_path)
    assert (said.code, said.out, said.err) == (known.code, known.out, known.err)


@pytest.mark.parametrize("name", HEADERS)
def test_a_bad_first_row_is_explained(name: str, tmp_path: Path, diplan: Diplan) -> None:
    """Without the columns nothing can be counted: there is no report, and one message a fault."""
    header, message, hint = HEADERS[name]
    save(tmp_path, header, *GOOD)
    said = diplan(*CALL, cwd=tmp_path)
    assert (said.code, said.out) == (1, "")
    assert said.err == f"survey.csv: {message}\n  = {hint}\n"


def test_other_encodings(tmp_path: Path, diplan: Diplan) -> None:
    """UTF-16 is named; in a file of old Windows only the rows are lost that need its letters."""
    save(tmp_path, HEADER, *GOOD, encoding="utf-16")
    wide = diplan(*CALL, cwd=tmp_path)
    save(tmp_path, HEADER, *GOOD, row(1, age="âge d'or"), *GOOD, encoding="cp1252")
    old = diplan(*CALL, "--by", "age", cwd=tmp_path)
    elsewhere = diplan(*CALL, cwd=tmp_path)

    assert wide.code == 1
    assert wide.err.startswith("survey.csv: row 1: the file is not UTF-8: it looks like UTF-16\n")
    assert old.err.startswith(
        'survey.csv: cell M42 ("age"): this cell is not UTF-8\n  = save the file as "CSV UTF-8"\n'
    )
    assert json.loads(old.out)["rows"]["reasons"] == {"encoding": 1}
    assert json.loads(elsewhere.out)["rows"]["left_out"] == 0


def test_what_spreadsheets_add_does_no_harm(tmp_path: Path, diplan: Diplan) -> None:
    """A byte order mark, blank rows, other capitals, blanks, and comments of several lines."""
    told = '"well,\r\nI ""could"", I think"'
    lines = [put(HEADER, 0, "comment"), put(GOOD[0], 0, told), "", "," * 13, *GOOD[1:]]
    lines[4] = lines[4].replace("could-not", " Could-Not ")
    save(tmp_path, *lines, encoding="utf-8-sig")
    said = diplan(*CALL, "--by", "age", cwd=tmp_path)
    assert said.err == ""
    assert json.loads(said.out)["rows"]["judged"] == 40


def test_numbers_of_rows_are_a_spreadsheets(tmp_path: Path, diplan: Diplan) -> None:
    """A comment over two lines is one row, and a blank row counts."""
    lines = [HEADER, put(GOOD[0], 0, '"one\r\ntwo"'), "", *GOOD, put(row(1), 1, "culd")]
    save(tmp_path, *lines)
    assert 'cell B44 ("could-search")' in diplan(*CALL, cwd=tmp_path).err


def test_many_bad_rows_are_counted_and_the_first_are_told(tmp_path: Path, diplan: Diplan) -> None:
    """No flood: three cells of a row, twenty cells in all, and how many rows there are."""
    save(tmp_path, HEADER, *GOOD, *[row(at, "mabye") for at in range(500)])
    said = diplan(*CALL, cwd=tmp_path)
    assert said.err.count("this is not one of the question's answers") == 20
    assert said.err.endswith("500 of 540 rows left out; the first 7 are named here\n")


def test_strict_is_for_programs(tmp_path: Path, diplan: Diplan) -> None:
    """With --strict a row that is left out is a failure; the report is printed all the same."""
    save(tmp_path, HEADER, *GOOD, row(1, "mabye"))
    said = diplan(*CALL, "--strict", cwd=tmp_path)
    save(tmp_path, HEADER, *GOOD)
    assert (said.code, json.loads(said.out)["rows"]["left_out"]) == (1, 1)
    assert diplan(*CALL, "--strict", cwd=tmp_path).code == 0


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([], 'row 1: no column has answers to the question "could"'),
        ([HEADER], "no report: there are no answers beneath the first row"),
        ([HEADER, row(1, "mabye")], "no report: 1 of 1 row cannot be read"),
    ],
)
def test_no_answers_are_no_report(
    lines: list[str], message: str, tmp_path: Path, diplan: Diplan
) -> None:
    """Nothing is made of nothing."""
    save(tmp_path, *lines)
    said = diplan(*CALL, cwd=tmp_path)
    assert (said.code, said.out) == (1, "")
    assert message in said.err


@pytest.mark.parametrize(
    ("options", "message", "hint"),
    [
        (("--by", "agee"), '--by: there is no column "agee"', 'did you mean "age"?'),
        (("--weight", "wieght"), '--weight: there is no column "wieght"', "did you mean"),
        (("--by", "could-buy"), '--by: "could-buy" has the answers to a task', "something else"),
        (("--by", "a", "--by", "b", "--by", "c", "--by", "d"), "3 are the most", "several reports"),
        (("--by", "number"), '--by: nearly everybody has a "number" of their own', "many share"),
        (("--question", "coud"), 'no question is called "coud"', 'did you mean "could"?'),
        (("--framework", "basic-digital-skills"), "no framework is called", "did you mean"),
        (("--period", "2019"), "--period says nothing without --record", "name the indicator"),
    ],
)
def test_options_that_cannot_be(
    options: tuple[str, ...], message: str, hint: str, tmp_path: Path, diplan: Diplan
) -> None:
    """Wrong usage is told apart from a bad file: exit code 2."""
    save(tmp_path, HEADER, *GOOD)
    said = diplan(*CALL, *options, cwd=tmp_path)
    assert (said.code, said.out) == (2, "")
    assert message in said.err
    assert hint in said.err


PERSONAL = (
    "name", "Full name", "E-mail", "email_address", "Postcode", "Post code", "DOB", "uprn",
    "date_of_birth", "NHS number", "Respondent ID", "Telephone", "Mobile number", "Home address",
)  # fmt: skip


@pytest.mark.parametrize("column", PERSONAL)
def test_personal_columns_are_no_breakdown(column: str, tmp_path: Path, diplan: Diplan) -> None:
    """Columns that lead to a person are refused by their name, before anything is read."""
    save(tmp_path, HEADER.replace("age", column, 1), *GOOD)
    said = diplan(*CALL, "--by", column, "--suppress", "0", cwd=tmp_path)
    assert (said.code, said.out) == (2, "")
    assert f'"{column}" looks like personal data' in said.err


@pytest.mark.parametrize("column", ["Ward name", "Area", "Age band", "Tenure", "Has a phone"])
def test_what_many_share_is_a_breakdown(column: str, tmp_path: Path, diplan: Diplan) -> None:
    """A ward has a name, and is no person; neither is somebody's having a phone."""
    save(tmp_path, put(HEADER, 12, column), *GOOD)
    assert diplan(*CALL, "--by", column, cwd=tmp_path).code == 0


def test_no_name_gets_out(tmp_path: Path, diplan: Diplan) -> None:
    """Whatever cell a name has slipped into, no output has it; nor an address."""
    secret = ("Jane Bloggs", "jane.bloggs@example.org")
    lines = [put(HEADER, 0, "name")]
    lines += [put(person, 0, f"Jane Bloggs {at}") for at, person in enumerate(GOOD)]
    lines += [put(row(1), at, text) for at in range(14) for text in secret]
    lines += [f"{text},{row(1)}" for text in secret]
    save(tmp_path, *lines)
    for form in ("table", "plain", "markdown", "json", "csv"):
        said = diplan(*CALL, "--format", form, "--by", "age", "--weight", "weight", cwd=tmp_path)
        assert said.code == 0
        assert "loggs" not in said.out + said.err
        assert "Jane" not in said.out + said.err


def test_ages_in_years_are_too_many_groups(tmp_path: Path, diplan: Diplan) -> None:
    """Who would break down by single years is told to use bands."""
    save(tmp_path, HEADER, *[row(at, age=str(at)) for at in range(16, 90) for _ in range(6)])
    said = diplan(*CALL, "--by", "age", cwd=tmp_path)
    assert said.code == 2
    assert '"age" has more than 50 different values\n  = put them into bands' in said.err


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_bytes_are_read_or_explained(
    data: st.DataObject, tmp_path: Path, diplan: Diplan
) -> None:
    """Whatever a file holds, there is a report or a reason, and never a traceback."""
    content = "\r\n".join([HEADER, *GOOD[:12]]).encode()
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(start, min(len(content), start + 40)))
        other = data.draw(st.binary(max_size=8) | st.sampled_from([b'"', b",", b"\n", b"\x00"]))
        content = content[:start] + other + content[end:]
    (tmp_path / "survey.csv").write_bytes(content)
    said = diplan(*CALL, "--by", "age", "--weight", "weight", cwd=tmp_path)
    assert said.code in (0, 1, 2), said.err
    assert (said.out == "") == (said.code != 0)


def test_a_quote_in_each_row_costs_no_more_than_time(tmp_path: Path, diplan: Diplan) -> None:
    """A thousand open quotes are a thousand rows, and none of them takes the others along."""
    lines = [line for at in range(1000) for line in (put(row(at), 1, '"could'), GOOD[at % 40])]
    save(tmp_path, HEADER, *lines)
    rows = json.loads(diplan(*CALL, cwd=tmp_path).out)["rows"]
    assert rows["judged"] + rows["left_out"] == rows["read"]
    assert rows["judged"] >= 999
