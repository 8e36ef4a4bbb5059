"""Whether files that were changed in memory would bring an error that was not there before."""

from collections import Counter
from collections.abc import Iterable, Iterator

from diplan.checks import check
from diplan.files.load import Loaded
from diplan.ground.period import Period
from diplan.problems import CODES, Problem


def errors(loaded: Loaded, as_of: Period) -> list[Problem]:
    """The errors of a plan as it was read, and those of the checks at a moment."""
    found = check(loaded.plan, as_of) if loaded.plan else ()
    errors = (finding for finding in found if CODES[finding.code] == "error")
    return loaded.errors + [loaded.problem(finding) for finding in errors]


def new_errors(before: Iterable[Problem], after: Iterable[Problem]) -> Iterator[Problem]:
    """The errors that are one more of their kind than there were.

    Lines and items may move, so a kind is made of the code, the message, the file and the keys.
    """
    known = Counter(map(_kind, before))
    for problem in after:
        known[_kind(problem)] -= 1
        if known[_kind(problem)] < 0:
            yield problem


def _kind(problem: Problem) -> tuple[str, str, str, tuple[str, ...]]:
    keys = tuple(part for part in problem.path if isinstance(part, str))
    return problem.code, problem.message, problem.file, keys
