"""A plan's tables laid out as councils do: headings, merged cells, and one file for each format."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

import xlsxwriter


class Laid(NamedTuple):
    """A cell: its text, and how many columns and rows it takes."""

    text: str
    wide: int = 1
    high: int = 1


class Tabled(NamedTuple):
    """A table under its headings, each with a level; a cell that another takes is not written."""

    headings: Sequence[tuple[int, str]]
    rows: Sequence[Sequence[Laid]]


def grouped(rows: Sequence[Sequence[str]], columns: Sequence[int]) -> list[list[Laid]]:
    """Rows in which equal texts below each other in some columns are one merged cell.

    A column is merged only within the cells of those before it.
    """
    made: list[list[Laid]] = []
    for at, row in enumerate(rows):
        cells = []
        for column, text in enumerate(row):
            if column not in columns:
                cells.append(Laid(text))
                continue
            keys = [other for other in columns if other <= column]
            alike = [[line[key] for key in keys] == [row[key] for key in keys] for line in rows]
            if at and alike[at - 1]:
                continue
            high = next((step for step in range(1, len(rows) - at) if not alike[at + step]),
                        len(rows) - at)  # fmt: skip
            cells.append(Laid(text, high=high))
        made.append(cells)
    return made


def spread(rows: Sequence[Sequence[Laid]]) -> list[list[tuple[Laid, bool]]]:
    """The cells at every place, each with whether it begins there."""
    taken: dict[tuple[int, int], Laid] = {}
    made = []
    for at, row in enumerate(rows):
        line: list[tuple[Laid, bool]] = []
        cells = list(row)
        while cells or (at, len(line)) in taken:
            column = len(line)
            if (at, column) in taken:
                line.append((taken[at, column], False))
                continue
            cell = cells.pop(0)
            line.append((cell, True))
            for down in range(cell.high):
                for right in range(cell.wide):
                    taken[at + down, column + right] = cell
        made.append(line)
    return made


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "http://schemas.openxmlformats.org/package/2006/relationships"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


def packed(path: Path, parts: Mapping[str, str]) -> Path:
    """A zip file of some parts, the first of which is not compressed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, text, how)
    path.write_bytes(stream.getvalue())
    return path


def _word_text(text: str) -> str:
    said = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n")
    )
    return f"<w:r>{said}</w:r>"


def _word_cell(cell: Laid, *, begins: bool) -> str:
    merge = ""
    if cell.high > 1:
        merge = '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
    span = f'<w:gridSpan w:val="{cell.wide}"/>' if cell.wide > 1 else ""
    text = _word_text(cell.text) if begins else ""
    return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr><w:p>{text}</w:p></w:tc>"


def _word_table(rows: Sequence[Sequence[Laid]]) -> str:
    said = []
    for line in spread(rows):
        cells, column = [], 0
        while column < len(line):
            cell, begins = line[column]
            cells.append(_word_cell(cell, begins=begins))
            column += cell.wide
        said.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return f"<w:tbl><w:tblPr/>{''.join(said)}</w:tbl>"


def docx(path: Path, tables: Sequence[Tabled], title: str = "", modified: str = "") -> Path:
    """A Word document."""
    body = []
    for headings, rows in tables:
        for level, text in headings:
            style = f'<w:pPr><w:pStyle w:val="Heading{level}"/></w:pPr>'
            body.append(f"<w:p>{style}{_word_text(text)}</w:p>")
        body.append(f"{_word_table(rows)}<w:p/>")
    styles = "".join(
        f'<w:style w:styleId="Heading{level}"><w:name w:val="heading {level}"/></w:style>'
        for level in (1, 2, 3)
    )
    dated = f"<dcterms:modified>{modified}</dcterms:modified>" if modified else ""
    return packed(path, {
        "_rels/.rels": f'<Relationships xmlns="{_P}">'
        f'<Relationship Id="r1" Type="{_R}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="r2" Type="{_CORE}" Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": '<c:coreProperties xmlns:c="c" xmlns:dc="dc" xmlns:dcterms="t">'
        f"<dc:title>{escape(title)}</dc:title>{dated}</c:coreProperties>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_P}">'
        f'<Relationship Id="r1" Type="{_R}/styles" Target="styles.xml"/></Relationships>',
        "word/styles.xml": f'<w:styles xmlns:w="{_W}">{styles}</w:styles>',
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{"".join(body)}'
        "</w:body></w:document>",
    })  # fmt: skip


_O = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = " ".join(
    f'xmlns:{name}="{_O}:{name}:1.0"' for name in ("office", "table", "text", "style")
)


