"""How a column of somebody else's table writes its periods, decided from the whole of it.

`2010-11` is a month in a plan, and a financial year in many a table: a single cell cannot tell.
"""

import re

from diplan.ground.errors import BadTextError
from diplan.ground.period import Period, meant, period

_HYPHEN = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_LONG = re.compile(r"(\d{4}) ?[/–-] ?(\d{4})", re.ASCII)
_WHOLE = re.compile(r"(\d{4})\.0", re.ASCII)


class Years:
    """What the periods of a column mean, once all of it was seen."""

    def __init__(self) -> None:
        self._joined: set[str] = set()
        self._months = False

    def see(self, written: str) -> None:
        """Look at a cell."""
        if not self._months and (match := _HYPHEN.fullmatch(written)):
            self._months = int(match[2]) != (int(match[1]) + 1) % 100
            self._joined.add(written)

    @property
    def financial(self) -> bool:
        """Whether all cells such as `2010-11` join a year and the next, and so mean both.

        A single one is the month that a plan would take it for, if there is such a month.
        """
        if self._months:
            return False
        return len(self._joined) > 1 or any(
            int(year[5:]) not in range(1, 13) for year in self._joined
        )

    @property
    def unclear(self) -> str:
        """The only cell of its kind, which may mean a month or a financial year."""
        alone = len(self._joined) == 1 and not self._months and not self.financial
        return next(iter(self._joined)) if alone else ""

    @property
    def told(self) -> str:
        """What was decided, for people; empty where there was nothing to decide."""
        if not self.financial:
            return ""
        first = min(self._joined)
        return f'periods such as "{first}" are read as financial years ({first.replace("-", "/")})'

    def read(self, written: str, kind: str = "financial") -> Period:
        """The period of a cell, as people type it; months are parts of a year of a kind.

        Raises:
            BadTextError: it is none.
        """
        if self.financial and _HYPHEN.fullmatch(written):
            return period(written.replace("-", "/"))
        if match := _LONG.fullmatch(written):
            if int(match[2]) != int(match[1]) + 1:
                message = f'"{written}" does not join two years that follow each other'
                hint = f"write {match[1]}..{match[2]} where it is one figure for all of these years"
                raise BadTextError("not-a-period", message, hint)
            return period(f"{match[1]}/{match[2][2:]}")
        if _WHOLE.fullmatch(written):
            return period(_WHOLE.sub(r"\1", written))
        return period(meant(written, kind) or written)
