"""The files of a workspace with everything mended that needs no decision, none of them written.

What is mended is read again, as a plan: a repair that would bring an error to the place that it
mends is dropped. Errors elsewhere that only show now, since more can be read, are no fault of it.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from diplan.files.decoding import bounded
from diplan.files.fix import Left, Repair, Tidied, data_files, left_because
from diplan.files.fix.csv_values import cells, commas, same_rows, with_cells
from diplan.files.fix.decoding import decoded
from diplan.files.fix.lines import line_feeds, with_last_line, without_blanks
from diplan.files.fix.structure import readable
from diplan.files.fix.yaml_values import ValueRepair, value_repairs, with_values
from diplan.files.load import load
from diplan.files.new_errors import errors, new_errors
from diplan.files.workspace import Overlaid, Workspace
from diplan.files.yaml.yamlfile import same_values
from diplan.ground.period import Period
from diplan.problems import Problem


class Fixed(NamedTuple):
    """All files that were looked at; how many errors the plan had, and how many it has then."""

    files: list[Tidied]
    before: int
    after: int


class _Work(NamedTuple):
    """A file on the way: its text, and the values in it that may be mended."""

    path: str
    old: bytes
    text: str
    repairs: list[Repair]
    left: list[Left]
    values: list[ValueRepair]

    def made(self, refused: Mapping[int, str]) -> Tidied:
        """The file with its values mended, but for those that are refused, each for a reason."""
        wanted = [value for value in self.values if id(value) not in refused]
        put = with_cells if self.path.endswith(".csv") else with_values
        text, failed = put(self.text, wanted)
        repairs = [*self.repairs, *(mend.repair for mend in wanted if mend not in failed)]
        left = [
            Left(value.repair.line, value.repair.what, refused.get(id(value), _UNFIT))
            for value in self.values
            if id(value) in refused or value in failed
        ]
        new = text.encode() if repairs else self.old
        return Tidied(self.path, self.old, new, repairs, [*self.left, *left])


_UNFIT = "the file is written in a way that this cannot be fitted into: mend it by hand"


def fixed(home: Workspace, wanted: Collection[str] | None, as_of: Period) -> Fixed:
    """The files of a workspace, or those that are wanted, mended; also those with nothing to mend.

    *wanted* are names as messages have them; *as_of* is the moment that the checks judge.
    """
    known = load(home)
    years = known.plan.cover.years if known.plan else "financial"
    works = [_work(home, path, years) for path in data_files(home, wanted)]
    before = errors(known, as_of)
    refused: dict[int, str] = {}
    while True:
        made = [work.made(refused) for work in works]
        changed = {work.path: work.new for work in made if work.new != work.old}
        after = errors(load(Overlaid(home, changed)), as_of) if changed else before
        fresh = list(new_errors(before, after))
        more = dict(_brought(home, works, fresh, refused))
        if not more:
            return Fixed(made, len(before), len(after))
        refused |= more


def _work(home: Workspace, path: str, years: str) -> _Work:
    """A file whose text is even and can be read, as far as that goes."""
    old = bounded(home, path)
    if isinstance(old, Problem):
        return _Work(path, b"", "", [], [left_because(old)], [])
    text, repairs, left_over = decoded(old)
    if text is None:
        return _Work(path, old, "", [], left_over, [])
    same = same_rows if path.endswith(".csv") else same_values
    text, ended = line_feeds(text, same)
    opened: list[Repair] = []
    if same is same_values:
        text, opened, left_over = readable(text)
    else:
        text, opened = commas(text)
    if not left_over:
        text, stripped = without_blanks(text, same)
        text, closed = with_last_line(text, same)
        opened += [*stripped, *closed]
    values = [] if left_over else (cells if same is same_rows else value_repairs)(text, years)
    return _Work(path, old, text, [*repairs, *ended, *opened], left_over, values)


def _brought(
    home: Workspace, works: list[_Work], fresh: list[Problem], refused: Mapping[int, str]
) -> Iterator[tuple[int, str]]:
    """The repairs at whose own places there is an error now that was not there, and that error."""
    for work in works:
        here = [problem for problem in fresh if problem.file == home.name(work.path)]
        for value in work.values if here else ():
            for problem in here:
                if id(value) not in refused and _is_of(problem, value):
                    yield id(value), f"that would be an error: {problem.message}"


def _is_of(problem: Problem, value: ValueRepair) -> bool:
    """Whether a problem is one of a value that was mended, or of its figure as a whole."""
    *record, _ = value.path
    depth = len(record)
    if list(problem.path[:depth]) != record:
        return False
    at = problem.path[depth : depth + 1]
    return problem.code == "figure-contradicts" or any(at == (key,) for key in value.keys)
