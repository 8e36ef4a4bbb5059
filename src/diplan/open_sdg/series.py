"""The figures of one series in an indicator's table, as a plan has them.

The headline series are the rows that name no group. With `where`, they are the rows that name just
those; a column that stands wherever a named one does, as the region of a local authority, may
be filled as well.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from diplan.exchange.omissions import Omissions
from diplan.exchange.rows import figure_keys
from diplan.exchange.years import Years
from diplan.files.csvfile import CsvFile, Row
from diplan.files.yaml.plain import Plain
from diplan.ground.errors import BadTextError
from diplan.ground.figure import LONGEST_NUMBER
from diplan.ground.period import Period

UNITS = ("units", "unit", "unit measure", "unit_measure")
MULTIPLIERS = ("unit multiplier", "unit_mult")
STATUSES = ("observation status", "obs_status")
SERIES = ("series",)
PLACES = ("geocode", "geo code")
KNOWN = frozenset({"year", "value", *UNITS, *MULTIPLIERS, *STATUSES, *SERIES, *PLACES})
"""Columns that part no groups, in small letters."""

MARKS = {
    "estimated value": "estimated",
    "estimated": "estimated",
    "provisional value": "provisional",
    "provisional": "provisional",
    "forecast value": "forecast",
    "low reliability": "low-reliability",
    "time series break": "break",
    "break": "break",
}
PLAIN = frozenset({"", "normal value", "normal", "undefined"})
"""Statuses that say nothing of a figure."""

Keys = dict[str, Plain]


class OpenSdgSeries(NamedTuple):
    """Figures in order of time, by the keys of an observation, and what they count."""

    figures: list[tuple[Period, Keys]]
    unit: str
    """In the file's words; empty where it does not say."""
    multiplier: str


class UnclearError(Exception):
    """Which rows are the series is not clear: why, to be counted, and what to look at."""

    def __init__(self, why: str, told: str) -> None:
        super().__init__(why)
        self.told = told


def read_series(file: CsvFile, where: Mapping[str, str], omitted: Omissions) -> OpenSdgSeries:
    """The series that *where* chooses, or the headline.

    Raises:
        UnclearError: there is none, or there are several.
    """
    chosen = _chosen(file, where)
    _single(file, chosen, SERIES)
    unit, multiplier = _single(file, chosen, UNITS), _single(file, chosen, MULTIPLIERS)
    _count_others(file, chosen, omitted)
    years = Years()
    for row in file.rows:
        years.see(row.get("Year", ""))
    if years.told:
        omitted.note("tables whose years are financial years", f"{file.source.name}: {years.told}")
    elif years.unclear:
        told = f"{file.source.name}: {years.unclear}"
        omitted.note("tables with a year that may be a month, and is read as one", told)
    figures: dict[Period, Keys] = {}
    clashing = set()
    for at in chosen:
        place = f"{file.source.name}:{file.lines[at]}"
        read = _figure(file.rows[at], _column(file, STATUSES), years, place, omitted)
        if read and figures.setdefault(*read) != read[1]:
            omitted.note("years with several figures, none of which is kept", place)
            clashing.add(read[0])
    kept = [(when, keys) for when, keys in figures.items() if when not in clashing]
    in_time = sorted(kept, key=lambda figure: (figure[0].end, figure[0].text))
    return OpenSdgSeries(in_time, unit, multiplier)


def _chosen(file: CsvFile, where: Mapping[str, str]) -> list[int]:
    """Which rows the series is, by their numbers."""
    for column in where:
        if column not in file.header:
            told = ", ".join(file.header)
            raise UnclearError(f'indicators without the column "{column}"', f"{told[:80]}...")
    rows = file.rows
    named = [at for at, row in enumerate(rows) if all(row.get(c) == v for c, v in where.items())]
    if not named:
        raise UnclearError("indicators without a row of the group asked for", str(len(rows)))
    groups = [
        column for column in file.header if column.lower() not in KNOWN and column not in where
    ]
    asked = [column for column in where if column.lower() not in KNOWN]
    above = {
        group
        for group in groups
        if any(all(group in row for row in rows if column in row) for column in asked)
    }
    chosen = [
        at for at in named if not any(group in rows[at] for group in groups if group not in above)
    ]
    if not chosen:
        told = ", ".join(group for group in groups if any(group in rows[at] for at in named))
        raise UnclearError("indicators without a headline: name a group with --where", told)
    for group in sorted(above):
        _single(file, chosen, (group.lower(),))
    return chosen


def _column(file: CsvFile, names: Sequence[str]) -> str:
    """The column that has one of some names; empty where there is none."""
    return next((column for column in file.header if column.lower() in names), "")


def _single(file: CsvFile, chosen: Sequence[int], names: Sequence[str]) -> str:
    """What a column says in all of the rows; empty where it says nothing."""
    column = _column(file, names)
    values = sorted({file.rows[at][column] for at in chosen if column in file.rows[at]})
    if len(values) > 1:
        told = "; ".join(values[:5])
        raise UnclearError(f'indicators with several values of "{column}": choose one', told)
    return values[0] if values else ""


def _count_others(file: CsvFile, chosen: Sequence[int], omitted: Omissions) -> None:
    """Count the rows of other series, and the cells of these that have no place in a plan."""
    name, taken = file.source.name, set(chosen)
    left = [at for at in range(len(file.rows)) if at not in taken]
    if left:
        reason = "rows of other groups, such as an age or a region"
        omitted.note(reason, f"{name}:{file.lines[left[0]]}", len(left))
    column = _column(file, PLACES)
    filled = [at for at in chosen if column in file.rows[at]]
    if filled:
        omitted.note(f"cells of {column}", f"{name}:{file.lines[filled[0]]}", len(filled))


def _figure(
    row: Row, status: str, years: Years, place: str, omitted: Omissions
) -> tuple[Period, Keys] | None:
    """The figure of a row; None after counting why there is none."""
    year, value = row.get("Year", ""), row.get("Value", "")
    if not value:
        omitted.note("rows without a value", place)
        return None
    keys = _number(value)
    if keys is None:
        omitted.note("rows whose value is not a figure", f"{place}: {value[:60]}")
        return None
    try:
        when = years.read(year)
    except BadTextError:
        omitted.note("rows whose year is not a period", f"{place}: {year[:60]}")
        return None
    said = row.get(status, "").lower()
    if said in MARKS:
        keys["marks"] = [MARKS[said]]
    elif said not in PLAIN:
        omitted.note("figures whose status has no word in a plan", f"{place}: {said[:60]}")
    return when, {"period": when.text, **keys}


def _number(written: str) -> Keys | None:
    """A figure, digit for digit; programs may have written its power of ten apart."""
    keys = figure_keys(written)
    if keys is None and len(written) <= LONGEST_NUMBER:
        with suppress(InvalidOperation):
            number = Decimal(written)
            if abs(number.adjusted()) <= LONGEST_NUMBER:  # else it would fill the memory
                keys = figure_keys(format(number, "f"))
    return dict(keys) if keys and "numerator" not in keys else None
