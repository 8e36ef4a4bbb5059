"""Periods that people name, as an option or an argument has them."""

from diplan.ground.errors import BadTextError, OptionError
from diplan.ground.period import Period, meant, period

_LIKE = {"financial": "2017/18", "calendar": "2018", "academic": "AY2017/18"}


def named_period(what: str, written: str, years: str = "financial") -> Period:
    """The period that *what* names, as people type it: `Q1 2026/27`, `April to June 2026`.

    Months are written as a part of the plan's kind of *years*.

    Raises:
        OptionError: it is no period.
    """
    try:
        return period(meant(written, years) or written)
    except BadTextError as error:
        message = f"{what}: {error}" if what else str(error)
        raise OptionError(message, error.hint) from None


def named_year(
    what: str, written: str, years: str, first: Period | None, last: Period | None
) -> Period:
    """The year of a plan that *what* names: one of its kind of *years*, from *first* to *last*.

    Raises:
        OptionError: it is no period, no such year, or the plan does not run then.
    """
    named = named_period(what, written, years)
    instead = f"or use {what.replace('year', 'as-of' if what.startswith('-') else 'as_of')}"
    if named.kind != years:
        raise OptionError(
            f'{what}: "{written}" is not a {years} year, which this plan\'s years are',
            f"write one like {_LIKE[years]}, {instead}",
        )
    if (first and named.end <= first.start) or (last and named.start >= last.end):
        message = f"{what}: {written} is not a year of this plan"
        raise OptionError(message, f"it runs from {first or '...'} to {last or '...'}; {instead}")
    return named