def _open_table(rows: Sequence[Sequence[Laid]], name: str) -> str:
    said = []
    for line in spread(rows):
        cells = []
        for at, (cell, begins) in enumerate(line):
            if not begins or (at and line[at - 1][0] is cell and cell.wide > 1):
                cells.append("<table:covered-table-cell/>")
                continue
            reach = (f' table:number-columns-spanned="{cell.wide}"'
                     f' table:number-rows-spanned="{cell.high}"')  # fmt: skip
            text = "".join(f"<text:p>{escape(part)}</text:p>" for part in cell.text.split("\n"))
            cells.append(
                f'<table:table-cell office:value-type="string"{reach}>{text}</table:table-cell>'
            )
        said.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    return f'<table:table table:name="{escape(name)}">{"".join(said)}</table:table>'


def _open(path: Path, kind: str, body: str, title: str) -> Path:
    mime = f"application/vnd.oasis.opendocument.{kind}"
    return packed(path, {
        "mimetype": mime,
        "META-INF/manifest.xml": "<manifest/>",
        "meta.xml": f'<m xmlns:dc="dc"><dc:title>{escape(title)}</dc:title></m>',
        "content.xml": f"<office:document-content {_SPACES}><office:body><office:{kind}>{body}"
        f"</office:{kind}></office:body></office:document-content>",
    })  # fmt: skip


def odt(path: Path, tables: Sequence[Tabled], title: str = "") -> Path:
    """An OpenDocument text."""
    body = []
    for headings, rows in tables:
        body += [f'<text:h text:outline-level="{level}">{escape(text)}</text:h>'
                 for level, text in headings]  # fmt: skip
        body.append(_open_table(rows, ""))
    return _open(path, "text", "".join(body), title)


def _with_headings(table: Tabled) -> list[list[Laid]]:
    """A table of a sheet, with its headings in rows above it."""
    width = sum(cell.wide for cell in table.rows[0])
    return [[Laid(text, wide=width)] for _, text in table.headings] + [*map(list, table.rows)]


def ods(path: Path, tables: Sequence[Tabled], title: str = "") -> Path:
    """An OpenDocument workbook, with a table on each sheet."""
    sheets = (
        _open_table(_with_headings(table), f"Sheet{at}") for at, table in enumerate(tables, 1)
    )
    return _open(path, "spreadsheet", "".join(sheets), title)


def xlsx(path: Path, tables: Sequence[Tabled], title: str = "") -> Path:
    """A workbook, with a table on each sheet."""
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"title": title})
    for number, table in enumerate(tables, 1):
        sheet = book.add_worksheet(f"Sheet{number}")
        for at, line in enumerate(spread(_with_headings(table))):
            for column, (cell, begins) in enumerate(line):
                if not begins or (column and line[column - 1][0] is cell and cell.wide > 1):
                    continue
                if cell.wide > 1 or cell.high > 1:
                    end = at + cell.high - 1, column + cell.wide - 1
                    sheet.merge_range(at, column, *end, cell.text)
                else:
                    sheet.write_string(at, column, cell.text)
    book.close()
    return path


def html(path: Path, tables: Sequence[Tabled], title: str = "") -> Path:
    """A page."""
    body = []
    for headings, rows in tables:
        body += [f"<h{level}>{escape(text)}</h{level}>" for level, text in headings]
        lines = []
        for at, row in enumerate(rows):
            kind = "td" if at else "th"
            lines.append("<tr>" + "".join(
                f'<{kind} colspan="{cell.wide}" rowspan={cell.high}>'
                + "<br>".join(map(escape, cell.text.split("\n"))) + f"</{kind}>"
                for cell in row
            ))  # fmt: skip
        body.append(f"<table>{''.join(lines)}</table>")
    text = f"<!doctype html><title>{escape(title)}</title>{''.join(body)}"
    path.write_text(text, encoding="utf-8")
    return path


def _flat(rows: Sequence[Sequence[Laid]]) -> list[list[str]]:
    """The texts of rows, where nothing can be merged: what is covered is empty."""
    return [
        [cell.text if begins and not (at and line[at - 1][0] is cell) else ""
         for at, (cell, begins) in enumerate(line)]
        for line in spread(rows)
    ]  # fmt: skip


def markdown(path: Path, tables: Sequence[Tabled], title: str = "") -> Path:
    """A Markdown text."""
    lines = [f"# {title}"] if title else []
    for headings, rows in tables:
        lines += [f"\n{'#' * level} {text}\n" for level, text in headings]
        for at, row in enumerate(_flat(rows)):
            cells = (text.replace("\n", "<br>").replace("|", "\\|") for text in row)
            lines.append(f"| {' | '.join(cells)} |")
            if not at:
                lines.append("|" + "---|" * len(row))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


WRITERS = {".docx": docx, ".odt": odt, ".xlsx": xlsx, ".ods": ods, ".html": html, ".md": markdown}
