"""The workbook that a service fills in: just what it owes, with what is known, ready to type into.

It is made to be accessible: a title in the first cell of each sheet, one table a sheet with a
header row, no merged cells, nothing told by colour alone. What may be typed is not locked.
"""

import io
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from diplan.checks.doubts import not_recorded
from diplan.exchange.export.workbook import new_book
from diplan.ground.period import Period
from diplan.judge import Assessment, HeadingStanding, Verdict
from diplan.judge.due import figures_awaited
from diplan.plan import Action, Plan, Priority, Update
from diplan.plan.indicator import MARKS
from diplan.report import wording

FIGURES, UPDATES, GUIDANCE = "Figures", "Updates", "Read me"
HEADER_ROW = 4
"""The row of the headers; above it stand the title, what to do, and a blank."""

SPARE = 50
"""Rows below the table into which more figures may be typed."""

PRINTED = 5
"""How many of those rows are printed."""

A4 = 9
"""The paper's number in a workbook."""


class Field(NamedTuple):
    """A column of the form; an `open` one may be typed into."""

    label: str
    width: int
    open: bool = False


FIGURE_FIELDS = (
    Field("Id", 26),
    Field("Indicator", 44),
    Field("Unit", 14),
    Field("Last figure", 18),
    Field("Period", 14, open=True),
    Field("Figure", 16, open=True),
    Field("Mark", 16, open=True),
    Field("Source", 24, open=True),
    Field("Note", 40, open=True),
)
UPDATE_FIELDS = (
    Field("Id", 26),
    Field("Action", 50),
    Field("Due", 18),
    Field("Last grade", 22),
    Field("Date", 14, open=True),
    Field("Grade", 20, open=True),
    Field("Evidence", 60, open=True),
)


def form(assessment: Assessment, service: str) -> bytes:
    """The workbook of what a service leads, of a plan at a moment, as xlsx."""
    plan = assessment.plan
    part = assessment.only(lead=service)
    title = wording.services([service], plan)
    stream = io.BytesIO()
    book = new_book(stream, title=f"{plan.cover.title}: return of {title}")
    _guidance(book, assessment, service, title)
    awaited = figures_awaited(assessment.recorded, assessment.as_of)
    figures = [
        _figure_row(verdict, plan, awaited.get(verdict.indicator.id))
        for verdict in recordable(part)
    ]
    lists = {"Mark": list(MARKS), "Source": [source.id for source in plan.sources]}
    _table(book, FIGURES, "Figures", FIGURE_FIELDS, figures, lists)
    updates = [
        _update_row(heading.priority, wording.DASH, heading.updates, assessment)
        for heading in graded_headings(assessment, service)
    ]
    updates += [
        _update_row(standing.action, wording.due(standing.action), standing.updates, assessment)
        for standing in part.live
    ]
    _table(book, UPDATES, "Updates", UPDATE_FIELDS, updates, {"Grade": list(plan.cover.grades)})
    book.close()
    return stream.getvalue()


def recordable(part: Assessment) -> list[Verdict]:
    """The verdicts on indicators that take figures: not derived, not ended, none of places."""
    return [
        verdict
        for verdict in part.verdicts
        if not verdict.ended and not not_recorded(verdict.indicator)
    ]


def graded_headings(assessment: Assessment, service: str) -> list[HeadingStanding]:
    """How headings stand that are graded themselves and addressed to a service."""
    return [
        heading
        for heading in assessment.headings
        if heading.priority.updates and service in heading.priority.to
    ]


def _figure_row(verdict: Verdict, plan: Plan, awaited: Period | None) -> list[str]:
    """A row that asks for the figure that is due, or for none in particular."""
    indicator = verdict.indicator
    last = indicator.observations[-1] if indicator.observations else indicator.baseline
    shown = (
        wording.dated(wording.figure(last, indicator, plan), last.period) if last else wording.NONE
    )
    source = (last.source or "") if last and indicator.observations else ""
    return [
        indicator.id,
        indicator.title,
        indicator.unit,
        shown,
        str(awaited or ""),
        "",
        "",
        source,
        "",
    ]


