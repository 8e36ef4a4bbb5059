"""A CSV file: its rows, and the place of any cell; what the columns mean is not known here."""

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import TextIO

from diplan.files.decoding import MOST_UNSAFE, conflict, newline_of, unsafe_characters
from diplan.ground.english import count
from diplan.ground.text import START, NamedText, Span, did_you_mean, suggest
from diplan.problems import KeyPath, Problem

Row = dict[str, str]


NAMES = {",": "commas", ";": "semicolons", "\t": "tabs"}
"""What may stand between cells, the one that is meant first: Excel writes `;` in many countries."""

LONGEST_LOOK = 64 * 1024
ROWS_LOOKED_AT = 5


def separator(text: str) -> str:
    """What stands between the cells of a text: the first that parts its first rows alike.

    Where none does it is what stands most often in the first line, and a comma where nothing does.
    """
    for sign in NAMES:
        rows = csv.reader(io.StringIO(text[:LONGEST_LOOK], newline=""), delimiter=sign)
        with suppress(csv.Error):
            widths = {len(row) for row in islice(rows, ROWS_LOOKED_AT) if any(row)}
            if len(widths) == 1 and widths != {1}:
                return sign
    first = text[:LONGEST_LOOK].partition("\n")[0]
    return max(NAMES, key=first.count)


class CsvFile:
    """The rows of a text under a header of *columns*, of which *needed* must be there.

    A row holds its filled cells. `complete` is False where rows may be missing from it. What stands
    between cells is a comma in a plan's own tables; those of others have what their programs write.
    """

    def __init__(
        self,
        source: NamedText,
        columns: Collection[str],
        needed: Collection[str],
        separator: str = ",",
    ) -> None:
        self.source = source
        self.separator = separator
        self.header: list[str] = []
        self.rows: list[Row] = []
        self.lines: list[int] = []
        self.problems: list[Problem] = []
        self._read(columns, needed)

    @property
    def complete(self) -> bool:
        """Whether every row could be read."""
        return not self.problems

    def locate(self, path: KeyPath, *, key: bool = False) -> tuple[Span, bool]:
        """Where the cell at `(section, row, column)` is; without a column, where the row begins."""
        row = path[1] if len(path) > 1 else None
        if not isinstance(row, int):
            return START, False
        line, column = self.lines[row], path[2] if len(path) > 2 else None
        cells = self._cells(line) if column in self.header else []
        at = self.header.index(str(column)) if cells else 0
        return self._shown(cells[at] if at < len(cells) else Span(line, 1, line, 2)), False

    def _cells(self, line: int) -> list[Span]:
        return list(_cells(self.source.lines, line, self.separator))

    def _shown(self, span: Span) -> Span:
        """A span by the lines of the file, of which the text may be a part."""
        before = self.source.first - 1
        return span._replace(line=span.line + before, end_line=span.end_line + before)

    def _problem(self, code: str, message: str, span: Span, hint: str = "") -> None:
        self.problems.append(
            Problem(code, message, self.source.name, self._shown(span), hint, source=self.source)
        )

    def _line(self, line: int) -> Span:
        return Span(line, 1, line, len(self.source.lines[line - 1]) + 1)

    def _read(self, columns: Collection[str], needed: Collection[str]) -> None:
        if complaint := conflict(self.source):
            self._problem(*complaint)
            return
        for complaint in unsafe_characters(self.source):
            self._problem(*complaint)
        if len(self.problems) >= MOST_UNSAFE:
            return
        lines = io.StringIO(self.source.text, newline="")
        reader = csv.reader(lines, delimiter=self.separator, strict=True)
        start = 1
        try:
            self.header = [name.strip() for name in next(reader, [])]
            if not self._header(columns, needed):
                return
            start = reader.line_num + 1
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    self._row(cells, start)
                start = reader.line_num + 1
        except csv.Error as error:
            self._problem("csv-syntax", *_worded(str(error), self._line(start)))

    def _header(self, columns: Collection[str], needed: Collection[str]) -> bool:
        spans = self._cells(1)
        if not any(self.header):
            self._problem(
                "csv-syntax",
                "the first row does not name the columns",
                START,
                f"begin the file with {','.join(needed)} and the other columns' names",
            )
            return False
        if self.separator == "," and (sign := separator(self.source.text)) != ",":
            self._problem(
                "csv-syntax",
                f"the cells are separated by {NAMES[sign]}, and not by commas",
                self._line(1),
                '`diplan fix` mends that; or save the file as "CSV UTF-8 (comma delimited)"',
            )
            return False
        meant = {self._column(at, spans[at], columns) for at in range(len(self.header))}
        for name in needed:
            if name not in meant:
                self._problem(
                    "missing-column",
                    f'the column "{name}" is missing',
                    self._line(1),
                    "add it to the first row, and a cell to every row",
                )
        return not self.problems

    def _column(self, at: int, span: Span, columns: Collection[str]) -> str | None:
        """The column that a name in the first row means, after saying what is wrong with it."""
        name = self.header[at]
        if not name:
            self._problem(
                "unknown-column", "a column has no name", span, "delete the column if it is empty"
            )
        elif name not in columns:
            close = suggest(name, columns)
            hint = did_you_mean(close, f"the columns are {', '.join(columns)}")
            self._problem("unknown-column", f'unknown column "{name}"', span, hint)
            return close
        elif name in self.header[:at]:
            self._problem(
                "repeated-column", f'the column "{name}" is there twice', span, "keep one"
            )
        return name

    def _row(self, cells: list[str], line: int) -> None:
        if len(cells) != len(self.header):
            self._problem(
                "ragged-row",
                f"{count(len(cells), 'cell')}, where the first row has {len(self.header)}",
                self._line(line),
                f"a text with a {NAMES[self.separator][:-1]} in it has to be in double quotes",
            )
            return
        self.lines.append(line)
        named = zip(self.header, cells, strict=True)
        self.rows.append({name: cell.strip() for name, cell in named if cell.strip()})


