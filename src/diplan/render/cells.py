"""Cells and blocks as text: what a bar, a trend or a chart is where nothing can be drawn."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from diplan.ground.figure import whole_per_cent
from diplan.report.document import (
    Badge,
    Bar,
    Block,
    Cell,
    Facts,
    Items,
    Lines,
    Picture,
    Prose,
    Table,
    Trend,
    Way,
)

BAR = 4
_STEPS = "▁▂▃▄▅▆▇█"
_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")


def text(cell: Cell) -> str:
    """A cell in words alone."""
    match cell:
        case Badge():
            return cell.text
        case Way():
            return "not known" if cell.fraction is None else percent(cell.fraction)
        case Trend():
            return sparkline(cell.values)
        case Lines():
            return "; ".join(cell.texts)
        case _:
            return cell


def in_words(blocks: Iterable[Block]) -> Iterator[str | Table | Facts | Items]:
    """Blocks without pictures and markup: a picture is its description and its table."""
    for block in blocks:
        if isinstance(block, Picture):
            yield block.description
            if not isinstance(block, Bar):
                yield block.table
        elif isinstance(block, Prose):
            yield block.markdown.strip()
        else:
            yield block


def shown(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks that have something to show on paper, where nobody draws trends."""
    for block in blocks:
        match block:
            case Table(columns=[]) | Items(texts=[]):
                continue
            case Facts():
                if pairs := [pair for pair in block.pairs if not isinstance(pair[1], Trend)]:
                    yield Facts(pairs)
            case str():
                if block.strip():
                    yield block
            case _:
                yield block


def without_trends(table: Table) -> Table:
    """A table without the columns that hold nothing but trends, which only a terminal draws."""
    used = [
        at
        for at in range(len(table.columns))
        if not table.rows or not all(isinstance(row[at], Trend) for row in table.rows)
    ]
    return table._replace(
        columns=[table.columns[at] for at in used],
        rows=[[row[at] for at in used] for row in table.rows],
    )


def percent(fraction: Fraction) -> str:
    """A share of the way in whole per cent."""
    whole = whole_per_cent(fraction)
    if abs(whole) >= 1000:
        return "over 999%" if whole > 0 else "below −999%"
    return f"{whole}%".replace("-", "−")


def bar(fraction: Fraction | None) -> str:
    """A share of the way as a bar, to an eighth of a block, and its number.

    Above 0 there is always something to see, and only the whole way fills the bar.
    """
    if fraction is None:
        return "-"
    share, most = max(Fraction(0), min(Fraction(1), fraction)), 8 * BAR
    eighths = int(most * share + Fraction(1, 2))
    if 0 < share < 1:
        eighths = max(1, min(most - 1, eighths))
    full, part = divmod(eighths, 8)
    drawn = "█" * full + _EIGHTHS[part]
    return f"{drawn.ljust(BAR, '░')} {percent(fraction)}"


def sparkline(values: tuple[Fraction, ...]) -> str:
    """Figures as a row of columns; nothing for fewer than two."""
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    if low == high:
        return _STEPS[3] * len(values)
    return "".join(_STEPS[int((value - low) / (high - low) * 7)] for value in values)
