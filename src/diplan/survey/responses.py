"""People's answers to a question: what each row of a table says, and the place of what is bad.

A bad row is told and left out. Messages quote nothing that could be about a person.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import itemgetter
from typing import Any, NamedTuple, TextIO, TypeVar

from diplan.exchange.refused import RefusedCell
from diplan.ground.errors import BadTextError, OptionError
from diplan.ground.figure import number
from diplan.ground.text import did_you_mean, suggest, visible
from diplan.survey.framework import Framework, Judged, Question
from diplan.survey.grouping import Groups
from diplan.survey.rows import NOT_UTF_8, Rows

T = TypeVar("T")

SCALE = 10**12
"""Weights are whole numbers of this part of 1: further decimals are rounded."""

MOST_SPELLINGS = 1000
SHORTEST_NAME = 2
"""Letters up to which an unknown answer is quoted: it can hardly be somebody's name."""

_BETWEEN = re.compile(r"[;,/|+&\n]|\band\b")
_LIKE_A_NUMBER = re.compile(r"[-+.,\deE]{1,30}", re.ASCII)


class Person(NamedTuple):
    """The answers to each task, the group in each breakdown, and the weight in parts of `SCALE`."""

    answers: tuple[Judged, ...]
    groups: tuple[str, ...]
    weight: int