def _worded(error: str, span: Span) -> tuple[str, Span, str]:
    """What the csv module's error means, where, and what to do."""
    if "end of data" in error:
        return "a quote is opened in this row and never closed", span, "close it, or delete it"
    if "limit" in error:
        return "a cell is too long", span, f"at most {csv.field_size_limit():,} characters fit"
    hint = "inside a cell in quotes, write each quote twice"
    return "a quote inside a cell is not doubled", span, hint


def _cells(lines: list[str], line: int, separator: str) -> Iterator[Span]:
    """The spans of a record's cells, by walking its characters as a CSV reader does.

    Only a quote that begins a cell opens one; inside, two stand for one.
    """
    start, quoted, fresh, begun = (line, 1), False, True, False
    while line <= len(lines):
        for column, letter in enumerate(lines[line - 1], 1):
            if letter == '"' and (begun or fresh):
                quoted = not quoted
                fresh, begun = False, True
            elif letter == separator and not quoted:
                yield Span(*start, line, column)
                start, fresh, begun = (line, column + 1), True, False
            else:
                fresh = False
        if not quoted:
            yield Span(*start, line, len(lines[line - 1]) + 1)
            return
        line += 1


def any_table(source: NamedText, needed: Collection[str] = (), sign: str = "") -> CsvFile:
    """The rows of a text that comes from elsewhere, under whatever columns it has."""
    sign = sign or separator(source.text)
    header: list[str] = []
    with suppress(csv.Error):
        header = next(csv.reader(io.StringIO(source.text, newline=""), delimiter=sign), [])
    return CsvFile(source, [name.strip() for name in header], needed, sign)


def tables(name: str, stream: TextIO, sign: str) -> Iterator[CsvFile]:
    """The rows of a text from elsewhere, some at a time, so that memory does not grow with it.

    Each table has the text's header. There is none after one with an error of syntax.
    """
    header = _records(stream, 1)
    before = 0
    text = _records(stream, BLOCK)
    while text or not before:
        file = any_table(NamedText(name, header + text, 1 + before), (), sign)
        yield file
        if any(problem.code == "csv-syntax" for problem in file.problems):
            return
        before += max(1, len(NamedText("", f"{text}.").lines) - 1)
        text = _records(stream, BLOCK)


BLOCK = 256 * 1024
"""Characters that are held at a time."""


def _records(stream: TextIO, least: int) -> str:
    """The next lines of a text, so many characters at least, that end where no quote is open."""
    pieces: list[str] = []
    quotes = 0
    while more := stream.readlines(least):
        pieces += more
        quotes += sum(line.count('"') for line in more)
        if quotes % 2 == 0:
            break
    return "".join(pieces)


def with_commas(text: str) -> str:
    """A table whose cells have something else between them, with commas; its lines end with LF."""
    stream = io.StringIO()
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text))
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def with_cell(text: str, span: Span, value: str) -> str:
    """A text with another value in the cell at a span."""
    return NamedText("", text).replaced(span, _quoted(value))


def without_row(text: str, at: int) -> str:
    """A text without one of its rows, which are counted from 0 under the header."""
    lines = io.StringIO(text, newline="").readlines()
    reader = csv.reader(lines, delimiter=separator(text))
    first, records = 0, []
    for row in reader:
        if row:
            records.append((first, reader.line_num))
        first = reader.line_num
    start, end = records[at + 1]
    return "".join((*lines[:start], *lines[end:]))


def with_row(text: str, row: Row, columns: Sequence[str]) -> str:
    """A text with another row at its end; where it has no header yet, with all *columns*."""
    newline = newline_of(text)
    if not text.strip():
        text = f"{','.join(columns)}{newline}"
    header = next(csv.reader(io.StringIO(text, newline="")))
    line = ",".join(_quoted(row.get(name.strip(), "")) for name in header)
    ended = text.endswith(("\n", "\r"))
    return f"{text}{line}{newline}" if ended else f"{text}{newline}{line}"


def _quoted(value: str) -> str:
    """A cell as a CSV file has it, in quotes only where it needs them."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="").writerow([value, ""])
    return stream.getvalue()[:-1]