def _update_row(
    entity: Action | Priority, due: str, known: Sequence[Update], assessment: Assessment
) -> list[str]:
    shown = f"{known[-1].grade} ({known[-1].date})" if known else "none yet"
    day = assessment.as_of.last_day.isoformat()
    return [entity.id, entity.title, due, shown, day, "", ""]


HOW = {
    "Figures": "On the sheet Figures, type a figure for each indicator that you have one for, and"
    " the period that it is for. Leave the others empty.",
    "How to type one": "1300, 1,300, 85%, c. 4,500, over 70, under 10,000, 850 to 950, 51 of 110."
    " If there is none: TBC (to be confirmed), not collected, not available, n/a.",
    "Periods": "A year 2018, a financial year 2017/18, a quarter of it 2017/18-Q1 or Q1 2017/18, a"
    " quarter of a calendar year 2018-Q3, a month 2018-05 or May 2018.",
    "Updates": "On the sheet Updates, choose a grade for each action or heading, and say how one"
    " can tell.",
    "Grades": "",  # what each of them means in this plan
    "Source": "Choose where the figure is from. If it is not in the list, say so in the note.",
    "More figures": "Below the table there is room for more: copy the id of the indicator.",
    "Send it back": "Save the file, and send it back as it is. Do not rename sheets or headers.",
}
"""What the first sheet says, by heading."""


def _guidance(book: Any, assessment: Assessment, service: str, title: str) -> None:
    sheet = book.add_worksheet(GUIDANCE)
    bold, wrap = (
        book.add_format({"bold": True, "valign": "top"}),
        book.add_format({"text_wrap": True}),
    )
    sheet.set_column(0, 0, 22, bold)
    sheet.set_column(1, 1, 90, wrap)
    sheet.write_string(0, 0, f"{assessment.plan.cover.title}: return of {title}",
                       book.add_format({"bold": True, "font_size": 14}))  # fmt: skip
    about = {
        "Plan": assessment.plan.cover.id,
        "Service": service,
        "Made for": assessment.as_of.text,
    }
    cover = assessment.plan.cover
    meanings = (f"{grade}: {wording.meaning(cover.meaning(grade))}." for grade in cover.grades)
    told = {**about, **HOW, "Grades": " ".join(meanings)}
    for at, (heading, text) in enumerate(told.items(), 2):
        sheet.write_string(at, 0, heading)
        sheet.write_string(at, 1, text)
    sheet.protect()


def _table(
    book: Any,
    name: str,
    title: str,
    fields: Sequence[Field],
    rows: Iterable[Sequence[str]],
    lists: dict[str, list[str]],
) -> None:
    """A sheet with one table: cells to read, cells to type into, lists to choose from."""
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"})
    shut = book.add_format({"text_wrap": True, "valign": "top"})
    text = {"locked": False, "border": 1, "text_wrap": True, "valign": "top", "num_format": "@"}
    typed = book.add_format(text)
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, "Type into the cells with a border; the others are locked.")
    for column, field in enumerate(fields):
        sheet.set_column(column, column, field.width)
        sheet.write_string(HEADER_ROW - 1, column, field.label, head)
    end = HEADER_ROW
    for end, row in enumerate(rows, HEADER_ROW):
        for column, (field, value) in enumerate(zip(fields, row, strict=True)):
            write = sheet.write_string if value else sheet.write_blank
            write(end, column, value or None, typed if field.open else shut)
    for row_number in range(end + 1, end + 1 + SPARE):
        for column in range(len(fields)):
            sheet.write_blank(row_number, column, None, typed)
    for column, field in enumerate(fields):
        if (choices := lists.get(field.label)) and len(",".join(choices)) <= 255:
            sheet.data_validation(HEADER_ROW, column, end + SPARE, column,
                                  {"validate": "list", "source": choices, "error_type": "warning",
                                   "error_title": field.label,
                                   "error_message": "This is not in the list."})  # fmt: skip
    sheet.freeze_panes(HEADER_ROW, 2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW - 1)
    sheet.print_area(0, 0, end + PRINTED, len(fields) - 1)
    sheet.protect("", {"format_columns": True, "format_rows": True})
