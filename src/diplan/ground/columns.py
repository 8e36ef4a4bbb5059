"""How room is shared among the columns of a table."""

from collections.abc import Sequence


def shared(least: Sequence[float], wished: Sequence[float], room: float) -> list[float]:
    """The widths of columns, which come to *room*.

    Each has the least that it needs, and of the rest as large a share as it wishes for more, up to
    what would fill two lines of all the room: so one long text does not starve the other columns.
    Where there is less room than that, all give way alike.
    """
    wishes = [max(low, min(high, 2 * room)) for low, high in zip(least, wished, strict=True)]
    spare, asked = room - sum(least), sum(wishes) - sum(least)
    if spare <= 0 or asked <= 0:
        return [room * low / sum(least) for low in least]
    return [low + (high - low) * spare / asked for low, high in zip(least, wishes, strict=True)]
