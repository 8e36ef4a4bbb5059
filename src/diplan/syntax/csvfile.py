"""CSV to rows, and to the place of any cell; what the columns mean is not known here."""

import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from diplan.problems import Problem
from diplan.text import UNSAFE, Source, Span, suggest, visible

Row = dict[str, str | None]


@dataclass(slots=True)
class CsvFile:
    """The rows of a text, one mapping a record; an empty cell is None."""

    source: Source
    header: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def span(self, index: int, column: str | None = None) -> Span:
        """Where the cell of a row is; without a column, where the row begins."""
        line = self.lines[index]
        if column not in self.header:
            return Span(line, 1, line, 2)
        cells = list(_cells(self.source.lines, line))
        at = self.header.index(column)
        return cells[at] if at < len(cells) else Span(line, 1, line, 2)

    def problem(self, code: str, message: str, span: Span, hint: str = "") -> None:
        """Add a problem of this file."""
        self.problems.append(
            Problem(code, message, self.source.name, span, hint, source=self.source)
        )


def read_csv(source: Source, columns: Collection[str], needed: Collection[str]) -> CsvFile:
    """Read a text with a header row of *columns*, of which *needed* must be there."""
    file = CsvFile(source)
    for found in UNSAFE.finditer(source.text):
        file.problem(
            "unsafe-character",
            f"the character {visible(found[0])} can hide or reorder text",
            source.span_at(found.start()),
            "delete it: it is invisible in most editors",
        )
        if len(file.problems) >= 200:
            return file
    reader = csv.reader(io.StringIO(source.text, newline=""), strict=True)
    start = 1
    try:
        file.header = [name.strip() for name in next(reader, [])]
        if not _header(file, columns, needed):
            return file
        start = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                _row(file, cells, start)
            start = reader.line_num + 1
    except csv.Error as error:
        file.problem(
            "csv-syntax",
            f"the row cannot be read: {error}",
            Span(start, 1, start, 2),
            "a cell that holds a quote is itself in quotes, and the quote is doubled",
        )
    return file


def _header(file: CsvFile, columns: Collection[str], needed: Collection[str]) -> bool:
    spans = list(_cells(file.source.lines, 1))
    first = file.source.lines[0]
    if len(file.header) == 1 and first.count(";") > 1:
        file.problem(
            "csv-syntax",
            "the cells are separated by semicolons",
            Span(1, 1, 1, len(first) + 1),
            'save the file as "CSV UTF-8 (comma delimited)"',
        )
        return False
    for at, name in enumerate(file.header):
        if name not in columns:
            close = suggest(name, columns)
            hint = f'did you mean "{close}"?' if close else f"the columns are {', '.join(columns)}"
            file.problem("unknown-column", f'unknown column "{name}"', spans[at], hint)
        elif name in file.header[:at]:
            file.problem(
                "repeated-column", f'the column "{name}" is there twice', spans[at], "keep one"
            )
    for name in needed:
        if name not in file.header:
            file.problem(
                "missing-column",
                f'the column "{name}" is missing',
                Span(1, 1, 1, len(first) + 1),
                "add it to the first row, and a cell to every row",
            )
    return not file.problems


def _row(file: CsvFile, cells: list[str], line: int) -> None:
    if len(cells) != len(file.header):
        file.problem(
            "ragged-row",
            f"{len(cells)} cells, where the first row has {len(file.header)}",
            Span(line, 1, line, len(file.source.lines[line - 1]) + 1),
            "a text with a comma in it has to be in double quotes",
        )
        return
    file.lines.append(line)
    file.rows.append(
        {name: cell.strip() or None for name, cell in zip(file.header, cells, strict=True)}
    )


def _cells(lines: list[str], line: int) -> Iterator[Span]:
    """The spans of a record's cells, by walking its characters as a CSV reader does."""
    start, column, quoted = (line, 1), 1, False
    while line <= len(lines):
        for column, letter in enumerate(lines[line - 1], 1):
            if letter == '"':
                quoted = not quoted
            elif letter == "," and not quoted:
                yield Span(*start, line, column)
                start = (line, column + 1)
        end = len(lines[line - 1]) + 1
        if not quoted:
            yield Span(*start, line, end)
            return
        line += 1