class Responses:
    """A file of answers to a question. `faults` are those of its first row: then it has no people.

    *groups* has the columns to break down by, *weight* is the one that holds weights.

    Raises:
        OptionError: the file has no such column.
    """

    def __init__(
        self,
        stream: TextIO,
        framework: Framework,
        question: Question,
        groups: Groups,
        weight: str | None = None,
    ) -> None:
        self.rows = Rows(stream)
        self.header = self.rows.header
        self.question = question
        self.groups = groups
        self.weight = weight
        self.columns = [question.column(task) for task in framework.tasks]
        self.known: dict[str, Judged] = dict.fromkeys(("", *question.unanswered))
        self.known |= {answer.code: answer.counts for answer in question.answers}
        self.folded = {code.lower(): verdict for code, verdict in self.known.items()}
        self.faults: list[RefusedCell] = []
        if self.rows.fault:
            self._fault(0, *self.rows.fault)
        elif not set(self.columns) & set(self.header):
            hint = "`diplan skills form --format csv` prints a first row that has them"
            self._fault(0, f'no column has answers to the question "{question.id}"', hint)
        else:
            self._tasks()
            self._options({question.column(task) for question in framework.questions
                           for task in framework.tasks})  # fmt: skip

    # ---- the first row

    def _tasks(self) -> None:
        """Say which columns of tasks are missing, unknown or there twice."""
        prefix = f"{self.question.id}-"
        others = [*self.groups.columns, self.weight]
        missing = [name for name in self.columns if name not in self.header]
        meant = set()
        for at, name in enumerate(self.header, 1):
            if name in self.header[: at - 1] and name in (*self.columns, *others):
                self._fault(at, f'the column "{visible(name)}" is there twice', "keep one")
            elif name.startswith(prefix) and name not in (*self.columns, *others):
                close = suggest(name, missing)
                hint = did_you_mean(close, "give the column another name")
                self._fault(at, f'unknown task "{visible(name)}"', hint)
                meant.add(close)
        rest = [name for name in self.header if name not in self.columns]
        for name in missing:
            if name not in meant:
                close = suggest(name, rest) or suggest(name.removeprefix(prefix), rest)
                hint = (
                    f'rename "{visible(close)}"' if close else "add it, empty if nobody was asked"
                )
                self._fault(0, f'the column "{name}" is missing', hint)

    def _options(self, tasks: set[str]) -> None:
        """See that the columns are there that the options name."""
        for option, names in (("--by", self.groups.columns), ("--weight", [self.weight])):
            for name in filter(None, names):
                if name in tasks:
                    message = f'{option}: "{name}" has the answers to a task'
                    raise OptionError(message, "name a column that says something else")
                if name not in self.header:
                    close = suggest(name, [column for column in self.header if column not in tasks])
                    hint = did_you_mean(close, "look at the first row")
                    raise OptionError(f'{option}: there is no column "{visible(name)}"', hint)

    def _fault(self, column: int, message: str, hint: str) -> None:
        self.faults.append(RefusedCell(1, column, "", message, hint))

    # ---- the other rows

    def people(self) -> Iterator[Person | list[RefusedCell]]:
        """The people, and in the place of one who cannot be read, why not."""
        tasks = _picker([self.header.index(name) for name in self.columns])
        groups = _picker([self.header.index(name) for name in self.groups.columns])
        weight = self.header.index(self.weight) if self.weight else None
        verdict, group = self.known.__getitem__, self.groups.known
        for row, cells in self.rows:
            if isinstance(cells, RefusedCell):
                yield [cells]
                continue
            try:
                yield Person(
                    tuple(map(verdict, tasks(cells))),
                    group(groups(cells)),
                    SCALE if weight is None else _weight(cells[weight]),
                )
            except (KeyError, BadTextError):
                yield self._examined(row, cells)

    def _examined(self, row: int, cells: Sequence[str]) -> Person | list[RefusedCell]:
        """A row with something that is new, written in another way than usual, or bad."""
        bad: list[RefusedCell] = []

        def read(name: str, how: Callable[[str], T]) -> T | None:
            at = self.header.index(name)
            try:
                return how(_decoded(cells[at]))
            except BadTextError as error:
                bad.append(RefusedCell(row, at + 1, name, str(error), error.hint, error.code))
                return None

        answers = tuple([read(name, self._answer) for name in self.columns])
        weight = read(self.weight, _weight) if self.weight else SCALE
        named = [
            read(name, partial(self.groups.name, at)) or ""
            for at, name in enumerate(self.groups.columns)
            if not bad
        ]
        return bad or Person(answers, tuple(named), weight or SCALE)

    def _answer(self, cell: str) -> Judged:
        """What an answer says.

        Raises:
            BadTextError: it is none; it is quoted only if it cannot be about a person.
        """
        code = cell.strip().lower()
        if code in self.folded:
            if len(self.known) < MOST_SPELLINGS:
                self.known[cell] = self.folded[code]
            return self.folded[code]
        parts = {part.strip() for part in _BETWEEN.split(code)}
        if len(parts & (self.folded.keys() - {""})) > 1:
            hint = "keep one, or leave the cell empty"
            raise BadTextError("two", "there are two answers in this cell", hint)
        close = suggest(code, self.folded)
        codes = [answer.code for answer in self.question.answers]
        hint = did_you_mean(close, f"one of: {', '.join(codes)}")
        if close or len(code) <= SHORTEST_NAME:
            raise BadTextError("unknown", f'unknown answer "{visible(code)}"', hint)
        raise BadTextError("unknown", "this is not one of the question's answers", hint)


def _picker(columns: Sequence[int]) -> Any:
    """A function that takes some cells out of a row, as a tuple."""
    if len(columns) > 1:
        return itemgetter(*columns)
    return lambda cells: tuple([cells[at] for at in columns])


def _decoded(cell: str) -> str:
    """A cell that was read as UTF-8.

    Raises:
        BadTextError: it is something else.
    """
    if NOT_UTF_8.search(cell):
        raise BadTextError("encoding", "this cell is not UTF-8", 'save the file as "CSV UTF-8"')
    return cell


def _weight(cell: str) -> int:
    """A weight in parts of `SCALE`.

    Raises:
        BadTextError: it is no number above 0.
    """
    written = cell.strip()
    shown = f' "{written}"' if _LIKE_A_NUMBER.fullmatch(written) else ""
    try:
        scaled = int((number(written) * SCALE).to_integral_value())
    except BadTextError as error:
        message = f"the weight{shown} is not a number" if written else "there is no weight"
        hint = error.hint if shown else "write a number above 0, such as 1.25"
        raise BadTextError("weight", message, hint) from error
    if scaled <= 0:
        hint = "write a number above 0, or leave out who does not count"
        raise BadTextError("weight", f"the weight{shown} is not above 0", hint)
    return scaled
